"""Forms: one column, labels above, saved as one types, finished by one button.

Enter goes on to the next field, Ctrl+Enter finishes, Esc leaves without losing anything: the draft stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from ui.theme.tokens import XL, L, M
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, Translated, Words, column, row
from ui.widgets.fields import Field
from ui.widgets.picker import Picker
from ui.widgets.tag import Tone
from zzdesk.errors import InvalidError, KnownError

AUTOSAVE_MS: Final = 1500
WIDTH: Final = 640


class DraftStore(Protocol):
    """Where snapshots of unfinished forms go; the desk keeps them encrypted."""

    def save(self, form_key: str, snapshot: dict[str, Any]) -> None:
        """Keep a snapshot, soon."""

    def load(self, form_key: str, on_done: Callable[[dict[str, Any] | None], None]) -> None:
        """Give back what was kept, or None."""

    def discard(self, form_key: str) -> None:
        """Forget it: the form was finished."""


class Form(Translated, QWidget):
    """Fields under each other, with the finishing button below.

    ``finished`` carries the values (wire form) when the person finishes; ``left`` when Esc or the quiet button leaves.
    """

    finished = Signal(dict)
    left = Signal()
    edited = Signal()

    def __init__(self, finish: Words, *, leave: Words | None = None, key: str = "",
                 drafts: DraftStore | None = None, scroll: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self._finish_words, self._leave_words = finish, leave
        self._key, self._drafts = key, drafts
        self._heads: list[tuple[Label, Words]] = []
        self._restoring = False
        self._complaint: KnownError | bool = False
        self.banner = Banner()
        self._column: QVBoxLayout = column(self.banner, gap=L)
        self.button = Button("", "primary", on_click=self.finish)
        self.leave_button = Button("", "quiet", on_click=self.leave)
        if leave is None:
            self.leave_button.hide()
        self.saved = Label(kind="small")
        self.foot = row(self.button, self.leave_button, self.saved, None, gap=M)
        self._lay_out(scroll)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.save_draft)
        self.retranslate()

    def add(self, *fields: Field) -> None:
        """Add fields; several in one call stand side by side where they belong together."""
        for field in fields:
            self.fields[field.key] = field
            field.edited.connect(self._on_edit)
            self._watch(field)
        if len(fields) == 1:
            self._column.addWidget(fields[0])
        else:
            line = row(*fields, gap=L)
            for at in range(len(fields)):
                line.setStretch(at, 1)
            self._column.addLayout(line)

    def add_group(self, title: Words) -> None:
        """Begin a group with a heading."""
        head = Label(title(), "title", wrap=True)
        self._heads.append((head, title))
        if self.fields:
            self._column.addSpacing(M)
        self._column.addWidget(head)

    def add_widget(self, widget: QWidget) -> None:
        """Add anything else between the fields."""
        self._column.addWidget(widget)

    def values(self) -> dict[str, Any]:
        """Return every field that has a value, in wire form."""
        found = {key: field.value() for key, field in self.fields.items()}
        return {key: value for key, value in found.items() if value is not None}

    def set_values(self, values: dict[str, Any]) -> None:
        """Show values; fields that are not named are emptied."""
        self._restoring = True
        for key, field in self.fields.items():
            field.set_value(values.get(key))
        self._restoring = False
        self.forget_complaint()

    def open(self) -> None:
        """Bring back the draft if there is one, and put the cursor into the first field."""
        if self._drafts is not None:
            self._drafts.load(self._key, self._restore)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the cursor into the first field that can be filled in."""
        for field in self.fields.values():
            if field.control.isEnabled() and not field.isHidden():
                field.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def finish(self) -> None:
        """Check what can be checked here, then hand the values over."""
        if self.button.isEnabled() and self.check():
            self.finished.emit(self.values())

    def check(self) -> bool:
        """Check what can be checked here, and say at its field what is wrong; True when nothing is."""
        self._complaint = not self._complain(self._problems())
        return not self._complaint

    def leave(self) -> None:
        """Leave; what was typed stays as a draft."""
        self.keep_now()
        self.left.emit()

    def done(self) -> None:
        """The command went through: the draft is not needed any more."""
        self._timer.stop()
        if self._drafts is not None:
            self._drafts.discard(self._key)
        self.set_values({})
        self.set_busy(False)
        self.saved.setText("")

    def set_busy(self, busy: bool) -> None:
        """While a command runs the button cannot be pressed twice."""
        self.button.setEnabled(not busy)

    def forget_complaint(self) -> None:
        """Take back what was said to be wrong; a change of language does not bring it up again."""
        self._complaint = False
        for field in self.fields.values():
            field.show_problem("")
        self.banner.show_text("")

    def show_error(self, error: KnownError) -> None:
        """Say what is wrong: at the field where it belongs, and above the form otherwise."""
        self.set_busy(False)
        self._complaint = error
        if not isinstance(error, InvalidError):
            self.banner.show_text(error.text(), Tone.DANGER)
            return
        self._complain({problem.field: problem.text() for problem in error.problems})

    def keep_now(self) -> None:
        """Keep what has not been kept yet: the screen is about to be locked or the window closed."""
        if self._timer.isActive():
            self.save_draft()

    def save_draft(self) -> None:
        """Keep a snapshot now; what must not be kept before it is checked stays out of it."""
        self._timer.stop()
        if self._drafts is not None:
            self._drafts.save(self._key, self.snapshot())
            self.saved.setText(self.tr("草稿已保存在本机"))

    def snapshot(self) -> dict[str, Any]:
        """Return what a draft may hold: no passwords, and no value that its check refuses (decision 1)."""
        kept = {}
        for key, field in self.fields.items():
            value = field.value()
            fine = field.check is None or value is None or not field.check(value)
            if value is not None and field.keep and fine:
                kept[key] = value
        return kept

    def retranslate(self) -> None:
        """Say everything again."""
        for field in self.fields.values():
            field.retranslate()
        for head, words in self._heads:
            head.setText(words())
        self.button.setText(self._finish_words())
        self.button.setToolTip("Ctrl+Enter")
        if self._leave_words is not None:
            self.leave_button.setText(self._leave_words())
        if isinstance(self._complaint, KnownError):
            self.show_error(self._complaint)
        elif self._complaint:
            self._complain(self._problems())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter finishes, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.finish()
            return
        if event.key() == Qt.Key.Key_Escape and self._leave_words is not None:
            self.leave()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a one-line field goes on to the next; in the last it finishes."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish()
            return True
        if enter and isinstance(watched, QLineEdit):
            if not (isinstance(watched, Picker) and watched.decide()):
                self._go_on(watched)
            return True
        return False

    def _lay_out(self, scroll: bool) -> None:
        holder = QWidget()
        holder.setLayout(self._column)
        holder.setMaximumWidth(WIDTH)
        self._column.setContentsMargins(0, 0, 0, M)
        foot = self.foot
        if not scroll:
            self.setLayout(column(holder, foot, gap=L))
            return
        frame = QWidget()
        frame.setLayout(column(holder, None, margins=(XL, L, XL, 0)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(frame)
        holder_foot = QWidget()
        holder_foot.setLayout(row(foot, margins=(XL, M, XL, L)))
        self.setLayout(column(area, holder_foot, gap=0))

    def _watch(self, field: Field) -> None:
        simple = isinstance(field.control, (QLineEdit, QPlainTextEdit, QCheckBox))  # nothing to type into inside
        inside = () if simple else field.control.findChildren(QLineEdit)
        for control in (field.control, *inside):
            if control.property("picker") is None:
                control.installEventFilter(self)

    def _go_on(self, control: QObject) -> None:
        fields = [field for field in self.fields.values() if not field.isHidden() and field.control.isEnabled()]
        at = next((n for n, field in enumerate(fields)
                   if field.control is control or field.control.isAncestorOf(control)), -1)  # type: ignore[arg-type]
        if at + 1 < len(fields):
            fields[at + 1].control.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finish()

    def _on_edit(self) -> None:
        if self._restoring:
            return
        sender = self.sender()
        if isinstance(sender, Field):
            sender.show_problem("")
        self.edited.emit()
        if self._drafts is not None and not self._timer.isActive():
            self._timer.start()

    def _restore(self, snapshot: dict[str, Any] | None) -> None:
        if snapshot and not self.values():
            self.set_values(snapshot)
            self.banner.show_text(self.tr("已恢复上次没有完成的内容。"), Tone.INFO)

    def _problems(self) -> dict[str, str]:
        problems = {}
        for key, field in self.fields.items():
            if field.isHidden():
                continue
            value = field.value()
            if value is None and field.required:
                problems[key] = QCoreApplication.translate("Form", "请填写{field}").format(field=field.label.text())
            elif value is not None and field.check is not None:
                problems[key] = field.check(value)
        return {key: text for key, text in problems.items() if text}

    def _complain(self, problems: dict[str, str]) -> bool:
        """Show problems at their fields; True when there are none."""
        for key, field in self.fields.items():
            field.show_problem(problems.get(key, ""))
        elsewhere = [text for key, text in problems.items() if key not in self.fields]
        self.banner.show_text("；".join(elsewhere), Tone.DANGER)
        wrong = [field for key, field in self.fields.items() if key in problems]
        if wrong:
            wrong[0].control.setFocus(Qt.FocusReason.OtherFocusReason)
        return not problems
