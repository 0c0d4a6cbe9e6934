"""What is asked about orders reads a stretch of an index, however many there are, and meets every change once."""

from __future__ import annotations

import pytest

from sync.server import handovers
from sync.server.partners import changes, incoming, outgoing
from sync.server.partners.messages import OrderIn, Receipt, ReceiptIn, StatusIn
from tests.plans import explained
from tests.sync.server.partners.conftest import BOTH_DATABASES, Town, order_of, send
from zzdesk.desk import records
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError
from zzdesk.reports import commands as reports
from zzdesk.reports import links


def test_no_question_about_orders_looks_at_all_of_them(town: Town, desk: Desk) -> None:
    report, _ = send(desk, "12345")
    other = desk.write(reports.register, {"title": "路灯", "category": "lighting"}).created[0]
    desk.write(links.link, other, report)
    town.sync()
    number = order_of(desk, report).number
    steps: list[tuple[str, str]] = []

    def grows(sql: str) -> bool:
        return any(f"'{kind}'" in sql for kind in ("report", "handover_order", "handover_echo", "link", "step"))

    centre, line = town.server.centre, town.lines[0]
    with explained(centre.database.engine, lambda *each: steps.append(each)):
        outgoing.collect(centre)
        incoming.take(centre, line, ReceiptIn(number, Receipt("H-1", None, "GD-1")))
        incoming.take(centre, line, StatusIn("GD-1", "working"))
        incoming.take(centre, line, OrderIn("GD-2", "路灯"))
        with centre.database.writing() as connection:
            assert handovers.family(connection, report) == {report, other}
    tables = ("record", "feed", "partner_in", "partner_name", "partner_out", "op_log")
    scans = [(step, sql) for step, sql in steps for table in tables if f"{step} ".startswith(f"SCAN {table} ")]
    scans += [(step, sql) for step, sql in steps if step.endswith("(kind=?)") and grows(sql)]  # every one of a kind
    assert scans == []
    used = {name for name in ("ix_record_followed", "ix_record_lead", "ix_record_parent_id") for step, _ in steps if name in step}
    assert used == {"ix_record_followed", "ix_record_lead", "ix_record_parent_id"}
    town.sync()
    assert (order_of(desk, report).state, order_of(desk, report).receipt_number) == ("working", "H-1")


@BOTH_DATABASES
def test_what_changed_is_met_in_stretches_and_all_of_it(town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "STEP", 2)
    orders = [send(desk, "12345")[1] for _ in range(5)]
    town.sync()
    assert outgoing.collect(town.server.centre) == 5
    assert sorted(row.order_id for row in outgoing.outstanding(town.server.centre)) == sorted(orders)
    assert outgoing.collect(town.server.centre) == 0


@BOTH_DATABASES
def test_an_order_is_found_by_every_name_that_it_has_now(town: Town, desk: Desk) -> None:
    """What somebody typed into an order of ours does not lead the partner's word about its own order there."""
    report, order = send(desk, "12345")
    town.sync()
    centre, line = town.server.centre, town.lines[0]
    assert incoming.take(centre, line, OrderIn("GD-7", "路灯"))
    typed = {"receipt_number": "H-1", "external_ref": "GD-7"}
    desk.write(records.act, "handover_order", order, "deliver", typed)
    town.sync()
    assert incoming.take(centre, line, StatusIn("GD-7", "urged", "请尽快"))
    town.sync()
    assert order_of(desk, report).lines == ()
    for name in (order, order_of(desk, report).number):
        assert incoming.take(centre, line, StatusIn(name, "note", f"按{name}"))
    with pytest.raises(InvalidError):
        incoming.take(centre, line, StatusIn("GD-8", "note"))
    with pytest.raises(InvalidError):
        incoming.take(centre, town.lines[2], StatusIn(order, "note"))
