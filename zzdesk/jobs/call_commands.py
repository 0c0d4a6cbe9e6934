"""Calls of the kiosk: made before it, answered at a desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import func, select

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import calling
from zzdesk.jobs.kiosk_rules import SERVE
from zzdesk.jobs.models_calls import KioskCall
from zzdesk.people.phones import parse_phone
from zzdesk.store.unit import ChangeSet, UnitOfWork

AT_ONCE: Final = 100
"""Numbers that a desk takes away in one commit."""
IN: Final = timedelta(hours=1)
MOST: Final = {calling.STAFF: 6, calling.CALLBACK: 10}
"""Calls of a kind at one machine within an hour: enough for a busy morning, and no flood by who plays with it."""


def add_call(work: UnitOfWork, fields: Mapping[str, Any]) -> KioskCall:
    """Make a call inside a transaction that goes on.

    Raises:
        RefusedError: no kiosk's account, or too many within the hour. InvalidError: the number is none.
    """
    work.require(SERVE)
    what = str(fields.get("what") or "")
    if _made_lately(work, what) >= MOST.get(what, 0):
        raise RefusedError(N_("刚才已经叫过好几次了。请直接到柜台找工作人员。"))
    call = work.create(KioskCall, fields)
    call.station = work.actor.station
    return call


def _made_lately(work: UnitOfWork, what: str) -> int:
    query = select(func.count()).select_from(KioskCall).where(
        KioskCall.created_at > work.clock.now() - IN, KioskCall.what == what, KioskCall.created_by == work.actor.account_id
    )
    return int(work.session.scalar(query) or 0)


def _open_ones(work: UnitOfWork, what: str) -> list[KioskCall]:
    query = select(KioskCall).where(
        KioskCall.state == calling.OPEN, KioskCall.what == what, KioskCall.created_by == work.actor.account_id,
        KioskCall.voided.is_not(True),
    )  # fmt: skip
    return list(work.session.scalars(query))


def call_staff(work: UnitOfWork) -> ChangeSet:
    """Call somebody to this kiosk; one call at a time, and an old one that nobody answered makes room for the new.

    Returns:
        ``created`` is empty where a call is under way already.
    """
    work.require(SERVE)
    now = work.clock.now()
    for call in _open_ones(work, calling.STAFF):
        if call.created_at > now - calling.LIVELY:
            return ChangeSet()
        work.step(call, "cancel")
    add_call(work, {"what": calling.STAFF})
    return work.commit()


def forget_old(work: UnitOfWork) -> ChangeSet:
    """Take away the numbers that nobody has called back in time (PIPL article 19): at a kiosk those that were left there, at a
    desk those of every kiosk, which may be broken or gone.

    Raises:
        RefusedError: neither a kiosk's account nor one that answers calls.
    """
    long_ago = work.clock.now() - calling.KEPT
    if work.may(SERVE):
        old, action = [call for call in _open_ones(work, calling.CALLBACK) if call.created_at <= long_ago], "cancel"
    else:
        work.require("job.apply")
        query = select(KioskCall).where(
            KioskCall.state == calling.OPEN, KioskCall.created_at <= long_ago, KioskCall.what == calling.CALLBACK,
            KioskCall.voided.is_not(True),
        )  # fmt: skip
        old, action = list(work.session.scalars(query.order_by(KioskCall.created_at).limit(AT_ONCE))), "expire"
    for call in old:
        work.step(call, action)
        call.phone = None
    return work.commit()


def call_off(work: UnitOfWork) -> ChangeSet:
    """Take back that somebody is to come."""
    work.require(SERVE)
    for call in _open_ones(work, calling.STAFF):
        work.step(call, "cancel")
    return work.commit()


def leave_number(work: UnitOfWork, phone: str, how: str | None) -> ChangeSet:
    """Leave a mobile number to be called back at, under the words that were shown; the same number waits once.

    Raises:
        InvalidError: it is no mobile number. RefusedError: too many within the hour.
    """
    work.require(SERVE)
    wanted = parse_phone(phone)
    if wanted.kind != "mobile":
        raise InvalidError.one("phone", N_("应为11位手机号码"))
    if all(call.phone != wanted.number for call in _open_ones(work, calling.CALLBACK)):
        add_call(work, {
            "what": calling.CALLBACK, "phone": wanted.number, "calling": how, "consent_version": calling.CONSENT,
        })  # fmt: skip
    return work.commit()


def act_call(
    work: UnitOfWork, call_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Answer a call; a number that was left is taken away with it.

    Raises:
        RefusedError: by the state or the rights.
    """
    for name in fields:
        raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    call = work.get(KioskCall, call_id)
    work.step(call, action, reason=reason)
    call.phone = None
    if action == "answer":
        call.answered_by = frozenset(call.answered_by or ()) | {work.actor.account_id}
    return work.commit()
