"""May its author do this: at the moment when it was done, and now? (decision 14; hazards 9, 10 and 40)

Whoever may do it now is let through.  Whoever could then and cannot any more has done honest work: it goes into
quarantine, where a supervisor decides.  Whoever could neither then nor now is refused, and what was written is kept.
A record that moved away meanwhile is no withdrawal: its author was right where it was, and the edit follows it.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any, Final

from msgspec import UnsetType

from sync.merge import VOIDED, Outcome, RecordState
from sync.policies import Policies
from sync.protocol import CONFLICT_KIND, Op, Problem
from sync.server import rows, scopes
from sync.server.accounts import is_stopped
from sync.server.rows import Key
from sync.server.stage import Draft, Item, Settled, is_proven
from zzdesk.accounts import sealed
from zzdesk.accounts.rights import KIND_RIGHTS, PRIVILEGED, allowed, birth_right, may_write
from zzdesk.evidence import recordings
from zzdesk.ops.apply import SCOPE

_ENDED: Final = "permission-ended"


@dataclass(frozen=True, slots=True)
class Claim:
    """One operation whose author's rights are asked for: everything that the answer depends on."""

    draft: Draft
    item: Item
    op: Op
    step: str | None
    """The right of the transition that it takes, or of what it makes."""
    claims: bool
    """Whether it changes nothing but who handles the record."""

    @property
    def user(self) -> str:
        """Return its author."""
        return self.op.actor.user

    @property
    def proven(self) -> bool:
        """Return whether the author's own key signed it."""
        return is_proven(self.draft.account(self.user), self.item)

    def may(self, roles: frozenset[str]) -> bool:
        """Say whether these roles suffice; those with power over others count only where the author is proven."""
        return self._suffice(roles if self.proven else roles - PRIVILEGED)

    def lacks_proof(self, roles: frozenset[str]) -> bool:
        """Say whether these roles would suffice if only the author had signed."""
        return not self.proven and self._suffice(roles)

    def _suffice(self, roles: frozenset[str]) -> bool:
        voids = VOIDED in self.op.set
        return may_write(roles, self.op.kind, self.op.verb, self.step, voids=voids, claims=self.claims)

    def roles_now(self, node: str) -> frozenset[str]:
        """Return the roles that the author holds in a node at this point of the batch."""
        account = self.draft.account(self.user)
        if account is None or is_stopped(account):
            return frozenset()
        above = self._handed_to(node)
        more = self.draft.stage.granted(self.user, above, None) if above else frozenset()
        if account.scope == node:
            return more | frozenset(account.body.get("roles") or ())
        return more | self.draft.stage.granted(self.user, node, None)

    def _handed_to(self, node: str) -> str | None:
        """Return the office above a node to which every conflict that is decided was handed, since nobody there did."""
        named = self.op.conflicts if self.op.verb == "resolve" else ()
        found = [self.draft.get((CONFLICT_KIND, each)) for each in named]
        offices = {state.body.get("owner_node") if state and state.scope == node else None for state in found}
        office = offices.pop() if len(offices) == 1 else None
        return office if isinstance(office, str) and node.startswith(office) else None

    def roles_then(self, node: str) -> frozenset[str]:
        """Return the roles that the author held in a node when it was done."""
        return self.draft.stage.granted(self.user, node, self.item.made_at)

    def value_then(self, key: Key, name: str, now: Any) -> Any:
        """Return what a field (or a record's scope) was when it was done; ``now`` is what it is at this point."""
        stage = self.draft.stage
        stored = stage.stored.get(key)
        found = rows.value_at(stage.connection, key, name, self.item.made_at)
        if found is not rows.UNCHANGED:
            return found
        if stored is None:
            return now
        return stored.state.scope if name == SCOPE else stored.state.body.get(name)


def authorise(policies: Policies, draft: Draft, item: Item, op: Op, state: RecordState | None) -> Settled | None:
    """Return why the operation may not go on, or None when it may."""
    if item.released:
        return None  # whether the decision was a supervisor's was asked when it was taken
    if item.sender.had_expired(item.made_at):
        return _quarantined(item, "login-expired")
    scope_id = state.scope if state else op.scope
    assert scope_id is not None
    rules = policies[op.kind]
    written = draft.actions_on((op.kind, op.id)) if rules.state_field in op.set else ()
    claim = Claim(draft, item, op, step_of(policies, op, state, written), set(op.set) == {rules.claim_field})
    station = scopes.sealed_of(scope_id)
    if station is not None or op.kind == sealed.KIND:
        return _under_seal(claim, station)
    case_id = scopes.case_of(scope_id)
    refusal = _in_node(claim, scope_id, state) if case_id is None else _in_case(claim, scope_id, case_id)
    return refusal or _misplaced(item, op, scope_id, state)


def _misplaced(item: Item, op: Op, scope_id: str, state: RecordState | None) -> Settled | None:
    """Return why a recording may not lie there; a program that did not know the rule is put before a person."""
    if op.kind != recordings.KIND:
        return None
    written = op.init if state is None else {name: edit.to for name, edit in op.set.items() if not isinstance(edit.to, UnsetType)}
    if (state is not None and not written) or not recordings.is_misplaced(scope_id, (state.body if state else {}) | written):
        return None
    return (_refused if op.schema >= recordings.SINCE else _quarantined)(item, recordings.MISPLACED)


