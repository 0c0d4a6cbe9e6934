"""The rules of the house, read from the syntax tree: who may import whom, sizes, and what nobody may do.

Every function takes the root of a checkout, so that a test can show a planted violation to it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOUNDATION = frozenset({"accounts", "places", "people", "evidence"})
WORK = frozenset({"handover", "reports", "jobs", "mediation", "patrol"})
SUBJECTS = FOUNDATION | WORK
PACKAGES = ("zzdesk", "ui", "sync", "tests")
MAX_FUNCTION, MAX_FILE = 50, 500

# What windows may know of the desk (architecture.md 2.3, decision 23).
_UI_ROOMS = frozenset({"errors", "clock", "i18n", "settings", "paths", "logs", "actor", "desk", "workflow", "__version__"})
_UI_FILES = frozenset({"commands", "queries", "workflow"})
_NOT_IN_ZZDESK = ("ui", "sync", "PySide6", "requests", "fastapi", "starlette", "uvicorn")
_NOT_IN_SYNC = ("ui", "PySide6")
_NOT_IN_UI = ("sqlalchemy", "alembic", "sqlcipher3", "sqlite3", "requests", "fastapi", "zzdesk.store")
_BULK_WRITERS = ("zzdesk/ops/", "zzdesk/store/", "sync/server/", "tests/")
_SQL_DML = re.compile(r"^\s*(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+(?P<table>\w+)", re.I)
_STATEMENT = re.compile(r"((sa|sqlalchemy)\.|.*(__table__|\.query\(.*\))\.)?(insert|update|delete)$")
_REGISTRY = re.compile(r"(https?|file)://[^ ]*(simple|packages/[0-9a-f]{2}/)|--(extra-)?index-url|--find-links")


@dataclass(frozen=True)
class Import:
    """One import of a file: the dotted name that it needs, and where."""

    file: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.name}"


def sources(root: Path) -> Iterator[Path]:
    """Yield every Python file of the packages, and dev.py."""
    for package in PACKAGES:
        yield from sorted((root / package).rglob("*.py"))
    yield from root.glob("dev.py")


@lru_cache(maxsize=4096)
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def forget() -> None:
    """Let go of what was read."""
    _tree.cache_clear()


def imports_of(root: Path, path: Path) -> Iterator[Import]:
    """Yield what a file imports anywhere in it; ``from a.b import c`` counts as ``a.b`` and as ``a.b.c``."""
    file = path.relative_to(root).as_posix()
    package = list(path.relative_to(root).parent.parts)
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(file, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield Import(file, node.lineno, f"{base}.{alias.name}")


def forbidden_imports(root: Path) -> list[str]:
    """Return every import that breaks a rule of the house."""
    found = []
    for path in sources(root):
        for imported in imports_of(root, path):
            if reason := _objection(imported):
                found.append(f"{imported}: {reason}")
    return found


def _objection(imported: Import) -> str | None:
    room = imported.file.removesuffix(".py").removesuffix("/__init__").split("/")
    if room[0] == "zzdesk" and room[1:2] not in (["cli"], ["__main__"]):
        return _objection_in_zzdesk(room, imported.name)
    if room[0] == "sync":
        return _objection_in_sync(room, imported.name)
    if room[0] == "ui":
        return _objection_in_ui(room, imported.name)
    return None


def _objection_in_zzdesk(room: list[str], name: str) -> str | None:
    if _within(name, _NOT_IN_ZZDESK):
        return "the desk knows no window, no network and no reconciliation"
    if _within(name, ("zzdesk.cli", "zzdesk.__main__")):
        return "only the composition root knows the command line"
    mine, theirs = room[1] if len(room) > 1 else "", _subject(name)
    if mine in WORK and theirs in WORK - {mine}:
        return "work subjects meet through ids, they do not import each other"
    if mine in FOUNDATION and theirs in WORK:
        return "foundation subjects do not know the work subjects"
    return None


def _objection_in_sync(room: list[str], name: str) -> str | None:
    if _within(name, _NOT_IN_SYNC):
        return "sync knows no window"
    if room[1:2] == ["client"] and _within(name, ("sync.server",)):
        return "the client does not import the server"
    if room[1:2] == ["server"] and _within(name, ("sync.client",)):
        return "the server does not import the client"
    if room[1:2] not in (["client"], ["server"]) and _within(name, ("sync.client", "sync.server")):
        return "the middle of sync imports neither side"
    return None


def _objection_in_ui(room: list[str], name: str) -> str | None:
    if _within(name, _NOT_IN_UI):
        return "windows know no database and no HTTP"
    if _within(name, ("sync",)) and room[1:2] != ["sync_bridge"]:
        return "windows reach sync through ui/sync_bridge.py alone"
    if _within(name, ("zzdesk",)) and not _ui_may_import(name):
        return "windows use commands, queries and workflow of a subject, or zzdesk.desk"
    return None


def _ui_may_import(name: str) -> bool:
    words = name.split(".")[1:]
    if not words or words[0] in _UI_ROOMS:
        return True
    if words[0] == "calendar":
        return words[1:2] == ["words"]
    return words[0] in SUBJECTS and (len(words) == 1 or words[1] in _UI_FILES)


def _within(name: str, tops: Iterable[str]) -> bool:
    return any(name == top or name.startswith(top + ".") for top in tops)


def _subject(name: str) -> str | None:
    words = name.split(".")
    return words[1] if len(words) > 1 and words[0] == "zzdesk" and words[1] in SUBJECTS else None


def oversized(root: Path) -> list[str]:
    """Return functions of more than 50 lines and files of more than 500."""
    found = []
    for path in sources(root):
        file = path.relative_to(root).as_posix()
        if (lines := len(path.read_text("utf-8").splitlines())) > MAX_FILE:
            found.append(f"{file} has {lines} lines")
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION:
                    found.append(f"{file}:{node.lineno} {node.name} has {length} lines")
    return found


def bulk_writes(root: Path) -> list[str]:
    """Return writes that go past the unit of work: no operation would be captured for them (decision 4).

    Looks for ``insert/update/delete`` of a synced model, ``Model.__table__``, ``bulk_…`` methods, ``query.update``
    and SQL text about a synced table, everywhere except in the writers of operations, the store, the server
    (its tables are not models) and tests.
    """
    models, tables = synced_models(root)
    found = []
    for path in sources(root):
        file = path.relative_to(root).as_posix()
        if file.startswith(_BULK_WRITERS):
            continue
        for node in ast.walk(_tree(path)):
            if what := _bulk_write(node, models, tables):
                found.append(f"{file}:{node.lineno} {what}")  # type: ignore[attr-defined]
    return found


def synced_models(root: Path) -> tuple[set[str], set[str]]:
    """Return the class names and the table names of the models that synchronise."""
    models, tables = set(), set()
    for path in (root / "zzdesk").rglob("models.py"):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ClassDef) and "Synced" in {ast.unparse(base) for base in node.bases}:
                models.add(node.name)
                tables |= set(re.findall(r"__tablename__ = '(\w+)'", ast.unparse(node)))
    return models, tables


def _bulk_write(node: ast.AST, models: set[str], tables: set[str]) -> str | None:
    if isinstance(node, ast.Attribute) and node.attr.startswith("bulk_"):
        return f"calls {node.attr}"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        written = _SQL_DML.match(node.value)
        return f"writes SQL: {node.value[:40]}" if written and written["table"].lower() in tables else None
    if not isinstance(node, ast.Call):
        return None
    name = ast.unparse(node.func)
    aimed = [word for word in re.findall(r"\w+", ast.unparse(node)) if word in models]
    return f"calls {name} on {aimed[0]}" if aimed and _STATEMENT.match(name) else None


def sleeps_in_tests(root: Path) -> list[str]:
    """Return tests that sleep instead of waiting for something (``time.sleep``, ``qWait``, ``qtbot.wait``)."""
    found = []
    for path in sorted((root / "tests").rglob("*.py")):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and _sleeps(ast.unparse(node.func)):
                found.append(f"{path.relative_to(root).as_posix()}:{node.lineno} {ast.unparse(node.func)}")
    return found


def _sleeps(function: str) -> bool:
    return function in {"time.sleep", "sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep", "asyncio.sleep"}


_TYPED = "zzdesk/typed.py"


def unguarded_reading(root: Path) -> list[str]:
    """Return calls that let msgspec work out a type outside the one place where a lock guards it.

    The measure that programs are compared with is one thread and may.
    """
    found = []
    for path in (path for room in ("zzdesk", "sync", "ui") for path in sorted((root / room).rglob("*.py"))):
        name = path.relative_to(root).as_posix()
        if name == _TYPED or name.startswith("zzdesk/cli/bench/"):
            continue
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and _works_out_a_type(node):
                found.append(f"{name}:{node.lineno} {ast.unparse(node.func)}")
    return found


def _works_out_a_type(call: ast.Call) -> bool:
    function = ast.unparse(call.func)
    typed = any(word.arg == "type" for word in call.keywords)
    made = bool(call.args) and not re.fullmatch(r"(list\[)?dict\[str, Any\]\]?", ast.unparse(call.args[0]))
    return (
        function == "msgspec.convert"
        or (function == "msgspec.json.decode" and typed)
        or (function == "msgspec.json.Decoder" and made)
    )


def registry_addresses(root: Path, files: Iterable[Path]) -> list[str]:
    """Return lines that name a package registry: everybody's own configuration says where packages come from."""
    found = []
    for path in files:
        text = path.read_text("utf-8", errors="ignore")
        for number, line in enumerate(text.splitlines(), 1):
            if _REGISTRY.search(line):
                found.append(f"{path.relative_to(root).as_posix()}:{number} {line.strip()[:80]}")
    return found
