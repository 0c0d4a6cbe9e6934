"""What becomes of people when the work that they were promised is called off or taken down: they are free again (B3.2)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Application, Posting
from zzdesk.store.unit import UnitOfWork

AT_ONCE: Final = 150
"""Applications in one commit, with the posting: a group of operations has an end (decision 4)."""


def refuse_at_work(work: UnitOfWork, posting: Posting) -> None:
    """Refuse to call work off at which somebody is or was: it is settled, and its wages are paid.

    Raises:
        RefusedError: somebody has checked in.
    """
    work.session.flush()
    there = select(func.count()).select_from(Application).where(
        Application.posting_id == posting.id, Application.voided.is_not(True),
        Application.state.in_((flow.CHECKED_IN, flow.FINISHED)),
    )  # fmt: skip
    count = int(work.session.scalar(there) or 0)
    if count:
        raise RefusedError(N_("已经有{count}人到岗，不能取消或下架；请先开工，做完再结算发工资"), count=count)


def release(work: UnitOfWork, posting: Posting, reason: str | None) -> bool:
    """Withdraw who has a place or waits for one, those with a place first; say whether a further commit has more to do."""
    work.session.flush()
    waiting = select(Application).where(
        Application.posting_id == posting.id, Application.voided.is_not(True),
        Application.state.in_((flow.CONFIRMED, flow.APPLIED)),
    ).order_by(Application.state.desc(), Application.created_at, Application.id).limit(AT_ONCE + 1)  # fmt: skip
    found = work.session.scalars(waiting).all()
    for each in found[:AT_ONCE]:
        source, _ = work.step(each, "withdraw", reason=reason)
        each.reason = reason
        if source == flow.CONFIRMED:
            posting.filled = max(0, (posting.filled or 0) - 1)
    return len(found) > AT_ONCE
