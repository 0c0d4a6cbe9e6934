"""Rights at the centre: role by kind and by verb, then and now, and nobody becomes powerful by making himself an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import update

from sync.server import held, quarantine
from sync.server.accounts import ESCROW
from sync.server.run import ServerThread
from sync.server.sweep import HELD, _due, sweep
from sync.server.tables import decision, device, device_user, grant_history, op_log
from tests.sync.server.wire import OTHER_STATION, STATION, WireDesk, edit, new_id, problem, rows
from zzdesk.accounts import sealed
from zzdesk.accounts.rights import KIND_RIGHTS, PRIVILEGED, ROLES, allowed, birth_right, may_write
from zzdesk.clock import FixedClock, to_iso
from zzdesk.errors import RefusedError
from zzdesk.store.base import kinds

NewDesk = Callable[..., WireDesk]


@pytest.fixture
def boss(anna: WireDesk) -> WireDesk:
    """The administrator, who came first."""
    anna.introduce("administrator", "supervisor", "clerk")
    return anna


def set_roles(boss: WireDesk, whom: WireDesk, before: list[str], *after: str) -> None:
    if set(before) == set(after):
        return
    patch = {"add": sorted(set(after) - set(before)), "del": sorted(set(before) - set(after))}
    assert boss.push_one(boss.patch("account", whom.user, roles=patch))["outcome"] == "applied"


def report(boss: WireDesk) -> dict[str, Any]:
    born = boss.create("report", title="路灯")
    assert boss.push_one(born)["outcome"] == "applied"
    return born


@pytest.mark.parametrize(
    ("then", "now", "outcome", "why"),
    [
        (True, True, "applied", None),
        (True, False, "quarantined", "/p/permission-ended"),
        (False, True, "applied", None),
        (False, False, "rejected", "/p/no-permission"),
    ],
)
def test_rights_then_and_now(
    boss: WireDesk, bo: WireDesk, clock: FixedClock, then: bool, now: bool, outcome: str, why: str | None
) -> None:
    had = ["handler", "clerk"] if then else ["handler"]
    bo.introduce(*had)
    born = report(boss)
    clock.advance(60)
    op = bo.patch("report", born["id"], **edit(born, "路灯坏了"))
    clock.advance(60)
    if then != now:
        set_roles(boss, bo, had, *(["handler", "clerk"] if now else ["handler"]))
    answer = bo.push_one(op)
    assert (answer["outcome"], problem(answer) if answer["problem"] else None) == (outcome, why)
    assert bo.push_one(op)["outcome"] == outcome
    body = boss.fetch(("report", born["id"]))[0]["body"]
    assert body["title"] == ("路灯坏了" if outcome == "applied" else "路灯")


def test_what_builds_upon_something_in_quarantine_waits_and_the_rest_goes_on(
    server: ServerThread, boss: WireDesk, bo: WireDesk, clock: FixedClock
) -> None:
    bo.introduce("clerk")
    born = report(boss)
    clock.advance(60)
    first = bo.patch("report", born["id"], **edit(born, "a"))
    clock.advance(60)
    set_roles(boss, bo, ["clerk"], "grid-worker")
    assert bo.push_one(first)["outcome"] == "applied"  # a grid worker edits reports too
    set_roles(boss, bo, ["grid-worker"], "handler")
    clock.advance(-90)
    late = bo.patch("report", born["id"], title={"to": "b", "was": "a", "saw": first["op_id"]})
    clock.advance(90)
    after = boss.patch("report", born["id"], title={"to": "c", "was": "b", "saw": late["op_id"]})
    assert bo.push_one(late)["outcome"] == "quarantined"
    assert boss.push_one(after)["outcome"] == "held"
    assert boss.push_one(boss.patch("report", born["id"], address={"to": "x", "was": None, "saw": None}))["outcome"] == "applied"
    assert {row.waits_on for row in rows(server, op_log) if row.outcome == "held"} == {f"op:{late['op_id']}"}


def test_time_is_corrected_and_never_before_the_desk_had_nothing_to_send(
    server: ServerThread, boss: WireDesk, bo: WireDesk, clock: FixedClock
) -> None:
    """A device that back-dates what it does to a time when it was allowed gains nothing."""
    bo.introduce("clerk")
    born = report(boss)
    clock.advance(200)
    set_roles(boss, bo, ["clerk"], "handler")
    clock.advance(200)
    bo.hello()  # nothing to send: from now on
    clock.advance(200)
    false = bo.patch("report", born["id"], **edit(born, "x"))
    false["at"]["wall"] = to_iso(clock.now() - timedelta(seconds=500))
    assert (bo.push_one(false)["outcome"]) == "rejected"
    wild = bo.patch("report", born["id"], **edit(born, "y")) | {"at": {"wall": "nonsense", "mono": 1, "boot": "b"}}
    assert bo.push_one(wild)["outcome"] == "rejected"
    made = {row.op_id: row.made_at for row in rows(server, op_log)}
    assert made[false["op_id"]] == to_iso(clock.now() - timedelta(seconds=200))
    assert made[wild["op_id"]] == to_iso(clock.now())


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_kind_asks_for_its_right(boss: WireDesk, new_desk: NewDesk, role: str) -> None:
    desk = new_desk()
    desk.introduce("clerk")
    set_roles(boss, desk, ["clerk"], role)
    for kind in sorted(KIND_RIGHTS):
        if kinds()[kind].model.__confidential__:
            continue  # these live in a case, for its team
        scope = sealed.scope_of(STATION) if kind == sealed.KIND else STATION
        answer = desk.push_one(desk.create(kind, scope, note="x"))
        allowed = may_write(frozenset([role]), kind, "create", birth_right(kind, {"note": "x"}))
        # Some wait for what they are about: whoever may not write them is told so at once.
        assert answer["outcome"] in (("applied", "held") if allowed else ("rejected",)), kind
        if not allowed:
            assert problem(answer) == "/p/no-permission"


def test_only_clues_lie_under_seal_and_they_lie_nowhere_else(bo: WireDesk) -> None:
    bo.introduce("clerk", "supervisor")
    for kind, scope in (("clue", STATION), ("report", sealed.scope_of(STATION)), ("clue", "case:" + "0" * 36)):
        assert problem(bo.push_one(bo.create(kind, scope, text="x"))) == "/p/scope-denied"
    report = bo.create("report", title="路灯")
    bo.push(report)
    away = bo.op("report", report["id"], "move", to_scope=sealed.scope_of(STATION), saw={"@scope": report["op_id"]}, reason="x")
    assert bo.push_one(away)["outcome"] == "rejected"
    clue = bo.create("clue", sealed.scope_of(STATION), text="x", state="sealed")
    assert bo.push_one(clue)["evicted"], "who wrote it keeps nothing of it"
    assert bo.fetch(("clue", clue["id"])) == []
    taken = bo.op("clue", clue["id"], "patch", set={"handed_to": {"to": "110", "was": None, "saw": clue["op_id"]}})
    assert problem(bo.push_one(taken)) == "/p/no-permission"


def test_a_recording_lies_with_the_session_in_which_it_was_agreed_to(bo: WireDesk) -> None:
    """PIPL articles 13 and 29; what a program wrote that did not know this is put before a person."""
    bo.introduce("mediator", "supervisor")
    case = bo.create("case", number="1", category="neighbours", team=[bo.user], state="accepted")
    bo.push(case)

    def attachment(purpose: str) -> dict[str, Any]:
        made = bo.create("attachment", record_kind="case", name="x.wav", sha256="0" * 64, size=1, purpose=purpose)
        return made | {"init": made["init"] | {"record_id": case["id"]}}

    other = attachment("other")
    assert bo.push_one(other)["outcome"] == "applied"
    renamed = {"purpose": {"to": "recording", "was": "other", "saw": other["op_id"]}}
    for schema, outcome in ((2, "rejected"), (1, "quarantined")):
        for op in (attachment("recording"), bo.patch("attachment", other["id"], **renamed)):
            answer = bo.push_one(op | {"schema": schema})
            assert (answer["outcome"], problem(answer)) == (outcome, "/p/recording-misplaced")


def test_a_stranger_waits_until_the_centre_knows_him(boss: WireDesk, bo: WireDesk) -> None:
    early = bo.create("report", title="路灯")
    assert bo.push_one(early)["outcome"] == "held"
    bo.introduce("clerk")
    assert bo.push_one(early)["outcome"] == "applied"


# ---- a new desk's own account ----


def test_a_new_desk_gives_itself_no_power(server: ServerThread, boss: WireDesk, bo: WireDesk) -> None:
    asked = sorted(PRIVILEGED - {"auditor"} | {"clerk"})
    me = bo.create("account", STATION, bo.user, login="huang", display_name="黄", roles=asked)
    answer = bo.push_one(me)
    assert (answer["outcome"], problem(answer)) == ("applied", "/p/roles-unconfirmed")
    assert answer["record"]["body"]["roles"] == ["clerk"]
    assert {row.role for row in rows(server, grant_history) if row.user_id == bo.user} == {"clerk"}
    assert bo.push_one(me) == answer
    set_roles(boss, bo, ["clerk"], "clerk", "supervisor")
    assert boss.fetch(("account", bo.user))[0]["body"]["roles"] == ["clerk", "supervisor"]


def test_an_account_that_it_makes_for_a_colleague_has_none_either(boss: WireDesk, bo: WireDesk) -> None:
    bo.introduce("clerk")
    colleague = bo.create("account", STATION, new_id(), login="wu", display_name="吴", roles=["administrator"])
    answer = bo.push_one(colleague)
    assert (problem(answer), answer["record"]["body"].get("roles")) == ("/p/roles-unconfirmed", None)
    own = boss.create("account", STATION, new_id(), login="he", display_name="何", roles=["supervisor"])
    assert boss.push_one(own)["problem"] is None


def test_the_first_desk_of_a_station_brings_its_administrator(server: ServerThread, boss: WireDesk, new_desk: NewDesk) -> None:
    there = new_desk(station=OTHER_STATION)
    there.introduce("administrator", "supervisor", scope=OTHER_STATION)
    assert {row.role for row in rows(server, grant_history) if row.user_id == there.user} == {"administrator", "supervisor"}
    stolen = there.patch("account", boss.user, roles={"add": [], "del": ["administrator"]})
    assert problem(there.push_one(stolen)) == "/p/scope-denied"


def test_power_counts_only_for_who_proved_to_have_it(server: ServerThread, boss: WireDesk, new_desk: NewDesk) -> None:
    born = report(boss)
    false = new_desk()
    false.user = boss.user  # it says so, and cannot sign as him
    void = false.op("report", born["id"], "void", reason="x", saw={"*": born["op_id"]})
    answer = false.push_one(void)
    assert (answer["outcome"], problem(answer)) == ("deferred", "/p/unproven")
    assert "voided" not in boss.fetch(("report", born["id"]))[0]["body"]
    assert {row.user_id for row in rows(server, device_user) if row.device_id == false.device_id} <= {false.user} - {boss.user}


def test_the_table_of_kinds_asks_only_for_rights_that_there_are() -> None:
    for kind, rights in KIND_RIGHTS.items():
        for action in (*rights.create, *rights.change, *rights.void, *rights.move, *rights.claim):
            assert isinstance(allowed(frozenset(), action), bool), kind
    assert not may_write(frozenset(ROLES), "step", "patch")
    assert not may_write(frozenset(ROLES), "person", "move")
    assert not may_write(frozenset(["auditor"]), "kind_of_a_newer_program", "create")


def test_what_was_let_through_and_then_waited_too_long_can_be_decided_once_more(
    server: ServerThread, boss: WireDesk, bo: WireDesk, new_desk: NewDesk, clock: FixedClock,
    expect_log: Callable[[str], None],
) -> None:  # fmt: skip
    expect_log("held for too long")
    new_desk(station=OTHER_STATION)
    born = report(boss)
    moved = bo.op("report", born["id"], "move", to_scope=OTHER_STATION, saw={"scope": new_id()}, reason="地点在那边")
    with server.centre.database.writing() as connection:
        connection.execute(update(device).where(device.c.id == bo.device_id).values(status=ESCROW))
    assert bo.push_one(moved)["outcome"] == "quarantined"
    decide = partial(quarantine.decide, server.centre, moved["op_id"], boss.user)
    assert decide("核实过", let_through=True) == {moved["op_id"]: "held"}, "what it builds upon never came"
    clock.advance(8 * 24 * 3600)
    assert sweep(server.centre).overdue == 1
    assert decide("没有来", let_through=False) == {moved["op_id"]: "rejected"}
    (last,) = rows(server, decision)
    assert (last.what, last.reason) == ("reject", "没有来")


def _withdraw(server: ServerThread, desk: WireDesk) -> None:
    with server.centre.database.writing() as connection:
        connection.execute(update(device).where(device.c.id == desk.device_id).values(status=ESCROW))


def test_what_is_about_nothing_here_is_for_the_station_of_its_device_to_decide(
    server: ServerThread, boss: WireDesk, bo: WireDesk, new_desk: NewDesk
) -> None:
    stranger = new_desk(station=OTHER_STATION)
    stranger.introduce("administrator", "supervisor", scope=OTHER_STATION)
    _withdraw(server, bo)
    never = bo.create("report", title="从未送达")
    late, garbled = bo.patch("report", never["id"], **edit(never, "改")), bo.op("report", never["id"], "sing")
    assert [r["outcome"] for r in bo.push(late, garbled)] == ["quarantined", "quarantined"]
    for op in (late, garbled):
        with pytest.raises(RefusedError, match=STATION):
            quarantine.decide(server.centre, op["op_id"], stranger.user, "看过", let_through=False)
    assert quarantine.decide(server.centre, late["op_id"], boss.user, "看过", let_through=True) == {late["op_id"]: "held"}
    done = quarantine.decide(server.centre, garbled["op_id"], boss.user, "看过", let_through=False)
    assert done == {garbled["op_id"]: "rejected"}


def test_a_fault_while_a_decision_is_carried_out_is_told_and_changes_nothing(
    server: ServerThread, boss: WireDesk, bo: WireDesk, expect_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    _withdraw(server, bo)
    made = bo.create("report", title="毒")
    assert bo.push_one(made)["outcome"] == "quarantined"

    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("sync.server.judge.authorise", broken)
    expect_log(r"operation [0-9a-f-]+ failed: ZeroDivisionError at test_authority.py:\d+$")
    with pytest.raises(RefusedError, match="隔离区"):
        quarantine.decide(server.centre, made["op_id"], boss.user, "看过", let_through=True)
    assert [row.outcome for row in rows(server, op_log) if row.op_id == made["op_id"]] == ["quarantined"]
    assert rows(server, decision) == []


def test_what_nobody_vouches_for_is_looked_at_again_only_when_its_authors_account_changes(
    server: ServerThread, boss: WireDesk, new_desk: NewDesk, clock: FixedClock
) -> None:
    """It would cost a write at every greeting otherwise, for as long as it waits."""
    late, false = boss.create("report", title="路灯"), new_desk()
    false.user = boss.user  # it says so, and cannot sign as him
    void = false.op("report", late["id"], "void", reason="x", saw={"*": late["op_id"]})
    assert false.push_one(void)["outcome"] == "held"
    assert boss.push_one(late)["outcome"] == "applied"

    def waits_on() -> str | None:
        return next(row.waits_on for row in rows(server, op_log) if row.op_id == void["op_id"])

    def is_looked_at() -> bool:
        with server.centre.database.reading() as connection:
            return bool(held._ready(connection)) or HELD in _due(server.centre)

    (account,) = boss.fetch(("account", boss.user))
    assert waits_on() == f"key:{boss.user}/{account['ver']}"
    assert not is_looked_at()
    clock.advance(8 * 24 * 3600)
    boss.log_in()
    boss.hello()
    assert not is_looked_at()
    assert "voided" not in boss.fetch(("report", late["id"]))[0]["body"]
    named = {"display_name": {"to": "站长", "was": None, "saw": account["stamps"]["*"]}}
    assert boss.push_one(boss.op("account", boss.user, "patch", set=named))["outcome"] == "applied"
    assert waits_on() == f"key:{boss.user}/{account['ver'] + 1}"
    assert not is_looked_at()
