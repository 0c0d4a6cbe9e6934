"""A network that loses, repeats, delays, cuts and fakes: a ``requests`` adapter over the real one."""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.response import HTTPResponse

FATES: Final = (
    "ok", "lose-request", "lose-answer", "twice", "late", "portal", "cut", "busy", "die-before", "die-after",
    "tail-first", "meanwhile",
)  # fmt: skip
"""What may happen to a request; ``late`` ones arrive when ``deliver`` is called. ``tail-only`` is for who asks for it."""


class PowerCutError(BaseException):
    """The desk dies here: nothing of the program catches it, so nothing of the program runs after it."""


def answer(
    request: requests.PreparedRequest, status: int, media: str, body: bytes, **headers: str
) -> requests.Response:
    """Return an answer that somebody on the way made up."""
    response = requests.Response()
    response.status_code = status
    response.headers["Content-Type"] = media
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    response.raw = HTTPResponse(body=io.BytesIO(body), status=status, preload_content=False)
    response.request = request
    response.url = request.url or ""
    return response


def cut(request: requests.PreparedRequest, response: requests.Response) -> requests.Response:
    """Return the first half of a true answer."""
    data = response.raw.read(decode_content=False)
    shorter = answer(request, response.status_code, response.headers["Content-Type"], data[: len(data) // 2])
    encoding = response.headers.get("Content-Encoding")
    if encoding:
        shorter.headers["Content-Encoding"] = encoding
    return shorter


@dataclass
class Faults:
    """What happens to the next requests, and what came of it: requests that still travel arrive by ``deliver``."""

    plan: deque[str] = field(default_factory=deque)
    met: Counter[str] = field(default_factory=Counter)
    late: list[requests.PreparedRequest] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    """Operations that overtook what they build on, and were held by the centre."""
    meanwhile: Callable[[], None] = lambda: None
    """What the person does at the desk while a request is under way."""

    def next(self) -> str:
        """Return the fate of the request at hand."""
        fate = self.plan.popleft() if self.plan else "ok"
        self.met[fate] += 1
        return fate


class FaultyAdapter(HTTPAdapter):
    """Gives each request the fate that the plan says."""

    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self.faults = faults

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send, or fail as planned."""
        fate = self.faults.next()
        if isinstance(request.body, io.BytesIO):
            request.body = request.body.getvalue()  # a stream is empty once it was sent; some requests go twice
        self._before(fate, request)
        if fate == "portal":
            return answer(request, 200, "text/html", b"<html>please log in</html>")
        if fate == "busy":
            return answer(request, 503, "application/problem+json", b'{"type":"/p/busy","status":503}')
        response = super().send(request, *args, **kwargs)
        if fate in ("lose-answer", "die-after"):
            response.close()
            raise PowerCutError if fate == "die-after" else requests.ConnectionError("lost on the way back")
        if fate == "twice":
            response.close()
            return super().send(request, *args, **kwargs)
        return cut(request, response) if fate == "cut" else response

    def _before(self, fate: str, request: requests.PreparedRequest) -> None:
        if fate == "lose-request":
            raise requests.ConnectionError("lost on the way there")
        if fate == "die-before":
            raise PowerCutError
        if fate == "meanwhile":
            self.faults.meanwhile()
        if fate.startswith("tail") and request.path_url == "/v1/push" and self._tail_first(request) and fate == "tail-only":
            raise requests.ConnectionError("the rest is lost on the way")
        if fate == "late":
            self.faults.late.append(request.copy())
            raise requests.ReadTimeout("still travelling")

    def _tail_first(self, request: requests.PreparedRequest) -> bool:
        """Let the last group of a push overtake the rest, if there is any: it builds on what is not there yet."""
        assert isinstance(request.body, bytes)
        packed = request.headers.get("Content-Encoding") == "gzip"
        message = json.loads(gzip.decompress(request.body) if packed else request.body)
        tail = [op for op in message["ops"] if op["group"] == message["ops"][-1]["group"]]
        if len(tail) == len(message["ops"]):
            return False
        ahead = request.copy()
        ahead.headers.pop("Content-Encoding", None)
        ahead.prepare_body(json.dumps(message | {"ops": tail}).encode(), None)
        with super().send(ahead, timeout=10) as response:
            results = response.json().get("results", ())
        self.faults.held |= {result["op_id"] for result in results if result["outcome"] == "held"}
        self.faults.met["tail overtook"] += 1
        return True

    def deliver(self) -> int:
        """Let every request that still travelled arrive, oldest first; nobody hears the answers."""
        arrived = 0
        while self.faults.late:
            super().send(self.faults.late.pop(0), timeout=10).close()
            arrived += 1
        return arrived
