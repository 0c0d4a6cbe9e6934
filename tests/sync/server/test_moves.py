"""Records that move from one station to another: nothing is lost on the way, in whatever order the news arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sync.server.run import ServerThread
from sync.server.tables import feed, record, record_history
from tests.sync.server.wire import OTHER_STATION, STATION, WireDesk, edit, problem, rows

NewDesk = Callable[..., WireDesk]


@pytest.fixture
def there(new_desk: NewDesk) -> WireDesk:
    """A desk at another station."""
    return new_desk(station=OTHER_STATION)


def move(desk: WireDesk, born: dict[str, Any], to: str = OTHER_STATION, saw: str | None = None) -> dict[str, Any]:
    return desk.op(born["kind"], born["id"], "move", to_scope=to, saw={"scope": saw or born["op_id"]}, reason="不在本社区")


def whats(desk: WireDesk, scope: str) -> dict[str, str]:
    """Return what the feed of a scope says of each record."""
    return {(row["rec"] or row)["id"] if row.get("rec") else row["id"]: row["what"] for row in desk.pull_all(scope)}


def note(desk: WireDesk, about: dict[str, Any], text: str) -> dict[str, Any]:
    return desk.create("note", thing_id=about["id"], text=text)


def test_a_record_leaves_and_arrives_with_what_belongs_to_it(
    server: ServerThread, anna: WireDesk, bo: WireDesk, there: WireDesk
) -> None:
    born = anna.create(title="a")
    mine, other = note(anna, born, "n"), anna.create(title="stays")
    anna.push(born, mine, other)
    gone = anna.push_one(move(anna, born))
    assert (gone["outcome"], gone["evicted"], gone["record"]) == ("applied", True, None)
    left = bo.pull_all()
    assert {(row.get("id") or row["rec"]["id"], row["what"]) for row in left} == {
        (born["id"], "evict"), (mine["id"], "evict"), (other["id"], "put")}  # fmt: skip
    assert {row["ver"] for row in left if row["what"] == "evict"} == {2}
    came = {row["rec"]["id"]: row["rec"] for row in there.pull_all(OTHER_STATION)}
    assert {record_id: rec["scope"] for record_id, rec in came.items()} == dict.fromkeys(
        (born["id"], mine["id"]), OTHER_STATION)  # fmt: skip
    assert bo.fetch(("thing", born["id"]), ("note", mine["id"])) == []
    assert [row.op_id for row in rows(server, record_history) if row.id == mine["id"]] == [gone["op_id"]]


def test_it_may_come_back(anna: WireDesk, bo: WireDesk, there: WireDesk) -> None:
    born = anna.create(title="a")
    anna.push(born)
    away = move(anna, born)
    anna.push(away)
    back = move(there, born, STATION, away["op_id"])
    assert there.push_one(back)["outcome"] == "applied"
    assert whats(bo, STATION) == {born["id"]: "put"}
    assert whats(there, OTHER_STATION) == {born["id"]: "evict"}
    assert bo.push_one(bo.patch("thing", born["id"], **edit(born, "b")))["outcome"] == "applied"


@pytest.mark.parametrize("first", ["edit", "move"])
def test_an_edit_and_a_move_that_did_not_know_of_each_other_come_together(
    server: ServerThread, anna: WireDesk, bo: WireDesk, there: WireDesk, clock: Any, first: str
) -> None:
    born = anna.create(title="a")
    anna.push(born)
    clock.advance(60)
    edited, moved = bo.patch("thing", born["id"], **edit(born, "b")), move(anna, born)
    clock.advance(60)
    steps = [(bo, edited), (anna, moved)]
    answers = [desk.push_one(op) for desk, op in (steps if first == "edit" else reversed(steps))]
    assert [answer["outcome"] for answer in answers] == ["applied", "applied"]
    assert answers[1]["evicted"]
    (row,) = there.pull_all(OTHER_STATION)
    assert (row["rec"]["scope"], row["rec"]["body"]["title"], row["rec"]["ver"]) == (OTHER_STATION, "b", 3)
    assert whats(bo, STATION) == {born["id"]: "evict"}
    assert {(r.scope_id, r.what) for r in rows(server, feed)} == {(STATION, "evict"), (OTHER_STATION, "put")}


def test_an_edit_made_after_the_record_had_left_is_refused(anna: WireDesk, bo: WireDesk, there: WireDesk, clock: Any) -> None:
    born = anna.create(title="a")
    anna.push(born)
    anna.push(move(anna, born))
    clock.advance(60)
    answer = bo.push_one(bo.patch("thing", born["id"], **edit(born, "b")))
    assert (answer["outcome"], problem(answer), answer["evicted"]) == ("rejected", "/p/scope-denied", True)
    assert there.fetch(("thing", born["id"]))[0]["body"]["title"] == "a"


@pytest.mark.parametrize("same", [True, False])
def test_of_two_moves_the_first_stands_and_the_second_is_told(
    anna: WireDesk, bo: WireDesk, there: WireDesk, new_desk: NewDesk, clock: Any, same: bool
) -> None:
    third = new_desk(station="350602002006")
    born = anna.create(title="a")
    anna.push(born)
    clock.advance(60)
    one, two = move(anna, born), move(bo, born, OTHER_STATION if same else "350602002006")
    clock.advance(60)
    assert anna.push_one(one)["outcome"] == "applied"
    answer = bo.push_one(two)
    assert answer["outcome"] == ("merged" if same else "rejected")
    if not same:
        assert (problem(answer), answer["problem"]["params"]) == ("/p/moved-already", {"to": OTHER_STATION})
    assert bo.push_one(two) == answer
    assert whats(there, OTHER_STATION) == {born["id"]: "put"}
    assert third.pull_all("350602002006") == []


def test_a_child_made_without_knowing_of_the_move_goes_where_its_parent_is(
    server: ServerThread, anna: WireDesk, bo: WireDesk, there: WireDesk, clock: Any
) -> None:
    born = anna.create(title="a")
    anna.push(born)
    clock.advance(60)
    late = note(bo, born, "看过现场")
    clock.advance(60)
    anna.push(move(anna, born))
    answer = bo.push_one(late)
    assert (answer["outcome"], answer["evicted"]) == ("applied", True)
    assert {r.scope_id for r in rows(server, record) if r.kind == "note"} == {OTHER_STATION}
    assert len(there.pull_all(OTHER_STATION)) == 2


def test_in_one_batch_the_children_go_along_too(anna: WireDesk, bo: WireDesk, there: WireDesk) -> None:
    born = anna.create(title="a")
    before, after = note(anna, born, "1"), note(anna, born, "2")
    assert {a["outcome"] for a in anna.push(born, before, move(anna, born), after)} == {"applied"}
    assert {row["rec"]["kind"] for row in there.pull_all(OTHER_STATION)} == {"thing", "note"}
    assert len(there.pull_all(OTHER_STATION)) == 3
    assert bo.pull_all() == []


def test_open_conflicts_go_along(anna: WireDesk, bo: WireDesk, there: WireDesk) -> None:
    born = anna.create(title="a")
    anna.push(born)
    anna.push(anna.patch("thing", born["id"], **edit(born, "b")))
    assert bo.push_one(bo.patch("thing", born["id"], **edit(born, "c")))["outcome"] == "conflict"
    assert anna.push_one(move(anna, born))["outcome"] == "applied"
    assert {row["rec"]["kind"] for row in there.pull_all(OTHER_STATION)} == {"thing", "conflict"}
    assert set(whats(bo, STATION).values()) == {"evict"}


@pytest.mark.parametrize(
    ("to", "why"),
    [("350602999001", "/p/unknown-place"), ("case:0192c0de-0000-7000-8000-000000000001", "/p/unknown-place")],
)
def test_a_record_goes_only_where_somebody_is(anna: WireDesk, to: str, why: str) -> None:
    born = anna.create(title="a")
    anna.push(born)
    answer = anna.push_one(move(anna, born, to))
    assert (answer["outcome"], problem(answer)) == ("rejected", why)
    assert whats(anna, STATION) == {born["id"]: "stub"}


def test_a_child_does_not_move_alone_and_another_stations_record_not_at_all(anna: WireDesk, there: WireDesk) -> None:
    born = anna.create(title="a")
    child = note(anna, born, "n")
    anna.push(born, child)
    assert problem(anna.push_one(move(anna, child))) == "/p/not-movable"
    assert problem(there.push_one(move(there, born))) == "/p/scope-denied"


def test_a_move_of_what_is_not_there_yet_waits(anna: WireDesk, there: WireDesk) -> None:
    born = anna.create(title="a")
    early = move(anna, born)
    assert anna.push_one(early)["outcome"] == "held"
    anna.push(born)
    assert anna.push_one(early)["outcome"] == "applied"
    assert whats(there, OTHER_STATION) == {born["id"]: "put"}
