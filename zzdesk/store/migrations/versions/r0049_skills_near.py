"""Skills of workers by where they live: who is near is found first, and no match list reads everybody of a trade."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0049"
down_revision = "0044"

NAMES: Final = ("worker_skill_gone", "worker_skill_changed", "worker_skill_born")
PUT: Final = (
    "INSERT OR IGNORE INTO worker_skill (skill, area, worker_id)"
    " SELECT value, coalesce(NEW.area_code, ''), NEW.id FROM json_each(NEW.skills)"
)
TAKE: Final = (
    "DELETE FROM worker_skill WHERE worker_id = OLD.id AND area = coalesce(OLD.area_code, '')"
    " AND skill IN (SELECT value FROM json_each(OLD.skills))"
)
NEAR: Final = (
    f"CREATE TRIGGER worker_skill_born AFTER INSERT ON worker WHEN NEW.skills IS NOT NULL BEGIN {PUT}; END",
    f"CREATE TRIGGER worker_skill_changed AFTER UPDATE OF skills, area_code ON worker BEGIN {TAKE}; {PUT}; END",
    f"CREATE TRIGGER worker_skill_gone AFTER DELETE ON worker WHEN OLD.skills IS NOT NULL BEGIN {TAKE}; END",
)
OLD_PUT: Final = "INSERT OR IGNORE INTO worker_skill (skill, worker_id) SELECT value, NEW.id FROM json_each(NEW.skills)"
OLD_TAKE: Final = (
    "DELETE FROM worker_skill WHERE worker_id = OLD.id AND skill IN (SELECT value FROM json_each(OLD.skills))"
)
PLAIN: Final = (
    f"CREATE TRIGGER worker_skill_born AFTER INSERT ON worker WHEN NEW.skills IS NOT NULL BEGIN {OLD_PUT}; END",
    f"CREATE TRIGGER worker_skill_changed AFTER UPDATE OF skills ON worker BEGIN {OLD_TAKE}; {OLD_PUT}; END",
    f"CREATE TRIGGER worker_skill_gone AFTER DELETE ON worker WHEN OLD.skills IS NOT NULL BEGIN {OLD_TAKE}; END",
)


FILL_NEAR: Final = (
    "INSERT OR IGNORE INTO worker_skill (skill, area, worker_id)"
    " SELECT each.value, coalesce(worker.area_code, ''), worker.id FROM worker, json_each(worker.skills) AS each"
    " WHERE worker.skills IS NOT NULL"
)
FILL_PLAIN: Final = (
    "INSERT OR IGNORE INTO worker_skill (skill, worker_id)"
    " SELECT each.value, worker.id FROM worker, json_each(worker.skills) AS each WHERE worker.skills IS NOT NULL"
)


def _make(columns: tuple[str, ...], fill: str, triggers: tuple[str, ...], *, with_rowid: bool) -> None:
    for name in NAMES:
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("worker_skill")
    lengths = {"skill": 200, "area": 20, "worker_id": 36}
    op.create_table(
        "worker_skill", *(Column(each, sa.String(lengths[each]), nullable=False) for each in columns),
        sa.PrimaryKeyConstraint(*columns, name="pk_worker_skill"), sqlite_with_rowid=with_rowid,
    )  # fmt: skip
    op.execute(fill)
    for trigger in triggers:
        op.execute(trigger)


def upgrade() -> None:
    """Make the table anew, with the area in its key; a backup reads every table in the order of its rows."""
    _make(("skill", "area", "worker_id"), FILL_NEAR, NEAR, with_rowid=True)


def downgrade() -> None:
    """Make it as it was."""
    _make(("skill", "worker_id"), FILL_PLAIN, PLAIN, with_rowid=False)
