"""A sanction stands as two people decided it: nobody ends, shortens or escapes it alone (domain rules B3.2, F54)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_complaints import APPEAL, sanctioned
from tests.zzdesk.jobs.test_jobs import FIRM, PAPERS
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.jobs import queries

OTHER_CODE = "92350603MA8TQ4567A"


def test_the_end_and_the_reason_of_a_sanction_are_not_edited(station: Station) -> None:
    firm = sanctioned(station)
    for changes in ({"sanction_until": "2026-11-01"}, {"sanction_until": None}):
        with pytest.raises(RefusedError, match="期限和理由不能改") as refused:
            station.edit("lin", "employer", firm, changes)
        assert refused.value.params["code"] == "sanction-fixed"
    station.edit("lin", "employer", firm, {"industry": "家政"})
    with pytest.raises(RefusedError, match="另一个账号"):
        station.act("lin", "employer", firm, "lift", "算了")
    assert station.show("lin", "employer", firm)["sanction_until"] == "2027-03-01"


def test_what_is_proposed_leaves_the_sanction_in_force_as_it_is(station: Station) -> None:
    """Who proposed that one goes on being somebody who decides no appeal of it, also when the next proposal is declined."""
    firm = sanctioned(station)
    before = station.show("lin", "employer", firm)
    station.act("ke", "employer", firm, "blacklist", "又骗押金", sanction_until="2026-12-01")
    shown = station.show("lin", "employer", firm)
    kept = ("state", "sanction_until", "sanction_reason", "sanction_by", "sanction_raised_by", "sanction_id")
    assert [shown[name] for name in kept] == [before[name] for name in kept]
    assert (shown["sanction_proposed"], shown["sanction_proposed_until"]) == ("blacklist", "2026-12-01")
    station.clock.set(datetime(2026, 12, 2, 1, tzinfo=UTC))
    assert station["lin"].read(queries.reminders) == ()  # the suspension runs on
    station.act("lin", "employer", firm, "decline", "查无此事")
    after = station.show("lin", "employer", firm)
    assert {name: after.get(name) for name in before} == before
    assert not {name for name in after if name.startswith("sanction_proposed")}
    with pytest.raises(RefusedError, match="没有待批准"):
        station.act("lin", "employer", firm, "decline", "查无此事")
    appeal = station.add("lin", "sanction_appeal", APPEAL | {"employer_id": firm})
    for login in ("zhuang", "lin"):
        with pytest.raises(RefusedError, match="另一个账号"):
            station.act(login, "sanction_appeal", appeal, "decide", outcome="revoked", finding="已补发")
    station.act("ke", "sanction_appeal", appeal, "decide", outcome="upheld", finding="证据不足")


def test_a_sanction_is_approved_as_it_was_proposed(station: Station) -> None:
    firm = sanctioned(station)
    station.act("ke", "employer", firm, "blacklist", "又骗押金", sanction_until="2027-05-01")
    with pytest.raises(RefusedError, match="与提出的不同"):
        station.act("lin", "employer", firm, "blacklist", "同意", sanction_until="2026-12-01")
    with pytest.raises(InvalidError, match="不能改这一项"):  # nor does another step carry a period
        station.act("zhuang", "employer", firm, "lift", "算了", sanction_until="2026-11-01")
    station.act("lin", "employer", firm, "blacklist", "同意", sanction_until="2027-05-01")
    shown = station.show("lin", "employer", firm)
    assert (shown["state"], shown["sanction_until"], shown["sanction_reason"]) == ("blacklisted", "2027-05-01", "又骗押金")
    assert (shown["sanction_raised_by"], shown["sanction_by"]) == (
        station["ke"].actor.account_id, station["lin"].actor.account_id)  # fmt: skip


def test_an_appeal_ends_with_the_sanction_that_it_is_about(station: Station) -> None:
    """Deciding it later would end another sanction, which nobody appealed."""
    firm = sanctioned(station)
    first = station.add("lin", "sanction_appeal", APPEAL | {"employer_id": firm})
    with pytest.raises(RefusedError, match="不能直接结束"):
        station.act("ke", "sanction_appeal", first, "close", "不用了")
    station.act("ke", "employer", firm, "blacklist", "又骗押金", sanction_until="2027-05-01")
    station.act("zhuang", "employer", firm, "blacklist", "同意")
    shown = station.show("lin", "sanction_appeal", first)
    assert (shown["state"], shown["text"], shown["finding"]) == ("lapsed", APPEAL["text"], "同意")
    with pytest.raises(RefusedError):
        station.act("lin", "sanction_appeal", first, "decide", outcome="revoked", finding="已补发")
    assert station.show("lin", "employer", firm)["state"] == "blacklisted"
    second = station.add("lin", "sanction_appeal", APPEAL | {"employer_id": firm})
    station.act("lin", "sanction_appeal", second, "decide", outcome="revoked", finding="查无此事")
    assert station.show("lin", "employer", firm)["state"] == "pending"
    firm = station.vet(firm)
    station.act("zhuang", "employer", firm, "suspend", "拖欠工钱", sanction_until="2027-03-01")
    station.act("lin", "employer", firm, "suspend", "同意")
    third = station.add("lin", "sanction_appeal", APPEAL | {"employer_id": firm})
    station.act("ke", "employer", firm, "lift", "已补发")
    shown = station.show("lin", "sanction_appeal", third)
    assert (shown["state"], shown["finding"]) == ("lapsed", "已补发")


def test_a_sanctioned_firm_gets_no_clean_second_record(station: Station) -> None:
    firm = sanctioned(station, "blacklist")
    with pytest.raises(RefusedError, match="不能作废") as refused:
        station.act("lin", "employer", firm, "void", "记错了")
    assert refused.value.params["code"] == "sanction-stands"
    clean = station.add("lin", "employer", FIRM | PAPERS | {"credit_code": OTHER_CODE})
    with pytest.raises(RefusedError, match="blacklisted"):
        station.edit("lin", "employer", clean, {"credit_code": FIRM["credit_code"]})
    assert station.show("lin", "employer", clean)["credit_code"] == OTHER_CODE
    station.act("lin", "employer", clean, "void", "记错了")
    again = station.add("lin", "employer", FIRM | PAPERS | {"credit_code": OTHER_CODE})
    with pytest.raises(RefusedError, match="已经登记过"):  # nor do two records of one firm come about by taking one back
        station.act("lin", "employer", clean, "unvoid", "没记错")
    assert station.show("lin", "employer", again)["state"] == "pending"
