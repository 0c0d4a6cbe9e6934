"""Insurance of work and for whom a posting is: said in words where people get hurt, seen where it is meant for (B3.1, B3.2)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import POSTING, published, vetted, worker
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.jobs import cover, queries
from zzdesk.jobs.models import Posting
from zzdesk.jobs.papers import order_said

POLICY = {"insurer": "人保财险", "policy_number": "PICC-2026-0917", "insured_by": "单位"}
DAY = {"starts_at": "2026-11-25T00:00:00.000Z", "ends_at": "2026-11-26T09:00:00.000Z"}


def test_a_policy_counts_when_it_holds_on_every_day_of_the_work() -> None:
    today = date(2026, 11, 23)
    work = {"trade": "moving", **DAY}
    for more, said in (
        ({}, cover.NONE), ({"insurer": "人保财险"}, cover.NONE), (POLICY, cover.INSURED),
        (POLICY | {"insured_from": "2026-11-25", "insured_until": "2026-11-26"}, cover.INSURED),
        (POLICY | {"insured_from": "2026-11-26"}, cover.GAP), (POLICY | {"insured_until": "2026-11-25"}, cover.GAP),
    ):  # fmt: skip
        assert cover.cover_of(work | more, today) == said
        assert cover.is_warned(work | more, today) == (said != cover.INSURED)
    quiet = {"trade": "cleaning", **DAY}
    assert not cover.is_warned(quiet, today)
    assert cover.is_warned(quiet | {"hazardous": True}, today)


def test_risky_work_without_insurance_says_so_on_the_list_and_the_order(station: Station) -> None:
    bare = published(station)
    (row,) = station["lin"].read(queries.list_postings).rows
    assert row.uninsured
    assert station["lin"].read(queries.cover_of_posting, bare) == ("none", True)
    firm = station.show("lin", "posting", bare)["employer_id"]
    with pytest.raises(InvalidError, match="policy_number"):
        station.add("lin", "posting", POSTING | {"employer_id": firm, "insurer": "人保财险"})
    dates = {"insured_from": "2026-11-25", "insured_until": "2026-11-24"}
    with pytest.raises(InvalidError, match="insured_until"):
        station.add("lin", "posting", POSTING | POLICY | dates | {"employer_id": firm})
    safe = station.add("lin", "posting", POSTING | POLICY | {"employer_id": firm})
    with station["lin"].store.reader() as session:
        papers = {each: order_said(session, session.get_one(Posting, each)) for each in (bare, safe)}
    assert "无保险" in papers[bare]["warning"]
    assert "warning" not in papers[safe]
    rows = dict(papers[safe]["rows"])
    assert rows["保险"] == "人保财险　保单号 PICC-2026-0917　单位出保费"


def _at(desk: Desk, station: str) -> None:
    desk._actor = desk.actor.__class__(desk.actor.account_id, desk.actor.login, "", desk.actor.roles, station)


def test_another_station_shows_what_is_for_the_city_and_nothing_else(station: Station) -> None:
    firm = vetted(station)
    own, wide = (
        station.add("lin", "posting", POSTING | {"employer_id": firm, "audience": audience}) for audience in ("station", "city")
    )
    for each in (own, wide):
        station.act("lin", "posting", each, "submit")
        station.act("zhuang", "posting", each, "publish")
    person, desk = worker(station), station["lin"]
    _at(desk, "350602002005")  # a desk beside it on which both lie
    assert [row.id for row in desk.read(queries.list_postings).rows] == [wide]
    assert [row.id for row in desk.read(queries.find, "posting", "搬家具").rows] == [wide]
    assert [row.id for row in desk.read(queries.postings_by_ids, (own, wide))] == [wide]
    with pytest.raises(RefusedError, match="只在发布它的站"):
        station.add("lin", "application", {"posting_id": own, "worker_id": person})
    station.add("lin", "application", {"posting_id": wide, "worker_id": person})
    _at(desk, "350602002")  # the street's own desk sees its communities
    assert {row.id for row in desk.read(queries.list_postings).rows} == {own, wide}
