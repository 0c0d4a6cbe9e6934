"""Reports in the real window: recorded by keyboard, moved on step by step, nothing lost, nothing pretended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.pages.driver import CTRL, PASSWORD, Driver
from ui.labels import state_tag
from ui.pages.reports.detail import ReportDetail
from ui.pages.reports.form import ReportForm
from zzdesk.desk.session import Desk, open_desk
from zzdesk.people.commands import register as register_person
from zzdesk.reports import commands, queries
from zzdesk.store import audit
from zzdesk.store.keys import TEST_COST

LAMP = {"title": "楼道灯不亮", "category": "lighting", "reporter_name": "林志强", "reporter_phone": "13812345678"}


def new_form(window: Driver) -> ReportForm:
    """Open the form with N and return it."""
    records = window.records("reports")
    window.press(Qt.Key.Key_N)
    assert records.pane is not None
    form = records.pane.form
    assert isinstance(form, ReportForm)
    return form


def detail_of(window: Driver, report_id: str) -> ReportDetail:
    records = window.records("reports")
    records.open_record(report_id)
    window.settle()
    assert isinstance(records.detail, ReportDetail)
    return records.detail


def facts(detail: ReportDetail) -> dict[str, str]:
    lines = [line for line in detail.facts._lines if not line.name.isHidden()]
    return {line.name.text(): line.text for line in lines}


def test_a_report_is_recorded_with_the_keyboard_alone(window: Driver) -> None:
    form = new_form(window)
    assert form.fields["title"].control.hasFocus()
    window.type("3幢门口路灯不亮")
    window.press(Qt.Key.Key_Return)
    window.type("ldzm")
    window.press(Qt.Key.Key_Return)
    assert form.fields["category"].value() == "lighting"
    window.press(Qt.Key.Key_Return, CTRL)

    row = window.desk.read(queries.list_reports).rows[0]
    assert (row.title, row.category, row.state) == ("3幢门口路灯不亮", "lighting", "registered")
    assert row.number in window.toast()
    assert "已保存在本机，尚未送达中心" in window.toast()
    records = window.records("reports")
    assert window.titles(records) == ["3幢门口路灯不亮"]
    assert not records.editing
    assert records.detail.record_id == row.id


def test_what_is_wrong_is_said_under_its_field(window: Driver) -> None:
    form = new_form(window)
    window.press(Qt.Key.Key_Return, CTRL)
    assert "事项" in form.fields["title"].problem.text()
    assert form.fields["title"].problem.isVisible()
    assert form.fields["title"].control.hasFocus()

    window.write_in(form, title="井盖松动", reporter_phone="123")
    window.pick(form, "category", "dlss")
    window.press(Qt.Key.Key_Return, CTRL)
    assert form.fields["category"].value() == "road"
    assert form.fields["reporter_phone"].problem.isVisible()
    assert form.fields["reporter_phone"].problem.text()
    assert not form.fields["title"].problem.isVisible()
    assert window.desk.read(queries.list_reports).rows == ()


def test_an_anonymous_report_names_nobody(window: Driver) -> None:
    form = new_form(window)
    window.write_in(form, title="夜里烧烤", reporter_name="林志强")
    window.pick(form, "category", "zs")
    window.field(form, "anonymous")
    window.press(Qt.Key.Key_Space)
    assert form.fields["reporter_name"].isHidden()
    window.press(Qt.Key.Key_Return, CTRL)
    row = window.desk.read(queries.list_reports).rows[0]
    body = window.desk.read(queries.detail, row.id).fields
    assert body["anonymous"] is True
    assert "reporter_name" not in body


def test_a_registered_resident_is_taken_by_pinyin(window: Driver) -> None:
    person = window.desk.write(register_person, {"name": "欧阳秀英", "phone": "13912341234"}).created[0]
    form = new_form(window)
    window.write_in(form, title="三天没有出门")
    window.pick(form, "category", "ylyx")
    window.pick(form, "reporter_name", "oyxy", down=1)
    assert form.fields["reporter_name"].value() == person
    window.press(Qt.Key.Key_Return, CTRL)
    row = window.desk.read(queries.list_reports).rows[0]
    assert window.desk.read(queries.detail, row.id).fields["reporter_id"] == person
    assert any("欧阳*英" in value for value in facts(detail_of(window, row.id)).values())


def test_a_draft_survives_a_closed_window(window: Driver, open_window: Callable[[Desk], Driver]) -> None:
    form = new_form(window)
    window.write_in(form, title="菜市场后门积水", address="文川里12号")
    home, clock = window.desk.home, window.desk.clock
    window.close()

    again = open_window(open_desk(home, None, PASSWORD, clock, cost=TEST_COST))
    form = new_form(again)
    assert form.fields["title"].value() == "菜市场后门积水"
    assert form.fields["address"].value() == "文川里12号"
    assert "没有完成" in form.banner.accessibleName()
    assert again.desk.read(queries.list_reports).rows == ()


def test_escape_loses_nothing(window: Driver) -> None:
    form = new_form(window)
    window.write_in(form, title="树枝压到电线")
    window.press(Qt.Key.Key_Escape)
    records = window.records("reports")
    assert not records.editing
    assert records.list_stack.notice.button.hasFocus()
    window.press(Qt.Key.Key_N)
    assert form.fields["title"].value() == "树枝压到电线"


def test_each_step_asks_what_its_arrow_needs(window: Driver) -> None:
    report = window.desk.write(commands.register, LAMP).created[0]
    detail = detail_of(window, report)
    detail.first_focus()
    assert detail.head.main.text() == "开始核实"
    window.press(Qt.Key.Key_Space)
    assert detail.head.main.text() == "核实属实"

    window.press(Qt.Key.Key_Space)
    assert detail.form is not None
    window.press(Qt.Key.Key_Return, CTRL)
    assert detail.form.fields["note"].problem.isVisible()
    window.type("今天到现场看过，属实")
    window.press(Qt.Key.Key_Return, CTRL)
    assert detail.form is None
    assert detail.head.main.text() == "派遣"

    steps = window.desk.read(queries.detail, report).steps
    assert [(step.action, step.note) for step in steps] == [("accept", None), ("confirm", "今天到现场看过，属实")]
    said = detail._timeline._canvas.accessibleDescription()
    assert "核实属实" in said
    assert "林美珍" in said


def test_what_was_not_rated_is_never_called_satisfied(window: Driver) -> None:
    report = window.desk.write(commands.register, LAMP).created[0]
    steps: tuple[tuple[str, dict[str, str], str | None], ...] = (
        ("accept", {}, None), ("confirm", {"note": "属实"}, None), ("dispatch", {"handler_unit": "照明所"}, None),
        ("finish", {"note": "已修"}, None),
        *(("inform", {"contact_result": "no-answer", "contact_at": f"2026-11-{day}T01:00:00.000Z"}, None)
          for day in (20, 21, 22)),
        ("close-unrated", {}, "三次无人接听"),
    )  # fmt: skip
    for action, step, reason in steps:
        window.desk.write(commands.act, report, action, step, reason)
    detail = detail_of(window, report)
    assert facts(detail)["居民评价"] == "未评价"
    records = window.records("reports")
    records.chips.choose("closed")
    window.settle()
    tag = records.line(records.model.row(0)).tag
    assert tag is not None
    assert tag.text == "已办结 · 未评价"
    assert "满意" not in " ".join(facts(detail).values())


def test_a_covered_phone_is_shown_for_a_reason_and_covered_again(window: Driver) -> None:
    report = window.desk.write(commands.register, LAMP).created[0]
    detail = detail_of(window, report)
    covered = detail.facts.masked("联系电话")
    assert covered.label.text() == "138****5678"
    window.answer_sheet("打电话核对地点")
    covered.eye.click()
    window.settle()
    assert covered.label.text() == "13812345678"
    with window.desk.store.reader() as session:
        line = session.query(audit.Audit).filter(audit.Audit.event == "person.reveal").one()
    assert "打电话核对地点" in str(line.facts)
    detail.reload()
    window.settle()
    assert covered.label.text() == "138****5678"


def test_the_void_can_be_taken_back(window: Driver) -> None:
    report = window.desk.write(commands.register, LAMP).created[0]
    detail = detail_of(window, report)
    detail.start("void")
    window.settle()
    window.type("重复登记")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(queries.by_ids, (report,))[0].voided
    window.window._toast.undo()
    window.settle()
    assert not window.desk.read(queries.by_ids, (report,))[0].voided


def test_a_change_from_elsewhere_waits_while_the_page_is_hidden(window: Driver) -> None:
    records = window.records("reports")
    assert records.model.rowCount() == 0
    window.page("workbench")
    change = window.desk.write(commands.register, LAMP)
    window.window.changes.changed.emit(change, None)
    window.settle()
    assert records.model.rowCount() == 0
    window.page("reports")
    assert window.titles(records) == ["楼道灯不亮"]


def test_search_finds_and_filters(window: Driver) -> None:
    for title, category in (("楼道灯不亮", "lighting"), ("井盖松动", "road"), ("路灯歪了", "lighting")):
        window.desk.write(commands.register, {"title": title, "category": category})
    records = window.records("reports")
    records.list.setFocus()
    window.press(Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is records.search
    window.type("灯")
    assert sorted(window.titles(records)) == ["楼道灯不亮", "路灯歪了"]
    window.press(Qt.Key.Key_Escape)
    assert len(window.titles(records)) == 3
    records.categories.choose("road")
    window.settle()
    assert window.titles(records) == ["井盖松动"]
    assert state_tag("report", "registered").text == "已登记"
