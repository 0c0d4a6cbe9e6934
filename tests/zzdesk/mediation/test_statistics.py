"""A month of a thousand cases against a recomputation that shares no code with the report (domain rules B1.6, D12)."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.plans import plans
from tests.zzdesk.conftest import STATION, Station
from tests.zzdesk.mediation.case_file import File
from zzdesk.documents.figures import Month
from zzdesk.errors import RefusedError
from zzdesk.mediation import papers
from zzdesk.mediation import statistics_commands as commands
from zzdesk.mediation import statistics_queries as queries
from zzdesk.mediation.models import Case
from zzdesk.mediation.statistics_report import MonthReport, plain

MARCH, APRIL = Month(2026, 3), Month(2026, 4)
FIFTEEN = (
    "marriage-family", "neighbours", "housing-homestead", "contract", "business", "damages", "land-forest", "expropriation",
    "pollution", "labour", "consumer", "medical", "traffic", "property-management",
)  # fmt: skip
FINER = ("rural-contract", "school", "religion", "family-planning", "other")
MONTHS = ("2025-03", "2026-02", "2026-03", "2026-04")
"""What is generated: the month, the two that it is compared with, and the one after it."""
AGREED_STATES = ("reached", "performing", "revisiting", "closed", "archived")


def generated(count: int, seed: int) -> list[dict[str, Any]]:
    """Cases as plain values, a thousand of them accepted in March 2026; days lie on the months' edges, too."""
    dice = random.Random(seed)
    rows: list[dict[str, Any]] = []
    while sum(row["accepted_on"][:7] == "2026-03" and not row["voided"] for row in rows) < count:
        month = dice.choices(MONTHS, (1, 1, 8, 1))[0]
        last = 28 if month == "2026-02" else 30 if month == "2026-04" else 31
        day = dice.choice((1, last, dice.randint(1, last)))
        outcome = dice.choices(("written", "oral", "failed", "refused", "withdrawn", None), (50, 20, 10, 5, 5, 10))[0]
        state = (
            dice.choice(("accepted", "mediating")) if outcome is None
            else dice.choice(AGREED_STATES) if outcome in ("written", "oral") else dice.choice((outcome, "archived"))
        )  # fmt: skip
        accepted = date.fromisoformat(f"{month}-{day:02}")
        closed = accepted + timedelta(days=dice.randint(0, 40)) if outcome else None
        amount = f"{dice.randint(0, 9_999_999)}.{dice.randint(0, 99):02}" if dice.random() < 0.7 else None
        rows.append({
            "id": f"{len(rows):08x}-0000-7000-8000-{dice.getrandbits(48):012x}", "category": dice.choice(FIFTEEN + FINER),
            "source": dice.choice(("application", "initiative", "referral", "guided")), "state": state, "outcome": outcome,
            "accepted_on": accepted.isoformat(), "closed_on": closed.isoformat() if closed else None, "amount": amount,
            "prevented": dice.choice((None, None, None, "criminal", "petition", "suicide")), "people": dice.randint(1, 60),
            "voided": dice.random() < 0.03,
        })  # fmt: skip
    return rows


def insert(station: Station, rows: list[dict[str, Any]]) -> None:
    made = [
        Case(
            id=row["id"], scope=STATION, created_at=datetime(2026, 3, 1, tzinfo=UTC), created_by="u", number=row["id"][:8],
            category=row["category"], source=row["source"], state=row["state"], outcome=row["outcome"],
            accepted_on=date.fromisoformat(row["accepted_on"]),
            closed_on=date.fromisoformat(row["closed_on"]) if row["closed_on"] else None,
            amount=Decimal(row["amount"]) if row["amount"] else None, prevented=row["prevented"],
            prevented_people=row["people"] if row["prevented"] else None, team=frozenset({"u"}), voided=row["voided"] or None,
        )
        for row in rows
    ]  # fmt: skip
    with station["zhuang"].store.writer() as session:
        session.add_all(made)
        session.commit()


# ---- the independent recomputation: strings, fractions and whole fen, nothing of the program ----------------------------


def half_up(part: int, whole: int) -> str | None:
    """The share in percent at one decimal, half away from zero, in whole numbers only."""
    if whole == 0:
        return None
    tenths = Fraction(part * 1000, whole)
    floor = tenths.numerator // tenths.denominator
    floor += 1 if tenths - floor >= Fraction(1, 2) else 0
    return f"{floor // 10}.{floor % 10}"


def fen(row: dict[str, Any]) -> int:
    return int(row["amount"].replace(".", "")) if row["amount"] else 0


