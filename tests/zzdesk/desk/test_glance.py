"""The first look before the desk is open says what the ordinary query says, and lets nobody in."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.desk.facts import facts_of
from zzdesk.desk.glance import Glance, glance
from zzdesk.desk.overview import LINES, Overview
from zzdesk.desk.workbench import overview
from zzdesk.errors import BrokenDatabaseError, RefusedError
from zzdesk.store.raw import raw

EVERYBODY = ("zhuang", "lin", "chen", "wu", "zheng", "guo", "shen")


@pytest.fixture
def filled(station: Station) -> Station:
    """Reports, postings and cases in several states, some voided, urgent, or with a number in their text."""
    for number in range(LINES + 3):
        station.clock.advance(60)
        station.add(
            "lin",
            "report",
            {
                "title": f"路灯{number}不亮，回电13805961234",
                "category": "lighting",
                "source": "counter",
                "address": "台湾路12号",
                "urgency": "high" if number == 8 else "low",
            },
        )
    reports = [row["id"] for row in station.rows("lin", "report")]
    station.act("lin", "report", reports[0], "accept")
    station["lin"].write(_void, "report", reports[1])
    employer = station.add(
        "lin",
        "employer",
        {"employer_kind": "person", "name": "林秀英", "identity_number": "350602194903070020"},
    )
    station.add("lin", "posting", {"employer_id": employer, "title": "搬家两人", "trade": "moving"})
    case = station.add("chen", "case", {"category": "neighbours"})
    station.add("chen", "dispute", {"case_id": case, "title": "林秀英诉黄阿明", "place": "西桥社区3幢"})
    return station


def _void(work, kind, record_id):  # type: ignore[no-untyped-def]
    from zzdesk.catalogue import KINDS

    return KINDS[kind].void(work, record_id, "记错了")


def _look(station: Station, login: str) -> Glance:
    first = station["zhuang"]
    found = glance(first.home, login, first.store.key, station.clock)
    assert found is not None
    return found


@pytest.mark.parametrize("login", EVERYBODY)
def test_it_says_what_the_ordinary_query_says(filled: Station, login: str) -> None:
    desk = filled[login]
    found = _look(filled, login)
    ordinary = desk.read(overview)
    assert found.overview == Overview({}, ordinary.entries)
    assert found.facts == facts_of(desk)
    if login in ("guo", "shen"):
        assert found.overview == Overview()
    else:
        assert len(found.overview.entries) == LINES
        assert found.overview.entries[0].urgency == "high"
        assert {kind for kind, states in ordinary.counts.items() if states} == {"report", "posting", "case"}


def test_no_number_and_no_word_of_a_case_is_in_it(filled: Station) -> None:
    assert filled["wu"]
    said = str(_look(filled, "wu").overview)
    assert "13805961234" not in said
    assert "林秀英" not in said
    assert "路灯" in said


def test_looking_logs_nobody_in_and_the_first_use_does(filled: Station) -> None:
    before = len(filled.audit("login"))
    early = _look(filled, "lin").desk
    assert not early.locked
    assert early.warnings == []
    assert len(filled.audit("login")) == before
    answers: list[Overview] = []
    threads = [threading.Thread(target=lambda: answers.append(early.read(overview))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [filled["lin"].read(overview)] * 3
    assert len(filled.audit("login")) == before + 1
    early.close()
    assert early.locked


def test_a_desk_that_was_never_used_is_closed_without_a_trace(filled: Station) -> None:
    before = len(filled.audit("logout"))
    _look(filled, "lin").desk.close()
    assert len(filled.audit("logout")) == before


def test_a_stopped_account_sees_nothing_and_the_ordinary_way_says_why(filled: Station) -> None:
    first, lin = filled["zhuang"], filled["lin"].actor.account_id
    early = _look(filled, "lin").desk
    filled.edit("zhuang", "account", lin, {"disabled": True})
    assert glance(first.home, "lin", first.store.key, filled.clock) is None
    for _ in range(2):
        with pytest.raises(RefusedError):
            early.read(overview)
    assert filled.audit("login.refused")


def test_another_schema_is_left_to_the_ordinary_way(filled: Station) -> None:
    first = filled["zhuang"]
    with raw(first.paths.database, first.store.key) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert glance(first.home, "lin", first.store.key, filled.clock) is None
    with raw(first.paths.database, first.store.key) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(BrokenDatabaseError):
        glance(first.home, "lin", bytes(32), filled.clock)


def test_it_needs_no_heavy_library() -> None:
    program = "import sys, zzdesk.desk.glance; print(sorted({'sqlalchemy', 'alembic', 'cryptography'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
