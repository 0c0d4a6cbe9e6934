"""What is asked of invited participants, inquiries and more time, when one is written (PML articles 20 and 27)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.models import Case
from zzdesk.mediation.models_course import Extension, Investigation, Participant
from zzdesk.mediation.parties import parties_of, refuse_strangers
from zzdesk.store.unit import UnitOfWork


def participant_changed(work: UnitOfWork, case: Case, participant: Participant) -> None:
    """Each party says for itself whether it agrees; when all have, that is the moment (PML article 20)."""
    agreed, refused = participant.agreed_by or frozenset(), participant.refused_by or frozenset()
    refuse_strangers(work, case.id, "agreed_by", agreed | refused)
    if agreed & refused:
        raise InvalidError.one("agreed_by", N_("同一当事人不能既同意又不同意"))
    if participant.agreed_at is None and agreed and agreed >= {p.id for p in parties_of(work, case.id)}:
        participant.agreed_at = work.clock.now()


def refuse_unwelcome(work: UnitOfWork, case: Case, invited: Iterable[str]) -> None:
    """Refuse somebody in a session to whom not every party has agreed yet (PML article 20).

    Raises:
        InvalidError: who is named is nobody invited to this case.
        RefusedError: a party has not agreed.
    """
    parties = {p.id for p in parties_of(work, case.id)}
    for each in sorted(invited):
        guest = work.session.get(Participant, each)
        if guest is None or guest.case_id != case.id or guest.voided:
            raise InvalidError.one("invited", N_("不是这件纠纷邀请的人"))
        if not parties <= (guest.agreed_by or frozenset()):
            raise RefusedError(N_("邀请他人参加调解，要先征得当事人同意（人民调解法第二十条）"))


def participant_added(work: UnitOfWork, case: Case, participant: Participant) -> None:
    """Nobody is invited to what has ended."""
    if case.state not in flow.RUNNING:
        raise RefusedError(N_("调解已经结束，不能再登记"))
    participant_changed(work, case, participant)


def close_investigation(
    work: UnitOfWork, case: Case, record: Any, fields: Mapping[str, Any], reason: str | None
) -> None:
    """Close an inquiry: its text is final from then on (domain rules B1.2, row 7)."""
    inquiry: Investigation = record
    if fields:
        work.change(inquiry, fields)
    work.step(inquiry, "close", reason=reason)
    inquiry.closed_at = work.clock.now()
    inquiry.ended_at = inquiry.ended_at or inquiry.closed_at


def extension_added(work: UnitOfWork, case: Case, extension: Extension) -> None:
    """Go on beyond thirty days: only where every party agrees, and to a later day (domain rules B1.1, one-month rule).

    Raises:
        RefusedError: the case does not run any more, or a party has not agreed.
        InvalidError: the day is not later, or somebody named is no party.
    """
    parties = {p.id for p in parties_of(work, case.id)}
    refuse_strangers(work, case.id, "agreed_by", extension.agreed_by)
    flow.refuse_extension(case.state, extension.agreed_by, parties)
    holds = case.extended_to or case.due_on
    if holds is None or extension.until <= holds:
        raise InvalidError.one("until", N_("应晚于原来的期限"))
    extension.from_day = holds
    case.extended_to = extension.until
