"""Conflicts on real desks against a real centre: decided, combined, taken back, found again; money shown only when two agree."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from sync.server.run import ServerThread
from tests.refusing import refuse_titles
from tests.sync.offices import trust
from tests.sync.stations import NewDesk
from zzdesk.clock import FixedClock
from zzdesk.desk import commands, queries, records
from zzdesk.desk.outbox import amend, operation, propose_amendment
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.mediation import commands as mediation
from zzdesk.mediation.models import Case
from zzdesk.ops.models import PARKED, Outbox
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report
from zzdesk.reports.queries import detail
from zzdesk.store.unit import ChangeSet, UnitOfWork


@pytest.fixture
def desks(new_desk: NewDesk) -> tuple[Desk, Desk]:
    """Lin and Chen, each head of the same station at a desk of their own."""
    lin, chen = new_desk("lin"), new_desk("chen")
    trust(lin, chen)
    return lin, chen


def meet(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        sync_once(desk)


def contested(desks: tuple[Desk, Desk], mine: dict[str, Any], theirs: dict[str, Any], **first: Any) -> tuple[str, str]:
    """Register a report, change it on both desks, and return the ids of it and of its conflict."""
    lin, chen = desks
    report: str = lin.write(reports.register, {"title": "路灯不亮", "category": "lighting"} | first).created[0]
    meet(*desks)
    lin.write(reports.edit, report, theirs)
    chen.write(reports.edit, report, mine)
    meet(*desks)
    (row,) = chen.read(queries.conflicts).rows
    return report, row.id


def value(desk: Desk, report: str, name: str) -> Any:
    with desk.store.reader() as session:
        return getattr(session.get_one(Report, report), name)


def test_a_decision_taken_back_leaves_both_values_to_decide_again(desks: tuple[Desk, Desk]) -> None:
    lin, chen = desks
    report, conflict = contested(desks, {"address": "修文路"}, {"address": "台湾路"}, address="西桥")
    chen.write(commands.resolve, conflict, choose="mine", reason="到现场看过")
    with pytest.raises(RefusedError, match="还没有决定"):
        chen.write(commands.undo, conflict, "错了")
    meet(chen, lin)
    assert value(lin, report, "address") == "修文路"
    found = lin.read(queries.conflict, conflict)
    assert (found.can_undo, found.written_since, found.resolved_by_name) == (True, False, "chen")
    with pytest.raises(RefusedError, match="理由"):
        lin.write(commands.undo, conflict, " ")
    lin.write(commands.undo, conflict, "问错了人")
    assert value(lin, report, "address") == "台湾路"
    with pytest.raises(RefusedError, match="正等待送达"):
        lin.write(commands.undo, conflict, "再撤")
    meet(lin, chen)
    again = chen.read(queries.conflict, conflict)
    assert (again.row.state, value(chen, report, "address")) == ("open", "台湾路")
    assert {c.value for c in again.candidates} == {"台湾路", "修文路"}
    (undone,) = again.undone
    assert (undone.resolution, undone.reason, undone.undo_reason, undone.undone_by_name) == (
        "修文路", "到现场看过", "问错了人", "lin")  # fmt: skip
    chen.write(commands.resolve, conflict, values={"address": "修文西路3号"}, reason="实地核对门牌")
    meet(chen, lin)
    assert value(lin, report, "address") == "修文西路3号"
    assert sync_once(lin).pulled == sync_once(chen).pulled == 0


def test_later_edits_are_not_covered_unless_that_is_said(desks: tuple[Desk, Desk]) -> None:
    lin, chen = desks
    report, conflict = contested(desks, {"address": "修文路"}, {"address": "台湾路"}, address="西桥")
    chen.write(commands.resolve, conflict, choose="mine")
    meet(chen, lin)
    lin.write(reports.edit, report, {"address": "大通北路"})
    meet(lin, chen)
    assert chen.read(queries.conflict, conflict).written_since
    with pytest.raises(RefusedError, match="后来的改动"):
        chen.write(commands.undo, conflict, "错了")
    chen.write(commands.undo, conflict, "错了", over_later=True)
    meet(chen, lin)
    assert value(lin, report, "address") == "台湾路"
    assert lin.read(queries.conflict, conflict).row.state == "resolved"


def test_both_may_stand_where_that_can_be(desks: tuple[Desk, Desk]) -> None:
    lin, chen = desks
    report, conflict = contested(
        desks, {"description": "灯杆倾斜，线头外露。"}, {"description": "灯泡坏了，晚上全黑。"}, description="不亮")  # fmt: skip
    assert chen.read(queries.conflict, conflict).can_combine
    chen.write(commands.resolve, conflict, combine=True)
    meet(chen, lin)
    assert value(lin, report, "description") == "灯泡坏了，晚上全黑。\n灯杆倾斜，线头外露。"
    _, other = contested(desks, {"address": "修文路"}, {"address": "台湾路"}, address="西桥")
    with pytest.raises(RefusedError, match="不能合并"):
        chen.write(commands.resolve, other, combine=True)


def test_elements_removed_and_edited_ask_and_may_both_stand(desks: tuple[Desk, Desk]) -> None:
    lin, chen = desks
    report, conflict = contested(desks, {"tags": ["夜间", "灯杆"]}, {"tags": ["夜间"]}, tags=["夜间", "灯"])
    assert {tuple(c.value or ()) for c in chen.read(queries.conflict, conflict).candidates} == {
        ("夜间",), ("夜间", "灯杆")}  # fmt: skip
    chen.write(commands.resolve, conflict, combine=True)
    meet(chen, lin)
    assert value(lin, report, "tags") == {"夜间", "灯杆"}


def test_decided_conflicts_are_found_by_value_and_reason_with_masks_on(desks: tuple[Desk, Desk]) -> None:
    lin, chen = desks
    report, conflict = contested(desks, {"reporter_phone": "13805961234"}, {"reporter_phone": "13899991234"})
    chen.write(commands.resolve, conflict, choose="mine", reason="打过13805961234核实过")
    meet(chen, lin)
    for text in ("核实过", "13899991234"):
        (row,) = lin.read(queries.find_conflicts, text).rows
        assert row.id == conflict
    assert lin.read(queries.find_conflicts, "没有这个").rows == ()
    assert lin.read(queries.find_conflicts, "核实过", "open").rows == ()
    assert [row.id for row in lin.read(queries.conflicts, None, record_id=report).rows] == [conflict]
    found = lin.read(queries.conflict, conflict)
    said = repr(found)
    assert "13805961234" not in said
    assert "13899991234" not in said
    assert all(c.differs_hidden for c in found.candidates)
    assert lin.read(queries.search, "核实过") == (), "the search over records shows records"


def test_a_conflict_is_somebodys_and_the_list_of_ones_own_shows_it(
    desks: tuple[Desk, Desk], clock: FixedClock
) -> None:
    lin, chen = desks
    _, conflict = contested(desks, {"address": "修文路"}, {"address": "台湾路"}, address="西桥")
    (row,) = lin.read(queries.conflicts, mine=True).rows
    assert (row.id, row.owner_name, row.mine, row.overdue, row.escalated) == (conflict, "lin", True, False, False)
    assert chen.read(queries.conflicts, mine=True).rows == ()
    clock.advance(3 * 24 * 3600)
    assert lin.read(queries.conflicts).rows[0].overdue
    meet(lin, chen)
    (row,) = chen.read(queries.conflicts, mine=True).rows
    assert (row.escalated, row.owner_role, row.overdue) == (True, "supervisor", False)


# ---- money ----------------------------------------------------------------------------------------------------------


def _case_amount(desk: Desk, case: str) -> str | None:
    with desk.store.reader() as session:
        amount = session.get_one(Case, case).amount
        return None if amount is None else f"{amount:.2f}"


def test_what_takes_two_people_is_shown_only_when_both_have_said_it_and_holds_the_next_step_back(
    desks: tuple[Desk, Desk],
) -> None:
    lin, chen = desks
    team = [lin.actor.account_id, chen.actor.account_id]
    case = lin.write(mediation.accept, {"category": "neighbours", "team": team, "amount": "100"}).created[0]
    meet(*desks)
    for desk, amount in ((lin, "200"), (chen, "300")):
        desk.write(mediation.edit_case, case, {"amount": amount})
    meet(*desks)
    (row,) = chen.read(queries.conflicts).rows
    assert (row.waits, row.owner_role) == (True, "supervisor")
    with pytest.raises(RefusedError, match="未决定的冲突"):
        chen.write(records.act, "case", case, "mediate", {})
    chen.write(commands.resolve, row.id, choose="mine")
    assert _case_amount(chen, case) == "200.00", "a proposal is not shown as if it were so"
    meet(chen, lin)
    assert lin.read(queries.conflict, row.id).proposal is not None
    assert (_case_amount(chen, case), _case_amount(lin, case)) == ("200.00", "200.00")
    lin.write(commands.resolve, row.id, values={"amount": "300"})
    assert _case_amount(lin, case) == "200.00"
    meet(lin, chen)
    assert (_case_amount(chen, case), _case_amount(lin, case)) == ("300.00", "300.00")
    chen.write(records.act, "case", case, "mediate", {})
    assert sync_once(chen).pending == 0


def test_a_decision_about_money_is_taken_back_by_two_people(desks: tuple[Desk, Desk]) -> None:
    """Here as there: the desk that asks for it shows what two people decided until a second one agrees."""
    lin, chen = desks

    def amounts() -> list[str | None]:
        return [_case_amount(desk, case) for desk in desks]

    team = [lin.actor.account_id, chen.actor.account_id]
    case = lin.write(mediation.accept, {"category": "neighbours", "team": team, "amount": "100"}).created[0]
    meet(*desks)
    for desk, amount in ((lin, "200"), (chen, "300")):
        desk.write(mediation.edit_case, case, {"amount": amount})
    meet(*desks)
    (row,) = chen.read(queries.conflicts).rows
    for desk in (chen, lin):
        desk.write(commands.resolve, row.id, values={"amount": "300"}, reason="按收条")
        meet(*desks)
    assert amounts() == ["300.00", "300.00"]
    lin.write(commands.undo, row.id, "收条是别的案子的")
    assert amounts() == ["300.00", "300.00"], "shown only when both have said it"
    meet(*desks)
    asked = chen.read(queries.conflict, row.id)
    assert (asked.row.state, asked.proposal is not None and asked.proposal.by_me) == ("proposed", False)
    assert (amounts(), asked.undone[0].undo_reason) == (["300.00", "300.00"], "收条是别的案子的")
    with pytest.raises(RefusedError, match="另一位"):
        lin.write(commands.resolve, row.id, values={"amount": "200"}, reason="我说了算")
    chen.write(commands.resolve, row.id, values={"amount": "200"}, reason="同意")
    meet(chen, lin)
    assert amounts() == ["200.00", "200.00"]
    lin.write(mediation.edit_case, case, {"amount": "999"})
    meet(*desks)
    assert amounts() == ["200.00", "200.00"], "nobody writes over it alone either"
    assert [each.state for each in chen.read(queries.conflicts).rows] == ["proposed"]
    assert [sync_once(desk).pulled for desk in desks] == [0, 0]


def test_a_step_made_offline_waits_at_the_centre_until_money_is_decided(
    desks: tuple[Desk, Desk], server: ServerThread
) -> None:
    lin, chen = desks
    team = [lin.actor.account_id, chen.actor.account_id]
    case = lin.write(mediation.accept, {"category": "neighbours", "team": team, "amount": "100"}).created[0]
    meet(*desks)
    lin.write(mediation.edit_case, case, {"amount": "200"})
    chen.write(mediation.edit_case, case, {"amount": "300"})
    chen.write(records.act, "case", case, "mediate", {})
    sync_once(lin)
    assert sync_once(chen).held >= 1
    (row,) = chen.read(queries.conflicts).rows
    waiting = [r for r in chen.read(queries.outbox).rows if r.state == "held"]
    assert {r.problem for r in waiting} == {"blocked"}
    chen.write(commands.resolve, row.id, choose="mine")
    meet(chen, lin)
    lin.write(commands.resolve, row.id, values={"amount": "300"})
    meet(lin, chen)
    assert chen.read(queries.status).pending == 0
    with lin.store.reader() as session:
        assert session.get_one(Case, case).state == "mediating"
    assert server


def test_who_edited_behind_an_open_conflict_does_not_wait_for_himself_when_he_decides_it(desks: tuple[Desk, Desk]) -> None:
    """The edit waits for the decision, since a step goes with it; so the decision must not wait for the edit."""
    lin, chen = desks
    team = [lin.actor.account_id, chen.actor.account_id]
    case = lin.write(mediation.accept, {"category": "neighbours", "team": team, "amount": "100"}).created[0]
    meet(*desks)
    for desk, amount in ((lin, "200"), (chen, "300")):
        desk.write(mediation.edit_case, case, {"amount": amount})

    def onward(work: UnitOfWork) -> ChangeSet:
        with work.together():
            mediation.edit_case(work, case, {"amount": "350"})
            records.act(work, "case", case, "mediate", {})
        return work.commit()

    sync_once(lin)
    chen.write(onward)
    assert sync_once(chen).held >= 1
    (row,) = chen.read(queries.conflicts).rows
    chen.write(commands.resolve, row.id, values={"amount": "300"}, reason="按收条")
    meet(chen)
    assert chen.read(queries.conflict, row.id).row.state == "proposed", "his word has arrived"
    meet(lin)
    lin.write(commands.resolve, row.id, values={"amount": "300"}, reason="同意")
    meet(lin, chen)
    assert (_case_amount(lin, case), chen.read(queries.status).pending) == ("300.00", 0)


def test_a_decision_that_was_refused_is_said_anew(desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else of the report waits on this desk, so nothing of it had been put aside yet."""
    lin, chen = desks
    report, conflict = contested(desks, {"title": "路灯全坏"}, {"title": "路灯忽明忽暗"})
    with monkeypatch.context() as patch:
        refuse_titles(patch, ["路灯坏"])
        chen.write(commands.resolve, conflict, values={"title": "路灯坏"}, reason="打电话问过")
        meet(chen)
    with chen.store.reader() as session:
        (refused,) = session.scalars(select(Outbox).where(Outbox.state == PARKED))
    chen.write(amend, refused.op_id, {"title": "两盏路灯坏了"})
    meet(chen, lin)
    assert {value(desk, report, "title") for desk in desks} == {"两盏路灯坏了"}
    assert lin.read(queries.conflict, conflict).row.state == "resolved"


