"""Whether what was signed still stands: the record of a session for each who signed, an agreement in effect. Pure: both ask.

A signature stands under the text as it was read out (domain rules B1.2, row 9; People's Mediation Law article 27).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from zzdesk.ops.apply import canonical

TEXT: Final = ("record", "points", "result")
"""What of a session is read out and signed."""
TERMS: Final = ("started_at", "place")
"""What of a session stands over the record on the paper: after a signature it is put right beside it, not in it."""
SINCE: Final = 2
"""The first schema whose programs take a time or place that is filled in after a signature for another one."""
AGREED: Final = (
    "case_id", "form", "facts", "issues", "responsibility", "content", "performance", "perform_by", "amount", "signed_by",
    "signed_days", "reached_at",
)
"""What of an agreement its checksum says: the text, by whom it was signed, and when."""
SAID: Final = ("facts", "issues", "responsibility", "content", "performance", "perform_by", "amount")
"""What the text of an agreement says."""
IDENTITY: Final = ("name", "identity_number", "credit_code")
"""What says who a party is."""
_OURS: Final = {"mediator": "mediator_signed", "recorder": "recorder_signed"}


def signers(body: Mapping[str, Any]) -> frozenset[str]:
    """Return who signed a session's record, as the wire carries it: ids of parties, ``mediator``, ``recorder``."""
    return frozenset(map(str, body.get("signed_by") or ())) | {who for who, field in _OURS.items() if body.get(field)}


def missing(body: Mapping[str, Any], present: Iterable[str]) -> frozenset[str]:
    """Return whose signature a session's record lacks: of the parties who were there, the mediator, the recorder."""
    return frozenset({*present, *_OURS}) - signers(body)


def text_hash(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what is signed: record, points and result, whatever else the session says."""
    points = sorted(map(str, body.get("points") or ()))
    said = {"record": body.get("record") or None, "points": points or None, "result": body.get("result") or None}
    return hashlib.sha256(canonical(said)).hexdigest()


def terms_hash(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what stands over the record: when and where the session was."""
    return hashlib.sha256(canonical({name: body.get(name) or None for name in TERMS})).hexdigest()


def noted(body: Mapping[str, Any], before: Iterable[str]) -> frozenset[str]:
    """Return ``signed_texts`` of a session: ``who:hash`` as it was, with who signed just now, without who takes it back."""
    return _noted(body, "signed_texts", text_hash(body), before)


def noted_terms(body: Mapping[str, Any], before: Iterable[str]) -> frozenset[str]:
    """Return ``signed_terms`` of a session, as :func:`noted` does of the text."""
    return _noted(body, "signed_terms", terms_hash(body), before)


def _noted(body: Mapping[str, Any], field: str, digest: str, before: Iterable[str]) -> frozenset[str]:
    now, known = signers(body), frozenset(before)
    kept = {each for each in body.get(field) or () if each.partition(":")[0] in now & known}
    return frozenset(kept | {f"{who}:{digest}" for who in now - known})


def is_as_signed(body: Mapping[str, Any]) -> bool:
    """Say whether everybody who signed a session's record signed the text that stands there, over this time and place.

    Programs before schema 2 noted no time and place under a signature: of those nobody can tell.
    """
    who_signed, digest = signers(body), terms_hash(body)
    terms = dict(each.split(":", 1) for each in body.get("signed_terms") or ())
    if any(terms.get(who, digest) != digest for who in who_signed):
        return False
    return frozenset(body.get("signed_texts") or ()) == {f"{who}:{text_hash(body)}" for who in who_signed}


def are_other_terms(before: Mapping[str, Any], after: Mapping[str, Any], *, filled: bool = True) -> bool:
    """Say whether when or where a session was changed; ``filled``: what was not said before counts as changed, too."""
    return any((filled or before.get(name) is not None) and before.get(name) != after.get(name) for name in TERMS)


def content_hash(agreement: Mapping[str, Any], parties: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the SHA-256 of an agreement: its text, by whom and when it was signed, and who the parties are, by id.

    Without the parties it is what earlier programs noted for agreements that took effect with them.
    """
    signed: dict[str, Any] = {name: agreement[name] for name in AGREED if agreement.get(name) is not None}
    if parties:
        signed["parties"] = {key: {name: body.get(name) for name in IDENTITY} for key, body in parties.items()}
    return hashlib.sha256(canonical(signed)).hexdigest()


def said_hash(agreement: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the text of an agreement, whoever signed it and when."""
    return hashlib.sha256(canonical({name: agreement[name] for name in SAID if agreement.get(name) is not None})).hexdigest()


def is_as_agreed(agreement: Mapping[str, Any], parties: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether an agreement says what it said when it took effect; of one without a checksum nobody can tell."""
    noted = agreement.get("content_hash")
    undated = {name: value for name, value in agreement.items() if name != "signed_days"}  # as programs before the days noted it
    return noted is None or noted in {content_hash(body, who) for body in (agreement, undated) for who in (parties, {})}
