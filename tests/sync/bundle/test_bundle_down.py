"""What the centre writes to a desk that has not asked, and what it takes away by stick: obeyed once, and only while new."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.bundle import BundleError
from sync.client import bundle as stick
from sync.client import orders
from sync.client.engine import sync_once
from sync.server import admin
from sync.server.accounts import ACTIVE, DEAD, ESCROW
from sync.server.bundle_down import Made, make_down
from sync.server.run import ServerThread
from tests.contents import desk_digest
from tests.sync.bundle.sticks import Office, report, state_of, titles
from tests.sync.stations import device_of, held, leave_team
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.mediation.models import Party


def down(office: Office, desk: Desk, name: str = "down.zzb") -> Made:
    return make_down(office.server.centre, device_of(desk), office.stick / name)


def put_in(office: Office, desk: Desk, status: str) -> None:
    admin.set_device(office.folder / "centre", None, device_of(desk), status)


def read(office: Office, desk: Desk, name: str = "down.zzb") -> int:
    return stick.take_in(desk, office.stick / name).pulled


@pytest.fixture
def pair(office: Office) -> tuple[Desk, Desk]:
    """A desk on the network, and one that was there once."""
    online, away = office.desk("lin"), office.desk("wang")
    sync_once(online)
    sync_once(away)
    return online, away


def test_a_desk_with_nothing_to_send_gets_pages_by_stick(
    office: Office, pair: tuple[Desk, Desk], clock: FixedClock
) -> None:
    online, away = pair
    for day in range(3):
        clock.advance(3600)
        report(online, f"第{day}天")
        sync_once(online)
        made = down(office, away, f"{day}.zzb")
        assert made.records >= 1
    assert read(office, away, "1.zzb") > 0
    assert sorted(titles(away).values()) == ["第0天", "第1天"]
    with pytest.raises(RefusedError, match="旧"):
        read(office, away, "0.zzb")
    assert read(office, away, "2.zzb") == 1, "it begins where the desk was heard of last, and goes on behind its cursor"
    assert titles(away) == titles(online)
    before = desk_digest(away)
    assert read(office, away, "2.zzb") == 0
    assert desk_digest(away) == before
    assert sync_once(away).pulled == 0


def test_it_is_for_one_desk_and_only_the_centres(office: Office, pair: tuple[Desk, Desk]) -> None:
    online, away = pair
    report(online)
    sync_once(online)
    down(office, away)
    before = desk_digest(online)
    with pytest.raises(RefusedError, match="没有改动"):
        stick.take_in(online, office.stick / "down.zzb")
    assert desk_digest(online) == before
    data = bytearray((office.stick / "down.zzb").read_bytes())
    data[-70] ^= 1
    (office.stick / "bad.zzb").write_bytes(bytes(data))
    before = desk_digest(away)
    with pytest.raises(BundleError):
        stick.take_in(away, office.stick / "bad.zzb")
    assert desk_digest(away) == before
    with pytest.raises(BundleError, match="答复"):
        office.receive(office.stick / "down.zzb", "never.zzb")


def test_who_gets_none(office: Office, pair: tuple[Desk, Desk], clock: FixedClock) -> None:
    _, away = pair
    with pytest.raises(NotFoundError):
        make_down(office.server.centre, "d-none", office.stick / "x.zzb")
    put_in(office, away, DEAD)
    with pytest.raises(RefusedError, match="停用"):
        down(office, away)
    never = office.desk("chen")
    with pytest.raises(RefusedError, match="密钥"):
        down(office, never)
    assert not list(office.stick.glob("*.zzb"))


def test_a_stick_that_was_overtaken_by_the_network_is_refused(
    office: Office, pair: tuple[Desk, Desk], clock: FixedClock
) -> None:
    """It could bring back what was withdrawn since."""
    online, away = pair
    report(online)
    sync_once(online)
    down(office, away)
    clock.advance(60)
    sync_once(away)
    before = desk_digest(away)
    with pytest.raises(RefusedError, match="旧"):
        stick.take_in(away, office.stick / "down.zzb")
    assert desk_digest(away) == before


def test_an_older_answer_still_brings_its_receipts_and_nothing_else(
    office: Office, pair: tuple[Desk, Desk], clock: FixedClock
) -> None:
    online, away = pair
    report(away, "离线写的")
    report(online, "联网写的")
    sync_once(online)
    office.receive(office.up(away))
    clock.advance(60)
    with pytest.MonkeyPatch.context() as patched:  # the network brings a greeting, and breaks before anything is sent
        patched.setattr("sync.client.engine.Cycle._push", lambda _: (_ for _ in ()).throw(RefusedError("cut")))
        with pytest.raises(RefusedError):
            sync_once(away)
    done = stick.take_in(away, office.stick / "down.zzb")
    assert (done.pushed > 0, done.pulled, state_of(away).pending) == (True, 0, 0)
    assert list(titles(away).values()) == ["离线写的"]


# ---- what is taken away by stick ----


def test_a_device_in_escrow_is_emptied_by_the_answer_to_what_it_handed_over(
    office: Office, pair: tuple[Desk, Desk]
) -> None:
    _, away = pair
    report(away)
    put_in(office, away, ESCROW)
    with pytest.raises(orders.DeviceWithdrawnError, match="已收回"):
        office.round(away)
    assert titles(away) == {}
    assert not away.paths.backups.exists()


def test_an_order_that_was_not_asked_for_waits_for_the_work_to_be_handed_over(
    office: Office, pair: tuple[Desk, Desk], clock: FixedClock
) -> None:
    _, away = pair
    put_in(office, away, ESCROW)
    assert down(office, away).withdrawn
    report(away, "还没送到")
    told = stick.take_in(away, office.stick / "down.zzb")
    assert [notice for notice in told.notices if "先导出" in notice]
    assert list(titles(away).values()) == ["还没送到"]
    clock.advance(60)
    with pytest.raises(orders.DeviceWithdrawnError):
        office.round(away)
    assert titles(away) == {}


def test_an_old_order_by_stick_is_not_obeyed_by_a_device_that_was_let_in_again(
    office: Office, pair: tuple[Desk, Desk], clock: FixedClock
) -> None:
    _, away = pair
    report(away)
    sync_once(away)
    put_in(office, away, ESCROW)
    down(office, away, "wipe.zzb")
    put_in(office, away, ACTIVE)
    clock.advance(60)
    sync_once(away)
    with pytest.raises(RefusedError, match="旧"):
        stick.take_in(away, office.stick / "wipe.zzb")
    assert len(titles(away)) == 1


def test_a_scope_that_was_withdrawn_goes_by_stick_too(
    team: tuple[Desk, Desk, str], server: ServerThread, clock: FixedClock, tmp_path: Path
) -> None:
    first, second, case = team
    clock.advance(120)
    sync_once(second)  # the centre notes how it stands
    leave_team(first, case)
    make_down(server.centre, device_of(second), tmp_path / "down.zzb")
    assert len(held(second, Party)) == 1
    stick.take_in(second, tmp_path / "down.zzb")
    assert held(second, Party) == set()
