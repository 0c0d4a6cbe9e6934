"""``zzdesk bench load``: the morning herd. Many simulated desks meet one centre at once, on loopback, for a bounded time.

Each greets, sends what it made, pulls what is new and claims a report that others want too.  Afterwards every operation
is accounted for: each has a final answer, each report is there, each claimed report has exactly one winner.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zzdesk.cli import children
from zzdesk.cli.bench.desk import STATION
from zzdesk.cli.bench.herd import OPEN, SimDesk
from zzdesk.errors import OfflineError, RefusedError
from zzdesk.i18n import N_

if TYPE_CHECKING:
    from sync.server.centre import Centre

MADE: Final = 5
"""Reports that each desk brings along in the morning."""
THREADS: Final = 32
PAUSE_S: Final = 0.2
NOT_EMPTY: Final = N_("负载测量会写入虚构数据，只能用空的数据库")


@dataclass
class Tally:
    """What the herd met: seconds of each kind of request, outcomes, what had to be asked again."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"push": [], "pull": [], "claim": []})
    outcomes: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    winners: dict[str, list[str]] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Loaded:
    """What a load run found: milliseconds at the middle and at the worst twentieth, and whether anything was lost."""

    desks: int
    finished: int
    workers: int
    database: str
    seconds: float
    operations: int
    lost: int
    double_claims: int
    push_p50_ms: float
    push_p95_ms: float
    pull_p50_ms: float
    pull_p95_ms: float
    claim_p50_ms: float
    claim_p95_ms: float
    asked_again: int
    outcomes: dict[str, int]

    @property
    def within(self) -> bool:
        """Whether nothing was lost and nobody won twice."""
        return self.lost == 0 and self.double_claims == 0 and self.finished == self.desks


def measure(desks: int, workers: int, database: str | None, limit_s: float) -> Loaded:
    """Run the herd and account for it.

    Raises:
        RefusedError: the database is not empty.
    """
    with tempfile.TemporaryDirectory(prefix="zzdesk-load-") as name, ExitStack() as stack:
        data = Path(name) / "centre"
        centre = _empty_centre(data, database)
        stack.callback(centre.database.close)
        more = ("--database", database, "--workers", str(workers)) if database else ()
        url = stack.enter_context(children.listening("serve", "--data", str(data), "--port", "0", *more))
        return _Herd(url, centre, desks, workers, "postgresql" if database else "sqlite", limit_s).run()


def _empty_centre(data: Path, database: str | None) -> Centre:
    from sqlalchemy import select

    import zzdesk.catalogue  # noqa: F401 - every kind must be known
    from sync.server.run import open_centre
    from sync.server.tables import device

    centre = open_centre(data, database)
    with centre.database.reading() as connection:
        used = connection.execute(select(device.c.id).limit(1)).first() is not None
    if used:
        centre.database.close()
        raise RefusedError(NOT_EMPTY)
    return centre


