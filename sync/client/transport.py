"""One request to the centre and its checked answer: nothing that is not our centre's is ever believed (hazard 27)."""

from __future__ import annotations

import gzip
import io
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import requests
from urllib3.exceptions import HTTPError, ProtocolError

from sync.limits import Inflater
from sync.problems import PREFIX, REQUEST_PROBLEMS, WireError
from sync.protocol import MEDIA_TYPE, PROBLEM_TYPE, PROTO, Answer, decode, encode
from zzdesk.errors import KnownError, NotOursError, OfflineError
from zzdesk.i18n import N_

_PIECE: Final = 64 * 1024
_SMALL: Final = 512
_ZIP_LEVEL: Final = 5
URGENT: Final = "u=1"
"""The header ``Priority`` (RFC 9218) of what somebody waits for in front of the screen."""
CA_FILE: Final = "centre-ca.pem"
"""In the home: the certificate that the centre's own certificate goes back to, where it is no public one."""

OFFLINE: Final = N_("现在连不上中心，内容已保存在本机，联网后会自动送达")
STALLED: Final = N_("网络太慢，一次交换没能在限定时间内完成，先停在这里；内容都还在本机")
NOT_OURS: Final = N_("回应的不是漳州中心（可能是上网认证页面），本机内容没有改变")
UNTRUSTED: Final = N_("中心的证书不受信任，什么都没有送出；如果中心用自己的证书，登记时请用 --ca 给出它的根证书")
A = TypeVar("A", bound=Answer)
Message = Callable[[str], msgspec.Struct]
"""Makes a message out of a nonce."""


class ProblemError(KnownError):
    """The centre refused a request; ``problem`` is the code of its catalogue."""

    code = "centre-refused"

    def __init__(self, problem: str, status: int, params: dict[str, Any], retry_after_s: float | None) -> None:
        known = REQUEST_PROBLEMS.get(problem)
        super().__init__(known[1] if known else N_("中心拒绝了请求（{problem}）"), problem=problem)
        self.problem = problem
        self.status = status
        self.details = params
        self.retry_after_s = retry_after_s


def trusted(home: Path) -> bool | str:
    """Return what the centre's certificate is checked against: a file of this home, or the public authorities."""
    kept = home / CA_FILE
    return str(kept) if kept.exists() else True


class StoppedError(KnownError):
    """The person stopped the synchronisation."""

    code = "stopped"


@dataclass(frozen=True)
class Patience:
    """How long a line may take, in seconds: to connect, between two pieces, and for one whole exchange.

    The last one ends what trickles: a byte now and then keeps a time-out between pieces from ever running out
    (hazard 35).
    """

    connect_s: float = 5.0
    piece_s: float = 30.0
    whole_s: float = 80.0


