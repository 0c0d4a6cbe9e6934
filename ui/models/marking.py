"""A list in which several rows are marked, to do something with all of them: marks outlive a reload of the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.models.paging import PagingModel

AnyIndex = QModelIndex | QPersistentModelIndex


class MarkingModel(PagingModel):
    """``marked`` maps ids to rows in the order of marking; ``marks_changed(count)`` after every change."""

    marks_changed = Signal(int)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.marked: dict[str, Any] = {}

    def toggle(self, at: int) -> None:
        """Mark a row, or take its mark away."""
        row = self.row(at)
        if row.id in self.marked:
            del self.marked[row.id]
        else:
            self.marked[row.id] = row
        self._tell(at, at)

    def mark(self, rows: Iterable[int]) -> None:
        """Mark these rows beside those that are marked."""
        places = sorted(rows)
        for at in places:
            self.marked.setdefault(self.row(at).id, self.row(at))
        if places:
            self._tell(places[0], places[-1])

    def mark_only(self, ids: Iterable[str]) -> None:
        """Leave the marks of these records and take all others away."""
        keep = set(ids)
        self.marked = {record_id: row for record_id, row in self.marked.items() if record_id in keep}
        if self.rowCount():
            self._tell(0, self.rowCount() - 1)
        else:
            self.marks_changed.emit(len(self.marked))

    def is_marked(self, at: int) -> bool:
        """Say whether a row is marked."""
        return self.row(at).id in self.marked

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Every row can be marked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else super().flags(index)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Say whether a row is marked, beside everything else."""
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and index.row() < self.rowCount():
            return Qt.CheckState.Checked if self.is_marked(index.row()) else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Mark a row, or not; a screen reader does it this way."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        if self.is_marked(index.row()) != (Qt.CheckState(value) == Qt.CheckState.Checked):
            self.toggle(index.row())
        return True

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        self.marks_changed.emit(len(self.marked))
