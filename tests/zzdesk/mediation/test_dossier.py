"""Every official paper of a case (domain rules B1.2, rows 0 to 16) as PDF and Word, and the dossier that they make.

What is set is read out again and compared with the records field by field: from a case with everything in it, and from one
of which nearly nothing is known.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from tests.zzdesk.conftest import Station
from tests.zzdesk.mediation.dossiers import HOSTILE, LI, ZHENG, Full, minimal
from zzdesk.clock import FixedClock
from zzdesk.documents.layouts import kind_of
from zzdesk.mediation.dossier import assemble, data, gather, items, templates
from zzdesk.mediation.dossier.gather import File
from zzdesk.mediation.dossier.items import FRAME, Item

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOBODYS = Path("no templates of an office")


@dataclass
class World:
    """A station with a full case, and all of its papers set once."""

    station: Station
    full: Full
    file: File
    made: assemble.Made
    pages: list[str]

    def text(self, item: Item) -> str:
        """Return what stands on the pages of a paper, without spaces and ends of lines."""
        place = next((p for p in self.made.places if p.key == item.key), None)
        if place is None:
            at = {"cover": 0, "contents": 1, "back": len(self.pages) - 1}[item.paper]
            return squeezed(self.pages[at])
        before = 2
        return squeezed("".join(self.pages[before + place.first - 1 : before + place.last]))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", text)


def texts(made: assemble.Made) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("dossier")
    with ExitStack() as stack:
        station = Station(folder / "desk", FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)), stack)
        full = Full(station, folder)
        file = full.file()
        made = whole(file, station)
        yield World(station, full, file, made, texts(made))


def whole(file: File, station: Station) -> assemble.Made:
    """Set all the papers that a case has, those too that its dossier would leave out, as one PDF."""
    return assemble._set(file, NOBODYS, list(items.items(file)), station.files, "", dossier=True)


def values(file: File, item: Item) -> Iterator[str]:
    """Yield every value that a paper's layout names, as its blocks would show it."""
    said, used = data.said(file, item.paper, item.record_id), set()
    for block in templates.shipped(item.paper).blocks:
        if "if" in block and not said[block["if"]]:
            continue
        lines = block[kind_of(block)]
        used |= set(re.findall(r"\{\{ ([a-z_.0-9]+) \}\}", " ".join(lines) if isinstance(lines, list) else str(lines)))
        if "for" in block:
            name, source = block["for"].split(" in ")
            for each in said[source]:
                yield from (each[word.partition(".")[2]] for word in used if word.startswith(f"{name}."))
    yield from (said[word] for word in used if "." not in word)


def test_every_paper_says_every_field_of_its_records_and_nothing_typed_is_markup(world: World) -> None:
    papers = items.items(world.file)
    assert {item.paper for item in papers} == set(data.SHAPES) - {"oral", "refusal", "termination"}
    for item in papers:
        text = world.text(item)
        for value in values(world.file, item):
            assert squeezed(value) in text, f"{item.paper}: {value}"
    assert squeezed(HOSTILE) in world.text(next(i for i in papers if i.paper == "agreement"))


def test_the_catalogue_has_the_pages_where_the_papers_really_are(world: World) -> None:
    listed = re.findall(r"^\d+ (\S+?) (\d+)(?:-(\d+))?$", world.pages[1], re.MULTILINE)
    inner = [item for item in items.items(world.file) if item.paper not in FRAME]
    assert [name for name, _, _ in listed] == [assemble.name_of(i, templates.shipped(i.paper)) for i in inner]
    after = 1
    for (_, first, last), item in zip(listed, inner, strict=True):
        assert int(first) == after, "no page is left out, none counted twice"
        after = int(last or first) + 1
        title = next(b["title"] for b in templates.shipped(item.paper).blocks if "title" in b)
        page = world.pages[2 + int(first) - 1]
        assert squeezed(title) in squeezed(page)
        assert f"— {first} —" in page
    assert world.made.pages == len(world.pages) == 2 + after - 1 + 1
    assert "—" not in world.pages[0] + world.pages[1] + world.pages[-1]