def by_hand(rows: list[dict[str, Any]], month: str, day: str) -> dict[str, tuple[Any, str | None, list[str] | None]]:
    """Figure: value, rate, ids; of the live cases whose day lies in the month."""
    mine = [row for row in rows if (row[day] or "")[:7] == month and not row["voided"]]
    found: dict[str, tuple[Any, str | None, list[str] | None]] = {}

    def put(name: str, fits: Callable[[dict[str, Any]], bool], *, rated: bool = True) -> None:
        ids = sorted(row["id"] for row in mine if fits(row))
        found[name] = (len(ids), half_up(len(ids), len(mine)) if rated else None, ids)

    def good(row: dict[str, Any]) -> bool:
        return row["outcome"] == "written" or row["outcome"] == "oral"

    put("total", lambda row: True, rated=False)
    put("success", good)
    for outcome in ("written", "oral", "failed", "refused", "withdrawn"):
        put(f"outcome.{outcome}", lambda row, outcome=outcome: row["outcome"] == outcome)  # type: ignore[misc]
    put("source.initiative", lambda row: row["source"] == "initiative")
    put("source.application", lambda row: row["source"] == "application")
    put("source.referral", lambda row: row["source"] in ("referral", "guided"))
    for category in FIFTEEN:
        also = "rural-contract" if category == "land-forest" else category
        put(f"category.{category}", lambda row, c=category, a=also: row["category"] in (c, a))  # type: ignore[misc]
    put("category.other", lambda row: row["category"] in ("other", "school", "religion", "family-planning"))
    for name, code in (("crime", "criminal"), ("petition", "petition")):
        put(f"{name}.cases", lambda row, code=code: row["prevented"] == code, rated=False)  # type: ignore[misc]
        people = sum(row["people"] for row in mine if row["prevented"] == code)
        found[f"{name}.people"] = (people, None, found[f"{name}.cases"][2])
    paid = [row for row in mine if good(row) and row["amount"]]
    total = sum(map(fen, paid))
    found["amount"] = (f"{total // 100}.{total % 100:02}", None, sorted(row["id"] for row in paid))
    wan = (total + 5_000) // 10_000
    found["amount.wan"] = (f"{wan // 100}.{wan % 100:02}", None, None)
    return found


@pytest.fixture
def thousand(station: Station) -> list[dict[str, Any]]:
    rows = generated(1_000, 20260301)
    insert(station, rows)
    return rows


def report(station: Station, month: Month, basis: str, login: str = "zhuang") -> MonthReport:
    return station[login].read(queries.month_report, month, basis)


@pytest.mark.parametrize(("basis", "day"), [("acceptance", "accepted_on"), ("closing", "closed_on")])
def test_a_month_of_a_thousand_cases_equals_an_independent_recomputation(
    station: Station, thousand: list[dict[str, Any]], basis: str, day: str
) -> None:
    """Every figure, every share, every list of cases; by acceptance and by closing are two reports."""
    made = plain(report(station, MARCH, basis))
    figures = {each["name"]: each for each in made["figures"]}
    wanted = by_hand(thousand, "2026-03", day)
    if basis == "acceptance":
        assert wanted["total"][0] == 1_000
    for name, (value, rate, ids) in wanted.items():
        got = figures[name]
        assert (str(got["count"]), got["rate"]) == (str(value), rate), name
        assert ids is None or got["ids"] == ids, name
    assert all(check["holds"] and not check["ids"] for check in made["checks"])
    for which, month in (("year", "2025-03"), ("before", "2026-02")):
        base = by_hand(thousand, month, day)
        for name in ("total", "success"):
            got = figures[f"{name}.{which}"]
            assert (got["of"], got["rate"]) == (base[name][0], half_up(wanted[name][0], base[name][0])), (name, which)
    rates = [each["rate"] for name, each in figures.items() if name.startswith("category.") and each["rate"]]
    shares = sum(map(Fraction, rates))
    assert Fraction(str(figures["category.shares"]["count"])) == shares
    nineteen = next(each for each in made["sets"] if each["set"].startswith("zongzhi"))
    placed = sum(row["count"] for row in nineteen["rows"]) + sum(len(each["ids"]) for each in nineteen["undecided"])
    assert placed == wanted["total"][0]
    assert [each["category"] for each in nineteen["undecided"]] == ["housing-homestead"]


