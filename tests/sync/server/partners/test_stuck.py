"""One thing that is bad keeps nothing else back: an order with strange files, a file that cannot be had, a server away."""

from __future__ import annotations

import hashlib
import os
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from sync.server.open311.config import Open311
from sync.server.partners import carrying, enclosures, outgoing
from sync.server.partners import files as dropping
from sync.server.partners.engine import run_once
from sync.server.partners.messages import Outgoing, PartnerError, Receipt
from sync.server.partners.rest import Rest
from sync.server.tables import blob
from tests.sync.server.partners.conftest import BOTH_DATABASES, STATION, Town, order_of, send
from tests.sync.server.partners.foreign import Foreign, Heard, Reply
from tests.sync.server.partners.test_arriving import ORDER, PAPER, came, errors, lay
from tests.sync.server.partners.test_enclosures import (
    attach,
    dropped,
    hand,
    orders,
    paper,
    parts,
    photo,
    register,
)
from tests.sync.server.partners.test_hostile import Told
from tests.sync.server.wire import rows
from zzdesk.desk.session import Desk
from zzdesk.evidence.models import Attachment
from zzdesk.handover import files
from zzdesk.handover.models import HandoverOrder
from zzdesk.handover.queries import Files
from zzdesk.store.unit import ChangeSet, UnitOfWork


def secret_of(folder: Path) -> str:
    secret = folder / "secret"
    secret.write_text("geheim")
    secret.chmod(0o600)
    return str(secret)


# ---- out ------------------------------------------------------------------------------------------------------------


@BOTH_DATABASES
def test_names_that_begin_alike_and_an_order_that_cannot_be_noted_stop_nobody(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch, expect_log: Any
) -> None:
    """A desk that is no program of ours: names of files that are none of records, and as long as it likes."""
    expect_log("an order for a partner failed: ValueError")
    order, ill = hand(desk, register(desk)), hand(desk, register(desk))

    def lie(work: UnitOfWork) -> ChangeSet:
        work.get(HandoverOrder, order).files = frozenset({"a" * 100 + "1", "a" * 100 + "2"})
        return work.commit()

    desk.write(lie)
    real = enclosures.note

    def note(centre: Any, connection: Any, state: Any) -> int:
        if state.id == ill:
            raise ValueError
        return real(centre, connection, state)

    monkeypatch.setattr(enclosures, "note", note)
    assert town.round().sent == 1
    assert [row.what for row in outgoing.gone(town.server.centre, order)] == ["order"]
    _, urgent = send(desk, "110")
    assert town.round().sent == 1
    assert len(outgoing.gone(town.server.centre, urgent)) == 1


def test_an_order_names_only_the_files_that_follow_it(town: Town, desk: Desk, tmp_path: Path) -> None:
    line = dropping.FileDrop(
        code="12345", adapter="files", station=STATION, folder=str(town.folder / "12345"), file_types=("image/jpeg",)
    )
    town.lines = (line,)
    report = register(desk)
    attach(desk, report, photo(tmp_path))
    attach(desk, report, paper(tmp_path), "other")
    hand(desk, report)
    town.round()
    assert [each["name"] for each in orders(town)[0]["files"]] == list(dropped(town))


class Slow:
    """An adapter that takes orders, and of their files all but those of one order."""

    def __init__(self, never: str) -> None:
        self.never, self.carried = never, list[str]()

    def send(self, message: Outgoing) -> Receipt | None:
        return None

    def receive(self) -> Any:
        return iter(())

    def carry(self, message: Outgoing, content: Any) -> Receipt | None:
        self.carried.append(message.order)
        if message.order == self.never:
            raise PartnerError("对方暂时办不了（500），稍后再试")
        return None


def test_a_file_that_never_gets_there_keeps_no_other_back(town: Town, desk: Desk, tmp_path: Path) -> None:
    made = []
    for colour in ("red", "blue"):
        report = register(desk, urgency="high" if colour == "red" else "low")
        attach(desk, report, photo(tmp_path, colour))
        made.append(hand(desk, report))
    town.sync()
    slow = Slow(made[0])
    for _ in range(2):
        run_once(town.server.centre, [Told(code="12345", made=slow)])
        town.clock.advance(60)
    assert made[1] in slow.carried


