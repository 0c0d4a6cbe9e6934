"""The guards of the loop at the centre: whoever changed the program on a desk gains nothing by it (B2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

import zzdesk.catalogue
from sync.policies import Policies
from sync.protocol import SCHEMA
from sync.server import quarantine
from sync.server.run import ServerThread
from tests.sync.server.conftest import ServerStore, on_sqlite
from tests.sync.server.wire import WireDesk, new_id, problem
from zzdesk.clock import FixedClock, to_iso
from zzdesk.store.base import kinds

assert zzdesk.catalogue.__doc__

ROLES = ("supervisor", "clerk")
LIMIT = "working-days:5"
CALL = {"contact_result": "answered", "contact_phone": "13805961234"}


class Case:
    """One report at the centre that two people move along with operations of their own making."""

    def __init__(self, boss: WireDesk, second: WireDesk, clock: FixedClock, **more: Any) -> None:
        self.boss, self.second, self.clock = boss, second, clock
        born = boss.create("report", title="占道经营", state="registered", source="phone", **more)
        assert boss.push_one(born | {"schema": SCHEMA})["outcome"] == "applied"
        self.id = str(born["id"])

    @property
    def body(self) -> dict[str, Any]:
        return dict(self.boss.fetch(("report", self.id))[0]["body"])

    def patch(self, desk: WireDesk, group: str, schema: int = SCHEMA, **to: Any) -> dict[str, Any]:
        """Edit fields of the report as they stand; ``round`` is a step of the counter."""
        (record,) = desk.fetch(("report", self.id))
        body, stamps = record["body"], record["stamps"]
        edits = {n: {"to": v, "was": body.get(n), "saw": stamps.get(n) or stamps["*"]} for n, v in to.items() if n != "round"}
        if "round" in to:
            edits["round"] = {"by": to["round"]}
        return desk.op("report", self.id, "patch", set=edits, group=group, schema=schema)

    def step(self, desk: WireDesk, group: str, schema: int = SCHEMA, **fields: Any) -> dict[str, Any]:
        return desk.create("step", report_id=self.id, **fields) | {"group": group, "schema": schema}

    def move(self, desk: WireDesk, action: str, to: str, *, schema: int = SCHEMA, told: dict[str, Any] | None = None,
             **step: Any) -> str:  # fmt: skip
        """Take a step as the desk does, in one group; return what became of it, or why it was refused."""
        self.clock.advance(60)
        group, now = new_id(), self.body["state"]
        step = {"action": action, "from_state": now, "to_state": to} | step
        said = self.patch(desk, group, schema, state=to, **(told or {})), self.step(desk, group, schema, **step)
        results = desk.push(*said)
        worst = next((r for r in results if r["problem"] and r["problem"]["type"] != "/p/group-rejected"), results[0])
        return problem(worst) or str(worst["outcome"])

    def until(self, last: str) -> None:
        """Go the ordinary way to the end of one step; the boss looks, calls and asks."""
        call = CALL | {"contact_at": to_iso(self.clock.now())}
        way: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
            ("accept", "verifying", {}, {}), ("confirm", "dispatching", {}, {"note": "属实"}),
            ("dispatch", "handling", {"handler_unit": "城管", "due_rule": LIMIT}, {"handler_unit": "城管"}),
            ("finish", "feedback", {"closing": "done"}, {"note": "已劝离"}), ("inform", "evaluating", {}, call),
            ("redo", "handling", {"closing": None, "round": 2}, {"answer": "unsatisfied"}),
            ("finish", "checking", {"closing": "done"}, {"note": "再次劝离"}),
        )  # fmt: skip
        for action, to, told, step in way:
            assert self.move(self.boss, action, to, told=told, **step) == "applied"
            if action == last and to != "feedback":
                return
            if (action, to) == (last, "feedback"):
                return


@pytest.fixture
def server(server_store: ServerStore, clock: FixedClock) -> Iterator[ServerThread]:
    """A centre with the real kinds of records."""
    url = server_store.database_url
    with ServerThread(server_store.data, database_url=url, clock=clock, policies=Policies.of(kinds())) as running:
        yield running


@pytest.fixture
def case(anna: WireDesk, bo: WireDesk, clock: FixedClock) -> Case:
    anna.introduce("administrator", *ROLES)
    bo.introduce("clerk")
    roles = {"add": ["supervisor"], "del": []}
    assert anna.push_one(anna.patch("account", bo.user, roles=roles))["outcome"] == "applied"
    return Case(anna, bo, clock)


def test_the_first_reviewer_does_not_look_again(case: Case) -> None:
    case.until("redo")
    assert case.move(case.boss, "finish", "checking", told={"closing": "done"}, note="再次劝离") == "applied"
    assert case.move(case.boss, "recheck", "feedback", note="看过") == "/p/same-reviewer"
    false = {"created_by": case.second.user}
    assert case.move(case.boss, "recheck", "feedback", note="看过", **false) == "/p/not-yours"
    assert case.body["state"] == "checking"
    assert case.move(case.second, "recheck", "feedback", note="看过") == "applied"


def test_the_second_look_is_not_left_out(case: Case) -> None:
    case.until("redo")
    assert case.move(case.boss, "finish", "feedback", told={"closing": "done"}, note="好了") == "/p/moved-on"
    assert case.body["state"] == "handling"


def test_nothing_is_closed_without_proof_of_contact(case: Case) -> None:
    case.until("finish")
    assert case.move(case.boss, "inform", "evaluating") == "/p/no-contact"
    missed = {"contact_result": "no-answer", "contact_phone": "13805961234"}
    assert case.move(case.boss, "inform", "evaluating", **missed, contact_at=to_iso(case.clock.now())) == "/p/no-contact"
    for hours in (5, 4):
        group, when = new_id(), to_iso(case.clock.now() - timedelta(hours=hours))
        tried = case.step(case.boss, group, action="note", contact_at=when, **missed)
        assert case.boss.push_one(tried)["outcome"] == "applied"
    assert case.move(case.boss, "inform", "evaluating", **missed, contact_at=to_iso(case.clock.now())) == "applied"


def test_a_call_names_its_number_and_a_round_begins_when_somebody_is_not_satisfied(case: Case) -> None:
    case.until("finish")
    nameless = {"contact_result": "answered", "contact_at": to_iso(case.clock.now())}
    assert case.move(case.boss, "inform", "evaluating", **nameless) == "/p/no-number"
    assert case.move(case.boss, "inform", "evaluating", told={"round": 2}, **nameless | CALL) == "/p/wrong-round"
    assert case.move(case.boss, "inform", "evaluating", **nameless | CALL) == "applied"
    again = {"told": {"closing": None}, "answer": "unsatisfied"}
    assert case.move(case.boss, "redo", "handling", **again) == "/p/wrong-round"
    assert case.move(case.boss, "redo", "handling", told={"closing": None, "round": 2}, answer="unsatisfied") == "applied"


def test_an_evaluation_is_a_citizens_answer_or_nothing(case: Case) -> None:
    case.until("inform")
    group = new_id()
    alone = case.boss.push_one(case.patch(case.boss, group, state="closed", evaluation="satisfied"))
    assert problem(alone) == "/p/unanswered"
    assert problem(case.boss.push_one(case.patch(case.boss, group=new_id(), evaluation="satisfied"))) == "/p/unanswered"
    remark = case.step(case.boss, new_id(), action="note", note="居民说好", answer="satisfied")
    assert problem(case.boss.push_one(remark)) == "/p/unanswered"
    other = {"told": {"evaluation": "very-satisfied"}, "answer": "satisfied"}
    assert case.move(case.boss, "evaluate", "closed", **other) == "/p/unanswered"
    assert case.move(case.boss, "close-unrated", "closed", told={"evaluation": "satisfied"}, reason="x") == "/p/unanswered"
    assert case.move(case.boss, "close-unrated", "closed", reason="x") == "/p/unclear-ending"
    unrated = {"told": {"evaluation": "unrated"}, "reason": "没有回音"}
    assert case.move(case.boss, "close-unrated", "closed", **unrated) == "/p/too-early"
    case.clock.advance(8 * 86_400)
    for desk in (case.boss, case.second):
        desk.log_in()
    assert "evaluation" not in case.body
    assert case.move(case.boss, "close-unrated", "closed", **unrated) == "applied"


def test_whoever_names_a_conflict_is_guarded_like_everybody(case: Case) -> None:
    """A decision of a conflict moves a report without a step; one that is not there, or about something else, does not."""
    case.until("inform")
    phone = case.patch(case.boss, new_id(), reporter_phone="13805961234")
    late = case.patch(case.second, new_id(), reporter_phone="13905961234")
    assert case.boss.push_one(phone)["outcome"] == "applied"
    (other,) = case.second.push_one(late)["conflict_ids"]
    for named in (new_id(), other):
        alone = case.patch(case.boss, new_id(), state="closed") | {"conflicts": [named]}
        assert problem(case.boss.push_one(alone)) == "/p/step-missing"
    assert case.body["state"] == "evaluating"


@pytest.mark.parametrize("schema", [1, SCHEMA])
def test_a_report_is_born_at_its_beginning(case: Case, schema: int) -> None:
    for more in ({"state": "closed"}, {"state": "registered", "evaluation": "satisfied"}):
        born = case.boss.create("report", title="假的", **more) | {"schema": schema}
        assert problem(case.boss.push_one(born)) == "/p/born-onward"


def test_what_is_not_taken_on_ends_where_it_begins_by_a_step_that_says_so(case: Case) -> None:
    group, fields = new_id(), {"title": "外地的事", "state": "refused", "refusal_reason": "outside-area"}
    born = case.boss.create("report", **fields) | {"group": group, "schema": SCHEMA}
    step = case.boss.create(
        "step", report_id=born["id"], action="refuse", from_state="registered", to_state="refused", reason="不属于本市"
    ) | {"group": group, "schema": SCHEMA}  # fmt: skip
    assert {result["outcome"] for result in case.boss.push(born, step)} == {"applied"}
    assert problem(case.boss.push_one(case.boss.create("report", **fields))) == "/p/born-onward"


def test_a_move_without_a_step_and_a_step_without_a_move_are_refused(case: Case) -> None:
    assert problem(case.boss.push_one(case.patch(case.boss, new_id(), state="verifying"))) == "/p/step-missing"
    assert case.move(case.boss, "confirm", "verifying", note="x") == "/p/step-missing"
    for states in ({"from_state": "registered", "to_state": "verifying"}, {}):
        lone = case.step(case.boss, new_id(), action="accept", **states)
        assert problem(case.boss.push_one(lone)) == "/p/step-alone"
    case.until("accept")
    assert case.move(case.boss, "confirm", "dispatching") == "/p/step-incomplete"


def asked(case: Case, desk: WireDesk, kind: str = "suspend", **more: Any) -> str:
    until = to_iso(case.clock.now() + timedelta(days=9))
    init = {"report_id": case.id, "request_kind": kind, "state": "asked", "reason": "等物业", "until": until} | more
    born = desk.create("request", **init) | {"schema": SCHEMA}
    result = desk.push_one(born)
    assert result["outcome"] == "applied", problem(result)
    return str(born["id"])


def approve(case: Case, desk: WireDesk, request: str, told: dict[str, Any] | None = None, verdict: str = "approved") -> str:
    """Decide, with the effect on the report in the same group."""
    case.clock.advance(60)
    group, (record,) = new_id(), desk.fetch(("request", request))
    edit = {"state": {"to": verdict, "was": record["body"]["state"], "saw": record["stamps"]["*"]}}
    ops = [desk.op("request", request, "patch", set=edit, group=group, schema=SCHEMA)]
    if told:
        step = {"action": "suspend", "from_state": case.body["state"], "to_state": told["state"], "reason": "等物业"}
        ops += [case.patch(desk, group, **told), case.step(desk, group, **step)]
    results = desk.push(*ops)
    worst = next((r for r in results if r["problem"] and r["problem"]["type"] != "/p/group-rejected"), results[0])
    return problem(worst) or str(worst["outcome"])


def test_who_asks_does_not_approve_and_without_approval_nothing_rests(case: Case) -> None:
    case.until("accept")
    request = asked(case, case.boss)
    until = case.boss.fetch(("request", request))[0]["body"]["until"]
    effect = {"state": "suspended", "suspended_from": "verifying", "suspended_until": until}
    assert approve(case, case.boss, request, effect) == "/p/self-approval"
    alone = {name: value for name, value in effect.items() if name != "state"}
    assert case.move(case.second, "suspend", "suspended", told=alone) == "/p/unapproved"
    assert approve(case, case.second, request) == "/p/moved-on"  # approved and not done
    assert approve(case, case.second, request, effect | {"suspended_until": to_iso(case.clock.now())}) == "/p/moved-on"
    assert case.body["state"] == "verifying"
    assert approve(case, case.second, request, effect) == "applied"
    assert case.body["state"] == "suspended"
    assert case.move(case.boss, "resume", "feedback", reason="好了") == "/p/moved-on"
    assert case.move(case.boss, "resume", "verifying", reason="好了", told={"suspended_from": None}) == "applied"


def test_one_thing_is_asked_once_and_withdrawn_by_who_asked(case: Case) -> None:
    request = asked(case, case.boss)
    again = case.second.create(
        "request", report_id=case.id, request_kind="suspend", state="asked", reason="x", until=to_iso(case.clock.now())
    )  # fmt: skip
    assert problem(case.second.push_one(again)) == "/p/asked-already"
    approved = case.second.create("request", report_id=case.id, request_kind="void", state="approved", reason="x")
    assert problem(case.second.push_one(approved)) == "/p/request-incomplete"
    assert approve(case, case.second, request, verdict="withdrawn") == "/p/not-your-request"
    assert approve(case, case.boss, request, verdict="withdrawn") == "applied"


def test_a_delay_is_asked_before_the_due_time_and_granted_once(anna: WireDesk, bo: WireDesk, clock: FixedClock) -> None:
    anna.introduce("administrator", *ROLES)
    bo.introduce("clerk")
    case = Case(anna, bo, clock, due_rule="working-days:2")
    more = {"kind": "delay", "amount": 1, "unit": "working-days"}
    assert case.body["due_at"] == "2026-11-25T15:59:59.999Z"
    late = {"report_id": case.id, "request_kind": "delay", "state": "asked", "reason": "x", "amount": 1, "unit": "days"}
    first = asked(case, bo, **more)
    assert approve(case, anna, first) == "applied"
    assert case.body["due_at"] == "2026-11-26T15:59:59.999Z"
    assert problem(bo.push_one(bo.create("request", **late))) == "/p/no-more-delays"
    other = Case(anna, bo, clock, due_rule="working-days:2")
    clock.advance(4 * 86_400)
    for desk in (anna, bo):
        desk.log_in()
    assert problem(bo.push_one(bo.create("request", **late | {"report_id": other.id}))) == "/p/asked-too-late"
    limitless = Case(anna, bo, clock)
    assert problem(bo.push_one(bo.create("request", **late | {"report_id": limitless.id}))) == "/p/no-deadline"


def test_what_belongs_to_a_report_that_is_not_here_stands_for_itself(case: Case) -> None:
    until = to_iso(case.clock.now() + timedelta(days=9))
    early = case.boss.create("request", report_id=new_id(), request_kind="suspend", state="asked", reason="x", until=until)
    assert case.boss.push_one(early)["outcome"] == "applied"


def test_once_begun_a_report_is_not_simply_declared_void(case: Case) -> None:
    case.until("accept")
    (record,) = case.boss.fetch(("report", case.id))
    void = case.boss.op("report", case.id, "void", reason="重复", saw=record["stamps"], schema=SCHEMA)
    assert problem(case.boss.push_one(void)) == "/p/void-by-request"


def test_helping_units_are_waited_for(case: Case) -> None:
    case.until("confirm")
    told = {"handler_unit": "城管", "due_rule": LIMIT}
    assert case.move(case.boss, "dispatch", "handling", told=told, handler_unit="城管") == "applied"
    units = case.boss.op("report", case.id, "patch", set={"assist_units": {"add": ["物业"], "del": []}}, schema=SCHEMA)
    assert case.boss.push_one(units)["outcome"] == "applied"
    finish = {"told": {"closing": "done"}, "note": "已劝离"}
    assert case.move(case.boss, "finish", "feedback", **finish) == "/p/units-missing"
    done = case.step(case.second, new_id(), action="assisted", handler_unit="物业", note="清了")
    assert case.second.push_one(done)["outcome"] == "applied"
    assert case.move(case.boss, "finish", "feedback", **finish) == "applied"


@on_sqlite
def test_operations_of_an_older_program_are_held_to_the_rules_and_never_refused_for_their_age(
    case: Case, server: ServerThread
) -> None:
    """What such a program could not write is read as it was meant; what a rule stands against is put before a person."""
    case.until("redo")
    old = {"schema": 1}
    assert case.move(case.boss, "finish", "feedback", told={"closing": "done"}, note="好了", **old) == "/p/moved-on"
    assert case.body["state"] == "handling", "the second look is not left out by calling oneself old"
    (waiting, *_) = quarantined(server)
    assert set(let_through(server, waiting, case.second).values()) == {"applied"}
    assert case.body["state"] == "feedback"
    phone = case.patch(case.boss, new_id(), reporter_phone="13805961234")
    assert case.boss.push_one(phone)["outcome"] == "applied"
    call = {"contact_result": "answered", "contact_at": to_iso(case.clock.now())}
    assert case.move(case.boss, "inform", "evaluating", **call, **old) == "applied"
    assert case.move(case.boss, "evaluate", "closed", told={"evaluation": "satisfied"}, **old) == "/p/unanswered"
    assert case.move(case.boss, "close-unrated", "closed", reason="没有回音", **old) == "/p/too-early"
    case.clock.advance(8 * 86_400)
    case.boss.log_in()
    assert case.move(case.boss, "close-unrated", "closed", reason="没有回音", **old) == "applied"
    assert "evaluation" not in case.body


def quarantined(server: ServerThread) -> list[Any]:
    with server.centre.database.reading() as connection:
        return quarantine.waiting(connection)


def let_through(server: ServerThread, waiting: Any, boss: WireDesk) -> dict[str, str]:
    return quarantine.decide(server.centre, waiting.op_id, boss.user, "核实过", let_through=True)


@on_sqlite
def test_what_only_others_work_stands_against_is_put_before_a_person(case: Case, server: ServerThread) -> None:
    """D05: the desk knew of no helping unit; its body is kept, and a supervisor's word lets it through."""
    case.until("confirm")
    told = {"handler_unit": "城管", "due_rule": LIMIT}
    assert case.move(case.boss, "dispatch", "handling", told=told, handler_unit="城管") == "applied"
    group = new_id()
    finish = (
        case.patch(case.second, group, state="feedback", closing="done"),
        case.step(case.second, group, action="finish", from_state="handling", to_state="feedback", note="已劝离"),
    )
    units = case.boss.op("report", case.id, "patch", set={"assist_units": {"add": ["物业"], "del": []}}, schema=SCHEMA)
    assert case.boss.push_one(units)["outcome"] == "applied"
    results = case.second.push(*finish)
    assert [(r["outcome"], problem(r)) for r in results] == [("quarantined", "/p/units-missing")] * 2
    assert case.body["state"] == "handling"
    waiting = quarantined(server)
    assert [each.why for each in waiting] == ["units-missing"] * 2
    assert set(let_through(server, waiting[0], case.boss).values()) == {"applied"}
    assert case.body["state"] == "feedback"


