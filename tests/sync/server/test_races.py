"""Races of several writers: a reader misses nothing, nobody overwrites unseen, one operation counts once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from sync.policies import KindPolicy, Policies
from sync.server import rows
from sync.server.run import ServerThread
from sync.server.tables import op_log, record
from tests.sync.server.wire import OTHER_STATION, STATION, WireDesk
from tests.sync.things import POLICIES

NewDesk = Callable[..., WireDesk]
WRITERS = 6


def _at_once(*jobs: Callable[[], None]) -> None:
    """Run jobs side by side; the first failure is raised here."""
    failures: list[BaseException] = []
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], None]) -> None:
        try:
            start.wait(30)
            job()
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def _rows(server: ServerThread, table: Any) -> list[Any]:
    with server.centre.database.reading() as connection:
        return list(connection.execute(select(table)))


def test_a_poller_misses_nothing_while_six_desks_write(server: ServerThread, new_desk: NewDesk) -> None:
    """Hazard 1: a place in the feed must never become visible behind one that was visible already."""
    desks = [new_desk() for _ in range(WRITERS)]
    reader = new_desk()
    seen: list[str] = []
    writing = threading.Event()
    left = [WRITERS]
    lock = threading.Lock()

    def write(desk: WireDesk) -> Callable[[], None]:
        def run() -> None:
            try:
                for n in range(15):
                    born = [desk.create(title=f"{n}-{m}") for m in range(1 + n % 4)]
                    assert {r["outcome"] for r in desk.push(*born)} == {"applied"}
            finally:
                with lock:
                    left[0] -= 1
                    if not left[0]:
                        writing.set()

        return run

    def poll() -> None:
        after, last = 0, False
        while True:
            done = writing.is_set()
            page = reader.pull(after, limit=7)
            seen.extend(row["rec"]["id"] for row in page["rows"])
            after = page["to"]
            if last and not page["rows"]:
                return
            last = done

    _at_once(*[write(desk) for desk in desks], poll)
    made = {row.id for row in _rows(server, record)}
    assert len(made) == WRITERS * sum(1 + n % 4 for n in range(15))
    assert len(seen) == len(set(seen))
    assert set(seen) == made


def test_the_clock_is_the_last_lock_so_a_slow_writer_holds_nobody_up_unseen(
    server: ServerThread, new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that stops between taking its numbers and its commit: what comes later must not be visible before it."""
    slow, quick, reader = new_desk(), new_desk(), new_desk()
    stopped, go_on, overtook = threading.Event(), threading.Event(), threading.Event()
    real = rows.write
    slow.push(slow.create(title="以前"))
    born = slow.create(title="慢"), quick.create(title="快")
    start = reader.pull()["to"]

    def stopping(connection: Any, written: Any) -> None:
        real(connection, written)
        if any(item.state.id == born[0]["id"] for item in written):
            stopped.set()
            assert go_on.wait(30)

    monkeypatch.setattr(rows, "write", stopping)
    pages: list[list[str]] = []

    def late() -> None:
        assert stopped.wait(30)
        quick.push(born[1])
        overtook.set()

    def watch() -> None:
        assert stopped.wait(30)
        overtook.wait(1)  # it must not, so this waits in vain; a centre that let it would be seen below
        for _ in range(5):
            pages.append([row["rec"]["id"] for row in reader.pull(start)["rows"]])
        go_on.set()

    _at_once(lambda: [None for _ in slow.push(born[0])] and None, late, watch)
    assert pages == [[]] * 5, "a later place in the feed was visible before an earlier one"
    assert [row["rec"]["id"] for row in reader.pull(start)["rows"]] == [born[0]["id"], born[1]["id"]]


def test_two_desks_edit_one_field_at_once_and_one_of_them_gets_a_conflict(new_desk: NewDesk, server: ServerThread) -> None:
    """Hazard 37: the stamp is read only when the row is locked."""
    desks = [new_desk() for _ in range(4)]
    born = [desks[0].create(title="原") for _ in range(10)]
    desks[0].push(*born)
    outcomes: list[str] = []

    def edit(desk: WireDesk, value: str) -> Callable[[], None]:
        def run() -> None:
            for op in born:
                change = {"to": value, "was": "原", "saw": op["op_id"]}
                outcomes.append(desk.push_one(desk.patch("thing", op["id"], title=change))["outcome"])

        return run

    _at_once(*[edit(desk, str(n)) for n, desk in enumerate(desks)])
    assert sorted(outcomes) == ["applied"] * 10 + ["conflict"] * 30
    conflicts = [json.loads(row.body) for row in _rows(server, record) if row.kind == "conflict"]
    assert len(conflicts) == 10
    assert {frozenset(c["value"] for c in body["candidates"]) for body in conflicts} == {frozenset("0123")}


