"""Tests of the centre, on SQLite and on PostgreSQL."""
