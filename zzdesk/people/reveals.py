"""Seeing what a mask hides: a reason first, a line in the audit, then the value for thirty seconds (rules B5.1).

Asking and reading are two transactions. The reader sees committed rows only, so no value ever comes out before its
line in the audit has been committed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import select

from zzdesk.clock import RecordId, to_iso
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.people.detect import hide_personal
from zzdesk.store.audit import Audit
from zzdesk.store.base import FieldSpec, kinds
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

SHOWN_FOR: Final = timedelta(seconds=30)
EVENT: Final = "person.reveal"
LONGEST_REASON: Final = 100


def checked_reason(reason: str) -> str:
    """Return a reason as the audit may keep it: numbers of people in it are masked.

    Raises:
        RefusedError: there is none, or it is too long.
    """
    text = hide_personal(reason.strip())
    if not text or len(text) > LONGEST_REASON:
        raise RefusedError(N_("查看完整信息要写明理由，最多{limit}个字"), limit=LONGEST_REASON)
    return text


def _hidden_field(kind: str, field: str) -> FieldSpec:
    known = kinds().get(kind)
    spec = known.fields.get(field) if known else None
    if spec is None or spec.mask is None:
        raise RefusedError(N_("这一项没有遮盖的内容"))
    return spec


def ask(work: UnitOfWork, kind: str, record_id: RecordId, field: str, reason: str) -> ChangeSet:
    """Write into the audit who wants to see which hidden field, and why.

    Raises:
        RefusedError: no right, no reason, or nothing is hidden there.
    """
    work.require("person.reveal")
    _hidden_field(kind, field)
    work.audit(EVENT, kind, record_id, field=field, reason=checked_reason(reason))
    return work.commit()


def value(read: Reader, kind: str, record_id: RecordId, field: str) -> Any:
    """Return the wire form of a hidden field for which the actor asked within the last thirty seconds.

    Raises:
        RefusedError: nobody asked, somebody else did, or the time is over.
        NotFoundError: the record is not on this desk.
    """
    read.require("person.reveal")
    spec = _hidden_field(kind, field)
    if not _asked(read, kind, record_id, field):
        raise RefusedError(N_("请先写明理由，再查看完整信息"))
    record: Any = read.session.get(kinds()[kind].model, record_id)
    if record is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=record_id)
    found = getattr(record, field)
    return None if found is None else spec.type.to_wire(found)


def _asked(read: Reader, kind: str, record_id: RecordId, field: str) -> bool:
    now = read.clock.now()
    lines = select(Audit.facts).where(
        Audit.event == EVENT, Audit.kind == kind, Audit.record_id == record_id,
        Audit.actor == read.actor.account_id, Audit.at >= to_iso(now - SHOWN_FOR), Audit.at <= to_iso(now),
    )  # fmt: skip
    return any(msgspec.json.decode(facts)["field"] == field for facts in read.session.scalars(lines))
