"""What follows an agreement: its days, the performance plan, revisits, judicial confirmation, amendments (D04; PML 31 to 33)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.mediation.case_file import HUANG, TEXT, File
from zzdesk.clock import FixedClock
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.mediation import commands, papers, queries
from zzdesk.mediation.dossier.data import said
from zzdesk.mediation.dossier.gather import gather
from zzdesk.mediation.reminders import reminders
from zzdesk.mediation.tables import retention_of, revisit_days


@pytest.fixture
def clock() -> FixedClock:
    """The day of D04's second session."""
    return FixedClock(datetime(2026, 1, 20, 2, 0, tzinfo=UTC))


def sorts(station: Station, login: str = "chen") -> list[tuple[str, str]]:
    return [(each.sort, str(each.day)) for each in station[login].read(reminders)]


def test_the_days_of_an_agreement(station: Station) -> None:
    """D04: thirty days from acceptance; the raw day for a court is the safe one, a holiday moves it."""
    file = File(station, accepted_on="2026-01-06")
    shown = station.show("chen", "agreement", file.effective())
    assert station.show("lin", "case", file.id)["due_on"] == "2026-02-05"
    assert (shown["confirm_by"], shown["confirm_until"], shown["copies"]) == ("2026-02-19", "2026-02-24", 3)
    visits = [(row["due_on"], row["state"]) for row in station.rows("chen", "revisit", case_id=file.id)]
    assert visits == [("2026-02-04", "planned"), ("2026-04-20", "planned")]


def on_paper(file: File, lin: str, huang: str, seal: str) -> dict[str, object]:
    """The ticks of a paper with the days that stand on it."""
    return file.signed() | {"signed_days": [f"{file.lin}:{lin}", f"{file.huang}:{huang}", f"mediator:{huang}", f"seal:{seal}"]}


def test_an_agreement_signed_on_paper_counts_from_the_day_of_the_last_signature(station: Station) -> None:
    """PML articles 29 and 33: typed in on 20 January, in effect since the 14th; everything that rests on it follows."""
    file = File(station, accepted_on="2026-01-06")
    file.closed_session()
    agreement = file.add("agreement", **TEXT)
    for days in (("2026-01-05", "2026-01-13", "2026-01-14"), ("2026-01-12", "2026-01-21", "2026-01-14")):
        with pytest.raises(InvalidError, match="signed_days"):
            file.act("agreement", agreement, "take-effect", **on_paper(file, *days))
    with pytest.raises(InvalidError, match="reached_at"):
        file.act("agreement", agreement, "take-effect", reached_at="2026-01-15T09:00:00+08:00",
                 **on_paper(file, "2026-01-12", "2026-01-13", "2026-01-14"))
    file.act("agreement", agreement, "take-effect", **on_paper(file, "2026-01-12", "2026-01-13", "2026-01-14"))
    shown = station.show("chen", "agreement", agreement)
    assert (shown["effective_at"], shown["confirm_by"]) == ("2026-01-13T16:00:00.000Z", "2026-02-13")
    assert [row["due_on"] for row in station.rows("chen", "revisit", case_id=file.id)] == ["2026-01-29", "2026-04-14"]
    file.act("case", file.id, "reach")
    assert station.show("lin", "case", file.id)["closed_on"] == "2026-01-14"
    paper = said(station["chen"].read(gather, file.id), "agreement", agreement)
    assert (paper["effective_on"], paper["confirm_by"]) == ("2026年1月14日", "2026年2月13日")
    amended = station["chen"].write(commands.amend_agreement, agreement, "change").created[0]
    with pytest.raises(InvalidError, match="原协议生效"):
        file.act("agreement", amended, "take-effect", **on_paper(file, "2026-01-13", "2026-01-15", "2026-01-15"))


def test_a_signature_without_a_day_was_given_on_the_day_of_the_tick(station: Station) -> None:
    file = File(station, accepted_on="2026-01-06")
    agreement = file.add("agreement", **TEXT)
    station.edit("chen", "agreement", agreement, {"signed_by": [file.lin]})
    station.clock.advance(86_400)
    file.notify()
    file.act("agreement", agreement, "take-effect", **file.signed())
    shown = station.show("chen", "agreement", agreement)
    assert (f"{file.lin}:2026-01-20" in shown["signed_days"], "seal:2026-01-21" in shown["signed_days"]) == (True, True)
    assert shown["confirm_by"] == "2026-02-20"


def test_revisits_and_retention_follow_the_category() -> None:
    assert revisit_days("contract", date(2026, 1, 31)) == (date(2026, 3, 2),)
    assert (retention_of("land-forest"), retention_of("contract")) == ("permanent", "long")


