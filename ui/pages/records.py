"""What every subject's page is made of: a list with search and chips, the detail beside it, and a form in its place.

Keys: N new, / search, arrows walk, Enter goes into the detail, Esc comes back; a form that is left keeps its draft.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.runner import Task
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Label, Translated, Words, column, icon_button, line, name_button, row
from ui.widgets.chips import FilterChips
from ui.widgets.forms import Form
from ui.widgets.search_box import SearchBox
from ui.widgets.split import ListDetail
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from zzdesk.errors import KnownError

LEAST: Final = 160
"""Device-independent pixels of a list between its filters and what stands under it."""
SETTLE_MS: Final = 60
"""Walking through the list with the arrow keys asks for a detail only where one stops."""


@dataclass(frozen=True)
class Empty:
    """What an empty list says, and the action that it offers."""

    title: str
    text: str = ""
    action: str = ""
    icon: str = "inbox"


class Detail(Translated, QWidget):
    """One record. ``worked`` after a command of its own went through: the list asks again."""

    worked = Signal()
    left = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.context = page, page.context
        self.record_id = ""
        self.stack = StateStack(self)
        self._task: Task | None = None

    def query(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Return the query of the record in ``record_id`` and its arguments."""
        raise NotImplementedError

    def fill(self, found: Any) -> None:
        """Show what the query found."""
        raise NotImplementedError

    def first_focus(self) -> None:
        """Put the cursor where work on the record begins."""

    def show_record(self, record_id: str) -> None:
        """Ask for a record and show it."""
        fresh = record_id != self.record_id
        self.record_id = record_id
        if self._task is not None:
            self._task.cancel()
        if fresh:
            self.stack.show_loading()
        query, arguments = self.query()
        self._task = self.context.runner.read(
            query, *arguments, on_done=self._found, on_error=self._failed, owner=self)

    def reload(self) -> None:
        """Ask for the same record again."""
        if self.record_id:
            self.show_record(self.record_id)

    def do(self, command: Callable[..., Any], *arguments: Any, said: str = "",
           on_error: Callable[[KnownError], None] | None = None, then: Callable[[], None] | None = None,
           undo: Callable[[], Any] | None = None) -> None:
        """Run a command, then show the record as it is now and say what was done."""

        def done(change: Any) -> None:
            if then is not None:
                then()
            self.reload()
            self.worked.emit()
            if said:
                self.context.toast(said, undo=undo)

        self.context.runner.write(command, *arguments, initiator=self.page, on_done=done,
                                  on_error=on_error or self.refuse)

    def refuse(self, error: KnownError) -> None:
        """Say why something was not done."""
        self.context.toast(error.text(), bad=True)

    def _found(self, found: Any) -> None:
        self.fill(found)
        self.stack.show_content()

    def _failed(self, error: KnownError) -> None:
        self.stack.show_error(self.tr("打不开这条记录"), error.text(), self.tr("再试一次"), self.reload)


class FormPane(Translated, QWidget):
    """A form with its heading and a way out that loses nothing."""

    def __init__(self, form: Form, title: Words) -> None:
        super().__init__()
        self.form, self.title_words = form, title
        self.title = Label(kind="title")
        self.close_button = icon_button("x", on_click=form.leave)
        self.head = row(self.title, None, self.close_button, gap=S, margins=(L + S, M, M, M))
        self.retranslate()

    def lay_out(self) -> None:
        """Put the parts into place: taking a form of many fields in is a turn's work of its own."""
        if self.layout() is None:
            whole = column(self.head, line(), self.form, gap=0)
            whole.setStretch(2, 1)
            self.setLayout(whole)

    def showEvent(self, event: QShowEvent) -> None:
        """Be laid out at the latest now."""
        self.lay_out()
        super().showEvent(event)

    def retranslate(self) -> None:
        """Say heading and way out again."""
        self.title.setText(self.title_words())
        name_button(self.close_button, self.tr("关闭，内容留作草稿（Esc）"))


