"""Real desks number their cases out of the centre's blocks, and two that recorded one resident hear of it (hazard 14)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from sync.client.engine import sync_once
from tests.sync.stations import SECOND, STATION, NewDesk, add
from zzdesk.clock import FixedClock
from zzdesk.desk import commands, queries, undoing
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk
from zzdesk.documents import blocks
from zzdesk.documents.models import NumberBlock
from zzdesk.documents.series import Number, official, parse
from zzdesk.mediation import commands as mediation
from zzdesk.mediation import queries as queries_of
from zzdesk.mediation.models import Case
from zzdesk.ops import outbox
from zzdesk.people import commands as people
from zzdesk.people.models import Person

SERIES = "人调2026"
ID_NUMBER = "350602194903070020"


def accept(desk: Desk) -> str:
    case: str = desk.write(mediation.accept, {"category": "neighbours"}).created[0]
    return case


def names(desk: Desk, case: str) -> tuple[str | None, str | None]:
    with desk.store.reader() as session:
        found = session.get_one(Case, case)
        return found.number, found.alias


def number(n: int) -> str:
    return f"{SERIES}-{STATION}-{n:04d}"


@pytest.fixture
def two(new_desk: NewDesk) -> tuple[Desk, Desk]:
    first = new_desk()
    add_account(first, "chen", "陈", ["clerk", "mediator", "supervisor"], SECOND)
    sync_once(first)
    return first, new_desk("chen", SECOND)


def test_desks_number_without_a_network_and_no_number_is_given_twice(two: tuple[Desk, Desk]) -> None:
    cases = [(desk, accept(desk)) for desk in two for _ in range(3)]
    assert [names(desk, case) for desk, case in cases] == [(number(n), None) for n in (1, 2, 3, 21, 22, 23)]
    for desk in (*two, *two):
        sync_once(desk)
    for desk in two:
        assert [names(desk, case)[0] for _, case in cases] == [number(n) for n in (1, 2, 3, 21, 22, 23)]


def test_a_desk_with_few_numbers_left_is_leased_more(two: tuple[Desk, Desk]) -> None:
    first, _ = two
    for _ in range(17):
        accept(first)
    sync_once(first)
    assert [names(first, accept(first))[0] for _ in range(4)] == [number(n) for n in (18, 19, 20, 41)]


def test_each_committee_counts_for_itself_and_each_desk_from_its_own_block(two: tuple[Desk, Desk]) -> None:
    """（2026）西桥人调字第0001号: the short name of the committee begins the series (D04, F32)."""
    first, second = two
    named = [
        first.write(add, "committee", {"name": f"{name}人民调解委员会", "prefix": name}).created[0] for name in ("西桥", "文川里")
    ]
    for desk in (first, second, first, second):
        sync_once(desk)
    got = [
        names(desk, desk.write(mediation.accept, {"category": "neighbours", "committee_id": each}).created[0])[0]
        for desk in two for each in (*named, named[0])
    ]  # fmt: skip
    assert [official(each) for each in got] == [
        "（2026）西桥人调字第0001号", "（2026）文川里人调字第0001号", "（2026）西桥人调字第0002号",
        "（2026）西桥人调字第0021号", "（2026）文川里人调字第0021号", "（2026）西桥人调字第0022号",
    ]  # fmt: skip
    for desk in (first, second, first):
        assert sync_once(desk).rejected == 0
    assert {row.number for row in second.read(queries_of.list_cases).rows} == set(got)
    with second.store.reader() as session:
        left = blocks.left(session, STATION, second.clock.now())
    assert (left["西桥人调2026"], left["文川里人调2026"], left[SERIES]) == (18, 19, 20)


def test_without_a_number_a_case_keeps_its_alias_and_gets_its_number_from_the_centre(two: tuple[Desk, Desk]) -> None:
    first, second = two
    with first.store.writer() as session:
        session.execute(update(NumberBlock).values(next=NumberBlock.hi + 1))  # all of them are on paper
        session.commit()
    case = accept(first)
    given, alias = names(first, case)
    assert given is None
    assert str(alias).startswith("临-人调2026-")
    for desk in (first, second):
        sync_once(desk)
        assert names(desk, case) == (number(61), alias)
    assert sync_once(first).requests == 2, "a token and a greeting"


def test_numbers_of_a_lease_that_is_over_and_of_another_life_are_not_given(
    two: tuple[Desk, Desk], clock: FixedClock
) -> None:
    first, second = two
    with second.store.writer() as session:
        outbox.become_new_replica(session, clock)
        session.commit()
    assert names(second, accept(second))[0] is None
    clock.advance(24 * 3600)
    with first.store.writer() as session:
        session.execute(update(NumberBlock).values(expires=clock.now()))
        session.commit()
    assert names(first, accept(first))[0] is None


def test_a_desk_that_has_no_centre_gives_aliases(tmp_path: Any, clock: FixedClock) -> None:
    from tests.sync.stations import PASSWORD
    from zzdesk.desk.session import create_home
    from zzdesk.store.keys import TEST_COST

    desk, _ = create_home(tmp_path / "alone", STATION, "lin", PASSWORD, clock=clock, cost=TEST_COST)
    try:
        given, alias = names(desk, accept(desk))
        assert (given, str(alias)[:2]) == (None, "临-")
    finally:
        desk.close()


def test_a_block_that_comes_again_goes_on_where_it_was(two: tuple[Desk, Desk], clock: FixedClock) -> None:
    first, _ = two
    accept(first)
    with first.store.writer() as session:
        blocks.keep(session, SERIES, STATION, 1, 20, "2027-01-01T00:00:00.000Z")
        session.commit()
    assert names(first, accept(first))[0] == number(2)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (number(7), Number(SERIES, STATION, 7)),
        (f"{SERIES}-{STATION}-12345", Number(SERIES, STATION, 12345)),
        (f"{SERIES}-{STATION}-00012", None),
        (f"{SERIES}-{STATION}-7", None),
        ("临-人调2026-7F2A-0007", None),
        (None, None),
        (7, None),
    ],
)
def test_numbers_are_read_as_they_are_written(text: Any, parts: Number | None) -> None:
    assert parse(text) == parts


def test_one_resident_of_two_desks_is_asked_about_and_merged_and_taken_apart_again(two: tuple[Desk, Desk]) -> None:
    first, second = two
    one = first.write(people.register, {"name": "林秀英", "identity_number": ID_NUMBER}).created[0]
    sync_once(first)
    with second.store.reader() as session:
        assert session.scalars(select(Person.id)).all() == []
    other = second.write(people.register, {"name": "林秀瑛", "identity_number": ID_NUMBER}).created[0]
    sync_once(second)
    sync_once(second)
    (row,) = second.read(queries.conflicts).rows
    asked = second.read(queries.conflict, row.id)
    assert (row.policy, row.record_id, row.mine, row.due is not None) == ("duplicate", other, True, True)
    assert [each.value for each in asked.candidates] == [None, one]
    assert asked.alike[one].startswith("林")
    assert "秀英" not in asked.alike[one], "masked"
    second.write(commands.resolve, row.id, choose=1, reason="已核对户口簿")
    for desk in (second, second, first):
        sync_once(desk)
    for desk in two:
        with desk.store.reader() as session:
            found = {person.id: person.duplicate_of for person in session.scalars(select(Person))}
        assert found == {one: None, other: one}, "both rows live"
    first.write(undoing.undo, row.id, "不是同一人")
    for desk in (first, second):
        sync_once(desk)
    with second.store.reader() as session:
        assert session.get_one(Person, other).duplicate_of is None
    assert [each.id for each in second.read(queries.conflicts).rows] == [row.id]
