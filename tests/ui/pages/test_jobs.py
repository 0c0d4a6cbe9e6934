"""The odd-job station in the real window: what the law asks for is asked, children are turned away and forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from sqlalchemy import select

from tests.ui.pages.driver import CTRL, STATION, Driver
from tests.zzdesk.scans import look_through, scan
from ui.pages.jobs.page import JobsPage
from ui.printing.workpaper import WorkPaperSheet
from zzdesk.accounts.commands import create_account
from zzdesk.actor import Actor, account_id
from zzdesk.desk import drafts
from zzdesk.desk.models import Draft
from zzdesk.desk.taking import take_in
from zzdesk.jobs import commands, queries
from zzdesk.jobs.models import Worker

FIRM = {"employer_kind": "enterprise", "name": "明珠酒店有限公司", "credit_code": "91350602MA2XYA1234",
        "shown_brochure": True, "shown_licence": True, "shown_handler_identity": True, "shown_mandate": True}
CHILD = "350628201103156260"
ADULT = "35060319900115331X"


def jobs(window: Driver, kind: str) -> Any:
    page = window.page("jobs")
    assert isinstance(page, JobsPage)
    page.show_list(kind)
    window.settle()
    return page.shown


def said(shown: Any) -> str:
    """Everything that stands on a record."""
    labels = [label.text() for label in shown.detail.findChildren(QLabel) if not label.isHidden()]
    return "\n".join([shown.detail.head.accessibleName(), *labels])


def as_colleague(window: Driver, command: Any, *arguments: Any) -> Any:
    """Run a command as another account of the station."""
    return of_colleague(window, lambda: window.desk.write(command, *arguments))


def of_colleague(window: Driver, doing: Any) -> Any:
    """Do something as another account of the station."""
    mine = window.desk.actor
    window.desk._actor = Actor(account_id(STATION, "chen"), "chen", "陈建国", mine.roles, STATION)
    try:
        return doing()
    finally:
        window.desk._actor = mine


def vetted_firm(window: Driver) -> str:
    window.desk.write(create_account, "chen", "陈建国", ["supervisor", "clerk"])
    firm = scan(window.desk, window.desk.write(commands.register_employer, FIRM).created[0])
    of_colleague(window, lambda: look_through(window.desk, firm))
    as_colleague(window, commands.act_employer, firm, "vet", {"valid_until": "2027-11-30"})
    return firm


def published(window: Driver, **more: Any) -> str:
    fields = {"employer_id": vetted_firm(window), "title": "早班保洁", "trade": "cleaning", "headcount": 1,
              "conditions": "无", "tasks": "打扫客房", "place": "新华南路88号", "wage": "160.00", "pay_unit": "day"}
    posting: str = window.desk.write(commands.register_posting, fields | more).created[0]
    window.desk.write(commands.act_posting, posting, "submit", {})
    as_colleague(window, commands.act_posting, posting, "publish", {})
    return posting


def test_a_posting_is_recorded_with_the_keyboard(window: Driver) -> None:
    firm = vetted_firm(window)
    shown = jobs(window, "posting")
    window.press(Qt.Key.Key_N)
    form = shown.pane.form
    window.press(Qt.Key.Key_Return, CTRL)
    wrong = {key for key, field in form.fields.items() if field.problem.isVisible()}
    assert wrong == {"employer_id", "title", "headcount", "wage", "place", "tasks", "conditions"}

    window.pick(form, "employer_id", "mzjd")
    window.write_in(form, title="酒店早班保洁", headcount="2", wage="160", place="新华南路88号", tasks="打扫客房",
                    conditions="无")
    window.press(Qt.Key.Key_Return, CTRL)
    row = window.desk.read(queries.list_postings).rows[0]
    assert (row.title, row.headcount, row.wage, row.employer_id) == ("酒店早班保洁", 2, 160, firm)
    assert row.state == "draft"
    assert shown.detail.head.main.text() == "提交审核"
    shown.detail.first_focus()
    window.press(Qt.Key.Key_Space)
    assert window.desk.read(queries.list_postings).rows[0].state == "review"


def test_a_credit_code_is_judged_while_it_is_typed(window: Driver) -> None:
    shown = jobs(window, "employer")
    window.press(Qt.Key.Key_N)
    field = shown.pane.form.fields["credit_code"]
    window.write_in(shown.pane.form, credit_code="91350602MA2XYA123")
    assert not field.problem.isVisible()
    window.type("5")
    assert "校验位" in field.problem.text()
    window.press(Qt.Key.Key_Backspace)
    window.type("4")
    assert not field.problem.isVisible()
    assert field.help.text() == "校验通过：企业"


def test_a_firms_papers_are_seen_with_it(window: Driver, tmp_path: Path) -> None:
    firm = window.desk.write(commands.register_employer, FIRM).created[0]
    (tmp_path / "执照.txt").write_text("营业执照", "utf-8")
    take_in(window.desk, "employer", firm, tmp_path / "执照.txt")
    window.window.navigate("jobs", firm)
    window.settle()
    page = window.window.shell.pages["jobs"]
    (line,) = page.shown.detail.files.lines
    assert "待送达" in line.accessibleName()
    files = page.shown.detail.files
    assert files.add.isVisible()
    assert list(files.ways) == ["brochure", "licence", "identity", "mandate"]
    assert "缺扫描件 4 份" in said(page.shown)
    files.take_file(tmp_path / "执照.txt", "licence")
    window.settle()
    assert list(files.ways) == ["brochure", "identity", "mandate"]
    assert "✓ 看过原件，✓ 有扫描件" in said(page.shown)
    assert "缺扫描件 3 份" in said(page.shown)


def test_the_first_page_says_whose_check_ends(window: Driver) -> None:
    firm = vetted_firm(window)
    window.desk.clock.set(datetime(2027, 11, 20, 1, tzinfo=UTC))
    bench = window.page("workbench")
    bench.refresh()
    window.settle()
    (button,) = bench.jobs.buttons
    assert button.text() == "核验快到期"
    button.click()
    window.settle()
    assert window.window.shell.pages["jobs"].shown.detail.record_id == firm


def test_a_complaint_is_recorded_and_a_sanction_appealed_where_the_employer_is(window: Driver) -> None:
    """F54: who sanctioned does not decide; the page says what is next."""
    firm = vetted_firm(window)
    shown = jobs(window, "employer")
    shown.open_record(firm)
    window.settle()
    shown.detail.start("complain")
    window.settle()
    window.choose(shown.detail.form, "category", "fee")
    window.write_in(shown.detail.form, text="要先交200元", name="黄阿明")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "1 件 · 1 件待处理" in said(shown)
    listed = jobs(window, "complaint")
    complaint = window.desk.read(queries.list_complaints, queries.JobFilter()).rows[0]
    assert (complaint.name, complaint.category) == ("黄*明", "fee")
    listed.open_record(complaint.id)
    window.settle()
    assert listed.detail.head.main.text() == "办结投诉"
    listed.detail.start("handle")
    window.settle()
    window.choose(listed.detail.form, "outcome", "upheld")
    window.write_in(listed.detail.form, finding="负责人承认")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(queries.list_complaints, queries.JobFilter()).rows[0].outcome == "upheld"

    window.desk.write(commands.act_employer, firm, "suspend", {"sanction_until": "2027-01-31"}, "收押金")
    as_colleague(window, commands.act_employer, firm, "suspend", {}, "同意")
    shown = jobs(window, "employer")
    shown.open_record(firm)
    window.settle()
    shown.detail.start("file-appeal")
    window.settle()
    window.write_in(shown.detail.form, text="押金已全部退还")
    window.press(Qt.Key.Key_Return, CTRL)
    assert shown.detail.head.main.text() == "决定申诉"
    shown.detail.start("decide-appeal")
    window.settle()
    window.choose(shown.detail.form, "outcome", "revoked")
    window.write_in(shown.detail.form, finding="已退还")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "另一个账号" in shown.detail.form.banner.accessibleName()
    assert window.desk.read(queries.list_employers).rows[0].state == "suspended"


def test_what_is_proposed_beside_a_suspension_is_declined_on_its_page(window: Driver) -> None:
    """The suspension runs on, and the page says both."""
    firm = vetted_firm(window)
    window.desk.write(commands.act_employer, firm, "suspend", {"sanction_until": "2027-01-31"}, "拖欠工钱")
    as_colleague(window, commands.act_employer, firm, "suspend", {}, "同意")
    as_colleague(window, commands.act_employer, firm, "blacklist", {"sanction_until": "2027-03-31"}, "又收押金")
    shown = jobs(window, "employer")
    shown.open_record(firm)
    window.settle()
    assert "拖欠工钱" in said(shown)
    assert "又收押金" in said(shown)
    assert "已提出列入黑名单，待另一人批准" in shown.detail.head.accessibleName()
    shown.detail.start("decline")
    window.settle()
    window.write_in(shown.detail.form, reason="查无此事")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "又收押金" not in said(shown)
    assert "拖欠工钱" in said(shown)
    assert window.desk.read(queries.list_employers).rows[0].state == "suspended"


def test_risky_work_without_insurance_says_so_in_words(window: Driver) -> None:
    posting = published(window, trade="moving")
    shown = jobs(window, "posting")
    shown.open_record(posting)
    window.settle()
    assert "无保险" in shown.detail.head.accessibleName()
    assert "没有写明承保公司和保单号" in said(shown)


def test_a_child_is_turned_away_kindly_and_nothing_is_kept(window: Driver) -> None:
    shown = jobs(window, "worker")
    window.press(Qt.Key.Key_N)
    form = shown.pane.form
    window.write_in(form, name="林小明", identity_number=CHILD)
    assert "不满16周岁" in form.fields["identity_number"].problem.text()
    window.press(Qt.Key.Key_Return, CTRL)
    assert "没有保存" in form.banner.accessibleName()
    form.keep_now()
    shown.leave_form()
    window.settle()
    with window.desk.store.reader() as session:
        assert session.scalars(select(Worker)).all() == []
        assert session.scalars(select(Draft)).all() == []
    assert window.desk.read(drafts.mine) == ()
    assert window.desk.read(queries.refused_children) == 1


def test_a_worker_is_recorded_and_covered(window: Driver) -> None:
    shown = jobs(window, "worker")
    window.press(Qt.Key.Key_N)
    form = shown.pane.form
    window.write_in(form, identity_number=ADULT, name="林志强", phone="13912340001")
    assert form.fields["identity_number"].help.text() == "校验通过：男，36岁"
    form.fields["skills"].control.buttons["cleaning"].setFocus()
    window.press(Qt.Key.Key_Space)
    window.press(Qt.Key.Key_Return, CTRL)
    row = window.desk.read(queries.list_workers).rows[0]
    assert row.skills == ("cleaning",)
    assert shown.detail.head.title.text() == "林*强"
    assert shown.detail.facts.masked("身份证号码").label.text() == "350603********331X"


def test_somebody_alike_is_shown_before_saving_and_consent_is_taken_back_with_one_press(window: Driver) -> None:
    """B3.4, F87."""
    first = window.desk.write(commands.register_worker, {"name": "林志强", "identity_number": ADULT, "phone": "13912340001"})
    shown = jobs(window, "worker")
    window.press(Qt.Key.Key_N)
    form = shown.pane.form
    version, _ = queries.consent()
    window.write_in(form, identity_number="350625197506153330", name="陈阿水", phone="13912340001",
                    certificates="健康证@2027-05-01", languages="普通话、闽南语")
    window.choose(form, "consent_version", version)
    window.write_in(form, health_limits="腰不好")
    seen: list[str] = []

    def look(sheet: Any) -> None:
        seen.extend(sheet.lines)
        sheet.accept()

    window.answer(look, lambda: window.press(Qt.Key.Key_Return, CTRL))
    window.settle()
    assert len(seen) == 1
    assert "林*强" in seen[0]
    assert "电话相同" in seen[0]
    rows = window.desk.read(queries.list_workers).rows
    assert [row.name for row in rows] == ["陈*水", "林*强"]
    found = window.desk.read(queries.detail, "worker", rows[0].id).fields
    assert (found["certificates"], found["languages"]) == (["健康证@2027-05-01"], ["普通话", "闽南语"])
    assert first.created[0] == rows[1].id
    window.answer(lambda sheet: sheet.accept(), lambda: shown.detail.start("withdraw-consent"))
    window.settle()
    found = window.desk.read(queries.detail, "worker", rows[0].id).fields
    assert "health_limits" not in found
    assert "consent_withdrawn_at" in found


def test_an_applicant_is_added_confirmed_and_checked_in(window: Driver) -> None:
    posting = published(window)
    window.desk.write(commands.register_worker, {"name": "林志强", "identity_number": ADULT, "phone": "13912340001"})
    shown = jobs(window, "posting")
    shown.open_record(posting)
    window.settle()
    applications = shown.detail.applications
    applications.picker.setFocus()
    window.type("lzq")
    window.press(Qt.Key.Key_Return)
    row = window.desk.read(queries.list_applications).rows[0]
    assert row.state == "applied"

    for action, state in (("confirm", "confirmed"), ("check-in", "checked-in"), ("check-out", "done")):
        shown = jobs(window, "posting")
        applications.perform(window.desk.read(queries.list_applications).rows[0], action)
        window.settle()
        window.desk.clock.advance(3600)
        assert window.desk.read(queries.list_applications).rows[0].state == state
    assert window.desk.read(queries.list_postings).rows[0].state == "full"


def test_a_no_show_takes_a_reason(window: Driver) -> None:
    posting = published(window)
    worker = window.desk.write(commands.register_worker, {"name": "林志强", "identity_number": ADULT}).created[0]
    fields = {"posting_id": posting, "worker_id": worker}
    application = window.desk.write(commands.apply, fields).created[0]
    window.desk.write(commands.act_application, application, "confirm", {})
    shown = jobs(window, "posting")
    shown.open_record(posting)
    window.settle()
    shown.detail.applications.perform(window.desk.read(queries.list_applications).rows[0], "no-show")
    window.settle()
    assert shown.detail.form.fields["reason"].control.hasFocus()
    window.type("电话打不通")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(queries.list_applications).rows[0].state == "no-show"
    assert window.desk.read(queries.list_postings).rows[0].state == "published"


def test_who_typed_an_entry_cannot_vet_it(window: Driver) -> None:
    firm = window.desk.write(commands.register_employer, FIRM).created[0]
    shown = jobs(window, "employer")
    shown.open_record(firm)
    window.settle()
    shown.detail.start("vet")
    window.settle()
    window.press(Qt.Key.Key_Return, CTRL)
    assert "另一个账号" in shown.detail.form.banner.accessibleName()
    assert window.desk.read(queries.list_employers).rows[0].state == "pending"


def test_the_search_over_everything_opens_the_right_list(window: Driver) -> None:
    firm = vetted_firm(window)
    window.window.navigate("jobs", firm)
    window.settle()
    page = window.window.shell.pages["jobs"]
    assert page.keys[page.tabs.currentIndex()] == "employer"
    assert page.shown.detail.record_id == firm


def test_a_day_is_settled_and_paid_and_somebody_came_instead(window: Driver) -> None:
    """F52, F53, F55: a no-show with who came instead, times of the sheet, the ledger, paid with proof."""
    clock = window.desk.clock
    clock.set(datetime(2026, 11, 24, 0, 30, tzinfo=UTC))
    posting = published(window, starts_at="2026-11-24T08:00:00+08:00", ends_at="2026-11-24T17:00:00+08:00",
                        settle_day="2026-11-28")
    for name, number in (("林志强", ADULT), ("陈阿水", "350625197506153330")):
        window.desk.write(commands.register_worker, {"name": name, "identity_number": number})
    first = window.desk.read(queries.list_workers).rows[-1].id
    application = window.desk.write(commands.apply, {"posting_id": posting, "worker_id": first}).created[0]
    window.desk.write(commands.act_application, application, "confirm", {})
    window.desk.write(commands.act_posting, posting, "start", {})
    shown = jobs(window, "posting")
    shown.open_record(posting)
    window.settle()
    applications = shown.detail.applications
    applications.perform(window.desk.read(queries.list_applications).rows[0], "no-show")
    window.settle()
    form = shown.detail.form
    window.write_in(form, reason="电话打不通")
    window.pick(form, "worker_id", "cas")
    window.press(Qt.Key.Key_Return, CTRL)
    came, gone = window.desk.read(queries.list_applications).rows
    assert (came.state, came.replaced, gone.state, gone.replaced_by) == ("confirmed", True, "no-show", came.id)

    clock.set(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    window.desk.write(commands.act_application, came.id, "check-in", {"checked_in_at": "2026-11-24T08:40:00+08:00"})
    applications.model.refresh()
    window.settle()
    applications.forms.ask_time(window.desk.read(queries.list_applications).rows[0])
    window.settle()
    form = shown.detail.form
    form.fields["checked_out_at"].set_value("2026-11-24T17:00:00+08:00")
    window.write_in(form, break_minutes="60")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(queries.list_applications).rows[0].minutes == 440
    shown.detail.start("settle")
    window.settle()
    window.choose(shown.detail.form, "settlement", "cash")
    window.press(Qt.Key.Key_Return, CTRL)
    (line,) = window.desk.read(queries.unpaid_wages).rows
    assert (line.worker, f"{line.to_pay}", f"{line.due_on}", line.days_left) == ("陈*水", "160", "2026-11-27", 3)

    paid_in_the_window(window, line.id)


def paid_in_the_window(window: Driver, line: str) -> None:
    shown = jobs(window, "wage_line")
    assert "还剩 3 天" in shown.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    shown.detail.first_focus()
    window.press(Qt.Key.Key_Space)
    window.choose(shown.detail.form, "paid_way", "cash")
    window.choose(shown.detail.form, "proof_kind", "signature")
    window.write_in(shown.detail.form, proof="工资清单 1 号夹")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(queries.unpaid_wages).rows == ()
    assert window.desk.read(queries.list_wages, queries.JobFilter(("paid",))).rows[0].id == line


def test_the_mornings_page_says_what_is_next_and_prints_the_order(window: Driver, tmp_path: Path) -> None:
    window.desk.clock.set(datetime(2026, 11, 24, 0, 30, tzinfo=UTC))
    posting = published(window, starts_at="2026-11-24T10:00:00+08:00", ends_at="2026-11-24T17:00:00+08:00")
    worker = window.desk.write(commands.register_worker, {"name": "林志强", "identity_number": ADULT}).created[0]
    application = window.desk.write(commands.apply, {"posting_id": posting, "worker_id": worker}).created[0]
    window.desk.write(commands.act_application, application, "confirm", {})
    shown = jobs(window, "today")
    assert "打印派工单" in shown.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    def look(sheet: Any) -> None:
        """Masked on the screen, nothing noted yet; in full and noted once it leaves."""
        assert isinstance(sheet, WorkPaperSheet)
        window.qtbot.waitUntil(lambda: bool(sheet.pages), timeout=15_000)
        assert sheet.said["people"][0][:2] == ["1", "林*强"]
        assert "林志强" not in str(sheet.said)
        assert window.desk.read(queries.orders_of, date(2026, 11, 24)).rows[0].paper == "none"
        sheet.save_to(tmp_path / "派工单.pdf")

    def ask() -> None:
        shown.detail.print_button.click()
        window.settle()  # the sheet opens when the worker has read what it says

    window.answer(look, ask)
    window.settle()
    assert (tmp_path / "派工单.pdf").read_bytes().startswith(b"%PDF")
    assert "都安排好了" in shown.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_dispute_is_one_click_and_both_pages_lead_to_each_other(window: Driver) -> None:
    posting = published(window)
    worker = window.desk.write(commands.register_worker, {"name": "林志强", "identity_number": ADULT}).created[0]
    application = window.desk.write(commands.apply, {"posting_id": posting, "worker_id": worker}).created[0]
    for action in ("confirm", "check-in", "check-out"):
        window.desk.write(commands.act_application, application, action, {})
        window.desk.clock.advance(3600)
    shown = jobs(window, "posting")
    shown.open_record(posting)
    window.settle()
    side = shown.detail.applications
    button = next(b for b in side.findChildren(QPushButton) if b.text() == "有争议，转调解")
    button.setFocus()
    window.press(Qt.Key.Key_Space)
    window.settle()
    link = next(b for b in side.findChildren(QPushButton) if b.text().startswith("看调解案"))
    assert "调解：已受理" in side.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    link.click()
    window.settle()
    case = window.window.shell.pages["mediation"].shown.detail
    assert "早班保洁" in "".join(label.text() for label in case.facts.findChildren(QLabel))
    case.start("work")
    window.settle()
    assert window.window.shell.pages["jobs"].shown.detail.record_id == posting


def test_a_morning_s_queue_is_taken_in_and_drawn_and_who_fits_is_picked(window: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    posting = published(window)
    for name, number in (("林志强", ADULT), ("陈阿水", "350625197506153330")):
        window.desk.write(commands.register_worker, {"name": name, "identity_number": number, "skills": ["cleaning"]})
    shown = jobs(window, "queue")
    for typed in ("lzq", "cas"):
        shown.picker.setFocus()
        window.type(typed)
        window.press(Qt.Key.Key_Return)
    assert [row.name for row in window.desk.read(queries.morning_queue).rows] == ["林*强", "陈*水"]
    monkeypatch.setattr("ui.pages.jobs.queue.confirm", lambda *_: True)
    shown.draw_button.click()
    window.settle()
    morning = window.desk.read(queries.morning_queue)
    assert morning.seed is not None
    assert morning.seed in shown.told.accessibleName()
    assert not shown.draw_button.isVisible()
    first = morning.rows[0]
    shown = jobs(window, "posting")
    shown.open_record(posting)
    window.settle()
    side = shown.detail.applications
    window.answer(lambda sheet: (window.settle(), sheet.accept()), side.match_button.click)
    window.settle()
    (row,) = window.desk.read(queries.list_applications).rows
    assert (row.worker_id, row.state) == (first.worker_id, "applied")
