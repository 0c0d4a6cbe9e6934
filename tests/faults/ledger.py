"""What must be true of a centre at rest: an account of every operation and every value, worked out a second time.

It reads only what the centre wrote down and the declared merge policies; it shares no code with the merge.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

from sync.server import salvage, tables
from sync.textmerge import sentences
from tests.faults.world import World
from zzdesk.accounts.rights import PRIVILEGED
from zzdesk.ops.apply import BENEATH, SCOPE, op_hash, record_hash
from zzdesk.store.base import Merge, kinds

Key = tuple[str, str]
DEAD = ("rejected", "quarantined")
BORN_THERE = ("conflict", "claim")
"""Kinds that the centre makes itself."""
COMPOSED = (Merge.TEXT, Merge.SET, Merge.DELTA)
"""Fields in which several people's work stands together: who wrote last, as the stamp says, has not seen all of it."""
SCALAR = (Merge.VALUE, Merge.TEXT, Merge.FOUR_EYES, Merge.FROZEN, Merge.TRANSITION)


class Ledger:
    """The centre's tables, read once and indexed."""

    def __init__(self, world: World) -> None:
        self.log = {row.op_id: row for row in world.rows(tables.op_log)}
        self.rows = {(row.kind, row.id): row for row in world.rows(tables.record)}
        self.bodies = {key: json.loads(row.body) for key, row in self.rows.items()}
        self.ops = {op_id: self._said(row) for op_id, row in self.log.items()}
        self.history: dict[Key, list[Any]] = defaultdict(list)
        for row in sorted(world.rows(tables.record_history), key=lambda row: row.ver):
            self.history[row.kind, row.id].append(row)
        self.wrote: dict[str, dict[str, Any]] = {op_id: {} for op_id in self.log}
        for rows in self.history.values():
            for row in rows:
                self.wrote.setdefault(row.op_id, {}).update(json.loads(row.new))
        self.conflicts: dict[Key, list[dict[str, Any]]] = defaultdict(list)
        for (kind, record_id), body in self.bodies.items():
            if kind == "conflict":
                about = (body["record_kind"], body["record_id"])
                self.conflicts[about].append(body | {"id": record_id})
        self.index = {row.id: row for row in world.rows(tables.conflict)}
        self.feed = {(row.scope_id, row.kind, row.id): row.seq for row in world.rows(tables.feed)}
        self.salvaged = {(row.kind, row.id): row for row in world.rows(tables.salvage) if row.settled == salvage.PUT_BACK}
        self.gone = [row for row in world.rows(tables.feed) if row.what == "evict"]
        self.reached: Counter[str] = Counter(evicted=len(self.gone))

    def _said(self, row: Any) -> dict[str, Any]:
        """Return an operation of the log; of a record that stands as it was born, the record holds what it began with."""
        said = json.loads(row.body)
        if isinstance(said, dict):
            return said
        key, (boot, mono) = (row.kind, row.entity_id), said
        return {
            "op_id": row.op_id, "group": row.group_id, "schema": row.schema, "kind": row.kind, "id": row.entity_id,
            "verb": row.verb, "actor": {"user": row.user_id, "device": row.device_id, "grant": None},
            "at": {"wall": row.at_client, "mono": mono, "boot": boot},
            "scope": self.rows[key].scope_id, "init": self.bodies[key],
        }  # fmt: skip

    def check(self) -> Counter[str]:
        """Check everything; return how often each thing was met."""
        for key in self.rows:
            self._check_row(key)
            if key[0] not in BORN_THERE:
                self._replay(key)
                self._check_conflicts(key)
        for op_id, row in self.log.items():
            self.reached[f"op:{row.outcome}"] += 1
            if row.verb is not None:  # what is unfit is kept as it can be
                assert op_hash(self.ops[op_id]) == row.op_hash, f"{op_id} is not in the log as it was made"
            if row.outcome == "held" and self._waits_for_a_person(row.waits_on):
                assert self._held_back_by(row.waits_on) not in self.ops[op_id].get("conflicts", ()), f"{op_id} waits for itself"
                continue
            assert row.outcome not in ("held", "deferred"), f"{op_id} still waits for {row.waits_on} at rest"
            if row.outcome not in DEAD:
                self._account(op_id)
            else:
                assert not self.wrote[op_id], f"{op_id} was refused and wrote {self.wrote[op_id]}"
        return self.reached

    def _waits_for_a_person(self, waits_on: str) -> bool:
        """Say whether an operation waits for two people to decide about money or identity, which they have not done.

        Or for one to decide about what is in quarantine, upon which it builds itself or by others that wait likewise.
        """
        what, _, name = waits_on.partition(":")
        if what == "conf":
            return self.bodies["conflict", name]["state"] != "resolved"
        below = self.log.get(name) if what == "op" else None
        if below is None or below.outcome == "quarantined":
            return below is not None
        return below.outcome == "held" and self._waits_for_a_person(below.waits_on)

    def _held_back_by(self, waits_on: str) -> str | None:
        """Return the conflict at the end of what an operation waits for, None where it is something else."""
        what, _, name = waits_on.partition(":")
        below = self.log.get(name) if what == "op" else None
        if below is not None and below.outcome == "held":
            return self._held_back_by(below.waits_on)
        return name if what == "conf" else None

    def _check_row(self, key: Key) -> None:
        row, body = self.rows[key], self.bodies[key]
        assert row.hash == record_hash(*key, row.scope_id, body)
        assert row.voided == (body.get("voided") is True)
        assert self.feed[row.scope_id, *key] == row.seq, f"{key} is not in the feed where it was last written"

    # ---- what stands now follows, step by step, from operations that had seen what they replaced

    def _replay(self, key: Key) -> None:
        body, stamps, ver = *self._birth(key), 1
        for row in self.history[key]:
            old, new = json.loads(row.old), json.loads(row.new)
            assert row.ver == ver + 1, f"{key} jumps from version {ver} to {row.ver}"
            for name in new.keys() | old.keys():
                assert body.get(name) == old.get(name), f"{key}.{name} was not what history says it was"
                self._check_step(key[0], row.op_id, name, old.get(name), new.get(name), stamps)
            for name, value in new.items():
                body.pop(name, None) if value is None else body.update({name: value})
            along = self.ops[row.op_id]["verb"] == "move" and self.ops[row.op_id]["id"] != key[1]
            stamps |= dict.fromkeys(() if along else new, row.op_id)  # what moves along has no place of its own
            ver = row.ver
        body |= {n: v for n, v in self.bodies[key].items() if n == "supplementary" and self._came_too_late(stamps["*"])}
        assert body.pop(SCOPE) == self.rows[key].scope_id, f"{key} is not where it was moved to"
        stands = (self.bodies[key], json.loads(self.rows[key].stamps), self.rows[key].ver)
        assert (body, stamps, ver) == stands, f"{key}: history leads to {(body, stamps, ver)}, there stands {stands}"
        self._check_claims(key)

    def _birth(self, key: Key) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the body and stamps with which a record came into being: by an operation, or as people put it back."""
        births = [i for i, r in self.log.items() if (r.kind, r.entity_id) == key and r.verb == "create"]
        applied = [i for i in births if self.log[i].outcome == "applied"]
        if not applied:
            row = self.salvaged[key]
            return json.loads(row.body) | {SCOPE: row.scope_id}, json.loads(row.stamps)
        born = min(applied, key=lambda i: self.log[i].seq)
        merges = _merges(key[0])
        init = self.ops[born]["init"]
        body = {k: v for k, v in init.items() if merges.get(k) not in (Merge.SERVER, Merge.COMPUTED, Merge.VOID)}
        agreed = {k: v for k, v in init.items() if merges.get(k) is Merge.COMPUTED and self._first(key, k) == v}
        body |= agreed  # what the centre worked out differently is in the history, under the same operation
        if "roles-unconfirmed" in (self.log[born].problem or ""):
            body["roles"] = sorted(set(body["roles"]) - PRIVILEGED)
        return body | {SCOPE: self._first_scope(key, born)}, {"*": born}

    def _first(self, key: Key, name: str) -> Any:
        """Return the first value that a field had, as far as history tells: what stands, where it never changed."""
        olds = [json.loads(row.old) for row in self.history[key] if name in {**json.loads(row.old), **json.loads(row.new)}]
        return olds[0].get(name) if olds else self.bodies[key].get(name)

    def _first_scope(self, key: Key, born: str) -> str:
        """Return where a record came into being: a child with its parent, wherever that was by then."""
        field = kinds()[key[0]].model.__parent__
        if field is None:
            return self.ops[born]["scope"]
        stands = self.rows[key].scope_id
        parents = [row for (_, record_id), row in self.rows.items() if record_id == self.bodies[key].get(field)]
        assert stands.startswith("case:") or all(row.scope_id == stands for row in parents), f"{key} is not with its parent"
        moves = [json.loads(row.old)[SCOPE] for row in self.history[key] if SCOPE in json.loads(row.old)]
        return moves[0] if moves else stands

    # ---- who may read a case

    def teams(self) -> dict[str, set[str]]:
        """Return the team of every case by its scope: what the case's record says, not what the centre derived from it."""
        return {f"case:{key[1]}": set(body["team"]) for key, body in self.bodies.items() if key[0] == "case"}

    def comings_and_goings(self, account: str) -> Counter[str]:
        """Count the files that somebody was let into when there was something in them, and those that were closed again."""
        born = {row.entity_id: row.seq for row in self.log.values() if row.verb == "create" and row.outcome == "applied"}
        found: Counter[str] = Counter()
        for scope, team in self.teams().items():
            now, steps = account in team, self._team_steps(("case", scope.removeprefix("case:")), account)
            joined = max((seq for seq, comes in steps if comes), default=0) if now else 0
            there = [key for key, row in self.rows.items() if row.scope_id == scope and born.get(key[1], joined) < joined]
            found["let in"] += bool(there)
            found["shut out"] += not now and any(not comes for _, comes in steps)
        return found

    def _team_steps(self, case: Key, account: str) -> list[tuple[int, bool]]:
        """Return when somebody joined (True) or left (False) the team of a case, by the centre's clock."""
        steps = []
        for row in self.history[case]:
            was, now = (account in (json.loads(text).get("team") or ()) for text in (row.old, row.new))
            if was != now:
                steps.append((self.log[row.op_id].seq, now))
        return steps

    # ---- one holder at a time, and every other told who it is

    def _came_too_late(self, op_id: str) -> bool:
        """Say whether an operation was made together with a claim that lost."""
        group = self.ops[op_id]["group"] if op_id in self.ops else None
        return any(self.log[i].outcome == "lost" for i, op in self.ops.items() if op["group"] == group)

    def _check_claims(self, key: Key) -> None:
        claims = [b for (kind, _), b in self.bodies.items() if kind == "claim" and (b["record_kind"], b["record_id"]) == key]
        holders = [claim["claimant"] for claim in claims if claim["state"] == "held"]
        field = next((name for name, merge in _merges(key[0]).items() if merge is Merge.CLAIM), None)
        if field is None:
            assert not claims
            return
        assert holders == [user for user in [self.bodies[key].get(field)] if user], f"{key} is held by {holders}"
        for claim in claims:
            self.reached[f"claim {claim['state']}"] += 1
            assert claim["state"] != "lost" or claim.get("winner") != claim["claimant"], f"{key}: lost against oneself"
            if claim["state"] == "lost":
                assert self.log[claim["op"]].outcome == "lost", f"{claim['op']} lost and was told otherwise"

    def _check_step(self, kind: str, op_id: str, name: str, old: Any, new: Any, stamps: dict[str, str]) -> None:
        """Say whether this operation may have replaced ``old``: only what its author had seen, or by the field's rule."""
        op, stamp = self.ops[op_id], stamps.get(name, stamps["*"])
        place = f"{op['kind']}.{name} by {op_id}"
        if name == SCOPE:
            assert (op["verb"], op["to_scope"]) == ("move", new), f"{place} moved it where nobody asked"
            self.reached["moved" if kind == op["kind"] else "moved along"] += 1
            return
        merge = _merges(kind).get(name)
        if merge in (Merge.SERVER, Merge.COMPUTED):
            self.reached["wrote by the centre"] += 1
            return
        if name in ("number", "alias") and kinds()[kind].model.__numbers__ and name not in op.get("set", {}):
            self.reached["numbered by the centre"] += 1
            return
        if op["verb"] in ("void", "unvoid"):
            self._check_void(op, stamps, place)
            return
        if name == "void_reason":
            return
        edit = {"to": op["init"][name]} if op["verb"] == "create" else op["set"][name]
        self.reached[f"wrote:{merge}"] += 1
        if "by" in edit:
            assert new == (old or 0) + edit["by"], f"{place}: {old} + {edit['by']} is not {new}"
        elif "add" in edit:
            assert set(new or ()) == (set(old or ()) - set(edit["del"])) | set(edit["add"]), place
        elif op["verb"] == "create" and merge is Merge.SET:
            assert set(new or ()) == set(old or ()) | set(edit["to"] or ()), place
        elif merge is Merge.CLAIM:
            assert old is None or edit.get("was") == old, f"{place} took it from {old}, of whom its author did not know"
            assert new == edit["to"], place
        elif edit.get("was") == old or (merge not in COMPOSED and (edit.get("saw") == stamp or _was_shown(op, stamp))):
            assert new == edit["to"], f"{place} wrote what nobody asked for"
        elif merge in COMPOSED:
            self._check_composed(merge, edit, old, new, place)
        else:
            allowed = merge is Merge.TRANSITION and kinds()[op["kind"]].model.__transitions__.allows(old, new)
            assert allowed, f"{place} overwrote {old!r}, which its author had not seen"
            assert new == edit["to"], f"{place} wrote what nobody asked for"
            self.reached["late step taken"] += 1

    def _check_composed(self, merge: Merge, edit: dict[str, Any], old: Any, new: Any, place: str) -> None:
        """Check that a value went in beside others that its author had not seen: as the step from what he saw."""
        was, to = edit.get("was"), edit["to"]
        if merge is Merge.DELTA:
            assert new == (old or 0) + (to or 0) - (was or 0), place
        elif merge is Merge.SET:
            gone, come = set(was or ()) - set(to or ()), set(to or ()) - set(was or ())
            assert set(new or ()) == (set(old or ()) - gone) | come, place
        else:
            added, theirs = (set(sentences(text or "")) - set(sentences(was or "")) for text in (to, old))
            assert added | theirs <= set(sentences(new or "")), f"{place} lost a sentence"
            self.reached["woven"] += 1

    def _check_void(self, op: dict[str, Any], stamps: dict[str, str], place: str) -> None:
        mine = {i for i, other in self.ops.items() if other["group"] == op["group"]}
        names = stamps if op["verb"] == "void" else {"voided"}
        merges = _merges(op["kind"])
        for name in names:
            if merges.get(name) in (Merge.SERVER, Merge.COMPUTED):
                continue  # no person wrote it, so nobody has to have seen it
            stamp = stamps.get(name, stamps["*"])
            saw = op["saw"].get(name, op["saw"].get("*"))
            assert stamp in mine or saw == stamp, f"{place}: its author had not seen {name}"
            beneath = op["saw"].get(f"{name}{BENEATH}")
            if beneath and op["verb"] == "void" and merges.get(name) in COMPOSED:
                others = self._since(op, name, beneath) - {(op["actor"]["user"], op["actor"]["device"])}
                assert not others, f"{place}: its author's edit lay over what {others} wrote in {name}"
                self.reached["void over one's own edit"] += 1
        self.reached["void"] += 1

    def _since(self, op: dict[str, Any], name: str, since: str) -> set[tuple[str, str]]:
        """Return who wrote a field between an operation that is known of and this one, with their devices."""
        by: set[tuple[str, str]] = set()
        for row in self.history[op["kind"], op["id"]]:
            if row.op_id == op["op_id"]:
                break
            if row.op_id == since:
                by.clear()
            elif name in json.loads(row.new):
                actor = self.ops[row.op_id]["actor"]
                by.add((actor["user"], actor["device"]))
        return by

    # ---- every value asked for is somewhere

    def _account(self, op_id: str) -> None:
        op = self.ops[op_id]
        key = (op["kind"], op["id"])
        if op["verb"] == "move":
            been = {json.loads(row.new).get(SCOPE) for row in self.history[key]}  # another one may have gone there first
            assert op["to_scope"] in been | {self.rows[key].scope_id}, f"{op_id} moved nothing"
            return
        if op["verb"] in ("void", "unvoid"):
            state = {"voided": True} if op["verb"] == "void" else {}
            stood = "voided" in self.wrote[op_id] or self.log[op_id].outcome == "merged"
            assert stood or self._is_kept(key, "voided", op_id, state.get("voided")), f"{op_id} declared in vain"
            return
        edits = op.get("set") or {n: {"to": v} for n, v in op["init"].items() if n not in ("created_at", "created_by")}
        for name, edit in edits.items():
            if _merges(op["kind"]).get(name) is Merge.CLAIM and self.log[op_id].outcome == "lost":
                continue  # who won is said in the claim's own record
            if name not in self.wrote[op_id] and _merges(op["kind"]).get(name) not in (Merge.SERVER, Merge.COMPUTED, Merge.VOID):
                found = self._is_found(key, name, op_id, edit)
                assert found, f"{op['kind']}.{name} of {op_id} ({self.log[op_id].outcome}) is nowhere: {edit}"

    def _is_found(self, key: Key, name: str, op_id: str, edit: dict[str, Any]) -> bool:
        """Say whether an edit that wrote nothing was empty, equal to what stood, or kept in a conflict."""
        # A decision about a counter or a set that comes after another one counts as the step that it was from what stood.
        merge, past = _merges(key[0]).get(name), self._values(key, name)
        if "by" in edit or merge is Merge.DELTA:
            step = edit.get("by", (edit.get("to") or 0) - (edit.get("was") or 0))
            told = "to" in edit and edit["to"] in past
            return step == 0 or told or self._is_kept(key, name, op_id, edit.get("to"))
        if edit.get("was", ...) == edit.get("to"):
            return True
        if "add" in edit or merge is Merge.SET:
            there = {element for value in past for element in value or ()}
            added = edit.get("add", set(edit.get("to") or ()) - set(edit.get("was") or ()))
            return set(added) <= there or self._is_kept(key, name, op_id)
        if edit["to"] in past or self._is_kept(key, name, op_id, edit["to"]):
            return True
        if _merges(key[0]).get(name) is Merge.TEXT and isinstance(edit["to"], str):
            there = {piece for value in past for piece in sentences(value or "")}
            return set(sentences(edit["to"])) - set(sentences(edit.get("was") or "")) <= there
        return False

    def _values(self, key: Key, name: str) -> list[Any]:
        values = [self.bodies[key].get(name)]
        for row in self.history[key]:
            values += [json.loads(text)[name] for text in (row.old, row.new) if name in json.loads(text)]
        return values

    def _is_kept(
        self, key: Key, name: str, op_id: str, value: Any = None, before: frozenset[str] = frozenset()
    ) -> bool:
        """Say whether a conflict keeps it: as a candidate, a proposal, a decision, or one that its author replaced."""
        assert op_id not in before, f"{op_id} stands on what stands on it"
        for conflict in self.conflicts[key]:
            if conflict["field"] != name:
                continue
            shown = [*conflict["candidates"], conflict.get("proposal", {})]
            mine = next((c for c in shown if c.get("op") == op_id), None)
            if mine is not None:
                edit = self.ops[op_id].get("set", {}).get(name, {})
                if _merges(key[0]).get(name) is Merge.SET and "to" in edit:  # elements, over what stood by then
                    added = set(edit["to"] or ()) - set(edit.get("was") or ())
                    assert added <= set(mine.get("value") or ()), f"{op_id} is kept without {added}"
                    return True
                assert "to" not in edit or mine.get("value") == edit["to"], f"{op_id} is kept with another value"
                return True
            if value is not None and value in [c.get("value") for c in shown]:
                return True
            if conflict.get("resolved_op") == op_id and conflict.get("resolution") == value:
                return True
        after = [i for i, op in self.ops.items() if op.get("set", {}).get(name, {}).get("saw") == op_id]
        past = self._values(key, name)  # somebody else may have written, or decided, what its author put in its place
        return any(
            name in self.wrote[i] or self.ops[i]["set"][name].get("to", ...) in past
            or self._is_kept(key, name, i, before=before | {op_id})
            for i in after
        )  # fmt: skip

    def _check_conflicts(self, key: Key) -> None:
        waiting = Counter(c["field"] for c in self.conflicts[key] if c["state"] != "resolved")
        assert all(n == 1 for n in waiting.values()), f"{key} has several open conflicts about one field: {waiting}"
        for conflict in self.conflicts[key]:
            index, first = self.index[conflict["id"]], conflict["candidates"][0]
            assert index.state == conflict["state"]
            self.reached[f"conflict:{conflict['policy']}"] += 1
            self.reached[f"conflict {conflict['state']}"] += 1
            self.reached["conflict of three"] += len(conflict["candidates"]) > 2
            if not any("voided" in json.loads(row.new) for row in self.history[key]):
                self._check_candidates(key, conflict)
            if conflict["state"] == "resolved":
                self._check_decision(key[0], conflict)
            else:
                stands = self.bodies[key].get(conflict["field"])
                assert first.get("value") == stands, f"{conflict['id']} shows another value than the one that stands"


    def _check_candidates(self, key: Key, conflict: dict[str, Any]) -> None:
        """A conflict is between values whose authors did not know of each other (or the record was void)."""
        field, (first, *others) = conflict["field"], conflict["candidates"]
        if conflict["policy"] == Merge.FOUR_EYES and self._is_seconded(key, conflict, first["op"]):
            return  # somebody who had seen what two people decided wants it otherwise, and cannot have it alone
        for other in others if conflict["policy"] in (Merge.VALUE, Merge.FOUR_EYES, Merge.TEXT) else ():
            op = self.ops[other["op"]]
            edit = op["set"].get(field, {}) if op["verb"] == "patch" else {}
            known = edit.get("saw") == first["op"]
            if conflict["policy"] == Merge.TEXT:  # more may stand there than what its last writer wrote
                known = known and edit.get("was") == first.get("value")
            assert not known, f"{key[0]}.{field}: {other['op']} had seen what it is said to clash with"

    def _is_seconded(self, key: Key, conflict: dict[str, Any], op_id: str) -> bool:
        """Say whether the value that stands was decided by two people, in this conflict (taken up again) or another."""
        about = [each for each in self.conflicts[key] if each["field"] == conflict["field"] and each is not conflict]
        decided = [each for each in about if each["state"] == "resolved"]
        kept = [each["candidates"][0]["op"] for each in decided if each["candidates"][0].get("value") == each.get("resolution")]
        return bool(conflict.get("undone")) or op_id in [*kept, *(each["resolved_op"] for each in decided)]

    def _check_decision(self, kind: str, conflict: dict[str, Any]) -> None:
        """Whoever decides has seen every value; what takes two people has been proposed by another one."""
        field, proposal = conflict["field"], conflict.get("proposal")
        if _merges(kind).get(field) is Merge.FOUR_EYES:
            assert proposal, f"{conflict['id']} was decided without a proposal"
            assert proposal["user"] != conflict["resolved_by"], f"{conflict['id']} was decided by one person alone"
            self.reached["decided by two"] += 1
        shown = {c["op"] for c in [*conflict["candidates"], proposal or {}] if "op" in c}
        saw = {op_id for op_id, about in self.ops[conflict["resolved_op"]]["saw"].items() if about == conflict["id"]}
        assert shown <= saw, f"{conflict['id']} was decided by somebody who had not seen {shown - saw}"


def _was_shown(op: dict[str, Any], stamp: str) -> bool:
    """Say whether a decision was made with the value before it that this operation wrote."""
    return op["verb"] == "resolve" and op["saw"].get(stamp) in op["conflicts"]


def _merges(kind: str) -> dict[str, Merge]:
    return {name: spec.merge for name, spec in kinds()[kind].fields.items()}
