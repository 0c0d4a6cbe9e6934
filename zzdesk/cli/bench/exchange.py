"""``zzdesk bench sync``: what two desks and a centre do with many records, beside the bare pipe in the same run."""

from __future__ import annotations

import cProfile
import io
import pstats
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zzdesk.cli import children
from zzdesk.cli.bench import bare, reports
from zzdesk.cli.bench.desk import STATION, throw_away_desk
from zzdesk.cli.bench.memory import Watched
from zzdesk.cli.bench.pipe import Pipe, open_pipe

if TYPE_CHECKING:
    from sync.client.engine import SyncClient, SyncReport
    from zzdesk.desk.session import Desk

IDLE_ROUNDS: Final = 20
SMALL_ROUNDS: Final = 5
SHOWN: Final = 25
"""Functions of a profile that are shown."""


@dataclass(frozen=True)
class Workload:
    """One workload: what it took, what the bare pipe took for the same records, and what was aimed at.

    ``seconds`` and ``bytes`` are those of all rounds that belong to it; memory is the growth at the peak, in KiB.
    """

    workload: str
    records: int
    touched: int
    seconds: float
    requests: int
    bytes: int
    aim: float | None
    bytes_aim: float | None = None
    pipe_seconds: float | None = None
    pipe_bytes: int | None = None
    desk_cpu_s: float | None = None
    server_cpu_s: float | None = None
    desk_peak_kib: int | None = None
    server_peak_kib: int | None = None
    conflicts: int = 0

    @property
    def ratio(self) -> float | None:
        """Return the seconds as a multiple of the pipe's."""
        return round(self.seconds / self.pipe_seconds, 2) if self.pipe_seconds else None

    @property
    def bytes_ratio(self) -> float | None:
        """Return the bytes on the wire as a multiple of the records' gzip JSON."""
        return round(self.bytes / self.pipe_bytes, 2) if self.pipe_bytes else None

    @property
    def us_per_record(self) -> float:
        """Return microseconds for each record that was touched."""
        return round(self.seconds / max(1, self.touched) * 1e6, 1)

    @property
    def within(self) -> bool:
        """Whether it is what was aimed at; an idle round's aim is in seconds."""
        said = self.ratio if self.pipe_seconds else self.seconds
        fast = self.aim is None or said is None or said <= self.aim
        small = self.bytes_aim is None or self.bytes_ratio is None or self.bytes_ratio <= self.bytes_aim
        return fast and small


