"""The rules of the house hold, and each rule catches a violation that is planted for it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import rules

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {
    "zzdesk", "ui", "resources", "sync", "tests", "build.spec", "pyproject.toml", "README.md", "dev.py",
    "constraints.txt", "CHANGELOG.md", "LICENSE",
}  # fmt: skip
CONFIGURATION = (".lock", ".toml", ".txt", ".cfg", ".ini", ".spec")


@pytest.fixture(scope="module", autouse=True)
def _trees() -> Iterator[None]:
    """The trees of a thousand files are shared by the tests here, and nobody else has to keep them."""
    yield
    rules.forget()


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_nobody_imports_what_its_room_must_not_know() -> None:
    assert rules.forbidden_imports(ROOT) == []


def test_functions_and_files_stay_small() -> None:
    assert rules.oversized(ROOT) == []


def test_no_write_goes_past_the_unit_of_work() -> None:
    assert rules.bulk_writes(ROOT) == []


def test_no_test_sleeps() -> None:
    assert rules.sleeps_in_tests(ROOT) == []


def test_types_are_read_where_a_lock_guards_it() -> None:
    assert rules.unguarded_reading(ROOT) == []


def test_no_registry_is_named() -> None:
    files = [path for path in _tracked() if path.suffix in CONFIGURATION or path.name == "run"]
    assert rules.registry_addresses(ROOT, files) == []


def test_nothing_else_stands_at_the_top() -> None:
    names = {path.relative_to(ROOT).parts[0] for path in _tracked()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


PLANTED = [
    ("zzdesk/reports/commands.py", "import ui.theme"),
    ("zzdesk/reports/commands.py", "from PySide6.QtCore import QObject"),
    ("zzdesk/store/engine.py", "import requests"),
    ("zzdesk/desk/session.py", "def f():\n    from sync.client import engine"),
    ("zzdesk/reports/commands.py", "from zzdesk.jobs import models"),
    ("zzdesk/mediation/queries.py", "from ..reports.models import Report"),
    ("zzdesk/people/models.py", "from zzdesk.reports import models"),
    ("zzdesk/errors.py", "from zzdesk.cli import main"),
    ("sync/merge.py", "from ui import application"),
    ("sync/merge.py", "import PySide6"),
    ("sync/merge.py", "import sync.server.push"),
    ("sync/client/engine.py", "from sync.server import app"),
    ("sync/client/engine.py", "from sync import server"),
    ("sync/server/push.py", "from ..client import engine"),
    ("ui/pages/reports/page.py", "import sync.client.engine"),
    ("ui/pages/reports/page.py", "from sqlalchemy import select"),
    ("ui/pages/reports/page.py", "from zzdesk.store.base import Base"),
    ("ui/pages/reports/page.py", "from zzdesk import store"),
    ("ui/pages/reports/page.py", "from zzdesk.reports.models import Report"),
    ("ui/pages/reports/page.py", "from zzdesk.ops.capture import capture"),
]


@pytest.mark.parametrize(("file", "line"), PLANTED)
def test_a_planted_import_is_caught(tmp_path: Path, file: str, line: str) -> None:
    _plant(tmp_path, file, line)
    caught = rules.forbidden_imports(tmp_path)
    assert caught
    assert all(found.startswith(file) for found in caught)


ALLOWED = [
    ("zzdesk/cli/main.py", "import ui.application, sync.server.app, zzdesk.reports.commands"),
    ("zzdesk/__main__.py", "from zzdesk.cli import main"),
    ("zzdesk/reports/commands.py", "from zzdesk.accounts.rights import allowed\nfrom zzdesk.store import unit"),
    ("sync/client/engine.py", "import requests\nfrom sync.protocol import Push\nfrom zzdesk.ops import outbox"),
    ("sync/server/app.py", "import fastapi\nfrom sync import merge"),
    ("ui/sync_bridge.py", "from sync.client import engine"),
    ("ui/pages/reports/page.py", "from zzdesk.reports.commands import verify\nfrom zzdesk.reports import queries"),
    ("ui/pages/page.py", "from zzdesk.desk.session import Desk\nfrom zzdesk.errors import KnownError\nimport zzdesk"),
]


@pytest.mark.parametrize(("file", "line"), ALLOWED)
def test_a_proper_import_is_let_through(tmp_path: Path, file: str, line: str) -> None:
    _plant(tmp_path, file, line)
    assert rules.forbidden_imports(tmp_path) == []


def test_planted_sizes_are_caught(tmp_path: Path) -> None:
    _plant(tmp_path, "zzdesk/long.py", "def f():\n" + "    f()\n" * 50)
    _plant(tmp_path, "sync/longer.py", "x = 1\n" * 501)
    assert rules.oversized(tmp_path) == ["zzdesk/long.py:1 f has 51 lines", "sync/longer.py has 501 lines"]


MODEL = "class Report(Synced, Base):\n    __tablename__ = 'report'\n\nclass Draft(Base):\n    __tablename__ = 'draft'\n"


@pytest.mark.parametrize("line", [
    "session.execute(update(Report).values(state=1))",
    "session.execute(sqlalchemy.delete(models.Report))",
    "session.bulk_insert_mappings(Draft, rows)",
    "Report.__table__.delete()",
    "insert(Report.__table__)",
    "session.query(Report).update({})",
    'text("DELETE FROM report")',
    'text("update report set state = 1")',
])  # fmt: skip
def test_a_planted_bulk_write_is_caught(tmp_path: Path, line: str) -> None:
    _plant(tmp_path, "zzdesk/reports/models.py", MODEL)
    _plant(tmp_path, "zzdesk/reports/commands.py", line)
    assert len(rules.bulk_writes(tmp_path)) == 1


def test_a_table_that_does_not_synchronise_may_be_written(tmp_path: Path) -> None:
    _plant(tmp_path, "zzdesk/reports/models.py", MODEL)
    _plant(tmp_path, "zzdesk/desk/drafts.py", "delete(Draft)\n'DELETE FROM draft'\nrow.delete(report)\n{}.update(x)")
    assert rules.bulk_writes(tmp_path) == []


def test_planted_readings_are_caught(tmp_path: Path) -> None:
    lines = (
        "msgspec.json.decode(x, type=Op)", "msgspec.convert(x, Op)", "msgspec.json.Decoder(Op)", "msgspec.json.decode(x)",
        "msgspec.json.Decoder(float_hook=f)", "msgspec.json.Decoder(dict[str, Any], float_hook=f)",
    )  # fmt: skip
    _plant(tmp_path, "sync/x.py", "".join(f"{line}\n" for line in lines))
    assert [line.split()[0] for line in rules.unguarded_reading(tmp_path)] == [f"sync/x.py:{n}" for n in (1, 2, 3)]


def test_planted_sleeps_and_addresses_are_caught(tmp_path: Path) -> None:
    _plant(tmp_path, "tests/test_x.py", "import time\ntime.sleep(1)\n")
    address = _plant(tmp_path, "uv.lock", "source = { registry = 'https" + "://example.org/simple' }")
    assert rules.sleeps_in_tests(tmp_path) == ["tests/test_x.py:2 time.sleep"]
    assert len(rules.registry_addresses(tmp_path, [address])) == 1


def _plant(root: Path, file: str, text: str) -> Path:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
