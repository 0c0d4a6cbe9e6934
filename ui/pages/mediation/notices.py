"""告知: the rights and duties of the parties, read out and signed before anything else, one party after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame

from ui.labels import word
from ui.pages.base import Page
from ui.theme import set_kind
from ui.theme.tokens import M, S
from ui.widgets.base import Button, Icon, Label, Translated, row
from ui.widgets.dialogs import ask_reason
from ui.widgets.large_text import show_large
from zzdesk.desk import room
from zzdesk.desk.room import Room
from zzdesk.errors import KnownError
from zzdesk.mediation import commands
from zzdesk.mediation.queries import Paper


def notice_text() -> str:
    """Return what the parties are told (PML articles 4, 23 and 24), in the language in force."""
    return QCoreApplication.translate(
        "Notice",
        "人民调解不收费，自愿参加。\n\n"
        "您有权：\n"
        "一、选择或者接受人民调解员；\n"
        "二、接受调解、拒绝调解或者要求终止调解；\n"
        "三、要求调解公开进行或者不公开进行；\n"
        "四、自主表达意愿、自愿达成调解协议。\n\n"
        "您应当：\n"
        "一、如实陈述纠纷事实；\n"
        "二、遵守调解现场秩序，尊重人民调解员；\n"
        "三、尊重对方当事人行使权利。\n\n"
        "（人民调解法第四条、第二十三条、第二十四条）")


class NoticeBar(Translated, QFrame):
    """The first party that has not been told, or has not signed, with the button that does it; hidden when all have."""

    def __init__(self, page: Page, reload: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._reload, self._room = page, reload, None  # type: Page, Callable[[], None], Room | None
        self.needed = False
        self._icon, self.text = Icon("triangle-alert", "warning"), Label(wrap=True)
        self.button, self.refusing = Button("", "primary", on_click=self.go_on), Button("", "", on_click=self._not_signing)
        layout = row(self._icon, self.text, self.refusing, self.button, gap=M, margins=(M, S, M, S))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        set_kind(self, "banner-warning")
        self.hide()

    def show_for(self, found: Room) -> None:
        """Show what is missing first."""
        self._room = found
        party = self._next()
        self.needed = party is not None or len(found.parties) < 2
        self.setVisible(self.needed)
        self.button.setVisible(party is not None)
        self.refusing.setVisible(party is not None and bool(party.fields.get("notice_at")))
        self._say(party)

    def retranslate(self) -> None:
        """Say everything again."""
        if self._room is not None:
            self.show_for(self._room)

    def refuse(self, text: str) -> None:
        """Say what stands against closing; the article is in the words."""
        self.text.setText(text)
        self.setAccessibleName(text)
        self.button.setVisible(self._next() is not None)
        self.show()

    def go_on(self) -> None:
        """Read the rights out, or note that the party has signed."""
        party = self._next()
        if party is None:
            return
        if party.fields.get("notice_at"):
            self._note(party, {"notice_signed": True})
        elif show_large(self, self.tr("当事人权利义务告知"), notice_text(), self.tr("已读给当事人听")):
            self._note(party, {})

    def _next(self) -> Paper | None:
        present = self._room.present if self._room is not None else ()
        return next((p for p in present if not room.is_informed(p.fields)), None)

    def _say(self, party: Paper | None) -> None:
        if party is None:
            text = self.tr("当事人至少两人，请先在案卷里添加当事人。")
        else:
            name = f"{word('party_role', party.fields['role'])} {party.fields['name']}"
            told = bool(party.fields.get("notice_at"))
            text = (self.tr("请 {name} 在权利义务告知书上签字。") if told else self.tr(
                "先向 {name} 告知权利义务（人民调解法第二十三、二十四条）。")).format(name=name)
            self.button.setText(self.tr("已经签字") if told else self.tr("读告知书…"))
            self.refusing.setText(self.tr("拒绝签字…"))
        self.text.setText(text)
        self.setAccessibleName(text)

    def _not_signing(self) -> None:
        party = self._next()
        if party is None:
            return
        reason = ask_reason(self, self.tr("拒绝签字"), self.tr("写明怎样拒签的、谁在场见证。"), self.tr("记下拒签"))
        if reason:
            self._note(party, {"notice_signed": False}, reason)

    def _note(self, party: Paper, fields: dict[str, Any], reason: str | None = None) -> None:
        self._page.context.runner.write(
            commands.act_paper, "party", party.id, "notify", fields, reason, initiator=self._page,
            on_done=lambda _: self._reload(), on_error=self._refused)

    def _refused(self, error: KnownError) -> None:
        self._page.context.toast(error.text(), bad=True)
