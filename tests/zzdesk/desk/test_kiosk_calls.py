"""Calling the staff from the kiosk, and leaving a number: heard, answered once, limited, and gone afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from tests.zzdesk.desk.test_kiosk import Hall
from tests.zzdesk.desk.test_kiosk import hall as hall
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.jobs import call_queries, calling, commands, queries
from zzdesk.jobs.models_calls import KioskCall

PHONE = "13905960001"


def waiting(hall: Hall) -> list[Any]:
    return list(hall.station["lin"].read(queries.open_calls).rows)


def test_a_call_is_heard_at_the_desk_answered_once_and_the_kiosk_hears_that(hall: Hall) -> None:
    assert hall.kiosk.read(queries.how_it_stands) is None
    hall.kiosk.write(commands.call_staff)
    assert hall.kiosk.write(commands.call_staff).created == (), "one call at a time"
    (row,) = waiting(hall)
    assert (row.what, row.machine, row.lively) == ("staff", hall.kiosk.actor.display_name, True)
    hall.station.act("lin", "kiosk_call", row.id, "answer")
    assert waiting(hall) == []
    state, _ = hall.kiosk.read(queries.how_it_stands)
    assert state == "answered"
    (row,) = hall.station["lin"].read(queries.list_calls).rows
    assert (row.state, row.lively) == ("answered", False)


def test_a_call_is_taken_back_grows_old_and_does_not_flood_the_counter(hall: Hall) -> None:
    for _ in range(6):
        hall.kiosk.write(commands.call_staff)
        hall.kiosk.write(commands.call_off)
    assert waiting(hall) == []
    with pytest.raises(RefusedError, match="直接到柜台"):
        hall.kiosk.write(commands.call_staff)
    hall.station.clock.advance(3601)
    hall.kiosk.write(commands.call_staff)
    hall.station.clock.advance(calling.LIVELY.total_seconds())
    assert waiting(hall) == []
    hall.kiosk.write(commands.call_staff)
    assert len(waiting(hall)) == 1
    states = [row.state for row in hall.station["lin"].read(queries.list_calls).rows]
    assert states == ["open", *["cancelled"] * 7]


def test_a_number_is_left_under_the_words_that_were_shown_and_gone_once_somebody_called_back(hall: Hall) -> None:
    for no_mobile in ("0596-2901234", "12345", "23905960001", "1390596000"):
        with pytest.raises(InvalidError):
            hall.kiosk.write(commands.leave_number, no_mobile, None)
    hall.kiosk.write(commands.leave_number, PHONE, "ms")
    hall.kiosk.write(commands.leave_number, PHONE, None)
    (row,) = waiting(hall)
    assert (row.what, row.phone, row.calling) == ("callback", "139****0001", "ms")
    found = hall.station.show("lin", "kiosk_call", row.id)
    assert (found["consent_version"], found["phone"]) == (calling.CONSENT, "139****0001")
    hall.station.act("lin", "kiosk_call", row.id, "answer")
    with hall.station["lin"].store.reader() as session:
        call = session.get(KioskCall, row.id)
        assert call is not None
        assert (call.phone, call.answered_by) == (None, {hall.station["lin"].actor.account_id})


def test_a_number_that_nobody_calls_back_is_gone_after_a_week_also_where_its_kiosk_is_gone(hall: Hall) -> None:
    hall.kiosk.write(commands.leave_number, PHONE, None)
    hall.station.clock.advance(60)
    hall.kiosk.write(commands.leave_number, "13905960002", None)
    first, second = (row.id for row in waiting(hall))
    hall.station.clock.advance(calling.KEPT.total_seconds() - 61)
    hall.kiosk.write(commands.forget_old)
    assert hall.station["lin"].read(queries.open_calls).over == 0
    hall.station.clock.advance(1)
    hall.kiosk.write(commands.forget_old)
    assert [row.id for row in waiting(hall)] == [second]
    with pytest.raises(RefusedError):
        hall.station["yan"].write(commands.forget_old)
    hall.station.clock.advance(60)
    found = hall.station["lin"].read(queries.open_calls)
    assert (found.rows, found.callbacks, found.over) == ((), 0, 1), "nobody is called back after the time that was said"
    hall.station["lin"].write(commands.forget_old)
    rows = {row.id: (row.state, row.phone) for row in hall.station["lin"].read(queries.list_calls).rows}
    assert rows == {first: ("cancelled", ""), second: ("expired", "")}


def test_who_waits_longest_does_not_drop_out_of_the_list(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_queries, "SHOWN", 2)
    phones = [f"1390596000{n}" for n in range(4)]
    for phone in phones:
        hall.kiosk.write(commands.leave_number, phone, None)
        hall.station.clock.advance(60)
    hall.kiosk.write(commands.call_staff)
    found = hall.station["lin"].read(queries.open_calls)
    assert [(row.what, row.phone[-4:]) for row in found.rows] == [("staff", ""), ("callback", "0000"), ("callback", "0001")]
    assert found.callbacks == 4


def test_numbers_are_limited_and_nobody_else_makes_or_changes_calls(hall: Hall) -> None:
    for missing in ({"what": "callback"}, {"what": "staff", "phone": PHONE}):
        with pytest.raises(RefusedError, match="同意书"):
            hall.station.add("guo", "kiosk_call", missing)
    for n in range(10):
        hall.kiosk.write(commands.leave_number, f"1380596{n:04}", None)
    with pytest.raises(RefusedError, match="直接到柜台"):
        hall.kiosk.write(commands.leave_number, PHONE, None)
    (row, *_) = waiting(hall)
    with pytest.raises(RefusedError):
        hall.station.add("lin", "kiosk_call", {"what": "staff"})
    with pytest.raises(RefusedError, match="不能改"):
        hall.station.edit("lin", "kiosk_call", row.id, {"phone": PHONE})
    for login, action in (("guo", "answer"), ("lin", "cancel"), ("lin", "expire"), ("chen", "answer")):
        with pytest.raises(RefusedError):
            hall.station.act(login, "kiosk_call", row.id, action)
