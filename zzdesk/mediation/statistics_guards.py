"""What stands against closing a month (domain rules B1.6). Pure: desk and centre ask."""

from __future__ import annotations

from typing import Final

from zzdesk.documents.months import guard
from zzdesk.mediation.statistics_close import SHAPE, close_id
from zzdesk.workflow import Guard

CLOSE_GUARD: Final[Guard] = guard("month_close", SHAPE, close_id)
