"""Bundles that come again, late or never; sticks that are full, pulled out, or hold something else."""

from __future__ import annotations

import base64
import errno
import io
import secrets
import shutil
import uuid
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import update

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync import age
from sync import bundle as format_
from sync.bundle import Bundle, BundleError, FileTroubleError, Stopped, opened, writing
from sync.client import bundle as stick
from sync.client.bundle import _reading_secret
from sync.client.engine import sync_once
from sync.client.recovery import TOLD_APART
from sync.client.transport import ProblemError
from sync.protocol import TokenRequest
from sync.server import keys
from sync.server.accounts import DEAD
from sync.server.bundle import KINDS
from sync.server.tables import device
from tests.contents import centre_digest, desk_digest
from tests.sync.bundle.sticks import (
    Office,
    good_one_still_works,
    plain,
    report,
    retitle,
    state_of,
    titles,
)
from zzdesk.desk.session import Desk, open_desk_with_key
from zzdesk.errors import RefusedError

# ---- again ----------------------------------------------------------------------------------------------------------


def test_a_bundle_that_comes_again_changes_nothing_and_is_answered_alike(
    office: Office, desk: Desk, up: Path
) -> None:
    office.receive(up, "first.zzb")
    after = centre_digest(office.server)
    office.receive(up, "second.zzb")
    assert centre_digest(office.server) == after
    assert told(office, desk, "first.zzb") == told(office, desk, "second.zzb")
    assert stick.take_in(desk, office.stick / "second.zzb").pushed == 9
    done = desk_digest(desk)
    for name in ("first.zzb", "second.zzb"):
        again = stick.take_in(desk, office.stick / name)
        assert (again.pushed, again.pulled) == (0, 0)
    assert desk_digest(desk) == done


def told(office: Office, desk: Desk, name: str) -> Any:
    with opened(office.stick / name) as bundle:
        bundle.check()
        key = age.identity(_reading_secret(desk))
        found = [(kind, msgspec.to_builtins(message)) for kind, message in bundle.messages(key, stick.KINDS)]
    return [(kind, plain(message)) for kind, message in found]


def test_an_older_answer_does_not_undo_a_newer_one(office: Office, desk: Desk, up: Path) -> None:
    office.receive(up, "old.zzb")
    report(desk, "又一盏")
    office.receive(office.up(desk, "up2.zzb"), "new.zzb")
    assert stick.take_in(desk, office.stick / "new.zzb").pushed == 10
    before = desk_digest(desk)
    stick.take_in(desk, office.stick / "old.zzb")
    assert desk_digest(desk) == before


def test_the_operations_wait_until_a_receipt_comes_back(office: Office, desk: Desk, up: Path) -> None:
    assert state_of(desk).pending == 9
    office.receive(up)
    assert state_of(desk).pending == 9
    up.unlink()
    (office.stick / "down.zzb").unlink()  # the stick is lost: the next one brings everything again
    report(desk, "又一盏")
    assert office.round(desk).pushed == 10
    assert state_of(desk).pending == 0
    assert office.round(desk).pushed == 0


def test_what_has_gone_over_the_network_meanwhile_is_no_trouble(office: Office, desk: Desk, up: Path) -> None:
    office.receive(up)
    assert sync_once(desk).pending == 0
    before = titles(desk)
    assert stick.take_in(desk, office.stick / "down.zzb").pushed == 0
    assert titles(desk) == before
    assert office.receive(up).outcomes == {"applied": 9}
    assert sync_once(desk).pushed == 0


# ---- the medium -----------------------------------------------------------------------------------------------------


def files(office: Office) -> list[str]:
    return sorted(path.name for path in office.stick.iterdir())


def test_an_export_that_was_stopped_leaves_no_file(office: Office, desk: Desk) -> None:
    class Enough(Exception):
        pass

    def stop(step: str, done: int, total: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        stick.export(desk, office.stick / "up.zzb", stop)
    assert files(office) == []
    assert state_of(desk).pending == 9
    good_one_still_works(office, desk, office.up(desk))


def test_a_stick_that_is_pulled_out_leaves_everything_pending(office: Office, desk: Desk) -> None:
    with pytest.raises(FileTroubleError, match="U盘可能已拔出"):
        stick.export(
            desk, office.stick / "up.zzb", lambda *_: shutil.rmtree(office.stick, ignore_errors=True)
        )
    assert state_of(desk).pending == 9
    with pytest.raises(FileTroubleError):
        stick.export(desk, office.stick / "up.zzb")
    office.stick.mkdir()
    good_one_still_works(office, desk, office.up(desk))


class Failing(io.FileIO):
    """A file on a stick that fails after some reads."""

    left = 6

    def read(self, size: int = -1, /) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size) or b""


def test_a_read_that_fails_is_told_as_the_mediums_fault(office: Office, up: Path) -> None:
    with Failing(up) as file, pytest.raises(FileTroubleError, match="Input/output error"):
        Bundle(file, up).check()


