"""Where the bytes of files are: what is seen, what may go, what a decision may rest on, and files on their way in."""

from __future__ import annotations

import hashlib
import random
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.zzdesk.conftest import Station
from zzdesk.desk import files as desk_files
from zzdesk.desk import records
from zzdesk.errors import DiskFullError, InvalidError, NotFoundError, RefusedError
from zzdesk.evidence import local
from zzdesk.evidence.files import PIECE, FileStore
from zzdesk.evidence.models import Attachment, BlobLocal
from zzdesk.evidence.receiving import Receiving, part_of
from zzdesk.ops.models import SyncRecord, SyncState
from zzdesk.store import space

REPORT = {"title": "楼道漏水", "category": "drainage"}


def attach(station: Station, tmp_path: Path, data: bytes = b"bytes", login: str = "lin", **fields: str) -> tuple[str, str, str]:
    """Return the ids of report and attachment, and the file's hash."""
    report = station.add(login, "report", REPORT)
    source = tmp_path / fields.pop("name", "a.bin")
    source.write_bytes(data)
    made = station[login].write(records.attach, station.files, "report", report, source, fields).created[0]
    return report, made, hashlib.sha256(data).hexdigest()


def note(station: Station, sha256: str, **values: Any) -> None:
    with station["zhuang"].store.writer() as session:
        row = session.get_one(BlobLocal, sha256)
        for name, value in values.items():
            setattr(row, name, value)
        session.commit()


def confirm(station: Station, attachment: str, seq: int, durable: int) -> None:
    """Put the attachment's record into the state of one that the centre has confirmed."""
    with station["zhuang"].store.writer() as session:
        about = {"scope": "s", "ver": 1, "stamps": {}, "hash": "0" * 64}
        session.merge(SyncRecord(kind="attachment", id=attachment, seq=seq, **about))
        session.get_one(SyncState, 1).durable_seq = durable
        session.commit()


def safe(station: Station, made: str, sha256: str, **more: Any) -> None:
    """Make a file one that may go."""
    confirm(station, made, seq=5, durable=10)
    long_ago = station.clock.now() - timedelta(days=30)
    note(station, sha256, **({"centre": local.VERIFIED, "verified_at": long_ago, "verified_seq": 7} | more))


def freeable(station: Station) -> int:
    return station["zhuang"].read(desk_files.freeable).count


# ---- letting go ----


def test_what_is_safe_at_the_centre_may_go_and_be_fetched_again(station: Station, tmp_path: Path) -> None:
    _, made, sha256 = attach(station, tmp_path)
    assert freeable(station) == 0
    with pytest.raises(RefusedError, match="三十天"):
        station["zhuang"].write(desk_files.free, station.files)
    safe(station, made, sha256)
    assert station["zhuang"].read(desk_files.freeable) == desk_files.Freeable(1, 5)
    station["zhuang"].write(desk_files.free, station.files)
    assert not station.files.has(sha256)
    assert station.audit("attachment.freed") == [{"bytes": 5, "count": 1}]
    (row,) = station["lin"].read(desk_files.files).rows
    assert (row.bytes_here, row.bytes_at_centre, row.state) == (False, True, "verified")
    station["lin"].write(desk_files.fetch, made)
    with station["lin"].store.reader() as session:
        assert local.wanted(session) == [local.Wanted(sha256, 5)]


@pytest.mark.parametrize("short", [
    {"centre": local.WAITING}, {"verified_seq": 11}, {"verified_seq": None}, {"verified_at": None}, {"here": False},
])  # fmt: skip
def test_every_single_condition_counts(station: Station, tmp_path: Path, short: dict[str, Any]) -> None:
    _, made, sha256 = attach(station, tmp_path)
    safe(station, made, sha256, **short)
    assert freeable(station) == 0


def test_neither_before_thirty_days_nor_before_the_record_is_durable(station: Station, tmp_path: Path) -> None:
    _, made, sha256 = attach(station, tmp_path)
    safe(station, made, sha256, verified_at=station.clock.now() - timedelta(days=30) + timedelta(seconds=1))
    assert freeable(station) == 0
    station.clock.advance(1)
    assert freeable(station) == 1
    confirm(station, made, seq=11, durable=10)
    assert freeable(station) == 0


