"""Who may read and write what: stations, what is above them, and cases for their teams; accounts and their grants."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.server.run import ServerThread
from sync.server.tables import grant_history, op_log, scope
from tests.sync.server.wire import OTHER_STATION, STATION, WireDesk, edit, new_id, problem, rows
from zzdesk.clock import FixedClock, to_iso
from zzdesk.ops.apply import canonical

NewDesk = Callable[..., WireDesk]


def test_only_the_own_station_is_written_and_only_own_scopes_are_read(anna: WireDesk, new_desk: NewDesk) -> None:
    other = new_desk(station=OTHER_STATION)
    born = anna.create(title="a")
    anna.push(born)
    assert other.push_one(other.patch("thing", born["id"], **edit(born, "b")))["outcome"] == "rejected"
    assert other.push_one(other.create(scope="350602002", title="x"))["outcome"] == "rejected"
    assert other.fetch(("thing", born["id"])) == []
    want = [{"scope": STATION, "after": 0}]
    answer = other.ask("pull", replica=other.replica, epoch=other.epoch, want=want)
    assert (answer.status_code, answer.json()["type"]) == (403, "/p/scope-denied")


def introduce(*desks: WireDesk) -> None:
    for desk in desks:
        desk.introduce()


def _case(desk: WireDesk, team: list[str]) -> tuple[dict[str, Any], str]:
    case = desk.create(kind="case", team=sorted(team))
    return case, f"case:{case['id']}"


def test_a_case_is_seen_by_its_team_only(anna: WireDesk, bo: WireDesk, new_desk: NewDesk) -> None:
    introduce(anna, bo)
    case, scope_id = _case(anna, [anna.user, bo.user])
    party = anna.create(kind="party", scope=scope_id, name="林某") | {"group": case["group"]}
    assert {r["outcome"] for r in anna.push(case, party)} == {"applied"}
    chen = new_desk()
    assert {"id": scope_id, "head": bo.pull(0, scope_id)["to"], "rights": "rw"} in bo.hello()["scopes"]
    assert bo.pull_all(scope_id)[0]["rec"]["body"]["name"] == "林某"
    assert scope_id not in {s["id"] for s in chen.hello()["scopes"]}
    assert chen.fetch(("party", party["id"])) == []
    assert {r["rec"]["kind"] for r in chen.pull_all()} == {"account", "case"}
    denied = chen.push_one(chen.patch("party", party["id"], **edit(party, "x", "name")))
    assert (denied["outcome"], problem(denied), denied["record"]) == ("rejected", "/p/scope-denied", None)


def test_who_only_says_to_be_of_the_team_sees_and_writes_nothing_of_the_case(
    anna: WireDesk, new_desk: NewDesk
) -> None:
    introduce(anna)
    case, scope_id = _case(anna, [anna.user])
    party = anna.create(kind="party", scope=scope_id, name="林某")
    anna.push(case, party)
    false = new_desk(anna.user)
    false.proof = Ed25519PrivateKey.generate()
    false.log_in()
    false.introduced = True  # it signs, but with a key of its own
    hello = false.hello()
    assert [said["policy"].get("identity") for said in (hello, anna.hello())] == ["unproven", None]
    assert scope_id not in {s["id"] for s in hello["scopes"]}
    assert false.fetch(("party", party["id"])) == []
    want = [{"scope": scope_id, "after": 0}]
    assert false.ask("pull", replica=false.replica, epoch=false.epoch, want=want).status_code == 403
    for _ in range(2):
        answer = false.push_one(false.patch("party", party["id"], **edit(party, "x", "name")) | {"op_no": 1})
        assert (answer["outcome"], problem(answer), answer["record"]) == ("deferred", "/p/unproven", None)
    assert anna.fetch(("party", party["id"]))[0]["body"]["name"] == "林某"


def test_an_early_operation_of_somebody_unproven_stays_held_and_disturbs_nobody(
    anna: WireDesk, bo: WireDesk
) -> None:
    introduce(anna)
    case, scope_id = _case(anna, [anna.user, bo.user])
    early = bo.create(kind="party", scope=scope_id, name="林某")
    assert bo.push_one(early)["outcome"] == "held"
    assert anna.push_one(case)["outcome"] == "applied"
    assert bo.push_one(early)["outcome"] == "held"
    assert anna.fetch(("party", early["id"])) == []


def test_who_leaves_the_team_sees_no_more(anna: WireDesk, bo: WireDesk) -> None:
    introduce(anna, bo)
    case, scope_id = _case(anna, [anna.user, bo.user])
    anna.push(case)
    assert scope_id in {s["id"] for s in bo.hello()["scopes"]}
    anna.push(anna.patch("case", case["id"], **edit(case, [anna.user], "team")))
    assert scope_id not in {s["id"] for s in bo.hello()["scopes"]}
    assert scope_id in {s["id"] for s in anna.hello()["scopes"]}


def test_what_belongs_to_a_case_waits_for_the_case(anna: WireDesk) -> None:
    introduce(anna)
    case, scope_id = _case(anna, [anna.user])
    party = anna.create(kind="party", scope=scope_id, name="林某")
    assert anna.push_one(party)["outcome"] == "held"
    anna.push(case)
    assert anna.push_one(party)["outcome"] == "applied"


def test_scopes_are_listed_with_what_is_above_them(server: ServerThread, anna: WireDesk) -> None:
    introduce(anna)
    case, scope_id = _case(anna, [anna.user])
    anna.push(case, anna.create(title="a"))
    assert {(row.id, row.parent_id, row.kind) for row in rows(server, scope)} == {
        (STATION, "350602002", "node"), (scope_id, STATION, "case")}  # fmt: skip


def test_grants_are_remembered_with_their_time(server: ServerThread, anna: WireDesk, clock: FixedClock) -> None:
    anna.introduce("administrator")
    account = anna.create(kind="account", login="lin", roles=["clerk", "mediator"])
    anna.push(account)
    clock.advance(60)
    anna.push(anna.patch("account", account["id"], **edit(account, ["mediator"], "roles")))
    grants = {row.role: row for row in rows(server, grant_history) if row.user_id == account["id"]}
    assert set(grants) == {"clerk", "mediator"}
    assert (grants["clerk"].to_ts, grants["mediator"].to_ts) == ("2026-11-23T01:01:00.000Z", None)
    assert {(row.user_id, row.scope_id) for row in grants.values()} == {(account["id"], STATION)}


def test_one_account_made_on_two_desks_is_one_account(anna: WireDesk, bo: WireDesk, clock: FixedClock) -> None:
    first = anna.create(kind="account", record_id=new_id(), login="lin", display_name="林", roles=["clerk"])
    clock.advance(5)
    second = bo.create(kind="account", record_id=first["id"], login="lin", display_name="林", roles=["clerk"])
    anna.push(first)
    assert bo.push_one(second)["outcome"] == "merged"
    third = bo.create(
        kind="account", record_id=first["id"], login="lin", display_name="林小", roles=["administrator"]
    )
    answer = bo.push_one(third)
    assert answer["outcome"] == "merged"
    assert answer["record"]["body"] == first["init"]


def test_an_account_is_changed_by_an_administrator_who_signs(
    server: ServerThread, anna: WireDesk, bo: WireDesk, new_desk: NewDesk
) -> None:
    anna.introduce("administrator")
    bo.introduce("clerk")
    account = anna.create(kind="account", login="lin", roles=["clerk"])
    assert anna.push_one(account)["outcome"] == "applied"
    wanted = edit(account, ["administrator"], "roles")
    by_clerk = bo.push_one(bo.patch("account", account["id"], **wanted))
    assert (by_clerk["outcome"], problem(by_clerk)) == ("rejected", "/p/not-administrator")
    false = new_desk(anna.user)
    by_name = false.push_one(false.patch("account", account["id"], **wanted))
    assert (by_name["outcome"], problem(by_name)) == ("rejected", "/p/unproven")
    void = bo.op("account", account["id"], "void", reason="x", saw={"*": account["op_id"]})
    assert problem(bo.push_one(void)) == "/p/not-administrator"
    assert anna.fetch(("account", account["id"]))[0]["body"]["roles"] == ["clerk"]
    assert len([row for row in rows(server, op_log) if row.outcome == "rejected" and row.body]) == 3
    assert anna.push_one(anna.patch("account", account["id"], **wanted))["outcome"] == "applied"


def test_a_stopped_account_gets_no_token(anna: WireDesk, bo: WireDesk) -> None:
    anna.introduce("administrator")
    bo.introduce()
    stop = {"disabled": {"to": True, "was": None, "saw": None}}
    assert anna.push_one(anna.patch("account", bo.user, **stop))["outcome"] == "applied"
    said = {"device_id": bo.device_id, "user": bo.user, "at": to_iso(bo.clock.now()), "nonce": new_id()}
    refused = bo.ask("token", **said, sig=base64.b64encode(bo.key.sign(canonical(said))).decode())
    assert (refused.status_code, refused.json()["type"]) == (403, "/p/account-disabled")
