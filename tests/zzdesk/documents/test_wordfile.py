"""Word templates of an office: what may be used is filled word for word, everything else is refused with its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document

from tests import word_templates
from zzdesk.documents import layouts, wordfile
from zzdesk.documents.placeholders import BROKEN, FORBIDDEN, MISSING, UNKNOWN
from zzdesk.documents.wordfile import TOO_LARGE, UNSAFE
from zzdesk.mediation.dossier.data import SHAPES
from zzdesk.mediation.dossier.words import FOLDER

SHAPE = {"number": None, "facts": None, "agent": None, "parties": ("name", "role")}
TYPED = "{{ number }} {% for %} <w:p> & \"x\" \\ 第一行\n第二行"


def template(*lines: str, cells: tuple[str, ...] = ()) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if cells:
        row = document.add_table(1, len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def repacked(change: Callable[[dict[str, bytes]], None]) -> bytes:
    inside, made = parts(PLAIN), io.BytesIO()
    change(inside)
    with zipfile.ZipFile(made, "w") as target:
        for name, content in inside.items():
            target.writestr(name, content)
    return made.getvalue()


def parts(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as source:
        return {name: source.read(name) for name in source.namelist()}


PLAIN = template("{{ number }}")


def faults(content: bytes, *required: str) -> list[tuple[str, str, str]]:
    return [(f.where, f.what, f.message) for f in wordfile.check(content, SHAPE, required)]


def test_a_template_is_filled_and_what_was_typed_is_no_markup() -> None:
    content = template("编号：{{ number }}", "{%p for p in parties %}", "{{ p.role }}：{{ p.name }}", "{%p endfor %}",
                       "{% if agent %}代理人{{ agent }}{% endif %}", cells=("事实", "{{ facts }}"))  # fmt: skip
    assert faults(content, "number", "parties", "facts") == []
    people = [{"name": "林<秀>英", "role": "申请人"}, {"name": "黄", "role": "乙"}]
    said = {"number": "7", "facts": TYPED, "agent": "", "parties": people}
    made = wordfile.fill(content, said)
    read = Document(io.BytesIO(made))
    assert [p.text for p in read.paragraphs] == ["编号：7", "申请人：林<秀>英", "乙：黄", ""]
    assert read.tables[0].rows[0].cells[1].text == TYPED
    assert wordfile.fill(content, said) == made, "the same words give the same bytes"


FAULTY = [
    ("{{ nummer }}", "{{ nummer }}", UNKNOWN),
    ("{{ parties.name }}", "{{ parties.name }}", UNKNOWN),
    ("{% for p in people %}{% endfor %}", "{% for p in people %}", UNKNOWN),
    ("{% for p in parties %}{{ p.age }}{% endfor %}", "{{ p.age }}", UNKNOWN),
    ("{{ number", "{{ number", BROKEN),
    ("{% endfor %}", "{% endfor %}", BROKEN),
    ("{% if agent %}{% endfor %}{% endif %}", "{% endfor %}", BROKEN),
    ("{{ number|upper }}", "{{ number|upper }}", FORBIDDEN),
    ("{{ number.__class__.__mro__ }}", "{{ number.__class__.__mro__ }}", FORBIDDEN),
    ("{{ 7 * 7 }}", "{{ 7 * 7 }}", FORBIDDEN),
    ("{% include 'other' %}", "{% include 'other' %}", FORBIDDEN),
    ("{# hidden #}", "{# hidden #}", FORBIDDEN),
    ("{% for p in parties %}{{ p.name }}", "for p parties", BROKEN),
]


def test_every_fault_is_named_with_its_paragraph_and_nothing_else_is() -> None:
    wanted = [(f"第{at}段", what, message) for at, (_, what, message) in enumerate(FAULTY, 1)]
    assert faults(template(*(line for line, _, _ in FAULTY))) == wanted


def test_a_fault_in_a_table_is_named_with_its_cell_and_what_is_missing_by_its_name() -> None:
    found = faults(template("x", cells=("a", "{{ fact }}")), "facts", "parties")
    assert found == [("表格1第1行第2格", "{{ fact }}", UNKNOWN), ("", "facts", MISSING), ("", "parties", MISSING)]


def _entity(parts: dict[str, bytes]) -> None:
    entity = b'<!DOCTYPE d [<!ENTITY a "b">]><w:document'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:document", entity, 1)


def _outside(parts: dict[str, bytes]) -> None:
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    link = b'<Relationship Id="r99" TargetMode="External" Target="x.dotm" Type="' + kind + b'"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(b"</Relationships>", link)


def _field(parts: dict[str, bytes]) -> None:
    run = b"<w:p><w:r><w:instrText>DDEAUTO c:\\\\x</w:instrText></w:r></w:p><w:sectPr"
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", run, 1)


def _property(parts: dict[str, bytes]) -> None:
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b"python-docx", b"{{ number }}", 1)


@pytest.mark.parametrize(("change", "message"), [
    (lambda parts: parts.update({"word/vbaProject.bin": b"x"}), UNSAFE),
    (lambda parts: parts.update({"word/embeddings/a.xlsx": b"x"}), UNSAFE),
    (lambda parts: parts.update({"../../evil.xml": b"<a/>"}), UNSAFE),
    (_entity, UNSAFE), (_outside, UNSAFE), (_field, UNSAFE), (_property, FORBIDDEN),
    (lambda parts: parts.pop("word/document.xml"), layouts.UNREADABLE),
    (lambda parts: parts.update({"word/document.xml": b"<w:document"}), layouts.UNREADABLE),
    (lambda parts: parts.update({f"word/{n}.xml": b"<a/>" for n in range(500)}), TOO_LARGE),
])  # fmt: skip
def test_a_file_that_is_more_than_a_page_of_text_is_refused(change: Callable[[dict[str, bytes]], None], message: str) -> None:
    assert [f[2] for f in faults(repacked(change))] == [message]


def test_what_is_no_word_file_is_refused() -> None:
    assert [f[2] for f in faults(b"not a zip")] == [layouts.UNREADABLE]
    assert [f[2] for f in faults(b"PK" + bytes(wordfile.LARGEST))] == [TOO_LARGE]


def test_the_shipped_templates_are_what_their_layouts_make_and_have_no_fault() -> None:
    for paper, shape in SHAPES.items():
        content = (FOLDER / f"{paper}.docx").read_bytes()
        layout = layouts.parse(paper, (FOLDER / f"{paper}.toml").read_bytes())
        assert layouts.check(layout, shape) == [], paper
        assert wordfile.check(content, shape, (*layout.required, "stamp")) == [], paper
        assert parts(content) == parts(word_templates.build(paper)), f"{paper}: run python -m tests.word_templates"