# ---- what is closed -------------------------------------------------------------------------------------------------


def close(desk: Desk, report: str) -> None:
    for action, step in (
        ("accept", {}), ("confirm", {"note": "属实"}), ("dispatch", {"handler_unit": "照明所"}), ("finish", {"note": "已修"}),
        ("inform", {
            "contact_result": "answered", "contact_at": "2026-11-23T00:30:00.000Z", "contact_phone": "13805961234",
        }),
        ("evaluate", {"answer": "satisfied"}),
    ):  # fmt: skip
        desk.write(reports.act, report, action, step)


def test_an_edit_that_came_after_the_closing_becomes_a_note(desks: tuple[Desk, Desk]) -> None:
    lin, chen = desks
    report = lin.write(reports.register, {"title": "路灯不亮", "category": "lighting"}).created[0]
    meet(*desks)
    chen.write(reports.edit, report, {"address": "修文西路3号"})
    close(lin, report)
    sync_once(lin)
    assert sync_once(chen).rejected == 1
    assert value(chen, report, "address") is None
    with chen.store.reader() as session:
        (op_id,) = session.scalars(select(Outbox.op_id).where(Outbox.state == PARKED)).all()
    found = chen.read(operation, op_id)
    assert (found.row.problem, found.next_steps) == ("frozen", ("amendment", "discard", "export"))
    chen.write(propose_amendment, op_id, "地点应为修文西路3号")
    after = chen.read(operation, op_id)
    assert after.row.state == "replaced"
    meet(chen, lin)
    notes = {step.id: step.note for step in lin.read(detail, report).steps}
    assert notes[after.amended_by or ""] == "地点应为修文西路3号"