def test_a_plan_says_what_is_due_and_who_is_late(file: File, station: Station) -> None:
    """PML article 31: what is over stands on the first page of the team, and of nobody else."""
    agreement = file.effective()
    first = file.add("performance_line", agreement_id=agreement, what="转账", amount="1200.00", due_on="2026-01-25",
                     by_party=file.huang, to_party=file.lin)
    file.add("performance_line", agreement_id=agreement, what="转账", amount="2000.00", due_on="2026-02-25")
    with pytest.raises(RefusedError, match="协议已生效，请走变更"):
        station.edit("chen", "performance_line", first, {"amount": "1000.00"})
    with pytest.raises(InvalidError, match="by_party"):
        file.add("performance_line", agreement_id=agreement, what="x", due_on="2026-02-25", by_party="nobody")
    station.clock.advance(7 * 86_400)
    assert sorts(station) == [("line", "2026-01-25")]
    assert sorts(station, "zheng") == sorts(station, "lin") == []
    with pytest.raises(InvalidError, match="done_on"):
        file.act("performance_line", first, "done", done_how="cash", done_on="2026-01-28")
    file.act("performance_line", first, "done", done_how="transfer")
    with pytest.raises(RefusedError, match="已经履行的不能作废"):
        station["chen"].write(papers.void_paper, "performance_line", first, "误登")
    line = next(p for p in station["chen"].read(queries.case_file, file.id).others["performance_line"] if p.id == first)
    assert line.actions == ("reopen",)
    done = station.show("chen", "performance_line", first)
    assert (done["state"], done["done_on"], done["done_amount"]) == ("done", "2026-01-27", "1200.00")
    assert sorts(station) == []
    with pytest.raises(RefusedError, match="reason"):
        file.act("performance_line", first, "reopen")
    file.act("performance_line", first, "reopen", "收据是另一件案子的")
    again = station.show("chen", "performance_line", first)
    assert [again.get(name) for name in ("state", "done_on", "done_how", "done_amount")] == ["pending", None, None, None]
    assert "另一件" in station["chen"].read(queries.as_written, "performance_line", first)["note"]


def test_a_change_replaces_what_nobody_has_done_and_is_signed_like_the_first(file: File, station: Station) -> None:
    """Domain rules B1.2: 变更 is a new document with a link; 补正 mends a slip and leaves plan and visits alone."""
    agreement = file.effective()
    line = file.add("performance_line", agreement_id=agreement, what="转账", due_on="2026-02-25")
    slip = file.add("agreement", **TEXT, amends=agreement, amendment="correction")
    with pytest.raises(RefusedError, match="第二十九条"):
        file.act("agreement", slip, "take-effect", signed_by=[file.lin])
    file.act("agreement", slip, "take-effect", **file.signed())
    assert station.show("chen", "performance_line", line)["state"] == "pending"
    assert len(station.rows("chen", "revisit", case_id=file.id)) == 2
    change = file.add("agreement", **TEXT, amends=slip)  # what it corrected is changed with it
    assert station.show("chen", "agreement", change)["amendment"] == "change"
    file.act("agreement", change, "take-effect", **file.signed())
    assert station.show("chen", "performance_line", line)["state"] == "cancelled"
    states = [row["state"] for row in station.rows("chen", "revisit", case_id=file.id)]
    assert sorted(states) == ["planned", "planned", "skipped", "skipped"]


def test_a_revisit_is_written_down_and_then_final(file: File, station: Station) -> None:
    """Domain rules B1.2, row 13."""
    file.effective()
    visit = station.rows("chen", "revisit", case_id=file.id)[0]["id"]
    with pytest.raises(RefusedError, match="performance"):
        file.act("revisit", visit, "done", visitor="陈建华")
    file.act("revisit", visit, "done", visitor="陈建华", performance="part", satisfaction="satisfied", danger="墙角还有潮印",
             measures="下月再看", visited=[file.lin], way="visit")
    with pytest.raises(RefusedError, match="定稿"):
        station.edit("chen", "revisit", visit, {"satisfaction": "unsatisfied"})
    other = station.rows("chen", "revisit", case_id=file.id, state="planned")[0]["id"]
    with pytest.raises(RefusedError, match="reason"):
        file.act("revisit", other, "skip")
    file.act("revisit", other, "skip", "当事人已迁出")
    assert station.show("chen", "revisit", other)["state"] == "skipped"


