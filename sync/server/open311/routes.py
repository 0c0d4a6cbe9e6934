"""The addresses of GeoReport v2 in the centre's web application: ``/open311/discovery`` and ``/open311/v2/…``.

Reading takes no key, writing takes a partner's. Every answer, a refusal too, is XML or JSON as the address ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Header, Path, Query, Request, Response
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from sync.modes import READ_ONLY
from sync.server.centre import Centre, identity
from sync.server.http import respond as packed
from sync.server.open311 import listing, pictures
from sync.server.open311.asking import ID, read_asking
from sync.server.open311.door import Door
from sync.server.open311.errors import (
    BUSY,
    FAULT,
    LATER,
    MISSING,
    WRONG,
    GeoReportError,
    no_request,
    no_service,
)
from sync.server.open311.form import FORM_TYPE, read_fields
from sync.server.open311.public import shown
from sync.server.open311.render import JSON, MEDIA_TYPES, XML, rendered
from sync.server.open311.services import SERVICES, definition
from sync.server.throttle import Throttle
from zzdesk.i18n import N_

ROOT: Final = "/open311"
VERSION: Final = f"{ROOT}/v2"
SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
MOST_BYTES: Final = 64 * 1024
CHANGESET: Final = "2026-11-26"
"""Goes up when the services or their definitions change in the program."""

Form = Annotated[str, Path(description="json | xml", json_schema_extra={"enum": [JSON, XML]})]
Spoken = Annotated[str | None, Header(alias="accept-language")]
Jurisdiction = Annotated[str | None, Query(description="jurisdiction_id")]
Once = Annotated[str | None, Header(alias="idempotency-key")]
Named = Annotated[str | None, Query()]


def is_ours(path: str) -> bool:
    """Say whether an address is one of Open311's: what is wrong there is said in its own form."""
    return path.startswith(f"{ROOT}/")


def language_of(accepts: str | None) -> str:
    """Return the first of our languages that who asks names; Chinese where it names none."""
    wanted = (part.strip()[:2].lower() for part in (accepts or "").split(","))
    return next((each for each in wanted if each in ("zh", "en")), "zh")


_ALWAYS: Final = {
    "cache-control": "no-store", "vary": "accept-language, accept-encoding", "access-control-allow-origin": "*",
    "access-control-expose-headers": "link, retry-after",
}  # fmt: skip
"""Pages of other sites may show what everybody may read; no cookie and no log-in is ever looked at."""
_NOTHING: Final[Mapping[str, str]] = {}


