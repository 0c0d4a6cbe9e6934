"""Not taking a report on: the reason out of the list, and what other ways the resident is told of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import field_word
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import ChoiceField, Field, LongTextField
from ui.widgets.forms import Form
from zzdesk.desk.counter import reason_of, reasons, shown
from zzdesk.i18n import translate as say

translate = QCoreApplication.translate


def reason_words(code: str) -> str:
    """Return a reason of the edition in force in words."""
    return say(reason_of(code).text)


def refusal_words(fields: Mapping[str, Any]) -> str:
    """Return why a report was refused, in words; a reason of a newer program is shown by its code."""
    code, edition = str(fields.get("refusal_reason") or ""), str(fields.get("refusal_list") or "")
    return next((say(each.text) for each in reasons(edition) if each.code == code), code)


def ways_words(fields: Mapping[str, Any]) -> str:
    """Return what other ways the resident was told of; the list's own words in the reader's language."""
    return shown(str(fields.get("refusal_ways") or ""))


def refusal_fields() -> Sequence[Field]:
    """Return the fields of a refusal; choosing a reason fills in its other ways, which can be put in other words."""
    reason = ChoiceField("refusal_reason", lambda: field_word("report", "refusal_reason"),
                         [each.code for each in reasons()], reason_words, required=True)
    ways = LongTextField("refusal_ways", lambda: field_word("report", "refusal_ways"), lines=3, required=True,
                         help=lambda: translate("Refusing", "会印在告知单上，可以按情况改写。"))
    note = LongTextField("note", lambda: translate("Refusing", "补充说明（理由是“其他”时必填）"), lines=2)

    def fill() -> None:
        code = reason.value()
        if code:
            ways.set_value(say(reason_of(code).ways))

    reason.edited.connect(fill)
    return reason, ways, note


class RefusalSheet(Sheet):
    """Asks for the reason over the form of a report; ``values`` is what was decided."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, translate("Refusing", "不予受理"),
                         translate("Refusing", "这次来访照样登记编号，并打印告知单，写明理由和其他途径。"),
                         translate("Refusing", "不予受理并打印告知单"))
        self.values: dict[str, Any] = {}
        self.form = Form(lambda: translate("Refusing", "不予受理并打印告知单"), scroll=False)
        for field in refusal_fields():
            self.form.add(field)
        self.form.button.hide()
        self.form.finished.connect(self._done)
        self.body.addWidget(self.form)
        self.setMinimumWidth(560)
        self.form.focus_first()

    def accept(self) -> None:
        """Check first; what is missing is said at its field."""
        self.form.finish()

    def _done(self, values: dict[str, Any]) -> None:
        self.values = values
        super().accept()
