"""A mediation case: the stub that the station sees, and the confidential records for its team (decision 12).

The stub (kind ``case``) lives in the station's scope and says nothing about anybody. Everything else lives in the
scope ``case:<id>``, which the centre gives to the members of the team only; none of it is in the search index.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped

from zzdesk.mediation import signed_days
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.checks import not_ahead, not_negative, spot
from zzdesk.mediation.guards import GUARD
from zzdesk.people import checks
from zzdesk.people.models import SEXES
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import (
    Bool,
    Choice,
    Day,
    Integer,
    LongText,
    Moment,
    Money,
    Ref,
    ShortText,
    TextSet,
)


class Case(Synced, Base):
    """The stub of a case: for lists and statistics, without a word about the people."""

    __tablename__ = "mediation_case"
    __kind__ = "case"
    __right__ = "case.accept"
    __transitions__ = flow.CASE
    __guard__ = GUARD
    __numbers__ = "人调"
    __numbers_by__ = ("committee_id", "committee", "prefix")
    __search__ = ("number", "alias")
    __table_args__ = (
        list_index("mediation_case", "created_at", "id"),
        list_index("mediation_case", "state", "created_at", "id"),
        list_index("mediation_case", "category", "created_at", "id"),
        list_index("mediation_case", "report_id"),
        list_index("mediation_case", "application_id", seldom=True),
        list_index("mediation_case", "accepted_on", "id"),
        list_index("mediation_case", "closed_on", "id"),
        list_index("mediation_case", "escalation", "created_at", "id", seldom=True),
        list_index("mediation_case", "voided", "id"),
    )

    alias: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    number: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, natural=True)
    category: Mapped[str] = synced(Choice(*flow.CATEGORIES), required=True)
    source: Mapped[str] = synced(Choice(*flow.SOURCES), default="application")
    linkage: Mapped[str | None] = synced(Choice(*flow.LINKAGES))
    linkage_number: Mapped[str | None] = synced(ShortText())
    state: Mapped[str] = synced(Choice(*sorted(flow.CASE.states)), Merge.TRANSITION, default=flow.ACCEPTED)
    accepted_on: Mapped[date | None] = synced(Day(), check=not_ahead)
    due_on: Mapped[date | None] = synced(Day(), derived=True)
    extended_to: Mapped[date | None] = synced(Day(), derived=True)
    closed_on: Mapped[date | None] = synced(Day(), derived=True)
    """When mediation ended: agreed, failed, refused or withdrawn. The bulletin's closing month is that of this day."""
    finished_on: Mapped[date | None] = synced(Day(), derived=True)
    """When the case was closed (结案): after performance and revisits, or with the end of mediation where there was none."""
    archived_on: Mapped[date | None] = synced(Day(), derived=True)
    retention: Mapped[str | None] = synced(Choice(*flow.RETENTIONS))
    committee_id: Mapped[str | None] = synced(Ref())
    outcome: Mapped[str | None] = synced(Choice(*flow.OUTCOMES), derived=True)
    amount: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES, check=not_negative)
    agreed_amount: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES, derived=True)
    """What the agreement in effect comes to, zero where it names no amount: the month counts it, not the ``amount`` claimed.
    None where no agreement is in effect, or it took effect before this was written down."""
    party_count: Mapped[int | None] = synced(Integer(), Merge.DELTA, derived=True)
    team: Mapped[frozenset[str]] = synced(TextSet(), Merge.SET, required=True)
    mediators: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    chosen_by: Mapped[str] = synced(Choice(*flow.CHOSEN_BY), default="assigned")
    prevented: Mapped[str | None] = synced(Choice(*flow.PREVENTED), derived=True)
    """What the dispute says that mediation prevented, for statistics: the stub is what everybody's desk counts (B1.6)."""
    prevented_people: Mapped[int | None] = synced(Integer(), derived=True)
    escalation: Mapped[int | None] = synced(Integer())
    police_called_at: Mapped[datetime | None] = synced(Moment())
    report_id: Mapped[str | None] = synced(Ref())
    application_id: Mapped[str | None] = synced(Ref())
    """Of what older programs wrote: the link tells everybody who is in mediation, and stands in the file (``Dispute``)."""


