"""未评价 is a value, and nothing but a citizen's answer is ever written as one (B2.4, D03)."""

from __future__ import annotations

import ast
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import zzdesk
from tests.zzdesk.conftest import Station
from tests.zzdesk.reports.loops import REPORT, go, state, steps
from ui.labels import say_evaluation
from zzdesk.errors import InvalidError, KnownError, RefusedError
from zzdesk.reports import queries
from zzdesk.reports.workflow import BY_REQUEST, EVALUATIONS, TRANSITIONS, UNRATED, UNRATED_DAYS, evaluation_of
from zzdesk.store.engine import raw

DAY = 86_400
FOUND = {"title": "井盖松动", "category": "road", "source": "grid-worker"}


def told(station: Station, result: str = "in-person") -> str:
    report = station.add("lin", "report", REPORT)
    go(station, report, "finish")
    station.act("lin", "report", report, "inform", contact_result=result, contact_at="2026-11-23T00:30:00.000Z")
    return report


def test_closing_waits_for_proof_that_the_citizen_was_told(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    go(station, report, "finish")
    for step in ({}, {"note": "已劝离"}, {"contact_result": "answered"}):
        with pytest.raises(RefusedError, match="contact"):
            station.act("lin", "report", report, "inform", **step)
    assert state(station, report) == "feedback"


def test_a_call_names_the_number_that_was_called(station: Station) -> None:
    nameless = station.add("lin", "report", {"title": "井盖松动", "category": "road", "anonymous": True})
    go(station, nameless, "finish")
    call = {"contact_result": "answered", "contact_at": "2026-11-23T00:30:00.000Z"}
    with pytest.raises(RefusedError, match="号码"):
        station.act("lin", "report", nameless, "inform", **call)
    station.act("lin", "report", nameless, "inform", contact_phone="13905961234", **call)
    report = station.add("lin", "report", REPORT)
    go(station, report, "inform")
    assert steps(station, report)[-1]["contact_phone"].startswith("138")


def test_a_resident_who_is_named_is_called_under_his_own_number(station: Station) -> None:
    person = station.add("lin", "person", {"name": "林秀英", "phone": "13905961234"})
    report = station.add("lin", "report", FOUND | {"source": "counter", "reporter_id": person})
    go(station, report, "inform")
    assert steps(station, report)[-1]["contact_phone"].startswith("139")


def test_who_was_told_has_days_to_answer_before_it_is_called_unrated(station: Station) -> None:
    report = told(station)
    with pytest.raises(RefusedError, match="七天"):
        station.act("lin", "report", report, "close-unrated", "没有回音")
    station.clock.advance(UNRATED_DAYS * DAY - 60)
    with pytest.raises(RefusedError, match="七天"):
        station.act("lin", "report", report, "close-unrated", "没有回音")
    station.clock.advance(60)
    station.act("lin", "report", report, "close-unrated", "没有回音")
    assert station.show("lin", "report", report)["evaluation"] == UNRATED


def test_who_cannot_be_reached_in_three_tries_is_unrated_at_once(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    go(station, report, "finish")
    for day in (20, 21, 22):
        station.act("lin", "report", report, "inform", contact_result="no-answer", contact_at=f"2026-11-{day}T01:00:00.000Z")
    station.act("lin", "report", report, "close-unrated", "三次无人接听")
    assert station.show("lin", "report", report)["evaluation"] == UNRATED


def test_what_an_older_program_closed_without_a_word_is_unrated_too(station: Station) -> None:
    report = station.add("lin", "report", FOUND)
    station.act("lin", "report", report, "close-self", note="盖好了")
    with raw(station["lin"].paths.database, station["lin"].store.key) as connection:
        connection.execute("UPDATE report SET evaluation = NULL")
        connection.commit()
    (row,) = station["lin"].read(queries.by_ids, (report,))
    assert (row.state, row.evaluation) == ("closed", UNRATED)
    assert say_evaluation(None).text == say_evaluation(UNRATED).text == "未评价"
    assert evaluation_of("feedback", None) is None
    assert evaluation_of("archived", "satisfied") == "satisfied"


def test_what_one_found_and_mended_oneself_ends_unrated(station: Station) -> None:
    report = station.add("lin", "report", FOUND)
    with pytest.raises(RefusedError, match="自己发现"):
        station.act("zhuang", "report", report, "close-self", note="盖好了")
    station.act("lin", "report", report, "close-self", note="当场盖好")
    shown = station.show("lin", "report", report)
    assert (shown["state"], shown["evaluation"], shown["closing"]) == ("closed", UNRATED, "done")
    for other in (REPORT, FOUND | {"source": "phone"}, FOUND | {"reporter_phone": "13805961234"}):
        with pytest.raises(RefusedError, match="close-self"):
            station.act("lin", "report", station.add("lin", "report", other), "close-self", note="好了")


@pytest.mark.parametrize("action", [a for a in TRANSITIONS.actions if a not in ("evaluate", "redo", *BY_REQUEST)])
def test_an_answer_is_taken_by_the_steps_that_ask_for_it_and_by_no_other(station: Station, action: str) -> None:
    report = told(station)
    with pytest.raises((RefusedError, InvalidError)):
        station.act("lin", "report", report, action, "理由", answer="satisfied", note="好了")
    with pytest.raises((RefusedError, InvalidError)):
        station.add("lin", "step", {"report_id": report, "note": "居民说好", "answer": "satisfied"})
    with pytest.raises(InvalidError):
        station.edit("lin", "report", report, {"evaluation": "satisfied"})
    assert "evaluation" not in station.show("lin", "report", report)


def test_no_way_round_the_loop_writes_satisfied_without_an_answer(station: Station) -> None:
    """Every action, most often one that leaves the state, with everything filled in but an answer; the seed is fixed."""
    draw, reached = random.Random(3), Counter[str]()
    given = {"note": "好", "handler_unit": "城管中队", "contact_result": "notice-posted"}
    for turn in range(30):
        report = station.add("lin", "report", FOUND if turn % 3 else REPORT)
        for _ in range(16):
            station.clock.advance(4 * DAY)
            ways = [arrow.action for arrow in TRANSITIONS.leaving(state(station, report))]
            anything = [*TRANSITIONS.actions, "joint", "assisted", "void", "unvoid", "claim", "transfer"]
            onward = [action for action in ways if action not in ("return", "refer", *BY_REQUEST)]
            action = draw.choice((onward or ways or anything) if draw.random() < 0.7 else anything)
            more: dict[str, Any] = {"referred_to": "other"} if action == "refer" else {}
            who = draw.choice(["lin", "zhuang"])
            try:
                station.act(who, "report", report, action, "理由", **given, **more)
            except KnownError:
                continue
            reached[state(station, report)] += 1
            shown = station.show("lin", "report", report)
            assert shown.get("evaluation") in (None, UNRATED)
            assert shown["state"] not in ("closed", "archived") or shown["evaluation"] == UNRATED
    assert {"closed", "evaluating", "feedback", "handling"} <= set(reached), reached


def test_one_place_writes_an_evaluation_and_takes_it_out_of_the_step() -> None:
    """Whoever adds another one has to say here where the citizen's answer comes from."""
    root, found = Path(zzdesk.__file__).parent, []
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(t, ast.Attribute) and t.attr == "evaluation" for t in targets):
                assert isinstance(node, ast.Assign)
                found.append((path.relative_to(root).as_posix(), ast.unparse(node.value)))
    assert sorted(found) == [
        ("reports/commands.py", "None"), ("reports/commands.py", "UNRATED"), ("reports/commands.py", "step['answer']"),
    ]  # fmt: skip
    assert UNRATED not in EVALUATIONS
