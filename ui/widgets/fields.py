"""The fields of a form: each knows its label, its value in wire form, and how to say what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from PySide6.QtCore import QDate, QDateTime, QEvent, QObject, QSize, Qt, QTimeZone, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from ui.theme import restyle, set_kind
from ui.theme.tokens import BODY, LINE_HEIGHT, XS
from ui.widgets.base import Label, Words, column, no_words, row

CHINA_ZONE: Final = QTimeZone(8 * 3600)


class Field(QWidget):
    """Label over control, help or problem under it.

    ``check`` takes the value and returns what is wrong with it, in words, or an empty text.
    """

    edited = Signal()

    def __init__(self, key: str, control: QWidget, label: Words, *, help: Words = no_words, required: bool = False,  # noqa: A002
                 check: Callable[[Any], str] | None = None, keep: bool = True) -> None:
        super().__init__()
        self.key, self.control, self.required, self.check = key, control, required, check
        self.keep = keep
        self._words, self._help_words = label, help
        # With their parent from the beginning: to be given one later costs a look at the style sheet.
        self.label = Label(parent=self)
        mark = [Label("*", "mark", parent=self)] if required else []
        self._help: Label | None = None
        self._problem: Label | None = None
        self.label.setBuddy(control)
        head = row(self.label, *mark, None, gap=XS)
        self._lines = column(head, control, None, gap=XS)
        self.setLayout(self._lines)
        self.retranslate()

    @property
    def help(self) -> Label:
        """What helps, under the control; made when there is something to say, as a form has many fields."""
        if self._help is None:
            self._help = self._line_at(2, "small")
        return self._help

    @property
    def problem(self) -> Label:
        """What is wrong, under the control and the help; made when something is."""
        if self._problem is None:
            self._problem = self._line_at(self._lines.count() - 1, "problem")
        return self._problem

    def retranslate(self) -> None:
        """Say label and help again."""
        self.label.setText(self._words())
        self.control.setAccessibleName(self._words())
        self.control.setAccessibleDescription(self._help_words())
        self.say_help(self._help_words())

    def value(self) -> Any:
        """Return the value in wire form; None for nothing."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value in wire form."""
        raise NotImplementedError

    def say_help(self, text: str, kind: str = "small") -> None:
        """Say what helps under the control, unless something is wrong there."""
        if text or self._help is not None:
            set_kind(self.help, kind)
            self.help.setText(text)
            self.help.setVisible(bool(text) and (self._problem is None or self._problem.isHidden()))

    def show_problem(self, text: str) -> None:
        """Say under the field what to do; an empty text takes it back."""
        if text or self._problem is not None:
            self.problem.setText(text)
            self.problem.setVisible(bool(text))
        if self._help is not None:
            self._help.setVisible(bool(self._help.text()) and not text)
        self.control.setAccessibleDescription(text or self._help_words())
        if bool(text) != (self.control.property("wrong") == "true"):
            self.control.setProperty("wrong", "true" if text else "false")
            restyle(self.control)

    def _line_at(self, place: int, kind: str) -> Label:
        label = Label(kind=kind, wrap=True)
        label.hide()
        self._lines.insertWidget(place, label)
        return label


class TextField(Field):
    """One line of text."""

    def __init__(self, key: str, label: Words, *, password: bool = False, limit: int = 200,
                 placeholder: Words = no_words, **more: Any) -> None:
        self._edit = QLineEdit()
        self._placeholder = placeholder
        self._edit.setMaxLength(limit)
        if password:
            self._edit.setEchoMode(QLineEdit.EchoMode.Password)
            self._edit.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)
            more["keep"] = False
        super().__init__(key, self._edit, label, **more)
        self._edit.textEdited.connect(lambda _: self.edited.emit())

    def retranslate(self) -> None:
        """Say label, help and example again."""
        super().retranslate()
        self._edit.setPlaceholderText(self._placeholder())

    def value(self) -> str | None:
        """Return the text without spaces around it."""
        text = self._edit.text()
        return (text if self._edit.echoMode() == QLineEdit.EchoMode.Password else text.strip()) or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._edit.setText(value or "")


