"""A centre, a desk with work pending, its bundle and the answer to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.bundle import BundleError
from sync.client import bundle as stick
from tests.contents import centre_digest, desk_digest
from tests.sync.bundle.sticks import (
    Attempt,
    Office,
    report,
)
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk
from zzdesk.errors import KnownError
from zzdesk.ops import outbox


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    made = Office(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with some work pending; batches are small, so that a bundle has several frames of operations."""
    monkeypatch.setattr(outbox, "BATCH_OPS", 3)
    made = office.desk()
    for n in range(8):
        report(made, f"第{n}盏路灯不亮")
    return made


@pytest.fixture
def up(office: Office, desk: Desk) -> Path:
    return office.up(desk)


@pytest.fixture
def down(office: Office, up: Path) -> Path:
    office.receive(up)
    return office.stick / "down.zzb"


@pytest.fixture
def at_centre(office: Office, up: Path) -> Attempt:
    """Offer altered bytes to the centre: they are refused, and not one row of its database is another."""
    before = centre_digest(office.server)

    def attempt(data: bytes) -> None:
        assert data != up.read_bytes()
        altered = office.stick / "altered.zzb"
        altered.write_bytes(data)
        with pytest.raises(BundleError, match="什么都没有改变"):
            office.receive(altered, "never.zzb")
        assert altered.read_bytes() == data
        assert centre_digest(office.server) == before
        assert not (office.stick / "never.zzb").exists()

    return attempt


@pytest.fixture
def at_desk(office: Office, desk: Desk, down: Path) -> Attempt:
    """Offer altered bytes to the desk: likewise."""
    before = desk_digest(desk)

    def attempt(data: bytes) -> None:
        assert data != down.read_bytes()
        altered = office.stick / "altered.zzb"
        altered.write_bytes(data)
        with pytest.raises(KnownError, match="没有改"):
            stick.take_in(desk, altered)
        assert altered.read_bytes() == data
        assert desk_digest(desk) == before

    return attempt
