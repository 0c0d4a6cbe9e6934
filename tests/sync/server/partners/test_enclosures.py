"""Files that go with orders, end to end: desks, a centre, partners by folder and by HTTP; nothing that is not for them."""

from __future__ import annotations

import hashlib
import json
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image

from sync.server.open311.config import Open311
from sync.server.partners import enclosures, outgoing
from sync.server.partners import files as dropping
from sync.server.partners.engine import run_once
from sync.server.partners.rest import Rest
from tests.sync.server.partners.conftest import BOTH_DATABASES, STATION, Town, order_of
from tests.sync.server.partners.foreign import Foreign, Heard, Reply
from tests.sync.server.test_metrics import figures
from tests.sync.stations import add
from zzdesk.desk import handing, records
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence import commands as evidence
from zzdesk.evidence.models import Attachment
from zzdesk.handover import files
from zzdesk.handover.queries import Files
from zzdesk.mediation.team import require_scope
from zzdesk.mediation.voices import refuse_unheard
from zzdesk.reports import commands as reports

MAKER: Final = 0x010F
SECRET_PLACE: Final = "camera of Lin"


def photo(folder: Path, colour: str = "red") -> Path:
    """Return a photo in which the camera wrote whose it is."""
    path, exif = folder / f"{colour}.jpg", Image.Exif()
    exif[MAKER] = SECRET_PLACE
    Image.new("RGB", (8, 8), colour).save(path, exif=exif)
    return path


def paper(folder: Path, text: str = "楼道的情况") -> Path:
    path = folder / f"{len(text)}.txt"
    path.write_text(text, "utf-8")
    return path


def attach(desk: Desk, report: str, path: Path, purpose: str = "photo") -> str:
    store = records.FileStore(desk.paths.files, desk.store.key)
    return desk.write(records.attach, store, "report", report, path, {"purpose": purpose}).created[0]


def register(desk: Desk, **more: Any) -> str:
    return desk.write(reports.register, {"title": "井盖坏了", "category": "road", "address": "新桥路8号"} | more).created[0]


def hand(desk: Desk, report: str, partner: str = "12345", **more: Any) -> str:
    """Hand a report over with every file that may go, each ticked by a person; ``files=None``: nobody was asked."""
    (choice,) = [each for each in desk.read(handing.choices, report) if each.code == partner]
    more = {"files": [each.id for each in choice.files]} | more
    fields = {"report_id": report, "partner": partner, "reason": "不属本站"} | more
    return desk.write(handing.hand_over, fields).created[0]


def shared(desk: Desk, attachment: str) -> tuple[str, bytes]:
    """Return the hash and the bytes of what others may see of an attachment."""
    with desk.store.reader() as session:
        found = session.get_one(Attachment, attachment)
        sha256 = found.shared_sha256 or found.sha256
    return sha256, b"".join(records.FileStore(desk.paths.files, desk.store.key).read(sha256))


def dropped(town: Town, code: str = "12345") -> dict[str, bytes]:
    """Return the files that lie beside the orders."""
    out = town.folder / code / "out"
    return {path.name: path.read_bytes() for path in sorted(out.glob("[!.]*")) if path.suffix not in (".json", ".csv")}


def orders(town: Town, code: str = "12345") -> list[Any]:
    return [json.loads(path.read_text("utf-8")) for path in sorted((town.folder / code / "out").glob("*.json"))]


def hold_back(town: Town, room: int) -> None:
    """Let the centre have no room for bytes, or some again."""
    object.__setattr__(town.server.centre.settings, "blob_reserve", room)


