"""Correcting what the centre refused: a form with the refused values, sent as a new operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.context import Context
from ui.labels import kind_word
from ui.pages.plain_fields import WORKABLE, plain_field
from ui.widgets.base import column
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, LongTextField
from ui.widgets.forms import Form
from zzdesk.errors import KnownError

translate = QCoreApplication.translate


class _FormSheet(Sheet):
    """A sheet that is closed by its form; ``sent`` once the command went through."""

    def __init__(self, parent: QWidget, context: Context, title: str, text: str, finish: str) -> None:
        super().__init__(parent, title, text, "")
        self._context, self.sent = context, False
        self.go.hide()
        self.back.hide()
        self.form = Form(lambda: finish, leave=lambda: translate("AmendSheet", "返回"), scroll=False)
        self.form.left.connect(self.reject)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setMinimumHeight(280)
        holder = QWidget()
        holder.setLayout(column(self.form, None))
        area.setWidget(holder)
        self.body.addWidget(area)
        self.setMinimumWidth(560)

    def run(self, command: Callable[..., Any]) -> None:
        """Ask until the command takes what was written, or the person goes back."""
        self.form.finished.connect(lambda values: self._send(command, values))
        self.form.focus_first()
        self.exec()

    def argument(self, values: dict[str, Any]) -> Any:
        """Return what the command takes beside the operation's id."""
        raise NotImplementedError

    def _send(self, command: Callable[..., Any], values: dict[str, Any]) -> None:
        self.form.set_busy(True)
        self._context.runner.write(command, self._op_id, self.argument(values), on_done=lambda _: self._finish(),
                                   on_error=self._refused, initiator=self)

    def _finish(self) -> None:
        self.sent = True
        self.accept()

    def _refused(self, error: KnownError) -> None:
        self.form.show_error(error)

    _op_id = ""


class AmendSheet(_FormSheet):
    """The fields of one refused operation with what was written; a covered one stays as it was unless it is written anew."""

    def __init__(self, parent: QWidget, context: Context, operation: Any) -> None:
        super().__init__(
            parent, context, translate("AmendSheet", "改好再送"),
            translate("AmendSheet", "{kind} {title}：只改不对的地方，其余照原来写的送出。").format(
                kind=kind_word(operation.row.kind), title=operation.row.title), translate("AmendSheet", "再送"))
        self._op_id, self._kind = operation.row.op_id, operation.row.kind
        self._began: dict[str, Any] = {}
        for change in operation.fields:
            self._add(change)
        self.form.set_values(self._began)
        wrong = self.form.fields.get(operation.row.problem_field or "")
        if wrong is not None:
            wrong.show_problem(operation.row.problem_title or "")

    def argument(self, values: dict[str, Any]) -> dict[str, Any]:
        """Only what differs from what was written."""
        names = {*self._began, *values}
        return {name: values.get(name) for name in names if values.get(name) != self._began.get(name)}

    def _add(self, change: Any) -> None:
        from zzdesk.desk.records import schema

        spec = next((field for field in schema(self._kind) if field.name == change.name), None)
        if spec is None or spec.derived or spec.type not in WORKABLE or change.how not in ("to", "by"):
            return
        covered = isinstance(change.value, str) and "*" in change.value and spec.mask is not None
        self.form.add(_field(self._kind, spec, change.value if covered else ""))
        if not covered and change.value is not None:
            self._began[change.name] = change.value


def _field(kind: str, spec: Any, covered: str) -> Field:
    def kept() -> str:
        return translate("AmendSheet", "不填就照原来的（{value}）").format(value=covered) if covered else ""

    return plain_field(kind, spec.name, spec.type, spec.choices, help=kept)


class NoteSheet(_FormSheet):
    """What a change of something final should be, as a note added to it."""

    def __init__(self, parent: QWidget, context: Context, operation: Any) -> None:
        told = translate("AmendSheet", "记录已定稿，原来的内容不动；把要补充的写在这里。")
        if operation.row.kind == "agreement":
            told = translate("AmendSheet", "协议已生效，原来的内容不动；会另立一份变更协议的草稿，各方签字后才生效。")
        super().__init__(parent, context, translate("AmendSheet", "另立补充"), told, translate("AmendSheet", "写下补充"))
        self._op_id = operation.row.op_id
        self.form.add(LongTextField("note", lambda: translate("AmendSheet", "补充内容"), required=True))

    def argument(self, values: dict[str, Any]) -> str:
        """The text."""
        return str(values["note"])
