"""The private PostgreSQL of the tests gives each test a database of its own."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text

from tests import pg


@pytest.mark.pg
def test_a_test_has_an_empty_utf8_database(pg_url: str) -> None:
    engine = create_engine(pg_url)
    with engine.begin() as connection:
        assert connection.execute(text("SHOW server_encoding")).scalar_one() == "UTF8"
        assert connection.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).scalar_one() == 0
    engine.dispose()


@pytest.mark.pg
@pytest.mark.parametrize("looser", [
    "ALTER TABLE leaf DROP CONSTRAINT leaf_tree_id_fkey", "ALTER TABLE leaf DROP CONSTRAINT leaf_size_check",
    "ALTER TABLE leaf ALTER COLUMN size SET DEFAULT 2", "ALTER TABLE leaf DROP CONSTRAINT leaf_pkey",
])  # fmt: skip
def test_what_a_test_left_looser_is_another_shape(pg_url: str, looser: str) -> None:
    engine = create_engine(pg_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE tree (id int PRIMARY KEY)"))
        connection.execute(text(
            "CREATE TABLE leaf (id int PRIMARY KEY, tree_id int REFERENCES tree, size int DEFAULT 1 CHECK (size > 0))"))
        before = pg.shape_of(connection)
        assert pg.shape_of(connection) == before
        connection.execute(text(looser))
        assert pg.shape_of(connection) != before
    engine.dispose()
