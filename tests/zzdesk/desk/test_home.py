"""A whole home: what lies on the disk, and what a full disk does to it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy import select, text

from zzdesk import logs
from zzdesk.clock import FixedClock
from zzdesk.desk.backup import run_backup
from zzdesk.desk.session import Desk, create_home
from zzdesk.errors import DiskFullError
from zzdesk.ops.models import Outbox
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report
from zzdesk.store import audit
from zzdesk.store.keys import TEST_COST

PASSWORD = "Desk-4711-blue"
SECRETS = ("欧阳建国之母", "13805961234", "楼上半夜装修", "350602194903070020")


@pytest.fixture
def desk(home: Path, clock: FixedClock):
    with create_home(home, "350602002004", "li", PASSWORD, clock, cost=TEST_COST)[0] as desk:
        yield desk


def _register(desk: Desk, description: str = SECRETS[2]) -> None:
    fields = {"title": f"{SECRETS[0]}来访", "category": "dispute", "description": description}
    desk.write(reports.register, fields | {"reporter_name": SECRETS[0], "reporter_phone": SECRETS[1]})


def test_nothing_personal_lies_in_a_home_in_the_clear(desk: Desk, home: Path) -> None:
    logs.set_up(desk.paths.logs)
    root = logging.getLogger()
    for _ in range(40):
        _register(desk)
    root.info("somebody logs %s", SECRETS[3])
    run_backup(desk)
    desk.lock()
    desk.unlock(PASSWORD)
    _register(desk)
    for handler in [h for h in root.handlers if isinstance(h.formatter, logs.MaskingFormatter)]:
        root.removeHandler(handler)
        handler.close()
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert {"zzdesk.db", "zzdesk.db-wal", "zzdesk.log", "manifest.json"} <= {path.name for path in files}
    needles = [word.encode(coding) for word in SECRETS for coding in ("utf-8", "utf-16-le", "gb18030")]
    needles += [word.encode("unicode-escape") for word in SECRETS if not word.isascii()]
    assert [path.name for path, data in files.items() if any(needle in data for needle in needles)] == []


def test_a_full_disk_loses_nothing_and_leaves_no_half_record(desk: Desk) -> None:
    _register(desk)
    with desk.store.writer() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {int(pages) + 2}"))
    with pytest.raises(DiskFullError):
        _register_until_refused(desk)
    _counts_agree(desk)
    with desk.store.writer() as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
    before = _counts_agree(desk)
    _register(desk, "腾出空间之后")
    assert _counts_agree(desk) == before + 1


def _register_until_refused(desk: Desk) -> None:
    for _ in range(50):
        _register(desk, "很长的经过" * 3000)


def _counts_agree(desk: Desk) -> int:
    """Record, operation, audit line and search entry come together or not at all."""
    with desk.store.reader() as session:
        records = set(session.scalars(select(Report.id)))
        operations = set(session.scalars(select(Outbox.record_id).where(Outbox.kind == "report")))
        created = [a for a in audit.recent(session, limit=1000) if a.event == "record.create"]
        lines = {line.record_id for line in created if line.kind == "report"}
        found = {row.id for row in session.execute(text("SELECT id FROM search_doc WHERE kind = 'report'"))}
        assert records == operations == found == lines
        assert audit.verify(session).ok
    return len(records)
