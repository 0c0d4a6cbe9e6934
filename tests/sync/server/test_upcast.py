"""Operations of desks that were away for months: lifted step by step, answered as what they were (hazard 13)."""

from __future__ import annotations

import msgspec
import pytest

from sync.protocol import SCHEMA, Op
from sync.server.run import ServerThread
from sync.server.tables import op_log
from sync.upcast import Step, Upcasters
from tests.sync.server.conftest import ServerStore
from tests.sync.server.wire import STATION, WireDesk, edit, new_id, rows
from tests.sync.things import POLICIES
from zzdesk.clock import FixedClock
from zzdesk.errors import BugError


def renamed(old: str, new: str) -> Step:
    """The step of a release that gave a field another name."""

    def step(op: Op) -> Op:
        def named(given: dict) -> dict:
            return {new if name == old else name: value for name, value in given.items()}

        return msgspec.structs.replace(op, init=named(op.init), set=named(op.set), saw=named(op.saw))

    return step


CHAIN = Upcasters({1: {"thing": renamed("heading", "caption")}, 2: {"thing": renamed("caption", "title")}}, schema=3)


@pytest.fixture
def desk(server_store: ServerStore, clock: FixedClock):
    url = server_store.database_url
    with ServerThread(server_store.data, database_url=url, clock=clock, policies=POLICIES, upcasters=CHAIN) as server:
        made = WireDesk(server.url, clock, server.enrol_code(STATION))
        made.server = server
        yield made
        made.close()


def test_old_operations_are_judged_as_todays(desk: WireDesk) -> None:
    born = desk.create(heading="路灯不亮")
    later = desk.patch("thing", born["id"], **edit(born, "路灯全灭", field="heading"))
    between = desk.patch("thing", born["id"], caption={"to": "修好了", "was": "路灯全灭", "saw": later["op_id"]}) | {"schema": 2}
    results = desk.push(born, later, between)
    assert {result["outcome"] for result in results} == {"applied"}
    assert results[-1]["record"]["body"]["title"] == "修好了"  # the desk could not have worked that out itself
    assert "heading" not in results[-1]["record"]["body"]


def test_what_the_author_wrote_is_what_is_kept_and_repeated(desk: WireDesk) -> None:
    born = desk.create(heading="路灯不亮")
    first = desk.push_one(born)
    again = desk.push_one(born)
    assert (again["outcome"], again["seq"], again["sig"]) == (first["outcome"], first["seq"], first["sig"])
    (logged,) = rows(desk.server, op_log)
    assert "heading" in logged.body
    assert logged.schema == 1


def test_an_old_operation_that_was_held_is_lifted_when_it_is_released(desk: WireDesk) -> None:
    record_id = new_id()
    born = desk.create(heading="路灯不亮", record_id=record_id)
    later = desk.patch("thing", record_id, **edit(born, "路灯全灭", field="heading"))
    assert desk.push_one(later)["outcome"] == "held"
    desk.push(born)
    (record,) = desk.fetch(("thing", record_id))
    assert record["body"]["title"] == "路灯全灭"


def test_what_is_newer_than_this_program_passes_untouched(desk: WireDesk) -> None:
    born = desk.create(heading="新的") | {"schema": 9}
    desk.push(born)
    (record,) = desk.fetch(("thing", born["id"]))
    assert record["body"]["heading"] == "新的"


def test_a_step_beyond_this_release_is_a_mistake() -> None:
    with pytest.raises(BugError):
        Upcasters({SCHEMA: {"thing": renamed("a", "b")}})