def heavy(limit: int, heard: list[Heard], status: int = 413) -> Any:
    """Return what a server answers that takes no body larger than ``limit``."""

    def answer(each: Heard) -> Reply:
        if each.method != "POST":
            return 200, []
        heard.append(each)
        return (status, b"too big") if len(each.body) > limit else (200, [{"service_request_id": str(len(heard))}])

    return answer


def city(foreign: Foreign, folder: Path) -> Open311:
    return Open311(code="city", adapter="open311", station=STATION, url=foreign.url, key_file=secret_of(folder), media=True)


def test_an_order_by_open311_goes_without_its_photos_where_they_are_too_large(town: Town, desk: Desk, tmp_path: Path) -> None:
    heard: list[Heard] = []
    report = register(desk)
    attach(desk, report, photo(tmp_path))
    hand(desk, report, "city")
    with Foreign(heavy(700, heard)) as foreign:
        town.lines = (city(foreign, tmp_path),)
        assert town.round().sent == 1
    assert len(heard) == 2
    assert order_of(desk, report).files.others == ((files.SIZE, 1),)
    assert outgoing.outstanding(town.server.centre) == []


def test_an_order_by_open311_goes_without_photos_with_which_the_server_fails_again_and_again(
    town: Town, desk: Desk, tmp_path: Path
) -> None:
    heard: list[Heard] = []
    report = register(desk)
    attach(desk, report, photo(tmp_path))
    hand(desk, report, "city")
    with Foreign(heavy(700, heard, 503)) as foreign:
        town.lines = (city(foreign, tmp_path),)
        assert [town.round().sent for _ in range(carrying.WITH_FILES) if town.clock.advance(3600) is None] == [0, 0, 1]
    assert order_of(desk, report).files.others == ((files.REFUSED, 1),)
    assert outgoing.outstanding(town.server.centre) == []


def test_a_spoilt_photo_keeps_no_order_back_and_together_they_have_a_bound(
    town: Town, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Any
) -> None:
    expect_log("failed: BrokenBlobError")
    heard: list[Heard] = []
    report = register(desk)
    seen = [attach(desk, report, photo(tmp_path, each)) for each in ("red", "blue", "green")]
    town.sync()
    store = enclosures.blobs.files_of(town.server.centre)
    sizes = {row.sha256: row.size for row in rows(town.server, blob)}
    with desk.store.reader() as session:
        shared = {each: str(session.get_one(Attachment, each).shared_sha256) for each in seen}
    first, second, _ = sorted(seen)
    path = store.path(shared[first])
    path.write_bytes(path.read_bytes()[:-20] + b"\xff" * 20)
    monkeypatch.setattr(carrying, "TOGETHER", sizes[shared[second]])
    hand(desk, report, "city")
    with Foreign(heavy(10**6, heard)) as foreign:
        town.lines = (city(foreign, tmp_path),)
        assert town.round().sent == 1
    assert [hashlib.sha256(each).hexdigest() for each in parts(heard[0])["media"]] == [shared[second]]
    assert order_of(desk, report).files == Files(3, 1, 0, ((files.BROKEN, 1), (files.TOO_MUCH, 1)))
    assert outgoing.outstanding(town.server.centre) == []


class _KilledError(BaseException):
    """The program ends here, without a last word."""


