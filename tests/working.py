"""What tests let people do at a desk, where the contents do not matter."""

from __future__ import annotations

from typing import Any

from zzdesk.desk.session import Desk
from zzdesk.reports import commands as reports


def register(desk: Desk, title: str = "路灯不亮", **more: Any) -> str:
    """Record a report and return its id."""
    made: str = desk.write(reports.register, {"title": title, "category": "lighting"} | more).created[0]
    return made