def test_a_closed_month_stays_and_what_comes_later_is_declared_once(
    station: Station, thousand: list[dict[str, Any]]
) -> None:
    """D12: March is frozen; two March cases come in April, one is corrected, one is declared void."""
    clock, zheng = station.clock, station["zheng"]
    with pytest.raises(RefusedError, match="没有这项权限"):
        station["chen"].write(commands.close_month, MARCH, "acceptance")
    clock.set(datetime(2026, 3, 31, 15, 59, tzinfo=UTC))  # 23:59 in the offices
    with pytest.raises(RefusedError, match="还没有过完"):
        zheng.write(commands.close_month, MARCH, "acceptance")
    clock.set(datetime(2026, 4, 1, 1, 0, tzinfo=UTC))
    zheng.write(commands.close_month, MARCH, "acceptance")
    with pytest.raises(RefusedError, match="已经月结"):
        zheng.write(commands.close_month, MARCH, "acceptance")
    frozen = plain(report(station, MARCH, "acceptance"))
    assert frozen["closed"]["whole"]
    assert frozen["closed"]["by"] == zheng.actor.account_id
    assert report(station, MARCH, "closing").closing is None, "the other basis is closed apart"

    sweep = {"happened_on": "2026-03-30", "checks": 2, "found": 1, "prevented": 1}
    swept = station["chen"].write(commands.record_sweep, sweep).created[0]
    late = generated(2, 7)
    late = [row | {"id": f"ffffffff-0000-7000-8000-{at:012x}", "accepted_on": "2026-03-29", "voided": False}
            for at, row in enumerate(late[:2])]  # fmt: skip
    insert(station, late)
    alive = [row for row in thousand if row["accepted_on"][:7] == "2026-03" and not row["voided"]]
    corrected, gone = alive[0]["id"], alive[1]["id"]
    with station["zhuang"].store.writer() as session:
        session.get_one(Case, corrected).category = "neighbours" if alive[0]["category"] != "neighbours" else "contract"
        session.get_one(Case, gone).voided = True
        session.commit()
    again = plain(report(station, MARCH, "acceptance"))
    assert again["figures"] == frozen["figures"]
    wanted = {(row["id"], "added") for row in late} | {(corrected, "changed"), (gone, "gone"), (swept, "added")}
    assert {(each["id"], each["how"]) for each in again["after_closing"]} == wanted
    april = plain(report(station, APRIL, "acceptance"))
    assert {(each["id"], each["how"], each["month"]) for each in april["adjustments"]} == {(*w, "2026-03") for w in wanted}
    figures = {each["name"]: each for each in april["figures"]}
    assert figures["adjustment.2026-03.added"]["count"] == 2
    assert figures["adjustment.2026-03.added"]["ids"] == sorted(row["id"] for row in late)
    assert figures["sweep.2026-03.added"]["ids"] == [swept]

    clock.set(datetime(2026, 5, 4, 1, 0, tzinfo=UTC))
    zheng.write(commands.close_month, APRIL, "acceptance")
    assert plain(report(station, APRIL, "acceptance"))["adjustments"] == april["adjustments"]
    assert plain(report(station, APRIL.plus(1), "acceptance"))["adjustments"] == [], "declared once"


def test_months_are_closed_in_their_order_and_what_comes_late_is_declared_however_late(station: Station) -> None:
    zheng, basis = station["zheng"], "acceptance"
    one, other = ([row | {"accepted_on": "2026-03-05", "voided": False}] for row in generated(2, 11)[:2])
    station.clock.set(datetime(2026, 6, 1, 1, 0, tzinfo=UTC))
    insert(station, one)
    zheng.write(commands.close_month, MARCH, basis)
    zheng.write(commands.close_month, Month(2026, 5), basis)
    with pytest.raises(RefusedError, match="2026-05已经月结"):
        zheng.write(commands.close_month, APRIL, basis, in_spite="补")
    zheng.write(commands.close_month, APRIL, "closing", in_spite="另一口径")
    station.clock.set(datetime(2027, 9, 1, 1, 0, tzinfo=UTC))
    insert(station, other)
    late = Month(2027, 8)
    assert [(each.month, each.fact.id) for each in report(station, late, basis).declared] == [("2026-03", other[0]["id"])]
    zheng.write(commands.close_month, late, basis)
    assert report(station, late.plus(1), basis).declared == (), "declared once"
    assert report(station, MARCH, basis).after == ()