@contextmanager
def _told_apart() -> Iterator[None]:
    """Say what the network did: a centre that cannot be reached, or one whose certificate is not believed."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise NotOursError(UNTRUSTED) from error
        raise OfflineError(OFFLINE) from error
    except (requests.RequestException, HTTPError, OSError) as error:
        raise OfflineError(OFFLINE) from error


@dataclass
class Traffic:
    """What went over the wire: bytes both ways as sent, and requests."""

    sent: int = 0
    received: int = 0
    requests: int = 0


class _Sending(io.BytesIO):
    """What is sent, told piece by piece as the line takes it: a large push over a thin line is progress, too."""

    def __init__(self, body: bytes, moved: Callable[[], None]) -> None:
        super().__init__(body)
        self._moved = moved

    def read(self, size: int | None = -1, /) -> bytes:
        """Hand the next piece to the line."""
        self._moved()
        return super().read(size)


@dataclass(frozen=True)
class Wrapped:
    """A message as it goes over the wire."""

    nonce: str
    body: bytes
    zipped: bool


def wrapped(message: Message) -> Wrapped:
    """Return the message that ``message(nonce)`` makes, ready to go."""
    nonce = secrets.token_urlsafe(12)
    body = encode(message(nonce))
    zipped = len(body) > _SMALL
    return Wrapped(nonce, gzip.compress(body, _ZIP_LEVEL) if zipped else body, zipped)


@dataclass
class Transport:
    """Requests to one centre. Used by one thread; ``stop`` may be set from another.

    ``server_id`` is what the desk was enrolled with: another one is not our centre.
    """

    url: str
    server_id: str | None = None
    verify: bool | str = True
    session: requests.Session = field(default_factory=requests.Session)
    stop: threading.Event = field(default_factory=threading.Event)
    traffic: Traffic = field(default_factory=Traffic)
    patience: Patience = field(default_factory=Patience)
    progressed: Callable[[], None] = lambda: None

    def call(
        self, path: str, message: Message | Wrapped, answer: type[A], token: str | None = None, *, urgent: bool = False
    ) -> A:
        """Send the message that ``message(nonce)`` makes, or that is wrapped already, and return the checked answer.

        ``urgent`` asks the centre to serve it first: somebody waits for it in front of the screen (RFC 9218).

        Raises:
            OfflineError: no answer. NotOursError: an answer that is not our centre's.
            ProblemError: the centre refused. StoppedError: the person stopped it.
        """
        sent = message if isinstance(message, Wrapped) else wrapped(message)
        status, media, data, headers = self._exchange(path, sent, token, urgent=urgent)
        if media.startswith(PROBLEM_TYPE):
            raise self._problem(status, data, headers)
        if status not in (200, 201) or media.replace(" ", "") != MEDIA_TYPE:
            raise NotOursError(NOT_OURS)
        return self._checked(data, answer, sent.nonce)

    def bytes_call(
        self, method: str, path: str, headers: dict[str, str], token: str, data: Any,
        take: Callable[[requests.Response], None],
    ) -> requests.Response:  # fmt: skip
        """Make a request that carries bytes of files, not messages; give a good response to ``take`` while it is open.

        Nothing in it proves that our centre answered: who takes the bytes has to.

        Raises:
            OfflineError, NotOursError, ProblemError, StoppedError: as :meth:`call`.
        """
        with _told_apart():
            self.traffic.requests += 1
            until = time.monotonic() + self.patience.whole_s
            headers = headers | {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
            with self.session.request(
                method, self.url + path, data=data, headers=headers, timeout=self._limits, verify=self.verify,
                allow_redirects=False, stream=True,
            ) as response:  # fmt: skip
                if response.headers.get("Content-Type", "").startswith(PROBLEM_TYPE):
                    raise self._problem(response.status_code, self._read(response, until), response.headers)
                if response.status_code not in (200, 204, 206):
                    raise NotOursError(NOT_OURS)
                take(response)
                return response

    @property
    def _limits(self) -> tuple[float, float]:
        return self.patience.connect_s, self.patience.piece_s

    def check_stopped(self) -> None:
        """End here where the person has asked for it.

        Raises:
            StoppedError: with nothing lost.
        """
        if self.stop.is_set():
            raise StoppedError(N_("已停止同步，内容都还在本机"))

    def _exchange(
        self, path: str, sent: Wrapped, token: str | None, *, urgent: bool
    ) -> tuple[int, str, bytes, Any]:
        headers = {"Content-Type": MEDIA_TYPE, "Accept": MEDIA_TYPE, "Accept-Encoding": "gzip"}
        if sent.zipped:
            headers["Content-Encoding"] = "gzip"
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if urgent:
            headers["Priority"] = URGENT
        with _told_apart():
            return self._posted(path, sent.body, headers)

    def _posted(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes, Any]:
        """Post; once more where the connection was given up between two requests, which a kept one may be at any time.

        Every request may arrive twice: the centre answers a repetition as it answered the first.
        """
        try:
            return self._post(path, body, headers)
        except requests.ConnectionError as error:
            if not (error.args and isinstance(error.args[0], ProtocolError)):
                raise
            return self._post(path, body, headers)

    def _post(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes, Any]:
        self.traffic.requests += 1
        self.traffic.sent += len(body)
        until = time.monotonic() + self.patience.whole_s
        with self.session.post(
            self.url + path, data=_Sending(body, self._moved), headers=headers, timeout=self._limits, verify=self.verify,
            allow_redirects=False, stream=True,
        ) as response:  # fmt: skip
            media = response.headers.get("Content-Type", "")
            return response.status_code, media, self._read(response, until), response.headers

    def _moved(self) -> None:
        self.check_stopped()
        self.progressed()

    def _read(self, response: requests.Response, until: float) -> bytes:
        inflater = Inflater(response.headers.get("Content-Encoding", "").lower() == "gzip")
        try:
            while piece := response.raw.read1(_PIECE, decode_content=False):
                if time.monotonic() > until:
                    raise OfflineError(STALLED)
                self._moved()
                self.traffic.received += len(piece)
                inflater.feed(piece)
            return inflater.finish()
        except WireError as error:
            raise NotOursError(N_("回应不完整或过大，本机内容没有改变")) from error

    def _problem(self, status: int, data: bytes, headers: Any) -> KnownError:
        try:
            problem = msgspec.json.decode(data)
            code = str(problem["type"])
        except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError):
            return NotOursError(N_("回应不完整或过大，本机内容没有改变"))
        wait = headers.get("Retry-After", "")
        seconds = float(wait) if wait.isdigit() else None
        return ProblemError(code.removeprefix(PREFIX), status, problem.get("params") or {}, seconds)

    def _checked(self, data: bytes, answer: type[A], nonce: str) -> A:
        try:
            found = decode(data, answer)
        except WireError as error:
            raise NotOursError(N_("回应不完整或过大，本机内容没有改变")) from error
        if found.proto != PROTO or found.nonce != nonce:
            raise NotOursError(NOT_OURS)
        if self.server_id is not None and found.server_id != self.server_id:
            raise NotOursError(N_("连到的是另一个中心，不是本机登记的那一个，本机内容没有改变"))
        return found
