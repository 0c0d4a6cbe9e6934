"""People's mediation as the law orders it: 人民调解法 (2010), cited as PML with the article (domain rules B1.1)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.many import ForMany
from zzdesk.workflow import Needs, TransitionTable

CATEGORIES: Final = (
    "marriage-family", "neighbours", "housing-homestead", "contract", "business", "damages", "land-forest",
    "expropriation", "pollution", "labour", "consumer", "medical", "traffic", "property-management",
    "village-affairs", "family-planning", "rural-contract", "construction-quality", "religion", "veterans",
    "enterprise-reform", "judicial", "enforcement", "school", "maritime", "cadre-conduct", "other",
)  # fmt: skip
"""The one stored category of a case (domain rules B1.5): the fifteen of the bulletin in the order of the form, and the
finer ones that the form of 2010 and the 综治 form tell apart. ``zzdesk.mediation.categories`` counts each into every set."""
SOURCES: Final = ("application", "initiative", "referral", "guided")
"""By application, on the committee's own initiative (PML article 17), entrusted or transferred, and pointed here by
court or police (PML article 18)."""
LINKAGES: Final = (
    "visit", "police", "procuratorate", "litigation", "legal-aid", "administrative", "town-village", "other",
)  # fmt: skip
"""The seven linkages of the province's form, and others (domain rules B1.3)."""
CHOSEN_BY: Final = ("assigned", "parties")
"""Who chose the mediators (PML article 19)."""
MODES: Final = ("room", "on-site", "visit", "online", "phone")
"""Where mediation takes place: timely and on the spot (PML article 21)."""
POINTS: Final = ("rights", "principles", "statements", "checked", "risks", "outcome")
"""What must appear in a session's record (domain rules B1.2, row 9): rights and duties told; principles, ways and who
mediates told; both sides' statements; inquiry, evidence and cross-examination; risks told; the agreement, or why none
and the other ways."""
CAPACITIES: Final = ("relative", "friend", "expert", "lawyer", "unit", "community", "grid-worker", "police", "other")
"""As what somebody is invited to take part (PML article 20)."""
AUTHORITIES: Final = ("general", "special")
"""What an agent may do: a general agent may not settle, waive or accept for the party (授权委托书)."""
AMENDMENTS: Final = ("correction", "change")
"""补正 mends a slip of the pen, 变更 changes what was agreed; either is a new document, signed like the first."""
PERFORMED_BY: Final = ("cash", "transfer", "goods", "work", "apology", "other")
PERFORMANCES: Final = ("whole", "part", "none")
VISITS: Final = ("visit", "phone", "office", "online")
SATISFACTIONS: Final = ("very-satisfied", "satisfied", "fairly-satisfied", "unsatisfied")
COURT_GROUNDS: Final = ("invited", "home", "object", "committee")
"""Which court: the one that invited the mediation, else of a party's home, the object or the committee (民诉法 2023 art. 205)."""
CONFIRMATION_PAPERS: Final = ("application", "agreement", "identity", "property", "service-address", "agency")
"""Papers of an application for judicial confirmation (法释〔2011〕5号 article 3)."""
RETENTIONS: Final = ("permanent", "long", "short")
INTENSITIES: Final = ("low", "medium", "high", "extreme")
"""激烈程度 (domain rules B1.4)."""
SCALES: Final = ("individual", "few", "group", "mass")
PREVENTED: Final = ("criminal", "petition", "suicide", "brawl")
"""What mediation kept from happening: 民转刑, 群体性上访, 非正常死亡, 群体性械斗 (domain rules B1.6)."""
COMMITTEE_KINDS: Final = ("village", "residents", "township", "enterprise", "trade", "other")
"""Committees by kind, as the bulletin counts them (domain rules B1.6)."""
DUTIES: Final = ("head", "deputy", "member", "mediator")
OUTCOMES: Final = ("written", "oral", "failed", "refused", "withdrawn")
PARTY_ROLES: Final = ("applicant", "respondent", "third")
PARTY_KINDS: Final = ("natural", "legal")
RESULTS: Final = ("agreed", "continues", "failed")
FORMS: Final = ("written", "oral")
NOTE: Final = "note"
STATEMENT_KINDS: Final = ("statement", "proposal", "counter-proposal", "evidence", "notice", NOTE)
UNCONFIRMABLE: Final = frozenset({"marriage-family"})
"""Identity, adoption and marriage are not confirmed (法释〔2011〕5号 article 4): a warning, for a person to judge."""

ACCEPTED: Final = "accepted"
MEDIATING: Final = "mediating"
REACHED: Final = "reached"
FAILED: Final = "failed"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"
PERFORMING: Final = "performing"
REVISITING: Final = "revisiting"
CLOSED: Final = "closed"
ARCHIVED: Final = "archived"
_MEDIATE, _ARCHIVE = Needs("case.mediate"), Needs("case.archive")

