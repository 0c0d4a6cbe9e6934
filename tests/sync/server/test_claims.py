"""Claims: one arbiter, one winner; losers are told who, keep what they brought; a lease that is not used ends."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.claims import claim_id
from sync.server import keys
from sync.server.run import ServerThread
from sync.server.sweep import sweep
from sync.server.tables import lease, op_log, record, record_history
from tests.sync.server.test_races import _at_once
from tests.sync.server.wire import WireDesk, edit, new_id, problem, rows
from zzdesk.clock import FixedClock
from zzdesk.ops.apply import canonical

NewDesk = Callable[..., WireDesk]
HOUR = 3600


def claim(desk: WireDesk, born: dict[str, Any], was: str | None = None, to: str | None = "", **more: Any) -> dict[str, Any]:
    edits = {"claimed_by": {"to": desk.user if to == "" else to, "was": was, "saw": born["op_id"]}}
    return desk.op("thing", born["id"], "patch", set=edits, **more)


def note(desk: WireDesk, born: dict[str, Any], text: str = "到场", **more: Any) -> dict[str, Any]:
    return desk.create("note", thing_id=born["id"], text=text) | more


def body(desk: WireDesk, kind: str, record_id: str) -> dict[str, Any]:
    (rec,) = desk.fetch((kind, record_id))
    return rec["body"]


def attempt(desk: WireDesk, born: dict[str, Any], op: dict[str, Any]) -> dict[str, Any]:
    return body(desk, "claim", claim_id("thing", born["id"], op["op_id"]))


def test_the_first_commit_wins_and_the_other_is_told_who(anna: WireDesk, bo: WireDesk, clock: FixedClock) -> None:
    born = anna.create(title="灯")
    anna.push(born)
    first, second = claim(bo, born), claim(anna, born)
    won = bo.push_one(first)
    assert (won["outcome"], won["record"]["body"]["claimed_by"]) == ("applied", bo.user)
    assert won["record"]["body"]["lease_until"] == "2026-11-23T03:00:00.000Z"
    lost = anna.push_one(second)
    assert (lost["outcome"], problem(lost), lost["problem"]["params"]) == ("lost", "/p/claim-lost", {"winner": bo.user})
    assert lost["sig"]
    assert lost["seq"] is not None
    assert anna.push_one(second) == lost, "the receipt is the same however often it is asked for"
    assert attempt(anna, born, first)["state"] == "held"
    mine = attempt(anna, born, second)
    assert (mine["state"], mine["claimant"], mine["winner"]) == ("lost", anna.user, bo.user)
    assert clock.now()


def test_winner_and_loser_hold_a_signed_word_of_the_centre(server: ServerThread, anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(title="灯")
    first, second = claim(bo, born), claim(anna, born)
    anna.push(born)
    bo.push(first)
    anna.push(second)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(keys.public(server.centre)))
    for op in (first, second):
        (rec,) = anna.fetch(("claim", claim_id("thing", born["id"], op["op_id"])))
        said = {name: part for name, part in rec["body"].items() if name != "proof"}
        public.verify(base64.b64decode(rec["body"]["proof"]), canonical(["claim", rec["id"], rec["scope"], said]))


def test_what_came_with_a_lost_claim_is_kept_as_supplementary(anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(title="灯", phone="1")
    anna.push(born)
    bo.push(claim(bo, born))
    group = {"group": new_id()}
    late = claim(anna, born) | group
    late["set"] |= {"phone": {"to": "2", "was": "1", "saw": born["op_id"]}}
    evidence, after = note(anna, born, **group), note(anna, born, "后来")
    results = anna.push(evidence, late, after)
    assert [r["outcome"] for r in results] == ["applied", "lost", "applied"]
    assert body(bo, "thing", born["id"])["phone"] == "2"
    assert body(bo, "note", evidence["id"])["supplementary"] is True
    assert "supplementary" not in body(bo, "note", after["id"])


def test_eight_desks_claim_at_once_and_one_has_it(new_desk: NewDesk, server: ServerThread) -> None:
    """Hazard 19: a race of eight for each of twelve records; nobody is told twice that he won."""
    desks = [new_desk() for _ in range(8)]
    born = [desks[0].create(title=str(n)) for n in range(12)]
    desks[0].push(*born)
    won: dict[str, list[str]] = {op["id"]: [] for op in born}
    told: list[tuple[str, str]] = []

    def race(desk: WireDesk) -> Callable[[], None]:
        def run() -> None:
            for op in born:
                result = desk.push_one(claim(desk, op))
                if result["outcome"] == "applied":
                    won[op["id"]].append(desk.user)
                else:
                    assert result["outcome"] == "lost"
                    told.append((op["id"], result["problem"]["params"]["winner"]))

        return run

    _at_once(*[race(desk) for desk in desks])
    assert all(len(winners) == 1 for winners in won.values()), won
    assert len(told) == 7 * len(born)
    assert all(winner == won[key][0] for key, winner in told)
    held = [json.loads(row.body) for row in rows(server, record) if row.kind == "claim"]
    assert sorted(each["state"] for each in held) == ["held"] * 12 + ["lost"] * 84


def test_a_lease_that_is_not_used_ends_by_an_operation_of_the_centre(
    server: ServerThread, anna: WireDesk, bo: WireDesk, clock: FixedClock
) -> None:
    born = anna.create(title="灯")
    anna.push(born)
    mine = claim(bo, born)
    bo.push(mine)
    clock.advance(2 * HOUR - 1)
    bo.log_in()
    anna.log_in()
    bo.hello()
    assert body(anna, "thing", born["id"])["claimed_by"] == bo.user
    clock.advance(1)
    anna.hello()
    after = anna.pull_all()[-2:]
    assert {row["rec"]["kind"] for row in after} == {"thing", "claim"}
    assert body(anna, "thing", born["id"]) == born["init"]
    assert attempt(anna, born, mine)["state"] == "expired"
    (own,) = [row for row in rows(server, op_log) if row.device_id == "centre"]
    assert (own.outcome, json.loads(own.body)["set"]["claimed_by"]["was"]) == ("applied", bo.user)
    assert rows(server, lease) == []
    assert any(row.op_id == own.op_id for row in rows(server, record_history))
    assert sweep(server.centre).expired == 0
    assert anna.push_one(claim(anna, born))["outcome"] == "applied"


def test_progress_of_who_holds_it_renews_the_lease_anybody_elses_does_not(
    server: ServerThread, anna: WireDesk, bo: WireDesk, clock: FixedClock
) -> None:
    born = anna.create(title="灯")
    anna.push(born)
    bo.push(claim(bo, born))
    clock.advance(HOUR)
    anna.log_in()
    bo.log_in()
    anna.push(anna.patch("thing", born["id"], **edit(born, "甲", "phone")), note(anna, born))
    assert rows(server, lease)[0].until == "2026-11-23T03:00:00.000Z"
    bo.push(note(bo, born))
    assert rows(server, lease)[0].until == "2026-11-23T04:00:00.000Z"
    clock.advance(HOUR)
    bo.log_in()
    bo.push(bo.patch("thing", born["id"], **edit(born, "乙")))
    assert rows(server, lease)[0].until == "2026-11-23T05:00:00.000Z"


def test_who_gives_it_back_makes_room(anna: WireDesk, bo: WireDesk, server: ServerThread) -> None:
    born = anna.create(title="灯")
    anna.push(born)
    mine = claim(bo, born)
    bo.push(mine)
    assert bo.push_one(claim(bo, born, was=bo.user, to=None))["outcome"] == "applied"
    assert attempt(bo, born, mine)["state"] == "released"
    assert rows(server, lease) == []
    assert anna.push_one(claim(anna, born))["outcome"] == "applied"
    assert bo.push_one(claim(bo, born, was=bo.user, to=None))["outcome"] == "merged"
    assert body(bo, "thing", born["id"])["claimed_by"] == anna.user


def test_taking_over_takes_a_right_and_a_reason_and_both_are_told(anna: WireDesk, bo: WireDesk) -> None:
    anna.introduce("supervisor")
    bo.introduce("handler")
    born = anna.create(title="灯")
    anna.push(born)
    mine = claim(bo, born)
    bo.push(mine)
    refused = anna.push_one(claim(anna, born, was=bo.user))
    assert (refused["outcome"], problem(refused)) == ("rejected", "/p/claim-override")
    taken = claim(anna, born, was=bo.user, reason="承办人请假")
    assert anna.push_one(taken)["outcome"] == "applied"
    old, new = attempt(bo, born, mine), attempt(bo, born, taken)
    assert (old["state"], old["ended_by"], old["winner"], old["reason"]) == ("taken-over", anna.user, anna.user, "承办人请假")
    assert (new["state"], new["claimant"]) == ("held", anna.user)
    back = bo.push_one(claim(bo, born, was=anna.user, reason="我的"))
    assert (back["outcome"], problem(back)) == ("rejected", "/p/claim-override")
    stale = bo.push_one(claim(bo, born))
    assert problem(stale) == "/p/claim-lost"


def test_nobody_makes_claims_but_the_centre(anna: WireDesk) -> None:
    forged = anna.push_one(anna.create("claim", record_kind="thing", claimant=anna.user, state="held"))
    assert (forged["outcome"], problem(forged)) == ("rejected", "/p/server-only")
    born = anna.create(title="灯", claimed_by=anna.user, lease_until="2099-01-01T00:00:00.000Z")
    anna.push(born)
    assert set(body(anna, "thing", born["id"])) == {"created_at", "created_by", "title"}


def test_a_closed_record_keeps_who_did_it_without_a_lease(anna: WireDesk, server: ServerThread) -> None:
    born = anna.create(title="灯", state="sent")
    anna.push(born, claim(anna, born))
    done = anna.push_one(anna.patch("thing", born["id"], **edit(born, "closed", "state")))
    assert done["record"]["body"]["claimed_by"] == anna.user
    assert rows(server, lease) == []
