"""The page of the exchange over a real desk and a real centre: what waits, what came back and why, what may be done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from sync.client.enrol import enrol
from sync.client.transport import Patience
from sync.server import admin
from sync.server.run import ServerThread
from tests.faults.line import Kind, Line
from tests.refusing import refuse_titles
from tests.ui.pages.driver import STATION, Driver
from tests.working import register
from ui.models.paging import Role
from ui.pages.sync.amend import AmendSheet
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk

POISON = "毒"


@pytest.fixture
def centre(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerThread]:
    """A centre that refuses a certain title."""
    refuse_titles(monkeypatch, [POISON])
    with ServerThread(tmp_path / "centre", clock=clock) as running:
        yield running


@pytest.fixture
def joined(desk: Desk, centre: ServerThread, open_window: Callable[[Desk], Driver]) -> Driver:
    """The window of a desk that has joined the centre."""
    enrol(desk, centre.url, centre.enrol_code(STATION))
    return open_window(desk)


def reconcile(window: Driver) -> Any:
    """Press the main button of the page and return what came of it."""
    page = window.page("sync")
    with window.qtbot.waitSignal(window.window.exchange.ended, timeout=60_000) as ended:
        page._now.click()
    window.settle()
    return ended.args[0]


def tab_to(window: Driver, wanted: Any) -> None:
    """Press Tab until the cursor is there."""
    for _ in range(40):
        if QApplication.focusWidget() is wanted:
            return
        window.press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted}")


def written(page: Any) -> dict[str, str]:
    """What the detail says was written: field and value."""
    return {line.name.text(): line.value.text() for line in page.detail.facts._lines if not line.value.isHidden()}


def lines(page: Any) -> list[Any]:
    return [page.model.index(at, 0).data(Role.LINE) for at in range(page.model.rowCount())]


def test_what_waits_is_listed_with_what_was_written_and_why_it_waits(joined: Driver) -> None:
    register(joined.desk, reporter_phone="13805961234")
    page = joined.page("sync")
    (line,) = lines(page)[-1:]
    assert "路灯不亮" in line.title
    assert line.tag.text == "待送达"
    page.show_operation(page.model.row(page.model.rowCount() - 1).op_id)
    joined.settle()
    assert page.detail.operation.row.verb == "create"
    assert "不用做什么" in page.detail.why.accessibleName()
    assert written(page)["联系电话"] == "138****1234"
    assert not any(page.detail.buttons[key].isVisible() for key in ("amend", "retry", "discard"))


def test_an_account_is_told_in_words_and_without_its_key(joined: Driver) -> None:
    page = joined.page("sync")
    account = next(at for at in range(page.model.rowCount()) if page.model.row(at).kind == "account")
    page.show_operation(page.model.row(account).op_id)
    joined.settle()
    said = written(page)
    assert "站长" in said["角色"]
    assert not {"proof_key", "登记人"} & set(said)


def test_a_refused_one_says_why_and_what_to_do_and_is_corrected(joined: Driver, centre: ServerThread) -> None:
    register(joined.desk, POISON, reporter_phone="13805961234")
    outcome = reconcile(joined)
    assert outcome.rejected == 1
    page = joined.page("sync")
    page.chips.choose("returned")
    joined.settle()
    assert [line.tag.text for line in lines(page)] == ["被退回"]
    why = page.detail.why.accessibleName()
    assert "数值超出范围" in why
    assert "改好再送" in why
    assert "13805961234" not in why
    assert page.detail.buttons["amend"].property("kind") == "primary"

    def correct(sheet: Any) -> None:
        assert isinstance(sheet, AmendSheet)
        assert sheet.form.fields["title"].value() == POISON
        assert sheet.form.fields["reporter_phone"].value() is None
        assert "138****1234" in sheet.form.fields["reporter_phone"].help.text()
        sheet.form.fields["title"].set_value("路灯不亮")
        sheet.form.finish()

    joined.answer(correct, lambda: page.detail.buttons["amend"].click())
    assert joined.window.exchange.status.parked == 0
    assert reconcile(joined).rejected == 0
    page.chips.choose("settled")
    joined.settle()
    assert [line.tag.text for line in lines(page)] == ["已改过重送"]


def test_giving_up_takes_a_reason_and_keeps_what_was_written(joined: Driver) -> None:
    register(joined.desk, POISON)
    reconcile(joined)
    page = joined.page("sync")
    page.chips.choose("returned")
    joined.settle()

    def give_up(sheet: Any) -> None:
        assert not sheet.go.isEnabled()
        sheet.edit.setPlainText("重复登记")
        sheet.go.click()

    joined.answer(give_up, lambda: page.detail.buttons["discard"].click())
    assert page.model.rowCount() == 0
    page.chips.choose("settled")
    joined.settle()
    assert "重复登记" in page.detail.why.accessibleName()
    assert written(page)["事项"] == POISON


def test_it_all_works_by_keys(joined: Driver) -> None:
    register(joined.desk, POISON)
    reconcile(joined)
    joined.press(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    page = joined.window.shell.pages["sync"]
    tab_to(joined, page.chips._buttons["waiting"])
    joined.press(Qt.Key.Key_Right)
    joined.press(Qt.Key.Key_Space)
    assert page.chips.current == "returned"
    tab_to(joined, page.list)
    joined.press(Qt.Key.Key_Return)
    assert page.detail.buttons["amend"].hasFocus()


def test_every_button_of_the_page_has_a_name(joined: Driver) -> None:
    register(joined.desk, POISON)
    reconcile(joined)
    page = joined.page("sync")
    page.chips.choose("returned")
    joined.settle()
    nameless = [b for b in page.findChildren(QAbstractButton) if b.isVisible() and not (b.text() or b.accessibleName())]
    assert nameless == []
    assert page.list.accessibleName()
    assert all(card.accessibleName() for card in page.standing.cards.values())


@pytest.fixture
def line(centre: ServerThread) -> Iterator[Line]:
    """A line to the centre that can be broken."""
    made = Line(centre.url.removeprefix("http://"))
    yield made
    made.close()


def test_a_line_that_swallows_everything_is_said_to_be_stuck_and_can_be_stopped(
    desk: Desk, centre: ServerThread, line: Line, open_window: Callable[[Desk], Driver]
) -> None:
    enrol(desk, line.url, centre.enrol_code(STATION))
    window = open_window(desk)
    register(desk)
    page = window.page("sync")
    reconcile(window)
    exchange = window.window.exchange
    exchange._line._client.wire.patience = Patience(5.0, 3.0, 6.0)
    exchange.patience_s = 0.2
    exchange._watch.setInterval(20)
    line.become(Kind.BLACK_HOLE)
    register(desk, "文庙门口石板松动")
    with window.qtbot.waitSignal(exchange.ended, timeout=60_000) as ended:
        page._now.click()
        window.qtbot.waitUntil(lambda: exchange.stuck_since is not None, timeout=10_000)
        assert "没有任何进展" in page._banner.accessibleName()
        assert "停滞" in page.standing.cards["state"].accessibleName()
        assert "停滞" in window.window.shell.status._state.text()
        assert page._now.text() == "停下"
        page._now.click()
        assert exchange.stopping
        assert not page._now.isEnabled()
    window.settle()
    assert isinstance(ended.args[0], Exception)
    assert exchange.running is None
    assert exchange.stuck_since is None
    assert exchange.status.pending == 1
    line.become(Kind.GOOD)
    assert reconcile(window).pushed == 1


def test_without_a_centre_in_reach_it_is_calm_and_tells_the_next_step(joined: Driver, centre: ServerThread) -> None:
    reconcile(joined)
    centre.stop()
    register(joined.desk)
    reconcile(joined)
    page = joined.page("sync")
    last = page.standing.cards["last"].accessibleName()
    assert "现在连不上中心" in last
    assert "U 盘" in last
    assert "离线" in page.standing.cards["state"].accessibleName()


def test_the_export_is_masked_and_in_the_audit(
    joined: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(joined.desk, reporter_phone="13805961234")
    target = tmp_path / "out.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page = joined.page("sync")
    assert page._export.isVisible()
    page._export.click()
    joined.settle()
    rows = [json.loads(text) for text in target.read_text("utf-8").splitlines()]
    assert len(rows) == joined.window.exchange.status.pending
    assert "13805961234" not in target.read_text("utf-8")


def test_the_health_of_the_exchange_is_told(joined: Driver, clock: FixedClock) -> None:
    reconcile(joined)
    page = joined.page("sync")
    shown = {name: tag for name, tag in page.standing.health._tags.items() if not tag.isHidden()}
    assert {"clock", "space"} <= set(shown)
    assert "剩余空间" in shown["space"].accessibleName()
    assert "时钟与中心一致" in shown["clock"].accessibleName()


def test_the_centre_is_named_and_its_mode_is_said_in_words(
    joined: Driver, centre: ServerThread, tmp_path: Path, clock: FixedClock
) -> None:
    admin.rename(tmp_path / "centre", None, "芗城区中心")
    reconcile(joined)
    page = joined.page("sync")
    tags = page.standing.health._tags
    assert "芗城区中心" in page.standing.cards["state"].accessibleName()
    assert centre.url in page.standing.cards["state"].accessibleName()
    assert tags["mode"].accessibleName().startswith("中心正常")
    assert tags["login"].isHidden()
    admin.set_mode(tmp_path / "centre", None, "readonly")
    register(joined.desk)
    reconcile(joined)
    assert "暂时只能查看" in tags["mode"].accessibleName()
    assert joined.window.exchange.status.pending == 1
    for days, said in ((25, "离线登录还有"), (10, "离线登录已过期")):
        clock.advance(days * 86400)
        page.refresh()
        joined.settle()
        assert said in tags["login"].accessibleName()


def test_a_screenful_of_operations_is_paged(joined: Driver) -> None:
    for n in range(60):
        register(joined.desk, f"第 {n} 件")
    page = joined.page("sync")
    assert page.model.rowCount() == 50
    assert page.model.canFetchMore(page.model.index(-1, -1))
