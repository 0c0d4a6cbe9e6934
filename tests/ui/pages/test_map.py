"""The map in the real window: pressed, walked by keyboard, filtered, in both themes and languages, with and without grids."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.pages.driver import Driver
from tests.ui.pages.test_pages import focusable, said, texts
from tests.watchdog import Watchdog
from tests.zzdesk.places.test_grids import collection, feature
from ui.pages.map.camera import Camera, round_length
from ui.pages.map.marks import GROUPS, group_of, shape_path, short_count
from ui.theme import tokens_now
from zzdesk.clock import OFFICE_TIME, FixedClock
from zzdesk.desk.atlas import CITY, Cluster
from zzdesk.desk.session import Desk
from zzdesk.places import grids
from zzdesk.reports import commands
from zzdesk.reports.workflow import TRANSITIONS
from zzdesk.store.unit import ChangeSet, UnitOfWork

TEMPLE, LAMP = ("117.6554", "24.5119"), ("117.6420", "24.5060")


def register(desk: Desk, title: str, at: tuple[str, str] = TEMPLE, **fields: Any) -> str:
    values = {"title": title, "category": "road", "longitude": at[0], "latitude": at[1], **fields}
    return desk.write(commands.register, values).created[0]


def many(work: UnitOfWork, first: int, count: int) -> ChangeSet:
    for n in range(first, first + count):
        place = {"longitude": f"{117.60 + n % 50 * 0.002:.4f}", "latitude": f"{24.47 + n // 50 * 0.002:.4f}"}
        commands.add(work, {"title": f"第{n}件", "category": "road", **place})
    return work.commit()


@pytest.fixture
def page(desk: Desk, window: Driver, clock: FixedClock) -> Any:
    """The map with two reports at two places, the older one three weeks old."""
    register(desk, "路灯不亮", LAMP, category="lighting")
    clock.advance(timedelta(days=20).total_seconds())
    register(desk, "石板松动")
    return window.page("map")


def press(window: Driver, view: Any, at: QPointF) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at.toPoint())
    window.settle()


def id_of(page: Any, title: str) -> str:
    return next(spot.id for spot in page.view.shown.spots if spot.title == title)


def opened(window: Driver) -> str:
    assert window.window.shell.current == "reports"
    return str(window.window.shell.pages["reports"].records.current)


def test_a_press_on_a_mark_opens_its_report(page: Any, window: Driver) -> None:
    lamp = id_of(page, "路灯不亮")
    press(window, page.view, page.view.place_of(lamp))
    assert opened(window) == lamp


def test_the_list_says_how_each_stands_to_its_deadline_by_shape_and_word(
    window: Driver, desk: Desk, clock: FixedClock
) -> None:
    clock.set(datetime(2026, 2, 13, 16, 40, tzinfo=OFFICE_TIME))
    for title, limit in (("夜间施工", "2"), ("路灯不亮", "5"), ("石板松动", "10")):
        register(desk, title, due_rule=limit)
    clock.set(datetime(2026, 2, 26, 9, tzinfo=OFFICE_TIME))
    page = window.page("map")
    told = {spot.title: page._line(spot) for spot in page.view.shown.spots}
    assert {title: line.mark.text for title, line in told.items()} == {
        "夜间施工": "▲ 已过期", "路灯不亮": "△ 将到期", "石板松动": "□ 正常"}
    assert "3 到 14 天" in told["路灯不亮"].detail
    assert "▲ 已过期" in page.say(next(spot for spot in page.view.shown.spots if spot.title == "夜间施工"))


def test_a_press_beside_every_mark_opens_nothing(page: Any, window: Driver) -> None:
    press(window, page.view, page.view.place_of(id_of(page, "路灯不亮")) + QPointF(60, 60))
    assert window.window.shell.current == "map"


def test_of_reports_on_one_spot_the_person_says_which(page: Any, window: Driver, desk: Desk) -> None:
    second = register(desk, "又一块石板 & 坑")
    page.refresh()
    window.settle()
    press(window, page.view, page.view.place_of(second))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    said_there = [action.text().split(" · ")[0] for action in menu.actions()]
    assert sorted(said_there) == sorted(["石板松动", "又一块石板 && 坑"])
    menu.actions()[said_there.index("又一块石板 && 坑")].trigger()
    menu.close()
    window.settle()
    assert opened(window) == second


def test_tab_walks_the_reports_enter_opens_and_the_list_follows(page: Any, window: Driver) -> None:
    page._city.setFocus()
    while QApplication.focusWidget() is not page.view:
        window.press(Qt.Key.Key_Tab)
    assert page.view.current == ""
    assert page.view.accessibleName() == "图上 2 件"
    window.press(Qt.Key.Key_Tab)
    assert page.view.mark().title == "石板松动"
    assert page.view.accessibleName().startswith("石板松动 · 已登记 · □ 正常 · 3 天以内")
    assert page.list.currentIndex().row() == 0
    window.press(Qt.Key.Key_Tab)
    assert page.view.mark().title == "路灯不亮"
    assert "14 天以上" in page.view.accessibleName()
    assert page.list.currentIndex().row() == 1
    window.press(Qt.Key.Key_Backtab)
    assert page.view.mark().title == "石板松动"
    window.press(Qt.Key.Key_Return)
    assert opened(window) == id_of(page, "石板松动")


def test_after_the_last_report_tab_leaves_the_map_and_esc_goes_to_the_list(page: Any, window: Driver) -> None:
    page.view.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        window.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not page.view
    page.view.setFocus(Qt.FocusReason.TabFocusReason)
    window.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.list


def test_the_list_says_the_same_and_opens_the_same(page: Any, window: Driver) -> None:
    assert [page.model.row(at).title for at in range(page.model.rowCount())] == ["石板松动", "路灯不亮"]
    said_there = page.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "路灯不亮" in said_there
    assert "芗城区" in said_there
    assert "14 天以上" in said_there
    page.list.setFocus()
    page.list.setCurrentIndex(page.model.index(1, 0))
    window.settle()
    assert page.view.mark().title == "路灯不亮"
    window.press(Qt.Key.Key_Return)
    assert opened(window) == id_of(page, "路灯不亮")


def test_keys_move_and_zoom_and_come_back(page: Any, window: Driver) -> None:
    view = page.view
    view.setFocus()
    whole = view.box()
    window.press(Qt.Key.Key_Plus)
    near = view.box()
    assert near.east - near.west < whole.east - whole.west
    window.press(Qt.Key.Key_Right)
    window.press(Qt.Key.Key_Down)
    assert view.box().west > near.west
    assert view.box().south < near.south
    window.press(Qt.Key.Key_0)
    assert view.box() == whole
    window.press(Qt.Key.Key_Minus)
    assert view.box().east - view.box().west > whole.east - whole.west


def test_dragging_takes_the_map_along_and_opens_nothing(page: Any, window: Driver) -> None:
    view = page.view
    lamp = id_of(page, "路灯不亮")
    start = view.place_of(lamp)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start.toPoint())
    for step in (20, 40, 60):
        QTest.mouseMove(view, start.toPoint() + QPoint(step, step))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start.toPoint() + QPoint(60, 60))
    window.settle()
    assert window.window.shell.current == "map"
    assert (view.place_of(lamp) - start).x() == pytest.approx(60, abs=1)


def test_the_wheel_zooms_where_the_pointer_is(page: Any, window: Driver) -> None:
    view, lamp = page.view, id_of(page, "路灯不亮")
    before, at = view.camera.scale, view.place_of(lamp)
    event = QWheelEvent(at, view.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view, event)
    window.settle()
    assert view.camera.scale < before
    assert (view.place_of(lamp) - at).manhattanLength() < 1


def test_filters_by_state_and_age(page: Any, window: Driver, desk: Desk) -> None:
    desk.write(commands.act, id_of(page, "石板松动"), "accept", {}, None)
    other = {"referred_to": "other", "referred_target": "区城管局"}
    desk.write(commands.act, id_of(page, "路灯不亮"), "refer", other, "不归本站管")
    page.refresh()
    window.settle()
    shown = {}
    for chip in ("open", *GROUPS):
        page.chips.choose(chip)
        window.settle()
        shown[chip] = [spot.title for spot in page.view.shown.spots]
    assert shown == {"open": ["石板松动"], "todo": ["石板松动"], "doing": [], "answer": [], "paused": [], "ended": ["路灯不亮"]}
    page.ages.choose("fresh")
    window.settle()
    assert page.view.shown.spots == ()
    assert page.list_stack.currentWidget() is page.list_stack.notice
    page.ages.choose("old")
    window.settle()
    assert [spot.title for spot in page.view.shown.spots] == ["路灯不亮"]


def test_a_new_report_appears_without_asking(page: Any, window: Driver) -> None:
    new = {"title": "新的", "category": "road", "longitude": "117.65", "latitude": "24.51"}
    window.window.runner.write(commands.register, new)
    window.settle()
    assert id_of(page, "新的")


@pytest.mark.qt_log_ignore("endPaint")  # the watchdog looks at frames while they paint
def test_thousands_become_clusters_that_come_nearer_and_never_hold_the_main_thread(
    window: Driver, desk: Desk, watchdog: Watchdog
) -> None:
    for first in range(0, 2_200, 200):
        desk.write(many, first, 200)
    page = window.page("map")
    page.view.fit(page.atlas.home)
    window.settle()
    view = page.view
    assert not view.shown.spots
    assert view.shown.count == 2_200
    assert page.count.text().startswith("图上 2,200 件，太多")
    watchdog.start()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    window.press(Qt.Key.Key_Tab)
    assert isinstance(view.mark(), Cluster)
    for _ in range(6):
        if view.shown.spots:
            break
        page._open(view.shown.clusters[0])
        window.settle()
    watchdog.stop()
    assert view.shown.spots
    assert window.window.shell.current == "map"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_themes_paint_ground_outlines_and_marks(page: Any, window: Driver, theme: str) -> None:
    window.window.context.set_theme(theme)
    page.view.fit(CITY)
    window.settle()
    picture = page.view.grab().toImage()
    tokens = tokens_now()
    assert tokens.name == theme
    colours = seen(picture)
    for role in ("page", "panel", "info", "disabled"):
        assert QColor(getattr(tokens, role)).rgb() in colours, role
    lamp = page.view.place_of(id_of(page, "路灯不亮")).toPoint()
    assert picture.pixelColor(lamp).name().upper() == tokens.info


def seen(picture: QImage) -> set[int]:
    return {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}


def test_states_differ_by_shape_and_every_state_has_one() -> None:
    assert {group_of(state) for state in TRANSITIONS.states} == set(GROUPS)
    assert {state for states in GROUPS.values() for state in states} == set(TRANSITIONS.states)
    outlines = [tuple((e.x, e.y) for e in map(shape_path(group).elementAt, range(shape_path(group).elementCount())))
                for group in GROUPS]  # fmt: skip
    assert len(set(outlines)) == len(GROUPS)
    assert all(shape_path(group).contains(QPointF(0, 0)) for group in GROUPS)


def test_grids_are_imported_in_the_window_drawn_and_named(page: Any, window: Driver, tmp_path: Path) -> None:
    assert "没有导入本站网格" in page.legend.note.text()
    source = tmp_path / "g.geojson"
    ring = [[117.65, 24.505], [117.66, 24.505], [117.66, 24.52], [117.65, 24.52], [117.65, 24.505]]
    source.write_bytes(collection(feature(rings=[ring])))
    page._importing.take(source, "gcj02")
    window.settle()
    assert [laid.name for laid in page.atlas.laid_grids] == ["文庙网格"]
    assert "本站网格：g.geojson，GCJ-02。" in page.legend.note.text()
    box = page.view.box()
    assert box.holds(117.65, 24.505)
    assert box.east - box.west < 0.1
    assert "文庙网格" in page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    actions = page._importing.menu_of_datums().actions()
    assert len([action for action in actions if not action.isSeparator()]) == 4
    page._importing.remove()
    window.settle()
    assert page.atlas.grids.shapes == ()


def test_a_wrong_file_is_told_with_its_feature_and_the_grids_stay(page: Any, window: Driver, tmp_path: Path) -> None:
    source = tmp_path / "g.geojson"
    source.write_bytes(collection(feature(), feature(code=None)))
    page._importing.take(source, "wgs84")
    window.settle()
    assert page.banner.isVisible()
    assert "第 2 个要素：没有编码" in page.banner.accessibleName()
    assert not window.desk.paths.grids.exists()


def test_damaged_grids_are_told_and_the_districts_stay(window: Driver, desk: Desk) -> None:
    desk.paths.grids.write_bytes(b"?")
    page = window.page("map")
    assert "已损坏，请重新导入" in page.banner.accessibleName()
    assert len(page.atlas.districts) == 11
    assert grids.WGS84 not in page.legend.note.text()


def test_an_error_is_told_with_a_way_on(page: Any, window: Driver) -> None:
    from zzdesk.errors import BusyError
    from zzdesk.i18n import N_

    page._failed(BusyError(N_("读不了网格的轮廓（grids.json），请检查文件的权限")))
    assert page.list_stack.currentWidget() is page.list_stack.notice
    page.list_stack.notice.button.click()
    window.settle()
    assert page.list_stack.currentWidget() is page.list
    page._no_map(BusyError(N_("读不了网格的轮廓（grids.json），请检查文件的权限")))
    assert page.map_stack.currentWidget() is page.map_stack.notice
    page.map_stack.notice.button.click()
    window.settle()
    assert page.map_stack.currentWidget() is page.map_stack.content


def test_the_note_says_what_the_map_is_and_every_datum(page: Any) -> None:
    note = page.legend.note.text()
    for words in ("示意图，仅供内部使用", "WGS-84", "未注明坐标系", "没有换算", "500 米"):
        assert words in note


def test_every_stop_has_a_name_and_english_is_english(page: Any, window: Driver) -> None:
    assert [widget for widget in focusable(page) if not said(widget)] == []
    window.window.context.set_language("en")
    window.settle()
    names = ("路灯不亮", "石板松动", "芗城区")
    left = [text for text in texts(page) if re.search("[\u4e00-\u9fff]", text) and not any(name in text for name in names)]
    assert left == []
    assert page.count.text() == "2 on the map"
    window.window.context.set_language("zh")
    window.settle()
    assert page.header.title.text() == "地图"


def test_the_camera_keeps_what_is_under_the_pointer_and_stops_at_its_ends() -> None:
    camera = Camera()
    camera.resize(400, 300)
    camera.fit(-1000, -1000, 1000, 500)
    assert camera.to_view(*camera.to_world(37, 211)) == pytest.approx((37, 211))
    under = camera.to_world(30, 40)
    camera.zoom(3, 30, 40)
    assert camera.to_world(30, 40) == pytest.approx(under)
    for _ in range(40):
        camera.zoom(4, 0, 0)
    finest = camera.scale
    camera.zoom(4, 0, 0)
    assert camera.scale == finest > 0


@pytest.mark.parametrize(("metres", "length"), [(0.3, 1), (1, 1), (9, 5), (19.9, 10), (20, 20), (4999, 2000), (12_000, 10_000)])
def test_the_bar_of_the_scale_is_a_round_length(metres: float, length: float) -> None:
    assert round_length(metres) == length


@pytest.mark.parametrize(("count", "text"), [(1, "1"), (999, "999"), (1_250, "1.2k"), (48_900, "48k")])
def test_counts_fit_into_their_circle(count: int, text: str) -> None:
    assert short_count(count) == text
