"""Which employers of the odd-job station somebody should look at now: a card on the first page, hidden where there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.pages.workbench.reminding import RemindersCard

translate = QCoreApplication.translate


class JobsCard(RemindersCard):
    """Each line opens its employer."""

    lines = 2

    def asked(self) -> Callable[[Any], Any]:
        """Ask whose vetting runs out and whose sanction is over; loaded in the worker, not before the first window."""
        return _reminders

    def heading(self) -> tuple[str, str]:
        """Say how many there are."""
        count = translate("JobsCard", "{count} 项").format(count=len(self.rows))
        return translate("JobsCard", "用工提醒"), count

    def words(self, found: Any) -> str:
        """Say what one is."""
        said = {
            "vetting-ends": translate("JobsCard", "核验快到期"),
            "vetting-over": translate("JobsCard", "核验已过期"),
            "sanction-over": translate("JobsCard", "处理期满"),
            "appeal": translate("JobsCard", "申诉待决定"),
            "complaint": translate("JobsCard", "投诉待处理"),
        }
        return said.get(found.sort, found.sort)


def _reminders(read: Any) -> Any:
    from zzdesk.jobs.queries import reminders

    return reminders(read)
