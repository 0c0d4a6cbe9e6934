"""What holds for every calendar, every start and every pause."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zzdesk.calendar import deadlines
from zzdesk.calendar.days import Calendar, YearTable
from zzdesk.calendar.hours import DEFAULT_HOURS
from zzdesk.calendar.spans import DAY, Span, merge, midnight, without
from zzdesk.calendar.tables import shipped
from zzdesk.clock import OFFICE_TIME, local_day, to_iso

FIRST = date(2026, 1, 1)
days = st.integers(0, 500).map(lambda n: FIRST + timedelta(days=n))
moments = st.integers(0, 500 * 24 * 60).map(lambda n: midnight(FIRST) + timedelta(minutes=n))
amounts = st.integers(1, 40)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """The real one, an empty one, or one with days off and swapped days at random."""
    if draw(st.booleans()):
        return draw(st.sampled_from([shipped(), Calendar()]))
    off = draw(st.dictionaries(days, st.booleans(), max_size=40))
    listed = {day: (works, "x") for day, works in off.items() if not works or day.weekday() >= 5}
    return Calendar(
        YearTable(year, 1, "test", {day: said for day, said in listed.items() if day.year == year})
        for year in (2026, 2027)
    )


@st.composite
def _span(draw: st.DrawFn) -> Span:
    start = draw(moments)
    return Span(start, start + timedelta(minutes=draw(st.integers(0, 20 * 24 * 60))))


spans = st.lists(_span(), max_size=4)


@given(calendars(), days, amounts, st.integers(0, 10), spans)
def test_what_is_counted_is_worked_and_never_paused(
    calendar: Calendar, start: date, amount: int, extended: int, paused: list[Span]
) -> None:
    found = deadlines.working_days(calendar, start, amount, suspended=paused, extended=extended)
    counted = [line.day for line in found.lines if line.counted]
    assert len(counted) == amount + extended
    assert all(day.kind.works and day.date > start for day in counted)
    assert not any(span.touches(day.date) for span in paused for day in counted)
    assert counted[-1].date == found.due


@given(calendars(), days, amounts, spans)
def test_the_list_has_every_day_once(calendar: Calendar, start: date, amount: int, paused: list[Span]) -> None:
    for count in (deadlines.working_days, deadlines.natural_days):
        found = count(calendar, start, amount, suspended=paused)
        listed = [line.day.date for line in found.lines]
        assert listed == [start + timedelta(days=n) for n in range((found.due - start).days + 1)]


@given(calendars(), days, amounts, amounts, spans)
def test_more_days_are_days_more(
    calendar: Calendar, start: date, one: int, two: int, paused: list[Span]
) -> None:
    """An extension from the old last day is the longer limit; two extensions are one of both, in either order."""
    first = deadlines.working_days(calendar, start, one, suspended=paused)
    then = deadlines.working_days(calendar, first.due, two, suspended=paused)
    assert then.due == deadlines.working_days(calendar, start, one + two, suspended=paused).due
    assert then.due == deadlines.working_days(calendar, start, one, suspended=paused, extended=two).due
    assert then.due == deadlines.working_days(calendar, start, two, suspended=paused, extended=one).due


@given(calendars(), days, moments, amounts, spans, st.randoms())
def test_pauses_are_a_set(
    calendar: Calendar, start: date, at: datetime, amount: int, paused: list[Span], order: object
) -> None:
    """Order, repetition and being cut into pieces change nothing."""
    shuffled = [*paused, *paused[:2]]
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    cut = [piece for span in shuffled for piece in _halves(span)]
    for other in (shuffled, cut):
        one = deadlines.working_days(calendar, start, amount, suspended=paused)
        assert one == deadlines.working_days(calendar, start, amount, suspended=other)
        by_minutes = deadlines.working_minutes(calendar, at, amount, suspended=paused)
        assert by_minutes == deadlines.working_minutes(calendar, at, amount, suspended=other)


def _halves(span: Span) -> list[Span]:
    middle = span.start + (span.end - span.start) / 2
    return [Span(middle, span.end), Span(span.start, middle)]


@given(calendars(), days, amounts, spans, _span())
def test_a_pause_never_makes_anything_due_earlier(
    calendar: Calendar, start: date, amount: int, paused: list[Span], more: Span
) -> None:
    for count in (deadlines.working_days, deadlines.natural_days):
        before = count(calendar, start, amount, suspended=paused).due
        assert count(calendar, start, amount, suspended=[*paused, more]).due >= before


@given(calendars(), days, amounts, spans)
def test_a_pause_after_the_end_changes_nothing(calendar: Calendar, start: date, amount: int, paused: list[Span]) -> None:
    due = deadlines.working_days(calendar, start, amount, suspended=paused).due
    later = Span.of_days(due + DAY, due + timedelta(days=9))
    assert deadlines.working_days(calendar, start, amount, suspended=[*paused, later]).due == due


@given(calendars(), moments, st.integers(1, 900), spans)
def test_exactly_the_office_minutes_outside_pauses_are_used(
    calendar: Calendar, start: datetime, amount: int, paused: list[Span]
) -> None:
    """Counted again minute by minute, in the plainest way."""
    found = deadlines.working_minutes(calendar, start, amount, suspended=paused)
    used, at = 0, start
    while at < found.at:
        open_ = any(first <= at < last for first, last in DEFAULT_HOURS.on(local_day(at)))
        off = any(span.start <= at < span.end for span in paused)
        used += open_ and not off and calendar.works(local_day(at))
        at += timedelta(minutes=1)
    assert used == amount
    assert sum(line.minutes or 0 for line in found.lines) == amount


@given(calendars(), days, amounts, spans)
def test_a_last_day_is_worked_and_not_before_the_counted_one(
    calendar: Calendar, start: date, amount: int, paused: list[Span]
) -> None:
    found = deadlines.natural_days(calendar, start, amount, suspended=paused)
    assert found.raw <= found.due
    assert calendar.works(found.due)
    between = [found.raw + timedelta(days=n) for n in range((found.due - found.raw).days)]
    assert not any(calendar.works(day) and not any(s.touches(day) for s in paused) for day in between)


@given(calendars(), days)
def test_wages_come_on_the_last_working_day_until_then(calendar: Calendar, agreed: date) -> None:
    found = deadlines.wage(calendar, agreed)
    assert found.due <= agreed
    assert calendar.works(found.due)
    later = [found.due + timedelta(days=n) for n in range(1, (agreed - found.due).days + 1)]
    assert not any(map(calendar.works, later))


@given(spans)
def test_merged_pauses_lie_apart_and_cover_the_same(paused: list[Span]) -> None:
    merged = merge(paused)
    assert all(one.end < two.start for one, two in pairwise(merged))
    for span in paused:
        assert span.empty or any(one.start <= span.start and span.end <= one.end for one in merged)
    ends = {moment for span in paused for moment in (span.start, span.end)}
    assert {moment for span in merged for moment in (span.start, span.end)} <= ends
    assert merge(merged) == merged


@given(moments, st.integers(1, 5000), spans)
def test_what_is_left_of_a_stretch_lies_outside_every_pause(start: datetime, length: int, paused: list[Span]) -> None:
    end = start + timedelta(minutes=length)
    pieces = without(start, end, merge(paused))
    covered = [Span(max(s.start, start), min(s.end, end)) for s in merge(paused) if s.start < end and s.end > start]
    whole = sum((last - first for first, last in pieces), sum((s.end - s.start for s in covered), timedelta()))
    assert whole == end - start


@given(st.dates(date(2000, 1, 1), date(2199, 12, 31)))
def test_every_day_begins_at_16_00_utc(day: date) -> None:
    """No summer time: a day is 24 hours, whatever the day."""
    assert to_iso(midnight(day)).endswith("T16:00:00.000Z")
    assert midnight(day + DAY) - midnight(day) == timedelta(hours=24)
    assert midnight(day).astimezone(OFFICE_TIME).utcoffset() == timedelta(hours=8)


@given(calendars(), days)
def test_one_kind_for_a_day_and_no_swapped_day_within_the_week(calendar: Calendar, day: date) -> None:
    kind = calendar.day(day).kind
    assert (kind.value in ("weekend", "swapped")) <= (day.weekday() >= 5)
    assert calendar.works(calendar.next_working(day))
    assert calendar.works(calendar.previous_working(day))


@given(calendars(), days, amounts)
def test_days_between_are_the_days_counted(calendar: Calendar, start: date, amount: int) -> None:
    due = deadlines.working_days(calendar, start, amount).due
    assert calendar.working_between(start, due) == amount
    assert calendar.working_between(due, start) == 0
