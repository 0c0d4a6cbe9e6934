"""Operations that are unfit, in a group that waits and in quarantine: kept, refused, and in nobody's way (16, 17)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from sync.server import admin
from sync.server.run import ServerThread
from sync.server.tables import op_log
from tests.sync.server.conftest import ServerStore
from tests.sync.server.wire import STATION, WireDesk, edit, new_id, problem


def unfit(desk: WireDesk, what: str, group: str) -> dict[str, Any]:
    """Return an operation that no centre may apply."""
    made = {
        "actor": lambda: desk.create(title="a") | {"actor": {"user": "nobody"}},
        "float": lambda: desk.patch("thing", new_id(), title={"to": 1.5, "was": None, "saw": None}),
        "claim": lambda: desk.create("claim", record_kind="thing", record_id=new_id(), user=desk.user, state="held"),
        "verb": lambda: desk.op("thing", new_id(), "erase"),
    }[what]()
    return made | {"group": group}


def outcomes(server: ServerThread, *ops: dict[str, Any]) -> list[str]:
    with server.centre.database.reading() as connection:
        query = select(op_log.c.op_id, op_log.c.outcome).where(op_log.c.op_id.in_([op["op_id"] for op in ops]))
        found = {row.op_id: row.outcome for row in connection.execute(query)}
    return [found[op["op_id"]] for op in ops]


@pytest.mark.parametrize("what", ["actor", "float", "claim", "verb"])
def test_it_refuses_its_group_at_once_though_the_rest_would_wait(
    server: ServerThread, anna: WireDesk, bo: WireDesk, what: str
) -> None:
    born, group = bo.create(title="路灯"), new_id()
    early = anna.patch("thing", born["id"], **edit(born, "路灯坏了")) | {"group": group}
    bad = unfit(anna, what, group)
    results = anna.push(early, bad)
    assert [result["outcome"] for result in results] == ["rejected", "rejected"]
    assert problem(results[0]) == "/p/group-rejected"
    assert bo.push_one(born)["outcome"] == "applied"
    assert bo.push_one(bo.create(title="井盖"))["outcome"] == "applied"
    assert outcomes(server, early, bad) == ["rejected", "rejected"]


def test_a_group_that_an_earlier_program_let_wait_with_it_is_refused_when_it_is_looked_at(
    server: ServerThread, anna: WireDesk, bo: WireDesk
) -> None:
    born, group = bo.create(title="路灯"), new_id()
    early = anna.patch("thing", born["id"], **edit(born, "路灯坏了")) | {"group": group}
    other = anna.patch("thing", new_id(), title={"to": "井盖", "was": None, "saw": new_id()}) | {"group": group}
    assert {result["outcome"] for result in anna.push(early, other)} == {"held"}
    with server.centre.database.writing() as connection:
        broken = update(op_log).where(op_log.c.op_id == other["op_id"])
        connection.execute(broken.values(body='{"actor":{"user":"nobody"},"verb":"patch"}'))
    assert bo.push_one(born)["outcome"] == "applied"
    assert bo.push_one(bo.create(title="后来的"))["outcome"] == "applied"
    assert outcomes(server, early, other) == ["rejected", "rejected"]
    (record,) = bo.fetch(("thing", born["id"]))
    assert record["body"]["title"] == "路灯"


def test_in_quarantine_it_is_listed_and_can_be_refused(
    server: ServerThread, server_store: ServerStore, anna: WireDesk, bo: WireDesk
) -> None:
    anna.introduce("supervisor", "administrator")
    admin.set_device(server_store.data, server_store.database_url, bo.device_id, "escrow")
    bad = unfit(bo, "actor", new_id())
    assert bo.push_one(bad)["outcome"] == "quarantined"
    assert anna.call("quarantine", after=None, limit=50)["items"] is not None
    admin.decide(server_store.data, server_store.database_url, bad["op_id"], anna.user, "看不懂", let_through=False)
    assert outcomes(server, bad) == ["rejected"]
    assert anna.push_one(anna.create(scope=STATION, title="照常"))["outcome"] == "applied"
