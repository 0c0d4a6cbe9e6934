"""Real desks and a real centre in this process, for tests of what travels between them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import SyncClient, SyncReport
from sync.client.enrol import enrol
from sync.client.transport import Transport
from sync.server.run import ServerThread
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.session import Desk, create_home
from zzdesk.evidence import local
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment, BlobLocal
from zzdesk.reports.commands import register
from zzdesk.store.keys import TEST_COST

STATION = "350602002004"
PASSWORD = "Tea-table 2026 desk"


def content(size: int, seed: int = 0) -> bytes:
    return random.Random(seed).randbytes(size)


class Office:
    """One desk that is enrolled at a centre, with its client kept between rounds."""

    def __init__(self, home: Path, server: ServerThread, clock: FixedClock, login: str = "lin") -> None:
        self.desk: Desk = create_home(home, STATION, login, PASSWORD, clock=clock, cost=TEST_COST)[0]
        enrol(self.desk, server.url, server.enrol_code(STATION))
        self.server = server
        self.client = SyncClient(self.desk)

    @property
    def files(self) -> FileStore:
        return FileStore(self.desk.paths.files, self.desk.store.key)

    def over(self, wire: Callable[..., Transport]) -> Office:
        """Go on over another line to the same centre."""
        self.client = SyncClient(self.desk, wire(self.server.url))
        return self

    def sync(self, **options: Any) -> SyncReport:
        return self.client.sync(**options)

    def attach(self, folder: Path, data: bytes, name: str = "file.bin", **fields: str) -> tuple[str, str]:
        """Register a report with a file; return the attachment's id and the file's hash."""
        report = self.desk.write(register, {"title": "楼道漏水", "category": "drainage"}).created[0]
        source = folder / name
        source.write_bytes(data)
        made = self.desk.write(records.attach, self.files, "report", report, source, fields).created[0]
        return made, self.attachment(made).sha256

    def attachment(self, attachment_id: str) -> Attachment:
        with self.desk.store.reader() as session:
            return session.get_one(Attachment, attachment_id)

    def blob(self, sha256: str) -> BlobLocal | None:
        with self.desk.store.reader() as session:
            return session.get(BlobLocal, sha256)

    def blobs(self) -> list[BlobLocal]:
        with self.desk.store.reader() as session:
            return list(session.scalars(select(BlobLocal)))

    def close(self) -> None:
        self.client.wire.session.close()
        self.desk.close()


def want(office: Office, sha256: str, size: int) -> None:
    with office.desk.store.writer() as session:
        local.want(session, sha256, size)
        session.commit()
