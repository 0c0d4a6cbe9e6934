"""Complaints about employers and their postings (人力资源市场暂行条例 article 29): states, and what stands against one. Pure.

A complaint is a record of its own: who complained (masked), about what, and what was found. It is a mark and no sanction:
that takes two people (``guards``). A wage dispute that goes to mediation makes one too.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, Final

from zzdesk.calendar.days import Calendar
from zzdesk.i18n import N_
from zzdesk.store.computed import Child, Computed, Values
from zzdesk.workflow import Deed, Guard, Needs, TransitionTable, awaits

KIND: Final = "complaint"
CATEGORIES: Final = ("wages", "untrue", "fee", "safety", "treatment", "child", "other")
"""Pay, a posting that does not say the truth, money asked of workers, safety, how people are treated, child labour."""
WAYS: Final = ("counter", "phone", "letter", "dispute")
OPEN: Final = "open"
HANDLED: Final = "handled"
OUTCOMES: Final = ("upheld", "partly", "unfounded", "mediation", "authority")
"""Found true, true in part, not true; gone to mediation, handed to the labour inspection."""
UNFOUNDED: Final = "unfounded"
SAID: Final = ("outcome", "finding", "handled_by", "handled_at")
"""What is written when a complaint is handled."""

COMPLAINT: Final = TransitionTable(
    ("handle", OPEN, HANDLED, Needs("job.employer.vet", fields=("outcome", "finding"))),
)
WORDS: Final[dict[str, str]] = {
    "complaint-elsewhere": N_("这条用工信息不是这家单位的，请核对投诉的是谁"),
    "complaint-unfinished": N_("办结投诉要写明结果和查到的情况，并记为办理者本人（人力资源市场暂行条例第二十九条）"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""
_IDS: Final = uuid.UUID("6b5f2f0e-8f0a-5f0d-9a65-3d3e3c6b1a52")


def of_case(case_id: str) -> str:
    """Return the id of the complaint that comes with a mediation case: two desks make one."""
    return str(uuid.uuid5(_IDS, case_id))


def _placed(deed: Deed) -> str | None:
    """A complaint is about an employer, and about a posting of that one where it names one."""
    body, posting_id = deed.after, deed.after.get("posting_id")
    if deed.before is not None or not posting_id:
        return None
    posting = deed.other("posting", str(posting_id))
    if posting is None:
        return awaits("posting", str(posting_id))
    return None if posting.get("employer_id") == body.get("employer_id") else "complaint-elsewhere"


def _handled(deed: Deed) -> str | None:
    """What was found is said, by whoever found it."""
    before, after = deed.before or {}, deed.after
    if before.get("state") == after.get("state") or after.get("state") != HANDLED or deed.decided:
        return None
    said = after.get("outcome") and after.get("finding") and after.get("handled_by") == deed.actor
    return None if said else "complaint-unfinished"


def _ask(deed: Deed) -> str | None:
    return _placed(deed) or _handled(deed)


GUARD: Final = Guard(
    _ask, WORDS, (), frozenset({"state", *SAID}), OPEN, frozenset(SAID), frozenset({"complaint-elsewhere"}), always=True
)


def _count(body: Values, children: Sequence[Child], calendar: Calendar) -> dict[str, Any]:
    counted = sum(not each.get("voided") and each.get("outcome") != UNFOUNDED for _, each in children)
    return {"complaint_count": counted} if counted else {}


COUNTED: Final = Computed(
    ("complaint_count",), frozenset(), (KIND,), lambda kind, body: True, _count, "", frozenset(),
)
"""How many complaints about an employer stand: void ones and those that were found untrue do not count."""
