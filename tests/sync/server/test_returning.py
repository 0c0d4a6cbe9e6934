"""What comes back to a restored centre: what it had signed is re-imposed, new claims wait, nothing forged is believed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.limits import MAX_INT
from sync.policies import Policies
from sync.server import admin
from sync.server.run import ServerThread
from tests.sync.server.wire import STATION, WireDesk, edit, new_id, problem
from tests.sync.things import POLICIES
from zzdesk.clock import FixedClock


class Restorable:
    """A centre with two desks, whose database can be put back to what it was."""

    def __init__(self, data: Path, clock: FixedClock, policies: Policies = POLICIES) -> None:
        self.data, self.clock, self.policies = data, clock, policies
        self.start()
        self.anna, self.bo = (WireDesk(self.server.url, clock, self.server.enrol_code(STATION)) for _ in range(2))
        for desk in (self.anna, self.bo):
            desk.hello()
        self.said: dict[str, dict[str, Any]] = {}

    def start(self) -> None:
        self.server = ServerThread(self.data, clock=self.clock, policies=self.policies).start()

    def keep(self) -> None:
        """Copy the database while the centre stands still."""
        self.server.stop()
        shutil.copy(self.data / "server.db", self.data / "kept.db")
        self.start()
        self._speak()

    def restore(self) -> None:
        self.server.stop()
        for path in self.data.glob("server.db*"):
            path.unlink()
        shutil.copy(self.data / "kept.db", self.data / "server.db")
        admin.post_restore(self.data, None, self.clock)
        self.start()
        self._speak()

    def _speak(self) -> None:
        for desk in (self.anna, self.bo):
            desk.url = self.server.url
            with self.server.centre.database.reading() as connection:
                from sync.server.centre import identity

                desk.epoch = identity(connection).epoch

    def push(self, desk: WireDesk, *ops: dict[str, Any]) -> list[dict[str, Any]]:
        """Push and keep the receipts, as a desk does."""
        results = desk.push(*ops)
        for result in results:
            kind = problem(result)
            self.said[result["op_id"]] = {
                "epoch": desk.epoch, "outcome": result["outcome"], "seq": result["seq"], "sig": result["sig"],
                "problem": kind,
            }  # fmt: skip
        return results

    def again(self, desk: WireDesk, *ops: dict[str, Any], **changed: Any) -> list[dict[str, Any]]:
        """Send operations again with their receipts, under a new name."""
        desk.replica = f"r-{new_id()}"
        sent = [desk.signed(op | {"replica": desk.replica}) if desk.introduced else op | {"replica": desk.replica} for op in ops]
        receipts = {op["op_id"]: self.said[op["op_id"]] | changed for op in ops if op["op_id"] in self.said}
        message = {"replica": desk.replica, "epoch": desk.epoch, "ops": sent, "receipts": receipts}
        return desk.call("push", **message)["results"]

    def close(self) -> None:
        for desk in (self.anna, self.bo):
            desk.close()
        self.server.stop()


@pytest.fixture
def centre(tmp_path: Path, clock: FixedClock) -> Iterator[Restorable]:
    made = Restorable(tmp_path / "centre", clock)
    yield made
    made.close()


def claim(desk: WireDesk, born: dict[str, Any]) -> dict[str, Any]:
    return desk.patch("thing", born["id"], claimed_by={"to": desk.user, "was": None, "saw": born["op_id"]})


def outcomes(results: list[dict[str, Any]]) -> list[str]:
    return [result["outcome"] for result in results]


def test_a_claim_that_was_lost_stays_lost_whoever_comes_back_first(centre: Restorable) -> None:
    born = centre.anna.create(title="井盖")
    centre.push(centre.anna, born)
    centre.keep()
    won, late = claim(centre.anna, born), claim(centre.bo, born)
    assert outcomes(centre.push(centre.anna, won) + centre.push(centre.bo, late)) == ["applied", "lost"]
    centre.restore()
    assert outcomes(centre.again(centre.bo, late)) == ["lost"], "it had been told so"
    assert outcomes(centre.again(centre.anna, won)) == ["applied"]
    [rec] = centre.anna.fetch(("thing", born["id"]))
    assert rec["body"]["claimed_by"] == centre.anna.user


def test_what_came_with_a_lost_claim_is_taken_all_the_same(centre: Restorable) -> None:
    born = centre.anna.create(title="井盖")
    centre.push(centre.anna, born)
    centre.keep()
    won = claim(centre.anna, born)
    late = centre.bo.patch(
        "thing", born["id"], claimed_by={"to": centre.bo.user, "was": None, "saw": born["op_id"]},
        **edit(born, "138", "phone"),
    )  # fmt: skip
    centre.push(centre.anna, won)
    assert outcomes(centre.push(centre.bo, late)) == ["lost"]
    centre.restore()
    assert outcomes(centre.again(centre.bo, late)) == ["lost"]
    [rec] = centre.anna.fetch(("thing", born["id"]))
    assert rec["body"].get("claimed_by") is None
    assert rec["body"]["phone"] == "138"


def test_a_new_claim_waits_until_the_others_have_come_back(centre: Restorable) -> None:
    born = centre.anna.create(title="井盖")
    centre.push(centre.anna, born)
    centre.keep()
    won = claim(centre.anna, born)
    centre.push(centre.anna, won)
    centre.restore()
    fresh = claim(centre.bo, born)
    [waits] = centre.again(centre.bo, fresh)
    assert (waits["outcome"], problem(waits)) == ("deferred", "/p/recovering")
    plain = centre.bo.create(title="新的事")
    assert outcomes(centre.again(centre.bo, plain)) == ["applied"], "only claims wait"
    assert centre.bo.hello()["mode"] == "recovery"
    assert outcomes(centre.again(centre.anna, won)) == ["applied"]
    assert centre.anna.hello()["mode"] == "normal"
    [lost] = centre.again(centre.bo, fresh)
    assert (lost["outcome"], lost["problem"]["params"]["winner"]) == ("lost", centre.anna.user)


def test_what_was_refused_is_refused_again_with_the_same_reason(centre: Restorable) -> None:
    born = centre.anna.create(title="井盖", state="new")
    centre.push(centre.anna, born)
    centre.keep()
    wrong = centre.anna.patch("thing", born["id"], code={"to": "别的", "was": None, "saw": born["op_id"]})
    [refused] = centre.push(centre.anna, wrong)
    assert refused["outcome"] == "rejected"
    centre.restore()
    [again] = centre.again(centre.anna, wrong)
    assert (again["outcome"], problem(again)) == ("rejected", problem(refused))
    assert outcomes(centre.again(centre.anna, wrong)) == ["rejected"], "and is stored as ever"


@pytest.mark.parametrize(
    "changed", [{"outcome": "lost"}, {"seq": 7}, {"epoch": "e-other"}, {"sig": "0" * 64}], ids=lambda c: next(iter(c))
)
def test_a_receipt_that_the_centre_did_not_sign_changes_nothing(centre: Restorable, changed: dict[str, Any]) -> None:
    born = centre.anna.create(title="井盖")
    centre.push(centre.anna, born)
    centre.keep()
    won = claim(centre.anna, born)
    centre.push(centre.anna, won)
    centre.restore()
    [result] = centre.again(centre.anna, won, **changed)
    assert (result["outcome"], problem(result)) == ("deferred", "/p/recovering"), "so it is a new claim, and waits"


def test_what_was_accepted_is_never_refused_while_the_centre_recovers(centre: Restorable) -> None:
    """What it stands on may be on its way: here the one who moved the record on comes back last."""
    born = centre.anna.create(title="井盖", state="new")
    centre.push(centre.anna, born)
    centre.keep()
    check = centre.anna.patch("thing", born["id"], state={"to": "checked", "was": "new", "saw": born["op_id"]})
    send = centre.bo.patch("thing", born["id"], state={"to": "sent", "was": "checked", "saw": check["op_id"]})
    assert outcomes(centre.push(centre.anna, check) + centre.push(centre.bo, send)) == ["applied", "applied"]
    centre.restore()
    assert outcomes(centre.again(centre.bo, send)) == ["held"]
    assert outcomes(centre.again(centre.anna, check)) == ["applied"]
    assert outcomes(centre.again(centre.bo, send)) == ["applied"]


def test_an_enrolment_lost_with_the_backup_is_made_again_at_the_same_centre(centre: Restorable) -> None:
    centre.keep()
    late = WireDesk(centre.server.url, centre.clock, centre.server.enrol_code(STATION))
    born = late.create(title="新设备登记")
    centre.push(late, born)
    server_id = late.hello()["server_id"]
    old_epoch = late.epoch
    centre.restore()
    late.url = centre.server.url
    assert late.ask("hello", replica=late.replica, epoch=late.epoch, app="1.0", schema=1).status_code == 401
    code = centre.server.enrol_code(STATION)
    late.token = ""
    answer = late.call(
        "enrol", code=code, device_pubkey=late.pubkey, name="测试台", station=STATION, server_id=server_id, epoch=old_epoch
    )
    late.device_id, late.epoch = answer["device_id"], answer["epoch"]
    late.log_in()
    assert outcomes(centre.again(late, born)) == ["applied"]
    late.close()


def test_no_lease_ends_and_nothing_held_is_forced_while_the_desks_come_back(
    centre: Restorable, clock: FixedClock
) -> None:
    born = centre.anna.create(title="井盖")
    centre.push(centre.anna, born, mine := claim(centre.anna, born))
    late = centre.bo.patch("thing", born["id"], **edit(born, "138", "phone", saw=new_id()))
    assert outcomes(centre.push(centre.bo, late)) == ["held"]
    centre.keep()
    clock.advance(7_000)
    centre.anna.log_in()
    progress = centre.anna.patch("thing", born["id"], **edit(born, "井盖已换"))
    centre.push(centre.anna, progress)
    clock.advance(8 * 24 * 3600)
    centre.restore()
    for desk in (centre.anna, centre.bo):
        desk.log_in()
    assert centre.bo.hello()["mode"] == "recovery"
    [rec] = centre.bo.fetch(("thing", born["id"]))
    assert rec["body"]["claimed_by"] == centre.anna.user, "what renewed it has not come back yet"
    assert outcomes(centre.again(centre.anna, mine, progress)) == ["applied", "applied"]
    assert outcomes(centre.bo.push(late)) == ["held"]
    centre.bo.hello()
    [rec] = centre.bo.fetch(("thing", born["id"]))
    assert (rec["body"]["claimed_by"], rec["body"]["title"]) == (centre.anna.user, "井盖已换")


def close(desk: WireDesk, born: dict[str, Any]) -> dict[str, Any]:
    return desk.patch("thing", born["id"], state={"to": "closed", "was": "checked", "saw": born["op_id"]})


def test_what_was_written_before_a_record_was_final_is_taken_though_its_end_comes_back_first(
    centre: Restorable,
) -> None:
    born = centre.anna.create(title="井盖", state="checked", terms="原定")
    centre.push(centre.anna, born)
    centre.keep()
    terms, end = centre.anna.patch("thing", born["id"], **edit(born, "改定", "terms")), close(centre.bo, born)
    mine = claim(centre.anna, born)
    centre.push(centre.anna, terms, mine)
    assert outcomes(centre.push(centre.bo, end)) == ["applied"]
    centre.restore()
    assert outcomes(centre.again(centre.bo, end)) == ["applied"]
    assert outcomes(centre.again(centre.anna, terms, mine)) == ["applied", "applied"]
    [rec] = centre.anna.fetch(("thing", born["id"]))
    assert (rec["body"]["terms"], rec["body"]["claimed_by"]) == ("改定", centre.anna.user)
    assert "lease_until" not in rec["body"], "what is closed needs no lease"


def test_a_step_that_was_taken_is_not_held_back_by_a_conflict_about_money_that_came_later(centre: Restorable) -> None:
    born = centre.anna.create(title="井盖", state="checked", amount="1")
    centre.push(centre.anna, born)
    centre.keep()
    step = centre.anna.patch("thing", born["id"], **edit(born, "sent", "state"))
    mine, other = (d.patch("thing", born["id"], **edit(born, v, "amount")) for d, v in ((centre.anna, "2"), (centre.bo, "3")))
    centre.push(centre.anna, step, mine)
    assert outcomes(centre.push(centre.bo, other)) == ["conflict"]
    centre.restore()
    assert outcomes(centre.again(centre.bo, other)) == ["applied"]
    assert outcomes(centre.again(centre.anna, mine, step)) == ["conflict", "applied"]


def test_what_waits_at_the_restored_centre_keeps_the_word_that_came_with_it(centre: Restorable) -> None:
    """Held when it comes back, and let go by somebody else's push: what was said to it once still counts."""
    born = centre.anna.create(title="井盖", state="checked", terms="原定")
    centre.push(centre.anna, born)
    centre.keep()
    first = centre.anna.patch("thing", born["id"], **edit(born, "改定", "terms"))
    later = centre.bo.patch("thing", born["id"], terms={"to": "再改", "was": "改定", "saw": first["op_id"]})
    centre.push(centre.anna, first)
    assert outcomes(centre.push(centre.bo, later)) == ["applied"]
    end = close(centre.bo, born)
    centre.push(centre.bo, end)
    centre.restore()
    assert outcomes(centre.again(centre.bo, end, later)) == ["applied", "held"]
    assert outcomes(centre.again(centre.anna, first)) == ["applied"]
    [rec] = centre.anna.fetch(("thing", born["id"]))
    assert rec["body"]["terms"] == "再改", "not refused for being final by now"
    assert outcomes(centre.again(centre.bo, later)) == ["applied"]


