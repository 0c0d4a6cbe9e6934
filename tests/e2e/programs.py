"""Desks and the centre as programs of their own, driven by nothing but the command line, and a wire between them."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

from tests import forks

STATION = "350602002004"
PASSPHRASE = "a lamp in the stairwell"
PROGRAM = [sys.executable, "-m", "zzdesk"]
ROOT = Path(__file__).parents[2]
LIMIT_S = 120
GROUPS: Final = ("account", "audit", "bundle", "server")
"""Commands whose second word says what is done."""


def environment(**more: str) -> dict[str, str]:
    """A child's environment: ours, without a person's own settings."""
    # Compiled once for all children, whatever the machine's habit is: there are hundreds of them.
    ours = {n: v for n, v in os.environ.items() if not n.startswith("ZZDESK_") and n != "PYTHONDONTWRITEBYTECODE"}
    return {**ours, "ZZDESK_PASSPHRASE": PASSPHRASE, "ZZDESK_LANG": "zh", "PYTHONPATH": str(ROOT), **more}


class Refused(AssertionError):
    """A command ended with another status than expected."""


class Running:
    """One command line of the program in a process of its own.

    The first of each command that a run of the tests comes to is started from nothing, as a person starts it: what it
    imports by itself is part of it.  The others are forked off (``tests.forks``), since a start costs a second of
    importing and there are hundreds of them.
    """

    first_starts: Path
    """A folder that all cores of a run of the tests share: what has been started from nothing."""

    def __init__(
        self, words: Sequence[str], options: Sequence[str] = (), *, given: bytes = b"",
        out: IO[bytes] | None = None, err: IO[bytes] | None = None, **more: str,
    ) -> None:  # fmt: skip
        self._in, self._out, self._err = _file(), out or _file(), err or _file()
        self._in.write(given)
        self._in.seek(0)
        self._joining = threading.Lock()
        start = self._start if self._is_first(words) else self._fork
        self._process = start([*options, *words], environment(**more))

    def _is_first(self, words: Sequence[str]) -> bool:
        try:
            (self.first_starts / "-".join(words[: 2 if words[0] in GROUPS else 1])).touch(exist_ok=False)
        except FileExistsError:
            return not forks.POSSIBLE
        return True

    def _start(self, words: Sequence[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*PROGRAM, *words], stdin=self._in, stdout=self._out, stderr=self._err, env=env)

    def _fork(self, words: Sequence[str], env: dict[str, str]) -> BaseProcess:
        from tests.e2e.forked import Streams, become

        streams = Streams(stream.fileno() for stream in (self._in, self._out, self._err))
        process: BaseProcess = forks.context().Process(target=become, args=(words, env, streams))
        process.start()
        return process

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()

    def terminate(self) -> None:
        """End it as an operator does."""
        self._process.terminate()

    def wait(self, timeout: float = LIMIT_S) -> int:
        """Wait for its end, in whichever thread; return its status, which is negative after a signal."""
        if isinstance(self._process, subprocess.Popen):
            return self._process.wait(timeout)
        with self._joining:
            self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutError(f"it still runs after {timeout} s")
        return int(self._process.exitcode)

    def communicate(self, timeout: float = LIMIT_S) -> tuple[bytes, bytes]:
        """Wait for its end; return what it said on stdout and on stderr, where these were not given."""
        self.returncode = self.wait(timeout)
        said = [_all_of(stream) for stream in (self._out, self._err)]
        for stream in (self._in, self._out, self._err):
            stream.close()
        return said[0], said[1]


def _file() -> IO[bytes]:
    return TemporaryFile()  # closed when the process has ended


def _all_of(stream: IO[bytes]) -> bytes:
    if not stream.readable():
        return b""
    stream.seek(0)
    return stream.read()


class Home:
    """One desk's home and the commands on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self, *words: str, given: bytes = b"", **more: str) -> Running:
        """Start a command and do not wait for it."""
        return Running(words, ("--home", str(self.folder)), given=given, **more)

    def run(self, *words: str, given: Any = None, status: int = 0, **more: str) -> tuple[str, str]:
        """Run a command to its end; return stdout and stderr.

        ``given`` is text for stdin, or a list of objects that become JSON lines.
        """
        if isinstance(given, list):
            given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in given)
        process = self.start(*words, given=(given or "").encode(), **more)
        out, err = process.communicate()
        if process.returncode != status:
            raise Refused(f"{words} ended with {process.returncode}: {err.decode()}\n{out.decode()}")
        return out.decode(), err.decode()

    def json(self, *words: str, status: int = 0, **more: str) -> list[dict[str, Any]]:
        """Run a command with ``--json``; return its lines."""
        out, _ = self.run(*words, "--json", status=status, **more)
        return [json.loads(line) for line in out.splitlines()]

    def init(self, user: str = "wang") -> Home:
        self.run("init", "--station", STATION, "--user", user, "--test", "--recovery-file", f"{self.folder}.recovery")
        return self

    def add(self, kind: str, *records: dict[str, Any]) -> list[str]:
        return self.run("add", kind, "--file", "-", given=list(records))[0].split()

    def edit(self, kind: str, record_id: str, **fields: Any) -> None:
        self.run("edit", kind, "--file", "-", given=[{"id": record_id, "set": fields}])

    def sync(self, status: int = 0) -> dict[str, Any]:
        return self.json("sync", status=status)[-1]

    def conflicts(self, *words: str) -> list[dict[str, Any]]:
        return self.json("conflicts", *words)

    def export(self, kind: str) -> str:
        return self.run("export", kind, "--file", "-", "--reveal", "两台核对")[0]


