"""The centre's web application: checked bytes in, raw msgspec answers out, problems as RFC 9457."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Awaitable, Callable
from functools import cache, partial
from typing import Any, Final, TypeVar

import msgspec
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.comparing import DigestRequest, SalvageRequest
from sync.files import BlobRequest, MissingRequest
from sync.problems import WireError
from sync.protocol import (
    MEDIA_TYPE,
    EnrolAnswer,
    EnrolRequest,
    FetchRequest,
    HealthAnswer,
    HelloRequest,
    PullRequest,
    PushRequest,
    TokenAnswer,
    TokenRequest,
    decode,
    encode,
)
from sync.server import blobs_http, deciding, digests, salvage
from sync.server.accounts import Speaker, enrol, issue_token, read_token
from sync.server.bundle_route import add_bundles
from sync.server.centre import Centre
from sync.server.faults import report
from sync.server.figures import FigureCollector
from sync.server.http import Bearer, Body, Coding, Hurry, centre_of
from sync.server.http import problem as _problem
from sync.server.http import respond as _respond
from sync.server.keys import announced
from sync.server.metrics import CONTENT_TYPE
from sync.server.open311 import routes as open311
from sync.server.pull import fetch, hello, pull
from sync.server.push import push
from sync.server.throttle import Throttle
from sync.server.turns import READING, WORK, Turns, urgency
from sync.waiting import DecideRequest, WaitingRequest

_REFERENCE: Final = "#/components/schemas/{name}"
_REQUESTS: Final = (
    EnrolRequest, TokenRequest, HelloRequest, PushRequest, PullRequest, FetchRequest, BlobRequest, MissingRequest,
    DigestRequest, SalvageRequest, WaitingRequest, DecideRequest,
)  # fmt: skip
_BY_STATUS: Final = {404: "not-found", 405: "method-not-allowed"}
_GONE: Final = 499
"""Counted for a request whose asker hung up before it was read; there is nobody to answer and nothing of ours is wrong."""
T = TypeVar("T", bound=msgspec.Struct)


def make_app(centre: Centre) -> FastAPI:
    """Return the application of a centre."""
    app = FastAPI(title="zzsync", version="1", docs_url=None, redoc_url=None, routes=list(_addresses()))
    app.state.centre, app.state.turns = centre, Turns()
    app.add_middleware(_Guard, centre=centre)
    app.add_exception_handler(WireError, _wire_error)
    app.add_exception_handler(HTTPException, _http_error)
    blobs_http.prepare(app)
    open311.prepare(app, centre, lambda: centre.door)
    app.openapi = cache(partial(_description, app))  # type: ignore[method-assign]
    return app


@cache
def _addresses() -> tuple[BaseRoute, ...]:
    """Return all addresses. FastAPI takes long to look at every parameter of each: once a process is enough."""
    router = APIRouter()
    _add_measures(router)
    _add_entrance(router)
    _add_sync(router)
    blobs_http.add(router, _described)
    add_bundles(router)
    open311.add_open311(router)
    return tuple(router.routes)


def _add_measures(router: APIRouter) -> None:
    @router.get("/metrics", include_in_schema=False)
    def metrics(request: Request) -> Response:
        if not _is_local(request):
            raise WireError("not-found")
        centre = centre_of(request)
        text = centre.measures.text(FigureCollector(centre))
        return Response(text, media_type=CONTENT_TYPE, headers={"cache-control": "no-store"})


def _is_local(request: Request) -> bool:
    """Return whether a request was made on this machine and not handed on by a proxy there."""
    try:
        local = request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        local = False
    return local and not {"forwarded", "x-forwarded-for", "via"} & set(request.headers)


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"


def _admit(bucket: Throttle, name: str) -> None:
    """Take one from a bucket.

    Raises:
        WireError: rate-limited.
    """
    if wait := bucket.take(name):
        raise WireError("rate-limited", retry_after_s=wait)


def _add_entrance(router: APIRouter) -> None:
    @router.get("/v1/health")
    def health(request: Request, accepts: Coding = None) -> Response:
        centre = centre_of(request)
        _admit(centre.addresses, _address(request))
        with centre.database.reading() as connection:
            return _respond(encode(HealthAnswer(**centre.envelope(connection, None))), accepts)

    @router.post("/v1/enrol", openapi_extra=_described(EnrolRequest))
    def enrol_device(request: Request, body: Body, accepts: Coding = None) -> Response:
        centre, address = centre_of(request), _address(request)
        _admit(centre.addresses, address)
        asked = decode(body, EnrolRequest)
        row = enrol(centre, asked, address)
        with centre.database.reading() as connection:
            answer = EnrolAnswer(
                device_id=row.id, station=row.station, scope_ceiling=msgspec.json.decode(row.scope_ceiling),
                server_keys=announced(centre),
                **centre.envelope(connection, asked.nonce),
            )  # fmt: skip
        return _respond(encode(answer), accepts)

    @router.post("/v1/token", openapi_extra=_described(TokenRequest))
    def token(request: Request, body: Body, accepts: Coding = None) -> Response:
        centre = centre_of(request)
        _admit(centre.addresses, _address(request))
        asked = decode(body, TokenRequest)
        issued = issue_token(centre, asked)
        with centre.database.reading() as connection:
            envelope = centre.envelope(connection, asked.nonce)
        return _respond(encode(TokenAnswer(token=issued, expires_s=centre.settings.token_s, **envelope)), accepts)


def _add_sync(router: APIRouter) -> None:
    routes: tuple[tuple[str, type[Any], Callable[..., msgspec.Struct]], ...] = (
        ("hello", HelloRequest, hello),
        ("push", PushRequest, push),
        ("pull", PullRequest, pull),
        ("fetch", FetchRequest, fetch),
        ("digest", DigestRequest, digests.answer),
        ("salvage", SalvageRequest, salvage.take),
        ("quarantine", WaitingRequest, deciding.waiting),
        ("quarantine/decide", DecideRequest, deciding.decide),
    )
    writing = (push, salvage.take, deciding.decide)
    for name, type_, answer in routes:
        endpoint = _endpoint(type_, answer, WORK if answer in writing else READING)
        router.post(f"/v1/{name}", name=name, openapi_extra=_described(type_))(endpoint)


def _endpoint(
    type_: type[T], answer: Callable[..., msgspec.Struct], ordinary: int
) -> Callable[..., Awaitable[Response]]:
    def work(centre: Centre, body: bytes, speaker: Speaker, accepts: str | None) -> Response:
        return _respond(encode(answer(centre, speaker, decode(body, type_))), accepts)

    async def endpoint(
        request: Request, body: Body, authorization: Bearer = None, accepts: Coding = None, priority: Hurry = None
    ) -> Response:
        centre, turns = centre_of(request), request.app.state.turns
        speaker = read_token(centre, authorization)
        _admit(centre.devices, speaker.device_id)
        async with turns.turn(urgency(priority, len(body), ordinary)):
            return await run_in_threadpool(work, centre, body, speaker, accepts)

    return endpoint


def _described(type_: type[Any]) -> dict[str, Any]:
    """Return the OpenAPI description of a request that FastAPI does not parse itself."""
    schema = {"$ref": _REFERENCE.format(name=type_.__name__)}
    return {"requestBody": {"required": True, "content": {MEDIA_TYPE: {"schema": schema}}}}


def _description(app: FastAPI) -> dict[str, Any]:
    """Return FastAPI's own description with the shapes of the messages added."""
    whole = get_openapi(title=app.title, version=app.version, routes=app.routes)
    _, shapes = msgspec.json.schema_components(_REQUESTS, ref_template=_REFERENCE)
    whole.setdefault("components", {}).setdefault("schemas", {}).update(shapes)
    return whole


