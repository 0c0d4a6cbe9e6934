"""An employer is found by its number: a firm that is sanctioned at one station begins anew at no other one unseen."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0029"
branch_labels = None
depends_on = None

_KIND, _FIELDS, _BATCH = "employer", ("credit_code", "identity_number"), 500
_INTO = sa.text("INSERT INTO natural_key (kind, field, fingerprint, id) VALUES (:kind, :field, :fingerprint, :id)")


def _fingerprint(field: str, value: str) -> str:
    text = json.dumps([_KIND, field, value], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def note(connection: sa.Connection) -> None:
    """Note the numbers of every employer that is here."""
    known = sa.text(
        "SELECT id, (body ->> 'credit_code') AS credit_code, (body ->> 'identity_number') AS identity_number FROM record"
        " WHERE kind = :kind AND id > :last ORDER BY id LIMIT :n"
    )
    last = ""
    while True:
        rows = connection.execute(known, {"kind": _KIND, "last": last, "n": _BATCH}).all()
        for row in rows:
            for field in _FIELDS:
                value = getattr(row, field)
                if value:
                    given = {"kind": _KIND, "field": field, "fingerprint": _fingerprint(field, value), "id": row.id}
                    connection.execute(_INTO, given)
        if len(rows) < _BATCH:
            return
        last = rows[-1].id


def upgrade() -> None:
    """Note the numbers of every employer that is here."""
    note(op.get_bind())


def downgrade() -> None:
    """Forget them."""
    op.get_bind().execute(sa.text("DELETE FROM natural_key WHERE kind = :kind"), {"kind": _KIND})