class Centre:
    """The server as a program; it can be killed and started again over the same data."""

    def __init__(self, data: Path, database: str | None) -> None:
        self.data = data
        self.more = ["--database", database] if database else []
        self._process: Running | None = None
        self.url = ""

    def start(self) -> None:
        words = ["serve", "--data", str(self.data), "--port", "0", *self.more]
        reading, writing = os.pipe()
        log = self.data.parent / "serve.log"
        with os.fdopen(writing, "wb") as out, log.open("ab") as err:
            self._process = Running(words, out=out, err=err)
        with os.fdopen(reading) as answer:
            line = answer.readline()
        found = re.fullmatch(r"listening on (http://127\.0\.0\.1:\d+)\n", line)
        assert found, (line, log.read_text())
        self.url = found[1]

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    def stop(self) -> int:
        """End it as an operator does; return its status."""
        assert self._process is not None
        self._process.terminate()
        self._process.communicate()
        return self._process.returncode

    def command(self, *words: str) -> Running:
        """Start a command of the centre's beside it."""
        return Running([*words, "--data", str(self.data), *self.more])

    def code(self) -> str:
        made = self.command("server", "enrol-code", "--station", STATION)
        out, err = made.communicate()
        assert made.returncode == 0, err.decode()
        return out.decode().strip()


Hook = Callable[[str, int], None]
"""Called with the path of a request and how many of that path there have been."""


class Wire:
    """A line between desks and centre that calls ``before``, ``during`` and ``after`` as it carries each request."""

    def __init__(self, upstream: Callable[[], str]) -> None:
        self._upstream = upstream
        self._counts: dict[str, int] = {}
        self.up: Counter[str] = Counter()
        """Bytes of bodies that went to the centre, by method."""
        self.before: Hook = lambda path, number: None
        self.during: Hook = lambda path, number: None
        self.after: Hook = lambda path, number: None
        wire = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                wire._carry(self)

            do_PATCH = do_GET = do_POST

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def watch(self, before: Hook | None = None, during: Hook | None = None, after: Hook | None = None) -> None:
        """Count from one again, and call these from now on."""
        self._counts.clear()
        self.up.clear()
        self.before = before or (lambda path, number: None)
        self.during = during or (lambda path, number: None)
        self.after = after or (lambda path, number: None)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _carry(self, request: BaseHTTPRequestHandler) -> None:
        number = self._counts[request.path] = self._counts.get(request.path, 0) + 1
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        self.up[request.command] += len(body)
        host = self._upstream().removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=LIMIT_S)
        try:
            self.before(request.path, number)
            connection.request(request.command, request.path, body, dict(request.headers))
            self.during(request.path, number)
            answer = connection.getresponse()
            data = answer.read()
            self.after(request.path, number)
            request.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("date", "server", "transfer-encoding"):
                    request.send_header(name, value)
            request.end_headers()
            request.wfile.write(data)
        except (OSError, http.client.HTTPException):
            request.close_connection = True
        finally:
            connection.close()


@contextmanager
def running(data: Path, database: str | None) -> Iterator[Centre]:
    """A centre that is stopped at the end, whatever happened to it."""
    centre = Centre(data, database)
    centre.start()
    try:
        yield centre
    finally:
        assert centre.stop() in (0, -9)
