"""A wage that is not paid becomes a mediation case with one click (domain rules B3.2): facts copied, both records linked."""

from __future__ import annotations

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import published
from tests.zzdesk.jobs.test_wages import DAY, PEOPLE, at, placed, worked
from zzdesk.desk import disputes
from zzdesk.errors import RefusedError
from zzdesk.jobs.queries import JobFilter


def test_the_facts_of_an_unpaid_wage_are_copied_and_both_records_name_each_other(station: Station) -> None:
    posting = published(station, **DAY)
    application = placed(station, posting, PEOPLE[0])
    at(station, 18)
    worked(station, application)
    station.add("lin", "wage_line", {"application_id": application})
    desk = station["zhuang"]
    with pytest.raises(RefusedError, match=r"case\.accept"):
        station["lin"].write(disputes.dispute_work, application)
    with pytest.raises(RefusedError, match=r"job\.wage"):  # what may not be read is not read through a copy
        station["chen"].write(disputes.dispute_work, application)
    (case,) = [
        each for each in desk.write(disputes.dispute_work, application).created
        if station.rows("zhuang", "case", id=each)
    ]  # fmt: skip
    stub = station.show("lin", "case", case)
    assert (stub["category"], stub["amount"], case) == ("labour", "220.00", disputes.case_id_of(application))
    assert "林" not in str(stub)
    assert application not in str(stub)  # decision 12: who is in mediation is for the team to know
    (dispute,) = station.rows("zhuang", "dispute", case_id=case)
    for said in ("2026年11月24日08:02到岗", "17:11完工", "9小时9分", "约定报酬220.00元/天", "2026年11月28日支付",
                 "最晚应在2026年11月27日", "尚未支付220.00元", "林志强", "漳州市好邻居家政服务有限公司"):
        assert said in dispute["facts"], said
    parties = {row["role"]: row for row in station.rows("zhuang", "party", case_id=case)}
    assert (parties["applicant"]["name"], parties["applicant"]["identity_number"]) == ("林*强", "350603********331X")
    assert (parties["respondent"]["party_kind"], parties["respondent"]["credit_code"]) == ("legal", "91350602MA2XYA1234")
    employer = station.show("lin", "posting", posting)["employer_id"]
    shown = station.show("lin", "employer", employer)
    assert (shown["complaint_count"], shown["state"]) == (1, "normal")  # a mark, and no sanction
    (complaint,) = station.rows("lin", "complaint", employer_id=employer)
    assert (complaint["category"], complaint["way"], complaint["state"]) == ("wages", "dispute", "open")
    assert not {application, posting} & set(complaint.values())  # decision 12
    (row,) = station["lin"].read(disputes.placings, JobFilter(posting_id=posting)).rows
    assert row.case is None
    (row,) = desk.read(disputes.placings, JobFilter(posting_id=posting)).rows
    assert row.case is not None
    assert (row.case.id, row.case.state) == (case, "accepted")
    assert dispute["application_id"] == application
    assert station["zhuang"].read(disputes.work_of, application).endswith("装卸")
    with pytest.raises(RefusedError, match="已经转为调解案"):
        desk.write(disputes.dispute_work, application)


def test_nothing_was_promised_nothing_is_disputed(station: Station) -> None:
    posting = published(station, **DAY)
    person = station.add("lin", "worker", {"name": PEOPLE[0][0], "identity_number": PEOPLE[0][1]})
    application = station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    with pytest.raises(RefusedError, match="确认录用以后"):
        station["zhuang"].write(disputes.dispute_work, application)
