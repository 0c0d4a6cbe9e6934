"""The ledger of what enterprises give back: written once, corrected by taking back, summed by enterprise and period."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_contact import firm
from zzdesk.desk import listed
from zzdesk.desk.listed import ListFilter
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.jobs import commands, giveback, queries
from zzdesk.jobs.queries import ContactFilter

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def given(station: Station, employer: str, **more: object) -> str:
    return station.add("lin", "giveback_entry", {
        "employer_id": employer, "giveback_kind": "money", "amount": "5000", "what": "助学款", "purpose": "困难学生开学",
        "given_on": "2026-11-15", "receipt_number": "0012345"} | more)


def sums(station: Station) -> list[tuple[str, str, Decimal, Decimal, int]]:
    found = station["lin"].read(queries.giveback_sums, *NOVEMBER)
    return [(each.giveback_kind, each.unit, each.amount, each.quantity, each.lines) for each in found]


def test_a_line_says_how_much_as_its_sort_asks_for(station: Station) -> None:
    employer = firm(station)
    for wrong in (
        {"amount": None}, {"amount": "0"}, {"amount": "-5"}, {"quantity": "2"}, {"giveback_kind": "goods"},
        {"giveback_kind": "goods", "amount": None, "quantity": "20"},
        {"giveback_kind": "service", "amount": None, "quantity": "0", "unit": "小时"},
    ):  # fmt: skip
        with pytest.raises(InvalidError, match=r"amount|quantity"):
            given(station, employer, **wrong)
    with pytest.raises(InvalidError, match="given_on"):
        given(station, employer, given_on="2026-11-24")
    assert station.rows("lin", "giveback_entry") == []
    line = station.show("lin", "giveback_entry", given(station, employer))
    assert (line["amount"], line["taken_by"]) == ("5000.00", station["lin"].actor.account_id)


def test_nothing_is_rubbed_out_and_a_correction_names_what_it_takes_back(station: Station) -> None:
    employer = firm(station)
    line = given(station, employer)
    with pytest.raises(RefusedError, match="更正"):
        station.edit("lin", "giveback_entry", line, {"amount": "500"})
    with pytest.raises(RefusedError, match="更正"):
        station.act("lin", "giveback_entry", line, "void", "打错了")
    with pytest.raises(RefusedError, match="reason"):
        station.act("lin", "giveback_entry", line, "correct", amount="500")
    station.act("lin", "giveback_entry", line, "correct", "多打了一个零", amount="500")
    back, right = (station.show("lin", "giveback_entry", each(line)) for each in (giveback.reversal_id, giveback.correction_id))
    assert (back["amount"], back["reverses"], back["why"]) == ("-5000.00", line, "多打了一个零")
    assert (right["amount"], right["corrects"], right["receipt_number"]) == ("500.00", line, "0012345")
    assert station.show("lin", "giveback_entry", line)["amount"] == "5000.00"
    assert sums(station) == [("money", "", Decimal("500.00"), Decimal(0), 3)]
    for again in (line, back["id"]):
        with pytest.raises(RefusedError, match="冲销"):
            station.act("lin", "giveback_entry", again, "correct", "再改")
    station.act("lin", "giveback_entry", right["id"], "correct", "是米不是钱", giveback_kind="goods", quantity="20", unit="袋")
    assert sums(station) == [("goods", "袋", Decimal(0), Decimal(20), 1), ("money", "", Decimal(0), Decimal(0), 4)]
    station.act("lin", "giveback_entry", giveback.correction_id(right["id"]), "correct", "没有这回事")
    assert sums(station)[0] == ("goods", "袋", Decimal(0), Decimal(0), 2)


def test_each_sum_opens_its_lines(station: Station) -> None:
    lin, employer = station["lin"], firm(station)
    other = firm(station, credit_code="92350603MA8TQ4567A", name="另一家")
    given(station, employer)
    given(station, employer, amount="0.10")
    given(station, employer, amount="0.20", given_on="2026-10-31")
    given(station, other, giveback_kind="goods", amount=None, quantity="30", unit="袋", what="大米")
    given(station, other, giveback_kind="goods", amount=None, quantity="2", unit="箱", what="口罩")
    sums = lin.read(queries.giveback_sums, *NOVEMBER)
    assert [(each.unit, each.amount, each.lines) for each in queries.totals(sums)] == [
        ("箱", Decimal(0), 1), ("袋", Decimal(0), 1), ("", Decimal("5000.10"), 2)]
    for each in (*sums, *queries.totals(sums)):
        wanted = ContactFilter(employer_id=each.employer_id or None, since=NOVEMBER[0], until=NOVEMBER[1],
                               sorts=(each.giveback_kind,), unit=each.unit)
        rows = lin.read(queries.list_giveback, wanted).rows
        assert len(rows) == each.lines
        assert sum((row.amount or Decimal(0) for row in rows), Decimal(0)) == each.amount
        assert sum((row.quantity or Decimal(0) for row in rows), Decimal(0)) == each.quantity
    page = lin.read(queries.list_giveback, ContactFilter(), None, 3)
    rest = lin.read(queries.list_giveback, ContactFilter(), page.after, 3)
    assert [row.given_on.month for row in (*page.rows, *rest.rows)] == [11, 11, 11, 11, 10]
    table = lin.read(lambda read: list(listed.rows(read, "giveback_entry", ListFilter("giveback_entry", text="大米"))))
    assert [(row["employer_id"], row["taken_by"], row["quantity"]) for row in table] == [("另*家 陈*强", "lin lin", "30.00")]
    assert [row.what for row in lin.read(queries.find, "giveback_entry", "大米").rows] == ["大米"]
    assert lin.read(queries.giveback_sums, *NOVEMBER, other)[0].quantity in (2, 30)


def test_two_who_correct_one_line_at_one_desk_are_told(station: Station) -> None:
    line = given(station, firm(station))
    station.act("lin", "giveback_entry", line, "correct", "重复登记")
    assert station["lin"].read(queries.is_reversed, line)
    with pytest.raises(RefusedError, match="已经冲销过"):
        station["zhuang"].write(commands.act_giveback, line, "correct", {}, "重复登记")


def test_what_was_corrected_after_a_period_stands_beside_its_sums(station: Station) -> None:
    lin, employer = station["lin"], firm(station)
    early, late = given(station, employer), given(station, employer, amount="80")
    given(station, employer, giveback_kind="goods", amount=None, quantity="30", unit="袋", what="大米")
    station.act("lin", "giveback_entry", early, "correct", "多打了一个零", amount="500")
    assert [each.later_lines for each in lin.read(queries.giveback_sums, *NOVEMBER)] == [0, 0]
    station.clock.set(datetime(2026, 11, 30, 16, 0, tzinfo=UTC))  # midnight at the office
    station.act("lin", "giveback_entry", late, "correct", "少记了", amount="100")
    goods, money = lin.read(queries.giveback_sums, *NOVEMBER)
    assert (money.amount, money.later, money.later_lines) == (Decimal(600), Decimal(20), 2)
    assert (goods.later_quantity, goods.later_lines) == (Decimal(0), 0)
    assert [(each.later, each.later_lines) for each in queries.totals((goods, money))] == [(Decimal(0), 0), (Decimal(20), 2)]


def test_a_quantity_that_cannot_be_is_not_spoken_of_as_money(station: Station) -> None:
    employer = firm(station)
    for wrong, words in (("三十", "应为数量"), ("1.234", "数量最多两位小数")):
        with pytest.raises(InvalidError) as error:
            given(station, employer, giveback_kind="goods", amount=None, quantity=wrong, unit="袋", what="大米")
        assert words in error.value.text()
        assert "元" not in error.value.text()
