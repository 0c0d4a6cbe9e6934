"""A case for which 110 was called: the police of its station read it, and write nothing into it but that they did (D06)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from sync.server import scopes
from sync.server.run import ServerThread
from sync.server.tables import record, scope_member
from tests.sync.server.wire import OTHER_STATION, WireDesk, edit, problem
from zzdesk.clock import FixedClock, to_iso

NewDesk = Callable[..., WireDesk]


@pytest.fixture
def server(real_server: ServerThread) -> ServerThread:
    """A centre with the real kinds: a case is one, and so is a reading."""
    return real_server


@pytest.fixture
def police(new_desk: NewDesk) -> WireDesk:
    """A desk at which somebody of the station's police is logged in."""
    desk = new_desk()
    desk.introduce("police-liaison")
    return desk


def begun(desk: WireDesk) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Accept a case with a party; return both, and the scope of its papers."""
    if not desk.introduced:
        desk.introduce()
    case = desk.create(kind="case", category="neighbours", state="accepted", source="application", team=[desk.user])
    scope_id = f"case:{case['id']}"
    about = {"case_id": case["id"], "name": "林某", "role": "applicant", "party_kind": "natural"}
    party = desk.create(kind="party", scope=scope_id, **about) | {"group": case["group"]}
    assert {result["outcome"] for result in desk.push(case, party)} == {"applied"}
    return case, party, scope_id


def say_called(desk: WireDesk, case: dict[str, Any], at: str | None) -> None:
    """Write into the stub when 110 was called, or take that back."""
    now = desk.fetch(("case", case["id"]))[0]
    was, saw = now["body"].get("police_called_at"), now["stamps"].get("police_called_at") or case["op_id"]
    change = {"police_called_at": {"to": at, "was": was, "saw": saw}}
    assert desk.push_one(desk.patch("case", case["id"], **change))["outcome"] == "applied"


def granted(desk: WireDesk, scope_id: str) -> str | None:
    return next((each["rights"] for each in desk.hello()["scopes"] if each["id"] == scope_id), None)


def test_the_police_read_the_case_when_110_was_called_and_only_then(
    anna: WireDesk, police: WireDesk, new_desk: NewDesk, clock: FixedClock
) -> None:
    case, party, scope_id = begun(anna)
    clerk, elsewhere = new_desk(), new_desk(station=OTHER_STATION)
    clerk.introduce("clerk")
    elsewhere.introduce("police-liaison", scope=OTHER_STATION)
    assert [granted(desk, scope_id) for desk in (anna, police)] == ["rw", None]
    assert police.fetch(("party", party["id"])) == []
    say_called(anna, case, to_iso(clock.now()))
    assert [granted(desk, scope_id) for desk in (anna, police)] == ["rw", "r"]
    assert [row["rec"]["body"]["name"] for row in police.pull_all(scope_id)] == ["林某"]
    for other in (clerk, elsewhere):
        assert granted(other, scope_id) is None
        assert other.fetch(("party", party["id"])) == []
    say_called(anna, case, None)
    assert granted(police, scope_id) is None
    assert police.fetch(("party", party["id"])) == []


def test_a_void_case_is_closed_to_the_police_and_a_member_of_that_name_opens_none(
    anna: WireDesk, police: WireDesk, clock: FixedClock
) -> None:
    case, _, scope_id = begun(anna)
    joins = {"team": {"add": [scopes.POLICE], "del": []}}
    assert anna.push_one(anna.patch("case", case["id"], **joins))["outcome"] == "applied"
    assert granted(police, scope_id) is None, "who writes the word into the team has called nobody"
    say_called(anna, case, to_iso(clock.now()))
    assert granted(police, scope_id) == "r"
    saw = anna.fetch(("case", case["id"]))[0]["stamps"]
    voided = anna.op("case", case["id"], "void", saw=saw, reason="误登")
    assert anna.push_one(voided)["outcome"] == "applied"
    assert granted(police, scope_id) is None


def test_what_the_police_write_is_refused_but_for_the_line_that_they_read(
    anna: WireDesk, police: WireDesk, new_desk: NewDesk, clock: FixedClock
) -> None:
    case, party, scope_id = begun(anna)
    line = {"kind": "case_reading", "scope": scope_id, "case_id": case["id"], "what": "opened", "by_call": True}
    early = police.push_one(police.create(**line))
    assert (early["outcome"], problem(early)) == ("rejected", "/p/scope-denied"), "nobody was called yet"
    say_called(anna, case, to_iso(clock.now()))
    edited = police.push_one(police.patch("party", party["id"], **edit(party, "别人", "name")))
    added = police.push_one(police.create(kind="party", scope=scope_id, case_id=case["id"], name="生人", role="respondent"))
    assert {(each["outcome"], problem(each)) for each in (edited, added)} == {("rejected", "/p/scope-denied")}
    born = police.create(**line)
    assert police.push_one(born)["outcome"] == "applied"
    changed = police.push_one(police.patch("case_reading", born["id"], **edit(born, "revealed", "what")))
    assert changed["outcome"] == "rejected"
    assert anna.fetch(("case_reading", born["id"]))[0]["body"]["created_by"] == police.user
    clerk = new_desk()
    clerk.introduce("clerk")
    assert clerk.push_one(clerk.create(**line))["outcome"] == "rejected"


def test_a_reading_that_arrives_late_is_kept_though_the_call_was_taken_back(
    anna: WireDesk, police: WireDesk, clock: FixedClock
) -> None:
    """The police read it offline, while they might; what they did is true when the network comes."""
    case, _, scope_id = begun(anna)
    say_called(anna, case, to_iso(clock.now()))
    police.hello()
    clock.advance(60)
    read = police.create(kind="case_reading", scope=scope_id, case_id=case["id"], what="opened", by_call=True)
    clock.advance(60)
    say_called(anna, case, None)
    assert police.push_one(read)["outcome"] == "applied"
    assert len(anna.fetch(("case_reading", read["id"]))) == 1
    clock.advance(60)
    later = police.create(kind="case_reading", scope=scope_id, case_id=case["id"], what="opened", by_call=True)
    assert police.push_one(later)["outcome"] == "rejected", "it was made when nobody might"


def test_calls_of_before_are_found_when_the_centre_learns_of_it(
    server: ServerThread, anna: WireDesk, police: WireDesk, clock: FixedClock
) -> None:
    """What revision 0022 does to a centre that has such cases."""
    from importlib import import_module

    called, _, scope_id = begun(anna)
    quiet = begun(anna)[0]
    say_called(anna, called, to_iso(clock.now()))
    with server.centre.database.writing() as connection:
        connection.execute(delete(scope_member).where(scope_member.c.user_id == scopes.POLICE))
    assert granted(police, scope_id) is None
    revision = import_module("sync.server.migrations.versions.0022_called")
    with server.centre.database.writing() as connection:
        connection.execute(revision.members())
    assert granted(police, scope_id) == "r"
    assert granted(police, f"case:{quiet['id']}") is None


def test_cases_that_were_archived_before_the_archive_ended_it_are_closed_to_the_police(
    server: ServerThread, anna: WireDesk, police: WireDesk, clock: FixedClock
) -> None:
    """What revision 0028 does to a centre that has such cases: nobody changes them any more, so nothing else would."""
    from importlib import import_module

    (filed, _, filed_scope), (running, _, scope_id) = begun(anna), begun(anna)
    for case in (filed, running):
        say_called(anna, case, to_iso(clock.now()))
    with server.centre.database.writing() as connection:  # as an earlier program left it: archived, and the police still in
        (row,) = connection.execute(select(record).where(record.c.kind == "case", record.c.id == filed["id"]))
        body = json.loads(row.body) | {"state": "archived"}
        connection.execute(update(record).where(record.c.id == row.id).values(body=json.dumps(body)))
    assert [granted(police, each) for each in (filed_scope, scope_id)] == ["r", "r"]
    with server.centre.database.writing() as connection:
        connection.execute(import_module("sync.server.migrations.versions.0028_archived").closed())
    assert [granted(police, each) for each in (filed_scope, scope_id)] == [None, "r"]
    assert granted(anna, filed_scope) == "rw", "the team keeps it"
