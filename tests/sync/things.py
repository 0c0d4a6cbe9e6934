"""A made-up kind of record with one field for every merge policy, and short ways to make operations on it."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import msgspec

from sync.merge import RecordState
from sync.policies import KindPolicy, Policies
from sync.protocol import Op
from zzdesk.store.base import Merge
from zzdesk.workflow import Needs, TransitionTable

_NEEDS = Needs("report.handle")
TRANSITIONS = TransitionTable(
    ("check", "new", "checked", _NEEDS),
    ("send", "checked", "sent", _NEEDS),
    ("skip", "new", "sent", _NEEDS),
    ("drop", "new", "dropped", _NEEDS),
    ("close", "sent", "closed", _NEEDS),
    ("close", "checked", "closed", _NEEDS),
)

POLICIES = Policies(
    {
        "thing": KindPolicy(
            {
                "created_at": Merge.WRITE_ONCE, "created_by": Merge.WRITE_ONCE, "voided": Merge.VOID,
                "void_reason": Merge.VOID, "code": Merge.WRITE_ONCE, "title": Merge.VALUE, "phone": Merge.VALUE,
                "story": Merge.TEXT, "state": Merge.TRANSITION, "tags": Merge.SET, "hours": Merge.DELTA,
                "amount": Merge.FOUR_EYES, "terms": Merge.FROZEN, "due": Merge.SERVER,
                "claimed_by": Merge.CLAIM, "lease_until": Merge.SERVER,
            },
            TRANSITIONS,
            frozenset({"closed"}),
            "report.assign",
        ),
        "note": KindPolicy(
            {"thing_id": Merge.WRITE_ONCE, "text": Merge.WRITE_ONCE, "supplementary": Merge.SERVER},
            claimed_parent=("thing", "thing_id"), parent="thing_id",
        ),
        "dossier": KindPolicy(
            {"title": Merge.VALUE, "number": Merge.WRITE_ONCE, "alias": Merge.WRITE_ONCE},
            natural=("number",), numbers="册",
        ),
        "soul": KindPolicy(
            {"name": Merge.VALUE, "identity_number": Merge.FOUR_EYES, "duplicate_of": Merge.VALUE},
            natural=("identity_number",),
        ),
    }
)  # fmt: skip

STATION = "350602002004"
KEY = "0192c0de-0000-7000-8000-000000000001"
ANNA, BO, CHEN = (str(uuid.UUID(int=n)) for n in (1, 2, 3))
_numbers = itertools.count(1000)


def op_id() -> str:
    return str(uuid.UUID(int=next(_numbers)))


def op(verb: str = "patch", user: str = ANNA, kind: str = "thing", **parts: Any) -> Op:
    raw = {
        "op_id": op_id(), "group": op_id(), "kind": kind, "id": KEY, "verb": verb, "actor": {"user": user},
        "at": {"wall": "2026-11-23T01:00:00.000Z"}, "replica": "r-1", "op_no": 1,
    } | parts  # fmt: skip
    return msgspec.convert(raw, Op)


def patch(user: str = ANNA, **edits: dict[str, Any]) -> Op:
    return op("patch", user, set=edits)


FIRST = op_id()


def state(stamps: dict[str, str] | None = None, ver: int = 1, **body: Any) -> RecordState:
    return RecordState("thing", KEY, STATION, ver, body, {"*": FIRST} | (stamps or {}))