CASE: Final = TransitionTable(
    ("mediate", ACCEPTED, MEDIATING, _MEDIATE),
    ("refuse", ACCEPTED, REFUSED, Needs("case.mediate", reason=True)),
    ("withdraw", ACCEPTED, WITHDRAWN, Needs("case.mediate", reason=True)),
    ("reach", MEDIATING, REACHED, _MEDIATE),
    ("fail", MEDIATING, FAILED, Needs("case.mediate", reason=True)),
    ("refuse", MEDIATING, REFUSED, Needs("case.mediate", reason=True)),
    ("withdraw", MEDIATING, WITHDRAWN, Needs("case.mediate", reason=True)),
    ("perform", REACHED, PERFORMING, _MEDIATE),
    ("revisit", PERFORMING, REVISITING, _MEDIATE),
    ("close", REVISITING, CLOSED, _MEDIATE),
    ("archive", CLOSED, ARCHIVED, _ARCHIVE),
    ("archive", FAILED, ARCHIVED, _ARCHIVE),
    ("archive", REFUSED, ARCHIVED, _ARCHIVE),
    ("archive", WITHDRAWN, ARCHIVED, _ARCHIVE),
)
CASES_FOR_MANY: Final = (ForMany("archive"),)
"""The year's cases are filed. Every other step is about two people and is theirs alone (PML articles 3 and 22)."""
RUNNING: Final = (ACCEPTED, MEDIATING)
OPEN: Final = (ACCEPTED, MEDIATING, REACHED, PERFORMING, REVISITING, CLOSED)
ALARMING: Final = (*OPEN, FAILED)
"""States in which a red case stands on top: what mediation could not settle has not become harmless by that."""
LOCKED: Final = frozenset({REFUSED, WITHDRAWN, ARCHIVED})
"""States in which nothing of the case may be written any more."""

SESSION_OPEN: Final = "open"
SESSION_CLOSED: Final = "closed"
SESSION: Final = TransitionTable(
    ("close", SESSION_OPEN, SESSION_CLOSED, Needs("case.mediate", fields=("started_at", "place", "record", "result"))),
)

AGREEMENT_DRAFT: Final = "draft"
AGREEMENT_EFFECTIVE: Final = "effective"
ARTICLE_29: Final = ("facts", "issues", "content", "performance")
"""What a written agreement says (PML article 29): the main facts and what is in dispute, the content of the
agreement, and the way and time of performance; the parties are records of their own."""
AGREEMENT: Final = TransitionTable(
    ("take-effect", AGREEMENT_DRAFT, AGREEMENT_EFFECTIVE, Needs("case.mediate", fields=("content",))),
)

INQUIRY: Final = TransitionTable(
    ("close", "open", "closed", Needs("case.mediate", fields=("started_at", "place", "asked", "recorder", "record"))),
)
"""An investigation record (调查记录): its text is final once it was read back and signed."""
LINE_DUE: Final = "pending"
LINE_DONE: Final = "done"
LINE: Final = TransitionTable(
    ("done", LINE_DUE, LINE_DONE, Needs("case.mediate", fields=("done_on", "done_how"))),
    ("default", LINE_DUE, "defaulted", Needs("case.mediate", reason=True)),
    ("cancel", LINE_DUE, "cancelled", Needs("case.mediate", reason=True)),
    ("done", "defaulted", LINE_DONE, Needs("case.mediate", fields=("done_on", "done_how"))),
    ("cancel", "defaulted", "cancelled", Needs("case.mediate", reason=True)),
    ("reopen", LINE_DONE, LINE_DUE, Needs("case.mediate", reason=True)),
)
"""A line of the performance plan (PML article 31): done, not done in time, or void through an amendment. That it was done is
taken back with a reason; nothing that was performed disappears."""
REVISIT_DUE: Final = "planned"
REVISIT: Final = TransitionTable(
    ("done", REVISIT_DUE, "done", Needs("case.mediate", fields=("visited_at", "visitor", "performance", "satisfaction"))),
    ("skip", REVISIT_DUE, "skipped", Needs("case.mediate", reason=True)),
)
PREPARING: Final = "preparing"
APPLIED: Final = "applied"
CONFIRMATION: Final = TransitionTable(
    ("apply", PREPARING, APPLIED, Needs("case.mediate", fields=("court", "court_ground", "applied_on"))),
    ("drop", PREPARING, "dropped", Needs("case.mediate", reason=True)),
    ("accept", APPLIED, "court-accepted", Needs("case.mediate", fields=("court_accepted_on",))),
    ("dismiss", APPLIED, "dismissed", Needs("case.mediate", fields=("decided_on",), reason=True)),
    ("withdraw", APPLIED, "withdrawn", Needs("case.mediate", reason=True)),
    ("confirm", "court-accepted", "confirmed", Needs("case.mediate", fields=("decided_on", "decision_number"))),
    ("dismiss", "court-accepted", "dismissed", Needs("case.mediate", fields=("decided_on",), reason=True)),
    ("withdraw", "court-accepted", "withdrawn", Needs("case.mediate", reason=True)),
)
"""Judicial confirmation (PML article 33): prepared, applied for jointly, taken up by the court, decided."""

