"""Contact with enterprises: states of a contact day, a visit, what came out of it and what an enterprise needs; and what
stands against them. Pure: desk and centre ask the same (domain A13, F56).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from zzdesk.clock import from_iso, local_day
from zzdesk.i18n import N_
from zzdesk.jobs.contact_calendar import (
    CLOSED,
    HELD,
    PREPARING,
    SKIPPED,
    as_month,
    contact_day,
    day_id,
)
from zzdesk.workflow import Deed, Guard, Needs, TransitionTable, awaits

RIGHT: Final = "job.contact"
CLOCKS: Final = timedelta(hours=1)
"""How far a desk's clock may be off without somebody having to look at it."""
_DO: Final = Needs(RIGHT)
_WHY: Final = Needs(RIGHT, reason=True)

DAYS: Final = TransitionTable(
    ("hold", PREPARING, HELD, _DO),
    ("skip", PREPARING, SKIPPED, _WHY),
    ("close", HELD, CLOSED, Needs(RIGHT, fields=("results",))),
    ("reopen", SKIPPED, PREPARING, _WHY),
)

PLANNED: Final = "planned"
MADE: Final = "made"
CALLED_OFF: Final = "called-off"
VISITS: Final = TransitionTable(
    ("make", PLANNED, MADE, Needs(RIGHT, fields=("visitors", "met_name", "notes"))),
    ("call-off", PLANNED, CALLED_OFF, _WHY),
    ("plan-again", CALLED_OFF, PLANNED, _DO),
)
MAKES: Final = ("visit_on", "visitors", "met_name", "met_post", "met_phone", "notes")
"""What is written when a visit was made."""

OPEN: Final = "open"
DONE: Final = "done"
DROPPED: Final = "dropped"
ITEMS: Final = TransitionTable(
    ("finish", OPEN, DONE, _DO),
    ("drop", OPEN, DROPPED, _WHY),
    ("reopen", DONE, OPEN, _WHY),
    ("reopen", DROPPED, OPEN, _WHY),
)

SOURCES: Final = ("visit", "phone", "counter")
LABOUR: Final = "labour"
NEED_KINDS: Final = (LABOUR, "training", "policy", "finance", "venue", "rights", "other")
IN_HAND: Final = "in-hand"
MET: Final = "met"
UNMET: Final = "unmet"
NEEDS: Final = TransitionTable(
    ("take", OPEN, IN_HAND, _DO),
    ("meet", IN_HAND, MET, _DO),
    ("fail", IN_HAND, UNMET, _WHY),
    ("fail", OPEN, UNMET, _WHY),
    ("reopen", MET, IN_HAND, _WHY),
    ("reopen", UNMET, IN_HAND, _WHY),
)
POST: Final = "post"
"""The step that makes a draft posting of a need: it leaves no state, and so is no arrow."""
WAITING: Final = (OPEN, IN_HAND)
"""A need that somebody still has to do something about."""

MOST_POSTINGS: Final = 20
"""So many postings of one need are looked through; all but the last are void."""
_POSTINGS: Final = uuid.UUID("8a1f6c02-4be3-5a77-b0d5-6f93c2d81e40")