class Dispute(Synced, Base):
    """What the case is about: one for each case."""

    __tablename__ = "dispute"
    __kind__ = "dispute"
    __right__ = "case.mediate"
    __parent__ = "case_id"
    __confidential__ = True
    __table_args__ = (list_index("dispute", "case_id", "id"), list_index("dispute", "application_id", seldom=True))

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    title: Mapped[str] = synced(ShortText(), required=True, mask="text")
    facts: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    demands: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    place: Mapped[str | None] = synced(ShortText(), mask="address")
    happened_on: Mapped[date | None] = synced(Day())
    is_public: Mapped[bool | None] = synced(Bool())
    people_count: Mapped[int | None] = synced(Integer(), check=not_negative)
    units: Mapped[str | None] = synced(ShortText())
    risk: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    measures: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    signs: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    """Signs that it may escalate, ticked out of ``resources/data/mediation.toml`` (PML article 25; domain rules B1.4)."""
    intensity: Mapped[str | None] = synced(Choice(*flow.INTENSITIES))
    scale: Mapped[str | None] = synced(Choice(*flow.SCALES))
    is_prominent: Mapped[bool | None] = synced(Bool())
    prevented: Mapped[str | None] = synced(Choice(*flow.PREVENTED))
    """What mediation kept from happening, as the bulletin counts it (domain rules B1.6)."""
    prevented_people: Mapped[int | None] = synced(Integer(), check=not_negative)
    deposit: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES, check=not_negative)
    """刑事赔偿保证金 of the province's form (domain rules B1.3)."""
    dossier_note: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    """卷宗情况说明 (domain rules B1.2, row 16)."""
    finding: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    """What the closing report says of how it went (结案报告表, row 15)."""
    ending: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    other_ways_told_at: Mapped[datetime | None] = synced(Moment())
    application_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    """The work that it is about. Here and not on the stub: the list of applications stands beside the worker (decision 12)."""


class Party(Synced, Base):
    """One side of a dispute: a person, or an organisation with its representative."""

    __tablename__ = "party"
    __kind__ = "party"
    __right__ = "case.mediate"
    __parent__ = "case_id"
    __confidential__ = True
    __table_args__ = (list_index("party", "case_id", "id"),)

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    role: Mapped[str] = synced(Choice(*flow.PARTY_ROLES), required=True)
    party_kind: Mapped[str] = synced(Choice(*flow.PARTY_KINDS), default="natural")
    person_id: Mapped[str | None] = synced(Ref())
    name: Mapped[str] = synced(ShortText(), Merge.FOUR_EYES, required=True, mask="holder")
    identity_number: Mapped[str | None] = synced(
        ShortText(), Merge.FOUR_EYES, mask="id", check=checks.identity
    )
    credit_code: Mapped[str | None] = synced(ShortText(), Merge.FOUR_EYES, check=checks.credit_code)
    representative: Mapped[str | None] = synced(ShortText(), mask="name")
    sex: Mapped[str | None] = synced(Choice(*SEXES))
    birth: Mapped[date | None] = synced(Day(), mask="birth")
    ethnicity: Mapped[str | None] = synced(ShortText())
    occupation: Mapped[str | None] = synced(ShortText())
    employer: Mapped[str | None] = synced(ShortText())
    phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    address: Mapped[str | None] = synced(ShortText(), mask="address")
    service_address: Mapped[str | None] = synced(ShortText(), mask="address")
    agent_name: Mapped[str | None] = synced(ShortText(), mask="name")
    agent_identity: Mapped[str | None] = synced(
        ShortText(), Merge.FOUR_EYES, mask="id", check=checks.identity
    )
    agent_phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    agent_powers: Mapped[str | None] = synced(LongText(), mask="text")
    agent_authority: Mapped[str | None] = synced(Choice(*flow.AUTHORITIES))
    agent_from: Mapped[date | None] = synced(Day())
    agent_until: Mapped[date | None] = synced(Day())
    consents: Mapped[bool | None] = synced(Bool())
    consent_at: Mapped[datetime | None] = synced(Moment())
    consent_version: Mapped[str | None] = synced(ShortText())
    notice_at: Mapped[datetime | None] = synced(Moment())
    notice_signed: Mapped[bool | None] = synced(Bool())
    wants_public: Mapped[bool | None] = synced(Bool())
    agrees_to_extension: Mapped[bool | None] = synced(Bool())
    note: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class MediationSession(Synced, Base):
    """One meeting. It may be edited until it is closed and stays as it is from then on."""

    __tablename__ = "mediation_session"
    __kind__ = "session"
    __right__ = "case.mediate"
    __parent__ = "case_id"
    __confidential__ = True
    __transitions__ = flow.SESSION
    __frozen_states__ = frozenset({flow.SESSION_CLOSED})
    __table_args__ = (list_index("mediation_session", "case_id", "id"),)

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    started_at: Mapped[datetime | None] = synced(Moment(), Merge.FROZEN)
    ended_at: Mapped[datetime | None] = synced(Moment(), Merge.FROZEN)
    place: Mapped[str | None] = synced(ShortText(), Merge.FROZEN, mask="address")
    spot: Mapped[str | None] = synced(ShortText(), Merge.FROZEN, check=spot)
    """Where that is: ``latitude,longitude`` in degrees, WGS 84; nobody has to say it (PML article 21: on the spot)."""
    mode: Mapped[str | None] = synced(Choice(*flow.MODES), Merge.FROZEN)
    present: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    invited: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    """Ids of the ``participant`` records of those who were invited and came (PML article 20)."""
    points: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    signed_by: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    """Parties who signed the record after it was read back; why one did not is a note."""
    signed_texts: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, derived=True)
    """``who:SHA-256`` of record, points and result for each who signed (``zzdesk.mediation.signing``)."""
    signed_terms: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, derived=True)
    """``who:SHA-256`` of time and place for each who signed; programs before schema 2 wrote none down."""
    mediator_signed: Mapped[bool | None] = synced(Bool(), Merge.FROZEN)
    recorder_signed: Mapped[bool | None] = synced(Bool(), Merge.FROZEN)
    unsigned_because: Mapped[str | None] = synced(LongText(), Merge.FROZEN, mask="text")
    """Where a signature is missing: whose, why, and who saw that; it is asked for when the session is closed."""
    recording_agreed_by: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    """Who agreed to be recorded: ids of parties and of invited persons, ``agent:`` with a party's id (``voices``)."""
    attendees: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, mask="name")
    attendees_agreed: Mapped[bool | None] = synced(Bool(), Merge.FROZEN)
    recorder: Mapped[str | None] = synced(ShortText(), Merge.FROZEN, mask="name")
    record: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    result: Mapped[str | None] = synced(Choice(*flow.RESULTS), Merge.FROZEN)
    read_back: Mapped[bool | None] = synced(Bool(), Merge.FROZEN)
    state: Mapped[str] = synced(Choice(*sorted(flow.SESSION.states)), Merge.TRANSITION, default=flow.SESSION_OPEN)
    closed_at: Mapped[datetime | None] = synced(Moment(), derived=True)


