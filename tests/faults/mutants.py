"""Faults put into the real code, one at a time, in a copy of it: the random walks must notice each.

    python -m tests.faults.mutants [NAME …]

prints for each mutant after how many seconds it was noticed, and by what: by the walks, or, where what the protocol has
twice (a hash, a value beside its stamp) heals the fault before a walk can see it, by the test that looks at the one place.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
WALKS, STEPS = 40, 70
_NOTHING_RUN: Final = (4, 5)
"""How pytest ends where it was given no test to run."""
SECONDS: Final = 900

Edit = tuple[str, str, str]
"""A file, what stands there once, and what stands there in the mutant."""

ENGINE: Final = "sync/client/engine.py"
PUSH, MERGE, CONFLICTS, SEEN = "sync/server/push.py", "sync/merge.py", "sync/conflicts.py", "sync/seen.py"
OUTBOX, INCOMING, CAPTURE = "zzdesk/ops/outbox.py", "zzdesk/ops/incoming.py", "zzdesk/ops/capture.py"
RETURNING, STICK, JUDGE = "sync/server/returning.py", "sync/client/bundle.py", "sync/server/judge.py"
MUTANTS: Final[dict[str, tuple[Edit, ...]]] = {
    "retries are applied again": (
        (PUSH, "known = rows.logged(connection, [item.op_id for item in items])", "known = {}"),
        (PUSH, "            self._refuse_fork(connection, fresh, last_no)\n", ""),
        ("sync/server/rows.py", 'into = "INSERT INTO {} ', 'into = "INSERT OR REPLACE INTO {} '),
    ),
    "nothing waits for its predecessor": (
        (MERGE, 'return f"op:{missing}" if missing else None', "return None"),
    ),
    "the last writer wins": (
        (SEEN, "    if policy in COMPOSED:\n", "    if current != stamp:\n        return True\n    if policy in COMPOSED:\n"),
    ),
    "the mark of the last writer stands for all that was woven into a text": (
        (SEEN, "    if policy in COMPOSED:\n", "    if policy in ():\n"),
    ),
    "a clash is dropped": ((MERGE, "clashes = tuple(v.clash for v in verdicts.values() if v.clash)", "clashes = ()"),),
    "late steps are always taken": (
        (MERGE, "    if rules.allows(current, edit.to):\n", "    if rule is Rule.LATE_STEP or rules.allows(current, edit.to):\n"),
    ),
    "a void does not look at newer edits": ((MERGE, "    if voids and unseen:\n", "    if voids and not state:\n"),),
    "a void passes over what its author's own edit covers": (
        (JUDGE, "if rules.merges.get(name) in COMPOSED and any(", "if rules.merges.get(name) in () and any("),
    ),
    "a decision waits for what waits for it": (
        (JUDGE, "or draft.stage.conflict_behind(edit.saw) not in op.conflicts", "or edit.saw"),
    ),
    "texts that clash are taken": (("sync/textmerge.py", "            return None\n", "            return mine\n"),),
    "the clock stands still": (
        ("sync/server/rows.py", "seq = seq + {place_of(connection)}", "seq = seq + 0 * {place_of(connection)}"),
    ),
    "changed records keep their place in the feed": (
        ("sync/server/rows.py", "[(*place[3:], *place[:3]) for place in stayed]", "[]"),
    ),
    "a new value drives the others out of a conflict": (
        (CONFLICTS, "candidates=[first, *kept, arriving]", "candidates=[first, arriving]"),
    ),
    "every clash opens a conflict": (
        (CONFLICTS, "        elif there is None:\n            assert before",
         "        elif before is not None:\n            assert before"),
    ),
    "one person decides what takes two": (
        (CONFLICTS, "not _seconded(conflict, value, author, name)", "not conflict"),
    ),
    "a decision closes what it has not seen": (
        (CONFLICTS, "return op.saw.get(conflict.id, stamp) == stamp", "return True"),
    ),
    "half a group is kept": (
        (JUDGE, "        if verdict.outcome in _STOPS:\n",
         "        if verdict.outcome == Outcome.REJECTED:\n            draft.keep()\n        if verdict.outcome in _STOPS:\n"),
    ),
    "who joins a team is not let in": (
        ("sync/server/ledger.py", "(before is None or moved or _members(old) != _members(state.body))", "before is None"),
    ),
    "receipts say something else": (
        ("sync/server/receipts.py", "op_id, receipt.op_hash, receipt.outcome, receipt.seq]",
         "op_id, receipt.op_hash, receipt.outcome]"),
    ),
    "the cursor moves before the rows": (
        (INCOMING, "    changed = take_records(session, records)\n",
         '    driver(session).execute("UPDATE cursor SET seq = ? WHERE scope = ?", (page["to"], page["scope"]))\n'
         '    forget_loaded(session, Cursor, (page["scope"],))\n    session.commit()\n'
         '    changed = take_records(session, records)\n'),
    ),
    "answers are applied twice": (
        (OUTBOX, "        if row.state in PENDING:\n            _settle", "        if row.op_id:\n            _settle"),
        (ENGINE, "            taken = [outbox.take_answers(session, results)]\n",
         "            outbox.take_answers(session, results)\n            taken = [outbox.take_answers(session, results)]\n"),
    ),
    "pending work is not laid over what arrives": (
        (INCOMING, 'refold(session, key, rec["scope"], rec["body"], ops)',
         'refold(session, key, rec["scope"], rec["body"], ())'),
    ),
    "the shadow is dropped": (
        (INCOMING, '        keep_shadow(session, key, rec["body"])\n', "        drop_shadow(session, key)\n"),
    ),
    "a sealed operation still changes": ((CAPTURE, "            or last.state != NEW\n", ""),),
    "coalescing forgets what was seen first": (
        (CAPTURE, '"was": first["was"], "saw": first["saw"]}', '"was": first["was"], "saw": entry["saw"]}'),
    ),
    "edits name a stamp that is newer than what was seen": (
        (CAPTURE, "    for row in pending:\n        if row.verb", "    for row in ():\n        if row.verb"),
    ),
    "what was refused is forgotten": ((OUTBOX, "        row.state = PARKED\n", "        row.state = ACKED\n"),),
    "who comes second takes the claim": (
        ("sync/rules.py", "table[Merge.CLAIM, situation] = Rule.LOSE", "table[Merge.CLAIM, situation] = Rule.PUT"),
    ),
    "what moved away stays": (
        (INCOMING, '    changed |= take_evictions(session, page["scope"], leaving, guard or EvictionGuard())\n', ""),
    ),
    "cursors jump over what others wrote": (
        ("sync/client/feed.py", "self._head is None or seqs != list(range(self._head + 1, head + 1))", "self._head is None"),
    ),
    "acknowledged work is thrown away too early": (
        (OUTBOX, "Outbox.acked_seq <= durable_seq)", "Outbox.acked_seq >= durable_seq)"),
    ),
    "desks forget what only the newest backup holds": (
        ("sync/server/backups.py", "durable = min(ours, default=0)", "durable = max(ours, default=0)"),
    ),
    "the backup that was put back counts no more": (
        ("sync/server/backups.py", "        _adopt(connection, folder.parent)\n", ""),
    ),
    "a restored centre is sent nothing again": (
        ("zzdesk/ops/epochs.py", 'again = _offer_again(session, mine.epoch or "")', "again = 0"),
    ),
    "desks do not look at the epoch": ((ENGINE, "        if answer.epoch != self._epoch:\n", "        if not answer.epoch:\n"),),
    "an operation number may be given twice": ((PUSH, "            self._refuse_fork(connection, fresh, last_no)\n", ""),),
    "a copy of a desk goes on under its name": (
        ("sync/client/recovery.py", "            outbox.become_new_replica(session, desk.clock)\n            after",
         "            after"),
    ),
    "an older database gets nothing back": (
        ("zzdesk/ops/bringing_back.py", "count = put_back(session, journal.after(here))", "count = 0"),
    ),
    "receipts from before a restore are not imposed again": (
        (RETURNING, "            if seal(said.epoch).is_mine(said.sig, item.op_id, shown):", "            if said.given_up:"),
    ),
    "an answer for another desk is taken in": (
        (STICK, "    if header.to.device != device:\n        raise RefusedError(FOR_OTHER, **named)\n", ""),
    ),
}  # fmt: skip


BY_TEST: Final[dict[str, str]] = {
    # An answer names the version it leads to, so that the second one changes no record: only what it reports shows it.
    "answers are applied twice": "tests/zzdesk/ops/test_kept.py",
    # An edit is fresh by its stamp or by the value it found: upon own pending work the value says the same.
    "edits name a stamp that is newer than what was seen": "tests/zzdesk/ops/test_capture.py",
    # No desk names its own held edit any more; those of older programs did.
    "a decision waits for what waits for it": "tests/sync/server/test_people_decide.py",
}
"""Mutants that single tests notice."""


@dataclass(frozen=True)
class Verdict:
    """Whether a mutant was noticed, after how many seconds, and by what."""

    noticed: bool
    seconds: float
    by: str
    finished: bool = True


def plant(folder: Path, edits: tuple[Edit, ...]) -> None:
    """Copy the code into ``folder`` with the edits made; each must fit exactly one place."""
    unwanted = shutil.ignore_patterns("__pycache__", "*.pyc")
    for part in ("zzdesk", "sync", "ui", "resources", "tests"):
        shutil.copytree(ROOT / part, folder / part, ignore=unwanted)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, old, new in edits:
        text = (folder / name).read_text("utf-8")
        assert text.count(old) == 1, f"{name}: {text.count(old)} places for {old!r}"
        (folder / name).write_text(text.replace(old, new), "utf-8")


def walk_through(folder: Path, first: int = 0, walks: int = WALKS) -> Verdict:
    """Walk in a copy until something is noticed, the walks are over, or too much time has gone."""
    return _try(folder, "-m", "tests.faults.walk", str(first), str(walks), str(STEPS), "--as-it-is")


def _try(folder: Path, *words: str) -> Verdict:
    started = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, *words], cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True,
            text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Verdict(False, time.monotonic() - started, "nothing until the time was over", finished=False)
    lines = [line for line in (done.stderr or done.stdout).splitlines() if line and not line.startswith(" ")] or [""]
    return Verdict(done.returncode not in (0, *_NOTHING_RUN), time.monotonic() - started, lines[-1][:150])


def try_mutant(name: str) -> Verdict:
    """Plant one mutant and walk."""
    with tempfile.TemporaryDirectory(prefix="zzmutant") as folder:
        plant(Path(folder), MUTANTS[name])
        if name in BY_TEST:
            return _try(Path(folder), "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", BY_TEST[name])
        return walk_through(Path(folder))


def main(names: list[str]) -> int:
    """Try mutants; return 1 when one was not noticed."""
    missed = 0
    for name in names or MUTANTS:
        verdict = try_mutant(name)
        missed += not verdict.noticed
        print(
            f"{'noticed' if verdict.noticed else 'MISSED '} {verdict.seconds:5.0f} s  {name}: {verdict.by}",
            flush=True,
        )
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
