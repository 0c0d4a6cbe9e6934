"""What holds for every page of a subject: long lists, languages, names for screen readers, the cost of the main thread."""

from __future__ import annotations

import re
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QTabBar, QWidget

from tests.ui.pages.driver import Driver
from tests.watchdog import Watchdog
from ui.pages.records import Records
from zzdesk.desk.session import Desk
from zzdesk.jobs import commands as jobs
from zzdesk.mediation import commands as mediation
from zzdesk.patrol import commands as patrol
from zzdesk.reports import commands as reports
from zzdesk.reports import queries
from zzdesk.store.unit import ChangeSet, UnitOfWork

PAGES = ("reports", "jobs", "mediation", "patrol")
QTS_OWN = ("ScrollLeftButton", "ScrollRightButton")
"""Buttons inside QTabBar; Qt names them once and for all."""
_HAN = re.compile("[\u4e00-\u9fff]")


def many(work: UnitOfWork, first: int, count: int) -> ChangeSet:
    for number in range(first, first + count):
        reports.add(work, {"title": f"第{number}件", "category": "road", "address": f"西桥路{number}号"})
    return work.commit()


@pytest.fixture
def filled(window: Driver) -> Driver:
    """A desk with something of everything."""
    desk = window.desk
    desk.write(reports.register, {"title": "A", "category": "road", "reporter_phone": "13812345678"})
    firm = desk.write(jobs.register_employer, {"employer_kind": "person", "name": "A B",
                                               "identity_number": "350602194903070020"}).created[0]
    desk.write(jobs.register_posting, {"employer_id": firm, "title": "A", "headcount": 1, "wage": "1.00"})
    desk.write(jobs.register_worker, {"name": "A B", "identity_number": "35060319900115331X"})
    desk.write(mediation.accept_whole, {"category": "neighbours", "amount": "1.00"}, {"title": "A"},
               [{"role": "applicant", "name": "A B"}, {"role": "respondent", "name": "C D"}])
    _patrols(desk)
    return window


def _patrols(desk: Desk) -> None:
    start, end = "2026-11-23T10:00:00+08:00", "2026-11-23T12:00:00+08:00"
    team = desk.write(patrol.register_plain, "team", {"name": "A"}).created[0]
    desk.write(patrol.register_plain, "segment", {"name": "A"})
    desk.write(patrol.register_plain, "duty", {"grid": "A", "slot": "police", "name": "A", "starts_at": start, "ends_at": end})
    who = desk.write(patrol.register_volunteer, {"name": "A B", "team_id": team}).created[0]
    task = desk.write(patrol.issue, {"title": "A", "starts_at": start, "ends_at": end}).created[0]
    desk.write(patrol.sign_up, {"task_id": task, "volunteer_id": who})
    desk.write(patrol.register_reward, {"name": "A", "price": 1, "received": 1})
    desk.write(patrol.register_round, {"team_id": team, "started_at": "2026-11-23T08:00:00+08:00"})
    desk.write(patrol.take_call, {"grid": "A", "what": "A"})


def lists(window: Driver) -> list[Records]:
    """Visit every list; return them."""
    found = []
    for key in PAGES:
        page = window.page(key)
        for kind in getattr(page, "keys", [""]):
            if kind:
                page.show_list(kind)
                window.settle()
            if isinstance(page.shown, Records):  # a month's sheet has no list
                found.append(page.shown)
    return found


@pytest.mark.qt_log_ignore("endPaint")  # the watchdog looks at frames while they paint
def test_ten_thousand_rows_page_by_key_and_never_hold_the_main_thread(window: Driver, watchdog: Watchdog) -> None:
    for first in range(0, 10_000, 200):
        window.desk.write(many, first, 200)
    records = window.records("reports")
    assert records.model.rowCount() == 50
    records.list.setFocus()
    window.settle()
    watchdog.start()
    while records.model.rowCount() < 10_000:
        before = records.model.rowCount()
        QTest.keyClick(records.list, Qt.Key.Key_End)
        window.qtbot.waitUntil(lambda before=before: records.model.rowCount() > before, timeout=10_000)
    watchdog.stop()
    rows = [records.model.row(at) for at in range(10_000)]
    assert len({row.id for row in rows}) == 10_000
    assert [int(row.number.rpartition("-")[2]) for row in rows] == list(range(10_000, 0, -1))
    assert rows[-1].title == "第0件"
    QTest.keyClick(records.list, Qt.Key.Key_End)
    window.settle()
    assert records.detail.record_id == rows[-1].id


def test_every_widget_of_a_page_goes_with_its_window(filled: Driver) -> None:
    """One without a parent would outlive it, and crash when the language changes."""
    before = {id(each) for each in QApplication.topLevelWidgets()} - {id(filled.window)}
    shown = lists(filled)
    assert len(shown) > len(PAGES)
    after = [each for each in QApplication.topLevelWidgets() if each is not filled.window and id(each) not in before]
    ours = [each for each in after if type(each).__module__.startswith("ui.")]
    assert [type(each).__name__ for each in ours if each.parent() is None] == []


