"""The list of what is due soonest: in order, page by page, by an index that leaves out what has ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import event, text

from tests.zzdesk.conftest import Station
from zzdesk.clock import OFFICE_TIME
from zzdesk.reports import commands, queries
from zzdesk.reports.deadlines import Standing
from zzdesk.reports.models import Report
from zzdesk.reports.queries import ReportFilter
from zzdesk.reports.workflow import NOT_ENDED
from zzdesk.store.unit import ChangeSet, UnitOfWork

NARROW = ReportFilter(("registered",), ("noise",), by_due=True)
BY_DUE = ReportFilter(open_only=True, by_due=True)


def _unlimited(work: UnitOfWork, report_id: str) -> ChangeSet:
    """Leave a report as programs that knew no limits made them."""
    work.get(Report, report_id).due_rule = None
    return work.commit()


def _fill(station: Station) -> dict[str, str]:
    station.clock.set(datetime(2026, 2, 13, 16, 40, tzinfo=OFFICE_TIME))
    desk, made = station["zhuang"], {}
    for title, limit in (("十", "10"), ("二", "2"), ("五", "5"), ("也是五", "5"), ("一", "1")):
        fields = {"title": title, "category": "noise", "due_rule": limit}
        made[title] = desk.write(commands.register, fields).created[0]
    desk.write(commands.act, made["一"], "refer", {"referred_to": "other", "referred_target": "区城管局"}, "不归本站管")
    desk.write(_unlimited, made["也是五"])
    return made


def _pages(station: Station, limit: int) -> list[str]:
    titles: list[str] = []
    after = None
    while True:
        page = station["zhuang"].read(queries.list_reports, BY_DUE, after, limit)
        titles += [row.title for row in page.rows]
        after = page.after
        if after is None:
            return titles


def test_the_soonest_first_and_what_has_no_limit_last(station: Station) -> None:
    _fill(station)
    for limit in (1, 2, 3, 4, 10):
        assert _pages(station, limit) == ["二", "五", "十", "也是五"]


def test_each_row_says_how_it_stands(station: Station) -> None:
    made = _fill(station)
    station.clock.set(datetime(2026, 2, 26, 9, tzinfo=OFFICE_TIME))
    rows = {row.title: row for row in station["zhuang"].read(queries.list_reports, ReportFilter(), None, 10).rows}
    standing = {title: row.remaining.standing if row.remaining else None for title, row in rows.items()}
    assert standing == {
        "二": Standing.OVERDUE, "五": Standing.SOON, "十": Standing.NORMAL, "也是五": None, "一": None,
    }  # fmt: skip
    assert rows["二"].remaining is not None
    assert rows["二"].remaining.days == 2
    assert set(made) == set(rows)


def test_no_page_reads_what_has_ended_or_sorts(station: Station) -> None:
    _fill(station)
    asked: list[tuple[str, object]] = []
    with station["zhuang"].store.reader() as session:
        engine = session.connection().engine
    listen = lambda conn, cursor, statement, params, *rest: asked.append((statement, params))  # noqa: E731
    event.listen(engine, "before_cursor_execute", listen)
    after = station["zhuang"].read(queries.list_reports, BY_DUE, None, 1).after
    station["zhuang"].read(queries.list_reports, BY_DUE, after, 1)
    assert len(station["zhuang"].read(queries.list_reports, NARROW, None, 9).rows) == 4
    event.remove(engine, "before_cursor_execute", listen)
    lists = [(s, p) for s, p in asked if "ORDER BY report" in s]
    assert len(lists) >= 2
    with station["zhuang"].store.reader() as session:
        for statement, params in lists:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", params).all()
            told = " ".join(str(row[-1]) for row in plan)
            assert "ix_report_due" in told
            assert "TEMP B-TREE" not in told


def test_the_condition_of_the_index_is_the_querys(station: Station) -> None:
    with station["zhuang"].store.reader() as session:
        sql = session.execute(text("SELECT sql FROM sqlite_schema WHERE name = 'ix_report_due'")).scalar()
    assert NOT_ENDED in str(sql)
