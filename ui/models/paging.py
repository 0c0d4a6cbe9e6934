"""A table model over a paged query: it asks for the next page by key when the view scrolls, and never counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.widgets.tag import Tag
from zzdesk.errors import KnownError

PAGE_SIZE: Final = 50
AnyIndex = QModelIndex | QPersistentModelIndex


class PageOfRows(Protocol):
    """What a query gives back: rows with an ``id``, and the key that the next page begins after."""

    @property
    def rows(self) -> Sequence[Any]:
        """The rows of this page."""

    @property
    def after(self) -> Any | None:
        """The key of the next page, or None after the last."""


Fetch = Callable[[Any, int, Callable[[PageOfRows], None], Callable[[KnownError], None]], Any]
"""fetch(after, limit, on_page, on_error): asks for one page; answers later on the main thread."""


class Role(IntEnum):
    """What the delegates ask for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    TAG = Qt.ItemDataRole.UserRole + 2
    LINE = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True)
class Column:
    """One column: how its head and its cells are said, and how it is drawn."""

    key: str
    title: Callable[[], str]
    text: Callable[[Any], str]
    width: int = 120
    stretch: bool = False
    number: bool = False
    tag: Callable[[Any], Tag | None] | None = None
    tooltip: Callable[[Any], str] | None = None
    strong: bool = False


@dataclass(frozen=True)
class Line:
    """One entry of a list with two lines: title, detail under it; at the right a tag, and under it another or a time."""

    title: str
    detail: str = ""
    tag: Tag | None = None
    when: str = ""
    icon: str = ""
    strong: bool = False
    mark: Tag | None = None
    """Stands in place of ``when``."""


class PagingModel(QAbstractTableModel):
    """Rows of a query, page after page.

    ``loaded(bool)`` says whether there are any rows; ``failed(KnownError)`` that a page could not be read.
    """

    loaded = Signal(bool)
    failed = Signal(object)

    def __init__(self, columns: Sequence[Column], fetch: Fetch, line: Callable[[Any], Line] | None = None,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch, self._line = fetch, line
        self._rows: list[Any] = []
        self._next: Any = None
        self._waiting = False
        self._turn = 0
        self._owed = 0

    def refresh(self) -> None:
        """Ask again from the first row, keeping as many rows as are shown now."""
        self._turn += 1
        self._waiting = True
        turn = self._turn
        limit = self._owed = min(max(PAGE_SIZE, len(self._rows)), 4 * PAGE_SIZE)
        self._fetch(None, limit, lambda page: self._replace(turn, page), lambda error: self._fail(turn, error))

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show rows that are already here."""
        self._turn += 1
        self._put(list(rows), None)

    def row(self, index: int | AnyIndex) -> Any:
        """Return the row object at a position."""
        return self._rows[index if isinstance(index, int) else index.row()]

    def position_of(self, record_id: str) -> int:
        """Return where a record stands among the rows read so far, or -1."""
        return next((at for at, row in enumerate(self._rows) if _key(row) == record_id), -1)

    def retranslate(self) -> None:
        """Say heads and cells again after a change of language."""
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self._all_changed()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        """Return how many rows have been read."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else max(1, len(self.columns))

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Return whether another page follows."""
        return not parent.isValid() and self._next is not None and not self._waiting

    def fetchMore(self, parent: AnyIndex) -> None:
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._owed = PAGE_SIZE
            self._ask_on()

    def _ask_on(self) -> None:
        self._waiting = True
        turn = self._turn
        self._fetch(self._next, PAGE_SIZE, lambda page: self._append(turn, page), lambda error: self._fail(turn, error))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the head of a column."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _align(self.columns[section])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        if role == Role.LINE or not self.columns:
            return self._line_data(row, role)
        return _cell(self.columns[index.column()], row, role)

    def _line_data(self, row: Any, role: int) -> Any:
        if self._line is None:
            return None
        line = self._line(row)
        if role == Role.LINE:
            return line
        texts = {Qt.ItemDataRole.DisplayRole: line.title, Qt.ItemDataRole.ToolTipRole: f"{line.title}\n{line.detail}".strip(),
                 Qt.ItemDataRole.AccessibleTextRole: " ".join(part for part in (
                     line.title, line.detail, line.tag.text if line.tag else "", line.mark.text if line.mark else "") if part)}
        return texts.get(Qt.ItemDataRole(role)) if role < Qt.ItemDataRole.UserRole else None

    def _replace(self, turn: int, page: PageOfRows) -> None:
        if turn == self._turn:
            self._put(list(page.rows), page.after)
            self._go_on(len(page.rows))

    def _go_on(self, came: int) -> None:
        """A page may be short and have a key: so far was looked and no further. Then the next one is asked for at once."""
        self._owed -= came
        if self._owed > 0 and self._next is not None and not self._waiting:
            self._ask_on()

    def _put(self, rows: list[Any], following: Any) -> None:
        self._waiting = False
        self._next = following
        if [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            self._rows = rows
            self._all_changed()
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        self._tell_loaded()

    def _tell_loaded(self) -> None:
        """Say whether there are rows, unless none were found yet and the search goes on."""
        if self._rows or self._next is None:
            self.loaded.emit(bool(self._rows))

    def _append(self, turn: int, page: PageOfRows) -> None:
        if turn != self._turn:
            return
        self._waiting = False
        self._next = page.after
        nothing_yet = not self._rows
        if page.rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
            self._rows.extend(page.rows)
            self.endInsertRows()
        if nothing_yet:
            self._tell_loaded()
        self._go_on(len(page.rows))

    def _fail(self, turn: int, error: KnownError) -> None:
        if turn == self._turn:
            self._waiting = False
            self.failed.emit(error)

    def _all_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))


def _key(row: Any) -> str:
    """Return what tells a row from the others: its record's id, or its operation's."""
    return str(getattr(row, "id", None) or row.op_id)


def _cell(column: Column, row: Any, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return column.text(row)
    if role == Qt.ItemDataRole.ToolTipRole:
        return column.tooltip(row) if column.tooltip is not None else column.text(row)
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return _align(column)
    if role == Role.TAG:
        return column.tag(row) if column.tag is not None else None
    return None


def _align(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return int((side | Qt.AlignmentFlag.AlignVCenter).value)
