"""A worker's applications are found by the worker: whether somebody has two places at one time is asked of the centre."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

_KIND, _FIELD, _BATCH = "application", "worker_id", 500
_INTO = sa.text("INSERT INTO natural_key (kind, field, fingerprint, id) VALUES (:kind, :field, :fingerprint, :id)")


def _fingerprint(value: str) -> str:
    text = json.dumps([_KIND, _FIELD, value], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def note(connection: sa.Connection) -> None:
    """Note the worker of every application that is here."""
    known = sa.text(
        "SELECT id, (body ->> 'worker_id') AS worker FROM record WHERE kind = :kind AND id > :last ORDER BY id LIMIT :n"
    )
    last = ""
    while True:
        rows = connection.execute(known, {"kind": _KIND, "last": last, "n": _BATCH}).all()
        for row in rows:
            if row.worker:
                given = {"kind": _KIND, "field": _FIELD, "fingerprint": _fingerprint(row.worker), "id": row.id}
                connection.execute(_INTO, given)
        if len(rows) < _BATCH:
            return
        last = rows[-1].id


def upgrade() -> None:
    """Note the worker of every application that is here."""
    note(op.get_bind())


def downgrade() -> None:
    """Forget it."""
    op.get_bind().execute(
        sa.text("DELETE FROM natural_key WHERE kind = :kind AND field = :field"), {"kind": _KIND, "field": _FIELD}
    )
