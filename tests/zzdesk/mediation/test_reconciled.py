"""The team wall across desks: what reaches another desk of the station, and what does not (decision 12)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import func, select

import zzdesk.catalogue
from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.zzdesk.conftest import STATION, add, change
from zzdesk.actor import account_id
from zzdesk.desk import records
from zzdesk.desk.session import Desk, create_home
from zzdesk.mediation import queries
from zzdesk.mediation.models import Party
from zzdesk.ops.models import SyncRecord
from zzdesk.store.keys import TEST_COST

assert zzdesk.catalogue.__doc__


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[ServerThread]:
    with ServerThread(tmp_path / "centre") as server:
        yield server


@pytest.fixture
def desks(tmp_path: Path, centre: ServerThread) -> Iterator[tuple[Desk, Desk]]:
    """Chen's desk and Wu's, both mediators of one station, each on a machine of its own."""
    with ExitStack() as stack:
        opened = []
        for login in ("chen", "wu"):
            desk, _ = create_home(tmp_path / login, STATION, login, "Xiqiao-2026-shequ", cost=TEST_COST)
            opened.append(stack.enter_context(desk))
            enrol(desk, centre.url, centre.enrol_code(STATION))
        yield opened[0], opened[1]


def parties(desk: Desk) -> int:
    with desk.store.reader() as session:
        return int(session.scalar(select(func.count()).select_from(Party)) or 0)


def confidential(desk: Desk) -> list[str]:
    with desk.store.reader() as session:
        query = select(SyncRecord.kind).where(SyncRecord.scope.startswith("case:")).order_by(SyncRecord.kind)
        return list(session.scalars(query))


def test_the_stub_reaches_everybody_and_the_file_its_team(desks: tuple[Desk, Desk]) -> None:
    chen, wu = desks
    case = chen.write(add, "case", {"category": "neighbours"}).created[0]
    for role, name in (("applicant", "林秀英"), ("respondent", "黄阿明")):
        chen.write(add, "party", {"case_id": case, "role": role, "name": name})
    assert sync_once(chen).rejected == 0
    sync_once(wu)
    assert [row.id for row in wu.read(queries.list_cases).rows] == [case]
    assert wu.read(queries.detail, case).fields["party_count"] == 2
    assert parties(wu) == 0
    assert confidential(wu) == []

    chen.write(change, "case", case, {"team": [chen.actor.account_id, account_id(STATION, "wu")]})
    sync_once(chen)
    sync_once(wu)
    sync_once(wu)
    assert confidential(wu) == ["party", "party"]
    names = [paper.fields["name"] for paper in wu.read(queries.case_file, case).parties]
    assert names == ["林*英", "黄*明"]


def test_two_of_a_team_write_one_file_and_end_equal(desks: tuple[Desk, Desk]) -> None:
    chen, wu = desks
    case = chen.write(add, "case", {"category": "labour", "team": ["wu"]}).created[0]
    session = chen.write(add, "session", {"case_id": case, "place": "西桥社区调解室"}).created[0]
    sync_once(chen)
    sync_once(wu)
    sync_once(wu)
    wu.write(add, "party", {"case_id": case, "role": "applicant", "name": "林秀英"})
    wu.write(add, "statement", {"session_id": session, "text": "要求补发工资"})
    chen.write(add, "party", {"case_id": case, "role": "respondent", "name": "黄阿明"})
    for desk in (chen, wu, chen, wu):
        assert sync_once(desk).rejected == 0
    for kind in ("case", "party", "session", "statement"):
        rows = [list(desk.read(records.list_records, kind).rows) for desk in desks]
        assert rows[0] == rows[1] != []
    assert chen.read(queries.detail, case).fields["party_count"] == 2
    assert chen.read(queries.detail, case).fields["state"] == "mediating"
    again = sync_once(chen)
    assert (again.pushed, again.pulled, again.pending) == (0, 0, 0)
