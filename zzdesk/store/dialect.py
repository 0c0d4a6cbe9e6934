"""How SQLAlchemy speaks to SQLCipher: one dialect and one store of compiled statements for the whole process.

SQLAlchemy puts a statement together once for each engine and each dialect, and gives every engine a dialect of its own.
A desk has two engines and so has a centre on SQLite, for the same statements: with what is compiled in common, the reader
need not put together what the writer has, nor one database what another has.  Putting together takes longer than running.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, MetaData, create_engine, create_mock_engine, event, make_url
from sqlalchemy.engine import Dialect
from sqlalchemy.pool import Pool, QueuePool
from sqlalchemy.util import LRUCache

URL: Final = "sqlite://"
COMPILED: Final = 1000
"""How many compiled statements are kept at least; an engine of its own keeps 500."""


def new_engine(creator: Callable[[], Any], **pool: Any) -> Engine:
    """Return an engine over the connections that ``creator`` makes; ``pool`` are the options of its queue pool.

    The dialect's own pysqlcipher URL is not used: it runs ``PRAGMA key=''`` itself.  Parameters never appear in
    error texts, since they are personal data.
    """
    dialect, options = _common()
    connections: Pool = QueuePool(creator, dialect=dialect, **pool)
    prepare = dialect.on_connect()
    if prepare is not None:
        event.listen(connections, "connect", lambda connection, _: prepare(connection))
    event.listen(connections, "checkin", _end_transaction)
    return Engine(connections, dialect, make_url(URL), execution_options=options, hide_parameters=True)


def _end_transaction(connection: Any, _: Any) -> None:
    """Roll back what a COMMIT that failed has left open.

    SQLAlchemy takes a transaction for ended once COMMIT was tried; SQLite keeps it where COMMIT was refused (a deferred
    foreign key, a busy file), and the next BEGIN on this connection would fail.
    """
    if connection is not None and connection.in_transaction:
        connection.rollback()


def statements_of(metadata: MetaData, url: str = URL) -> tuple[str, ...]:
    """Return what makes the tables, indexes and triggers of models in an empty database; put together once.

    ``url`` says for which database, as far as its part before the colon.
    """
    return _statements(metadata, len(metadata.tables), url.partition(":")[0])


def run_all(connection: Connection, statements: Iterable[str]) -> None:
    """Run fixed statements in the connection's transaction, by the driver alone.

    Making tables is hundreds of them, and what SQLAlchemy does around each takes longer than the database does.
    """
    driver = connection.connection.cursor()
    try:
        for statement in statements:
            driver.execute(statement)
    finally:
        driver.close()


@cache
def _statements(metadata: MetaData, count: int, dialect: str) -> tuple[str, ...]:
    found: list[str] = []

    def note(statement: Any, *_: Any, **__: Any) -> None:
        found.append(str(statement.compile(dialect=engine.dialect)))

    engine = create_mock_engine(f"{dialect}://", note)
    metadata.create_all(engine, checkfirst=False)
    assert count == len(metadata.tables)
    return tuple(found)


@cache
def _common() -> tuple[Dialect, dict[str, Any]]:
    """Return the dialect, which has asked the library for its version, and the option that names what is compiled."""
    asked = create_engine(URL, module=sqlcipher)
    with asked.connect():
        pass
    asked.dispose()
    compiled: LRUCache[Any, Any] = LRUCache(COMPILED)
    return asked.dialect, {"compiled_cache": compiled}
