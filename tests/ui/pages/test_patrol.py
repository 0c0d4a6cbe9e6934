"""Mass prevention in the real window: a task by the keyboard, an intent that stays one, the leader's list, a patrol at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.ui.pages.driver import CTRL, STATION, Driver
from ui.pages.patrol.page import PatrolPage
from ui.widgets.base import Button
from zzdesk.accounts.commands import create_account
from zzdesk.accounts.rights import actions_of
from zzdesk.actor import Actor, account_id
from zzdesk.clock import FixedClock
from zzdesk.patrol import commands, queries

TASK = {
    "title": "古城夜巡", "places": 1, "issuer_kind": "police", "issuer": "西桥派出所", "place": "文庙门口",
    "starts_at": "2026-11-23T10:00:00+08:00", "ends_at": "2026-11-23T12:00:00+08:00",
}  # fmt: skip


def patrol(window: Driver, kind: str = "task") -> Any:
    page = window.page("patrol")
    assert isinstance(page, PatrolPage)
    page.show_list(kind)
    window.settle()
    return page.shown


def volunteer(window: Driver, name: str = "林志强", phone: str = "13912340001") -> str:
    made: str = window.desk.write(commands.register_volunteer, {"name": name, "phone": phone}).created[0]
    return made


def test_a_task_is_published_and_somebody_signs_up(window: Driver) -> None:
    volunteer(window)
    shown = patrol(window)
    window.press(Qt.Key.Key_N)
    form = shown.pane.form
    window.press(Qt.Key.Key_Return, CTRL)
    assert {key for key, field in form.fields.items() if field.problem.isVisible()} == {"title", "starts_at", "ends_at"}
    window.write_in(form, title="古城夜巡", place="文庙门口")
    form.fields["starts_at"].set_value(TASK["starts_at"])
    form.fields["ends_at"].set_value(TASK["ends_at"])
    window.press(Qt.Key.Key_Return, CTRL)
    row = window.desk.read(queries.list_tasks).rows[0]
    assert (row.title, row.places, row.state) == ("古城夜巡", 2, "published")

    seats = shown.detail.seats
    seats.picker.setFocus()
    window.type("lzq")
    window.press(Qt.Key.Key_Return)
    (seat,) = window.desk.read(queries.seats, row.id)
    assert seat.standing is None
    line = seats.model.row(seats.model.index(0, 0))
    assert "已申请，联网后确认" in seats._said(line)


def test_the_leader_ticks_who_came_and_who_left(window: Driver, clock: FixedClock) -> None:
    task = window.desk.write(commands.issue, TASK).created[0]
    window.desk.write(commands.sign_up, {"task_id": task, "volunteer_id": volunteer(window)})
    clock.advance(3600)
    shown = patrol(window)
    shown.open_record(task)
    window.settle()
    seats = shown.detail.seats
    seats.perform(window.desk.read(queries.seats, task)[0], "check-in")
    window.settle()
    form = shown.detail.form
    assert form is not None, "the centre has not confirmed a place: that takes a reason"
    window.type("到场帮忙")
    window.press(Qt.Key.Key_Return, CTRL)
    (seat,) = window.desk.read(queries.seats, task)
    assert (seat.state, seat.on_site) == ("present", True)
    clock.advance(3600)
    seats.perform(seat, "check-out")
    window.settle()
    assert window.desk.read(queries.seats, task)[0].minutes == 60
    shown.detail.head.main.setFocus()
    assert shown.detail.head.main.text() == "提交核验"
    window.press(Qt.Key.Key_Space)
    assert window.desk.read(queries.list_tasks).rows[0].state == "submitted"


def test_a_patrol_begins_at_once(window: Driver) -> None:
    volunteer(window)
    shown = patrol(window)
    window.window.shell.pages["patrol"]._start_button.click()
    window.settle()
    form = shown._start.form
    window.pick(form, "volunteer", "lzq")
    window.press(Qt.Key.Key_Return, CTRL)
    row = window.desk.read(queries.list_tasks).rows[0]
    assert (row.title, row.state) == ("自发巡逻", "running")
    assert [seat.state for seat in window.desk.read(queries.seats, row.id)] == ["present"]


def test_who_signed_somebody_up_is_told_what_the_centre_said(
    window: Driver, centre: ServerThread
) -> None:
    """The whole way through the window: an intent, the exchange, the centre's word, and the banner that tells of it."""
    one, two = volunteer(window), volunteer(window, "陈阿水", "13912340002")
    task = window.desk.write(commands.issue, TASK).created[0]
    for who in (one, two):
        window.desk.write(commands.sign_up, {"task_id": task, "volunteer_id": who})
    enrol(window.desk, centre.url, centre.enrol_code(STATION))
    sync_once(window.desk)
    shown = patrol(window)
    assert [(s.standing, s.place) for s in window.desk.read(queries.seats, task)] == [("granted", 1), ("waiting", 1)]
    assert shown.news.isVisible()
    assert "另有 1 条" in shown.news.banner.accessibleName()
    shown.news.read.click()
    window.settle()
    assert not shown.news.isVisible()


