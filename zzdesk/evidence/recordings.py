"""Where in the file of a case a recording may lie: with the session in which it was made, nowhere else. Pure: both ask.

Whether everybody was asked is known of a session alone (PIPL articles 13 and 29); one that lay beside the case would be
open to the whole station, and nobody could say who had agreed to it (PML article 15).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zzdesk.i18n import N_

KIND: Final = "attachment"
RECORDING: Final = "recording"
SESSION: Final = "session"
CASE: Final = "case"
MISPLACED: Final = "recording-misplaced"
SINCE: Final = 2
"""The first schema whose programs refuse this themselves; what an older one wrote is put before a person."""
WORDS: Final = {MISPLACED: N_("调解的录音只能附在调解会上：那里记着谁同意了录音")}


def is_misplaced(scope: str, attachment: Mapping[str, Any]) -> bool:
    """Say whether an attachment is a recording that lies in a case, or in its file, but with no session.

    ``scope`` is that of the attachment, ``attachment`` its fields as the wire carries them.
    """
    kind = attachment.get("record_kind")
    of_a_case = kind == CASE or scope.startswith(f"{CASE}:")
    return attachment.get("purpose") == RECORDING and of_a_case and kind != SESSION
