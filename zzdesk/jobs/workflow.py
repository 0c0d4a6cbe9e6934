"""States of employers, postings, workers and applications of the odd-job station (domain rules B3.2), and what the
law asks for before each step: 人力资源市场暂行条例 (HR), 禁止使用童工规定 (CL), 未成年人保护法 (MP), 劳动法 (LL).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import contact as contact
from zzdesk.jobs import contact_calendar as contact_calendar
from zzdesk.jobs import giveback as giveback
from zzdesk.jobs.calling import CALLBACK as CALLBACK
from zzdesk.jobs.calling import CALLS as CALLS
from zzdesk.jobs.calling import OPEN
from zzdesk.jobs.calling import STAFF as STAFF
from zzdesk.many import ForMany
from zzdesk.workflow import Needs, TransitionTable, Values

EMPLOYER_KINDS: Final = ("enterprise", "sole-trader", "person")
TRADES: Final = (
    "cleaning", "moving", "housekeeping", "gardening", "decorating", "catering", "care", "loading", "delivery",
    "factory", "sales", "security", "farming", "fishing", "other",
)  # fmt: skip
PAY_UNITS: Final = ("hour", "day", "week", "month", "piece")
"""Periods of 保障农民工工资支付条例 article 13."""
SETTLEMENTS: Final = ("transfer", "cash")
"""Wages are paid in money to the worker, never in kind (保障农民工工资支付条例 article 11)."""
AUDIENCES: Final = ("station", "city")
WAYS: Final = ("counter", "kiosk", "phone", "referral")
ANSWERS: Final = ("accepted", "declined")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FREE_TIMES: Final = tuple(f"{day}-{part}" for day in WEEKDAYS for part in ("am", "pm", "night"))
MIN_AGE: Final = 16
ADULT: Final = 18

PENDING: Final = "pending"
NORMAL: Final = "normal"
SUSPENDED: Final = "suspended"
BLACKLISTED: Final = "blacklisted"

_SANCTION: Final = ("sanction_proposed", "sanction_proposed_by", "sanction_until")
"""What one account has proposed before another one decides (``guards``)."""

EMPLOYER: Final = TransitionTable(
    ("vet", PENDING, NORMAL, Needs("job.employer.vet", fields=("valid_until",))),
    ("blacklist", PENDING, BLACKLISTED, Needs("job.employer.vet", fields=_SANCTION, reason=True)),
    ("recheck", NORMAL, PENDING, Needs("job.employer.edit", reason=True)),
    ("suspend", NORMAL, SUSPENDED, Needs("job.employer.vet", fields=_SANCTION, reason=True)),
    ("blacklist", NORMAL, BLACKLISTED, Needs("job.employer.vet", fields=_SANCTION, reason=True)),
    ("lift", SUSPENDED, NORMAL, Needs("job.employer.vet", reason=True)),
    ("lift", BLACKLISTED, PENDING, Needs("job.employer.vet", reason=True)),
    ("blacklist", SUSPENDED, BLACKLISTED, Needs("job.employer.vet", fields=_SANCTION, reason=True)),
    ("appeal", BLACKLISTED, SUSPENDED, Needs("job.employer.vet", reason=True)),
)
SANCTIONS: Final = frozenset({"suspend", "blacklist"})
SHOWN: Final = ("shown_brochure", "shown_licence", "shown_handler_identity", "shown_mandate")
"""What an employer shows before it may recruit (HR article 26)."""
VETTED_FIELDS: Final = frozenset(
    {
        "employer_kind", "name", "credit_code", "identity_number", "legal_person", "handler_name", "handler_identity",
        "valid_until", *SHOWN,
    }
)

HAZARDS: Final = ("heavy", "hazardous", "night", "entertainment")
"""Work that nobody below eighteen does (MP article 61; LL article 64)."""
TEXTS: Final = ("title", "conditions", "tasks", "lawful_needs", "overtime", "tools", "safety", "hours")
"""What is read for words that hold a posting."""
POSTED: Final = (
    *TEXTS, "trade", "headcount", "place", "area_code", "starts_at", "ends_at", "meals", "lodging", "transport", "wage",
    "pay_unit", "settlement", "settle_day", "insurer", "policy_number", "insured_by", "insured_from", "insured_until",
    *HAZARDS, "contact_name", "contact_phone", "valid_until", "audience",
)  # fmt: skip
"""What a posting says: reviewed as a whole, and not changed afterwards."""
SETTLED_BY: Final = frozenset({"settlement", "settle_day"})
"""What is still written when the work is settled."""

DRAFT: Final = "draft"
HELD: Final = "held"
REVIEW: Final = "review"
PUBLISHED: Final = "published"
FULL: Final = "full"
WORKING: Final = "working"
SETTLING: Final = "settling"
DONE: Final = "done"
CANCELLED: Final = "cancelled"
TAKEN_DOWN: Final = "taken-down"

LEGAL_ITEMS: Final = ("employer_id", "headcount", "conditions", "tasks", "place", "wage", "pay_unit")
"""The six items that recruiting information must have (HR article 24): the employer's particulars (by its record),
how many people, under what conditions, what work, where, and the basic pay (amount and period).
"""
_EDIT, _PUBLISH = "job.posting.edit", "job.posting.publish"

POSTING: Final = TransitionTable(
    ("submit", DRAFT, REVIEW, Needs(_EDIT, fields=LEGAL_ITEMS)),
    ("hold", DRAFT, HELD, Needs(_EDIT, fields=LEGAL_ITEMS)),
    ("release", HELD, REVIEW, Needs(_PUBLISH, reason=True)),
    ("return", HELD, DRAFT, Needs(_EDIT, reason=True)),
    ("publish", REVIEW, PUBLISHED, Needs(_PUBLISH, fields=LEGAL_ITEMS)),
    ("return", REVIEW, DRAFT, Needs(_PUBLISH, reason=True)),
    ("fill", PUBLISHED, FULL, Needs("job.place")),
    ("reopen", FULL, PUBLISHED, Needs("job.place")),
    ("start", PUBLISHED, WORKING, Needs(_EDIT)),
    ("start", FULL, WORKING, Needs(_EDIT)),
    ("settle", WORKING, SETTLING, Needs(_EDIT)),
    ("complete", SETTLING, DONE, Needs(_EDIT)),
    ("take-down", PUBLISHED, TAKEN_DOWN, Needs(_PUBLISH, reason=True)),
    ("take-down", FULL, TAKEN_DOWN, Needs(_PUBLISH, reason=True)),
    ("cancel", DRAFT, CANCELLED, Needs(_EDIT, reason=True)),
    ("cancel", HELD, CANCELLED, Needs(_EDIT, reason=True)),
    ("cancel", REVIEW, CANCELLED, Needs(_EDIT, reason=True)),
    ("cancel", PUBLISHED, CANCELLED, Needs(_EDIT, reason=True)),
    ("cancel", FULL, CANCELLED, Needs(_EDIT, reason=True)),
)
CALLED_OFF: Final = (CANCELLED, TAKEN_DOWN)
"""Work that is not done: nobody has a place in it any more."""
CALLS_OFF: Final = frozenset({"cancel", "take-down"})
OPEN_POSTINGS: Final = (PUBLISHED, FULL, WORKING, SETTLING)

POSTINGS_FOR_MANY: Final = (ForMany("submit", "return"), ForMany("complete"), ForMany("take-down"), ForMany("cancel"))
"""Drafts of a whole day are sent to review, work that is paid is ended, what an employer offers is taken down or called off
for one reason. Not for many: to publish and to release (each is read by somebody else than its author, HR article 29), to
settle (each says how and when its wages are paid)."""
EMPLOYERS_FOR_MANY: Final = (ForMany("recheck"),)
"""The yearly check begins for all. Vetting and sanctions rest on what one employer showed or did."""

ACTIVE: Final = "active"
INACTIVE: Final = "inactive"
SANCTIONED: Final = "sanctioned"
CONSENT: Final = "consent"
"""The basis of a record that lasts as long as its owner agrees (PIPL article 13)."""
_WORKER = Needs("job.worker.edit", reason=True)


def is_withdrawn(worker: Values) -> bool:
    """Say whether a worker's record that rests on consent alone has lost it."""
    return worker.get("legal_basis") == CONSENT and bool(worker.get("consent_withdrawn_at"))


