"""The first look says what the ordinary query says, to those who may see it, and logs in as always."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.accounts import commands as accounts
from zzdesk.accounts.rights import ROLES
from zzdesk.clock import Clock
from zzdesk.desk.facts import facts_of
from zzdesk.desk.glance import Glance, door_of, glance
from zzdesk.desk.overview import LINES, Overview
from zzdesk.desk.session import Desk
from zzdesk.desk.workbench import overview
from zzdesk.errors import BrokenDatabaseError, BusyError, RefusedError
from zzdesk.store.locks import exclusive
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


def _look(station: Station, login: str, **facts: str) -> Glance:
    first = station["zhuang"]
    found = _try(first, login, station.clock, **facts)
    assert found is not None
    return found


def _try(desk: Desk, login: str, clock: Clock, key: bytes | None = None, **facts: str) -> Glance | None:
    door, info = door_of(desk.home, login, clock)
    return glance(door, info, key or desk.store.key, "login", **facts)


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


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_sees_what_it_may_see(filled: Station, role: str) -> None:
    filled["zhuang"].write(accounts.create_account, "nobody", "某", [role])
    with _look(filled, "nobody").desk.opened as desk:
        ordinary = desk.read(overview)
        early = _look(filled, "nobody")
        assert early.overview == Overview({}, ordinary.entries)
        assert early.facts == facts_of(desk)
        early.desk.close()


def test_the_log_in_is_in_the_audit_before_anything_is_shown_and_only_once(filled: Station) -> None:
    before = len(filled.audit("login"))
    early = _look(filled, "lin", by="key").desk
    assert not early.locked
    assert early.warnings == []
    assert len(filled.audit("login")) == before + 1
    assert filled.audit("login")[-1] == {"by": "key"}
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


def test_a_desk_that_was_never_used_logs_out_with_a_line_and_lets_the_home_go(filled: Station) -> None:
    before = len(filled.audit("logout"))
    early = _look(filled, "lin").desk
    early.close()
    assert len(filled.audit("logout")) == before + 1


def test_the_home_cannot_be_replaced_between_log_in_and_opening(station: Station) -> None:
    first = station["zhuang"]
    early = _look(station, "zhuang")
    first.close()
    with pytest.raises(BusyError), exclusive(first.paths.in_use):
        pass
    early.desk.close()
    with exclusive(first.paths.in_use):
        pass


def test_a_stopped_account_is_refused_with_a_line_in_the_audit(filled: Station) -> None:
    first, lin = filled["zhuang"], filled["lin"].actor.account_id
    early = _look(filled, "lin").desk
    filled.edit("zhuang", "account", lin, {"disabled": True})
    with pytest.raises(RefusedError):
        _try(first, "lin", filled.clock)
    assert filled.audit("login.refused")
    for _ in range(2):  # who came in before is put out when the desk opens
        with pytest.raises(RefusedError):
            early.read(overview)


def test_another_schema_is_left_to_the_ordinary_way(filled: Station) -> None:
    first, before = filled["zhuang"], len(filled.audit("login"))
    with raw(first.paths.database, first.store.key) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert _try(first, "lin", filled.clock) is None
    with raw(first.paths.database, first.store.key) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    assert _try(first, "lin", filled.clock) is None
    assert len(filled.audit("login")) == before
    with pytest.raises(BrokenDatabaseError):
        _try(first, "lin", filled.clock, bytes(32))


def test_an_older_database_gets_back_what_the_journal_has_when_the_desk_opens(station: Station, tmp_path: Path) -> None:
    first = station["zhuang"]
    key, paths = first.store.key, first.paths
    station.add("zhuang", "report", {"title": "备份之前", "category": "road", "source": "counter"})
    first.store.checkpoint()
    shutil.copy(paths.database, tmp_path / "older.db")
    shutil.copy(paths.anchor, tmp_path / "older.anchor")
    station.clock.advance(60)
    station.add("zhuang", "report", {"title": "备份之后", "category": "road", "source": "counter"})
    first.close()
    for name in ("zzdesk.db-wal", "zzdesk.db-shm"):
        (first.home / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "older.db", paths.database)
    shutil.copy(tmp_path / "older.anchor", paths.anchor)
    early = _try(first, "zhuang", station.clock, key)
    assert early is not None
    assert [entry.title for entry in early.overview.entries] == ["备份之前"]
    with early.desk.opened as desk:
        assert desk.brought_back == 1
        assert desk.warnings == ["journal.brought-back"]
        assert {entry.title for entry in desk.read(overview).entries} == {"备份之前", "备份之后"}


def test_it_needs_no_heavy_library() -> None:
    program = "import sys, zzdesk.desk.glance; print(sorted({'sqlalchemy', 'alembic', 'requests'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
