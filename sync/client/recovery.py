"""What a round does about a fork of this desk and about a restore of the centre: it heals them and goes on.

A fork is another copy of this database that went on numbering under the same name (a cloned disk, a database put back):
hazards 24 and 25.  A restore shows as a new epoch: hazard 22.  Neither loses or doubles anything, since an operation is
known by its id, whatever number it travels under.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import msgspec
from sqlalchemy.orm import Session

from sync.client.transport import ProblemError
from sync.comparing import SalvageAnswer, SalvageRecord, SalvageRequest
from sync.protocol import OldReceipt
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.ops import epochs, incoming, journal, outbox, state, twins
from zzdesk.store import audit, machine
from zzdesk.typed import convert

FORKED: Final = "replica-forked"
REUSED: Final = twins.REUSED
NEW_EPOCH: Final = "epoch-changed"
SCOPE_DENIED: Final = "scope-denied"
_HEALINGS: Final = 3
"""How often one round may start afresh."""

FORK_HEALED: Final = N_("发现本机数据库有另一份副本在用，本机的操作已重新编号，内容没有丢失也没有重复。请只留用一份。")
TOLD_APART: Final = N_(
    "本机数据库有另一份副本在用，同一项还没送出的内容两边接着写得不一样，两份都已保留；有出入的地方请到“冲突”里决定。"
)
CENTRE_RESTORED: Final = N_("中心从备份恢复过，本机保留的内容已重新送交，请稍候再看结果。")
LOST_AT_CENTRE: Final = N_("有些记录中心恢复后没有了，本机的内容已送交中心，等人核对。")

ANOTHER_MACHINE: Final = N_(
    "这台电脑不是登记时的那一台（数据可能是整个复制过来的），什么都没有送出。请向中心要新的接入码，在这台电脑上重新登记"
)
_MACHINE: Final = "machine"

Call = Callable[[str, Callable[[str], msgspec.Struct], type[Any]], Any]


class NewEpochError(ProblemError):
    """Hello named an epoch that this desk does not know."""

    def __init__(self, epoch: str) -> None:
        super().__init__(NEW_EPOCH, 409, {}, None)
        self.epoch = epoch


def note_machine(session: Session) -> None:
    """Note on which machine this desk is enrolled."""
    audit.set_local_value(session, _MACHINE, machine.fingerprint() or "")


def refuse_another_machine(desk: Desk) -> None:
    """Check that this is the machine on which the desk was enrolled (hazard 25); one enrolled earlier is noted now.

    Raises:
        RefusedError: it is another one: it has to be enrolled as a device of its own.
    """
    here = machine.fingerprint()
    with desk.store.reader() as session:
        known = audit.local_value(session, _MACHINE)
    if here is None or known == here:
        return
    if known:
        raise RefusedError(ANOTHER_MACHINE)
    with desk.store.writer() as session:
        note_machine(session)
        session.commit()


def until_healed(desk: Desk, round_: Callable[[], None], tell: Callable[[str | None], None]) -> None:
    """Run a round, afresh after each thing that can be healed here; ``tell`` gets what the person should know."""
    left = _HEALINGS
    while left:
        try:
            round_()
            return
        except ProblemError as problem:
            tell(heal(desk, problem))
            left -= problem.problem != REUSED  # of those fewer are left each time
    round_()


def heal(desk: Desk, problem: ProblemError) -> str | None:
    """Do what a refusal asks for; return what to tell the person, None where a new hello has to say more first.

    Raises:
        ProblemError: the same again, where nothing here can help. RefusedError: see ``epochs.begin_epoch``.
    """
    if problem.problem == FORKED:
        with desk.store.writer() as session:
            before = state.get_state(session).replica_id
            outbox.become_new_replica(session, desk.clock)
            after = state.get_state(session).replica_id
            audit.append(session, desk.clock, desk.actor, "sync.forked", before=before, after=after)
            session.commit()
        return FORK_HEALED
    if isinstance(problem, NewEpochError):
        with desk.store.writer() as session:
            again = epochs.begin_epoch(session, desk.clock, problem.epoch)
            audit.append(session, desk.clock, desk.actor, "sync.epoch", epoch=problem.epoch, again=again)
            session.commit()
        return CENTRE_RESTORED
    if problem.problem in (NEW_EPOCH, SCOPE_DENIED):  # what was sent may have ended what the greeting had promised
        return None
    if problem.problem == REUSED and _told_apart(desk, problem.details.get("op_ids") or [problem.details.get("op_id")]):
        return TOLD_APART
    raise problem


def _told_apart(desk: Desk, op_ids: list[str]) -> int:
    with desk.store.writer() as session:
        count = twins.tell_apart(session, desk.clock, op_ids)
        outbox.become_new_replica(session, desk.clock)  # it is a fork, though no number has met another yet
        journal.next_number(session)
        audit.append(session, desk.clock, desk.actor, "sync.told-apart", ops=count)
        session.commit()
    desk.settle_journal()
    return count


def old_receipts(session: Session, op_ids: list[str]) -> dict[str, OldReceipt]:
    """Return the receipts of an earlier epoch that go with these operations."""
    found = epochs.receipts_for(session, op_ids) if op_ids else {}
    return {op_id: convert(receipt, OldReceipt) for op_id, receipt in found.items()}


def salvage(desk: Desk, call: Call, replica: str, epoch: str, scopes: set[str], recovering: bool) -> str | None:
    """Hand what the centre lost to people there, once everybody had the time to send again what explains it.

    Every scope has been read to its end.  Returns what to tell the person, if anything.
    """
    with desk.store.reader() as session:
        if recovering or not epochs.is_salvaging(session):
            return None
    told = None
    while True:
        with desk.store.reader() as session:
            lost = epochs.lost_records(session, scopes)
        records = [convert(record, SalvageRecord) for record in lost]
        if not records:
            break
        message = partial(SalvageRequest, replica, epoch, records=records)
        answer: SalvageAnswer = call("/v1/salvage", message, SalvageAnswer)
        elsewhere = [(kind, record_id) for kind, record_id in answer.elsewhere]
        told = LOST_AT_CENTRE if len(elsewhere) < len(records) else told
        with desk.store.writer() as session:
            epochs.handed_over(session, [(record.kind, record.id) for record in records], elsewhere)
            incoming.want(session, elsewhere)
            session.commit()
    with desk.store.writer() as session:
        epochs.salvaged(session, scopes)
        session.commit()
    return told