def test_another_file_is_never_overwritten(office: Office, desk: Desk, up: Path) -> None:
    letter = office.stick / "信.zzb"
    letter.write_bytes(b"dear colleague")
    for target in (letter, office.stick / "down.zzb"):
        office.receive(up) if target != letter else None
        before = target.read_bytes()
        with pytest.raises(FileTroubleError, match="没有覆盖"):
            stick.export(desk, target)
        assert target.read_bytes() == before
    assert files(office) == sorted(["信.zzb", "down.zzb", "up.zzb"])
    assert office.up(desk) == up  # an older bundle that goes the same way makes room


def test_a_folder_as_target_gets_a_telling_name(office: Office, desk: Desk) -> None:
    first, second = stick.export(desk, office.stick), stick.export(desk, office.stick)
    assert first.path != second.path
    assert first.path.name.startswith("zzdesk-350602002004-d-")
    assert (first.path.suffix, second.header.sequence) == (".zzb", first.header.sequence + 1)


def test_what_compresses_very_well_is_no_trap(tmp_path: Path) -> None:
    key, path = secrets.token_bytes(32), tmp_path / "x.zzb"
    header = format_.Header(
        bundle_id=str(uuid.uuid4()), kind="answer", sender=format_.Party(), to=format_.Party(), server_id="s", epoch="e",
        made_at="", sequence=1, recipient=age.recipient(key),
    )  # fmt: skip
    said = Stopped("路" * 2_000_000)
    with writing(path, header, Ed25519PrivateKey.generate().sign) as out:
        out.add("stopped", said)
    with opened(path) as bundle:
        bundle.check()
        assert list(bundle.messages(age.identity(key), {"stopped": Stopped})) == [("stopped", said)]


def test_show_tells_what_it_is_and_nothing_personal(office: Office, desk: Desk, up: Path, down: Path) -> None:
    shown = stick.show(up)
    assert (shown.whole, shown.counts, shown.header.kind) == (True, {"operations": 9}, "up")
    assert stick.show(down).counts == {"results": 9, "records": 9}
    cut = office.stick / "cut.zzb"
    cut.write_bytes(up.read_bytes()[:-10])
    assert (stick.show(cut).whole, stick.show(cut).header.bundle_id) == (False, shown.header.bundle_id)


def test_every_message_is_the_one_of_the_network(office: Office, up: Path) -> None:
    with opened(up) as bundle:
        bundle.check()
        found = list(bundle.messages(keys.reader(office.server.centre), KINDS))
    assert [kind for kind, _ in found] == ["token", "hello", "push", "push", "push"]
    token = found[0][1]
    assert isinstance(token, TokenRequest)
    assert base64.b64decode(token.sig)


# ---- carried by another desk ----------------------------------------------------------------------------------------


def test_a_desk_with_a_network_relays_for_another(office: Office, desk: Desk, up: Path) -> None:
    other, answer = office.desk("huang"), office.stick / "答复.zzb"
    assert stick.relay(other, up, answer).sender.device == state_of(desk).device_id
    assert stick.take_in(desk, answer).pushed == 9
    assert titles(other) == {}
    stick.relay(other, up, answer)  # once more, over the answer that lies there
    assert stick.take_in(desk, answer).pushed == 0


def test_what_cannot_be_relayed_is_said_before_anything_is_sent(office: Office, desk: Desk, up: Path) -> None:
    other, answer = office.desk("huang"), office.stick / "答复.zzb"
    before = centre_digest(office.server)
    cut = office.stick / "cut.zzb"
    cut.write_bytes(up.read_bytes()[:-1])
    with pytest.raises(BundleError, match="不完整或被改动过"):
        stick.relay(other, cut, answer)
    assert centre_digest(office.server) == before
    office.receive(up)
    with pytest.raises(RefusedError, match="带到那台工作站"):
        stick.relay(other, office.stick / "down.zzb", answer)
    with office.server.centre.database.writing() as connection:
        connection.execute(update(device).where(device.c.id == state_of(other).device_id).values(status=DEAD))
    with pytest.raises(ProblemError) as caught:
        stick.relay(other, up, answer)
    assert caught.value.problem == "device-dead"
    assert not answer.exists()


def test_a_copied_desk_that_only_the_stick_connects_tells_its_operations_apart_as_well(office: Office) -> None:
    """Copied while an edit could still melt into what was not exported; both write on under its one id."""
    one = office.desk()
    made = report(one, "刚登记")
    home = office.folder / "copy"
    key, login = one.store.key, one.login
    one.close()
    shutil.copytree(one.home, home)
    one, copy = (open_desk_with_key(each, login, key, office.clock) for each in (one.home, home))
    office.desks[:] = [one, copy]
    retitle(one, made, "原机写的")
    retitle(copy, made, "副本写的")
    office.receive(office.up(one, "one.zzb"), "one-down.zzb")
    assert stick.take_in(one, office.stick / "one-down.zzb").pending == 0
    notices = []
    for n in range(3):
        office.receive(office.up(copy, f"up{n}.zzb"), f"down{n}.zzb")
        done = stick.take_in(copy, office.stick / f"down{n}.zzb")
        notices += done.notices
        if not done.pending:
            break
    assert notices == [TOLD_APART, stick.EXPORT_AGAIN]
    assert (done.pending, done.conflicts) == (0, 1)
    assert titles(copy)[made] == "原机写的"
