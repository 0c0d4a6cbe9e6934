"""A partner's server of another make: real HTTP on a port of its own, and what it does is written down by each test."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Heard:
    """One request as it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode() or urlsplit(self.target).query))


Reply = tuple[int, Any]
"""A status and JSON; bytes go out as they are, and None hangs up without a word."""


@dataclass
class Foreign:
    """``answer`` says what is replied to each request; what was heard is kept."""

    answer: Callable[[Heard], Reply | None]
    heard: list[Heard] = field(default_factory=list)

    def __enter__(self) -> Foreign:
        foreign = self

        class Handler(BaseHTTPRequestHandler):
            def handle_one(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                heard = Heard(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                foreign.heard.append(heard)
                reply = foreign.answer(heard)
                if reply is None:
                    self.close_connection = True
                    return
                status, content = reply
                data = content if isinstance(content, bytes) else b"" if content is None else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = handle_one

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/api/v2"
