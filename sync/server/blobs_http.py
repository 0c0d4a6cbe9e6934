"""The addresses of blobs: tus 1.0.0 (core, creation, checksum, termination) to send, plain GET with ranges to get.

tuspyserver 4.4.3, the kept library for FastAPI, was read for this and does not fit:

* it has no checksum extension, and appends each piece of a body before anybody could have checked it;
* its PATCH resolves the dependency that stores the body before the one that authorises the request;
* ``file_dep`` and ``pre_create_dep`` are not told which upload is meant, so that rights per record would have to be
  found in the path by hand; names of files, which are personal data here, are demanded as metadata and kept in plain
  JSON beside the bytes;
* an upload is named by a random id, so that a desk could not ask for it by what it holds, and complete means long
  enough, never hashed again; its lock turns into none at all where the disk is full (``ENOSPC``).

A storage of our own could encrypt, but the rest is what the library is. The protocol itself is small. What differs from
a general tus server: a chunk has at most 4 MiB, and ``POST`` takes our JSON beside tus's own empty body with
``Upload-Length`` and ``Upload-Metadata`` (keys sha256, record, filetype, proof).

Several workers may stand behind one port as long as they share the data folder: blobs are locked by file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, FastAPI, Header, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect

from sync.files import BlobRequest, MissingRequest
from sync.problems import WireError
from sync.protocol import decode, encode
from sync.server import blobs
from sync.server.accounts import Speaker, bearer, read_token
from sync.server.blobs_files import CHUNK
from sync.server.blobs_index import LARGEST, VERIFIED
from sync.server.blobs_keeping import sweep_daily
from sync.server.http import Bearer, Coding, centre_of, problem, read_body, respond

ADDRESS: Final = "/v1/blobs"
TUS: Final = "1.0.0"
CHUNK_TYPE: Final = "application/offset+octet-stream"
_ALGORITHMS: Final = {"sha256": hashlib.sha256, "sha1": hashlib.sha1}  # sha1 is the one that tus makes a duty
_AT_ONCE: Final = 64
"""Chunks that one worker holds in memory at a time: 256 MiB at most."""
_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)")
_CAN: Final = {
    "tus-version": TUS,
    "tus-extension": "creation,checksum,termination",
    "tus-max-size": str(LARGEST),
    "tus-checksum-algorithm": ",".join(_ALGORITHMS),
}

Name = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Resumable = Annotated[str | None, Header(alias="tus-resumable")]
Range = Annotated[str | None, Header(alias="range")]


def marked(request: Request, response: Response) -> Response:
    """Put tus's own headers on a response to one of its addresses."""
    if request.url.path.startswith(ADDRESS):
        response.headers["tus-resumable"] = TUS
        if response.status_code == 412:
            response.headers["tus-version"] = TUS
    return response


def _speaker(request: Request, authorization: Bearer = None) -> Speaker:
    """Return who asks, within what one device may ask for; chunks are bounded by :class:`_Slots` alone."""
    centre = centre_of(request)
    speaker = read_token(centre, authorization)
    wait = centre.devices.take(speaker.device_id) if request.method != "PATCH" else 0
    if wait:
        raise WireError("rate-limited", retry_after_s=wait)
    return speaker


Who = Annotated[Speaker, Depends(_speaker)]


def _speaks_tus(tus_resumable: Resumable = None) -> None:
    if tus_resumable != TUS:
        raise WireError("tus-version", expected=TUS)


class _Slots:
    """How many chunks are on their way in; used by the event loop alone."""

    def __init__(self) -> None:
        self.taken = 0

    def __enter__(self) -> None:
        if self.taken >= _AT_ONCE:
            raise WireError("busy", retry_after_s=2)
        self.taken += 1

    def __exit__(self, *_: object) -> None:
        self.taken -= 1


async def _read_chunk(request: Request, who: Who) -> bytes:
    """Return the bytes of a chunk that were meant, from somebody whom the centre knows.

    Raises:
        WireError: media-type, too-large, malformed; checksum: something else arrived.
    """
    if request.headers.get("content-type", "").strip().lower() != CHUNK_TYPE:
        raise WireError("media-type", expected=CHUNK_TYPE)
    digest, expected = _checksum(request.headers.get("upload-checksum"))
    chunk = bytearray()
    with request.app.state.blob_slots:
        try:
            async for piece in request.stream():
                if len(chunk) + len(piece) > CHUNK:
                    raise WireError("too-large", limit=CHUNK)
                chunk += piece
                if digest is not None:
                    digest.update(piece)
        except ClientDisconnect:  # the line broke, or the person stopped: no fault, and nobody hears the answer
            raise WireError("malformed", reason="cut off") from None
    if digest is not None and digest.digest() != expected:
        raise WireError("checksum")
    return bytes(chunk)


def _checksum(header: str | None) -> tuple[Any, bytes]:
    """Return a fresh hash and what it shall come to, out of ``Upload-Checksum``; (None, b"") without one."""
    if header is None:
        return None, b""
    name, _, said = header.partition(" ")
    try:
        return _ALGORITHMS[name](), base64.b64decode(said, validate=True)
    except (KeyError, binascii.Error):
        raise WireError("malformed", reason="Upload-Checksum") from None


Chunk = Annotated[bytes, Depends(_read_chunk)]
Tus = Depends(_speaks_tus)


def prepare(app: FastAPI) -> None:
    """Give an application what the addresses of blobs need of their own."""
    app.state.blob_slots = _Slots()
    app.add_exception_handler(RequestValidationError, _unfit)