def test_a_misshapen_step_does_not_stand_in_the_way(case: Case) -> None:
    case.until("accept")
    odd = case.step(case.boss, new_id(), action="note", contact_at="neulich", round="zwei", contact_result=["x"])
    assert case.boss.push_one(odd)["outcome"] == "applied"
    assert case.move(case.boss, "confirm", "dispatching", note="属实") == "applied"


def test_the_right_is_that_of_the_step_that_is_written_down(case: Case) -> None:
    """Between one pair of states there are two arrows: who may take an answer down may not close without one."""
    case.until("inform")
    taken = {"add": [], "del": ["supervisor"]}
    assert case.boss.push_one(case.boss.patch("account", case.second.user, roles=taken))["outcome"] == "applied"
    case.clock.advance(8 * 86_400)
    for desk in (case.boss, case.second):
        desk.log_in()
    unrated = {"told": {"evaluation": "unrated"}, "reason": "没有回音"}
    assert case.move(case.second, "close-unrated", "closed", **unrated) in ("/p/no-permission", "/p/permission-ended")
    answered = {"told": {"evaluation": "satisfied"}, "answer": "satisfied"}
    assert case.move(case.second, "evaluate", "closed", **answered) == "applied"


@on_sqlite
def test_a_repeated_complaint_is_not_verified_by_whoever_verified_the_earlier_one(case: Case) -> None:
    case.until("confirm")
    first = case.id
    born = case.second.create("report", title="又占道", state="registered", source="phone", repeat_of=first)
    assert case.second.push_one(born | {"schema": SCHEMA})["outcome"] == "applied"
    case.id = str(born["id"])
    assert case.move(case.boss, "accept", "verifying") == "/p/verified-before"
    unmarked = case.patch(case.boss, new_id(), repeat_of=None)
    assert problem(case.boss.push_one(unmarked)) == "/p/repeat-stays"
    assert case.move(case.second, "accept", "verifying") == "applied"


