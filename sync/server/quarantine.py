"""What waits for a supervisor: work that was allowed when it was done and is not now, or that came from a device in escrow.

A release lets the operations be judged again on the supervisor's authority; their author stays their author, and who
let them through is kept beside them.  Either way the desk that made them learns of it when it asks (``hello.asks``).
Nobody releases their own work (four eyes) but who is the only one there with the right, and that is written down; everybody
may withdraw their own: it stays with its author, readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, select

from sync.merge import Outcome
from sync.modes import NORMAL
from sync.problems import PREFIX
from sync.protocol import Op, Problem
from sync.server import ledger, scopes
from sync.server.accounts import accounts, caller_for, is_stopped
from sync.server.centre import Centre
from sync.server.faults import report
from sync.server.held import logged_item, release
from sync.server.judge import FaultError, judge_group
from sync.server.returning import Returning
from sync.server.scopes import Ceiling, roles_of
from sync.server.stage import Item, Settled, Stage
from sync.server.tables import decision, grant_history, op_log, record
from zzdesk.accounts.rights import allowed
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_, translate

RIGHT: Final = "quarantine.decide"
RELEASE: Final = "release"
REJECT: Final = "reject"
OWN_WORK: Final = N_("这是自己写的，要由另一位有权限的人决定；自己可以撤回")
ALONE: Final = N_("（本站只有一人有权决定，由作者本人决定）")


@dataclass(frozen=True)
class Waiting:
    """One operation in quarantine, without what it says."""

    op_id: str
    group: str
    kind: str | None
    record_id: str | None
    verb: str | None
    user: str | None
    device: str
    received_at: str
    why: str


class BeyondUsError(RefusedError):
    """A fault of this program keeps an operation from being judged, whoever decides about it."""


class OwnWorkError(RefusedError):
    """Somebody wants to release what they have done themselves, and another person could decide."""


def is_own(by: str, items: Sequence[Item]) -> bool:
    """Say whether somebody is the author of all of some operations."""
    return bool(items) and all(item.op is not None and item.op.actor.user == by for item in items)


def _has_part(by: str, items: Iterable[Item]) -> bool:
    return any(item.op is not None and item.op.actor.user == by for item in items)


def others_decide(connection: Connection, by: str, items: Iterable[Item]) -> bool:
    """Say whether anybody else may decide about some operations."""
    nodes = nodes_of(connection, items)
    held = select(grant_history.c.user_id, grant_history.c.role, grant_history.c.scope_id).where(
        grant_history.c.scope_id.in_(sorted(nodes)), grant_history.c.to_ts.is_(None), grant_history.c.user_id != by
    )  # fmt: skip
    able: dict[str, set[str]] = {}
    for row in connection.execute(held):
        if allowed(frozenset({row.role}), RIGHT):
            able.setdefault(row.user_id, set()).add(row.scope_id)
    everywhere = [user for user, there in able.items() if there == nodes]
    return any(not is_stopped(account) for account in accounts(connection, everywhere).values())


def _is_active(connection: Connection, user: str) -> bool:
    account = accounts(connection, [user]).get(user)
    return account is not None and not is_stopped(account)


def waiting(connection: Connection) -> list[Waiting]:
    """Return what waits for a decision, the oldest first."""
    query = select(op_log).where(op_log.c.outcome == Outcome.QUARANTINED).order_by(op_log.c.received_at, op_log.c.op_id)
    return [
        Waiting(row.op_id, row.group_id, row.kind, row.entity_id, row.verb, row.user_id, row.device_id,
                row.received_at, (ledger.receipt_of(row).problem or Problem.of("quarantined")).type.removeprefix(PREFIX))
        for row in connection.execute(query)
    ]  # fmt: skip


def decide(
    centre: Centre, op_id: str, by: str, reason: str, *, let_through: bool, ceiling: Ceiling | None = None
) -> dict[str, str]:
    """Decide about an operation and those saved together with it; return the outcome of each.

    ``by`` is the id of a supervisor's account, ``ceiling`` what the device reaches at which it was decided; None at the
    centre itself.

    Raises:
        NotFoundError: there is no such operation in quarantine.
        OwnWorkError: it is their own, and another one could decide.
        RefusedError: no reason, the account may not decide there, or the operation cannot be judged.
    """
    if not reason.strip():
        raise RefusedError(N_("决定要写明理由"))
    with centre.database.writing() as connection:
        items = _group(centre, connection, op_id)
        withdrawn = not let_through and is_own(by, items) and _is_active(connection, by)
        if not withdrawn:
            _may_decide(connection, by, items, ceiling)
        if let_through and _has_part(by, items):
            if others_decide(connection, by, items):
                raise OwnWorkError(OWN_WORK)
            reason = f"{translate(ALONE, 'zh')}{reason.strip()}"
        _note(centre, connection, items, by, reason.strip(), let_through)
        stage = Stage.load(connection, items, centre.policies)
        settled = _judged(centre, connection, stage, items) if let_through else _rejected(items, by, reason.strip(), withdrawn)
        receipts = ledger.write(centre, connection, stage, settled)
    release(centre)
    return {item.op_id: str(receipts[item.op_id].outcome) for item in items}


def _group(centre: Centre, connection: Connection, op_id: str) -> list[Item]:
    named = select(op_log.c.group_id).where(op_log.c.op_id == op_id, op_log.c.outcome == Outcome.QUARANTINED)
    group = connection.execute(named).scalar()
    if group is None:
        raise NotFoundError(N_("隔离区里没有这项操作"))
    mine = select(op_log).where(op_log.c.group_id == group, op_log.c.outcome == Outcome.QUARANTINED)
    found = connection.execute(mine.order_by(op_log.c.replica_id, op_log.c.op_no).with_for_update()).all()
    callers = {device: caller_for(connection, device) for device in sorted({row.device_id for row in found})}
    return [logged_item(centre, row, callers[row.device_id], released=True) for row in found]


def _may_decide(connection: Connection, by: str, items: Sequence[Item], ceiling: Ceiling | None) -> None:
    account = accounts(connection, [by]).get(by)
    roles = roles_of(connection, by) if account is not None and not is_stopped(account) else {}
    for node in sorted(nodes_of(connection, items)):
        if not allowed(roles.get(node, frozenset()), RIGHT) or (ceiling and not ceiling.covers(node)):
            raise RefusedError(N_("只有该站点（{node}）的站长或调委会主任可以决定"), node=node)


def nodes_of(connection: Connection, items: Iterable[Item]) -> set[str]:
    """Return the nodes where the operations would write; a case counts as its station's.

    What is about nothing that is here, or cannot be read, is its device's station's to decide.
    """
    found: set[str] = set()
    for item in items:
        scope = _scope(connection, item.op) or item.sender.station
        team = scopes.teams(connection, [scope]) if scopes.case_of(scope) else {}
        found.add(team[scope][0] if scope in team else scope)
    return found


def _scope(connection: Connection, op: Op | None) -> str | None:
    if op is None:
        return None
    where = select(record.c.scope_id).where(record.c.kind == op.kind, record.c.id == op.id)
    return connection.execute(where).scalar() or op.scope


def _note(
    centre: Centre, connection: Connection, items: Sequence[Item], by: str, reason: str, let_through: bool
) -> None:
    what, now = RELEASE if let_through else REJECT, centre.now_iso()
    rows = [
        {"op_id": item.op_id, "decided_by": by, "decided_at": now, "what": what, "reason": reason} for item in items
    ]
    # What was let through and then waited in vain is decided once more: the last word counts.
    connection.execute(delete(decision).where(decision.c.op_id.in_([item.op_id for item in items])))
    connection.execute(decision.insert(), rows)


def _judged(centre: Centre, connection: Connection, stage: Stage, items: Sequence[Item]) -> list[Settled]:
    """Judge on the supervisor's authority.

    Raises:
        BeyondUsError: that is beyond this program; everything stays as it is.
    """
    returning = Returning.kept(connection, centre.policies, NORMAL, items)
    try:
        return judge_group(centre.policies, stage, returning.marked(items), centre.term())
    except FaultError as fault:
        report(f"operation {fault.item.op_id}", fault.cause)
        raise BeyondUsError(N_("这项操作中心处理不了，已记入日志，它还在隔离区；请联系技术支持，或者不予同意")) from fault


def _rejected(items: Iterable[Item], by: str, reason: str, withdrawn: bool) -> list[Settled]:
    problem = Problem.of("author-withdrew" if withdrawn else "quarantine-rejected", None, by=by, reason=reason)
    return [Settled(item, Outcome.REJECTED, problem) for item in items]
