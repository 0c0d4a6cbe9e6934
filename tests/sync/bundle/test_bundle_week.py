"""A week by stick: desks that never meet the network agree day by day, in the order in which the sticks happen to come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client import bundle as stick
from sync.client.engine import sync_once
from sync.server.bundle import receive
from sync.server.tables import op_log, record
from tests.contents import desk_digest
from tests.sync.bundle.sticks import Office, report, retitle, state_of, titles
from zzdesk.clock import FixedClock
from zzdesk.desk.commands import resolve
from zzdesk.desk.queries import conflicts
from zzdesk.desk.session import Desk
from zzdesk.ops import outbox

DAY_S = 24 * 3600


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def office(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    url = request.getfixturevalue("pg_url") if request.param == "postgresql" else None
    made = Office(tmp_path, clock, url)
    yield made
    made.close()


def test_a_week_by_stick_ends_like_a_week_online(
    office: Office, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BATCH_OPS", 4)
    a, b, online = office.desk("lin"), office.desk("huang"), office.desk("chen")
    contested = report(a, "路灯不亮")
    office.round(a)
    office.round(b)
    for day in range(7):
        clock.advance(DAY_S)
        work_of_a_day(a, b, online, contested, day)
        ups = [office.up(a, f"a{day}.zzb"), office.up(b, f"b{day}.zzb")]
        if day % 2:
            sync_once(online)
        # Sticks wait in drawers: one day's come in the wrong order, another day's one is lost on the way.
        for up in reversed(ups) if day in (2, 5) else ups[:1] if day == 3 else ups:
            answer = office.stick / f"answer-{up.name}"
            receive(office.server.centre, up, answer)
            if day != 4:
                stick.take_in(a if up.name.startswith("a") else b, answer)
    settle(office, a, b, online)
    decided = 0
    while decide_one(a, b):
        decided += 1
        settle(office, a, b, online)
    assert decided >= 1, "the quarrel about the title was to reach a person"
    assert titles(a) == titles(b) == titles(online) == at_the_centre(office)
    assert len(titles(a)) == 1 + 7 * 3
    every_operation_has_a_receipt(office)
    for desk in (a, b):
        before = titles(desk)
        again = office.round(desk)
        assert (again.pushed, again.pulled, state_of(desk).pending) == (0, 0, 0)
        assert (sync_once(desk).pulled, titles(desk)) == (0, before)


def work_of_a_day(a: Desk, b: Desk, online: Desk, contested: str, day: int) -> None:
    for name, desk in (("甲", a), ("乙", b), ("丙", online)):
        report(desk, f"{name}第{day}天")
        if contested in titles(desk) and day in (1, 4):
            retitle(desk, contested, f"路灯：{name}第{day}天的说法")


def decide_one(*desks: Desk) -> bool:
    for desk in desks:
        for row in desk.read(conflicts).rows:
            if not row.pending_resolution:
                desk.write(resolve, row.id, candidate=0)
                return True
    return False


def settle(office: Office, a: Desk, b: Desk, online: Desk) -> None:
    for _ in range(2):
        office.round(a)
        office.round(b)
        sync_once(online)


def at_the_centre(office: Office) -> dict[str, str]:
    with office.server.centre.database.reading() as connection:
        found = connection.execute(select(record.c.id, record.c.body).where(record.c.kind == "report"))
        return {row.id: json.loads(row.body)["title"] for row in found}


def every_operation_has_a_receipt(office: Office) -> None:
    with office.server.centre.database.reading() as connection:
        outcomes = set(connection.execute(select(op_log.c.outcome)).scalars())
    assert outcomes <= {"applied", "merged", "conflict"}
    for desk in office.desks:
        assert (state_of(desk).pending, state_of(desk).parked) == (0, 0)


def test_a_first_bundle_brings_a_new_desk_everything(office: Office) -> None:
    old, new = office.desk("lin"), office.desk("huang")
    for n in range(40):
        report(old, f"第{n}条")
    sync_once(old)
    assert office.round(new).pulled >= 40
    assert titles(new) == titles(old)
    before = desk_digest(new)
    assert stick.take_in(new, office.stick / "huang-down.zzb").pulled == 0
    assert desk_digest(new) == before
