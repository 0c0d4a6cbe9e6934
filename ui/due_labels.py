"""Words about limits and deadlines, in Chinese and marked for Qt's translation (context ``domain``)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

DEMANDS: Final[dict[str, str]] = {
    "consultation": QT_TRANSLATE_NOOP("domain", "咨询"),
    "help": QT_TRANSLATE_NOOP("domain", "求助"),
    "suggestion": QT_TRANSLATE_NOOP("domain", "建议"),
    "complaint": QT_TRANSLATE_NOOP("domain", "投诉"),
    "tip-off": QT_TRANSLATE_NOOP("domain", "举报"),
}
"""What a resident wants of 12345 (诉求类型)."""

CALL_ACTIONS: Final[dict[str, str]] = {
    "call-accept": QT_TRANSLATE_NOOP("domain", "接警"),
    "call-dispatch": QT_TRANSLATE_NOOP("domain", "派出"),
    "call-arrive": QT_TRANSLATE_NOOP("domain", "到场"),
}
"""The three moments of a call for help (社区110)."""
