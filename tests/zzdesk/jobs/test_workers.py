"""Workers: who may be registered already, what they agreed to and took back, and what they may do (B3.4, B5.1, F87)."""

from __future__ import annotations

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import ADULT, published, worker
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.jobs import queries, tables
from zzdesk.jobs.models import Worker

SAME_BIRTH = "350602197506150015"
OTHERS = ("350602194903070020", "35060319900115331X", "350681196611114444")


def test_who_may_be_registered_already_is_shown_masked_and_a_person_decides(station: Station) -> None:
    first = worker(station)
    lin = station["lin"]
    assert lin.read(queries.alike_workers, {"name": "林秀英", "identity_number": OTHERS[0]}).rows == ()
    (row,) = lin.read(queries.alike_workers, {"identity_number": f" {ADULT} "}).rows
    assert (row.id, row.name, row.identity_number, row.phone, row.grounds) == (
        first, "黄*明", "350625********3330", "137****1111", ("number",))  # fmt: skip
    (row,) = lin.read(queries.alike_workers, {"name": "林秀英", "phone": "+86 137 0596 1111"}).rows
    assert row.grounds == ("phone",)
    assert lin.read(queries.alike_workers, {"phone": "不是电话", "identity_number": "1", "name": 5}).rows == ()
    with pytest.raises(RefusedError, match="已经登记过"):
        worker(station, name="黄阿民")
    worker(station, name="林秀英", identity_number=OTHERS[0])  # somebody saw the other one and went on
    assert station.audit("worker.registered-though-alike") == [{"count": 1}]


def test_a_phone_of_more_than_three_workers_is_pointed_out(station: Station) -> None:
    phone = "13705961111"
    for count, number in enumerate(OTHERS):
        found = station["lin"].read(queries.alike_workers, {"phone": phone})
        assert (found.on_phone, found.crowded) == (count, False)
        worker(station, name="林秀英", identity_number=number)
    assert station["lin"].read(queries.alike_workers, {"phone": phone}).crowded


def test_health_is_told_of_ones_own_will_and_gone_when_consent_is_taken_back(station: Station) -> None:
    """PIPL articles 15 and 29; a record that rests on consent finds no more work for its owner."""
    version, text = tables.consent()
    assert "撤回" in text
    with pytest.raises(InvalidError, match="health_limits"):
        worker(station, health_limits="不能搬重物")
    posting = published(station)
    agreed = {"health_limits": "不能搬重物", "consent_version": version, "legal_basis": "consent"}
    person = worker(station, **agreed)
    assert station.show("lin", "worker", person)["consent_at"] == "2026-11-23T01:00:00.000Z"
    application = station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    station.act("lin", "worker", person, "withdraw-consent")
    shown = station.show("lin", "worker", person)
    assert (shown["state"], shown["consent_version"], "health_limits" in shown) == ("inactive", version, False)
    assert station.show("lin", "application", application)["state"] == "withdrawn"
    with pytest.raises(RefusedError, match="已经撤回"):
        station.act("lin", "worker", person, "withdraw-consent")
    with pytest.raises(RefusedError, match="重新签同意书"):
        station.act("lin", "worker", person, "resume")
    with pytest.raises(InvalidError, match="health_limits"):
        station.edit("lin", "worker", person, {"health_limits": "又写上"})
    station.edit("lin", "worker", person, {"consent_version": version})
    station.act("lin", "worker", person, "resume")
    assert station.show("lin", "worker", person)["state"] == "active"
    station.edit("lin", "worker", person, {"phone": "13705962222"})
    by_contract = worker(station, identity_number=OTHERS[1], **(agreed | {"legal_basis": "contract"}))
    station.act("lin", "worker", by_contract, "withdraw-consent")
    assert station.show("lin", "worker", by_contract)["state"] == "active"  # the rest does not rest on consent


def test_nobody_guards_without_a_certificate_that_holds_on_the_day(station: Station) -> None:
    """保安服务管理条例 article 16; B3.3: a hard filter for who applies at the counter as for the list of who fits."""
    posting = published(station, trade="security", wage="180.00")
    person = worker(station, certificates=["保安员证@2026-11-24"])
    about = {"posting_id": posting, "worker_id": person}
    with pytest.raises(RefusedError, match="保安员证"):
        station.add("lin", "application", about)
    station.edit("lin", "worker", person, {"certificates": ["保安员证@2026-11-25"]})
    application = station.add("lin", "application", about)
    station.edit("lin", "worker", person, {"certificates": []})
    with pytest.raises(RefusedError, match="保安员证"):
        station.act("lin", "application", application, "confirm")




def test_consent_that_was_taken_back_is_got_round_by_nothing(station: Station) -> None:
    """PIPL articles 15 and 16: not by taking a sanction back, not by another basis, and nobody gets rid of a sanction by it."""
    version, _ = tables.consent()
    posting = published(station)
    person = worker(station, consent_version=version, legal_basis="consent")
    application = station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    station.act("zhuang", "worker", person, "sanction", "三次无故不到")
    station.act("lin", "worker", person, "withdraw-consent")
    assert station.show("lin", "worker", person)["state"] == "sanctioned"
    assert station.show("lin", "application", application)["state"] == "withdrawn"
    station.act("zhuang", "worker", person, "lift", "期满")
    assert station.show("lin", "worker", person)["state"] == "inactive"
    with pytest.raises(RefusedError, match="依据不能改"):
        station.edit("lin", "worker", person, {"legal_basis": "contract"})
    with station["zhuang"].store.writer() as session:  # as a program of before may have left it
        session.get_one(Worker, person).state = "active"
        session.commit()
    with pytest.raises(RefusedError, match="重新签同意书"):
        station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    station.edit("lin", "worker", person, {"legal_basis": "contract", "consent_version": version})
    again = station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    with station["zhuang"].store.writer() as session:
        session.get_one(Worker, person).legal_basis = "consent"
        session.get_one(Worker, person).consent_withdrawn_at = station.clock.now()
        session.commit()
    with pytest.raises(RefusedError, match="重新签同意书"):
        station.act("lin", "application", again, "confirm")


def test_who_works_on_another_day_holds_the_certificate_on_that_day(station: Station) -> None:
    posting = published(station, trade="security", wage="900.00", ends_at="2026-11-27T17:00:00+08:00", pay_unit="week")
    person = worker(station, certificates=["保安员证@2026-11-26"])
    application = station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    station.edit("lin", "application", application, {"work_date": "2026-11-26"})
    with pytest.raises(RefusedError, match="保安员证"):
        station.edit("lin", "application", application, {"work_date": "2026-11-27"})
    for day in ("2026-11-24", "2026-11-28"):
        with pytest.raises(InvalidError, match="work_date"):
            station.edit("lin", "application", application, {"work_date": day})
    station.edit("lin", "worker", person, {"certificates": []})
    station.edit("lin", "application", application, {"note": "带水"})
