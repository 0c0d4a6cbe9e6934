"""Operations of an older schema, judged as today's: a desk that was away for months is not turned away (hazard 13).

What travelled stays as it is: hash, receipt and log are over the operation as its author made it.  Only the merge sees
the lifted one.  An operation of a newer schema than this program's passes untouched; its unknown fields are plain
values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sync.protocol import SCHEMA, Op
from zzdesk.errors import BugError

Step = Callable[[Op], Op]
"""Turns an operation of one schema into the same intent in the next one; pure."""


class Upcasters:
    """The steps by schema and kind: ``steps[3]["report"]`` lifts an operation on a report from schema 3 to 4."""

    def __init__(self, steps: Mapping[int, Mapping[str, Step]], schema: int = SCHEMA) -> None:
        self._steps = {number: dict(kinds) for number, kinds in steps.items()}
        self._schema = schema
        if any(not 1 <= number < schema for number in self._steps):
            raise BugError(f"a step leads beyond schema {schema}")

    def lift(self, op: Op) -> Op:
        """Return the operation with this program's fields; its ``schema`` goes on saying what it was written in."""
        for number in range(op.schema, self._schema):
            step = self._steps.get(number, {}).get(op.kind)
            op = step(op) if step else op
        return op


UPCASTERS: Final = Upcasters({})
"""This release's steps; a later release adds its own and keeps these.

Schema 2 (0.3.0) writes every move of a report down as a step, calls what no citizen answered 未评价, and lets another
person look from the second round on. There is nothing to lift from schema 1: the guard reads what its programs could
not write as it was meant, and puts before a person what today's rules stand against (``zzdesk.reports.guards``)."""
