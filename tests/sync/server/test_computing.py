"""Deadlines at the centre: what a desk worked out is checked, what it did not is worked out, and tables count below."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from sqlalchemy import event

import zzdesk.catalogue  # noqa: F401 - the real kinds
from sync.server import renewals
from sync.server.run import ServerThread
from sync.server.tables import record, renewal
from tests.sync.server.conftest import ServerStore, on_sqlite
from tests.sync.server.test_newborn import push_run
from tests.sync.server.wire import OTHER_STATION, STATION, WireDesk, edit, new_id, rows
from zzdesk.calendar.hours import OfficeHours, write_hours
from zzdesk.calendar.tables import shipped, write
from zzdesk.clock import FixedClock, to_iso

STREET = "350602002"
DUE, WRONG, LATER = "2026-12-04T15:59:59.999Z", "2026-12-24T15:59:59.999Z", "2026-11-30T15:59:59.999Z"
TABLE = "year 2027\nversion 1\nsource 通知\n2027-01-01..2027-01-03 holiday 元旦\n"
NewDesk = Callable[..., WireDesk]


@pytest.fixture
def server(server_store: ServerStore, clock: FixedClock) -> Iterator[ServerThread]:
    """A centre with the rules of the real kinds."""
    with ServerThread(server_store.data, database_url=server_store.database_url, clock=clock) as running:
        yield running


@pytest.fixture
def anna(new_desk: NewDesk) -> WireDesk:
    made = new_desk()
    made.introduce("clerk", "supervisor")
    return made


def report(desk: WireDesk, scope: str = STATION, **fields: Any) -> dict[str, Any]:
    made = {"title": "噪声", "category": "noise", "state": "registered", "due_rule": "working-days:9"} | fields
    return desk.create("report", scope, **{name: value for name, value in made.items() if value is not None})


def body_of(server: ServerThread, op: dict[str, Any]) -> dict[str, Any]:
    (found,) = [row for row in rows(server, record) if row.id == op["id"]]
    decoded: dict[str, Any] = msgspec.json.decode(found.body)
    return decoded


@pytest.mark.parametrize("push", [lambda desk, op: desk.push_one(op), push_run], ids=["by itself", "in a run"])
@pytest.mark.parametrize(("said", "rule", "stands"), [
    (DUE, "working-days:9", DUE), (WRONG, "working-days:9", DUE), (None, "working-days:9", DUE), (WRONG, None, None),
    (WRONG, "nonsense", None), (None, None, None),
])  # fmt: skip
def test_the_centres_result_counts(
    server: ServerThread, anna: WireDesk, push: Callable[..., Any], said: str | None, rule: str | None, stands: str | None
) -> None:
    made = report(anna, due_at=said, due_rule=rule)
    push(anna, made)
    assert body_of(server, made).get("due_at") == stands


def test_where_desk_and_centre_agree_nothing_more_is_written(server: ServerThread, anna: WireDesk) -> None:
    right, wrong = report(anna, due_at=DUE), report(anna, due_at=WRONG)
    anna.push(right, wrong)
    vers = {row.id: row.ver for row in rows(server, record)}
    assert (vers[right["id"]], vers[wrong["id"]]) == (1, 2)


def test_another_limit_moves_the_deadline_whatever_the_desk_says_of_it(server: ServerThread, anna: WireDesk) -> None:
    made = report(anna, due_at=DUE)
    anna.push(made)
    said = edit(made, "working-days:5", "due_rule") | edit(made, WRONG, "due_at")
    anna.push(anna.patch("report", made["id"], **said))
    assert body_of(server, made)["due_at"] == LATER
    anna.push(anna.patch("report", made["id"], **edit(made, WRONG, "due_at")))
    assert body_of(server, made)["due_at"] == LATER


def test_two_who_knew_nothing_of_each_other_have_no_conflict_about_what_is_computed(
    server: ServerThread, anna: WireDesk
) -> None:
    made = report(anna, due_at=DUE)
    anna.push(made)
    for unseen in (WRONG, LATER):
        said = anna.push_one(anna.patch("report", made["id"], **edit(made, unseen, "due_at")))
        assert said["outcome"] == "merged"
    assert body_of(server, made)["due_at"] == DUE
    assert [row for row in rows(server, record) if row.kind == "conflict"] == []


def test_a_table_counts_for_everything_below_its_office(
    server: ServerThread, new_desk: NewDesk, clock: FixedClock
) -> None:
    clock.set(datetime(2026, 12, 29, 1, tzinfo=UTC))
    here, there, above = new_desk(), new_desk(station=OTHER_STATION), new_desk(station=STREET)
    here.introduce("clerk", "supervisor")
    there.introduce("clerk", "supervisor", scope=OTHER_STATION)
    above.introduce("clerk", "supervisor", scope=STREET)
    mine, his = report(here, due_rule="working-days:5"), report(there, OTHER_STATION, due_rule="working-days:5")
    here.push(mine)
    there.push(his)
    before = [body_of(server, op) for op in (mine, his)]
    assert [(b["due_at"], b["due_provisional"]) for b in before] == [("2027-01-05T15:59:59.999Z", True)] * 2
    above.push(above.create("calendar", STREET, year=2027, version=1, days=TABLE))
    after = [body_of(server, op) for op in (mine, his)]
    assert [(b["due_at"], b.get("due_provisional")) for b in after] == [("2027-01-06T15:59:59.999Z", None)] * 2
    later = report(here, due_rule="working-days:5")
    here.push(later)
    assert body_of(server, later)["due_at"] == "2027-01-06T15:59:59.999Z"


def test_office_hours_count_from_their_day_on_for_everything_below(
    server: ServerThread, new_desk: NewDesk, clock: FixedClock
) -> None:
    clock.set(datetime(2026, 6, 29, 8, 30, tzinfo=UTC))
    here, above = new_desk(), new_desk(station=STREET)
    here.introduce("clerk", "supervisor")
    above.introduce("clerk", "supervisor", scope=STREET)
    soon, late = (report(here, due_rule=f"working-hours:{n}") for n in (2, 9))
    here.push(soon, late)
    assert [body_of(server, op)["due_at"] for op in (soon, late)] == ["2026-06-30T01:30:00.000Z", "2026-07-01T02:00:00.000Z"]
    hours = write_hours(date(2026, 7, 1), 1, OfficeHours.read("08:00-12:00,15:00-18:00"))
    above.push(above.create("calendar", STREET, year=2026, version=1, days=hours))
    assert [body_of(server, op)["due_at"] for op in (soon, late)] == ["2026-06-30T01:30:00.000Z", "2026-07-01T01:30:00.000Z"]


def test_a_table_of_one_station_is_nothing_to_another(server: ServerThread, new_desk: NewDesk, clock: FixedClock) -> None:
    clock.set(datetime(2026, 12, 29, 1, tzinfo=UTC))
    here, there = new_desk(), new_desk(station=OTHER_STATION)
    here.introduce("clerk", "supervisor")
    there.introduce("clerk", "supervisor", scope=OTHER_STATION)
    his = report(there, OTHER_STATION, due_rule="working-days:5")
    there.push(his)
    here.push(here.create("calendar", STATION, year=2027, version=1, days=TABLE))
    here.push(here.create("calendar", STATION, year=2027, version=2, days="nonsense"))
    assert body_of(server, his)["due_provisional"] is True
    mine = report(here, due_rule="working-days:5")
    here.push(mine)
    assert body_of(server, mine)["due_at"] == "2027-01-06T15:59:59.999Z"


def test_only_who_may_imports_a_table(anna: WireDesk, new_desk: NewDesk) -> None:
    clerk = new_desk()
    clerk.introduce("clerk")
    said = clerk.push_one(clerk.create("calendar", STATION, year=2027, version=1, days=TABLE))
    assert said["outcome"] == "rejected"


def test_a_programs_report_of_before_deadlines_has_none(server: ServerThread, anna: WireDesk) -> None:
    made = report(anna, due_rule=None, created_at=to_iso(anna.clock.now()))
    anna.push(made)
    assert not {"due_at", "due_provisional"} & set(body_of(server, made))


def test_a_newer_version_and_a_voided_one_move_what_has_not_ended(server: ServerThread, anna: WireDesk) -> None:
    """The table of this year is corrected, and the correction is taken back."""
    made, ended = report(anna), report(anna)
    anna.push(made)
    anna.push(ended)
    group = {"group": new_id()}
    gone = edit(ended, "referred", "state") | edit(ended, "12345", "referred_to")
    step = anna.create("step", report_id=ended["id"], action="refer", from_state="registered", to_state="referred", reason="x")
    anna.push(anna.patch("report", ended["id"], **gone) | group, step | group)
    assert body_of(server, ended)["state"] == "referred"
    longer = write(shipped().table(2026)).replace("version 1", "version 2") + "2026-11-30 holiday 加放\n"
    table = anna.create("calendar", STATION, year=2026, version=2, days=longer)
    anna.push(table)
    assert body_of(server, made)["due_at"] == "2026-12-07T15:59:59.999Z"
    assert body_of(server, ended)["due_at"] == DUE
    anna.push(anna.op("calendar", table["id"], "void", saw={"*": table["op_id"]}, reason="导错了"))
    assert body_of(server, made)["due_at"] == DUE


def test_a_batch_reads_the_tables_once_however_many_groups_it_has(server: ServerThread, anna: WireDesk) -> None:
    anna.push(anna.create("calendar", STATION, year=2027, version=1, days=TABLE))
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *more: Any) -> None:
        if "calendar" in str(parameters):
            asked.append(statement)

    event.listen(server.centre.database.engine, "before_cursor_execute", note)
    made = [report(anna, due_at=WRONG) for _ in range(12)]
    assert {result["outcome"] for result in anna.push(*made)} == {"applied"}
    event.remove(server.centre.database.engine, "before_cursor_execute", note)
    assert {body_of(server, op)["due_at"] for op in made} == {DUE}
    assert 0 < len(asked) <= 2, "which there are, and what they say"


def test_a_table_of_a_county_is_taken_in_parts_between_which_others_save_and_a_killed_centre_goes_on(
    server_store: ServerStore, new_desk: NewDesk, server: ServerThread, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewals, "BATCH", 2)
    clock.set(datetime(2026, 12, 29, 1, tzinfo=UTC))
    here, above = new_desk(), new_desk(station=STREET)
    here.introduce("clerk", "supervisor")
    above.introduce("clerk", "supervisor", scope=STREET)
    made = [report(here, due_rule="working-days:5") for _ in range(5)]
    here.push(*made)
    above.push(above.create("calendar", STREET, year=2027, version=1, days=TABLE))

    def left() -> list[tuple[int, int]]:
        return [(row.done, row.total) for row in rows(server, renewal)]

    def right() -> int:
        return sum(body_of(server, op)["due_at"] == "2027-01-06T15:59:59.999Z" for op in made)

    assert (left(), right()) == ([(2, 5)], 2), "the push did one part"
    saved = here.push_one(here.patch("report", made[0]["id"], **edit(made[0], "噪声扰民")))
    assert saved["outcome"] == "applied"
    with monkeypatch.context() as killed:
        killed.setattr(renewals.ledger, "write", _dies)
        with pytest.raises(KeyboardInterrupt):
            renewals.carry_on(server.centre)
    assert left() == [(4, 5)] or left() == [(2, 5)], "nothing of the part that was cut short"
    assert sum(done for done, _ in left()) == right()
    while renewals.carry_on(server.centre):
        pass
    assert (left(), right()) == ([], 5)
    vers = {row.id: row.ver for row in rows(server, record)}
    here.hello()
    assert {row.id: row.ver for row in rows(server, record)} == vers, "once is enough"


def _dies(*_: Any) -> None:
    raise KeyboardInterrupt


@on_sqlite
def test_the_rest_is_done_in_the_background(server: ServerThread, anna: WireDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewals, "BATCH", 1)
    made = [report(anna) for _ in range(4)]
    anna.push(*made)
    longer = write(shipped().table(2026)).replace("version 1", "version 2") + "2026-11-30 holiday 加放\n"
    anna.push(anna.create("calendar", STATION, year=2026, version=2, days=longer))
    over, carry_on = threading.Event(), renewals.carry_on

    def told(centre: Any) -> int:
        done = carry_on(centre)
        if not done:
            over.set()
        return done

    monkeypatch.setattr(renewals, "carry_on", told)
    with renewals.in_background(server.centre):
        assert over.wait(30)
    assert {body_of(server, op)["due_at"] for op in made} == {"2026-12-07T15:59:59.999Z"}