UNASKED: Final = (PREPARING, "dropped")
"""States of a confirmation that no court was asked for."""
ASKED: Final = ("applied_on", "applicants")
"""What of an application the law looks at: when, and by whom."""

FROZEN_WORDS: Final = N_("协议已生效，请走变更")
UNCONFIRMABLE_WORDS: Final = N_(
    "涉及身份关系、收养关系、婚姻关系的协议，法院不予司法确认（法释〔2011〕5号第四条）；确要申请，请先勾选“已知晓”"
)


def refuse_extension(state: str, agreed: Collection[str], parties: Collection[str]) -> None:
    """Refuse more time where mediation has ended, or a party has not agreed (domain rules B1.1, one-month rule).

    Raises:
        RefusedError: one of both.
    """
    if state not in RUNNING or not parties or not set(parties) <= set(agreed):
        raise RefusedError(N_("延长调解期限要各方当事人都同意，并先记录同意"))


def refuse_single_application(applicants: Collection[str], parties: Collection[str]) -> None:
    """Refuse an application for confirmation that is not made jointly (PML article 33).

    Raises:
        RefusedError: somebody is missing.
    """
    if not parties or not set(parties) <= set(applicants):
        raise RefusedError(N_("司法确认要双方当事人共同申请（人民调解法第三十三条）"))


def refuse_late_application(applied_on: date | None, last_day: date | None) -> None:
    """Refuse a day of application behind the last one (PML article 33: thirty days from effect; 民法典 articles 201 to 203).

    Raises:
        RefusedError: it is later.
    """
    if applied_on is not None and last_day is not None and applied_on > last_day:
        raise RefusedError(N_("已过申请司法确认的最后一日 {day}（人民调解法第三十三条）"), day=last_day.isoformat())


def refuse_locked(state: str) -> None:
    """Refuse any work on a case that a party's refusal, a withdrawal or the archive has closed (PML article 17:
    where a party clearly refuses mediation, there shall be none).

    Raises:
        RefusedError: the case is locked.
    """
    if state == REFUSED:
        raise RefusedError(N_("当事人一方已明确拒绝调解，不得调解（人民调解法第十七条）"))
    if state in LOCKED:
        raise RefusedError(N_("这件纠纷已经结束，不能再更改"))


def refuse_ended(state: str) -> None:
    """Refuse what belongs to mediation itself where that is over.

    Raises:
        RefusedError: it is.
    """
    if state not in RUNNING:
        raise RefusedError(N_("调解已经结束，不能再登记"))


def refuse_fewer_than_two(parties: int) -> None:
    """Refuse to close a dispute that has not two parties (domain rules B1.4).

    Raises:
        RefusedError: fewer than two.
    """
    if parties < 2:
        raise RefusedError(N_("当事人至少两人，现在登记了{count}人"), count=parties)


def refuse_without_notice(noticed: Collection[str], parties: Collection[str]) -> None:
    """Refuse to close a first session before every party was told of rights and duties (PML articles 23 and 24).

    Raises:
        RefusedError: somebody was not told, or there is nobody yet.
    """
    if not parties or not set(parties) <= set(noticed):
        raise RefusedError(
            N_("还有当事人没有被告知权利义务，告知后才能结束第一次调解（人民调解法第二十三、二十四条）")
        )


def refuse_without_signature(signed: Collection[str], parties: Collection[str]) -> None:
    """Refuse to close a session before every party has signed the notice, or its refusal to sign is noted with a witness
    (PML articles 23 and 24).

    Raises:
        RefusedError: somebody has neither signed nor refused.
    """
    if not set(parties) <= set(signed):
        raise RefusedError(
            N_("还有当事人没有在权利义务告知书上签字；拒绝签字的，要记明见证人和情况（人民调解法第二十三、二十四条）")
        )


def refuse_unsigned(signed: Collection[str], parties: Collection[str], *, mediator: bool, sealed: bool) -> None:
    """Refuse effect to a written agreement that is not signed by all parties and the mediator and sealed by the
    committee (PML article 29).

    Raises:
        RefusedError: names what is missing.
    """
    missing = [
        text
        for text, there in (
            (N_("全体当事人签名"), bool(parties) and set(parties) <= set(signed)),
            (N_("调解员签名"), mediator),
            (N_("调解委员会印章"), sealed),
        )
        if not there
    ]
    if missing:
        raise RefusedError(
            N_("协议书还不能生效，缺少：{missing}（人民调解法第二十九条）"), missing="、".join(missing)
        )
