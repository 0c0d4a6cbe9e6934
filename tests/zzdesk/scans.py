"""Scans of an employer's papers, as somebody takes them in: without them nobody is vetted (人力资源市场暂行条例 article 26)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from zzdesk.desk.files import fetch
from zzdesk.desk.records import attachments
from zzdesk.desk.session import Desk
from zzdesk.evidence.commands import note_taken, put
from zzdesk.evidence.files import FileStore
from zzdesk.jobs import vetting
from zzdesk.jobs.models import Employer
from zzdesk.store.unit import ChangeSet, UnitOfWork


def scan(desk: Desk, firm: str, *purposes: str) -> str:
    """Take in a scan of each paper that the employer shows, or of those that are named; return the employer's id."""
    files = FileStore(desk.paths.files, desk.store.key)
    with tempfile.TemporaryDirectory() as folder:
        desk.write(_scan, files, Path(folder), firm, purposes)
    return firm


def _scan(work: UnitOfWork, files: FileStore, folder: Path, firm: str, purposes: tuple[str, ...]) -> ChangeSet:
    employer = work.get(Employer, firm)
    for purpose in purposes or vetting.needed(employer.employer_kind):
        path = folder / f"{purpose}.txt"
        path.write_text(f"{purpose} {firm}", "utf-8")
        note_taken(work, lambda *_: None, "employer", employer, put(files, path), {"purpose": purpose})
    return work.commit()


def look_through(desk: Desk, firm: str) -> str:
    """Open every scan of an employer's papers on this desk, as who vets it does in the window; return the employer's id."""
    from zzdesk.desk import viewing

    for row in desk.read(attachments, "employer", firm):
        if not row.voided:
            desk.write(viewing.open_file, row.id, "核验材料")
            assert viewing.look(desk, row.id).sort
            desk.write(viewing.note_seen, row.id)
    return firm


def fetch_scans(desk: Desk, firm: str) -> None:
    """Ask for the bytes of an employer's scans with the next synchronisation of this desk."""
    for row in desk.read(attachments, "employer", firm):
        desk.write(fetch, row.id)
