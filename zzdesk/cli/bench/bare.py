"""The bare pipe: records as gzip JSON over one POST into raw SQLite on the other side; no versions, no checks."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, Final

import msgspec

_TABLE: Final = "CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, body TEXT)"
_PUT: Final = "INSERT INTO bare VALUES (?, ?)"
_GET: Final = "SELECT id, body FROM bare"

LEVEL: Final = 6
"""What gzip does when it is told nothing; the exchange is content with 5, which takes less time and makes more bytes."""

Row = tuple[str, str]


def open_raw(path: Path) -> sqlite3.Connection:
    """Return a plain SQLite database with one table."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(_TABLE)
    return connection


def put(connection: sqlite3.Connection, rows: Sequence[Any]) -> None:
    """Write rows in one transaction."""
    with connection:
        connection.executemany(_PUT, rows)


def clear(connection: sqlite3.Connection) -> None:
    """Make the table empty again."""
    with connection:
        connection.execute("DELETE FROM bare")


def pack(rows: Sequence[Row]) -> bytes:
    """Return rows as gzip JSON."""
    return gzip.compress(msgspec.json.encode(rows), LEVEL)


def unpack(data: bytes) -> list[Row]:
    """Return rows out of gzip JSON."""
    return msgspec.json.decode(gzip.decompress(data), type=list[Row])


def serve(folder: Path) -> None:
    """Take one POST after the other and give everything back to a GET, until the process is ended."""
    connection = open_raw(folder / "bare.db")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            put(connection, unpack(self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer(b"")

        def do_DELETE(self) -> None:
            clear(connection)
            self._answer(b"")

        def do_GET(self) -> None:
            self._answer(pack(connection.execute(_GET).fetchall()))

        def _answer(self, data: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()
