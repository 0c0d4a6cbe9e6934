"""Orders that go out by file, end to end: two desks, a centre, a partner's folder; receipts and word of how it goes."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any

import pytest

from sync.server.partners import files, formats, outgoing
from sync.server.partners.engine import run_once
from sync.server.partners.messages import Outgoing
from tests.sync.server.partners.conftest import BOTH_DATABASES, CALL, Town, order_of, send
from tests.sync.stations import parked
from zzdesk.desk import handing, records
from zzdesk.desk.session import Desk
from zzdesk.handover import queries
from zzdesk.reports import commands as reports


@BOTH_DATABASES
def test_it_goes_out_and_comes_back_and_both_desks_see_it(town: Town, desk: Desk) -> None:
    other = town.second()
    report, order = send(desk, "12345")
    assert town.round().sent == 1
    (message,) = town.out("12345")
    assert (message["what"], message["order"], message["reason"]) == ("order", order, "不属本站")
    assert message["report"]["reporter_phone"] == "13805961234"
    assert "13805961234" not in message["report"]["description"]
    assert set(message["report"]) <= set(order_of(desk, report).handed)
    town.drop("12345", "hz.json", {"类型": "回执", "转办编号": order, "回执编号": "HZ-9", "工单编号": "GD-1"})
    town.drop("12345", "zt.json", [
        {"类型": "状态", "工单编号": "GD-1", "办理状态": "办理中", "说明": "已派城管", "时间": "2026-11-23 09:30"},
        {"类型": "状态", "工单编号": "GD-1", "办理状态": "办结", "说明": "已停工", "时间": "2026-11-23 10:00"},
    ])  # fmt: skip
    assert town.round().taken == 3
    for each in (desk, other):
        row = order_of(each, report)
        assert (row.state, row.receipt_number, row.external_ref, row.finished) == ("done", "HZ-9", "GD-1", True)
        assert [(line.status, line.text, line.theirs) for line in row.lines] == [
            ("working", "已派城管", True), ("done", "已停工", True)]  # fmt: skip
        shown = each.read(records.show, "report", report)
        assert shown["state"] == "registered"
        assert "evaluation" not in shown
    assert town.names("12345", "in") == []
    again = town.round()
    assert (again.taken, again.again, again.sent, again.refused) == (0, 0, 0, 0)


def test_what_asked_for_secrecy_since_does_not_go(town: Town, desk: Desk) -> None:
    report, _ = send(desk, "12345")
    town.sync()
    desk.write(reports.edit, report, {"name_hidden": True})
    town.round()
    (message,) = town.out("12345")
    assert {"reporter_name", "reporter_phone"}.isdisjoint(message["report"])
    assert "林志强" not in str(message)


def test_110_travels_in_front_of_everything_and_names_the_call(town: Town, desk: Desk) -> None:
    from zzdesk.ops import lane

    for _ in range(3):
        send(desk, "12345")
    report, order = send(desk, "110")
    with desk.store.writer() as session:
        batch = lane.seal_claims(session)
        session.rollback()
    kinds = [(row.kind, row.record_id) for row in batch.rows]
    assert kinds == [("report", report), ("handover_order", order)]
    town.sync()
    outgoing.collect(town.server.centre)
    first, *rest = outgoing.due(town.server.centre, ["110", "12345"])
    assert (first.order_id, len(rest)) == (order, 3)
    town.round()
    (message,) = town.out("110")
    assert (message["call_taker"], message["call_outcome"]) == ("060512", "已出警")


def test_110_takes_along_what_was_sealed_already(town: Town, desk: Desk) -> None:
    """The line had broken after everything was sealed: the report goes in front with the order, the rest comes after."""
    from zzdesk.ops import lane
    from zzdesk.ops import outbox as pending

    send(desk, "12345")
    report = desk.write(reports.register, {"title": "有人扬言动手", "category": "public-order"}).created[0]
    send(desk, "12345")
    with desk.store.writer() as session:
        assert len(pending.seal(session).rows) == 5
        session.commit()
    fields = {"report_id": report, "partner": "110", "reason": "有危险"} | CALL
    order = desk.write(handing.hand_over, fields).created[0]
    with desk.store.writer() as session:
        batch = lane.seal_claims(session)
        session.rollback()
    first = [(row.kind, row.record_id) for row in batch.rows]
    assert first == [("report", report), ("handover_order", order), ("report", report)]  # at last how urgent it is
    assert town.round().sent == 3
    assert [message["order"] for message in town.out("110")] == [order]
    assert parked(desk) == {}


def test_a_table_for_who_reads_tables(town: Town, desk: Desk) -> None:
    send(desk, "city", title="=1+1")
    town.round()
    (text,) = town.out("city")
    heading, row = text.splitlines()
    assert heading.split(",")[:3] == ["消息编号", "消息类型", "转办编号"]
    assert "噪声扰民" in row
    assert ",'=1+1" in row
    assert "林志强" not in row


def test_withdrawn_before_it_went_it_never_goes_and_after_it_the_partner_is_told(town: Town, desk: Desk) -> None:
    _, early = send(desk, "12345")
    desk.write(records.act, "handover_order", early, "withdraw", {}, "转错了")
    assert town.round().sent == 0
    _, late = send(desk, "12345")
    town.round()
    desk.write(records.act, "handover_order", late, "withdraw", {}, "居民撤回了")
    town.round()
    assert [(m["what"], m["order"], m["reason"]) for m in town.out("12345")] == [
        ("order", late, "不属本站"), ("withdraw", late, "居民撤回了")]  # fmt: skip
    town.drop("12345", "hz.json", {"类型": "回执", "转办编号": late, "回执编号": "H-1", "工单编号": "GD-9"})
    town.drop("12345", "zt.json", {"类型": "状态", "转办编号": late, "办理状态": "退回", "说明": "已撤", "工单编号": "GD-9"})
    done = town.round()
    assert (done.taken, done.refused) == (2, 0)
    shown = desk.read(records.show, "handover_order", late)
    assert (shown["state"], shown.get("external_ref"), shown.get("receipt_number")) == ("withdrawn", None, None)


def test_what_somebody_carried_there_by_hand_is_not_sent_once_more(town: Town, desk: Desk) -> None:
    (town.folder / "12345").write_text("no folder")
    report, order = send(desk, "12345")
    town.round()
    desk.write(records.act, "handover_order", order, "deliver", {"receipt_number": "纸质-3"}, None)
    (town.folder / "12345").unlink()
    town.clock.advance(3600)
    assert town.round().sent == 0
    assert town.out("12345") == []
    assert order_of(desk, report).receipt_number == "纸质-3"


def test_two_desks_that_handed_it_over_apart_have_one_order_and_the_second_is_told(town: Town, desk: Desk) -> None:
    other = town.second()
    report = desk.write(reports.register, {"title": "夜里施工", "category": "noise"}).created[0]
    town.sync()
    fields = {"report_id": report, "partner": "12345", "reason": "不属本站"}
    first = desk.write(handing.hand_over, fields).created[0]
    other.write(handing.hand_over, fields)
    town.round()
    assert [message["order"] for message in town.out("12345")] == [first]
    assert parked(other) == {"handover_order": "handover-open"}
    assert [row.id for row in desk.read(queries.of_report, report)] == [first]


def test_one_taken_back_while_others_are_sent_does_not_go(town: Town, desk: Desk) -> None:
    _, order = send(desk, "12345")
    town.sync()
    outgoing.collect(town.server.centre)
    (row,) = outgoing.due(town.server.centre, ["12345"])
    assert outgoing.composed(town.server.centre, row, bool) is not None
    desk.write(records.act, "handover_order", order, "withdraw", {}, "转错了")
    town.sync()
    assert outgoing.composed(town.server.centre, row, bool) is None


def test_numbers_of_people_go_masked_wherever_they_were_typed(town: Town, desk: Desk) -> None:
    reason = "找王建国13900005678，证号11010519491231002X"
    send(desk, "110", title=reason, why=reason)
    town.round()
    (message,) = town.out("110")
    assert message["reason"].startswith("找王建国139")
    assert not any(number in str(message) for number in ("13900005678", "11010519491231002X"))
    assert message["report"]["reporter_phone"] == "13805961234"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"), ("-2+3", "'-2+3"), ("＝1+1", "'＝1+1"), ("\n=1", "'\n=1"),
        ("-117.65", "-117.65"), ("+8613805961234", "+8613805961234"), ("3-4", "3-4"),
    ],
)
def test_no_table_reckons_with_what_somebody_typed(text: str, cell: str) -> None:
    message = Outgoing("k", "order", "city", "o", "n", "t", fields={"title": text})
    *_, found = list(csv.reader(io.StringIO(formats.as_csv(message).decode("utf-8-sig"), newline="")))[1]
    assert found == cell


def test_a_folder_that_is_away_is_tried_again_later(town: Town, desk: Desk) -> None:
    send(desk, "12345")
    (town.folder / "12345").write_text("no folder")
    done = town.round()
    assert done.sent == 0
    assert any(code == "12345" for code, _ in done.problems)
    (row,) = outgoing.outstanding(town.server.centre)
    assert (row.state, row.attempts) == ("waiting", 1)
    (town.folder / "12345").unlink()
    assert town.round().sent == 0
    assert outgoing.again(town.server.centre) == 1
    assert town.round().sent == 1
    assert outgoing.outstanding(town.server.centre) == []


class _KilledError(BaseException):
    """The program ends here, without a last word."""


class _Knife:
    """Ends the program before or after one of the renames, counted from one; the partner takes each file at once."""

    def __init__(self, out: Path) -> None:
        self.out, self.step, self.count = out, 0, 0
        self.taken: list[str] = []
        self._replace = os.replace

    def replace(self, source: Any, target: Any) -> None:
        for after in (False, True):
            self.count += 1
            if self.count == self.step:
                raise _KilledError
            if not after:
                self._replace(source, target)
                self.collect()

    def collect(self) -> None:
        for path in self.out.glob("[!.]*"):
            self.taken.append(path.name)
            path.unlink()


def _dies(*_: Any) -> None:
    raise _KilledError


def test_killed_between_any_two_steps_nothing_is_lost_or_doubled(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six places around three renames, and one between the last of them and the word of it in the database."""
    for step in range(1, 8):
        knife = _Knife(town.folder / "12345" / "out")
        knife.step = step
        send(desk, "12345")
        town.sync()
        with monkeypatch.context() as patched:
            patched.setattr(files.os, "replace", knife.replace)
            if step == 7:
                patched.setattr(outgoing, "sent", _dies)
            with pytest.raises(_KilledError):
                run_once(town.server.centre, town.lines)
        knife.collect()
        run_once(town.server.centre, town.lines)
        run_once(town.server.centre, town.lines)
        knife.collect()
        assert len(knife.taken) == 1, step
        assert outgoing.outstanding(town.server.centre) == []
        assert (town.folder / "12345" / "done" / "sent" / knife.taken[0]).exists()