def test_what_does_not_add_up_names_its_cases_and_takes_a_reason_to_be_closed(station: Station) -> None:
    rows = generated(5, 3)
    rows = [row | {"accepted_on": "2026-03-05", "voided": False, "category": "contract", "amount": "1.00"} for row in rows[:4]]
    rows[0] |= {"category": "of-tomorrow"}
    rows[1] |= {"state": "failed", "outcome": "written"}
    rows[2] |= {"amount": "-1.00"}
    insert(station, rows)
    made = plain(report(station, MARCH, "acceptance"))
    broken = {each["name"]: each["ids"] for each in made["checks"] if not each["holds"]}
    assert broken == {"category.sum": [rows[0]["id"]], "agreed.most": [rows[1]["id"]], "amount.least": [rows[2]["id"]]}
    station.clock.set(datetime(2026, 4, 1, 1, 0, tzinfo=UTC))
    with pytest.raises(RefusedError, match="3项核对不相符"):
        station["zheng"].write(commands.close_month, MARCH, "acceptance")
    station["zheng"].write(commands.close_month, MARCH, "acceptance", in_spite="旧系统转入的数据，已报司法所")
    assert station.audit("mediation.close_month")[0]["broken"] == ["category.sum", "agreed.most", "amount.least"]


def test_nothing_is_divided_by_nothing(station: Station) -> None:
    made = plain(report(station, MARCH, "acceptance"))
    assert all(each["rate"] is None and each["count"] in (0, "0.00", "0.0") for each in made["figures"])
    assert all(check["holds"] for check in made["checks"])


@pytest.fixture
def steps(station: Station) -> Iterator[list[str]]:
    """The plan of everything that is read meanwhile."""
    with plans(station["zhuang"].store._reading) as found:
        yield found


def test_a_month_is_read_along_indexes(station: Station, steps: list[str]) -> None:
    for basis in ("acceptance", "closing"):
        report(station, MARCH, basis)
    assert [step for step in steps if re.match("SCAN [a-z]", step)] == []
    assert any("ix_mediation_case_accepted_on_id" in step for step in steps)
    assert any("ix_mediation_case_closed_on_id" in step for step in steps)


def test_what_a_dispute_prevented_is_counted_by_the_stub_and_says_nothing_about_anybody(station: Station) -> None:
    """Who is not of the team counts it too: a code and a number are on the stub, the rest stays in the file."""
    case = station.add("chen", "case", {"category": "neighbours"})
    paper = {"case_id": case, "title": "林秀英诉黄阿明", "prevented": "criminal", "prevented_people": 3}
    dispute = station.add("chen", "dispute", paper)
    tallies = report(station, Month(2026, 11), "acceptance", "lin").tallies
    assert (tallies["crime.cases"].records, tallies["crime.people"].value) == ((case,), 3)
    station.edit("chen", "dispute", dispute, {"prevented": "petition", "prevented_people": 12})
    tallies = report(station, Month(2026, 11), "acceptance", "lin").tallies
    assert [tallies[name].value for name in ("crime.people", "petition.cases", "petition.people")] == [0, 1, 12]
    committee = station.add("zheng", "committee", {"name": "西桥社区人民调解委员会"})
    for name, full in (("陈", True), ("吴", False)):
        station.add("zheng", "committee_member", {"committee_id": committee, "name": name, "is_full_time": full})
    figures = {each["name"]: each for each in plain(report(station, Month(2026, 11), "acceptance"))["figures"]}
    assert figures["committees.residents"]["ids"] == [committee]
    assert (figures["mediators.full_time"]["count"], figures["mediators.full_time"]["of"]) == (1, 2)


@pytest.mark.parametrize("claimed", ["6800.00", None])
def test_the_month_counts_what_was_agreed_and_not_what_was_claimed(station: Station, claimed: str | None) -> None:
    """协议涉及金额: a change replaces it, and an agreement that names no amount counts none."""
    file = File(station, amount=claimed)

    def counted() -> tuple[Decimal, tuple[str, ...]]:
        tally = report(station, Month(2026, 11), "closing", "lin").tallies["amount"]
        return Decimal(tally.value), tally.records

    agreement = file.effective(amount="3200.00")
    file.act("case", file.id, "reach")
    assert counted() == (Decimal("3200.00"), (file.id,))
    for amount in ("3000.00", None):
        agreement = station["chen"].write(papers.amend_agreement, agreement, "change").created[0]
        station.edit("chen", "agreement", agreement, {"amount": amount})
        file.act("agreement", agreement, "take-effect", **file.signed())
        assert counted() == ((Decimal(amount), (file.id,)) if amount else (Decimal(0), ()))


def test_a_month_is_closed_from_the_command_line_like_any_record(station: Station) -> None:
    station.clock.set(datetime(2026, 12, 2, 1, 0, tzinfo=UTC))
    closed = station.add("zheng", "month_close", {"month": "2026-11", "basis": "closing"})
    assert station.show("zheng", "month_close", closed)["record"].startswith("2026-11 按结束月份：结束调解0件")
    with pytest.raises(RefusedError, match="不再更改"):
        station.edit("zheng", "month_close", closed, {"month": "2026-10"})
    with pytest.raises(RefusedError):
        station.act("zheng", "month_close", closed, "void", "写错了")
