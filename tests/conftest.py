"""What every test gets: no display needed, one clock, its own home, and nobody leaves warnings or threads behind."""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

# Qt aborts the process (no exception) without a display; this must stand before anything imports it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The person's real keyring is none of a test's business.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

import pytest
from hypothesis import HealthCheck, settings

from tests import pg
from zzdesk import i18n
from zzdesk.clock import FixedClock

if TYPE_CHECKING:
    from tests.keyrings import InMemory
    from tests.watchdog import Watchdog

# Every save waits for the disk, as it must; what is thrown away after a test need not lie on one.
_MEMORY: Final = Path("/dev/shm")
_ROOM: Final = 4 << 30
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
_SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
settings.register_profile("fast", deadline=None, max_examples=50, suppress_health_check=_SLOW_IS_FINE)
settings.register_profile("ci", parent=settings.get_profile("fast"), print_blob=True, derandomize=True)
settings.register_profile("long", parent=settings.get_profile("fast"), max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if _CI else "fast"))


_LONG: Final = ("faults", "e2e")

# As the program has it (zzdesk/__main__.py): what a test leaves is small, and looking through all of it took a twentieth.
gc.set_threshold(100_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the rooms of the long tests first, otherwise in the order as drawn: one that began last kept one core alone."""
    items.sort(key=lambda item: item.path.parent.name not in _LONG)


def pytest_collection_finish() -> None:
    """Leave what was loaded out of every later search for garbage: modules and tests stay until the end anyway."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    """Look for garbage in the main thread where a test has windows, as the program does (``ui.collector``).

    A server that runs in a thread of the test would else destroy the windows of the test before.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test speaks Chinese unless it chooses otherwise, whatever the machine's locale is."""
    monkeypatch.setenv("ZZDESK_LANG", "zh")
    i18n._language.set(None)  # what an earlier test's window chose


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still at Monday 2026-11-23 09:00 in Zhangzhou until a test moves it."""
    return FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for one desk; the person's own folders are out of reach."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "user"))
    return tmp_path / "desk"


@pytest.fixture
def system_keyring() -> Iterator[InMemory]:
    """A system keyring that lasts as long as the test."""
    from tests.keyrings import in_memory

    yield from in_memory()


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """The URL of a PostgreSQL server; without one the test is skipped, on CI it fails."""
    named = os.environ.get("DATABASE_URL")
    binaries = pg.find_binaries()
    if named:
        yield re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", named)
    elif binaries:
        with pg.private_server(binaries) as url:
            yield url
    elif _CI:
        pytest.fail("PostgreSQL is not installed, and on CI these tests must run")
    else:
        pytest.skip("PostgreSQL IS NOT INSTALLED AND DATABASE_URL IS NOT SET: its half of the tests did not run")


@pytest.fixture
def pg_url(pg_server: str) -> Iterator[str]:
    """The URL of an empty database of this test's own."""
    with pg.empty_database(pg_server) as url:
        yield url


@pytest.fixture(scope="session")
def _pg_shared(pg_server: str) -> Iterator[pg.Shared]:
    """The database of all tests on this core that ask for no new one."""
    shared = pg.Shared(pg_server)
    yield shared
    shared.close()


@pytest.fixture
def pg_centre_url(_pg_shared: pg.Shared) -> Iterator[str]:
    """The URL of a database for a centre: its tables are there, and no row in them."""
    with _pg_shared.use() as url:
        yield url


class _Collector(logging.Handler):
    """Keeps every record from WARNING up, and what the test says of them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[str] = []
        self.allowed: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _logged() -> Iterator[_Collector]:
    """Fail on a log record of WARNING or above, unless the test expected or allowed it."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield collector
    root.removeHandler(collector)
    lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in collector.records]
    known = (*collector.expected, *collector.allowed)
    surprising = [line for line in lines if not any(re.search(pattern, line) for pattern in known)]
    absent = [pattern for pattern in collector.expected if not any(re.search(pattern, line) for line in lines)]
    assert not surprising, f"unexpected log: {surprising}"
    assert not absent, f"expected in the log and not found: {absent}"


@pytest.fixture
def expect_log(_logged: _Collector) -> Callable[[str], None]:
    """What must be in the log: ``expect_log(pattern)``."""
    return _logged.expected.append


@pytest.fixture
def allow_log(_logged: _Collector) -> Callable[[str], None]:
    """What may be in the log, where only luck decides: ``allow_log(pattern)``."""
    return _logged.allowed.append


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail when a thread that the test started is still alive two seconds after its end."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    for thread in _strangers(before):
        thread.join(max(0.0, deadline - time.monotonic()))
    assert not (left := _strangers(before)), f"threads left behind: {left}"


def _strangers(before: set[threading.Thread]) -> list[threading.Thread]:
    """Return threads that are new and ours: Python gives threads of Qt a dummy that it never removes."""
    dummy = getattr(threading, "_DummyThread")  # noqa: B009 - private, and absent from the type stubs
    return [thread for thread in threading.enumerate() if thread not in before and not isinstance(thread, dummy)]


@pytest.fixture
def watchdog(qapp: object) -> Iterator[Watchdog]:
    """Fail the test when the main thread was blocked for more than 50 ms while the watchdog was on."""
    from tests.watchdog import Watchdog

    dog = Watchdog(budget_ms=50)
    yield dog
    dog.stop()
    assert not dog.blocks, "the main thread was blocked:\n" + "\n".join(map(str, dog.blocks))
