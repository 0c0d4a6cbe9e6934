"""Who makes and changes accounts: an administrator of their station, and for the own password the person.

A new desk begins by making an account for whoever set it up, with every role: that is how it works offline.  At the
centre such an account is a claim.  It is taken in, but roles with power over others count only when an administrator
of the station gives them; until then the account has the rest.  The first administrator of a station comes with its
first device, which an operator let in by a one-time code: nobody else could confirm him.
"""

from __future__ import annotations

from typing import Final

import msgspec
from sqlalchemy import Connection, select, text

from sync.merge import ACCOUNT_KIND, Outcome, RecordState
from sync.protocol import Edit, Op, Problem
from sync.server.accounts import is_stopped
from sync.server.stage import Draft, Item, Settled, is_proven
from sync.server.tables import grant_history
from zzdesk.accounts.rights import PRIVILEGED, allowed

PROOF_FIELD: Final = "proof_key"
"""The public key of an account's password."""
ROLES_FIELD: Final = "roles"
_ADMINISTRATOR: Final = "administrator"


def may_change(draft: Draft, item: Item, op: Op, node: str) -> Settled | None:
    """Return why an account of a node may not be made or changed by this operation, or None when it may."""
    if node != item.sender.station or not item.sender.ceiling.covers(node):
        return Settled(item, Outcome.REJECTED, Problem.of("scope-denied"))
    if op.verb == "create":
        return None
    author = draft.account(op.actor.user)
    if not is_proven(author, item):
        return Settled(item, Outcome.REJECTED, Problem.of("unproven"))
    own = op.id == op.actor.user and op.verb == "patch" and set(op.set) == {PROOF_FIELD}
    if author is None or is_stopped(author) or not (own or _keeps(author, node)):
        return Settled(item, Outcome.REJECTED, Problem.of("not-administrator"))
    return None


def _keeps(author: RecordState, node: str) -> bool:
    roles = frozenset(author.body.get(ROLES_FIELD) or ())
    return author.scope == node and allowed(roles, "account.manage")


def without_power(draft: Draft, item: Item, op: Op, state: RecordState | None) -> Op | None:
    """Return a new account without the roles that only an administrator gives, or None where it may keep them all."""
    asked = op.init.get(ROLES_FIELD)
    if op.verb != "create" or state is not None or not isinstance(asked, list):
        return None
    author, node = draft.account(op.actor.user), op.scope or ""
    signed = is_proven(author, item)
    if signed and author is not None and not is_stopped(author) and _keeps(author, node):
        return None
    left = [role for role in asked if role not in PRIVILEGED]
    if len(left) == len(asked) or not _has_administrator(draft, node):
        return None
    init = {name: value for name, value in op.init.items() if name != ROLES_FIELD}
    return msgspec.structs.replace(op, init=init | ({ROLES_FIELD: left} if left else {}))


def _has_administrator(draft: Draft, node: str) -> bool:
    """Return whether somebody at a node could give roles; two desks that come first at once take turns."""
    if any(_ADMINISTRATOR in (a.body.get(ROLES_FIELD) or ()) for a in draft.of_kind(ACCOUNT_KIND) if a.scope == node):
        return True
    connection = draft.stage.connection
    _take_turns(connection, node)
    query = select(grant_history.c.user_id).where(
        grant_history.c.scope_id == node, grant_history.c.role == _ADMINISTRATOR, grant_history.c.to_ts.is_(None)
    )
    return connection.execute(query.limit(1)).first() is not None


def _take_turns(connection: Connection, node: str) -> None:
    if connection.dialect.name != "sqlite":
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        connection.execute(lock, {"name": f"{_ADMINISTRATOR} {node}"})


def newest_key(op: Op, state: RecordState) -> Op:
    """Let a proven change of a password's key stand, whatever was seen: two keys are nothing to choose between."""
    if PROOF_FIELD not in op.set:
        return op
    edit = Edit(to=op.set[PROOF_FIELD].to, was=state.body.get(PROOF_FIELD))
    return msgspec.structs.replace(op, set={**op.set, PROOF_FIELD: edit})
