"""Operations in words: what was done, where it stands, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.labels import field_word
from ui.pages.values import said
from ui.widgets.facts import Fact
from ui.widgets.tag import Tag, Tone
from zzdesk.desk.why import Explained, explain_operation

translate = QCoreApplication.translate


def verb_word(verb: str) -> str:
    """Return what a person did, in words; a verb of a newer program is shown by its code."""
    words = {
        "create": translate("SyncPage", "登记"), "patch": translate("SyncPage", "修改"), "void": translate("SyncPage", "作废"),
        "unvoid": translate("SyncPage", "恢复"), "resolve": translate("SyncPage", "决定冲突"),
        "move": translate("SyncPage", "移交"),
    }
    return words.get(verb, verb)


def standing(row: Any) -> Tag:
    """Return where an operation stands, as a tag: sent back and put aside at the centre are not the same."""
    if row.state == "parked" and row.outcome == "quarantined":
        return Tag(translate("SyncPage", "中心已隔离"), Tone.DANGER)
    if row.outcome == "lost" and row.state == "acked":
        return Tag(translate("SyncPage", "认领没有成功"), Tone.WARNING)
    tags = {
        "new": Tag(translate("SyncPage", "待送达")), "sealed": Tag(translate("SyncPage", "待送达")),
        "held": Tag(translate("SyncPage", "中心暂存"), Tone.INFO), "parked": Tag(translate("SyncPage", "被退回"), Tone.WARNING),
        "acked": Tag(translate("SyncPage", "已送达"), Tone.SUCCESS),
        "replaced": Tag(translate("SyncPage", "已改过重送"), Tone.INFO), "dropped": Tag(translate("SyncPage", "已放弃")),
    }
    return tags.get(row.state, Tag(row.state))


def reason(row: Any, online: bool) -> Explained:
    """Return why an operation is where it is, and what to do next."""
    found = explain_operation(row.problem, row.problem_title, aside=row.outcome == "quarantined")
    if found.what and row.problem_field:
        field = field_word(row.kind, row.problem_field)
        return Explained(translate("SyncPage", "{field}：{problem}").format(field=field, problem=found.what), found.next)
    if found.what:
        return found
    if row.state == "held":
        return Explained(translate("SyncPage", "它所属的记录还没有到达中心"),
                         translate("SyncPage", "不用做什么；那条记录一到就会处理，满七天没到会请人来看。"))
    if row.state in ("new", "sealed"):
        what = translate("SyncPage", "下次同步时送出") if online else translate("SyncPage", "还没有连上中心")
        return Explained(what, translate("SyncPage", "不用做什么，已保存在本机。"))
    return Explained("", "")


_FOR_MACHINES: Final = ("proof_key", "created_by")
"""A key that only programs read, and an id that says no more than the line above it."""


def changes(kind: str, fields: Iterable[Any], now: datetime) -> list[Fact]:
    """Return what an operation says of each field that means something to a person."""
    told = (change for change in fields if change.name not in _FOR_MACHINES)
    return [Fact(field_word(kind, change.name), change_words(kind, change, now)) for change in told]


def change_words(kind: str, change: Any, now: datetime) -> str:
    """Return what an operation says of one field: the value, and what stood there before."""
    value = said(kind, change.name, change.value, now) or translate("OperationView", "（空）")
    if change.how == "by":
        return translate("OperationView", "加 {n}").format(n=value)
    if change.how == "add":
        return translate("OperationView", "添上 {items}").format(items=value)
    if change.how == "del":
        return translate("OperationView", "去掉 {items}").format(items=value)
    before = said(kind, change.name, change.was, now)
    if not before:
        return value
    return translate("OperationView", "{value}（原来：{before}）").format(value=value, before=before)
