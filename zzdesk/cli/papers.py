"""``zzdesk papers``: the official papers of a mediation case, its dossier, and an office's own templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line, say, table, warn
from zzdesk.cli.words import command, json_option, option
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_, translate

if TYPE_CHECKING:
    from zzdesk.desk.dossiers import Own
    from zzdesk.desk.session import Desk

pass_invocation = click.make_pass_decorator(Invocation)


@command(N_("调解文书和卷宗：列出一件纠纷的文书，或做成PDF、Word"))
@click.argument("case_id", metavar="CASE", required=False)
@option("--make", "key", metavar="PAPER", help=N_("要做的文书，dossier 是整卷"))
@option("--out", "target", type=click.Path(path_type=Path), metavar="FILE", help=N_("存到这个文件；.docx 是Word，其他是PDF"))
@option("--reveal", "reason", metavar="REASON", help=N_("用完整信息，理由记入审计；不写就遮盖"))
@option("--templates", is_flag=True, help=N_("检查本单位的文书模板，没有的先放一份自带的供修改"))
@json_option
@pass_invocation
def papers(
    invocation: Invocation, case_id: str | None, key: str | None, target: Path | None, reason: str | None, templates: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """List the papers of a case, make one, or look after the office's templates."""
    with invocation.desk() as desk:
        if templates:
            _templates(desk)
        elif case_id is None:
            raise InvalidError.one("CASE", N_("必填"))
        elif key is None:
            _list(desk, case_id, as_json)
        elif target is None:
            raise InvalidError.one("--out", N_("必填"))
        else:
            _make(desk, case_id, key, target, reason)


def _list(desk: Desk, case_id: str, as_json: bool) -> None:
    from zzdesk.desk.dossiers import overview

    found = desk.read(overview, case_id)
    for item in found.items:
        last = found.printed.get(item.key)
        row = {"paper": item.key, "need": item.need, "included": item.included, "signed": item.signed, "files": item.files,
               "printed": last.count if last else 0, "changed": bool(last and last.changed)}  # fmt: skip
        json_line(row) if as_json else table([tuple(str(cell) for cell in row.values())])
    for each in () if as_json else found.missing:
        warn(N_("卷宗还缺少：{what}"), what=each.said())


def _make(desk: Desk, case_id: str, key: str, target: Path, reason: str | None) -> None:
    """Make a paper and write it; the print is recorded before the file is there, so that none is without its record."""
    from zzdesk.desk import dossiers

    if reason is not None:
        desk.write(dossiers.note_opening, case_id, reason)
    word = target.suffix.lower() == ".docx"
    made: Any = dossiers.make(desk, case_id, key, "word" if word else "pdf", revealed=reason is not None)
    for each in made.refused:
        _tell(each)
    desk.write(dossiers.note, case_id, key, "word" if word else "pdf", made)
    dossiers.write(target, made.content)
    say(N_("已存为 {path}，共 {pages} 页"), path=str(target), pages=made.pages or "-")


def _templates(desk: Desk) -> None:
    from zzdesk.desk import dossiers

    folder = desk.paths.papers
    added = dossiers.copy_shipped(folder)
    own = dossiers.own_templates(folder)
    say(N_("模板在 {folder}：新放 {added} 个，检查 {count} 个"), folder=str(folder), added=added, count=len(own))
    bad = [each for each in own if each.faults]
    for each in bad:
        _tell(each)
    if bad:
        raise RefusedError(N_("有错的模板不会使用，改好以后再检查一次"))


def _tell(own: Own) -> None:
    for fault in own.faults:
        parts = (fault.where, fault.what, translate(fault.message))
        warn(N_("模板 {file} 没有用：{fault}"), file=own.file, fault=" ".join(part for part in parts if part))
