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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

STATION = "350602002004"
PASSPHRASE = "a lamp in the stairwell"
PROGRAM = [sys.executable, "-m", "zzdesk"]
ROOT = Path(__file__).parents[2]
LIMIT_S = 120


def environment(**more: str) -> dict[str, str]:
    """A child's environment: ours, without a person's own settings."""
    # Compiled once for all children, whatever the machine's habit is: there are hundreds of them.
    ours = {n: v for n, v in os.environ.items() if not n.startswith("ZZDESK_") and n != "PYTHONDONTWRITEBYTECODE"}
    return {**ours, "ZZDESK_PASSPHRASE": PASSPHRASE, "ZZDESK_LANG": "zh", "PYTHONPATH": str(ROOT), **more}


class Refused(AssertionError):
    """A command ended with another status than expected."""


class Home:
    """One desk's home and the commands on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a command and do not wait for it."""
        return subprocess.Popen(
            [*PROGRAM, "--home", str(self.folder), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=environment(**more),
        )  # fmt: skip

    def run(self, *words: str, given: Any = None, status: int = 0, **more: str) -> tuple[str, str]:
        """Run a command to its end; return stdout and stderr.

        ``given`` is text for stdin, or a list of objects that become JSON lines.
        """
        if isinstance(given, list):
            given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in given)
        process = self.start(*words, **more)
        out, err = process.communicate((given or "").encode(), timeout=LIMIT_S)
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
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> None:
        words = [*PROGRAM, "serve", "--data", str(self.data), "--port", "0", *self.more]
        log = (self.data.parent / "serve.log").open("ab")
        with log:
            self._process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, env=environment())
        assert self._process.stdout is not None
        line = self._process.stdout.readline().decode()
        found = re.fullmatch(r"listening on (http://127\.0\.0\.1:\d+)\n", line)
        assert found, (line, (self.data.parent / "serve.log").read_text())
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
        self._process.communicate(timeout=LIMIT_S)
        return self._process.returncode

    def code(self) -> str:
        words = [*PROGRAM, "server", "enrol-code", "--data", str(self.data), "--station", STATION, *self.more]
        return subprocess.run(words, capture_output=True, check=True, env=environment()).stdout.decode().strip()


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
