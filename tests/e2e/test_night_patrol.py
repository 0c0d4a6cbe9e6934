"""Scenario D09 in the real window over a real exchange: claims made offline, the leader's list, points, a certificate.

One person's window (林美珍, who leads), and two more desks of the station. That two *stations* give the last piece of a
shared stock away is shown with the desks alone, in ``tests/sync/test_shared_stock.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.e2e.test_window_sync import activate, reconcile
from tests.sync.offices import trust
from tests.sync.test_patrol import TELLS_OF_WINNING
from tests.ui.pages.driver import CTRL, NOISE, PASSWORD, STATION, Driver
from tests.ui.pages.test_patrol import patrol
from tests.ui.pages.test_reports import facts
from zzdesk.clock import OFFICE_TIME, FixedClock
from zzdesk.desk.session import Desk, create_home
from zzdesk.patrol import commands, queries
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]
AHEAD = timedelta(minutes=7)
PEOPLE = (("陈阿水", "cas"), ("林志强", "lzq"), ("黄美玲", "hml"))
"""Who signs up at A, B and C, and the initials by which each is found."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment in May 2026, in the offices' time."""
    return datetime(2026, 5, day, hour, minute, tzinfo=OFFICE_TIME)


class Station(NamedTuple):
    """The window of A with its clock, which is everybody's but C's, and the desks of B and C."""

    window: Driver
    b: Desk
    c: Desk
    clock: FixedClock
    fast: FixedClock

    def be(self, moment: datetime) -> None:
        """Let it be a moment at every desk; C's clock is seven minutes ahead."""
        self.clock.set(moment)
        self.fast.set(moment + AHEAD)

    def meet(self) -> None:
        """Reach the centre in the order A, B, C; and A once more, who hears what came after."""
        reconcile(self.window)
        sync_once(self.b)
        sync_once(self.c)
        reconcile(self.window)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(at(8, 9))


@pytest.fixture
def station(tmp_path: Path, qtbot: QtBot, qapp: QApplication, clock: FixedClock) -> Iterator[Station]:
    fast = FixedClock(at(8, 9) + AHEAD, salt=7)
    with ServerThread(tmp_path / "centre", clock=clock) as centre:
        names = (("lin", "林美珍", clock), ("chen", "陈建国", clock), ("wu", "吴小燕", fast))
        desks = []
        for login, name, its in names:
            desk, _ = create_home(tmp_path / login, STATION, login, PASSWORD, its, True, display_name=name, cost=TEST_COST)
            enrol(desk, centre.url, centre.enrol_code(STATION))
            sync_once(desk)
            desks.append(desk)
        a, b, c = desks
        trust(a, b)
        trust(a, c)
        window = Driver(qtbot, qapp, a)
        try:
            yield Station(window, b, c, clock, fast)
        finally:
            window.close()
            b.close()
            c.close()


def lines(window: Driver, shown: Any) -> list[str]:
    """Return what the side list of the record on the screen says, line by line."""
    side = getattr(shown.detail, "seats", None) or shown.detail.exchanges
    window.settle()
    found = [side._line(side.model.row(side.model.index(at, 0))) for at in range(side.model.rowCount())]
    return [f"{line.title} | {line.detail} | {line.tag.text if line.tag else ''}" for line in found]


def line_of(window: Driver, shown: Any, name: str) -> str:
    (found,) = [line for line in lines(window, shown) if line.startswith(name)]
    return found


def press_for(window: Driver, shown: Any, row: int, button: str, reason: str | None = None) -> None:
    """Choose a line of the leader's list and press one of its buttons; write the reason that is asked for."""
    activate(window)
    seats = shown.detail.seats
    seats.list.setCurrentIndex(seats.model.index(row, 0))
    window.settle()
    press(window, seats, button)
    if reason is not None:
        window.type(reason)
        window.press(Qt.Key.Key_Return, CTRL)
    assert shown.detail.form is None


def press(window: Driver, inside: Any, text: str) -> None:
    """Press a button by what it says."""
    (found,) = [each for each in inside.findChildren(QPushButton) if each.isVisible() and each.text() == text]
    found.setFocus()
    window.press(Qt.Key.Key_Space)


def opened(window: Driver, kind: str, record: str) -> Any:
    """Go to a record of the patrols' page; return its list."""
    activate(window)
    shown = patrol(window, kind)
    shown.open_record(record)
    window.settle()
    shown.detail.reload()
    window.settle()
    return shown


