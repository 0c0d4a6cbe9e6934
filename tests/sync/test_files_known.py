"""What a desk knows of files beyond its own: whom the centre believes, and what counts as waiting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import update

from sync.client.transport import Transport
from sync.server.run import ServerThread
from sync.server.tables import device
from tests.sync.desks import Office, content, want
from zzdesk.desk import records
from zzdesk.desk.health import sync_health
from zzdesk.evidence import local
from zzdesk.ops.membership import forget

MIB = 1024 * 1024


def test_a_file_that_came_from_elsewhere_is_shown_for_a_record_of_ones_own(
    a: Office, b: Office, tmp_path: Path
) -> None:
    """B fetched it and puts it to a report of its own: the centre hears that B holds it, and no byte goes again."""
    data = content(MIB + 5)
    (tmp_path / "b").mkdir()
    _, sha256 = a.attach(tmp_path, data)
    a.sync()
    b.sync()
    want(b, sha256, len(data))
    b.sync()
    b.attach(tmp_path / "b", data)
    assert local.where(b.blob(sha256)).state == "waiting"
    sent = b.sync().files
    assert (sent.sent, sent.bytes_sent, sent.missing) == (1, 0, 0)
    assert local.where(b.blob(sha256)).at_centre


class Narrowed(Transport):
    """A line on which the centre takes the scope away after the hello, before it is asked about files."""

    narrow: Callable[[], None]

    def call(self, path: str, *args: Any, **said: Any) -> Any:
        if path.endswith("/missing"):
            self.narrow()
        return super().call(path, *args, **said)


def test_a_scope_that_the_centre_says_nothing_of_tells_nothing_of_its_files(
    a: Office, b: Office, tmp_path: Path, server: ServerThread
) -> None:
    _, sha256 = a.attach(tmp_path, content(1000))
    a.desk.settings.files_sync = False
    a.sync()

    def narrow() -> None:
        with server.centre.database.writing() as connection:
            connection.execute(update(device).values(scope_ceiling="[]"))

    b.over(Narrowed).client.wire.narrow = narrow  # type: ignore[attr-defined]
    b.sync()
    assert local.where(b.blob(sha256)) == local.Bytes(here=False, at_centre=False, state="unknown")


def test_what_is_given_up_does_not_wait(a: Office, tmp_path: Path) -> None:
    for n in (1, 2, 3):
        (tmp_path / str(n)).mkdir()
    a.attach(tmp_path / "1", content(10, 1))
    voided, _ = a.attach(tmp_path / "2", content(20, 2))
    left, sha256 = a.attach(tmp_path / "3", content(40, 3))

    def waits() -> tuple[int, int, int]:
        with a.desk.store.reader() as session:
            found = local.waiting(session)
        assert sync_health(a.desk).files_waiting == found.size
        return found.count, found.size, found.missing

    assert waits() == (3, 70, 0)
    a.desk.write(records.act, "attachment", voided, "void", {}, "拍错了")
    assert waits() == (2, 50, 0)
    with a.desk.store.writer() as session:
        forget(session, [("attachment", left)])
        session.commit()
    assert waits() == (2, 50, 0), "its bytes may be nowhere else"
    with a.desk.store.writer() as session:
        local.refused(session, sha256, "blob-unknown")
        session.commit()
    assert waits() == (1, 10, 0)
