"""Photos: the shared copy says nothing of its camera, stands upright, and the record knows where and when."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from tests.zzdesk.conftest import STAFF, Station
from zzdesk.desk import records
from zzdesk.errors import InvalidError
from zzdesk.evidence import photos

REPORT = {"title": "楼道漏水", "category": "drainage"}
SECRET = "Camera-SN-4711"


def picture(path: Path, kind: str = "JPEG", size: tuple[int, int] = (40, 20), orientation: int = 1, **more: Any) -> Path:
    """Write a picture, red above and blue below, with everything that a camera writes into it."""
    image = Image.new("RGB", size, "red")
    image.paste((0, 0, 255), (0, size[1] // 2, size[0], size[1]))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = orientation, SECRET, SECRET
    exif.get_ifd(0x8769)[0x9003] = more.get("taken", "2026:11:23 09:14:03")
    if "offset" in more:
        exif.get_ifd(0x8769)[0x9011] = more["offset"]
    if more.get("gps", True):
        exif.get_ifd(0x8825).update({1: "N", 2: (24.0, 30.0, 36.0), 3: "E", 4: (117.0, 39.0, 0.0)})
    options: dict[str, Any] = {"exif": exif}
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", SECRET)
        options["pnginfo"] = info
    else:
        options["comment"] = SECRET.encode()
    image.save(path, kind, **options)
    assert SECRET.encode() in path.read_bytes()
    return path


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_copy_says_nothing_and_the_record_knows_where_and_when(tmp_path: Path, kind: str) -> None:
    photo = photos.read(picture(tmp_path / "a", kind))
    assert photo is not None
    assert photo.location == "24.510000,117.650000"
    assert photo.taken_at == datetime(2026, 11, 23, 1, 14, 3, tzinfo=UTC)
    assert photo.mime == f"image/{kind.lower()}"
    assert SECRET.encode() not in photo.shared
    with Image.open(io.BytesIO(photo.shared)) as copy:
        assert copy.format == kind
        assert dict(copy.getexif()) == {}
        assert not {"exif", "comment", "Comment", "xmp"} & set(copy.info)
        assert copy.size == (40, 20)


def test_the_copy_stands_upright(tmp_path: Path) -> None:
    photo = photos.read(picture(tmp_path / "a.png", "PNG", orientation=6))
    assert photo is not None
    with Image.open(io.BytesIO(photo.shared)) as copy:
        assert copy.size == (20, 40)
        right, left = copy.getpixel((19, 20)), copy.getpixel((0, 20))
        assert (right, left) == ((255, 0, 0), (0, 0, 255))


@pytest.mark.parametrize(("taken", "more", "expected"), [
    ("2026:11:23 09:14:03", {"offset": "+09:00"}, datetime(2026, 11, 23, 0, 14, 3, tzinfo=UTC)),
    ("2026:13:40 09:14:03", {}, None),
    ("0000:00:00 00:00:00", {}, None),
    ("", {}, None),
    ("2026:11:23 09:14:03", {"offset": "soon"}, None),
])  # fmt: skip
def test_what_a_camera_says_of_the_time(tmp_path: Path, taken: str, more: dict[str, str], expected: datetime | None) -> None:
    photo = photos.read(picture(tmp_path / "a.jpg", taken=taken, gps=False, **more))
    assert photo is not None
    assert (photo.taken_at, photo.location) == (expected, None)


def test_what_is_no_picture_is_a_file(tmp_path: Path) -> None:
    good = picture(tmp_path / "good.jpg").read_bytes()
    spoilt = random.Random(3).randbytes(200)
    for n, raw in enumerate((b"", b"\xff\xd8\xff", b"\xff\xd8\xff" + spoilt, b"%PDF-1.7", good[:40])):
        path = tmp_path / str(n)
        path.write_bytes(raw)
        assert photos.read(path) is None


def test_a_picture_of_too_many_pixels_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture(tmp_path / "a.jpg")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 700)
    with pytest.raises(InvalidError, match="像素"):
        photos.read(path)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 300)
    with pytest.raises(InvalidError, match="像素"):
        photos.read(path)


def test_a_photo_is_two_files_of_one_record(station: Station, tmp_path: Path) -> None:
    report = station.add("lin", "report", REPORT)
    source = picture(tmp_path / "林秀英家.jpg")
    made = station["lin"].write(records.attach, station.files, "report", report, source, {"purpose": "photo"}).created[0]
    with station["lin"].store.reader() as session:
        from zzdesk.evidence.models import Attachment

        a = session.get_one(Attachment, made)
    assert a.shared_sha256 is not None
    assert a.shared_sha256 != a.sha256
    assert b"".join(station.files.read(a.sha256)) == source.read_bytes()
    assert SECRET.encode() not in b"".join(station.files.read(a.shared_sha256))
    assert a.location == "24.510000,117.650000"
    assert station.show("lin", "attachment", made)["location"] != a.location
    (row,) = station["lin"].read(records.attachments, "report", report)
    assert (row.bytes_here, row.bytes_at_centre, row.bytes_state) == (True, False, "waiting")


@pytest.mark.parametrize(("login", "original"), [("zhuang", True), ("lin", True), ("mei", False)])
def test_only_the_author_and_who_has_the_right_takes_the_original_out(
    station: Station, tmp_path: Path, login: str, original: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STAFF, "mei", ["clerk"])
    report = station.add("zhuang", "report", REPORT)
    source = picture(tmp_path / "a.jpg")
    made = station["zhuang"].write(records.attach, station.files, "report", report, source).created[0]
    desk = station[login]
    desk.write(records.note_export, "attachment", 1, "交法院")
    target = tmp_path / "out.jpg"
    desk.read(records.export_attachment, station.files, made, target)
    assert (target.read_bytes() == source.read_bytes()) == original
