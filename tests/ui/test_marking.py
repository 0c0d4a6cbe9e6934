"""Marking several entries: by keyboard and mouse, outliving a reload, and by the rules of Qt."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from tests.ui.test_paging import Row, Source
from ui.models.marking import MarkingModel
from ui.models.paging import Line
from ui.widgets.marking import MarkingList

CTRL, SHIFT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def source(qtbot: QtBot) -> Source:
    return Source(8)


@pytest.fixture
def marks(source: Source) -> MarkingModel:
    model = MarkingModel((), source.fetch, lambda row: Line(row.title, row.id))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.refresh()
    return model


@pytest.fixture
def shown(marks: MarkingModel, qtbot: QtBot) -> MarkingList:
    view = MarkingList(marks)
    qtbot.addWidget(view)
    view.resize(400, 640)
    with qtbot.waitExposed(view):
        view.show()
    view.setCurrentIndex(marks.index(0, 0))
    return view


def ids(marks: MarkingModel) -> list[str]:
    return [record_id[-1] for record_id in marks.marked]


def test_space_marks_and_walking_on_leaves_the_marks(marks: MarkingModel, shown: MarkingList) -> None:
    said: list[int] = []
    marks.marks_changed.connect(said.append)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(shown, key)
    assert ids(marks) == ["0", "2"]
    assert shown.currentIndex().row() == 2
    QTest.keyClick(shown, Qt.Key.Key_Space)
    assert (ids(marks), said) == (["0"], [1, 2, 1])


def test_shift_and_arrows_mark_what_they_pass(marks: MarkingModel, shown: MarkingList) -> None:
    for _ in range(2):
        QTest.keyClick(shown, Qt.Key.Key_Down, SHIFT)
    assert ids(marks) == ["0", "1", "2"]
    QTest.keyClick(shown, Qt.Key.Key_Up, SHIFT)
    assert shown.currentIndex().row() == 1


def test_all_of_what_is_loaded_and_none(marks: MarkingModel, shown: MarkingList) -> None:
    QTest.keyClick(shown, Qt.Key.Key_A, CTRL)
    assert len(marks.marked) == 8
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not marks.marked


def place(shown: MarkingList, at: int, x: int = 200) -> QPoint:
    return QPoint(x, shown.visualRect(shown.model().index(at, 0)).center().y())


def test_the_box_ctrl_and_shift_mark_and_a_plain_press_opens(marks: MarkingModel, shown: MarkingList) -> None:
    opened: list[Any] = []
    shown.opened.connect(opened.append)
    area = shown.viewport()
    QTest.mouseClick(area, LEFT, NONE, place(shown, 1, 20))
    QTest.mouseClick(area, LEFT, CTRL, place(shown, 3))
    assert (ids(marks), opened, shown.currentIndex().row()) == (["1", "3"], [], 0)
    QTest.mouseClick(area, LEFT, SHIFT, place(shown, 5))
    assert ids(marks) == ["1", "3", "4", "5"]
    QTest.mouseClick(area, LEFT, CTRL, place(shown, 3))
    assert ids(marks) == ["1", "4", "5"]
    QTest.mouseClick(area, LEFT, NONE, place(shown, 6))
    assert [row.id for row in opened] == ["r00006"]
    assert ids(marks) == ["1", "4", "5"]


def test_marks_outlive_a_reload_and_can_be_thinned(marks: MarkingModel, source: Source) -> None:
    marks.mark((0, 2, 4))
    source.rows = [Row("r00009", "新来的"), *source.rows[1:]]
    marks.refresh()
    assert ids(marks) == ["0", "2", "4"]
    marks.mark_only(["r00004", "gone"])
    assert ids(marks) == ["4"]
    assert marks.data(marks.index(4, 0), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


def test_a_screen_reader_marks_by_the_model(marks: MarkingModel) -> None:
    first = marks.index(0, 0)
    assert marks.flags(first) & Qt.ItemFlag.ItemIsUserCheckable
    assert marks.setData(first, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert marks.setData(first, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert ids(marks) == ["0"]
    assert not marks.setData(first, "x")


def test_the_box_is_drawn_and_filled(marks: MarkingModel, shown: MarkingList) -> None:
    before = shown.grab().toImage()
    marks.toggle(0)
    after = shown.grab().toImage()
    assert before != after
