"""Who may make the papers of a case, what is recorded of it, and an office's own templates."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import update

from tests.zzdesk.conftest import Station
from tests.zzdesk.mediation.case_file import File
from tests.zzdesk.mediation.dossiers import Full, minimal, picture
from zzdesk.clock import FixedClock
from zzdesk.desk import dossiers
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.mediation import queries
from zzdesk.mediation.dossier import assemble, data, gather, templates, words
from zzdesk.mediation.dossier.words import FOLDER
from zzdesk.mediation.models import Agreement


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    folder = tmp_path_factory.mktemp("prints")
    with ExitStack() as stack:
        clock = FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
        yield Full(Station(folder / "desk", clock, stack), folder)


def test_only_the_team_makes_papers_and_full_ones_only_with_a_reason_and_for_ten_minutes(full: Full) -> None:
    """PML article 15; PIPL article 51."""
    station, key = full.station, f"agreement/{full.agreement}"
    for attempt in (
        lambda: station["zhuang"].read(dossiers.overview, full.id),
        lambda: dossiers.make(station["zhuang"], full.id, key),
        lambda: station["zhuang"].write(dossiers.note_opening, full.id, "想看"),
        lambda: dossiers.make(station["wu"], full.id, key, revealed=True),
        lambda: station["wu"].write(dossiers.note_opening, full.id, "  "),
    ):
        before = len(station.audit("refused"))
        with pytest.raises(RefusedError):
            attempt()
        assert len(station.audit("refused")) == before + 1
    station["wu"].write(dossiers.note_opening, full.id, "打印签字，电话13805961234")
    assert station.audit("dossier.opened")[-1]["reason"] == "打印签字，电话138****1234"
    assert not dossiers.make(station["wu"], full.id, key, "word", revealed=True).masked
    station.clock.advance(11 * 60)
    with pytest.raises(RefusedError):
        dossiers.make(station["wu"], full.id, key, revealed=True)
    with pytest.raises(NotFoundError):
        dossiers.make(station["wu"], full.id, "oral/x")
    with pytest.raises(RefusedError, match="已停止"):
        dossiers.make(station["wu"], full.id, dossiers.DOSSIER, stop=lambda: True)


def test_a_print_is_recorded_and_a_signed_paper_that_changed_since_says_so(full: Full) -> None:
    station, key = full.station, f"agreement/{full.agreement}"
    made = dossiers.make(station["chen"], full.id, key, "word")
    station["chen"].write(dossiers.note, full.id, key, "word", made)
    assert station.audit("paper.printed")[-1] == {
        "paper": "agreement", "record": full.agreement, "way": "word", "hash": made.hash, "masked": True}  # fmt: skip
    last = station["wu"].read(dossiers.overview, full.id).printed[key]
    assert (last.way, last.changed, last.signed, last.count) == ("word", False, True, 1)
    station.clock.advance(24 * 3600)
    full.add("performance_line", agreement_id=full.agreement, what="多做的", due_on="2026-12-24")
    station.edit("chen", "dispute", full.dispute, {"measures": "已安抚"})
    assert station["wu"].read(dossiers.overview, full.id).printed[key].changed, "a line more is another agreement"
    extra = station.rows("chen", "performance_line", what="多做的")[0]["id"]
    station.act("chen", "performance_line", extra, "void", "记错")
    assert not station["wu"].read(dossiers.overview, full.id).printed[key].changed, "another day and other papers change nothing"
    station.edit("chen", "party", full.li, {"address": "金品社区5幢101室"})
    last = station["wu"].read(dossiers.overview, full.id).printed[key]
    assert (last.changed, last.signed) == (True, True)
    again = dossiers.make(station["chen"], full.id, key, "word")
    station["chen"].write(dossiers.note, full.id, key, "paper", again)
    assert again.hash != made.hash
    (row,) = station.rows("chen", "printout", way="paper")
    assert (row["content_hash"], row["masked"], row["after_signing"]) == (again.hash, True, True)
    with pytest.raises(RefusedError):
        station.edit("chen", "printout", row["id"], {"way": "pdf"})
    with pytest.raises(InvalidError):
        station.add("chen", "printout", {"case_id": full.id, "paper": "wish", "way": "pdf", "content_hash": "0"})


def test_what_is_missing_goes_away_when_it_is_there(full: Full, tmp_path: Path) -> None:
    """D04: the proof of identity of one party, until it is scanned."""
    assert ("identity", "漳州某某物业服务有限公司") in gaps(full)
    full.attach("party", full.zheng, picture(tmp_path / "licence.jpg"), "licence")
    assert "identity" not in {code for code, _ in gaps(full)}
    file = full.station["chen"].read(dossiers.overview, full.id)
    assert {item.paper for item in file.items if not item.included} <= {"acceptance", "revisit"}


def gaps(full: Full) -> list[tuple[str, str | None]]:
    return [(g.code, g.about) for g in full.station["chen"].read(dossiers.overview, full.id).missing]


def _own(folder: Path, *lines: str) -> None:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / "cover.docx"))


def test_an_offices_own_templates_are_used_and_one_with_a_fault_is_named_and_is_not(full: Full) -> None:
    desk = full.station["chen"]
    folder = desk.paths.papers
    case = minimal(full.station)
    assert dossiers.copy_shipped(folder) == 20
    assert dossiers.copy_shipped(folder) == 0
    for path in folder.glob("[!c]*.docx"):
        path.unlink()
    assert [o.file for o in dossiers.own_templates(folder) if not o.faults] == [
        "closing.docx", "confirmation.docx", "contents.docx", "cover.docx"]  # fmt: skip
    lines = [f"{{{{ {name} }}}}" for name in (*templates.shipped("cover").required, templates.STAMP)]
    _own(folder, "芗城区司法局样式", *lines)
    made = dossiers.make(desk, case, "cover", "word")
    assert made.refused == ()
    assert Document(io.BytesIO(made.content)).paragraphs[0].text == "芗城区司法局样式"
    _own(folder, "坏的样式 {{ commitee }}", *lines[1:])
    made = dossiers.make(desk, case, "cover", "word")
    (refused,) = made.refused
    assert refused.file == "cover.docx"
    assert [(f.where, f.what) for f in refused.faults] == [("第1段", "{{ commitee }}"), ("", "committee")]
    assert Document(io.BytesIO(made.content)).paragraphs[0].text != "坏的样式 "

    wording = (FOLDER / "cover.toml").read_text("utf-8")
    (folder / "cover.toml").write_text(wording.replace('title = "人民调解卷宗"', 'title = "调解卷宗（市局样式）"'), "utf-8")
    assert "调解卷宗（市局样式）" in text(dossiers.make(desk, case, "cover"))
    (folder / "cover.toml").write_text(wording.replace("{{ number }}", "{{ numbr }}"), "utf-8")
    made = dossiers.make(desk, case, "cover")
    assert [f.what for f in made.refused[0].faults] == ["{{ numbr }}", "number"]
    assert "市局样式" not in text(made)
    (folder / "cover.toml").write_text("title = [", "utf-8")
    (folder / "wish.docx").write_bytes(b"")
    assert [o.file for o in dossiers.own_templates(folder) if o.faults] == ["cover.docx", "cover.toml", "wish.docx"]


def text(made: dossiers.Made) -> str:
    return PdfReader(io.BytesIO(made.content)).pages[0].extract_text()


@pytest.mark.parametrize(("amount", "written"), [
    ("3200.00", "叁仟贰佰元整"), ("1000000.50", "壹佰万元伍角整"), ("10203.04", "壹万零贰佰零叁元零肆分"), ("0.05", "伍分"),
    ("100000001.00", "壹亿零壹元整"), ("0", "零元整"), ("110.00", "壹佰壹拾元整"), ("20010000.00", "贰仟零壹万元整"),
])  # fmt: skip
def test_amounts_in_capital_figures(amount: str, written: str) -> None:
    assert words.capitals(amount) == written


def test_what_no_paper_can_hold_is_left_out() -> None:
    assert words.clean("a\x00b\r\nc\ud800\t") == "ab\nc"


def test_no_start_waits_for_what_makes_papers() -> None:
    late = ("docx", "docxtpl", "jinja2", "lxml", "pypdf", "typst", "PIL", "zzdesk.mediation.dossier.assemble")
    code = f"import sys, zzdesk.catalogue, zzdesk.cli.papers; print([m for m in {late!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_agreement_that_was_changed_behind_the_program_is_said_to_be_so_wherever_it_is_seen(
    file: File, station: Station
) -> None:
    """Its checksum is compared when it is opened, made into a paper, and when its case is closed: nothing hides it."""
    agreement, chen = file.effective(), station["chen"]
    assert chen.read(queries.case_file, file.id).altered == frozenset()
    with chen.store.writer() as session:
        session.execute(update(Agreement).where(Agreement.id == agreement).values(content="黄阿明赔偿林秀英680元"))
        session.commit()
    assert chen.read(queries.case_file, file.id).altered == {agreement}
    made = assemble.pdf(chen.read(gather.gather, file.id), Path("nobodys"), f"agreement/{agreement}", "", None)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
    assert "与生效时的校验值不符" in text.replace("\n", "")
    assert "校验值不符" in data.stamp(chen.read(gather.gather, file.id)), "a Word file says it in its foot"
    for action in ("reach", "perform", "revisit"):
        file.act("case", file.id, action)
    file.revisited()
    with pytest.raises(RefusedError, match="校验值不符"):
        file.act("case", file.id, "close")
