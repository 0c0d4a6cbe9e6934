"""Inviting somebody from inside the session room, and what each party says to it (PML article 20)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.labels import word
from ui.pages.base import Page
from ui.pages.mediation.follow_forms import Fields, Rows, consent_rows, participant_rows
from ui.pages.mediation.sweep import FormSheet
from ui.widgets.base import Words
from ui.widgets.record_form import RecordForm
from zzdesk.desk import room
from zzdesk.desk.room import Room
from zzdesk.mediation.queries import Paper

translate = QCoreApplication.translate


def offer_guest(page: Page, found: Room, done: Callable[[], Any]) -> None:
    """Let somebody be invited; whom all parties agree to is there at once."""
    rows = participant_rows(Fields("participant", _parties(found)))
    form = _form(page, f"participant/{found.session.id}/room", lambda: translate("Guests", "登记"), rows, {})
    said = translate("Guests", "已登记；各方当事人都同意的，已勾选在场")
    _ask(page, translate("Guests", "邀请他人参加调解"), form, room.invite, said, done, found.session.id)


def offer_consent(page: Page, found: Room, guest: Paper, done: Callable[[], Any]) -> None:
    """Note what each party says to somebody who was invited before."""
    start = {name: guest.fields.get(name) for name in ("agreed_by", "refused_by")}
    rows = consent_rows(Fields("participant", _parties(found)))
    form = _form(page, f"participant/{guest.id}/room", lambda: translate("Guests", "记下"), rows, start)
    title = translate("Guests", "各方是否同意{name}参加").format(name=guest.fields["name"])
    _ask(page, title, form, room.note_consent, translate("Guests", "已记下，已保存在本机"), done, found.session.id, guest.id)


def _parties(found: Room) -> dict[str, str]:
    return {p.id: f"{word('party_role', p.fields['role'])} {p.fields['name']}" for p in found.parties}


def _form(page: Page, key: str, finish: Words, rows: Rows, start: dict[str, Any]) -> RecordForm:
    form = RecordForm(finish, leave=lambda: translate("Guests", "返回"), key=key, drafts=page.context.drafts, scroll=False,
                      start=lambda: start)
    for each in rows:
        form.add(*each)
    return form


def _ask(
    page: Page, title: str, form: RecordForm, command: Callable[..., Any], said: str, done: Callable[[], Any], *about: str
) -> None:
    sheet = FormSheet(page, title, form)
    sheet.run(page.context, command, said, done, *about)
    sheet.exec()
    sheet.deleteLater()