def test_what_the_backup_holds_as_waiting_ends_as_it_had_ended(centre: Restorable) -> None:
    """In the backup a step is held; it had been let go before the centre was lost."""
    born = centre.anna.create(title="井盖", state="checked", amount="1")
    centre.push(centre.anna, born, centre.anna.patch("thing", born["id"], **edit(born, "2", "amount")))
    [clash] = centre.push(centre.bo, centre.bo.patch("thing", born["id"], **edit(born, "3", "amount")))
    step = close(centre.anna, born)
    assert outcomes(centre.push(centre.anna, step)) == ["held"]
    centre.keep()
    answer = {"amount": {"to": "2", "was": "2", "saw": clash["stamps"]["amount"]}}
    parts = {"set": answer, "conflicts": clash["conflict_ids"], "reason": "x"}
    for desk in (centre.bo, centre.anna):
        centre.push(desk, desk.op("thing", born["id"], "resolve", **parts))
    assert outcomes(centre.push(centre.anna, step)) == ["applied"]
    centre.restore()
    assert outcomes(centre.again(centre.anna, step)) == ["applied"], "nobody has to decide first"


def test_what_was_taken_once_and_cannot_be_taken_now_comes_before_a_person(centre: Restorable) -> None:
    """The counter was raised by a desk that never comes back; what took from it is not thrown away."""
    born = centre.anna.create(title="井盖", hours=0)
    centre.push(centre.anna, born)
    centre.keep()
    centre.push(centre.bo, centre.bo.patch("thing", born["id"], hours={"by": MAX_INT}))
    down = centre.anna.patch("thing", born["id"], hours={"by": -MAX_INT})
    more = centre.anna.patch("thing", born["id"], hours={"by": -5})
    assert outcomes(centre.push(centre.anna, down, more)) == ["applied", "applied"]
    centre.restore()
    assert outcomes(centre.again(centre.anna, down, more)) == ["applied", "deferred"], "it may still come"
    centre.clock.advance(72 * 3600)
    centre.anna.log_in()
    assert centre.anna.hello()["mode"] == "normal"
    [aside] = centre.again(centre.anna, more)
    assert (aside["outcome"], problem(aside)) == ("quarantined", "/p/accepted-before")


