"""Papers as Word files (.docx): a template that an office edits in WPS or Word, checked before it is used, then filled.

A template is somebody's file: it is opened as a zip of plain parts without macros, embedded objects, fields that fetch,
links to templates elsewhere or XML entities, and its placeholders are checked one by one with the place where they stand.
Filling is docxtpl's (licence LGPL-2.1, unmodified) in Jinja's sandbox; what is filled in is escaped.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from zzdesk.documents.layouts import UNREADABLE
from zzdesk.documents.placeholders import FORBIDDEN, Checker, Fault, Said, Shape
from zzdesk.i18n import N_

LARGEST: Final = 5 * 2**20
"""Bytes of a template."""
_UNPACKED: Final = 50 * 2**20
_PARTS: Final = 400
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT: Final = "word/document.xml"
_FILLED: Final = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_ACTIVE: Final = re.compile(r"vbaProject|vbaData|activeX/|embeddings/|ctrlProps/|\.bin$", re.IGNORECASE)
_FETCHES: Final = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON)\b")

UNSAFE: Final = N_("文件里有宏、嵌入对象或指向外部的内容，不能作模板")
TOO_LARGE: Final = N_("文件太大")


class TemplateError(Exception):
    """A template cannot be used; ``faults`` say where and why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{f.where}: {f.what}" for f in faults))
        self.faults = faults


def check(content: bytes, shape: Shape, required: tuple[str, ...] = ()) -> list[Fault]:
    """Return everything that is wrong with a template: nothing, if it may be used."""
    try:
        parts = _open(content)
    except TemplateError as error:
        return error.faults
    checker = Checker(shape)
    for name in sorted(parts, key=lambda n: (n != _DOCUMENT, n)):
        if _FILLED.fullmatch(name):
            for where, text in _paragraphs(name, parts[name]):
                checker.text(where, text)
        elif name.endswith(".xml") and any("{{" in t or "{%" in t for t in parts[name].itertext()):
            checker.faults.append(Fault(name, "{{", FORBIDDEN))
    return checker.finish(required)


def _open(content: bytes) -> dict[str, Any]:
    """Return the XML parts of a template by name, parsed without entities."""
    if len(content) > LARGEST:
        raise TemplateError([Fault("", f"{len(content) // 1024} KB", TOO_LARGE)])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            infos = packed.infolist()
            if len(infos) > _PARTS or sum(info.file_size for info in infos) > _UNPACKED:
                raise TemplateError([Fault("", f"{len(infos)}", TOO_LARGE)])
            names = [info.filename for info in infos]
            for name in names:
                if _ACTIVE.search(name) or name.startswith("/") or ".." in name.split("/") or "\\" in name:
                    raise TemplateError([Fault(name, name, UNSAFE)])
            if _DOCUMENT not in names or len(set(names)) != len(names) or any(i.flag_bits & 1 for i in infos):
                raise TemplateError([Fault("", _DOCUMENT, UNREADABLE)])
            return {n: _parsed(n, packed.read(n)) for n in names if n.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise TemplateError([Fault("", str(error), UNREADABLE)]) from error


def _parsed(name: str, content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError([Fault(name, str(error), UNREADABLE)]) from error
    if tree.getroottree().docinfo.doctype or "macroEnabled" in _content_types(name, content):
        raise TemplateError([Fault(name, name, UNSAFE)])
    for each in tree.iter():
        _refuse_outside(name, each)
    return tree


def _content_types(name: str, content: bytes) -> str:
    return content.decode("utf-8", "replace") if name == "[Content_Types].xml" else ""


def _refuse_outside(name: str, each: Any) -> None:
    """Refuse relationships that lead out of the file, but for links that a reader clicks, and fields that fetch."""
    if not isinstance(each.tag, str):
        return
    outside = each.get("TargetMode") == "External" and not str(each.get("Type", "")).endswith("/hyperlink")
    field = each.get(f"{_W}instr") or (each.text if each.tag == f"{_W}instrText" else "") or ""
    if outside or _FETCHES.search(field.upper()):
        raise TemplateError([Fault(name, (field or str(each.get("Target")))[:60], UNSAFE)])


def _paragraphs(name: str, tree: Any) -> Iterator[tuple[str, str]]:
    """Yield where each paragraph stands and its text, in the order of the part."""
    tables: dict[Any, int] = {}
    plain = 0
    for paragraph in tree.iter(f"{_W}p"):
        text = "".join(t.text or "" for t in paragraph.iter(f"{_W}t") if _owner(t) is paragraph)
        cell = next(paragraph.iterancestors(f"{_W}tc"), None)
        if cell is None:
            plain += 1
            yield _place(name, N_("第{at}段"), at=plain), text
        else:
            row, table = cell.getparent(), next(cell.iterancestors(f"{_W}tbl"))
            number = tables.setdefault(table, len(tables) + 1)
            at: dict[str, Any] = {"table": number, "row": _index(row, f"{_W}tr"), "cell": _index(cell, f"{_W}tc")}
            yield _place(name, N_("表格{table}第{row}行第{cell}格"), **at), text


def _owner(text: Any) -> Any:
    return next(text.iterancestors(f"{_W}p"), None)


def _index(element: Any, tag: str) -> int:
    return 1 + sum(1 for _ in element.itersiblings(tag, preceding=True))


def _place(name: str, message: str, **at: Any) -> str:
    from zzdesk.i18n import translate

    where = translate(message, **at)
    return where if name == _DOCUMENT else f"{name} {where}"


# ---- filling --------------------------------------------------------------------------------------------------------


def fill(template: bytes, said: Said) -> bytes:
    """Return a template that was checked, filled with what a paper says: the same bytes for the same words.

    Raises:
        TemplateError: it cannot be filled after all.
    """
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError as JinjaError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    document = DocxTemplate(io.BytesIO(template))
    try:
        document.render(dict(said), ImmutableSandboxedEnvironment(autoescape=True), autoescape=True)
    except (JinjaError, ValueError, KeyError, AttributeError) as error:
        raise TemplateError([Fault("", str(error), UNREADABLE)]) from error
    made = io.BytesIO()
    document.save(made)
    return steady(made.getvalue())


def steady(packed: bytes) -> bytes:
    """Return the same zip with its parts in order and without the time at which it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(entry, source.read(name))
    return made.getvalue()
