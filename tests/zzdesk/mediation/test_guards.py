"""The rules of a case that take more than one record, asked as the centre asks them: each with its article (PML)."""

from __future__ import annotations

from typing import Any

import pytest

from zzdesk.mediation.guards import GUARD
from zzdesk.mediation.signing import content_hash, noted, noted_terms
from zzdesk.workflow import Deed, Kin

TOLD = {"notice_at": "2026-11-23T01:00:00.000Z", "notice_signed": True}
SIGNED = {
    "form": "written", "facts": "漏水", "issues": "修复费", "content": "赔偿3200元", "performance": "两次付清",
    "signed_by": ["p1", "p2"], "mediator_signed": True, "sealed": True, "state": "effective",
}  # fmt: skip
PARTIES = (Kin("party", "p1", TOLD), Kin("party", "p2", TOLD))
WITHOUT = {"read_back": True, "unsigned_because": "都签在纸上"}
CLOSED = Kin("session", "s1", {"state": "closed", "present": ["p1", "p2"]} | WITHOUT)
READ = {"state": "closed", "record": "赔偿3200元", "result": "agreed", "signed_by": ["p1"], "recorder_signed": True} | WITHOUT
READ |= {"signed_texts": sorted(noted(READ, ()))}
ALL_SIGNED: dict[str, Any] = {"signed_by": ["p1", "p2"], "mediator_signed": True, "recorder_signed": True}
ALL_SIGNED |= {"signed_texts": sorted(noted(CLOSED.body | ALL_SIGNED, ()))}
NAMED = TOLD | {"name": "王建国"}
EFFECT = Kin("agreement", "a1", SIGNED)
DISPUTE = Kin("dispute", "d1", {"title": "漏水"})
PERFORMED = Kin("performance_line", "l1", {"state": "done", "voided": True}, {"state": "done"})
DAYS = ["mediator:2026-11-19", "p1:2026-11-19", "p2:2026-11-19", "seal:2026-11-20"]
DATED = Kin("agreement", "a1", SIGNED | {"signed_days": DAYS, "effective_at": "2026-11-20T01:00:00.000Z"})
LASTING = (*PARTIES, Kin("agreement", "a1", SIGNED | {"confirm_by": "2026-02-19", "confirm_until": "2026-02-24"}))
ASKED = {"state": "applied", "applicants": ["p1", "p2"], "applied_on": "2026-02-20", "agreement_id": "a1"}


def asked(
    *kin: Kin, past: tuple[Kin, ...] = PARTIES, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
    proven: tuple[str, ...] = ("p1", "p2"), schema: int = 2,
) -> str | None:
    """Ask about a deed; ``proven`` are the parties whose proof of identity is among the files."""
    was = {"state": "mediating", "accepted_on": "2026-11-01", "outcome": "written", "retention": "long"} | (before or {})

    def files(scope: str, record_ids: tuple[str, ...]) -> list[Kin]:
        here = [each for each in record_ids if each in proven and scope == "case:c1"]
        return [Kin("attachment", f"f-{each}", {"record_id": each, "purpose": "identity"}) for each in here]

    now = was | (after or {})
    return GUARD.ask(
        Deed("a", "2026-11-23T01:00:00.000Z", schema, was, now, kin=kin, past=lambda: past, id="c1", files=files)
    )


def changed(kin: Kin, **values: Any) -> Kin:
    return Kin(kin.kind, kin.id, {**kin.body, **values}, kin.was)


