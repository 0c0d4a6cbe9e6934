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