def test_volunteers_teams_and_the_roster(window: Driver) -> None:
    shown = patrol(window, "team")
    window.press(Qt.Key.Key_N)
    window.write_in(shown.pane.form, name="厝边阿姨西桥队")
    window.press(Qt.Key.Key_Return, CTRL)
    assert shown.detail.head.title.text() == "厝边阿姨西桥队"
    shown = patrol(window, "volunteer")
    window.window.shell.pages["patrol"].open_target("new")
    window.settle()
    window.write_in(shown.pane.form, name="林志强", phone="13912340001", skills="急救、调解")
    window.pick(shown.pane.form, "team_id", "xqd")
    window.press(Qt.Key.Key_Return, CTRL)
    row = window.desk.read(queries.list_volunteers).rows[0]
    assert (row.name, row.team, row.skills) == ("林*强", "厝边阿姨西桥队", ("急救", "调解"))
    assert shown.detail.facts.masked("电话").label.text() == "139****0001"
    shown = patrol(window, "duty")
    window.window.shell.pages["patrol"].open_target("new")
    window.settle()
    form = shown.pane.form
    window.write_in(form, grid="西桥第一网格", name="林小明")
    form.fields["starts_at"].set_value("2026-11-23T08:00:00+08:00")
    form.fields["ends_at"].set_value("2026-11-23T07:00:00+08:00")
    window.press(Qt.Key.Key_Return, CTRL)
    assert form.fields["ends_at"].problem.isVisible()
    form.fields["ends_at"].set_value("2026-11-23T20:00:00+08:00")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(queries.list_plain, "duty").rows[0].title == "林*明"


def test_a_reward_is_exchanged_and_waits_for_the_centre(window: Driver) -> None:
    who = volunteer(window)
    window.desk.write(commands.adjust, who, 8, "期初积分")
    shown = patrol(window, "reward")
    window.press(Qt.Key.Key_N)
    window.write_in(shown.pane.form, name="雨伞", price="5", received="2")
    window.press(Qt.Key.Key_Return, CTRL)
    assert shown.detail.head.title.text() == "雨伞"
    exchanges = shown.detail.exchanges
    for _ in range(2):
        exchanges.picker.setFocus()
        window.type("lzq")
        window.press(Qt.Key.Key_Return)
    assert "积分不够" in exchanges.problem.text()
    (row,) = window.desk.read(queries.redemptions, shown.current).rows
    assert (row.standing, row.price) == (None, 5)
    texts = [button.text() for button in exchanges.findChildren(Button)]
    assert "发放礼品" not in texts, "nothing is handed over before the centre's word"
    assert window.desk.read(queries.points_of, who) == 3
    shown = patrol(window, "volunteer")
    shown.open_record(who)
    window.settle()
    assert shown.detail.ledger.model.rowCount() == 2


def test_a_round_is_logged_with_what_came_of_it(window: Driver, clock: FixedClock) -> None:
    team = window.desk.write(commands.register_plain, "team", {"name": "厝边阿姨西桥队"}).created[0]
    who = window.desk.write(commands.register_volunteer, {"name": "林志强", "team_id": team}).created[0]
    shown = patrol(window, "round")
    window.press(Qt.Key.Key_N)
    window.pick(shown.pane.form, "team_id", "xqd")
    window.press(Qt.Key.Key_Return, CTRL)
    outputs = shown.detail.outputs
    for output, text in (("hazard", "老屋山墙开裂"), ("clue", "三楼夜里聚赌")):
        outputs.add()
        window.settle()
        form = shown.detail.form
        form.fields["output"].set_value(output)
        form.arrange()
        window.write_in(form, text=text)
        assert form.fields["category"].isVisible() == (output == "hazard")
        assert bool(form.snapshot()) == (output != "clue"), "nothing of a clue is kept in a draft"
        window.press(Qt.Key.Key_Return, CTRL)
    items = {row.output: row for row in window.desk.read(queries.items_of, shown.current)}
    assert items["hazard"].report_id is not None
    assert items["clue"].text == ""
    assert window.page("patrol").tabs.count() == 9, "who is not of the police has no list of clues"
    clock.advance(3600)
    shown.detail.start("close")
    window.settle()
    shown.detail.form.fields["members"].control.buttons[who].click()
    window.press(Qt.Key.Key_Return, CTRL)
    (row,) = window.desk.read(queries.list_rounds).rows
    assert (row.state, row.members) == ("closed", 1)


def test_the_police_open_a_clue_and_hand_it_over(window: Driver) -> None:
    window.desk.write(create_account, "jing", "警", ["police-liaison"])
    made = window.desk.write(commands.seal_clue, {"text": "三楼夜里聚赌", "place": "新华西路9号"}).created[0]
    mine = window.desk.actor
    roles = frozenset({"police-liaison"})
    window.desk._actor = Actor(account_id(STATION, "jing"), "jing", "警", roles, STATION)
    window.window.context.facts = replace(window.window.context.facts, actions=actions_of(roles))
    shown = patrol(window, "clue")
    shown.open_record(made)
    window.settle()
    assert "聚赌" not in shown.detail.said.accessibleName()
    shown.detail.open_button.click()
    window.settle()
    assert shown.detail.said.accessibleName() == "三楼夜里聚赌 · 新华西路9号"
    shown.detail.start("hand-over")
    window.settle()
    window.write_in(shown.detail.form, handed_to="110", receipt_number="110-0031")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(queries.list_clues).rows[0].receipt_number == "110-0031"
    window.desk._actor = mine


