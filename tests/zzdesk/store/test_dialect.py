"""What SQLAlchemy puts together once in a process: statements are the same for every database, and so are the tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, literal, select
from sqlalchemy.exc import DBAPIError

import zzdesk.catalogue
from zzdesk.store.base import Base
from zzdesk.store.dialect import statements_of
from zzdesk.store.engine import Store

SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"
assert zzdesk.catalogue.__doc__


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    made = Store.create(tmp_path / "one.db", b"1" * 32), Store.create(tmp_path / "other.db", b"2" * 32)
    yield made
    for store in made:
        store.close()


def _compiled(engine: Engine) -> dict[object, object]:
    found = engine.get_execution_options()["compiled_cache"]
    assert len(found) >= 0
    return found


def test_a_statement_is_put_together_once_for_all_databases(stores: tuple[Store, Store]) -> None:
    one, other = stores
    asked = select(literal("一句只在这里说的话").label("said"))
    with one.reader() as session:
        assert session.scalar(asked) == "一句只在这里说的话"
    before = set(_compiled(one.engine))
    for store in (other, one):
        with store.writer() as session:
            assert session.scalar(asked) == "一句只在这里说的话"
    assert set(_compiled(other.engine)) == before
    assert any("said" in str(compiled) for compiled in _compiled(other.engine).values())


def test_each_database_keeps_its_own_connections(stores: tuple[Store, Store]) -> None:
    one, other = stores
    with one.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE only_here (x INTEGER)")
    for store, there in ((one, 1), (other, 0)):
        with store.reader() as session:
            found = session.connection().exec_driver_sql("SELECT count(*) FROM sqlite_schema WHERE name = 'only_here'")
            assert found.scalar() == there


def test_the_statements_make_what_the_models_would_make(stores: tuple[Store, Store]) -> None:
    by_models, by_statements = stores
    Base.metadata.create_all(by_models.engine)
    with by_statements.engine.begin() as connection:
        for statement in statements_of(Base.metadata):
            connection.exec_driver_sql(statement)
    seen = []
    for store in stores:
        with store.reader() as session:
            seen.append(list(session.connection().exec_driver_sql(SCHEMA)))
    assert seen[0] == seen[1]
    assert {"table", "index", "trigger"} <= {row[0] for row in seen[0]}


def test_an_error_does_not_tell_what_was_asked_for(stores: tuple[Store, Store]) -> None:
    with pytest.raises(DBAPIError) as caught, stores[0].engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("身份证号",))
    assert "身份证号" not in str(caught.value)
