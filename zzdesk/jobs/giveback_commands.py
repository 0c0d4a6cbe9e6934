"""What people do with the ledger of what enterprises give back: enter a line, and correct one by taking it back (F56)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import giveback
from zzdesk.jobs.models import Employer
from zzdesk.jobs.models_giveback import GivebackEntry
from zzdesk.store.unit import ChangeSet, UnitOfWork

CORRECT: Final = "correct"
TYPED: Final = (
    "given_on", "giveback_kind", "what", *giveback.AMOUNTS, "unit", "purpose", "project", "receipt_number", "taken_by",
)  # fmt: skip
"""What a person says of a line; everything else follows."""


def enter(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Enter what an enterprise gave: ``employer_id`` and what :data:`TYPED` names; today and oneself unless said.

    Raises:
        InvalidError: every field that cannot be taken; money without an amount, anything else without quantity and unit.
        NotFoundError: the enterprise is not here.
    """
    add_entry(work, fields)
    return work.commit()


def add_entry(work: UnitOfWork, fields: Mapping[str, Any]) -> GivebackEntry:
    """Enter a line inside a transaction that goes on."""
    work.require(giveback.RIGHT)
    given = {"given_on": work.today, "taken_by": work.actor.account_id} | {k: v for k, v in fields.items() if v is not None}
    with work.session.no_autoflush:
        entry = work.create(GivebackEntry, given)
        entry.employer_name = work.get(Employer, entry.employer_id).name
        _check(work, entry)
    return entry


def _check(work: UnitOfWork, entry: GivebackEntry) -> None:
    if entry.given_on > work.today:
        raise InvalidError.one("given_on", N_("不能晚于今天"))
    wanted = "amount" if entry.giveback_kind == giveback.MONEY else "quantity"
    if not giveback.fits(entry.giveback_kind, entry.amount, entry.quantity, entry.unit):
        raise InvalidError.one(wanted, giveback.WORDS["giveback-amount"])


def act_entry(
    work: UnitOfWork, entry_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Correct a line (``correct``): one with the opposite amount takes it back, with the reason; where ``fields`` say
    anything, another one says what is right. Nothing is rubbed out.

    Raises:
        RefusedError: no reason, it takes another line back, or it has been taken back already.
        InvalidError: no such step, or a field that a line has not.
    """
    work.require(giveback.RIGHT)
    if action != CORRECT:
        raise RefusedError(N_("台账只能更正"))
    for name in sorted(set(fields) - set(TYPED)):
        raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    entry, why = work.get(GivebackEntry, entry_id), (reason or "").strip()
    if not why:
        raise RefusedError(N_("还不能{action}，缺少：{missing}"), action=action, missing="reason")
    if entry.reverses:
        raise RefusedError(N_("这一行是冲销，不能再更正"))
    if work.session.get(GivebackEntry, giveback.reversal_id(entry.id)) is not None:
        raise RefusedError(N_("这一行已经冲销过，请更正它后面的那一行"))
    _take_back(work, entry, why)
    if fields:
        _put_right(work, entry, fields, why)
    work.audit("giveback_entry.correct", "giveback_entry", entry_id)
    return work.commit()


def _take_back(work: UnitOfWork, entry: GivebackEntry, why: str) -> None:
    fields = {name: getattr(entry, name) for name in giveback.SAID if name != "employer_name"}
    with work.session.no_autoflush:
        back = work.create(GivebackEntry, fields, scope=entry.scope)
        back.id, back.employer_name = giveback.reversal_id(entry.id), entry.employer_name
        back.reverses, back.why = entry.id, why
        back.amount = -entry.amount if entry.amount is not None else None
        back.quantity = -entry.quantity if entry.quantity is not None else None


def _put_right(work: UnitOfWork, entry: GivebackEntry, fields: Mapping[str, Any], why: str) -> None:
    """Write what is right: what stood there, with what was changed; another kind forgets the other kind's amount."""
    kept = {name: getattr(entry, name) for name in TYPED} | {"employer_id": entry.employer_id}
    given = kept | dict(fields)
    money = given.get("giveback_kind") == giveback.MONEY
    for name in ("quantity", "unit") if money else ("amount",):
        given.pop(name, None)
    right = add_entry(work, given)
    right.id, right.corrects, right.why = giveback.correction_id(entry.id), entry.id, why
