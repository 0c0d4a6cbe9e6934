"""A hand-over order and the lines that tell how it goes (A04, B2.3 to B2.5): children of the report that is handed over."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from zzdesk.handover.workflow import (
    DIRECTIONS,
    GUARD,
    OUT,
    STATES,
    STATUSES,
    TRANSITIONS,
    UNSENT,
    WAITING,
    WITHDRAWN,
)
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Choice, Integer, LongText, Moment, Ref, ShortText, TextSet

UNSETTLED: Final = "settled_at IS NULL AND direction = 'out'"
"""The condition of the index by which is listed what this office has to follow, word for word as the query asks for it."""


class HandoverOrder(Synced, Base):
    """One report handed over to one partner, or by one partner to us."""

    __tablename__ = "handover_order"
    __kind__ = "handover_order"
    __right__ = "handover.note"
    __parent__ = "report_id"
    __transitions__ = TRANSITIONS
    __frozen_states__ = frozenset({WITHDRAWN})
    __guard__ = GUARD
    __search__ = ("number", "external_ref", "receipt_number", "reason")
    __table_args__ = (
        list_index("handover_order", "report_id", "created_at", "id"),
        list_index("handover_order", "state", "created_at", "id"),
        Index("ix_handover_order_unsettled", "state", "created_at", "id", sqlite_where=text(UNSETTLED)),
    )

    report_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    number: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    partner: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True)
    """The code of the partner (``zzdesk.handover.partners``)."""
    direction: Mapped[str] = synced(Choice(*DIRECTIONS), Merge.WRITE_ONCE, default=OUT)
    recipient: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    """Who gets it, in the words that the person saw who handed it over (PIPL article 23)."""
    handed: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.WRITE_ONCE, derived=True)
    """The names of the report's fields that are given away."""
    reason: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, mask="text")
    state: Mapped[str] = synced(Choice(*STATES), Merge.TRANSITION, default=WAITING)
    called_at: Mapped[datetime | None] = synced(Moment(), Merge.WRITE_ONCE)
    called_by: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, mask="name")
    call_taker: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, mask="text")
    """Who took the call at 110: a name or a badge number (警号)."""
    call_outcome: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, mask="text")
    external_ref: Mapped[str | None] = synced(ShortText())
    """The number that the partner knows it by."""
    receipt_number: Mapped[str | None] = synced(ShortText())
    receipt_at: Mapped[datetime | None] = synced(Moment())
    limit_days: Mapped[int | None] = synced(Integer(), Merge.WRITE_ONCE, derived=True)
    """How many working days the partner gave us (办理时限)."""
    out_of_duty: Mapped[bool | None] = synced(Bool())
    """超职责诉求: what the partner asked is not within what this office may do."""
    request_type: Mapped[str | None] = synced(ShortText())
    """申请类型, where it is out of duty: 超出行政范围 and the like."""
    public_answer: Mapped[str | None] = synced(LongText(), mask="text")
    """公开答复内容: what the partner may publish."""
    unsent: Mapped[str | None] = synced(Choice(*UNSENT), derived=True)
    """Why the centre could not send it so far; the centre's to write, and empty once it is sent."""
    origins: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.WRITE_ONCE, derived=True)
    """Of an order that came in: where its matter was before, each as ``workflow.origin`` writes it."""
    files: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, derived=True)
    """The ids of the report's attachments that are given away with it; more may follow."""
    files_state: Mapped[frozenset[str] | None] = synced(TextSet(), derived=True)
    """What became of each, as ``zzdesk.handover.files.said`` writes it; the centre's to write."""
    settled_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    """When this office did its own part after the other side was done: told the resident, or took the matter back."""


class HandoverEcho(Synced, Base):
    """One word about an order: what the partner said, or what was said to it. Written once."""

    __tablename__ = "handover_echo"
    __kind__ = "handover_echo"
    __right__ = "handover.note"
    __parent__ = "handover_order_id"
    __append_only__ = True
    __table_args__ = (list_index("handover_echo", "handover_order_id", "created_at", "id"),)

    handover_order_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    direction: Mapped[str] = synced(Choice(*DIRECTIONS), Merge.WRITE_ONCE, default="in")
    """``in``: the partner's word; ``out``: ours."""
    status: Mapped[str] = synced(Choice(*STATUSES), Merge.WRITE_ONCE, default="note")
    text: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, mask="text")
    happened_at: Mapped[datetime | None] = synced(Moment(), Merge.WRITE_ONCE)
    """When it was said, by the clock of who said it."""