def measure(records: int, tell: Callable[[str], None] | None = None) -> Iterator[Workload]:
    """Yield the workloads for so many records; ``tell`` is given the profile of each, where it is wanted."""
    with tempfile.TemporaryDirectory(prefix="zzdesk-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        centre = children.started("serve", "--data", str(folder / "centre"), "--port", "0")
        url, pid = stack.enter_context(centre)
        pipe = stack.enter_context(open_pipe(folder / "pipe"))
        first, second = (stack.enter_context(throw_away_desk(folder / each)) for each in "ab")
        yield from _Bench(records, pipe, pid, (_joined(first, url, folder), _joined(second, url, folder)), tell).run()


def _joined(desk: Desk, url: str, folder: Path) -> SyncClient:
    from sync.client.engine import SyncClient
    from sync.client.enrol import enrol

    words = ("server", "enrol-code", "--data", str(folder / "centre"), "--station", STATION)
    enrol(desk, url, children.run(*words).split()[-1])
    client = SyncClient(desk)
    client.sync()
    return client


class _Bench:
    """Two desks at one centre, with the pipe beside them."""

    def __init__(
        self, records: int, pipe: Pipe, centre: int, clients: tuple[SyncClient, SyncClient],
        tell: Callable[[str], None] | None,
    ) -> None:  # fmt: skip
        self._records = records
        self._few = max(1, records // 100)
        self._pipe = pipe
        self._centre = centre
        self._one, self._other = clients
        self._tell = tell
        self._turn = 0

    def run(self) -> Iterator[Workload]:
        for start in range(0, self._records, reports.CHUNK):
            self._one.desk.write(reports.add_many, range(start, min(start + reports.CHUNK, self._records)))
        rows = bodies(self._one.desk)
        few = rows[: self._few]
        size = len(bare.pack(rows))
        beside = self._pipe.push_s(rows)
        yield self._whole("push", self._one, 3.0, 1.6, beside, size)
        beside = self._pipe.pull_s(rows)
        yield self._whole("pull", self._other, 2.0, 1.2, beside, size)
        del rows
        self._settle()
        yield self._carried(few)
        yield self._idle()
        yield self._both(few)

    def _whole(
        self, what: str, client: SyncClient, aim: float, bytes_aim: float, beside: float, size: int
    ) -> Workload:
        with self._profiled(what), _Watch(self._centre) as watch:
            report = client.sync()
        return Workload(
            what, self._records, self._records, watch.seconds, report.requests, report.bytes, aim, bytes_aim, beside,
            size, watch.desk_cpu, watch.centre_cpu, watch.desk_peak, watch.centre_peak,
        )  # fmt: skip

    def _settle(self) -> None:
        """Let the search index catch up: what is measured next is the exchange alone."""
        from zzdesk.desk.indexing import catch_up

        for client in (self._one, self._other):
            client.sync()
            catch_up(client.desk.store)

    def _edit(self, client: SyncClient, word: str) -> None:
        """Change a field of one in a hundred reports, each by itself, as people do."""
        from zzdesk.reports.commands import edit
        from zzdesk.reports.queries import list_reports

        self._turn += 1
        left, after = self._few, None
        while left > 0:
            page = client.desk.read(list_reports, limit=min(left, 100), after=after)
            for row in page.rows:
                client.desk.write(edit, row.id, {"address": f"{word}{self._turn}号"})
            left, after = left - len(page.rows), page.after

    def _carried(self, few: list[bare.Row]) -> Workload:
        rounds: list[tuple[float, list[SyncReport]]] = []
        for _ in range(SMALL_ROUNDS):
            self._edit(self._one, "台湾路")
            rounds.append(_timed(self._one, self._other))
        pipe = self._pipe.push_s(few) + self._pipe.pull_s(few)
        return self._small("carry", rounds, 3.0, pipe, len(bare.pack(few)))

    def _idle(self) -> Workload:
        with self._profiled("idle"):
            rounds = [_timed(self._other) for _ in range(IDLE_ROUNDS)]
        return self._small("idle", rounds, 0.020, None, None)

    def _both(self, few: list[bare.Row]) -> Workload:
        """Both desks edit the same reports: nobody's value may be lost, both are shown to a person."""
        rounds: list[tuple[float, list[SyncReport]]] = []
        for _ in range(SMALL_ROUNDS):
            self._edit(self._one, "修文西路")
            self._edit(self._other, "新华东路")
            rounds.append(_timed(self._one, self._other, self._one))
        pipe = 2 * (self._pipe.push_s(few) + self._pipe.pull_s(few))
        return self._small("both", rounds, None, pipe, None)

    def _small(
        self, what: str, rounds: list[tuple[float, list[SyncReport]]], aim: float | None, beside: float | None,
        size: int | None,
    ) -> Workload:  # fmt: skip
        """Return the median of several rounds."""
        took, done = sorted(rounds, key=lambda each: each[0])[len(rounds) // 2]
        touched = 0 if what == "idle" else self._few
        return Workload(
            what, self._records, touched, took, sum(each.requests for each in done), sum(each.bytes for each in done),
            aim, None, beside, size, conflicts=sum(each.conflicts for each in done),
        )  # fmt: skip

    @contextmanager
    def _profiled(self, what: str) -> Iterator[None]:
        if self._tell is None:
            yield
            return
        profile = cProfile.Profile()
        with profile:
            yield
        text = io.StringIO()
        pstats.Stats(profile, stream=text).sort_stats("tottime").print_stats(SHOWN)
        self._tell(f"{what} of {self._records}, the desk's side\n{text.getvalue()}")


class _Watch:
    """Time, work and memory of the desk and of the centre while something is done."""

    def __init__(self, centre: int) -> None:
        import os

        self._desk, self._centre = Watched(os.getpid()), Watched(centre)
        self._started = time.perf_counter()

    def __enter__(self) -> _Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._started
        self.desk_cpu, self.centre_cpu = self._desk.cpu_s, self._centre.cpu_s
        self.desk_peak, self.centre_peak = self._desk.growth_kib, self._centre.growth_kib


def _timed(*clients: SyncClient) -> tuple[float, list[SyncReport]]:
    started = time.perf_counter()
    done = [client.sync() for client in clients]
    return time.perf_counter() - started, done


def bodies(desk: Desk) -> list[bare.Row]:
    """Return the reports of a desk as id and JSON."""
    import msgspec
    from sqlalchemy import select

    from zzdesk.ops.capture import wire_body
    from zzdesk.reports.models import Report
    from zzdesk.store.base import kind_of

    with desk.store.reader() as session:
        kind = kind_of(Report)
        found = session.scalars(select(Report).execution_options(yield_per=500))
        return [(r.id, msgspec.json.encode(wire_body(kind, r)).decode()) for r in found]


def as_line(done: Workload) -> dict[str, Any]:
    """Return a workload as it is printed."""
    from dataclasses import asdict

    rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(done).items()}
    return rounded | {
        "ratio": done.ratio, "bytes_ratio": done.bytes_ratio, "us_per_record": done.us_per_record,
        "within": done.within,
    }  # fmt: skip


