"""The audit finds every change that went past it: edited, removed, inserted, cut off, or rewritten to the end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from zzdesk.actor import Actor
from zzdesk.clock import FixedClock
from zzdesk.errors import BugError
from zzdesk.store import audit
from zzdesk.store.audit import Audit, LocalValue
from zzdesk.store.base import Base
from zzdesk.store.engine import Store

KEY = bytes(range(32))
ACTOR = Actor("a1", "li", "李", frozenset({"clerk"}), "350602002004", "d1")


@pytest.fixture
def store(tmp_path: Path):
    store = Store.create(tmp_path / "zzdesk.db", KEY)
    with store.engine.begin() as connection:
        Base.metadata.create_all(connection, tables=[Audit.__table__, LocalValue.__table__])
    yield store
    store.close()


@pytest.fixture
def filled(store: Store, clock: FixedClock) -> Store:
    for n in range(20):
        with store.writer() as session:
            audit.append(session, clock, ACTOR, "record.create", "report", f"r{n}", fields=["title"], n=n)
            session.commit()
        clock.advance(1)
    return store


def _tamper(store: Store, *statements: str) -> None:
    """Do what somebody with the key and another program could do."""
    with store.writer() as session:
        for name in ("update", "delete", "replace"):
            session.execute(text(f"DROP TRIGGER audit_no_{name}"))
        for statement in statements:
            session.execute(text(statement))
        session.commit()


def _check(store: Store, anchor: audit.Anchor | None = None) -> audit.AuditCheck:
    with store.reader() as session:
        return audit.verify(session, anchor)


def _head(store: Store) -> audit.Anchor:
    with store.reader() as session:
        return audit.head(session)


def test_what_was_appended_is_whole(filled: Store) -> None:
    check = _check(filled, _head(filled))
    assert (check.ok, check.rows, check.broken_seq) == (True, 20, None)
    assert check.head == _head(filled).head


def test_an_empty_audit_is_whole(store: Store) -> None:
    assert _check(store, _head(store)).ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET event = 'x' WHERE seq = 5",
        "DELETE FROM audit WHERE seq = 5",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 5",
        "REPLACE INTO audit SELECT seq, at, actor, device, 'x', kind, record_id, facts, prev_hash, hash FROM audit",
    ],
)
def test_the_database_itself_refuses_changes(filled: Store, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), filled.writer() as session:
        session.execute(text(statement))
    assert _check(filled).ok


@pytest.mark.parametrize(
    ("statement", "broken", "fault"),
    [
        ("UPDATE audit SET actor = 'somebody else' WHERE seq = 7", 7, "changed"),
        ("UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 1", 1, "changed"),
        ("UPDATE audit SET facts = '{}' WHERE seq = 20", 20, "changed"),
        ("UPDATE audit SET hash = prev_hash WHERE seq = 9", 9, "changed"),
        ("UPDATE audit SET prev_hash = hash WHERE seq = 9", 9, "chain"),
        ("DELETE FROM audit WHERE seq = 12", 12, "missing"),
        ("DELETE FROM audit WHERE seq = 1", 1, "missing"),
        ("DELETE FROM audit WHERE seq > 15", 16, "cut"),
        ("DELETE FROM audit", 1, "cut"),
    ],
)
def test_a_change_with_other_tools_is_found_and_named(
    filled: Store, statement: str, broken: int, fault: str
) -> None:
    anchor = _head(filled)
    _tamper(filled, statement)
    check = _check(filled, anchor)
    assert (check.ok, check.broken_seq, check.fault) == (False, broken, fault)


def test_a_line_put_in_between_is_found(filled: Store) -> None:
    _tamper(
        filled,
        "UPDATE audit SET seq = -seq - 1 WHERE seq > 10",
        "INSERT INTO audit SELECT 11, at, actor, device, 'login', kind, record_id, facts, hash, hash"
        " FROM audit WHERE seq = 10",
        "UPDATE audit SET seq = -seq WHERE seq < 0",
    )
    check = _check(filled)
    assert (check.broken_seq, check.fault) == (11, "changed")


def test_a_chain_rewritten_to_its_end_differs_from_the_anchor(filled: Store, clock: FixedClock) -> None:
    """Somebody with the key recomputes every hash: only what is kept outside the table tells."""
    anchor = _head(filled)
    with filled.reader() as session:
        lines = [(a.event, a.kind, a.record_id, {"n": 0}) for a in reversed(audit.recent(session))]
    _tamper(filled, "DELETE FROM audit")
    with filled.writer() as session:
        audit.append_all(session, clock, ACTOR, lines)
        session.commit()
    assert _check(filled).ok
    check = _check(filled, anchor)
    assert (check.ok, check.broken_seq, check.fault) == (False, 20, "changed")
    with filled.reader() as session:
        assert not audit.reaches(session, anchor)


def test_the_anchor_is_sealed_and_never_goes_back(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / audit.ANCHOR_FILE
    whole = _head(filled)
    audit.write_anchor(path, KEY, whole)
    audit.write_anchor(path, KEY, audit.Anchor(3, "0" * 64))
    assert audit.read_anchor(path, KEY) == whole
    assert audit.read_anchor(path, bytes(32)) is None
    assert whole.head.encode() not in path.read_bytes()
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
    with filled.reader() as session:
        assert audit.check(session, path, KEY).ok
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with filled.reader() as session:
        assert audit.check(session, path, KEY).fault == "anchor"


def test_facts_are_no_place_for_values(store: Store, clock: FixedClock) -> None:
    with pytest.raises(BugError), store.writer() as session:
        audit.append(session, clock, ACTOR, "x", text="很长的一段陈述" * 40)


def test_two_writers_never_fork_the_chain(store: Store, clock: FixedClock) -> None:
    other = Store.open(store.path, KEY)
    for n in range(10):
        with (store if n % 2 else other).writer() as session:
            audit.append(session, clock, ACTOR, "x", n=n)
            session.commit()
    other.close()
    assert _check(store).rows == 10


def test_local_values_are_kept(store: Store) -> None:
    for value in ("1", "2"):
        with store.writer() as session:
            audit.set_local_value(session, "guard_number", value)
            session.commit()
    with store.reader() as session:
        assert audit.local_value(session, "guard_number") == "2"
        assert audit.local_value(session, "none") is None


_COLUMNS = ("at", "actor", "device", "event", "kind", "record_id", "facts", "prev_hash", "hash")


@given(
    st.integers(1, 6),
    st.sampled_from(_COLUMNS),
    st.text(st.characters(codec="utf-8", exclude_characters="\0")),
)
def test_any_edit_of_any_cell_is_found(seq: int, column: str, value: str) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, tables=[Audit.__table__])
    from datetime import UTC, datetime

    clock = FixedClock(datetime(2026, 11, 23, tzinfo=UTC))
    with Session(engine) as session:
        for n in range(6):
            audit.append(session, clock, ACTOR, "e", "report", f"r{n}", n=n)
        session.execute(text("DROP TRIGGER audit_no_update"))
        old = session.execute(text(f"SELECT {column} FROM audit WHERE seq = {seq}")).scalar_one()
        session.execute(text(f"UPDATE audit SET {column} = :v WHERE seq = {seq}"), {"v": value})
        check = audit.verify(session)
    engine.dispose()
    if value == old:
        assert check.ok
    else:
        assert check.broken_seq in (seq, seq + 1)
        assert not check.ok
