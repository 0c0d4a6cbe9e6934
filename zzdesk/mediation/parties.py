"""The parties of a case, as every rule about its file asks for them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.mediation import signing
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.guards import WORDS, binds
from zzdesk.mediation.models import Agreement, Party
from zzdesk.ops.capture import wire_body
from zzdesk.store.base import kind_of
from zzdesk.store.unit import UnitOfWork


def parties_of(work: UnitOfWork, case_id: RecordId) -> list[Party]:
    """Return the parties of a case that are not void."""
    work.session.flush()
    query = select(Party).where(Party.case_id == case_id, Party.voided.is_not(True)).order_by(Party.id)
    return list(work.session.scalars(query))


def refuse_strangers(work: UnitOfWork, case_id: RecordId, field: str, ids: Iterable[str | None]) -> None:
    """Refuse the ids of anybody who is no party of the case.

    Raises:
        InvalidError: names the field.
    """
    asked = {each for each in ids if each}
    if asked and not asked <= {p.id for p in parties_of(work, case_id)}:
        raise InvalidError.one(field, N_("不是这件纠纷的当事人"))


def refuse_bound(work: UnitOfWork, party: Party) -> None:
    """Refuse to take a party out of an agreement in effect, or back into a case that has one (domain rules B1.2).

    Raises:
        RefusedError: there is such an agreement.
    """
    work.session.flush()
    effective = select(Agreement).where(
        Agreement.case_id == party.case_id, Agreement.state == flow.AGREEMENT_EFFECTIVE, Agreement.voided.is_not(True)
    )
    for agreement in work.session.scalars(effective):
        if party.voided or binds(wire_body(kind_of(Agreement), agreement), party.id):
            raise RefusedError(WORDS["agreement-in-effect"], code="agreement-in-effect")


def altered(agreements: Iterable[Agreement], parties: Iterable[Party]) -> frozenset[RecordId]:
    """Return which agreements in effect do not say what their checksum says; all of a case, without void records."""
    known = {party.id: wire_body(kind_of(Party), party) for party in parties}
    effective = [each for each in agreements if each.state == flow.AGREEMENT_EFFECTIVE]
    return frozenset(a.id for a in effective if not signing.is_as_agreed(wire_body(kind_of(Agreement), a), known))
