"""The conflict inbox: what each wrote, one of them or all or a third, who has to decide until when, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.ui.pages.driver import STATION, Driver
from ui.models.paging import Role
from ui.pages.conflicts.detail import COMBINE, OWN
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk
from zzdesk.people import commands as people
from zzdesk.people.models import Person
from zzdesk.reports import commands as reports
from zzdesk.reports import queries
from zzdesk.store import audit


@pytest.fixture
def window(desk: Desk, centre: ServerThread, open_window: Callable[[Desk], Driver]) -> Driver:
    enrol(desk, centre.url, centre.enrol_code(STATION))
    sync_once(desk)
    return open_window(desk)


def clash(window: Driver, other: Desk, field: str, mine: Any, theirs: Any, **first: Any) -> str:
    """Let both desks write a field without a network, then reconcile both; return the record."""
    desk = window.desk
    report = desk.write(reports.register, {"title": "路灯不亮", "category": "lighting"} | first).created[0]
    sync_once(desk)
    sync_once(other)
    other.write(reports.edit, report, {field: theirs})
    desk.write(reports.edit, report, {field: mine})
    sync_once(other)
    sync_once(desk)
    return report


def inbox(window: Driver) -> Any:
    page = window.page("conflicts")
    page.refresh()
    window.settle()
    return page


def choose(page: Any, choice: Any) -> None:
    page.detail._group.buttons()[page.detail._choices.index(choice)].setChecked(True)


def to_the_decision(window: Driver, page: Any) -> None:
    """Walk by the keyboard to the button that decides."""
    for _ in range(20):
        if QApplication.focusWidget() is page.detail._decide:
            return
        window.press(Qt.Key.Key_Tab)
    raise AssertionError("the button cannot be reached by keys")


def sync(window: Driver) -> None:
    with window.qtbot.waitSignal(window.window.exchange.ended, timeout=30_000):
        window.window.exchange.sync_now()
    window.settle()


def test_two_texts_can_both_stand(window: Driver, other: Desk) -> None:
    report = clash(window, other, "description", "三盏灯都不亮。", "路口很黑。", description="灯不亮。")
    page = inbox(window)
    assert COMBINE in page.detail._choices
    choose(page, COMBINE)
    page.detail._reason.setPlainText("两人说的都对")
    page.detail._decide.click()
    window.settle()
    sync(window)
    sync_once(other)
    with other.store.reader() as session:
        from zzdesk.reports.models import Report

        text = session.get_one(Report, report).description
    assert text is not None
    assert "三盏灯都不亮" in text
    assert "路口很黑" in text


def test_a_choice_of_ones_own_is_offered_as_the_field_is_written(window: Driver, other: Desk) -> None:
    clash(window, other, "urgency", "high", "low")
    page = inbox(window)
    assert COMBINE not in page.detail._choices
    choose(page, OWN)
    box = page.detail._own
    assert {box.itemText(at) for at in range(box.count())} >= {"紧急", "一般"}


def test_covered_values_are_seen_for_a_reason_and_covered_again(window: Driver, other: Desk) -> None:
    clash(window, other, "reporter_phone", "13805961234", "13805969999", reporter_name="林秀英")
    page = inbox(window)
    shown = [card.text.text() for card in page.detail._shown_cards[:2]]
    assert shown == ["138****9999", "138****1234"]
    assert page.detail._reveal.isVisible()

    def answer(sheet: Any) -> None:
        sheet.edit.setPlainText("核对号码")
        sheet.go.click()

    window.answer(answer, page.detail._reveal.click)
    assert [card.text.text() for card in page.detail._shown_cards[:2]] == ["13805969999", "13805961234"]
    with window.desk.store.reader() as session:
        line = session.query(audit.Audit).filter(audit.Audit.event == "person.reveal").one()
    assert "reporter_phone" in line.facts
    page.detail._cover.timeout.emit()
    assert [card.text.text() for card in page.detail._shown_cards[:2]] == shown


def test_a_decision_is_found_again_and_can_be_taken_back(window: Driver, other: Desk) -> None:
    report = clash(window, other, "address", "台湾路 14 号", "台湾路 41 号")
    page = inbox(window)
    choose(page, 1)
    page.detail._reason.setPlainText("已电话核对门牌")
    page.detail._decide.click()
    window.settle()
    sync(window)
    page.chips.choose("resolved")
    window.settle()
    assert page.model.rowCount() == 1
    said = page.detail._banner.accessibleName()
    assert "台湾路 14 号" in said
    assert "已电话核对门牌" in said
    assert "林美珍" in said
    page.search.setText("门牌")
    page.search.asked.emit("门牌")
    window.settle()
    assert page.model.rowCount() == 1
    assert page.detail._undo.isVisible()

    def answer(sheet: Any) -> None:
        sheet.edit.setPlainText("问错人了")
        sheet.go.click()

    window.answer(answer, page.detail._undo.click)
    sync(window)
    page.search.setText("")
    page.search.asked.emit("")
    page.chips.choose("open")
    window.settle()
    assert page.model.rowCount() == 1
    assert "问错人了" in page.detail._banner.accessibleName()
    assert window.desk.read(queries.detail, report).row.address == "台湾路 41 号"


def test_who_should_decide_and_until_when_is_said(window: Driver, other: Desk, clock: FixedClock) -> None:
    clash(window, other, "address", "台湾路 14 号", "台湾路 41 号")
    page = inbox(window)
    assert page.detail.owner.text()
    assert page.detail._due.accessibleName()
    page.chips.choose("mine")
    window.settle()
    assert page.model.rowCount() == 1
    clock.advance(30 * 86_400)
    page.refresh()
    window.settle()
    assert "已超期" in page.model.index(0, 0).data(Role.LINE).tag.text


def test_it_all_works_by_keys(window: Driver, other: Desk) -> None:
    report = clash(window, other, "address", "台湾路 14 号", "台湾路 41 号")
    page = inbox(window)
    page.list.setFocus()
    window.press(Qt.Key.Key_Return)
    assert page.detail._shown_cards[0].radio.hasFocus()
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Space)
    to_the_decision(window, page)
    window.press(Qt.Key.Key_Space)
    assert "已决定" in window.toast()
    sync(window)
    assert window.desk.read(queries.detail, report).row.address == "台湾路 14 号"


def test_every_button_has_a_name(window: Driver, other: Desk) -> None:
    clash(window, other, "reporter_phone", "13805961234", "13805969999")
    page = inbox(window)
    nameless = [b for b in page.findChildren(QAbstractButton) if b.isVisible() and not (b.text() or b.accessibleName())]
    assert nameless == []


def test_a_resident_whom_two_desks_recorded_is_asked_about_in_words(window: Driver, other: Desk) -> None:
    """Hazard 14: both rows live, a person says whether they are one, by keys alone."""
    person = {"name": "林秀英", "identity_number": "350602194903070020"}
    other.write(people.register, person)
    sync_once(other)
    mine = window.desk.write(people.register, person | {"name": "林秀瑛"}).created[0]
    sync_once(window.desk)
    sync_once(window.desk)
    page = inbox(window)
    assert page.detail._title.text() == "是不是同一个人？"
    cards = [card.text.text() for card in page.detail._shown_cards]
    assert cards[0] == "不是同一个，两条都留着"
    assert cards[1].startswith("和“林")
    assert cards[1].endswith("”是同一个")
    assert "秀英" not in cards[1]
    assert OWN not in page.detail._choices
    assert not page.detail._base.isVisible()
    page.list.setFocus()
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Space)
    page.detail._reason.setPlainText("户口簿已核对")
    to_the_decision(window, page)
    window.press(Qt.Key.Key_Space)
    assert "已决定" in window.toast()
    sync(window)
    with window.desk.store.reader() as session:
        assert session.get_one(Person, mine).duplicate_of is not None
