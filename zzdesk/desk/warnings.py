"""What is said to the person when something about the home was not as it should be."""

from __future__ import annotations

from typing import Final

from zzdesk.i18n import N_

WARNINGS: Final = {
    "audit.anchor-missing": N_("审计记录的封存点不见了或被改动，已写入审计。请告诉审计员。"),
    "audit.anchor-differs": N_("审计记录的末尾被截断或改写，请运行 audit verify，并告诉审计员。"),
    "journal.brought-back": N_("数据库是较旧的一份，之后做的操作已从日志找回，会随下次同步送交中心。"),
    "login.counters-rolled-back": N_("登录失败计数文件被换成了旧的，已写入审计。请告诉审计员。"),
}
"""What ``Desk.warnings`` means, for the person who logged in."""