@pytest.mark.parametrize("fields", [{"purpose": "recording"}, {"purpose": "signature"}, {"name": "a.mp3"}])
def test_sound_and_signatures_never_go(station: Station, tmp_path: Path, fields: dict[str, str]) -> None:
    _, made, sha256 = attach(station, tmp_path, **fields)
    safe(station, made, sha256)
    assert freeable(station) == 0


def test_a_file_that_an_agreement_names_too_never_goes(station: Station, tmp_path: Path) -> None:
    _, made, sha256 = attach(station, tmp_path)
    safe(station, made, sha256)
    _, other, _ = attach(station, tmp_path)
    confirm(station, other, seq=6, durable=10)
    assert freeable(station) == 1
    with station["zhuang"].store.writer() as session:
        session.execute(Attachment.__table__.update().where(Attachment.id == other).values(record_kind="agreement"))
        session.commit()
    assert freeable(station) == 0


def test_letting_go_takes_a_right(station: Station) -> None:
    with pytest.raises(RefusedError):
        station["chen"].read(desk_files.freeable)
    with pytest.raises(RefusedError):
        station["chen"].write(desk_files.free, station.files)


# ---- what is seen ----


def test_only_what_the_centre_has_not_is_listed_on_demand_a_page_at_a_time(station: Station, tmp_path: Path) -> None:
    made = [attach(station, tmp_path, bytes([n]) * 5) for n in range(5)]
    note(station, made[1][2], centre=local.VERIFIED)
    note(station, made[3][2], centre=local.MISSING, here=False, problem="blob-differs")
    found, after = [], None
    while True:
        page = station["lin"].read(desk_files.files, after, 2, only_open=True)
        found += page.rows
        after = page.after
        if after is None:
            break
    assert [row.id for row in found] == [made[n][1] for n in (0, 2, 3, 4)]
    assert [(row.state, row.problem) for row in found][2] == ("missing", "blob-differs")
    assert found[0].name == "***.bin"
    assert len(station["lin"].read(desk_files.files).rows) == 5


def test_files_of_another_teams_case_are_neither_listed_nor_fetched(station: Station, tmp_path: Path) -> None:
    case = station.add("chen", "case", {"category": "neighbours"})
    party = station.add("chen", "party", {"case_id": case, "role": "applicant", "name": "林秀英"})
    source = tmp_path / "id.jpg"
    source.write_bytes(b"identity")
    made = station["chen"].write(records.attach, station.files, "party", party, source).created[0]
    assert [row.id for row in station["chen"].read(desk_files.files).rows] == [made]
    for login in ("wu", "lin"):
        assert station[login].read(desk_files.files).rows == ()
        with pytest.raises(RefusedError):
            station[login].write(desk_files.fetch, made)
    with pytest.raises(NotFoundError):
        station["lin"].write(desk_files.fetch, "0" * 8)


def test_a_check_on_the_spot_rests_on_files_that_can_be_looked_at(station: Station, tmp_path: Path) -> None:
    report, _, sha256 = attach(station, tmp_path)
    station.act("lin", "report", report, "accept")
    note(station, sha256, here=False, centre=local.MISSING)
    with pytest.raises(RefusedError, match="附件的内容"):
        station.act("lin", "report", report, "confirm", note="属实")
    assert station.show("lin", "report", report)["state"] == "verifying"
    note(station, sha256, centre=local.VERIFIED)
    station.act("lin", "report", report, "confirm", note="属实")
    assert station.show("lin", "report", report)["state"] == "dispatching"


def test_a_file_that_was_declared_void_is_nothing_to_rest_on(station: Station, tmp_path: Path) -> None:
    report, made, sha256 = attach(station, tmp_path)
    station.act("lin", "report", report, "accept")
    note(station, sha256, here=False, centre=local.MISSING)
    station.act("lin", "attachment", made, "void", "拍错了")
    station.act("lin", "report", report, "confirm", note="属实")
    assert station.show("lin", "report", report)["state"] == "dispatching"


