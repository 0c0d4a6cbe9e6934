"""``zzdesk backup`` and ``zzdesk restore``: encrypted copies, verified before they count."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from zzdesk.cli.context import Invocation, secret
from zzdesk.cli.output import json_line, progress, say
from zzdesk.cli.words import command, json_option, option
from zzdesk.i18n import N_

BROUGHT_BACK: Final = N_("备份之后做的 {n} 项操作已从日志找回，会随下次同步送交中心")
pass_invocation = click.make_pass_decorator(Invocation)


@command(N_("备份本机并核对写下的内容"))
@option("--to", "target", type=click.Path(path_type=Path), help=N_("备份到这个文件夹；默认在工作站里轮换保存"))
@json_option
@pass_invocation
def backup(invocation: Invocation, target: Path | None, as_json: bool) -> None:
    """Write a backup, verify it, and print where it lies."""
    from zzdesk.desk.backup import run_backup

    with invocation.desk() as desk, progress(100, N_("备份")) as advance:
        shown = 0

        def show(part: float) -> None:
            nonlocal shown
            advance(max(0, int(part * 100) - shown))
            shown = max(shown, int(part * 100))

        made = run_backup(desk, target, show)
    if as_json:
        json_line({"path": str(made.path), "records": made.records, "bytes": made.bytes})
    else:
        print(made.path)


@command(N_("从备份恢复：用备份当天的密码，或用恢复密钥"))
@click.argument("source", type=click.Path(path_type=Path))
@option("--replace", is_flag=True, help=N_("把现有的工作站移到旁边（不删除）"))
@option("--recovery-file", type=click.Path(path_type=Path), help=N_("存放恢复密钥的文件，代替密码"))
@json_option
@pass_invocation
def restore(
    invocation: Invocation, source: Path, replace: bool, recovery_file: Path | None, as_json: bool
) -> None:
    """Make a home out of a backup; the restored desk numbers its operations anew."""
    import zzdesk.catalogue  # noqa: F401 - every table must be known
    from zzdesk.desk.backup import restore_backup

    recovery = secret("ZZDESK_RECOVERY_KEY", recovery_file, N_("恢复密钥")) if recovery_file else None
    password = None if recovery else invocation.passphrase()
    done = restore_backup(
        source, invocation.folder, login=invocation.user, password=password, recovery=recovery, replace=replace
    )
    aside = str(done.moved_aside) if done.moved_aside else None
    if as_json:
        counts = {"records": done.backup.records, "brought_back": done.brought_back}
        json_line({"home": str(done.home), "moved_aside": aside, **counts})
        return
    say(N_("已恢复到 {home}"), home=str(done.home))
    if done.brought_back:
        say(BROUGHT_BACK, n=done.brought_back)
    if aside:
        say(N_("原来的工作站移到了 {path}，没有删除"), path=aside)