def _fonts(found: Any) -> Iterator[Any]:
    for font in (found.get("/Resources", {}).get("/Font") or {}).values():
        yield from (each.get_object() for each in font.get_object().get("/DescendantFonts", [font.get_object()]))


def test_fonts_are_embedded_and_every_page_says_who_made_it_and_when(world: World) -> None:
    reader = PdfReader(io.BytesIO(world.made.content))
    fonts = [font["/FontDescriptor"].get_object() for page in reader.pages for font in _fonts(page)]
    assert fonts
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font) for font in fonts)
    assert {round(float(page.mediabox.width)) for page in reader.pages} == {595}
    assert all("chen 2026-11-23 09:00" in page for page in world.pages)


def test_scans_are_pages_and_what_cannot_be_one_is_named(world: World) -> None:
    reader = PdfReader(io.BytesIO(world.made.content))
    places = {place.key: place for place in world.made.places}
    identity, evidence = places["identity"], places["evidence"]
    assert (identity.last - identity.first, evidence.last - evidence.first) == (1, 2), "a photo; a PDF of two pages"
    assert len(reader.pages[2 + identity.last - 1].images) == 1
    assert "report.pdf" in world.pages[2 + evidence.last - 1]
    assert "（2/2）" in world.pages[2 + evidence.last - 1]
    first = squeezed(world.pages[2 + evidence.first - 1])
    assert "say.txt" in first
    assert "不能并入卷宗，原件另附" in first
    for attachment in world.file.attachments:
        assert attachment["sha256"] in squeezed("".join(world.pages))


def test_a_broken_or_locked_pdf_is_put_beside_the_dossier(world: World, tmp_path: Path) -> None:
    from pypdf import PdfWriter

    case = minimal(world.station)
    dispute = world.station.add("chen", "dispute", {"case_id": case, "title": "漏水"})
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    for name in ("broken.pdf", "locked.pdf"):
        Full.attach(world.full, "dispute", dispute, tmp_path / name, "evidence")
    made = assemble.pdf(opened(world.station, case), NOBODYS, "evidence", "", world.station.files)
    assert squeezed("".join(texts(made))).count("不能并入卷宗，原件另附") == 2


def opened(station: Station, case: str) -> File:
    station["chen"].write(gather.note_opening, case, "制作文书")
    return station["chen"].read(gather.gather, case, revealed=True)


def test_a_paper_without_a_reason_is_masked_and_says_so(world: World) -> None:
    made = whole(world.full.file(revealed=False), world.station)
    text = squeezed("".join(texts(made)))
    for secret in (LI["name"], LI["identity_number"], LI["phone"], "502室", ZHENG["representative"], ZHENG["agent_identity"]):
        assert secret not in text
    assert "李*英" in text
    assert "部分内容已遮盖" in text
    assert made.masked
    evidence = next(place for place in made.places if place.key == "evidence")
    assert evidence.first == evidence.last, "no page of a PDF is shown"


def test_a_case_of_which_nothing_is_known_still_has_its_forms(world: World) -> None:
    file = opened(world.station, minimal(world.station))
    pages = texts(whole(file, world.station))
    for item in items.items(file):
        for value in values(file, item):
            assert squeezed(value) in squeezed("".join(pages)), f"{item.paper}: {value}"
    assert {i.paper for i in items.items(file) if i.included} == {"cover", "contents", "acceptance", "notice", "identity", "back"}


def _word(made: assemble.Made) -> str:
    document = Document(io.BytesIO(made.content))
    body = (text.text or "" for text in document.element.body.iter(f"{W}t"))
    return squeezed("".join([*body, document.sections[0].footer.paragraphs[0].text]))


def test_the_same_papers_as_word_files_say_the_same(world: World) -> None:
    for item in items.items(world.file):
        text = _word(assemble.word(world.file, NOBODYS, item.key, ""))
        for value in values(world.file, item):
            assert squeezed(value) in text, f"{item.paper}: {value}"
        assert "{{" not in text.replace(squeezed(HOSTILE), "")
    contents = _word(assemble.word(world.file, NOBODYS, "contents", "", world.station.files))
    for place in assemble.dossier(world.file, NOBODYS, "", world.station.files).places:
        layout = templates.shipped(place.key.partition("/")[0])
        assert f"{layout.name}{assemble.pages_of(place)}" in re.sub(r"（\d）", "", contents)
    assert squeezed("chen 2026-11-23 09:00") in _word(assemble.word(world.file, NOBODYS, "cover", ""))


