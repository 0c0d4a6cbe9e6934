"""The centre's own files and tables: keys that nobody else may read, migrations that match the tables, no half start."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text

from sync.server.database import Database, open_database, read_key
from sync.server.tables import Document, blob, blob_ref, metadata, record
from sync.server.upgrade import config_for
from tests.sync.server.conftest import ServerStore
from zzdesk.errors import BrokenDatabaseError, NewerDatabaseError

UNSEEN = pytest.mark.filterwarnings(
    "ignore:Skipped unsupported reflection of expression-based index ix_record_lead",
    "ignore:autogenerate skipping metadata-specified expression-based index 'ix_record_lead'",
)
"""SQLAlchemy does not look at such an index of SQLite; that it is there and used is shown by ``partners/test_changes``."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def server_store(request: pytest.FixtureRequest, tmp_path: Path) -> ServerStore:
    """Where nothing is yet, not a table: making them is what these tests are about."""
    url = request.getfixturevalue("pg_url") if request.param == "postgresql" else None
    return ServerStore(tmp_path / "centre", url)


def _open(store: ServerStore) -> Database:
    return open_database(store.data, store.database_url)


def _where(index: Any) -> list[str]:
    return sorted(f"{name}: {value}" for name, value in index.get("dialect_options", {}).items())


def _shape(connection: Connection) -> dict[str, object]:
    """Return what there is of tables, columns, keys and indexes, in no order."""
    found: dict[str, object] = {}
    look = inspect(connection)
    for table in look.get_table_names():
        for column in look.get_columns(table):
            found[f"{table}.{column['name']}"] = (str(column["type"]), column["nullable"], column["default"])
        for index in look.get_indexes(table):
            found[f"{table}: {index['name']}"] = (index["column_names"], index["unique"], _where(index))
        rules = (look.get_pk_constraint(table), look.get_unique_constraints(table), look.get_foreign_keys(table))
        found[table] = (*map(str, rules), str(sorted(map(str, look.get_check_constraints(table)))))
    return found


@UNSEEN
def test_the_revisions_lead_to_what_a_new_database_begins_with(server_store: ServerStore) -> None:
    database = _open(server_store)
    try:
        with database.writing() as connection:
            new = _shape(connection)
            command.downgrade(config_for(connection), "base")
            command.upgrade(config_for(connection), "head")
            assert _shape(connection) == new
    finally:
        database.close()


@UNSEEN
def test_migrations_lead_to_the_tables_that_the_program_uses(server_store: ServerStore) -> None:
    database = _open(server_store)

    def same_type(_context: object, _seen: object, _meta: object, seen: object, mine: object) -> bool | None:
        return False if isinstance(mine, Document) and type(seen).__name__ in ("TEXT", "JSONB") else None

    try:
        with database.reading() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": same_type})
            assert compare_metadata(context, metadata) == []
    finally:
        database.close()


def test_a_step_down_leaves_nothing(server_store: ServerStore) -> None:
    from alembic import command

    database = _open(server_store)
    try:
        with database.writing() as connection:
            command.downgrade(config_for(connection), "base")
            assert inspect(connection).get_table_names() == ["alembic_version"]
    finally:
        database.close()


def test_a_second_start_keeps_its_identity(server_store: ServerStore) -> None:
    seen = set()
    for _ in range(2):
        database = _open(server_store)
        with database.reading() as connection:
            row = connection.execute(text("SELECT server_id, epoch FROM meta")).one()
        seen.add((tuple(row), database.secret))
        database.close()
    assert len(seen) == 1


def test_programs_that_start_together_make_one_centre(server_store: ServerStore) -> None:
    secrets: list[bytes] = []

    def start() -> None:
        database = _open(server_store)
        secrets.append(database.secret)
        database.close()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(secrets) == 4
    assert len(set(secrets)) == 1


def test_a_newer_database_is_refused(server_store: ServerStore) -> None:
    database = _open(server_store)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(NewerDatabaseError):
        _open(server_store)


