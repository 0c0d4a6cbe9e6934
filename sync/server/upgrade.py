"""Brings the centre's tables up to date (Alembic), and gives a new centre its identity."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from sync.server.database import Database
from sync.server.tables import meta, metadata, sync_clock
from zzdesk.errors import NewerDatabaseError
from zzdesk.i18n import N_
from zzdesk.store.dialect import run_all, statements_of

_FOLDER: Final = Path(__file__).parent / "migrations"
_VERSION: Final = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
_LOCK: Final = 0x7A7A73796E63  # any number of our own: two workers must not migrate at once


def config_for(connection: Connection) -> Config:
    """Return Alembic's configuration for migrations that run on this connection."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@cache
def _scripts() -> ScriptDirectory:
    """Return the revisions, read once: Alembic's own commands would read every file at each start of a centre."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def upgrade(database: Database) -> None:
    """Migrate to the newest version and make sure that the centre has an identity.

    Raises:
        NewerDatabaseError: a newer program wrote it.
    """
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        scripts = _scripts()
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
            raise NewerDatabaseError(N_("中心的数据库由更新的程序写成，请先升级程序"))
        head = scripts.get_current_head()
        if current is None and head is not None and not inspect(connection).get_table_names():
            _create(connection, head)
        elif current != head:
            _run(scripts, connection)
        _give_identity(connection)


def _create(connection: Connection, head: str) -> None:
    """Make the tables of today in an empty database; that the revisions lead to the very same ones is a test."""
    stamp = f"INSERT INTO alembic_version VALUES ('{head}')"  # noqa: S608 - named by our own file
    run_all(connection, (*statements_of(metadata, connection.engine.url.drivername), _VERSION, stamp))


def _run(scripts: ScriptDirectory, connection: Connection) -> None:
    def steps(present: Any, _: MigrationContext) -> Any:
        return scripts._upgrade_revs("head", present)

    with EnvironmentContext(config_for(connection), scripts, fn=steps):
        scripts.run_env()


def _give_identity(connection: Connection) -> None:
    if connection.execute(select(meta.c.id)).first() is not None:
        return
    epoch = f"e-{secrets.token_hex(8)}"
    identity = {
        "id": 1, "server_id": f"s-{secrets.token_hex(8)}", "epoch": epoch,
        "lineage": msgspec.json.encode([epoch]).decode(), "durable_seq": 0, "mode": "normal",
    }  # fmt: skip
    connection.execute(meta.insert(), identity)
    connection.execute(sync_clock.insert(), {"id": 1, "seq": 0})
