"""A device that the centre takes back: its work and the bytes of its files first, then everything of it, keys before all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import zzdesk.desk.emptying as emptying
from sync.client import orders
from sync.client.transport import ProblemError, Transport
from sync.orders import Order
from sync.protocol import HelloAnswer
from sync.server import admin
from sync.server.accounts import ACTIVE, ESCROW
from sync.server.run import ServerThread
from sync.server.tables import blob, op_log
from tests.sync.desks import PASSWORD, STATION, Office, content
from tests.sync.stations import audited, data
from zzdesk.clock import FixedClock
from zzdesk.desk.backup import DEVICE_KEY, run_backup
from zzdesk.desk.session import open_desk
from zzdesk.errors import NotOursError, RefusedError
from zzdesk.reports.models import Report
from zzdesk.store.keys import KEYS_FILE, TEST_COST

NewOffice = Callable[..., Office]


def put_in(server: ServerThread, tmp_path: Path, office: Office, status: str) -> None:
    admin.set_device(data(server, tmp_path), None, office.client.device_id, status)


def with_two_files(office: Office, tmp_path: Path) -> tuple[str, str]:
    """Let the centre have one file's record without its bytes, and nothing of the other's; return their hashes."""
    found = []
    office.desk.settings.files_sync = False
    for n in (1, 2):
        (tmp_path / f"{office.desk.login}{n}").mkdir()
        found.append(office.attach(tmp_path / f"{office.desk.login}{n}", content(3000 + n, n))[1])
        if n == 1:
            office.sync()
    return found[0], found[1]


def states(server: ServerThread) -> dict[str, str]:
    with server.centre.database.reading() as connection:
        return {row.sha256: row.state for row in connection.execute(select(blob))}


def left(office: Office) -> list[str]:
    """Return the files of the home that hold more than this machine's own housekeeping."""
    kept = {
        "zzdesk.db", "zzdesk.db-wal", "zzdesk.db-shm", "keys.json", "keys.lock", "guard.bin", "guard.lock", "home.json",
        "home.lock", "audit.anchor", "outbox.journal", "outbox.journal.lock", "settings.json", "sync.lock", "ballast",
    }  # fmt: skip
    home = office.desk.home
    return sorted(str(each.relative_to(home)) for each in home.rglob("*") if each.is_file() and each.name not in kept)


def with_copies(office: Office) -> list[Path]:
    """Make every kind of copy that a home leaves behind, and return them."""
    home = office.desk.home
    run_backup(office.desk)
    aside, unfinished = home.with_name(f"{home.name}.before-20260101T000000"), home / "unfinished-20260101T000000"
    for folder in (aside, unfinished, office.desk.paths.upgrades):
        folder.mkdir()
        (folder / "zzdesk.db").write_bytes(os.urandom(100))
    (aside / KEYS_FILE).write_bytes((home / KEYS_FILE).read_bytes())
    return [aside, unfinished, office.desk.paths.upgrades, office.desk.paths.backups / "zzdesk-x", office.desk.paths.files]


def test_a_device_in_escrow_hands_over_its_files_and_nothing_of_it_remains(
    new_office: NewOffice, server: ServerThread, tmp_path: Path
) -> None:
    office = new_office()
    known, unknown = with_two_files(office, tmp_path)
    copies, stranger = with_copies(office), tmp_path / "elsewhere.before-20260101T000000"
    stranger.mkdir()
    put_in(server, tmp_path, office, ESCROW)
    with pytest.raises(orders.DeviceWithdrawnError):
        office.sync()
    assert states(server) == {known: "verified", unknown: "quarantined"}
    assert not [path for path in copies if path.exists()]
    assert stranger.exists()
    assert left(office) == []
    assert not (office.desk.home / DEVICE_KEY).exists()
    assert office.blobs() == []
    assert [line["copies"] for line in audited(office.desk, "device.emptied")] == [3]
    with pytest.raises(RefusedError, match="收回"):
        office.over(Transport)