def test_nothing_on_disk_is_readable_by_others_or_in_the_clear(tmp_path: Path) -> None:
    database = open_database(tmp_path / "centre")
    with database.writing() as connection:
        connection.execute(text("UPDATE meta SET lineage = 'vertraulich-plain-text'"))
    database.close()
    for path in (tmp_path / "centre").iterdir():
        assert b"vertraulich" not in path.read_bytes()
        if os.name == "posix":
            assert path.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "k"
    key = read_key(path, create=True)
    assert read_key(path, create=True) == key
    path.chmod(0o644)
    with pytest.raises(BrokenDatabaseError):
        read_key(path, create=False)


@pytest.mark.parametrize("broken", [b"", b"zz", b"00" * 31])
def test_a_damaged_key_is_refused(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "k"
    path.write_bytes(broken)
    path.chmod(0o600)
    with pytest.raises(BrokenDatabaseError):
        read_key(path, create=False)


def test_a_database_without_its_keys_is_not_replaced_by_a_new_one(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    open_database(folder).close()
    for name in ("receipt.key", "server.key"):
        kept = (folder / name).read_bytes()
        (folder / name).unlink()
        with pytest.raises(BrokenDatabaseError):
            open_database(folder)
        assert not (folder / name).exists()
        (folder / name).write_bytes(kept)
        (folder / name).chmod(0o600)
    open_database(folder).close()


def test_a_reading_transaction_cannot_write(server_store: ServerStore) -> None:
    database = _open(server_store)
    try:
        with pytest.raises(Exception, match=r"(?i)read.?only|readonly"), database.reading() as connection:
            connection.execute(text("UPDATE sync_clock SET seq = 5"))
    finally:
        database.close()


def test_files_of_before_keep_what_they_had_and_uploads_begin_anew(server_store: ServerStore) -> None:
    """Whoever a record gave its bytes to gets them still; what was half there is sent again by the desk that has it."""
    database = _open(server_store)
    about = {"mime": "", "created_at": "2026-01-01T00:00:00.000Z"}
    ref = {"record_id": "r", "scope_id": "350602002004", "part": "file", "voided": False}
    with database.writing() as connection:
        command.downgrade(config_for(connection), "0009")
        for state, sha256 in (("verified", "a" * 64), ("pending", "b" * 64)):
            whole = state == "verified"
            columns = about | {"sha256": sha256, "size": 7, "state": state, "offset": 7 if whole else 3}
            named = ", ".join(f'"{name}"' for name in columns)
            marks = ", ".join(f":{name}" for name in columns)
            connection.execute(text(f"INSERT INTO blob ({named}) VALUES ({marks})"), columns)
            given = ref | {"sha256": sha256, "size": 7, "here": whole}
            named, marks = ", ".join(given), ", ".join(f":{name}" for name in given)
            connection.execute(text(f"INSERT INTO blob_ref ({named}) VALUES ({marks})"), given)
        command.upgrade(config_for(connection), "head")
        blobs = connection.execute(select(blob.c.sha256, blob.c.state)).all()
        refs = connection.execute(select(blob_ref).order_by(blob_ref.c.sha256)).all()
    database.close()
    assert [tuple(row) for row in blobs] == [("a" * 64, "verified")]
    assert [(row.vouched, row.here, row.device_id) for row in refs] == [(True, True, None), (True, False, None)]


def test_attachments_of_the_first_release_are_asked_for(server_store: ServerStore) -> None:
    """0.1.0 reconciled attachments without their bytes: the centre of today lists them as missing."""
    database = _open(server_store)
    row = {
        "kind": "attachment", "scope_id": "350602002004", "ver": 1, "seq": 1, "voided": False, "stamps": "{}",
        "hash": "0" * 64, "last_replica": None,
    }  # fmt: skip
    good = {"id": "a1", "body": json.dumps({"sha256": "a" * 64, "size": 7, "created_by": "u1"})}
    odd = {"id": "a2", "body": json.dumps({"sha256": "no hash", "size": 7})}
    with database.writing() as connection:
        command.downgrade(config_for(connection), "0001")
        connection.execute(record.insert(), [row | good, row | odd])
        command.upgrade(config_for(connection), "head")
        found = connection.execute(select(blob_ref)).all()
    database.close()
    assert [(r.record_id, r.sha256, r.size, r.part, r.owner, r.here) for r in found] == [
        ("a1", "a" * 64, 7, "file", "u1", False)
    ]
