"""What disks and operators do to a world: homes copied, cloned and put back, the centre backed up and put back."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import make_url, select

from sync.modes import NORMAL
from sync.server import admin, backups, held, lineage, salvage
from sync.server.run import ServerThread
from sync.server.tables import op_log, record
from tests.faults.world import Seat, World, _administer
from zzdesk.clock import FixedClock
from zzdesk.desk.session import open_desk_with_key

KEPT: Final = 2
"""How many generations of backups the operator keeps."""
DATABASE: Final = ("zzdesk.db", "zzdesk.db-wal", "zzdesk.db-shm", "audit.anchor")
JOURNAL: Final = "outbox.journal"

# ---- desks


@contextmanager
def at_rest(seat: Seat) -> Iterator[Path]:
    """The home of a seat while nobody uses it, so that its files may be copied or replaced."""
    clock = seat.clock
    seat.desk.store.close()
    seat.desk._held.close()
    yield seat.home
    seat.desk = open_desk_with_key(seat.home, seat.login, seat.key, clock)
    seat.connect(seat.url)


def copy_home(world: World, seat: Seat) -> Path:
    """Copy a home as it is."""
    copy = world.folder / f"copy{len(list(world.folder.glob('copy*')))}"
    with at_rest(seat) as home:
        shutil.copytree(home, copy)
    return copy


def clone(world: World, seat: Seat) -> Seat:
    """Copy a home as a disk image would, and let somebody work in the copy at the same time."""
    copy = world.folder / f"clone{len(world.seats)}"
    with at_rest(seat) as home:
        shutil.copytree(home, copy)
    salt = 50 + len(world.seats)
    clock = FixedClock(seat.clock.now(), salt=salt)
    made = Seat(open_desk_with_key(copy, seat.login, seat.key, clock), salt)
    made.connect(seat.url)
    world.seats.append(made)
    return made


def put_home_back(world: World, seat: Seat, copy: Path, *, journal: bool) -> int:
    """Put an older database into a home, with the journal of its day unless ``journal`` says that today's is left.

    Returns how many operations no desk has any more.
    """
    seat.remember()
    before = seat.outbox()
    with at_rest(seat) as home:
        for name in (*DATABASE, *(() if journal else (JOURNAL,))):
            (home / name).unlink(missing_ok=True)
            if (copy / name).exists():
                shutil.copy(copy / name, home / name)
    seat.catching_up = seat.forgot = True
    here = set().union(*(each.outbox() for each in world.seats))
    world.losses.disk(before - here, _logged(world))
    world.losses.found(here)
    return len(before - here)


def _logged(world: World) -> set[str]:
    with world.server.centre.database.reading() as connection:
        return set(connection.execute(select(op_log.c.op_id)).scalars())


# ---- the centre


@dataclass(frozen=True)
class Generation:
    """One backup of the centre, and how far the centre had come."""

    file: Path
    seq: int


def back_up(world: World) -> Generation:
    """Let the centre make a backup of itself while it serves, and keep the newest ones."""
    centre = world.server.centre
    made = backups.make(centre.database, world.database_url, centre.clock, world.folder / "backups", KEPT)
    [file] = made.path.glob("server.d*")
    world.generations = [*world.generations, Generation(file, made.seq)][-KEPT:]
    assert all(generation.file.exists() for generation in world.generations), "a generation that counts is gone"
    world.losses.durable = max(world.losses.durable, world.generations[0].seq)
    return world.generations[-1]


def fall_back(world: World, number: int) -> None:
    """Put the centre back to one of the generations that are kept; the newer ones are of another life from now on.

    One that was made before anything else happened holds the same, and counts for the centre as for us.
    """
    chosen = world.generations[number]
    for seat in world.seats:
        seat.remember()
    restore(world, chosen.file)
    world.generations = [g for n, g in enumerate(world.generations) if n <= number or g.seq == chosen.seq]
    world.losses.centre(_logged(world))


def stop(world: World) -> None:
    """Stop the centre."""
    world.server.stop()


def start(world: World) -> None:
    """Start the centre again, at another port; what still travelled is lost."""
    world.server = ServerThread(world.folder / "centre", database_url=world.database_url).start()
    for seat in world.seats:
        seat.faults.late.clear()
        seat.connect(world.server.url)


def put_back(world: World, copy: Path | str) -> None:
    """Put a copy in the place of the centre's database: a file, a dump, or a PostgreSQL database of that name."""
    stop(world)
    if world.database_url is None:
        for path in (world.folder / "centre").glob("server.db*"):
            path.unlink()
        shutil.copy(copy, world.folder / "centre" / "server.db")
        return
    name = make_url(world.database_url).database
    _administer(world.database_url, f"DROP DATABASE {name} WITH (FORCE)")
    template = f" TEMPLATE {copy}" if isinstance(copy, str) else ""
    _administer(world.database_url, f"CREATE DATABASE {name}{template}")
    if isinstance(copy, Path):
        _load(world.database_url, copy)


