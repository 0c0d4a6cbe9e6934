"""The log of a round (厝边阿姨巡防): who went where and when, what came of it; and the sealed clue (domain rules B4)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from zzdesk.patrol import workflow as flow
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Choice, LongText, Moment, Ref, ShortText, TextSet


class Round(Synced, Base):
    """One round of a team. It is edited until it is closed, and stays as it is from then on."""

    __tablename__ = "patrol_round"
    __kind__ = "round"
    __right__ = "patrol.round"
    __transitions__ = flow.ROUND
    __frozen_states__ = frozenset({flow.ROUND_CLOSED})
    __search__ = ("number", "grid")
    __table_args__ = (
        list_index("patrol_round", "created_at", "id"),
        list_index("patrol_round", "state", "created_at", "id"),
        list_index("patrol_round", "team_id", "started_at"),
    )

    number: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    team_id: Mapped[str] = synced(Ref(), required=True)
    segment_id: Mapped[str | None] = synced(Ref())
    task_id: Mapped[str | None] = synced(Ref())
    grid: Mapped[str | None] = synced(ShortText())
    started_at: Mapped[datetime] = synced(Moment(), required=True)
    ended_at: Mapped[datetime | None] = synced(Moment())
    members: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    weather: Mapped[str | None] = synced(Choice(*flow.WEATHERS))
    notes: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    state: Mapped[str] = synced(Choice(*sorted(flow.ROUND.states)), Merge.TRANSITION, default=flow.ROUND_OPEN)


class RoundItem(Synced, Base):
    """One thing that came of a round. Of a clue it says only that there is one: the clue itself is sealed."""

    __tablename__ = "round_item"
    __kind__ = "round_item"
    __right__ = "patrol.round"
    __parent__ = "round_id"
    __table_args__ = (
        list_index("round_item", "round_id", "created_at", "id"),
        list_index("round_item", "team_id", "output", "created_at"),
    )

    round_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    team_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE, derived=True)
    output: Mapped[str] = synced(Choice(*flow.OUTPUTS), Merge.WRITE_ONCE, required=True)
    text: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    place: Mapped[str | None] = synced(ShortText(), mask="address")
    settled: Mapped[bool | None] = synced(Bool())
    report_id: Mapped[str | None] = synced(Ref(), derived=True)
    case_id: Mapped[str | None] = synced(Ref(), derived=True)


class Clue(Synced, Base):
    """What somebody noticed that is for the police alone. Every word of it is covered, everywhere."""

    __tablename__ = "clue"
    __kind__ = "clue"
    __right__ = "clue.read"
    __transitions__ = flow.CLUE
    __frozen_states__ = frozenset({flow.CLUE_HANDED})
    __table_args__ = (list_index("clue", "created_at", "id"),)

    round_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    text: Mapped[str] = synced(LongText(), Merge.WRITE_ONCE, required=True, mask="sensitive")
    place: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, mask="sensitive")
    noticed_at: Mapped[datetime | None] = synced(Moment(), Merge.WRITE_ONCE)
    state: Mapped[str] = synced(Choice(*sorted(flow.CLUE.states)), Merge.TRANSITION, default=flow.CLUE_SEALED)
    handed_to: Mapped[str | None] = synced(ShortText())
    receipt_number: Mapped[str | None] = synced(ShortText())
    handed_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    handed_by: Mapped[str | None] = synced(Ref(), derived=True)