class Records(Translated, QWidget):
    """A list beside what is selected in it."""

    memory: ClassVar[str] = ""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.context = page, page.context
        self.current = ""
        self.search, self.chips = SearchBox(), FilterChips()
        self.model, self.list = self.make_list()
        self.list_stack = StateStack(self.list)
        self.list_stack.setMinimumHeight(LEAST)  # else what stands over a short list is squeezed
        self.detail = self.make_detail()
        self.right = QStackedWidget()
        self.right.addWidget(self.detail.stack)
        self.pane: FormPane | None = None
        self._given: dict[str, Any] | None = None
        self._built = QTimer(self)
        self._built.setSingleShot(True)
        self._built.timeout.connect(self._go_on_opening)
        self._lay_out()
        self._wire()

    # What a subject fills in.

    def make_list(self) -> tuple[PagingModel, LineList]:
        """Return the rows and the list that shows them."""
        model = PagingModel((), self.fetch, self.line, self)
        return model, LineList(model)

    def make_detail(self) -> Detail:
        """Return the widget of one record."""
        raise NotImplementedError

    def make_form(self) -> FormPane:
        """Return the form that makes a new record."""
        raise NotImplementedError

    def fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
              on_error: Callable[[KnownError], None]) -> None:
        """Ask for one page of rows."""
        raise NotImplementedError

    def ask(self, listed: Callable[..., Any], found: Callable[..., Any], wanted: Any, after: Any, limit: int,
            on_page: Callable[[Any], None], on_error: Callable[[KnownError], None], of: tuple[Any, ...] = ()) -> None:
        """Ask for a page of the list, or of what the search finds while something stands in the search line.

        ``of`` is what the query of the search takes before its text.
        """
        text = self.search.text().strip()
        query, arguments = (found, (*of, text, wanted)) if text else (listed, (wanted,))
        self.context.runner.read(query, *arguments, after, limit, on_done=on_page, on_error=on_error, owner=self)

    def line(self, found: Any) -> Line:
        """Return how one row is drawn."""
        raise NotImplementedError

    def chip_words(self) -> list[tuple[str, str]]:
        """Return the chips over the list."""
        return []

    def filters(self) -> Sequence[QWidget]:
        """Return further filters that stand under the chips."""
        return ()

    def bars(self) -> Sequence[QWidget]:
        """Return what else stands over the list, each in a line of its own."""
        return ()

    def foot(self) -> QWidget | None:
        """Return what stands under the list."""
        return None

    def empty(self) -> Empty:
        """Return what an empty list says."""
        raise NotImplementedError

    def may_create(self) -> bool:
        """Whether the person may make a new record."""
        return True

    # What is the same for all.

    def refresh(self) -> None:
        """Ask for list and detail again."""
        if not self.model.rowCount():
            self.list_stack.show_loading()
        self.model.refresh()
        self.detail.reload()

    def open_record(self, record_id: str) -> None:
        """Show one record, whether or not the list holds it."""
        self.leave_form()
        self.current = record_id
        self.detail.show_record(record_id)
        self._mark_current()

    def open_form(self, values: dict[str, Any] | None = None) -> None:
        """Show the empty form, or the draft that was left in it."""
        if not self.may_create():
            self.context.toast(self.tr("您的账号不能登记这类记录"), bad=True)
            return
        if self.pane is not None:
            self._show_form(values)
            return
        self.pane = self.make_form()
        self.pane.form.left.connect(self.leave_form)
        self._given = values
        self._built.start()

    def _go_on_opening(self) -> None:
        """Lay the form out that was built, then show it, each in a turn of its own: many fields take their time."""
        if self.pane is not None and self.right.indexOf(self.pane) < 0:
            self.pane.lay_out()
            self.right.addWidget(self.pane)
            self._built.start()
        else:
            self._show_form(self._given)

    def _show_form(self, values: dict[str, Any] | None) -> None:
        self._built.stop()
        if self.pane is None:
            return
        if self.right.indexOf(self.pane) < 0:
            self.right.addWidget(self.pane)
        self.right.setCurrentWidget(self.pane)
        if values:
            self.pane.form.set_values(values)
            self.pane.form.focus_first()
        else:
            self.pane.form.open()

    def leave_form(self) -> None:
        """Come back from the form to the list; what was typed stays as its draft."""
        if self.right.currentWidget() is self.detail.stack:
            return
        if self.pane is not None:
            self.pane.form.keep_now()
        self.right.setCurrentWidget(self.detail.stack)
        self.focus_list()

    def focus_list(self) -> None:
        """Put the cursor into the list, or on what stands in its place."""
        place = self.list if self.model.rowCount() else self.list_stack.notice.button
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def editing(self) -> bool:
        """Whether the form stands in place of the detail."""
        return self.right.currentWidget() is not self.detail.stack

    def retranslate(self) -> None:
        """Say everything again."""
        self.chips.set_chips(self.chip_words())
        self.list.setAccessibleName(self.tr("记录列表"))
        self.model.retranslate()
        if self.model.rowCount() == 0 and self.list_stack.currentWidget() is self.list_stack.notice:
            self._loaded(False)

    def go_to_search(self) -> None:
        """Put the cursor into the search line."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _lay_out(self) -> None:
        head = column(self.search, self.chips, gap=S, margins=M)
        others = self.filters()
        if others:
            head.addLayout(row(*others, gap=S))
        for bar in self.bars():
            head.addWidget(bar)
        left, foot = QWidget(), self.foot()
        left.setLayout(column(head, line(), self.list_stack, *([foot] if foot is not None else []), gap=0))
        left.layout().setStretch(2, 1)
        self.split = ListDetail(left, self.right, self.context.settings.windows, self.memory, (5, 8))
        self.setLayout(column(self.split))

    def _wire(self) -> None:
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(lambda: self.open_record(self.current))
        self.search.asked.connect(lambda _: self.model.refresh())
        self.search.down.connect(self._into_list)
        self.chips.chosen.connect(lambda _: self.model.refresh())
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.activated.connect(lambda _: self.detail.first_focus())
        self.detail.worked.connect(self.model.refresh)
        self.detail.left.connect(self.focus_list)

    def _picked(self, found: Any) -> None:
        if found.id != self.current:
            self.current = found.id
            self._settle.start()

    def _opened(self, found: Any) -> None:
        self._settle.stop()
        if self.editing or found.id != self.detail.record_id:
            self.open_record(found.id)

    def _loaded(self, some: bool) -> None:
        if some:
            self.list_stack.show_content()
            if not self.current and not self.editing:
                self.open_record(self.model.row(0).id)
            self._mark_current()
            return
        words = self.empty()
        if self.search.text().strip():
            self.list_stack.show_empty(self.tr("没有找到"), self.tr("换个词，或者换一个筛选试试。"), icon="search")
        else:
            self.list_stack.show_empty(words.title, words.text, words.action if self.may_create() else "",
                                       self.open_form, words.icon)
        if not self.current:
            self.detail.stack.show_empty(self.tr("还没有可看的记录"), icon="panel-left")

    def _failed(self, error: KnownError) -> None:
        self.list_stack.show_error(self.tr("读不出列表"), error.text(), self.tr("再试一次"), self.refresh)

    def _mark_current(self) -> None:
        """Mark what the detail shows; a record that the list does not hold leaves nothing marked."""
        at = self.model.position_of(self.current)
        index = self.model.index(at, 0) if at >= 0 else QModelIndex()
        if self.list.currentIndex() != index:
            self.list.setCurrentIndex(index)

    def _into_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.list.currentIndex().isValid() and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))


class RecordsPage(Page):
    """A page around one list, or several of which one is shown."""

    def __init__(self, page_context: Any) -> None:
        super().__init__(page_context)
        for key, action in (("N", self._new), ("/", self._search)):
            QShortcut(QKeySequence(key), self, action)

    @property
    def shown(self) -> Records:
        """The list that is on the screen."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask again for what is on the screen."""
        self.shown.refresh()

    def open_target(self, target: str) -> None:
        """Open the form for ``new``, a record otherwise."""
        if target == "new":
            self.shown.open_form()
        else:
            self.shown.open_record(target)

    def _new(self) -> None:
        if not self.shown.editing:
            self.open_target("new")

    def _search(self) -> None:
        self.shown.go_to_search()


