"""What windows show around a mediation case: what its file lacks, signs of escalation, days that count, reminders."""

from __future__ import annotations

from zzdesk.mediation.completeness import Missing
from zzdesk.mediation.papers import OTHERS, unvoid_paper
from zzdesk.mediation.reminders import Reminder, reminders
from zzdesk.mediation.signed_days import SEAL, days_of
from zzdesk.mediation.tables import RED, court_days, escalation, signs

__all__ = [
    "OTHERS", "RED", "SEAL", "Missing", "Reminder", "court_days", "days_of", "escalation", "reminders", "signs", "unvoid_paper",
]  # fmt: skip
