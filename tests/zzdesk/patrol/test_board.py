"""The board and the certificate on one desk: who is on duty now, three moments of a call, shares, a paper with its number."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from tests.zzdesk.conftest import Station
from zzdesk.documents.typeset import pdf
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.patrol import commands, queries
from zzdesk.patrol.workflow import clock_text, elapsed

CALL = {"grid": "西桥第一网格", "what": "三楼漏水，老人独居", "place": "香港路12号3幢302室", "phone": "13805961234"}
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def call(station: Station, **more: Any) -> str:
    made: str = station["lin"].write(commands.take_call, CALL | more).created[0]
    return made


def act(station: Station, call_id: str, action: str, reason: str | None = None, **fields: Any) -> None:
    station["lin"].write(commands.act_callout, call_id, action, fields, reason)


@pytest.mark.parametrize(("seconds", "text"), [(580, "9′40″"), (600, "10′00″"), (0, "0′00″"), (3661, "61′01″")])
def test_the_clock_as_people_write_it(seconds: int, text: str) -> None:
    assert clock_text(seconds) == text
    assert elapsed(NOW, NOW + timedelta(seconds=seconds, milliseconds=999)) == seconds


def test_a_clock_that_was_set_back_never_makes_less_than_nought() -> None:
    assert elapsed(NOW, NOW - timedelta(hours=1)) == 0


def test_a_call_is_taken_somebody_is_sent_and_there_in_time(station: Station) -> None:
    """D10: taken 15:32:10, there 15:41:50: nine minutes and forty seconds."""
    station.clock.set(datetime(2026, 5, 9, 7, 32, 10, tzinfo=UTC))
    made = call(station)
    with pytest.raises(RefusedError, match="dispatched_to"):
        act(station, made, "dispatch")
    station.clock.advance(20)
    act(station, made, "dispatch", dispatched_to=["网格员A 林小明", "治安巡防队"])
    station.clock.set(datetime(2026, 5, 9, 7, 41, 50, tzinfo=UTC))
    act(station, made, "arrive")
    (row,) = station["lin"].read(queries.list_calls).rows
    assert (row.seconds, row.in_time, row.state) == (580, True, "arrived")
    assert clock_text(row.seconds or 0) == "9′40″"
    act(station, made, "close", outcome="grid", result="关了总阀，联系家属")
    share = station["lin"].read(queries.share)
    assert (share.by_outcome, share.reached, share.in_time) == ({"grid": 1, "community": 0, "up": 0}, 1, 1)


def test_moments_follow_each_other_and_none_lies_ahead(station: Station) -> None:
    made = call(station, called_at="2026-11-23T08:55:00+08:00")
    with pytest.raises(InvalidError, match="依次"):
        act(station, made, "dispatch", dispatched_to=["巡防队"], dispatched_at="2026-11-23T08:54:00+08:00")
    with pytest.raises(InvalidError, match="将来"):
        act(station, made, "dispatch", dispatched_to=["巡防队"], dispatched_at="2026-11-23T09:30:00+08:00")
    act(station, made, "dispatch", dispatched_to=["巡防队"], dispatched_at="2026-11-23T08:56:00+08:00")
    station.clock.advance(660)
    act(station, made, "arrive")
    (row,) = station["lin"].read(queries.list_calls).rows
    assert (row.seconds, row.in_time) == (960, False)
    with pytest.raises(RefusedError, match="outcome"):
        act(station, made, "close")


def test_who_is_on_duty_now_by_grid(station: Station) -> None:
    def duty(slot: str, name: str, start: int, end: int, grid: str = "一") -> None:
        fields = {"grid": grid, "slot": slot, "name": name, "phone": "13805961234",
                  "starts_at": NOW + timedelta(hours=start), "ends_at": NOW + timedelta(hours=end)}  # fmt: skip
        station["lin"].write(commands.register_plain, "duty", fields)

    duty("police", "王建国", -2, 3)
    duty("grid-worker-a", "林小明", -1, 7)
    duty("grid-worker-b", "陈美玲", -9, -1)
    duty("grid-worker-a", "黄志明", 1, 9)
    duty("grid-worker-a", "张大山", -1, 1, grid="二")
    found = [(each.grid, each.slot, each.who) for each in station["lin"].read(queries.on_duty)]
    assert found == [("一", "grid-worker-a", "林*明"), ("一", "police", "王*国"), ("二", "grid-worker-a", "张*山")]
    station.clock.advance(3600)
    assert {each.who for each in station["lin"].read(queries.on_duty)} == {"林*明", "王*国", "黄*明"}


def verified_patrol(station: Station, who: str) -> None:
    fields = {"title": "夜巡", "starts_at": NOW - timedelta(minutes=30), "ends_at": NOW + timedelta(hours=2)}
    task = station["lin"].write(commands.issue, fields).created[0]
    made = station["lin"].write(commands.sign_up, {"task_id": task, "volunteer_id": who}).created[0]
    station["lin"].write(commands.act_signup, made, "check-in", {}, "现场")
    station.clock.advance(7200)
    station["lin"].write(commands.act_task, task, "submit", {})
    station["zhuang"].write(commands.act_task, task, "verify", {})


PAPER = {
    "from_day": "2026-11-01", "until_day": "2026-11-30", "content": "古城夜巡", "issuer": "西桥社区居民委员会",
    "responsible": "庄晓燕", "handler": "林美珍", "contact": "0596-2020123",
}  # fmt: skip


def test_a_certificate_says_what_the_law_asks_for_and_is_printed_once_noted(station: Station) -> None:
    lin = station["lin"]
    who = lin.write(commands.register_volunteer, {"name": "陈<阿>水"}).created[0]
    verified_patrol(station, who)
    with pytest.raises(RefusedError, match="证件号码"):
        lin.write(commands.certify, PAPER | {"volunteer_id": who})
    lin.write(commands.edit_volunteer, who, {"identity_number": "350602197506153336"})
    with pytest.raises(RefusedError, match="没有核验过"):
        lin.write(commands.certify, PAPER | {"volunteer_id": who, "until_day": "2026-11-02"})
    made = lin.write(commands.certify, PAPER | {"volunteer_id": who}).created[0]
    (row,) = lin.read(queries.list_certificates).rows
    assert (row.minutes, row.state) == (120, "issued")
    assert row.number.startswith("临-志证2026-"), "without a block an alias for ever"
    assert "350602197506153336" not in repr(lin.read(queries.detail, "certificate", made))
    with pytest.raises(RefusedError, match="审计"):
        lin.read(queries.certificate_paper, made)
    lin.write(commands.print_certificate, made)
    paper = lin.read(queries.certificate_paper, made)
    text = PdfReader(io.BytesIO(pdf("certificate", paper))).pages[0].extract_text()
    said = "".join(text.split())
    legal = ("志愿服务记录证明", "陈<阿>水", "居民身份证 350602197506153336", "2.0 小时", "古城夜巡", "庄晓燕", "林美珍",
             "西桥社区居民委员会", "0596-2020123", row.number, "盖章", "2026年11月23日", "不收取任何费用")  # fmt: skip
    assert [part for part in legal if "".join(part.split()) not in said] == []
    cells = [cell for row in paper["rows"] for cell in row]
    spoken = [paper["title"], paper["number"], *cells, *paper["lines"], paper["seal"], paper["day"]]
    assert said == "".join("".join(spoken).split()), "the text layer is what the paper says, digits too, and nothing else"
    station.clock.advance(601)
    with pytest.raises(RefusedError, match="审计"):
        lin.read(queries.certificate_paper, made)
    lin.write(commands.act_certificate, made, "withdraw", {}, "姓名写错")
    lin.write(commands.print_certificate, made)
    assert lin.read(queries.certificate_paper, made)["withdrawn"] == "本证明已撤销"