def test_a_refusal_and_a_failure_tell_of_the_other_ways(world: World) -> None:
    """PML articles 17 and 26; D06."""
    station, full = world.station, world.full
    case = minimal(station)
    station.add("chen", "dispute", {"case_id": case, "title": "界墙纠纷", "other_ways_told_at": "2026-11-23T08:30:00+08:00"})
    station.act("chen", "case", case, "refuse", "乙方明确表示不调")
    refused = squeezed("".join(texts(assemble.pdf(opened(station, case), NOBODYS, "refusal", "", None))))
    assert full.id != case
    for word in ("不予受理", "乙方明确表示不调", "仲裁", "行政", "诉讼", "第十七条", "甲、乙"):
        assert word in refused
    assert ending_papers(station, case) == ["refusal"]
    said = data.said(world.file, "termination")
    assert (said["names"], "第二十六条" in said["ground"]) == ("李秀英、漳州某某物业服务有限公司", True)
    template = templates.shipped("termination")
    assert all(word in str(template.blocks) for word in ("ground", "仲裁", "行政", "诉讼"))


def ending_papers(station: Station, case: str) -> list[str]:
    return [item.paper for item in items.items(opened(station, case)) if item.paper in ("refusal", "termination")]


@pytest.mark.parametrize(
    ("action", "met", "article"), [("withdraw", False, "二十三条"), ("withdraw", True, "二十三条"), ("refuse", True, "十七条")]
)
def test_who_withdraws_or_refuses_midway_is_not_told_of_a_refused_acceptance(
    world: World, action: str, met: bool, article: str
) -> None:
    """PML articles 17 and 23: what was accepted is ended, whoever asks for it; no paper says that talks failed."""
    station, case = world.station, minimal(world.station)
    if met:
        station.add("chen", "session", {"case_id": case, "started_at": "2026-11-22T09:00:00+08:00", "place": "社区茶室"})
    station.act("chen", "case", case, action, "两家已私下说好")
    assert ending_papers(station, case) == ["termination"]
    text = squeezed("".join(texts(assemble.pdf(opened(station, case), NOBODYS, "termination", "", None))))
    assert all(word in text for word in ("终止调解告知书", article, "两家已私下说好", "诉讼"))
    assert not any(word in text for word in ("不予受理", "未能达成协议", "第二十六条"))


def test_an_oral_agreement_is_written_down(world: World) -> None:
    """PML articles 28 and 30; D10."""
    case = minimal(world.station)
    oral = {"case_id": case, "form": "oral", "facts": "晒衣滴水", "content": "改装接水盘"}
    agreed = world.station.add("chen", "agreement", oral)
    world.station.act("chen", "agreement", agreed, "take-effect")
    made = assemble.pdf(opened(world.station, case), NOBODYS, f"oral/{agreed}", "", None)
    text = squeezed("".join(texts(made)))
    assert all(word in text for word in ("口头协议登记表", "晒衣滴水", "改装接水盘", "2026年11月23日", "第三十条"))


def test_copies_are_one_for_each_party_and_one_and_a_company_signs_with_its_seal(world: World) -> None:
    agreement = next(i for i in items.items(world.file) if i.paper == "agreement")
    text = world.text(agreement)
    assert "本协议一式3份" in text
    assert "加盖单位公章" in text
    assert "统一社会信用代码91350602MA2XYA1234" in text
    assert "（大写：叁仟贰佰元整）" in text


def test_the_notice_of_rights_is_one_page_and_no_signing_changes_what_it_says(world: World) -> None:
    """It is signed by hand after it was printed: what is recorded of the signing must not make it another paper."""
    notice = next(place for place in world.made.places if place.key == "notice")
    assert notice.first == notice.last
    told = {word for block in templates.shipped("notice").blocks for word in re.findall(r"p\.(\w+)", str(block))}
    assert told == {"role", "name", "unsigned"}
