"""What windows show around a mediation case: what its file lacks, signs of escalation, days of courts, reminders."""

from __future__ import annotations

from zzdesk.mediation.completeness import Missing
from zzdesk.mediation.papers import OTHERS, unvoid_paper
from zzdesk.mediation.reminders import Reminder, reminders
from zzdesk.mediation.tables import RED, court_days, escalation, signs

__all__ = ["OTHERS", "RED", "Missing", "Reminder", "court_days", "escalation", "reminders", "signs", "unvoid_paper"]
