"""``zzdesk attachments``: where the bytes of attachments are, asking for them, and letting go of what is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.words import command, json_option, option
from zzdesk.i18n import N_, translate

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

pass_invocation = click.make_pass_decorator(Invocation)

STATES = {
    "waiting": N_("待送中心"),
    "verified": N_("中心已核对"),
    "missing": N_("内容缺失"),
    "unknown": N_("尚未问过中心"),
}


@command(N_("附件的内容在哪里：本机、中心，还是都没有"))
@option("--missing", is_flag=True, help=N_("只列出中心还没有核对过内容的"))
@option("--fetch", "wanted", metavar="ID", help=N_("下次同步时把这个附件的内容取到本机"))
@option("--free", is_flag=True, help=N_("腾出空间：中心核对过、存进备份并满三十天的内容不再留在本机"))
@json_option
@pass_invocation
def attachments(invocation: Invocation, missing: bool, wanted: str | None, free: bool, as_json: bool) -> None:
    """Print attachments with where their bytes are; or ask for one, or make room."""
    from zzdesk.desk import files

    with invocation.desk() as desk:
        if wanted is not None:
            desk.write(files.fetch, wanted)
        elif free:
            _free(desk)
        else:
            _print(desk, missing, as_json)


def _free(desk: Desk) -> None:
    from zzdesk.desk import files

    found = desk.read(files.freeable)
    desk.write(files.free, files.FileStore(desk.paths.files, desk.store.key))
    say(N_("已腾出 {count} 个附件，共 {size} 字节；需要时可再取回"), count=found.count, size=found.size)


def _print(desk: Desk, missing: bool, as_json: bool) -> None:
    from zzdesk.desk import files

    after: str | None = None
    while True:
        page = desk.read(files.files, after, 500, only_open=missing)
        for row in page.rows:
            json_line(row) if as_json else table([_cells(row)])
        after = page.after
        if after is None:
            return


def _cells(row: Any) -> tuple[str, ...]:
    here = translate(N_("在本机") if row.bytes_here else N_("不在本机"))
    return row.id, row.record_kind, row.record_id, row.name, str(row.size), here, translate(STATES[row.state])
