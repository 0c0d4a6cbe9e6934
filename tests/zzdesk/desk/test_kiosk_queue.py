"""The queue at the kiosk: one's own number alone, in the order of the operator's desk; the seed can be replayed (D07 f)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from tests.zzdesk.desk.test_kiosk import JUNJIE, NAMESAKE, XIUYING, Hall
from tests.zzdesk.desk.test_kiosk import hall as hall
from zzdesk.desk import kiosk_queue
from zzdesk.desk.kiosk_queue import MyPlace
from zzdesk.errors import RefusedError
from zzdesk.jobs import commands, queries
from zzdesk.jobs.kiosk_rules import VisitOverError
from zzdesk.jobs.queueing import digest, lot


def come(hall: Hall, fields: dict[str, str], join: bool = True) -> Callable[[], MyPlace | None]:
    """Register somebody, let them sign in and queue up; returns what shows their place later."""
    _, card = hall.register(fields)
    answer = (fields.get("phone") or fields["identity_number"])[-4:]

    def place() -> MyPlace | None:
        hall.come(card=card, answer=answer)
        return hall.kiosk.read(kiosk_queue.my_place, hall.token)

    place()
    if join:
        hall.kiosk.write(kiosk_queue.join, hall.token)
        hall.station.clock.advance(60)
    return place


def at(place: Callable[[], MyPlace | None]) -> MyPlace:
    found = place()
    assert found is not None
    return found


def test_the_kiosk_and_the_operators_desk_show_one_order_before_the_draw_and_after(hall: Hall) -> None:
    people = [come(hall, fields) for fields in (XIUYING, NAMESAKE)]
    late = come(hall, JUNJIE, join=False)
    assert late() is None
    assert [(p.place, p.before, p.mode, p.seed) for p in map(at, people)] == [(1, 0, None, None), (2, 1, None, None)]
    hall.kiosk.write(kiosk_queue.join, hall.token)
    assert at(people[1]).place == 2, "who comes again keeps the place"
    hall.station["lin"].write(commands.draw_lots)
    morning = hall.station["lin"].read(queries.morning_queue)
    late()
    hall.kiosk.write(kiosk_queue.join, hall.token)
    seen = {p.card: p for p in map(at, people)}
    order = [row.card for row in hall.station["lin"].read(queries.morning_queue).rows if row.place]
    assert order[:2] == sorted(seen, key=lambda card: lot(str(morning.seed), card))
    assert all(p.card == order[(p.place or 0) - 1] and p.before == (p.place or 0) - 1 for p in seen.values())
    assert {(p.seed, p.drawn, p.digest, p.late) for p in seen.values()} == {(morning.seed, 2, digest(order[:2]), False)}
    assert (at(late).place, at(late).late) == (3, True)


def test_who_got_work_or_went_home_has_no_number_and_the_others_move_up(hall: Hall) -> None:
    first, second = (come(hall, fields) for fields in (XIUYING, NAMESAKE))
    (row, _) = hall.station["lin"].read(queries.morning_queue).rows
    hall.station.act("lin", "queue_entry", row.id, "leave")
    gone, waits = at(first), at(second)
    assert (gone.state, gone.place, gone.before) == ("left", None, None)
    assert (waits.place, waits.before) == (1, 0)


def test_nobody_takes_a_place_for_who_is_not_there(hall: Hall) -> None:
    worker, _ = hall.register(NAMESAKE)
    come(hall, XIUYING, join=False)
    with pytest.raises(VisitOverError):
        hall.kiosk.write(commands.join_queue, worker)
    with pytest.raises(RefusedError):
        hall.station["chen"].write(commands.join_queue, worker)
    with pytest.raises(RefusedError):
        hall.kiosk.write(commands.draw_lots)
    for token in ("somebody's", ""):
        with pytest.raises(VisitOverError):
            hall.kiosk.write(kiosk_queue.join, token)
    assert hall.station["lin"].read(queries.morning_queue).rows == ()


def test_the_answer_has_no_room_for_anybody_else() -> None:
    names = {field.name for field in dataclasses.fields(MyPlace)}
    assert names == {"card", "name", "state", "came_at", "place", "before", "mode", "seed", "drawn", "digest", "late"}
