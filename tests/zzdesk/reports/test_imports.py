"""Import of reports on a real desk: whole, once, and broken rows named without taking the rest with them."""

from __future__ import annotations

import csv
import stat
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

import zzdesk.catalogue
from tests.zzdesk.documents.test_sheets import workbook
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk, create_home
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.ops.models import Outbox
from zzdesk.reports.imports import CHUNK, import_reports, mapping_for_reports
from zzdesk.reports.mapping import shipped
from zzdesk.reports.models import Report
from zzdesk.store.keys import TEST_COST
from zzdesk.store.unit import Reader

NYC = Path(__file__).parents[2] / "data" / "nyc311_1000.csv"
HEAD = "编号,标题,描述,备注,类别,地址,姓名,电话,发生时间\n"
GOOD = "A1,楼道漏水,三楼漏水,,下水道,西桥社区3幢,王伟,13805961234,2026-11-20 09:30\n"
assert zzdesk.catalogue.__doc__


@pytest.fixture
def desk(home: Path, clock: FixedClock) -> Iterator[Desk]:
    opened, _ = create_home(home, "350602002004", "zhuang", "Xiqiao-2026-shequ", clock, cost=TEST_COST)
    with opened:
        yield opened


def reports(desk: Desk) -> list[dict[str, Any]]:
    def query(read: Reader) -> list[dict[str, Any]]:
        columns = Report.__table__.columns
        return [
            dict(row._mapping) for row in read.session.execute(select(*columns).order_by(Report.external_ref))
        ]

    return desk.read(query)


def count(desk: Desk, model: Any) -> int:
    return desk.read(lambda read: int(read.session.scalar(select(func.count()).select_from(model)) or 0))


