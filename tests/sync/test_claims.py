"""Claims on real desks against a real centre: an intent until the centre's word, in front of everything, told to all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import SyncClient, sync_once
from sync.server.admin import sweep as by_hand
from tests.sync.offices import trust
from tests.working import register
from tests.zzdesk.conftest import STATION
from zzdesk.actor import account_id
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.accounts import add_account
from zzdesk.desk.claims import claim_news, claim_states, claims_of, note_seen
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.ops.claims import STATE_WORDS
from zzdesk.ops.models import Claim, Outbox
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report
from zzdesk.reports.queries import ReportFilter, detail, list_reports

PASSWORD = "Tea-table 2026 desk"
HOUR = 3600


@pytest.fixture
def lin(new_desk: Callable[[str], Desk]) -> Desk:
    return new_desk("lin")


@pytest.fixture
def chen(new_desk: Callable[[str], Desk]) -> Desk:
    return new_desk("chen")


@pytest.fixture
def report(lin: Desk, chen: Desk) -> str:
    trust(lin, chen)
    made = register(lin)
    sync_once(lin)
    sync_once(chen)
    return made


def state(desk: Desk, report: str) -> str:
    return desk.read(claim_states, "report", [report])[report].state


def holder(desk: Desk, report: str) -> str | None:
    with desk.store.reader() as session:
        return session.get_one(Report, report).claimed_by


def ops(desk: Desk) -> list[Outbox]:
    with desk.store.reader() as session:
        return list(session.scalars(select(Outbox).order_by(Outbox.n)))


def test_an_intent_is_never_won_before_the_centres_word(lin: Desk, chen: Desk, report: str) -> None:
    for desk in (lin, chen):
        assert state(desk, report) == "none"
        desk.write(reports.claim, report)
        assert state(desk, report) == "waiting"
        assert holder(desk, report) is None, "what was asked for is not shown as if it were so"
        shown = desk.read(detail, report)
        assert (shown.claim.state, shown.claim.asked, shown.claim_name) == ("waiting", "claim", None)
        assert shown.row.claim_state == "waiting"
        assert "claimed_by" not in shown.fields
        assert desk.read(list_reports).rows[0].claim_state == "waiting"
    assert sync_once(chen).pending == 0
    assert (state(chen, report), holder(chen, report)) == ("held_by_me", chen.actor.account_id)
    assert state(lin, report) == "waiting", "not known here, so still waiting"
    sync_once(lin)
    assert (state(lin, report), holder(lin, report)) == ("held_by_other", chen.actor.account_id)
    assert lin.read(detail, report).claim_name == "chen"
    assert [row.id for row in chen.read(list_reports, ReportFilter(mine=True)).rows] == [report]
    assert sync_once(lin).pulled == sync_once(lin).pulled == 0


def test_no_word_of_the_desk_speaks_of_winning() -> None:
    assert STATE_WORDS["waiting"] == "待确认"
    forbidden = re.compile("抢单成功|认领成功|抢到|成功认领|已抢")
    for folder in ("zzdesk", "ui", "sync"):
        for path in Path(folder).rglob("*.py"):
            assert not forbidden.search(path.read_text("utf-8")), path


def test_the_loser_is_told_who_and_keeps_the_note_as_supplementary(lin: Desk, chen: Desk, report: str) -> None:
    chen.write(reports.claim, report)
    sync_once(chen)
    lin.write(reports.claim, report, "我在附近，已看过现场")
    sync_once(lin)
    (news,) = lin.read(claim_news).rows
    assert (news.state, news.winner_name, news.record_id, news.by_other) == ("lost", "chen", report, False)
    assert "路灯不亮" in news.title
    (row,) = [row for row in ops(lin) if row.urgent]
    assert (row.state, row.outcome) == ("acked", "lost")
    assert row.problem is not None
    assert row.problem["params"] == {"winner": chen.actor.account_id}
    assert row.receipt
    sync_once(chen)
    for desk in (lin, chen):
        steps = {step.created_by: step for step in desk.read(detail, report).steps}
        mine, theirs = steps[lin.actor.account_id], steps[chen.actor.account_id]
        assert (mine.supplementary, mine.note) == (True, "我在附近，已看过现场")
        assert not theirs.supplementary
    assert {row.state for row in chen.read(claims_of, report)} == {"held", "lost"}
    assert all(row.signed for row in chen.read(claims_of, report))
    with chen.store.writer() as session:
        forged = session.scalars(select(Claim).where(Claim.state == "held")).one()
        session.execute(update(Claim).where(Claim.id == forged.id).values(claimant=lin.actor.account_id))
        session.commit()
    assert {row.state: row.signed for row in chen.read(claims_of, report)} == {"held": False, "lost": True}
    assert news.changed_at is not None
    lin.write(note_seen, news.changed_at)
    assert lin.read(claim_news).rows == ()
    assert chen.read(claim_news).rows == ()


def test_a_claim_goes_in_front_of_everything_alone_and_in_one_request(lin: Desk, report: str) -> None:
    client = SyncClient(lin)
    client.sync()
    for n in range(20):
        register(lin, f"{n}")
    lin.write(reports.claim, report)
    done = client.sync(only_claims=True)
    assert (done.pushed, done.requests, done.pending) == (2, 1, 20)
    assert state(lin, report) == "held_by_me"
    numbers = {row.record_id: row.op_no for row in ops(lin)}
    assert numbers[report] is not None
    assert sum(row.op_no is None for row in ops(lin)) == 20
    assert client.sync(only_claims=True).requests == 0
    rest = client.sync()
    assert (rest.pushed, rest.pending, rest.rejected) == (20, 0, 0)
    assert len({row.op_no for row in ops(lin)}) == len(ops(lin))


def test_a_claim_whose_answer_was_lost_overtakes_nothing_twice(
    lin: Desk, report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has a number below what waits behind it; all of that is still sent, once, and nothing is called a fork."""
    from zzdesk.errors import OfflineError

    register(lin, "以前")
    lin.write(reports.claim, report)
    client = SyncClient(lin)
    client.sync_real = client.wire.call  # type: ignore[attr-defined]

    def lost(*args: Any, **said: Any) -> Any:
        client.sync_real(*args, **said)  # type: ignore[attr-defined]
        raise OfflineError("lost")

    client.token()
    monkeypatch.setattr(client.wire, "call", lost)
    with pytest.raises(OfflineError):
        client.sync(only_claims=True)
    assert state(lin, report) == "waiting"
    monkeypatch.undo()
    register(lin, "以后")
    done = client.sync()
    assert (done.pending, done.rejected, state(lin, report)) == (0, 0, "held_by_me")