class OneListPage(RecordsPage):
    """A page with one list and the button that makes a new record. Subclasses set ``kinds`` and say ``words``.

    ``owner_query`` finds the record that a target belongs to: one of its papers opens it as well.
    """

    def __init__(self, page_context: Any) -> None:
        super().__init__(page_context)
        self.records = self.make_records()
        self._new_button = Button("", "primary", "plus", lambda: self.open_target("new"))
        self.header.set_actions(*self.more_actions(), self._new_button)
        self.body.addWidget(self.records)
        self.retranslate()

    def make_records(self) -> Records:
        """Return the list."""
        raise NotImplementedError

    def more_actions(self) -> Sequence[QWidget]:
        """Return what stands beside the button that makes a new record."""
        return ()

    def words(self) -> tuple[str, str, str]:
        """Return title, the sentence under it, and what the button says."""
        raise NotImplementedError

    def owner_query(self) -> Callable[..., Any]:
        """Return the query that names the record of a target."""
        raise NotImplementedError

    @property
    def shown(self) -> Records:
        """The only list of this page."""
        return self.records

    def open_target(self, target: str) -> None:
        """Open the form for ``new``; a record otherwise, also by one of its papers."""
        if target == "new":
            super().open_target(target)
        else:
            self.context.runner.read(self.owner_query(), target, on_done=self.records.open_record, owner=self)

    def retranslate(self) -> None:
        """Say everything again."""
        title, sentence, new = self.words()
        self.header.set_texts(title, sentence)
        self._new_button.setText(new)
        self._new_button.setToolTip("N")
        self._new_button.setVisible(self.records.may_create())
