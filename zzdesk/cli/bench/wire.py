"""``zzdesk bench sync``: first push and first pull of many records, beside the bare pipe in the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from zzdesk.cli import children
from zzdesk.cli.bench import bare
from zzdesk.cli.bench.desk import STATION, fill, throw_away_desk
from zzdesk.cli.bench.figures import Figure, seconds

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk


def measure(records: int) -> Iterator[Figure]:
    """Yield the figures of a push and a pull; a server and two desks of their own."""
    with tempfile.TemporaryDirectory(prefix="zzdesk-bench-") as name:
        folder = Path(name)
        with (
            throw_away_desk(folder / "a") as first,
            throw_away_desk(folder / "b") as second,
            children.listening("serve", "--data", str(folder / "centre"), "--port", "0") as url,
        ):
            for desk in (first, second):
                _enrol(desk, url, folder / "centre")
            fill(first, 0, records)
            rows = bodies(first)
            bare_push, bare_pull, size = _bare(folder, rows)
            yield from _round("first push", first, bare_push, size)
            yield from _round("first pull", second, bare_pull, size)
            yield from _round("idle round", second, None, None)


def _enrol(desk: Desk, url: str, data: Path) -> None:
    from sync.client.engine import sync_once
    from sync.client.enrol import enrol

    code = children.run("server", "enrol-code", "--data", str(data), "--station", STATION).split()[-1]
    enrol(desk, url, code)
    sync_once(desk)


def _round(what: str, desk: Desk, beside: float | None, size: int | None) -> Iterator[Figure]:
    from sync.client.engine import sync_once

    report = sync_once(desk)
    yield Figure(f"{what}, {report.pushed or report.pulled} records", report.seconds, "s", beside, "bare pipe")
    bare_size = size / 1024 if size else None
    yield Figure(f"{what}, bytes in {report.requests} requests", report.bytes / 1024, "KiB", bare_size, "bare pipe")


def bodies(desk: Desk) -> list[bare.Row]:
    """Return the reports of a desk as id and JSON."""
    import msgspec
    from sqlalchemy import select

    from zzdesk.ops.capture import wire_body
    from zzdesk.reports.models import Report
    from zzdesk.store.base import kind_of

    with desk.store.reader() as session:
        kind = kind_of(Report)
        found = session.scalars(select(Report))
        return [(r.id, msgspec.json.encode(wire_body(kind, r)).decode()) for r in found]


def _bare(folder: Path, rows: list[bare.Row]) -> tuple[float, float, int]:
    """Return seconds of push and pull, and the bytes of one way."""
    import requests

    other = folder / "bare"
    other.mkdir()
    with children.listening("bench", "bare-pipe", "--data", str(other)) as url, requests.Session() as web:
        web.get(url, timeout=60)

        def push() -> None:
            web.post(url, data=bare.pack(rows), timeout=60).raise_for_status()

        def pull() -> None:
            answer = web.get(url, timeout=60)
            connection = bare.open_raw(folder / "pulled.db")
            bare.put(connection, bare.unpack(answer.content))
            connection.close()

        return seconds(push), seconds(pull), len(bare.pack(rows))
