"""Calendar tables are data: read, written, refused line by line, and the newer one stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.calendar import deadlines
from zzdesk.calendar.days import Calendar, DayKind, YearTable
from zzdesk.calendar.tables import FOLDER, TableError, load, parse, shipped, write
from zzdesk.errors import NotFoundError

HEAD = "year 2027\nversion 1\nsource 通知\n"
GOOD = HEAD + "2027-01-01..2027-01-03 holiday 元旦\n2026-12-27 workday 元旦  # 通知第一条\n"


def test_what_ships_is_read_back_as_written() -> None:
    paths = sorted(FOLDER.glob("*.txt"))
    assert len(paths) >= 21
    for path in paths:
        table = load(path)
        assert (path.stem, path.read_text("utf-8")) == (str(table.year), write(table))


def test_a_year_that_ships_is_known() -> None:
    assert shipped().years == tuple(range(2006, 2027))


def test_chinese_words_and_remarks() -> None:
    text = "\ufeff年份： 2027\n版本 1\n来源 通知\n\n# 元旦\n2027-01-01..2027-01-03 放假 元旦\n2026-12-27 上班 元旦\n"
    assert parse(text) == parse(GOOD)


def test_new_years_swap_is_published_with_the_new_year() -> None:
    """A Sunday of December that only the table of the next year knows."""
    before, after = shipped(), shipped().merged([parse(GOOD)])
    assert before.day(date(2026, 12, 27)).kind is DayKind.WEEKEND
    assert after.day(date(2026, 12, 27)).kind is DayKind.SWAPPED
    found = deadlines.working_days(after, date(2026, 12, 25), 1)
    assert (found.due, [table.year for table in found.tables]) == (date(2026, 12, 27), [2026, 2027])
    assert after.day(date(2026, 12, 26)).table == 2026


def test_when_the_table_arrives_it_is_no_longer_provisional() -> None:
    start = date(2026, 12, 29)
    late = deadlines.working_days(shipped().merged([parse(GOOD)]), start, 5)
    assert (late.provisional, late.due) == (False, date(2027, 1, 6))


BAD = [
    ("2027-01-05 workday 元旦", "第 4 行：2027-01-05不是周末，本来就上班，不用写"),
    ("2027-02-30 holiday 春节", "第 4 行：没有2027-02-30这一天"),
    ("2027-01-03..2027-01-01 holiday 元旦", "第 4 行：2027-01-01早于2027-01-03"),
    ("2027-01-01..2027-12-01 holiday 元旦", "第 4 行：从2027-01-01到2027-12-01太长，没有这样长的假期"),
    ("2027-01-01 holiday", "第 4 行：缺少节日的名称"),
    ("2027-01-01 rest 元旦", "第 4 行：“rest”不对，只能写 holiday（放假）或 workday（上班）"),
    ("2028-01-01 holiday 元旦", "第 4 行：2028-01-01不在2027年，也不在前一年的12月"),
    ("2026-11-01 holiday 元旦", "第 4 行：2026-11-01不在2027年，也不在前一年的12月"),
    ("1月1日放假", "第 4 行：看不懂"),
    ("2027-01-01 holiday 元旦\n2027-01-01 holiday 元旦", "第 5 行：2027-01-01在第 4 行已经写过"),
    ("year 2027\n2027-01-01 holiday 元旦", "第 4 行：“year”写了两次"),
    ("2027-01-01 holiday " + "长" * 41, "第 4 行：太长，最多 40 个字"),
    ("", "没有一天"),
]


@pytest.mark.parametrize(("body", "says"), BAD)
def test_a_wrong_line_is_named(body: str, says: str) -> None:
    with pytest.raises(TableError) as caught:
        parse(HEAD + body)
    assert says in caught.value.text()


@pytest.mark.parametrize(("text", "says"), [
    ("version 1\nsource x\n2027-01-01 holiday 元旦", "缺少一行“year …”"),
    ("year 2027\nsource x\n2027-01-01 holiday 元旦", "缺少一行“version …”"),
    ("year 2027\nversion 1\n2027-01-01 holiday 元旦", "缺少来源"),
    ("year 27\nversion 1\nsource x\n2027-01-01 holiday 元旦", "第 1 行：year 要是 2000 到 2199 的整数"),
    ("year 2027\nversion ０\nsource x\n2027-01-01 holiday 元旦", "第 2 行：version 要是 1 到 9999 的整数"),
    ("x" * 20_001, "太大"),
])  # fmt: skip
def test_a_wrong_head_is_named(text: str, says: str) -> None:
    with pytest.raises(TableError) as caught:
        parse(text)
    assert says in caught.value.text()


def test_every_wrong_line_is_told_at_once_and_many_are_counted() -> None:
    with pytest.raises(TableError) as caught:
        parse(HEAD + "x\n" * 14)
    assert "第 4 行" in caught.value.text()
    assert "第 13 行" in caught.value.text()
    assert "另有 4 处" in caught.value.text()
    assert "line 4: " in caught.value.text("en").lower()


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    (tmp_path / "gbk.txt").write_bytes("年份 2027".encode("gbk"))
    (tmp_path / "big.txt").write_bytes(b"#" * 300_000)
    for name in ("gbk.txt", "big.txt"):
        with pytest.raises(TableError):
            load(tmp_path / name)
    for missing in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(NotFoundError):
            load(missing)


tables = st.builds(
    YearTable, st.sampled_from([2026, 2027]), st.integers(1, 3), st.sampled_from(["a", "b"]),
    st.dictionaries(st.dates(date(2027, 1, 1), date(2027, 1, 9)), st.just((False, "x")), min_size=1, max_size=2),
    st.sampled_from(["program", "import"]),
)  # fmt: skip


@given(st.lists(tables, max_size=5), st.randoms())
def test_the_newest_stands_whatever_the_order(held: list[YearTable], order: object) -> None:
    shuffled = list(held)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = Calendar(held), Calendar()
    for table in shuffled:
        two = two.merged([table])
    for year in (2026, 2027):
        mine = [table for table in held if table.year == year]
        assert one.table(year) == two.table(year)
        found = one.table(year)
        assert (found.version if found else 0) == max((table.version for table in mine), default=0)


def test_an_older_table_never_replaces_a_newer_one() -> None:
    newer, older = parse(GOOD.replace("version 1", "version 2")), parse(GOOD)
    assert Calendar([newer]).merged([older]).table(2027) == newer
    assert Calendar([older]).merged([newer]).table(2027) == newer