def asks(window: Driver, shown: Any, initials: str) -> None:
    """Find somebody by the initials and take them: into a task, or as who gets a reward."""
    activate(window)
    side = getattr(shown.detail, "seats", None) or shown.detail.exchanges
    side.picker.setFocus()
    window.type(initials)
    window.press(Qt.Key.Key_Return)


def said(window: Driver) -> str:
    """Return everything that is to be read on the window now."""
    return "\n".join(label.text() for label in window.window.findChildren(QLabel) if label.isVisible())


def new(window: Driver, kind: str) -> Any:
    """Press the button that makes something new of a kind; return its list and the form."""
    activate(window)
    shown = patrol(window, kind)
    window.window.shell.pages["patrol"]._new_button.setFocus()
    window.press(Qt.Key.Key_Space)
    return shown, shown.pane.form


def published(window: Driver, title: str, start: datetime, end: datetime) -> str:
    """Publish a task with the keyboard."""
    shown, form = new(window, "task")
    window.write_in(form, title=title)
    for name, moment in (("starts_at", start), ("ends_at", end)):
        form.fields[name].set_value(moment.isoformat())
    window.choose(form, "issuer_kind", "police")
    window.write_in(form, issuer="西桥派出所")
    window.press(Qt.Key.Key_Return, CTRL)
    return str(shown.current)


def test_claims_shifts_and_points(station: Station, tmp_path: Path) -> None:
    window = station.window
    people = [
        window.desk.write(commands.register_volunteer, {"name": name, "identity_number": number}).created[0]
        for (name, _), number in zip(PEOPLE, (None, "350602197506153336", None), strict=True)
    ]
    night = published(window, "古城夜巡", at(8, 19, 30), at(8, 21, 30))
    station.meet()
    three_ask_while_offline(station, night, people)
    who_reached_the_centre_first_has_a_place(station, night)
    an_overlapping_task_takes_a_supervisor(station)
    a_place_that_becomes_free_goes_to_who_waits(station, night, people)
    who_forgot_to_leave_is_counted_to_the_end(station, night)
    ten_points_each(station, night, people)
    the_last_umbrella_goes_once(station, people)
    the_certificate_says_number_and_hours(station, people[1], tmp_path / "证明.pdf")


def three_ask_while_offline(station: Station, night: str, people: list[str]) -> None:
    """A at 10:01, B at 10:02; C's clock says 09:59, and goes seven minutes fast."""
    window = station.window
    station.be(at(8, 9, 52))
    station.c.write(commands.sign_up, {"task_id": night, "volunteer_id": people[2]})
    station.be(at(8, 10, 1))
    shown = opened(window, "task", night)
    asks(window, shown, "cas")
    assert "已申请，联网后确认" in line_of(window, shown, "陈*水")
    assert "已申请，联网后确认" in window.toast()
    assert not TELLS_OF_WINNING.search(said(window) + "".join(lines(window, shown)))
    station.be(at(8, 10, 2))
    station.b.write(commands.sign_up, {"task_id": night, "volunteer_id": people[1]})
    for desk, who in ((station.b, people[1]), (station.c, people[2])):
        assert [row.standing for row in desk.read(queries.seats, night) if row.volunteer_id == who] == [None]


def who_reached_the_centre_first_has_a_place(station: Station, night: str) -> None:
    """The order of first contact decides; how far C's clock was off stands beside it."""
    window = station.window
    station.be(at(8, 10, 5))
    station.meet()
    shown = opened(window, "task", night)
    assert "第 1 个名额" in line_of(window, shown, "陈*水")
    assert "第 2 个名额" in line_of(window, shown, "林*强")
    waits = line_of(window, shown, "黄*玲")
    assert "候补第 1 位" in waits
    assert "时钟快 7 分钟，不影响先后" in waits
    assert shown.news.isVisible()
    assert "陈*水在“古城夜巡”的名额已由中心确认" in shown.news.banner.accessibleName()
    assert [row.asked_at for row in window.desk.read(queries.seats, night)] == [at(8, 10, 1), at(8, 10, 2), at(8, 9, 59)]


def an_overlapping_task_takes_a_supervisor(station: Station) -> None:
    window = station.window
    other = published(window, "文庙守护", at(8, 21), at(8, 22))
    shown = opened(window, "task", other)
    asks(window, shown, "cas")
    reconcile(window)
    shown = opened(window, "task", other)
    refused = line_of(window, shown, "陈*水")
    assert "古城夜巡" in refused
    assert "时间与另一项任务冲突" in refused
    press_for(window, shown, 0, "准许参加", "人手不够，两处相邻")
    reconcile(window)
    shown = opened(window, "task", other)
    assert "第 1 个名额" in line_of(window, shown, "陈*水")


