"""The morning queue of a station and its draw; and who has which skill, kept by the database, so that matching scans nothing."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import DDL, String, event
from sqlalchemy.orm import Mapped, mapped_column

from zzdesk.jobs import queueing
from zzdesk.jobs.models import Worker
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Day, Integer, Ref, ShortText, TextSet


class QueueEntry(Synced, Base):
    """Somebody who came for work on a morning. The order of arrival is that of ``created_at``."""

    __tablename__ = "queue_entry"
    __kind__ = "queue_entry"
    __right__ = "job.apply"
    __transitions__ = queueing.QUEUE
    __guard__ = queueing.ENTRY_GUARD
    __table_args__ = (
        list_index("queue_entry", "station", "day", "id"), list_index("queue_entry", "worker_id", "day"),
        list_index("queue_entry", "created_at", "id"),
    )  # fmt: skip

    station: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    day: Mapped[date] = synced(Day(), Merge.WRITE_ONCE, derived=True)
    worker_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    card: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    missed: Mapped[int | None] = synced(Integer(), Merge.HIGHEST, derived=True)
    """Mornings in a row before this one that brought no work."""
    state: Mapped[str] = synced(
        Choice(queueing.WAITING, queueing.PLACED, queueing.LEFT), Merge.TRANSITION, default=queueing.WAITING
    )


class QueueDraw(Synced, Base):
    """How the queue of a morning is ordered: by arrival, or by lot with this seed among the cards that were there."""

    __tablename__ = "queue_draw"
    __kind__ = "queue_draw"
    __right__ = "job.place"
    __append_only__ = True
    __guard__ = queueing.DRAW_GUARD
    __table_args__ = (list_index("queue_draw", "created_at", "id"),)

    station: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    day: Mapped[date] = synced(Day(), Merge.WRITE_ONCE, derived=True)
    mode: Mapped[str] = synced(Choice(*queueing.MODES), Merge.WRITE_ONCE, required=True)
    seed: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    cards: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.WRITE_ONCE, derived=True)


class WorkerSkill(Base):
    """One skill of one worker and where they live: follows the workers' records by triggers, whoever writes them."""

    __tablename__ = "worker_skill"

    skill: Mapped[str] = mapped_column(String(200), primary_key=True)
    area: Mapped[str] = mapped_column(String(20), primary_key=True)
    worker_id: Mapped[str] = mapped_column(String(36), primary_key=True)


_PUT: Final = (
    "INSERT OR IGNORE INTO worker_skill (skill, area, worker_id)"
    " SELECT value, coalesce(NEW.area_code, ''), NEW.id FROM json_each(NEW.skills)"
)
_TAKE: Final = (
    "DELETE FROM worker_skill WHERE worker_id = OLD.id AND area = coalesce(OLD.area_code, '')"
    " AND skill IN (SELECT value FROM json_each(OLD.skills))"
)
TRIGGERS: Final = (
    f"CREATE TRIGGER worker_skill_born AFTER INSERT ON worker WHEN NEW.skills IS NOT NULL BEGIN {_PUT}; END",
    f"CREATE TRIGGER worker_skill_changed AFTER UPDATE OF skills, area_code ON worker BEGIN {_TAKE}; {_PUT}; END",
    f"CREATE TRIGGER worker_skill_gone AFTER DELETE ON worker WHEN OLD.skills IS NOT NULL BEGIN {_TAKE}; END",
)
"""What keeps the table in step; a revision has a copy of its own."""

WorkerSkill.__table__.add_is_dependent_on(Worker.__table__)  # type: ignore[attr-defined]
for _trigger in TRIGGERS:
    event.listen(WorkerSkill.__table__, "after_create", DDL(_trigger))  # type: ignore[no-untyped-call]
