"""Who fits a posting: hard filters, a score with its reasons, and nothing decided by it (domain rules B3.3, PIPL article 24)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Select, text

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import published
from tests.zzdesk.jobs.test_wages import PEOPLE
from zzdesk.jobs import commands, match_queries, matching, queries
from zzdesk.jobs.matching import Job, Person
from zzdesk.jobs.models import Posting

JOB = Job("moving", "350602002004", datetime(2026, 11, 25, 0, 0, tzinfo=UTC), datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
          Decimal("180.00"), "day")
DAY = date(2026, 11, 25)


def person(**more: object) -> Person:
    fields: dict[str, object] = {
        "id": "a", "skills": frozenset({"moving"}), "area": "350602002004", "free": frozenset(), "wish": None,
        "wish_unit": None, "distance_km": None,
    }  # fmt: skip
    return Person(**(fields | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("more", "why"), [
    ({}, None),
    ({"free": frozenset({"wed-am", "wed-pm"})}, None),
    ({"free": frozenset({"wed-am"})}, "not-free"),
    ({"area": "350602007007", "distance_km": 2}, "too-far"),
    ({"area": "350602002001", "distance_km": 2}, None),
])  # fmt: skip
def test_what_rules_somebody_out(more: dict[str, object], why: str | None) -> None:
    assert matching.ruled_out(JOB, person(**more), DAY) == why


def test_a_certificate_that_the_trade_asks_for_has_to_hold_on_the_day() -> None:
    job = Job("security", "350602002004", JOB.starts_at, JOB.ends_at, JOB.wage, JOB.pay_unit, "保安员证")
    for held, why in (
        (frozenset[str](), "no-certificate"), (frozenset({"保安员证@2026-11-24"}), "no-certificate"),
        (frozenset({"保安员证@2026-11-25"}), None), (frozenset({"保安员证"}), None),
    ):  # fmt: skip
        assert matching.ruled_out(job, person(certificates=held), DAY) == why


def test_a_score_is_the_sum_of_its_reasons_and_ratings_shut_no_newcomer_out() -> None:
    found = matching.weigh(JOB, person(wish=Decimal("180.00"), wish_unit="day", place=1, missed=2))
    assert found.reasons == (
        ("skill", 30), ("same-community", 25), ("queue", 20), ("wage", 15), ("newcomer", 6), ("waited", 6))
    assert found.score == 100
    newcomer, praised, blamed = (matching.weigh(JOB, person(), rating) for rating in (None, Decimal(5), Decimal(1)))
    assert praised.score - newcomer.score == 4
    assert newcomer.score - blamed.score == 6
    assert matching.parts_of(JOB.starts_at, datetime(2026, 11, 25, 12, 30, tzinfo=UTC)) == {"wed-am", "wed-pm", "wed-night"}


def test_the_list_leaves_out_who_may_not_or_cannot_and_says_why_the_others_fit(station: Station) -> None:
    posting = published(station, headcount=3)
    people = [
        station.add("lin", "worker", {"name": n, "identity_number": i, "skills": skills, "area_code": "350602002004"})
        for (n, i), skills in zip(PEOPLE, (["moving"], ["moving"], ["cleaning"], ["moving"], ["moving"]), strict=True)
    ]  # fmt: skip
    minor = station.add("lin", "worker", {"name": "许俊杰", "identity_number": "350627200909015255", "skills": ["moving"]})
    employer = station.show("lin", "posting", posting)["employer_id"]
    other = published_again(station, employer)
    busy = station.add("lin", "application", {"posting_id": other, "worker_id": people[1]})
    station.act("lin", "application", busy, "confirm")
    station.add("lin", "application", {"posting_id": posting, "worker_id": people[3]})
    station["lin"].write(commands.join_queue, people[2])  # cleans, but is here this morning
    station.edit("lin", "worker", people[4], {"skills": ["cleaning"]})
    found = station["lin"].read(queries.candidates, posting)
    assert {each.id for each in found} == {people[0], people[2], minor}
    best = found[0]
    assert (best.id, best.name, dict(best.reasons)["skill"]) == (people[0], "林*强", 30)
    assert station.rows("lin", "application", posting_id=posting, worker_id=people[0]) == []  # a person decides


def published_again(station: Station, employer: str) -> str:
    from tests.zzdesk.jobs.test_jobs import POSTING

    posting = station.add("lin", "posting", POSTING | {"employer_id": employer, "title": "同时的另一份"})
    station.act("lin", "posting", posting, "submit")
    station.act("zhuang", "posting", posting, "publish")
    return posting


def test_nothing_that_the_match_list_asks_reads_a_whole_table(station: Station) -> None:
    posting_id = published(station)
    with station["lin"].store.reader() as session:
        posting = session.get_one(Posting, posting_id)
        asked: list[Select[object]] = [
            match_queries.of_trade("moving", "350602"), match_queries.of_trade("moving", ""), match_queries.busy(posting),
            match_queries.declined(posting.employer_id),
            match_queries.rated(["a", "b"]),
        ]  # fmt: skip
        for query in asked:
            compiled = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
            plan = [row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
            assert plan
            assert not [step for step in plan if step.startswith("SCAN")], plan
