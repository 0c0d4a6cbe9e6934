"""The closed months of the odd-job station as text. Pure; see ``documents.months``."""

from __future__ import annotations

import base64
import uuid
from typing import Final

from zzdesk.documents.months import Shape, Tallies, guard
from zzdesk.jobs.statistics import BASES, Fact, lasting, tally
from zzdesk.workflow import Guard

KIND: Final = "job_month"
_CLOSES: Final = uuid.UUID("6a1f0f52-8a0d-5b62-9f0e-3d1f7a4c2b90")
MOST_FACTS: Final = 4_000
"""Records counted of one station and month, some fifty bytes each: more would not fit into one operation."""
LETTERS: Final = {"e": "employer", "p": "posting", "k": "worker", "a": "application", "w": "wage_line", "c": "complaint"}
_LETTER: Final = {kind: letter for letter, kind in LETTERS.items()}


def close_id(station: str, basis: str, month: str) -> str:
    """Return the id of a closed month: two desks that close it make one record, and where they differ that is a conflict."""
    return str(uuid.uuid5(_CLOSES, f"{station}/{basis}/{month}"))


def sentence(basis: str, month: str, counted: Tallies) -> str:
    """Return what a closed month says in one Chinese sentence: a person who decides between two has to see what they say."""
    said = {name: one.value for name, one in counted.items()}
    return (
        f"{month} 零工月报：发布用工信息{said['postings.published']}条，报名{said['applied']}人次，实际到岗{said['attended']}人次"
        f"（其中顶替{said['day.instead']}人次），未到岗{said['day.no-show']}人次，应付工资{said['wages.due']}元，"
        f"已付{said['wages.paid']}元"
    )


def _marks() -> tuple[str, ...]:
    return ("jobs-1",)


_SHORT: Final = (
    ("day.", "d."), ("outcome.", "o."), ("state.", "s."), ("trade.", "t."), ("way.", "y."), ("wages.", "g."), ("workers.", "k."),
    ("postings.", "p."), ("employers.", "e."), ("places.", "l."), ("minutes", "m"), ("replace", "r"), ("complaints.", "c."),
)  # fmt: skip
"""How the names of marks begin, in a line and in full: a month of thousands has to fit into one operation."""


def _line(fact: Fact) -> str:
    marks = (_turned(name, 0, 1) + ("" if number == 1 else f"={number}") for name, number in fact.marks)
    return "#" + " ".join((_LETTER[fact.kind] + _packed(fact.id), *marks))


def _fact(line: str) -> Fact:
    first, *marks = line[1:].split(" ")
    pairs = (mark.partition("=") for mark in marks)
    return Fact(LETTERS[first[0]], _unpacked(first[1:]), tuple((_turned(name, 1, 0), int(n) if n else 1) for name, _, n in pairs))


def _turned(name: str, there: int, here: int) -> str:
    found = next((each for each in _SHORT if name.startswith(each[there])), None)
    return name if found is None else found[here] + name[len(found[there]) :]


def _packed(record_id: str) -> str:
    """Return an id in 22 letters instead of 36."""
    return base64.urlsafe_b64encode(uuid.UUID(record_id).bytes).decode().rstrip("=")


def _unpacked(text: str) -> str:
    return str(uuid.UUID(bytes=base64.urlsafe_b64decode(text + "==")))


SHAPE: Final[Shape[Fact]] = Shape("zzdesk-jobs/1", BASES, _marks, _line, _fact, tally, sentence, lasting=lasting)
CLOSE_GUARD: Final[Guard] = guard(KIND, SHAPE, close_id)