WORDS: Final[dict[str, str]] = {
    "contact-day-misshapen": N_("联企日的编号与站点、月份不符，或者不是15日"),
    "contact-day-early": N_("还没到联企日，不能记为已举行"),
    "contact-day-stays": N_("联企日不能作废；没有举行的请用“没有举行”，写明原因"),
    "contact-day-over": N_("那个联企日已经结束或没有举行，不能再往里安排走访"),
    "visit-ahead": N_("走访还没到日子，不能记为已走访"),
    "visit-other-firm": N_("需求要挂在同一家单位的走访上"),
    "need-posting-stands": N_("这项需求先前转成的用工信息还没有作废，不能再转"),
    "need-other-posting": N_("需求只能连到由它转成的用工信息"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""
CIRCUMSTANCES: Final = frozenset({"need-posting-stands", "contact-day-over", "contact-day-early", "visit-ahead"})
"""What stands against somebody only because of what others did meanwhile, or by a clock that was off: a person looks."""


def posting_id(need_id: str, times: int = 0) -> str:
    """Return the id of the posting that a need becomes: made at two desks, it is one.

    ``times``: how many postings of it were declared void before.
    """
    return str(uuid.uuid5(_POSTINGS, f"{need_id}/{times}" if times else need_id))


def _moved(deed: Deed, to: str) -> bool:
    return (deed.before or {}).get("state") != to and deed.after.get("state") == to


def _latest(deed: Deed) -> date:
    return local_day(from_iso(deed.at) + CLOCKS)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


# ---- what stands against -----------------------------------------------------------------------------------------------


def _shaped(deed: Deed) -> str | None:
    """One day a month and station, on the 15th, and it stays."""
    if deed.void:
        return "contact-day-stays"
    month = as_month(deed.after.get("month"))
    if month is None or deed.id != day_id(str(deed.after.get("station")), month):
        return "contact-day-misshapen"
    return None if _day(deed.after.get("day")) == contact_day(month) else "contact-day-misshapen"


def _held(deed: Deed) -> str | None:
    """Nothing was held before its day."""
    day = _day(deed.after.get("day"))
    return "contact-day-early" if _moved(deed, HELD) and (day is None or day > _latest(deed)) else None


def _of_employer(deed: Deed) -> str | None:
    employer = str(deed.after.get("employer_id"))
    return awaits("employer", employer) if deed.before is None and deed.other("employer", employer) is None else None


def _into_a_day(deed: Deed) -> str | None:
    """A visit is planned, or planned again, into a day that is still to be held or under way."""
    wanted = deed.after.get("contact_day_id")
    again = (deed.before or {}).get("state") == CALLED_OFF and deed.after.get("state") == PLANNED
    if not (deed.before is None or again) or not wanted:
        return None
    found = deed.other("contact_day", str(wanted))
    if found is None:
        return awaits("contact_day", str(wanted))
    return "contact-day-over" if found.get("state") in (CLOSED, SKIPPED) else None


def _made(deed: Deed) -> str | None:
    """Nobody has been where they are still to go."""
    day = _day(deed.after.get("visit_on"))
    judged = deed.after.get("state") == MADE and (deed.before or {}).get("visit_on") != deed.after.get("visit_on")
    if not (judged or _moved(deed, MADE)):
        return None
    return "visit-ahead" if day is None or day > _latest(deed) else None


def _said_at(deed: Deed) -> str | None:
    """A need that was heard on a visit was heard from the enterprise that was visited."""
    wanted = deed.after.get("employer_visit_id")
    if deed.before is not None or not wanted:
        return None
    found = deed.other("employer_visit", str(wanted))
    if found is None:
        return awaits("employer_visit", str(wanted))
    return "visit-other-firm" if found.get("employer_id") != deed.after.get("employer_id") else None


def _became(deed: Deed) -> str | None:
    """A need becomes one posting of its own enterprise, and no other; a further one after those before were declared void."""
    wanted = deed.after.get("posting_id")
    if not wanted or wanted == (deed.before or {}).get("posting_id"):
        return None
    earlier: list[str] = []
    while wanted != posting_id(deed.id, len(earlier)):
        if len(earlier) == MOST_POSTINGS:
            return "need-other-posting"
        earlier.append(posting_id(deed.id, len(earlier)))
    for each in (*earlier, str(wanted)):
        found = deed.other("posting", each)
        if found is None:
            return awaits("posting", each)
        if each != wanted and not found.get("voided"):
            return "need-posting-stands"
    made = deed.other("posting", str(wanted)) or {}
    return "need-other-posting" if made.get("employer_id") != deed.after.get("employer_id") else None


def _guard(*rules: Callable[[Deed], str | None], first: str, fields: tuple[str, ...], unborn: tuple[str, ...] = ()) -> Guard:
    def ask(deed: Deed) -> str | None:
        return next((code for rule in rules if (code := rule(deed))), None)

    return Guard(ask, WORDS, (), frozenset({"state", *fields}), first, frozenset(unborn), CIRCUMSTANCES, always=True)


DAY_GUARD: Final = _guard(_shaped, _held, first=PREPARING, fields=("day", "month", "station"))
VISIT_GUARD: Final = _guard(_of_employer, _into_a_day, _made, first=PLANNED, fields=("visit_on",))
NEED_GUARD: Final = _guard(_of_employer, _said_at, _became, first=OPEN, fields=("posting_id",), unborn=("posting_id",))
