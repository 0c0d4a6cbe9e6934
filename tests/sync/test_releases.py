"""Operations, desks and centres of every release: today's programs read them, take them, and lose nothing (12, 13)."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select

import zzdesk
from sync.client.enrol import enrol
from sync.reading import VERBS
from sync.server.run import ServerThread
from sync.server.tables import op_log, record
from tests.sync.make_release import DATA, LOGIN, MADE, OTHER, PASSWORD, STATION
from tests.sync.server.wire import WireDesk, rows
from tests.sync.stations import settle
from zzdesk.catalogue import KINDS
from zzdesk.clock import FixedClock
from zzdesk.desk.queries import open_conflicts
from zzdesk.desk.session import Desk, create_home, open_desk
from zzdesk.ops import digest
from zzdesk.ops.apply import op_hash
from zzdesk.ops.models import NEW, SEALED, Outbox, SyncRecord
from zzdesk.store.keys import TEST_COST

MONTHS_LATER = 200 * 86_400
FIRST_KINDS = frozenset(
    line.split('"kind": "')[1].split('"')[0]
    for line in (DATA / "release-0.1.0.ndjson").read_text("utf-8").splitlines()
)
"""The kinds of the first release: no later one knows fewer."""
RELEASES = sorted(DATA.glob("release-*.zip"))


@pytest.fixture
def later() -> FixedClock:
    clock = FixedClock(MADE)
    clock.advance(MONTHS_LATER)
    return clock


@pytest.fixture(params=RELEASES, ids=lambda path: path.stem)
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """What that release left behind, unpacked, for its owner alone."""
    folder = tmp_path / "release"
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return folder


SINCE: Final = {
    "calendar", "callout", "card", "case_reading", "certificate", "clue", "committee", "committee_member", "confirmation", "duty",
    "extension", "handover_echo", "handover_order", "investigation", "job_month", "link", "month_close", "participant",
    "performance_line", "points_entry", "prevention", "printout", "redemption", "request", "revisit", "reward", "round",
    "round_item", "segment", "signup", "subsidy_item", "subsidy_rule", "subsidy_sheet", "task", "team", "volunteer",
    "contact_day", "employer_need", "employer_visit", "giveback_entry", "visit_item",
    "complaint", "job_paper", "kiosk_call", "queue_draw", "queue_entry", "sanction_appeal", "wage_line",
}  # fmt: skip
"""Kinds of record that are newer than the last release; keeping the next one empties this."""

def logged(release: Path) -> list[dict[str, Any]]:
    lines = (DATA / f"{release}.ndjson").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def opened(home: Path, clock: FixedClock, server: ServerThread) -> Desk:
    """Open a home of that release and enrol it anew, as a home on another machine has to be."""
    desk = open_desk(home, LOGIN, PASSWORD, clock=clock)
    enrol(desk, server.url, server.enrol_code(STATION))
    return desk


@pytest.fixture
def new_desk(tmp_path: Path, later: FixedClock) -> Iterator[Any]:
    made: list[Desk] = []

    def make(server: ServerThread) -> Desk:
        made.append(create_home(tmp_path / "new", STATION, LOGIN, PASSWORD, clock=later, cost=TEST_COST)[0])
        enrol(made[-1], server.url, server.enrol_code(STATION))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


def waiting(desk: Desk) -> int:
    with desk.store.reader() as session:
        return len(session.scalars(select(Outbox.n).where(Outbox.state.in_((NEW, SEALED)))).all())


def damaged(desk: Desk) -> list[Any]:
    with desk.store.reader() as session:
        return list(digest.damaged(session, ("", ""))[0])


def everything(desk: Desk) -> dict[str, str]:
    """Return the hash of each record that the centre has confirmed here."""
    with desk.store.reader() as session:
        return {row.id: row.hash for row in session.scalars(select(SyncRecord))}


def test_this_release_is_kept() -> None:
    names = {path.name for path in DATA.iterdir()}
    assert {f"release-{zzdesk.__version__}.zip", f"release-{zzdesk.__version__}.ndjson"} <= names


@pytest.mark.parametrize("name", [path.stem for path in RELEASES])
def test_an_operation_keeps_its_identity_for_ever(name: str) -> None:
    """A hash that came out differently would turn every retry of an older desk into another operation."""
    kept = logged(name)
    assert all(op_hash(line["op"]) == line["hash"] for line in kept)
    if name == f"release-{zzdesk.__version__}":
        assert {line["op"]["kind"] for line in kept} >= set(KINDS) - SINCE
        assert {line["op"]["verb"] for line in kept} == VERBS


def test_a_home_that_never_met_a_centre_hands_over_everything(
    release: Path, later: FixedClock, tmp_path: Path
) -> None:
    with (
        ServerThread(tmp_path / "today", clock=later) as server,
        closing(opened(release / "alone", later, server)) as desk,
    ):
        WireDesk(server.url, later, server.enrol_code(OTHER)).close()  # somebody is there to move to
        minted = waiting(desk)
        settle(desk)
        outcomes = Counter((row.outcome, row.kind, row.verb) for row in rows(server, op_log))
        assert outcomes.total() == minted
        assert {outcome for outcome, _, _ in outcomes} == {"applied"}, outcomes
        assert waiting(desk) == 0
        assert damaged(desk) == []
        assert {row.kind for row in rows(server, record)} >= {kind for _, kind, _ in outcomes}
        assert len({kind for _, kind, _ in outcomes}) >= len(FIRST_KINDS)


def test_desk_and_centre_go_on_together(release: Path, later: FixedClock, new_desk: Any) -> None:
    with (
        ServerThread(release / "centre", clock=later) as server,
        closing(opened(release / "desk", later, server)) as desk,
    ):
        newcomer = new_desk(server)
        assert waiting(desk) > 0
        settle(desk, newcomer)
        assert waiting(desk) == 0
        assert desk.read(open_conflicts) == newcomer.read(open_conflicts) == 2
        for each in (desk, newcomer):
            assert damaged(each) == []
        assert everything(newcomer).items() >= everything(desk).items()
