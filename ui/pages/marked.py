"""A list to live in: several marked by keys or mouse, something done to all of them, filters kept under a name, Excel.

Keys: Space, Ctrl, Shift and Ctrl+A mark; B offers what can be done to all; Ctrl+E makes a table of what is marked, or of
the whole list, Ctrl+Shift+P puts it on paper; Alt+1 to Alt+9 take a kept filter, Alt+0 keeps the one that is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.models.marking import MarkingModel
from ui.models.paging import PagingModel
from ui.pages.base import Page
from ui.pages.bulk import BulkBar, Doing
from ui.pages.output import Exporting, offer_export
from ui.pages.records import Records
from ui.pages.saved import KEYS, SavedFilters, Shelf
from ui.pages.values import joined
from ui.widgets.marking import MarkingList
from ui.widgets.table import LineList

MOST: Final = 500
"""Lines of a list that is printed."""
_PAGE: Final = 200
NARROWEST = 376
"""Device-independent pixels of the list: its filters and the bar under it want as much."""


class MarkedRecords(Records):
    """Subclasses say what can be done (``doing``), how a filter is kept (``shelf``), and what a table is (``exporting``)."""

    marks: ClassVar[bool] = True
    """Whether there is anything to mark for; a list without goes on as it is, and leaves the desk neither as a table nor on
    paper."""
    stamped: ClassVar[bool] = False
    """Whether who prints the list, and when, stands behind it."""

    def __init__(self, page: Page) -> None:
        self.saved = SavedFilters(page.context, page, self.shelf())
        super().__init__(page)
        if not self.marks:
            self.lay_aside(self.saved)
            return
        self.split.widget(0).setMinimumWidth(NARROWEST)
        self.chips.chosen.connect(lambda _: self.forget_marks())
        self.search.asked.connect(lambda _: self.forget_marks())
        self.saved.wanted.connect(self.show_filter)
        self.bulk.wants.connect(self.wants)
        for n in range(1, KEYS + 1):
            QShortcut(QKeySequence(f"Alt+{n}"), self, lambda n=n: self.saved.take(n))
        QShortcut(QKeySequence("Alt+0"), self, self.saved.ask_for_name)
        QShortcut(QKeySequence("Ctrl+E"), self, lambda: self.export(self.marked))
        QShortcut(QKeySequence("Ctrl+Shift+P"), self, lambda: self.print(self.marked))
        QShortcut(QKeySequence("B"), self, lambda: self.bulk.open_menu())

    def lay_aside(self, *widgets: QWidget) -> None:
        """Keep what this list does not show: a widget without a parent would outlive its page, and be asked for words then."""
        for widget in widgets:
            if widget.parent() is None:
                widget.setParent(self)
                widget.hide()

    # What a list fills in.

    def doing(self) -> Doing:
        """Return what can be done to many."""
        raise NotImplementedError

    def shelf(self) -> Shelf:
        """Return how a filter of this list is kept."""
        raise NotImplementedError

    def exporting(self) -> Exporting:
        """Return how the list becomes a table."""
        raise NotImplementedError

    def current_filter(self) -> Any:
        """Return what is asked for with the words of the search."""
        raise NotImplementedError

    def describe(self, wanted: Any) -> str:
        """Say a filter in a line."""
        raise NotImplementedError

    def show_boxes(self, wanted: Any) -> None:
        """Let chips and boxes say a filter, telling nobody; the search line is seen to."""
        raise NotImplementedError

    def selection(self, wanted: Any) -> Any:
        """Return a filter as the export takes it."""
        return wanted

    def more_bars(self) -> Sequence[QWidget]:
        """Return what stands over the kept filters."""
        return ()

    # What is the same for all.

    @property
    def marked(self) -> list[str]:
        """Return the ids of what is marked, in the order of marking."""
        return list(self.model.marked) if isinstance(self.model, MarkingModel) else []

    def make_list(self) -> tuple[PagingModel, LineList]:
        """Return rows that can be marked, and the bar under them."""
        if not self.marks:
            return super().make_list()
        model = MarkingModel((), self.fetch, self.line, self)
        self.bulk = BulkBar(self.context, model, self, self.doing())
        return model, MarkingList(model)

    def bars(self) -> Sequence[QWidget]:
        """More filters, and those under a name."""
        return (*self.more_bars(), self.saved) if self.marks else self.more_bars()

    def foot(self) -> QWidget | None:
        """What can be done with all that is marked."""
        return self.bulk if self.marks else None

    def refresh(self) -> None:
        """Ask for the list, and the filters under a name with their counts."""
        super().refresh()
        if self.marks:
            self.saved.refresh()

    def show_filter(self, wanted: Any) -> None:
        """Ask for a filter that was kept, as if chips, boxes and search had been set."""
        self.show_boxes(wanted)
        if self.search.text().strip() != wanted.text:
            self.search.setText(wanted.text)
        self.ask_anew()
        self.focus_list()

    def wants(self, what: str) -> None:
        """Do what a button of the bar asks for with what is marked."""
        if what == "export":
            self.export(self.marked)
        elif what == "print":
            self.print(self.marked)

    def export(self, ids: Sequence[str] = ()) -> None:
        """Offer what is marked, or the whole list, as a table."""
        wanted = self.current_filter()
        offer_export(self.bulk, self.context, self.exporting(), self.selection(wanted), self.describe(wanted), ids)

    def print(self, ids: Sequence[str] = ()) -> None:
        """Offer what is marked, or the list as it is filtered, on paper: covered as on the screen."""
        if ids and isinstance(self.model, MarkingModel):
            rows = [self.model.marked[each] for each in ids if each in self.model.marked]
            self._offer_paper(rows, self.tr("选中的 {count} 条").format(count=len(rows)))
        else:
            self._gather([], None, self.describe(self.current_filter()))

    def _gather(self, rows: list[Any], after: Any, words: str) -> None:
        """Read the list on, a page after the other, until it ends or a paper has enough."""
        def more(page: Any) -> None:
            rows.extend(page.rows)
            if page.after is not None and len(rows) < MOST:
                self._gather(rows, page.after, words)
            else:
                self._offer_paper(rows[:MOST], words, cut=page.after is not None or len(rows) > MOST)

        self.fetch(after, _PAGE, more, lambda error: self.context.toast(error.text(), bad=True))

    def _offer_paper(self, rows: Sequence[Any], words: str, *, cut: bool = False) -> None:
        from ui.printing.sheet import offer_lines

        words = joined(words, self.tr("只印前 {count} 条").format(count=MOST)) if cut else words
        kind = self.exporting().kind
        offer_lines(self, self.context, kind, [self.line(row) for row in rows], words, stamped=self.stamped)

    def ask_anew(self) -> None:
        """Another filter was set: ask for its list."""
        self.forget_marks()
        self.model.refresh()

    def forget_marks(self) -> None:
        """What was marked in another list is not done something with unseen."""
        if isinstance(self.model, MarkingModel):
            self.model.mark_only(())
            self.saved.show_current()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        if self.marks:
            self.saved.retranslate()
