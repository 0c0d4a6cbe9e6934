"""The centre's signing key: announced at enrolment, kept by the desk, and never exchanged behind its back."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.protocol import ED25519
from sync.server import keys
from sync.server.database import RECEIPT_FILE
from sync.server.run import ServerThread, open_centre
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk, create_home
from zzdesk.errors import NotOursError
from zzdesk.ops import state
from zzdesk.store.keys import TEST_COST

STATION = "350602002004"


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    made, _ = create_home(tmp_path / "desk", STATION, "lin", "Tea-table 2026 desk", clock=clock, cost=TEST_COST)
    yield made
    made.close()


@pytest.fixture
def serve(tmp_path: Path, clock: FixedClock) -> Callable[[], ServerThread]:
    return lambda: ServerThread(tmp_path / "centre", clock=clock)


def kept(desk: Desk) -> list[str] | None:
    with desk.store.reader() as session:
        return state.get_state(session).server_keys


def forget(desk: Desk, keys_left: list[str] | None = None) -> None:
    with desk.store.writer() as session:
        state.get_state(session).server_keys = keys_left
        session.commit()


def test_what_the_centre_signs_is_checked_with_the_key_it_announced(
    desk: Desk, serve: Callable[[], ServerThread]
) -> None:
    with serve() as server:
        enrol(desk, server.url, server.enrol_code(STATION))
        signature = base64.b64decode(keys.sign(server.centre, b"said"))
        with desk.store.reader() as session:
            found = state.server_key(session, ED25519)
        assert found is not None
        Ed25519PublicKey.from_public_bytes(base64.b64decode(found.removeprefix(ED25519))).verify(signature, b"said")
        assert sync_once(desk).pending == 0
    with serve() as server:  # the same secret, the same key
        assert kept(desk) == keys.announced(server.centre)


def test_the_key_lies_outside_the_database(tmp_path: Path, serve: Callable[[], ServerThread]) -> None:
    centre = open_centre(tmp_path / "centre")
    before = keys.public(centre)
    centre.database.close()
    (tmp_path / "centre" / RECEIPT_FILE).write_text(bytes(32).hex())
    centre = open_centre(tmp_path / "centre")
    assert keys.public(centre) != before
    centre.database.close()


def test_a_key_that_changed_is_refused_until_the_desk_enrols_again(
    tmp_path: Path, desk: Desk, serve: Callable[[], ServerThread]
) -> None:
    with serve() as server:
        enrol(desk, server.url, server.enrol_code(STATION))
        sync_once(desk)
    before = kept(desk)
    (tmp_path / "centre" / RECEIPT_FILE).write_text(bytes(32).hex())
    with serve() as server:
        # The port is another one, and codes made with the old secret are gone with it: only the address is mended.
        with desk.store.writer() as session:
            state.get_state(session).server_url = server.url
            session.commit()
        with pytest.raises(NotOursError, match="签名密钥"):
            sync_once(desk)
        assert kept(desk) == before
        enrol(desk, server.url, server.enrol_code(STATION))
        assert sync_once(desk).pending == 0
        assert kept(desk) == keys.announced(server.centre) != before


def test_a_desk_of_the_first_release_learns_the_key_from_hello(desk: Desk, serve: Callable[[], ServerThread]) -> None:
    with serve() as server:
        enrol(desk, server.url, server.enrol_code(STATION))
        forget(desk)
        sync_once(desk)
        assert kept(desk) == keys.announced(server.centre)
        forget(desk, keys.announced(server.centre)[:1])
        sync_once(desk)
        assert kept(desk) == keys.announced(server.centre)
        forget(desk, ["later:1", *keys.announced(server.centre)])
        sync_once(desk)
        assert kept(desk) == ["later:1", *keys.announced(server.centre)]