class _Lines(QPlainTextEdit):
    """A text of a few lines, as high as it was asked to be; Qt would make all of them equally high."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self._height = height
        self.setMinimumHeight(height)

    def sizeHint(self) -> QSize:
        """Return the height that was asked for."""
        return QSize(super().sizeHint().width(), self._height)


class LongTextField(Field):
    """Several lines; grows with the window, Tab goes on to the next field."""

    def __init__(self, key: str, label: Words, *, lines: int = 4, placeholder: Words = no_words,
                 **more: Any) -> None:
        self._edit = _Lines(round(lines * BODY * LINE_HEIGHT) + 16)
        self._placeholder = placeholder
        self._edit.setTabChangesFocus(True)
        super().__init__(key, self._edit, label, **more)
        self._edit.textChanged.connect(self.edited)

    def retranslate(self) -> None:
        """Say label, help and example again."""
        super().retranslate()
        self._edit.setPlaceholderText(self._placeholder())

    def value(self) -> str | None:
        """Return the text without empty lines around it."""
        return self._edit.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._edit.setPlainText(value or "")


class ChoiceField(Field):
    """One of a few codes, said in words; Chinese initials and typing find an entry."""

    def __init__(self, key: str, label: Words, choices: Sequence[str], word: Callable[[str], str], *,
                 empty: bool = True, **more: Any) -> None:
        self._box = QComboBox()
        self._codes, self._word, self._empty = list(choices), word, empty
        self._fill()
        super().__init__(key, self._box, label, **more)
        self._box.activated.connect(lambda _: self.edited.emit())

    def retranslate(self) -> None:
        """Say every choice again."""
        super().retranslate()
        chosen = self.value()
        self._fill()
        self.set_value(chosen)

    def set_choices(self, choices: Sequence[str]) -> None:
        """Offer other codes; a chosen one stays if it is still offered."""
        chosen, self._codes = self.value(), list(choices)
        self._fill()
        self.set_value(chosen)

    def value(self) -> str | None:
        """Return the code that is chosen."""
        code: str | None = self._box.currentData()
        return code or None

    def set_value(self, value: Any) -> None:
        """Choose a code."""
        at = self._box.findData(value or "")
        self._box.setCurrentIndex(at if at >= 0 or not self._empty else 0)

    def _fill(self) -> None:
        self._box.clear()
        if self._empty:
            self._box.addItem("", "")
        for code in self._codes:
            self._box.addItem(self._word(code), code)


class _Passing:
    """Mix-in before a date editor: Tab leaves it while it is empty. Qt looks for its parts, finds none, and stays."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on; a date that is there is walked part by part as ever."""
        if self.date() == _NO_DAY:  # type: ignore[attr-defined]
            return QWidget.focusNextPrevChild(self, forward)  # type: ignore[arg-type]
        return super().focusNextPrevChild(forward)  # type: ignore[misc]


class _DayEdit(_Passing, QDateEdit):
    pass


class _MomentEdit(_Passing, QDateTimeEdit):
    pass


class DayField(Field):
    """A date; empty until somebody chooses one."""

    def __init__(self, key: str, label: Words, **more: Any) -> None:
        self._edit = _DayEdit()
        _optional(self._edit, "yyyy-MM-dd")
        super().__init__(key, self._edit, label, **more)
        self._edit.dateChanged.connect(lambda _: self.edited.emit())

    def value(self) -> str | None:
        """Return ``2026-11-23``, or None."""
        return None if self._edit.date() == _NO_DAY else self._edit.date().toString("yyyy-MM-dd")

    def set_value(self, value: Any) -> None:
        """Show a date."""
        self._edit.setDate(QDate.fromString(value, "yyyy-MM-dd") if value else _NO_DAY)


