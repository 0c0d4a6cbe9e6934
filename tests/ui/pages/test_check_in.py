"""Checking in at a point of a route in the real window: by code, by place, from a photo; who start together; the sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.ui.pages.driver import CTRL, Driver
from tests.ui.pages.test_patrol import patrol, volunteer
from tests.ui.test_slips import squeezed, text_of
from ui.printing.points import PointsSheet
from zzdesk.patrol import checkins, commands, queries

ROUTE = {"name": "古城线", "check_points": ["文庙@24.51190/117.65540", "东桥亭"]}


@pytest.fixture
def route(window: Driver) -> str:
    made: str = window.desk.write(commands.register_plain, "segment", ROUTE).created[0]
    return made


def started(window: Driver, route: str) -> tuple[Any, Any]:
    """A task on the route with one sign-up that stays an intent: its list and its only line."""
    who = volunteer(window)
    fields = {"title": "古城夜巡", "places": 1, "segment_id": route, "starts_at": window.desk.clock.now().isoformat(),
              "ends_at": "2026-11-23T20:00:00+08:00"}  # fmt: skip
    task = window.desk.write(commands.issue, fields).created[0]
    window.desk.write(commands.sign_up, {"task_id": task, "volunteer_id": who})
    shown = patrol(window)
    shown.open_record(task)
    window.settle()
    return shown, shown.detail.seats.model.row(0)


def line(shown: Any) -> str:
    return str(shown.detail.seats._line(shown.detail.seats.model.row(0)).detail)


def test_a_scanner_types_the_code(window: Driver, route: str) -> None:
    shown, seat = started(window, route)
    assert shown.detail.seats.actions(seat)[:2] == ["check-in", "check-at"]
    shown.detail.seats.perform(seat, "check-at")
    window.settle()
    form = shown.detail.form
    window.write_in(form, code="AAAA-AAAA", reason="first night")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(queries.seats, seat.task_id)[0].state == "asked"
    form.fields["code"].control.clear()
    window.write_in(form, code=checkins.code_of(route, "东桥亭").lower())
    window.press(Qt.Key.Key_Return, CTRL)
    assert "扫码：东桥亭" in line(shown)


def test_a_place_is_measured_before_it_is_kept_and_too_far_takes_a_reason(
    window: Driver, route: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, seat = started(window, route)
    shown.detail.seats.perform(seat, "check-at")
    window.settle()
    form = shown.detail.form
    window.write_in(form, latitude="24.5160", longitude="117.6554")
    assert form.told.text().startswith("▲ 离“文庙”约 456 米，超过 100 米")
    photo = tmp_path / "here.jpg"
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (24.0, 30.0, 44.0), 3: "E", 4: (117.0, 39.0, 19.44)})
    Image.new("RGB", (8, 8)).save(photo, exif=exif)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(photo), ""))
    form.photo.click()
    window.settle()
    assert form.told.text() == "● 离“文庙”约 36 米，在 100 米以内"
    window.write_in(form, reason="no place yet")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "定位：离文庙 36 米" in line(shown)
    with window.desk.store.reader() as session:
        kept = session.query(queries.SignUp).one()
        assert (kept.check_way, kept.check_source, kept.reason) == ("gps", "photo", "no place yet")


def test_several_start_a_patrol_together(window: Driver) -> None:
    for n, name in enumerate(("林志强", "陈小燕", "黄明")):
        volunteer(window, name, f"1391234000{n}")
    shown = patrol(window)
    window.window.shell.pages["patrol"]._start_button.click()
    window.settle()
    form = shown._start.form
    window.pick(form, "volunteer", "lzq")
    for initials in ("cxy", "hm", "cxy"):
        window.pick(form, "together", initials)
    together = form.fields["together"].control
    assert [button.text() for button in together.buttons.values()] == ["陈*燕 ×", "黄* ×"]
    window.press(Qt.Key.Key_Return, CTRL)
    task = window.desk.read(queries.list_tasks).rows[0]
    seats = window.desk.read(queries.seats, task.id)
    assert (task.places, [seat.state for seat in seats]) == (3, ["present"] * 3)


def test_the_codes_of_a_route_are_seen_and_kept_as_a_sheet(
    window: Driver, route: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = patrol(window, "segment")
    shown.open_record(route)
    window.settle()
    target = tmp_path / "codes.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def keep(sheet: Any) -> None:
        assert isinstance(sheet, PointsSheet)
        window.qtbot.waitUntil(lambda: bool(sheet.pages), timeout=20_000)
        assert len(sheet.pages) == 1
        sheet.save()
        window.qtbot.waitUntil(target.exists, timeout=20_000)

    def ask() -> None:
        shown.detail.start("codes")
        window.settle()

    window.answer(keep, ask)
    said = squeezed(text_of(target))
    for wanted in ("巡逻签到码", "文庙", "东桥亭", checkins.code_of(route, "文庙"), "林美珍打印"):
        assert wanted in said, wanted
    assert "24.5119" not in said
    assert QApplication.activeModalWidget() is None
