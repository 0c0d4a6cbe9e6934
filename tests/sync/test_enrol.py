"""Enrolling again with a code that is refused leaves the enrolment that is in force untouched."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.device import KEY_FILE, LOST, device_key, place_of
from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.keyrings import InMemory
from zzdesk.clock import FixedClock
from zzdesk.desk.backup import DEVICE_PUBLIC
from zzdesk.desk.session import Desk, create_home
from zzdesk.errors import KnownError, RefusedError
from zzdesk.store import audit
from zzdesk.store.keys import TEST_COST

STATION = "350602002004"


@pytest.fixture
def desk(home: Path, clock: FixedClock) -> Iterator[Desk]:
    made, _ = create_home(home, STATION, "lin", "Zhangzhou-2026-desk", clock=clock, cost=TEST_COST)
    yield made
    made.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerThread]:
    running = ServerThread(tmp_path / "centre").start()
    yield running
    running.stop()


def test_a_used_code_does_not_end_the_enrolment_in_force(desk: Desk, server: ServerThread) -> None:
    code = server.enrol_code(STATION)
    enrol(desk, server.url, code)
    with pytest.raises(KnownError):
        enrol(desk, server.url, code)
    assert sync_once(desk).pending == 0


def test_a_new_code_makes_the_desk_a_new_device(desk: Desk, server: ServerThread) -> None:
    first = enrol(desk, server.url, server.enrol_code(STATION))
    second = enrol(desk, server.url, server.enrol_code(STATION))
    assert first != second
    assert sync_once(desk).pending == 0


def test_the_device_key_lies_in_the_system_keyring_and_nowhere_else(
    desk: Desk, server: ServerThread, system_keyring: InMemory
) -> None:
    enrol(desk, server.url, server.enrol_code(STATION))
    assert place_of(desk.home) == "keyring"
    assert not list(desk.home.glob("device.key*"))
    (sealed,) = system_keyring.kept.values()
    secret = desk_key(desk).private_bytes_raw()
    assert base64.b64encode(secret).decode() not in sealed
    assert secret not in base64.b64decode(sealed)  # sealed with the data key: the keyring alone is not enough
    assert sync_once(desk).pending == 0


def test_without_a_keyring_it_is_a_file_that_only_its_owner_reads(desk: Desk, server: ServerThread) -> None:
    enrol(desk, server.url, server.enrol_code(STATION))
    assert place_of(desk.home) == "file"
    assert (desk.home / KEY_FILE).stat().st_mode & 0o077 == 0
    assert sync_once(desk).pending == 0


def test_a_keyring_that_appears_later_takes_the_next_key(
    desk: Desk, server: ServerThread, request: pytest.FixtureRequest
) -> None:
    enrol(desk, server.url, server.enrol_code(STATION))
    request.getfixturevalue("system_keyring")
    assert sync_once(desk).pending == 0  # the file still serves
    enrol(desk, server.url, server.enrol_code(STATION))
    assert place_of(desk.home) == "keyring"
    assert sync_once(desk).pending == 0


def test_a_copy_of_the_home_on_another_machine_has_to_enrol_anew(
    desk: Desk, server: ServerThread, system_keyring: InMemory
) -> None:
    enrol(desk, server.url, server.enrol_code(STATION))
    sync_once(desk)
    system_keyring.kept.clear()  # another machine's
    with pytest.raises(RefusedError) as caught:
        sync_once(desk)
    assert caught.value.message == LOST
    enrol(desk, server.url, server.enrol_code(STATION))
    assert sync_once(desk).pending == 0


def test_a_keyring_that_keeps_nothing_is_not_relied_upon(
    desk: Desk, server: ServerThread, system_keyring: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_keyring, "set_password", lambda *_: None)
    enrol(desk, server.url, server.enrol_code(STATION))
    assert place_of(desk.home) == "file"
    assert sync_once(desk).pending == 0


def test_stopped_before_the_key_was_in_its_place(
    desk: Desk, server: ServerThread, system_keyring: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sync.client.enrol.put_in_force", stopped)
        with pytest.raises(KeyboardInterrupt):
            enrol(desk, server.url, server.enrol_code(STATION))
    assert sync_once(desk).pending == 0
    assert place_of(desk.home) == "keyring"


def desk_key(desk: Desk) -> Ed25519PrivateKey:
    with desk.store.reader() as session:
        return device_key(desk.home, desk.store.key, audit.local_value(session, DEVICE_PUBLIC))
