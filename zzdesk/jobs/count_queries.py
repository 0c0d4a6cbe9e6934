"""Two numbers of the odd-job station: how much work is on offer or under way, and how many children were turned away."""

from __future__ import annotations

from sqlalchemy import func, select

from zzdesk.clock import local
from zzdesk.documents import numbers
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Posting
from zzdesk.jobs.placing import REFUSALS
from zzdesk.store.unit import Reader


def count_open(read: Reader, cap: int = 100) -> int:
    """Return how many postings are published or under way, counting no further than ``cap``."""
    read.require("record.read")
    inner = select(Posting.id).where(Posting.state.in_(flow.OPEN_POSTINGS), Posting.voided.is_not(True)).limit(cap)
    return int(read.session.scalar(select(func.count()).select_from(inner.subquery())) or 0)


def refused_children(read: Reader) -> int:
    """Return how many children were turned away at this desk this year; that is all that is known of them."""
    read.require("record.read")
    return numbers.counted(read.session, f"{REFUSALS}-{local(read.clock.now()).year}")
