"""Whether what was signed still stands: the record of a session by its hash, for each who signed. Pure: desk and centre ask.

A signature stands under the text as it was read out (domain rules B1.2, row 9; People's Mediation Law article 27).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from zzdesk.ops.apply import canonical

TEXT: Final = ("record", "points", "result")
"""What of a session is read out and signed."""
_OURS: Final = {"mediator": "mediator_signed", "recorder": "recorder_signed"}


def signers(body: Mapping[str, Any]) -> frozenset[str]:
    """Return who signed a session's record, as the wire carries it: ids of parties, ``mediator``, ``recorder``."""
    return frozenset(map(str, body.get("signed_by") or ())) | {who for who, field in _OURS.items() if body.get(field)}


def text_hash(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what is signed: record, points and result, whatever else the session says."""
    points = sorted(map(str, body.get("points") or ()))
    said = {"record": body.get("record") or None, "points": points or None, "result": body.get("result") or None}
    return hashlib.sha256(canonical(said)).hexdigest()


def noted(body: Mapping[str, Any], before: Iterable[str]) -> frozenset[str]:
    """Return ``signed_texts`` of a session: ``who:hash`` as it was, with who signed just now, without who takes it back."""
    now, known = signers(body), frozenset(before)
    kept = {each for each in body.get("signed_texts") or () if each.partition(":")[0] in now & known}
    return frozenset(kept | {f"{who}:{text_hash(body)}" for who in now - known})


def is_as_signed(body: Mapping[str, Any]) -> bool:
    """Say whether everybody who signed a session's record signed the text that stands there."""
    return frozenset(body.get("signed_texts") or ()) == {f"{who}:{text_hash(body)}" for who in signers(body)}
