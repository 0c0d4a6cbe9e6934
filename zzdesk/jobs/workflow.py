"""States of employers, postings, workers and applications of the odd-job station (domain rules B3.2), and what the
law asks for before each step: 人力资源市场暂行条例 (HR), 禁止使用童工规定 (CL), 未成年人保护法 (MP), 劳动法 (LL).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.many import ForMany
from zzdesk.workflow import Needs, TransitionTable

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

EMPLOYER: Final = TransitionTable(
    ("vet", PENDING, NORMAL, Needs("job.employer.vet", fields=("valid_until",))),
    ("blacklist", PENDING, BLACKLISTED, Needs("job.employer.vet", reason=True)),
    ("recheck", NORMAL, PENDING, Needs("job.employer.edit", reason=True)),
    ("suspend", NORMAL, SUSPENDED, Needs("job.employer.vet", reason=True)),
    ("blacklist", NORMAL, BLACKLISTED, Needs("job.employer.vet", reason=True)),
    ("lift", SUSPENDED, NORMAL, Needs("job.employer.vet", reason=True)),
    ("blacklist", SUSPENDED, BLACKLISTED, Needs("job.employer.vet", reason=True)),
    ("appeal", BLACKLISTED, SUSPENDED, Needs("job.employer.vet", reason=True)),
)
SANCTIONS: Final = frozenset({"suspend", "blacklist"})
SHOWN: Final = ("shown_brochure", "shown_licence", "shown_handler_identity", "shown_mandate")
"""What an employer shows before it may recruit (HR article 26)."""
VETTED_FIELDS: Final = frozenset(
    {"employer_kind", "name", "credit_code", "identity_number", "legal_person", "valid_until", *SHOWN}
)

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
_WORKER = Needs("job.worker.edit", reason=True)

WORKER: Final = TransitionTable(
    ("pause", ACTIVE, INACTIVE, _WORKER),
    ("resume", INACTIVE, ACTIVE, Needs("job.worker.edit")),
    ("sanction", ACTIVE, SANCTIONED, Needs("job.employer.vet", reason=True)),
    ("lift", SANCTIONED, ACTIVE, Needs("job.employer.vet", reason=True)),
)

WORKERS_FOR_MANY: Final = (ForMany("pause", "resume"), ForMany("resume", "pause"))
"""Who is away for a season. A sanction is about one person."""

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

HOLD_WORDS: Final = (
    "押金", "保证金", "先交钱", "先交费", "培训费", "服装费", "报名费", "中介费", "介绍费", "体检费", "垫付", "刷单",
    "返利", "境外", "高薪日结", "日结高薪",
)  # fmt: skip
"""Fees that nobody may ask of a worker (HR article 15; 劳动合同法 article 9), and words of known frauds."""
_DISCRIMINATION: Final = re.compile(
    r"(?:限|仅限?|只要|只招|要求)\s*(?:男|女)|(?:男|女)(?:性|士)?优先|(?:已婚|未婚|已育|未育)(?![^，。；]{0,6}(?:均可|皆可|不限))"
    r"|(?:不要|不招|谢绝)[^，。；\s]{0,6}(?:人|族|籍)|(?:限|仅限?|只招)[^，。；\s]{0,4}(?:族|籍)|乙肝|信教|不信教"
)
"""Conditions by sex, marriage, origin, ethnicity, religion or health (HR article 24; 就业促进法 articles 26 to 31)."""


def words_to_hold(texts: Mapping[str, Any]) -> frozenset[str]:
    """Return the words in a posting's texts for which a person must decide before it may be published."""
    found: set[str] = set()
    for text in texts.values():
        if isinstance(text, str):
            found.update(word for word in HOLD_WORDS if word in text)
            found.update(match[0] for match in _DISCRIMINATION.finditer(text))
    return frozenset(found)


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
