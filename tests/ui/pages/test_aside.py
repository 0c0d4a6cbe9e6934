"""What the centre has put aside, in the window: seen and decided by who may, calm without a network, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from msgspec.structs import replace as replace_struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.ui.pages.driver import STATION, Driver
from ui.labels import field_word
from ui.models.paging import Role
from ui.pages.sync.page import ASIDE
from zzdesk.accounts.commands import set_roles
from zzdesk.accounts.queries import display_names
from zzdesk.clock import FixedClock
from zzdesk.desk.queries import outbox
from zzdesk.desk.session import Desk
from zzdesk.reports import commands as reports
from zzdesk.reports import queries


@pytest.fixture
def window(desk: Desk, centre: ServerThread, open_window: Callable[[Desk], Driver]) -> Driver:
    enrol(desk, centre.url, centre.enrol_code(STATION))
    sync_once(desk)
    return open_window(desk)


@pytest.fixture
def report(window: Driver, other: Desk, clock: FixedClock) -> str:
    """A report whose change waits: its author was a clerk when it was made, and is one no more."""
    desk = window.desk
    made: str = desk.write(reports.register, {"title": "路灯不亮", "category": "lighting"}).created[0]
    for each in (desk, other):
        sync_once(each)
    clock.advance(60)
    other.write(reports.edit, made, {"title": "路灯坏了", "reporter_phone": "13805961234"})
    clock.advance(60)
    desk.write(set_roles, other.actor.account_id, ["mediator"])
    sync_once(desk)
    assert sync_once(other).rejected == 1
    return made


def aside(window: Driver) -> Any:
    page = window.page("sync")
    page.chips.choose(ASIDE)
    window.settle()
    return page


def test_who_what_when_where_and_why_are_said_and_it_takes_effect(
    window: Driver, other: Desk, report: str
) -> None:
    page = aside(window)
    (line,) = [page.model.index(at, 0).data(Role.LINE) for at in range(page.model.rowCount())]
    assert line.tag.text == "权限已收回"
    assert "路灯" in line.title
    view = page.waiting
    assert page._views.currentWidget() is view
    assert other.read(display_names, frozenset({other.actor.account_id}))[other.actor.account_id] in view._about.text()
    assert "做这件事时有权限" in view.why._label.text()
    shown = {each.name.text(): each.value.text() for each in view.facts._lines if not each.value.isHidden()}
    assert shown[field_word("report", "title")] == "路灯坏了（原来：路灯不亮）"
    assert "138****1234" in shown.values()
    window.answer_sheet("电话核实过")
    with window.qtbot.waitSignal(window.window.exchange.ended, timeout=30_000):
        view.release.click()
    window.settle()
    assert page.model.rowCount() == 0
    assert "没有等您决定的" in page._left.notice._title.text()
    assert window.desk.read(queries.detail, report).row.title == "路灯坏了"


def test_it_is_refused_by_keys_and_its_author_reads_why(window: Driver, other: Desk, report: str) -> None:
    page = aside(window)
    page.list.setFocus()
    window.press(Qt.Key.Key_Return)
    assert page.waiting.release.hasFocus()
    window.press(Qt.Key.Key_Tab)
    assert page.waiting.reject.hasFocus()
    window.answer_sheet("写错了地方")
    with window.qtbot.waitSignal(window.window.exchange.ended, timeout=30_000):
        window.press(Qt.Key.Key_Space)
    window.settle()
    sync_once(other)
    (row,) = other.read(outbox, ("parked",)).rows
    assert row.problem == "quarantine-rejected"
    assert window.desk.read(queries.detail, report).row.title == "路灯不亮"


def test_without_the_centre_it_is_said_that_nothing_is_lost(
    window: Driver, report: str, centre: ServerThread
) -> None:
    page = aside(window)
    window.answer_sheet("好")
    centre.stop()
    page.waiting.release.click()
    window.settle()
    assert "没有作出决定" in page.waiting.why._label.text()
    assert page.waiting.release.isEnabled()
    page.refresh()
    window.settle()
    assert "现在问不到中心" in page._left.notice._title.text()
    page.chips.choose("waiting")
    window.settle()
    assert page._left.notice._title.text() != "现在问不到中心"


def test_the_chip_is_for_who_may_decide(window: Driver) -> None:
    page = window.page("sync")
    assert ASIDE in page.chips._buttons
    facts = page.context.facts
    page.context.facts = replace(facts, actions=facts.actions - {"quarantine.decide"})
    page.refresh()
    window.settle()
    assert ASIDE not in page.chips._buttons
    page.open_target(ASIDE)
    assert page.chips.current != ASIDE


def test_every_button_has_a_name(window: Driver, report: str) -> None:
    page = aside(window)
    nameless = [b for b in page.findChildren(QAbstractButton) if b.isVisible() and not (b.text() or b.accessibleName())]
    assert nameless == []


def test_its_author_takes_it_back_and_may_change_or_drop_it(
    window: Driver, other: Desk, report: str, open_window: Callable[[Desk], Driver]
) -> None:
    author = open_window(other)
    page = author.page("sync")
    page.chips.choose("returned")
    author.settle()
    shown = page.detail.buttons
    assert [key for key in ("amend", "withdraw", "discard") if not shown[key].isHidden()] == ["withdraw"]
    author.answer_sheet("看错了灯")
    with author.qtbot.waitSignal(author.window.exchange.ended, timeout=30_000):
        shown["withdraw"].click()
    author.settle()
    assert "作者自己撤回了" in page.detail.why._label.text()
    assert [key for key in ("amend", "withdraw", "discard") if not shown[key].isHidden()] == ["amend", "discard"]
    assert aside(window).model.rowCount() == 0


def test_who_wrote_it_is_offered_to_take_it_back_and_not_to_let_it_through(window: Driver, report: str) -> None:
    page = aside(window)
    found = page.waiting.found
    page.waiting.show_waiting(replace_struct(found, own=True))
    assert page.waiting.release.isHidden()
    assert page.waiting.reject.text() == "撤回…"
    assert "要由另一位有权限的人决定" in page.waiting.why._label.text()
    page.waiting.show_waiting(replace_struct(found, own=True, alone=True))
    assert not page.waiting.release.isHidden()
    assert "只有您有权决定" in page.waiting.why._label.text()