def _agrees(worker: Values) -> bool:
    return not is_withdrawn(worker)


WORKER: Final = TransitionTable(
    ("pause", ACTIVE, INACTIVE, _WORKER),
    ("resume", INACTIVE, ACTIVE, Needs("job.worker.edit")),
    ("sanction", ACTIVE, SANCTIONED, Needs("job.employer.vet", reason=True)),
    ("lift", SANCTIONED, ACTIVE, Needs("job.employer.vet", reason=True, when=_agrees)),
    ("lift", SANCTIONED, INACTIVE, Needs("job.employer.vet", reason=True, when=is_withdrawn)),
)
"""A sanction that is taken back brings nobody into the list who has withdrawn consent meanwhile; and nobody gets rid of one by
withdrawing it."""

WORKERS_FOR_MANY: Final = (ForMany("pause", "resume"), ForMany("resume", "pause"))
"""Who is away for a season. A sanction is about one person."""

CALL_OPEN: Final = OPEN
"""A call of the kiosk that nobody has answered."""
APPLIED: Final = "applied"
CONFIRMED: Final = "confirmed"
CHECKED_IN: Final = "checked-in"
FINISHED: Final = "done"
NO_SHOW: Final = "no-show"
WITHDRAWN: Final = "withdrawn"
REFUSED: Final = "refused"
_APPLY = Needs("job.place")
_APPLY_WITH_REASON = Needs("job.place", reason=True)