@on_sqlite
@pytest.mark.parametrize("old", [False, True])
def test_an_answer_that_two_take_down_at_once_begins_one_round(case: Case, server: ServerThread, old: bool) -> None:
    """Both wrote 不满意 down offline: both steps stay, and the report is in its second round, not in the third."""
    case.until("inform")
    first = case.boss.fetch(("report", case.id))[0]["stamps"]["*"]
    counted: dict[str, Any] = {"by": 2} if old else {"to": 2, "was": None, "saw": first}
    groups = []
    for desk in (case.boss, case.second):
        group, step = new_id(), {"action": "redo", "from_state": "evaluating", "to_state": "handling"}
        back = case.patch(desk, group, state="handling", closing=None)
        back["set"]["round"] = counted
        groups.append((desk, [back, case.step(desk, group, **step, answer="unsatisfied")]))
    outcomes = [[result["outcome"] for result in desk.push(*ops)] for desk, ops in groups]
    assert outcomes == [["applied", "applied"], ["merged", "applied"]]
    assert (case.body["state"], case.body["round"]) == ("handling", 2)
    assert len(case.boss.fetch(*(("step", ops[1]["id"]) for _, ops in groups))) == 2


@on_sqlite
def test_an_answer_of_a_round_that_is_over_begins_no_other_one(case: Case, server: ServerThread) -> None:
    case.until("inform")
    group = new_id()
    late = case.patch(case.second, group, state="handling", closing=None, round=2)
    late["set"]["round"] = {"to": 2, "was": None, "saw": late["set"]["state"]["saw"]}
    step = case.step(case.second, group, action="redo", from_state="evaluating", to_state="handling", answer="unsatisfied")
    assert case.move(case.boss, "redo", "handling", told={"closing": None, "round": 2}, answer="unsatisfied") == "applied"
    assert case.move(case.boss, "finish", "checking", told={"closing": "done"}, note="再次劝离") == "applied"
    assert case.move(case.second, "recheck", "feedback", note="看过") == "applied"
    call = CALL | {"contact_at": to_iso(case.clock.now())}
    assert case.move(case.boss, "inform", "evaluating", **call) == "applied"
    assert [r["outcome"] for r in case.second.push(late, step)] == ["quarantined"] * 2
    assert (case.body["state"], case.body["round"]) == ("evaluating", 2)
    alone = case.boss.patch("report", case.id, round={"to": 9, "was": 2})
    assert problem(case.boss.push_one(alone | {"schema": SCHEMA})) == "/p/wrong-round"


