"""Complaints about employers are records with an outcome; a sanction is appealed, and decided by a third person (F54)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import FIRM, PAPERS, published, vetted
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.jobs import queries

SAID = {"category": "fee", "name": "黄阿明", "phone": "13705961111", "text": "到了现场要先交200元"}
APPEAL = {"text": "工钱已补发，有转账凭证", "filed_by": "陈志强"}


def sanctioned(station: Station, action: str = "suspend", until: str = "2027-03-01") -> str:
    """An employer that Zhuang proposed to sanction, and Lin sanctioned."""
    firm = vetted(station)
    station.act("zhuang", "employer", firm, action, "拖欠工钱两次", sanction_until=until)
    station.act("lin", "employer", firm, action, "同意")
    return firm


def test_a_complaint_is_masked_counted_and_handled_with_an_outcome(station: Station) -> None:
    posting = published(station)
    firm = station.show("lin", "posting", posting)["employer_id"]
    first = station.add("lin", "complaint", SAID | {"posting_id": posting})
    second = station.add("lin", "complaint", {"employer_id": firm, "category": "other", "text": "不说是谁"})
    shown = station.show("lin", "complaint", first)
    assert (shown["employer_id"], shown["name"], shown["phone"]) == (firm, "黄*明", "137****1111")
    assert (shown["received_on"], shown["state"]) == ("2026-11-23", "open")
    assert station.show("lin", "employer", firm)["complaint_count"] == 2
    assert station["lin"].read(queries.complaints_about, posting) == 1
    assert [(each.sort, each.record_id) for each in station["lin"].read(queries.reminders)] == [
        ("complaint", first), ("complaint", second)]  # fmt: skip
    with pytest.raises(RefusedError, match="finding"):
        station.act("lin", "complaint", second, "handle", outcome="unfounded")
    station.act("lin", "complaint", second, "handle", outcome="unfounded", finding="查无此事")
    assert station.show("lin", "employer", firm)["complaint_count"] == 1  # what was not true does not stand against anybody
    with pytest.raises(RefusedError, match="只能另记一条"):
        station.edit("lin", "complaint", first, {"text": "改"})
    station.act("lin", "complaint", first, "void", "记在别家了")
    assert "complaint_count" not in station.show("lin", "employer", firm)
    standing = station["lin"].read(queries.standing_of, firm)
    assert (standing.complaints, standing.open_complaints) == (1, 0)
    with pytest.raises(RefusedError, match="权限"):
        station.add("chen", "complaint", SAID | {"posting_id": posting})


def test_a_complaint_is_about_this_employers_posting_and_of_a_day_that_was(station: Station) -> None:
    posting = published(station)
    other = station.add("lin", "employer", FIRM | PAPERS | {"credit_code": "92350603MA8TQ4567A"})
    with pytest.raises(RefusedError, match="不是这家单位"):
        station.add("lin", "complaint", SAID | {"posting_id": posting, "employer_id": other})
    for wrong, about in (({"received_on": "2026-11-24"}, "received_on"), ({"text": ""}, "text"), ({"category": "x"}, "category")):
        with pytest.raises(InvalidError, match=about):
            station.add("lin", "complaint", SAID | {"posting_id": posting} | wrong)
    with pytest.raises(InvalidError, match="employer_id"):
        station.add("lin", "complaint", SAID)


def test_an_appeal_is_decided_by_somebody_who_had_no_part_in_the_sanction(station: Station) -> None:
    firm = vetted(station)
    with pytest.raises(RefusedError, match="不用申诉"):
        station.add("lin", "sanction_appeal", APPEAL | {"employer_id": firm})
    firm = station.show("lin", "employer", firm)["id"]
    station.act("zhuang", "employer", firm, "suspend", "拖欠工钱两次", sanction_until="2027-03-01")
    station.act("lin", "employer", firm, "suspend", "同意")
    appeal = station.add("lin", "sanction_appeal", APPEAL | {"employer_id": firm})
    with pytest.raises(RefusedError, match="已经有一份申诉"):
        station.add("zhuang", "sanction_appeal", APPEAL | {"employer_id": firm})
    for login in ("lin", "zhuang"):
        with pytest.raises(RefusedError, match="另一个账号"):
            station.act(login, "sanction_appeal", appeal, "decide", outcome="revoked", finding="已补发")
    with pytest.raises(RefusedError, match="finding"):
        station.act("ke", "sanction_appeal", appeal, "decide", outcome="revoked")
    with pytest.raises(RefusedError, match="对不上"):  # a suspension is not eased
        station.act("ke", "sanction_appeal", appeal, "decide", outcome="eased", finding="x", sanction_until="2027-01-01")
    assert [each.sort for each in station["ke"].read(queries.reminders)] == ["appeal"]
    station.act("ke", "sanction_appeal", appeal, "decide", outcome="revoked", finding="转账凭证核实，已补发")
    shown = station.show("lin", "employer", firm)
    assert shown["state"] == "normal"
    assert not {"sanction_by", "sanction_until", "sanction_reason"} & set(shown)
    (row,) = station["lin"].read(queries.standing_of, firm).appeals
    assert (row.state, row.outcome, row.filed_by, row.decided_by) == (
        "decided", "revoked", "陈*强", station["ke"].actor.account_id)  # fmt: skip


def test_who_was_struck_off_is_eased_to_a_suspension_or_vetted_anew(station: Station) -> None:
    firm = sanctioned(station, "blacklist")
    with pytest.raises(RefusedError, match="先登记申诉"):
        station.act("ke", "employer", firm, "appeal", "轻一点")
    with pytest.raises(RefusedError, match="没有期满"):
        station.act("ke", "employer", firm, "lift", "轻一点")
    first = station.add("lin", "sanction_appeal", APPEAL | {"employer_id": firm})
    station.act("ke", "sanction_appeal", first, "decide", outcome="upheld", finding="证据不足")
    assert station.show("lin", "employer", firm)["state"] == "blacklisted"
    second = station.add("lin", "sanction_appeal", APPEAL | {"employer_id": firm})
    station.act("lin", "sanction_appeal", second, "withdraw", "单位撤回")
    third = station.add("lin", "sanction_appeal", APPEAL | {"employer_id": firm})
    for until in (None, "2027-12-31"):
        with pytest.raises(RefusedError, match="期限"):
            station.act("ke", "sanction_appeal", third, "decide", outcome="eased", finding="初犯", sanction_until=until)
    station.act("ke", "sanction_appeal", third, "decide", outcome="eased", finding="初犯", sanction_until="2027-01-31")
    shown = station.show("lin", "employer", firm)
    assert (shown["state"], shown["sanction_until"]) == ("suspended", "2027-01-31")


def test_a_sanction_ends_with_its_period(station: Station) -> None:
    """Whoever imposed it may then say so; who was struck off shows its papers again."""
    firm = sanctioned(station, "blacklist", "2026-12-31")
    assert station["lin"].read(queries.reminders) == ()
    station.clock.set(datetime(2027, 1, 4, 1, tzinfo=UTC))
    assert [each.sort for each in station["lin"].read(queries.reminders)] == ["sanction-over"]
    station.act("lin", "employer", firm, "lift", "期满")
    shown = station.show("lin", "employer", firm)
    assert (shown["state"], "sanction_until" in shown) == ("pending", False)
    never = station.add("lin", "employer", {"employer_kind": "person", "name": "林秀英", "identity_number": "350602194903070020"})
    station.act("zhuang", "employer", never, "blacklist", "骗押金", sanction_until="2027-03-01")
    station.act("lin", "employer", never, "blacklist", "同意")
    appeal = station.add("lin", "sanction_appeal", APPEAL | {"employer_id": never})
    station.act("ke", "sanction_appeal", appeal, "decide", outcome="eased", finding="初犯", sanction_until="2027-02-01")
    with pytest.raises(RefusedError, match="从来没有核验"):  # not the way round the check
        station.act("ke", "employer", never, "lift", "算了")
