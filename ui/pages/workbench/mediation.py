"""What of mediation somebody should look at now: a card on the first page, hidden where there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.pages.workbench.reminding import RemindersCard

translate = QCoreApplication.translate
LINES: Final = RemindersCard.lines
"""What there is room for beside the other cards at 768 pixels; the rest is on the cases themselves."""
OF_STATION: Final = frozenset({"term", "members", "women", "numbers"})
"""Sorts that are about no case."""


class MediationCard(RemindersCard):
    """Each line opens its case; those about the committee or its numbers only say so."""

    def asked(self) -> Callable[[Any], Any]:
        """Ask for what runs out, is over or is red."""
        from zzdesk.desk.following import reminders

        return reminders

    def heading(self) -> tuple[str, str]:
        """Say how many there are."""
        count = translate("MediationCard", "{count} 项").format(count=len(self.rows))
        return translate("MediationCard", "调解提醒"), count

    def words(self, found: Any) -> str:
        """Say what one is."""
        return sort_words(found)

    def opens(self, found: Any) -> bool:
        """Say whether it is about a case."""
        return found.sort not in OF_STATION

    def said(self, found: Any) -> str:
        """The number's last part tells cases apart."""
        return str(found.name.rpartition("-")[2])


def sort_words(found: Any) -> str:
    """Return what one reminder says."""
    said = {
        "red": translate("MediationCard", "▲ 有激化危险，先拨110"),
        "mediation": translate("MediationCard", "调解期限将到或已过"),
        "confirmation": translate("MediationCard", "申请司法确认的最后一日"),
        "line": translate("MediationCard", "履行到期"),
        "revisit": translate("MediationCard", "该回访了"),
        "term": translate("MediationCard", "任期届满"),
        "members": translate("MediationCard", "委员应为三至九人，现有 {count} 人（人民调解法第八条）"),
        "women": translate("MediationCard", "委员中应当有妇女（人民调解法第八条）"),
        "numbers": translate("MediationCard", "本机的编号只剩 {count} 个，请同步"),
    }
    return said.get(found.sort, found.sort).format(count=found.count)