def a_place_that_becomes_free_goes_to_who_waits(station: Station, night: str, people: list[str]) -> None:
    """Three hours before the beginning A gives the place back; C is told at the next exchange."""
    window = station.window
    station.be(at(8, 16, 30))
    shown = opened(window, "task", night)
    press_for(window, shown, 0, "退出", "家里有事")
    station.meet()
    (told,) = station.c.read(queries.news)
    assert (told.standing, told.volunteer, told.task) == ("granted", "黄*玲", "古城夜巡")
    shown = opened(window, "task", night)
    assert "第 2 个名额" in line_of(window, shown, "黄*玲")
    assert [row.state for row in window.desk.read(queries.seats, night) if row.volunteer_id == people[0]] == ["withdrawn"]


def who_forgot_to_leave_is_counted_to_the_end(station: Station, night: str) -> None:
    """Ticked as there at 19:30, closed at 21:30 the next morning: two hours and not thirteen."""
    window = station.window
    station.be(at(8, 19, 30))
    shown = opened(window, "task", night)
    for row in (0, 1):
        press_for(window, shown, row, "签到")
    station.be(at(8, 21, 30))
    press_for(window, shown, 1, "签退")
    assert "计 2.0 小时" in line_of(window, shown, "黄*玲")
    station.be(at(9, 8, 30))
    shown.refresh()
    window.settle()
    assert "还有 1 人没有签退：林*强" in shown.forgotten.banner.accessibleName()
    shown.forgotten.close_button.setFocus()
    window.press(Qt.Key.Key_Space)
    shown = opened(window, "task", night)
    counted = line_of(window, shown, "林*强")
    assert "21:30" in counted
    assert "计 2.0 小时" in counted
    assert "忘记签退，按计划结束时间计" in counted


def ten_points_each(station: Station, night: str, people: list[str]) -> None:
    """Who submits does not verify: that is the colleague's, at another desk."""
    window = station.window
    shown = opened(window, "task", night)
    assert shown.detail.head.main.text() == "提交核验"
    shown.detail.head.main.setFocus()
    window.press(Qt.Key.Key_Space)
    station.meet()
    for action in ("verify", "score"):
        station.b.write(commands.act_task, night, action, {})
    sync_once(station.b)
    station.meet()
    shown = opened(window, "volunteer", people[1])
    about = facts(shown.detail)
    assert (about["服务时长"], about["可用积分"]) == ("2.0 小时（已核验）", "10")
    assert [window.desk.read(queries.points_of, who) for who in people] == [0, 10, 10]


def the_last_umbrella_goes_once(station: Station, people: list[str]) -> None:
    """Two counters give the last piece away, both offline; who reaches the centre second gets the points back."""
    window = station.window
    shown, form = new(window, "reward")
    window.write_in(form, name="雨伞", price="5", received="1")
    window.press(Qt.Key.Key_Return, CTRL)
    umbrella = str(shown.current)
    station.meet()
    station.c.write(commands.redeem, {"reward_id": umbrella, "volunteer_id": people[2]})
    shown = opened(window, "reward", umbrella)
    asks(window, shown, "lzq")
    assert "已申请，联网后确认" in line_of(window, shown, "林*强")
    assert window.desk.read(queries.points_of, people[1]) == 5
    sync_once(station.c)
    station.meet()
    shown = opened(window, "reward", umbrella)
    assert "缺货退分" in line_of(window, shown, "林*强")
    assert "缺货" not in line_of(window, shown, "黄*玲")
    for desk in (window.desk, station.c):
        assert [desk.read(queries.points_of, who) for who in people] == [0, 10, 5]
        assert desk.read(queries.list_plain, "reward").rows[0].text == "5/0"


def the_certificate_says_number_and_hours(station: Station, who: str, target: Path) -> None:
    window = station.window
    shown, form = new(window, "certificate")
    window.pick(form, "volunteer_id", "lzq")
    window.write_in(form, issuer="西桥社区居民委员会", contact="0596-2020123", responsible="庄晓燕")
    window.press(Qt.Key.Key_Return, CTRL)
    (row,) = window.desk.read(queries.list_certificates).rows
    assert row.minutes == 120
    shown.detail.print_to(str(target))
    window.settle()
    number = f"志证2026-{STATION}-0001"
    paper = "".join("".join(page.extract_text() for page in PdfReader(target).pages).split())
    for wanted in (number, "2.0小时", "350602197506153336"):
        assert wanted in paper
    station.meet()
    assert [sync_once(desk).pushed for desk in (window.desk, station.b, station.c)] == [0, 0, 0]