APPLICATION: Final = TransitionTable(
    ("confirm", APPLIED, CONFIRMED, _APPLY),
    ("refuse", APPLIED, REFUSED, _APPLY_WITH_REASON),
    ("withdraw", APPLIED, WITHDRAWN, _APPLY),
    ("check-in", CONFIRMED, CHECKED_IN, _APPLY),
    ("no-show", CONFIRMED, NO_SHOW, _APPLY_WITH_REASON),
    ("withdraw", CONFIRMED, WITHDRAWN, _APPLY_WITH_REASON),
    ("check-out", CHECKED_IN, FINISHED, _APPLY),
)
ENDED: Final = frozenset({NO_SHOW, WITHDRAWN, REFUSED})
"""States in which an application stays as it is."""
RATED_LATER: Final = frozenset({"employer_rating", "worker_rating", "note"})
"""What is still said of work that is done."""
HOLDS_A_PLACE: Final = (CONFIRMED, CHECKED_IN, FINISHED)
GAVE_UP: Final = (NO_SHOW, WITHDRAWN)
"""In whose place somebody else may come, also after work has begun."""
TAKES_A_REPLACEMENT: Final = (PUBLISHED, FULL, WORKING)
ATTENDED: Final = ("checked_in_at", "checked_out_at", "break_minutes")
"""What the steps of attendance may say: when it was, where it is not now."""

OWED: Final = "owed"
PAID: Final = "paid"
REVERSED: Final = "reversed"
CLEARED: Final = "cleared"
"""A line with which nothing is to be paid: one that takes another back, or whose wage was paid before."""
PROOFS: Final = ("voucher", "signature")
"""银行转账凭证 or 本人签字 (保障农民工工资支付条例 article 15)."""
_PAYS: Final = ("paid_on", "paid_way", "proof_kind", "proof")

WAGE: Final = TransitionTable(
    ("pay", OWED, PAID, Needs("job.wage", fields=_PAYS)),
    ("correct", OWED, REVERSED, Needs("job.wage", reason=True)),
    ("correct", PAID, REVERSED, Needs("job.wage", reason=True)),
    ("correct", CLEARED, REVERSED, Needs("job.wage", reason=True)),
)


NEXT: Final = ("fill-places", "print", "wait", "start", "check-in", "check-out", "settle", "pay", "complete", "nothing")
"""What is next to do with a posting on its day."""


@dataclass(frozen=True)
class Standing:
    """How a posting stands on its day: people with a place, of whom so many are there and so many have finished.

    ``printed``: the order lists exactly those who have a place; ``begun`` and ``over`` by the clock.
    """

    state: str
    headcount: int
    placed: int
    present: int
    finished: int
    printed: bool
    unpaid: bool
    begun: bool
    over: bool


def next_of(standing: Standing) -> str:
    """Return the one thing to do next with a posting on its day."""
    if standing.state == SETTLING:
        return "pay" if standing.unpaid else "complete"
    if standing.state == WORKING:
        if standing.placed > standing.present + standing.finished:
            return "check-in"
        if standing.present:
            return "check-out" if standing.over else "wait"
        return "settle"
    if standing.state not in (PUBLISHED, FULL):
        return "nothing"
    if standing.placed < standing.headcount and not standing.begun:
        return "fill-places"
    if standing.placed and not standing.printed:
        return "print"
    return "start" if standing.begun and standing.placed else "wait" if standing.placed else "fill-places"


def refuse_editor(editors: Collection[str] | None, reviewer: str) -> None:
    """Refuse a review by an account that changed what is reviewed (HR articles 26 and 29).

    Raises:
        RefusedError: the reviewer is one of the editors.
    """
    if reviewer in (editors or ()):
        raise RefusedError(N_("审核人改过这份内容，请由没有改过它的账号审核"))


def refuse_same_person(author: str, reviewer: str) -> None:
    """Refuse a review by the account that made the entry (HR articles 26 and 29: the service itself checks).

    Raises:
        RefusedError: author and reviewer are one account.
    """
    if author == reviewer:
        raise RefusedError(N_("审核人不能是录入人，请由另一个账号审核"))


def refuse_underage(age: int) -> None:
    """Refuse to introduce a child to work (CL articles 2 and 4; MP article 61).

    Raises:
        RefusedError: younger than sixteen on the day of work.
    """
    if age < MIN_AGE:
        raise RefusedError(N_("未满十六周岁，法律禁止招用和介绍就业，不能办理"))


def refuse_unfit_for_minor(age: int, hazards: Mapping[str, Any]) -> None:
    """Refuse heavy, toxic, dangerous, night or entertainment work below eighteen (MP article 61; LL article 64).

    Raises:
        RefusedError: younger than eighteen, and the posting says that it is such work.
    """
    if age < ADULT and any(hazards.values()):
        raise RefusedError(N_("未满十八周岁，不能从事过重、有毒有害、危险、夜班或娱乐场所的工作"))
