"""Where something happened: an address that brings its grid and place along, without a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.runner import Task
from ui.widgets.base import Words, no_words
from ui.widgets.picker import Option
from ui.widgets.typeahead import FreePicker

translate = QCoreApplication.translate


class AddressPicker(FreePicker):
    """Offers addresses that were registered here before, imported buildings, and divisions; free text counts too.

    ``found`` is what was taken, with its grid and place.
    """

    def __init__(self, context: Context, placeholder: Words = no_words, parent: QWidget | None = None) -> None:
        self._context = context
        self._task: Task | None = None
        self.found: Any = None
        self._known: dict[str, Any] = {}
        super().__init__(self._ask, placeholder, parent)

    def value(self) -> Any:
        """Return the text."""
        return self.text().strip() or None

    def _ask(self, text: str, on_found: Callable[[Sequence[Option]], None]) -> None:
        from zzdesk.desk import lookup

        def show(rows: Sequence[Any]) -> None:
            self._known = {row.address: row for row in rows}
            on_found([Option(row.address, row.address, _detail(row)) for row in rows])

        if self._task is not None:
            self._task.cancel()
        self._task = self._context.runner.read(lookup.addresses, text, self._context.desk.paths, owner=self, on_done=show,
                                               on_error=lambda error: None)

    def _accept(self, option: Option) -> None:
        self.found = self._known.get(option.value)
        super()._accept(option)


def _detail(found: Any) -> str:
    sources = {"before": translate("AddressPicker", "以前登记过"), "table": translate("AddressPicker", "楼栋表"),
               "division": translate("AddressPicker", "区划")}
    parts = [sources[found.source], found.detail]
    parts += [translate("AddressPicker", "网格 {grid}").format(grid=found.grid)] if found.grid else []
    parts += [f"{found.latitude}, {found.longitude}"] if found.latitude else []
    return " · ".join(part for part in parts if part)
