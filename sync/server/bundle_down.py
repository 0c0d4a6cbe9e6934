"""A bundle for a desk that has not asked: what the centre has for it, carried to where no network is and nothing waits.

It says what a greeting says, what was decided about work of that desk, and the pages after the cursors that it had when
it was last heard of.  A desk takes it in only while nothing newer has come from the centre.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, select

from sync.bundle import Header, Party, Progress, Writer, writing
from sync.limits import MAX_ASKS, MAX_PAGE_ROWS
from sync.protocol import HelloAnswer, PullRequest, Want
from sync.server import keys
from sync.server.accounts import DEAD, caller_for
from sync.server.admin import NO_DEVICE
from sync.server.bundle import WHOLE
from sync.server.centre import Centre, identity
from sync.server.pull import greeting, pages_of
from sync.server.scopes import Reach, ancestors, device_reach
from sync.server.tables import decision, device, op_log
from zzdesk import __version__
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.typed import read

IS_DEAD: Final = N_("这台设备已停用，不再给它任何内容")
NOT_HEARD: Final = N_("中心还不知道这台设备的数据包密钥；请让它先联网同步一次，或先带来一份数据包")


@dataclass(frozen=True)
class Made:
    """A bundle that was written and read back."""

    path: Path
    bundle_id: str
    device_id: str
    station: str
    records: int
    withdrawn: bool
    """Whether it says that the device is to be emptied, and nothing else."""


class _Standing(msgspec.Struct):
    """How a device stood when it was last noted."""

    replica: str
    cursors: dict[str, int]


def make_down(
    centre: Centre, device_id: str, target: Path, progress: Progress = lambda step, done, total: None
) -> Made:
    """Write the bundle; a folder as ``target`` gets a file of a telling name.

    Raises:
        NotFoundError: no such device. RefusedError: it is dead, or was never heard of by this program.
        DiskFullError, FileTroubleError: the medium.
    """
    with centre.database.reading() as connection:
        row = connection.execute(select(device).where(device.c.id == device_id)).first()
        if row is None:
            raise NotFoundError(NO_DEVICE)
        if row.status == DEAD:
            raise RefusedError(IS_DEAD)
        if row.reader is None or row.standing is None:
            raise RefusedError(NOT_HEARD)
        standing = read(row.standing, _Standing)
        header = _header(centre, connection, row, standing)
        reach = device_reach(connection, device_id, caller_for(connection, device_id).ceiling)
        hello = _hello(centre, connection, device_id, reach, standing, header.bundle_id)
    path = target / f"zzdesk-{row.station}-{device_id}-down.zzb" if target.is_dir() else target
    with writing(path, header, lambda message: base64.b64decode(keys.sign(centre, message))) as out:
        out.add("hello", hello)
        count = 0 if hello.wipe else _write_pages(centre, reach, hello, standing, out, progress)
    return Made(path, header.bundle_id, device_id, row.station, count, hello.wipe is not None)


def _header(centre: Centre, connection: Connection, row: Row[Any], standing: _Standing) -> Header:
    now = identity(connection)
    to = Party(device=row.id, station=row.station, replica=standing.replica)
    return Header(
        bundle_id=centre.clock.new_id(), kind="down", sender=Party(centre=now.server_id), to=to, server_id=now.server_id,
        epoch=now.epoch, made_at=centre.now_iso(), sequence=0, recipient=row.reader,
        scopes=[row.station, *ancestors(row.station)], app=__version__,
    )  # fmt: skip


def _hello(
    centre: Centre, connection: Connection, device_id: str, reach: Reach, standing: _Standing, nonce: str
) -> HelloAnswer:
    caller = caller_for(connection, device_id)
    decided = (
        select(decision.c.op_id).join(op_log, op_log.c.op_id == decision.c.op_id)
        .where(op_log.c.device_id == device_id).order_by(decision.c.decided_at.desc()).limit(MAX_ASKS)
    )  # fmt: skip
    asks = list(connection.execute(decided).scalars())
    return greeting(centre, connection, caller, reach, standing.cursors, asks, nonce)


def _write_pages(
    centre: Centre, reach: Reach, hello: HelloAnswer, standing: _Standing, out: Writer, progress: Progress
) -> int:
    """Write every page after what the device had; return how many records they hold."""
    wanted = {s.id: standing.cursors.get(s.id, 0) for s in hello.scopes if s.head > standing.cursors.get(s.id, 0)}
    count = 0
    while wanted:
        request = PullRequest(
            WHOLE, hello.epoch, hello.nonce or "", [Want(*each) for each in wanted.items()], MAX_PAGE_ROWS
        )
        with centre.database.reading() as connection:
            answer = pages_of(centre, connection, reach, request)
        found = sum(len(page.rows) for page in answer.pages)
        out.add("pulled", answer, records=found)
        count += found
        progress("pull", count, 0)
        wanted = {page.scope: page.to for page in answer.pages if page.more}
    return count


__all__ = ["Made", "make_down"]
