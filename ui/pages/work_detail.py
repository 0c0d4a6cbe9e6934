"""A record that moves through a workflow: head with the next step, facts, and the step's form in their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ui.labels import action_word, state_tag
from ui.pages.base import Page
from ui.pages.records import Detail, FormPane
from ui.theme.tokens import L, M
from ui.widgets.base import Words, column, line
from ui.widgets.facts import Facts
from ui.widgets.fields import Field, LongTextField
from ui.widgets.forms import Form
from ui.widgets.panes import Panes
from ui.widgets.record_head import RecordHead
from ui.widgets.tag import Tag, Tone
from zzdesk.errors import KnownError


def scrolled(widget: QWidget) -> QScrollArea:
    """Return a widget in an area that scrolls up and down only, reached by the keyboard through its own parts."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area


def state_tags(kind: str, state: str, voided: bool) -> list[Tag]:
    """Return what a record is: its state, and before it, for one that was voided, that it counts no more."""
    tag = state_tag(kind, state)
    if not voided:
        return [tag]
    return [Tag(QCoreApplication.translate("WorkDetail", "已作废"), Tone.DANGER), Tag(tag.text)]


class WorkDetail(Detail):
    """Head, facts, and a form for each step that asks exactly what the step needs."""

    kind: ClassVar[str] = ""

    def __init__(self, page: Page, side: QWidget | None = None) -> None:
        super().__init__(page)
        self.head, self.facts = RecordHead(self.start), Facts()
        self.above, self.below = column(gap=M), column(gap=M)
        holder = QWidget()
        holder.setLayout(column(self.above, self.facts, self.below, None, gap=L, margins=(L + 8, M, L, L)))
        self.middle = QStackedWidget()
        self.middle.addWidget(scrolled(holder))
        self._pane: FormPane | None = None
        body: QWidget = self.middle if side is None else Panes(self.middle, side)
        self.setLayout(column(self.head, line(), body, gap=0))
        self.layout().setStretch(2, 1)

    # What a subject fills in.

    def step_fields(self, action: str) -> Sequence[Field]:
        """Return the fields that an action asks for; none means that it is done at once."""
        return ()

    def perform(self, action: str, values: dict[str, Any]) -> None:
        """Run the command of an action."""
        raise NotImplementedError

    def step_title(self, action: str) -> str:
        """Return the heading of an action's form."""
        return action_word(self.kind, action)

    def finish_words(self, action: str) -> str:
        """Return what the finishing button of an action's form says."""
        return action_word(self.kind, action)

    # What is the same for all.

    def start(self, action: str) -> None:
        """Begin an action: with its form, or at once where nothing is to be asked."""
        fields = self.step_fields(action)
        if not fields:
            self.perform(action, {})
            return
        form = Form(lambda: self.finish_words(action), leave=lambda: self.tr("返回"),
                    key=f"{self.kind}/{self.record_id}/{action}", drafts=self.context.drafts)
        for field in fields:
            form.add(field)
        form.finished.connect(lambda values: self._finish(form, action, values))
        self.show_form(form, lambda: self.step_title(action))
        form.open()

    def show_form(self, form: Form, title: Words) -> None:
        """Show a form in place of the facts."""
        self.close_form()
        form.left.connect(self.leave_form)
        self._pane = FormPane(form, title)
        self.middle.addWidget(self._pane)
        self.middle.setCurrentWidget(self._pane)
        self.head.show_working(True)

    @property
    def form(self) -> Form | None:
        """The form of the step that is being taken."""
        return self._pane.form if self._pane is not None else None

    def leave_form(self) -> None:
        """Come back to the facts; what was typed stays as a draft."""
        self.close_form()
        self.head.first_focus()

    def close_form(self) -> None:
        """Take the form away."""
        if self._pane is not None:
            self.middle.removeWidget(self._pane)
            self._pane.hide()
            self._pane.deleteLater()
            self._pane = None
            self.head.show_working(False)
        self.middle.setCurrentIndex(0)

    def show_record(self, record_id: str) -> None:
        """Another record closes the form of the one before."""
        if record_id != self.record_id:
            if self.form is not None:
                self.form.keep_now()
            self.close_form()
        super().show_record(record_id)

    def first_focus(self) -> None:
        """Put the cursor on the next step."""
        self.head.first_focus()

    def refuse(self, error: KnownError) -> None:
        """Say it in the form of the step, if one is open."""
        if self.form is not None:
            self.form.show_error(error)
        else:
            super().refuse(error)

    def finished(self) -> None:
        """The step went through: its draft is not needed any more."""
        if self.form is not None:
            self.form.done()
            self.close_form()
            self.head.first_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _finish(self, form: Form, action: str, values: dict[str, Any]) -> None:
        form.set_busy(True)
        self.perform(action, values)


def reason_field(words: Words, key: str = "reason") -> LongTextField:
    """Return the field in which a reason is written."""
    return LongTextField(key, words, lines=3, required=True)

