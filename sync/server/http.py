"""What every address of the centre does alike: bodies within their limits, packed answers, problems as RFC 9457."""

from __future__ import annotations

import gzip
from typing import Annotated, Any, Final

import msgspec
from fastapi import Depends, Header, Request, Response

from sync.limits import Inflater
from sync.problems import PREFIX, REQUEST_PROBLEMS, WireError
from sync.protocol import MEDIA_TYPE, PROBLEM_TYPE
from sync.server.centre import Centre

_WORTH_ZIPPING: Final = 1024
_ZIP_LEVEL: Final = 5
_BASE_TYPE: Final = MEDIA_TYPE.partition(";")[0]


def centre_of(request: Request) -> Centre:
    """Return the centre that is asked: the addresses are read once and serve every centre of this process."""
    centre: Centre = request.app.state.centre
    return centre


async def read_body(request: Request) -> bytes:
    """Return the request's body, unpacked within the limits, refusing other media types before reading anything.

    Raises:
        WireError: media-type, too-large, malformed.
    """
    said, _, params = request.headers.get("content-type", "").partition(";")
    if said.strip().lower() != _BASE_TYPE or params.replace(" ", "") not in ("v=1", ""):
        raise WireError("media-type", expected=MEDIA_TYPE)
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip"):
        raise WireError("media-type", expected="gzip")
    inflater = Inflater(coding == "gzip")
    async for piece in request.stream():
        inflater.feed(piece)
    return inflater.finish()


Body = Annotated[bytes, Depends(read_body)]
Bearer = Annotated[str | None, Header(alias="authorization")]
Hurry = Annotated[str | None, Header(alias="priority")]
Coding = Annotated[str | None, Header(alias="accept-encoding")]


def respond(data: bytes, accepts: str | None, status: int = 200, media_type: str = MEDIA_TYPE) -> Response:
    """Return a message as a response, packed where it is worth it and the asker can unpack it."""
    headers = {"cache-control": "no-store", "vary": "accept-encoding"}
    if len(data) >= _WORTH_ZIPPING and "gzip" in (accepts or ""):
        data = gzip.compress(data, _ZIP_LEVEL, mtime=0)
        headers["content-encoding"] = "gzip"
    return Response(data, status, headers, media_type)


def problem(code: str, retry_after_s: int | None = None, **params: Any) -> Response:
    """Return a problem of the catalogue as RFC 9457 says it."""
    status, title = REQUEST_PROBLEMS[code]
    body: dict[str, Any] = {"type": PREFIX + code, "title": title, "status": status}
    if params:
        body["params"] = params
    headers = {"cache-control": "no-store"}
    if retry_after_s is not None:
        headers["retry-after"] = str(retry_after_s)
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    return Response(msgspec.json.encode(body), status, headers, PROBLEM_TYPE)
