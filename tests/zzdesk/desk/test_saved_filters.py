"""Filters under names of one's own: kept in order, for one account, changed, deleted and brought back."""

from __future__ import annotations

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.desk import saved_filters as saved
from zzdesk.errors import InvalidError, NotFoundError, RefusedError


def names(station: Station, who: str = "lin", where: str = "reports") -> list[tuple[str, str]]:
    return [(row.name, row.filter) for row in station[who].read(saved.mine, where)]


def test_they_are_kept_in_the_order_of_saving_and_changed(station: Station) -> None:
    lin = station["lin"]
    first = lin.write(saved.save, "reports", "  逾期  噪声 ", '{"band":"overdue"}').created[0]
    lin.write(saved.save, "reports", "今天", '{"period":"today"}')
    lin.write(saved.save, "jobs", "今天", "{}")
    assert names(station) == [("逾期 噪声", '{"band":"overdue"}'), ("今天", '{"period":"today"}')]
    assert lin.write(saved.change, first, "逾期", "{}").touches("filter")
    assert names(station) == [("逾期", "{}"), ("今天", '{"period":"today"}')]


def test_one_that_was_deleted_comes_back_to_its_place(station: Station) -> None:
    lin = station["lin"]
    for name in ("一", "二", "三"):
        lin.write(saved.save, "reports", name, "{}")
    second = lin.read(saved.mine, "reports")[1]
    lin.write(saved.remove, second.id)
    assert [name for name, _ in names(station)] == ["一", "三"]
    lin.write(saved.restore, second)
    assert [name for name, _ in names(station)] == ["一", "二", "三"]
    lin.write(saved.remove, second.id)
    lin.write(saved.save, "reports", "二", "{}")
    with pytest.raises(InvalidError, match="已经有一个"):
        lin.write(saved.restore, second)


def test_nobody_else_sees_or_touches_them(station: Station) -> None:
    mine = station["lin"].write(saved.save, "reports", "我的", "{}").created[0]
    assert names(station, "zhuang") == []
    for command in (lambda w: saved.remove(w, mine), lambda w: saved.change(w, mine, "别人", "{}")):
        with pytest.raises(NotFoundError):
            station["zhuang"].write(command)
    station["zhuang"].write(saved.save, "reports", "我的", "{}")
    assert names(station) == [("我的", "{}")]


def test_what_cannot_be_a_name_is_told(station: Station) -> None:
    lin = station["lin"]
    lin.write(saved.save, "reports", "今天", "{}")
    for name in (" ", "长" * (saved.LONGEST_NAME + 1), "今天"):
        with pytest.raises(InvalidError):
            lin.write(saved.save, "reports", name, "{}")
    with pytest.raises(InvalidError, match="太长"):
        lin.write(saved.save, "reports", "大", "x" * 5_000)
    with pytest.raises(RefusedError):
        station["guo"].write(saved.save, "reports", "看看", "{}")


def test_the_bar_does_not_grow_without_end(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST", 2)
    for name in "一二":
        station["lin"].write(saved.save, "reports", name, "{}")
    with pytest.raises(RefusedError, match="最多2个"):
        station["lin"].write(saved.save, "reports", "三", "{}")
    assert len(names(station)) == 2
