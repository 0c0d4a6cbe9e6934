"""Every public query of every subject and of the desk, asked by those who may not look: auditor, kiosk, another
team's mediator. A query that is not in the table fails the first test.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

import zzdesk.desk
from tests.zzdesk.conftest import Station
from zzdesk.desk import records
from zzdesk.desk.listed import ListFilter
from zzdesk.desk.morning import DueNow
from zzdesk.desk.workbench import Overview
from zzdesk.documents.figures import Month
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.jobs.contact_queries import ContactReminder
from zzdesk.jobs.queries import JobFilter
from zzdesk.ops.models import Conflict
from zzdesk.reports.queries import EVERYTHING
from zzdesk.store.base import kinds
from zzdesk.store.unit import Page

SUBJECTS: Final = ("accounts", "places", "people", "evidence", "handover", "reports", "jobs", "mediation", "patrol")
SECRETS: Final = ("林秀英", "黄阿明", "秘密单位", "8888", "西桥社区3幢")
"""Words that stand in the papers of a case and nowhere else."""

NO: Final = "refused"
"""What a query answers to somebody who may not ask."""
OPEN: Final = "open"
"""An answer without a word out of the papers."""

Expected = Any
Ids = dict[str, Any]


def _same(*args: Any) -> Callable[[Ids], tuple[Any, ...]]:
    return lambda ids: args


def _id(*names: str) -> Callable[[Ids], tuple[Any, ...]]:
    return lambda ids: tuple(ids[name] for name in names)


def _kind(kind: str, *more: Any) -> Callable[[Ids], tuple[Any, ...]]:
    return lambda ids: (kind, ids[kind], *more)


NOTHING: Final = Page[Any](())

# query: its arguments; what the auditor, the kiosk and a mediator of another team get
TABLE: Final[dict[str, tuple[Callable[[Ids], tuple[Any, ...]], Expected, Expected, Expected]]] = {
    "accounts.queries.display_names": (lambda ids: (frozenset({"nobody"}),), {}, {}, {}),
    "accounts.queries.get_account": (_id("account"), NO, NO, OPEN),
    "accounts.queries.list_accounts": (_same(), NO, NO, OPEN),
    "people.queries.alike": (_same({"phone": "13805961234"}), NO, NO, OPEN),
    "people.queries.by_ids": (lambda ids: ((ids["person"],),), NO, NO, OPEN),
    "people.queries.detail": (_id("person"), NO, NO, OPEN),
    "people.queries.duplicates": (_id("person"), NO, NO, OPEN),
    "people.queries.list_people": (_same(), NO, NO, OPEN),
    # the caller clears the scope (zzdesk.desk.records.attachments)
    "evidence.queries.list_attachments": (lambda ids: (ids["report"], ids["station"]), NO, NO, OPEN),
    "evidence.queries.verify": (_id("files", "attachment"), NO, NO, OPEN),
    "reports.queries.by_ids": (lambda ids: ((ids["report"],),), NO, NO, OPEN),
    "reports.queries.count_open": (_same(), NO, NO, 1),
    "reports.queries.detail": (_id("report"), NO, NO, OPEN),
    "reports.queries.find_reports": (_same("路灯"), NO, NO, OPEN),
    "reports.queries.list_reports": (_same(), NO, NO, OPEN),
    "reports.queries.report_of": (_id("report"), NO, NO, OPEN),
    "jobs.count_queries.count_open": (_same(), NO, NO, 0),
    "jobs.cover_queries.cover_of_posting": (_id("posting"), NO, NO, OPEN),
    "jobs.alike_queries.alike_workers": (_same({"phone": "13805961234"}), NO, NO, NO),
    "jobs.complaint_queries.complaints_about": (_id("posting"), NO, NO, 0),
    "jobs.complaint_queries.complaints_by_ids": (_same(()), NO, NO, {}),
    "jobs.complaint_queries.list_complaints": (_same(JobFilter()), NO, NO, NOTHING),
    "jobs.complaint_queries.of_complaint": (lambda ids: (ids["employer"], None), NO, NO, OPEN),
    "jobs.complaint_queries.standing_of": (_id("employer"), NO, NO, OPEN),
    "jobs.vetting_queries.checklist": (_id("employer"), NO, NO, OPEN),
    "jobs.vetting_queries.reminders": (_same(), (), (), OPEN),
    "jobs.queries.detail": (_kind("posting"), NO, NO, OPEN),
    "jobs.queries.find": (_same("posting", "保洁"), NO, NO, OPEN),
    "jobs.queries.holder": (_kind("employer"), NO, NO, OPEN),
    "jobs.queries.list_applications": (_same(), NO, NO, OPEN),
    "jobs.queries.list_employers": (_same(), NO, NO, OPEN),
    "jobs.queries.list_postings": (_same(), NO, NOTHING, OPEN),
    "jobs.queries.list_workers": (_same(), NO, NO, NO),
    "jobs.match_queries.candidates": (_id("posting"), NO, NO, NO),
    "jobs.queue_queries.morning_queue": (_same(), NO, NO, NO),
    "jobs.papers.paper_of": (_id("posting"), NO, NO, NotFoundError),
    "jobs.papers.preview_of": (lambda ids: ("workorder", ids["posting"]), NO, NO, NO),
    "jobs.contact_queries.items_of": (_same("no visit"), NO, NO, ()),
    "jobs.contact_queries.list_needs": (_same(), NO, NO, NOTHING),
    "jobs.contact_queries.list_visits": (_same(), NO, NO, NOTHING),
    "jobs.contact_queries.names_of": (lambda ids: ((ids["employer"],),), NO, NO, OPEN),
    "jobs.contact_queries.needs_by_ids": (_same(()), NO, NO, {}),
    "jobs.contact_queries.planned_day": (_same("no day"), NO, NO, None),
    "jobs.contact_queries.planned_days": (_same(), NO, NO, OPEN),
    "jobs.contact_queries.contact_reminder": (_same(), *[ContactReminder(date(2026, 11, 23))] * 3),
    "jobs.contact_queries.visits_by_ids": (_same(()), NO, NO, {}),
    "jobs.giveback_queries.giveback_by_ids": (_same(()), NO, NO, {}),
    "jobs.giveback_queries.giveback_sums": (_same(date(2026, 11, 1), date(2026, 11, 30)), NO, NO, ()),
    "jobs.giveback_queries.is_reversed": (_same("no line"), NO, NO, False),
    "jobs.giveback_queries.list_giveback": (_same(), NO, NO, NOTHING),
    "jobs.today_queries.orders_of": (lambda ids: (date(2026, 11, 23),), NO, NO, NOTHING),
    "jobs.wage_queries.list_wages": (lambda ids: (JobFilter(),), NO, NO, NO),
    "jobs.wage_queries.unpaid_wages": (_same(), NO, NO, NO),
    "jobs.wage_queries.wages_of": (_same(()), NO, NO, NO),
    "jobs.wage_queries.wages_by_ids": (_same(()), NO, NO, NO),
    "jobs.queries.postings_by_ids": (lambda ids: ((ids["posting"],),), NO, (), OPEN),
    "jobs.count_queries.refused_children": (_same(), NO, NO, 0),
    "jobs.queries.rows_by_ids": (lambda ids: ("posting", (ids["posting"],)), NO, NO, OPEN),
    "jobs.ledger_queries.service_ledger": (_same(), NO, NO, NO),
    "jobs.statistics_queries.job_month": (_same(Month(2026, 11)), NO, NO, NO),
    "jobs.queries.where_is": (_id("posting"), NO, NO, OPEN),
    "mediation.queries.as_written": (_kind("dispute"), NO, NO, NO),
    "mediation.queries.by_ids": (lambda ids: ((ids["case"],),), NO, NO, OPEN),
    "mediation.queries.case_file": (_id("case"), NO, NO, NO),
    "mediation.queries.case_of": (_id("dispute"), NO, NO, OPEN),
    "mediation.queries.count_open": (_same(), NO, NO, 1),
    "mediation.queries.detail": (_id("case"), NO, NO, OPEN),
    "mediation.queries.find_cases": (_same("人调"), NO, NO, OPEN),
    "mediation.queries.void_numbers": (_same(), NO, NO, NOTHING),
    "mediation.reminders.reminders": (_same(), (), (), OPEN),
    "mediation.queries.list_cases": (_same(), NO, NO, OPEN),
    "desk.office.office": (_same(), NO, NO, NO),
    "desk.office.look_at": (_same(Path("2027.txt")), NO, NO, NO),
    "mediation.statistics_queries.month_report": (_same(Month(2026, 11)), NO, NO, OPEN),
    "mediation.statistics_queries.staff": (_same(Month(2026, 11)), NO, NO, OPEN),
    "mediation.statistics_queries.sweeps_by_ids": (_same(()), NO, NO, ()),
    "mediation.subsidy_queries.list_rules": (_same(), NO, NO, ()),
    "mediation.subsidy_queries.list_sheets": (_same(), NO, NO, NOTHING),
    "mediation.subsidy_queries.sheet": (_id("case"), NO, NO, NotFoundError),
    "patrol.board_queries.certificate_paper": (_id("volunteer"), NO, NO, NO),
    "patrol.board_queries.list_calls": (_same(), NO, NO, NO),
    "patrol.board_queries.list_certificates": (_same(), NO, NO, NO),
    "patrol.board_queries.next_change": (_same(), NO, NO, NO),
    "patrol.board_queries.on_duty": (_same(), NO, NO, NO),
    "patrol.board_queries.share": (_same(), NO, NO, NO),
    "patrol.queries.count_open": (_same(), NO, NO, NO),
    "patrol.queries.detail": (_kind("volunteer"), NO, NO, NO),
    "patrol.queries.exceptions": (_same(), NO, NO, NO),
    "patrol.queries.find": (_same("volunteer", "周"), NO, NO, NO),
    "patrol.queries.list_plain": (_same("team"), NO, NO, NO),
    "patrol.queries.list_tasks": (_same(), NO, NO, NO),
    "patrol.queries.list_volunteers": (_same(), NO, NO, NO),
    "patrol.queries.minutes_of": (_id("volunteer"), NO, NO, NO),
    "patrol.queries.name_of": (_kind("volunteer"), NO, NO, NO),
    "patrol.queries.news": (_same(), NO, NO, NO),
    "patrol.queries.seats": (_id("volunteer"), NO, NO, NO),
    "patrol.queries.where_is": (_id("volunteer"), NO, NO, NO),
    "patrol.points_queries.ledger_of": (_id("volunteer"), NO, NO, NO),
    "patrol.points_queries.points_of": (_id("volunteer"), NO, NO, NO),
    "patrol.points_queries.redemptions": (_id("volunteer"), NO, NO, NO),
    "patrol.round_queries.clue_text": (_id("volunteer"), NO, NO, NO),
    "patrol.round_queries.items_of": (_id("volunteer"), NO, NO, NO),
    "patrol.round_queries.list_clues": (_same(), NO, NO, NO),
    "patrol.round_queries.list_rounds": (_same(), NO, NO, NO),
    "patrol.round_queries.team_card": (_id("volunteer"), NO, NO, NO),
    "desk.readings.of_case": (_id("case"), NO, NO, NO),
    "desk.readings.openings": (_id("volunteer"), (), NO, NO),
    "desk.readings.readings": (_same(), OPEN, NO, NO),
    "desk.checkpoints.hung": (_same("no such route"), NO, NO, NO),
    "desk.checkpoints.points_of": (_same(None), NO, NO, NO),
    "desk.claims.claim_news": (_same(), NO, NO, NOTHING),
    "desk.claims.claim_states": (lambda ids: ("report", (ids["report"],)), NO, NO, OPEN),
    "desk.claims.claimants": (_same(), NO, NO, OPEN),
    "desk.claims.claims_of": (_id("report"), NO, NO, ()),
    "desk.dossiers.overview": (_id("case"), NO, NO, NO),
    "desk.disputes.disputed": (_same([]), NO, NO, ()),
    "desk.job_figures.behind": (lambda ids: ("posting", "trade.other", (ids["posting"],)), NO, NO, OPEN),
    "desk.job_figures.ledger_paper": (_same(Month(2026, 11), lambda group, code: code), NO, NO, NO),
    "desk.job_figures.month_report": (_same(Month(2026, 11)), NO, NO, NO),
    "desk.disputes.placings": (lambda ids: (JobFilter(),), NO, NO, OPEN),
    "desk.disputes.work_of": (_same(None), NO, NO, ""),
    "desk.drafts.beginning": (_same("report/new"), (), (), ()),
    "desk.drafts.find": (_same("report/new"), None, None, None),
    "desk.drafts.mine": (_same(), (), (), ()),
    "desk.draft_files.of_form": (_same("report/new"), (), (), ()),
    "desk.files.files": (_same(), NO, NO, OPEN),
    "desk.files.freeable": (_same(), NO, NO, NO),
    "desk.handing.report_of": (_id("report"), NO, NO, OPEN),
    "desk.handing.choices": (_id("report"), NO, NO, OPEN),
    "desk.handing.orders": (_id("report"), NO, NO, ()),
    "desk.handing.to_follow": (_same(), (), (), ()),
    "handover.queries.of_report": (_id("report"), NO, NO, ()),
    "desk.intake.last_used": (_same(), {}, {}, {}),
    "desk.kiosk.application": (_same("no visit", "no application"), NO, NO, NO),
    "desk.kiosk.asks_for": (_same("GK20261123-7F2A-0001"), NO, OPEN, NO),
    "desk.kiosk.mine": (_same("no visit"), NO, NO, NO),
    "desk.kiosk.offer": (lambda ids: ("no visit", ids["posting"]), NO, NO, NO),
    "desk.kiosk.offers": (_same("no visit"), NO, NO, NO),
    "desk.kiosk.who": (_same("no visit"), NO, NO, NO),
    "desk.kiosk_queue.my_place": (_same("no visit"), NO, NO, NO),
    "jobs.call_queries.has_kiosk": (_same(), NO, NO, NO),
    "jobs.call_queries.how_it_stands": (_same(), NO, None, NO),
    "jobs.call_queries.list_calls": (_same(), NO, NO, NO),
    "jobs.call_queries.open_calls": (_same(), NO, NO, NO),
    "desk.kiosk_door.pin_is_mine": (_same(), NO, NO, NO),
    "desk.kiosk_door.has_pin": (_same(), False, False, False),
    "desk.lookup.addresses": (_same("西桥社区3幢"), (), (), OPEN),
    "desk.lookup.resident": (_id("person"), NO, NO, OPEN),
    "desk.lookup.residents": (_same("阿"), NO, NO, OPEN),
    "desk.lookup.typed_before": (_same("party", "employer", "秘密"), (), (), ()),
    "desk.mediation_figures.behind": (lambda ids: ("case", "total", (ids["case"],)), NO, NO, OPEN),
    "desk.mediation_figures.one_sheet": (_id("case"), NO, NO, NotFoundError),
    "desk.mediation_figures.sheets": (_same(), NO, NO, OPEN),
    "desk.morning.due_now": (_same(), DueNow(), DueNow(), DueNow()),
    "desk.morning.last_hour": (_same(datetime(2026, 1, 1, tzinfo=UTC)), (), (), ()),
    "desk.morning.listed": (_same(EVERYTHING), NO, NO, OPEN),
    "desk.morning.morning": (_same(), NO, NO, OPEN),
    "desk.morning.units_of": (lambda ids: ((ids["report"],),), NO, NO, {}),
    "desk.room.draft_record": (_id("session"), NO, NO, NO),
    "desk.room.room": (_id("session"), NO, NO, NO),
    "desk.saved_filters.mine": (_same("reports"), (), (), ()),
    "desk.outbox.count_operations": (_same(), NO, NO, NO),
    "desk.outbox.export_operations": (_same(print), NO, NO, NO),
    "desk.outbox.operation": (_same("no such operation"), NO, NO, NotFoundError),
    "desk.outbox.waiting_since": (_id("report"), NO, NO, OPEN),
    "desk.conflict_values.revealed_values": (_id("conflict"), NO, NO, NO),
    "desk.pictures.of_attachment": (_id("files", "attachment"), NO, NO, None),
    "desk.pictures.of_draft": (_id("files", "attachment"), None, None, None),
    "desk.queries.conflict": (_id("conflict"), NO, NO, NotFoundError),
    "desk.queries.conflict_details": (_same(), NO, NO, NOTHING),
    "desk.queries.conflicts": (_same(), NO, NO, NOTHING),
    "desk.queries.find_conflicts": (_same("林秀英"), NO, NO, NOTHING),
    "desk.queries.open_conflicts": (_same(), 0, 0, 0),
    "desk.queries.outbox": (_same(), NO, NO, OPEN),
    "desk.queries.pending_resolutions": (lambda ids: ((ids["dispute"],),), NO, NO, frozenset()),
    "desk.queries.search": (_same("林秀英"), (), (), ()),
    "desk.queries.status": (_same(), OPEN, OPEN, OPEN),
    "desk.listed.count": (_same(ListFilter("case"), 99), NO, NO, 1),
    "desk.listed.ids_of": (_same(ListFilter("case", text="林秀英")), NO, NO, OPEN),
    "desk.listed.rows": (_same("case", ListFilter("case")), NO, NO, OPEN),
    "desk.listed.total": (_same("case", ListFilter("case")), NO, NO, 1),
    "desk.viewing.content": (_id("files", "secret"), NO, NO, NO),
    "desk.records.attachments": (_kind("dispute"), NO, NO, NO),
    "desk.records.count": (_same("party"), NO, NO, 0),
    "desk.records.export_attachment": (lambda ids: (ids["files"], ids["secret"], Path("never")), NO, NO, NO),
    "desk.records.export_rows": (_same("party"), NO, NO, NO),
    "desk.records.export_to": (_same("party", print), NO, NO, NO),
    "desk.records.list_records": (_same("party"), NO, NO, NOTHING),
    "desk.records.require_noted": (_same("party", "export"), NO, NO, NO),
    "desk.records.revealed": (_kind("dispute", "title"), NO, NO, NO),
    "desk.records.show": (_kind("dispute"), NO, NO, NO),
    "desk.records.verify_attachment": (_id("files", "secret"), NO, NO, NO),
    "desk.supervising.open_repeats": (_same(), (), (), ()),
    "desk.titles.may_see": (lambda ids: (kinds()["dispute"], f"case:{ids['case']}"), False, False, False),
    "desk.titles.titles": (lambda ids: ([("dispute", ids["dispute"])],), {}, {}, {}),
    "desk.statistics.month_of": (_same("reports", "2026-11"), NO, NO, OPEN),
    "desk.worker_card.card": (_same("no worker"), NO, NO, NO),
    "desk.workbench.overview": (_same(), Overview(), Overview(), OPEN),
}
WHO: Final = {"shen": 1, "guo": 2, "wu": 3}


def _queries() -> dict[str, Callable[..., Any]]:
    """Every public function that takes a reader, by subject, module and name."""
    names = [f"zzdesk.{subject}.queries" for subject in SUBJECTS]
    names += ["zzdesk.jobs.statistics_queries", "zzdesk.jobs.ledger_queries"]
    names += ["zzdesk.mediation.reminders", "zzdesk.mediation.statistics_queries", "zzdesk.mediation.subsidy_queries"]
    names += ["zzdesk.patrol.points_queries", "zzdesk.patrol.round_queries", "zzdesk.patrol.board_queries"]
    names += ["zzdesk.jobs.wage_queries", "zzdesk.jobs.today_queries", "zzdesk.jobs.papers"]
    names += ["zzdesk.jobs.match_queries", "zzdesk.jobs.queue_queries", "zzdesk.jobs.vetting_queries"]
    names += ["zzdesk.jobs.contact_queries", "zzdesk.jobs.giveback_queries", "zzdesk.jobs.call_queries"]
    names += ["zzdesk.jobs.complaint_queries", "zzdesk.jobs.cover_queries", "zzdesk.jobs.alike_queries"]
    names += ["zzdesk.jobs.count_queries"]
    names += [f"zzdesk.desk.{module.name}" for module in pkgutil.iter_modules(zzdesk.desk.__path__)]
    found = {}
    for name in names:
        for own, function in inspect.getmembers(importlib.import_module(name), inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            if (
                function.__module__ == name
                and not own.startswith("_")
                and first
                and first.annotation == "Reader"
            ):
                found[f"{name.removeprefix('zzdesk.')}.{own}"] = function
    return found


@pytest.fixture
def ids(station: Station, tmp_path: Path) -> Ids:
    """One of everything; the case is Chen's."""
    chen, lin = station["chen"], station["lin"]
    case = station.add("chen", "case", {"category": "neighbours"})
    paper = station.add(
        "chen", "dispute", {"case_id": case, "title": "林秀英诉黄阿明", "place": "西桥社区3幢502室"}
    )
    party = {
        "case_id": case,
        "role": "applicant",
        "name": "林秀英",
        "employer": "秘密单位",
        "phone": "13805968888",
    }
    station.add("chen", "party", party)
    session_id = station.add("chen", "session", {"case_id": case, "place": "西桥社区3幢502室"})
    person = station.add("lin", "person", {"name": "陈阿水", "phone": "13805961234"})
    report = station.add(
        "lin", "report", {"title": "路灯不亮", "category": "lighting", "reporter_phone": "13805961234"}
    )
    employer = {"employer_kind": "person", "name": "陈阿水", "identity_number": "350602194903070020"}
    employer_id = station.add("lin", "employer", employer)
    posting = station.add("lin", "posting", {"employer_id": employer_id, "title": "钟点保洁"})
    volunteer = station.add("lin", "volunteer", {"name": "周小川", "phone": "13805967777"})
    file = tmp_path / "林秀英.txt"
    file.write_text("8888")
    secret = chen.write(records.attach, station.files, "dispute", paper, file).created[0]
    open_one = lin.write(records.attach, station.files, "report", report, file).created[0]
    row = {
        "record_kind": "dispute", "record_id": paper, "field": "title", "policy": "value", "state": "open",
        "candidates": [{"value": "林秀英案", "user": "u", "device": None, "at": "2026-11-23T01:00:00.000Z", "op": "o"}],
        "created_at": station.clock.now(), "created_by": "u",
    }  # fmt: skip
    with chen.store.writer() as session:
        session.add(Conflict(id="c-1", scope=f"case:{case}", **row))
        session.commit()
    return {
        "case": case, "dispute": paper, "session": session_id, "person": person, "report": report, "employer": employer_id,
        "volunteer": volunteer,
        "posting": posting, "attachment": open_one, "secret": secret, "conflict": "c-1", "files": station.files,
        "account": lin.actor.account_id, "station": lin.station,
    }  # fmt: skip


def test_every_query_is_in_the_table() -> None:
    assert sorted(_queries()) == sorted(TABLE)


def _answer(desk: Any, query: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    def ask(read: Any) -> Any:
        answer = query(read, *args)
        return list(answer) if inspect.isgenerator(answer) else answer

    return desk.read(ask)


@pytest.mark.parametrize("login", WHO)
def test_who_may_not_look_is_told_nothing(station: Station, ids: Ids, login: str) -> None:
    desk, wrong = station[login], []
    for name, query in _queries().items():
        expected = TABLE[name][WHO[login]]
        try:
            answer = _answer(desk, query, TABLE[name][0](ids))
        except RefusedError:
            answer = NO
        except NotFoundError:
            answer = NotFoundError
        right = answer is not NO and not any(s in repr(answer) for s in SECRETS)
        if not (right if expected is OPEN else answer == expected):
            wrong.append((name, answer))
    assert wrong == []


def test_its_team_sees_what_the_others_do_not(station: Station, ids: Ids) -> None:
    chen, queries = station["chen"], _queries()
    assert chen.read(queries["desk.queries.open_conflicts"]) == 1
    assert chen.read(queries["desk.lookup.typed_before"], "party", "employer", "秘密") == ("秘密单位",)
