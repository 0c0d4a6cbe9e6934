"""A matter that goes from hand to hand: it carries where it was, comes back to nobody, and who closes a circle is told."""

from __future__ import annotations

from typing import Any

import pytest

from sync.server.centre import identity
from sync.server.partners import chains, formats
from sync.server.partners.messages import OrderIn, Outgoing
from tests.sync.server.partners.conftest import CALL, Town, order_of
from zzdesk.desk import handing
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError, RefusedError

THEIRS = {"工单编号": "GD-1", "标题": "夜里施工", "类别": "噪声扰民"}


def hand_on(desk: Desk, report: str, partner: str) -> str:
    call = CALL if partner == "110" else {}
    return desk.write(handing.hand_over, {"report_id": report, "partner": partner, "reason": "不属本站"} | call).created[0]


def came(town: Town, desk: Desk, code: str, row: dict[str, Any]) -> str:
    """Let an order come in and return its report."""
    town.drop(code, "gd.json", row)
    assert town.round().taken == 1
    (found,) = desk.read(reports_of, str(row["工单编号"]))
    return str(found)


def reports_of(read: Any, ref: str) -> list[str]:
    from sqlalchemy import select

    from zzdesk.reports.models import Report

    return list(read.session.scalars(select(Report.id).where(Report.external_ref == ref)))


def test_a_circle_of_three_is_closed_nowhere(town: Town, desk: Desk) -> None:
    """12345 gave it to us, we gave it to the city, which gives it back under a number of its own."""
    report = came(town, desk, "12345", THEIRS)
    order = hand_on(desk, report, "city")
    town.round()
    (text,) = town.out("city")
    with town.server.centre.database.reading() as connection:
        ours = identity(connection).server_id
    assert f"12345:GD-1；{ours}:{order}" in text
    for number, origins in (("CS-7", f"12345:GD-1；{ours}:{order}；city:CS-7"), ("CS-8", ["12345:GD-1", f"{ours}:{order}"])):
        town.drop("city", f"{number}.json", {"工单编号": number, "标题": "夜里施工", "来源编号": origins})
        assert (done := town.round()).refused == 1
        assert any("绕了一圈又回来" in why for _, why in done.problems)
    assert desk.read(reports_of, "CS-7") == []


def test_what_a_partner_calls_our_order_is_known_in_anybodys_hands(town: Town, desk: Desk) -> None:
    report = came(town, desk, "12345", THEIRS)
    order = hand_on(desk, report, "city")
    town.round()
    town.drop("city", "hz.json", {"类型": "回执", "转办编号": order, "回执编号": "H-1", "工单编号": "CS-7"})
    town.round()
    town.drop("12345", "again.json", THEIRS | {"工单编号": "GD-2", "来源编号": "city:CS-7"})
    assert town.round().refused == 1


def test_what_came_by_way_of_a_partner_does_not_go_back_there(town: Town, desk: Desk) -> None:
    report = came(town, desk, "city", {"工单编号": "CS-9", "标题": "夜里施工", "来源编号": ["12345：GD-5", "省厅:X-1"]})
    assert order_of(desk, report).origins == ("12345:GD-5", "省厅:X-1")
    with pytest.raises(RefusedError, match="辗转"):
        hand_on(desk, report, "12345")
    urban = hand_on(desk, report, "110")
    town.round()
    (message,) = town.out("110")
    assert message["order"] == urban
    assert message["origins"][:3] == ["12345:GD-5", "city:CS-9", "省厅:X-1"]


@pytest.mark.parametrize("wrong", [("no number",), ("city:",), tuple(f"city:{n}" for n in range(50)), ("a:" + "9" * 300,)])
def test_places_that_cannot_be_kept_are_named(wrong: tuple[str, ...]) -> None:
    with pytest.raises(InvalidError):
        chains.cleaned(wrong)


def test_files_carry_places_both_ways() -> None:
    read = formats.incoming({"工单编号": "1", "标题": "a", "来源编号": "12345:GD-1；city:7"})
    assert isinstance(read, OrderIn)
    assert read.origins == ("12345:GD-1", "city:7")
    written = formats.as_json(Outgoing("k", "order", "city", "o", "n", "t", origins=read.origins))
    assert b'"12345:GD-1"' in written
