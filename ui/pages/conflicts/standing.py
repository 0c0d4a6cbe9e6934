"""Where a conflict stands, in a sentence: proposed, waiting, decided by whom and why, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.pages.values import joined
from ui.roles import role_word
from ui.widgets.dates import short_moment
from ui.widgets.tag import Tone

translate = QCoreApplication.translate


def allowed(context: Context) -> bool:
    """Say whether this account may decide conflicts."""
    return context.may("conflict.resolve")


def told() -> str:
    """Say what becomes of a reveal."""
    return translate("ConflictDetailView", "查看会记入审计：谁、何时、为什么。30 秒后自动遮盖。")


def owner_words(found: Any) -> str:
    """Say who should decide: a person, or whoever has a role; and whether it went up because nobody did."""
    if found.state == "resolved":
        return ""
    who = found.owner_name or (role_word(found.owner_role) if found.owner_role else "")
    if not who:
        return ""
    mine = translate("ConflictDetailView", "由您决定") if found.mine else translate(
        "ConflictDetailView", "由{who}决定").format(who=who)
    up = translate("ConflictDetailView", "过期没人决定，已交上级") if found.escalated else ""
    if found.owner_node:
        up = translate("ConflictDetailView", "站里一直没人决定，已交街道")
    waits = translate("ConflictDetailView", "下一步要等这个决定") if found.waits else ""
    return joined(mine, up, waits)


def standing(detail: Any, say: Callable[[Any], str], context: Context) -> tuple[str, Tone]:
    """Return the sentence over a conflict and its tone; an empty text where the choice speaks for itself."""
    if detail.row.state == "resolved":
        return _resolved(detail, say, context), Tone.SUCCESS
    if detail.row.pending_resolution:
        return translate("ConflictDetailView", "本机已作决定，等待送达中心。"), Tone.INFO
    if detail.proposal is not None:
        return _proposal(detail.proposal, say), Tone.WARNING
    if not allowed(context):
        return translate("ConflictDetailView", "您的账号不能决定冲突，请找窗口工作人员或站长。"), Tone.INFO
    if detail.undone:
        return _undone(detail.undone[-1], say), Tone.WARNING
    if detail.four_eyes:
        return translate("ConflictDetailView", "这一项要由两个人决定：一人提出，另一人确认。"), Tone.INFO
    return "", Tone.INFO


def _resolved(detail: Any, say: Callable[[Any], str], context: Context) -> str:
    text = translate("ConflictDetailView", "已决定：{value}。理由：{reason}").format(
        value=say(detail.resolution), reason=detail.reason or translate("ConflictDetailView", "没有写"))
    who = joined(detail.resolved_by_name, short_moment(detail.resolved_at, context.now()) if detail.resolved_at else "")
    return f"{text}（{who}）" if who else text


def _proposal(proposal: Any, say: Callable[[Any], str]) -> str:
    value = say(proposal.value)
    if proposal.by_me:
        return translate("ConflictDetailView", "您已提出改为“{value}”，等另一位同事确认。").format(value=value)
    return translate("ConflictDetailView", "{name} 提出改为“{value}”。同意就选这个值确认，不同意就另选。").format(
        name=proposal.user_name, value=value)


def _undone(last: Any, say: Callable[[Any], str]) -> str:
    return translate(
        "ConflictDetailView", "{name} 撤销了原来的决定“{value}”：{reason}。请重新决定。").format(
        name=last.undone_by_name, value=say(last.resolution), reason=last.undo_reason or "")