@BOTH_DATABASES
def test_a_file_lies_beside_its_order_and_only_what_is_for_the_partner(town: Town, desk: Desk, tmp_path: Path) -> None:
    other = town.second()
    report = register(desk)
    seen = attach(desk, report, photo(tmp_path))
    attach(desk, report, paper(tmp_path), "identity")
    attach(desk, report, paper(tmp_path, "作证"), "evidence")
    void = attach(desk, report, photo(tmp_path, "blue"))
    desk.write(records.act, "attachment", void, "void", {}, "拍错了")
    hand(desk, report)
    assert order_of(desk, report).files == Files(1, 0, 1, (("waiting", 1),))
    assert town.round().sent == 2
    sha256, content = shared(desk, seen)
    (message,), ((name, lies),) = orders(town), dropped(town).items()
    assert message["files"] == [{"name": name, "type": "image/jpeg", "size": len(content), "sha256": sha256}]
    assert (lies, hashlib.sha256(lies).hexdigest()) == (content, sha256)
    assert SECRET_PLACE.encode() not in lies
    for each in (desk, other):
        assert order_of(each, report).files == Files(1, 1, 0, ())
    (town.folder / "12345" / "out" / name).unlink()
    assert (town.round().sent, dropped(town)) == (0, {})
    with pytest.raises(RefusedError, match="没有可以补交的文件"):
        desk.write(records.act, "handover_order", order_of(desk, report).id, "add-files", {}, None)


def test_the_order_goes_at_once_and_a_file_when_its_bytes_have_come(town: Town, desk: Desk, tmp_path: Path) -> None:
    report = register(desk)
    attach(desk, report, photo(tmp_path))
    order = hand(desk, report)
    hold_back(town, 2**60)
    assert town.round().sent == 1
    (waits,) = outgoing.outstanding(town.server.centre)
    assert (waits.what, waits.state, waits.last_error) == ("file", outgoing.LACKING, enclosures.NO_BYTES)
    assert (dropped(town), order_of(desk, report).files.to_come) == ({}, 1)
    assert figures(town.server.url)["zzsync_partner_messages{state=lacking,what=file}"] == 1
    hold_back(town, 0)
    town.clock.advance(3600)
    assert town.round().sent == 1
    assert [row.what for row in outgoing.gone(town.server.centre, order)] == ["file", "order"]
    assert (len(dropped(town)), order_of(desk, report).files) == (1, Files(1, 1, 0, ()))
    assert outgoing.outstanding(town.server.centre) == []


def test_the_same_file_twice_is_one_and_what_came_later_is_added(town: Town, desk: Desk, tmp_path: Path) -> None:
    report = register(desk)
    for _ in range(2):
        attach(desk, report, photo(tmp_path))
    order = hand(desk, report)
    assert town.round().sent == 3
    assert (len(dropped(town)), len(orders(town)[0]["files"])) == (1, 1)
    attach(desk, report, photo(tmp_path, "green"))
    assert town.round().sent == 0, "nobody has given it away yet"
    desk.write(records.act, "handover_order", order, "add-files", {}, None)
    assert town.round().sent == 1
    assert (len(dropped(town)), order_of(desk, report).files) == (2, Files(3, 3, 0, ()))


def test_what_may_not_go_any_more_does_not(town: Town, desk: Desk, tmp_path: Path) -> None:
    """Its purpose was corrected, it was declared void, its reporter asked for secrecy, or the order was taken back."""
    report, back = register(desk), register(desk)
    named, wrong, plain = (attach(desk, report, photo(tmp_path, each)) for each in ("red", "blue", "green"))
    letter = attach(desk, report, paper(tmp_path), "other")
    attach(desk, back, photo(tmp_path, "white"))
    hand(desk, report)
    gone = hand(desk, back)
    hold_back(town, 2**60)
    town.round()
    desk.write(evidence.edit, require_scope, refuse_unheard, named, {"purpose": "identity"})
    desk.write(records.act, "attachment", wrong, "void", {}, "拍错了")
    desk.write(reports.edit, report, {"name_hidden": True})
    desk.write(records.act, "handover_order", gone, "withdraw", {}, "转错了")
    hold_back(town, 0)
    town.clock.advance(3600)
    town.round()
    assert [hashlib.sha256(each).hexdigest() for each in dropped(town).values()] == [shared(desk, plain)[0]]
    assert order_of(desk, report).files == Files(4, 1, 0, (("kept", 2), ("void", 1)))
    assert letter
    assert outgoing.outstanding(town.server.centre) == []