def test_going_through_the_pages_never_holds_the_main_thread(filled: Driver, watchdog: Watchdog) -> None:
    lists(filled)
    for key in PAGES:
        filled.window.navigate(key)
        filled.settle()
        watchdog.start()
        filled.window.navigate(key)
        QTest.keyClick(filled.target(), Qt.Key.Key_F5)
        filled.settle()
        watchdog.stop()


def test_the_first_opening_of_every_form_never_holds_the_main_thread(filled: Driver, watchdog: Watchdog) -> None:
    for records in lists(filled):
        if not records.may_create():
            continue  # its records follow from others
        filled.window.navigate(next(key for key, page in filled.window.shell.pages.items() if page is records.page))
        if records.page.shown is not records:
            records.page.show_list(next(key for key, shown in records.page.lists.items() if shown is records))
        filled.settle()
        assert records.pane is None
        watchdog.start()
        QTimer.singleShot(0, records, records.open_form)
        filled.qtbot.waitUntil(lambda records=records: records.pane is not None and records.editing)
        filled.settle()
        watchdog.stop()


def focusable(root: QWidget) -> list[QWidget]:
    """Return the visible widgets that Tab stops at."""
    parts = [root, *root.findChildren(QWidget)]
    return [w for w in parts if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
            and w.focusProxy() is None and not isinstance(w, QScrollArea | QLabel)
            and not w.objectName().startswith("qt_")]  # fmt: skip


def said(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return widget.accessibleName() or (text() if callable(text) else "")


def test_every_stop_of_the_tab_key_has_a_name(filled: Driver) -> None:
    for records in lists(filled):
        page = records.page
        filled.window.navigate(next(key for key, known in filled.window.shell.pages.items() if known is page))
        if hasattr(page, "keys"):
            page.show_list(next(key for key, known in page.lists.items() if known is records))
        filled.settle()
        unnamed = [w for w in focusable(page) if not said(w)]
        assert unnamed == [], records.memory
        records.open_form()
        filled.settle()
        assert [w for w in focusable(page) if not said(w)] == [], records.memory
        records.leave_form()


def test_english_is_english_everywhere_and_chinese_comes_back(filled: Driver) -> None:
    shown = lists(filled)
    for records in shown:
        records.open_form()
    filled.settle()
    filled.window.context.set_language("en")
    filled.settle()
    for records in shown:
        for widget in (records.page.header, records):
            assert [text for text in texts(widget) if _HAN.search(text)] == [], records.memory
    filled.window.context.set_language("zh")
    filled.settle()
    assert filled.window.shell.pages["reports"].header.title.text() == "事件"


def texts(root: QWidget) -> list[str]:
    """Return what a part of the window says, but for the data: names of places and people stay as they are."""
    found: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.objectName() in QTS_OWN:
            continue
        for name in ("text", "placeholderText", "toolTip", "accessibleName"):
            ask = getattr(widget, name, None)
            if callable(ask) and (text := ask()):
                found.append(str(text))
        if isinstance(widget, QTabBar):
            found += [widget.tabText(at) for at in range(widget.count())]
    return [text for text in found if not any(own in text for own in ("林美珍", "临-"))]


class _Windows(QObject):
    """Remembers widgets that were shown as windows of their own."""

    def __init__(self, but: QWidget) -> None:
        super().__init__()
        self._but, self.shown = but, []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and watched is not self._but:
            self.shown.append(type(watched).__name__)
        return False


def test_nothing_flashes_as_a_window_of_its_own(filled: Driver, qapp: QApplication) -> None:
    windows = _Windows(filled.window)
    qapp.installEventFilter(windows)
    for records in lists(filled):
        records.open_form()
        filled.settle()
        records.leave_form()
    qapp.removeEventFilter(windows)
    assert windows.shown == []


def test_a_list_says_that_it_cannot_be_read_and_offers_to_try_again(window: Driver) -> None:
    from zzdesk.errors import BusyError

    records = window.records("reports")
    records.model.failed.emit(BusyError("数据库正忙"))
    notice = records.list_stack.notice
    assert records.list_stack.currentWidget() is notice
    window.desk.write(reports.register, {"title": "A", "category": "road"})
    notice.button.click()
    window.settle()
    assert window.titles(records) == ["A"]


def test_a_stub_of_ten_states_can_be_filtered(filled: Driver) -> None:
    records: Any = filled.records("reports")
    records.states.choose("closed")
    filled.settle()
    assert records.model.rowCount() == 0
    records.states.choose("")
    filled.settle()
    assert records.model.rowCount() == filled.desk.read(queries.count_open)
