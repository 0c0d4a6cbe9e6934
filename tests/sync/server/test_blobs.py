"""Blobs over real HTTP: resumed, checked, hashed as a whole, given to nobody who may not read the record."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from sqlalchemy import delete, select, update

from sync.protocol import MEDIA_TYPE
from sync.server import blobs, blobs_keeping
from sync.server.blobs_files import CHUNK
from sync.server.centre import Settings
from sync.server.run import ServerThread
from sync.server.tables import blob, blob_ref, blob_upload
from tests.sync.server.conftest import ServerStore
from tests.sync.server.sender import Sender, is_problem, sha
from tests.sync.server.wire import STATION, WireDesk, edit, rows
from zzdesk.clock import FixedClock

NewDesk = Callable[..., WireDesk]
PHOTO = random.Random(7).randbytes(9000)


@pytest.fixture
def server(server_store: ServerStore, clock: FixedClock) -> Iterator[ServerThread]:
    options: dict[str, Any] = {"clock": clock, "settings": Settings(blob_reserve=0)}
    with ServerThread(server_store.data, database_url=server_store.database_url, **options) as running:
        yield running


@pytest.fixture
def a(anna: WireDesk) -> Sender:
    return Sender(anna)


@pytest.fixture
def b(bo: WireDesk) -> Sender:
    return Sender(bo)


def test_sent_in_chunks_verified_and_given_to_another_desk(a: Sender, b: Sender) -> None:
    record = a.attach(PHOTO)
    assert b.missing() == [sha(PHOTO)]
    begun = a.offer(PHOTO, record)
    assert (begun.status_code, begun.headers["location"]) == (201, f"/v1/blobs/{sha(PHOTO)}")
    assert begun.json()["state"] == "pending"
    assert a.send(PHOTO, 0, PHOTO[:4000]).headers["upload-offset"] == "4000"
    assert is_problem(b.get(PHOTO), 404, "blob-pending")
    head = a.ask("HEAD", PHOTO)
    assert (head.status_code, head.headers["upload-offset"], head.headers["upload-length"]) == (200, "4000", "9000")
    assert head.headers["cache-control"] == "no-store"
    assert a.send(PHOTO, 4000, PHOTO[4000:]).status_code == 204
    have = a.offer(PHOTO, record)
    assert (have.status_code, have.json()["state"], have.headers["content-type"]) == (200, "verified", MEDIA_TYPE)
    got = b.get(PHOTO)
    assert (got.status_code, got.content) == (200, PHOTO)
    digest = base64.b64encode(hashlib.sha256(PHOTO).digest()).decode()
    assert got.headers["repr-digest"] == f"sha-256=:{digest}:"
    assert b.missing() == []


RANGES = {
    "bytes=0-0": (0, 1), "bytes=3990-4010": (3990, 4011), "bytes=8990-": (8990, 9000), "bytes=-7": (8993, 9000),
    "bytes=8999-20000": (8999, 9000),
}  # fmt: skip


def test_ranges(a: Sender) -> None:
    a.upload(PHOTO)
    for asked, (start, stop) in RANGES.items():
        got = a.get(PHOTO, range=asked)
        assert (got.status_code, got.content) == (206, PHOTO[start:stop])
        assert got.headers["content-range"] == f"bytes {start}-{stop - 1}/9000"


def test_a_range_behind_the_end_and_kinds_of_range_that_are_not_served(a: Sender) -> None:
    a.upload(PHOTO)
    assert is_problem(a.get(PHOTO, range="bytes=9000-"), 416, "range")
    for odd in ("bytes=0-1,5-6", "lines=1-2", "bytes=-"):
        assert a.get(PHOTO, range=odd).content == PHOTO


def test_a_chunk_that_changed_on_the_way_is_refused_and_nothing_of_it_is_kept(a: Sender) -> None:
    record = a.attach(PHOTO)
    a.offer(PHOTO, record)
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    assert is_problem(a.send(PHOTO, 0, PHOTO[:4000], upload_checksum=f"sha256 {wrong}"), 460, "checksum")
    assert a.offset(PHOTO) == 0
    sha1 = base64.b64encode(hashlib.sha1(PHOTO[:4000]).digest()).decode()
    assert a.send(PHOTO, 0, PHOTO[:4000], upload_checksum=f"sha1 {sha1}").status_code == 204
    assert is_problem(a.send(PHOTO, 4000, PHOTO[4000:], upload_checksum="md5 AAAA"), 400, "malformed")
    assert is_problem(a.send(PHOTO, 4000, PHOTO[4000:], upload_checksum="sha1 !"), 400, "malformed")
    assert a.offset(PHOTO) == 4000


def test_a_file_that_is_another_one_as_a_whole_is_not_believed_and_sent_anew(a: Sender) -> None:
    record = a.attach(PHOTO)
    a.offer(PHOTO, record)
    wrong = PHOTO[:-1] + bytes([PHOTO[-1] ^ 1])
    assert a.send(PHOTO, 0, wrong[:4000]).status_code == 204
    assert is_problem(a.send(PHOTO, 4000, wrong[4000:]), 422, "blob-differs")
    assert a.offset(PHOTO) == 0
    assert is_problem(a.get(PHOTO), 404, "blob-pending")
    assert a.send(PHOTO, 0, PHOTO).status_code == 204
    assert a.get(PHOTO).content == PHOTO


def test_a_file_spoilt_on_the_centres_disk_before_it_was_verified(a: Sender, server: ServerThread) -> None:
    record = a.attach(PHOTO)
    a.offer(PHOTO, record)
    a.send(PHOTO, 0, PHOTO[:4000])
    path = blobs.files_of(server.centre).path(sha(PHOTO), a.desk.device_id)
    raw = bytearray(path.read_bytes())
    raw[100] ^= 1
    path.write_bytes(bytes(raw))
    assert is_problem(a.send(PHOTO, 4000, PHOTO[4000:]), 422, "blob-differs")
    assert a.send(PHOTO, 0, PHOTO).status_code == 204
    assert a.get(PHOTO).content == PHOTO


def test_a_file_spoilt_later_is_asked_for_again(
    a: Sender, server: ServerThread, expect_log: Callable[[str], None]
) -> None:
    record = a.upload(PHOTO)
    path = blobs.files_of(server.centre).path(sha(PHOTO))
    path.write_bytes(path.read_bytes()[:-20])
    expect_log(r"blob [0-9a-f]{12} failed: BrokenBlobError")
    expect_log(r"GET /v1/blobs/[0-9a-f]{64} failed: BrokenBlobError")
    expect_log("uvicorn.error: ASGI callable returned without completing response")
    with pytest.raises(requests.RequestException):
        assert a.get(PHOTO).content
    assert a.missing() == [sha(PHOTO)]
    assert path.with_name(f"{path.name}.broken").exists()
    assert a.offer(PHOTO, record).status_code == 201
    assert a.send(PHOTO, 0, PHOTO).status_code == 204
    assert a.get(PHOTO).content == PHOTO


def test_a_file_that_is_gone_is_taken_again(a: Sender, server: ServerThread) -> None:
    record = a.upload(PHOTO)
    blobs.files_of(server.centre).path(sha(PHOTO)).unlink()
    assert a.offer(PHOTO, record).json()["state"] == "pending"
    assert a.missing() == [sha(PHOTO)]
    a.send(PHOTO, 0, PHOTO)
    assert a.missing() == []


def test_a_file_that_is_lost_while_another_desk_sends_it_is_kept(a: Sender, b: Sender, server: ServerThread) -> None:
    a.upload(PHOTO)
    b.offer(PHOTO, b.attach(PHOTO))
    blobs.files_of(server.centre).path(sha(PHOTO)).unlink()
    assert a.ask("HEAD", PHOTO).status_code == 404
    assert b.send(PHOTO, 0, PHOTO).status_code == 204
    assert b.get(PHOTO).content == PHOTO


def test_offsets_that_do_not_fit_and_more_than_was_said(a: Sender) -> None:
    record = a.attach(PHOTO)
    a.offer(PHOTO, record)
    refused = a.send(PHOTO, 10, PHOTO[:4000])
    assert is_problem(refused, 409, "blob-offset")
    assert refused.json()["params"] == {"offset": 0}
    assert is_problem(a.send(PHOTO, 0, PHOTO + b"x"), 413, "too-large")
    assert is_problem(a.send(PHOTO, 0, bytes(CHUNK + 1)), 413, "too-large")
    a.send(PHOTO, 0, PHOTO)
    assert is_problem(a.send(PHOTO, 0, PHOTO), 409, "blob-offset")
    assert a.send(PHOTO, 9000, b"").status_code == 204


def test_an_upload_goes_on_behind_the_last_whole_chunk_after_a_crash(a: Sender, server: ServerThread) -> None:
    record = a.attach(PHOTO)
    a.offer(PHOTO, record)
    a.send(PHOTO, 0, PHOTO[:4000])
    path = blobs.files_of(server.centre).path(sha(PHOTO), a.desk.device_id)
    path.write_bytes(path.read_bytes() + os.urandom(500))
    assert a.offset(PHOTO) == 4000
    with server.centre.database.writing() as connection:
        connection.execute(update(blob_upload).values(offset=8000))
    assert a.offer(PHOTO, record).json()["offset"] == 4000
    assert a.send(PHOTO, 4000, PHOTO[4000:]).status_code == 204
    assert a.get(PHOTO).content == PHOTO


def test_two_desks_with_one_photo_send_it_once(a: Sender, b: Sender, server: ServerThread) -> None:
    mine, theirs = a.attach(PHOTO), b.attach(PHOTO)
    a.offer(PHOTO, mine)
    a.send(PHOTO, 0, PHOTO)
    assert b.missing() == [sha(PHOTO)], "nobody has shown yet that the second record is not only a hash"
    assert b.offer_shown(PHOTO, theirs).json()["state"] == "verified"
    assert (a.sent, b.sent) == (len(PHOTO), 0)
    assert a.missing() == []
    assert len(rows(server, blob)) == 1


def test_two_desks_that_send_one_photo_at_once_do_not_meet(a: Sender, b: Sender, server: ServerThread) -> None:
    """What one of them says or spoils is nothing to the other; in the end it lies there once."""
    mine, theirs = a.attach(PHOTO), b.attach(PHOTO)
    a.offer(PHOTO, mine)
    a.send(PHOTO, 0, PHOTO[:4000])
    assert b.offer(PHOTO, theirs).json()["offset"] == 0
    assert b.send(PHOTO, 0, bytes(4000)).status_code == 204
    assert is_problem(b.send(PHOTO, 4000, bytes(5000)), 422, "blob-differs")
    assert b.ask("DELETE", PHOTO).status_code == 204
    assert a.offset(PHOTO) == 4000
    b.offer(PHOTO, theirs)
    b.send(PHOTO, 0, PHOTO)
    assert a.send(PHOTO, 4000, PHOTO[4000:]).status_code == 204
    assert (a.missing(), len(rows(server, blob)), rows(server, blob_upload)) == ([], 1, [])
    folder = blobs.files_of(server.centre).path(sha(PHOTO)).parent
    assert [path.name for path in folder.iterdir()] == [sha(PHOTO)]


def test_many_at_once_send_for_one_device_and_the_file_is_whole(a: Sender, server: ServerThread) -> None:
    content = os.urandom(60_000)
    record = a.attach(content)
    a.offer(content, record)

    def push() -> None:
        with requests.Session() as http:
            while (offset := a.offset(content, http)) < len(content):
                answer = a.send(content, offset, content[offset : offset + 5000], http=http)
                assert answer.status_code in (204, 409)

    threads = [threading.Thread(target=push) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert a.get(content).content == content
    assert [row.state for row in rows(server, blob)] == ["verified"]


def test_an_empty_file_is_there_at_once(a: Sender, b: Sender) -> None:
    record = a.attach(b"")
    assert a.offer(b"", record).json()["state"] == "verified"
    assert a.offer(b"", record).json()["state"] == "verified"
    assert b.get(b"").content == b""
    other = a.attach(b"", sha256=sha(b"x"), size=0)
    assert is_problem(a.offer(b"x", other, size=0), 422, "blob-differs")


# ---- tus itself ----


def test_options_say_what_is_spoken(a: Sender) -> None:
    answer = a.desk.http.options(f"{a.desk.url}/v1/blobs", timeout=10)
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation,checksum,termination"
    assert answer.headers["tus-checksum-algorithm"].split(",") == ["sha256", "sha1"]
    assert answer.headers["tus-max-size"] == str(200 * 1024 * 1024)


def test_a_plain_tus_client_may_create_by_headers(a: Sender) -> None:
    record = a.attach(PHOTO)
    named = {"sha256": sha(PHOTO), "record": record, "filetype": "image/jpeg"}
    metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in named.items())
    headers = {
        "authorization": f"Bearer {a.desk.token}", "tus-resumable": "1.0.0", "upload-length": "9000",
        "upload-metadata": metadata,
    }  # fmt: skip
    answer = a.desk.http.post(f"{a.desk.url}/v1/blobs", headers=headers, timeout=10)
    assert (answer.status_code, answer.headers["location"]) == (201, f"/v1/blobs/{sha(PHOTO)}")
    assert answer.headers["tus-resumable"] == "1.0.0"
    for bad in ({"upload-length": "many"}, {"upload-metadata": "sha256 !!"}, {"upload-metadata": ""}):
        assert is_problem(a.desk.http.post(f"{a.desk.url}/v1/blobs", headers=headers | bad, timeout=10), 400, "malformed")


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_another_version_of_tus_is_refused(a: Sender, method: str) -> None:
    a.offer(PHOTO, a.attach(PHOTO))
    answer = a.ask(method, PHOTO, tus_resumable="0.2.2")
    assert (answer.status_code, answer.headers["tus-version"]) == (412, "1.0.0")
    assert a.ask(method, PHOTO, tus_resumable=None).status_code == 412


def test_another_media_type_or_header_is_refused(a: Sender) -> None:
    a.offer(PHOTO, a.attach(PHOTO))
    assert is_problem(a.send(PHOTO, 0, PHOTO, content_type="text/plain"), 415, "media-type")
    assert is_problem(a.send(PHOTO, 0, PHOTO, upload_offset="-1"), 400, "malformed")
    assert is_problem(a.send(PHOTO, 0, PHOTO, upload_offset=None), 400, "malformed")


def test_an_upload_can_be_given_up_and_what_is_verified_cannot(a: Sender, server: ServerThread) -> None:
    record = a.attach(PHOTO)
    a.offer(PHOTO, record)
    a.send(PHOTO, 0, PHOTO[:4000])
    assert a.ask("DELETE", PHOTO).status_code == 204
    assert not blobs.files_of(server.centre).path(sha(PHOTO)).exists()
    assert a.ask("HEAD", PHOTO).status_code == 404
    a.offer(PHOTO, record)
    a.send(PHOTO, 0, PHOTO)
    assert is_problem(a.ask("DELETE", PHOTO), 409, "blob-kept")
    assert a.get(PHOTO).content == PHOTO


# ---- keeping house ----


def test_the_missing_are_listed_by_record_a_page_at_a_time(a: Sender) -> None:
    shared = os.urandom(300)
    about = {"shared_sha256": sha(shared), "shared_size": len(shared)}
    records = sorted(a.attach(os.urandom(10 + n), **(about if n == 1 else {})) for n in range(3))
    found, after, pages = [], None, 0
    while True:
        page = a.desk.call("blobs/missing", scope=STATION, after=after, limit=1)
        found += [(item["record"], item["part"]) for item in page["items"]]
        pages += 1
        if not page["more"]:
            break
        after = page["items"][-1]["record"]
    assert pages == 3
    assert sorted({record for record, _ in found}) == records
    assert len(found) == len(set(found)) == 4
    assert sorted(part for _, part in found) == ["file", "file", "original", "shared"]


def test_a_blob_that_no_record_names_is_set_aside_after_thirty_days_and_comes_back(
    a: Sender, server: ServerThread, clock: FixedClock
) -> None:
    record = a.upload(PHOTO)
    born = a.made
    assert rows(server, blob_ref)[0].here
    void = a.desk.op("attachment", record, "void", saw={"*": born["op_id"]}, reason="拍错了")
    assert a.desk.push_one(void)["outcome"] == "applied"
    blobs_keeping.sweep(server.centre)
    clock.advance(29 * 86400)
    blobs_keeping.sweep(server.centre)
    a.desk.log_in()
    assert a.get(PHOTO).content == PHOTO
    clock.advance(2 * 86400)
    blobs_keeping.sweep(server.centre)
    a.desk.log_in()
    assert is_problem(a.get(PHOTO), 404, "blob-pending")
    assert blobs_keeping.kept(server.centre).quarantined == 1
    assert blobs.files_of(server.centre).path(sha(PHOTO)).exists()
    back = a.desk.op("attachment", record, "unvoid", saw={"*": void["op_id"]}, reason="没拍错")
    assert a.desk.push_one(back)["outcome"] == "applied"
    assert a.get(PHOTO).content == PHOTO
    blobs_keeping.sweep(server.centre)
    assert blobs_keeping.kept(server.centre).verified == 1


def test_the_centre_sweeps_by_itself_once_a_day(a: Sender, server: ServerThread, clock: FixedClock) -> None:
    record = a.upload(PHOTO)
    with server.centre.database.writing() as connection:
        connection.execute(delete(blob_ref))
    other = a.attach(b"other")
    a.offer(b"other", other)
    assert [row.unreferenced_since for row in rows(server, blob) if row.sha256 == sha(PHOTO)] == [None]
    clock.advance(86400 + 1)
    a.desk.log_in()
    a.offer(b"other", other)
    assert [row.unreferenced_since for row in rows(server, blob) if row.sha256 == sha(PHOTO)] != [None]
    assert is_problem(a.offer(PHOTO, record), 404, "blob-unknown")


def test_the_operator_sees_what_is_kept(server_store: ServerStore, a: Sender, server: ServerThread) -> None:
    from sync.server.admin import blobs_kept

    a.upload(PHOTO)
    a.offer(b"half", a.attach(b"half"))
    strange = blobs.files_of(server.centre).path("0" * 64)
    strange.parent.mkdir(exist_ok=True)
    strange.write_bytes(b"restored from elsewhere")
    found = blobs_kept(server_store.data, server_store.database_url)
    assert (found.verified, found.bytes, found.pending, found.quarantined, found.nameless) == (1, 9000, 1, 0, 1)


def test_a_move_takes_the_rights_with_it(a: Sender, server: ServerThread) -> None:
    record = a.upload(PHOTO)
    changed = a.desk.patch("attachment", record, **edit(a.made, "门口", field="note"))
    assert a.desk.push_one(changed)["outcome"] == "applied"
    with server.centre.database.reading() as connection:
        (ref,) = connection.execute(select(blob_ref)).all()
    assert (ref.record_id, ref.here, ref.part) == (record, True, "file")


def test_no_room_is_said_and_nothing_is_lost(
    server_store: ServerStore, clock: FixedClock, server: ServerThread, a: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Storage fault: the disk says that there is no room, first beforehand, then in the middle of a chunk."""
    import errno

    record = a.attach(PHOTO)
    a.offer(PHOTO, record)
    a.send(PHOTO, 0, PHOTO[:4000])

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("sync.server.blobs_files.os.fsync", full)
        answer = a.send(PHOTO, 4000, PHOTO[4000:])
    assert is_problem(answer, 507, "no-space")
    assert answer.headers["retry-after"] == "600"
    assert a.offset(PHOTO) == 4000
    object.__setattr__(server.centre.settings, "blob_reserve", 2**60)
    assert is_problem(a.send(PHOTO, 4000, PHOTO[4000:]), 507, "no-space")
    assert is_problem(a.offer(PHOTO, record), 507, "no-space")
    object.__setattr__(server.centre.settings, "blob_reserve", 0)
    assert a.send(PHOTO, 4000, PHOTO[4000:]).status_code == 204
    assert a.get(PHOTO).content == PHOTO
