"""The private PostgreSQL of the tests gives each test a database of its own."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text


@pytest.mark.pg
def test_a_test_has_an_empty_utf8_database(pg_url: str) -> None:
    engine = create_engine(pg_url)
    with engine.begin() as connection:
        assert connection.execute(text("SHOW server_encoding")).scalar_one() == "UTF8"
        assert connection.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).scalar_one() == 0
    engine.dispose()
