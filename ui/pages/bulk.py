"""The bar under the list: what can be done with everything that is marked, how far it has come, and what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QProgressBar, QStackedWidget, QWidget

from ui.context import Context
from ui.models.marking import MarkingModel
from ui.pages.values import joined
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, ElidedLabel, Translated, column, icon_button, name_button, row
from ui.widgets.dialogs import Sheet
from ui.widgets.facts import Fact, Facts

translate = QCoreApplication.translate


class Doing(Protocol):
    """What can be done to many records of a list. ``prints``: whether they can be printed as a list."""

    prints: bool

    @property
    def many(self) -> Any:
        """Return what does it (``zzdesk.desk.bulk.Many``)."""

    def word(self, action: str) -> str:
        """Return what a deed is called."""

    def ask(self, parent: QWidget, offer: Any, count: int, do: Callable[[Any], None]) -> None:
        """Ask for what a deed needs, then ``do(deed)``; nothing where the person went back."""


class BulkBar(Translated, QWidget):
    """Hidden while nothing is marked, nothing runs and nothing is to be told.

    ``wants(what)`` for ``export`` and ``print`` of what is marked. Pages hear of what was changed as of any other change.
    """

    wants = Signal(str)

    def __init__(self, context: Context, marks: MarkingModel, page: Any, doing: Doing) -> None:
        super().__init__()
        self._context, self._marks, self._page, self._doing = context, marks, page, doing
        self._stop = threading.Event()
        self.result: Any = None
        self._said: Callable[[], str] = str
        self.offers: tuple[Any, ...] = ()
        self._build()
        marks.marks_changed.connect(self._marked)
        self.retranslate()
        self.hide()

    def _build(self) -> None:
        self.count, self.running, self.told = ElidedLabel(), ElidedLabel(), ElidedLabel()
        self.act = Button("", "primary", "", self.open_menu)
        self.export = icon_button("download", on_click=lambda: self.wants.emit("export"))
        self.print = icon_button("printer", on_click=lambda: self.wants.emit("print"))
        if not self._doing.prints:
            self.print.hide()
        self.forget = icon_button("x", on_click=lambda: self._marks.mark_only(()))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.stop_button = Button("", "", on_click=self.stop)
        self.why, self.undo_button = Button("", "link", on_click=self.show_why), Button("", "link", "undo-2", self.undo)
        self.close_button = icon_button("x", on_click=self._forget_result)
        self._marking = _line(self.count, self.act, self.export, self.print, self.forget)
        self._working = QWidget()
        work = row(self.running, self.stop_button, gap=S)
        work.setStretch(0, 1)
        self._working.setLayout(column(work, self.progress, gap=S, margins=(L, S, M, M)))
        self._result = _line(self.told, self.why, self.undo_button, self.close_button)
        self._stack = QStackedWidget()
        for each in (self._marking, self._working, self._result):
            self._stack.addWidget(each)
        self._undo_key = QShortcut(QKeySequence("Ctrl+Z"), self._result, self.undo,
                                   context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setLayout(column(self._stack, gap=0))

    # ---- what is shown ---------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return not self.isHidden() and self._stack.currentWidget() is self._working

    def retranslate(self) -> None:
        """Say everything again."""
        self.act.setText(translate("BulkBar", "一起办") + " ▾")
        self.act.setToolTip("B")
        name_button(self.export, translate("BulkBar", "把选中的导出为 Excel"))
        name_button(self.print, translate("BulkBar", "打印选中的清单"))
        name_button(self.forget, translate("BulkBar", "取消选择（Esc）"))
        self.stop_button.setText(translate("BulkBar", "停止"))
        self.why.setText(translate("BulkBar", "看原因"))
        self.undo_button.setText(translate("BulkBar", "全部撤销"))
        name_button(self.close_button, translate("BulkBar", "知道了"))
        self._say_count()
        self.told.set_text(self._said())

    def _say_count(self) -> None:
        self.count.set_text(translate("BulkBar", "已选 {count} 件").format(count=len(self._marks.marked)))

    def _marked(self, count: int) -> None:
        if self.busy:
            return
        self._say_count()
        if count:
            self._stack.setCurrentWidget(self._marking)
            self.show()
        elif self._stack.currentWidget() is self._marking:
            self.hide()

    # ---- doing -----------------------------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Ask what can be done with all that is marked, and offer it."""
        if not self._marks.marked or self.busy:
            return
        self._context.runner.read(self._doing.many.offers, list(self._marks.marked), on_done=self._offer, owner=self,
                                  on_error=lambda error: self._context.toast(error.text(), bad=True))

    def _offer(self, found: Sequence[Any]) -> None:
        self.offers = tuple(found)
        menu = self.menu()
        menu.popup(self.act.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))
        first = next((action for action in menu.actions() if action.isEnabled()), None)
        if first is not None:
            menu.setActiveAction(first)

    def menu(self) -> QMenu:
        """Return what can be done; what does not fit all is there, cannot be taken, and says for how many it would."""
        menu, total = QMenu(self), len(self._marks.marked)
        for offer in self.offers:
            text = self._doing.word(offer.action) + "…"
            if offer.fits < total:
                text += translate("BulkBar", "（只有 {fits} 件可以）").format(fits=offer.fits)
            entry = menu.addAction(text, lambda offer=offer: self.begin(offer))
            entry.setData(offer.action)
            entry.setEnabled(offer.fits == total)
        if not self.offers:
            menu.addAction(translate("BulkBar", "选中的没有可以一起办的")).setEnabled(False)
        return menu

    def begin(self, offer: Any) -> None:
        """Ask what the deed needs, then do it to each."""
        ids = list(self._marks.marked)
        self._doing.ask(self, offer, len(ids), lambda deed: self._do(ids, deed))

    def _do(self, ids: list[str], deed: Any) -> None:
        from zzdesk.desk import bulk

        said, many = translate("BulkBar", "正在{action}").format(action=self._doing.word(deed.action)), self._doing.many
        self.run(said, lambda task, stopped: bulk.run(self._context.desk, ids, deed, task.report, stopped, many), self._finished)

    def run(self, said: str, work: Callable[[Any, Callable[[], bool]], Any], on_done: Callable[[Any], None]) -> None:
        """Run something long with its progress in the bar; ``work(task, stopped)`` asks now and then whether to stop."""
        stop = self._stop = threading.Event()
        self.running.set_text(said)
        self.progress.setRange(0, 0)
        self.stop_button.setEnabled(True)
        self._stack.setCurrentWidget(self._working)
        self.show()
        self.stop_button.setFocus()

        def failed(error: Any) -> None:
            self._at_rest()
            self._context.toast(error.text(), bad=True)

        self._context.runner.aside(
            lambda task: work(task, lambda: stop.is_set() or task.cancelled()), on_done=on_done, on_error=failed, owner=self,
            on_progress=lambda done, total: self._moved(said, done, total))

    def stop(self) -> None:
        """Stop after the one that is under way."""
        self._stop.set()
        self.stop_button.setEnabled(False)

    def _moved(self, said: str, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)
        self.running.set_text(translate("BulkBar", "{said}：{done}/{total}").format(said=said, done=done, total=total))
        self.progress.setAccessibleName(self.running.accessibleName())

    # ---- what came of it -------------------------------------------------------------------------------------

    def _finished(self, result: Any) -> None:
        self._take(result)
        self._marks.mark_only([*(each.id for each in result.refused), *result.left])
        action = self._doing.word(result.deed.action)
        self._tell(lambda: _sum_up(result, action), undo=self.undo if result.can_undo else None)

    def undo(self) -> None:
        """Take back everything that was done."""
        result = self.result
        if result is None or self.busy or not result.can_undo:
            return
        from zzdesk.desk import bulk

        self.result = None
        said, many = translate("BulkBar", "正在撤销"), self._doing.many
        self.run(said, lambda task, stopped: bulk.take_back(self._context.desk, result, task.report, stopped, many), self._undone)

    def _undone(self, result: Any) -> None:
        self._take(result)
        self.result = None
        self._refused = result.refused
        self._tell(lambda: _sum_up(result, translate("BulkBar", "撤销")), undo=None)

    def _take(self, result: Any) -> None:
        self.result, self._refused = result, result.refused
        self._context.changes.changed.emit(result.changes, None)

    def _tell(self, said: Callable[[], str], undo: Callable[[], Any] | None) -> None:
        self._said = said
        self.told.set_text(said())
        self.why.setVisible(bool(self._refused))
        self.undo_button.setVisible(undo is not None)
        self._stack.setCurrentWidget(self._result)
        self.show()
        self._undo_key.setEnabled(bool(self._refused))  # beside that of a toast it would be one too many
        if self._refused:  # a toast would lie over the way to the reasons
            self.why.setFocus()
            return
        self._page.focus_list()
        self._context.toast(said(), undo=undo)
        if undo is None:  # nothing is left to be done in the bar
            self._at_rest()

    def show_why(self) -> Sheet:
        """Show the reason of each that was not done."""
        sheet = WhyNot(self.window(), self._refused, self._marks.marked, lambda row: str(self._page.line(row).title))
        sheet.open()
        return sheet

    def _forget_result(self) -> None:
        self.result = None
        self._at_rest()

    def _at_rest(self) -> None:
        self._stack.setCurrentWidget(self._marking)
        self.setVisible(bool(self._marks.marked))
        self._say_count()

    def tell(self, said: str) -> None:
        """The long work that somebody asked for is over: say what came of it."""
        self._at_rest()
        self._context.toast(said)


