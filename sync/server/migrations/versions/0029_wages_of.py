"""The wages of a posting are found by the posting: whether one is owed when it is completed is asked of the centre."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_KIND, _FIELD, _BATCH = "wage_line", "posting_id", 500
_INTO = sa.text("INSERT INTO natural_key (kind, field, fingerprint, id) VALUES (:kind, :field, :fingerprint, :id)")


def _fingerprint(value: str) -> str:
    text = json.dumps([_KIND, _FIELD, value], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def note(connection: sa.Connection) -> None:
    """Note the posting of every wage that is here."""
    known = sa.text(
        "SELECT id, (body ->> 'posting_id') AS posting FROM record WHERE kind = :kind AND id > :last ORDER BY id LIMIT :n"
    )
    last = ""
    while True:
        rows = connection.execute(known, {"kind": _KIND, "last": last, "n": _BATCH}).all()
        for row in rows:
            if row.posting:
                given = {"kind": _KIND, "field": _FIELD, "fingerprint": _fingerprint(row.posting), "id": row.id}
                connection.execute(_INTO, given)
        if len(rows) < _BATCH:
            return
        last = rows[-1].id


def upgrade() -> None:
    """Note the posting of every wage that is here."""
    note(op.get_bind())


def downgrade() -> None:
    """Forget it."""
    op.get_bind().execute(
        sa.text("DELETE FROM natural_key WHERE kind = :kind AND field = :field"), {"kind": _KIND, "field": _FIELD}
    )
