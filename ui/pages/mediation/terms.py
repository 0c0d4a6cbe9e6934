"""When and where a session was, put right after it began: in its record, or beside one that somebody has signed (补正)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import field_word
from ui.pages.base import Page
from ui.pages.mediation.sweep import FormSheet
from ui.widgets.fields import LongTextField, MomentField, TextField
from ui.widgets.record_form import RecordForm
from zzdesk.mediation import commands
from zzdesk.mediation.queries import Paper
from zzdesk.mediation.workflow import SESSION_OPEN

translate = QCoreApplication.translate


def terms_words() -> str:
    """Return what the button says."""
    return translate("Terms", "改时间、地点…")


def is_signed(session: Paper) -> bool:
    """Say whether the record is closed, or somebody has signed it: then it is put right by a note beside it."""
    names = ("signed_by", "mediator_signed", "recorder_signed")
    return session.fields["state"] != SESSION_OPEN or any(session.fields.get(name) for name in names)


def offer_terms(page: Page, parent: QWidget, session: Paper, done: Callable[[], Any]) -> None:
    """Show the form; where the record is signed it asks why, and the record itself stays."""
    signed = is_signed(session)
    form = RecordForm(
        lambda: translate("Terms", "写成补正") if signed else translate("Terms", "保存修改"),
        leave=lambda: translate("Terms", "返回"), key=f"session/{session.id}/terms", drafts=page.context.drafts, scroll=False,
        start=lambda: {"started_at": session.fields.get("started_at")})
    form.add(MomentField("started_at", lambda: field_word("session", "started_at")))
    form.add(TextField("place", lambda: field_word("session", "place"), limit=120,
                       help=lambda: translate("Terms", "遮盖的内容不在这里显示；不改就留空")))
    if signed:
        form.add(LongTextField("reason", lambda: translate("Terms", "为什么补正"), required=True, lines=3, help=lambda: translate(
            "Terms", "签过字的记录不改，补正连同理由记在这次调解的陈述里，请各方再过目。")))

    def correct(work: Any, values: dict[str, Any]) -> Any:
        fields = {name: value for name, value in values.items() if name != "reason"}
        return commands.act_paper(work, "session", session.id, "correct", fields, values.get("reason"))

    said = translate("Terms", "补正已记下，已保存在本机") if signed else translate("Terms", "时间、地点已改，已保存在本机")
    sheet = FormSheet(parent, terms_words().rstrip("…"), form)
    sheet.run(page.context, correct, said, done)
    sheet.exec()
    sheet.deleteLater()