def add(router: APIRouter, described: Callable[[type[Any]], dict[str, Any]]) -> None:
    """Add the addresses of blobs; ``described`` makes the description of a message."""
    chunk = {"content": {CHUNK_TYPE: {"schema": {"type": "string", "format": "binary"}}}, "required": True}
    router.options(ADDRESS)(_options)
    router.post(ADDRESS, openapi_extra=described(BlobRequest))(_offer)
    router.post(f"{ADDRESS}/missing", openapi_extra=described(MissingRequest))(_missing)
    one = ADDRESS + "/{sha256}"
    router.head(one, dependencies=[Tus])(_head)
    router.patch(one, dependencies=[Tus], openapi_extra={"requestBody": chunk})(_patch)
    router.delete(one, dependencies=[Tus])(_delete)
    router.get(one)(_get)


async def _unfit(request: Request, error: Exception) -> Response:
    """Answer for a hash in the path or a number in a header that is none."""
    assert isinstance(error, RequestValidationError)
    place = error.errors()[0]["loc"]
    return marked(request, problem("malformed", reason=".".join(str(part) for part in place)))


def _options() -> Response:
    return Response(status_code=204, headers=_CAN)


async def _read_offer(request: Request, who: Who) -> bytes:
    """Return our own message, or the one that a tus client says in headers."""
    if "upload-length" not in request.headers:
        return await read_body(request)
    _speaks_tus(request.headers.get("tus-resumable"))
    said = _metadata(request.headers.get("upload-metadata", ""))
    size = request.headers["upload-length"]
    if not size.isdecimal():
        raise WireError("malformed", reason="Upload-Length")
    return msgspec.json.encode({
        "proof": said.get("proof"), "sha256": said.get("sha256", ""), "size": int(size[:18]), "mime": said.get("filetype", ""),
        "record": said.get("record", ""), "nonce": "tus-creation",
    })  # fmt: skip


def _metadata(header: str) -> dict[str, str]:
    try:
        pairs = (item.strip().partition(" ") for item in header.split(",") if item.strip())
        return {key: base64.b64decode(value, validate=True).decode() for key, _, value in pairs}
    except ValueError:
        raise WireError("malformed", reason="Upload-Metadata") from None


Offer = Annotated[bytes, Depends(_read_offer)]


def _offer(request: Request, who: Who, body: Offer, authorization: Bearer = None, accepts: Coding = None) -> Response:
    centre = centre_of(request)
    answer = blobs.offer(centre, who, decode(body, BlobRequest), bearer(authorization))
    sweep_daily(centre)
    response = respond(encode(answer), accepts, 200 if answer.state == VERIFIED else 201)
    response.headers["location"] = f"{ADDRESS}/{answer.sha256}"
    response.headers["upload-offset"] = str(answer.offset if answer.state != VERIFIED else answer.size)
    return marked(request, response)


def _missing(request: Request, who: Who, body: Annotated[bytes, Depends(read_body)], accepts: Coding = None) -> Response:
    return respond(encode(blobs.missing(centre_of(request), who, decode(body, MissingRequest))), accepts)


def _head(request: Request, who: Who, sha256: Name) -> Response:
    offset, size = blobs.offset_of(centre_of(request), who, sha256)
    headers = {"upload-offset": str(offset), "upload-length": str(size), "cache-control": "no-store"}
    return marked(request, Response(status_code=200, headers=headers))


def _patch(
    request: Request, who: Who, sha256: Name, chunk: Chunk,
    upload_offset: Annotated[int, Header(alias="upload-offset", ge=0, le=LARGEST)],
) -> Response:  # fmt: skip
    offset = blobs.append(centre_of(request), who, sha256, upload_offset, chunk)
    return marked(request, Response(status_code=204, headers={"upload-offset": str(offset)}))


def _delete(request: Request, who: Who, sha256: Name) -> Response:
    blobs.give_up(centre_of(request), who, sha256)
    return marked(request, Response(status_code=204))


def _get(request: Request, who: Who, sha256: Name, wanted: Range = None) -> Response:
    centre = centre_of(request)
    row = blobs.readable(centre, who, sha256)
    start, stop = _asked(wanted, row.size)
    digest = base64.b64encode(bytes.fromhex(sha256)).decode()
    headers = {
        "accept-ranges": "bytes", "content-length": str(stop - start), "etag": f'"{sha256}"',
        "repr-digest": f"sha-256=:{digest}:", "cache-control": "no-store",
        "content-disposition": "attachment", "x-content-type-options": "nosniff",
    }  # fmt: skip
    part = (start, stop) != (0, row.size)
    if part:
        headers["content-range"] = f"bytes {start}-{stop - 1}/{row.size}"
    media = row.mime or "application/octet-stream"
    pieces = blobs.read(centre, sha256, start, stop)
    return StreamingResponse(pieces, 206 if part else 200, headers, media)


def _asked(header: str | None, size: int) -> tuple[int, int]:
    """Return the half-open range that is asked for; several ranges or another unit mean all of it (RFC 9110, 14.2).

    Raises:
        WireError: range: nothing of it is there.
    """
    found = _RANGE.fullmatch((header or "").replace(" ", ""))
    if found is None or found[0] == "bytes=-":
        return 0, size
    first, last = found[1], found[2]
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1 if last else size)
    if start >= stop:
        raise WireError("range", size=size)
    return start, stop


__all__ = ["ADDRESS", "CHUNK_TYPE", "TUS", "add", "marked", "prepare"]
