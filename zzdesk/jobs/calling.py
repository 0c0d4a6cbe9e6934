"""Who asks for somebody at the kiosk: 叫工作人员, or a number to be called back at (domain rules B3.5). Pure.

A call lives for minutes and is answered by whoever sees it first. A number is kept for calling back and for nothing else,
with the version of the words that its owner agreed to (个人信息保护法 articles 14 and 17). Answering takes it out of the record,
and so does the end of its time (article 19), whoever notices; the operation that brought it stays in the centre's log, as the
words say.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from zzdesk.clock import from_iso
from zzdesk.i18n import N_
from zzdesk.workflow import Deed, Guard, Needs, TransitionTable, Values

STAFF: Final = "staff"
CALLBACK: Final = "callback"
OPEN: Final = "open"
ANSWERED: Final = "answered"
CANCELLED: Final = "cancelled"
EXPIRED: Final = "expired"
"""Nobody called back in time: the number is gone."""
CONSENT: Final = "kiosk-callback-2"
"""The words that the kiosk shows before a number is typed; another text is another version."""
LIVELY: Final = timedelta(minutes=30)
"""So long a call is news; whoever called has gone by then."""
KEPT: Final = timedelta(days=7)
"""So long a number waits for somebody to call back; the words that are shown say so."""
CLOCKS: Final = timedelta(hours=1)
"""How far two desks' clocks may be apart."""
CALLINGS: Final = ("mr", "ms")

CALLS: Final = TransitionTable(
    ("answer", OPEN, ANSWERED, Needs("job.apply")),
    ("cancel", OPEN, CANCELLED, Needs("kiosk.serve")),
    ("expire", OPEN, EXPIRED, Needs("job.apply")),
)

WORDS: Final[dict[str, str]] = {
    "call-misshapen": N_("叫人不留号码；留电话要有号码和同意书的版本"),
    "call-kept": N_("回过电话以后，号码就要删掉"),
    "call-fixed": N_("自助机上留的内容不能改，回过电话就删掉"),
    "call-not-over": N_("留下的号码还没有到期，请先回电话"),
    "call-not-own": N_("只有叫人的那台机器能取消"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""


def _is_whole(values: Values) -> bool:
    given = bool(values.get("phone")) and bool(values.get("consent_version"))
    return given if values.get("what") == CALLBACK else not values.get("phone")


def _call(deed: Deed) -> str | None:
    before, after = deed.before, deed.after
    if before is None:
        return None if _is_whole(after) else "call-misshapen"
    if after.get("state") != OPEN and after.get("phone"):
        return "call-kept"
    if after.get("phone") not in (None, before.get("phone")):
        return "call-fixed"
    if before.get("state") != EXPIRED and after.get("state") == EXPIRED and not _is_over(deed):
        return "call-not-over"
    cancels = before.get("state") == OPEN and after.get("state") == CANCELLED
    return "call-not-own" if cancels and deed.actor != before.get("created_by") else None


def _is_over(deed: Deed) -> bool:
    """Say whether a number has waited as long as it may; whoever takes it away need not be the kiosk that took it in."""
    try:
        made = from_iso(str(deed.after.get("created_at")))
    except ValueError:
        return False
    return deed.after.get("what") == CALLBACK and from_iso(deed.at) + CLOCKS >= made + KEPT


def hurries(values: Values) -> bool:
    """Say whether somebody stands there and waits."""
    return values.get("what") == STAFF


_FIELDS: Final[frozenset[Any]] = frozenset({"state", "phone", "what", "consent_version"})
CALL_GUARD: Final = Guard(_call, WORDS, (), _FIELDS, OPEN, always=True, hurries=hurries)
