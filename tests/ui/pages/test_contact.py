"""联企 in the real window: the planner says what is next, a visit and a need follow, the ledger is corrected, never changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.driver import CTRL, Driver
from tests.ui.pages.test_jobs import FIRM, jobs
from ui.pages.jobs.contact_days import ContactDayDetail
from ui.pages.jobs.giveback_sums import SumsSheet, period
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import ContactFilter


def firm(window: Driver) -> str:
    made: str = window.desk.write(commands.register_employer, FIRM).created[0]
    return made


def test_a_day_is_prepared_and_a_need_becomes_a_posting_with_the_keyboard(window: Driver) -> None:
    employer = firm(window)
    shown = jobs(window, "contact_day")
    first = shown.model.row(0)
    detail = shown.detail
    assert isinstance(detail, ContactDayDetail)
    assert (detail.record_id, detail.head.main.text()) == (first.id, "开始准备")
    detail.first_focus()
    window.press(Qt.Key.Key_Space)
    assert (window.desk.read(queries.planned_days)[0].state, detail.head.main.text()) == ("preparing", "安排走访")
    window.press(Qt.Key.Key_Space)
    visits = window.page("jobs").shown
    form = visits.pane.form
    assert (form.fields["contact_day_id"].value(), form.fields["visit_on"].value()) == (first.id, first.day.isoformat())
    window.pick(form, "employer_id", "mzjd")
    window.press(Qt.Key.Key_Return, CTRL)
    (visit,) = window.desk.read(queries.list_visits).rows
    assert (visit.employer_id, visit.contact_day_id, visit.state) == (employer, first.id, "planned")
    assert visits.detail.head.main.text() == "记走访结果"
    shown = jobs(window, "contact_day")
    assert [row.name for row in shown.detail.visits.rows] == ["明珠酒店有限公司"]
    assert not shown.detail.head.main.isVisible(), "everything is arranged until the day comes"
    _post_a_need(window, employer)


def _post_a_need(window: Driver, employer: str) -> None:
    """A need for people becomes a posting with one press."""
    window.desk.write(commands.note_need, {"employer_id": employer, "title": "装卸工", "people": 4, "until": "2026-12-20"})
    shown = jobs(window, "employer_need")
    assert shown.detail.head.main.text() == "转成用工信息"
    shown.detail.first_focus()
    window.press(Qt.Key.Key_Space)
    (posting,) = window.desk.read(queries.list_postings).rows
    assert (posting.title, posting.state, posting.headcount) == ("装卸工", "draft", 4)
    assert [row.detail for row in shown.detail.linked.rows] == [posting.number]
    assert shown.detail.head.main.text() == "已满足"


def test_the_first_page_says_the_day_with_one_button(window: Driver) -> None:
    page = window.page("workbench")
    assert not page.contact.isVisible(), "nothing is to be said three weeks before"
    window.desk.write(commands.prepare_day, {"month": "2026-11"})  # the clock stands on 23 November: it has gone by
    page.refresh()
    window.settle()
    assert page.contact.isVisible()
    assert page.contact.button.text() == "说明为何没举行"
    page.contact.button.setFocus()
    window.press(Qt.Key.Key_Space)
    shown = window.page("jobs").shown
    window.settle()
    assert (shown.kind, shown.detail.head.main.text()) == ("contact_day", "没有举行…")


def test_a_line_of_the_ledger_is_entered_corrected_and_summed(window: Driver) -> None:
    employer = firm(window)
    shown = jobs(window, "giveback_entry")
    window.press(Qt.Key.Key_N)
    form = shown.pane.form
    assert form.fields["amount"].isHidden()
    form.fields["giveback_kind"].set_value("money")
    form.arrange()
    window.pick(form, "employer_id", "mzjd")
    window.write_in(form, what="助学款", amount="5000", purpose="困难学生开学")
    window.press(Qt.Key.Key_Return, CTRL)
    (row,) = window.desk.read(queries.list_giveback).rows
    assert (row.employer_id, row.amount, row.quantity) == (employer, Decimal("5000.00"), None)
    shown.detail.start("correct")
    window.settle()
    shown.detail.form.fields["amount"].set_value("500")
    window.write_in(shown.detail.form, reason="多打了一个零")
    window.press(Qt.Key.Key_Return, CTRL)
    rows = window.desk.read(queries.list_giveback).rows
    assert sorted((each.amount, each.reversed) for each in rows) == [
        (Decimal("-5000.00"), False), (Decimal("500.00"), False), (Decimal("5000.00"), True)]
    sheet = SumsSheet(window.window, window.page("jobs").context, date(2026, 11, 23), shown.narrow)
    window.settle()
    shown_sums = map(sheet.model.row, range(sheet.model.rowCount()))
    assert [(each.much, each.lines) for each in shown_sums] == [("500 元", "3")] * 2, "of the enterprise, and of all"
    sheet.accept()
    sheet.deleteLater()
    window.settle()
    assert shown.model.rowCount() == 3
    assert shown.wanted() == ContactFilter(
        employer_id=employer, since=date(2026, 1, 1), until=date(2026, 12, 31), sorts=("money",), unit="")
    shown.widen()
    window.settle()
    assert shown.wanted() == ContactFilter()


@pytest.mark.parametrize(("chip", "first", "last"), [
    ("month", "2026-11-01", "2026-11-30"), ("quarter", "2026-10-01", "2026-12-31"), ("year", "2026-01-01", "2026-12-31")])
def test_periods_end_with_their_month(chip: str, first: str, last: str) -> None:
    assert [each.isoformat() for each in period(chip, date(2026, 11, 23))] == [first, last]
