"""Quarantine at a desk: a supervisor sees what waits for a decision of theirs, personal data masked, and decides.

What is decided is decided by ``sync.server.quarantine``, as from the operator's command line.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Row, func, select, tuple_

from sync.merge import Outcome
from sync.modes import READ_ONLY
from sync.problems import PREFIX, WireError
from sync.protocol import Op, Problem
from sync.server import ledger, quarantine, rows, scopes
from sync.server.accounts import Caller, Speaker, accounts, caller_for, caller_of
from sync.server.centre import Centre, identity
from sync.server.held import logged_item
from sync.server.scopes import roles_of
from sync.server.stage import Item
from sync.server.tables import device, op_log
from sync.waiting import DecideAnswer, DecideRequest, SaidField, WaitingAnswer, WaitingOp, WaitingRequest
from zzdesk.accounts import sealed
from zzdesk.accounts.rights import allowed
from zzdesk.desk.titles import HIDDEN, shown, title_fields
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.people.masks import mask
from zzdesk.store.base import Kind, kinds

_LOOKED_THROUGH: Final = 2000
"""Operations that one request looks through at most: most of a large centre's are other stations'."""


def waiting(centre: Centre, speaker: Speaker, request: WaitingRequest) -> WaitingAnswer:
    """Return the next operations that the person at the device may decide about; none where nobody proved who it is.

    Raises:
        WireError: the device is not active.
    """
    with centre.database.reading() as connection:
        caller = caller_of(connection, speaker)
        roles = roles_of(connection, speaker.user) if speaker.proven else {}
        mine = {node for node, held in roles.items() if allowed(held, quarantine.RIGHT) and caller.ceiling.covers(node)}
        items: list[WaitingOp] = []
        last: str | None = None
        looked = _rows(connection, request.after) if mine else []
        for row in looked:
            if len(items) >= request.limit:
                break
            last = f"{row.received_at}/{row.op_id}"
            found = _seen(centre, connection, speaker, row, mine)
            items += [found] if found else []
        else:
            last = last if len(looked) == _LOOKED_THROUGH else None  # a full look was not necessarily the last one
        return WaitingAnswer(items=items, after=last, **centre.envelope(connection, request.nonce))


def decide(centre: Centre, speaker: Speaker, request: DecideRequest) -> DecideAnswer:
    """Let an operation through or refuse it, on the word of who is logged in; its author withdraws it by refusing it.

    Raises:
        WireError: quarantine-gone, may-not-decide, own-work, cannot-decide, read-only; the device is not active.
    """
    with centre.database.reading() as connection:
        ceiling = caller_of(connection, speaker).ceiling
        if identity(connection).mode == READ_ONLY:
            raise WireError("read-only", retry_after_s=centre.settings.poll_s)
    if not speaker.proven:
        raise WireError("may-not-decide")
    try:
        outcomes = quarantine.decide(
            centre, request.op_id, speaker.user, request.reason, let_through=request.release, ceiling=ceiling
        )
    except NotFoundError:
        raise WireError("quarantine-gone") from None
    except quarantine.OwnWorkError:
        raise WireError("own-work") from None
    except quarantine.BeyondUsError:
        raise WireError("cannot-decide") from None
    except RefusedError:
        raise WireError("may-not-decide") from None
    with centre.database.reading() as connection:
        return DecideAnswer(outcomes=outcomes, **centre.envelope(connection, request.nonce))


def _rows(connection: Connection, after: str | None) -> list[Row[Any]]:
    query = select(op_log).where(op_log.c.outcome == Outcome.QUARANTINED)
    if after is not None:
        moment, _, op_id = after.partition("/")
        query = query.where(tuple_(op_log.c.received_at, op_log.c.op_id) > (moment, op_id))
    return list(connection.execute(query.order_by(op_log.c.received_at, op_log.c.op_id).limit(_LOOKED_THROUGH)))


def _seen(
    centre: Centre, connection: Connection, speaker: Speaker, row: Row[Any], mine: set[str]
) -> WaitingOp | None:
    """Return an operation as it may be shown, None where it is for others to decide."""
    caller: Caller = caller_for(connection, row.device_id)
    item = logged_item(centre, row, caller)
    nodes = quarantine.nodes_of(connection, [item])
    if not nodes <= mine:
        return None
    account = accounts(connection, [row.user_id]).get(row.user_id) if row.user_id else None
    problem = ledger.receipt_of(row).problem or Problem.of("quarantined")
    own = quarantine.is_own(speaker.user, [item])
    hidden = not _may_read(connection, item, speaker.user)
    return WaitingOp(
        op_id=row.op_id, together=_together(connection, row.group_id), received_at=row.received_at,
        why=problem.type.removeprefix(PREFIX), node=min(nodes), device=row.device_id,
        device_name=_device_name(connection, row.device_id), kind=row.kind, id=row.entity_id, verb=row.verb,
        user=row.user_id, user_name=str(account.body.get("display_name") or "") if account else "",
        made_at=row.made_at, hidden=hidden,
        reason=None if hidden or item.op is None else mask("text", item.op.reason) or None,
        title="" if hidden or item.op is None else _title(connection, item.op),
        fields=[] if item.op is None else _fields(item.op, hidden=hidden),
        own=own, alone=own and not quarantine.others_decide(connection, speaker.user, [item]),
    )  # fmt: skip


def _together(connection: Connection, group: str) -> int:
    mine = (op_log.c.group_id == group, op_log.c.outcome == Outcome.QUARANTINED)
    return connection.execute(select(func.count()).where(*mine)).scalar_one()


def _device_name(connection: Connection, device_id: str) -> str:
    return str(connection.execute(select(device.c.name).where(device.c.id == device_id)).scalar() or "")


def _may_read(connection: Connection, item: Item, user: str) -> bool:
    """Say whether the contents are for this person: a case's papers are for its team, whoever decides about them."""
    kind = kinds().get(item.op.kind) if item.op else None
    if item.op is None or kind is None:
        return False
    if item.op.kind == sealed.KIND:
        return False  # who decides what becomes of it need not know what it says
    if not kind.model.__confidential__ and not scopes.case_of(item.op.scope or ""):
        return True
    found = rows.load(connection, [(item.op.kind, item.op.id)], lock=False)
    scope = next((stored.state.scope for stored in found.values()), item.op.scope or "")
    return user in scopes.teams(connection, [scope]).get(scope, ("", frozenset()))[1]


