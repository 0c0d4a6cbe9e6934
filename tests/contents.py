"""Everything that a desk's or a centre's database holds, as one digest each: to say that nothing at all has changed."""

from __future__ import annotations

import hashlib

from sqlalchemy import inspect, select, text

from sync.server.run import ServerThread
from sync.server.tables import metadata
from zzdesk.desk.session import Desk


def desk_digest(desk: Desk) -> str:
    """Everything in a desk's database, every table."""
    with desk.store.reader() as session:
        connection = session.connection()
        names = sorted(inspect(connection).get_table_names())
        rows = [
            (name, sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"'))))) for name in names
        ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def centre_digest(server: ServerThread, *names: str) -> str:
    """Everything in a centre's database, every table, or the ones named."""
    tables = [metadata.tables[name] for name in sorted(names or metadata.tables)]
    with server.centre.database.reading() as connection:
        rows = [(table.name, sorted(map(repr, connection.execute(select(table))))) for table in tables]
    return hashlib.sha256(repr(rows).encode()).hexdigest()
