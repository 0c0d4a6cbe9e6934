"""The morning queue: one order that nobody can doubt (domain rules B3.3; F49). Pure.

By arrival, or by a lottery whose seed is published: everybody who knows the seed and the cards that were there works out the
same order. Who has gone home without work for several mornings comes a step forward, so that nobody waits for ever.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from zzdesk.i18n import N_
from zzdesk.workflow import Deed, Guard, Needs, TransitionTable, awaits

ENTRY: Final = "queue_entry"
DRAW: Final = "queue_draw"
ARRIVAL: Final = "arrival"
LOTTERY: Final = "lottery"
MODES: Final = (ARRIVAL, LOTTERY)
WAITING: Final = "waiting"
PLACED: Final = "placed"
LEFT: Final = "left"
SEED: Final = 16
"""Hexadecimal digits of a seed: 64 bits, short enough to be copied from the wall by hand."""
_IDS: Final = uuid.UUID("f3b3a1de-5d0e-5f0c-8f57-2a1c9f0e7b64")

QUEUE: Final = TransitionTable(
    ("place", WAITING, PLACED, Needs("job.place")),
    ("leave", WAITING, LEFT, Needs("job.place")),
    ("return", LEFT, WAITING, Needs("job.place")),
    ("return", PLACED, WAITING, Needs("job.place", reason=True)),
)

WORDS: Final[dict[str, str]] = {
    "queue-misshapen": N_("排队的编号与站点、日期或卡号不符"),
    "draw-fixed": N_("当天的排队方式和种子公布后不能改，也不能作废重抽"),
    "draw-misshapen": N_("抽签的编号、种子或卡号不符合约定"),
    "worker-twice": N_("这位求职者同一时间在别处已经确认了另一份活，不能再确认这一份"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""
CIRCUMSTANCES: Final = frozenset({"worker-twice"})


def entry_id(station: str, day: str, worker_id: str) -> str:
    """Return the id of somebody's place in the queue of a morning: whoever takes them in, at whichever desk, it is one."""
    return str(uuid.uuid5(_IDS, f"entry/{station}/{day}/{worker_id}"))


def draw_id(station: str, day: str) -> str:
    """Return the id of the one draw of a station and day: nobody draws again until the result pleases."""
    return str(uuid.uuid5(_IDS, f"draw/{station}/{day}"))


@dataclass(frozen=True)
class Waiting:
    """One who waits: the card, when they came (any text that sorts), and how many mornings in a row brought no work."""

    card: str
    came: str
    missed: int = 0


def lot(seed: str, card: str) -> str:
    """Return the lot of a card: SHA-256 of ``seed/card``; the lowest comes first. Anybody can work it out."""
    return hashlib.sha256(f"{seed}/{card}".encode()).hexdigest()


def in_order(waiting: Iterable[Waiting], mornings: int, seed: str | None = None, drawn: Iterable[str] = ()) -> list[Waiting]:
    """Return those who wait in the order in which they are called.

    First by how often ``mornings`` mornings in a row brought nothing, the most first; then by arrival, or by lot for the
    cards that were there at the draw. Who came after it follows those of the same step, by arrival.
    """
    cards = frozenset(drawn)

    def key(each: Waiting) -> tuple[Any, ...]:
        step = -(each.missed // mornings)
        if seed is None:
            return step, 0, each.came, each.card
        late = each.card not in cards
        return step, late, each.came if late else lot(seed, each.card), each.card

    return sorted(waiting, key=key)


def digest(order: Sequence[str]) -> str:
    """Return the SHA-256 of an order of cards: two who worked it out compare this alone."""
    return hashlib.sha256("\n".join(order).encode()).hexdigest()


# ---- what stands against ---------------------------------------------------------------------------------------------


def _came(deed: Deed) -> str | None:
    """One place a morning, under the worker's own card."""
    if deed.before is not None:
        return None
    after = deed.after
    worker_id = str(after.get("worker_id"))
    worker = deed.other("worker", worker_id)
    if worker is None:
        return awaits("worker", worker_id)
    right = deed.id == entry_id(str(after.get("station")), str(after.get("day")), worker_id)
    return None if right and worker.get("card") == after.get("card") else "queue-misshapen"


_SAID: Final = ("station", "day", "mode", "seed", "cards")


def _drawn(deed: Deed) -> str | None:
    """A draw is made once and stays (F49: a published seed)."""
    if deed.void:
        return "draw-fixed"
    after = deed.after
    if deed.before is not None:
        same = deed.decided or all(deed.before.get(name) == after.get(name) for name in _SAID)
        return None if same else "draw-fixed"
    seed, lottery = after.get("seed"), after.get("mode") == LOTTERY
    hexadecimal = isinstance(seed, str) and len(seed) == SEED and not set(seed) - set("0123456789abcdef")
    fits = deed.id == draw_id(str(after.get("station")), str(after.get("day")))
    return None if fits and (hexadecimal and bool(after.get("cards")) if lottery else seed is None) else "draw-misshapen"


def _guard(rule: Callable[[Deed], str | None], first: str, fields: frozenset[str]) -> Guard:
    return Guard(rule, WORDS, (), fields, first, circumstances=CIRCUMSTANCES, always=True)


ENTRY_GUARD: Final = _guard(_came, WAITING, frozenset({"worker_id", "card", "day", "station"}))
DRAW_GUARD: Final = _guard(_drawn, "", frozenset(_SAID))