MISSED = {"action": "note", "contact_result": "no-answer", "contact_phone": "13805961234"}


def called(case: Case, desk: WireDesk, when: timedelta) -> None:
    """Note a call that nobody answered, ``when`` from now by the desk's own clock."""
    at = to_iso(desk.clock.now() + when)
    assert desk.push_one(case.step(desk, new_id(), contact_at=at, **MISSED))["outcome"] == "applied"


def fast(desk: WireDesk, by: timedelta) -> None:
    desk.clock = FixedClock(desk.clock.now() + by)
    desk.log_in()


@on_sqlite
def test_a_fast_clock_where_it_was_finished_hides_no_try(case: Case) -> None:
    """The finish is dated tomorrow; what was tried since it arrived counts."""
    case.until("dispatch")
    fast(case.second, timedelta(days=1))
    assert case.move(case.second, "finish", "feedback", told={"closing": "done"}, note="已劝离") == "applied"
    for hours in (5, 3):
        called(case, case.boss, timedelta(hours=-hours))
    last = MISSED | {"contact_at": to_iso(case.clock.now())}
    assert case.move(case.boss, "inform", "evaluating", **{n: v for n, v in last.items() if n != "action"}) == "applied"


@on_sqlite
def test_a_clock_that_leaps_makes_no_tries(case: Case) -> None:
    """Three calls within a minute that a wrong clock dates hours apart are one; none is later than it was noted."""
    case.until("finish")
    for hours in (2, 2, 2):
        fast(case.second, timedelta(hours=hours))
        called(case, case.second, timedelta(0))
    called(case, case.boss, timedelta(hours=9))
    inform = {n: v for n, v in MISSED.items() if n != "action"} | {"contact_at": to_iso(case.clock.now())}
    assert case.move(case.boss, "inform", "evaluating", **inform) == "/p/no-contact"
