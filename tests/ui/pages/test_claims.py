"""Claiming a report in the window: never "yours" before the centre has said so, and the loser is told who was first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.ui.pages.driver import STATION, Driver
from tests.working import register
from zzdesk.clock import FixedClock
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk
from zzdesk.reports import commands as reports


@pytest.fixture
def joined(desk: Desk, centre: ServerThread, open_window: Callable[[Desk], Driver]) -> Driver:
    enrol(desk, centre.url, centre.enrol_code(STATION))
    sync_once(desk)
    return open_window(desk)


def opened(window: Driver, report: str) -> Any:
    """Show a report and return the line about its claim."""
    window.window.navigate("reports", report)
    window.settle()
    return window.window.shell.pages["reports"].records.detail.claim


def test_without_a_centre_a_claim_stays_an_intent(window: Driver) -> None:
    bar = opened(window, register(window.desk))
    assert bar.tag.accessibleName() == "○ 未认领"
    assert bar.buttons["claim"].isVisible()
    bar.buttons["claim"].setFocus()
    window.press(Qt.Key.Key_Space)
    assert bar.tag.accessibleName() == "◐ 待确认"
    assert "还不算您的" in bar.sentence.text()
    assert not bar.buttons["claim"].isVisible()
    assert bar.buttons["release"].isVisible()
    assert "由您承办" not in bar.accessibleName()


def test_with_a_line_the_centre_answers_at_once(joined: Driver) -> None:
    report = register(joined.desk)
    sync_once(joined.desk)
    bar = opened(joined, report)
    with joined.qtbot.waitSignal(joined.window.exchange.ended, timeout=20_000):
        bar.buttons["claim"].click()
    joined.settle()
    joined.qtbot.waitUntil(lambda: bar.tag.accessibleName() == "● 由您承办", timeout=10_000)
    page = joined.window.shell.pages["reports"]
    page.records.chips.choose("mine")
    joined.settle()
    assert [page.records.model.row(at).id for at in range(page.records.model.rowCount())] == [report]
    assert "● 由您承办" in page.records.line(page.records.model.row(0)).detail


def test_who_was_second_is_told_who_was_first(joined: Driver, other: Desk) -> None:
    report = register(joined.desk, "文庙门口石板松动")
    sync_once(joined.desk)
    sync_once(other)
    other.write(reports.claim, report)
    sync_once(other)
    bar = opened(joined, report)
    with joined.qtbot.waitSignal(joined.window.exchange.ended, timeout=20_000):
        bar.buttons["claim"].click()
    joined.settle()
    with joined.qtbot.waitSignal(joined.window.exchange.ended, timeout=20_000):
        joined.window.exchange.sync_now()
    joined.settle()
    assert bar.tag.accessibleName() == "● 由陈志明承办"
    news = joined.window.shell.pages["reports"].news
    joined.qtbot.waitUntil(news.isVisible, timeout=10_000)
    assert "文庙门口石板松动" in news.banner.accessibleName()
    assert "陈志明" in news.banner.accessibleName()
    news.read.click()
    joined.settle()
    assert not news.isVisible()


def test_reassigning_asks_whom_and_why(joined: Driver, clock: FixedClock) -> None:
    add_account(joined.desk, "huang", "黄丽", ["grid-worker"], "Lantern 2026 street")
    report = register(joined.desk)
    joined.desk.write(reports.claim, report)
    sync_once(joined.desk)
    bar = opened(joined, report)
    assert bar.buttons["take-over"].isVisible()
    bar.buttons["take-over"].click()
    joined.settle()
    detail = joined.window.shell.pages["reports"].records.detail
    form = detail.form
    names = {form.fields["claimed_by"].control.itemText(at) for at in range(form.fields["claimed_by"].control.count())}
    assert "黄丽" in names
    form.finish()
    assert form.fields["reason"].problem.isVisible()
    account = next(a for a, name in detail._loaded.colleagues.items() if name == "黄丽")
    form.set_values({"claimed_by": account, "reason": "请假"})
    clock.advance(60)
    with joined.qtbot.waitSignal(joined.window.exchange.ended, timeout=20_000):
        form.finish()
    joined.settle()
    joined.qtbot.waitUntil(lambda: bar.tag.accessibleName() == "● 由黄丽承办", timeout=10_000)
