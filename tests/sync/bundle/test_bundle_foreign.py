"""Bundles made by somebody who should not, or for somebody else, are refused with a clear sentence and change nothing."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import structs
from sqlalchemy import select, update

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync import age
from sync import bundle as format_
from sync.bundle import BundleError, Writer, opened
from sync.client import bundle as stick
from sync.client.bundle import _reading_secret, _signing_key
from sync.client.orders import DeviceWithdrawnError
from sync.problems import WireError
from sync.server import accounts, keys
from sync.server.bundle import receive
from sync.server.run import ServerThread
from sync.server.tables import device, meta, op_log, replica
from tests.contents import centre_digest, desk_digest
from tests.sync.bundle.sticks import (
    Attempt,
    Office,
    good_one_still_works,
    parts,
    read_frame,
    report,
    state_of,
)
from zzdesk.clock import FixedClock
from zzdesk.desk.accounts import disable_account
from zzdesk.desk.session import Desk
from zzdesk.errors import KnownError, RefusedError
from zzdesk.ops import outbox, state

# ---- made by somebody who should not ---------------------------------------------------------------------------------


def resigned(source: Path, target: Path, key: Ed25519PrivateKey, **changes: Any) -> None:
    """Put the frames of a bundle under another header and signature, as a thief with a key of his own would."""
    data = source.read_bytes()
    with opened(source) as bundle:
        header = structs.replace(bundle.header, **changes)
    with target.open("wb") as file:
        writer = Writer(file, target, header)
        for start, end in parts(data)["frame"]:
            put_frame(writer, data[start:end])
        writer.finish(key.sign)


def put_frame(writer: Writer, frame: bytes) -> None:
    writer._write(len(frame).to_bytes(4) + frame)
    writer._sum.update(hashlib.sha256(frame).digest())
    writer._frames += 1


def test_an_enrolled_thief_cannot_send_anothers_frames_as_his(
    office: Office, desk: Desk, up: Path, at_centre: Attempt
) -> None:
    thief = office.desk("huang")
    with thief.store.reader() as session:
        mine = state.get_state(session)
        me = format_.Party(device=mine.device_id, station=thief.station, replica=mine.replica_id)
    before = centre_digest(office.server)
    stolen = office.stick / "stolen.zzb"
    for changes in ({"sender": me}, {"sender": me, "reply_to": age.recipient(_reading_secret(thief))}):
        resigned(up, stolen, _signing_key(thief), **changes)
        with pytest.raises(BundleError) as caught:
            office.receive(stolen)
        assert caught.value.problem == "bundle-forged"
    # Not even the answer can be led astray: the frames are bound to the header that they were written under.
    resigned(up, stolen, _signing_key(desk), reply_to=age.recipient(_reading_secret(thief)))
    with pytest.raises(BundleError):
        office.receive(stolen)
    assert centre_digest(office.server) == before
    good_one_still_works(office, desk, up)


def test_frames_reordered_under_a_good_signature_are_found(office: Office, desk: Desk, up: Path) -> None:
    data = up.read_bytes()
    with opened(up) as bundle:
        header = bundle.header
    for order in ((0, 1, 3, 2, 4), (0, 1, 2, 2, 4), (0, 2, 3, 4)):
        mixed = office.stick / "mixed.zzb"
        with mixed.open("wb") as file:
            writer = Writer(file, mixed, header)
            for number in order:
                start, end = parts(data)["frame"][number]
                put_frame(writer, data[start:end])
            writer.finish(_signing_key(desk).sign)
        before = centre_digest(office.server)
        with pytest.raises(BundleError):
            office.receive(mixed)
        assert centre_digest(office.server) == before


def test_a_signature_of_another_key_is_named_so(
    office: Office, desk: Desk, up: Path, at_centre: Attempt
) -> None:
    stranger = Ed25519PrivateKey.generate()
    forged = office.stick / "forged.zzb"
    resigned(up, forged, stranger)
    with pytest.raises(BundleError) as caught:
        office.receive(forged)
    assert caught.value.problem == "bundle-forged"
    resigned(up, forged, stranger, sender=format_.Party(device="d-nobody", replica="r-1"))
    with pytest.raises(BundleError, match="不认识"):
        office.receive(forged)


def test_an_answer_that_the_centre_did_not_sign_is_refused(
    desk: Desk, down: Path, at_desk: Attempt, office: Office
) -> None:
    forged = office.stick / "forged.zzb"
    resigned(down, forged, _signing_key(desk))
    at_desk(forged.read_bytes())


# ---- for or from somebody else --------------------------------------------------------------------------------------


def test_a_bundle_to_the_centre_is_not_read_by_a_desk(office: Office, desk: Desk, up: Path) -> None:
    other = office.desk("huang")
    before = desk_digest(other)
    for reader in (other, desk):
        with pytest.raises(RefusedError, match="给中心的数据包"):
            stick.take_in(reader, up)
    assert desk_digest(other) == before


def test_an_answer_is_for_one_desk_only(office: Office, desk: Desk, down: Path) -> None:
    other = office.desk("huang")
    before = desk_digest(other)
    with pytest.raises(RefusedError, match="带到那台工作站"):
        stick.take_in(other, down)
    assert desk_digest(other) == before
    with pytest.raises(age.UnreadableError):
        read_frame(down, age.identity(_reading_secret(other)))
    with pytest.raises(BundleError) as caught:
        office.receive(down, "never.zzb")
    assert caught.value.problem == "bundle-not-up"
    assert stick.take_in(desk, down).pushed == 9


def test_nobody_on_the_way_can_read_it(office: Office, desk: Desk, up: Path, down: Path) -> None:
    for path in (up, down):
        assert "路灯".encode() not in path.read_bytes()
        assert b"lin" not in path.read_bytes()[: parts(path.read_bytes())["header"][0][1]]
    assert read_frame(up, keys.reader(office.server.centre))
    assert read_frame(down, age.identity(_reading_secret(desk)))


def test_another_centre_refuses_and_is_refused(
    office: Office, desk: Desk, up: Path, down: Path, clock: FixedClock
) -> None:
    with ServerThread(office.folder / "other", clock=clock) as other:
        before = centre_digest(other)
        with pytest.raises(BundleError, match="另一个中心"):
            receive(other.centre, up, office.stick / "never.zzb")
        assert centre_digest(other) == before
        theirs = office.desk("huang", other)
        receive(other.centre, office.up(theirs, "theirs.zzb"), office.stick / "their answer.zzb")
    with pytest.raises(KnownError, match="没有改"):
        stick.take_in(desk, office.stick / "their answer.zzb")
    assert stick.take_in(desk, down).pushed == 9


def test_an_answer_to_an_earlier_life_of_the_desk_is_refused(office: Office, desk: Desk, down: Path) -> None:
    with desk.store.writer() as session:
        outbox.become_new_replica(session, desk.clock)
        session.commit()
    before = desk_digest(desk)
    with pytest.raises(RefusedError, match="恢复或重新登记以前"):
        stick.take_in(desk, down)
    assert desk_digest(desk) == before
    assert office.round(desk).pushed == 9


def test_a_bundle_of_a_history_that_is_not_the_centres_is_refused(office: Office, desk: Desk, up: Path, down: Path) -> None:
    with office.server.centre.database.writing() as connection:
        connection.execute(update(meta).values(epoch="e-other", lineage='["e-other"]'))
    before = centre_digest(office.server)
    with pytest.raises(BundleError, match="隔着一次恢复"):
        office.receive(up, "never.zzb")
    assert centre_digest(office.server) == before
    with desk.store.writer() as session:
        state.get_state(session).epoch = "e-other"
        session.commit()
    before = desk_digest(desk)
    with pytest.raises(BundleError, match="隔着一次恢复"):
        stick.take_in(desk, down)
    assert desk_digest(desk) == before


def test_a_restore_of_the_centre_is_heard_of_by_stick(office: Office, desk: Desk, up: Path) -> None:
    with office.server.centre.database.writing() as connection:
        connection.execute(update(meta).values(epoch="e-restored"))
    done = office.receive(up)
    assert (done.operations, done.stopped) == (0, "epoch-changed")
    assert "中心从备份恢复过" in "".join(stick.take_in(desk, office.stick / "down.zzb").notices)
    assert office.round(desk).pushed == 9


def test_a_cloned_desk_hears_of_it_by_stick_and_numbers_anew(office: Office, desk: Desk) -> None:
    office.round(desk)
    report(desk, "还有一盏")
    with office.server.centre.database.writing() as connection:
        last = connection.execute(select(op_log)).mappings().first()
        taken = {"op_id": str(uuid.uuid4()), "op_no": 10}
        connection.execute(op_log.insert(), {**last, **taken})
        connection.execute(update(replica).values(last_op_no=10))
    notices = office.round(desk).notices
    assert "重新编号" in notices[0]
    assert office.round(desk).pushed == 1


def set_status(office: Office, status: str) -> None:
    with office.server.centre.database.writing() as connection:
        connection.execute(update(device).values(status=status))


def test_a_dead_device_is_heard_no_more(office: Office, desk: Desk, up: Path) -> None:
    set_status(office, accounts.DEAD)
    before = centre_digest(office.server)
    with pytest.raises(WireError) as caught:
        office.receive(up)
    assert caught.value.code == "device-dead"
    assert centre_digest(office.server) == before


def test_a_device_in_escrow_hands_over_its_work_and_gets_nothing(office: Office, desk: Desk, up: Path) -> None:
    set_status(office, accounts.ESCROW)
    done = office.receive(up)
    assert (done.outcomes, done.records, done.stopped) == ({"quarantined": 9}, 0, None)
    with pytest.raises(DeviceWithdrawnError):
        stick.take_in(desk, office.stick / "down.zzb")
    assert state_of(desk).pending == 0


def test_an_account_that_was_stopped_is_heard_no_more(office: Office, desk: Desk) -> None:
    other = office.desk("huang")
    for each in (desk, other, desk):
        office.round(each)
    disable_account(desk, "huang")
    office.round(desk)
    report(other)
    up = office.up(other)
    before = centre_digest(office.server)
    with pytest.raises(WireError) as caught:
        office.receive(up)
    assert caught.value.code == "account-disabled"
    assert centre_digest(office.server) == before