def test_confirmation_is_asked_for_by_both_and_in_time(file: File, station: Station) -> None:
    """PML article 33; 法释〔2011〕5号 articles 3 to 5."""
    agreement = file.effective()
    asked = file.add("confirmation", agreement_id=agreement)
    shown = station.show("chen", "confirmation", asked)
    assert (shown["raw_last_day"], shown["extended_last_day"]) == ("2026-02-19", "2026-02-24")
    with pytest.raises(InvalidError, match="papers"):
        station.edit("chen", "confirmation", asked, {"papers": ["letter"]})
    about = {"court": "漳州市芗城区人民法院", "court_ground": "committee"}
    with pytest.raises(RefusedError, match="共同申请"):
        file.act("confirmation", asked, "apply", **about, applicants=[file.lin], applied_on="2026-01-20")
    station.clock.advance(26 * 86_400)  # 02-15
    assert ("confirmation", "2026-02-19") in sorts(station)
    station.clock.advance(10 * 86_400)
    both = about | {"applicants": [file.lin, file.huang]}
    with pytest.raises(RefusedError, match="2026-02-24"):
        file.act("confirmation", asked, "apply", **both, applied_on="2026-02-25")
    file.act("confirmation", asked, "apply", **both, applied_on="2026-02-24")
    with pytest.raises(RefusedError, match="共同申请"):
        station.edit("chen", "confirmation", asked, {"applicants": [file.lin]})
    with pytest.raises(RefusedError, match="2026-02-24"):
        station.edit("chen", "confirmation", asked, {"applied_on": "2026-02-25"})
    with pytest.raises(RefusedError, match="2026-02-24"):
        file.act("confirmation", asked, "accept", court_accepted_on="2026-02-25", applied_on="2026-02-25")
    station.edit("chen", "confirmation", asked, {"applied_on": "2026-02-23"})
    file.act("confirmation", asked, "accept", court_accepted_on="2026-02-25")
    with pytest.raises(RefusedError, match="decision_number"):
        file.act("confirmation", asked, "confirm", decided_on="2026-02-25")
    file.act("confirmation", asked, "confirm", decided_on="2026-02-25", decision_number="（2026）闽0602司确1号")
    assert station.show("chen", "confirmation", asked)["state"] == "confirmed"


def test_a_correction_gives_no_more_time_for_a_court(file: File, station: Station) -> None:
    """PML article 33: the thirty days run from when the agreement took effect, whatever slip of the pen is mended later."""
    days = ("effective_at", "confirm_by", "confirm_until")
    first = file.effective()
    station.clock.advance(20 * 86_400)
    shown = station.show("chen", "agreement", first)
    for _ in range(2):  # the second mends the first
        slip = file.add("agreement", **TEXT, amends=first, amendment="correction")
        file.act("agreement", slip, "take-effect", **file.signed())
        mended = station.show("chen", "agreement", slip)
        assert [mended[name] for name in days] == [shown[name] for name in days]
        first = slip
    change = file.add("agreement", **TEXT, amends=first)
    file.act("agreement", change, "take-effect", **file.signed())
    assert station.show("chen", "agreement", change)["confirm_by"] == "2026-03-11"


def test_no_court_confirms_identity_adoption_or_marriage(station: Station) -> None:
    """法释〔2011〕5号 article 4: a warning, for a person to own up to."""
    file = File(station, category="marriage-family")
    asked = file.add("confirmation", agreement_id=file.effective())
    fields = {"court": "芗城区人民法院", "court_ground": "home", "applicants": [file.lin, file.huang], "applied_on": "2026-01-20"}
    with pytest.raises(RefusedError, match="第四条"):
        file.act("confirmation", asked, "apply", **fields)
    file.act("confirmation", asked, "apply", **fields, is_warned=True)


def test_the_number_of_a_void_case_is_listed_with_its_reason(file: File, station: Station) -> None:
    """F32: no number is given again; why is for the team to read."""
    assert station["lin"].read(queries.void_numbers).rows == ()
    with station["chen"].store.writer() as session:
        session.execute(queries.Case.__table__.update().values(number="人调2026-350602002004-0007"))
        session.commit()
    file.act("case", file.id, "void", "与另一件重复")
    mine, others = (station[login].read(queries.void_numbers).rows[0] for login in ("chen", "lin"))
    assert (mine.number, mine.reason, others.reason) == ("人调2026-350602002004-0007", "与另一件重复", "")


def test_what_is_missing_says_whose_it_is_covered(file: File, station: Station) -> None:
    missing = station["chen"].read(queries.case_file, file.id).missing
    assert {each.about for each in missing if each.kind == "party"} <= {"林*英", "黄*明", None}
    assert HUANG["name"] not in str(missing)
