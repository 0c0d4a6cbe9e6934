"""One request to a partner's server and its answer: bounded in time and size, and nothing of it is believed unseen."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
import requests
from urllib3.exceptions import HTTPError, NewConnectionError

from sync.server.partners.messages import PartnerError
from zzdesk.handover.files import SIZE, TYPE
from zzdesk.i18n import N_, translate
from zzdesk.typed import read

MOST_BYTES: Final = 4 * 1024 * 1024
_PIECE: Final = 64 * 1024
_LOCAL: Final = ("localhost", "127.0.0.1", "::1")
_LATER: Final = (408, 425, 429)
_CODES: Final = {413: SIZE, 415: TYPE}
"""What a status says of a file that is not taken (RFC 9110, sections 15.5.14 and 15.5.16)."""


@dataclass(frozen=True)
class Answer:
    """What came back: a status below 400, and the body."""

    status: int
    body: bytes

    def json(self) -> Any:
        """Return what the body says.

        Raises:
            PartnerError: it is not JSON: something else answers there, or the partner's server is broken.
        """
        try:
            return read(self.body, Any)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise failed(N_("对方的回应不是约定的JSON，请核对网址，或请对方检查")) from None


@dataclass(frozen=True)
class Line:
    """How a partner's server is spoken to. Times in seconds: to connect, between two pieces, for one whole exchange."""

    url: str
    ca: str | None = None
    connect_s: float = 5.0
    piece_s: float = 30.0
    whole_s: float = 60.0
    session: requests.Session = field(default_factory=requests.Session)

    def call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, data: bytes | None = None,
        params: Mapping[str, str] | None = None, most: int = MOST_BYTES,
    ) -> Answer:  # fmt: skip
        """Make one request; of the answer ``most`` bytes are read.

        Raises:
            PartnerError: passing where the line or the server fails; else the partner refuses, and says why.
        """
        until = time.monotonic() + self.whole_s
        try:
            with self.session.request(
                method, self.url.rstrip("/") + path, headers=dict(headers or {}), data=data, params=params,
                timeout=(self.connect_s, self.piece_s), verify=self.ca or True, allow_redirects=False, stream=True,
            ) as response:  # fmt: skip
                body = _body(response, until, most)
        except requests.exceptions.SSLError as error:
            raise failed(N_("对方的证书不受信任，什么都没有送出；请检查网址，或在配置里写 ca"), passing=False) from error
        except (requests.RequestException, HTTPError, OSError) as error:
            raise failed(N_("连不上对方，稍后再试"), reached=not _is_away(error)) from error
        return _checked(response.status_code, body)


def failed(
    message: str, *, passing: bool = True, code: str | None = None, reached: bool = False, **params: Any
) -> PartnerError:
    """Return the error with its sentence; a ``status`` among the values is what the server answered."""
    said = translate(message, **params)
    return PartnerError(said, passing=passing, code=code, status=params.get("status"), reached=reached)


def _is_away(error: Exception) -> bool:
    """Say whether a request found nobody: no such name, no connection. Else the line broke, or stood still, under it."""
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return True
    cause: Any = error.args[0] if isinstance(error, requests.exceptions.ConnectionError) and error.args else error
    return isinstance(getattr(cause, "reason", cause), NewConnectionError)  # NameResolutionError is one, too


def _body(response: requests.Response, until: float, most: int) -> bytes:
    body = bytearray()
    for piece in response.iter_content(_PIECE):
        body += piece
        if len(body) > most or time.monotonic() > until:
            code = SIZE if len(body) > most else None
            raise failed(N_("对方的回应太大或太慢，先停在这里，稍后再试"), code=code, reached=True)
    return bytes(body)


def _checked(status: int, body: bytes) -> Answer:
    if status in _LATER or status >= 500:
        raise failed(N_("对方暂时办不了（{status}），稍后再试"), status=status)
    if status in (401, 403):
        raise failed(N_("对方不认我们的密钥（{status}），请核对密钥"), passing=False, status=status)
    if not 200 <= status < 300:
        raise failed(N_("对方不收（{status}）：{why}"), passing=False, code=_CODES.get(status), status=status, why=_why(body))
    return Answer(status, body)


def _why(body: bytes) -> str:
    """Return the first words of a refusal, or its sentences where it is one of Open311. They go to no log."""
    try:
        said = [str(each["description"]) for each in read(body, list[dict[str, Any]]) if each.get("description")]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        said = []
    if said:
        return "；".join(said)[:300]
    return " ".join(body[:2000].decode("utf-8", "replace").split())[:300]


def url_problem(url: str) -> str | None:
    """Return what is wrong with an address that is to be called: a message id, or None. Personal data go over TLS only."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        return N_("应是 https:// 开头的网址，不带用户名、问号和井号")
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        return N_("应是 https:// 开头的网址，否则内容会在路上被看到")
    return None


def secret_of(path: str) -> str:
    """Return the secret that lies in a file which only its owner may read.

    Raises:
        PartnerError: it cannot be read, is empty, or others may read it, too.
    """
    file = Path(path)
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise failed(N_("密钥文件能被别人读取，请先改为仅本人可读：{path}"), passing=False, path=path)
        found = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise failed(N_("读不了密钥文件：{path}"), passing=False, path=path) from None
    if not found:
        raise failed(N_("密钥文件是空的：{path}"), passing=False, path=path)
    return found
