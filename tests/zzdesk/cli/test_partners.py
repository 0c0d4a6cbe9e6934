"""``zzdesk server partners`` as it is typed: a file that is wrong says where; a round, what waits, and trying again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sync.server.open311.keys import hash_of
from sync.server.partners import outgoing
from sync.server.partners.config import FILE, Connection, load
from sync.server.partners.messages import Adapter, Outgoing, Parcel, Receipt
from sync.server.partners.runner import LOCK, in_rounds
from sync.server.run import ServerThread, open_centre
from sync.server.tables import partner_out
from zzdesk.cli.server import server as commands
from zzdesk.clock import FixedClock, to_iso
from zzdesk.errors import BusyError, InvalidError, NotFoundError
from zzdesk.store.locks import exclusive

GOOD = """
[[partner]]
code = "12345"
adapter = "files"
station = "350602002004"
folder = "{folder}"
"""


@pytest.fixture
def data(tmp_path: Path, clock: FixedClock) -> Path:
    """A centre's folder with a partner's file."""
    with ServerThread(tmp_path / "centre", clock=clock):
        pass
    (tmp_path / "centre" / FILE).write_text(GOOD.format(folder=(tmp_path / "12345").as_posix()), "utf-8")
    return tmp_path / "centre"


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(commands, ["partners", *words, "--data", str(data)], catch_exceptions=False, standalone_mode=False)


def test_the_file_is_checked(data: Path) -> None:
    said = run(data, "check").output
    assert said.split("\t")[:3] == ["12345", "12345便民服务平台", "files"]
    assert "没有接通的：110接警平台、" in said
    shown = json.loads(run(data, "check", "--json").output)
    assert shown == {"code": "12345", "adapter": "files", "station": "350602002004", "pause": False}


WRONG = [
    ("x = [", "partners.toml", "不是TOML文件"),
    (GOOD.format(folder="/x") + "[more]", "more", "没有这一项"),
    ("", "partner", "一个对方也没有写"),
    ('[[partner]]\nadapter = "pigeon"', "partner[1].adapter", "只能是：files"),
    ('[[partner]]\nadapter = "files"\ncode = "12345"\nstation = "350602002004"', "partner[1].folder", "必填"),
    (GOOD.format(folder="/x") + 'fodler = "y"', "partner[1].fodler", "没有这一项"),
    (GOOD.format(folder="/x") + 'format = "xml"', "partner[1].format", "写法不对"),
    (GOOD.format(folder="/x").replace("12345", "119"), "partner[1].code", "没有这个转办对方"),
    (GOOD.format(folder="/x").replace("350602002004", "3506"), "partner[1].station", "12位数字"),
    (GOOD.format(folder="x"), "partner[1].folder", "完整的路径"),
    (GOOD.format(folder="/x") + 'category = "ufo"', "partner[1].category", "没有这个类别"),
    (GOOD.format(folder="/x") * 2, "partner", "写了两段"),
]


@pytest.mark.parametrize(("text", "where", "why"), WRONG)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, where: str, why: str) -> None:
    path = tmp_path / FILE
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidError) as refused:
        load(path)
    assert [problem.field for problem in refused.value.problems] == [where]
    assert why in refused.value.text()


def test_a_round_takes_in_and_says_what_it_could_not(data: Path, clock: FixedClock) -> None:
    into = data.parent / "12345" / "in"
    into.mkdir(parents=True)
    (into / "a.json").write_text('{"工单编号": "1", "标题": "井盖"}', "utf-8")
    done = run(data, "run", "--once")
    assert done.return_value == 1  # that station has never been at this centre
    assert "收下 0，重复 0，退回 1" in done.output
    assert "还没有接入中心" in (data.parent / "12345" / "failed" / "a.json.error.txt").read_text("utf-8-sig")
    with exclusive(data / LOCK), pytest.raises(BusyError):
        run(data, "run")
    with pytest.raises(NotFoundError):
        run(data.parent / "none", "list")


def test_what_waits_is_listed_and_tried_again(data: Path, clock: FixedClock) -> None:
    centre = open_centre(data, clock=clock)
    row = {
        "key": "order/1", "partner": "12345", "what": "order", "order_id": "1", "detail": None, "state": outgoing.FAILED,
        "urgent": False, "attempts": 3, "next_try": centre.now_iso(), "last_error": "断了", "made_at": centre.now_iso(),
    }  # fmt: skip
    with centre.database.writing() as connection:
        connection.execute(partner_out.insert(), row)
    centre.database.close()
    assert run(data, "list").output.split("\t")[:4] == ["order/1", "12345", "failed", "3"]
    assert json.loads(run(data, "list", "--json").output)["last_error"] == "断了"
    assert "0 个" in run(data, "retry", "order/2").output
    assert "1 个" in run(data, "retry").output
    assert json.loads(run(data, "list", "--json").output)["state"] == "waiting"
    assert run(data, "sent").output == ""
    centre = open_centre(data, clock=clock)
    with centre.database.writing() as connection:
        connection.execute(partner_out.update().values(state=outgoing.SENT, sent_at=centre.now_iso()))
    centre.database.close()
    assert run(data, "sent").output.split("\t")[:3] == ["order/1", "12345", "order"]
    shown = json.loads(run(data, "sent", "--order", "1", "--json").output)
    assert (shown["key"], shown["order"], shown["sent_at"]) == ("order/1", "1", to_iso(clock.now()))
    assert run(data, "sent", "--order", "2").output == ""


class _Told(Connection, frozen=True, kw_only=True):
    """A partner that says when somebody asks what has come."""

    asked: Any

    def open(self) -> Adapter:
        return self

    def send(self, message: Outgoing) -> Receipt | None:
        raise AssertionError(message)

    def receive(self) -> Iterator[Parcel]:
        self.asked.release()
        return iter(())


def test_a_server_does_the_rounds_by_itself(data: Path, clock: FixedClock) -> None:
    asked = threading.Semaphore(0)
    told = _Told(code="12345", adapter="told", station="350602002004", asked=asked)
    centre = open_centre(data, clock=clock)
    try:
        with in_rounds(centre, (told,), every_s=0):
            assert asked.acquire(timeout=60)
            assert asked.acquire(timeout=60)
    finally:
        centre.database.close()


def test_a_key_for_who_reports_to_us_is_shown_once_and_kept_nowhere() -> None:
    shown = json.loads(CliRunner().invoke(commands, ["open311-key", "--json"], standalone_mode=False).output)
    assert hash_of(shown["key"]) == shown["key_hash"]
    other = CliRunner().invoke(commands, ["open311-key"], standalone_mode=False).output
    assert shown["key"] not in other
    assert other.count("sha256:") == 1


def test_what_is_open_to_others_is_shown(data: Path) -> None:
    with (data / FILE).open("a") as file:
        file.write('[open311]\nstations = ["350602002004"]\nservices = ["road"]\n')
    assert "Open311：公布 350602002004；服务 road；可以上报的 \n" in run(data, "check").output
    shown = json.loads(run(data, "check", "--json").output.splitlines()[-1])
    assert (shown["open311"]["stations"], shown["open311"]["everything"]) == (["350602002004"], False)
