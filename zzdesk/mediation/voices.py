"""Whose voice is heard in a session, and that each of them agreed before it is recorded (PIPL articles 13 and 29)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence import recordings
from zzdesk.i18n import N_
from zzdesk.mediation.models import MediationSession, Party
from zzdesk.mediation.models_course import Participant
from zzdesk.mediation.parties import parties_of
from zzdesk.ops.capture import wire_body
from zzdesk.store.base import kind_of
from zzdesk.store.unit import UnitOfWork

AGENT: Final = "agent:"
"""Before the id of a party: who speaks for it."""
Body = Mapping[str, Any]


def has_agent(party: Body, today: date) -> bool:
    """Say whether a party's agent may speak today: named, and the authority has begun and not ended (授权委托书)."""
    begun, ended = party.get("agent_from"), party.get("agent_until")
    in_time = (not begun or begun <= today.isoformat()) and (not ended or ended >= today.isoformat())
    return bool(party.get("agent_name")) and in_time


def heard(session: Body, parties: Iterable[tuple[RecordId, Body]], guests: Iterable[RecordId], today: date) -> tuple[str, ...]:
    """Return whose voice a recording of today would hold, as ``recording_agreed_by`` names them: ids, agents after their party.

    ``session`` and the bodies of ``parties`` as the wire carries them; ``guests`` are ids of who is invited to the case. Where
    nobody was ticked as present all parties are; whoever may speak for one of them is taken to be there, too.
    """
    known = tuple(parties)
    ticked, invited = frozenset(session.get("present") or ()), frozenset(session.get("invited") or ())
    there = tuple(each for each in known if each[0] in ticked) or known
    voices: list[str] = []
    for party_id, body in there:
        voices += [party_id, AGENT + party_id] if has_agent(body, today) else [party_id]
    return (*voices, *(each for each in guests if each in invited))


def refuse_unasked(work: UnitOfWork, session: MediationSession) -> None:
    """Refuse to record where not everybody who is heard has agreed.

    Raises:
        RefusedError: somebody has not, or nobody is there.
    """
    parties = [(party.id, wire_body(kind_of(Party), party)) for party in parties_of(work, session.case_id)]
    invited = (work.session.get(Participant, each) for each in session.invited or ())
    guests = [guest.id for guest in invited if guest is not None and not guest.voided]
    voices = heard(wire_body(kind_of(MediationSession), session), parties, guests, work.today)
    if not voices or not frozenset(voices) <= (session.recording_agreed_by or frozenset()):
        raise RefusedError(N_("录音要在场的人（当事人、代理人、受邀参加的人）全部同意，并先记下同意"))


def refuse_unheard(work: UnitOfWork, scope: str, attachment: Body) -> None:
    """Refuse an attachment that is a recording nobody was asked for; what is none is let through.

    Raises:
        RefusedError: it lies in a case without a session, or in a session where somebody who is heard has not agreed.
    """
    if recordings.is_misplaced(scope, attachment):
        raise RefusedError(recordings.WORDS[recordings.MISPLACED], code=recordings.MISPLACED)
    if attachment.get("purpose") == recordings.RECORDING and attachment.get("record_kind") == recordings.SESSION:
        refuse_unasked(work, work.get(MediationSession, str(attachment["record_id"])))


def refuse_unknown(work: UnitOfWork, case_id: RecordId, voices: Iterable[str]) -> None:
    """Refuse to note the consent of anybody who is neither party nor agent of the case, nor invited to it.

    Raises:
        InvalidError: names the field.
    """
    parties = {party.id for party in parties_of(work, case_id)}
    for each in voices:
        guest = work.session.get(Participant, each)
        is_guest = guest is not None and guest.case_id == case_id and not guest.voided
        if each.removeprefix(AGENT) not in parties and not is_guest:
            raise InvalidError.one("recording_agreed_by", N_("不是这件纠纷的当事人、代理人，也不是邀请的人"))
