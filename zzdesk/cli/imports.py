"""``zzdesk import``: another system's table becomes records, whole and only once."""

from __future__ import annotations

from pathlib import Path

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line, progress, say, warn
from zzdesk.cli.words import Group, command, json_option, option
from zzdesk.i18n import N_

pass_invocation = click.make_pass_decorator(Invocation)


@click.group(cls=Group, help=N_("从外部文件导入"))
def import_group() -> None:
    """Take in other systems' files."""


@command(N_("导入事件表（CSV、XLSX）；重复导入不会重复登记，有错的行列在另一个文件里"), name="reports")
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False))
@option("--mapping", required=True, help=N_("对照表：自带的名称（如nyc311），或自己的TOML文件"))
@option("--dry-run", is_flag=True, help=N_("只检查，不登记"))
@option("--broken-file", type=click.Path(path_type=Path), help=N_("有错的行写进这个文件"))
@json_option
@pass_invocation
def import_reports(
    invocation: Invocation, source: Path, mapping: str, dry_run: bool, broken_file: Path | None, as_json: bool
) -> int:
    """Import reports; ends with 1 when rows were left out."""
    from zzdesk.reports.imports import import_reports as take
    from zzdesk.reports.imports import mapping_for_reports

    with invocation.desk() as desk:
        rules, shown = mapping_for_reports(mapping), 0
        with progress(1000, N_("导入")) as advance:

            def show(done: int, of: int) -> None:
                nonlocal shown
                part = done * 1000 // max(of, 1)
                advance(part - shown)
                shown = part

            done = take(desk, source, rules, dry_run=dry_run, broken_file=broken_file, progress=show)
    if as_json:
        listed = str(done.broken_file) if done.broken_file else None
        json_line({
            "rows": done.rows, "added": done.added, "present": done.present, "broken": done.broken,
            "broken_file": listed, "dry_run": done.dry_run,
        })  # fmt: skip
    else:
        say(N_("共 {rows} 行：新登记 {added}，已有 {present}，有错 {broken}"),
            rows=done.rows, added=done.added, present=done.present, broken=done.broken)  # fmt: skip
    if done.broken_file:
        warn(N_("有错的行和原因在 {path}"), path=str(done.broken_file))
    return 1 if done.broken else 0


import_group.add_command(import_reports)
