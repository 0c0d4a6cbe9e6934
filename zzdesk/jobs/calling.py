"""Who asks for somebody at the kiosk: 叫工作人员, or a number to be called back at (domain rules B3.5). Pure.

A call lives for minutes and is answered by whoever sees it first. A number is kept for calling back and for nothing else,
with the version of the words that its owner agreed to (个人信息保护法 articles 14 and 17); answering takes it away (article 19).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from zzdesk.i18n import N_
from zzdesk.workflow import Deed, Guard, Needs, TransitionTable, Values

STAFF: Final = "staff"
CALLBACK: Final = "callback"
OPEN: Final = "open"
ANSWERED: Final = "answered"
CANCELLED: Final = "cancelled"
CONSENT: Final = "kiosk-callback-1"
"""The words that the kiosk shows before a number is typed; another text is another version."""
LIVELY: Final = timedelta(minutes=30)
"""So long a call is news; whoever called has gone by then."""
KEPT: Final = timedelta(days=7)
"""So long a number waits for somebody to call back; the words that are shown say so."""
CALLINGS: Final = ("mr", "ms")

CALLS: Final = TransitionTable(
    ("answer", OPEN, ANSWERED, Needs("job.apply")),
    ("cancel", OPEN, CANCELLED, Needs("kiosk.serve")),
)

WORDS: Final[dict[str, str]] = {
    "call-misshapen": N_("叫人不留号码；留电话要有号码和同意书的版本"),
    "call-kept": N_("回过电话以后，号码就要删掉"),
    "call-fixed": N_("自助机上留的内容不能改，回过电话就删掉"),
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
    cancels = before.get("state") == OPEN and after.get("state") == CANCELLED
    return "call-not-own" if cancels and deed.actor != before.get("created_by") else None


def hurries(values: Values) -> bool:
    """Say whether somebody stands there and waits."""
    return values.get("what") == STAFF


_FIELDS: Final[frozenset[Any]] = frozenset({"state", "phone", "what", "consent_version"})
CALL_GUARD: Final = Guard(_call, WORDS, (), _FIELDS, OPEN, always=True, hurries=hurries)
