"""Files of partners' orders: kept with the report, hashed, once; a bad one is named with its place and keeps nothing back."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

import pytest

from sync.server.partners import arriving
from sync.server.partners.engine import run_once
from sync.server.partners.rest import Rest
from sync.server.tables import blob_ref
from tests.sync.server.partners.conftest import BOTH_DATABASES, STATION, Town, order_of
from tests.sync.server.partners.foreign import Foreign, Heard, Reply
from tests.sync.server.partners.test_enclosures import SECRET_PLACE, hand, photo
from tests.sync.server.wire import rows
from zzdesk.desk import records
from zzdesk.desk.session import Desk
from zzdesk.evidence.queries import AttachmentRow
from zzdesk.handover.queries import Files

ORDER: Final = {
    "工单编号": "GD-1", "标题": "井盖坏了", "类别": "道路设施", "地址": "新桥路8号", "诉求人": "林志强",
    "联系电话": "13805961234",
}  # fmt: skip
PAPER: Final = "现场说明".encode()


def lay(town: Town, name: str, content: bytes, code: str = "12345") -> dict[str, Any]:
    """Lay a file where a partner lays them, and return how its order names it."""
    into = town.folder / code / "in" / "files"
    into.mkdir(parents=True, exist_ok=True)
    (into / name).write_bytes(content)
    return {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def came(desk: Desk) -> tuple[str, tuple[AttachmentRow, ...]]:
    """Return the report that came, and its files."""
    (report,) = desk.read(records.list_records, "report", {}).rows
    return report["id"], desk.read(records.attachments, "report", report["id"])


def errors(town: Town, name: str) -> str:
    return (town.folder / "12345" / "failed" / f"{name}.error.txt").read_text("utf-8-sig")


@BOTH_DATABASES
def test_the_photo_of_an_order_is_with_its_report_and_goes_on_as_its_copy(
    town: Town, desk: Desk, tmp_path: Path
) -> None:
    picture = photo(tmp_path).read_bytes()
    named = [lay(town, "林志强家.jpg", picture), lay(town, "a.txt", PAPER)]
    for name in ("1.json", "2.json"):
        town.drop("12345", name, ORDER | {"files": named})
    done = town.round()
    assert (done.taken, done.again, done.refused) == (1, 1, 0)
    report, found = came(desk)
    assert {(each.purpose, each.mime, each.size) for each in found} == {
        ("photo", "image/jpeg", len(picture)), ("other", "text/plain", len(PAPER))}  # fmt: skip
    assert "林志强" not in repr(found)
    assert all(row.here and row.vouched for row in rows(town.server, blob_ref))
    town.sync()
    hand(desk, report, "city", reason="归城管")
    assert town.round().sent == 3
    sent = {path.name: path.read_bytes() for path in (town.folder / "city" / "out").iterdir() if path.suffix != ".csv"}
    assert not any(SECRET_PLACE.encode() in content for content in sent.values())
    assert PAPER in sent.values()
    (order,) = [row for row in desk.read(records.list_records, "handover_order", {}).rows if row["partner"] == "city"]
    assert len(order["files_state"]) == 2


def test_a_bad_file_is_named_with_its_place_and_comes_again_when_it_is_good(town: Town, desk: Desk, tmp_path: Path) -> None:
    good, other = lay(town, "a.txt", PAPER), lay(town, "b.txt", b"x")
    outside = town.folder / "12345" / "secret.txt"
    outside.write_bytes(b"not yours")
    bad = [
        good, other | {"sha256": "0" * 64}, {"name": "none.txt", "sha256": "1" * 64}, {"name": "voice.mp3", "sha256": "2" * 64},
        {"name": "c.txt", "sha256": "nothing"}, other | {"name": "b.txt", "size": 10**9},
        {"name": "../../secret.txt", "sha256": hashlib.sha256(b"not yours").hexdigest()}, lay(town, "no.jpg", b"no photo"),
    ]  # fmt: skip
    town.drop("12345", "1.json", ORDER | {"files": bad})
    done = town.round()
    assert (done.taken, done.refused) == (0, 1)
    text = errors(town, "1.json")
    missing = "没有这个文件"
    for place, why in ((2, "与写明的"), (3, missing), (4, "不收这种文件"), (5, "64位"), (6, "太大"), (7, missing), (8, "照片")):
        assert f"files[{place}]" in text, place
        assert why in text, why
    assert "files[1]" not in text
    _, found = came(desk)
    assert [each.sha256 for each in found] == [good["sha256"]], "the order and its good file are in"
    town.drop("12345", "2.json", ORDER | {"附件": [good, lay(town, "b.txt", b"x")]})
    assert town.round().refused == 0
    assert len(came(desk)[1]) == 2
    town.drop("12345", "3.json", ORDER | {"files": [{"name": f"{n}.txt", "sha256": "3" * 64} for n in range(21)]})
    town.round()
    assert "最多 20 个文件" in errors(town, "3.json")
    assert order_of(desk, came(desk)[0]).files == Files()


class _KilledError(BaseException):
    """The program ends here, without a last word."""


def test_killed_between_the_bytes_and_the_word_of_them_the_file_is_in_once(
    town: Town, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.drop("12345", "1.json", ORDER | {"files": [lay(town, "a.jpg", photo(tmp_path).read_bytes())]})
    town.sync()
    real, calls = arriving._store, iter(range(9))

    def dying(*args: Any) -> None:
        real(*args)
        if next(calls) == 1:
            raise _KilledError

    with monkeypatch.context() as patched:
        patched.setattr(arriving, "_store", dying)
        with pytest.raises(_KilledError):
            run_once(town.server.centre, town.lines)
    done = town.round()
    assert (done.taken, done.refused, len(came(desk)[1])) == (1, 0, 1)
    assert town.names("12345", "done") == ["1.json"]


def test_by_http_a_file_that_cannot_be_fetched_now_comes_with_the_next_round(town: Town, desk: Desk, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    secret.chmod(0o600)
    good, large = hashlib.sha256(PAPER).hexdigest(), "4" * 64
    waiting, refused, busy = {"p1"}, list[Any](), [True]

    def answer(heard: Heard) -> Reply:
        if heard.path.endswith("/outbox"):
            files = [{"name": "a.txt", "sha256": good}, {"name": "b.txt", "sha256": large}, {"name": "c.txt", "sha256": "5" * 64}]
            order = {"type": "order", "external_ref": "GD-7", "title": "占道经营", "files": files}
            return 200, {"parcels": [{"name": name, "items": [order]} for name in sorted(waiting)]}
        if heard.path.endswith(good):
            return (503, None) if busy else (200, PAPER)
        if heard.path.endswith(large):
            return 200, b"x" * 5000
        if "/files/" in heard.path:
            return 404, None
        waiting.clear()
        refused.extend(json.loads(heard.body)["refused"])
        return 204, None

    with Foreign(answer) as foreign:
        town.lines = (
            Rest(
                code="city", adapter="rest", station=STATION, url=foreign.url, secret_file=str(secret), auth="hmac",
                file_bytes=4000,
            ),
        )  # fmt: skip
        first = town.round()
        assert (first.taken, len(first.problems), waiting) == (0, 1, {"p1"})
        assert came(desk)[1] == (), "the order itself is in"
        busy.clear()
        town.round()
    assert [each.sha256 for each in came(desk)[1]] == [good]
    (told,) = refused
    assert all(part in told["why"] for part in ("files[2]", "太大", "files[3]", "没有这个文件"))
