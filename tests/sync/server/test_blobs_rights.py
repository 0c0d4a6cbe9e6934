"""Who gets the bytes of a file: who may read a record that is vouched for. Knowing a hash is no right to them."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest
from sqlalchemy import update

from sync import possession
from sync.server.blobs_files import CHUNK
from sync.server.run import ServerThread
from tests.sync.server.sender import Sender, is_problem, sha
from tests.sync.server.wire import OTHER_STATION, STATION, WireDesk, new_id

NewDesk = Callable[..., WireDesk]
PHOTO = random.Random(7).randbytes(9000)


@pytest.fixture
def a(anna: WireDesk) -> Sender:
    return Sender(anna)


@pytest.fixture
def b(bo: WireDesk) -> Sender:
    return Sender(bo)


def test_what_no_record_names_is_not_taken(a: Sender) -> None:
    assert is_problem(a.offer(PHOTO, new_id()), 404, "blob-unknown")
    assert is_problem(a.send(PHOTO, 0, PHOTO), 404, "blob-unknown")
    assert a.ask("HEAD", PHOTO).status_code == 404
    record = a.attach(PHOTO)
    assert is_problem(a.offer(PHOTO, record, size=8999), 422, "blob-size")
    too_large = 200 * 1024 * 1024 + 1
    assert is_problem(a.offer(PHOTO, record, size=too_large), 413, "too-large")


def test_another_station_neither_sends_nor_gets_nor_learns(a: Sender, new_desk: NewDesk) -> None:
    other = Sender(new_desk(station=OTHER_STATION), OTHER_STATION)
    record = a.upload(PHOTO)
    assert is_problem(other.get(PHOTO), 404, "blob-unknown")
    assert is_problem(other.offer(PHOTO, record), 404, "blob-unknown")
    assert is_problem(other.send(PHOTO, 0, PHOTO), 404, "blob-unknown")
    assert other.ask("DELETE", PHOTO).status_code == 404
    refused = other.desk.ask("blobs/missing", scope=STATION)
    assert (refused.status_code, refused.json()["type"]) == (403, "/p/scope-denied")


def test_a_file_of_a_case_is_for_its_team(new_desk: NewDesk) -> None:
    mei, outsider = Sender(new_desk()), Sender(new_desk())
    case = new_id()
    made = mei.desk.create("case", STATION, case, category="neighbours", team=[mei.desk.user])
    assert mei.desk.push_one(made)["outcome"] == "applied"
    mei.desk.log_in()
    record = mei.upload(PHOTO, scope=f"case:{case}")
    assert mei.get(PHOTO).content == PHOTO
    assert is_problem(outsider.get(PHOTO), 404, "blob-unknown")
    assert is_problem(outsider.offer(PHOTO, record), 404, "blob-unknown")


def test_nobody_without_a_token_or_from_a_dead_device(a: Sender, server: ServerThread) -> None:
    from sync.server.tables import device

    a.upload(PHOTO)
    assert a.get(PHOTO, authorization=None).status_code == 401
    assert a.send(PHOTO, 0, PHOTO, authorization="Bearer x.y").status_code == 401
    with server.centre.database.writing() as connection:
        connection.execute(update(device).values(status="dead"))
    assert is_problem(a.get(PHOTO), 403, "device-dead")
    assert is_problem(a.send(PHOTO, 0, PHOTO), 403, "device-dead")


@pytest.mark.parametrize(("roles", "author", "may"), [
    (["clerk"], False, False), (["judicial-office", "clerk"], False, True), (["police-liaison"], False, True),
    (["clerk"], True, True), (["auditor"], False, False),
])  # fmt: skip
def test_the_original_of_a_photo_is_for_its_author_and_who_has_the_right(
    a: Sender, new_desk: NewDesk, roles: list[str], author: bool, may: bool
) -> None:
    desk = new_desk()
    desk.introduce(*roles)
    reader = Sender(desk)
    shared = os.urandom(500)
    about = {"shared_sha256": sha(shared), "shared_size": len(shared)}
    record = a.attach(PHOTO, created_by=reader.desk.user if author else a.desk.user, **about)
    for content in (PHOTO, shared):
        assert a.offer(content, record).status_code == 201
        assert a.send(content, 0, content).status_code == 204
    assert reader.get(shared).content == shared
    assert a.get(shared).content == shared
    found = reader.get(PHOTO)
    if may:
        assert found.content == PHOTO
    else:
        assert is_problem(found, 404, "blob-unknown")
    assert a.get(PHOTO).status_code == (404 if author else 200)
    stranger = new_desk()  # a desk on which nobody has proved who he is
    reader.desk.token = stranger.token
    assert is_problem(reader.get(PHOTO), 404, "blob-unknown")
    assert reader.get(shared).content == shared


def test_naming_an_original_as_a_plain_file_of_ones_own_does_not_open_it(a: Sender, new_desk: NewDesk) -> None:
    """Its hash stands in a record that colleagues read: knowing it is no right to the bytes."""
    desk = new_desk()
    desk.introduce("clerk")
    reader = Sender(desk)
    shared = os.urandom(500)
    record = a.attach(PHOTO, created_by=a.desk.user, shared_sha256=sha(shared), shared_size=len(shared))
    for content in (PHOTO, shared):
        a.offer(content, record)
        a.send(content, 0, content)
    reader.attach(PHOTO, created_by=reader.desk.user)
    assert is_problem(reader.get(PHOTO), 404, "blob-unknown")
    reader.attach(PHOTO, created_by=reader.desk.user, shared_sha256=sha(b"x"), shared_size=1)
    assert is_problem(reader.get(PHOTO), 404, "blob-unknown")
    assert a.get(PHOTO).content == PHOTO


# ---- knowing a hash is no right to the bytes ----


@pytest.fixture
def thief(new_desk: NewDesk) -> Sender:
    """Somebody of another station, who has heard of a hash."""
    return Sender(new_desk(station=OTHER_STATION), OTHER_STATION)


def test_naming_a_hash_in_a_record_of_ones_own_gives_no_bytes(a: Sender, thief: Sender, server: ServerThread) -> None:
    a.upload(PHOTO)
    record = thief.attach(PHOTO, scope=OTHER_STATION)
    assert is_problem(thief.get(PHOTO), 404, "blob-pending")
    assert thief.missing(OTHER_STATION) == [sha(PHOTO)]
    answer = thief.offer(PHOTO, record)
    assert (answer.status_code, answer.json()["state"], answer.json()["offset"]) == (201, "pending", 0)
    assert is_problem(thief.get(PHOTO), 404, "blob-pending")
    assert a.get(PHOTO).content == PHOTO


def test_the_answer_is_the_same_whether_the_centre_has_it_or_not(a: Sender, thief: Sender) -> None:
    """Neither the offer nor the list, nor what becomes of wrong bytes, says that somebody else has that file."""
    a.upload(PHOTO)
    unknown = os.urandom(len(PHOTO))
    told = []
    for content in (PHOTO, unknown):
        record = thief.attach(content, scope=OTHER_STATION)
        said = [
            thief.ask("HEAD", content), thief.offer(content, record), thief.offer_shown(content, record, of=bytes(9000)),
            thief.ask("HEAD", content), thief.get(content), thief.send(content, 0, bytes(9000)),
            thief.ask("HEAD", content), thief.ask("DELETE", content),
        ]  # fmt: skip
        told.append([(each.status_code, each.headers.get("upload-offset"), len(each.content)) for each in said])
    assert told[0] == told[1]
    assert a.get(PHOTO).content == PHOTO


def test_an_answer_made_with_another_token_or_from_another_file_shows_nothing(a: Sender, thief: Sender) -> None:
    a.upload(PHOTO)
    record = thief.attach(PHOTO, scope=OTHER_STATION)
    thief.desk.token, own = a.desk.token, thief.desk.token
    asked = possession.challenge(thief.desk.token, sha(PHOTO))
    thief.desk.token = own
    overheard = possession.proof(asked, len(PHOTO), lambda start, stop: [PHOTO[start:stop]])
    assert thief.offer(PHOTO, record, proof=overheard).json()["state"] == "pending"
    almost = PHOTO[:-1] + bytes([PHOTO[-1] ^ 1])
    assert thief.offer_shown(PHOTO, record, of=almost).json()["state"] == "pending"
    assert is_problem(thief.get(PHOTO), 404, "blob-pending")


def test_whoever_holds_the_bytes_shows_it_and_need_not_send_them(a: Sender, thief: Sender) -> None:
    a.upload(PHOTO)
    record = thief.attach(PHOTO, scope=OTHER_STATION)
    assert thief.offer_shown(PHOTO, record).json()["state"] == "verified"
    assert thief.get(PHOTO).content == PHOTO
    thief.attach(PHOTO, scope=OTHER_STATION)
    assert thief.missing(OTHER_STATION) == [], "it has shown once that it holds them"


def test_the_owners_word_for_his_file_does_not_open_anothers_record_of_it(
    a: Sender, new_desk: NewDesk
) -> None:
    """A colleague plants a record in the station's scope; the case's mediator goes on sending her own."""
    case = new_id()
    made = a.desk.create("case", STATION, case, category="neighbours", team=[a.desk.user])
    assert a.desk.push_one(made)["outcome"] == "applied"
    a.desk.log_in()
    eve = Sender(new_desk())
    eve.attach(PHOTO, created_by=a.desk.user, device=a.desk.device_id)
    record = a.upload(PHOTO, scope=f"case:{case}")
    a.offer_shown(PHOTO, record)
    assert is_problem(eve.get(PHOTO), 404, "blob-pending")
    assert eve.missing() == [sha(PHOTO)]
    assert a.get(PHOTO).content == PHOTO


def test_a_large_file_is_shown_by_places_that_nobody_chose(a: Sender, b: Sender) -> None:
    large = random.Random(3).randbytes(3 * possession.WHOLE)
    a.upload(large, piece=CHUNK)
    record = b.attach(large)
    assert b.offer_shown(large, record, of=large[: possession.WHOLE] + bytes(2 * possession.WHOLE)).json()["offset"] == 0
    assert b.offer_shown(large, record).json()["state"] == "verified"
    asked = {possession.challenge(f"token {n}", sha(large)) for n in range(50)}
    starts = {start for each in asked for start, stop in possession.spans(each, len(large))}
    assert len(starts) > 700
    assert all(start >= 0 and start + 64 * 1024 <= len(large) for start in starts)
