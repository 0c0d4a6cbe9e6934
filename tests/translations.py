"""Keeps the translation files beside the code: ``python dev.py translate`` runs this, a test says when it is due.

Windows are translated by Qt (resources/i18n/zzdesk_en.ts), everything else by gettext (resources/locale).
The message ids are Chinese in both.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TS = ROOT / "resources" / "i18n" / "zzdesk_en.ts"
PO = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES" / "zzdesk.po"
# In ui/ the name `translate` is Qt's, with a context as first argument.
_MARKS = {
    "zzdesk": ("_", "N_", "translate"),
    "sync": ("_", "N_", "translate"),
    "ui": ("_", "N_"),
}


def extract_words() -> Catalog:
    """Return the texts outside the windows that the code marks now."""
    catalog = Catalog(charset="utf-8")
    for package, marks in _MARKS.items():
        for path in sorted((ROOT / package).rglob("*.py")):
            for message in _marked(ast.parse(path.read_text("utf-8")), marks):
                catalog.add(message)
    return catalog


def _marked(tree: ast.Module, marks: tuple[str, ...]) -> Iterator[str]:
    # Babel's own extractor also takes strings from deeper inside the call: translate(row["problem"]).
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in marks and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def read_words(path: Path = PO) -> Catalog:
    """Return the English catalogue as it lies in the repository."""
    with path.open("rb") as file:
        return read_po(file, locale="en")


def update_words(path: Path = PO) -> None:
    """Add new message ids to the English catalogue and drop those that the code no longer has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog = read_words(path) if path.exists() else Catalog(locale="en", charset="utf-8")
    catalog.update(extract_words(), no_fuzzy_matching=True)
    write_words(catalog, path)


def write_words(catalog: Catalog, path: Path = PO) -> None:
    """Write the catalogue in one order with one header, so that the file changes only when its texts do."""
    catalog.project, catalog.version, catalog.fuzzy = "zzdesk", "", False
    catalog.header_comment = "# English texts of zzdesk outside the windows; the message ids are Chinese."
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = "zzdesk"
    catalog.revision_date = catalog.creation_date = datetime(2026, 1, 1, tzinfo=UTC)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, no_location=True, sort_output=True, ignore_obsolete=True)


def update_windows(path: Path = TS) -> None:
    """Let Qt's lupdate write the texts of the windows into ``path``, keeping the translations that are in it."""
    program = Path(sys.executable).parent / "pyside6-lupdate"
    files = [str(file) for file in sorted((ROOT / "ui").rglob("*.py"))]
    languages = ["-source-language", "zh_CN", "-target-language", "en_US"]
    options = ["-silent", *languages, "-no-obsolete", "-locations", "none"]
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([str(program), *files, "-ts", str(path), *options], check=True)


def untranslated(catalog: Catalog) -> Iterator[str]:
    """Yield the message ids without a translation, or with a doubtful one."""
    for message in catalog:
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        if message.id and (not all(strings) or message.fuzzy):
            yield str(message.id)


if __name__ == "__main__":
    update_words()
    update_windows()
    print("\n".join(untranslated(read_words())))
