"""How the work of a posting is insured, as the windows ask it (``zzdesk.jobs.cover``)."""

from __future__ import annotations

from datetime import date

from zzdesk.clock import RecordId, local_day
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_
from zzdesk.jobs import cover
from zzdesk.jobs.models import Posting
from zzdesk.ops.capture import wire_body
from zzdesk.store.base import kind_of
from zzdesk.store.unit import Reader


def cover_of_posting(read: Reader, posting_id: RecordId) -> tuple[str, bool]:
    """Return how a posting's work is insured (``zzdesk.jobs.cover``), and whether 无保险 has to stand on it.

    Raises:
        NotFoundError: it is not on this desk.
    """
    read.require("record.read")
    posting = read.session.get(Posting, posting_id)
    if posting is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=posting_id)
    today = local_day(read.clock.now())
    return cover.cover_of(wire_body(kind_of(Posting), posting), today), is_uninsured(posting, today)


def is_uninsured(posting: Posting, today: date) -> bool:
    """Say whether 无保险 has to stand on a posting."""
    return cover.is_warned(wire_body(kind_of(Posting), posting), today)