@pytest.mark.parametrize(
    ("kin", "past", "code"),
    [
        (CLOSED, PARTIES, None),
        (CLOSED, PARTIES[:1], "one-party"),
        (CLOSED, (PARTIES[0], Kin("party", "p2", {"voided": True} | TOLD)), "one-party"),
        (CLOSED, (PARTIES[0], Kin("party", "p2", {"notice_at": TOLD["notice_at"]})), "party-uninformed"),
        (changed(CLOSED, present=["p1"]), (PARTIES[0], Kin("party", "p2", {})), None),
        (CLOSED, (PARTIES[0], Kin("party", "p2", TOLD | {"notice_signed": False, "note": "拒签，见证人陈某"})), None),
        (changed(CLOSED, invited=["g"]), (*PARTIES, Kin("participant", "g", {"agreed_by": ["p1"]})), "guest-unwelcome"),
        (changed(CLOSED, invited=["g"]), (*PARTIES, Kin("participant", "g", {"agreed_by": ["p1", "p2"]})), None),
        (Kin("session", "s1", READ), PARTIES, None),
        (Kin("session", "s1", READ | {"read_back": None}), PARTIES, "session-unread"),
        (Kin("session", "s1", READ | {"unsigned_because": " "}), PARTIES, "session-unsigned"),
        (changed(CLOSED, unsigned_because=None, **ALL_SIGNED), PARTIES, None),
        (changed(CLOSED, unsigned_because=None, **ALL_SIGNED | {"recorder_signed": None}), PARTIES,
         "record-changed-after-signing"),
        (Kin("session", "s1", READ | {"record": "赔偿3200元，另道歉"}), PARTIES, "record-changed-after-signing"),
        (Kin("session", "s1", READ | {"points": ["rights"]}), PARTIES, "record-changed-after-signing"),
        (Kin("session", "s1", READ | {"signed_by": ["p1", "p2"]}), PARTIES, "record-changed-after-signing"),
        (Kin("session", "s1", READ | {"signed_terms": sorted(noted_terms(READ, ()))}), PARTIES, None),
        (Kin("session", "s1", READ | {"signed_terms": sorted(noted_terms(READ, ())), "place": "会议室"}), PARTIES,
         "record-changed-after-signing"),
        (EFFECT, PARTIES, None),
        (PERFORMED, PARTIES, "line-performed"),
        (changed(PERFORMED, voided=None), PARTIES, None),
        (DATED, PARTIES, None),
        (changed(DATED, effective_at="2026-11-22T01:00:00.000Z"), PARTIES, "effect-misdated"),
        (changed(DATED, effective_at="2026-11-22T01:00:00.000Z", amendment="correction"), PARTIES, None),
        (changed(DATED, signed_days=[*DAYS[:3], "seal:2026-11-24"], effective_at="2026-11-24T01:00:00.000Z"),
         PARTIES, "effect-misdated"),
        # Begun by a program that asks for the days, finished by one that does not.
        (changed(DATED, signed_days=["p1:2026-11-19"], effective_at="2026-11-22T01:00:00.000Z"), PARTIES, None),
        (changed(DATED, signed_days=["p1:2026-10-31", "seal:2026-11-20"]), PARTIES, "signed-before-acceptance"),
        (changed(EFFECT, sealed=None), PARTIES, "agreement-unsealed"),
        (changed(EFFECT, mediator_signed=None), PARTIES, "agreement-unsealed"),
        (changed(EFFECT, performance=None), PARTIES, "agreement-empty"),
        (EFFECT, (*PARTIES, Kin("party", "p3", TOLD)), "agreement-unsigned"),
        (changed(EFFECT, form="oral", signed_by=None, sealed=None, mediator_signed=None, facts=None), PARTIES, None),
        (Kin("party", "p1", NAMED | {"name": "王建"}, NAMED), (*PARTIES, EFFECT), "agreement-in-effect"),
        (Kin("party", "p1", NAMED | {"voided": True}, NAMED), (*PARTIES, EFFECT), "agreement-in-effect"),
        (Kin("party", "p1", NAMED | {"phone": "13805967777"}, NAMED), (*PARTIES, EFFECT), None),
        (Kin("party", "p1", NAMED | {"name": "王建"}, NAMED), (*PARTIES, changed(EFFECT, state="draft")), None),
        (Kin("party", "p3", NAMED | {"voided": True}, NAMED), (*PARTIES, EFFECT), None),
        (Kin("party", "p3", NAMED), (*PARTIES, EFFECT), "agreement-in-effect"),
        (Kin("party", "p3", NAMED, NAMED | {"voided": True}), (*PARTIES, EFFECT), "agreement-in-effect"),
        (Kin("confirmation", "c", {"state": "applied", "applicants": ["p1"]}), PARTIES, "apart"),
        (Kin("confirmation", "c", {"state": "applied", "applicants": ["p1", "p2"]}), PARTIES, None),
        (Kin("confirmation", "c", ASKED | {"applicants": ["p1"]}, ASKED), LASTING, "apart"),
        (Kin("confirmation", "c", ASKED | {"applied_on": "2026-02-25"}, ASKED), LASTING, "applied-late"),
        (Kin("confirmation", "c", ASKED | {"applied_on": "2026-02-24"}, ASKED), LASTING, None),
        (Kin("confirmation", "c", ASKED | {"applied_on": "2026-02-25"}, {"state": "preparing"}), LASTING, "applied-late"),
        (Kin("confirmation", "c", {"state": "dropped", "applied_on": "2026-02-25"}, {"state": "dropped"}), LASTING, None),
    ],
)  # fmt: skip
def test_what_a_record_of_the_file_waits_for(kin: Kin, past: tuple[Kin, ...], code: str | None) -> None:
    """PML articles 20, 23, 24, 28 to 30 and 33."""
    assert asked(kin, past=past) == code


