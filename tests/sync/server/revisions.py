"""One revision of the centre's tables, run over records that are there."""

from __future__ import annotations

from importlib import import_module

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection


def run_revision(connection: Connection, name: str) -> None:
    """Run the upgrade of a revision, named as its file is, on this connection."""
    with Operations.context(MigrationContext.configure(connection)):
        import_module(f"sync.server.migrations.versions.{name}").upgrade()
