"""The figures of a month: recomputed the long way over years of generated work, and each opens exactly what it counts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.zzdesk.conftest import Station
from tests.zzdesk.reports.loops import ANSWERED, REPORT, go
from tests.zzdesk.reports.test_intake_plans import plans
from zzdesk.clock import OFFICE_TIME, FixedClock
from zzdesk.desk.statistics import save
from zzdesk.documents.figures import Month, Statement
from zzdesk.documents.sheets import parse_workbook
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.reports import commands, export, figures, listing, queries
from zzdesk.reports.filters import from_json
from zzdesk.reports.models import Report, Step
from zzdesk.reports.queries import ReportFilter
from zzdesk.reports.workflow import EVALUATIONS
from zzdesk.store.unit import ChangeSet, UnitOfWork

NOW = datetime(2026, 4, 1, 9, tzinfo=OFFICE_TIME)
MONTHS = [Month(2026, 2), Month(2026, 3)]
ENDINGS = ["evaluate", "evaluate", "close-unrated", "close-self", "refer", "take-back", None]


def _register(work: UnitOfWork) -> ChangeSet:
    for n in range(160):
        commands.add(work, {"title": f"第{n}件", "category": "noise"})
    return work.commit()


def _live(session: Session) -> None:
    """Let two months of work happen to every report: rounds, endings on both sides of midnight, void and odd ones."""
    chance = random.Random(77)
    for n, report in enumerate(session.scalars(select(Report).order_by(Report.id)).all()):
        at = datetime(2026, 1, 30, tzinfo=OFFICE_TIME) + timedelta(hours=chance.randrange(24 * 58))
        report.created_at, report.voided = at, True if n % 17 == 0 else None
        turns = chance.choice([1, 1, 1, 2, 3])
        for turn in range(1, turns):
            at += timedelta(hours=chance.randrange(1, 90))
            _step(session, report, at, "redo", "handling", answer="unsatisfied", round=turn)
        ending = chance.choice(ENDINGS)
        at += timedelta(hours=chance.randrange(1, 90))
        if ending is not None:
            _end(session, report, at, ending, turns, chance)
        report.due_at = None if n % 5 == 0 else at + timedelta(hours=chance.randrange(-20, 20))
    session.commit()


def _end(session: Session, report: Report, at: datetime, ending: str, turn: int, chance: random.Random) -> None:
    answer = chance.choice(EVALUATIONS[:3]) if ending == "evaluate" else None
    if ending in ("refer", "take-back"):
        _step(session, report, at, "refer", "referred")
        report.state = "referred"
        if ending == "take-back":
            _step(session, report, at + timedelta(hours=2), "take-back", "dispatching")
            report.state = "dispatching"
        return
    if chance.random() < 0.2:  # two desks have ended it, each without knowing of the other
        _step(session, report, at - timedelta(hours=30), ending, "closed", answer=answer, round=turn)
    _step(session, report, at, ending, "closed", answer=answer, round=turn if chance.random() < 0.8 else None)
    report.state, report.evaluation = chance.choice(["closed", "archived"]), answer or chance.choice(["unrated", None])
    if report.state == "archived":
        _step(session, report, at, "archive", "archived")


def _step(session: Session, report: Report, at: datetime, action: str, to: str, **more: Any) -> None:
    count = session.info["n"] = session.info.get("n", 0) + 1
    session.add(Step(
        id=f"00000000-0000-7000-8000-{count:012d}", scope=report.scope, created_at=at, created_by="x", report_id=report.id,
        action=action, to_state=to, **more,
    ))  # fmt: skip


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    with ExitStack() as stack:
        station = Station(tmp_path_factory.mktemp("figures") / "home", FixedClock(NOW), stack)
        station["zhuang"].write(_register)
        with station["zhuang"].store.writer() as session:
            _live(session)
        yield station


class Longhand:
    """What a month brought, out of every report and step, without SQL."""

    def __init__(self, session: Session, month: Month) -> None:
        self.closed: list[tuple[Report, Step]] = []
        self.handed: list[Report] = []
        self.answers: list[tuple[Report, Step]] = []
        self.new = 0
        steps = session.scalars(select(Step)).all()
        for report in session.scalars(select(Report)):
            if not report.voided:
                own = sorted((s for s in steps if s.report_id == report.id), key=lambda s: (s.created_at, s.id))
                self._look(report, own, lambda at: (at.astimezone(OFFICE_TIME).year, at.astimezone(OFFICE_TIME).month)
                           == (month.year, month.month))  # fmt: skip

    def _look(self, report: Report, steps: list[Step], within: Any) -> None:
        self.new += within(report.created_at)
        ends = [s for s in steps if s.to_state == "closed"]
        if ends and report.state in ("closed", "archived") and within(ends[-1].created_at):
            self.closed.append((report, ends[-1]))
        handed = [s for s in steps if s.to_state == "referred"]
        if handed and report.state == "referred" and within(handed[-1].created_at):
            self.handed.append(report)
        said: dict[Any, Step] = {}
        for step in (s for s in steps if s.answer):
            said[step.round or step.id] = step
        self.answers += [(report, s) for s in said.values() if within(s.created_at)]

    def figures(self) -> dict[str, tuple[int, set[str]]]:
        """Return how many and which reports, by figure."""
        content = ("very-satisfied", "satisfied")
        found = {
            "closed": self.closed, "answers": self.answers, "handed-up": [(r, None) for r in self.handed],
            "content": [(r, s) for r, s in self.answers if s.answer in content],
            **{code: [(r, s) for r, s in self.answers if s.answer == code] for code in EVALUATIONS},
            "unrated": [(r, s) for r, s in self.closed if r.evaluation in (None, "unrated")],
            "in-time": [(r, s) for r, s in self.closed if r.due_at and s.created_at <= r.due_at],
            "late": [(r, s) for r, s in self.closed if r.due_at and s.created_at > r.due_at],
            "unlimited": [(r, s) for r, s in self.closed if not r.due_at],
            "in-grid": [(r, s) for r, s in self.closed if s.action == "close-self"],
            "in-community": [(r, s) for r, s in self.closed if s.action != "close-self"],
        }  # fmt: skip
        return {name: (len(pairs), {r.id for r, _ in pairs}) for name, pairs in found.items()}


def _said(station: Station, month: Month) -> Statement:
    return station["zhuang"].read(figures.statement, month)


def _ids(station: Station, wanted: ReportFilter, limit: int = 7) -> list[str]:
    ids: list[str] = []
    after = None
    while True:
        page = station["zhuang"].read(queries.list_reports, wanted, after, limit)
        ids, after = ids + [row.id for row in page.rows], page.after
        if after is None:
            return ids


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_figure_is_what_it_says_and_opens_exactly_its_reports(lived: Station, month: Month) -> None:
    said = _said(lived, month)
    with lived["zhuang"].store.reader() as session:
        long = Longhand(session, month)
        meant = long.figures()
    assert {f.name for f in said.figures} == {"registered", *meant}
    for figure in said.figures:
        opened = _ids(lived, from_json(figure.opens))
        assert len(opened) == len(set(opened)), figure.name
        count, ids = meant.get(figure.name, (long.new, set(opened)))
        assert (figure.count, set(opened)) == (count, ids), figure.name
        assert (figure.count if figure.records is None else figure.records) == len(opened), figure.name
        assert lived["zhuang"].read(export.total, from_json(figure.opens)) == len(opened)
    assert all(check.holds for check in said.checks)
    assert min(figure.count for figure in said.figures) > 0
    assert said["unsatisfied"].records != said["unsatisfied"].count or month == MONTHS[0]


def test_unrated_is_no_satisfaction(lived: Station) -> None:
    said = _said(lived, MONTHS[1])
    answers, content = int(said["answers"].count), int(said["content"].count)
    assert said["content"].of == answers == sum(int(said[code].count) for code in EVALUATIONS)
    assert said["unrated"].of is None
    assert said["content"].rate == (Decimal(2000 * content + answers) / (2 * answers)).to_integral_value("ROUND_FLOOR") / 10
    assert said["in-time"].of == said["in-time"].count + said["late"].count


def test_an_opened_figure_goes_with_other_filters_and_words(lived: Station) -> None:
    opened = from_json(_said(lived, MONTHS[1])["closed"].opens)
    archived = _ids(lived, replace(opened, states=("archived",)))
    assert 0 < len(archived) < len(_ids(lived, opened))
    words = replace(opened, states=("archived",), text="第")
    assert Counter(row.id for row in lived["zhuang"].read(queries.find_reports, "第", words, None, 200).rows) == Counter(archived)
    with pytest.raises(InvalidError, match="筛选"):
        lived["zhuang"].read(queries.list_reports, ReportFilter(month="2026-03", deed="closed", among="nonsense"))


def test_no_figure_and_no_list_of_it_reads_a_table(lived: Station) -> None:
    with plans(lived["zhuang"].store._reading) as steps:
        said = _said(lived, MONTHS[1])
        for figure in said.figures:
            wanted = from_json(figure.opens)
            after = lived["zhuang"].read(listing.list_ids, wanted, None, 1)[1]
            lived["zhuang"].read(listing.list_ids, wanted, after, 1)
    read = [step for step in steps if " step" in step or " report" in step]
    assert any("COVERING INDEX ix_step_ending (to_state=? AND created_at>? AND created_at<?)" in step for step in read)
    assert any("INDEX ix_step_answer (created_at>? AND created_at<?)" in step for step in read)
    assert not [step for step in read if step.startswith("SCAN")], read
    assert not [step for step in steps if "TEMP B-TREE FOR ORDER" in step], steps


def test_a_round_that_was_sent_back_counts_against_satisfaction(station: Station) -> None:
    """D03: not satisfied, done again, then satisfied: one of two answers, not one of one."""
    station.clock.set(datetime(2026, 3, 30, 9, tzinfo=OFFICE_TIME))
    report = station.add("zhuang", "report", REPORT)
    go(station, report, "inform")
    station.act("lin", "report", report, "redo", answer="unsatisfied", note="又摆出来了")
    station.act("lin", "report", report, "finish", note="再次劝离")
    station.act("zhuang", "report", report, "recheck", note="看过")
    station.act("lin", "report", report, "inform", **ANSWERED)
    station.clock.set(datetime(2026, 4, 1, 0, 5, tzinfo=OFFICE_TIME))
    station.act("lin", "report", report, "evaluate", answer="satisfied")
    march, april = _said(station, Month(2026, 3)), _said(station, Month(2026, 4))
    assert [(s["content"].count, s["content"].of, s["closed"].count) for s in (march, april)] == [(0, 1, 0), (1, 1, 1)]
    assert str(march["content"].rate) == "0.0"
    with pytest.raises(RefusedError):
        station["guo"].read(figures.statement, Month(2026, 3))


def test_excel_has_the_same_figures_and_the_audit_says_so(lived: Station, tmp_path: Path) -> None:
    said = _said(lived, MONTHS[1])
    assert save(lived["zhuang"], tmp_path / "三月.xlsx", said) == len(said.figures)
    rows = parse_workbook((tmp_path / "三月.xlsx").read_bytes()).rows
    assert [row.cells["数量"] for row in rows[: len(said.figures)]] == [str(figure.count) for figure in said.figures]
    assert lived.audit("statistics.export") == [{"month": "2026-03"}]