def test_the_same_batch_sent_many_times_at_once_counts_once(anna: WireDesk, server: ServerThread, clock: Any) -> None:
    """Hazard 4: a retry storm after lost answers."""
    born = anna.create(title="a", hours=0)
    batch = [born] + [anna.patch("thing", born["id"], hours={"by": 1}) for _ in range(5)]
    answers: list[list[dict[str, Any]]] = []

    def send() -> None:
        import requests

        mine = WireDesk.__new__(WireDesk)
        mine.__dict__ |= anna.__dict__ | {"http": requests.Session()}
        answers.append(mine.push(*batch))
        mine.close()

    _at_once(*[send] * 6)
    assert len({json.dumps([(r["outcome"], r["seq"], r["sig"]) for r in answer]) for answer in answers}) == 1
    (row,) = _rows(server, record)
    assert json.loads(row.body)["hours"] == 5
    assert len(_rows(server, op_log)) == 6


def test_two_desks_create_one_account_at_once(new_desk: NewDesk, server: ServerThread) -> None:
    desks = [new_desk() for _ in range(4)]
    from tests.sync.server.wire import new_id

    ids = [new_id() for _ in range(10)]
    outcomes: list[str] = []

    def create(desk: WireDesk) -> Callable[[], None]:
        def run() -> None:
            ops = [desk.create(kind="account", record_id=each, login=each[:8], roles=["clerk"]) for each in ids]
            outcomes.extend(r["outcome"] for r in desk.push(*ops))

        return run

    _at_once(*[create(desk) for desk in desks])
    assert sorted(outcomes) == ["applied"] * 10 + ["merged"] * 30
    assert len(_rows(server, record)) == 10


def test_held_operations_are_released_once_by_whoever_comes(new_desk: NewDesk, server: ServerThread) -> None:
    author, other = new_desk(), new_desk()
    born = [author.create(title="a", hours=0) for _ in range(20)]
    early = [other.patch("thing", op["id"], hours={"by": 1}) for op in born]
    assert {r["outcome"] for r in other.push(*early)} == {"held"}
    pushers = [new_desk() for _ in range(3)]
    _at_once(lambda: author.push(*born) and None, *[lambda d=d: d.push(d.create(title="x")) and None for d in pushers])
    assert {r["outcome"] for r in other.push(*early)} == {"applied"}
    hours = [json.loads(row.body).get("hours") for row in _rows(server, record) if row.id in {op["id"] for op in born}]
    assert hours == [1] * 20


@pytest.mark.pg
def test_an_idle_transaction_that_holds_a_row_defers_and_stops_nobody_else(
    pg_url: str, tmp_path: Any, clock: Any, expect_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hazard 2: somebody left a transaction open in a console."""
    monkeypatch.setattr("sync.server.database.LOCK_TIMEOUT_MS", 200)
    expect_log("WARNING sync.server: a push failed: OperationalError")
    with ServerThread(tmp_path / "centre", database_url=pg_url, clock=clock, policies=POLICIES) as server:
        desks = [WireDesk(server.url, clock, server.enrol_code(STATION)) for _ in range(2)]
        born = [desks[0].create(title="a"), desks[0].create(title="b")]
        desks[0].push(*born)
        blocked = desks[1].patch("thing", born[0]["id"], title={"to": "c", "was": "a", "saw": born[0]["op_id"]})
        with server.centre.database.engine.connect() as idle, idle.begin():
            idle.execute(text("SELECT * FROM record WHERE id = :id FOR UPDATE"), {"id": born[0]["id"]})
            assert desks[1].push_one(blocked)["outcome"] == "deferred"
            free = desks[0].patch("thing", born[1]["id"], title={"to": "d", "was": "b", "saw": born[1]["op_id"]})
            assert desks[0].push_one(free)["outcome"] == "applied"
        assert desks[1].push_one(blocked)["outcome"] == "applied"
        for desk in desks:
            desk.close()


def test_the_first_devices_of_a_station_come_at_once(new_desk: NewDesk) -> None:
    made: list[WireDesk] = []
    _at_once(*[lambda: made.append(new_desk()) for _ in range(8)])
    assert len({desk.device_id for desk in made}) == 8


@pytest.mark.pg
def test_what_is_made_below_a_child_while_the_whole_moves_goes_along(
    pg_url: str, tmp_path: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The move has asked what belongs to its record, and does not hold the child yet under which something is made."""
    policies = Policies({kind: POLICIES[kind] for kind in ("thing", "note")} | {"photo": KindPolicy(parent="note_id")})
    with ServerThread(tmp_path / "centre", database_url=pg_url, clock=clock, policies=policies) as server:
        mover, maker, there = (
            WireDesk(server.url, clock, server.enrol_code(s)) for s in (STATION, STATION, OTHER_STATION)
        )
        born = mover.create(title="a")
        child = mover.create("note", thing_id=born["id"], text="n")
        mover.push(born, child)
        late = maker.create("photo", note_id=child["id"])
        real, asked = rows.dependants, []

        def dependants(connection: Any, records: Any) -> Any:
            found = real(connection, records)
            if found and not asked:
                asked.append(maker.push_one(late)["outcome"])
            return found

        monkeypatch.setattr(rows, "dependants", dependants)
        move = mover.op("thing", born["id"], "move", to_scope=OTHER_STATION, saw={"scope": born["op_id"]}, reason="不在本社区")
        assert mover.push_one(move)["outcome"] == "applied"
        assert asked == ["applied"]
        assert {row.scope_id for row in _rows(server, record)} == {OTHER_STATION}
        for desk in (mover, maker, there):
            desk.close()
