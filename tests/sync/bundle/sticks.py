"""Two desks and a centre that exchange by stick only, and what both databases hold, as one digest each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sync import age
from sync.bundle import MAGIC
from sync.client import bundle as stick
from sync.client.engine import SyncReport
from sync.client.enrol import enrol
from sync.server.bundle import Received, receive
from sync.server.run import ServerThread
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.queries import Status, status
from zzdesk.desk.session import Desk, create_home
from zzdesk.reports.commands import register
from zzdesk.store.keys import TEST_COST
from zzdesk.store.unit import ChangeSet, UnitOfWork

STATION = "350602002004"
PASSWORD = "Tea-table 2026 desk"

Attempt = Callable[[bytes], None]
"""Offers altered bytes and asserts that they change nothing."""


class Office:
    """A centre that is open but need not serve, desks enrolled with it, and a folder that stands for a stick."""

    def __init__(self, folder: Path, clock: FixedClock, database_url: str | None = None) -> None:
        self.clock = clock
        self.folder = folder
        self.stick = folder / "U盘"
        self.stick.mkdir(parents=True)
        self.server = ServerThread(folder / "centre", database_url=database_url, clock=clock).start()
        self.desks: list[Desk] = []

    def close(self) -> None:
        for desk in self.desks:
            desk.close()
        self.server.stop()

    def desk(self, login: str = "lin", server: ServerThread | None = None) -> Desk:
        home = self.folder / f"desk{len(self.desks)}"
        made, _ = create_home(home, STATION, login, PASSWORD, clock=self.clock, cost=TEST_COST)
        self.desks.append(made)
        joined = server or self.server
        enrol(made, joined.url, joined.enrol_code(STATION))
        return made

    def up(self, desk: Desk, name: str = "up.zzb") -> Path:
        return stick.export(desk, self.stick / name).path

    def receive(self, source: Path, name: str = "down.zzb") -> Received:
        return receive(self.server.centre, source, self.stick / name)

    def round(self, desk: Desk) -> SyncReport:
        """Carry a bundle to the centre and its answer back."""
        name = f"{desk.login}-{{}}.zzb"
        self.receive(self.up(desk, name.format("up")), name.format("down"))
        return stick.take_in(desk, self.stick / name.format("down"))


def report(desk: Desk, title: str = "路灯不亮") -> str:
    return desk.write(register, {"title": title, "category": "lighting"}).created[0]


def retitle(desk: Desk, record_id: str, title: str) -> None:
    def change(work: UnitOfWork) -> ChangeSet:
        records.edit(work, "report", record_id, {"title": title})
        return work.commit()

    desk.write(change)


def state_of(desk: Desk) -> Status:
    return desk.read(status)


def titles(desk: Desk) -> dict[str, str]:
    from zzdesk.reports.models import Report

    with desk.store.reader() as session:
        return {row.id: row.title for row in session.execute(select(Report.id, Report.title))}


def parts(data: bytes) -> dict[str, list[tuple[int, int]]]:
    """Where the parts of a bundle lie, found without the code under test: (start, end) by name."""
    found: dict[str, list[tuple[int, int]]] = {"magic": [(0, len(MAGIC))], "length": [], "frame": []}
    at = len(MAGIC)

    def part() -> tuple[int, int]:
        nonlocal at
        size = int.from_bytes(data[at : at + 4])
        found["length"].append((at, at + 4))
        start, at = at + 4, at + 4 + size
        return start, at

    found["header"] = [part()]
    while True:
        start, end = part()
        if start == end:
            break
        found["frame"].append((start, end))
    found["trailer"] = [part()]
    found["signature"] = [(at, len(data))]
    return found


def rebuilt(data: bytes, order: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """Return a bundle with its frames as ``order`` arranges them, everything else as it was."""
    where = parts(data)
    frames = [data[start - 4 : end] for start, end in where["frame"]]
    first, last = where["frame"][0][0] - 4, where["frame"][-1][1]
    return data[:first] + b"".join(order(frames)) + data[last:]


def plain(value: Any) -> Any:
    """Return what an answer says, without what is new in each: ids, times, nonces, how far the clock is."""
    fresh = ("bundle_id", "head", "made_at", "next_poll_s", "nonce", "server_time")
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items() if name not in fresh}
    return [plain(part) for part in value] if isinstance(value, list) else value


def good_one_still_works(office: Office, desk: Desk, up: Path) -> None:
    assert office.receive(up).operations == 9
    assert stick.take_in(desk, office.stick / "down.zzb").pushed == 9
    assert state_of(desk).pending == 0


def read_frame(path: Path, key: Any) -> bytes:
    data = path.read_bytes()
    start, end = parts(data)["frame"][0]
    return age.decrypt(data[start:end], key)
