"""What the odd-job station calls its ledger, queue and sanctions: names of codes, kinds, fields and actions."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

KINDS: Final[dict[str, str]] = {
    "employer": QT_TRANSLATE_NOOP("domain", "用工单位"),
    "posting": QT_TRANSLATE_NOOP("domain", "用工信息"),
    "worker": QT_TRANSLATE_NOOP("domain", "零工人员"),
    "application": QT_TRANSLATE_NOOP("domain", "报名"),
}
WORDS: Final[dict[str, dict[str, str]]] = {
    "sanction": {
        "blacklist": QT_TRANSLATE_NOOP("domain", "列入黑名单"), "suspend": QT_TRANSLATE_NOOP("domain", "暂停用工"),
    },
}  # fmt: skip
