"""Who gets a place: in the order of arrival, never two at once for one person, and nothing given is taken away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zzdesk.patrol.seats import Held, Plan, Seat, arrange

NINE = datetime(2026, 5, 8, 11, 30, tzinfo=UTC)
TWO = timedelta(hours=2)


def plan(places: int = 2, *, open_: bool = True, quota: int = 5) -> Plan:
    return Plan("t", places, NINE, NINE + TWO, quota, open_)


def seat(who: str, **more: object) -> Seat:
    return Seat(f"s-{who}", who, live=more.pop("live", True), **more)  # type: ignore[arg-type]


def said(rulings: dict[str, object], *who: str) -> list[tuple[str | None, int | None]]:
    return [(rulings[f"s-{w}"].standing, rulings[f"s-{w}"].place) for w in who]  # type: ignore[attr-defined]


def free(volunteer: str) -> list[Held]:
    return []


def test_the_first_have_a_place_the_others_wait_in_their_order() -> None:
    rulings = arrange(plan(), [seat(w) for w in "cabd"], free)
    assert said(rulings, *"cabd") == [("granted", 1), ("granted", 2), ("waiting", 1), ("waiting", 2)]
    assert [rulings[f"s-{w}"].turn for w in "cabd"] == [1, 2, 3, 4]


def test_who_withdraws_makes_room_for_the_first_who_waits() -> None:
    before = [
        seat("a", live=False, standing="granted", turn=1), seat("b", standing="granted", turn=2),
        seat("c", standing="waiting", turn=3), seat("d", standing="waiting", turn=4),
    ]  # fmt: skip
    rulings = arrange(plan(), before, free)
    assert said(rulings, *"abcd") == [(None, None), ("granted", 1), ("granted", 2), ("waiting", 1)]


def test_nobody_holds_two_tasks_at_one_time_but_by_a_supervisors_word() -> None:
    def elsewhere(volunteer: str) -> list[Held]:
        return [Held("other", NINE + timedelta(hours=1), NINE + TWO * 2)] if volunteer == "a" else []

    rulings = arrange(plan(), [seat("a"), seat("b")], elsewhere)
    assert (rulings["s-a"].standing, rulings["s-a"].refusal, rulings["s-a"].clash) == ("refused", "overlap", "other")
    allowed = [seat("a", allowed=True, standing="refused", turn=1), seat("b", standing="granted", turn=2)]
    assert said(arrange(plan(), allowed, elsewhere), "a", "b") == [("granted", 1), ("granted", 2)]

    def just_before(volunteer: str) -> list[Held]:
        return [Held("before", NINE - TWO, NINE)]

    assert said(arrange(plan(), [seat("a")], just_before), "a") == [("granted", 1)]


def test_who_waits_and_has_something_else_by_now_is_passed_over_with_the_reason() -> None:
    waiting = [seat("a", live=False, turn=1), seat("b", standing="waiting", turn=2), seat("c", standing="waiting", turn=3)]
    rulings = arrange(plan(1), waiting, lambda w: [Held("o", NINE, NINE + TWO)] if w == "b" else [])
    assert said(rulings, "b", "c") == [("refused", None), ("granted", 1)]


def test_a_weeks_quota_a_closed_task_and_a_second_request_are_refused() -> None:
    week = [Held(str(n), NINE - timedelta(days=n), NINE - timedelta(days=n) + TWO) for n in (1, 2, 3)]
    assert arrange(plan(quota=3), [seat("a")], lambda _: week)["s-a"].refusal == "quota"
    assert arrange(plan(quota=4), [seat("a")], lambda _: week)["s-a"].standing == "granted"
    assert arrange(plan(open_=False), [seat("a")], free)["s-a"].refusal == "closed"
    twice = [seat("a"), Seat("again", "a", live=True)]
    assert arrange(plan(), twice, free)["again"].refusal == "already"


@given(
    places=st.integers(1, 4),
    steps=st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=25),
)
def test_never_more_than_there_are_places_and_never_taken_away(places: int, steps: list[tuple[str, bool]]) -> None:
    """Any order of asking and withdrawing: no place is given twice, nobody overtakes, none is left empty beside a queue."""
    seats: list[Seat] = []
    for n, (who, asks) in enumerate(steps):
        if asks:
            seats.append(Seat(f"{who}{n}", who, live=True))
        else:
            seats = [Seat(s.id, s.volunteer_id, False, turn=s.turn) if s.volunteer_id == who else s for s in seats]
        before = {s.id for s in seats if s.live and s.standing == "granted"}
        rulings = arrange(plan(places), seats, free)
        granted = {key for key, ruling in rulings.items() if ruling.standing == "granted"}
        waiting = [r for r in rulings.values() if r.standing == "waiting"]
        assert before <= granted
        assert len(granted) <= places
        assert not waiting or len(granted) == places
        assert all(rulings[g].turn < w.turn for g in granted for w in waiting)
        seats = [
            Seat(s.id, s.volunteer_id, s.live, False, rulings[s.id].standing, rulings[s.id].turn, rulings[s.id].refusal)
            for s in seats
        ]


def test_who_was_there_is_not_told_that_it_was_too_late_to_ask() -> None:
    """A patrol of a desk without a network comes to the centre when it is over."""
    late = plan(open_=False)
    rulings = arrange(late, [seat("a", came=True), seat("b"), seat("c", came=True), seat("d", came=True)], free)
    assert said(rulings, *"acd") == [("granted", 1), ("granted", 2), ("waiting", 1)]
    assert (rulings["s-b"].standing, rulings["s-b"].refusal) == ("refused", "closed")


def test_who_was_refused_as_too_late_and_was_there_after_all_is_counted() -> None:
    before = [Seat("s-a", "a", live=True, standing="refused", refusal="closed", turn=1, came=True)]
    assert arrange(plan(open_=False), before, free)["s-a"].standing == "granted"
    before = [Seat("s-a", "a", live=True, standing="refused", refusal="overlap", turn=1, came=True)]
    assert arrange(plan(open_=False), before, free)["s-a"].standing == "refused"