def _title(connection: Connection, op: Op) -> str:
    """Return the line that says which record is meant, masked like everywhere."""
    kind = kinds().get(op.kind)
    found = rows.load(connection, [(op.kind, op.id)], lock=False).get((op.kind, op.id))
    body = found.state.body if found else op.init
    names = title_fields(kind) if kind else ()
    return " ".join(str(shown(kind.fields[name], body[name])) for name in names if kind and body.get(name) is not None)


def _fields(op: Op, *, hidden: bool) -> list[SaidField]:
    kind = kinds().get(op.kind)
    found = [SaidField(name, "to", _covered(kind, name, value, hidden)) for name, value in op.init.items()]
    for name, edit in op.set.items():
        forms = {"by": edit.by, "add": edit.add, "del": edit.del_}
        told = {how: value for how, value in forms.items() if isinstance(value, int | list)}
        if told:
            found += [SaidField(name, how, _covered(kind, name, value, hidden)) for how, value in told.items() if value]
        else:
            was = _covered(kind, name, edit.was, hidden)
            found.append(SaidField(name, "to", _covered(kind, name, edit.to, hidden), was))
    return found


def _covered(kind: Kind | None, name: str, value: Any, hidden: bool) -> Any:
    """Return a value with its mask on; what this program does not know, or is for others, is hidden whole."""
    if value is None:
        return None
    spec = kind.fields.get(name) if kind else None
    return HIDDEN if hidden or spec is None else shown(spec, value)
