"""Links between reports when two desks speak without hearing each other: one matter, one lead, nothing lost (B2.6)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from sync.client.engine import sync_once
from sync.server.run import ServerThread
from sync.server.tables import record
from tests.sync.stations import NewDesk
from zzdesk.clock import FixedClock
from zzdesk.desk import intake
from zzdesk.desk import queries as desk_queries
from zzdesk.desk.intake import Intake
from zzdesk.desk.session import Desk
from zzdesk.reports import commands, links, refusals

FIELDS = {"title": "石板松动", "category": "road", "latitude": "24.511900", "longitude": "117.655400"}


def settle(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        sync_once(desk)


def seen(desk: Desk, report: str) -> tuple[str, list[str]]:
    found = desk.read(links.family, report)
    return found.lead_id, [member.id for member in found.members]


def bodies(server: ServerThread, kind: str) -> list[dict[str, Any]]:
    with server.centre.database.reading() as connection:
        found = connection.execute(select(record.c.body).where(record.c.kind == kind)).scalars()
        return [json.loads(body) for body in found]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_desks_that_link_apart_agree_on_the_one_registered_first(
    new_desk: NewDesk, clock: FixedClock, server: ServerThread, order: tuple[int, int]
) -> None:
    desks = [new_desk(), new_desk("wang")]
    reports = []
    for desk in (desks[0], desks[1], desks[1]):
        reports.append(desk.write(commands.register, FIELDS).created[0])
        clock.advance(60)
    first, second, third = reports
    settle(*desks)
    desks[0].write(links.link, second, third)
    desks[0].write(links.link, first, second)
    desks[1].write(links.link, third, first)
    settle(*(desks[at] for at in order))
    for desk in desks:
        assert {report: seen(desk, report) for report in reports} == dict.fromkeys(reports, (first, reports))
        assert desk.read(desk_queries.status).open_conflicts == 0
        assert len(desk.read(links.family, first).said) == 3
    assert len(bodies(server, "link")) == 3

    clock.advance(60)
    desks[1].write(links.unlink, second, "另一处")
    settle(*(desks[at] for at in order))
    for desk in desks:
        assert seen(desk, second) == (second, [second])
        assert seen(desk, third) == (first, [first, third])
        assert [word.action for word in desk.read(links.family, second).said] == ["link", "link", "unlink", "unlink"]


def test_an_unlinking_takes_back_what_its_author_knew_of_and_no_more(new_desk: NewDesk, clock: FixedClock) -> None:
    one, other = new_desk(), new_desk("wang")
    first, second = (one.write(commands.register, FIELDS).created[0] for _ in range(2))
    one.write(links.link, first, second)
    settle(one, other)
    one.write(links.unlink, second, "看错了")
    other.write(links.unlink, second, "不是一处")
    other.write(links.link, second, first, {"reason": "又去看过，是一处"})
    settle(one, other)
    assert [len(seen(desk, second)[1]) for desk in (one, other)] == [2, 2]


def test_the_centre_takes_a_report_that_was_never_taken_on(new_desk: NewDesk, server: ServerThread) -> None:
    desk = new_desk()
    desk.write(intake.register, Intake("f", {**FIELDS, "spot": "24.5119,117.6554"}, refusal={"refusal_reason": "emergency"}))
    settle(desk)
    assert desk.read(desk_queries.status).pending == 0
    assert [body["state"] for body in bodies(server, "report")] == ["refused"]
    assert [step["to_state"] for step in bodies(server, "step")] == ["refused"]


def test_the_centre_takes_what_was_refused_at_the_counter(new_desk: NewDesk, server: ServerThread) -> None:
    desk, other = new_desk(), new_desk("wang")
    report = desk.write(commands.register, FIELDS).created[0]
    desk.write(refusals.refuse, report, "outside-area")
    settle(desk, other)
    assert desk.read(desk_queries.status).pending == 0
    [body] = bodies(server, "report")
    assert (body["state"], body["refusal_reason"]) == ("refused", "outside-area")
    assert [step["action"] for step in bodies(server, "step")] == ["refuse"]
    desk.write(commands.act, report, "reconsider", {}, "是本市的路段")
    settle(desk, other)
    assert bodies(server, "report")[0]["state"] == "registered"