def test_a_decision_that_had_counted_and_comes_after_another_one_is_a_choice_for_a_person(centre: Restorable) -> None:
    born = centre.anna.create(title="井盖", state="new")
    centre.push(centre.anna, born)
    centre.keep()
    check = centre.anna.patch("thing", born["id"], **edit(born, "checked", "state"))
    drop = centre.bo.patch("thing", born["id"], **edit(born, "dropped", "state"))
    centre.push(centre.anna, check)
    [clash] = centre.push(centre.bo, drop)
    about = {"conflicts": clash["conflict_ids"], "reason": "x"}
    stands = {"was": "checked", "saw": check["op_id"]}
    mine = centre.bo.op("thing", born["id"], "resolve", set={"state": {"to": "dropped"} | stands}, **about)
    assert outcomes(centre.push(centre.bo, mine)) == ["applied"]
    centre.restore()
    centre.again(centre.anna, check)
    centre.again(centre.bo, drop)
    other = centre.anna.op("thing", born["id"], "resolve", set={"state": {"to": "checked"} | stands}, **about)
    assert outcomes(centre.again(centre.anna, other)) == ["applied"], "who decides now does not know of the other decision"
    assert outcomes(centre.again(centre.bo, mine)) == ["deferred"]
    centre.clock.advance(72 * 3600)
    for desk in (centre.anna, centre.bo):
        desk.log_in()
        desk.hello()
    [kept] = centre.again(centre.bo, mine)
    assert (kept["outcome"], problem(kept)) == ("conflict", "/p/accepted-before")
    [rec] = centre.anna.fetch(("conflict", kept["conflict_ids"][0]))
    assert [candidate["value"] for candidate in rec["body"]["candidates"]] == ["checked", "dropped"]


