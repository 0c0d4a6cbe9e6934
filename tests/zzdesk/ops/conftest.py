"""A database with tables, somebody who may do everything, and a centre that says what it is told to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import zzdesk.catalogue
from zzdesk.actor import Actor
from zzdesk.clock import FixedClock
from zzdesk.ops import outbox, state
from zzdesk.ops.apply import apply_op, apply_stamps, record_hash
from zzdesk.ops.models import Cursor
from zzdesk.store import search
from zzdesk.store.base import Base
from zzdesk.store.engine import Store
from zzdesk.store.unit import Reader, UnitOfWork

STATION = "350602002004"
assert zzdesk.catalogue.__doc__


class Bench:
    """One desk's database with short ways to write, read and answer."""

    def __init__(self, store: Store, clock: FixedClock) -> None:
        self.store, self.clock = store, clock
        self.actor = Actor("acc-1", "zhuang", "庄晓燕", frozenset({"clerk"}), STATION)

    def write(self, command: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self.store.writer() as session:
            work = UnitOfWork(session, self.actor, self.clock, lambda roles, action: True)
            return command(work, *args, **kwargs)

    def read(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self.store.reader() as session:
            return query(Reader(session, self.actor, self.clock, lambda roles, action: True), *args, **kwargs)

    def seal(self, after: int = 0, limit: int = 500) -> outbox.Batch:
        with self.store.writer() as session:
            batch = outbox.seal(session, after, limit)
            session.commit()
            return batch

    def sync(self, work: Callable[..., Any], *args: Any) -> Any:
        """Run a function of the sync side in one committed transaction."""
        with self.store.writer() as session:
            found = work(session, *args)
            session.commit()
            return found

    def answer(self, batch: outbox.Batch, seq: int = 100) -> outbox.Answered:
        """Answer as a centre where nobody else is: everything applied as expected."""
        bodies: dict[str, Any] = {}
        results = []
        for op in batch.ops:
            had, stamps, scope, ver = bodies.get(op["id"], (None, {}, op.get("scope", STATION), 0))
            body = apply_op(had, op) if had or op["verb"] == "create" else None
            stamps, ver, seq = apply_stamps(stamps, op), ver + 1, seq + 1
            bodies[op["id"]] = (body, stamps, scope, ver)
            digest = record_hash(op["kind"], op["id"], scope, body) if body else batch.hashes[op["op_id"]]
            results.append(
                {"op_id": op["op_id"], "outcome": "applied", "seq": seq, "ver": ver, "hash": digest,
                 "stamps": stamps, "problem": None, "record": None, "sig": "s"}
            )  # fmt: skip
        return self.sync(outbox.take_answers, results)


@pytest.fixture
def bench(tmp_path: Path, clock: FixedClock) -> Iterator[Bench]:
    """An empty database, subscribed to its station."""
    store = Store.create(tmp_path / "desk.db", b"k" * 32)
    Base.metadata.create_all(store.engine)
    with store.writer() as session:
        for statement in search.DDL:
            session.connection().exec_driver_sql(statement)
        state.begin(session, clock)
        session.add(Cursor(scope=STATION, seq=0, rights="rw"))
        session.commit()
    yield Bench(store, clock)
    store.close()
