"""Looking at a file inside the program: audit first, then what is seen; a person's paper for a reason, not for long."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import FIRM
from zzdesk.desk import viewing
from zzdesk.desk.readings import readings
from zzdesk.desk.taking import take_in
from zzdesk.errors import RefusedError
from zzdesk.evidence import views


def jpeg(wide: int = 60, high: int = 40) -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (wide, high), "white").save(packed, "JPEG")
    return packed.getvalue()


def pdf(pages: int = 2, locked: str = "") -> bytes:
    writer, packed = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 100)
    if locked:
        writer.encrypt(locked)
    writer.write(packed)
    return packed.getvalue()


def size_of(view: views.View) -> tuple[int, int]:
    with Image.open(io.BytesIO(view.image)) as opened:
        return opened.size


@pytest.fixture
def firm(station: Station) -> str:
    return station.add("lin", "employer", FIRM)


def taken(station: Station, firm: str, tmp_path: Path, content: bytes, purpose: str, ending: str = "jpg") -> str:
    path = tmp_path / f"{purpose}.{ending}"
    path.write_bytes(content)
    return take_in(station["lin"], "employer", firm, path, purpose).created[0]


def test_what_is_seen_of_each_kind_of_file() -> None:
    assert size_of(views.view(jpeg(), "image/jpeg")) == (60, 40)
    second = views.view(pdf(), "application/pdf", 9)
    assert (second.sort, second.page, second.pages, size_of(second)) == ("page", 2, 2, (views.EDGE, views.EDGE // 2))
    assert views.view("石板".encode("gb18030"), "text/plain").text == "石板"
    long = views.view(b"a" * (views.LONGEST_TEXT + 1), "text/plain")
    assert (len(long.text), long.cut) == (views.LONGEST_TEXT, True)
    said = {
        "broken": ((jpeg()[:60], "image/jpeg"), (b"%PDF-1.4 rubbish", "application/pdf"), (b"x", "application/pdf"),
                   (b"\0\0", "text/plain")),
        "locked": ((pdf(locked="1"), "application/pdf"),),
        "too-large": ((b"%PDF-" + bytes(views.LARGEST), "application/pdf"),),
        "kind": ((b"PK", "application/zip"),),
    }  # fmt: skip
    for why, files in said.items():
        for content, mime in files:
            assert views.view(content, mime).why == why, (why, content[:20])


def test_a_scan_is_opened_before_it_is_seen_and_only_then_a_vetting_rests_on_it(
    station: Station, firm: str, tmp_path: Path
) -> None:
    scan = taken(station, firm, tmp_path, pdf(1), "licence", "pdf")
    zhuang = station["zhuang"]
    for early in (lambda: viewing.look(zhuang, scan), lambda: zhuang.write(viewing.note_seen, scan)):
        with pytest.raises(RefusedError, match="先打开"):
            early()
    zhuang.write(viewing.open_file, scan)
    assert viewing.look(zhuang, scan).sort == "page"
    assert not zhuang.read(viewing.records.attachments, "employer", firm)[0].seen  # asked for, and not yet on the screen
    zhuang.write(viewing.note_seen, scan)
    zhuang.write(viewing.note_seen, scan)
    assert station.audit(views.SEEN) == [{"purpose": "licence"}]
    assert zhuang.read(viewing.records.attachments, "employer", firm)[0].seen
    assert not station["lin"].read(viewing.records.attachments, "employer", firm)[0].seen
    with pytest.raises(RefusedError, match="先打开"):
        viewing.look(station["lin"], scan)
    station.clock.advance(3601)
    with pytest.raises(RefusedError, match="先打开"):
        viewing.look(zhuang, scan)


def test_a_persons_paper_takes_a_reason_and_thirty_seconds(station: Station, firm: str, tmp_path: Path) -> None:
    """Rules B5.1: its picture says what the covered number says."""
    scan = taken(station, firm, tmp_path, jpeg(), "identity")
    zhuang = station["zhuang"]
    with pytest.raises(RefusedError, match="理由"):
        zhuang.write(viewing.open_file, scan)
    zhuang.write(viewing.open_file, scan, "核对 35062519750615333X 的证")
    assert viewing.look(zhuang, scan).sort == "picture"
    (line,) = station.audit(views.OPENED)
    assert "35062519750615333X" not in line["reason"]
    station.clock.advance(31)
    for late in (lambda: viewing.look(zhuang, scan), lambda: zhuang.write(viewing.note_seen, scan)):
        with pytest.raises(RefusedError, match="先打开"):
            late()


def test_bytes_that_are_not_here_or_spoilt_are_said_and_taking_out_has_a_reason(
    station: Station, firm: str, tmp_path: Path
) -> None:
    scan = taken(station, firm, tmp_path, pdf(1), "brochure", "pdf")
    lin = station["lin"]
    with pytest.raises(RefusedError, match="理由"):
        viewing.take_out(lin, scan, tmp_path / "never.pdf", " ")
    viewing.take_out(lin, scan, tmp_path / "out.pdf", "送市监局核对")
    assert (tmp_path / "out.pdf").read_bytes() == pdf(1)
    assert not (tmp_path / "never.pdf").exists()
    assert station.audit(views.OPENED) == [{"purpose": "brochure", "taken_out": True}]
    stored = station.files.path(lin.read(viewing.records.attachments, "employer", firm)[0].sha256)
    sealed = stored.read_bytes()
    stored.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    lin.write(viewing.open_file, scan)
    assert viewing.look(lin, scan).why == "broken"
    os.unlink(stored)
    assert viewing.look(lin, scan).why == "absent"
    with pytest.raises(RefusedError):
        lin.read(readings)  # who opened what is for the auditor