def test_a_decision_that_comes_back_takes_away_nothing_that_was_added_since(centre: Restorable) -> None:
    """Its author had seen his own edit stand there; at the restored centre that one met a tag of which he knows nothing."""
    born = centre.anna.create(title="井盖", tags=["灯"])
    centre.push(centre.anna, born)
    swap = {"del": ["灯"]}
    centre.push(centre.bo, centre.bo.patch("thing", born["id"], tags={"add": ["灯杆"]} | swap))
    [clash] = centre.push(centre.anna, centre.anna.patch("thing", born["id"], tags={"add": ["灯泡"]} | swap))
    [conflict] = clash["conflict_ids"]
    centre.keep()
    night = centre.anna.patch("thing", born["id"], tags={"add": ["夜间"], "del": []})
    decided = centre.anna.op(
        "thing", born["id"], "resolve", conflicts=[conflict], reason="x", saw={conflict: night["op_id"]},
        set={"tags": {"to": ["夜间", "灯泡"], "was": ["夜间", "灯杆"], "saw": night["op_id"]}},
    )  # fmt: skip
    assert outcomes(centre.push(centre.anna, night, decided)) == ["applied", "applied"]
    centre.restore()
    new = centre.bo.patch("thing", born["id"], tags={"add": ["漏电"], "del": []})
    assert outcomes(centre.push(centre.bo, new)) == ["applied"]
    assert outcomes(centre.again(centre.anna, night, decided)) == ["applied", "conflict"]
    open_one, thing = centre.anna.fetch(("conflict", conflict), ("thing", born["id"]))
    assert thing["body"]["tags"] == ["夜间", "漏电", "灯杆"]
    assert open_one["body"]["state"] == "open"
    assert [candidate["value"] for candidate in open_one["body"]["candidates"]] == [
        ["夜间", "漏电", "灯杆"], ["灯泡"], ["夜间", "灯泡"]]  # fmt: skip
