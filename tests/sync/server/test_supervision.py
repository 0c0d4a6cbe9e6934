"""Cards that show by themselves are lifted by who supervises and by nobody else, at the centre as on the desk (F20)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

import zzdesk.catalogue  # noqa: F401 - the real kinds
from sync.server.run import ServerThread
from sync.server.tables import record
from tests.sync.server.conftest import ServerStore
from tests.sync.server.wire import STATION, WireDesk, rows
from zzdesk.clock import FixedClock

LIFT = {"card": "lift-overdue", "whom": "城管中队", "opinion": "已到场"}


@pytest.fixture
def server(server_store: ServerStore, clock: FixedClock) -> Iterator[ServerThread]:
    """A centre with the rules of the real kinds."""
    with ServerThread(server_store.data, database_url=server_store.database_url, clock=clock) as running:
        yield running


def test_only_who_supervises_lifts_a_card(server: ServerThread, new_desk: Callable[..., WireDesk]) -> None:
    boss, hand = new_desk(), new_desk()
    boss.introduce("clerk", "supervisor")
    hand.introduce("handler")
    made = boss.create("report", STATION, title="噪声", category="noise", state="registered")
    boss.push(made)
    refused = hand.push_one(hand.create("card", STATION, report_id=made["id"], **LIFT))
    taken = boss.push_one(boss.create("card", STATION, report_id=made["id"], **LIFT))
    assert refused["outcome"] not in ("applied", "merged"), refused
    assert taken["outcome"] == "applied", taken
    assert len([row for row in rows(server, record) if row.kind == "card"]) == 1
