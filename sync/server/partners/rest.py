"""The adapter that speaks plain JSON over HTTPS: messages are posted, what comes is fetched and acknowledged.

``POST /messages`` takes one message (``Outgoing``, as an object of its fields) under an ``Idempotency-Key``, and answers
with ``{"receipt": {"number", "at", "external_ref"}}``, or with nothing where the receipt comes later. ``GET /outbox`` gives
``{"parcels": [{"name", "items": [{"type": "order" | "receipt" | "status", …}]}]}``, the oldest first, and gives a parcel again
(an order may name ``files``, ``{"name", "sha256", "size"}`` each, whose bytes ``GET /files/SHA256`` gives) until
``POST /outbox/NAME/settled`` has said what of it could not be taken: ``{"refused": [{"place", "why"}]}``.

``POST /files`` takes one file of an order that is there, as ``multipart/form-data``: ``message`` (JSON: ``key``, ``order``,
``number``, ``external_ref``, ``file`` with name, type, size and SHA-256) and ``file``, its bytes; ``Idempotency-Key`` is the same
however often. The order has named it under ``files``. 413 says that it is too large, 415 that its type is not taken.

Who we are is shown by a bearer token, or by a signature: ``X-Signature: v1=`` and the hexadecimal HMAC-SHA-256, by the shared
secret, of the lines ``X-Timestamp``, method, path with query, SHA-256 of the body.

[[partner]]
code = "city"
adapter = "rest"
station = "350602002004"
url = "https://city.example/orders"
secret_file = "/etc/zzdesk/city.secret"     # read by its owner only
auth = "hmac"                               # or "bearer"
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote, urlsplit

import msgspec
from urllib3.filepost import encode_multipart_formdata

from sync.server.partners.config import Connection
from sync.server.partners.formats import files_in
from sync.server.partners.messages import (
    Adapter,
    Content,
    FileIn,
    Incoming,
    OrderIn,
    Outgoing,
    Parcel,
    PartnerError,
    Receipt,
    ReceiptIn,
    Refused,
    StatusIn,
)
from sync.server.partners.web import Line, failed, secret_of, url_problem
from zzdesk.clock import Clock, SystemClock
from zzdesk.handover.files import SIZE
from zzdesk.i18n import N_, translate
from zzdesk.typed import convert

BEARER, HMAC_SHA256 = "bearer", "hmac"
WAYS: Final = (BEARER, HMAC_SHA256)
_JSON: Final = "application/json; charset=utf-8"
_TYPES: Final[Mapping[str, type[Incoming]]] = {"order": OrderIn, "receipt": ReceiptIn, "status": StatusIn}
_GONE: Final = (404, 410)
_NO_KEY: Final = (401, 403)
_ROUNDS: Final = 50
"""Pages of the outbox that are fetched at once."""


class Rest(Connection, frozen=True, kw_only=True):
    """A partner that is reached this way. ``auth``: bearer or hmac; ``secret_file``: what lies in there shows who we are."""

    url: str
    secret_file: str
    auth: str = BEARER
    ca: str | None = None

    def open(self) -> Adapter:
        """Return the adapter."""
        return RestAdapter(Line(self.url, self.ca), Signer(lambda: secret_of(self.secret_file), self.auth))

    def problems(self) -> Sequence[tuple[str, str, dict[str, Any]]]:
        """Return what is wrong with it."""
        found = list(super().problems())
        if wrong := url_problem(self.url):
            found.append(("url", wrong, {}))
        if self.auth not in WAYS:
            found.append(("auth", N_("只能是：{choices}"), {"choices": "、".join(WAYS)}))
        return found


@dataclass(frozen=True)
class Signer:
    """Shows who we are; the secret is read when it is needed."""

    secret: Callable[[], str]
    way: str = BEARER
    clock: Clock = field(default_factory=SystemClock)

    def headers(self, method: str, path: str, body: bytes) -> dict[str, str]:
        """Return what goes with a request; ``path`` as the server sees it, with its query."""
        if self.way == BEARER:
            return {"Authorization": f"Bearer {self.secret()}"}
        stamp = str(int(self.clock.now().timestamp()))
        return {"X-Timestamp": stamp, "X-Signature": f"v1={signature(self.secret(), stamp, method, path, body)}"}


def signature(secret: str, stamp: str, method: str, path: str, body: bytes) -> str:
    """Return the signature of a request, in hexadecimal."""
    said = "\n".join((stamp, method.upper(), path, hashlib.sha256(body).hexdigest()))
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()


class RestAdapter:
    """The adapter."""

    def __init__(self, line: Line, signer: Signer) -> None:
        self._line = line
        self._signer = signer

    def send(self, message: Outgoing) -> Receipt | None:
        """Post a message.

        Raises:
            PartnerError: it did not get there.
        """
        said = asdict(message) | {"fields": dict(message.fields), "said": dict(message.said)}
        if not message.files:
            del said["files"]
        body = msgspec.json.encode(said)
        found = self._call("POST", "/messages", body, {"Idempotency-Key": message.key})
        return _receipt(found.get("receipt")) if isinstance(found, dict) else None

    def carry(self, message: Outgoing, content: Content) -> Receipt | None:
        """Post one file of an order.

        Raises:
            PartnerError: it did not get there, or is not taken. BrokenBlobError: the bytes cannot be read.
        """
        (file,) = message.files
        said = {name: value for name, value in asdict(message).items() if name not in ("files", "fields", "said", "origins")}
        parts = {
            "message": ("message.json", msgspec.json.encode(said | {"file": asdict(file)}), "application/json"),
            "file": (file.name, b"".join(content()), file.type),
        }
        boundary = hashlib.sha256(message.key.encode()).hexdigest()[:32]  # the same bytes at every attempt
        body, kind = encode_multipart_formdata(parts, boundary)
        found = self._call("POST", "/files", body, {"Idempotency-Key": message.key}, kind)
        return _receipt(found.get("receipt")) if isinstance(found, dict) else None

    def fetch(self, file: FileIn, most: int) -> bytes | None:
        """Fetch the bytes of a file that an order names.

        Raises:
            PartnerError: they cannot be fetched now, are more than ``most``, or are refused.
        """
        path = f"/files/{file.sha256}"
        whole = urlsplit(self._line.url.rstrip("/")).path + path
        try:
            told = {"Accept": "application/octet-stream", **self._signer.headers("GET", whole, b"")}
            return self._line.call("GET", path, headers=told, most=most).body
        except PartnerError as error:
            if error.status in _GONE:
                return None
            if error.code == SIZE:
                raise PartnerError(error.why, passing=False, code=SIZE) from error
            if error.passing or error.status not in (None, *_NO_KEY):
                raise
            raise PartnerError(error.why, status=error.status) from error  # the line, not the file: it comes again once mended

    def receive(self) -> Iterator[Parcel]:
        """Yield what has come; a page whose parcels stay is not asked for again.

        Raises:
            PartnerError: nothing can be fetched now.
        """
        seen: set[str] = set()
        for _ in range(_ROUNDS):
            new = [each for each in self._page() if each.name not in seen]
            if not new:
                return
            seen |= {each.name for each in new}
            yield from new

    def _page(self) -> list[RestParcel]:
        found = self._call("GET", "/outbox", b"", {})
        parcels = found.get("parcels") if isinstance(found, dict) else None
        if not isinstance(parcels, list):
            raise failed(N_("对方的回应不是约定的JSON，请核对网址，或请对方检查"))
        return [self._parcel(each) for each in parcels if isinstance(each, dict) and each.get("name")]

    def _parcel(self, found: Mapping[str, Any]) -> RestParcel:
        rows = found.get("items")
        return RestParcel(self, str(found["name"]), *read_items(rows if isinstance(rows, list) else []))

    def settled(self, name: str, refused: Sequence[Refused]) -> None:
        """Tell that a parcel was taken, and what of it could not be.

        Raises:
            PartnerError: nobody heard it: the parcel comes again.
        """
        body = msgspec.json.encode({"refused": [{"place": each.place, "why": each.why} for each in refused]})
        self._call("POST", f"/outbox/{quote(name, safe='')}/settled", body, {})

    def _call(self, method: str, path: str, body: bytes, headers: dict[str, str], kind: str = _JSON) -> Any:
        whole = urlsplit(self._line.url.rstrip("/")).path + path
        told = {"Accept": "application/json", **headers, **self._signer.headers(method, whole, body)}
        if method == "POST":
            told["Content-Type"] = kind
        answer = self._line.call(method, path, headers=told, data=body or None)
        return answer.json() if answer.body else None


@dataclass(frozen=True)
class RestParcel:
    """One parcel. ``places`` says where each readable item stood in it, ``unreadable`` what could not even be read."""

    adapter: RestAdapter
    name: str
    items: Sequence[Incoming]
    places: Sequence[int]
    unreadable: Sequence[Refused]

    def settle(self, refused: Sequence[Refused]) -> None:
        """Acknowledge it."""
        told = [Refused(self.places[each.place], each.why) for each in refused]
        self.adapter.settled(self.name, sorted([*told, *self.unreadable], key=lambda each: each.place))


def read_items(rows: Sequence[Any]) -> tuple[list[Incoming], list[int], list[Refused]]:
    """Return the items of a parcel, their places in it, and what cannot be read; unknown names in one are passed over."""
    items: list[Incoming] = []
    places: list[int] = []
    unreadable: list[Refused] = []
    for place, row in enumerate(rows):
        type_ = _TYPES.get(str(row.get("type"))) if isinstance(row, dict) else None
        try:
            if type_ is None:
                why = translate(N_("type：只能是 {choices}"), choices="、".join(_TYPES))
                unreadable.append(Refused(place, why))
                continue
            items.append(_item(row, type_))
            places.append(place)
        except msgspec.ValidationError as error:
            unreadable.append(Refused(place, translate(N_("写法不对：{detail}"), detail=str(error))))
    return items, places, unreadable


def _item(row: dict[str, Any], type_: type[Incoming]) -> Incoming:
    """Return an item; of an order the files are read one by one, so that a strange one refuses nothing else."""
    if type_ is not OrderIn:
        return convert(row, type_)
    order = convert({name: value for name, value in row.items() if name != "files"}, OrderIn)
    return replace(order, files=files_in(row.get("files")))


def _receipt(found: Any) -> Receipt | None:
    if not isinstance(found, dict) or not found.get("number"):
        return None
    at, theirs = found.get("at"), found.get("external_ref")
    return Receipt(str(found["number"]), str(at) if at else None, str(theirs) if theirs else None)