def test_a_claim_on_what_the_centre_does_not_know_yet_goes_with_it(lin: Desk) -> None:
    mine = register(lin, "刚登记")
    lin.write(reports.claim, mine)
    client = SyncClient(lin)
    assert client.sync(only_claims=True).requests == 0
    assert client.sync().held == 0
    assert state(lin, mine) == "held_by_me"


def test_a_claim_is_an_operation_of_its_own(lin: Desk, report: str) -> None:
    lin.write(reports.edit, report, {"address": "台湾路"})
    lin.write(reports.claim, report)
    lin.write(reports.edit, report, {"address": "台湾路12号"})
    sets = [sorted(row.body["set"]) for row in ops(lin) if row.verb == "patch" and row.state == "new"]
    assert sets == [["address"], ["claimed_by"], ["address"]]
    SyncClient(lin).sync(only_claims=True)
    assert [sorted(r.body["set"]) for r in ops(lin) if r.verb == "patch" and r.state == "new"] == [["address"], ["address"]]


def test_giving_back_and_taking_an_intent_back(lin: Desk, chen: Desk, report: str) -> None:
    lin.write(reports.claim, report)
    lin.write(reports.release, report, "点错了")
    assert state(lin, report) == "none"
    with pytest.raises(RefusedError, match="不由您承办"):
        lin.write(reports.release, report)
    sync_once(lin)
    assert (state(lin, report), lin.read(claim_news).rows) == ("none", ())
    chen.write(reports.claim, report)
    sync_once(chen)
    chen.write(reports.release, report)
    view = chen.read(claim_states, "report", [report])[report]
    assert (view.state, view.asked) == ("held_by_me", "release")
    sync_once(chen)
    assert state(chen, report) == "none"


def test_what_is_refused_here_is_said_why(lin: Desk, chen: Desk, report: str) -> None:
    lin.write(reports.claim, report)
    with pytest.raises(RefusedError, match="等中心确认"):
        lin.write(reports.claim, report)
    sync_once(lin)
    with pytest.raises(RefusedError, match="由您承办"):
        lin.write(reports.claim, report)
    sync_once(chen)
    with pytest.raises(RefusedError, match="已由别人认领"):
        chen.write(records.act, "report", report, "claim", {})
    other = register(lin)
    lin.write(reports.void, other, "重复")
    with pytest.raises(RefusedError, match="作废"):
        lin.write(reports.claim, other)
    with pytest.raises(RefusedError, match="改派要写明理由"):
        lin.write(records.act, "report", report, "take-over", {"claimed_by": chen.actor.account_id}, "")


def test_a_supervisor_gives_it_to_somebody_else_and_both_are_told(lin: Desk, chen: Desk, report: str) -> None:
    add_account(lin, "wu", "吴", ["grid-worker"], PASSWORD)
    lin.write(reports.claim, report)
    sync_once(lin)
    sync_once(chen)
    wu = account_id(STATION, "wu")
    chen.write(reports.take_over, report, "林志强请假", wu)
    assert state(chen, report) == "held_by_other"
    assert chen.read(claim_states, "report", [report])[report].asked == "take-over"
    sync_once(chen)
    assert holder(chen, report) == wu, "also in the very millisecond of the claim, where nothing else of the record changed"
    sync_once(lin)
    assert holder(lin, report) == wu
    (news,) = lin.read(claim_news).rows
    assert (news.state, news.ended_by_name, news.winner_name, news.reason) == ("taken-over", "chen", "吴", "林志强请假")
    ended, given = chen.read(claims_of, report)
    assert (ended.state, given.state, given.claimant, given.by_other) == ("taken-over", "held", wu, True)


def test_an_operator_may_sweep_beside_the_running_centre(
    lin: Desk, report: str, clock: FixedClock, tmp_path: Path
) -> None:
    lin.write(reports.claim, report)
    sync_once(lin)
    clock.advance(2 * HOUR)
    assert by_hand(tmp_path / "centre", None, clock).expired == 1
    assert by_hand(tmp_path / "centre", None, clock).expired == 0
    sync_once(lin)
    assert state(lin, report) == "none"


def test_a_lease_that_nobody_uses_ends_and_its_holder_is_told(
    lin: Desk, chen: Desk, report: str, clock: FixedClock
) -> None:
    lin.write(reports.claim, report)
    sync_once(lin)
    clock.advance(HOUR)
    lin.write(reports.note, {"report_id": report, "note": "在路上"})
    sync_once(lin)
    clock.advance(HOUR + 60)
    sync_once(chen)
    assert state(chen, report) == "held_by_other", "a note is progress"
    clock.advance(HOUR)
    sync_once(chen)
    assert state(chen, report) == "none"
    sync_once(lin)
    assert state(lin, report) == "none"
    assert [row.state for row in lin.read(claim_news).rows] == ["expired"]
    assert sync_once(lin).pulled == 0
