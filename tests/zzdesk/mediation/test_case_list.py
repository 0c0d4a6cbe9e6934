"""The list of cases: what may turn violent stands on top, page after page by key; nobody looks through all cases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.zzdesk.conftest import Station
from tests.zzdesk.mediation.case_file import CASE
from tests.zzdesk.reports.test_intake_plans import plans
from zzdesk.mediation import commands, queries, team
from zzdesk.mediation.models import Agreement
from zzdesk.mediation.queries import CaseFilter
from zzdesk.mediation.reminders import reminders
from zzdesk.store.unit import Reader

RED = {"signs": ["threat"]}


def paged(station: Station, wanted: CaseFilter, size: int = 2) -> list[tuple[str, bool]]:
    found, after = [], None
    while True:
        page = station["chen"].read(queries.list_cases, wanted, after, size)
        found += [(row.id, row.red) for row in page.rows]
        after = page.after
        if after is None:
            return found


@pytest.fixture
def cases(station: Station) -> list[str]:
    """Six cases, the second and the fourth of them red, the third void, the fifth withdrawn."""
    made = []
    for number in range(6):
        station.clock.advance(60)
        made.append(station.add("chen", "case", CASE))
        signs = RED if number in (1, 3) else {}
        station.add("chen", "dispute", {"case_id": made[-1], "title": f"第{number}件"} | signs)
    station["chen"].write(commands.void, made[2], "误登")
    station.act("chen", "case", made[4], "withdraw", "和好")
    return made


def test_red_cases_stand_on_top_of_every_list(cases: list[str], station: Station) -> None:
    first, second, third, fourth, fifth, sixth = cases
    everything = [(fourth, True), (second, True), (sixth, False), (fifth, False), (first, False)]
    for size in (1, 2, 3, 50):
        assert paged(station, CaseFilter(), size) == everything
        assert paged(station, CaseFilter(void=True), size) == [(third, False)]
        assert paged(station, CaseFilter(open_only=True), size) == [each for each in everything if each[0] != fifth]
    station.act("chen", "case", second, "withdraw", "和好")
    assert paged(station, CaseFilter())[:2] == [(fourth, True), (sixth, False)]


def test_nobody_looks_through_all_cases(cases: list[str], station: Station) -> None:
    def of_my_cases(read: Reader) -> Any:
        return read.session.scalars(select(Agreement).where(team.visible(read, Agreement)).limit(5)).all()

    desk, walks = station["chen"], ("created_at", "escalation")
    for query in (queries.list_cases, queries.void_numbers, reminders, of_my_cases):
        with plans(desk.store._reading) as steps:
            desk.read(query)
        assert steps
        read = [step for step in steps if "mediation_case" in step]
        assert not [step for step in read if step.startswith("SCAN") and not any(f"_{walk}" in step for walk in walks)], steps
    with plans(desk.store._reading) as steps:
        desk.read(queries.list_cases)
    assert any("ix_mediation_case_escalation_created_at_id" in step for step in steps), steps
