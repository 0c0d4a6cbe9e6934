"""What the program itself writes where people write in their own words: kept as a message id, shown to each reader.

A window in English once wrote English words into records; those are recognised, too.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from zzdesk.i18n import LANGUAGES, N_, translate
from zzdesk.reports.refusal_list import EDITIONS

UNDOING: Final = N_("撤销批量办理")
"""Why a step was taken that takes back what was done to many at once."""
UNDONE: Final = N_("刚办的一步，本人撤销")
"""Why a step was taken back that one took a moment before."""


@cache
def _ids() -> dict[str, str]:
    """Return the message id of every such text in every language."""
    listed = [reason for edition in EDITIONS.values() for reason in edition]
    texts = [UNDOING, UNDONE, *(text for reason in listed for text in (reason.text, reason.ways))]
    return {translate(text, language): text for language in LANGUAGES for text in texts}


def kept(text: str) -> str:
    """Return what is kept of a text: the message id where it is one of the program's, else the words as they are."""
    return _ids().get(text.strip(), text)


def shown(text: str | None) -> str:
    """Return a kept text in the reader's language; people's own words as they are."""
    found = _ids().get((text or "").strip())
    return translate(found) if found is not None else text or ""
