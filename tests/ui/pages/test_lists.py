"""The list of reports as a place to live in, by keyboard: filters, several at once, Excel, and the morning sheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu

from tests.ui.pages.driver import CTRL, Driver
from tests.ui.test_slips import squeezed, text_of
from tests.zzdesk.documents.test_workbook import cells
from ui.models.paging import Role
from ui.pages.bulk import WhyNot
from ui.pages.output import ExportSheet
from ui.pages.reports.deeds import DeedSheet
from ui.pages.reports.filters import RangeSheet, chip_of
from ui.pages.reports.returned import ReturnedSheet
from ui.pages.saved import NameSheet
from ui.printing import sheet as papers
from ui.printing.sheet import PaperSheet
from zzdesk.clock import OFFICE_TIME, FixedClock
from zzdesk.desk import morning
from zzdesk.desk.supervising import returns
from zzdesk.patrol.board_queries import OnDuty
from zzdesk.reports import commands, queries
from zzdesk.reports.queries import ReportFilter
from zzdesk.store.audit import Audit

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
MADE = (
    ("夜间施工", "noise", "12345", "2", "一网格"), ("路灯不亮", "lighting", "counter", "5", "一网格"),
    ("石板松动", "road", "12345", "10", "二网格"), ("占道经营", "noise", "counter", "10", "二网格"),
)  # fmt: skip


@pytest.fixture
def ids(window: Driver, clock: FixedClock) -> dict[str, str]:
    """Four reports of 13 February; it is 26 February."""
    clock.set(datetime(2026, 2, 13, 16, 40, tzinfo=OFFICE_TIME))
    made = {}
    for title, category, source, limit, grid in MADE:
        fields = {"title": title, "category": category, "source": source, "due_rule": limit, "grid": grid}
        made[title] = window.desk.write(commands.register, fields | {"reporter_phone": "13805961234"}).created[0]
    clock.set(datetime(2026, 2, 26, 9, tzinfo=OFFICE_TIME))
    return made


@pytest.fixture
def records(window: Driver, ids: dict[str, str]) -> Any:
    found = window.records("reports")
    found.list.setFocus()
    return found


def audit(window: Driver, event: str) -> list[str]:
    with window.desk.store.reader() as session:
        return [str(line.facts) for line in session.query(Audit).filter(Audit.event == event)]


def pick(menu: QMenu, window: Driver, *data: str) -> None:
    """Walk through an open menu and press Space on these entries, then leave."""
    for wanted in data:
        while menu.activeAction().data() != wanted:
            QTest.keyClick(menu, Key.Key_Down)
        QTest.keyClick(menu, Key.Key_Space)
    QTest.keyClick(menu, Key.Key_Escape)
    window.settle()


# ---- filters --------------------------------------------------------------------------------------------------------


def test_filters_go_together_and_each_is_reached_by_keys(window: Driver, records: Any) -> None:
    records.asked.more_button.setFocus()
    window.press(Key.Key_Space)
    assert records.asked.bands.hasFocus()
    window.press(Key.Key_Down)
    assert window.titles(records) == ["夜间施工"]
    assert records.asked.bands.currentText() == "▲ 已过期"
    assert records.asked.more_button.text() == "更多筛选 1"
    records.asked.bands.choose("")
    records.asked.sources.setFocus()
    window.press(Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    pick(menu, window, "counter", "12345")
    assert (records.asked.sources.codes, len(window.titles(records))) == (("counter", "12345"), 4)
    records.asked.sources.choose("12345")
    records.asked.grids.choose("二网格")
    window.settle()
    assert window.titles(records) == ["石板松动"]
    assert records.asked.sources.accessibleName() == "全部来源：12345热线"
    assert [action.text() for action in records.asked.grids.menu().actions()][-2:] == ["一网格", "二网格"]


def test_days_of_ones_own_are_asked_for(window: Driver, records: Any) -> None:
    asked = records.asked

    def days(sheet: Any) -> None:
        assert isinstance(sheet, RangeSheet)
        assert not sheet.go.isEnabled()
        sheet.until.set_value("2026-02-12")
        sheet.until.edited.emit()
        sheet.since.set_value("2026-02-13")
        sheet.since.edited.emit()
        assert (sheet.go.isEnabled(), "以后" in sheet.until.problem.text()) == (False, True)
        sheet.since.set_value("2026-02-10")
        sheet.since.edited.emit()
        QTest.keyClick(sheet, Key.Key_Return, CTRL)

    window.answer(days, lambda: asked.periods.choose("days"))
    assert (window.titles(records), asked.periods.currentText()) == ([], "2026-02-10 至 2026-02-12")
    kept = records.current_filter()
    window.answer(lambda sheet: sheet.reject(), lambda: asked.periods.choose("days"))
    assert records.current_filter() == kept
    asked.periods.choose("month")
    window.settle()
    assert (len(window.titles(records)), records.current_filter().since) == (4, None)
    window.answer(lambda sheet: sheet.reject(), lambda: asked.periods.choose("days"))
    assert asked.periods.code == "month"
    records.show_filter(kept)
    assert records.describe(records.current_filter()) == "未办结 · 2026-02-10 至 2026-02-12"


def test_a_filter_is_kept_under_a_name_and_taken_by_its_key(window: Driver, records: Any) -> None:
    records.asked.bands.choose("overdue")
    records.asked.categories = records.categories
    records.categories.choose("noise", "road")
    window.settle()

    def name(sheet: Any) -> None:
        assert isinstance(sheet, NameSheet)
        QTest.keyClicks(sheet.field.control, "late")
        QTest.keyClick(sheet.field.control, Key.Key_Return)

    window.answer(name, lambda: window.press(Key.Key_0, ALT))
    saved = records.saved
    [chip] = saved.buttons.values()
    assert (chip.text(), chip.isChecked(), saved.add.isHidden()) == ("late 1", True, True)
    assert chip.toolTip() == "Alt+1 · 未办结 · 道路设施、噪声扰民 · 已过期"
    records.show_filter(ReportFilter(open_only=True))
    window.settle()
    assert len(window.titles(records)) == 4
    assert not chip.isChecked()
    window.press(Key.Key_1, ALT)
    assert (window.titles(records), records.categories.codes, records.asked.bands.code) == (
        ["夜间施工"], ("road", "noise"), "overdue")
    assert not records.asked.more.isHidden()


def test_a_kept_filter_is_renamed_replaced_deleted_and_brought_back(window: Driver, records: Any) -> None:
    from zzdesk.desk import saved_filters

    for name in ("一", "二"):
        window.desk.write(saved_filters.save, "reports", name, queries.to_json(ReportFilter(period="today")))
    records.refresh()
    window.settle()
    saved = records.saved

    def texts() -> list[str]:
        return [button.text() for button in saved.buttons.values()]

    assert texts() == ["一 0", "二 0"]
    words = [action.text() for action in saved.menu(saved.rows[0]).actions() if action.text()]
    assert words == ["改名…", "换成现在的筛选", "删除\tDel"]

    def taken(sheet: Any) -> None:
        sheet.field.control.clear()
        QTest.keyClicks(sheet.field.control, "x")
        QTest.keyClick(sheet.field.control, Key.Key_Return)

    window.answer(taken, lambda: saved.rename(saved.rows[0]))
    assert texts() == ["x 0", "二 0"]
    records.categories.choose("noise")
    saved.replace(saved.rows[0])
    window.settle()
    assert texts() == ["x 2", "二 0"]
    window.window._toast.undo()
    window.settle()
    assert texts() == ["x 0", "二 0"]
    saved.buttons[saved.rows[0].id].setFocus()
    window.press(Key.Key_Delete)
    assert (texts(), "已删除" in window.toast()) == (["二 0"], True)
    window.press(Key.Key_Z, CTRL)
    assert texts() == ["x 0", "二 0"]


def test_the_chip_of_a_filter() -> None:
    found = [chip_of(wanted) for wanted in (ReportFilter(), ReportFilter(open_only=True), ReportFilter(mine=True),
                                            ReportFilter(by_due=True), ReportFilter(void=True), ReportFilter(("closed",)))]
    assert found == ["all", "open", "mine", "due", "void", "all"]


# ---- several at once ------------------------------------------------------------------------------------------------


def offered(window: Driver, records: Any) -> QMenu:
    window.press(Key.Key_B)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_several_are_sent_to_a_unit_by_keyboard_and_taken_back(window: Driver, records: Any, ids: dict[str, str]) -> None:
    for report in ids.values():
        window.desk.write(commands.act, report, "accept", {})
        window.desk.write(commands.act, report, "confirm", {"note": "看过"})
    window.desk.write(commands.act, ids["占道经营"], "dispatch", {"handler_unit": "城管"})
    records.refresh()
    window.settle()
    window.press(Key.Key_A, CTRL)
    assert records.bulk.count.accessibleName() == "已选 4 件"
    menu = offered(window, records)
    words = {action.data(): (action.text(), action.isEnabled()) for action in menu.actions()}
    assert words["dispatch"] == ("派遣…（只有 3 件可以）", False)
    assert words["category"] == ("改类别…", True)
    QTest.keyClick(menu, Key.Key_Escape)
    records.list.setFocus()
    window.press(Key.Key_Space)  # the first, which is sent already
    assert [row.title for row in records.model.marked.values()] == ["石板松动", "路灯不亮", "夜间施工"]
    menu = offered(window, records)
    while menu.activeAction().data() != "dispatch":
        QTest.keyClick(menu, Key.Key_Down)

    def send(sheet: Any) -> None:
        assert isinstance(sheet, DeedSheet)
        assert not sheet.go.isEnabled()
        QTest.keyClicks(sheet.fields["handler_unit"].control, "chengguan")
        QTest.keyClick(sheet, Key.Key_Return, CTRL)

    window.answer(send, lambda: QTest.keyClick(menu, Key.Key_Return))
    assert records.bulk.told.accessibleName() == "派遣：3 件办了 3 件"
    assert (records.model.marked, window.toast()) == ({}, "派遣：3 件办了 3 件")
    assert {row.state for row in window.desk.read(queries.list_reports).rows} == {"handling"}
    window.press(Key.Key_Z, CTRL)
    window.settle()
    states = {row.title: row.state for row in window.desk.read(queries.list_reports).rows}
    assert states == dict.fromkeys(("石板松动", "路灯不亮", "夜间施工"), "dispatching") | {"占道经营": "handling"}
    assert records.bulk.told.accessibleName() == "撤销：3 件办了 3 件"


def test_what_was_refused_is_told_and_stays_marked(window: Driver, records: Any, ids: dict[str, str]) -> None:
    from zzdesk.desk.bulk import Deed

    window.desk.write(commands.void, ids["石板松动"], "登记错了")
    window.press(Key.Key_A, CTRL)
    records.bulk._do(list(records.model.marked), Deed("category", {"category": "other"}))
    window.settle()
    assert list(records.model.marked) == [ids["石板松动"]]
    assert records.bulk.told.accessibleName().startswith("改类别：4 件办了 3 件，1 件没有办：这条记录已经作废")
    assert records.bulk.why.hasFocus()

    def read(sheet: Any) -> None:
        assert isinstance(sheet, WhyNot)
        assert any("石板松动" in label.text() for label in sheet.facts.findChildren(QLabel))
        QTest.keyClick(sheet, Key.Key_Return, CTRL)

    window.answer(read, lambda: window.press(Key.Key_Space))
    records.bulk.undo_button.setFocus()
    window.press(Key.Key_Space)
    kinds = {row.title: row.category for row in window.desk.read(queries.list_reports).rows}
    assert kinds == {title: category for title, category, *_ in MADE if title != "石板松动"}


def test_marks_go_with_the_list_that_they_were_made_in(window: Driver, records: Any) -> None:
    window.press(Key.Key_Space)
    window.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(records.model.marked) == 2
    records.refresh()
    window.settle()
    assert len(records.model.marked) == 2
    records.chips.choose("all")
    window.settle()
    assert records.model.marked == {}
    assert records.bulk.isHidden()


def test_filing_asks_first_because_nothing_takes_it_back(window: Driver, records: Any) -> None:
    from zzdesk.desk.bulk import Offer

    window.press(Key.Key_Space)
    window.answer(lambda sheet: sheet.reject(), lambda: records.bulk.begin(Offer("archive", 1, True)))
    assert len(records.model.marked) == 1
    assert not records.bulk.busy


# ---- Excel ----------------------------------------------------------------------------------------------------------


def test_the_list_becomes_a_table_with_words(
    window: Driver, records: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "清单"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    records.asked.bands.choose("overdue")
    window.settle()

    def go(sheet: Any) -> None:
        assert isinstance(sheet, ExportSheet)
        QTest.keyClick(sheet, Key.Key_Return, CTRL)

    window.answer(go, lambda: window.press(Key.Key_E, CTRL))
    window.qtbot.waitUntil(lambda: "已导出 1 件：清单.xlsx" in window.toast(), timeout=20_000)
    head, row = cells(target.with_suffix(".xlsx"))
    said = dict(zip(head.values(), row.values(), strict=False))
    assert {"编号", "事项", "类别", "登记时间", "期限状态"} <= set(head.values())
    assert {"夜间施工", "噪声扰民", "12345热线", "已登记", "已过期", "138****1234"} <= set(row.values()), said
    notes = {line["A"]: line["B"] for line in cells(target.with_suffix(".xlsx"), 2)}
    assert (notes["内容"], notes["个人信息"], notes["导出人"]) == ("未办结 · 已过期", "已遮盖", "林美珍")
    assert len(audit(window, "export")) == 1


def test_names_in_full_take_a_reason(window: Driver, records: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "清单.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.press(Key.Key_Space)

    def go(sheet: Any) -> None:
        sheet.openly.setFocus()
        QTest.keyClick(sheet.openly, Key.Key_Space)
        assert not sheet.go.isEnabled()
        QTest.keyClicks(sheet.reason, "district list")
        QTest.keyClick(sheet.reason, Key.Key_Return, CTRL)

    window.answer(go, lambda: records.bulk.export.click())
    window.qtbot.waitUntil(lambda: "已导出 1 件" in window.toast(), timeout=20_000)
    assert "13805961234" in cells(target)[1].values()
    [line] = audit(window, "export.revealed")
    assert "district list" in line


def test_an_export_is_stopped_and_a_bad_place_is_told(window: Driver, records: Any, tmp_path: Path) -> None:
    from ui.pages import output

    context, bar, everything, how = window.window.context, records.bulk, ReportFilter(), records.exporting()
    said = output.words(context, how, "", None)
    bar.run("正在导出", lambda task, stopped: bar.stop() or stopped(), lambda stopped: bar.tell(f"停了：{stopped}"))
    window.settle()
    assert window.toast() == "停了：True"
    output.export_to(bar, context, how, tmp_path / "none" / "a.xlsx", everything, said, None)
    window.settle()
    assert "换一个文件夹" in window.toast()
    assert not bar.busy


# ---- on paper -------------------------------------------------------------------------------------------------------


def test_the_morning_sheet_is_a_key_away_and_kept(
    window: Driver, records: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "早间清单.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def keep(sheet: Any) -> None:
        assert isinstance(sheet, PaperSheet)
        window.qtbot.waitUntil(lambda: bool(sheet.pages), timeout=20_000)
        assert len(sheet.pages) == 1
        QTest.keyClick(sheet, Key.Key_S, CTRL)

    window.answer(keep, lambda: window.press(Key.Key_M))
    window.qtbot.waitUntil(lambda: "已存为 PDF" in window.toast(), timeout=20_000)
    said = squeezed(text_of(target))
    for wanted in ("早间清单", "西桥社区", "2月26日", "已超期", "夜间施工", "今天值班", "没有排班", "林美珍打印"):
        assert wanted in said, wanted
    window.settle()
    assert audit(window, "report.list") == ['{"count":1,"how":"pdf","sheet":"morning"}']


def test_a_full_morning_is_still_one_page(window: Driver, clock: FixedClock, tmp_path: Path) -> None:
    clock.set(datetime(2026, 2, 13, 16, 40, tzinfo=OFFICE_TIME))
    made = window.desk.write(commands.register, {"title": "楼上漏水，老人独居，" * 6, "category": "other"}).created[0]
    [row] = window.desk.read(queries.by_ids, (made,))
    duty = tuple(OnDuty(f"第{n}网格", "grid-worker-a", "林*明", "138****7777", clock.now()) for n in range(9))
    parts = tuple(morning.Part(key, (row,) * lines, 120) for key, lines in morning.LINES.items())
    full = morning.Morning(clock.now().date(), "西桥社区", parts, duty, {made: "芗城区城市管理中队"})
    morning.write_pdf(tmp_path / "a.pdf", "sheet", papers.morning_said(full, "zh", "林美珍"))
    said = squeezed(text_of(tmp_path / "a.pdf"))
    assert len(PdfReader(tmp_path / "a.pdf").pages) == 1
    for wanted in ("99+件，这里是前7件", "还有4人", "楼上漏水，老人独居，楼上漏水"):
        assert wanted in said, wanted


def test_what_is_marked_is_printed_in_its_order(window: Driver, records: Any, ids: dict[str, str], tmp_path: Path) -> None:
    rows = window.desk.read(morning.listed, ReportFilter(), [ids["路灯不亮"], ids["夜间施工"]])
    said = papers.list_said(rows, "选中的 2 件", datetime(2026, 2, 26).date(), "zh", "林美珍")  # noqa: DTZ001
    sheet = PaperSheet(window.window, window.window.context, "list", said, 2)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    papers.layout_page(printer)
    window.settle()
    sheet.print_on(printer)
    window.qtbot.waitUntil(lambda: window.toast() == "已送往打印机", timeout=20_000)
    window.settle()
    [page] = PdfReader(tmp_path / "printed.pdf").pages
    assert (round(float(page.mediabox[2])), round(float(page.mediabox[3]))) == (595, 842)
    texts = papers._texts(said)
    assert texts[2:] == ["选中的 2 件 2 件", f"1 {rows[0].number} 路灯不亮 路灯照明 已登记 △ 剩 1 个工作日",
                         f"2 {rows[1].number} 夜间施工 噪声扰民 已登记 ▲ 已超 2 个工作日"]
    assert audit(window, "report.list") == ['{"count":2,"how":"paper","sheet":"list"}']
    sheet.deleteLater()


# ---- what came back, and a word in time -----------------------------------------------------------------------------


def test_what_units_sent_back_is_a_list_to_learn_from(window: Driver, ids: dict[str, str], clock: FixedClock) -> None:
    for title, unit, reason in (("夜间施工", "城管", "属于环保"), ("占道经营", "城管", None), ("路灯不亮", "路灯所", None)):
        window.desk.write(commands.act, ids[title], "accept", {})
        window.desk.write(commands.act, ids[title], "confirm", {"note": "看过"})
        window.desk.write(commands.act, ids[title], "dispatch", {"handler_unit": unit})
        clock.advance(60)
        if reason:
            window.desk.write(commands.act, ids[title], "return", {}, reason)
    opened: list[str] = []
    sheet = ReturnedSheet(window.window, window.window.context, window.desk.read(returns), 90, opened.append)
    rows = [[sheet.units.index(row, column).data() for column in range(4)] for row in range(sheet.units.rowCount())]
    assert rows == [["城管", "2", "1", "▲ 50%"], ["路灯所", "1", "0", "□ 0%"]]
    line = sheet.wrong.index(0, 0).data(Role.LINE)
    assert (line.title, line.tag.text, "属于环保" in line.detail) == ("夜间施工", "城管", True)
    sheet.list.opened.emit(sheet.wrong.row(0))
    assert opened == [ids["夜间施工"]]
    sheet.deleteLater()


def test_the_first_page_counts_and_reminds_without_a_network(window: Driver, ids: dict[str, str], clock: FixedClock) -> None:
    clock.set(datetime(2026, 2, 27, 9, tzinfo=OFFICE_TIME))
    page = window.page("workbench")
    page.refresh()
    window.settle()
    assert page._todo.count.text().startswith("▲ 1 件已过期 · △ 1 件今天到期")
    marks = {line.title: line.mark.text for line in (page._model.index(n, 0).data(Role.LINE) for n in range(4))}
    assert marks == {"夜间施工": "▲ 已超 3 个工作日", "路灯不亮": "△ 今天到期", "石板松动": "□ 剩 5 个工作日",
                     "占道经营": "□ 剩 5 个工作日"}  # fmt: skip
    clock.set(datetime(2026, 2, 27, 23, 10, tzinfo=OFFICE_TIME))
    page.reminder.look()
    window.settle()
    assert window.toast().startswith("一小时内到期：")
    assert window.toast().endswith("路灯不亮")
