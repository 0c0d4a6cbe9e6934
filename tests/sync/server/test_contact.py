"""A desk whose program was changed gains nothing: the centre keeps the ledger of what is given back, and the contact day."""

from __future__ import annotations

from typing import Any

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.server.run import ServerThread
from tests.sync.server.test_jobs import FIRM, said, step
from tests.sync.server.test_seats import NewDesk
from tests.sync.server.wire import WireDesk, edit
from zzdesk.jobs import contact, giveback
from zzdesk.jobs.contact_calendar import day_id

STATION = "350602002004"


@pytest.fixture
def server(real_server: ServerThread) -> ServerThread:
    """The centre of these tests knows the real kinds."""
    return real_server


def test_the_ledger_is_only_added_to_and_days_and_needs_are_what_they_are_whatever_a_desk_sends(desk: NewDesk) -> None:
    one = desk("administrator", "supervisor", "clerk")
    firm = one.create("employer", **FIRM)
    line = {"employer_id": firm["id"], "employer_name": FIRM["name"], "given_on": "2026-11-14", "giveback_kind": "money",
            "what": "助学款", "amount": "5000.00", "purpose": "开学", "taken_by": one.user}
    first = one.create("giveback_entry", **line)
    one.push(firm, first)
    for wrong, code in (
        ({"amount": "-5.00"}, "giveback-amount"), ({"quantity": "3.00"}, "giveback-amount"),
        ({"employer_name": "别家"}, "giveback-names"), ({"given_on": "2027-11-14"}, "giveback-ahead"),
        ({"reverses": first["id"], "amount": "-1.00", "why": "x"}, "giveback-reversal"),
    ):  # fmt: skip
        assert said(one, one.create("giveback_entry", **(line | wrong))) == code
    back = one.create("giveback_entry", **(line | {"amount": "-5000.00", "reverses": first["id"], "why": "重复"}))
    assert said(one, back) == "giveback-reversal"  # its id is not the one that follows from the line
    assert said(one, one.create("giveback_entry", record_id=giveback.reversal_id(first["id"]), **back["init"])) is None
    elsewhere = one.create("employer", **(FIRM | {"name": "别家", "credit_code": "92350603MA8TQ4567A"}))
    one.push(elsewhere)
    right = line | {"corrects": first["id"], "why": "重复", "employer_id": elsewhere["id"], "employer_name": "别家"}
    right_id = giveback.correction_id(first["id"])
    assert said(one, one.create("giveback_entry", record_id=right_id, **right)) == "giveback-other-firm"
    changed = one.patch("giveback_entry", first["id"], amount=edit(first, "500.00", "amount")["amount"])
    assert said(one, changed) == "giveback-fixed"
    void = one.op("giveback_entry", first["id"], "void", reason="打错了", saw={"*": first["op_id"]})
    assert said(one, void) == "no-permission"  # nobody has that right, of this kind
    _asked_of_days_and_needs(one)


def _asked_of_days_and_needs(one: WireDesk) -> None:
    """A contact day is the fifteenth, and a need becomes no other posting than its own."""
    fields = {"station": STATION, "month": "2026-12", "day": "2026-12-15", "state": "preparing"}
    assert said(one, one.create("contact_day", **fields)) == "contact-day-misshapen"
    mine = day_id(STATION, "2026-12")
    moved = one.create("contact_day", record_id=mine, **(fields | {"day": "2026-12-14"}))
    assert said(one, moved) == "contact-day-misshapen"
    day = one.create("contact_day", record_id=mine, **fields)
    assert said(one, day) is None
    assert said(one, step(one, day, "held")) == "contact-day-early"
    codes = ("91350603MA33000090", "92350603MA8TQ4567A")
    firm, other = (one.create("employer", **(FIRM | {"credit_code": code})) for code in codes)
    need, open_need = (
        one.create("employer_need", number=number, employer_id=firm["id"], title="装卸工", need_kind="labour", state="open")
        for number in ("XQ1", "XQ2")
    )
    posting = one.create("posting", number="LG1", employer_id=firm["id"], title="装卸工", state="draft")
    stolen = one.create("posting", record_id=contact.posting_id(need["id"]), number="LG2", employer_id=other["id"], title="x",
                        state="draft")
    one.push(firm, other, need, posting, stolen)
    for wrong in (posting["id"], stolen["id"]):
        linked = one.patch("employer_need", need["id"], posting_id=edit(need, wrong, "posting_id")["posting_id"])
        assert said(one, linked) == "need-other-posting"
    first, again = (one.create("posting", record_id=contact.posting_id(open_need["id"], times), number=f"LG{times}X",
                               employer_id=firm["id"], title="装卸工", state="draft") for times in (0, 1))
    became = one.patch("employer_need", open_need["id"], **edit(open_need, first["id"], "posting_id"))
    assert [each["outcome"] for each in one.push(open_need, first, again, became)] == ["applied"] * 4
    further = {"posting_id": {"to": again["id"], "was": first["id"], "saw": became["op_id"]}}
    assert said(one, one.patch("employer_need", open_need["id"], **further)) == "need-posting-stands"
    _asked_of_visits(one, firm, day)


def _asked_of_visits(one: WireDesk, firm: dict[str, Any], day: dict[str, Any]) -> None:
    """A visit comes back into a day that is still to be held."""
    visit = one.create("employer_visit", employer_id=firm["id"], contact_day_id=day["id"], visit_on="2026-12-15", state="planned")
    off = step(one, visit, "called-off")
    skip = step(one, day, "skipped", reason="台风")
    assert [said(one, each) for each in (visit, off, skip)] == [None] * 3
    assert said(one, step(one, visit, "planned", off["op_id"], "called-off")) == "contact-day-over"
