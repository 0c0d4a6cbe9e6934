"""Points: rewards with their stock, redemptions that the centre decides, and the ledger of entries (domain rules B4)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from zzdesk.patrol import ledger
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.guards import ENTRY_GUARD, REDEMPTION_GUARD, REWARD_GUARD
from zzdesk.patrol.models import positive
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Integer, LongText, Moment, Ref, ShortText


class Reward(Synced, Base):
    """Something that points are exchanged for. ``received`` counts every piece that ever came in, ``given`` the centre's
    grants: what is left is the difference, and two desks that add pieces add up.
    """

    __tablename__ = "reward"
    __kind__ = "reward"
    __right__ = "patrol.reward.edit"
    __guard__ = REWARD_GUARD
    __search_names__ = ("name",)
    __table_args__ = (list_index("reward", "created_at", "id"),)

    name: Mapped[str] = synced(ShortText(), required=True, mask="text")
    price: Mapped[int] = synced(Integer(), required=True, check=positive)
    received: Mapped[int | None] = synced(Integer(), Merge.DELTA, least=0)
    given: Mapped[int | None] = synced(Integer(), Merge.SERVER)
    notes: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class Redemption(Synced, Base):
    """One volunteer's exchange for one piece. ``standing`` is the centre's word; nothing is handed over before it."""

    __tablename__ = "redemption"
    __kind__ = "redemption"
    __right__ = "patrol.redeem"
    __void_right__ = "patrol.override"
    __transitions__ = flow.REDEMPTION
    __guard__ = REDEMPTION_GUARD
    __frozen_states__ = frozenset({flow.HANDED, flow.CALLED_OFF})
    __table_args__ = (
        list_index("redemption", "created_at", "id"),
        list_index("redemption", "reward_id", "created_at", "id"),
        list_index("redemption", "volunteer_id", "created_at", "id"),
    )

    reward_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True, natural=True)
    volunteer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True, natural=True)
    price: Mapped[int] = synced(Integer(), Merge.WRITE_ONCE, derived=True)
    state: Mapped[str] = synced(Choice(*sorted(flow.REDEMPTION.states)), Merge.TRANSITION, default=flow.ASKED)
    standing: Mapped[str | None] = synced(Choice(*ledger.ANSWERS), Merge.SERVER)
    decided_at: Mapped[datetime | None] = synced(Moment(), Merge.SERVER)
    handed_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    handed_by: Mapped[str | None] = synced(Ref(), derived=True)
    reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")


class PointsEntry(Synced, Base):
    """One entry of the ledger: written once, never changed. ``volunteer_id`` says whose account the volunteer's is."""

    __tablename__ = "points_entry"
    __kind__ = "points_entry"
    __right__ = "patrol.adjust"
    __guard__ = ENTRY_GUARD
    __append_only__ = True
    __table_args__ = (
        list_index("points_entry", "volunteer_id", "created_at", "id"),
        list_index("points_entry", "created_at", "id"),
    )

    volunteer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True, natural=True)
    debit: Mapped[str] = synced(Choice(*ledger.ACCOUNTS), Merge.WRITE_ONCE, required=True)
    credit: Mapped[str] = synced(Choice(*ledger.ACCOUNTS), Merge.WRITE_ONCE, required=True)
    amount: Mapped[int] = synced(Integer(), Merge.WRITE_ONCE, required=True, check=positive)
    why: Mapped[str] = synced(Choice(*ledger.REASONS), Merge.WRITE_ONCE, required=True)
    month: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True)
    signup_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    redemption_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    reverses: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    note: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, mask="text")
