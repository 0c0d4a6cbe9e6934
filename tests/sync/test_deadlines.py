"""Desks and their centre agree about deadlines, and a calendar table reaches the desks that count by it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sync.client.engine import sync_once
from sync.server.run import ServerThread
from tests.sync.stations import SECOND, STATION, NewDesk, settle
from zzdesk.calendar.commands import import_table
from zzdesk.calendar.queries import calendar_here
from zzdesk.calendar.tables import parse
from zzdesk.clock import OFFICE_TIME, FixedClock, to_iso
from zzdesk.desk.accounts import add_account
from zzdesk.desk.queries import conflicts
from zzdesk.desk.session import Desk
from zzdesk.reports import commands, queries, renewing

TABLE = "year 2027\nversion 1\nsource 通知\n2027-01-01..2027-01-03 holiday 元旦\n"
REPORT = {"title": "路灯不亮", "category": "lighting", "due_rule": "5 个工作日"}


@pytest.fixture
def desks(new_desk: NewDesk) -> tuple[Desk, Desk]:
    first = new_desk()
    add_account(first, "chen", "陈", ["clerk", "supervisor"], SECOND)
    sync_once(first)
    return first, new_desk("chen", SECOND)


END_OF = {day: f"2026-{day}T15:59:59.999Z" for day in ("02-27", "03-03", "03-11")}


def at(clock: FixedClock, text: str) -> None:
    clock.set(datetime.fromisoformat(text).replace(tzinfo=OFFICE_TIME))


def due(desk: Desk, report_id: str) -> tuple[str | None, bool | None]:
    fields = desk.read(queries.detail, report_id).fields
    return fields.get("due_at"), fields.get("due_provisional")


def test_a_deadline_made_offline_is_the_centres(desks: tuple[Desk, Desk], server: ServerThread) -> None:
    first, second = desks
    made = first.write(commands.register, REPORT).created[0]
    offline = due(first, made)
    settle(first, second)
    assert due(first, made) == due(second, made) == offline == ("2026-11-30T15:59:59.999Z", None)


def test_limits_changed_at_two_desks_meet_in_one_deadline(desks: tuple[Desk, Desk]) -> None:
    """The limit is an ordinary field: one conflict about it, none about what follows from it."""
    first, second = desks
    made = first.write(commands.register, REPORT).created[0]
    settle(first, second)
    first.write(commands.edit, made, {"due_rule": "2"})
    second.write(commands.edit, made, {"due_rule": "10"})
    settle(first, second)
    assert due(first, made) == due(second, made) == ("2026-11-25T15:59:59.999Z", None)


def test_a_table_travels_and_renews(desks: tuple[Desk, Desk], clock: FixedClock) -> None:
    first, second = desks
    clock.set(datetime(2026, 12, 29, 1, tzinfo=UTC))
    made = second.write(commands.register, REPORT).created[0]
    settle(first, second)
    assert due(first, made) == ("2027-01-05T15:59:59.999Z", True)
    first.write(import_table, parse(TABLE))
    assert renewing.renew_all(first, 2027) == 1
    assert due(first, made) == ("2027-01-06T15:59:59.999Z", None)
    settle(first, second)
    assert due(second, made) == ("2027-01-06T15:59:59.999Z", None)
    table = second.read(calendar_here).table(2027)
    assert table is not None
    assert (table.version, table.origin) == (1, "import")
    assert second.station == STATION


def test_a_delay_moves_the_deadline_when_it_is_approved_and_not_before(desks: tuple[Desk, Desk], clock: FixedClock) -> None:
    """D02: five working days from Friday 02-13; on 02-26 three more are approved. Who is offline sees the old day."""
    first, second = desks
    at(clock, "2026-02-13T16:40")
    made = first.write(commands.register, REPORT).created[0]
    settle(first, second)
    at(clock, "2026-02-25T09:00")
    asked = {"report_id": made, "request_kind": "delay", "amount": 3, "unit": "working-days", "reason": "等配件"}
    request = first.write(commands.request, asked).created[0]
    settle(first, second)
    assert due(first, made) == due(second, made) == (END_OF["02-27"], None)
    at(clock, "2026-02-26T10:00")
    second.write(commands.decide, request, "approve", "同意")
    assert due(second, made) == (END_OF["03-03"], None)
    assert due(first, made) == (END_OF["02-27"], None)
    settle(first, second)
    assert due(first, made) == due(second, made) == (END_OF["03-03"], None)


def test_a_suspension_stops_the_clock_from_its_approval(desks: tuple[Desk, Desk], clock: FixedClock) -> None:
    first, second = desks
    at(clock, "2026-02-13T16:40")
    made = first.write(commands.register, REPORT).created[0]
    at(clock, "2026-02-24T09:00")
    until = datetime(2026, 3, 9, tzinfo=OFFICE_TIME)
    asked = {"report_id": made, "request_kind": "suspend", "until": to_iso(until), "reason": "等产权人回来"}
    request = first.write(commands.request, asked).created[0]
    settle(first, second)
    at(clock, "2026-02-25T10:00")
    second.write(commands.decide, request, "approve", "同意")
    assert due(second, made) == (END_OF["03-11"], None)
    settle(first, second)
    assert due(first, made) == due(second, made) == (END_OF["03-11"], None)
    at(clock, "2026-02-27T10:00")
    second.write(commands.act, made, "resume", {}, "产权人提前回来")
    settle(first, second)
    assert due(first, made) == due(second, made) == (END_OF["03-03"], None)


def test_a_dispute_about_the_urgency_is_one_conflict(desks: tuple[Desk, Desk]) -> None:
    """A limit out of the table follows what the table asks for; nobody is asked about it besides."""
    first, second = desks
    made = first.write(commands.register, {"title": "路灯不亮", "category": "lighting"}).created[0]
    settle(first, second)
    first.write(commands.edit, made, {"urgency": "high"})
    second.write(commands.edit, made, {"urgency": "low"})
    settle(first, second)
    assert due(first, made) == due(second, made) == ("2026-11-24T15:59:59.999Z", None)
    found = first.read(conflicts).rows
    assert [row.field for row in found] == ["urgency"]
