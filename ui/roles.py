"""Roles in words, and somebody's roles in one line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_ROLES: Final = {
    "clerk": QT_TRANSLATE_NOOP("roles", "窗口工作人员"),
    "kiosk": QT_TRANSLATE_NOOP("roles", "自助机"),
    "kiosk-operator": QT_TRANSLATE_NOOP("roles", "自助机管理员"),
    "mediator": QT_TRANSLATE_NOOP("roles", "调解员"),
    "committee-head": QT_TRANSLATE_NOOP("roles", "调委会主任"),
    "recorder": QT_TRANSLATE_NOOP("roles", "记录员"),
    "grid-worker": QT_TRANSLATE_NOOP("roles", "网格员"),
    "dispatcher": QT_TRANSLATE_NOOP("roles", "派遣员"),
    "handler": QT_TRANSLATE_NOOP("roles", "处置人员"),
    "police-liaison": QT_TRANSLATE_NOOP("roles", "民警联络员"),
    "judicial-office": QT_TRANSLATE_NOOP("roles", "司法所"),
    "adviser": QT_TRANSLATE_NOOP("roles", "法律顾问"),
    "supervisor": QT_TRANSLATE_NOOP("roles", "站长"),
    "administrator": QT_TRANSLATE_NOOP("roles", "系统管理员"),
    "auditor": QT_TRANSLATE_NOOP("roles", "审计员"),
}
_FIRST: Final = ("supervisor", "administrator", "committee-head", "mediator", "clerk")


def role_codes() -> tuple[str, ...]:
    """Return every role that an account may have."""
    return tuple(_ROLES)


def role_word(role: str) -> str:
    """Return the name of a role; one of a newer program is shown by its code."""
    return QCoreApplication.translate("roles", _ROLES[role]) if role in _ROLES else role


def roles_line(roles: frozenset[str]) -> str:
    """Return somebody's roles in one line, the weightiest first."""
    ranked = sorted(roles, key=lambda role: (_FIRST.index(role) if role in _FIRST else len(_FIRST), role))
    return " · ".join(role_word(role) for role in ranked)
