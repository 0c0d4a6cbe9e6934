"""A PostgreSQL for tests: the one named by DATABASE_URL, else a private throw-away server on a free port.

The private server keeps nothing, waits for no disk and listens on loopback only; as root it runs as ``postgres``,
because PostgreSQL refuses root.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_binaries() -> Path | None:
    """Return the folder of the newest ``initdb`` on this machine, None where there is no PostgreSQL."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def private_server(binaries: Path) -> Iterator[str]:
    """Start a server of our own; yield the URL of its database ``postgres``, stop and delete it afterwards."""
    with _folder() as folder:
        _run(binaries / "initdb", "-D", folder / "data", "-U", "app", "--auth=trust", "--encoding=UTF8",
             "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C", "--no-sync")  # fmt: skip
        with _running(binaries, folder) as url:
            yield url


@contextmanager
def standby_of(binaries: Path, url: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """Start a server that follows the one at ``url``; yield its own URL and what makes it a primary (a new timeline)."""
    primary = urlsplit(url)
    with _folder() as folder:
        _run(binaries / "pg_basebackup", "-D", folder / "data", "-R", "-X", "stream", "--checkpoint=fast",
             "--no-sync", "-h", primary.hostname, "-p", primary.port, "-U", "app")  # fmt: skip
        with _running(binaries, folder) as own:
            yield own, lambda: _run(binaries / "pg_ctl", "-D", folder / "data", "-w", "promote")


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="zzpg-"))
    try:
        _let_postgres_own(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(binaries: Path, folder: Path) -> Iterator[str]:
    port = _free_port()
    options = [f"-p {port}", f"-k {folder}", "-c listen_addresses=127.0.0.1", *(f"-c {word}" for word in _FAST)]
    control = (binaries / "pg_ctl", "-D", folder / "data", "-w")
    _run(*control, "-l", folder / "log", "-o", " ".join(options), "start")
    try:
        yield f"postgresql+psycopg://app@127.0.0.1:{port}/postgres"
    finally:
        _run(*control, "-m", "immediate", "stop")


@contextmanager
def empty_database(url: str) -> Iterator[str]:
    """Create a database beside the one at ``url``; yield its URL and drop it afterwards."""
    from sqlalchemy import create_engine, make_url, text

    name = f"t_{os.getpid()}_{os.urandom(4).hex()}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


class Shared:
    """A database with a centre's tables that one test after another has to itself: emptied between them, not made anew.

    Making and dropping a database, and the tables in it, costs the server a fifth of a second each time; a test of a
    centre seldom takes as long.  After a test that left other tables, columns, indexes or another version, it is replaced.
    """

    def __init__(self, server: str) -> None:
        self._server, self._database = server, ExitStack()
        self._url = self._shape = ""

    def close(self) -> None:
        """Drop it."""
        self._database.close()
        self._url = self._shape = ""

    @contextmanager
    def use(self) -> Iterator[str]:
        """Yield its URL: there is not a row in it."""
        if not self._url:
            self._url = self._database.enter_context(empty_database(self._server))
            self._make_tables()
        try:
            yield self._url
        finally:
            self._tidy()

    def _make_tables(self) -> None:
        from sync.server.database import open_database

        with tempfile.TemporaryDirectory(prefix="zzpg-") as folder:
            open_database(Path(folder), self._url).close()
        self._shape = self._emptied()

    def _tidy(self) -> None:
        if self._emptied() != self._shape:
            self.close()

    def _emptied(self) -> str:
        """End who is still connected, remove every row, and return what the tables are."""
        from sqlalchemy import create_engine, text

        from sync.server.tables import metadata

        # With few rows this is faster by far than TRUNCATE, which makes new files for each table.
        delete = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(_END_OTHERS))
                shape = f"{shape_of(connection)} {connection.execute(text(_VERSION)).scalar()}"
                if self._shape in ("", shape):
                    connection.exec_driver_sql(delete)
                return shape
        finally:
            engine.dispose()


def shape_of(connection: Connection) -> str:
    """Return a digest of what the tables of a database are: columns with their defaults, indexes, and constraints."""
    from sqlalchemy import text

    return str(connection.execute(text(_SHAPE)).scalar())


_END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_VERSION = "SELECT string_agg(version_num, ' ') FROM alembic_version"
_SHAPE = """SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
    SELECT concat_ws(' ', c.relname, a.attnum, a.attname, a.atttypid, a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) AS line
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid), condeferrable, convalidated)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
) AS lines"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _let_postgres_own(folder: Path) -> None:
    if _is_root():
        shutil.chown(folder, "postgres")


def _run(*words: object) -> None:
    """Run one of PostgreSQL's programs; what it printed becomes the error when it fails."""
    command = (["runuser", "-u", "postgres", "--"] if _is_root() else []) + [str(word) for word in words]
    # A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open for ever.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, cwd=tempfile.gettempdir(), stdout=output, stderr=output, check=False)
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{command}: {output.read().decode(errors='replace')}")