class MomentField(Field):
    """A date with a time of day, said in the office's time and kept in UTC."""

    def __init__(self, key: str, label: Words, **more: Any) -> None:
        self._edit = _MomentEdit()
        self._edit.setTimeZone(CHINA_ZONE)
        _optional(self._edit, "yyyy-MM-dd HH:mm")
        super().__init__(key, self._edit, label, **more)
        self._edit.dateTimeChanged.connect(lambda _: self.edited.emit())

    def value(self) -> str | None:
        """Return ``2026-11-23T01:14:00.000Z``, or None."""
        shown = self._edit.dateTime()
        if shown.date() == _NO_DAY:
            return None
        moment = datetime.fromtimestamp(shown.toMSecsSinceEpoch() / 1000, UTC)
        return f"{moment:%Y-%m-%dT%H:%M}:00.000Z"

    def set_value(self, value: Any) -> None:
        """Show a moment."""
        if value:
            moment = datetime.fromisoformat(value)
            self._edit.setDateTime(QDateTime.fromMSecsSinceEpoch(round(moment.timestamp() * 1000), CHINA_ZONE))
        else:
            self._edit.setDateTime(QDateTime(_NO_DAY, self._edit.minimumTime(), CHINA_ZONE))


class IntegerField(TextField):
    """A whole number, aligned to the right; anything else is said to be wrong, never swallowed."""

    def __init__(self, key: str, label: Words, **more: Any) -> None:
        super().__init__(key, label, limit=12, **more)
        self._edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value(self) -> Any:
        """Return the number, or the text as it stands when it is none (the command says what is wrong)."""
        text = super().value()
        return int(text) if text is not None and text.lstrip("-").isdecimal() else text

    def set_value(self, value: Any) -> None:
        """Show a number."""
        super().set_value(None if value is None else str(value))


class MoneyField(TextField):
    """An amount in yuan with two decimals."""

    def __init__(self, key: str, label: Words, **more: Any) -> None:
        super().__init__(key, label, limit=16, **more)
        self._edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> str | None:
        """Return ``6800.00``, or the text as it stands when it is no amount."""
        text = super().value()
        if text is None:
            return None
        try:
            return str(Decimal(text.replace(",", "").replace("，", "")).quantize(Decimal("0.01")))
        except InvalidOperation:
            return text


class CheckField(Field):
    """Yes or no."""

    def __init__(self, key: str, label: Words, **more: Any) -> None:
        self._box = QCheckBox()
        super().__init__(key, self._box, label, **more)
        self.label.hide()
        self._box.clicked.connect(lambda _: self.edited.emit())

    def retranslate(self) -> None:
        """Say the sentence beside the box."""
        super().retranslate()
        self._box.setText(self._words())

    def value(self) -> bool | None:
        """Return True, or None for no."""
        return True if self._box.isChecked() else None

    def set_value(self, value: Any) -> None:
        """Tick or clear."""
        self._box.setChecked(bool(value))


class WidgetField(Field):
    """Any widget with ``value()``, ``set_value()`` and a signal ``edited``: pickers and the like."""

    def __init__(self, key: str, label: Words, control: Any, **more: Any) -> None:
        super().__init__(key, control, label, **more)
        control.edited.connect(self.edited)

    def value(self) -> Any:
        """Ask the widget."""
        return self.control.value()  # type: ignore[attr-defined]

    def set_value(self, value: Any) -> None:
        """Tell the widget."""
        self.control.set_value(value)  # type: ignore[attr-defined]


_NO_DAY: Final = QDate(1752, 9, 14)


def _optional(edit: QDateTimeEdit, shape: str) -> None:
    """A date editor that can be empty: its smallest date is drawn as nothing, and the calendar opens on today."""
    edit.setDisplayFormat(shape)
    edit.setCalendarPopup(True)
    edit.setMinimumDate(_NO_DAY)
    edit.setSpecialValueText(" ")
    edit.setDate(_NO_DAY)
    edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    edit.installEventFilter(_OpenOnToday(edit))


class _OpenOnToday(QObject):
    """Typing into an empty date, or opening its calendar, begins today and not in the year 1752."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put today in before the first key."""
        edit = self.parent()
        if isinstance(edit, QDateTimeEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            empty = edit.date() == _NO_DAY
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not empty:
                edit.setDate(_NO_DAY)
                return True
            if empty and (event.text().isdigit() or event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)):
                edit.setDateTime(QDateTime.currentDateTime(edit.timeZone()))
                return not event.text().isdigit()
        return False
