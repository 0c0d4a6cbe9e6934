"""The month of the odd-job station: D08's day, a generated month against a recomputation that shares no code, and closing."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from tests.plans import plans
from tests.zzdesk.conftest import STATION, Station
from tests.zzdesk.jobs.test_jobs import POSTING, published
from tests.zzdesk.jobs.test_wages import DAY, PEOPLE, at, of, placed, worked
from zzdesk.desk import job_figures
from zzdesk.documents.figures import Month
from zzdesk.documents.months import read, write
from zzdesk.documents.sheets import parse_workbook
from zzdesk.errors import RefusedError
from zzdesk.jobs import commands
from zzdesk.jobs import statistics_commands as months
from zzdesk.jobs.ledger_frozen import CLOSED, ledger
from zzdesk.jobs.ledger_queries import ServiceRow, service_ledger
from zzdesk.jobs.models import Application, Employer, Posting
from zzdesk.jobs.models_complaints import SanctionAppeal
from zzdesk.jobs.models_statistics import JobMonth
from zzdesk.jobs.models_wages import WageLine
from zzdesk.jobs.statistics import Fact, tally
from zzdesk.jobs.statistics_close import CLOSE_GUARD, SHAPE, close_id
from zzdesk.jobs.statistics_queries import job_month
from zzdesk.jobs.statistics_report import JobReport, plain
from zzdesk.store.audit import LocalValue
from zzdesk.workflow import Deed

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
FIFTEEN = "350628201103156260"


def report(station: Station, month: Month = NOVEMBER, login: str = "lin") -> JobReport:
    return station[login].read(job_figures.month_report, month)


def figures(station: Station, month: Month = NOVEMBER) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in plain(report(station, month))["figures"]}


def day_of_work(station: Station) -> list[str]:
    """D08's day, of four places: three who came, one who did not, and who came instead; what they worked and are owed."""
    posting = published(station, **DAY)
    first, second, third, gone = (placed(station, posting, who) for who in PEOPLE[:4])
    at(station, 8, 5)
    station.act("lin", "posting", posting, "start")
    instead = station.add("lin", "worker", {"name": PEOPLE[4][0], "identity_number": PEOPLE[4][1]})
    station["lin"].write(commands.replace, gone, instead, "no-show", "电话打不通")
    (fourth,) = station.rows("lin", "application", replaces=gone)
    at(station, 17, 30)
    for each in (first, second, third):
        worked(station, each)
    worked(station, fourth["id"], "08:40", "17:00", break_minutes=60)
    station.act("lin", "posting", posting, "settle", settlement="transfer")
    return [first, second, third, gone, fourth["id"]]


def test_only_three_and_one_real_attendances_are_in_the_report(station: Station, tmp_path: Path) -> None:
    """D08, F55: a no-show is none, who came instead is one of their own; a child turned away is a number."""
    first, second, third, gone, instead = day_of_work(station)
    with pytest.raises(RefusedError):
        station["lin"].write(commands.register_worker, {"name": "小孩", "identity_number": FIFTEEN})
    line = of(station, application_id=first)[0]["id"]
    station.act("lin", "wage_line", line, "pay", paid_way="cash", proof_kind="signature", proof="工资单已签")
    found = figures(station)
    assert (found["attended"]["count"], found["attended"]["of"], found["attended"]["rate"]) == (4, 4, "100.0")
    assert found["day.first"]["ids"] == sorted([first, second, third])
    assert (found["day.instead"]["ids"], found["day.no-show"]["ids"], found["replaced"]["ids"]) == ([instead], [gone], [gone])
    assert (found["placed"]["count"], found["minutes"]["count"], found["hours"]["count"]) == (5, 3 * 549 + 440, "34.8")
    assert [found[name]["fen"] for name in ("wages.due", "wages.paid", "wages.unpaid")] == [88_000, 22_000, 66_000]
    assert [found[name]["count"] for name in ("applied", "outcome.matched", "workers.came", "children")] == [5, 5, 4, 1]
    assert [found[name]["count"] for name in ("employers.new", "employers.vetted", "employers.active")] == [1, 1, 1]
    said = report(station)
    assert all(verdict.holds for verdict in said.verdicts)

    for name in ("month.xlsx", "month.pdf"):
        job_figures.save(station["lin"], tmp_path / name, said)
    assert (tmp_path / "month.pdf").read_bytes().startswith(b"%PDF")
    rows = {each.cells["项目"].strip("　"): each.cells for each in parse_workbook((tmp_path / "month.xlsx").read_bytes()).rows}
    assert (rows["实际到岗（人次）"]["数量"], rows["实际到岗（人次）"]["比率（%）"]) == ("4", "100")
    assert (rows["应付工资（元）"]["数量"], rows["月底未付（元）"]["数量"]) == ("880", "660")
    assert not any(name in repr(rows) for name, _ in PEOPLE)
    for login in ("yan", "chen", "guo"):
        with pytest.raises(RefusedError):
            report(station, login=login)


