"""The points of a route for the windows: their codes on a sheet to hang up, and what a photo says of where it was taken."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zzdesk.clock import RecordId
from zzdesk.documents.typeset import pages, pdf
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.evidence import photos
from zzdesk.i18n import N_
from zzdesk.patrol import checkins
from zzdesk.patrol.checkins import Point
from zzdesk.patrol.models import Segment
from zzdesk.people.masks import mask
from zzdesk.store.engine import translated
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

NO_POINTS = N_("这条路线还没有签到点，请先修改路段、写上签到点")


@dataclass(frozen=True)
class Hung:
    """One point as it hangs on a wall: its name, and its code."""

    name: str
    code: str


def hung(read: Reader, segment_id: RecordId) -> tuple[str, tuple[Hung, ...]]:
    """Return the name of a route, masked, and its points with their codes, in the order of their names.

    Raises:
        RefusedError: no right to see to routes, or there is no point.
        NotFoundError: it is not on this desk.
    """
    read.require("patrol.team.edit")
    segment = read.session.get(Segment, segment_id)
    if segment is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=segment_id)
    points = tuple(Hung(p.name, checkins.code_of(segment_id, p.name)) for p in checkins.points_of(segment.check_points))
    if not points:
        raise RefusedError(NO_POINTS)
    return mask("text", segment.name), points


def points_of(read: Reader, segment_id: RecordId | None) -> tuple[Point, ...]:
    """Return the points of a route; none where there is no route, or it is not on this desk."""
    read.require("patrol.read")
    segment = read.session.get(Segment, segment_id) if segment_id else None
    return checkins.points_of(segment.check_points) if segment is not None else ()


def with_codes(said: Mapping[str, Any], points: Sequence[Hung]) -> dict[str, Any]:
    """Return what a sheet says together with the QR code of each point, drawn (error correction Q: it hangs outside)."""
    import segno

    def drawn(code: str) -> str:
        out = io.BytesIO()
        segno.make(checkins.plain(code), error="q", micro=False).save(out, kind="svg", border=4, xmldecl=False, svgns=True)
        return out.getvalue().decode()

    return {**said, "points": [{"name": p.name, "code": p.code, "drawn": drawn(p.code)} for p in points]}


def sheet_pages(said: Mapping[str, Any], points: Sequence[Hung], dots: float) -> tuple[bytes, ...]:
    """Return the pages of the sheet as pictures (PNG), ``dots`` to an inch."""
    return pages("points", with_codes(said, points), dots)


def write_sheet(target: Path, said: Mapping[str, Any], points: Sequence[Hung]) -> None:
    """Write the sheet as PDF.

    Raises:
        DiskFullError, RefusedError: the file cannot be written there.
    """
    made = pdf("points", with_codes(said, points))
    with translated():
        try:
            target.write_bytes(made)
        except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
            raise RefusedError(N_("这个位置不能写入，请换一个文件夹。")) from error


def note_sheet(work: UnitOfWork, segment_id: RecordId, points: int) -> ChangeSet:
    """Write into the audit that the codes of a route left the desk on paper or as PDF.

    Raises:
        RefusedError: no right to see to routes.
    """
    work.require("patrol.team.edit")
    work.audit("segment.codes", "segment", segment_id, points=points)
    return work.commit()


def place_in_photo(path: Path) -> tuple[str, str]:
    """Return the latitude and the longitude that a photo's camera wrote into it, in degrees (WGS 84).

    Raises:
        InvalidError: it is no photo, or says nothing of a place.
    """
    found = photos.read(path)
    if found is None or found.location is None:
        raise InvalidError.one("path", N_("这张照片里没有位置。请打开相机的定位后再拍，或手工填写经纬度"))
    north, _, east = found.location.partition(",")
    return north, east


__all__ = [
    "NO_POINTS", "Hung", "Point", "hung", "note_sheet", "place_in_photo", "points_of", "sheet_pages", "with_codes", "write_sheet",
]  # fmt: skip
