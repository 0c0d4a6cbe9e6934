"""以案定补 at one desk: the table of amounts, sheets, one payment for a case, four eyes (domain rules B1.8)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from tests.zzdesk.conftest import STATION, Station
from zzdesk.actor import account_id
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.mediation import subsidy
from zzdesk.mediation import subsidy_commands as commands
from zzdesk.mediation import subsidy_queries as queries
from zzdesk.mediation.models import Case
from zzdesk.mediation.models_subsidy import SubsidyItem
from zzdesk.store.base import kinds

CHEN, WU = account_id(STATION, "chen"), account_id(STATION, "wu")
RULES = (("normal", "written", "200.00"), ("normal", "oral", "80.00"), ("hard", "written", "500.00"))


def case(station: Station, number: int, outcome: str = "written", state: str = "archived", closed: str = "2026-03-10",
         mediators: tuple[str, ...] = (CHEN,)) -> str:  # fmt: skip
    made = Case(
        id=f"{number:08x}-0000-7000-8000-000000000000", scope=STATION, created_at=datetime(2026, 3, 1, tzinfo=UTC),
        created_by=CHEN, number=f"人调{number}", category="neighbours", source="application", state=state, outcome=outcome,
        accepted_on=date(2026, 3, 1), closed_on=date.fromisoformat(closed), team=frozenset(mediators),
        mediators=frozenset(mediators),
    )  # fmt: skip
    with station["zhuang"].store.writer() as session:
        session.add(made)
        session.commit()
    return f"{number:08x}-0000-7000-8000-000000000000"


@pytest.fixture
def ruled(station: Station) -> Station:
    """A station with a table of amounts that holds from 2026, and one that is higher from 2026-04."""
    station.clock.set(datetime(2026, 4, 2, 1, 0, tzinfo=UTC))
    for level, form, amount in RULES:
        station["lin"].write(
            commands.enter_rule, {"level": level, "form": form, "amount": amount, "from_day": "2026-01-01"}
        )
    later = {"level": "normal", "form": "written", "amount": "260.00", "from_day": "2026-04-01"}
    station["lin"].write(commands.enter_rule, later)
    return station


def draw(station: Station, month: str = "2026-03", mediator: str = "chen") -> str:
    changed = station["wu"].write(commands.draw_sheet, {"month": month, "mediator_id": mediator})
    return next(key for kind, key in changed.records if kind == "subsidy_sheet")


def test_a_sheet_has_every_case_that_may_be_paid_and_each_is_paid_once(ruled: Station) -> None:
    paid = [case(ruled, 1), case(ruled, 2, "oral")]
    case(ruled, 3, "failed")
    case(ruled, 4, state="closed")
    case(ruled, 5, closed="2026-04-01")
    case(ruled, 6, mediators=(WU,))
    sheet = draw(ruled)
    row, items = ruled["zheng"].read(queries.sheet, sheet)
    assert [item.case_id for item in items] == paid
    assert (row.total, row.cases, row.state) == (Decimal("280.00"), 2, "draft")
    with pytest.raises(RefusedError, match="没有可以列入的案件"):
        draw(ruled, "2026-02")
    april = draw(ruled, "2026-04")
    _, found = ruled["zheng"].read(queries.sheet, april)
    assert [(item.case_id[:8], item.amount) for item in found] == [("00000005", Decimal("260.00"))], "by the day it ended"
    with pytest.raises(RefusedError, match="已经列入2026-03的补贴表"):
        ruled["wu"].write(commands.put_case, april, paid[0], "normal")
    item = items[0].id
    ruled["wu"].write(commands.take_off, item)
    assert ruled["zheng"].read(queries.sheet, sheet)[0].total == Decimal("80.00")
    ruled["wu"].write(commands.put_case, april, paid[0], "hard")
    _, found = ruled["zheng"].read(queries.sheet, april)
    assert {each.amount for each in found} == {Decimal("260.00"), Decimal("500.00")}
    with ruled["zhuang"].store.reader() as session:
        assert session.query(SubsidyItem).count() == 3, "taken off and put on again, it is the same payment"


def test_a_dossier_that_is_not_archived_is_not_paid_and_nobody_approves_their_own_sheet(ruled: Station) -> None:
    first, open_one = case(ruled, 1), case(ruled, 2, state="closed")
    sheet = draw(ruled)
    with pytest.raises(RefusedError, match="卷宗齐全并归档"):
        ruled["wu"].write(commands.put_case, sheet, open_one, "normal")
    with pytest.raises(RefusedError, match="名单里没有"):
        ruled["wu"].write(commands.put_case, sheet, case(ruled, 3, mediators=(WU,)), "normal")
    ruled["wu"].write(commands.act_sheet, sheet, "submit", {})
    with pytest.raises(RefusedError, match="已经提交或审批"):
        ruled["wu"].write(commands.put_case, sheet, first, "hard")
    with pytest.raises(RefusedError, match="没有这项权限"):
        ruled["chen"].write(commands.act_sheet, sheet, "approve", {})
    with pytest.raises(RefusedError, match="缺少"):
        ruled["zheng"].write(commands.act_sheet, sheet, "return", {})
    ruled["zheng"].write(commands.act_sheet, sheet, "return", {}, "请核对难易")
    ruled["zheng"].write(commands.put_case, sheet, first, "hard")
    ruled["wu"].write(commands.act_sheet, sheet, "submit", {})
    ruled["zheng"].write(commands.act_sheet, sheet, "return", {}, "再看看")
    ruled["zheng"].write(commands.act_sheet, sheet, "submit", {})
    with pytest.raises(RefusedError, match="另一个人审批"):
        ruled["zheng"].write(commands.act_sheet, sheet, "approve", {})
    ruled["lin"].write(commands.act_sheet, sheet, "approve", {})
    row, _ = ruled["zheng"].read(queries.sheet, sheet)
    assert (row.state, row.total, row.approved_by) == ("approved", Decimal("500.00"), account_id(STATION, "lin"))
    with pytest.raises(RefusedError):
        ruled["wu"].write(commands.take_off, ruled["zheng"].read(queries.sheet, sheet)[1][0].id)


def test_a_sheet_is_looked_at_again_when_it_is_submitted_and_approved(ruled: Station) -> None:
    """One of its cases is declared void, and then the rule of another, which is replaced by another amount."""
    first, second = case(ruled, 1), case(ruled, 2)
    sheet = draw(ruled)
    wu, lin = ruled["wu"], ruled["lin"]
    _, items = wu.read(queries.sheet, sheet)
    wu.write(commands.act_sheet, sheet, "submit", {})
    with ruled["zhuang"].store.writer() as session:
        session.get_one(Case, second).voided = True
        session.commit()
    with pytest.raises(RefusedError, match="人调2已经作废"):
        lin.write(commands.act_sheet, sheet, "approve", {})
    lin.write(commands.act_sheet, sheet, "return", {}, "第二件作废了")
    with pytest.raises(RefusedError, match="人调2已经作废"):
        wu.write(commands.act_sheet, sheet, "submit", {})
    wu.write(commands.take_off, items[1].id)
    rule = subsidy.rule_id(STATION, "normal", "written", "2026-01-01")
    lin.write(commands.void_rule, rule, "打错")
    lin.write(commands.enter_rule, {"level": "normal", "form": "written", "amount": "20.00", "from_day": "2026-01-02"})
    with pytest.raises(RefusedError, match="2026-03-10"):
        wu.write(commands.act_sheet, sheet, "submit", {})
    wu.write(commands.put_case, sheet, first, "normal")
    wu.write(commands.act_sheet, sheet, "submit", {})
    lin.write(commands.act_sheet, sheet, "approve", {})
    row, _ = wu.read(queries.sheet, sheet)
    assert (row.state, row.total) == ("approved", Decimal("20.00"))


def test_a_rule_is_never_changed_and_a_case_without_one_says_so(ruled: Station) -> None:
    with pytest.raises(RefusedError, match="已经录入"):
        ruled["lin"].write(commands.enter_rule, {"level": "normal", "form": "oral", "amount": "1.00", "from_day": "2026-01-01"})
    with pytest.raises(InvalidError):
        ruled["lin"].write(commands.enter_rule, {"level": "hard", "form": "oral", "amount": "0.00", "from_day": "2026-01-01"})
    with pytest.raises(RefusedError, match="没有这项权限"):
        ruled["chen"].write(commands.enter_rule, {"level": "hard", "form": "oral", "amount": "9.00", "from_day": "2026-01-01"})
    case(ruled, 1, closed="2025-12-31")
    with pytest.raises(RefusedError, match="2025-12-31还没有"):
        draw(ruled)
    shown = ruled["zheng"].read(queries.list_rules)
    assert [(rule.from_day.isoformat(), rule.level, rule.form) for rule in shown] == [
        ("2026-04-01", "normal", "written"), ("2026-01-01", "normal", "written"), ("2026-01-01", "normal", "oral"),
        ("2026-01-01", "hard", "written"),
    ]  # fmt: skip


def test_mediation_is_free_no_record_of_a_case_knows_a_fee() -> None:
    """PML article 4: what the parties' records say about money is what they agreed among themselves."""
    of_cases = {name for name, kind in kinds().items() if kind.model.__confidential__} | {"case"}
    money = {(name, field) for name in of_cases for field, spec in kinds()[name].fields.items() if spec.json_type == "money"}
    assert {field for _, field in money} <= {"amount", "agreed_amount", "deposit", "done_amount"}
    assert not [f for name in of_cases for f in kinds()[name].fields if "fee" in f or "subsid" in f or "charge" in f]
