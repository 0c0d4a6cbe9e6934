"""The last pieces of a reward under a race, on both databases: given as often as there are pieces, paid for once each."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.server.run import ServerThread
from sync.server.tables import record
from tests.sync.server.test_races import _at_once
from tests.sync.server.test_seats import NewDesk, body
from tests.sync.server.wire import WireDesk, new_id, rows
from zzdesk.patrol.ledger import entry_id


@pytest.fixture
def server(real_server: ServerThread) -> ServerThread:
    """The centre of these tests knows the real kinds."""
    return real_server


def entry(desk: WireDesk, who: str, **more: Any) -> dict[str, Any]:
    fields = {"volunteer_id": who, "debit": "issued", "credit": "volunteer", "amount": 5, "why": "adjust", "month": "2026-11"}
    return desk.create("points_entry", **(fields | more))


def exchange(desk: WireDesk, reward: dict[str, Any], who: str) -> list[dict[str, Any]]:
    """Return a redemption with its entry, as a desk sends them: one group."""
    group = {"group": new_id()}
    asked = desk.create("redemption", reward_id=reward["id"], volunteer_id=who, price=5, state="asked") | group
    paid = {
        "volunteer_id": who, "debit": "volunteer", "credit": "redeemed", "amount": 5, "why": "redeem", "month": "2026-11",
        "redemption_id": asked["id"],
    }  # fmt: skip
    return [asked, desk.create("points_entry", record_id=entry_id("redeem", asked["id"]), **paid) | group]


def test_eight_counters_give_three_pieces_away_at_once(desk: NewDesk, server: ServerThread) -> None:
    desks = [desk() for _ in range(8)]
    umbrella = desks[0].create("reward", name="雨伞", price=5, received=3)
    desks[0].push(umbrella, *(entry(desks[0], each.user) for each in desks))
    asked = {each.user: exchange(each, umbrella, each.user) for each in desks}

    def race(each: WireDesk) -> Callable[[], None]:
        def run() -> None:
            assert {result["outcome"] for result in each.push(*asked[each.user])} == {"applied"}

        return run

    _at_once(*[race(each) for each in desks])
    said = {who: body(desks[0], "redemption", ops[0]["id"])["standing"] for who, ops in asked.items()}
    assert sorted(said.values()) == ["granted"] * 3 + ["out-of-stock"] * 5
    assert body(desks[0], "reward", umbrella["id"])["given"] == 3
    books: dict[str, int] = {}
    for row in rows(server, record):
        if row.kind == "points_entry":
            found = json.loads(row.body)
            sign = (found["credit"] == "volunteer") - (found["debit"] == "volunteer")
            books[found["volunteer_id"]] = books.get(found["volunteer_id"], 0) + sign * found["amount"]
    assert books == {who: 0 if standing == "granted" else 5 for who, standing in said.items()}


def test_nobody_goes_below_nought_and_nobody_writes_the_stock(desk: NewDesk) -> None:
    clerk = desk("supervisor")
    who = new_id()
    umbrella = clerk.create("reward", name="雨伞", price=5, received=1, given=-9)
    clerk.push(umbrella, entry(clerk, who))
    taken = entry(clerk, who, debit="volunteer", credit="issued", amount=8)
    clerk.push(taken)
    assert body(clerk, "points_entry", entry_id("floor", taken["id"]))["amount"] == 3
    assert "given" not in body(clerk, "reward", umbrella["id"])
    short = exchange(clerk, umbrella, who)
    clerk.push(*short)
    assert body(clerk, "redemption", short[0]["id"])["standing"] == "short"
    assert body(clerk, "points_entry", entry_id("refund", short[0]["id"]))["amount"] == 5
