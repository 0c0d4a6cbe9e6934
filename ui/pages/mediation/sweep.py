"""Recording a round of looking for disputes (排查), which the monthly report counts (domain rules B1.6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from ui.context import Context
from ui.labels import field_word
from ui.theme import set_kind
from ui.theme.tokens import XL, L
from ui.widgets.base import Label, Words, column
from ui.widgets.dates import CHINA
from ui.widgets.fields import DayField, IntegerField, LongTextField
from ui.widgets.record_form import RecordForm

translate = QCoreApplication.translate


def _name(field: str) -> Words:
    return lambda: field_word("prevention", field)


class SweepForm(RecordForm):
    """When, how many checks, what was found and prevented."""

    def __init__(self, context: Context) -> None:
        today = context.now().astimezone(CHINA).date().isoformat()
        super().__init__(lambda: translate("SweepForm", "记下排查"), leave=lambda: translate("SweepForm", "返回"),
                         key="prevention/new", drafts=context.drafts, scroll=False,
                         start=lambda: {"happened_on": today})  # fmt: skip
        self.add(DayField("happened_on", _name("happened_on"), required=True),
                 IntegerField("checks", _name("checks"), required=True))  # fmt: skip
        self.add(IntegerField("found", _name("found"), required=True),
                 IntegerField("prevented", _name("prevented"), required=True,
                              help=lambda: translate("SweepForm", "其中当场化解、没有成为纠纷的")))  # fmt: skip
        self.add(LongTextField("note", _name("note"), lines=2, help=lambda: translate("SweepForm", "不写当事人的姓名")))


class FormSheet(QDialog):
    """A form over the window, with its heading."""

    def __init__(self, parent: QWidget, title: str, form: RecordForm) -> None:
        super().__init__(parent)
        set_kind(self, "sheet")
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self.form = form
        self.setLayout(column(Label(title, "title"), form, gap=L, margins=XL))
        form.left.connect(self.reject)

    def run(self, context: Context, command: Callable[..., Any], said: str, done: Callable[[], Any], *about: Any) -> None:
        """Let the form be filled in, and write what it says ``about`` something."""

        def finish(values: dict[str, Any]) -> None:
            self.form.set_busy(True)
            context.runner.write(command, *about, values, initiator=self, on_done=lambda _: finished(),
                                 on_error=self.form.show_error)

        def finished() -> None:
            self.form.done()
            context.toast(said)
            self.accept()
            done()

        self.form.finished.connect(finish)
        self.form.open()


def offer_sweep(window: QWidget, context: Context, done: Callable[[], Any]) -> None:
    """Let a sweep be recorded; ``done`` is called when it was."""
    from zzdesk.desk.mediation_figures import record_sweep

    sheet = FormSheet(window, translate("SweepForm", "记一次纠纷排查"), SweepForm(context))
    sheet.run(context, record_sweep, translate("SweepForm", "已记下。已保存在本机，尚未送达中心。"), done)
    sheet.exec()
    sheet.deleteLater()