def _under_seal(claim: Claim, station: str | None) -> Settled | None:
    """Only clues lie under seal, and they lie nowhere else; who changes one has proved who it is."""
    if station is None or claim.op.kind != sealed.KIND or claim.op.verb == "move":
        return _refused(claim.item, "scope-denied")
    refusal = _in_node(claim, station, None)
    if refusal is None and claim.op.verb != "create" and not claim.proven:
        return Settled(claim.item, Outcome.DEFERRED, Problem.of("unproven"))
    return refusal


def step_of(policies: Policies, op: Op, state: RecordState | None, actions: Container[object] = ()) -> str | None:
    """Return the right of the transition that an operation takes, or of what it makes; None where that asks for none.

    ``actions`` are those that the same group writes down: two arrows between two states may take different rights.
    """
    if op.verb == "create":
        return birth_right(op.kind, op.init)
    rules = policies[op.kind]
    name, table = rules.state_field, rules.transitions
    if state is None or name is None or table is None or name not in op.set:
        return None
    edit = op.set[name]
    sources = [edit.was, state.body.get(name)]
    found = [arrow for source in sources for arrow in table.leaving(str(source)) if arrow.target == edit.to]
    found = [arrow for arrow in found if arrow.action in actions] or found
    return found[0].needs.right if found else None


def _in_node(claim: Claim, node: str, state: RecordState | None) -> Settled | None:
    sender, stranger = claim.item.sender, claim.draft.account(claim.user) is None
    judged, roles = claim.op.kind in KIND_RIGHTS, claim.roles_now(node)
    if sender.reaches(node, roles):
        if not judged:
            return None
        if stranger:
            return Settled(claim.item, Outcome.HELD, Problem.of("waiting"), waits_on=f"rec:account/{claim.user}")
        if claim.may(roles):
            return None
    elif (before := _node_then(claim, node, state)) is None:
        return _refused(claim.item, "scope-denied")
    elif before != node and sender.reaches(before, claim.roles_now(before)):
        if not judged or claim.may(claim.roles_now(before)):
            return None  # it has moved away meanwhile; the edit goes after it
        node = before
    else:
        node = before
    if claim.may(claim.roles_then(node)):
        return _quarantined(claim.item, _ENDED)
    if claim.lacks_proof(claim.roles_now(node)):
        return Settled(claim.item, Outcome.DEFERRED, Problem.of("unproven"))
    return _refused(claim.item, "no-permission")


def _node_then(claim: Claim, node: str, state: RecordState | None) -> str | None:
    """Return where the record was when the operation was made, if its device reached that place then."""
    if state is not None:
        node = claim.value_then((state.kind, state.id), SCOPE, node)
    return node if claim.item.sender.reached(node, claim.roles_then(node), claim.item.made_at) else None


def _in_case(claim: Claim, scope_id: str, case_id: str) -> Settled | None:
    draft, item = claim.draft, claim.item
    key = (scopes.CASE_KIND, case_id)
    case = draft.get(key)
    if case is not None:
        station, team = case.scope, frozenset(case.body.get(scopes.TEAM_FIELD) or ())
    elif scope_id in draft.stage.teams:
        station, team = draft.stage.teams[scope_id]
    else:
        return Settled(item, Outcome.HELD, Problem.of("waiting"), waits_on=f"rec:{scopes.CASE_KIND}/{case_id}")
    here = item.sender.reaches(station, claim.roles_now(station))
    now = here and claim.user in team
    reader = not now and case is not None and _notes_reading(claim, key, case)
    then = now or reader or _was_of_team(claim, key, team, station)
    if not then:
        return _refused(item, "scope-denied")
    if not claim.proven:
        return Settled(item, Outcome.DEFERRED, Problem.of("unproven"))  # until the passwords are one again
    if reader:
        return None
    if now and claim.may(claim.roles_now(station)):
        return None
    if claim.may(claim.roles_then(station)) or claim.may(claim.roles_now(station)):
        return _quarantined(item, _ENDED)
    return _refused(item, "no-permission")


def _notes_reading(claim: Claim, key: Key, case: RecordState) -> bool:
    """Say whether this is the one thing that the police write into a case: that they read it, while 110 was called for it.

    What was read is true afterwards, too: a call that was taken back meanwhile, or a right, keeps no reading out of the log.
    """
    op, sender = claim.op, claim.item.sender
    if op.kind != scopes.READING_KIND or op.verb != "create":
        return False
    called = scopes.is_escalated(case.body) or claim.value_then(key, scopes.CALL_FIELD, case.body.get(scopes.CALL_FIELD))
    now, then = claim.roles_now(case.scope), claim.roles_then(case.scope)
    reaches_now = sender.reaches(case.scope, now) and allowed(now, scopes.READ_ESCALATED)
    reached_then = sender.reached(case.scope, then, claim.item.made_at) and allowed(then, scopes.READ_ESCALATED)
    return bool(called) and (reaches_now or reached_then)


def _was_of_team(claim: Claim, case: Key, team: frozenset[str], station: str) -> bool:
    was = claim.value_then(case, scopes.TEAM_FIELD, sorted(team)) or ()
    where = claim.value_then(case, SCOPE, station)
    reached = claim.item.sender.reached(where, claim.roles_then(where), claim.item.made_at)
    return reached and claim.user in was


def _quarantined(item: Item, problem: str) -> Settled:
    return Settled(item, Outcome.QUARANTINED, Problem.of(problem))


def _refused(item: Item, problem: str) -> Settled:
    return Settled(item, Outcome.REJECTED, Problem.of(problem))