def test_killed_after_an_order_went_with_its_photos_nobody_says_that_they_did_not(
    town: Town, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = register(desk)
    attach(desk, report, photo(tmp_path))
    hand(desk, report, "city")

    def dies(*_: Any, **__: Any) -> None:
        raise _KilledError

    with Foreign(heavy(10**6, [])) as foreign:
        town.lines = (city(foreign, tmp_path),)
        town.sync()
        with monkeypatch.context() as patched:
            patched.setattr(enclosures, "went_along", dies)
            with pytest.raises(_KilledError):
                run_once(town.server.centre, town.lines)
        town.clock.advance(3600)
        town.round()
    assert order_of(desk, report).files == Files(1, 1, 0, ())


# ---- in -------------------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_had_keeps_no_other_order_back(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A name that no folder takes is refused; what cannot be read now waits alone, the file of an order and the order."""
    real = dropping._rows

    def unreadable(path: Path) -> Any:
        if path.name == "b.json":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(dropping, "_rows", unreadable)
    long = {"name": "楼" * 100 + ".jpg", "sha256": "a" * 64}
    for age, (name, order) in enumerate((("a.json", {"files": [long]}), ("b.json", {}), ("c.json", {}))):
        path = town.drop("12345", name, {"external_ref": f"GD-{name}", "title": "路灯"} | order)
        os.utime(path, (age, age))
    done = town.round()
    assert (done.taken, done.refused) == (1, 1)
    assert "files[1]" in errors(town, "a.json")
    assert town.names("12345", "in") == ["b.json"]
    assert any("b.json" in why for _, why in done.problems)
    assert town.names("12345", "done") == ["c.json"]


def test_the_shape_of_an_orders_files_refuses_no_order(town: Town, desk: Desk) -> None:
    good = lay(town, "a.txt", PAPER)
    for name, given in (
        ("1", ["http://x/a.jpg", good]), ("2", [{"url": "http://x/a.jpg", "name": "a"}]), ("3", "a.jpg,b.jpg"), ("4", {"a": 1}),
        ("5", None),
    ):  # fmt: skip
        town.drop("12345", f"{name}.json", ORDER | {"工单编号": f"GD-{name}", "附件": given})
    town.round()
    found = desk.read(lambda read: len(read.session.query(HandoverOrder).all()))
    assert (found, town.names("12345", "done")) == (5, ["5.json"])
    assert "files[1]" in errors(town, "1.json")
    assert "files[2]" not in errors(town, "1.json")


def office(inside: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(inside, "<x/>")
    return made.getvalue()


def test_what_a_file_is_follows_from_its_bytes_not_from_its_name(town: Town, desk: Desk) -> None:
    bad = {
        "a.pdf": b"MZ\x90\x00", "b.docx": b"MZ\x90\x00", "c.xls": b"%PDF-1.4", "d.docx": office("xl/workbook.xml"),
        "e.txt": b"MZ\x00\x00",
    }  # fmt: skip
    good = {
        "f.pdf": b"%PDF-1.4\n", "g.docx": office("word/document.xml"), "h.xlsx": office("xl/workbook.xml"),
        "i.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "j.txt": "现场".encode("gb18030"),
    }  # fmt: skip
    town.drop("12345", "1.json", ORDER | {"files": [lay(town, name, content) for name, content in (bad | good).items()]})
    town.round()
    assert [f"files[{n}]" in errors(town, "1.json") for n in range(1, 11)] == [True] * 5 + [False] * 5
    assert len(came(desk)[1]) == 5


def test_by_http_one_parcel_waits_alone_and_a_refused_key_is_not_a_missing_file(
    town: Town, desk: Desk, tmp_path: Path
) -> None:
    waiting, status = {"p1", "p2"}, [503]
    refused: list[str] = []

    def answer(heard: Heard) -> Reply:
        if heard.path.endswith("/outbox"):
            first = {"type": "order", "external_ref": "p1", "title": "占道", "files": [{"name": "a.txt", "sha256": "5" * 64}]}
            second = {"type": "order", "external_ref": "p2", "title": "占道", "files": ["http://x/b.jpg"]}
            found = {"p1": first, "p2": second}
            return 200, {"parcels": [{"name": name, "items": [found[name]]} for name in sorted(waiting)]}
        if "/files/" in heard.path:
            return status[0], None
        waiting.discard(heard.path.split("/")[-2])
        refused.append(heard.body.decode())
        return 204, None

    with Foreign(answer) as foreign:
        town.lines = (
            Rest(code="city", adapter="rest", station=STATION, url=foreign.url, secret_file=secret_of(tmp_path), auth="hmac"),
        )
        town.round()
        assert waiting == {"p1"}, "the other one was taken, and told what its file lacks"
        assert "files[1]" in refused[0]
        status[0] = 403
        done = town.round()
        assert waiting == {"p1"}
        assert any("密钥" in why for _, why in done.problems)
        status[0] = 404
        town.round()
    assert waiting == set()
    assert "没有这个文件" in refused[1]
