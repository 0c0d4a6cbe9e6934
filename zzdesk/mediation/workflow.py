"""People's mediation as the law orders it: 人民调解法 (2010), cited as PML with the article (domain rules B1.1)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.workflow import Needs, TransitionTable

CATEGORIES: Final = (
    "marriage-family", "neighbours", "housing-homestead", "contract", "business", "damages", "land-forest",
    "expropriation", "pollution", "labour", "consumer", "medical", "traffic", "property-management", "other",
)  # fmt: skip
"""The fifteen categories of the statistics (domain rules B1.5), in the order of the form."""
SOURCES: Final = ("application", "initiative", "referral", "guided")
"""By application, on the committee's own initiative (PML article 17), entrusted or transferred, and pointed here by
court or police (PML article 18)."""
LINKAGES: Final = (
    "visit", "police", "procuratorate", "litigation", "legal-aid", "administrative", "town-village", "other",
)  # fmt: skip
"""The seven linkages of the province's form, and others (domain rules B1.3)."""
CHOSEN_BY: Final = ("assigned", "parties")
"""Who chose the mediators (PML article 19)."""
OUTCOMES: Final = ("written", "oral", "failed", "refused", "withdrawn")
PARTY_ROLES: Final = ("applicant", "respondent", "third")
PARTY_KINDS: Final = ("natural", "legal")
RESULTS: Final = ("agreed", "continues", "failed")
FORMS: Final = ("written", "oral")
NOTE: Final = "note"
STATEMENT_KINDS: Final = ("statement", "proposal", "counter-proposal", "evidence", "notice", NOTE)
MEDIATION_DAYS: Final = 30
"""Counted from acceptance; longer only with both parties' consent (domain rules B1.1, one-month rule)."""
CONFIRMATION_DAYS: Final = 30
"""Parties may jointly ask a court to confirm the agreement within thirty days of its effect (PML article 33)."""
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
    ("archive", REVISITING, ARCHIVED, _ARCHIVE),
    ("archive", FAILED, ARCHIVED, _ARCHIVE),
    ("archive", REFUSED, ARCHIVED, _ARCHIVE),
    ("archive", WITHDRAWN, ARCHIVED, _ARCHIVE),
)
RUNNING: Final = (ACCEPTED, MEDIATING)
OPEN: Final = (ACCEPTED, MEDIATING, REACHED, PERFORMING, REVISITING)
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