@pytest.mark.parametrize("state", ["refused", "withdrawn", "reached", "archived"])
def test_nobody_mediates_after_a_refusal_or_the_end(state: str) -> None:
    """PML article 17."""
    code = "mediation-refused" if state == "refused" else "mediation-over"
    assert asked(Kin("session", "s", {"state": "open"}), before={"state": state}) == code
    assert asked(Kin("party", "p3", NAMED), before={"state": state}) == code
    assert asked(Kin("revisit", "r", {"state": "planned"}), before={"state": state}) is None


@pytest.mark.parametrize(("state", "code"), [("failed", "mediation-over"), ("refused", "mediation-refused"), ("mediating", None)])
def test_after_the_end_only_an_agreement_in_effect_is_amended(state: str, code: str | None) -> None:
    """Domain rules B1.2."""
    put_into_effect = Kin("agreement", "a1", SIGNED, {**SIGNED, "state": "draft"})
    for kin in (put_into_effect, Kin("agreement", "a1", {"state": "draft"})):
        assert asked(kin, before={"state": state}) == code
        assert asked(changed(kin, amends="a0"), before={"state": state}) is None


def test_a_case_is_reached_with_session_and_agreement_and_fails_with_other_ways_told() -> None:
    """PML articles 26 to 30."""
    def reach(*past: Kin) -> str | None:
        return asked(past=past, after={"state": "reached"})

    assert reach(CLOSED, EFFECT) == "one-party"
    assert reach(*PARTIES, EFFECT) == "session-missing"
    assert reach(*PARTIES, CLOSED) == "agreement-missing"
    assert reach(*PARTIES, CLOSED, EFFECT) is None
    told = Kin("dispute", "d", {"other_ways_told_at": TOLD["notice_at"]})
    assert asked(past=PARTIES, after={"state": "failed"}) == "ways-untold"
    assert asked(past=(*PARTIES, told), after={"state": "failed"}) is None


def test_more_time_takes_everybodys_consent_on_record() -> None:
    longer = {"extended_to": "2027-01-22"}
    half = Kin("extension", "e", {"until": "2027-01-22", "agreed_by": ["p1"]})
    assert asked(after=longer) == "extension-unasked"
    assert asked(half, after=longer) == "extension-unasked"
    assert asked(changed(half, agreed_by=["p1", "p2"]), after=longer) is None
    assert asked(changed(half, agreed_by=["p1", "p2"]), after={"extended_to": "2027-02-22"}) == "extension-unasked"
    assert asked(before={"extended_to": "2027-02-22"}, after=longer) is None, "a void extension gives time back"


@pytest.mark.parametrize("state", ["closed", "archived"])
def test_a_file_is_closed_when_everything_has_an_outcome(state: str) -> None:
    """PML articles 27 and 31."""
    seen = (Kin("performance_line", "l", {"state": "done"}), Kin("revisit", "r", {"state": "skipped"}))
    done = (*PARTIES, DISPUTE, CLOSED, EFFECT, *seen)
    waiting = {"performance_line": "pending", "revisit": "planned", "confirmation": "applied", "session": "open"}
    for kind, waits in waiting.items():
        assert asked(past=(*done, Kin(kind, "w", {"state": waits})), after={"state": state}) == "file-unfinished"
    assert asked(past=done, after={"state": state}) is None


