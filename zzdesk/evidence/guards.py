"""What a decision rests on stays what it is: the scans that whoever vetted an employer looked at. Pure: desk and centre ask.

Source: 人力资源市场暂行条例 article 26 (the papers are shown and checked before anybody recruits).
"""

from __future__ import annotations

from typing import Final

from zzdesk.i18n import N_
from zzdesk.workflow import Deed, Guard

WORDS: Final[dict[str, str]] = {
    "attachment-vetted": N_(
        "核验时看的就是这份扫描件，不能作废，也不能改用途；请先把单位转回待核验（人力资源市场暂行条例第二十六条）"
    ),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""
RESTS_ON: Final = {"employer": ("vetted_files", "pending")}
"""Kinds of which a decision rests on files: the field that names them, and the state in which nothing is decided yet."""


def _stays(deed: Deed) -> str | None:
    before, after = deed.before or {}, deed.after
    kind = str(after.get("record_kind"))
    gone = deed.void or before.get("purpose") != after.get("purpose")
    if deed.before is None or kind not in RESTS_ON or not gone:
        return None
    names, undecided = RESTS_ON[kind]
    above = deed.other(kind, str(after.get("record_id"))) or {}
    named = deed.id in (above.get(names) or ())
    return "attachment-vetted" if named and above.get("state") not in (None, undecided) else None


GUARD: Final = Guard(
    _stays, WORDS, (), frozenset({"purpose", "voided"}), "", circumstances=frozenset(WORDS)
)  # the vetting may have come from another desk meanwhile