# ---- a generated month against a recomputation: strings and whole numbers, nothing of the program ----------------------


TRADES = ("cleaning", "moving", "loading", "care", "other")
HOW = ("came", "came", "came", "instead", "no-show", "left", "only-in", "waiting", "applied", "refused", "withdrawn")


def generated(count: int, seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return postings and applications as plain values, of October to December 2026; days lie on the months' edges, too."""
    dice = random.Random(seed)
    postings = [
        {"id": key(1, number), "trade": dice.choice(TRADES), "state": dice.choice(("full", "done", "done", "taken-down")),
         "headcount": count, "published": dice.choice(("2026-10-31", "2026-11-01", "2026-11-15", "2026-11-30", "2026-12-01"))}
        for number in range(count // 8)
    ]  # fmt: skip
    rows = []
    for number in range(count):
        day = date(2026, 10, 28) + timedelta(days=dice.randint(0, 36))
        rows.append({
            "id": key(2, number), "posting": dice.choice(postings)["id"], "worker": key(3, dice.randint(0, count // 3)),
            "made": (day - timedelta(days=dice.randint(0, 3))).isoformat(), "day": day.isoformat(), "how": dice.choice(HOW),
            "way": dice.choice(("kiosk", "counter", "phone", "referral")), "minutes": dice.randint(30, 600),
            "fen": dice.randint(5_000, 40_000), "paid": dice.choice((None, 0, 2, 20)), "voided": dice.random() < 0.05,
        })  # fmt: skip
    return postings, rows


def key(family: int, number: int) -> str:
    return f"{family:08x}-0000-7000-8000-{number:012x}"


STATE = {"came": "done", "instead": "done", "left": "withdrawn", "only-in": "checked-in", "waiting": "confirmed"}


def insert(station: Station, postings: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    common: dict[str, Any] = {"scope": STATION, "created_by": "u"}
    made: list[Any] = [
        Posting(id=row["id"], created_at=noon("2026-10-01"), number=row["id"][-4:], employer_id=key(4, 0), title="装卸",
                trade=row["trade"], state=row["state"], headcount=row["headcount"], filled=0, published_at=noon(row["published"]),
                starts_at=noon(row["published"]), **common)
        for row in postings
    ]  # fmt: skip
    for row in rows:
        real = row["how"] in ("came", "instead")
        there = real or row["how"] == "only-in"
        made.append(Application(
            id=row["id"], created_at=noon(row["made"]), posting_id=row["posting"], worker_id=row["worker"], way=row["way"],
            work_date=date.fromisoformat(row["day"]), state=STATE.get(row["how"], row["how"]), voided=row["voided"] or None,
            confirmed_at=None if row["how"] in ("applied", "refused", "withdrawn") else noon(row["made"]),
            checked_in_at=noon(row["day"]) if there else None, minutes=row["minutes"] if real else None,
            checked_out_at=noon(row["day"]) + timedelta(minutes=row["minutes"]) if real else None,
            replaces=key(9, 0) if row["how"] == "instead" else None, **common,
        ))  # fmt: skip
        if real and not row["voided"]:
            made.append(line_of(row, common))
    with station["zhuang"].store.writer() as session:
        session.add_all(made)
        session.commit()


def line_of(row: dict[str, Any], common: dict[str, Any]) -> WageLine:
    day, net = date.fromisoformat(row["day"]), Decimal(row["fen"]) / 100
    zero = Decimal("0.00")
    return WageLine(
        id="00000005" + row["id"][8:], created_at=noon(row["day"]), application_id=row["id"], entry=0,
        posting_id=row["posting"], employer_id=key(4, 0), worker_id=row["worker"], employer_name="好邻居", worker_name="林志强",
        identity_number="35060319900115331X", pay_unit="day", work_date=day, starts_at=noon(row["day"]), ends_at=noon(row["day"]),
        minutes=row["minutes"], rate=net, base=net, gross=net, net=net, paid_before=zero, to_pay=net, agreed_on=day,
        state="owed" if row["paid"] is None else "paid",
        paid_on=None if row["paid"] is None else day + timedelta(days=row["paid"]), **common,
    )  # fmt: skip


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T04:00:00+00:00")


def by_hand(postings: list[dict[str, Any]], rows: list[dict[str, Any]], month: str) -> dict[str, Any]:
    alive = [row for row in rows if not row["voided"]]
    made = [row for row in alive if row["made"].startswith(month)]
    mine = [row for row in alive if row["day"].startswith(month) and row["how"] not in ("applied", "refused", "withdrawn")]
    off = {row["id"] for row in postings if row["state"] == "taken-down"}
    booked = [row for row in mine if row["how"] in ("came", "instead")]
    real = [row for row in booked if row["posting"] not in off]
    out = [row for row in postings if row["published"].startswith(month)]
    paid = [row for row in booked if row["paid"] is not None and due_day(row).startswith(month)]
    found: dict[str, Any] = {
        "postings.published": len(out), "postings.wanted": sum(row["headcount"] for row in out),
        "places.wanted": sum(row["headcount"] for row in out if row["state"] != "taken-down"),
        "state.taken-down": sum(row["state"] == "taken-down" for row in out), "applied": len(made), "placed": len(mine),
        "attended": len(real), "day.instead": sum(row["how"] == "instead" for row in real),
        "day.no-show": sum(row["how"] == "no-show" for row in mine), "day.withdrawn": sum(row["how"] == "left" for row in mine),
        "day.unfinished": sum(row["how"] == "only-in" and row["posting"] not in off for row in mine),
        "day.waiting": sum(row["how"] == "waiting" for row in mine), "minutes": sum(row["minutes"] for row in real),
        "workers.came": len({row["worker"] for row in real}),
        "workers.served": len({row["worker"] for row in made} | {row["worker"] for row in mine}),
        "wages.due": money(booked), "wages.paid": money(paid),
        "wages.unpaid": money([row for row in booked if row not in paid]),
    }  # fmt: skip
    found |= {f"trade.{each}": sum(row["trade"] == each for row in out) for each in TRADES}
    return found | {f"way.{each}": sum(row["way"] == each for row in made) for each in ("kiosk", "counter", "phone", "referral")}


def due_day(row: dict[str, Any]) -> str:
    return (date.fromisoformat(row["day"]) + timedelta(days=row["paid"])).isoformat()


def money(rows: list[dict[str, Any]]) -> str:
    fen = sum(row["fen"] for row in rows)
    return f"{fen // 100}.{fen % 100:02}"


def test_a_generated_month_equals_an_independent_recomputation(station: Station) -> None:
    """Every figure of three months; the text of a closed month says the same facts again."""
    postings, rows = generated(400, 20261101)
    insert(station, postings, rows)
    for month in (NOVEMBER.plus(-1), NOVEMBER, DECEMBER):
        made = plain(report(station, month))
        found = {each["name"]: each for each in made["figures"]}
        wanted = by_hand(postings, rows, str(month))
        assert {name: found[name]["count"] for name in wanted} == wanted
        broken = {each["name"] for each in made["checks"] if not each["holds"]}
        # There is nobody in whose stead these came, and some were at work that was taken down.
        assert broken <= {"replaced.most", "came.called-off", "day.sum", "wages.ghost"}
        off = {row["id"] for row in postings if row["state"] == "taken-down"}
        real = sorted(r["id"] for r in rows if r["day"][:7] == str(month) and not r["voided"] and r["posting"] not in off
                      and r["how"] in ("came", "instead"))
        assert found["attended"]["ids"] == real
    before = by_hand(postings, rows, "2026-10")
    november = figures(station)
    assert november["attended.before"]["of"] == before["attended"]
    station.clock.set(datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    station["lin"].write(months.close_month, NOVEMBER, in_spite="生成的数据")
    with station["lin"].store.reader() as session:
        (row,) = session.query(JobMonth).all()
        said = read(SHAPE, row.record)
    assert said is not None
    tallies = report(station).tallies
    assert {name: one.value for name, one in SHAPE.frozen(said).items()} == {name: one.value for name, one in tallies.items()}
    assert len(row.record) / len(said.facts) < 60, "of thousands of records the text fits into one operation"


def test_a_closed_month_stays_and_what_comes_later_is_declared_once(station: Station) -> None:
    """A forgotten check-out, written down in December, is 补报 of November; a payment in December is none."""
    _, second, *_ = day_of_work(station)
    (first,) = station.rows("lin", "posting")
    more = station.add("lin", "posting", POSTING | DAY | {"employer_id": first["employer_id"], "headcount": 2, "title": "卸货"})
    station.act("lin", "posting", more, "submit")
    station.act("zhuang", "posting", more, "publish")
    late = placed(station, more, ("郑阿福", "350602198001010019"))
    with pytest.raises(RefusedError, match="没有这项权限"):
        station["chen"].write(months.close_month, NOVEMBER)
    with pytest.raises(RefusedError, match="还没有过完"):
        station["lin"].write(months.close_month, NOVEMBER)
    station.clock.set(datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    station["lin"].write(months.close_month, NOVEMBER)
    frozen = plain(report(station))
    assert (frozen["closed"]["whole"], figures(station)["attended"]["count"]) == (True, 4)

    worked(station, late)
    station.add("lin", "wage_line", {"application_id": late})
    (line,) = of(station, application_id=second)
    station.act("lin", "wage_line", line["id"], "pay", paid_way="transfer", proof_kind="voucher", proof="20261201")
    again = plain(report(station))
    assert again["figures"] == frozen["figures"]
    worker = station.show("lin", "application", late)["worker_id"]
    wanted = {(late, "changed"), (worker, "changed"), (of(station, application_id=late)[0]["id"], "added")}
    assert {(each["id"], each["how"]) for each in again["after_closing"]} == wanted
    december = plain(report(station, DECEMBER))
    assert {(each["id"], each["how"], each["month"]) for each in december["adjustments"]} == {(*w, "2026-11") for w in wanted}
    found = {each["name"]: each for each in december["figures"]}
    assert found["adjustment.2026-11.changed.application"]["ids"] == [late]
    assert found["adjustment.2026-11.changed.application"]["label"] == "更正2026-11：报名和上工（条）"

    station.clock.set(datetime(2027, 1, 4, 1, 0, tzinfo=UTC))
    closed = station.add("lin", "job_month", {"month": "2026-12"})
    assert station.show("lin", "job_month", closed)["record"].startswith("2026-12 零工月报：发布用工信息0条")
    assert plain(report(station, DECEMBER.plus(1)))["adjustments"] == [], "declared once"
    with pytest.raises(RefusedError, match="不再更改"):
        station.edit("lin", "job_month", closed, {"month": "2026-10"})


def test_what_does_not_add_up_names_its_records_and_takes_a_reason_to_be_closed(station: Station) -> None:
    first, second, third, gone, _ = day_of_work(station)
    with station["zhuang"].store.writer() as session:
        session.get_one(Application, first).way = "of-tomorrow"
        session.get_one(Application, second).checked_out_at = None
        line = session.query(WageLine).filter_by(application_id=third).one()
        line.to_pay += 1
        session.get_one(Posting, session.get_one(Application, gone).posting_id).headcount = 2
        session.commit()
    said = report(station)
    broken = {each.name: each.offenders for each in said.verdicts if not each.holds}
    ghost = of(station, application_id=second)[0]["id"]
    (posting,) = said.tallies["postings.published"].records
    assert broken == {
        "way.sum": (first,), "day.sum": (second,), "places.over": (posting,), "wages.balance": (line.id,),
        "wages.ghost": (ghost,),
    }  # fmt: skip
    assert said.tallies["attended"].value == 3, "without a check-out it is none"
    station.clock.set(datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    with pytest.raises(RefusedError, match="5项核对不相符"):
        station["lin"].write(months.close_month, NOVEMBER)
    station["lin"].write(months.close_month, NOVEMBER, in_spite="旧系统转入的数据")
    assert station.audit("job.close_month")[0]["broken"] == list(broken)


@pytest.fixture
def steps(station: Station) -> Iterator[list[str]]:
    """The plan of everything that is read meanwhile."""
    with plans(station["zhuang"].store._reading) as found:
        yield found


def test_month_and_ledger_are_read_along_indexes(station: Station, steps: list[str]) -> None:
    insert(station, *generated(8, 1))
    steps.clear()
    station["zhuang"].read(job_month, NOVEMBER)
    station["zhuang"].read(service_ledger, NOVEMBER, f"{NOVEMBER.last}T00:00:00.000Z/f")
    assert not [step for step in steps if "TEMP B-TREE FOR ORDER BY" in step and "application" in step]
    assert [step for step in steps if re.match("SCAN [a-z]", step)] == []
    for name in ("employer_vetted_at_id", "posting_published_at_id", "application_created_at_id", "work_date_checked_in_at_id"):
        assert any(name in step for step in steps), name


def test_the_ledger_is_read_page_by_page_and_each_line_once_void_ones_too(station: Station) -> None:
    """人力资源市场暂行条例 article 33: object, process, result; names stay masked, and months stay apart."""
    first, _, third, gone, instead = day_of_work(station)
    station.clock.set(datetime(2026, 12, 2, 1, 0, tzinfo=UTC))
    mistaken = station.add("lin", "worker", {"name": "郑阿福", "identity_number": "350602198001010019"})
    station.act("lin", "worker", mistaken, "void", "登错了")
    rows: list[ServiceRow] = []
    after: str | None = None
    while after is not None or not rows:
        page = station["lin"].read(service_ledger, None, after, 4)
        rows, after = [*rows, *page.rows], page.after
    assert len({row.id for row in rows}) == len(rows) == 1 + 1 + 6 + 5
    assert rows == sorted(rows, key=lambda row: (row.created_at, row.id), reverse=True)
    found = {row.id: row for row in rows}
    assert (found[mistaken].voided, found[mistaken].who) == (True, "郑*福")
    assert (found[first].who, found[first].minutes, found[first].net) == ("林*强", 549, Decimal("220.00"))
    assert (found[gone].state, found[gone].reason, found[gone].minutes) == ("no-show", "电话打不通", None)
    assert [code for code, _ in found[instead].steps] == ["applied", "confirmed", "came", "left"]
    assert station["lin"].read(service_ledger, DECEMBER).rows == (found[mistaken],)
    assert not any(name in repr(rows) for name, _ in PEOPLE)
    assert found[third].kind == "application"


def test_complaints_appeals_and_the_queue_are_services_in_the_ledger(station: Station) -> None:
    posting = published(station)
    employer = station.show("lin", "posting", posting)["employer_id"]
    complaint = {"employer_id": employer, "category": "wages", "text": "没付", "name": "郑阿福", "received_on": "2026-11-23"}
    made = station.add("lin", "complaint", complaint)
    worker = station.add("lin", "worker", {"name": "郑阿福", "identity_number": "350602198001010019"})
    entry = station.add("lin", "queue_entry", {"worker_id": worker})
    with station["zhuang"].store.writer() as session:
        firm = session.get_one(Employer, employer)
        moment = station.clock.now()
        session.add(SanctionAppeal(
            id="a" * 36, scope=firm.scope, employer_id=employer, against="suspend", text="冤枉", filed_by="林志强",
            filed_on=moment.date(), created_at=moment, created_by="x", state="open",
        ))  # fmt: skip
        session.commit()
    found = {row.id: row for row in station["lin"].read(service_ledger, NOVEMBER).rows}
    assert (found[made].who, found[made].what, [code for code, _ in found[made].steps]) == (
        "郑*福", "漳州市好邻居家政服务有限公司", ["complained"])  # fmt: skip
    assert (found[entry].who, [code for code, _ in found[entry].steps]) == ("郑*福", ["queued"])
    assert (found["a" * 36].who, found["a" * 36].state) == ("林*强", "open")


def test_the_ledger_of_a_closed_month_stays_and_what_is_corrected_later_is_said_apart(station: Station, tmp_path: Path) -> None:
    """人力资源市场暂行条例 article 33: object, process and result are kept; a line of a closed month does not change."""
    first, *_ = day_of_work(station)
    lin = station["lin"]

    def words(group: str, code: str) -> str:
        return code

    def rows() -> list[list[str]]:
        said: list[list[str]] = lin.read(job_figures.ledger_paper, NOVEMBER, words)[0]["parts"][0]["rows"]
        return said

    assert lin.read(ledger, NOVEMBER).standing == "open"
    station.clock.set(datetime(2026, 12, 2, 1, 0, tzinfo=UTC))
    lin.write(months.close_month, NOVEMBER, in_spite="试")
    (closed,) = station.audit(CLOSED)
    then = rows()
    with station["zhuang"].store.writer() as session:
        session.get_one(Application, first).reason = "后来更正"
        session.commit()
    assert rows()[:-1] == then
    assert "其后更正：done：后来更正" in rows()[-1][-1]
    kept = tmp_path / "a.xlsx"
    assert job_figures.save_ledger(lin, kept, NOVEMBER, words) == len(then) + 1
    (left,) = station.audit(job_figures.LEDGER_LEFT)
    assert left["file"] == hashlib.sha256(kept.read_bytes()).hexdigest()
    assert (left["digest"], left["lines"], left["later"], left["how"]) == (closed["digest"], len(then), 1, "xlsx")
    for value, standing in ((None, "broken"), ("eJwDAAAAAAE=", "broken")):
        with station["zhuang"].store.writer() as session:
            session.execute(delete(LocalValue).where(LocalValue.name.startswith("job-ledger/")))
            if value is not None:
                session.add(LocalValue(name=f"job-ledger/{closed_id()}", value=value))
            session.commit()
        found = lin.read(ledger, NOVEMBER)
        assert (found.standing, found.later) == (standing, ())
        assert "不符" in dict(job_figures.made_of(found, station.clock.now()))["与月结比较"]


def closed_id() -> str:
    return close_id(STATION, "events", str(NOVEMBER))


def test_another_set_of_names_takes_another_mark() -> None:
    """A closed month is counted anew only under the mark that it was counted by: a name more or less needs another one."""
    names = hashlib.sha256("\n".join(sorted(tally(()))).encode()).hexdigest()[:16]
    assert (SHAPE.marks(), names) == (("jobs-1",), "8cc287df5ca2c99d")


def test_complaints_of_the_month_are_counted_and_what_becomes_of_them_is_no_correction(station: Station) -> None:
    posting = published(station)
    employer = station.show("lin", "posting", posting)["employer_id"]
    fields = {"employer_id": employer, "category": "wages", "text": "工钱没有付", "received_on": "2026-11-23"}
    made = station.add("lin", "complaint", fields)
    found = figures(station)
    assert (found["complaints.new"]["ids"], found["complaints.handled"]["count"]) == ([made], 0)
    (row,) = station["lin"].read(job_figures.behind, "complaint", "complaints.new", [made]).rows
    assert row.id == made
    station.clock.set(datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    station["lin"].write(months.close_month, NOVEMBER)
    station.act("zhuang", "complaint", made, "handle", "已补发", outcome="upheld", finding="已补发")
    assert report(station).after == ()


@pytest.mark.parametrize(("was", "now"), [("=attended 0", "=attended 1"), ("zzdesk-jobs/1", "zzdesk-month/1"), ("#p", "#?")])
def test_the_centre_takes_no_month_that_was_forged(was: str, now: str) -> None:
    """Also with a hash of its own: figures and records have to say the same, and be what the program writes."""
    facts = [Fact.of("posting", key(1, 1), {"trade.loading": 1, "state.done": 1})]
    text = write(SHAPE, STATION, "events", NOVEMBER, facts, ())
    body = text.rpartition("\n")[0].replace(was, now)
    forged = f"{body}\nsha256 {hashlib.sha256(body.encode()).hexdigest()}"
    fields = {"station": STATION, "basis": "events", "month": "2026-11", "record": text}
    made = close_id(STATION, "events", "2026-11")
    at = "2026-12-01T00:00:00.000Z"
    assert CLOSE_GUARD.ask(Deed("lin", at, 2, None, fields, {}, id=made)) is None
    assert CLOSE_GUARD.ask(Deed("lin", at, 2, None, fields | {"record": forged}, {}, id=made)) == "month-misshapen"
