"""Every combination of filters: what stands in the list, in which order, page by page, and by which index."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.zzdesk.conftest import Station
from tests.zzdesk.reports.test_intake_plans import plans
from zzdesk.calendar.queries import calendar_here
from zzdesk.clock import OFFICE_TIME, local_day
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError
from zzdesk.reports import commands, listing, queries
from zzdesk.reports.deadlines import remaining
from zzdesk.reports.filters import BANDS, PERIODS, band_bounds, from_json, to_json
from zzdesk.reports.models import Report
from zzdesk.reports.queries import ReportFilter
from zzdesk.reports.workflow import ENDED, OPEN
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

CATEGORIES, SOURCES, GRIDS = ("noise", "road", "other"), ("counter", "12345", "patrol"), ("一网格", "二网格", None)
STATES = ("registered", "verifying", "handling", "suspended", "closed", "archived", "referred")
NOW = datetime(2026, 2, 26, 9, tzinfo=OFFICE_TIME)
FILTERS = [
    ReportFilter(), ReportFilter(open_only=True), ReportFilter(("handling",)), ReportFilter(ENDED), ReportFilter(void=True),
    ReportFilter(categories=("noise",)), ReportFilter(categories=("noise", "road")), ReportFilter(mine=True),
    ReportFilter(grids=("一网格",)), ReportFilter(sources=("12345", "patrol")), ReportFilter(period="week"),
    ReportFilter(since=date(2026, 2, 10), until=date(2026, 2, 12)), ReportFilter(by_due=True),
    ReportFilter(("registered",), ("noise",)), ReportFilter(("archived",), ("road",), grids=("二网格",), sources=("patrol",)),
    ReportFilter(open_only=True, categories=("noise",), grids=("一网格",), period="month"),
    ReportFilter(mine=True, by_due=True, categories=("road",)), ReportFilter(by_due=True, sources=("counter",), period="month"),
    ReportFilter(mine=True, band="overdue"), *(ReportFilter(band=band) for band in BANDS),
    *(ReportFilter(band=band, grids=("一网格",), categories=("noise",)) for band in BANDS),
]  # fmt: skip


def _register(work: UnitOfWork) -> ChangeSet:
    chance = random.Random(29)
    for n in range(90):
        commands.add(work, {"title": f"第{n}件", "category": chance.choice(CATEGORIES)})
    return work.commit()


def _scatter(session: Session, mine: str) -> None:
    """Make them what years of work would have made of them."""
    chance = random.Random(31)
    for n, report in enumerate(session.query(Report).order_by(Report.id)):
        report.source, report.grid, report.state = chance.choice(SOURCES), chance.choice(GRIDS), chance.choice(STATES)
        report.created_at = NOW - timedelta(hours=chance.randrange(24 * 40))
        report.voided = True if n % 9 == 0 else None
        report.claimed_by = mine if n % 4 == 0 else None
        report.due_at = None if n % 7 == 0 else NOW + timedelta(hours=chance.randrange(-100, 200))
    session.commit()


@pytest.fixture
def desk(station: Station) -> Desk:
    station.clock.set(NOW)
    station["zhuang"].write(_register)
    with station["zhuang"].store.writer() as session:
        _scatter(session, station["zhuang"].actor.account_id)
    return station["zhuang"]


def _wanted(read: Reader, wanted: ReportFilter) -> list[str]:
    """Return what a filter means, found out the long way."""
    calendar, now = calendar_here(read), read.clock.now()
    first = local_day(now) - timedelta(days=PERIODS[wanted.period]) if wanted.period else wanted.since

    def fits(r: Report) -> bool:
        stands = None
        if r.due_at is not None and r.state not in (*ENDED, "suspended"):
            stands = remaining(r.due_at, now, calendar).standing.value
        day = local_day(r.created_at)
        return all((
            bool(r.voided) == wanted.void, not wanted.states or r.state in wanted.states,
            not wanted.open_only or r.state in OPEN, not wanted.categories or r.category in wanted.categories,
            not wanted.sources or r.source in wanted.sources, not wanted.grids or r.grid in wanted.grids,
            not wanted.mine or r.claimed_by == read.actor.account_id, not wanted.band or stands == wanted.band,
            not wanted.in_due_order or r.state not in ENDED, first is None or day >= first,
            wanted.until is None or day <= wanted.until,
        ))  # fmt: skip

    def order(r: Report) -> Any:
        far = NOW + timedelta(days=9999)
        return (r.due_at or far, r.id) if wanted.in_due_order else (NOW - r.created_at, -int(r.id.replace("-", ""), 16))

    return [r.id for r in sorted(filter(fits, read.session.query(Report)), key=order)]


def _pages(desk: Desk, wanted: ReportFilter, limit: int) -> tuple[list[str], list[int]]:
    ids: list[str] = []
    sizes, after = [], None
    for _ in itertools.count():
        page = desk.read(queries.list_reports, wanted, after, limit)
        ids, after = ids + [row.id for row in page.rows], page.after
        sizes.append(len(page.rows))
        if after is None:
            return ids, sizes
        assert len(sizes) < 500
    raise AssertionError


@pytest.mark.parametrize("window", [20_000, 11])
def test_every_filter_has_what_it_says_in_its_order(desk: Desk, window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "WINDOW", window)
    few = 0
    for wanted in FILTERS:
        meant = desk.read(_wanted, wanted)
        for limit in (4, 60):
            ids, sizes = _pages(desk, wanted, limit)
            assert ids == meant, wanted
            assert max(sizes) <= limit
            few += any(size < limit for size in sizes[:-1])
        assert len(meant) < 90
    assert bool(few) == (window == 11)


def test_a_band_is_what_the_tag_says(desk: Desk) -> None:
    for band in BANDS:
        rows = desk.read(queries.list_reports, ReportFilter(band=band), None, 90).rows
        assert {row.remaining.standing.value for row in rows if row.remaining} == {band}
        assert all(row.remaining for row in rows)


def test_words_and_filters_go_together(desk: Desk) -> None:
    for wanted in FILTERS:
        found = desk.read(queries.find_reports, "第", wanted, None, 100).rows
        assert sorted(row.id for row in found) == sorted(desk.read(_wanted, wanted)), wanted


def test_a_search_with_filters_goes_on_by_short_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hits = {
        void: [row.id for row in desk.read(queries.find_reports, "第", ReportFilter(void=void), None, 200).rows]
        for void in (True, False)
    }
    monkeypatch.setattr(queries, "BATCH", 7)
    monkeypatch.setattr(queries, "LOOKED", 14)
    for wanted in FILTERS:
        fit = set(desk.read(_wanted, wanted))
        for limit in (3, 50):
            ids: list[str] = []
            after: str | None = None
            while not ids or after is not None:
                page = desk.read(queries.find_reports, "第", wanted, after, limit)
                assert len(page.rows) <= limit
                ids, after = ids + [row.id for row in page.rows], page.after
                if after is None:
                    break
            assert ids == [record_id for record_id in hits[wanted.void] if record_id in fit], wanted


def test_a_count_goes_no_further_than_it_is_cheap(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = ReportFilter(categories=("noise",), sources=("counter",))
    assert desk.read(queries.count, noise) == len(desk.read(_wanted, noise))
    assert desk.read(queries.count, ReportFilter(), 20) == 21
    monkeypatch.setattr(listing, "WINDOW", 5)
    assert desk.read(queries.count, noise) is None


def test_grids_are_those_of_the_newest_reports(desk: Desk) -> None:
    assert desk.read(queries.grids_in_use) == ("一网格", "二网格")


def test_no_page_reads_a_table_row_by_row(desk: Desk) -> None:
    """Whatever is asked: an index in the order of the list, or the wide one; sorted is only what is little."""
    for wanted in FILTERS:
        after = desk.read(queries.list_reports, wanted, None, 1).after
        with plans(desk.store._reading) as steps:
            desk.read(listing.list_ids, wanted, None, 50)
            desk.read(listing.list_ids, wanted, after, 50)
        read = [step for step in steps if " report" in step]
        assert read
        for step in read:
            assert "INDEX ix_report_" in step, (wanted, step)
            name = step.split("INDEX ")[1].split(" ")[0]
            assert step.startswith("SEARCH") or name in ("ix_report_list", "ix_report_due", "ix_report_void"), step
            assert "COVERING" in step or name not in ("ix_report_list", "ix_report_due"), step
        little = wanted.mine or bool(set(wanted.states) - set(ENDED)) or wanted.open_only
        assert little or not [step for step in steps if "TEMP B-TREE" in step], (wanted, steps)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (ReportFilter(("handling",)), "ix_report_state_created_at_id (state=?)"),
        (ReportFilter(categories=("noise",)), "ix_report_category_created_at_id (category=?)"),
        (ReportFilter(mine=True), "ix_report_claimed_by_created_at_id (claimed_by=?)"),
        (ReportFilter(void=True), "ix_report_void"),
        (ReportFilter(band="overdue"), "ix_report_due (due_at>? AND due_at<?)"),
        (ReportFilter(band="normal"), "ix_report_due (due_at>?)"),
        (ReportFilter(grids=("一网格",)), "COVERING INDEX ix_report_list"),
        (ReportFilter(period="week", sources=("counter",)), "COVERING INDEX ix_report_list (created_at>?)"),
        (ReportFilter(open_only=True, categories=("noise",)), "COVERING INDEX ix_report_due"),
    ],
)  # fmt: skip
def test_what_is_asked_alone_has_an_index_of_its_own(desk: Desk, wanted: ReportFilter, index: str) -> None:
    with plans(desk.store._reading) as steps:
        desk.read(listing.list_ids, wanted, None, 50)
    assert any(index in step for step in steps), steps


def test_a_filter_is_kept_as_it_is_meant(desk: Desk) -> None:
    for wanted in FILTERS:
        assert from_json(to_json(wanted)) == wanted
    assert to_json(ReportFilter()) == "{}"
    assert from_json('{"band":"soon","weather":"rain"}') == ReportFilter(band="soon")
    for broken in ("[]", "", '{"states":7}', '{"since":"yesterday"}'):
        with pytest.raises(InvalidError):
            from_json(broken)


@pytest.mark.parametrize("move", [lambda t: t, lambda t: t.replace(hour=23, minute=59), lambda t: t + timedelta(days=3)])
def test_bands_meet_without_a_gap(desk: Desk, move: Callable[[datetime], datetime]) -> None:
    """Also over the spring festival, from a rest day, and at the last minute of a day."""
    calendar = desk.read(calendar_here)
    now = move(datetime(2026, 2, 13, 16, 40, tzinfo=OFFICE_TIME))
    bounds = {band: band_bounds(band, now, calendar) for band in BANDS}
    for hours in range(-60, 500):
        due = now + timedelta(hours=hours)
        inside = [b for b, (first, last) in bounds.items() if (not first or due >= first) and (not last or due < last)]
        assert inside == [remaining(due, now, calendar).standing.value]


def test_who_may_not_look_at_records_counts_none(station: Station) -> None:
    from zzdesk.errors import RefusedError

    for ask in (queries.count, queries.list_reports):
        with pytest.raises(RefusedError):
            station["guo"].read(ask, replace(ReportFilter(), mine=True))  # type: ignore[operator]
