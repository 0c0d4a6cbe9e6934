"""What the counter's forms ask without a desk: reasons for not taking a report on, and numbers of people in a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zzdesk.people.detect import Hit, MovedOut, move_out
from zzdesk.reports.refusal_list import Reason, reason_of, reasons
from zzdesk.reports.told import shown

TAKES: Final = {"phone": "reporter_phone", "id": "reporter_identity"}
"""Kind of number → the field of a report's form that takes it."""
TEXTS: Final = ("title", "description")


def numbers_in(values: Mapping[str, Any]) -> MovedOut | None:
    """Return every number of a person in a form's texts and where each could go; None where there is none.

    A form without a reporter (anonymous) has no field for them.
    """
    texts = {name: str(values[name]) for name in TEXTS if values.get(name)}
    takes = {} if values.get("anonymous") else {kind: values.get(field) for kind, field in TAKES.items()}
    out = move_out(texts, takes)
    return out if out.moved or out.stayed else None


__all__ = ["TAKES", "TEXTS", "Hit", "MovedOut", "Reason", "numbers_in", "reason_of", "reasons", "shown"]
