"""Runs the centre: as a program until SIGTERM, or inside another one for tests, demonstration and self-test."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, Final, cast

import uvicorn

from sync.policies import Policies
from sync.server.accounts import make_code
from sync.server.app import make_app
from sync.server.centre import Centre, Settings
from sync.server.faults import warn
from sync.server.held import release
from sync.server.lineage import live_on, open_known
from sync.server.metrics import Measures
from sync.server.open311.door import Door, open_door
from sync.server.partners.config import load as load_partners
from sync.server.partners.runner import in_rounds
from sync.server.renewals import in_background
from sync.server.workers import serve_with
from sync.upcast import UPCASTERS, Upcasters
from zzdesk.clock import Clock, SystemClock
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

_BACKLOG: Final = 512
_START_SECONDS: Final = 30
_TICK: Final = 0.1
"""Seconds between two looks of Uvicorn at its clock and at whether it is to end."""
_MOMENT: Final = 0.005
_END_SECONDS: Final = 5
"""How long a request may still take when the centre ends."""


def open_centre(
    data: Path,
    database_url: str | None = None,
    *,
    clock: Clock | None = None,
    policies: Policies | None = None,
    settings: Settings | None = None,
    measures: Measures | None = None,
    upcasters: Upcasters = UPCASTERS,
    door: Door | None = None,
) -> Centre:
    """Open a centre's database to serve it and return the centre; ``centre.database.close()`` ends it.

    ``policies`` are those of all kinds of record unless others are given; ``door`` opens Open311 to other programs.

    Raises:
        RefusedError: the database is an older copy: see ``lineage``.
    """
    database = open_known(data, database_url)
    live_on(database)
    return Centre(
        database, clock or SystemClock(), policies or _all_policies(), settings or Settings(),
        upcasters, measures or Measures(), door,
    )  # fmt: skip


def _all_policies() -> Policies:
    import zzdesk.catalogue  # noqa: F401 - makes every kind known
    from zzdesk.store.base import kinds

    return Policies.of(kinds())


def is_loopback(host: str) -> bool:
    """Return whether only programs on this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Server(uvicorn.Server):
    """Uvicorn that says when it is ready, and ends on a signal with status 0 instead of passing the signal on."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._woken, self._loop = asyncio.Event(), cast("asyncio.AbstractEventLoop | None", None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then tell."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            self._ready()

    def end(self) -> None:
        """Let it stop at once; called from another thread."""
        self.should_exit = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    async def main_loop(self) -> None:
        """Do what Uvicorn does ten times a second until it is to end."""
        ticks = 0
        while not await self.on_tick(ticks):
            ticks += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _TICK)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGTERM and SIGINT; in a thread there are no signals to take."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.handle_exit(number, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nothing new and let what is under way end, as Uvicorn does, without its pauses of a tenth of a second."""
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        state, until = self.server_state, time.monotonic() + _END_SECONDS
        for connection in list(state.connections):
            connection.shutdown()
        while (state.connections or state.tasks) and not self.force_exit and time.monotonic() < until:
            await asyncio.sleep(_MOMENT)
        if state.tasks:
            warn("cut off at the end, requests", len(state.tasks))
        for task in list(state.tasks):
            task.cancel()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, since asyncio sets TCP_NODELAY on nothing else: without it every answer waits 40 ms for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


_PLAIN: Final[dict[str, Any]] = {
    "log_level": "warning", "access_log": False, "server_header": False, "lifespan": "off", "loop": "asyncio",
    "http": "h11", "ws": "none", "timeout_graceful_shutdown": _END_SECONDS, "log_config": None, "proxy_headers": False,
}  # fmt: skip


def _config(centre: Centre, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(make_app(centre), **_PLAIN, **more)


def _url(listener: socket.socket, host: str, tls: bool) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if tls else 'http'}://{shown}:{listener.getsockname()[1]}"


def serve(
    data: Path,
    host: str = "127.0.0.1",
    port: int = 0,
    database_url: str | None = None,
    tls_cert: Path | None = None,
    tls_key: Path | None = None,
    workers: int = 1,
    partners: Path | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT. Prints ``listening on URL`` on one line when ready; port 0 takes a free one.

    ``partners`` is the operator's file of partners: what goes to and comes from them is looked after meanwhile, and
    Open311 is open to others as far as that file opens it.

    Raises:
        InvalidError: another address than loopback without TLS, only half of the TLS pair, or several workers on
            SQLite, which has one writer.
        OSError: the port is taken. KnownError: the database cannot be opened.
    """
    tls = tls_cert is not None and tls_key is not None
    if (tls_cert is None) != (tls_key is None):
        raise InvalidError.one("tls", N_("证书和私钥要一起给出"))
    if not tls and not is_loopback(host):
        raise InvalidError.one("host", N_("没有TLS证书时只能在本机地址上提供服务，否则内容会在路上被看到"))
    if workers > 1 and (database_url is None or database_url.startswith("sqlite")):
        raise InvalidError.one("workers", N_("用SQLite时只能有一个工作进程；要多个，请用 --database 给出PostgreSQL的地址"))
    lines = load_partners(partners) if partners is not None else ()
    door = open_door(partners) if partners is not None else None
    centre = open_centre(data, database_url, door=door)
    try:
        release(centre)
        with contextlib.closing(_listen(host, port)) as listener, in_rounds(centre, lines), in_background(centre):
            line = f"listening on {_url(listener, host, tls)}"
            more = {"ssl_certfile": str(tls_cert), "ssl_keyfile": str(tls_key)} if tls else {}
            ready = partial(print, line, flush=True)
            if workers == 1:
                _Server(_config(centre, **more), ready).run([listener])
            else:
                serve_with(workers, data, database_url, door, listener, ready, **_PLAIN, **more)
    finally:
        centre.database.close()


class ServerThread:
    """A centre inside this process, on a loopback port: ``with ServerThread(folder) as server: server.url``.

    ``port`` 0 takes a free one; ``options`` are those of ``open_centre``.
    """

    def __init__(self, data: Path, port: int = 0, database_url: str | None = None, **options: Any) -> None:
        self.centre = open_centre(data, database_url, **options)
        try:
            self._listener = _listen("127.0.0.1", port)
        except OSError:
            self.centre.database.close()
            raise
        self.url = _url(self._listener, "127.0.0.1", tls=False)
        self._ready = threading.Event()
        self._server = _Server(_config(self.centre), self._ready.set)
        self._thread = threading.Thread(target=self._run, name="zzsync-server", daemon=True)

    def _run(self) -> None:
        release(self.centre)
        self._server.run([self._listener])

    def start(self) -> ServerThread:
        """Start and return when requests are answered.

        Raises:
            TimeoutError: it did not come up.
        """
        self._thread.start()
        if not self._ready.wait(_START_SECONDS):
            raise TimeoutError("the server did not start")
        return self

    def enrol_code(self, station: str) -> str:
        """Return a one-time code for a device of a station."""
        return make_code(self.centre, station)

    def stop(self) -> None:
        """Stop, finish what is under way, and close the database."""
        if self._thread.is_alive():
            self._server.end()
            self._thread.join()
        self._listener.close()
        self.centre.database.close()

    def __enter__(self) -> ServerThread:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
