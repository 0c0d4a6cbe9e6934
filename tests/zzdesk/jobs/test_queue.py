"""The morning queue: the same seed gives the same order to everybody, nobody waits for ever, and nobody draws again (F49)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import published
from tests.zzdesk.jobs.test_wages import PEOPLE
from zzdesk.errors import RefusedError
from zzdesk.jobs import commands, queries, queueing
from zzdesk.jobs.queueing import Waiting, in_order

CARDS = st.lists(st.integers(1, 9999).map(lambda n: f"GK{n:04d}"), min_size=1, max_size=40, unique=True)
SEEDS = st.binary(min_size=8, max_size=8).map(bytes.hex)


@given(CARDS, SEEDS, st.randoms(use_true_random=False))
def test_the_same_seed_gives_everybody_the_same_order(cards: list[str], seed: str, mixed: object) -> None:
    people = [Waiting(card, f"{n:03d}") for n, card in enumerate(cards)]
    first = [each.card for each in in_order(people, 3, seed, cards)]
    mixed.shuffle(people)  # type: ignore[attr-defined]
    assert [each.card for each in in_order(people, 3, seed, cards)] == first
    assert first == sorted(cards, key=lambda card: hashlib.sha256(f"{seed}/{card}".encode()).hexdigest())
    assert sorted(first) == sorted(cards)


@given(CARDS, SEEDS, st.data())
def test_who_comes_after_the_draw_follows_by_arrival_within_a_step(cards: list[str], seed: str, data: st.DataObject) -> None:
    drawn = data.draw(st.sets(st.sampled_from(cards)))
    missed = data.draw(st.lists(st.integers(0, 9), min_size=len(cards), max_size=len(cards)))
    people = [Waiting(card, f"{n:03d}", missed[n]) for n, card in enumerate(cards)]
    order = in_order(people, 3, seed, drawn)
    assert [each.missed // 3 for each in order] == sorted((each.missed // 3 for each in order), reverse=True)
    for _, step in groupby(order, key=lambda each: each.missed // 3):
        members = list(step)
        late = [each for each in members if each.card not in drawn]
        assert members[len(members) - len(late):] == late == sorted(late, key=lambda each: each.came)


@settings(max_examples=40)
@given(st.integers(2, 25), st.integers(1, 6), st.booleans(), st.integers(0, 2**32))
def test_nobody_waits_for_ever_however_the_lots_fall(people: int, places: int, lottery: bool, salt: int) -> None:
    """Who comes every morning is called within three mornings for each time that all places could go round, and three."""
    cards = [f"GK{n:04d}" for n in range(people)]
    missed = dict.fromkeys(cards, 0)
    most = 3 * (-(-people // places)) + 3
    for morning in range(60):
        seed = hashlib.sha256(f"{salt}/{morning}".encode()).hexdigest()[:16] if lottery else None
        order = in_order([Waiting(c, c, missed[c]) for c in cards], 3, seed, cards)
        called = {each.card for each in order[:places]}
        missed = {card: 0 if card in called else missed[card] + 1 for card in cards}
        assert max(missed.values()) <= most


def workers(station: Station) -> list[str]:
    return [station.add("lin", "worker", {"name": n, "identity_number": i}) for n, i in PEOPLE]


def order(station: Station) -> list[str]:
    return [row.worker_id for row in station["lin"].read(queries.morning_queue).rows if row.place]


def test_a_morning_is_drawn_once_and_can_be_replayed_by_anybody(station: Station) -> None:
    people = workers(station)
    with pytest.raises(RefusedError, match="没有签可抽"):
        station["lin"].write(commands.draw_lots)
    for each in people[:4]:
        station["lin"].write(commands.join_queue, each)
        station.clock.advance(60)
    assert order(station) == people[:4]  # by arrival until it is drawn
    with pytest.raises(RefusedError, match="已经排过队"):
        station["lin"].write(commands.join_queue, people[0])
    station["lin"].write(commands.draw_lots)
    with pytest.raises(RefusedError, match="不能重抽"):
        station["zhuang"].write(commands.draw_lots)
    station["lin"].write(commands.join_queue, people[4])
    morning = station["lin"].read(queries.morning_queue)
    assert morning.seed is not None
    replayed = sorted(morning.cards, key=lambda card: hashlib.sha256(f"{morning.seed}/{card}".encode()).hexdigest())
    assert [row.card for row in morning.rows] == [*replayed, morning.rows[-1].card]
    assert morning.rows[-1].worker_id == people[4]
    assert hashlib.sha256("\n".join(replayed).encode()).hexdigest() == morning.digest
    (draw,) = station.rows("lin", "queue_draw")
    for verb in ("void", "edit"):
        with pytest.raises(RefusedError):
            (station.edit if verb == "edit" else station.act)("lin", "queue_draw", draw["id"], verb if verb == "void" else {})


def test_who_went_home_without_work_three_mornings_comes_first_and_work_begins_the_count_anew(station: Station) -> None:
    people = workers(station)
    posting = published(station, headcount=2, starts_at="2026-11-26T13:00:00+08:00", ends_at="2026-11-26T17:00:00+08:00",
                        wage="120.00")
    for day in (23, 24, 25):
        station.clock.set(datetime(2026, 11, day, 0, 0, tzinfo=UTC))
        station["lin"].write(commands.join_queue, people[0])
    station.clock.set(datetime(2026, 11, 26, 0, 0, tzinfo=UTC))
    for each in (people[1], people[2], people[0]):
        station["lin"].write(commands.join_queue, each)
        station.clock.advance(60)
    rows = station["lin"].read(queries.morning_queue).rows
    assert [(row.worker_id, row.missed, row.stepped) for row in rows] == [
        (people[0], 3, True), (people[1], 0, False), (people[2], 0, False)]
    application = station.add("lin", "application", {"posting_id": posting, "worker_id": people[0]})
    station.act("lin", "application", application, "confirm")
    assert order(station) == [people[1], people[2]]
    station.act("lin", "queue_entry", rows[1].id, "leave")
    assert order(station) == [people[2]]
    station.clock.set(datetime(2026, 11, 27, 0, 0, tzinfo=UTC))
    for each in people[:3]:
        station["lin"].write(commands.join_queue, each)
    missed = {row.worker_id: row.missed for row in station["lin"].read(queries.morning_queue).rows}
    assert missed == {people[0]: 0, people[1]: 0, people[2]: 1}
    assert queueing.draw_id("a", "b") != queueing.draw_id("a", "c")
