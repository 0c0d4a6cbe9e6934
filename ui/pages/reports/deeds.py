"""What is asked before something is done to several reports at once, and how each deed is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import action_word, codes, field_word, word
from ui.pages.reports.claim import claim_fields
from ui.pages.reports.loop import reassign_fields
from ui.widgets.dialogs import Sheet, confirm
from ui.widgets.fields import ChoiceField, Field, LongTextField, TextField, WidgetField
from ui.widgets.typeahead import RecentPicker
from zzdesk.desk.claims import claimants
from zzdesk.reports.workflow import REASSIGN, TAKE_OVER

translate = QCoreApplication.translate


def deed_word(action: str) -> str:
    """Return what a deed is called."""
    words = {"category": translate("Deeds", "改类别"), "grid": translate("Deeds", "移到网格"),
             "tags": translate("Deeds", "加减标签")}
    return words.get(action) or action_word("report", action)


def final_question(action: str, count: int) -> str:
    """Return what is to be known before something that cannot be undone."""
    return translate("Deeds", "{count} 件一起{action}。这一步您不能撤销。").format(count=count, action=deed_word(action))


class ReportDeeds:
    """The deeds of reports."""

    prints = True

    def __init__(self, context: Context) -> None:
        self._context = context

    @property
    def many(self) -> Any:
        """Return what does it."""
        from zzdesk.desk.bulk import REPORTS

        return REPORTS

    def word(self, action: str) -> str:
        """Return what a deed is called."""
        return deed_word(action)

    def ask(self, parent: QWidget, offer: Any, count: int, do: Callable[[Any], None]) -> None:
        """Ask for what a deed needs, then ``do(deed)``; nothing where the person went back."""
        if offer.action != TAKE_OVER:
            self._ask(parent, offer, count, do, {})
            return
        self._context.runner.read(
            claimants, owner=parent, on_done=lambda found: self._ask(parent, offer, count, do, found),
            on_error=lambda error: self._context.toast(error.text(), bad=True))

    def _ask(self, parent: QWidget, offer: Any, count: int, do: Callable[[Any], None], colleagues: dict[str, str]) -> None:
        from zzdesk.desk.bulk import Deed

        action, final = offer.action, offer.final
        fields = fields_of(self._context, action, colleagues)
        if not fields:
            if not final or confirm(parent, deed_word(action), final_question(action, count), action_word("report", action)):
                do(Deed(action))
            return
        sheet = DeedSheet(parent.window(), action, count, fields, final=final)
        accepted, values = sheet.exec() == sheet.DialogCode.Accepted, sheet.values()
        sheet.deleteLater()
        if accepted:
            do(Deed(action, values))


class DeedSheet(Sheet):
    """The fields of a deed; Ctrl+Enter does it, Enter goes on to the next field."""

    def __init__(self, parent: QWidget, action: str, count: int, fields: Sequence[Field], *, final: bool = False) -> None:
        sentence = translate("Deeds", "对选中的 {count} 件，每件各记一步；之后可以一起撤销。").format(count=count)
        if final:
            sentence = final_question(action, count)
        go = translate("Deeds", "{action} {count} 件").format(action=deed_word(action), count=count)
        super().__init__(parent, deed_word(action), sentence, go)
        self.fields = {field.key: field for field in fields}
        for field in fields:
            self.body.addWidget(field)
            field.edited.connect(self._look)
        fields[0].control.setFocus()
        self.go.setToolTip("Ctrl+Enter")
        self._look()

    def values(self) -> dict[str, Any]:
        """Return what was filled in; tags as the two sets of them."""
        found = {key: field.value() for key, field in self.fields.items()}
        if "add" in found:
            return {key: _words(value) for key, value in found.items()}
        return {key: value for key, value in found.items() if value or key == "grid"}

    def _look(self) -> None:
        lacking = any(field.required and not field.value() for field in self.fields.values())
        tags = "add" in self.fields and not any(field.value() for field in self.fields.values())
        self.go.setEnabled(not (lacking or tags))


def _words(text: str | None) -> list[str]:
    parts = (text or "").replace("，", "、").replace(",", "、").split("、")
    return [part.strip() for part in parts if part.strip()]


def fields_of(context: Context, action: str, colleagues: dict[str, str] | None = None) -> Sequence[Field]:
    """Return the fields of a deed; none where it needs nothing but the decision. ``colleagues``: account and name."""

    def picker(field: str) -> RecentPicker:
        return RecentPicker(context.runner, "report", field)

    note = LongTextField("note", lambda: translate("Deeds", "补充说明（可不填）"), lines=2)
    if action == "dispatch":
        unit = WidgetField("handler_unit", lambda: field_word("step", "handler_unit"), picker("handler_unit"), required=True,
                           help=lambda: translate("Deeds", "输入几个字，可选以前派过的单位。"))
        return [unit, note]
    if action == REASSIGN:
        return reassign_fields(picker)
    if action == TAKE_OVER:
        return claim_fields(TAKE_OVER, colleagues or {})
    if action == "card-urge":
        whom = WidgetField("whom", lambda: field_word("card", "whom"), picker("handler_unit"), required=True)
        return [whom, LongTextField("opinion", lambda: field_word("card", "opinion"), lines=3, required=True)]
    if action == "category":
        return [ChoiceField("category", lambda: field_word("report", "category"), codes("category"),
                            lambda code: word("category", code), required=True)]
    if action == "grid":
        return [WidgetField("grid", lambda: field_word("report", "grid"), picker("grid"), required=True,
                            help=lambda: translate("Deeds", "输入几个字，可选用过的网格。"))]
    if action == "tags":
        several = lambda: translate("Deeds", "几个之间用顿号分开。")  # noqa: E731
        return [TextField("add", lambda: translate("Deeds", "加上的标签"), limit=100, help=several),
                TextField("del", lambda: translate("Deeds", "去掉的标签"), limit=100, help=several)]
    return ()
