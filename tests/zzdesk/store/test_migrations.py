"""Schema revisions, the six ways: equal to the models, up, down, data kept, up-down unchanged, every release opens."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from zzdesk.desk.indexing import catch_up
from zzdesk.errors import BugError, IndexBehindError
from zzdesk.store import migrations, search, upgrade
from zzdesk.store.base import Base
from zzdesk.store.engine import Store, raw
from zzdesk.store.upgrade import SCRIPTS, Plan, migrate, run_revisions

KEY = bytes(range(32))
RELEASES = Path(__file__).parent / "data"
STEPS = list(zip((None, *migrations.REVISIONS), migrations.REVISIONS, strict=False))


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    store = Store.open(path, KEY) if path.exists() else Store.create(path, KEY)
    try:
        with store.engine.begin() as connection:
            yield connection
    finally:
        store.close()


def _lead(path: Path, to: str | None) -> None:
    with _opened(path) as connection:
        run_revisions(connection, Plan(), to or "base")


def _schema(path: Path) -> dict[str, Any]:
    """Everything SQLite knows about the tables: columns, indexes, and the text of triggers and virtual tables."""
    with raw(path, KEY) as connection:
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
        schema: dict[str, Any] = {}
        for kind, name, table, sql in rows:
            if name.startswith("sqlite_autoindex") or name == "alembic_version":
                continue
            if kind == "table" and not sql.startswith("CREATE VIRTUAL"):
                columns = connection.execute(f'PRAGMA table_xinfo("{name}")').fetchall()
                uniques = sorted(
                    tuple(c[2] for c in connection.execute(f'PRAGMA index_info("{row[1]}")'))
                    for row in connection.execute(f'PRAGMA index_list("{name}")')
                    if row[3] != "c"
                )
                schema[name] = (
                    sorted(column[1:6] for column in columns),
                    uniques,
                    "WITHOUT ROWID" in sql.upper(),
                )
            else:
                schema[name] = (table, re.sub(r"\s+", " ", sql))
    return schema


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "zzdesk.db"


@pytest.fixture
def of_models(tmp_path: Path) -> dict[str, Any]:
    """The schema of a new database, as today's models make it."""
    made = tmp_path / "models.db"
    migrate(made, KEY, tmp_path / "copies")
    return _schema(made)


def test_the_revisions_lead_to_the_models(path: Path, of_models: dict[str, Any]) -> None:
    _lead(path, "head")
    found = _schema(path)
    assert set(found) == set(of_models)
    different = [name for name in found if found[name] != of_models[name]]
    assert different == [], "write a revision: those of a release are never touched again"
    assert len(found) > 60


def test_the_self_test_proves_the_revisions_and_notices_when_they_lead_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "good").mkdir()
    upgrade.prove_revisions(tmp_path / "good")
    (tmp_path / "bad").mkdir()
    extra = sa.Table("of_today", Base.metadata, sa.Column("id", sa.Integer, primary_key=True))
    try:
        with pytest.raises(BugError):
            upgrade.prove_revisions(tmp_path / "bad")
    finally:
        Base.metadata.remove(extra)


def test_alembic_sees_nothing_left_to_do(path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from zzdesk.store.search import TABLES

    _lead(path, "head")
    with _opened(path) as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or name not in TABLES}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_named_revisions_are_alembics_own() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(s.revision for s in reversed(list(scripts.walk_revisions()))) == migrations.REVISIONS
    assert scripts.get_heads() == [migrations.REVISIONS[-1]]


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_one_step_up_and_down_leaves_the_schema_as_it_was(path: Path, before: str | None, after: str) -> None:
    if before:
        _lead(path, before)
    else:
        Store.create(path, KEY).close()
    was = _schema(path)
    _lead(path, after)
    up = _schema(path)
    assert up != was
    _lead(path, before)
    assert _schema(path) == was
    _lead(path, after)
    assert _schema(path) == up


def test_revisions_import_nothing_of_the_program() -> None:
    for script in (SCRIPTS / "versions").glob("*.py"):
        for node in ast.walk(ast.parse(script.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.split(".")[0] in {"zzdesk", "sync", "ui"}]


@pytest.mark.parametrize("release", sorted(RELEASES.glob("release-*.db")), ids=lambda path: path.stem)
def test_the_database_of_every_release_opens_and_keeps_its_data(
    tmp_path: Path, path: Path, release: Path, of_models: dict[str, Any]
) -> None:
    shutil.copy(release, path)
    expected = json.loads(release.with_suffix(".json").read_text("utf-8"))
    migrate(path, KEY, tmp_path / "copies")
    assert _schema(path) == of_models
    upgrade.check_file(path, KEY)
    with raw(path, KEY) as connection:
        for table, rows in expected.items():
            for wanted in rows:
                names = ", ".join(f'"{name}"' for name in wanted)
                found = connection.execute(
                    f'SELECT {names} FROM "{table}" WHERE id = ?', (wanted["id"],)
                ).fetchone()
                assert dict(zip(wanted, found, strict=True)) == wanted


def test_conflicts_that_an_earlier_program_did_not_index_are_found_after_the_upgrade(path: Path, tmp_path: Path) -> None:
    _lead(path, "0009")
    told = [{"value": "台湾路", "user": "u", "at": "2026-11-23T01:00:00.000Z", "op": "o"}, {"value": "修文西路", "user": "v"}]
    with _opened(path) as connection:
        for n in range(300):
            connection.exec_driver_sql(
                "INSERT INTO conflict (id, scope, record_kind, record_id, field, policy, candidates, state, reason)"
                " VALUES (?, '350602002004', 'report', 'r', 'address', 'value', ?, 'resolved', ?)",
                (f"c-{n:03d}", json.dumps(told), f"第{n}次核实"),
            )
    migrate(path, KEY, tmp_path / "copies")
    store = Store.open(path, KEY)
    try:
        with store.reader() as session, pytest.raises(IndexBehindError):
            search.search(session, "修文西路", ("conflict",))
        catch_up(store)
        with store.reader() as session:
            assert search.search(session, "第299次", ("conflict",)) == [("conflict", "c-299")]
            assert len(search.search(session, "修文西路", ("conflict",), 500)) == 300
    finally:
        store.close()


def test_there_is_a_database_of_this_release() -> None:
    import zzdesk

    assert (RELEASES / f"release-{zzdesk.__version__}.db").exists()