async def _wire_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, WireError)
    return blobs_http.marked(request, _problem(error.code, error.retry_after_s, **error.params))


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if open311.is_ours(request.url.path):
        return open311.refuse_http(request, error)
    return _problem(_BY_STATUS.get(error.status_code, "malformed"))


class _Guard:
    """Counts every answer, answers a fault of ours with a problem, and keeps values out of the log."""

    def __init__(self, app: ASGIApp, centre: Centre) -> None:
        self._app = app
        self._measures = centre.measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, begun = 0, time.perf_counter()

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note)
        except ClientDisconnect:
            status = status or _GONE
        except Exception as error:  # noqa: BLE001 - the last place to catch it
            report(f"{scope.get('method', '')} {scope.get('path', '')}", error)
            if scope["type"] == "http" and not status:
                await _fault(scope)(scope, receive, note)
        if scope["type"] == "http":
            self._measures.answered(_counted(scope), status, time.perf_counter() - begun)


def _fault(scope: Scope) -> Response:
    path = str(scope.get("path", ""))
    return open311.broken(path) if open311.is_ours(path) else _problem("internal")


def _counted(scope: Scope) -> str:
    """Return the path as it is counted: that of the route, so that ids in it and addresses made up do not add up."""
    route = scope.get("route")
    return getattr(route, "path", "other")