def test_a_case_is_closed_with_everything_that_its_file_needs() -> None:
    """PML article 27: the centre asks what the desk asks."""
    whole = (*PARTIES, CLOSED, EFFECT, Kin("revisit", "r", {"state": "done"}))

    def without(kind: str, *more: Kin) -> str | None:
        return asked(past=(*(kin for kin in whole if kin.kind != kind), *more), after={"state": "closed"})

    assert without("nothing") is None
    assert without("party", PARTIES[0], Kin("party", "p2", {})) == "party-uninformed"
    assert without("session") == "session-missing"
    assert without("agreement") == "agreement-missing"
    assert without("revisit") == "file-unfinished"
    assert without("nothing", Kin("agreement", "a2", {"amends": "a1", "state": "draft"})) == "file-unfinished"
    noted_hash = content_hash(EFFECT.body, {kin.id: kin.body for kin in PARTIES})
    assert without("agreement", changed(EFFECT, content_hash=noted_hash)) is None
    for other in ({"content": "赔偿320元"}, {"signed_by": ["p1"]}):
        assert without("agreement", changed(EFFECT, content_hash=noted_hash, **other)) == "agreement-altered"


def test_a_file_is_archived_with_everything_at_the_centre_as_at_the_desk() -> None:
    """PML article 27; of files the records count, whether their bytes have come or not (domain rules B1.2, row 5)."""
    whole = (*PARTIES, DISPUTE, CLOSED, EFFECT, Kin("revisit", "r", {"state": "done"}))

    def archived(*more: Kin, without: str = "", proven: tuple[str, ...] = ("p1", "p2"), **after: Any) -> str | None:
        past = (*(kin for kin in whole if kin.kind != without), *more)
        return asked(past=past, after={"state": "archived"} | after, proven=proven)

    assert archived() is None
    assert archived(proven=("p1",)) == "party-unproven"
    assert archived(without="dispute") == "file-incomplete"
    assert archived(retention=None) == "file-incomplete"
    assert archived(Kin("party", "p3", TOLD | {"agent_name": "陈"}), proven=("p1", "p2", "p3")) == "file-incomplete"
    assert archived(Kin("investigation", "i", {"state": "open"})) == "file-unfinished"
    ended = {"state": "refused", "outcome": "refused"}
    assert asked(past=(*PARTIES, DISPUTE), before=ended, after={"state": "archived"}, proven=()) == "file-incomplete"
    refusing = (*PARTIES, DISPUTE, Kin("party", "p3", {"consents": False}))
    assert asked(past=refusing, before=ended, after={"state": "archived"}, proven=()) is None, "nobody was mediated"
    assert not GUARD.is_final("party-unproven", 2), "a person decides: a file may have been declared void meanwhile"


def test_when_and_where_a_signed_session_was_is_not_changed_in_it() -> None:
    """PML article 27; taking the signatures back and reading out again lets it be written anew."""
    was = {"state": "open", "place": "茶室", "signed_by": ["p1"]}

    def now(schema: int = 2, **values: Any) -> str | None:
        return asked(Kin("session", "s1", was | values, was), past=PARTIES, schema=schema)

    assert now(place="会议室") == "session-terms-signed"
    assert now(started_at="2026-11-22T07:30:00.000Z") == "session-terms-signed", "who signed saw it empty"
    assert now(1, started_at="2026-11-22T07:30:00.000Z") is None, "older programs took that"
    assert now(mode="room") is None
    assert now(place="会议室", signed_by=[]) is None
    assert asked(Kin("session", "s1", was | {"place": "会议室"}, was | {"signed_by": None}), past=PARTIES) is None


def test_what_others_did_is_put_before_a_person_and_the_rest_refused() -> None:
    assert not GUARD.is_final("mediation-refused", 2)
    assert not GUARD.is_final("agreement-unsigned", 2)  # a party may have been registered meanwhile
    assert GUARD.is_final("agreement-unsealed", 2)
