"""Writes revision 0001 out of today's models, as plain operations that import none of them.

``python -m tests.zzdesk.store.freeze`` while 0.1.0 is being made.  After a release its revision is never touched
again: changes get a revision of their own.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import sqlalchemy as sa

import zzdesk.catalogue  # noqa: F401
from zzdesk.store import audit, migrations, search
from zzdesk.store.base import Base

TARGET = Path(migrations.__file__).parent / "versions" / "r0001_first.py"

HEADER = '''"""The tables of 0.1.0."""

# fmt: off
from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0001"
down_revision = None

FLAG = sa.Boolean()
LINE = sa.String()
NUMBER = sa.Integer()
TEXT = sa.Text()

'''


def _type(type_: sa.types.TypeEngine[object]) -> str:
    plain = type_.impl_instance if isinstance(type_, sa.types.TypeDecorator) else type_
    names = {"Boolean": "FLAG", "Integer": "NUMBER", "Text": "TEXT"}
    name = type(plain).__name__
    if name == "String":
        return f"sa.String({plain.length})" if plain.length else "LINE"  # type: ignore[attr-defined]
    return names[name]


def _column(column: sa.Column[object]) -> str:
    if column.server_default is not None or column.foreign_keys:
        raise NotImplementedError(f"{column}: teach freeze.py to write it")
    return f'Column("{column.name}", {_type(column.type)}{"" if column.nullable else ", nullable=False"})'


def _constraint(constraint: sa.Constraint) -> str:
    kind = type(constraint).__name__
    if kind not in ("PrimaryKeyConstraint", "UniqueConstraint"):
        raise NotImplementedError(f"{constraint}: teach freeze.py to write it")
    names = ", ".join(f'"{column.name}"' for column in constraint.columns)  # type: ignore[attr-defined]
    return f'sa.{kind}({names}, name="{constraint.name}")'


def _table(table: sa.Table) -> str:
    constraints = sorted(table.constraints, key=lambda c: (type(c).__name__, str(c.name)))
    parts = [_column(column) for column in table.columns] + [_constraint(c) for c in constraints]
    filled = textwrap.wrap(", ".join(p.replace(" ", "\0") for p in parts), 110, break_long_words=False)
    body = "\n        ".join(line.replace("\0", " ") for line in filled)
    lines = [
        f"def _{table.name}() -> None:",
        f'    op.create_table(\n        "{table.name}",\n        {body},\n    )',
    ]
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        columns = ", ".join(f'"{column.name}"' for column in index.columns)
        unique = ", unique=True" if index.unique else ""
        lines.append(f'    op.create_index("{index.name}", "{table.name}", [{columns}]{unique})')
    return "\n".join(lines)


def _statements(name: str, statements: tuple[str, ...]) -> str:
    written = "\n".join(f"    {_quoted(statement)}," for statement in statements)
    return f"{name} = (\n{written}\n)"


def _quoted(statement: str) -> str:
    if ":" in statement:
        raise NotImplementedError("op.execute would take what follows a colon for a parameter")
    parts = textwrap.wrap(statement, 100, break_long_words=False, drop_whitespace=False)
    return "\n    ".join(f'"{part}"' for part in parts)


def frozen() -> str:
    """Return the module's text."""
    tables = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
    makers = textwrap.fill(", ".join(f"_{table.name}" for table in tables), 110, subsequent_indent=" " * 8)
    drops = textwrap.fill(", ".join(f'"{table.name}"' for table in tables), 110)
    return (
        HEADER
        + "\n\n\n".join(
            [
                f"TABLES = (\n{textwrap.indent(drops, '    ')},\n)",
                _statements("BY_HAND", (*audit.TRIGGERS, *search.DDL)),
                *[_table(table) for table in tables],
                f"def upgrade() -> None:\n    for make in (\n        {makers},\n    ):\n        make()\n"
                "    for statement in BY_HAND:\n        op.execute(statement)",
                "def downgrade() -> None:\n"
                '    for table in ("search_text", "search_doc", *TABLES):\n'
                '        op.execute(f"DROP TABLE {table}")',
            ]
        )
        + "\n"
    )


if __name__ == "__main__":
    TARGET.write_text(frozen(), "utf-8")
