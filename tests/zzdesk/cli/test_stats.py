"""``zzdesk stats``: the figures of a month in words, as JSON and for Excel."""

from __future__ import annotations

from pathlib import Path

from tests.zzdesk.cli.conftest import Cli


def test_a_month_is_said_in_words_as_json_and_for_excel(cli: Cli, tmp_path: Path) -> None:
    ended = cli("stats", "reports", "--month", "2026-03", "--json", "--output", tmp_path / "m.xlsx")
    assert (ended.status, ended.err) == (0, "")
    said = ended.lines[0]
    assert (said["subject"], said["month"]) == ("reports", "2026-03")
    found = {figure["name"]: figure for figure in said["figures"]}
    assert (found["content"]["of"], found["content"]["rate"], found["unrated"]["of"]) == (0, None, None)
    assert found["unrated"]["opens"] == '{"month":"2026-03","deed":"closed","among":"unrated"}'
    assert (tmp_path / "m.xlsx").stat().st_size > 4000
    words = cli("stats", "reports", "--month", "2026-03").out
    assert words.splitlines()[:2] == ["事件月度统计", "2026-03"]
    assert "　满意率\t0\t0/0\t—" in words
    wrong = cli("stats", "reports", "--month", "2026-3")
    assert (wrong.status, "2026-03" in wrong.err) == (1, True)


def test_mediation_says_by_what_it_counts(cli: Cli, tmp_path: Path) -> None:
    ended = cli("stats", "mediation", "--month", "2026-03", "--by", "closing", "--json", "--output", tmp_path / "m.pdf")
    assert (ended.status, ended.err) == (0, "")
    said = ended.lines[0]
    assert (said["subject"], said["month"], said["basis"], said["closed"]) == ("mediation", "2026-03", "closing", None)
    assert {each["set"] for each in said["sets"]} == {"bulletin/1", "form-2010/1", "zongzhi/1"}
    assert (tmp_path / "m.pdf").read_bytes()[:5] == b"%PDF-"
    words = cli("stats", "mediation", "--month", "2026-03", "--output", tmp_path / "m.xlsx").out.splitlines()
    assert words[0] == "人民调解月报（按受理月份）"
    assert "受理\t0\t\t" in words
    assert cli("stats", "mediation", "--month", "2026-03", "--output", tmp_path / "m.doc").status == 1
    assert cli("stats", "mediation", "--by", "both").status == 2


def test_a_quarter_is_not_handed_in_before_every_month_is_closed(cli: Cli, tmp_path: Path) -> None:
    """D12: what is missing is said with its months; the form itself can be looked at meanwhile."""
    said = cli("stats", "zongzhi", "--quarter", "2026-Q1", "--json").lines[0]
    assert [each["months"] for each in said["waiting"]] == [["2026-01", "2026-02", "2026-03"]]
    ended = cli("stats", "zongzhi", "--quarter", "2026-Q1", "--report", tmp_path / "q.xlsx")
    assert (ended.status, (tmp_path / "q.xlsx").exists()) == (1, False)
    assert "不能上报" in ended.err


def test_jobs_say_who_was_really_there(cli: Cli, tmp_path: Path) -> None:
    ended = cli("stats", "jobs", "--month", "2026-03", "--json", "--output", tmp_path / "m.xlsx")
    assert (ended.status, ended.err) == (0, "")
    said = ended.lines[0]
    assert (said["subject"], said["month"], said["closed"]) == ("jobs", "2026-03", None)
    found = {each["name"]: each for each in said["figures"]}
    assert (found["attended"]["count"], found["attended"]["rate"], found["wages.due"]["fen"]) == (0, None, 0)
    words = cli("stats", "jobs", "--month", "2026-03").out.splitlines()
    assert (words[0], "实际到岗（人次）\t0\t0/0\t—" in words) == ("零工驿站月报", True)
