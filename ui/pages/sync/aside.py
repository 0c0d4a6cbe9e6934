"""Work that the centre has put aside: who did what, where and when, why it waits, and the word of a supervisor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal

from ui.context import Context
from ui.labels import kind_word
from ui.models.paging import Line
from ui.pages.sync.sheet import OperationSheet
from ui.pages.sync.words import changes, verb_word
from ui.pages.values import joined
from ui.widgets.base import Button
from ui.widgets.dates import full_moment, short_moment
from ui.widgets.dialogs import ask_reason
from ui.widgets.facts import Fact
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import from_iso
from zzdesk.desk.why import rule_against
from zzdesk.errors import KnownError

translate = QCoreApplication.translate


def why_words(code: str) -> tuple[str, str]:
    """Return why work was put aside, as a tag and as a sentence for who decides."""
    words = {
        "permission-ended": (translate("WaitingView", "权限已收回"), translate(
            "WaitingView", "做这件事时有权限，送到中心时已经没有了。")),
        "login-expired": (translate("WaitingView", "离线登录过期"), translate(
            "WaitingView", "这台电脑太久没有连上中心，离线登录过期以后做的。")),
        "device-withdrawn": (translate("WaitingView", "设备已暂停"), translate(
            "WaitingView", "从一台已经暂停使用的设备收上来的。")),
        "held-too-long": (translate("WaitingView", "前一项没到"), translate(
            "WaitingView", "它所依据的改动等了七天还没有到。")),
        "accepted-before": (translate("WaitingView", "恢复前收下过"), translate(
            "WaitingView", "中心从备份恢复以前收下过，现在放不进去。")),
    }
    rule = rule_against(code)
    if rule is not None:
        return translate("WaitingView", "与别处办的不合"), rule
    other = (translate("WaitingView", "处理不了"), translate("WaitingView", "中心多次处理都没有成功。"))
    return words.get(code, other)


def waiting_line(found: Any, now: datetime) -> Line:
    """Return the line of one operation."""
    detail = joined(kind_word(found.kind or ""), verb_word(found.verb or ""), found.user_name or found.user)
    tag = Tag(why_words(found.why)[0], Tone.WARNING)
    return Line(found.title or kind_word(found.kind or ""), detail, tag, short_moment(from_iso(found.received_at), now),
                "lock")


class WaitingView(OperationSheet):
    """Shows what was put aside; ``decided(sentence)`` after the centre took the word about it."""

    decided = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: Any = None
        self.release = Button("", "primary", "circle-check", lambda: self._ask(let_through=True))
        self.reject = Button("", "", "x", lambda: self._ask(let_through=False))
        self.lay_out(self.release, self.reject, None)
        self.retranslate()

    def show_waiting(self, found: Any) -> None:
        """Show one operation."""
        self.found = found
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        own = self.found is not None and self.found.own
        self.release.setText(self.tr("同意，让它生效…"))
        self.release.setVisible(not own or self.found.alone)
        self.reject.setText(self.tr("撤回…") if own else self.tr("不同意…"))
        self._written.setText(self.tr("写了什么"))
        if self.found is not None:
            self._show(self.found)

    def first_focus(self) -> None:
        """Put the cursor on the first decision."""
        (self.reject if self.release.isHidden() else self.release).setFocus()

    def _show(self, found: Any) -> None:
        now, kind = self._context.now(), found.kind or ""
        self.title.setText(found.title or kind_word(kind))
        self._about.setText(joined(
            kind_word(kind), verb_word(found.verb or ""), found.user_name or found.user, found.device_name or found.device,
            full_moment(from_iso(found.made_at)) if found.made_at else ""))
        tag, sentence = why_words(found.why)
        self._tag.show_tag(Tag(tag, Tone.WARNING))
        if found.together > 1:
            sentence += "\n" + self.tr("同一次保存的 {n} 项会一起处理。").format(n=found.together)
        if found.hidden:
            sentence += "\n" + self.tr("内容是调解案件的，只有承办人员能看。")
        if found.own:
            sentence += "\n" + (self.tr("这是您自己写的。本站只有您有权决定，由您决定，中心会记明。") if found.alone else self.tr(
                "这是您自己写的：要由另一位有权限的人决定，您可以撤回。"))
        self.why.show_text(sentence, Tone.WARNING)
        facts = changes(kind, found.fields, now)
        if found.reason:
            facts.append(Fact(self.tr("理由"), found.reason))
        self.show_facts(facts)

    def _ask(self, *, let_through: bool) -> None:
        if let_through:
            why = ask_reason(self, self.tr("同意，让它生效"), self.tr(
                "中心会按您的权限重新处理；作者还是原来的作者，您的决定和理由会一起留下。"), self.tr("同意"))
        else:
            emptied = self.found is not None and self.found.why == "device-withdrawn"
            told = self.tr("中心不会让它生效；那台电脑已经清空，写的内容只在中心留存备查。") if emptied else self.tr(
                "中心不会让它生效；写的内容还在作者的电脑上，对方会看到您的理由。")
            go = self.tr("撤回") if self.found is not None and self.found.own else self.tr("不同意")
            why = ask_reason(self, go, told, go, danger=True)
        if why and self.found is not None:
            said = self.tr("已同意") if let_through else self.tr("已回绝，内容留着")
            self._set_busy(True)
            self._context.exchange.decide(self.found.op_id, why, let_through, lambda _: self._done(said), self._refused,
                                          self)

    def _done(self, said: str) -> None:
        self._set_busy(False)
        self.decided.emit(said)

    def _refused(self, error: KnownError) -> None:
        self._set_busy(False)
        self.why.show_text(self.tr("{what} 没有作出决定，可以再试。").format(what=error.text()), Tone.DANGER)

    def _set_busy(self, busy: bool) -> None:
        for button in (self.release, self.reject):
            button.setEnabled(not busy)
