"""Records by the command line: what goes in comes out, and a bad line never takes half of its neighbours along."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.zzdesk.cli.conftest import Cli
from tests.zzdesk.documents.test_workbook import cells

PHONE, NAME = "13805961234", "王小明"
REPORT = {"title": "路灯不亮", "category": "lighting", "reporter_name": NAME, "reporter_phone": PHONE}
HIDDEN = (NAME, PHONE)


def add(cli: Cli, kind: str, *records: Any) -> list[str]:
    ended = cli("add", kind, "--file", "-", given=list(records))
    assert ended.status == 0, ended.err
    return ended.out.split()


def logged(home: Path) -> str:
    return "".join(path.read_text() for path in (home / "logs").glob("*"))


def test_ids_come_out_in_the_order_of_the_lines(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    titles = [f"第{n}件" for n in range(230)]
    file.write_text("\ufeff" + "\n\n".join(json.dumps({"title": t, "category": "noise"}) for t in titles))
    ids = cli("add", "report", "--file", file).out.split()
    assert len(ids) == len(titles)
    listed = {row["id"]: row["title"] for row in cli("list", "report", "--json").lines}
    assert [listed[i] for i in ids] == titles


def test_bad_lines_are_all_named_and_nothing_of_them_is_repeated_or_saved(cli: Cli, home: Path) -> None:
    bad = {"title": "", "category": "不存在", "reporter_name": NAME, "reporter_phone": "1380596123"}
    given = "\n".join([json.dumps(REPORT), json.dumps(bad), f'{{"title": "{NAME} {PHONE}', "[1]", '"x"'])
    ended = cli("add", "report", "--file", "-", given=given)
    assert (ended.status, ended.out) == (1, "")
    for said in ("第 2 行：", "title：必填", "category：", "reporter_phone：", "第 3 行：不是JSON", "第 4 行：", "第 5 行："):
        assert said in ended.err
    assert "一行也没有保存" in ended.err
    assert not any(secret in ended.err + logged(home) for secret in (*HIDDEN, "1380596123", "不存在"))
    assert cli("list", "report", "--json").lines == []


def test_what_was_saved_before_a_bad_line_is_said_exactly(cli: Cli) -> None:
    lines: list[Any] = [REPORT] * 240
    lines[220] = {"title": "没有类别"}
    ended = cli("add", "report", "--file", "-", given=lines)
    assert ended.status == 1
    assert "第 221 行" in ended.err
    assert "已保存第 1 至 200 行，从第 201 行起都没有保存" in ended.err
    assert len(ended.out.split()) == 200
    assert len(cli("list", "report", "--json").lines) == 200


def test_an_unreadable_file_is_said(cli: Cli, tmp_path: Path) -> None:
    ended = cli("add", "report", "--file", tmp_path / "absent")
    assert ended.status == 1
    assert "读不了" in ended.err
    binary = tmp_path / "binary"
    binary.write_bytes(bytes(range(256)))
    assert cli("add", "report", "--file", binary).status == 1


def test_lists_are_filtered_limited_and_masked(cli: Cli) -> None:
    add(cli, "report", REPORT, REPORT | {"title": "井盖松动", "category": "road"}, REPORT)
    rows = cli("list", "report", "--where", "category=lighting", "--json").lines
    assert [row["title"] for row in rows] == ["路灯不亮", "路灯不亮"]
    assert len(cli("list", "report", "--limit", "1", "--json").lines) == 1
    assert rows[0]["reporter_phone"] == "138****1234"
    plain = cli("list", "report").out
    assert "路灯不亮\tregistered" in plain
    assert not any(secret in plain for secret in HIDDEN)
    assert cli("list", "report", "--where", "nothing=1").status == 1


def test_showing_what_is_hidden_takes_a_reason_that_is_kept(cli: Cli) -> None:
    (report,) = add(cli, "report", REPORT)
    assert cli("show", "report", report, "--json").lines[0]["reporter_name"] == "王*明"
    shown = cli("show", "report", report, "--reveal", "回访", "--json").lines[0]
    assert (shown["reporter_name"], shown["reporter_phone"]) == (NAME, PHONE)
    assert cli("show", "report", report, "--reveal", " ", "--json").status == 1
    missing = cli("show", "report", "0192aaaa-0000-7000-8000-000000000001")
    assert missing.status == 1
    assert "没有这条记录" in missing.err


def test_states_go_through_the_table(cli: Cli) -> None:
    (report,) = add(cli, "report", REPORT)
    edit = ("edit", "report", "--file", "-")
    assert cli(*edit, given=[{"id": report, "set": {"title": "路灯全黑", "state": "verifying"}}]).status == 0
    row = cli("show", "report", report, "--json").lines[0]
    assert (row["title"], row["state"]) == ("路灯全黑", "verifying")
    jump = cli(*edit, given=[{"id": report, "set": {"state": "archived"}}])
    assert jump.status == 1
    assert "不能从" in jump.err
    wrong = cli(*edit, given=[{"id": report}])
    assert wrong.status == 1
    assert "id 和 set" in wrong.err

    assert "note" in cli("do", "report", report, "confirm").err
    assert cli("do", "report", report, "confirm", "--set", "note=看过现场，属实").status == 0
    steps = [row["action"] for row in cli("list", "step", "--json").lines]
    assert steps == ["accept", "confirm"]
    begun = cli("do", "report", report, "void", "--reason", "重复登记")
    assert begun.status == 1
    assert "申请废止" in begun.err
    (fresh,) = add(cli, "report", REPORT)
    assert cli("do", "report", fresh, "void", "--reason", "重复登记").status == 0
    assert [row["id"] for row in cli("list", "report", "--json").lines] == [report]


def test_an_application_and_a_card_by_name(cli: Cli) -> None:
    (report,) = add(cli, "report", REPORT)
    asked = {"report_id": report, "request_kind": "delay", "amount": 3, "unit": "working-days", "reason": "等材料"}
    (request,) = add(cli, "request", asked)
    own = cli("do", "request", request, "approve", "--set", "opinion=同意")
    assert own.status == 1
    assert "另一个人" in own.err
    assert cli("list", "request", "--where", "state=asked", "--json").lines[0]["report_number"].startswith("SJ")
    assert cli("do", "request", request, "withdraw").status == 0
    assert cli("show", "request", request, "--json").lines[0]["state"] == "withdrawn"
    (card,) = add(cli, "card", {"report_id": report, "card": "yellow", "whom": "城管中队", "opinion": "请今天到场"})
    assert cli("do", "card", card, "withdraw", "--reason", "已到场").status == 0
    assert cli("list", "card", "--json").lines == []
    merges = {row["name"]: row["merge"] for row in cli("schema", "request", "--json").lines}
    assert (merges["state"], merges["reason"]) == ("transition", "write-once")


def test_exports_are_sorted_masked_and_their_owners_alone(cli: Cli, tmp_path: Path) -> None:
    ids = add(cli, "report", REPORT, REPORT)
    target = tmp_path / "out.jsonl"
    assert cli("export", "report", "--file", target).status == 0
    rows = [json.loads(line) for line in target.read_text().splitlines()]
    assert [row["id"] for row in rows] == sorted(ids)
    assert rows[0]["reporter_name"] == "王*明"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    openly = cli("export", "report", "--file", "-", "--reveal", "上级检查")
    assert openly.lines[0]["reporter_phone"] == PHONE
    assert cli("export", "report", "--file", tmp_path / "no" / "where").status == 1
    assert not list(tmp_path.glob(".*partial"))


def test_a_table_for_excel_has_the_names_of_the_fields(cli: Cli, tmp_path: Path) -> None:
    add(cli, "report", REPORT | {"tags": ["夜间", "急"], "people_count": 3})
    target = tmp_path / "out.xlsx"
    assert cli("export", "report", "--file", target).status == 0
    head, row = cells(target)
    said = {head[letter]: value for letter, value in row.items()}
    assert (said["people_count"], said["reporter_name"]) == (3, "王*明")
    assert set(str(said["tags"]).split("、")) == {"夜间", "急"}
    assert isinstance(said["created_at"], float)
    assert cli("export", "report", "--file", target, "--reveal", "上级检查").status == 0
    assert PHONE in cells(target)[1].values()
    assert cli("export", "report", "--file", tmp_path / "no" / "where.xlsx").status == 1
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["out.xlsx"]


def test_an_attachment_is_kept_encrypted(cli: Cli, home: Path, tmp_path: Path) -> None:
    (report,) = add(cli, "report", REPORT)
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(b"\xff\xd8" + b"lamp" * 500)
    ended = cli("attach", "report", report, photo, "--set", "purpose=photo")
    assert ended.status == 0, ended.err
    (row,) = cli("list", "attachment", "--json").lines
    assert (row["id"], row["size"], row["record_id"]) == (ended.out.strip(), 2002, report)
    (stored,) = [path for path in (home / "files").rglob("*") if path.is_file()]
    assert b"lamplamp" not in stored.read_bytes()
    assert cli("attach", "report", report, tmp_path / "absent").status == 1


def test_schema_says_what_a_kind_has(cli: Cli) -> None:
    fields = {row["name"]: row for row in cli("schema", "report", "--json").lines}
    assert fields["title"]["required"]
    assert fields["category"]["choices"][0] == "public-order"
    assert (fields["state"]["merge"], fields["description"]["merge"]) == ("transition", "text")


def test_search_by_words_and_pinyin(cli: Cli) -> None:
    (report,) = add(cli, "report", REPORT)
    for asked in ("路灯", "wxm", "1234"):
        assert [hit["id"] for hit in cli("search", asked, "--json").lines] == [report], asked
    assert not any(secret in cli("search", "路灯").out for secret in HIDDEN)


def test_ten_thousand_lines_have_a_bar_only_for_eyes(cli: Cli) -> None:
    ended = cli("add", "report", "--file", "-", given=[REPORT] * 300)
    assert ended.err == "", "no progress bar where nobody looks"


def test_an_import_names_broken_rows_and_takes_the_rest(cli: Cli, tmp_path: Path) -> None:
    table = tmp_path / "来件.csv"
    table.write_text("编号,标题,描述,备注,类别,地址,姓名,电话,发生时间\n"
                     "A1,楼道漏水,三楼漏水,,下水道,西桥社区3幢,王伟,13805961234,2026-11-20 09:30\n"
                     "A2,,,,噪音,,,,\n")  # fmt: skip
    first = cli("import", "reports", table, "--mapping", "chinese", "--json")
    assert first.status == 1
    assert (first.lines[0]["added"], first.lines[0]["broken"]) == (1, 1)
    assert Path(first.lines[0]["broken_file"]).exists()
    again = cli("import", "reports", table, "--mapping", "chinese", "--json").lines[0]
    assert (again["added"], again["present"]) == (0, 1)
    assert cli("import", "reports", table, "--mapping", "absent").status == 1


@pytest.mark.parametrize("words", ["export report --file -", "list report", "add report --file -"])
def test_an_auditor_sees_no_records(cli: Cli, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("ZZDESK_NEW_PASSPHRASE", "the auditor reads ledgers")
    made = cli("account", "add", "chen", "--name", "陈审计", "--role", "auditor")
    assert made.status == 0, made.err
    monkeypatch.setenv("ZZDESK_PASSPHRASE", "the auditor reads ledgers")
    assert cli("--user", "chen", *words.split(), given=[REPORT]).status == 1
    assert cli("--user", "chen", "audit", "verify", "--json").lines[0]["ok"]
