"""Appeals of sanctions (申诉, domain rules B3.2, F54): filed by the employer, decided by a third person. Pure.

An appeal is of one sanction: that one is in force when it is decided, and with it the appeal ends.

Two accounts sanction an employer; neither of them decides about the appeal. What was decided happens at once with the
decision: a sanction that is upheld stays, one that is eased becomes a suspension with a new end, one that is revoked is gone.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Final

from zzdesk.clock import from_iso, local_day
from zzdesk.i18n import N_
from zzdesk.jobs import workflow as flow
from zzdesk.workflow import Deed, Kin, Needs, TransitionTable, Values

KIND: Final = "sanction_appeal"
OPEN: Final = "open"
DECIDED: Final = "decided"
WITHDRAWN: Final = "withdrawn"
LAPSED: Final = "lapsed"
"""The sanction that it is about ended otherwise, or another one took its place: nothing is left to decide."""
UPHELD, EASED, REVOKED = "upheld", "eased", "revoked"
OUTCOMES: Final = (UPHELD, EASED, REVOKED)
SAID: Final = ("outcome", "finding", "decided_by", "decided_at")
"""What is written when an appeal is decided."""
SINCE: Final = 2
"""The first schema whose programs know appeals as records."""

APPEAL: Final = TransitionTable(
    ("decide", OPEN, DECIDED, Needs("job.employer.vet", fields=("outcome", "finding"))),
    ("withdraw", OPEN, WITHDRAWN, Needs("job.employer.edit", reason=True)),
    ("close", OPEN, LAPSED, Needs("job.employer.vet", reason=True)),
)
WORDS: Final[dict[str, str]] = {
    "appeal-of-nothing": N_("这家单位现在没有这样的处理，不用申诉"),
    "appeal-open": N_("已经有一份申诉在等决定"),
    "appeal-ahead": N_("申诉日期不能晚于今天"),
    "appeal-own": N_("申诉不能由提出或批准处理的人决定，请由另一个账号决定"),
    "appeal-unreasoned": N_("决定申诉要写明结果和理由，并记为决定者本人"),
    "appeal-outcome": N_("决定的结果和单位的状态对不上"),
    "appeal-other": N_("这份申诉针对的处理已经结束，或已换成另一个处理，不能再决定；请结束这份申诉"),
    "appeal-stands": N_("申诉针对的处理还在，要由没有参与处理的人决定，不能直接结束"),
    "appeal-needed": N_("要先登记申诉，再由没有参与处理的人决定"),
    "sanction-still-runs": N_("处理还没有期满，只能通过申诉撤销"),
    "employer-never-vetted": N_("这家单位从来没有核验过，要先核验"),
}
CIRCUMSTANCES: Final = frozenset({
    "appeal-of-nothing", "appeal-open", "appeal-outcome", "appeal-other", "appeal-stands", "appeal-needed", "sanction-still-runs",
})  # fmt: skip
AFTER: Final[dict[tuple[str, str], str]] = {
    (EASED, flow.BLACKLISTED): flow.SUSPENDED, (REVOKED, flow.SUSPENDED): flow.NORMAL, (REVOKED, flow.BLACKLISTED): flow.PENDING,
    (UPHELD, flow.SUSPENDED): flow.SUSPENDED, (UPHELD, flow.BLACKLISTED): flow.BLACKLISTED,
}  # fmt: skip
"""Outcome and state of the employer → its state afterwards. Who was struck off is vetted anew; a suspension is not eased."""
SANCTIONED: Final[dict[str, str]] = {flow.SUSPENDED: "suspend", flow.BLACKLISTED: "blacklist"}
OF_SANCTION: Final = ("sanction_until", "sanction_reason", "sanction_by", "sanction_raised_by", "sanction_id")
"""What stands on an employer of the sanction in force."""
PROPOSED: Final = ("sanction_proposed", "sanction_proposed_by", "sanction_proposed_reason", "sanction_proposed_until")
"""What stands there of one that is proposed and not decided."""
_IDS: Final = uuid.UUID("3e1c6a52-5a55-5d2b-8f0c-7a2f8d5b90c4")


def sanctioners(employer: Values) -> frozenset[str]:
    """Return the accounts that sanctioned an employer, or want to: who proposed it, and who approved."""
    named = ("sanction_by", "sanction_raised_by", "sanction_proposed_by")
    return frozenset(str(employer[name]) for name in named if employer.get(name))


def proposed(employer: Values) -> str | None:
    """Return the sanction that is proposed and not decided; an older program left there what is in force."""
    what = employer.get("sanction_proposed")
    return None if what is None or what == SANCTIONED.get(str(employer.get("state"))) else str(what)


def raised_by(employer: Values) -> str | None:
    """Return who proposed the sanction in force."""
    older = employer.get("sanction_proposed_by") if employer.get("sanction_proposed") and proposed(employer) is None else None
    found = employer.get("sanction_raised_by") or older
    return str(found) if found is not None else None


def sanction_id(employer_id: str, employer: Values) -> str:
    """Return what the sanction that is proposed will be known by: two people who approve it at two desks name one."""
    said = (employer_id, *(str(employer.get(name)) for name in PROPOSED))
    return str(uuid.uuid5(_IDS, "\n".join(said)))


def is_against(employer: Values, appeal: Values) -> bool:
    """Say whether an appeal is of the sanction that is in force."""
    against = SANCTIONED.get(str(employer.get("state")))
    return against is not None and (appeal.get("against"), appeal.get("sanction_id")) == (against, employer.get("sanction_id"))


def is_over(employer: Values, today: date) -> bool:
    """Say whether a sanction's period has ended."""
    until = employer.get("sanction_until")
    return isinstance(until, str) and until < today.isoformat()


