"""A desk whose program was changed gains nothing: the centre asks the rules of the odd-job station itself (domain rules B3)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.server.run import ServerThread
from sync.server.tables import natural_key
from tests.sync.server.revisions import run_revision
from tests.sync.server.test_authority import set_roles
from tests.sync.server.test_numbers import questions
from tests.sync.server.test_seats import NewDesk
from tests.sync.server.wire import OTHER_STATION, WireDesk, edit, problem
from zzdesk.jobs import appeals, guards, vetting
from zzdesk.jobs import workflow as flow


@pytest.fixture
def server(real_server: ServerThread) -> ServerThread:
    """The centre of these tests knows the real kinds."""
    return real_server


FIRM = {"employer_kind": "enterprise", "name": "好邻居家政", "credit_code": "91350602MA2XYA1234", "state": "pending"}
POSTING = {
    "title": "搬运工", "headcount": 1, "conditions": "无", "tasks": "搬家具", "place": "文川里", "wage": "180.00",
    "pay_unit": "day", "starts_at": "2026-11-25T00:00:00.000Z", "ends_at": "2026-11-25T09:00:00.000Z", "state": "draft",
}  # fmt: skip


@pytest.fixture
def desks(desk: NewDesk) -> tuple[WireDesk, WireDesk]:
    first, second = desk("administrator", "supervisor", "clerk"), desk("clerk")
    set_roles(first, second, ["clerk"], "clerk", "supervisor")
    return first, second


def said(desk: WireDesk, op: dict[str, Any]) -> str | None:
    (result,) = desk.push(op)
    return (problem(result) or "").removeprefix("/p/") if result["outcome"] != "applied" else None


def step(
    desk: WireDesk, born: dict[str, Any], state: str, saw: str | None = None, was: Any = None, **more: Any
) -> dict[str, Any]:
    moved = {"state": {"to": state, "was": was or born["init"]["state"], "saw": saw or born["op_id"]}}
    further = {name: {"to": value, "was": None, "saw": born["op_id"]} for name, value in more.items()}
    return desk.patch(born["kind"], born["id"], **moved, **further)


def scan(desk: WireDesk, firm: dict[str, Any], purpose: str) -> dict[str, Any]:
    made = desk.create("attachment", name=f"{purpose}.png", purpose=purpose, mime="image/png", size=1)
    made["init"] |= {"record_kind": "employer", "record_id": firm["id"], "sha256": hashlib.sha256(purpose.encode()).hexdigest()}
    return made


def body(desk: WireDesk, born: dict[str, Any]) -> dict[str, Any]:
    """A record as it lies at the centre."""
    (found,) = desk.fetch((born["kind"], born["id"]))
    return dict(found["body"])


def vetted(first: WireDesk, second: WireDesk) -> tuple[dict[str, Any], dict[str, Any]]:
    firm = first.create("employer", **FIRM, **dict.fromkeys(flow.SHOWN, True))
    scans = [scan(first, firm, purpose) for purpose in vetting.PAPERS.values()]
    first.push(firm, *scans)
    vet = step(second, firm, "normal", valid_until="2027-11-01", vetted_by=second.user)
    vet["set"]["vetted_files"] = {"add": sorted(each["id"] for each in scans), "del": []}
    vet["schema"] = vetting.SINCE
    assert said(second, vet) is None
    return firm, vet


def test_who_typed_an_employer_does_not_vet_it_and_one_alone_sanctions_nobody(desks: tuple[WireDesk, WireDesk]) -> None:
    first, second = desks
    firm = first.create("employer", **FIRM)
    first.push(firm)
    assert said(first, step(first, firm, "normal", valid_until="2027-11-01")) == "employer-own-vetting"
    assert said(second, step(second, firm, "normal", valid_until="2027-11-01")) == "employer-papers-unseen"
    firm = first.create("employer", **FIRM, **dict.fromkeys(flow.SHOWN, True))
    scans = [scan(first, firm, purpose) for purpose in vetting.PAPERS.values()]
    strange = scan(first, first.create("employer", **FIRM), "licence")
    first.push(firm, *scans, strange)
    for named in ([], scans[:3], [scans[0], strange, *scans[2:]]):
        vet = step(second, firm, "normal", valid_until="2027-11-01")
        vet["set"]["vetted_files"] = {"add": sorted(each["id"] for each in named), "del": []}
        assert said(second, vet | {"schema": vetting.SINCE}) == "employer-scans-missing"
    old = step(second, firm, "normal", valid_until="2027-11-01")
    assert said(second, old) is None  # a program that could not know
    firm, vet = vetted(first, second)
    alone = {"sanction_proposed": "suspend", "sanction_proposed_by": second.user, "sanction_until": "2027-01-31"}
    assert said(second, step(second, firm, "suspended", vet["op_id"], "normal", **alone)) == "sanction-alone"
    forged = {name: {"to": value, "was": None, "saw": firm["op_id"]} for name, value in alone.items()}
    assert said(first, first.patch("employer", firm["id"], **forged)) == "sanction-alone"
    assert said(second, second.patch("employer", firm["id"], **forged)) is None
    assert said(second, step(second, firm, "suspended", vet["op_id"], "normal")) == "sanction-alone"
    assert said(first, step(first, firm, "suspended", vet["op_id"], "normal")) is None


def test_what_a_vetting_rests_on_is_not_exchanged_behind_it(desks: tuple[WireDesk, WireDesk]) -> None:
    """HR article 26; at another desk somebody may have done it before the vetting came: it is put before a person."""
    first, second = desks
    firm, vet = vetted(first, second)
    (found,) = first.fetch(("attachment", vet["set"]["vetted_files"]["add"][0]))
    saw, purpose = found["stamps"]["*"], found["body"]["purpose"]
    other = first.patch("attachment", found["id"], purpose={"to": "other", "was": purpose, "saw": saw})
    void = first.op("attachment", found["id"], "void", saw={"*": saw}, reason="看不清")
    for op in (other, void):
        (result,) = first.push(op)
        assert (result["outcome"], problem(result)) == ("quarantined", "/p/attachment-vetted")
    handler = {"handler_name": {"to": "林大同", "was": None, "saw": firm["op_id"]}}
    assert said(first, first.patch("employer", firm["id"], **handler)) == "employer-vetted"
    assert said(first, step(first, firm, "pending", vet["op_id"], "normal")) is None
    again = first.op("attachment", found["id"], "void", saw={"*": saw}, reason="看不清")
    assert said(first, again) is None


def test_postings_are_read_for_words_and_wages_and_published_by_somebody_else(desks: tuple[WireDesk, WireDesk]) -> None:
    first, second = desks
    firm, _ = vetted(first, second)
    for more, code in (
        ({"conditions": "先交押金200元"}, "posting-words"), ({"wage": "20.00"}, "posting-below-floor"),
    ):  # fmt: skip
        posting = first.create("posting", employer_id=firm["id"], **(POSTING | more))
        first.push(posting)
        assert said(first, step(first, posting, "review")) == code
    posting = first.create("posting", employer_id=firm["id"], **POSTING)
    submit = step(first, posting, "review")
    first.push(posting, submit)
    assert said(first, step(first, posting, "published", submit["op_id"], "review")) == "posting-own"
    assert said(first, first.patch("posting", posting["id"], wage=edit(posting, "90.00", "wage")["wage"])) == "posting-reviewed"
    assert said(second, step(second, posting, "published", submit["op_id"], "review")) is None
    child = {"name": "何", "identity_number": "350628201103156260", "state": "active"}
    assert said(first, first.create("worker", **child)) == "worker-underage"
    minor = first.create("worker", **(child | {"identity_number": "350627200909015255"}))
    late = first.create("posting", employer_id=firm["id"], **(POSTING | {"ends_at": "2026-11-25T15:00:00.000Z"}))
    submit = step(first, late, "review")
    first.push(minor, late, submit)
    fields = {"worker_id": minor["id"], "state": "applied", "work_date": "2026-11-25"}
    assert said(first, first.create("application", posting_id=posting["id"], **fields)) is None
    assert said(second, step(second, late, "published", submit["op_id"], "review")) is None
    assert said(first, first.create("application", posting_id=late["id"], **fields)) == "worker-minor"


def test_the_centre_finds_a_workers_places_of_before_it_asked_and_refuses_attendance_ahead(
    desks: tuple[WireDesk, WireDesk], server: ServerThread
) -> None:
    """What revision 0024 does to a centre that has applications; F55: nobody was there before the day."""
    first, second = desks
    firm, _ = vetted(first, second)
    posting = first.create("posting", employer_id=firm["id"], **POSTING)
    submit = step(first, posting, "review")
    worker = first.create("worker", name="林", identity_number="35060319900115331X", state="active")
    first.push(posting, submit, worker)
    assert said(second, step(second, posting, "published", submit["op_id"], "review")) is None
    fields = {"posting_id": posting["id"], "worker_id": worker["id"], "state": "applied", "work_date": "2026-11-25"}
    application = first.create("application", **fields)
    confirm = step(first, application, "confirmed")
    first.push(application, confirm)
    mine = select(natural_key).where(natural_key.c.kind == "application")
    with server.centre.database.writing() as connection:
        kept = connection.execute(mine).all()
        connection.execute(natural_key.delete().where(natural_key.c.kind == "application"))
        run_revision(connection, "0024_workers_places")
        assert connection.execute(mine).all() == kept != []
    ahead = step(first, application, "checked-in", confirm["op_id"], "confirmed", checked_in_at="2026-11-25T00:02:00.000Z")
    assert said(first, ahead) == "attendance-ahead"
    forged = {"application_id": application["id"], "entry": 0, "state": "owed", "net": "220.00", "to_pay": "220.00"}
    assert said(first, first.create("wage_line", **forged)) == "wage-line-misshapen"


def test_complaints_and_appeals_are_judged_and_counted_at_the_centre(desks: tuple[WireDesk, WireDesk], desk: NewDesk) -> None:
    """F54: who sanctioned does not decide the appeal, and what is decided is what happens."""
    first, second = desks
    third = desk("clerk")
    set_roles(first, third, ["clerk"], "clerk", "supervisor")
    firm, vet = vetted(first, second)
    about = {"employer_id": firm["id"], "category": "fee", "text": "先交200元", "received_on": "2026-11-23", "state": "open"}
    complaint = first.create("complaint", **about)
    assert said(first, complaint) is None
    assert body(first, firm)["complaint_count"] == 1
    assert said(second, step(second, complaint, "handled", outcome="unfounded", finding="无", handled_by=first.user)) == (
        "complaint-unfinished")  # fmt: skip
    assert said(second, step(second, complaint, "handled", outcome="unfounded", finding="无", handled_by=second.user)) is None
    assert "complaint_count" not in body(first, firm)

    def now(op: dict[str, Any]) -> dict[str, Any]:
        return op | {"schema": appeals.SINCE}

    filed = {"employer_id": firm["id"], "against": "suspend", "text": "已补发", "filed_on": "2026-11-23", "state": "open"}
    assert said(first, now(first.create("sanction_appeal", **filed))) == "appeal-of-nothing"
    proposed = {"sanction_proposed": "suspend", "sanction_proposed_by": second.user, "sanction_until": "2027-01-31"}
    second.push(second.patch("employer", firm["id"], **{
        name: {"to": value, "was": None, "saw": firm["op_id"]} for name, value in proposed.items()}))  # fmt: skip
    assert said(first, step(first, firm, "suspended", vet["op_id"], "normal", sanction_by=second.user)) == "sanction-names"
    suspend = step(first, firm, "suspended", vet["op_id"], "normal", sanction_by=first.user)
    assert said(first, suspend) is None
    appeal = now(first.create("sanction_appeal", **filed))
    assert said(first, appeal) is None
    assert said(second, now(second.create("sanction_appeal", **filed))) == "appeal-open"

    def decide(who: WireDesk, outcome: str, *more: dict[str, Any]) -> str | None:
        decided = step(who, appeal, "decided", outcome=outcome, finding="转账凭证", decided_by=who.user)
        group = [now(each) | {"group": decided["group"]} for each in (decided, *more)]
        outcomes = [problem(result) for result in who.push(*group) if result["outcome"] != "applied"]
        return str(outcomes[0]).removeprefix("/p/") if outcomes else None

    def back(who: WireDesk) -> dict[str, Any]:
        op = step(who, firm, "normal", suspend["op_id"], "suspended")
        op["set"]["sanction_by"] = {"to": None, "was": first.user, "saw": suspend["op_id"]}
        return op

    assert decide(second, "upheld") == "appeal-own"
    assert decide(third, "revoked") == "appeal-outcome"
    assert decide(third, "upheld", back(third)) == "appeal-outcome"
    assert decide(third, "revoked", back(third)) is None
    assert body(first, firm)["state"] == "normal"


def test_who_is_introduced_is_judged_at_the_centre_and_one_person_is_one_worker(desks: tuple[WireDesk, WireDesk]) -> None:
    """B3.4: a second record of one person is brought before somebody; the employer is not introduced to itself."""
    first, second = desks
    firm, vet = vetted(first, second)
    posting = first.create("posting", employer_id=firm["id"], **(POSTING | {"trade": "security"}))
    submit = step(first, posting, "review")
    worker = first.create("worker", name="林", identity_number="35060319900115331X", state="active")
    again = second.create("worker", name="林志", identity_number="35060319900115331X", state="active")
    first.push(posting, submit, worker)
    assert said(second, step(second, posting, "published", submit["op_id"], "review")) is None
    assert said(second, again) is None
    (asked,) = questions(second)
    assert (asked["field"], asked["record_id"]) == ("duplicate_of", again["id"])

    def ask(**more: Any) -> str | None:
        fields = {"posting_id": posting["id"], "worker_id": worker["id"], "state": "applied", "work_date": "2026-11-25"}
        return said(first, first.create("application", **(fields | more)) | {"schema": guards.KNOWN_SINCE})

    assert ask() == "worker-uncertified"
    held = {"certificates": {"add": ["保安员证@2027-01-01"], "del": []}}
    assert said(first, first.op("worker", worker["id"], "patch", set=held)) is None
    own = {"handler_identity": {"to": "35060319900115331X", "was": None, "saw": firm["op_id"]}}
    recheck = step(first, firm, "pending", vet["op_id"], "normal")
    assert said(first, recheck) is None
    first.push(first.patch("employer", firm["id"], **own))
    assert ask() == "worker-is-employer"
    told = first.create("worker", name="陈", identity_number="350602194903070020", state="active", health_limits="腰伤")
    assert said(first, told | {"schema": guards.KNOWN_SINCE}) == "worker-health-unasked"


def test_what_a_station_offers_for_itself_is_applied_for_there(
    desks: tuple[WireDesk, WireDesk], new_desk: Callable[..., WireDesk]
) -> None:
    """B3.2: for the whole city, or for this station alone."""
    first, second = desks
    there = new_desk(station=OTHER_STATION)
    there.introduce("administrator", "supervisor", "clerk", scope=OTHER_STATION)
    firm, _ = vetted(first, second)
    worker = there.create("worker", OTHER_STATION, name="林", identity_number="35060319900115331X", state="active")
    assert said(there, worker) is None
    for audience, code in (("station", "posting-elsewhere"), ("city", None)):
        posting = first.create("posting", employer_id=firm["id"], audience=audience, **POSTING)
        submit = step(first, posting, "review")
        first.push(posting, submit)
        assert said(second, step(second, posting, "published", submit["op_id"], "review")) is None
        fields = {"posting_id": posting["id"], "worker_id": worker["id"], "state": "applied", "work_date": "2026-11-25"}
        assert said(there, there.create("application", OTHER_STATION, **fields)) == code
