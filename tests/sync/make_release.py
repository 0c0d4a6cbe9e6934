"""Stores what desks and a centre of this release leave behind, for later releases to prove that they still take it.

``python -m tests.sync.make_release`` once, when a version is finished, writes into ``data``:

- ``release-VERSION.zip``: ``alone``, a home that has never met a centre, with every kind and verb waiting; ``desk``, a
  home that has, with receipts, conflicts and work that waits; ``centre``, the folder of that centre;
- ``release-VERSION.ndjson``: a line per operation: its text as it travels and its hash.

The people in it are made up, and the keys belong to nobody.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

import zzdesk
from sync.client.engine import SyncClient, sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.zzdesk.scans import look_through, scan
from tests.zzdesk.store.make_release import fields_of
from zzdesk.accounts.rights import FIRST_ROLES
from zzdesk.catalogue import KINDS
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.accounts import add_account
from zzdesk.desk.commands import resolve
from zzdesk.desk.session import Desk, create_home, open_desk
from zzdesk.evidence.files import FileStore
from zzdesk.mediation import commands as mediation
from zzdesk.ops.apply import op_hash
from zzdesk.ops.models import Conflict, Outbox
from zzdesk.reports import commands as reports
from zzdesk.store.keys import TEST_COST
from zzdesk.store.unit import ChangeSet, UnitOfWork

DATA: Final = Path(__file__).parent / "data"
STATION, OTHER = "350602002004", "350602002005"
LOGIN, PASSWORD, SECOND = "lin", "Tea-table 2026 desk", "Lamp-post 2026 quay"
MADE: Final = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
EDITS: Final[dict[str, dict[str, Any]]] = {
    "person": {"phone": "13805969999"}, "report": {"tags": ["楼道"], "description": "有人报，已看过。"},
    "employer": {"handler_phone": "13805968888"}, "posting": {"wage": "28.00"}, "worker": {"skills": ["保洁", "搬运"]},
    "case": {"amount": "7000.00"}, "dispute": {"title": "夜间噪音"}, "party": {"phone": "13805967777"},
    "session": {"place": "茶桌"}, "agreement": {"content": "夜里十点以后不装修。"}, "account": {"display_name": "林美"},
}  # fmt: skip
VOIDED: Final = ("person", "worker", "dispute", "agreement")


def main() -> None:
    """Write the two files of this version."""
    target = DATA / f"release-{zzdesk.__version__}"
    DATA.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder, clock = Path(name), FixedClock(MADE)
        texts = [*_alone(folder, clock), *_met(folder, clock)]
        for leftover in folder.glob("**/*.lock"):
            leftover.unlink()
        for extra in ("photo.jpg", "second"):
            shutil.rmtree(folder / extra) if (folder / extra).is_dir() else (folder / extra).unlink()
        shutil.make_archive(str(target), "zip", folder)
    Path(f"{target}.ndjson").write_text("".join(f"{text}\n" for text in texts), "utf-8")


def _alone(folder: Path, clock: FixedClock) -> Iterator[str]:
    with closing(_home(folder / "alone", clock)) as desk:
        _one_of_each(desk, clock, folder)
        yield from _operations(desk)


def _met(folder: Path, clock: FixedClock) -> Iterator[str]:
    with ServerThread(folder / "centre", clock=clock) as server:
        first, second = (_enrolled(folder / name, server, clock) for name in ("desk", "second"))
        with closing(first), closing(second):
            ids = _one_of_each(first, clock, folder)
            for desk in (first, second):
                sync_once(desk)
            _clashes(first, second, ids, clock)
            first.write(reports.edit, ids["report"], {"address": "修文西路12号"})
            yield from _operations(first)
            for desk in (first, second):
                SyncClient(desk).wire.session.close()


def _home(home: Path, clock: FixedClock) -> Desk:
    return create_home(home, STATION, LOGIN, PASSWORD, clock=clock, cost=TEST_COST)[0]


def _enrolled(home: Path, server: ServerThread, clock: FixedClock) -> Desk:
    desk = _home(home, clock)
    enrol(desk, server.url, server.enrol_code(STATION))
    sync_once(desk)
    return desk


def _one_of_each(desk: Desk, clock: FixedClock, folder: Path) -> dict[str, str]:
    """Make one record of each kind, change it, and use every verb; return the ids by kind."""
    ids: dict[str, str] = {}
    for kind in fields_of(ids):
        clock.advance(61)
        ids[kind] = _added(desk, kind, {k: v for k, v in fields_of(ids)[kind].items() if v is not None})
    photo = folder / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 a picture of a leak \xff\xd9")
    files = FileStore(desk.paths.files, desk.store.key)
    ids["attachment"] = desk.write(records.attach, files, "report", ids["report"], photo, {}).created[0]
    for kind, changes in EDITS.items():
        clock.advance(61)
        desk.write(KINDS[kind].edit, ids[kind], changes)
    for kind in VOIDED:
        clock.advance(61)
        desk.write(KINDS[kind].void, ids[kind], "记错了")
        clock.advance(61)
        desk.write(KINDS[kind].unvoid, ids[kind], "没有记错")
    ids["application"] = _a_day_of_work(desk, ids, clock)
    clock.advance(61)
    desk.write(reports.claim, ids["report"])
    other = desk.write(reports.register, {"title": "隔壁社区的", "category": "noise"}).created[0]
    clock.advance(61)
    desk.write(records.act, "report", other, "transfer", {"to": OTHER}, "地点在那边")
    return ids


def _a_day_of_work(desk: Desk, ids: dict[str, str], clock: FixedClock) -> str:
    """A colleague vets the employer and publishes the posting; then somebody applies."""
    scan(desk, ids["employer"])
    add_account(desk, "zhuang", "庄晓燕", FIRST_ROLES, SECOND)
    with closing(open_desk(desk.home, "zhuang", SECOND, clock)) as colleague:
        look_through(colleague, ids["employer"])
        for who, kind, action, fields in (
            (colleague, "employer", "vet", {"valid_until": "2027-11-23"}),
            (desk, "posting", "submit", {}), (colleague, "posting", "publish", {}),
        ):  # fmt: skip
            clock.advance(61)
            who.write(records.act, kind, ids[kind], action, fields, None)
    return _added(desk, "application", {"posting_id": ids["posting"], "worker_id": ids["worker"]})


def _added(desk: Desk, kind: str, fields: dict[str, Any]) -> str:
    made: list[str] = []

    def add(work: UnitOfWork) -> ChangeSet:
        made.append(records.add(work, kind, fields).id)
        return work.commit()

    desk.write(add)
    return made[0]


def _clashes(first: Desk, second: Desk, ids: dict[str, str], clock: FixedClock) -> None:
    """Two conflicts, of which one is decided; a decision about money waits for a second person."""
    for desk, name, phone, amount in (
        (first, "陈水", "13805961111", "7100.00"), (second, "陈永", "13805962222", "7200.00")
    ):  # fmt: skip
        clock.advance(61)
        desk.write(reports.edit, ids["report"], {"reporter_name": name, "reporter_phone": phone})
        desk.write(mediation.edit_case, ids["case"], {"amount": amount})
        sync_once(desk)
    sync_once(first)
    with first.store.reader() as session:
        by_field = {row.field: row for row in session.scalars(select(Conflict))}
        decided = [by_field[name].id for name in ("reporter_phone", "amount")]
    for conflict in decided:
        clock.advance(61)
        first.write(resolve, conflict, candidate=1, reason="问过本人")
    sync_once(first)


def _operations(desk: Desk) -> Iterator[str]:
    with desk.store.reader() as session:
        for row in session.scalars(select(Outbox).order_by(Outbox.n)):
            line = {"op": row.body, "hash": op_hash(row.body)}
            yield json.dumps(line, ensure_ascii=False, sort_keys=True)


if __name__ == "__main__":
    main()