def test_a_conflict_from_before_the_closing_is_still_decided(desks: tuple[Desk, Desk]) -> None:
    lin, chen = desks
    report, conflict = contested(desks, {"address": "修文路"}, {"address": "台湾路"}, address="西桥")
    close(lin, report)
    meet(lin, chen)
    chen.write(commands.resolve, conflict, choose="mine")
    assert sync_once(chen).rejected == 0
    meet(lin)
    assert value(lin, report, "address") == "修文路"
    with pytest.raises(RefusedError, match="定稿"):
        lin.write(commands.undo, conflict, "错了")


def test_nothing_of_it_is_in_the_audit(desks: tuple[Desk, Desk]) -> None:
    from zzdesk.store.audit import Audit

    _, chen = desks
    _, conflict = contested(desks, {"reporter_phone": "13805961234"}, {"reporter_phone": "13899991234"})
    chen.write(commands.resolve, conflict, choose="mine", reason="核实")
    with chen.store.reader() as session:
        facts = json.dumps(list(session.scalars(select(Audit.facts))))
    assert "1380596" not in facts



def test_two_who_take_each_other_off_a_team_leave_one_there(desks: tuple[Desk, Desk]) -> None:
    """A file without a team would be closed to everybody: whoever comes second is refused, and told so."""
    lin, chen = desks
    both = [lin.actor.account_id, chen.actor.account_id]
    case = lin.write(mediation.accept, {"category": "neighbours", "team": both}).created[0]
    meet(*desks)
    lin.write(mediation.edit_case, case, {"team": both[1:]})
    chen.write(mediation.edit_case, case, {"team": both[:1]})
    sync_once(lin)
    assert sync_once(chen).rejected == 1
    with chen.store.reader() as session:
        (refused,) = session.scalars(select(Outbox.op_id).where(Outbox.state == PARKED)).all()
    assert chen.read(operation, refused).row.problem == "emptied"
    meet(*desks)
    with chen.store.reader() as session:
        assert session.get_one(Case, case).team == {chen.actor.account_id}