def test_what_the_other_side_is_done_with_gets_no_more_files_and_a_closed_line_says_nothing_of_each(
    town: Town, desk: Desk, tmp_path: Path
) -> None:
    done, waits = register(desk), register(desk)
    for each in (done, waits):
        attach(desk, each, photo(tmp_path))
    order, other = hand(desk, done), hand(desk, waits)
    hold_back(town, 2**60)
    town.round()
    desk.write(records.act, "handover_order", order, "return", {}, "不属本部门")
    hold_back(town, 0)
    lines, town.lines = town.lines, ()
    town.clock.advance(7200)
    town.round()
    town.round()
    assert order_of(desk, done).files.others == (("ended", 1),)
    assert [line.text for line in order_of(desk, waits).lines] == []
    town.lines = lines
    town.clock.advance(3600)
    assert town.round().sent == 1
    assert (len(dropped(town)), order_of(desk, waits).id) == (1, other)


def test_what_somebody_carries_there_takes_its_files_along(town: Town, desk: Desk, tmp_path: Path) -> None:
    (town.folder / "12345").write_text("no folder")
    report = register(desk)
    attach(desk, report, photo(tmp_path))
    order = hand(desk, report)
    town.round()
    desk.write(records.act, "handover_order", order, "deliver", {"receipt_number": "纸质-3"}, None)
    town.round()
    assert order_of(desk, report).files.others == (("by-hand", 1),)


class _KilledError(BaseException):
    """The program ends here, without a last word."""


