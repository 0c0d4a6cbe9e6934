"""The order of a day's work and the slip of a wage: nobody is lost on the way to the paper, and what it said is on record."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import published
from tests.zzdesk.jobs.test_wages import DAY, PEOPLE, at, placed, worked
from zzdesk.documents.typeset import pdf
from zzdesk.errors import RefusedError
from zzdesk.jobs import commands, queries, workflow


def text(paper: str, said: dict[str, object]) -> str:
    """Return what the PDF says, without the spaces that typesetting puts between Chinese and figures."""
    pages = PdfReader(io.BytesIO(pdf(paper, said))).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def today(station: Station, day: int = 24) -> queries.Order:
    (order,) = station["lin"].read(queries.orders_of, date(2026, 11, day)).rows
    return order


def test_an_order_lists_everybody_who_has_a_place_and_says_when_people_changed(station: Station) -> None:
    """F52: printed orders that never lose names; full names, so it is noted and given to who noted it, for ten minutes."""
    posting = published(station, **DAY)
    with pytest.raises(RefusedError, match="空的"):
        station["lin"].write(commands.print_order, posting)
    applications = [placed(station, posting, who) for who in PEOPLE[:3]]
    made = station["lin"].write(commands.print_order, posting).created[0]
    said = station["lin"].read(queries.paper_of, made)
    written = text("workorder", said)
    for name, _ in PEOPLE[:3]:
        assert name in written
    assert "共3人" in written
    assert PEOPLE[0][1] not in written
    with pytest.raises(RefusedError, match="审计"):
        station["zhuang"].read(queries.paper_of, made)
    (row,) = station.rows("lin", "job_paper")
    assert (row["people"], row["paper"]) == (3, "order")
    assert today(station).paper == "current"
    assert row["content_hash"] in {facts["hash"] for facts in station.audit("job-paper.print")}
    fourth = placed(station, posting, PEOPLE[3])
    assert (today(station).paper, today(station).next) == ("changed", "print")
    with pytest.raises(RefusedError, match="再按一次"):
        station["lin"].read(queries.paper_of, made)
    station.act("lin", "application", fourth, "withdraw", "病了")
    assert today(station).paper == "current"  # it lists exactly these three
    station.clock.advance(601)
    with pytest.raises(RefusedError, match="审计"):
        station["lin"].read(queries.paper_of, made)
    assert len(applications) == 3


def test_an_order_of_sixty_people_goes_on_over_the_pages_without_losing_one() -> None:
    people = [[str(n), f"工友第{n}号", f"GK20261124-{n:04d}", "", "", ""] for n in range(1, 61)]
    said = {
        "title": "派工单", "number": "编号：LG1", "rows": [["地点", "一个很长的地址" * 20]], "people_title": "共 60 人",
        "head": ["序", "姓名", "卡号", "到岗", "完工", "签名"], "people": people, "total": "以上共 60 人。", "lines": [],
        "foot": "", "fonts": ["Noto Sans CJK SC"],
    }  # fmt: skip
    reader = PdfReader(io.BytesIO(pdf("workorder", said)))
    written = "".join(page.extract_text() for page in reader.pages).replace(" ", "")
    assert len(reader.pages) > 2
    assert all(f"工友第{n}号" in written for n in range(1, 61))
    assert all("姓名" in page.extract_text() for page in reader.pages[:-1])


def test_a_slip_has_every_item_and_the_amount_in_words(station: Station) -> None:
    """保障农民工工资支付条例 article 15: the worker gets a slip."""
    posting = published(station, **DAY)
    application = placed(station, posting, PEOPLE[0])
    at(station, 18)
    worked(station, application)
    fields = {"overtime": "30", "deducted": "20.50", "deduction_note": "损坏推车"}
    line = station.add("lin", "wage_line", {"application_id": application, **fields})
    made = station["lin"].write(commands.print_slip, line).created[0]
    written = text("wageslip", station["lin"].read(queries.paper_of, made))
    for each in (
        "漳州市好邻居家政服务有限公司", "林志强", "35060319900115331X", "13705961111", "按日", "08:02–17:11", "9小时9分",
        "220.00元", "30.00元", "250.00元", "20.50元", "损坏推车", "229.50元", "贰佰贰拾玖元伍角整", "2026年11月27日", "尚未支付",
    ):  # fmt: skip
        assert each in written, each
    with pytest.raises(RefusedError):
        station["chen"].write(commands.print_slip, line)


def test_a_day_s_work_says_the_one_thing_to_do_next(station: Station) -> None:
    posting = published(station, **DAY | {"headcount": 2})
    assert today(station).next == "fill-places"
    applications = [placed(station, posting, who) for who in PEOPLE[:2]]
    assert today(station).next == "print"
    station["lin"].write(commands.print_order, posting)
    assert today(station).next == "wait"
    station.clock.set(datetime(2026, 11, 24, 0, 0, tzinfo=UTC))
    assert today(station).next == "start"
    station.act("lin", "posting", posting, "start")
    assert today(station).next == "check-in"
    at(station, 18)
    worked(station, applications[0])
    station.act("lin", "application", applications[1], "no-show", "没来")
    order = today(station)
    assert (order.next, order.placed, order.finished, order.absent) == ("settle", 1, 1, 1)
    station.act("lin", "posting", posting, "settle")
    assert today(station).next == "pay"
    (line,) = station.rows("lin", "wage_line")
    station.act("lin", "wage_line", line["id"], "pay", paid_way="cash", proof_kind="signature", proof="已签")
    assert today(station).next == "complete"
    station.act("lin", "posting", posting, "complete")
    assert (today(station).next, set(workflow.NEXT) >= {"nothing"}) == ("nothing", True)
