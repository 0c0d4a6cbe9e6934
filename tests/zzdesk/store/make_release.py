"""Stores a small database of this release, for later releases to prove that they still open it.

``python -m tests.zzdesk.store.make_release`` once, when a version is finished.  The key is 0, 1, 2 … 31; the people
in it are made up.
"""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import zzdesk
from zzdesk.accounts.commands import create_first_account
from zzdesk.accounts.rights import FIRST_ROLES, allowed
from zzdesk.actor import Actor, account_id
from zzdesk.catalogue import KINDS
from zzdesk.clock import FixedClock
from zzdesk.jobs.workflow import SHOWN
from zzdesk.ops.state import begin
from zzdesk.store.engine import Store, raw
from zzdesk.store.unit import UnitOfWork
from zzdesk.store.upgrade import migrate, row_counts

KEY = bytes(range(32))
DATA = Path(__file__).parent / "data"
STATION = "350602002004"
ME = Actor(account_id(STATION, "li"), "li", "李梅", frozenset(FIRST_ROLES), STATION)


def fields_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """One record of each kind that one person can make alone, in an order in which each finds its parents."""
    return {
        "person": {"name": "林秀英", "identity_number": "350602194903070020", "phone": "13805961234"},
        "report": {
            "title": "楼道堆放杂物",
            "category": "dispute",
            "reporter_name": "林秀英",
            "tags": ["楼道", "消防"],
        },
        "step": {"report_id": ids.get("report"), "note": "已电话联系"},
        "request": {
            "report_id": ids.get("report"), "request_kind": "suspend", "until": "2027-03-01T01:00:00.000Z",
            "reason": "等材料到货",
        },
        "card": {"report_id": ids.get("report"), "card": "yellow", "whom": "城管中队", "opinion": "请今天到场"},
        "employer": {
            "name": "林秀英", "employer_kind": "person", "identity_number": "350625197506153330",
            "handler_phone": "13605961234", **dict.fromkeys(SHOWN, True),
        },
        "posting": {
            "employer_id": ids.get("employer"), "title": "钟点保洁", "trade": "cleaning", "headcount": 1,
            "conditions": "会用吸尘器", "tasks": "打扫三个房间", "place": "西桥社区文川里", "wage": "25.00",
            "pay_unit": "hour", "starts_at": "2026-12-25T08:00:00+08:00", "ends_at": "2026-12-25T17:00:00+08:00",
            "settlement": "cash",
        },
        "worker": {"name": "陈小明", "identity_number": "35060319900115331X", "phone": "13905961234"},
        "case": {"category": "neighbours", "source": "application", "team": ["li"], "amount": "6800.00"},
        "dispute": {"case_id": ids.get("case"), "title": "邻里噪音"},
        "party": {"case_id": ids.get("case"), "role": "applicant", "name": "王建国"},
        "session": {"case_id": ids.get("case"), "started_at": "2026-11-23T09:00:00+08:00", "place": "调解室"},
        "statement": {"session_id": ids.get("session"), "text": "楼上装修到半夜"},
        "agreement": {"case_id": ids.get("case"), "content": "晚上十点后不装修"},
        "account": {"login": "wu", "display_name": "吴敏", "roles": ["clerk"]},
    }


def fill(store: Store, clock: FixedClock) -> dict[str, str]:
    """Register the first account and one record of each kind; returns the ids by kind."""
    with store.writer() as session:
        begin(session, clock)
        session.commit()
    with store.writer() as session:
        create_first_account(UnitOfWork(session, ME, clock, allowed), "li", "李梅", FIRST_ROLES)
    ids: dict[str, str] = {}
    for kind in fields_of(ids):
        clock.advance(61)
        with store.writer() as session:
            work = UnitOfWork(session, ME, clock, allowed)
            made = KINDS[kind].make(work, {k: v for k, v in fields_of(ids)[kind].items() if v is not None})
            ids[kind] = made.id
            work.commit()
    return ids


def _expected(connection: Any) -> dict[str, list[dict[str, Any]]]:
    """Every cell of every record that has an id, as a later program must still read it."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for table, count in row_counts(connection).items():
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        if count and "id" in columns and not table.startswith("search"):
            names = ", ".join(f'"{column}"' for column in columns)  # what SQLite works out by itself is left out
            cursor = connection.execute(f'SELECT {names} FROM "{table}" ORDER BY id')
            rows[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return rows


def main() -> None:
    """Write ``data/release-VERSION.db`` and what must be in it."""
    DATA.mkdir(exist_ok=True)
    target = DATA / f"release-{zzdesk.__version__}.db"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "zzdesk.db"
        migrate(path, KEY, Path(folder) / "copies")
        store = Store.open(path, KEY)
        fill(store, FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)))
        store.close()
        with raw(path, KEY) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            connection.execute("VACUUM")
            expected = _expected(connection)
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        target.write_bytes(path.read_bytes())
    text = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
    target.with_suffix(".json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
