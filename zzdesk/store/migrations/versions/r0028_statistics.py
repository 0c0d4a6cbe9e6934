"""Statistics and subsidy of mediation: sweeps, closed months, rules, sheets, payments; what a case prevented."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0028"
down_revision = "0021"

FLAG: Final = sa.Boolean()
LINE: Final = sa.String()
NUMBER: Final = sa.Integer()
TEXT: Final = sa.Text()

Columns = tuple[tuple[str, Any], ...]

OWN: Final[Columns] = (("created_at", LINE), ("created_by", TEXT), ("voided", FLAG), ("void_reason", TEXT))
TABLES: Final[dict[str, Columns]] = {
    "prevention": (
        ("happened_on", LINE), ("checks", NUMBER), ("found", NUMBER), ("prevented", NUMBER), ("note", TEXT),
    ),
    "month_close": (("station", TEXT), ("basis", TEXT), ("month", TEXT), ("record", TEXT)),
    "subsidy_rule": (
        ("station", TEXT), ("level", TEXT), ("form", TEXT), ("from_day", LINE), ("amount", NUMBER), ("basis", TEXT),
    ),
    "subsidy_sheet": (
        ("station", TEXT), ("month", TEXT), ("mediator_id", TEXT), ("state", TEXT), ("total", NUMBER), ("drawn_by", TEXT),
        ("drawn_at", LINE), ("approved_by", TEXT), ("approved_at", LINE), ("reason", TEXT),
    ),
    "subsidy_item": (
        ("subsidy_sheet_id", TEXT), ("case_id", TEXT), ("level", TEXT), ("form", TEXT), ("amount", NUMBER), ("rule_id", TEXT),
    ),
}  # fmt: skip
INDEXES: Final = (
    ("mediation_case", ("accepted_on", "id")),
    ("mediation_case", ("closed_on", "id")),
    ("prevention", ("created_at", "id")),
    ("prevention", ("happened_on", "id")),
    ("month_close", ("created_at", "id")),
    ("month_close", ("basis", "month", "id")),
    ("subsidy_rule", ("created_at", "id")),
    ("subsidy_sheet", ("created_at", "id")),
    ("subsidy_sheet", ("month", "id")),
    ("subsidy_sheet", ("state", "created_at", "id")),
    ("subsidy_item", ("created_at", "id")),
    ("subsidy_item", ("subsidy_sheet_id", "id")),
)
ADDED: Final[Columns] = (("prevented", TEXT), ("prevented_people", NUMBER))


def upgrade() -> None:
    """Add the tables, two columns of the cases' stubs, and the indexes along which a month is read."""
    for name, columns in TABLES.items():
        op.create_table(
            name, *(Column(each, kind) for each, kind in columns), Column("id", sa.String(36), nullable=False),
            Column("scope", sa.String(60), nullable=False), *(Column(each, kind) for each, kind in OWN),
            sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        )  # fmt: skip
    for each, kind in ADDED:
        op.add_column("mediation_case", Column(each, kind))
    for table, names in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names))


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    for names in INDEXES[:2]:
        op.drop_index(f"ix_{names[0]}_{'_'.join(names[1])}", names[0])
    for each, _ in ADDED:
        op.drop_column("mediation_case", each)
    for name in reversed(TABLES):
        op.drop_table(name)
