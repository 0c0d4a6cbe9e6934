"""``zzdesk papers``: listed, made masked or with a reason, and templates checked."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from pypdf import PdfReader

from tests.zzdesk.cli.conftest import Cli
from tests.zzdesk.cli.test_records import add


def test_papers_are_listed_made_and_their_templates_checked(cli: Cli, home: Path, tmp_path: Path) -> None:
    case = add(cli, "case", {"category": "neighbours"})[0]
    people = [{"case_id": case, "role": "applicant", "name": "林秀英"}, {"case_id": case, "role": "respondent", "name": "黄阿明"}]
    add(cli, "party", *people)
    listed = cli("papers", case, "--json").lines
    assert [row["paper"] for row in listed][:4] == ["cover", "contents", "application", "acceptance"]
    assert "卷宗还缺少：保管期限" in cli("papers", case).err

    made = cli("papers", case, "--make", "notice", "--out", tmp_path / "a.pdf")
    assert made.status == 0
    assert "林*英" in PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    assert cli("papers", case, "--make", "notice", "--out", tmp_path / "a.docx", "--reveal", "签字").status == 0
    assert "林秀英" in Document(io.BytesIO((tmp_path / "a.docx").read_bytes())).tables[0].rows[1].cells[0].text
    (row,) = [row for row in cli("papers", case, "--json").lines if row["printed"]]
    assert (row["paper"], row["printed"], row["changed"]) == ("notice", 2, False)

    (home / "papers").mkdir()
    (home / "papers" / "cover.docx").write_bytes(b"nothing")
    broken = cli("papers", "--templates")
    assert broken.status == 1
    assert "新放 19 个" in broken.out
    assert "cover.docx" in broken.err
    assert cli("papers", case, "--make", "notice").status != 0
    assert cli("papers").status != 0
