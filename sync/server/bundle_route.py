"""``POST /v1/bundle``: a bundle that another desk relays, whole and unread; the answer goes back the same way.

Both lie in a folder of their own while they are worked on, as encrypted as they came.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Request
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse

from sync.bundle import BUNDLE_TYPE, SUFFIX, BundleError, FileTroubleError
from sync.problems import WireError
from sync.server.accounts import caller_of, read_token
from sync.server.bundle import receive
from sync.server.centre import Centre
from sync.server.http import centre_of
from zzdesk.errors import DiskFullError

MAX_RELAYED: Final = 256 * 1024 * 1024
"""Bytes of a bundle over the network; a larger one goes to the centre on its stick."""
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True, "content": {BUNDLE_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}  # fmt: skip


def add_bundles(router: APIRouter) -> None:
    """Add the endpoint."""

    @router.post("/v1/bundle", openapi_extra=_BODY)
    async def bundle(request: Request, authorization: Annotated[str | None, Header()] = None) -> FileResponse:
        centre = centre_of(request)
        await run_in_threadpool(_admit, centre, authorization)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != BUNDLE_TYPE:
            raise WireError("media-type", expected=BUNDLE_TYPE)
        folder = Path(tempfile.mkdtemp(prefix="zzsync-"))
        try:
            await _take(request, folder / f"up{SUFFIX}")
            await run_in_threadpool(_answer, centre, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
        headers = {"cache-control": "no-store"}
        return FileResponse(folder / f"down{SUFFIX}", headers=headers, media_type=BUNDLE_TYPE, background=gone)


def _admit(centre: Centre, authorization: str | None) -> None:
    """Let in whoever an active device carries for.

    Raises:
        WireError: unauthorised, device-dead, device-escrow, rate-limited.
    """
    speaker = read_token(centre, authorization)
    if wait := centre.devices.take(speaker.device_id):
        raise WireError("rate-limited", retry_after_s=wait)
    with centre.database.reading() as connection:
        caller_of(connection, speaker)


async def _take(request: Request, path: Path) -> None:
    size = 0
    with path.open("wb") as file:
        async for piece in request.stream():
            size += len(piece)
            if size > MAX_RELAYED:
                raise WireError("too-large", limit=MAX_RELAYED)
            file.write(piece)


def _answer(centre: Centre, folder: Path) -> None:
    try:
        receive(centre, folder / f"up{SUFFIX}", folder / f"down{SUFFIX}", room=MAX_RELAYED)
    except BundleError as error:
        raise WireError(error.problem, **error.details) from None
    except (DiskFullError, FileTroubleError):
        raise WireError("busy", retry_after_s=60) from None
