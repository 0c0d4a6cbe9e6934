"""Who handles a report (认领): a line that never says "yours" before the centre has said so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QWidget

from ui.labels import action_word, field_word
from ui.pages.work_detail import reason_field
from ui.theme import set_kind
from ui.theme.tokens import XS, M, S
from ui.widgets.base import Button, Label, Translated, column, row
from ui.widgets.dates import short_moment
from ui.widgets.fields import ChoiceField, Field
from ui.widgets.flow import FlowLayout
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.reports.workflow import CLAIM, RELEASE, TAKE_OVER

ICONS: Final = {CLAIM: "flag", RELEASE: "undo-2", TAKE_OVER: "arrow-left-right"}
translate = QCoreApplication.translate


def claim_tag(state: str, name: str = "", *, short: bool = False) -> Tag | None:
    """Return how a claim stands, as a shape and words; in a list (``short``) what nobody has claimed says nothing."""
    if state == "waiting":
        return Tag("◐ " + translate("ClaimBar", "待确认"), Tone.WARNING)
    if state == "held_by_me":
        return Tag("● " + translate("ClaimBar", "由您承办"), Tone.SUCCESS)
    if state == "held_by_other":
        who = translate("ClaimBar", "由{name}承办").format(name=name) if name else translate("ClaimBar", "他人承办")
        return Tag("● " + who, Tone.INFO)
    return None if short else Tag("○ " + translate("ClaimBar", "未认领"))


class ClaimBar(Translated, QFrame):
    """The standing in words, since when and for how long, and what this person may do; ``perform(action)`` does it."""

    def __init__(self, perform: Callable[[str], Any], now: Callable[[], Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "selectable")
        self._now, self._detail = now, None
        self.tag, self.sentence = StateTag(), Label(kind="small", wrap=True)
        self.buttons: dict[str, Button] = {}
        for key, icon in ICONS.items():
            self.buttons[key] = Button("", "", icon, lambda key=key: perform(key))
        tools = QWidget()
        flow = FlowLayout(tools, S)
        for button in self.buttons.values():
            flow.addWidget(button)
        self.setLayout(column(row(self.tag, None), self.sentence, tools, gap=XS, margins=(M, S, M, S)))
        self.retranslate()

    def show_claim(self, detail: Any) -> None:
        """Show how the claim of a report stands; one that is done with and that nobody held shows no line."""
        self._detail = detail
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        for key, button in self.buttons.items():
            button.setText(action_word("report", key))
        if self._detail is None:
            return
        detail, claim = self._detail, self._detail.claim
        self.setVisible(bool(claim.state != "none" or claim.asked or detail.claim_actions))
        tag = claim_tag(claim.state, detail.claim_name or "")
        self.tag.show_tag(tag)
        self.sentence.setText(self._sentence(claim))
        self.sentence.setVisible(bool(self.sentence.text()))
        self.setAccessibleName(f"{tag.text if tag else ''} {self.sentence.text()}".strip())
        for key, button in self.buttons.items():
            button.setVisible(key in detail.claim_actions)

    def _sentence(self, claim: Any) -> str:
        if claim.state == "waiting":
            return self.tr("已提出认领，等中心确认；在那之前还不算您的，先到先得。")
        if claim.asked == RELEASE:
            return self.tr("已提出放弃，等中心确认。")
        if claim.asked == TAKE_OVER:
            return self.tr("已提出改派，等中心确认。")
        if claim.state == "held_by_me" and claim.lease_until is not None:
            return self.tr("认领到 {when}；到时没有进展会自动放开。").format(
                when=short_moment(claim.lease_until, self._now()))
        if claim.state == "none":
            return self.tr("谁先认领谁办，以中心收到的先后为准。")
        return ""


def claim_fields(action: str, colleagues: dict[str, str]) -> Sequence[Field]:
    """Return what an action about a claim asks for."""
    if action != TAKE_OVER:
        return ()
    who = ChoiceField("claimed_by", lambda: field_word("report", "claimed_by"), tuple(colleagues),
                      lambda account: colleagues.get(account, account), required=True,
                      help=lambda: translate("ClaimBar", "原来的承办人和新的承办人都会收到消息。"))
    return (who, reason_field(lambda: field_word("step", "reason")))