def write(tmp_path: Path, content: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "来件.csv"
    path.write_bytes(content.encode(encoding))
    return path


def listed(path: Path | None) -> list[list[str]]:
    assert path is not None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_thousand_real_requests_go_in_whole_and_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    mapping = mapping_for_reports("nyc311")
    first = import_reports(
        desk,
        NYC,
        mapping,
        broken_file=tmp_path / "broken.csv",
        progress=lambda done, of: seen.append((done, of)),
    )
    assert (first.rows, first.added, first.present, first.broken, first.broken_file) == (
        1000,
        1000,
        0,
        0,
        None,
    )
    assert seen == [(done, 1000) for done in range(CHUNK, 1001, CHUNK)]
    before = reports(desk)
    assert (
        len(before)
        == len({row["external_ref"] for row in before})
        == len({row["number"] for row in before})
        == 1000
    )
    operations = count(desk, Outbox)

    again = import_reports(desk, NYC, mapping, broken_file=tmp_path / "broken.csv")
    assert (again.added, again.present, again.broken) == (0, 1000, 0)
    assert reports(desk) == before
    assert count(desk, Outbox) == operations
    assert not (tmp_path / "broken.csv").exists()


def test_fields_of_a_real_request(desk: Desk, tmp_path: Path) -> None:
    import_reports(desk, NYC, mapping_for_reports("nyc311"), broken_file=tmp_path / "broken.csv")
    found = next(row for row in reports(desk) if row["external_ref"] == "61276295")
    assert (found["title"], found["category"], found["source"]) == (
        "Street Condition: Pothole",
        "road",
        "import",
    )
    assert found["address"] == "ST NICHOLAS AVENUE / WEST 178 STREET, MANHATTAN"
    assert found["happened_at"].isoformat() == "2024-05-27T06:08:51+00:00"
    assert found["tags"] == frozenset({"DOT", "Open"})
    assert found["latitude"] == "40.84735682050765"
    assert found["state"] == "registered"


def test_every_group_of_operations_is_within_its_limit(desk: Desk, tmp_path: Path) -> None:
    import_reports(desk, NYC, mapping_for_reports("nyc311"), broken_file=tmp_path / "broken.csv")
    query = text("SELECT max(n) FROM (SELECT count(*) AS n FROM outbox GROUP BY group_id)")
    assert desk.read(lambda read: read.session.execute(query).scalar()) <= 200


def test_a_dry_run_counts_and_lists_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    source = write(tmp_path, HEAD + GOOD + "A2,,,,噪音,,,,\n")
    mapping = mapping_for_reports("chinese")
    before = count(desk, Outbox)
    result = import_reports(desk, source, mapping, dry_run=True)
    assert (result.rows, result.added, result.present, result.broken, result.dry_run) == (2, 1, 0, 1, True)
    assert reports(desk) == []
    assert count(desk, Outbox) == before
    import_reports(desk, source, mapping)
    assert import_reports(desk, source, mapping, dry_run=True).present == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_chinese_table_in_every_encoding(desk: Desk, tmp_path: Path, encoding: str) -> None:
    source = write(
        tmp_path,
        HEAD + GOOD + "A2,𠮷家噪音,半夜,请回复,噪音,延安北路,𠮷田,0596-2901234,2026年11月2日\n",
        encoding,
    )
    result = import_reports(desk, source, mapping_for_reports("chinese"))
    assert (result.added, result.broken) == (2, 0)
    one, two = reports(desk)
    assert (one["reporter_name"], one["reporter_phone"], one["category"]) == (
        "王伟",
        "13805961234",
        "drainage",
    )
    assert one["happened_at"].isoformat() == "2026-11-20T01:30:00+00:00"
    assert (two["reporter_name"], two["description"]) == ("𠮷田", "半夜\n请回复")


def test_a_workbook_goes_in_like_a_table_and_its_bad_rows_are_named(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "事件.xlsx"
    head = HEAD.strip().split(",")
    row = {"编号": 12, "标题": "井盖松动", "类别": "道路", "电话": 13805961234, "发生时间": datetime(2026, 11, 20, 9, 30)}  # noqa: DTZ001 - a cell has no zone
    bad = {"编号": 13, "标题": "电话不对", "类别": "噪音", "电话": 1380596}
    source.write_bytes(workbook(tuple(head), *(tuple(each.get(name) for name in head) for each in (row, bad))))
    result = import_reports(desk, source, mapping_for_reports("chinese"))
    assert (result.rows, result.added, result.broken) == (2, 1, 1)
    [one] = reports(desk)
    assert (one["external_ref"], one["reporter_phone"]) == ("12", "13805961234")
    assert one["happened_at"].isoformat() == "2026-11-20T01:30:00+00:00"
    assert [(line, field) for line, field, _, _ in listed(result.broken_file)[1:]] == [("3", "reporter_phone")]
    assert import_reports(desk, source, mapping_for_reports("chinese")).added == 0


def test_broken_rows_are_named_and_the_rest_goes_in(desk: Desk, tmp_path: Path) -> None:
    rows = [
        GOOD,
        "A2,没有类别,,,,,,,\n",
        "A3,电话不对,,,噪音,,,1380596,\n",
        'A4,"引号没有闭合,,,噪音,,,,\n',
        "A5,列数不对,噪音\n",
        "A6,时间不对,,,噪音,,,,昨天\n",
        "A7,类别不认识,,,外星人,,,,\n",
        ",没有编号,,,噪音,,,,\n",
        "A1,编号重复,,,噪音,,,,\n",
        f"A8,{'长' * 201},,,噪音,,,,\n",
        "A9,=HYPERLINK(1),,,噪音,,,12,明天\n",
        "A10,最后一行也进来,,,噪音,,,,\n",
    ]
    source = write(tmp_path, HEAD + "".join(rows))
    result = import_reports(desk, source, mapping_for_reports("chinese"))
    assert (result.rows, result.added, result.present, result.broken) == (12, 2, 0, 10)
    assert [row["external_ref"] for row in reports(desk)] == ["A1", "A10"]
    head, *lines = listed(result.broken_file)
    assert head == ["行号", "字段", "原因", "原始行"]
    assert [(int(line), field) for line, field, _, _ in lines] == [
        (3, "category"), (4, "reporter_phone"), (5, ""), (6, ""), (7, "happened_at"), (8, "category"),
        (9, "编号"), (10, "编号"), (11, "title"), (12, "happened_at"), (12, "reporter_phone"),
    ]  # fmt: skip
    assert lines[2][2:] == ["引号没有闭合", rows[3].rstrip("\n")]
    assert "9" in lines[3][2]
    assert "第2行" in lines[7][2]
    assert all(reason for _, _, reason, _ in lines)

    again = import_reports(desk, source, mapping_for_reports("chinese"))
    assert (again.added, again.present, again.broken) == (0, 2, 10)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_list_of_broken_rows_is_its_owners_alone(desk: Desk, tmp_path: Path) -> None:
    result = import_reports(desk, write(tmp_path, HEAD + "A,,,,,,,,\n"), mapping_for_reports("chinese"))
    assert result.broken_file == tmp_path / "来件.csv.broken.csv"
    assert stat.S_IMODE(result.broken_file.stat().st_mode) == 0o600


def test_a_corrected_file_takes_the_list_away_and_adds_what_was_missing(desk: Desk, tmp_path: Path) -> None:
    mapping = mapping_for_reports("chinese")
    first = import_reports(desk, write(tmp_path, HEAD + GOOD + "A2,改前,,,没有,,,,\n"), mapping)
    assert first.broken_file is not None
    second = import_reports(desk, write(tmp_path, HEAD + GOOD + "A2,改后,,,噪音,,,,\n"), mapping)
    assert (second.added, second.present, second.broken_file) == (1, 1, None)
    assert not first.broken_file.exists()


def test_a_report_refused_as_a_whole_is_left_out_alone(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'system = "x"\nreference = "id"\n[fields.title]\ncolumn = "t"\n[fields.category]\nconst = "noise"\n'
        '[fields.anonymous]\ncolumn = "anon"\n[fields.reporter_name]\ncolumn = "who"\n',
        "utf-8",
    )
    source = write(tmp_path, "id,t,anon,who\n1,甲,true,\n2,乙,true,王伟\n3,丙,,王伟\n")
    result = import_reports(desk, source, mapping_for_reports(str(own)))
    assert (result.added, result.broken) == (2, 1)
    assert [line[:2] for line in listed(result.broken_file)[1:]] == [["3", "anonymous"]]


def test_an_interrupted_import_goes_on(desk: Desk, tmp_path: Path) -> None:
    class Interrupted(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done == 2 * CHUNK:
            raise Interrupted

    mapping = mapping_for_reports("nyc311")
    with pytest.raises(Interrupted):
        import_reports(desk, NYC, mapping, broken_file=tmp_path / "b.csv", progress=stop)
    assert len(reports(desk)) == 2 * CHUNK
    result = import_reports(desk, NYC, mapping, broken_file=tmp_path / "b.csv")
    assert (result.added, result.present) == (1000 - 2 * CHUNK, 2 * CHUNK)


def test_a_column_that_the_mapping_needs_is_missing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InvalidError) as caught:
        import_reports(desk, write(tmp_path, "编号,标题\n1,x\n"), mapping_for_reports("chinese"))
    assert "类别" in caught.value.text()


def test_who_may_not_import_is_refused_before_the_file_is_read(desk: Desk, tmp_path: Path) -> None:
    from dataclasses import replace

    desk._actor = replace(desk.actor, roles=frozenset({"auditor"}))
    with pytest.raises(RefusedError):
        import_reports(desk, tmp_path / "none.csv", mapping_for_reports("nyc311"))


def test_the_shipped_mappings_are_sound() -> None:
    assert shipped() == ["chinese", "nyc311"]
    for name in shipped():
        assert "title" in mapping_for_reports(name).rules


@pytest.mark.parametrize(
    "content",
    [
        "",
        "system = 1",
        'system="x"\nreference="id"\n[fields.nothing]\ncolumn="a"\n',
        'system="x"\nreference="id"\n[fields.title]\n',
        'system="x"\nreference="id"\n[fields.title]\ncolumn="a"\nconst="b"\n',
        'system="x"\nreference="id"\ntimezone="Mars/Olympus"\n[fields.title]\ncolumn="a"\n',
        "not toml",
        'system="x"\nreference="id"\n[fields.external_ref]\ncolumn="a"\n',
    ],
)
def test_a_mapping_that_is_none_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "own.toml").write_text(content, "utf-8")
    with pytest.raises(InvalidError):
        mapping_for_reports(str(tmp_path / "own.toml"))


@pytest.mark.parametrize("name", ["none", "", "../nyc311"])
def test_no_such_mapping(name: str) -> None:
    with pytest.raises(NotFoundError):
        mapping_for_reports(name)
