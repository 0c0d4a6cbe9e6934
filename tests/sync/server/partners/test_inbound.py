"""Orders that come in: a report of the right station with the partner's limit; what is told back; what comes twice."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.server.partners import incoming, outgoing
from sync.server.partners.engine import run_once
from sync.server.tables import record
from tests.sync.server.partners.conftest import BOTH_DATABASES, Town, order_of, send
from tests.sync.server.wire import rows
from tests.sync.stations import OTHER
from tests.zzdesk.reports.loops import ANSWERED
from zzdesk.desk import handing, records
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.reports import commands as reports

ORDER: Final = {
    "工单编号": "GD-2026-1", "标题": "夜间施工噪声", "诉求内容": "凌晨两点还在打桩", "诉求类型": "投诉", "类别": "噪声扰民",
    "派单时间": "2026-02-13 16:40", "办理时限": "5个工作日", "地址": "新桥街道某小区", "诉求人": "林志强",
    "联系电话": "13805961234",
}  # fmt: skip
CSV: Final = ",".join(ORDER) + "\r\n" + ",".join(ORDER.values()) + "\r\n"


def found(desk: Desk) -> dict[str, Any]:
    (row,) = desk.read(records.list_records, "report", {}).rows
    return dict(row)


def act(desk: Desk, report: str, action: str, reason: str | None = None, **step: Any) -> None:
    desk.write(reports.act, report, action, step, reason)


def statuses(town: Town, code: str = "12345") -> list[tuple[str, Any]]:
    said = [message for message in town.out(code) if message["what"] == "status"]
    return sorted((each["status"], each.get("public_answer")) for each in said)


def test_an_order_becomes_a_report_with_the_limit_that_it_gave(town: Town, desk: Desk) -> None:
    """D02: five working days from Friday 2026-02-13, over Spring Festival with its working Saturday."""
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):  # the same order thrice
        town.drop("12345", f"{encoding}.csv", CSV.encode(encoding))
    done = town.round()
    assert (done.taken, done.again, done.refused) == (1, 2, 0)
    report = found(desk)
    assert (report["source"], report["external_system"], report["external_ref"]) == ("12345", "12345", "GD-2026-1")
    assert (report["category"], report["demand"], report["state"]) == ("noise", "complaint", "registered")
    assert (report["due_rule"], report["due_at"][:10]) == ("working-days:5", "2026-02-27")
    assert report["reporter_phone"] == "138****1234"
    order = order_of(desk, report["id"])
    assert (order.direction, order.state, order.external_ref, order.limit_days) == ("in", "delivered", "GD-2026-1", 5)
    assert town.names("12345", "done") == ["gb18030.csv", "utf-8-sig.csv", "utf-8.csv"]
    with pytest.raises(RefusedError, match="不能再转回去"):
        desk.write(handing.hand_over, {"report_id": report["id"], "partner": "12345", "reason": "试"})


@BOTH_DATABASES
def test_what_the_report_comes_to_is_told_and_nothing_twice(town: Town, desk: Desk) -> None:
    town.drop("12345", "gd.csv", CSV.encode())
    town.round()
    report = found(desk)["id"]
    order = order_of(desk, report).id
    assert statuses(town) == []
    act(desk, report, "accept")
    town.round()
    assert statuses(town) == [("accepted", None)]
    act(desk, report, "confirm", note="属实")
    act(desk, report, "dispatch", handler_unit="城管中队")
    town.round()
    for action, step in (("finish", {"note": "已停工"}), ("inform", ANSWERED), ("evaluate", {"answer": "satisfied"})):
        act(desk, report, action, **step)
    town.round()
    assert ("done", None) not in statuses(town)
    (waits,) = outgoing.outstanding(town.server.centre)
    assert waits.state == outgoing.LACKING
    desk.write(records.act, "handover_order", order, "answer", {"public_answer": "已责令停工"})
    town.round()
    assert statuses(town) == [("accepted", None), ("done", "已责令停工"), ("working", None)]
    assert "satisfied" not in str(town.out("12345"))
    row = order_of(desk, report)
    assert (row.state, {line.status for line in row.lines if not line.theirs}) == ("done", {"accepted", "working", "done"})
    assert town.round().sent == 0


def test_an_answer_that_is_taken_back_waits_again_and_goes_once(town: Town, desk: Desk) -> None:
    town.drop("12345", "gd.csv", CSV.encode())
    town.round()
    report = found(desk)["id"]
    order = order_of(desk, report).id
    act(desk, report, "refuse", refusal_reason="outside-area")
    (town.folder / "12345" / "out").rmdir()
    (town.folder / "12345" / "out").write_text("away")
    desk.write(records.act, "handover_order", order, "answer", {"public_answer": "请找属地"})
    town.round()
    centre = town.server.centre
    (waits,) = outgoing.outstanding(centre)
    outgoing.dropped(centre, waits.key)
    desk.write(records.act, "handover_order", order, "answer", {"public_answer": "请找市政"})
    (town.folder / "12345" / "out").unlink()
    town.round()
    assert statuses(town) == [("out-of-duty", "请找市政")]
    assert town.round().sent == 0


def test_out_of_duty_names_its_kind_and_tells_the_answer(town: Town, desk: Desk) -> None:
    town.drop("12345", "gd.csv", CSV.encode())
    town.round()
    report = found(desk)["id"]
    act(desk, report, "refuse", refusal_reason="outside-area")
    town.round()
    (message,) = [m for m in town.out("12345") if m["what"] == "status"]
    assert (message["status"], message["out_of_duty"]) == ("out-of-duty", True)
    assert message["request_type"] == "不属于本市管辖的事项"
    assert message["public_answer"].startswith("请拨打事发地的12345")
    assert order_of(desk, report).state == "returned"


def test_a_bad_row_is_named_and_the_good_ones_are_in(town: Town, desk: Desk) -> None:
    bad = ["GD-2,,x,投诉,噪声扰民,昨天,五天,某地,,", "GD-3,井盖,x,吵架,噪声扰民,,,某地,,12"]
    town.drop("12345", "gd.csv", (CSV + "\r\n".join(bad) + "\r\n").encode())
    done = town.round()
    assert (done.taken, done.refused) == (1, 0)
    assert town.names("12345", "failed") == ["gd.csv", "gd.csv.error.txt"]
    text = (town.folder / "12345" / "failed" / "gd.csv.error.txt").read_text("utf-8-sig")
    second, third = text.splitlines()
    assert second.startswith("第 3 行：title：必填")
    assert "given_at" in second
    assert "limit_days" in second
    assert third.startswith("第 4 行：demand：只能是：咨询")
    assert found(desk)["external_ref"] == "GD-2026-1"
    town.drop("12345", "broken.json", b"{")
    town.drop("12345", "phone.json", {"工单编号": "GD-4", "标题": "井盖", "联系电话": "12"})
    assert town.round().refused == 1
    assert (town.folder / "12345" / "failed" / "broken.json.error.txt").exists()
    assert "reporter_phone" in (town.folder / "12345" / "failed" / "phone.json.error.txt").read_text("utf-8-sig")


def test_the_place_decides_the_station(town: Town, desk: Desk) -> None:
    del desk
    with town.server.centre.database.writing() as connection:
        from sync.server import scopes

        scopes.add_nodes(connection, {OTHER: None})
    there = {"external_ref": "C1", "title": "井盖", "area": OTHER}
    town.drop("city", "gd.json", [there, {"external_ref": "C2", "title": "路灯"}])
    assert town.round().taken == 2
    where = {row.scope_id for row in rows(town.server, record) if row.kind == "report"}
    assert where == {OTHER, "350602002004"}


def test_a_correction_is_said_on_the_order_and_moves_the_limit(town: Town, desk: Desk) -> None:
    town.drop("12345", "1.json", ORDER)
    town.round()
    town.drop("12345", "2.json", ORDER | {"办理时限": "10", "诉求内容": "换成白天也吵"})
    assert town.round().taken == 1
    report = found(desk)
    assert report["due_rule"] == "working-days:10"
    assert report["due_at"][:10] == "2026-03-05"
    (line,) = order_of(desk, report["id"]).lines
    assert (line.status, line.text) == ("changed", "换成白天也吵")
    town.drop("12345", "3.json", {"类型": "催办", "工单编号": "GD-2026-1", "办理状态": "催办", "说明": "请尽快"})
    town.round()
    assert [line.status for line in order_of(desk, report["id"]).lines].count("urged") == 1


def test_what_we_gave_them_does_not_come_back_as_an_order(town: Town, desk: Desk) -> None:
    _, order = send(desk, "12345")
    town.round()
    town.drop("12345", "hz.json", {"类型": "回执", "转办编号": order, "回执编号": "H", "工单编号": "GD-OURS"})
    town.drop("12345", "z.json", {"工单编号": "GD-OURS", "标题": "夜里施工"})
    town.drop("city", "z.json", {"类型": "状态", "转办编号": order, "办理状态": "办结"})
    done = town.round()
    assert (done.taken, done.refused) == (1, 2)
    assert order_of(desk, found(desk)["id"]).state == "delivered"


MESSAGES: Final[tuple[dict[str, Any], ...]] = (
    ORDER, {"类型": "状态", "工单编号": "GD-2026-1", "办理状态": "催办", "序号": "1"},
    {"类型": "状态", "工单编号": "GD-2026-1", "办理状态": "留言", "说明": "补充", "序号": "2"},
    {"工单编号": "GD-2026-2", "标题": "路灯不亮"},
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.sampled_from(range(4)), min_size=4, max_size=10))
def test_whatever_comes_twice_in_whatever_order_changes_nothing_more(town: Town, order: list[int]) -> None:
    """Every message at least once after the order itself: what stands at the end depends on what came, not how often."""
    centre = town.server.centre
    if not town.desks:
        town.desk()
    before = Counter(row.kind for row in rows(town.server, record))
    mine = [each | {"工单编号": f"{each['工单编号']}-{before['report']}"} for each in MESSAGES]
    for n, which in enumerate([0, *order, 1, 2, 3]):
        town.drop("12345", f"{n:03}.json", mine[which])
        run_once(centre, town.lines)
    kinds = Counter(row.kind for row in rows(town.server, record)) - before
    assert (kinds["report"], kinds["handover_order"], kinds["handover_echo"]) == (2, 2, 2)


class _KilledError(BaseException):
    """The program ends here, without a last word."""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_killed_between_two_rows_each_is_in_once(
    town: Town, desk: Desk, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.drop("12345", "gd.json", [ORDER, {"工单编号": "GD-2", "标题": "井盖"}])
    town.sync()
    real, calls = incoming.take, iter(range(9))

    def dying(*args: Any) -> bool:
        if next(calls) == after:
            raise _KilledError
        return real(*args)

    def gone(*_: Any) -> None:
        raise _KilledError

    with monkeypatch.context() as patched:
        patched.setattr(incoming, "take", dying)
        if after == 2:
            patched.setattr("sync.server.partners.files.FileParcel.settle", gone)
        with pytest.raises(_KilledError):
            run_once(town.server.centre, town.lines)
    done = town.round()
    assert (done.taken, done.again) == (2 - after, after)
    assert len(desk.read(records.list_records, "report", {}).rows) == 2
    assert town.names("12345", "done") == ["gd.json"]
