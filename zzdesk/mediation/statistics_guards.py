"""What stands against closing a month (domain rules B1.6). Pure: desk and centre ask."""

from __future__ import annotations

from typing import Final

from zzdesk.clock import from_iso, local_day
from zzdesk.documents.figures import Month
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.mediation.statistics_close import Closed, close_id, marks, read
from zzdesk.workflow import Deed, Guard

WORDS: Final[dict[str, str]] = {
    "month-misshapen": N_("月结的内容不完整，或与它的站点、月份、口径对不上"),
    "month-not-over": N_("这个月还没有过完，不能月结"),
    "month-out-of-order": N_("后面的月份已经月结：月份要按先后月结，否则补报和更正会重复列出或漏列"),
    "month-closed": N_("已经月结的数字不再更改；之后补报、更正的，在后面月份的报表里单列"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""


def _closed(deed: Deed) -> str | None:
    """A closed month is whole, over, and never written again; between two that differ, a person decides."""
    if deed.before is not None and not deed.decided:
        return "month-closed" if deed.edits else None
    said = read(str(deed.after.get("record") or ""))
    names = tuple(str(deed.after.get(name) or "") for name in ("station", "basis", "month"))
    if said is None or (said.station, said.basis, said.month) != names or deed.id != close_id(*names):
        return "month-misshapen"
    if said.marks == marks() and dict(said.figures) != said.counted:
        return "month-misshapen"  # what an older program counted by older sets is not counted anew
    try:
        last = Month.read(said.month).plus(1).first
    except InvalidError:
        return "month-misshapen"
    if local_day(from_iso(deed.at)) < last:
        return "month-not-over"
    return "month-out-of-order" if deed.before is None and _has_later(deed, said) else None


def _has_later(deed: Deed, said: Closed) -> bool:
    """Say whether a later month is closed already. A closed month's id follows from its month, so each is looked up."""
    month, today = Month.read(said.month), local_day(from_iso(deed.at))
    later = [month.plus(n) for n in range(1, MOST_MONTHS)]
    ids = tuple(close_id(said.station, said.basis, str(each)) for each in later if each.first <= today)
    return any(not other.get("voided") for other in deed.others("month_close", ids).values())


MOST_MONTHS: Final = 240
"""For how many later months it is asked: twenty years."""
CLOSE_GUARD: Final = Guard(
    _closed, WORDS, (), frozenset({"station", "basis", "month", "record"}), "",
    circumstances=frozenset({"month-out-of-order"}), always=True,
)  # fmt: skip