class Statement(Synced, Base):
    """What was said in a session, and when. Written once."""

    __tablename__ = "statement"
    __kind__ = "statement"
    __right__ = "case.mediate"
    __parent__ = "session_id"
    __confidential__ = True
    __append_only__ = True
    __table_args__ = (
        list_index("statement", "session_id", "created_at", "id"),
        list_index("statement", "case_id", "id"),
    )

    session_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, derived=True)
    statement_kind: Mapped[str] = synced(
        Choice(*flow.STATEMENT_KINDS), Merge.WRITE_ONCE, default="statement"
    )
    party_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    speaker: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, mask="name")
    text: Mapped[str] = synced(LongText(), Merge.WRITE_ONCE, required=True, mask="text")
    amount: Mapped[Decimal | None] = synced(Money(), Merge.WRITE_ONCE, check=not_negative)
    """What a proposal or counter-proposal comes to, in yuan."""


class Agreement(Synced, Base):
    """What the parties agreed. Once effective it is frozen: a change is a new document that names this one."""

    __tablename__ = "agreement"
    __kind__ = "agreement"
    __right__ = "case.mediate"
    __parent__ = "case_id"
    __confidential__ = True
    __transitions__ = flow.AGREEMENT
    __frozen_states__ = frozenset({flow.AGREEMENT_EFFECTIVE})
    __frozen_code__ = "agreement-in-effect"
    __table_args__ = (list_index("agreement", "case_id", "id"), list_index("agreement", "state", "confirm_by", "id"))

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    form: Mapped[str] = synced(Choice(*flow.FORMS), Merge.WRITE_ONCE, default="written")
    amends: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    amendment: Mapped[str | None] = synced(Choice(*flow.AMENDMENTS), Merge.WRITE_ONCE)
    facts: Mapped[str | None] = synced(LongText(), Merge.FROZEN, mask="text")
    issues: Mapped[str | None] = synced(LongText(), Merge.FROZEN, mask="text")
    responsibility: Mapped[str | None] = synced(LongText(), Merge.FROZEN, mask="text")
    content: Mapped[str | None] = synced(LongText(), Merge.FROZEN, mask="text")
    performance: Mapped[str | None] = synced(LongText(), Merge.FROZEN, mask="text")
    perform_by: Mapped[date | None] = synced(Day(), Merge.FROZEN)
    amount: Mapped[Decimal | None] = synced(Money(), Merge.FROZEN, check=not_negative)
    reached_at: Mapped[datetime | None] = synced(Moment(), Merge.FROZEN)
    signed_by: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    mediator_signed: Mapped[bool | None] = synced(Bool(), Merge.FROZEN)
    sealed: Mapped[bool | None] = synced(Bool(), Merge.FROZEN)
    signed_days: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, check=signed_days.days)
    """``who:2026-01-20`` for each who signed (``mediator``, ``seal``, ids of parties): the day on paper (PML article 29)."""
    state: Mapped[str] = synced(
        Choice(*sorted(flow.AGREEMENT.states)), Merge.TRANSITION, default=flow.AGREEMENT_DRAFT
    )
    effective_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    copies: Mapped[int | None] = synced(Integer(), derived=True)
    confirm_by: Mapped[date | None] = synced(Day(), derived=True)
    """The raw last day for asking a court to confirm it (PML article 33), which is the safe one."""
    confirm_until: Mapped[date | None] = synced(Day(), derived=True)
    """The same day moved behind a holiday (民法典 article 203); where no table covers it, with weekends alone."""
    content_hash: Mapped[str | None] = synced(ShortText(), derived=True)
    signed_text: Mapped[str | None] = synced(ShortText(), derived=True)
    """The SHA-256 of the text alone as it was signed: with another one it does not come into effect (``guards``)."""
