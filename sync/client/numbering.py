"""What a desk tells the centre of the numbers it has left, and what it takes from it (hazard 14)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from sync.blocks import Counting
from sync.protocol import HelloAnswer
from zzdesk.desk.session import Desk
from zzdesk.documents import blocks


def countings(session: Session, desk: Desk) -> list[Counting]:
    """Return the series that this desk numbers, each with its first unused number."""
    return [Counting(*each) for each in blocks.wanted(session, desk.station, desk.clock.now())]


def take(session: Session, answer: HelloAnswer) -> None:
    """Keep the blocks that the centre leased."""
    for block in answer.number_blocks:
        blocks.keep(session, block.series, block.scope, block.lo, block.hi, block.expires)
