"""Contact days, visits, needs and the ledger of what is given back at two desks without a network, and what the centre asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from tests.sync.offices import trust
from tests.sync.test_points import meet
from tests.sync.test_wages import FIRM
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.session import Desk
from zzdesk.jobs import commands, contact, queries
from zzdesk.jobs.models import Posting
from zzdesk.jobs.models_contact import ContactDay, EmployerVisit
from zzdesk.jobs.models_giveback import GivebackEntry
from zzdesk.ops.models import Conflict, Outbox

NewDesk = Callable[..., Desk]
GIVEN = {"giveback_kind": "money", "amount": "5000", "what": "助学款", "purpose": "困难学生开学", "given_on": "2026-11-14"}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 14, 1, 0, tzinfo=UTC))


@pytest.fixture
def firm(new_desk: NewDesk) -> tuple[Desk, Desk, str]:
    """Two counters of one station that know one enterprise."""
    first, second = new_desk("lin"), new_desk("chen")
    trust(first, second)
    made = first.write(commands.register_employer, FIRM).created[0]
    meet(first, second)
    return first, second, made


def asked(desk: Desk) -> set[str]:
    with desk.store.reader() as session:
        return set(session.scalars(select(Conflict.field).where(Conflict.state != "resolved")))


def count(desk: Desk, model: Any) -> int:
    with desk.store.reader() as session:
        return int(session.scalar(select(func.count()).select_from(model)) or 0)


def act(desk: Desk, kind: str, record_id: str, action: str, reason: str | None = None, **fields: Any) -> None:
    desk.write(records.act, kind, record_id, action, fields, reason)


def test_one_month_prepared_at_two_desks_is_one_day_with_the_visits_of_both(
    firm: tuple[Desk, Desk, str], clock: FixedClock
) -> None:
    a, b, employer = firm
    other = a.write(commands.register_employer, FIRM | {"credit_code": "92350603MA8TQ4567A", "name": "另一家"}).created[0]
    meet(a, b)
    days = [desk.write(commands.prepare_day, {"month": "2026-11"}).created[0] for desk in (a, b)]
    assert days[0] == days[1]
    mine = a.write(commands.plan_visit, {"contact_day_id": days[0], "employer_id": employer}).created[0]
    b.write(commands.plan_visit, {"contact_day_id": days[0], "employer_id": other, "visitors": [b.actor.account_id]})
    meet(a, b)
    assert (count(a, ContactDay), count(b, ContactDay), count(a, EmployerVisit)) == (1, 1, 2)
    clock.set(datetime(2026, 11, 15, 9, 0, tzinfo=UTC))
    # One desk ends the day while the other still plans a visit into it: a person looks at that one.
    act(a, "contact_day", days[0], "hold")
    for row in a.read(queries.list_visits).rows:
        act(a, "employer_visit", row.id, "call-off", "没有人")
    act(a, "contact_day", days[0], "close", results="没有走成")
    act(b, "employer_visit", mine, "make", notes="缺装卸工", met_name="陈志强", visitors=[b.actor.account_id])
    third = b.write(commands.register_employer, FIRM | {"credit_code": "91350603MA33000090", "name": "第三家"}).created[0]
    b.write(commands.plan_visit, {"contact_day_id": days[0], "employer_id": third})
    sync_once(a)
    assert "contact-day-over" in refused(b)
    meet(a, b)
    assert count(a, EmployerVisit) == 2
    with a.store.reader() as session:
        assert session.get_one(ContactDay, days[0]).state == "closed"
    assert "state" in asked(a)  # made here, called off there
    assert (sync_once(a).conflicts, sync_once(a).rejected) == (0, 0)


def refused(desk: Desk) -> str:
    sync_once(desk)
    with desk.store.reader() as session:
        return str(session.scalars(select(Outbox.problem).where(Outbox.problem.is_not(None))).all())


def test_a_need_posted_and_a_line_corrected_at_two_desks_are_posted_and_corrected_once(firm: tuple[Desk, Desk, str]) -> None:
    a, b, employer = firm
    need = a.write(commands.note_need, {"employer_id": employer, "title": "装卸工", "people": 4}).created[0]
    line, other = (a.write(commands.enter_giveback, GIVEN | {"employer_id": employer}).created[0] for _ in range(2))
    meet(a, b)
    for desk, amount in ((a, "50"), (b, "60")):
        desk.write(commands.post_need, need)
        act(desk, "giveback_entry", line, "correct", "多打一个零", amount="500")
        act(desk, "giveback_entry", other, "correct", "多打两个零", amount=amount)
    a.write(commands.edit_posting, contact.posting_id(need), {"place": "文川里"})
    meet(a, b)
    for desk in (a, b):
        assert (count(desk, Posting), count(desk, GivebackEntry)) == (1, 6)
        assert asked(desk) == {"handled_by", "amount"}  # who goes on with it, and what is right: for people to say
        assert desk.read(queries.list_needs).rows[0].posting_id == contact.posting_id(need)
        assert desk.read(queries.list_postings).rows[0].place == "文川里"
        (total,) = desk.read(queries.giveback_sums, date(2026, 11, 1), date(2026, 11, 30))
        assert (total.amount, total.lines) == (Decimal("550.00"), 6)  # until two people have decided, what came first stands
    assert (sync_once(a).rejected, sync_once(b).rejected) == (0, 0)
