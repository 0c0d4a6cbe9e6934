"""The board of who is on duty (2+N): it follows the clock and what arrives from other desks, and reads no more than that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.sync.offices import trust
from tests.ui.pages.driver import STATION, Driver
from tests.ui.pages.test_patrol import patrol
from zzdesk.clock import OFFICE_TIME, FixedClock
from zzdesk.desk.session import Desk
from zzdesk.patrol import commands, queries

GRID = "西桥第一网格"


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, second, tzinfo=OFFICE_TIME)


def duty(name: str, start: int, end: int) -> dict[str, Any]:
    window = {"starts_at": at(start).isoformat(), "ends_at": at(end).isoformat()}
    return {"grid": GRID, "slot": "grid-worker-a", "name": name, **window}


def test_the_board_follows_the_clock_and_asks_only_when_somebody_changes(
    window: Driver, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.set(at(8, 30))
    for each in (duty("林小明", 8, 12), duty("陈小燕", 12, 18)):
        window.desk.write(commands.register_plain, "duty", each)
    window.desk.write(commands.take_call, {"grid": GRID, "what": "三楼漏水"})
    shown = patrol(window, "callout")
    assert "林*明" in shown.duty.people.text()
    assert shown.line(shown.model.row(0)).detail.endswith("已过 0 分钟 · △ 等人到场")
    asked: list[str] = []
    read = window.window.runner.read

    def counted(query: Any, *arguments: Any, **more: Any) -> Any:
        asked.append(query.__name__)
        return read(query, *arguments, **more)

    monkeypatch.setattr(window.window.runner, "read", counted)
    clock.set(at(8, 41, 5))
    shown.look_at_clock()
    assert shown.line(shown.model.row(0)).detail.endswith("已过 11 分钟 · ▲ 超过10分钟没有到场")
    assert asked == []  # the words of a minute come out of what was read
    clock.set(at(12, 0, 1))
    shown.look_at_clock()
    window.settle()
    assert "陈*燕" in shown.duty.people.text()
    assert "林*明" not in shown.duty.people.text()
    assert sorted(asked) == ["next_change", "on_duty", "share"]
    clock.set(at(18, 0))
    shown.look_at_clock()
    window.settle()
    assert shown.duty.people.text() == "没有人排在现在，请到“值班”里排班。"
    assert window.desk.read(queries.next_change) is None


def test_what_another_desk_enters_stands_on_the_board_when_it_arrives(
    desk: Desk, open_window: Callable[[Desk], Driver], centre: ServerThread, other: Desk, clock: FixedClock
) -> None:
    enrol(desk, centre.url, centre.enrol_code(STATION))
    trust(other, desk)
    window = open_window(desk)
    shown = patrol(window, "callout")
    assert "没有人" in shown.duty.people.text()
    clock.set(at(8, 30))
    other.write(commands.register_plain, "duty", duty("林小明", 8, 12))
    other.write(commands.take_call, {"grid": GRID, "what": "三楼漏水"})
    sync_once(other)
    with window.qtbot.waitSignal(window.window.exchange.ended, timeout=20_000):
        window.window.exchange.sync_now()
    window.settle()
    assert "林*明" in shown.duty.people.text()
    assert [shown.model.row(0).what] == ["三楼漏水"]