def _load(url: str, dump: Path) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run(["pg_restore", f"--dbname={plain}", str(dump)], check=True, capture_output=True)


def post_restore(world: World) -> Any:
    """Begin a new epoch, as the operator does after a restore."""
    return admin.post_restore(world.folder / "centre", world.database_url)


def restore(world: World, copy: Path | str) -> None:
    """Put a copy in the place of the centre's database, begin a new epoch and serve."""
    put_back(world, copy)
    post_restore(world)
    start(world)


def mode(world: World) -> str:
    """Return the centre's mode: normal or recovery."""
    with world.server.centre.database.reading() as connection:
        return str(lineage.state_of(connection).mode)


# ---- what is left for people


def come_to_rest(world: World, reached: Counter[str]) -> None:
    """Synchronise until nothing moves, and let people decide what only people can decide after something was lost."""
    world.settle()
    for _ in range(3):  # a centre that was put back has to hear from everybody first, and then everybody from it
        if mode(world) == NORMAL:
            break
        world.settle()
    world.settle()
    for _ in range(8):
        if not _decide_salvage(world, reached) + _force_held(world, reached):
            return
        world.settle()
    raise AssertionError("people decide without end")


def _decide_salvage(world: World, reached: Counter[str]) -> int:
    """Put back what desks handed over and the centre still lacks; where they differ, the first version."""
    centre = world.server.centre
    with centre.database.reading() as connection:
        waiting = {(each.kind, each.id): each.hash for each in reversed(salvage.waiting(connection))}
        there = {(row.kind, row.id) for row in connection.execute(select(record.c.kind, record.c.id))}
    for key, digest in waiting.items():
        salvage.decide(centre, key, digest, put_back=key not in there)
        reached["salvaged"] += key not in there
    return len(waiting)


def _force_held(world: World, reached: Counter[str]) -> int:
    """Let the week pass after which a person owns what is held.

    Only what builds upon something gone may need it, or upon what a person has not decided: a conflict, a quarantine.
    """
    with world.server.centre.database.reading() as connection:
        rows = connection.execute(select(op_log).where(op_log.c.waits_on.is_not(None))).all()
        held_back = {row.op_id: row.waits_on.partition(":") for row in rows}
        unborn = {f"{row.kind}/{row.entity_id}" for row in rows if row.verb == "create"}
        waits = {op_id: parts for op_id, parts in held_back.items() if parts[0] != "conf"}
        aside = set(connection.execute(select(op_log.c.op_id).where(op_log.c.outcome == "quarantined")).scalars())
    for op_id, (what, _, name) in waits.items():
        known = what == "op" and (name in world.losses.gone or name in aside or name in held_back)
        known = known or (what == "rec" and name in unborn)  # its creation waits itself, for two people
        assert known, f"{op_id} waits for {what} {name} at rest"
        reached["held behind a quarantine"] += name in aside
    centre = world.server.centre
    at_once = replace(centre, settings=replace(centre.settings, held_s=-1))
    forced = held.force(at_once) if waits else 0
    reached["forced"] += forced
    return forced
