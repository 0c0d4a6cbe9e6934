"""Numbers that the centre leases and gives, and residents whom two desks recorded at once (hazard 14), on both databases."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from sync.modes import READ_ONLY
from sync.server import numbering
from sync.server.run import ServerThread
from sync.server.tables import meta, natural_key, number_block, number_series
from tests.sync.server.wire import OTHER_STATION, STATION, WireDesk, new_id, problem, rows
from zzdesk.clock import FixedClock, to_iso

SERIES = "册2026"
Block = dict[str, Any]
ID_NUMBER = "350602194903070020"


def ask(desk: WireDesk, next_: int = 0, series: str = SERIES, scope: str = STATION) -> list[Block]:
    """Greet and ask for numbers; return the blocks that came."""
    numbers = [{"series": series, "scope": scope, "next": next_}]
    answer = desk.call(
        "hello", replica=desk.replica, epoch=desk.epoch, app="1.0", schema=1, cursors={}, numbers=numbers
    )  # fmt: skip
    return list(answer["number_blocks"])


def spans(blocks: list[Block]) -> list[tuple[int, int]]:
    return [(block["lo"], block["hi"]) for block in blocks]


def number(n: int, scope: str = STATION) -> str:
    return f"{SERIES}-{scope}-{n:04d}"


def record(desk: WireDesk, op: dict[str, Any]) -> dict[str, Any]:
    (found,) = desk.fetch((op["kind"], op["id"]))
    return dict(found["body"])


@pytest.fixture
def anna(new_desk: Callable[..., WireDesk]) -> WireDesk:
    desk = new_desk()
    desk.introduce()
    return desk


@pytest.fixture
def bo(new_desk: Callable[..., WireDesk]) -> WireDesk:
    desk = new_desk()
    desk.introduce()
    return desk


def test_desks_are_leased_blocks_that_do_not_overlap(anna: WireDesk, bo: WireDesk) -> None:
    assert spans(ask(anna)) == [(1, 20)]
    assert spans(ask(bo)) == [(21, 40)]
    assert spans(ask(anna)) == [(1, 20)]  # the answer was lost: the same again
    assert spans(ask(anna, 16)) == [(1, 20)]
    assert spans(ask(anna, 17)) == [(1, 20), (41, 60)]  # four are left
    assert spans(ask(anna, 21)) == [(41, 60)]


def test_no_two_desks_that_ask_at_once_get_one_number(new_desk: Callable[..., WireDesk]) -> None:
    desks = [new_desk() for _ in range(6)]
    for desk in desks:
        desk.introduce()
    with ThreadPoolExecutor(6) as pool:
        found = [span for blocks in pool.map(ask, desks) for span in spans(blocks)]
    assert sorted(found) == [(1 + 20 * n, 20 + 20 * n) for n in range(6)]


def test_a_block_is_for_one_life_of_a_desk_and_for_a_time(anna: WireDesk, clock: FixedClock) -> None:
    assert spans(ask(anna)) == [(1, 20)]
    anna.replica = f"r-{new_id()}"  # a copy of its database was found: it goes on under another name
    assert spans(ask(anna)) == [(21, 40)]
    clock.advance(timedelta(days=121).total_seconds())
    anna.log_in()
    assert spans(ask(anna, series="册2027")) == [(1, 20)]


@pytest.mark.parametrize(
    ("series", "scope"), [("杂2026", STATION), ("册2031", STATION), (SERIES, OTHER_STATION), (SERIES, "350602")]
)
def test_numbers_are_for_series_that_there_are_and_for_scopes_where_one_may_write(
    anna: WireDesk, server: ServerThread, series: str, scope: str
) -> None:
    assert ask(anna, series=series, scope=scope) == []
    assert rows(server, number_series) == []


@pytest.mark.parametrize("said", [2**53 - 1, 22])
def test_a_desk_that_names_a_number_nobody_was_given_uses_none_up(anna: WireDesk, server: ServerThread, said: int) -> None:
    assert spans(ask(anna)) == [(1, 20)]
    for _ in range(3):
        assert spans(ask(anna, said)) == [(1, 20)]
    assert [row.next for row in rows(server, number_series)] == [21]


def test_a_desk_that_says_each_time_that_all_are_used_up_is_leased_so_many_a_day(
    anna: WireDesk, server: ServerThread, clock: FixedClock
) -> None:
    following = 0
    for _ in range(numbering.BLOCKS_A_DAY + 3):
        following = max([hi + 1 for _, hi in spans(ask(anna, following))], default=following)
    assert len(rows(server, number_block)) == numbering.BLOCKS_A_DAY
    clock.advance(timedelta(days=1, minutes=1).total_seconds())
    anna.log_in()
    assert spans(ask(anna, following)) == [(following, following + 19)]


def test_a_centre_that_is_only_read_leases_nothing_new(anna: WireDesk, bo: WireDesk, server: ServerThread) -> None:
    ask(anna)
    with server.centre.database.writing() as connection:
        connection.execute(update(meta).values(mode=READ_ONLY))
    assert spans(ask(anna, 17)) == [(1, 20)]
    assert ask(bo) == []
    assert [row.next for row in rows(server, number_series)] == [21]


def test_a_desk_that_does_not_ask_gets_none(anna: WireDesk, server: ServerThread) -> None:
    assert anna.hello()["number_blocks"] == []
    assert rows(server, number_block) == []


def test_a_number_out_of_ones_own_block_stands(anna: WireDesk) -> None:
    ask(anna)
    made = anna.create("dossier", number=number(3))
    assert anna.push_one(made)["outcome"] == "applied"
    assert record(anna, made)["number"] == number(3)


def test_what_comes_without_a_number_gets_one_and_keeps_its_alias(anna: WireDesk) -> None:
    first, second = (anna.create("dossier", alias=f"临-{n}") for n in range(2))
    result = anna.push_one(first)
    assert (result["outcome"], result["record"]["body"]["number"]) == ("applied", number(1))
    anna.push(first, second)
    assert record(anna, first) == record(anna, first) | {"number": number(1), "alias": "临-0"}
    assert record(anna, second)["number"] == number(2)
    assert spans(ask(anna)) == [(3, 22)]


@pytest.mark.parametrize("wrong", ["another desk's", "taken", "never given", "another station's", "another kind's", "no number"])
def test_a_number_that_is_not_ones_own_becomes_the_alias_of_a_new_one(
    anna: WireDesk, bo: WireDesk, server: ServerThread, wrong: str
) -> None:
    ask(anna)
    ask(bo)
    anna.push_one(anna.create("dossier", number=number(1)))
    with server.centre.database.writing() as connection:
        connection.execute(number_series.insert(), {"series": "杂2026", "scope_id": STATION, "next": 21})
    told = {
        "another desk's": number(25), "taken": number(1), "never given": number(900),
        "another station's": number(2, OTHER_STATION),
        "another kind's": number(2).replace("册", "杂"), "no number": "册2026-x",
    }[wrong]  # fmt: skip
    made = anna.create("dossier", number=told)
    assert anna.push_one(made)["outcome"] == "applied"
    assert record(anna, made) == record(anna, made) | {"number": number(41), "alias": told}


def test_two_of_one_batch_with_one_number_do_not_both_keep_it(anna: WireDesk) -> None:
    ask(anna)
    one, two = (anna.create("dossier", number=number(1)) for _ in range(2))
    anna.push(one, two)
    assert [record(anna, op)["number"] for op in (one, two)] == [number(1), number(21)]
    assert record(anna, two)["alias"] == number(1)


def test_what_lay_there_without_a_number_gets_one_with_the_next_edit(anna: WireDesk, server: ServerThread) -> None:
    made = anna.create("dossier", title="旧册")
    anna.push_one(made)
    with server.centre.database.writing() as connection:  # as an earlier release left it
        connection.exec_driver_sql(
            "UPDATE record SET body = '{\"title\": \"旧册\"}' WHERE kind = 'dossier'"
        )  # fmt: skip
        connection.execute(natural_key.delete())
    edited = anna.patch("dossier", made["id"], title={"to": "新册", "was": "旧册", "saw": made["op_id"]})
    assert anna.push_one(edited)["outcome"] == "applied"
    (found,) = anna.fetch(("dossier", made["id"]))
    assert found["body"] == {"title": "新册", "number": number(2)}
    assert found["stamps"]["number"] == edited["op_id"]


def test_an_edit_of_a_number_is_refused(anna: WireDesk) -> None:
    made = anna.create("dossier")
    anna.push_one(made)
    edited = anna.patch("dossier", made["id"], number={"to": number(7), "was": number(1), "saw": made["op_id"]})
    assert problem(anna.push_one(edited)) == "/p/write-once"


def test_after_a_restore_numbers_that_may_be_on_paper_are_left_out(anna: WireDesk, server: ServerThread) -> None:
    ask(anna)
    with server.centre.database.writing() as connection:
        numbering.skip(connection)
    made = anna.create("dossier")
    anna.push_one(made)
    assert record(anna, made)["number"] == number(21 + numbering.SKIPPED)
    lost = anna.create("dossier", number=number(700))  # of a block that was leased after the backup
    anna.push_one(lost)
    assert record(anna, lost)["number"] == number(700)


def restored(server: ServerThread, clock: FixedClock, times: int = 1) -> None:
    """Note what a restore notes: the epochs that led here, and when the last one began."""
    with server.centre.database.writing() as connection:
        now = connection.execute(meta.select()).one()
        past = [[f"e-before-{n}", 5] for n in range(times)]
        lineage = json.dumps([*past, [now.epoch, None]])
        connection.execute(update(meta).values(lineage=lineage, recovery_since=to_iso(clock.now())))


@pytest.mark.parametrize("times", [1, 2])
def test_a_series_that_the_backup_does_not_know_leaves_out_what_may_be_on_paper(
    anna: WireDesk, server: ServerThread, clock: FixedClock, times: int
) -> None:
    restored(server, clock, times)
    lost = anna.create("dossier", number=number(7))  # of a block that was leased after the backup
    anna.push_one(lost)
    assert record(anna, lost)["number"] == number(7)
    begin = 1 + times * numbering.SKIPPED
    assert spans(ask(anna, 8)) == [(begin, begin + 19)]
    made = anna.create("dossier")
    anna.push_one(made)
    assert record(anna, made)["number"] == number(begin + 20)


def test_a_series_of_a_year_that_came_after_the_restore_begins_at_one(
    anna: WireDesk, server: ServerThread, clock: FixedClock
) -> None:
    restored(server, clock)
    clock.advance(timedelta(days=366).total_seconds())
    anna.log_in()
    assert spans(ask(anna, series="册2027")) == [(1, 20)]


# ---- residents whom two desks recorded ------------------------------------------------------------------------------


def soul(desk: WireDesk, **more: Any) -> dict[str, Any]:
    made = desk.create("soul", **({"name": "林秀英", "identity_number": ID_NUMBER} | more))
    assert desk.push_one(made)["outcome"] == "applied"
    return made


def questions(desk: WireDesk) -> list[dict[str, Any]]:
    put = [row["rec"] for row in desk.pull_all() if row["what"] == "put"]
    return [{"id": rec["id"], **rec["body"]} for rec in put if rec["kind"] == "conflict"]


def test_one_resident_recorded_at_two_desks_is_brought_before_a_person(anna: WireDesk, bo: WireDesk) -> None:
    first = soul(anna)
    second = soul(bo, name="林秀瑛")
    (asked,) = questions(anna)
    assert (asked["record_id"], asked["field"], asked["policy"]) == (second["id"], "duplicate_of", "duplicate")
    assert [each.get("value") for each in asked["candidates"]] == [None, first["id"]]
    assert (asked["owner"], asked["state"]) == (bo.user, "open")
    assert asked["due"] > asked["created_at"]
    assert {record(anna, op)["identity_number"] for op in (first, second)} == {ID_NUMBER}  # both rows live


def test_two_of_one_batch_and_a_number_typed_later_are_found_too(anna: WireDesk) -> None:
    one, two = (anna.create("soul", name=name, identity_number=ID_NUMBER) for name in ("甲", "乙"))
    anna.push(one, two)
    assert [each["record_id"] for each in questions(anna)] == [two["id"]]
    three = anna.create("soul", name="丙")
    anna.push_one(three)
    later = anna.patch("soul", three["id"], identity_number={"to": ID_NUMBER, "was": None, "saw": three["op_id"]})
    anna.push_one(later)
    assert {each["record_id"] for each in questions(anna)} == {two["id"], three["id"]}


def test_what_was_decided_is_not_asked_again(anna: WireDesk, bo: WireDesk) -> None:
    first, second = soul(anna), soul(bo)
    (asked,) = questions(bo)
    merged = {"duplicate_of": {"to": first["id"], "was": None, "saw": second["op_id"]}}
    decided = bo.op("soul", second["id"], "resolve", set=merged, conflicts=[asked["id"]], reason="同一人", saw={})
    assert bo.push_one(decided)["outcome"] == "applied"
    assert record(bo, second)["duplicate_of"] == first["id"]
    assert [each["state"] for each in questions(bo)] == ["resolved"]
    undone = bo.patch("soul", second["id"], duplicate_of={"to": None, "was": first["id"], "saw": decided["op_id"]})
    undone |= {"conflicts": [asked["id"]], "reason": "看错了"}
    assert bo.push_one(undone)["outcome"] == "applied"
    assert [each["state"] for each in questions(bo)] == ["open"]


def test_void_records_and_other_people_are_nobodys_duplicates(anna: WireDesk) -> None:
    gone = soul(anna)
    anna.push_one(anna.op("soul", gone["id"], "void", saw={"*": gone["op_id"]}, reason="录错了"))
    soul(anna)
    soul(anna, identity_number="350602198001010011")
    assert questions(anna) == []


def test_the_index_holds_no_identity_number_and_follows_the_records(anna: WireDesk, server: ServerThread) -> None:
    made = soul(anna)
    (row,) = rows(server, natural_key)
    assert re.fullmatch(r"[0-9a-f]{64}", row.fingerprint)
    anna.push_one(
        anna.patch("soul", made["id"], identity_number={"to": None, "was": ID_NUMBER, "saw": made["op_id"]})
    )  # fmt: skip
    assert rows(server, natural_key) == []