def test_a_call_runs_against_the_clock_until_somebody_is_there(window: Driver, clock: FixedClock) -> None:
    """D10: taken 15:32:10, there 15:41:50."""
    fields = {"grid": "西桥第一网格", "slot": "grid-worker-a", "name": "林小明",
              "starts_at": "2026-11-23T08:00:00+08:00", "ends_at": "2026-11-23T20:00:00+08:00"}  # fmt: skip
    window.desk.write(commands.register_plain, "duty", fields)
    clock.set(datetime(2026, 11, 23, 7, 32, 10, tzinfo=UTC))
    shown = patrol(window, "callout")
    assert "西桥第一网格：网格员A 林*明" in shown.duty.people.text()
    window.press(Qt.Key.Key_N)
    window.write_in(shown.pane.form, grid="西桥第一网格", what="三楼漏水，老人独居")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "已过 0′00″" in shown.detail.clock.accessibleName()
    shown.detail.start("dispatch")
    window.settle()
    window.write_in(shown.detail.form, dispatched_to="网格员A 林小明、治安巡防队")
    window.press(Qt.Key.Key_Return, CTRL)
    clock.set(datetime(2026, 11, 23, 7, 41, 50, tzinfo=UTC))
    assert shown.detail.head.main.text() == "到场"
    shown.detail.head.main.click()
    window.settle()
    assert shown.detail.clock.accessibleName() == "9′40″ 到场，10分钟以内"
    shown.detail.start("close")
    window.settle()
    shown.detail.form.fields["outcome"].set_value("grid")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "小事不出网格 100%" in shown.duty.share.text()
    assert window.desk.read(queries.list_calls).rows[0].state == "closed"


def test_a_certificate_is_issued_and_written_as_pdf(window: Driver, clock: FixedClock, tmp_path: Path) -> None:
    who = window.desk.write(
        commands.register_volunteer, {"name": "林志强", "identity_number": "350602197506153336"}).created[0]
    task = window.desk.write(commands.issue, TASK).created[0]
    made = window.desk.write(commands.sign_up, {"task_id": task, "volunteer_id": who}).created[0]
    clock.advance(3600)
    window.desk.write(commands.act_signup, made, "check-in", {}, "现场")
    clock.advance(7200)
    window.desk.write(commands.act_task, task, "submit", {})
    window.desk.write(create_account, "chen", "陈建国", ["supervisor"])
    mine = window.desk.actor
    window.desk._actor = Actor(account_id(STATION, "chen"), "chen", "陈建国", mine.roles, STATION)
    window.desk.write(commands.act_task, task, "verify", {})
    window.desk._actor = mine
    shown = patrol(window, "certificate")
    window.press(Qt.Key.Key_N)
    form = shown.pane.form
    window.pick(form, "volunteer_id", "lzq")
    window.write_in(form, issuer="西桥社区居民委员会", contact="0596-2020123", responsible="庄晓燕")
    window.press(Qt.Key.Key_Return, CTRL)
    (row,) = window.desk.read(queries.list_certificates).rows
    assert (row.name, row.minutes) == ("林*强", 120)
    assert shown.detail.facts.masked("证件号码").label.text() == "350602********3336"
    shown.detail.print_to(str(tmp_path / "证明.pdf"))
    window.settle()
    written = (tmp_path / "证明.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    assert len(written) > 5_000


def test_forgotten_check_outs_stand_at_the_top_until_somebody_has_looked(window: Driver, clock: FixedClock) -> None:
    task = window.desk.write(commands.issue, TASK).created[0]
    made = window.desk.write(commands.sign_up, {"task_id": task, "volunteer_id": volunteer(window)}).created[0]
    clock.advance(3600)
    window.desk.write(commands.act_signup, made, "check-in", {}, "现场")
    shown = patrol(window)
    assert not shown.forgotten.isVisible()
    clock.advance(12 * 3600)
    shown.refresh()
    window.settle()
    assert "还有 1 人没有签退：林*强" in shown.forgotten.banner.accessibleName()
    shown.forgotten.close_button.click()
    window.settle()
    (seat,) = window.desk.read(queries.seats, task)
    assert (seat.state, seat.minutes, seat.forgotten) == ("done", 120, True)
    assert "林*强忘记签退" in shown.forgotten.banner.accessibleName()
    assert not shown.forgotten.close_button.isVisible()
    window.desk.write(commands.act_signup, made, "repair", {"checked_out_at": "2026-11-23T11:30:00+08:00"}, "队长证明")
    shown.refresh()
    window.settle()
    assert not shown.forgotten.isVisible()