PARTS = st.lists(
    st.builds(local.Bytes, st.booleans(), st.booleans(), st.sampled_from(["waiting", "verified", "missing", "unknown"])),
    max_size=4,
)


@given(PARTS)
def test_the_parts_of_a_photo_together(parts: list[local.Bytes]) -> None:
    whole = local.together(parts)
    assert whole.here == any(part.here for part in parts)
    assert whole.at_centre == (bool(parts) and all(part.at_centre for part in parts))
    assert (whole.state == "verified") == (bool(parts) and all(part.state == "verified" for part in parts))
    assert local.all_at_hand(parts) == all(part.here or part.at_centre for part in parts)


# ---- coming in ----


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", b"k" * 32)


@given(st.integers(0, 3 * PIECE + 5), st.lists(st.integers(1, 2 * PIECE), max_size=6), st.integers(0, 100))
@settings(max_examples=25, deadline=None)
def test_a_file_that_comes_in_pieces_over_many_tries_is_the_file(size: int, tries: list[int], torn: int) -> None:
    data = random.Random(size).randbytes(size)
    sha256 = hashlib.sha256(data).hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        store = FileStore(Path(folder), b"k" * 32)
        for step in tries:
            with Receiving(store, sha256, size) as coming:
                at = coming.have
                assert at % PIECE == 0
                coming.write(data[at : at + step])
            part = part_of(store, sha256)
            part.write_bytes(part.read_bytes()[: max(0, part.stat().st_size - torn)])  # a crash took the end with it
        assert not store.has(sha256)
        with Receiving(store, sha256, size) as coming:
            coming.write(data[coming.have :])
            coming.finish()
        assert b"".join(store.read(sha256)) == data
        assert store.verify(sha256)
        assert not part_of(store, sha256).exists()


def test_another_file_than_was_asked_for_is_not_kept(store: FileStore) -> None:
    sha256 = hashlib.sha256(b"right").hexdigest()
    with Receiving(store, sha256, 5) as coming:
        coming.write(b"wrong")
        with pytest.raises(InvalidError, match="不符"):
            coming.finish()
    assert not store.has(sha256)
    assert not part_of(store, sha256).exists()


@given(st.integers(0, 3 * PIECE + 9), st.data())
@settings(max_examples=25, deadline=None)
def test_any_part_of_a_stored_file_can_be_read(size: int, data: st.DataObject) -> None:
    content = random.Random(size).randbytes(size)
    with tempfile.TemporaryDirectory() as folder:
        store = FileStore(Path(folder), b"k" * 32)
        sha256 = store.put_bytes(content).sha256
        start = data.draw(st.integers(0, size))
        stop = data.draw(st.integers(start, size))
        assert store.read_part(sha256, start, stop) == content[start:stop]


# ---- room ----


def test_the_last_room_is_for_records(store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Storage fault: the file system says that little is left."""
    source = tmp_path / "a"
    source.write_bytes(b"x" * 100)
    monkeypatch.setattr(space, "free_bytes", lambda folder: space.LOW + 99)
    with pytest.raises(DiskFullError, match="附件没有保存"):
        store.put(source)
    monkeypatch.setattr(space, "free_bytes", lambda folder: space.LOW + 100)
    assert store.put(source).new


def test_ballast_takes_real_room_once_and_goes_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert space.keep_ballast(tmp_path, space.MIB)
    path = space.ballast_of(tmp_path)
    assert path.stat().st_blocks * 512 >= space.MIB
    assert space.keep_ballast(tmp_path, space.MIB)
    assert not space.is_low(tmp_path)
    assert path.exists()
    monkeypatch.setattr(space, "free_bytes", lambda folder: space.LOW - 1)
    assert space.is_low(tmp_path)
    assert not path.exists()
    assert not space.keep_ballast(tmp_path, space.LOW // 2)  # a fourth of what is free at most
