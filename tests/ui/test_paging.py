"""The table model: reads page by page, keeps the selection, and obeys Qt's own rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ui.models.paging import PAGE_SIZE, Column, Line, PagingModel, Role
from ui.widgets.table import DataTable, LineList
from ui.widgets.tag import Tag, Tone
from zzdesk.errors import KnownError, OfflineError
from zzdesk.store.unit import Page


@dataclass(frozen=True)
class Row:
    id: str
    title: str


class Source:
    """Rows that are asked for by key; answers when told to, or at once."""

    def __init__(self, count: int) -> None:
        self.rows = [Row(f"r{n:05}", f"第 {n} 件") for n in range(count)]
        self.asked: list[tuple[Any, int]] = []
        self.error: KnownError | None = None
        self.held: list[Callable[[], None]] | None = None

    def fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
              on_error: Callable[[KnownError], None]) -> None:
        self.asked.append((after, limit))
        start = 0 if after is None else int(after) + 1
        rows = tuple(self.rows[start : start + limit])
        last = start + len(rows) - 1
        page = Page(rows, str(last) if last + 1 < len(self.rows) else None)
        answer = (lambda: on_error(self.error)) if self.error else (lambda: on_page(page))
        self.held.append(answer) if self.held is not None else answer()


def columns() -> list[Column]:
    return [
        Column("title", lambda: "标题", lambda row: row.title, stretch=True),
        Column("state", lambda: "状态", lambda row: "待核实", tag=lambda row: Tag("待核实", Tone.WARNING)),
        Column("number", lambda: "编号", lambda row: row.id, number=True),
    ]


@pytest.fixture
def source() -> Source:
    return Source(500)


@pytest.fixture
def model(source: Source, qtbot: QtBot) -> PagingModel:
    return PagingModel(columns(), source.fetch, lambda row: Line(row.title, row.id))


def test_it_obeys_the_rules_of_qt(source: Source, qtbot: QtBot) -> None:
    def later(after: Any, limit: int, on_page: Any, on_error: Any) -> None:
        QTimer.singleShot(0, lambda: source.fetch(after, limit, on_page, on_error))

    model = PagingModel(columns(), later, lambda row: Line(row.title, row.id))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tester.model() is model
    model.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == 500)  # the tester itself reads on
    source.rows = source.rows[:3]
    model.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == 3)
    model.retranslate()


def test_it_reads_one_screenful_at_a_time(model: PagingModel, source: Source) -> None:
    model.refresh()
    assert model.rowCount() == PAGE_SIZE
    model.fetchMore(QModelIndex())
    assert model.rowCount() == 2 * PAGE_SIZE
    assert source.asked == [(None, PAGE_SIZE), ("49", PAGE_SIZE)]


def test_it_ends(model: PagingModel) -> None:
    model.refresh()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 500


def test_scrolling_down_reads_on(model: PagingModel, qtbot: QtBot) -> None:
    view = LineList(model)
    qtbot.addWidget(view)
    view.resize(400, 600)
    view.show()
    model.refresh()
    view.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() > PAGE_SIZE)


def test_a_page_that_is_on_its_way_is_not_asked_for_twice(model: PagingModel, source: Source) -> None:
    model.refresh()
    source.held = []
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert len(source.held) == 1


def test_a_late_answer_to_an_old_question_is_dropped(model: PagingModel, source: Source) -> None:
    source.held = []
    model.refresh()
    source.rows = source.rows[:3]
    model.refresh()
    first, second = source.held
    second()
    first()
    assert model.rowCount() == 3


def test_asking_again_keeps_rows_and_selection(model: PagingModel, qtbot: QtBot) -> None:
    view = DataTable(model)
    qtbot.addWidget(view)
    model.refresh()
    model.fetchMore(QModelIndex())
    view.selectRow(70)
    model.refresh()
    assert model.rowCount() == 2 * PAGE_SIZE
    assert [row.id for row in view.selected_rows()] == ["r00070"]


def test_a_failure_is_told_and_can_be_tried_again(model: PagingModel, source: Source, qtbot: QtBot) -> None:
    source.error = OfflineError("没有网络")
    with qtbot.waitSignal(model.failed):
        model.refresh()
    source.error = None
    model.refresh()
    assert model.rowCount() == PAGE_SIZE


def test_cells_say_what_they_are(model: PagingModel) -> None:
    model.refresh()
    cell = model.index(0, 1)
    assert cell.data() == "待核实"
    assert cell.data(Role.TAG) == Tag("待核实", Tone.WARNING)
    assert model.index(0, 2).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight.value
    assert model.headerData(0, Qt.Orientation.Horizontal) == "标题"
    assert model.index(0, 0).data(Role.LINE) == Line("第 0 件", "r00000")
    assert model.position_of("r00007") == 7


def test_a_column_can_be_hidden_but_never_the_last(model: PagingModel, qtbot: QtBot) -> None:
    view = DataTable(model)
    qtbot.addWidget(view)
    for action in view.column_menu().actions():
        action.setChecked(False)
    assert sum(not view.isColumnHidden(at) for at in range(3)) == 1


def test_the_table_makes_no_widget_for_a_row(model: PagingModel, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    view = DataTable(model)
    qtbot.addWidget(view)
    view.show()
    before = len(view.findChildren(QWidget))
    model.refresh()
    model.fetchMore(QModelIndex())
    view.repaint()
    assert len(view.findChildren(QWidget)) == before


class Sparse(Source):
    """Rows of which a page looks at twenty and finds one in ten, as a filter that seldom fits does."""

    def __init__(self, count: int, every: int = 10) -> None:
        super().__init__(count)
        self.every = every

    def fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
              on_error: Callable[[KnownError], None]) -> None:
        self.asked.append((after, limit))
        start = 0 if after is None else int(after)
        rows = tuple(row for n, row in enumerate(self.rows[start : start + 20], start) if n % self.every == self.every - 1)
        on_page(Page(rows, str(start + 20) if start + 20 < len(self.rows) else None))


def test_a_short_page_with_a_key_goes_on_until_the_screen_is_full(qtbot: QtBot) -> None:
    source = Sparse(4_000)
    model = PagingModel(columns(), source.fetch)
    said: list[bool] = []
    model.loaded.connect(said.append)
    model.refresh()
    assert model.rowCount() == PAGE_SIZE
    assert len(source.asked) == PAGE_SIZE / 2
    assert said == [True]
    model.fetchMore(QModelIndex())
    assert model.rowCount() == 2 * PAGE_SIZE


def test_short_pages_obey_the_rules_of_qt(qtbot: QtBot) -> None:
    source = Sparse(1_000)

    def later(after: Any, limit: int, on_page: Any, on_error: Any) -> None:
        QTimer.singleShot(0, lambda: source.fetch(after, limit, on_page, on_error))

    model = PagingModel(columns(), later)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == 100)


def test_nothing_is_said_to_be_there_only_when_all_was_looked_at(qtbot: QtBot) -> None:
    source = Sparse(200, every=1_000)
    model = PagingModel(columns(), source.fetch)
    said: list[bool] = []
    model.loaded.connect(said.append)
    model.refresh()
    assert len(source.asked) == 10
    assert said == [False]
