"""What the centre refuses whatever a desk's program says: closed months and the subsidy, as deeds (B1.6, B1.8)."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from zzdesk.documents.figures import Month
from zzdesk.mediation import subsidy
from zzdesk.mediation.statistics import Fact
from zzdesk.mediation.statistics_close import close_id, write
from zzdesk.mediation.statistics_guards import CLOSE_GUARD
from zzdesk.workflow import Deed, Kin, awaited

STATION, MONTH = "350602002004", Month(2026, 3)
TEXT = write(STATION, "closing", MONTH, [Fact("a", "contract", "guided", "oral", True, None, "", 0)], (), ())
CLOSE = {"station": STATION, "basis": "closing", "month": "2026-03", "record": TEXT}
CLOSE_ID = close_id(STATION, "closing", "2026-03")
APRIL = "2026-04-01T00:00:00.000Z"


def deed(after: dict[str, Any], before: dict[str, Any] | None = None, at: str = APRIL, actor: str = "wu", **more: Any) -> Deed:
    edits = {n: ((before or {}).get(n), v) for n, v in after.items() if before is not None and before.get(n) != v}
    return Deed(actor, at, 2, before, after, edits, **more)


@pytest.mark.parametrize(("changes", "at", "code"), [
    ({}, APRIL, None),
    ({}, "2026-03-31T15:59:59.000Z", "month-not-over"),
    ({"month": "2026-04"}, APRIL, "month-misshapen"),
    ({"record": TEXT.replace("=total 1", "=total 2")}, APRIL, "month-misshapen"),
    ({"record": "2026-03：1件"}, APRIL, "month-misshapen"),
])  # fmt: skip
def test_a_closed_month_is_whole_and_over(changes: dict[str, Any], at: str, code: str | None) -> None:
    assert CLOSE_GUARD.ask(deed(CLOSE | changes, at=at, id=CLOSE_ID)) == code


@pytest.mark.parametrize(("was", "now"), [
    ("=success 1", "=success 0"), ("=success 1", "=success one"), ("#a|contract", "#a"), ("#a|contract", "~2026-03?#a"),
    ("#a|contract", "~"), ("zzdesk-month/1", "zzdesk-month/9"),
])  # fmt: skip
def test_what_was_forged_with_a_hash_of_its_own_is_no_closed_month(was: str, now: str) -> None:
    body = TEXT.rpartition("\n")[0].replace(was, now)
    forged = f"{body}\nsha256 {hashlib.sha256(body.encode()).hexdigest()}"
    assert CLOSE_GUARD.ask(deed(CLOSE | {"record": forged}, id=CLOSE_ID)) == "month-misshapen"


def test_months_are_closed_in_their_order_wherever_they_come_from() -> None:
    """The desk refuses it at once; at the centre another desk may have closed the later month meanwhile: a person looks at it."""
    may = close_id(STATION, "closing", "2026-05")
    later: Any = lambda voided: lambda _, ids: {each: {"voided": voided} for each in ids if each == may}  # noqa: E731
    june = "2026-06-01T00:00:00.000Z"
    ask: Any = lambda **more: CLOSE_GUARD.ask(deed(CLOSE, id=CLOSE_ID, **more))  # noqa: E731
    assert ask(at=june, others=later(None)) == "month-out-of-order"
    assert ask(at=june, others=later(True)) is None
    assert ask(at=APRIL, others=later(None)) is None, "what lies ahead of the day it was closed on cannot be closed"
    assert not CLOSE_GUARD.is_final("month-out-of-order", 2)


def test_nobody_writes_a_closed_month_again_and_who_decides_chooses_a_whole_one() -> None:
    other = write(STATION, "closing", MONTH, (), (), ())
    assert CLOSE_GUARD.ask(deed(CLOSE | {"record": other}, CLOSE, id=CLOSE_ID)) == "month-closed"
    assert CLOSE_GUARD.ask(deed(CLOSE | {"record": other}, CLOSE, id=CLOSE_ID, decided=True)) is None
    assert CLOSE_GUARD.ask(deed(CLOSE | {"record": "x"}, CLOSE, id=CLOSE_ID, decided=True)) == "month-misshapen"


CASE = {"state": "archived", "outcome": "oral", "mediators": ["chen"], "closed_on": "2026-03-10"}
RULE = {"level": "normal", "form": "oral", "amount": "80.00", "station": STATION, "from_day": "2026-01-01"}
SHEET = {"station": STATION, "month": "2026-03", "mediator_id": "chen", "state": "draft", "created_by": "wu"}
ITEM = {
    "case_id": "c", "subsidy_sheet_id": "s", "level": "normal", "form": "oral", "amount": "80.00", "rule_id": "r",
    "created_by": "wu",
}  # fmt: skip

SUBMITTED = SHEET | {"state": "submitted", "drawn_by": "zheng", "total": "80.00"}
APPROVED = SUBMITTED | {"state": "approved", "approved_by": "lin"}


def others(**changes: dict[str, Any]) -> Any:
    known = {"case": CASE, "subsidy_sheet": SHEET, "subsidy_rule": RULE}
    return lambda kind, _: None if changes.get(kind, {}) is None else known[kind] | changes.get(kind, {})


@pytest.mark.parametrize(("changes", "code"), [
    ({}, None),
    ({"case": {"state": "closed"}}, "case-not-archived"),
    ({"case": {"outcome": "failed"}}, "case-not-archived"),
    ({"case": {"mediators": ["wu"]}}, "not-its-mediator"),
    ({"subsidy_sheet": {"state": "submitted"}}, "sheet-closed"),
    ({"subsidy_rule": {"amount": "81.00"}}, "amount-not-by-rule"),
    ({"subsidy_rule": {"voided": True}}, "amount-not-by-rule"),
    ({"subsidy_rule": {"from_day": "2026-03-10"}}, None),
    ({"subsidy_rule": {"from_day": "2026-03-11"}}, "amount-not-by-rule"),
    ({"case": {"voided": True}}, "case-not-archived"),
    ({"case": {"closed_on": None}}, "case-not-archived"),
])  # fmt: skip
def test_what_is_paid_is_archived_by_its_mediator_and_by_the_rule(changes: dict[str, Any], code: str | None) -> None:
    """Asked when a payment is put on a sheet, and of each one again when the sheet is submitted and approved."""
    other = others(**changes)
    assert subsidy.ITEM_GUARD.ask(deed(ITEM, id=subsidy.item_id("c"), other=other)) == code
    steps: Any = {"id": "s", "past": lambda: [Kin("subsidy_item", "i", ITEM)], "other": other}
    wanted = None if code == "sheet-closed" else code
    assert subsidy.SHEET_GUARD.ask(deed(SUBMITTED, SHEET, actor="zheng", **steps)) == wanted
    assert subsidy.SHEET_GUARD.ask(deed(APPROVED, SUBMITTED, actor="lin", **steps)) == wanted


@pytest.mark.parametrize(("from_day", "voided", "code"), [
    ("2026-03-10", None, "amount-not-by-rule"), ("2026-01-02", None, "amount-not-by-rule"), ("2026-03-10", True, None),
    ("2026-03-11", None, None), ("2025-12-31", None, None),
])  # fmt: skip
def test_a_rule_holds_until_another_one_begins(from_day: str, voided: bool | None, code: str | None) -> None:
    newer = subsidy.rule_id(STATION, "normal", "oral", from_day)
    there = {newer: RULE | {"from_day": from_day, "amount": "90.00", "voided": voided}}
    asked: Any = lambda _, ids: {each: there[each] for each in ids if each in there}  # noqa: E731
    assert subsidy.ITEM_GUARD.ask(deed(ITEM, id=subsidy.item_id("c"), other=others(), others=asked)) == code


def test_a_payment_is_one_for_its_case_and_stays_on_a_sheet_that_left_the_draft() -> None:
    ask = subsidy.ITEM_GUARD.ask
    assert ask(deed(ITEM, id="another")) == "item-misshapen"
    assert awaited(ask(deed(ITEM, id=subsidy.item_id("c"), other=others(case=None))) or "") == "case/c"
    approved = others(subsidy_sheet={"state": "approved"})
    assert ask(deed(ITEM | {"subsidy_sheet_id": "t"}, ITEM, other=approved)) == "sheet-closed"
    assert ask(deed(ITEM | {"subsidy_sheet_id": None}, ITEM, other=approved)) == "sheet-closed"
    assert ask(deed(ITEM | {"subsidy_sheet_id": "t"}, ITEM, other=approved, decided=True)) == "sheet-closed"
    assert ask(deed(ITEM, ITEM, other=approved, decided=True)) is None, "who decides for what stands changes nothing"


@pytest.mark.parametrize(("actor", "items", "code"), [
    ("lin", [ITEM], None),
    ("lin", [ITEM | {"created_by": "lin"}], "own-sheet"),
    ("lin", [], "sheet-changed"),
    ("lin", [ITEM | {"subsidy_sheet_id": "t"}], "sheet-changed"),
    ("chen", [ITEM], "own-sheet"),
    ("zheng", [ITEM], "own-sheet"),
    ("wu", [ITEM], "own-sheet"),
])  # fmt: skip
def test_another_person_approves_what_adds_up(actor: str, items: list[dict[str, Any]], code: str | None) -> None:
    past = [Kin("subsidy_item", f"i{at}", item) for at, item in enumerate(items)]
    after = APPROVED | {"approved_by": actor}
    assert subsidy.SHEET_GUARD.ask(deed(after, SUBMITTED, actor=actor, id="s", past=lambda: past, other=others())) == code


def test_a_sheet_begins_as_a_draft_and_nobody_signs_for_another() -> None:
    ask = subsidy.SHEET_GUARD.ask
    own = subsidy.sheet_id(STATION, "2026-03", "chen")
    assert ask(deed(SHEET, id=own)) is None
    assert ask(deed(SHEET, id="another")) == "sheet-misshapen"
    assert ask(deed(SHEET | {"state": "approved"}, id=own)) == "sheet-misshapen"
    assert ask(deed(APPROVED, SUBMITTED, actor="zhuang", id="s")) == "drawn-by-another"
    assert ask(deed(SHEET | {"drawn_by": "lin"}, SHEET, actor="lin", id="s")) == "drawn-by-another"


def test_a_rule_is_fixed() -> None:
    ask = subsidy.RULE_GUARD.ask
    own = subsidy.rule_id(STATION, "normal", "oral", "2026-01-01")
    assert ask(deed(RULE, id=own)) is None
    assert ask(deed(RULE | {"amount": "-1.00"}, id=own)) == "rule-misshapen"
    assert ask(deed(RULE | {"level": "hard"}, id=own)) == "rule-misshapen"
    assert ask(deed(RULE | {"amount": "800.00"}, RULE, id=own)) == "rule-fixed"
