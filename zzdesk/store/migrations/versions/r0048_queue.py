"""The morning queue with its draw, and the skills of workers one by one, so that matching reads no more than it needs."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0048"
down_revision = "0041"

LINE: Final = sa.String()
TEXT: Final = sa.Text()
OWN: Final[tuple[tuple[str, Any], ...]] = (
    ("created_at", LINE), ("created_by", TEXT), ("voided", sa.Boolean()), ("void_reason", TEXT),
)  # fmt: skip
TABLES: Final[dict[str, tuple[tuple[str, Any], ...]]] = {
    "queue_entry": (
        ("station", TEXT), ("day", LINE), ("worker_id", TEXT), ("card", TEXT), ("missed", sa.Integer()), ("state", TEXT),
    ),
    "queue_draw": (("station", TEXT), ("day", LINE), ("mode", TEXT), ("seed", TEXT), ("cards", TEXT)),
}  # fmt: skip
INDEXES: Final = (
    ("queue_entry", ("station", "day", "id")), ("queue_entry", ("worker_id", "day")), ("queue_entry", ("created_at", "id")),
    ("queue_draw", ("created_at", "id")),
)  # fmt: skip
PUT: Final = "INSERT OR IGNORE INTO worker_skill (skill, worker_id) SELECT value, NEW.id FROM json_each(NEW.skills)"
TAKE: Final = (
    "DELETE FROM worker_skill WHERE worker_id = OLD.id AND skill IN (SELECT value FROM json_each(OLD.skills))"
)
TRIGGERS: Final = (
    f"CREATE TRIGGER worker_skill_born AFTER INSERT ON worker WHEN NEW.skills IS NOT NULL BEGIN {PUT}; END",
    f"CREATE TRIGGER worker_skill_changed AFTER UPDATE OF skills ON worker BEGIN {TAKE}; {PUT}; END",
    f"CREATE TRIGGER worker_skill_gone AFTER DELETE ON worker WHEN OLD.skills IS NOT NULL BEGIN {TAKE}; END",
)


def upgrade() -> None:
    """Add the tables, and put every worker's skills into theirs."""
    for name, columns in TABLES.items():
        op.create_table(
            name, *(Column(each, kind) for each, kind in (*columns, *OWN)), Column("id", sa.String(36), nullable=False),
            Column("scope", sa.String(60), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        )  # fmt: skip
    for table, names in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names))
    op.create_table(
        "worker_skill", Column("skill", sa.String(200), nullable=False), Column("worker_id", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("skill", "worker_id", name="pk_worker_skill"), sqlite_with_rowid=False,
    )  # fmt: skip
    op.execute(
        "INSERT OR IGNORE INTO worker_skill (skill, worker_id)"
        " SELECT each.value, worker.id FROM worker, json_each(worker.skills) AS each WHERE worker.skills IS NOT NULL"
    )
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    for name in ("worker_skill_gone", "worker_skill_changed", "worker_skill_born"):
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("worker_skill")
    for name in reversed(TABLES):
        op.drop_table(name)