class WhyNot(Sheet):
    """Every record that was not done, with its number, its title (``title_of(row)``) and why."""

    def __init__(
        self, parent: QWidget, refused: Sequence[Any], rows: dict[str, Any], title_of: Callable[[Any], str]
    ) -> None:
        super().__init__(parent, translate("BulkBar", "没有办的 {count} 件").format(count=len(refused)),
                         translate("BulkBar", "它们还选着，可以换一种办法。"), translate("BulkBar", "知道了"))
        self.facts = Facts()
        self.facts.show_facts([Fact(_name(rows.get(each.id), each.id, title_of), each.why) for each in refused[:100]])
        self.body.addWidget(self.facts)
        self.back.hide()
        self.go.setFocus()


def _name(found: Any, record_id: str, title_of: Callable[[Any], str]) -> str:
    if found is None:
        return record_id
    return joined(getattr(found, "number", "") or getattr(found, "card", ""), title_of(found))


def _sum_up(result: Any, action: str) -> str:
    total = len(result.outcomes) + len(result.left)
    parts = [translate("BulkBar", "{action}：{total} 件办了 {done} 件").format(action=action, total=total, done=len(result.done))]
    if result.refused:
        parts.append(translate("BulkBar", "{count} 件没有办：{why}").format(count=len(result.refused), why=result.refused[0].why))
    if result.left:
        parts.append(result.halt or translate("BulkBar", "停下了，{count} 件没有动").format(count=len(result.left)))
    return "，".join(parts)


def _line(first: QWidget, *others: QWidget) -> QWidget:
    holder = QWidget()
    layout = row(first, *others, gap=S, margins=(L, S, M, S))
    layout.setStretch(0, 1)
    holder.setLayout(layout)
    return holder


