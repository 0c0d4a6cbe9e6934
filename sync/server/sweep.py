"""What time alone brings about: leases end, what waited too long and what nobody decides comes before a person.

No timer: every hello looks, and every push of more than new records, and so does ``zzdesk server sweep``.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, exists, select
from sqlalchemy.exc import DBAPIError

from sync import claims, conflicts
from sync.merge import Outcome, changed
from sync.modes import READ_ONLY, RECOVERY
from sync.protocol import CONFLICT_KIND, Edit
from sync.server import ledger
from sync.server.centre import Centre
from sync.server.database import is_passing
from sync.server.faults import report
from sync.server.held import LATE, force, release, too_long_ago
from sync.server.own import minted, own_id
from sync.server.renewals import carry_on
from sync.server.rows import Key, Past
from sync.server.scopes import street_of
from sync.server.stage import Draft, Settled, Stage
from sync.server.tables import conflict, lease, meta, renewal

_PER_ROUND: Final = 200
LEASE_OVER: Final = "认领到期没有进展，已由中心收回"
"""The reason in the log: a record's own words, not a message of a window."""


@dataclass
class Swept:
    """How much a sweep did."""

    expired: int = 0
    """Claims whose lease is over."""
    overdue: int = 0
    """Held operations handed to a person."""
    escalated: int = 0
    """Conflicts handed to the supervisor."""
    renewed: int = 0
    """Records whose deadlines were worked out anew for a calendar table."""


def sweep(centre: Centre) -> Swept:
    """Do what is due by now. Cheap when nothing is; another worker may do it at the same time.

    While the centre recovers, no lease ends and nothing held is forced: what renewed the one or the other waits for was
    lost with the restore and is on its way (8.12).
    """
    done = Swept()
    try:
        due = _due(centre)
        if LEASES in due:
            done.expired = _end_leases(centre)
        if HELD in due:
            done.overdue = force(centre)
        if CONFLICTS in due:
            done.escalated = _escalate(centre)
        if RENEWALS in due:
            done.renewed = carry_on(centre)
        if done.overdue:
            release(centre)  # what waited for these may go on
    except DBAPIError as error:
        if not is_passing(error):
            raise
        report("a sweep", error, logging.INFO)  # another worker is at it, or the next request does it
    return done


LEASES, HELD, CONFLICTS, RENEWALS = "leases", "held", "conflicts", "renewals"
_LOOK: Final = select(
    meta.c.mode,
    exists(select(lease.c.id).where(lease.c.until <= bindparam("now"))).label(LEASES),
    exists(LATE).label(HELD),
    exists(select(conflict.c.id).where(conflict.c.due <= bindparam("now"))).label(CONFLICTS),
    exists(select(renewal.c.table_id)).label(RENEWALS),
)
"""One question about everything that time alone brings about, each part answered by an index."""
_NOT_NOW: Final = {READ_ONLY: {LEASES, HELD, CONFLICTS, RENEWALS}, RECOVERY: {LEASES, HELD, RENEWALS}}


def _due(centre: Centre) -> set[str]:
    """Return what there is to do: every request asks, and mostly there is nothing."""
    times = {"now": centre.now_iso(), "before": too_long_ago(centre)}
    with centre.database.reading() as connection:
        found = connection.execute(_LOOK, times).one()
    return {name for name in (LEASES, HELD, CONFLICTS, RENEWALS) if found._mapping[name]} - _NOT_NOW.get(found.mode, set())


def _escalate(centre: Centre) -> int:
    """Hand conflicts that nobody decided in time to the supervisor, then to the street office (hazard 41)."""
    term = centre.term()
    late = select(conflict.c.id).where(conflict.c.due <= term.iso).order_by(conflict.c.due).limit(_PER_ROUND)
    with centre.database.reading() as connection:
        ids = list(connection.execute(late).scalars())
    if not ids:
        return 0
    with centre.database.writing() as connection:
        stage = Stage.of_records(connection, [(CONFLICT_KIND, each) for each in ids])
        draft, done = Draft(stage, []), 0
        for state in list(stage.states.values()):
            if conflicts.is_open(state) and str(state.body.get("due", "")) <= term.iso:
                draft.put(conflicts.escalated(state, term.due, street_of(state.scope)), None)
                done += 1
        draft.keep()
        ledger.write(centre, connection, stage, [])
    return done


def _end_leases(centre: Centre) -> int:
    now = centre.now_iso()
    query = select(lease.c.kind, lease.c.id).where(lease.c.until <= now).order_by(lease.c.until).limit(_PER_ROUND)
    with centre.database.reading() as connection:
        due = [(row.kind, row.id) for row in connection.execute(query)]
    return sum(_end_lease(centre, key) for key in due)


def _end_lease(centre: Centre, key: Key) -> bool:
    """Give a record back whose lease is over, as an operation of the centre's own; False where it was renewed."""
    term = centre.term()
    with centre.database.writing() as connection:
        stage = Stage.of_records(connection, [key])
        state, field = stage.states.get(key), centre.policies[key[0]].claim_field
        until = state.body.get(claims.LEASE) if state else None
        if state is None or field is None or until is None or until > term.iso:
            return False
        held, op_id = state.stamp(field), own_id("expire", *key, state.stamp(field), until)
        edit = Edit(to=None, was=state.body.get(field), saw=held)
        item = minted(
            connection, op_id, term.iso, state.scope, kind=key[0], id=key[1], verb="patch", set={field: edit},
            reason=LEASE_OVER,
        )  # fmt: skip
        after = changed(state, op_id, {field: None, claims.LEASE: None})
        draft = Draft(stage, [item])
        draft.put(after, None)
        draft.note(Past(key, after.ver, op_id, {n: (state.body.get(n), None) for n in (field, claims.LEASE)}))
        claim = draft.claim(claims.claim_id(*key, held))
        if claim is not None:
            draft.put(claims.closed(claim, op_id, claims.EXPIRED, term), None)
        draft.keep()
        ledger.write(centre, connection, stage, [Settled(item, Outcome.APPLIED)])
    return True