def stood_against(deed: Deed) -> str | None:
    """Return what stands against what a deed does to an employer's appeals, and to its sanction because of them."""
    before = deed.before or {}
    for kin in deed.made(KIND):
        code = _filed(deed, before, kin)
        if code is not None:
            return code
    left = [kin for kin in deed.changed(KIND) if (kin.was or {}).get("state") == OPEN]
    if not deed.decided and any(kin.body.get("state") == LAPSED and is_against(deed.after, kin.body) for kin in left):
        return "appeal-stands"
    decided = [kin for kin in left if kin.body.get("state") == DECIDED]
    for kin in decided:
        if not is_against(before, kin.body):
            return "appeal-other"
        if deed.actor in sanctioners(before):
            return "appeal-own"
        if not kin.body.get("outcome") or not kin.body.get("finding") or kin.body.get("decided_by") != deed.actor:
            return "appeal-unreasoned"
        if AFTER.get((str(kin.body.get("outcome")), str(before.get("state")))) != deed.after.get("state"):
            return "appeal-outcome"
    return None if decided else _ended(deed, before)


def _filed(deed: Deed, before: Values, kin: Kin) -> str | None:
    if not is_against(before, kin.body):
        return "appeal-of-nothing"
    there = (each.body for each in deed.there(KIND) if is_against(before, each.body))
    if any(each.get("state") == OPEN and not each.get("voided") for each in there):
        return "appeal-open"
    if str(kin.body.get("filed_on") or "") > local_day(from_iso(deed.at)).isoformat():
        return "appeal-ahead"
    begun = kin.body.get("state") == OPEN and not any(kin.body.get(name) for name in SAID)
    return None if begun else "appeal-unreasoned"


def _ended(deed: Deed, before: Values) -> str | None:
    """Without an appeal a sanction ends with its period; a suspension is lifted before that by somebody else."""
    way: tuple[Any, Any] = (before.get("state"), deed.after.get("state"))
    if deed.decided or deed.schema < SINCE:
        return None
    if way == (flow.BLACKLISTED, flow.SUSPENDED):
        return "appeal-needed"
    if way == (flow.BLACKLISTED, flow.PENDING) and not is_over(before, local_day(from_iso(deed.at))):
        return "sanction-still-runs"
    return "employer-never-vetted" if way == (flow.SUSPENDED, flow.NORMAL) and not before.get("vetted_by") else None
