"""What stands against closing a month (domain rules B1.6). Pure: desk and centre ask."""

from __future__ import annotations

from typing import Final

from zzdesk.clock import from_iso, local_day
from zzdesk.documents.figures import Month
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.mediation.statistics_close import close_id, marks, read
from zzdesk.workflow import Deed, Guard

WORDS: Final[dict[str, str]] = {
    "month-misshapen": N_("月结的内容不完整，或与它的站点、月份、口径对不上"),
    "month-not-over": N_("这个月还没有过完，不能月结"),
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
    return "month-not-over" if local_day(from_iso(deed.at)) < last else None


CLOSE_GUARD: Final = Guard(_closed, WORDS, (), frozenset({"station", "basis", "month", "record"}), "", always=True)
