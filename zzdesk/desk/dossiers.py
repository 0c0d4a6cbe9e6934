"""Papers and dossiers of mediation for the windows and the command line (:mod:`zzdesk.mediation.dossier`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from zzdesk.clock import RecordId
from zzdesk.errors import RefusedError
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.queries import bytes_of
from zzdesk.i18n import N_
from zzdesk.mediation.completeness import Missing, dossier_of, missing
from zzdesk.mediation.dossier import assemble
from zzdesk.mediation.dossier.assemble import DOSSIER, Made, Place
from zzdesk.mediation.dossier.gather import File, gather, note_opening
from zzdesk.mediation.dossier.items import Item, items
from zzdesk.mediation.dossier.prints import Last, digest, note, printed
from zzdesk.mediation.dossier.templates import Own, copy_shipped, own
from zzdesk.mediation.team import get_case
from zzdesk.people.masks import mask
from zzdesk.store.engine import translated
from zzdesk.store.unit import Reader

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk


@dataclass(frozen=True)
class Overview:
    """The papers of a case, what is missing of them (names masked), and when each was printed last, by its key.

    ``absent`` counts its files that are on record while their bytes are neither here nor at the centre: they count as there.
    """

    items: tuple[Item, ...]
    missing: tuple[Missing, ...]
    printed: dict[str, Last]
    absent: int = 0


def overview(read: Reader, case_id: RecordId) -> Overview:
    """Return what the dossier of a case comes to now, for its team.

    Raises:
        RefusedError: the actor is not of the team.
        NotFoundError: the case is not on this desk.
    """
    file = gather(read, case_id)
    whole = dossier_of(read.session, get_case(read.session, case_id))
    lacking = missing(whole)
    covered = tuple(replace(each, about=mask("holder", each.about) if each.about else None) for each in lacking)
    where = bytes_of(read.session, [each for files in whole.files.values() for each in files])
    absent = sum(not (each.here or each.at_centre) for each in where.values())
    return Overview(items(file), covered, printed(read, case_id), absent)


def make(
    desk: Desk, case_id: RecordId, key: str, kind: Literal["pdf", "word"] = "pdf", *, revealed: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Made:  # fmt: skip
    """Make a paper, or the whole dossier (``key`` is ``DOSSIER``), of one state of the database.

    Raises:
        RefusedError: not of the team, full data without a reason in the audit, or somebody asked to stop.
        NotFoundError: the case is not here, or has no such paper.
    """
    folder, files = desk.paths.papers, FileStore(desk.paths.files, desk.store.key)

    def read_all(read: Reader) -> tuple[File, str]:
        return gather(read, case_id, revealed=revealed), digest(read, case_id, key)

    file, said = desk.read(read_all)
    if key == DOSSIER:
        return assemble.dossier(file, folder, said, files, stop)
    return assemble.word(file, folder, key, said, files) if kind == "word" else assemble.pdf(file, folder, key, said, files)


def write(target: Path, content: bytes) -> None:
    """Write a paper to where somebody wants it.

    Raises:
        DiskFullError, RefusedError: the file cannot be written there.
    """
    with translated():
        try:
            target.write_bytes(content)
        except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
            raise RefusedError(N_("这个位置不能写入，请换一个文件夹。")) from error


def own_templates(folder: Path) -> tuple[Own, ...]:
    """Return the office's own templates, with what is wrong with each."""
    return own(folder)


__all__ = [
    "DOSSIER", "Item", "Last", "Made", "Missing", "Overview", "Own", "Place", "copy_shipped", "make", "note", "note_opening",
    "overview", "own_templates", "write",
]  # fmt: skip
