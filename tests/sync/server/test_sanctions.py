"""A desk whose program was changed ends no sanction alone: the centre asks itself (domain rules B3.2, F54)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from sync.server.run import ServerThread
from sync.server.tables import natural_key
from tests.sync.server.revisions import run_revision
from tests.sync.server.test_authority import set_roles
from tests.sync.server.test_jobs import FIRM, body, said, step, vetted
from tests.sync.server.test_seats import NewDesk
from tests.sync.server.wire import WireDesk, problem
from zzdesk.jobs import appeals


@pytest.fixture
def server(real_server: ServerThread) -> ServerThread:
    """The centre of these tests knows the real kinds."""
    return real_server


@pytest.fixture
def desks(desk: NewDesk) -> tuple[WireDesk, WireDesk, WireDesk]:
    first, second, third = desk("administrator", "supervisor", "clerk"), desk("clerk"), desk("clerk")
    for each in (second, third):
        set_roles(first, each, ["clerk"], "clerk", "supervisor")
    return first, second, third


class Firm:
    """An employer at the centre, and what people write about it with the stamps that they saw."""

    def __init__(self, first: WireDesk, second: WireDesk) -> None:
        self.born, vet = vetted(first, second)
        self.id, self._stamps = self.born["id"], dict.fromkeys(vet["set"], vet["op_id"])

    def write(self, desk: WireDesk, schema: int = appeals.SINCE, **values: Any) -> dict[str, Any]:
        was = body(desk, self.born)
        edits = {
            name: {"to": value, "was": was.get(name), "saw": self._stamps.get(name, self.born["op_id"])}
            for name, value in values.items()
        }
        return desk.patch("employer", self.id, **edits) | {"schema": schema}

    def void(self, desk: WireDesk) -> dict[str, Any]:
        saw = {"*": self.born["op_id"]} | self._stamps
        return desk.op("employer", self.id, "void", saw=saw, reason="记错了") | {"schema": appeals.SINCE}

    def push(self, desk: WireDesk, *ops: dict[str, Any]) -> str | None:
        """Push operations as one group; return what stands against them, None where they were applied."""
        group = [op | {"group": ops[0]["group"]} for op in ops]
        results = desk.push(*group)
        refused = [each for each in results if each["outcome"] != "applied"]
        found = [f"{each['outcome']}:{(problem(each) or '').removeprefix('/p/')}" for each in refused]
        own = {name: op["op_id"] for op in group if op["kind"] == "employer" for name in op.get("set", ())}
        self._stamps |= {} if found else own
        return found[0] if found else None

    def now(self, desk: WireDesk) -> dict[str, Any]:
        return body(desk, self.born)


def propose(firm: Firm, desk: WireDesk, what: str, until: str, why: str) -> str | None:
    values = dict(zip(appeals.PROPOSED, (what, desk.user, why, until), strict=True))
    return firm.push(desk, firm.write(desk, **values))


def impose(firm: Firm, desk: WireDesk, state: str, **otherwise: Any) -> str | None:
    """Approve what is proposed, as a desk of today does."""
    now = firm.now(desk)
    values = {
        "state": state, "sanction_until": now["sanction_proposed_until"], "sanction_reason": now["sanction_proposed_reason"],
        "sanction_by": desk.user, "sanction_raised_by": now["sanction_proposed_by"],
        "sanction_id": appeals.sanction_id(firm.id, now),
    }  # fmt: skip
    return firm.push(desk, firm.write(desk, **(values | dict.fromkeys(appeals.PROPOSED) | otherwise)))


@pytest.fixture
def suspended(desks: tuple[WireDesk, WireDesk, WireDesk]) -> Firm:
    first, second, _ = desks
    firm = Firm(first, second)
    assert propose(firm, second, "suspend", "2027-01-31", "拖欠工钱") is None
    assert impose(firm, first, "suspended", sanction_until="2026-12-01") == "quarantined:sanction-other"
    for forged in ({"sanction_raised_by": None}, {"sanction_by": None}):
        assert impose(firm, first, "suspended", **forged) == "rejected:sanction-names"
    assert impose(firm, first, "suspended") is None
    return firm


def test_nobody_moves_the_end_of_a_sanction_or_declares_its_employer_void(
    desks: tuple[WireDesk, WireDesk, WireDesk], suspended: Firm
) -> None:
    """An older desk let one person do that: its work is put before somebody."""
    first, firm = desks[0], suspended
    past = {"sanction_until": "2026-11-01"}
    assert firm.push(first, firm.write(first, **past)) == "rejected:sanction-fixed"
    assert firm.push(first, firm.write(first, schema=1, **past)) == "quarantined:sanction-fixed"
    assert firm.push(first, firm.write(first, sanction_reason="不是这样")) == "rejected:sanction-fixed"
    for name in ("sanction_raised_by", "sanction_id", "sanction_by"):
        assert firm.push(first, firm.write(first, **{name: None})) == "rejected:sanction-names"
    assert firm.push(first, firm.void(first)) == "rejected:sanction-stands"
    assert firm.push(first, firm.void(first) | {"schema": 1}) == "quarantined:sanction-stands"
    stale = firm.write(first, **past)  # nor by a clash that one person makes, and then decides
    stale["set"]["sanction_until"] |= {"was": None, "saw": firm.born["op_id"]}
    assert firm.push(first, stale) == "rejected:sanction-fixed"
    beside = firm.write(first, state="suspended", **past)  # nor beside a state that stays as it is
    assert firm.push(first, beside) == "rejected:sanction-fixed"
    assert firm.push(first, firm.write(first, handler_phone="13605960000")) is None


def test_what_is_proposed_beside_a_sanction_is_its_proposers(
    desks: tuple[WireDesk, WireDesk, WireDesk], suspended: Firm
) -> None:
    first, second, third = desks
    firm = suspended
    assert propose(firm, third, "blacklist", "2027-03-01", "骗押金") is None
    assert firm.push(first, firm.write(first, sanction_proposed_until="2026-12-01")) == "rejected:sanction-alone"
    assert firm.push(first, firm.write(first, **dict.fromkeys(appeals.PROPOSED))) is None  # declined
    now = firm.now(first)
    assert (now["state"], now["sanction_until"], now["sanction_raised_by"]) == ("suspended", "2027-01-31", second.user)


def test_an_appeal_of_a_sanction_that_is_over_ends_no_other_one(
    desks: tuple[WireDesk, WireDesk, WireDesk], suspended: Firm
) -> None:
    first, _, third = desks
    firm = suspended
    about = {"employer_id": firm.id, "against": "suspend", "text": "已补发", "filed_on": "2026-11-23", "state": "open"}
    assert said(first, first.create("sanction_appeal", **about) | {"schema": appeals.SINCE}) == "appeal-of-nothing"
    appeal = first.create("sanction_appeal", sanction_id=firm.now(first)["sanction_id"], **about)
    assert said(first, appeal | {"schema": appeals.SINCE}) is None
    close = step(third, appeal, "lapsed", finding="算了") | {"schema": appeals.SINCE, "reason": "算了"}
    assert said(third, close) == "appeal-stands"
    assert propose(firm, third, "blacklist", "2027-03-01", "骗押金") is None
    assert impose(firm, first, "blacklisted") is None
    decide = step(third, appeal, "decided", outcome="revoked", finding="已补发", decided_by=third.user)
    lift = firm.write(third, state="pending", sanction_until=None)
    assert firm.push(third, decide | {"schema": appeals.SINCE}, lift) == "quarantined:appeal-other"
    assert firm.now(first)["state"] == "blacklisted"
    close = step(third, appeal, "lapsed", finding="处理已变") | {"schema": appeals.SINCE, "reason": "处理已变"}
    assert said(third, close) is None


def test_a_sanctioned_firm_is_recorded_anew_at_no_station_unseen(
    desks: tuple[WireDesk, WireDesk, WireDesk], suspended: Firm, server: ServerThread
) -> None:
    """Domain rules B3.4; and what revision 0027 does to a centre that has employers."""
    third = desks[2]
    again = third.create("employer", **FIRM)
    (result,) = third.push(again)
    assert (result["outcome"], problem(result)) == ("quarantined", "/p/employer-sanctioned")
    other = third.create("employer", **(FIRM | {"credit_code": "92350603MA8TQ4567A"}))
    assert said(third, other) is None
    same = {"credit_code": {"to": FIRM["credit_code"], "was": "92350603MA8TQ4567A", "saw": other["op_id"]}}
    assert said(third, third.patch("employer", other["id"], **same)) == "employer-sanctioned"
    mine = select(natural_key).where(natural_key.c.kind == "employer").order_by(natural_key.c.id)
    with server.centre.database.writing() as connection:
        kept = connection.execute(mine).all()
        connection.execute(natural_key.delete().where(natural_key.c.kind == "employer"))
        run_revision(connection, "0027_employers_numbers")
        assert connection.execute(mine).all() == kept != []