class _Herd:
    """All simulated desks of one run."""

    def __init__(self, url: str, centre: Centre, desks: int, workers: int, database: str, limit_s: float) -> None:
        self._url, self._centre, self._workers, self._database = url, centre, workers, database
        self._count = desks
        self._deadline = time.monotonic() + limit_s
        self._tally = Tally()

    def run(self) -> Loaded:
        with ThreadPoolExecutor(THREADS, "herd") as pool:
            desks = list(pool.map(self._come, range(self._count)))
            wanted = self._open_reports(desks[0])
            began = time.monotonic()
            list(pool.map(lambda desk: self._morning(desk, wanted), desks))
            took = time.monotonic() - began
        return self._account(took)

    def _come(self, n: int) -> SimDesk:
        from sync.server.accounts import make_code

        desk = SimDesk(self._url, n)
        self._patiently("enrol", lambda: desk.enrol(make_code(self._centre, STATION)))
        self._patiently("enrol", lambda: desk.introduce(self._tally.sent))
        return desk

    def _open_reports(self, desk: SimDesk) -> list[dict[str, Any]]:
        made = [desk.report() for _ in range(max(2, self._count // OPEN))]
        self._push("made", desk, made)
        return made

    def _morning(self, desk: SimDesk, wanted: list[dict[str, Any]]) -> None:
        """One desk's first round of the day."""
        if time.monotonic() > self._deadline:
            return
        chance = random.Random(desk.number)  # noqa: S311 - who wants which report
        head = self._patiently("hello", desk.hello)
        self._push("push", desk, [desk.report() for _ in range(MADE)])
        self._timed("pull", lambda: desk.pull(head))
        born = chance.choice(wanted)
        (outcome,) = self._push("claim", desk, [desk.claim(born)])
        with self._tally.lock:
            self._tally.done += 1
            if outcome == "applied":
                self._tally.winners.setdefault(born["id"], []).append(desk.user)

    def _push(self, what: str, desk: SimDesk, ops: list[dict[str, Any]]) -> list[str]:
        """Send operations until each has its final word, as a desk does."""
        with self._tally.lock:
            self._tally.sent.update(op["op_id"] for op in ops)
        urgent = what == "claim"
        outcomes: list[str] = self._timed(what, lambda: desk.push(ops, urgent=urgent))
        while "deferred" in outcomes and time.monotonic() < self._deadline:
            self._note_again("deferred")
            time.sleep(PAUSE_S)
            outcomes = self._timed(what, lambda: desk.push(ops, urgent=urgent))
        with self._tally.lock:
            self._tally.outcomes.update(outcomes)
        return outcomes

    def _timed(self, what: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        found = self._patiently(what, work)
        with self._tally.lock:
            self._tally.seconds.setdefault(what, []).append(time.perf_counter() - began)
        return found

    def _patiently(self, what: str, work: Callable[[], Any]) -> Any:
        """Ask again where the centre says later, or where the line broke: every request may arrive twice."""
        from sync.client.transport import ProblemError

        while True:
            try:
                return work()
            except (OfflineError, ProblemError) as error:
                passing = isinstance(error, OfflineError) or error.status in (429, 503)
                if not passing or time.monotonic() > self._deadline:
                    raise
                self._note_again(what)
                time.sleep(getattr(error, "retry_after_s", None) or PAUSE_S)

    def _note_again(self, what: str) -> None:
        with self._tally.lock:
            self._tally.again[what] += 1

    def _account(self, took: float) -> Loaded:
        tally = self._tally
        held, claimed = _found(self._centre)
        double = sum(len(users) > 1 for users in tally.winners.values())
        double += sum(claimed.get(record_id) not in users for record_id, users in tally.winners.items())
        push, pull, claim = (_middle_and_worst(tally.seconds[what]) for what in ("push", "pull", "claim"))
        return Loaded(
            self._count, tally.done, self._workers, self._database, round(took, 2), len(tally.sent),
            len(tally.sent - held), double, *push, *pull, *claim, sum(tally.again.values()), dict(tally.outcomes),
        )  # fmt: skip


def _found(centre: Centre) -> tuple[set[str], dict[str, str | None]]:
    """Return the operations with a final answer in the centre's log, and who claimed which report."""
    import msgspec
    from sqlalchemy import select

    from sync.server.tables import op_log, record

    final = ("applied", "merged", "conflict", "lost")
    with centre.database.reading() as connection:
        logged = set(connection.execute(select(op_log.c.op_id).where(op_log.c.outcome.in_(final))).scalars())
        reports = connection.execute(select(record.c.id, record.c.body).where(record.c.kind == "report"))
        return logged, {row.id: msgspec.json.decode(row.body).get("claimed_by") for row in reports}


def _middle_and_worst(seconds: Iterable[float]) -> tuple[float, float]:
    """Return p50 and p95 in milliseconds; 0 where there was nothing."""
    ordered = sorted(seconds)
    if not ordered:
        return 0.0, 0.0
    worst = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    return round(ordered[len(ordered) // 2] * 1000, 1), round(worst * 1000, 1)