def test_killed_anywhere_a_file_is_there_once(
    town: Town, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before and after each of the two renames of a file, and between the last one and the word of it in the database."""
    taken: list[str] = []
    real = dropping.os.replace
    for step, colour in enumerate(("red", "blue", "green", "white", "black")):
        report = register(desk)
        attach(desk, report, photo(tmp_path, colour))
        hand(desk, report)
        town.sync()
        count = iter(range(9))

        def replace(source: Any, target: Any, count: Any = count, step: int = step) -> None:
            if ".jpg" not in str(target):
                return real(source, target)
            for after in (False, True):
                if next(count) == step:
                    raise _KilledError
                if not after:
                    real(source, target)
            return None

        def dies(*_: Any) -> None:
            raise _KilledError

        with monkeypatch.context() as patched:
            patched.setattr(dropping.os, "replace", replace)
            if step == 4:
                patched.setattr(enclosures, "sent", dies)
            with pytest.raises(_KilledError):
                run_once(town.server.centre, town.lines)
        for _ in range(2):
            taken += dropped(town)
            for name in dropped(town):
                (town.folder / "12345" / "out" / name).unlink()
            run_once(town.server.centre, town.lines)
    assert (len(taken), len(set(taken))) == (5, 5)
    assert outgoing.outstanding(town.server.centre) == []


# ---- by HTTP --------------------------------------------------------------------------------------------------------


def parts(heard: Heard) -> dict[str, list[bytes]]:
    """Return the parts of a form by name."""
    head = f"Content-Type: {heard.headers['content-type']}\r\n\r\n".encode()
    found: dict[str, list[bytes]] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + heard.body).iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        found.setdefault(name, []).append(part.get_payload(decode=True))
    return found


class City:
    """A partner's server: takes photos, once each; no other type; its first answer about a photo is lost."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.heard: list[str] = []
        self.types = {"image/jpeg"}

    def __call__(self, heard: Heard) -> Reply | None:
        if heard.path.endswith("/outbox"):
            return 200, {"parcels": []}
        self.heard.append(heard.path.rsplit("/", 1)[1])
        if heard.path.endswith("/messages"):
            return 200, {"receipt": {"number": "HZ-1", "external_ref": "GD-1"}}
        found = parts(heard)
        about, (content,) = json.loads(found["message"][0]), found["file"]
        assert hashlib.sha256(content).hexdigest() == about["file"]["sha256"]
        assert about["external_ref"] == "GD-1"
        if about["file"]["type"] not in self.types:
            return 415, b"photos only"
        new = heard.headers["idempotency-key"] not in self.files
        self.files[heard.headers["idempotency-key"]] = content
        return None if new else (200, {"receipt": {"number": "F-1"}})


def test_a_partner_by_http_has_each_file_once_and_says_which_it_does_not_take(
    town: Town, desk: Desk, tmp_path: Path
) -> None:
    secret, city = tmp_path / "secret", City()
    secret.write_text("geheim")
    secret.chmod(0o600)
    report = register(desk)
    seen, letter = attach(desk, report, photo(tmp_path)), attach(desk, report, paper(tmp_path), "other")
    order = hand(desk, report, "city")
    with Foreign(city) as foreign:
        town.lines = (Rest(code="city", adapter="rest", station=STATION, url=foreign.url, secret_file=str(secret), auth="hmac"),)
        first = town.round()
        assert city.heard[0] == "messages", "the order first"
        assert (first.sent, order_of(desk, report).state) == (1, "delivered")
        for _ in range(2):
            town.clock.advance(600)
            town.round()
        sha256, content = shared(desk, seen)
        assert city.files == {f"file/{order}/{sha256}": content}
        assert order_of(desk, report).files == Files(2, 1, 0, (("type", 1),))
        assert order_of(desk, report).files.refused == 1
        tried = len(city.heard)
        town.clock.advance(6000)
        town.round()
        assert len(city.heard) == tried, "what was refused waits for a person"
        city.types.add("text/plain")
        (key,) = [row.key for row in outgoing.outstanding(town.server.centre)]
        assert (key, outgoing.again(town.server.centre, key)) == (f"file/{order}/{letter}", 1)
        town.round()
        town.clock.advance(600)
        town.round()
    assert (order_of(desk, report).files, len(city.files)) == (Files(2, 2, 0, ()), 2)


@pytest.mark.parametrize(
    ("config", "code"),
    [({"files": False}, files.UNABLE), ({"file_types": ("image/png",)}, files.TYPE), ({"file_bytes": 10}, files.SIZE)],
)
def test_the_operator_says_what_a_partner_does_not_take(
    town: Town, desk: Desk, tmp_path: Path, config: dict[str, Any], code: str
) -> None:
    line = dropping.FileDrop(code="12345", adapter="files", station=STATION, folder=str(town.folder / "12345"), **config)
    town.lines = (line,)
    report = register(desk)
    attach(desk, report, photo(tmp_path))
    hand(desk, report)
    done = town.round()
    assert (done.sent, done.failed, dropped(town)) == (1, 1, {})
    assert order_of(desk, report).files.others == ((code, 1),)


def test_an_open311_server_gets_photos_with_the_request_or_never(town: Town, desk: Desk, tmp_path: Path) -> None:
    secret, heard = tmp_path / "secret", list[Heard]()
    secret.write_text("geheim")
    secret.chmod(0o600)

    def answer(each: Heard) -> Reply:
        heard.extend([each] if each.method == "POST" else [])
        return 200, [{"service_request_id": str(len(heard))}] if each.method == "POST" else []

    def made(*pictures: str) -> str:
        report = register(desk)
        for each in pictures:
            attach(desk, report, photo(tmp_path, each))
        attach(desk, report, paper(tmp_path), "other")
        hand(desk, report, "city")
        return report

    with Foreign(answer) as foreign:

        def line(*, media: bool) -> Open311:
            return Open311(code="city", adapter="open311", station=STATION, url=foreign.url, key_file=str(secret), media=media)

        town.lines = (line(media=True),)
        hold_back(town, 2**60)
        report = made("red")
        assert (town.round().sent, heard) == (0, []), "a little is waited for the photo"
        hold_back(town, 0)
        town.clock.advance(120)
        assert town.round().sent == 1
        form = parts(heard[0])
        assert (form["api_key"], len(form["media"])) == ([b"geheim"], 1)
        assert SECRET_PLACE.encode() not in form["media"][0]
        assert order_of(desk, report).files == Files(2, 1, 0, (("kept", 1),))
        hold_back(town, 2**60)
        late = made("blue")
        town.round()
        town.clock.advance(enclosures.PATIENCE.total_seconds())
        assert town.round().sent == 1
        assert order_of(desk, late).files.others == (("kept", 1), ("late", 1)), "a paper never goes: it might be published"
        hold_back(town, 0)
        town.lines = (line(media=False),)
        plain = made("green")
        town.round()
        assert order_of(desk, plain).files.others == (("kept", 1), ("unable", 1))
        assert heard[-1].form["service_code"] == "road"


def test_an_order_that_names_what_is_none_of_its_files_takes_nothing_along(town: Town, desk: Desk, tmp_path: Path) -> None:
    """A desk that says so against the rules: another report's photo, and one of a mediation case."""
    from zzdesk.handover.models import HandoverOrder
    from zzdesk.store.unit import ChangeSet, UnitOfWork

    report, other = register(desk), register(desk)
    case = desk.write(add, "case", {"category": "neighbours"}).created[0]
    strange = attach(desk, other, photo(tmp_path))
    store = records.FileStore(desk.paths.files, desk.store.key)
    party = desk.write(add, "party", {"case_id": case, "role": "applicant", "name": "林阿土"}).created[0]
    secret = desk.write(records.attach, store, "party", party, photo(tmp_path, "blue"), {"purpose": "photo"}).created[0]
    order = hand(desk, report)

    def lie(work: UnitOfWork) -> ChangeSet:
        work.get(HandoverOrder, order).files = frozenset({strange, secret})
        return work.commit()

    desk.write(lie)
    assert town.round().sent == 1
    assert (dropped(town), orders(town)[0].get("files")) == ({}, None)
    assert order_of(desk, report).files.others == (("kept", 2),)


def test_secrecy_lets_photos_go_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    report = register(desk, demand="tip-off", anonymous=True)
    seen = attach(desk, report, photo(tmp_path))
    attach(desk, report, paper(tmp_path), "other")
    order = hand(desk, report)
    assert desk.read(records.show, "handover_order", order)["files"] == [seen]
    off = register(desk)
    attach(desk, off, photo(tmp_path))
    order = hand(desk, off, with_files=False)
    assert "files" not in desk.read(records.show, "handover_order", order)


def test_unasked_only_pictures_of_the_matter_go_and_nothing_else_without_a_tick(desk: Desk, tmp_path: Path) -> None:
    """A photo of an identity card that somebody took in as something else, and a scan, stay here unless a person ticks them."""
    report, other = register(desk), register(desk)
    seen = attach(desk, report, photo(tmp_path))
    card = attach(desk, report, photo(tmp_path, "blue"), "other")
    never = attach(desk, report, photo(tmp_path, "green"), "identity")
    letter = attach(desk, report, paper(tmp_path), "scan")
    strange = attach(desk, other, photo(tmp_path, "white"))
    (choice,) = [each for each in desk.read(handing.choices, report) if each.code == "12345"]
    assert [(each.id, each.purpose, each.ticked) for each in choice.files] == [
        (seen, "photo", True), (card, "other", False), (letter, "scan", False)]  # fmt: skip
    assert choice.kept == 1
    for wrong in (never, strange):
        with pytest.raises(InvalidError, match="附件不能交给"):
            hand(desk, report, files=[seen, wrong])
    order = hand(desk, report, files=None)
    assert order_of(desk, report).named == {seen}
    assert {each.id for each in desk.read(handing.orders, report)[0].more} == {card, letter}
    with pytest.raises(RefusedError, match="没有勾选"):
        desk.write(records.act, "handover_order", order, "add-files", {}, None)
    desk.write(records.act, "handover_order", order, "add-files", {"files": f"{letter}, "}, None)
    assert order_of(desk, report).named == {seen, letter}
    assert not order_of(desk, hand_none(desk, other)).named


def hand_none(desk: Desk, report: str) -> str:
    hand(desk, report, files=[])
    return report