def test_bytes_that_came_with_quarantined_work_are_given_out_when_it_is_released_and_not_before(
    new_office: NewOffice, server: ServerThread, tmp_path: Path
) -> None:
    office, other = new_office(), new_office("wang")
    _, sha256 = with_two_files(office, tmp_path)
    put_in(server, tmp_path, office, ESCROW)
    with pytest.raises(orders.DeviceWithdrawnError):
        office.sync()
    other.sync()
    assert other.blob(sha256) is None
    waiting = select(op_log.c.op_id).where(op_log.c.outcome == "quarantined").order_by(op_log.c.op_no)
    while True:
        with server.centre.database.reading() as connection:
            op_id = connection.execute(waiting).scalar()
        if op_id is None:
            break
        admin.decide(data(server, tmp_path), None, op_id, f"lin@{STATION}", "属实", let_through=True)
    other.sync()
    assert states(server)[sha256] == "verified"
    assert other.blob(sha256).centre == "verified"  # type: ignore[union-attr]


def test_a_device_in_escrow_gets_no_bytes(new_office: NewOffice, server: ServerThread, tmp_path: Path) -> None:
    office = new_office()
    _, sha256 = office.attach(tmp_path, content(1000))
    office.sync()
    put_in(server, tmp_path, office, ESCROW)
    token = office.client.token()
    for method in ("GET", "HEAD"):
        headers = {"Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0"}
        answer = office.client.wire.session.request(method, f"{server.url}/v1/blobs/{sha256}", headers=headers, timeout=10)
        assert answer.status_code == (403 if method == "GET" else 200)


def test_nothing_is_wiped_before_every_byte_has_gone(
    new_office: NewOffice, server: ServerThread, tmp_path: Path
) -> None:
    office = new_office()
    _, unknown = with_two_files(office, tmp_path)
    copies = with_copies(office)
    put_in(server, tmp_path, office, ESCROW)
    object.__setattr__(server.centre.settings, "blob_reserve", 2**60)
    with pytest.raises(ProblemError, match="中心"):
        office.sync()
    assert office.files.has(unknown)
    assert all(path.exists() for path in copies if path.name != "zzdesk-x")
    object.__setattr__(server.centre.settings, "blob_reserve", 0)
    with pytest.raises(orders.DeviceWithdrawnError):
        office.sync()
    assert states(server)[unknown] == "quarantined"


def test_a_wipe_that_was_killed_is_finished_before_anybody_works_again(
    new_office: NewOffice, server: ServerThread, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = new_office()
    with_two_files(office, tmp_path)
    copies = with_copies(office)
    put_in(server, tmp_path, office, ESCROW)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("zzdesk.desk.session.Desk.clear_away", killed)
        with pytest.raises(KeyboardInterrupt):
            office.sync()
    assert copies[0].exists()
    office.desk.close()
    with open_desk(office.desk.home, "lin", PASSWORD, clock, cost=TEST_COST) as again:
        assert not [path for path in copies if path.exists()]
        with again.store.reader() as session:
            assert list(session.scalars(select(Report))) == [], "the journal brings nothing back"
            assert not emptying.is_due(session)
    with open_desk(office.desk.home, "lin", PASSWORD, clock, cost=TEST_COST) as again:
        assert len(audited(again, "device.emptied")) == 1


class Replaying(Transport):
    """A line on which somebody who overheard an order says it again."""

    heard: Order | None = None
    say: Order | None = None

    def call(self, path: str, *args: Any, **more: Any) -> Any:
        answer = super().call(path, *args, **more)
        if isinstance(answer, HelloAnswer):
            self.heard = answer.wipe or self.heard
            answer.wipe = self.say or answer.wipe
        return answer


def test_an_old_order_is_not_obeyed_again_by_a_device_that_was_let_in_once_more(
    new_office: NewOffice, server: ServerThread, tmp_path: Path
) -> None:
    office = new_office()
    office.attach(tmp_path, content(1000))
    put_in(server, tmp_path, office, ESCROW)
    office.over(Replaying)
    object.__setattr__(server.centre.settings, "blob_reserve", 2**60)  # the bytes do not go: it is not emptied yet
    with pytest.raises(ProblemError, match="中心"):
        office.sync()
    heard = office.client.wire.heard  # type: ignore[attr-defined]
    assert heard is not None
    put_in(server, tmp_path, office, ACTIVE)
    object.__setattr__(server.centre.settings, "blob_reserve", 0)
    office.over(Replaying).client.wire.say = heard  # type: ignore[attr-defined]
    with pytest.raises(NotOursError, match="有效的签名"):
        office.sync()
    assert len(office.blobs()) == 1
    assert office.over(Transport).sync().pending == 0
