"""What the centre says in a few words of an edit does here what its whole answer would."""

from __future__ import annotations

from sqlalchemy import select

from tests.zzdesk.ops.conftest import Bench
from tests.zzdesk.ops.test_fold import born, rows
from zzdesk.ops import digest, incoming
from zzdesk.ops.kept import Kept, take_kept
from zzdesk.ops.models import Outbox, Shadow, SyncRecord
from zzdesk.ops.outbox import Answered
from zzdesk.ops.sealing import Batch
from zzdesk.reports import commands, queries


def answer(bench: Bench, batch: Batch, ver: int) -> Answered:
    """Say of every operation that it was applied, and that its record has this version now."""
    edits = [Kept(row, ver, 200 + n, f"sig{n}") for n, row in enumerate(batch.rows)]
    found: Answered = bench.sync(take_kept, edits, batch.hashes)
    return found


def confirmed(bench: Bench, report: str) -> SyncRecord:
    with bench.store.reader() as session:
        return session.scalars(select(SyncRecord).where(SyncRecord.id == report)).one()


def outcomes(bench: Bench, batch: Batch) -> list[tuple[str, str | None, int | None, str | None]]:
    ours = {row.op_id for row in batch.rows}
    return [(r.state, r.outcome, r.acked_seq, r.receipt) for r in rows(bench, Outbox) if r.op_id in ours]


def test_edits_are_confirmed_as_they_stand(bench: Bench) -> None:
    report, other = born(bench), born(bench)
    bench.write(commands.edit, report, {"address": "台湾路"})
    bench.clock.advance(60)
    bench.write(commands.edit, report, {"address": "修文西路", "title": "路灯全不亮"})
    batch = bench.seal()
    answered = answer(bench, batch, 3)
    assert (answered.applied, answered.changed, answered.fetch) == (2, {("report", report)}, ())
    assert outcomes(bench, batch) == [("acked", "applied", 200, "sig0"), ("acked", "applied", 201, "sig1")]
    row = confirmed(bench, report)
    assert (row.ver, row.seq, row.hash) == (3, 201, batch.hashes[batch.rows[1].op_id])
    assert row.stamps["address"] == row.stamps["title"] == batch.rows[1].op_id
    assert rows(bench, Shadow) == []
    assert bench.sync(digest.rebuild) is False, "the digests followed"
    assert bench.sync(digest.damaged, ("", ""))[0] == []
    assert (answer(bench, batch, 3).applied, confirmed(bench, other).ver) == (0, 1), "the same answer again"


def test_what_is_edited_meanwhile_goes_on_waiting_over_what_is_confirmed(bench: Bench) -> None:
    report = born(bench)
    bench.write(commands.edit, report, {"address": "台湾路"})
    batch = bench.seal()
    bench.clock.advance(60)
    bench.write(commands.edit, report, {"title": "路灯全不亮"})
    answer(bench, batch, 2)
    assert rows(bench, Shadow)[0].body["address"] == "台湾路"
    assert rows(bench, Shadow)[0].body["title"] == "路灯不亮"
    assert bench.read(queries.detail, report).row.title == "路灯全不亮"
    assert confirmed(bench, report).stamps["address"] == batch.rows[0].op_id
    (waits,) = bench.seal().rows
    assert waits.op_id not in {row.op_id for row in batch.rows}
    assert bench.sync(digest.rebuild) is False


def test_where_somebody_else_had_a_hand_in_it_the_record_is_asked_for(bench: Bench) -> None:
    report = born(bench)
    bench.write(commands.edit, report, {"address": "台湾路"})
    batch = bench.seal()
    assert answer(bench, batch, 4).fetch == (("report", report),)
    assert outcomes(bench, batch) == [("acked", "applied", 200, "sig0")]
    assert (confirmed(bench, report).ver, bench.sync(incoming.wanted, 10)) == (1, [("report", report)])
    assert bench.read(queries.detail, report).fields["address"] == "台湾路"