def respond(
    asked: Mapping[str, str], root: str, content: Any, form: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return an answer in one of the two forms, packed where it is worth it and the asker can unpack it."""
    answer = packed(rendered(root, content, form), asked.get("accept-encoding"), status, MEDIA_TYPES[form])
    answer.headers.update({**_ALWAYS, **(headers or {})})
    return answer


def refuse(path: str, error: GeoReportError, asked: Mapping[str, str] = _NOTHING) -> Response:
    """Return the answer to a request that cannot be fulfilled, in the form that its address asks for."""
    form = XML if path.endswith(f".{XML}") else JSON
    headers = {} if error.retry_after_s is None else {"retry-after": str(error.retry_after_s)}
    return respond(asked, "errors", error.body(language_of(asked.get("accept-language"))), form, error.status, headers)


def broken(path: str) -> Response:
    """Return the answer where the fault is ours."""
    return refuse(path, GeoReportError.one(FAULT, N_("中心出错了，已记入日志；请稍后再来")))


def refuse_http(request: Request, error: HTTPException) -> Response:
    """Return the answer at an address that is not here, or that does not take such a method."""
    if error.status_code == MISSING:
        wrong = GeoReportError.one(MISSING, N_("没有这个地址；请从 discovery.json 看起"))
    else:
        wrong = GeoReportError.one(WRONG, N_("这个地址不支持这种请求方式"))
    return refuse(request.url.path, wrong, request.headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, GeoReportError)
    return refuse(request.url.path, error, request.headers)


def prepare(app: FastAPI, centre: Centre, door_of: Callable[[], Door | None]) -> None:
    """Give an application its entrance; where nobody has opened the door, the addresses answer that there is nothing."""
    app.state.open311 = _Entrance(centre, door_of)
    app.add_exception_handler(GeoReportError, _refused)


def add_open311(router: APIRouter) -> None:
    """Add the addresses."""
    _add_services(router)
    _add_requests(router)
    _add_what_belongs_to_one(router)
    _add_posting(router)


class _Entrance:
    """What every address does first: is there a door, is the form known, the jurisdiction right, and not too many."""

    def __init__(self, centre: Centre, door_of: Callable[[], Door | None]) -> None:
        self.centre = centre
        self._door_of = door_of
        self._readers = Throttle(centre.clock, centre.settings.public_rate)
        self._strangers = Throttle(centre.clock, centre.settings.stranger_rate)
        self._partners = Throttle(centre.clock, centre.settings.partner_rate)

    def enter(self, request: Request, form: str, jurisdiction: str | None) -> Door:
        """Return the door.

        Raises:
            GeoReportError: there is none, the form or jurisdiction is unknown, or the address asks too often.
        """
        door = self._door_of()
        if door is None:
            raise GeoReportError.one(MISSING, N_("这个中心没有开放 Open311"))
        if form not in MEDIA_TYPES:
            raise GeoReportError.one(MISSING, N_("地址要以 .json 或 .xml 结尾"))
        admit(self._readers, request.client.host if request.client else "?")
        check_jurisdiction(door, jurisdiction)
        return door

    def take_in(self, door: Door, fields: Mapping[str, str], once: str | None, address: str) -> str:
        """Take a form in and return the id of its request. Whoever tries keys has few tries; whoever has one, many.

        Raises:
            GeoReportError: no key, too often, or the form cannot be taken.
        """
        check_jurisdiction(door, fields.get("jurisdiction_id"))
        try:
            partner = door.holder(fields.get("api_key"))
        except GeoReportError:
            admit(self._strangers, address)
            raise
        admit(self._partners, partner.code)
        return door.post(self.centre, partner, fields, once)


def _entrance_of(request: Request) -> _Entrance:
    entrance: _Entrance = request.app.state.open311
    return entrance


def check_jurisdiction(door: Door, named: str | None) -> None:
    """There is one at most; naming it is optional, and where it has no name whatever is named is passed over.

    Raises:
        GeoReportError: another one is named.
    """
    ours = door.offer.jurisdiction
    if named and ours and named != ours:
        raise GeoReportError.one(MISSING, N_("jurisdiction_id：这里没有“{id}”，是“{ours}”"), id=named[:60], ours=ours)


def admit(bucket: Throttle, name: str) -> None:
    """Take one from a bucket.

    Raises:
        GeoReportError: it is empty.
    """
    if wait := bucket.take(name):
        raise GeoReportError.one(BUSY, N_("请求太频繁，请{seconds}秒后再来"), retry_after_s=wait, seconds=wait)


def _add_services(router: APIRouter) -> None:
    @router.get(f"{ROOT}/discovery.{{form}}", name="open311-discovery")
    @router.get(f"{VERSION}/discovery.{{form}}", name="open311-v2-discovery")  # where some clients look for it
    def discovery(request: Request, form: Form) -> Response:
        entrance = _entrance_of(request)
        door = entrance.enter(request, form, None)
        return respond(request.headers, "discovery", _discovery(door, str(request.base_url).rstrip("/")), form)

    @router.get(f"{VERSION}/services.{{form}}", name="open311-services")
    def services(request: Request, form: Form, spoken: Spoken = None, jurisdiction_id: Jurisdiction = None) -> Response:
        entrance = _entrance_of(request)
        door = entrance.enter(request, form, jurisdiction_id)
        language = language_of(spoken)
        return respond(request.headers, "services", [SERVICES[code].shown(language) for code in door.offer.services], form)

    @router.get(f"{VERSION}/services/{{code}}.{{form}}", name="open311-definition")
    def service(
        request: Request, code: str, form: Form, spoken: Spoken = None, jurisdiction_id: Jurisdiction = None
    ) -> Response:
        entrance = _entrance_of(request)
        door = entrance.enter(request, form, jurisdiction_id)
        if code not in door.offer.services:
            raise no_service(code)
        return respond(request.headers, "service_definition", definition(SERVICES[code], language_of(spoken)), form)


def _discovery(door: Door, here: str) -> dict[str, Any]:
    offer = door.offer
    changed = max(CHANGESET, offer.changed)
    endpoint = {
        "specification": SPECIFICATION, "url": f"{(offer.url or here).rstrip('/')}{VERSION}", "changeset": changed,
        "type": "test" if offer.test else "production", "formats": ["text/xml", "application/json"],
    }  # fmt: skip
    return {
        "changeset": changed, "contact": offer.contact, "key_service": offer.key_service, "endpoints": [endpoint],
    }  # fmt: skip


def _add_requests(router: APIRouter) -> None:
    @router.get(f"{VERSION}/requests.{{form}}", name="open311-requests")
    def requests(
        request: Request, form: Form, spoken: Spoken = None, jurisdiction_id: Jurisdiction = None,
        service_request_id: Named = None, service_code: Named = None, start_date: Named = None, end_date: Named = None,
        status: Named = None, page_size: Named = None, after: Named = None,
    ) -> Response:  # fmt: skip
        entrance = _entrance_of(request)
        door = entrance.enter(request, form, jurisdiction_id)
        given = {
            "service_request_id": service_request_id, "service_code": service_code, "start_date": start_date,
            "end_date": end_date, "status": status, "page_size": page_size, "after": after,
        }  # fmt: skip
        asking = read_asking({name: text for name, text in given.items() if text}, door.offer, entrance.centre.now())
        _bring_up_to_date(entrance.centre, door)
        with entrance.centre.database.reading() as connection:
            found, more = listing.asked(connection, asking)
            media = _media(connection, request, door, found)
        headers = _next_page(request, asking.said, found[-1]) if more else {}
        language = language_of(spoken)
        return respond(request.headers, "service_requests", [shown(*each, language, media.get(each[0])) for each in found], form,
                       headers=headers)  # fmt: skip

    @router.get(f"{VERSION}/requests/{{request_id}}.{{form}}", name="open311-request")
    def one_request(
        request: Request, request_id: str, form: Form, spoken: Spoken = None, jurisdiction_id: Jurisdiction = None
    ) -> Response:
        entrance = _entrance_of(request)
        door = entrance.enter(request, form, jurisdiction_id)
        found = _one(entrance.centre, door, request_id)
        with entrance.centre.database.reading() as connection:
            media = _media(connection, request, door, [found]).get(found[0])
        return respond(request.headers, "service_requests", [shown(*found, language_of(spoken), media)], form)


def _add_what_belongs_to_one(router: APIRouter) -> None:
    @router.get(f"{VERSION}/media/{{request_id}}", name="open311-media")
    def media(request: Request, request_id: str) -> Response:
        entrance = _entrance_of(request)
        door = entrance.enter(request, JSON, None)
        found = _one(entrance.centre, door, request_id)
        kept = found[1].get("picture")
        content = pictures.content(entrance.centre, kept) if kept else None
        if kept is None or content is None:
            raise no_request(request_id)
        headers = {**_ALWAYS, "x-content-type-options": "nosniff"}
        return Response(content, media_type=str(kept["type"]), headers=headers)

    @router.get(f"{VERSION}/tokens/{{token}}.{{form}}", name="open311-token")
    def token(request: Request, token: str, form: Form, jurisdiction_id: Jurisdiction = None) -> Response:
        entrance = _entrance_of(request)
        door = entrance.enter(request, form, jurisdiction_id)
        found = _one(entrance.centre, door, token)  # every service is realtime: the only token is the id itself
        return respond(request.headers, "service_requests", [{"service_request_id": found[0], "token": token}], form)


def _bring_up_to_date(centre: Centre, door: Door) -> None:
    """Let the list follow what came; in maintenance it stays as it is.

    Raises:
        GeoReportError: a long way is left.
    """
    with centre.database.reading() as connection:
        if identity(connection).mode == READ_ONLY:
            return
    if not listing.catch_up(centre, door.offer):
        raise GeoReportError.one(LATER, N_("目录正在整理，请几秒后再来"), retry_after_s=2)


def _one(centre: Centre, door: Door, request_id: str) -> listing.Request:
    asking = read_asking({"service_request_id": request_id}, door.offer, centre.now())
    if not ID.fullmatch(request_id.lower()):
        raise no_request(request_id)
    _bring_up_to_date(centre, door)
    with centre.database.reading() as connection:
        found, _ = listing.asked(connection, asking)
    if not found:
        raise no_request(request_id)
    return found[0]


def _media(connection: Connection, request: Request, door: Door, found: Sequence[listing.Request]) -> dict[str, str]:
    """Return where the photo of each of these requests is, of those that have one whose bytes are here."""
    kept = {request_id: facts["picture"] for request_id, facts in found if "picture" in facts}
    there = pictures.at_hand(connection, kept.values()) if kept else set()
    here = (door.offer.url or str(request.base_url)).rstrip("/")
    return {each: f"{here}{VERSION}/media/{each}" for each, picture in kept.items() if picture["attachment"] in there}


def _next_page(request: Request, said: Mapping[str, str], last: listing.Request) -> dict[str, str]:
    """Return where the next page is (RFC 8288): by the key of the last one, so that nothing new pushes anything along."""
    query = urlencode({**said, "after": f"{last[1]['requested']}/{last[0]}"})
    return {"link": f'<{request.url.path}?{query}>; rel="next"'}


async def _read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form, refusing other types, and more than ``MOST_BYTES``, before reading on.

    Raises:
        GeoReportError: it is no form, or too large.
    """
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said != FORM_TYPE:
        raise GeoReportError.one(WRONG, N_("content-type：应是 {expected}"), expected=FORM_TYPE)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise GeoReportError.one(WRONG, N_("表单：太大，最多{most}字节"), most=MOST_BYTES)
    return read_fields(body)


_FORM_SCHEMA: Final[dict[str, Any]] = {
    "type": "object", "required": ["api_key", "service_code"],
    "properties": {
        name: {"type": "string"} for name in (
            "api_key", "service_code", "lat", "long", "address_string", "address_id", "description", "first_name",
            "last_name", "phone", "email", "media_url", "attribute[external_id]", "attribute[happened_at]",
        )
    },
}  # fmt: skip


def _add_posting(router: APIRouter) -> None:
    described = {"requestBody": {"required": True, "content": {FORM_TYPE: {"schema": _FORM_SCHEMA}}}}

    @router.post(f"{VERSION}/requests.{{form}}", name="open311-post", openapi_extra=described)
    async def post(request: Request, form: Form, once: Once = None) -> Response:
        entrance = _entrance_of(request)
        door = entrance.enter(request, form, None)
        fields = await _read_form(request)
        address = request.client.host if request.client else "?"
        made = await run_in_threadpool(entrance.take_in, door, fields, once, address)
        answer = {"service_request_id": made, "service_notice": None, "account_id": None}
        return respond(request.headers, "service_requests", [answer], form)
