"""The adapter that speaks GeoReport v2 to a partner's server: orders go there as service requests, and are asked about.

What such a server gets it may publish; numbers of people in texts are masked before they come here (``outgoing.handed``).
The standard knows neither a withdrawal nor a word from us about the partner's own requests: it asks us for that, as anybody
may.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from urllib3.filepost import encode_multipart_formdata

from sync.server.open311.dates import written
from sync.server.open311.form import FORM_TYPE
from sync.server.open311.public import LONGEST
from sync.server.open311.services import EXTERNAL_ID
from sync.server.partners.messages import (
    Content,
    Enclosed,
    Followed,
    Incoming,
    Outgoing,
    Parcel,
    Receipt,
    ReceiptIn,
    Refused,
    StatusIn,
)
from sync.server.partners.web import Line, failed, secret_of
from zzdesk.clock import from_iso, to_iso
from zzdesk.i18n import N_

AT_ONCE: Final = 50
"""Requests that one question is about."""
_PHOTOS: Final = frozenset({"image/jpeg", "image/png"})
_STATUSES: Final = {"open": "accepted", "closed": "done"}


@dataclass(frozen=True)
class Manner:
    """How a partner's server wants it. ``services``: our category → its service code, where that is another one.

    ``key_file``: where our key there lies; without one nothing is sent there, and the partner only posts to us.
    """

    key_file: str
    jurisdiction: str = ""
    services: Mapping[str, str] | None = None
    media: bool = False
    """Whether it takes photos with a request as parts ``media`` of a form: an extension, which not every server has."""
    attributes: bool = True
    """Whether our number goes along as an attribute: a server that knows it takes nothing twice."""


@dataclass(frozen=True)
class Word:
    """What one answer said about some orders."""

    name: str
    items: Sequence[Incoming]

    def settle(self, refused: Sequence[Refused]) -> None:
        """Nothing is to be put away: the same question is asked again until the order has ended."""


class Open311Client:
    """The adapter."""

    def __init__(self, line: Line, manner: Manner) -> None:
        self._line = line
        self._manner = manner

    def send(self, message: Outgoing) -> Receipt | None:
        """Report an order; a word about the partner's own request is left to its asking.

        Raises:
            PartnerError: it did not get there, or cannot be said this way.
        """
        if message.what == "status":
            return Receipt(message.key)
        if message.what == "withdraw":
            raise failed(N_("Open311 没有撤回这一步，请打电话告诉对方"), passing=False)
        return self.enclose(message, [])

    @property
    def media_types(self) -> frozenset[str]:
        """Return what the partner's server takes with the request, as ``media``: photos, or nothing."""
        return _PHOTOS if self._manner.media else frozenset()

    def enclose(self, message: Outgoing, contents: Sequence[tuple[Enclosed, Content]]) -> Receipt | None:
        """Report an order with its photos: GeoReport v2 knows no way to add one later.

        Raises:
            PartnerError: it did not get there, or cannot be said this way.
        """
        if message.what != "order":
            return self.send(message)
        if not self._manner.key_file:
            raise failed(N_("这个对方只向我们上报，没有写转给它的网址（url）；请补上，或改用别的办法"), passing=False)
        fields = {"api_key": secret_of(self._manner.key_file)} | form_of(message, self._manner)
        plain = urlencode(fields).encode(), f"{FORM_TYPE}; charset=utf-8"
        body, kind = _multipart(message.key, fields, contents) if contents else plain
        headers = {"Content-Type": kind, "Idempotency-Key": message.key}
        return receipt_of(self._line.call("POST", "/requests.json", headers=headers, data=body).json())

    def receive(self) -> Iterator[Parcel]:
        """Yield nothing: nobody gives us work this way; who wants to posts it to us."""
        return iter(())

    def follow(self, orders: Sequence[Followed]) -> Iterator[Parcel]:
        """Ask how our orders stand. A token is exchanged for the request's id first.

        Raises:
            PartnerError: nobody answers.
        """
        for order in orders:
            if order.external_ref is None and order.receipt_number is not None:
                found = self._exchange(order.receipt_number)
                if found is not None:
                    yield Word(order.order, [ReceiptIn(order.order, Receipt(order.receipt_number, None, found))])
        known = {order.external_ref: order for order in orders if order.external_ref is not None}
        ids = sorted(known)
        for start in range(0, len(ids), AT_ONCE):
            asked = self._about(ids[start : start + AT_ONCE])
            items = [word for each in asked if (word := word_of(each, known)) is not None]
            if items:
                yield Word(ids[start], items)

    def _exchange(self, token: str) -> str | None:
        answer = self._line.call("GET", f"/tokens/{quote(token, safe='')}.json", params=self._where())
        return _text(_first(answer.json()).get("service_request_id"))

    def _about(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        params = self._where() | {"service_request_id": ",".join(ids)}
        return _rows(self._line.call("GET", "/requests.json", params=params).json())

    def _where(self) -> dict[str, str]:
        return {"jurisdiction_id": self._manner.jurisdiction} if self._manner.jurisdiction else {}


def _multipart(key: str, fields: Mapping[str, str], photos: Sequence[tuple[Enclosed, Content]]) -> tuple[bytes, str]:
    """Return a form with its photos, each a part ``media`` (GeoReport v2, extension "Media Handling"), and its type."""
    parts: list[tuple[str, Any]] = list(fields.items())
    parts += [("media", (file.name, b"".join(content()), file.type)) for file, content in photos]
    return encode_multipart_formdata(parts, hashlib.sha256(key.encode()).hexdigest()[:32])


def form_of(message: Outgoing, manner: Manner) -> dict[str, str]:
    """Return an order as the fields of a form.

    Raises:
        PartnerError: there is no place in it, and without one no server takes it.
    """
    given = message.fields
    category = str(given.get("category") or "other")
    form = {
        "jurisdiction_id": manner.jurisdiction, "description": _description(given),
        "service_code": (manner.services or {}).get(category, category), **_place(given),
        "first_name": str(given.get("reporter_name") or ""), "phone": str(given.get("reporter_phone") or ""),
    }  # fmt: skip
    if manner.attributes:
        form[f"attribute[{EXTERNAL_ID}]"] = message.number or message.order
    return {name: text for name, text in form.items() if text}


def _place(given: Mapping[str, Any]) -> dict[str, str]:
    lat, lon, address = (str(given.get(name) or "") for name in ("latitude", "longitude", "address"))
    if not address and not (lat and lon):
        raise failed(N_("这件事件没有地址，也没有坐标，对方收不了；请补上地点再转"), passing=False)
    return {"address_string": address} | ({"lat": lat, "long": lon} if lat and lon else {})


def _description(given: Mapping[str, Any]) -> str:
    parts = [str(given.get("title") or ""), str(given.get("description") or "")]
    if parts[1].startswith(parts[0].rstrip("…")):
        parts = parts[1:]
    if given.get("happened_at"):
        parts.append(f"发生时间：{written(str(given['happened_at']))}")
    return "\n".join(filter(None, parts))[:LONGEST]


def receipt_of(found: Any) -> Receipt:
    """Return the receipt out of the answer to a form: the id of the request, or a token for it.

    Raises:
        PartnerError: it names neither.
    """
    row = _first(found)
    made, token = _text(row.get("service_request_id")), _text(row.get("token"))
    if made is None and token is None:
        raise failed(N_("对方收了，却没有给编号；请打电话核对，不要重复转"), passing=False)
    return Receipt(made or str(token), None, made)


def word_of(row: Mapping[str, Any], known: Mapping[str, Followed]) -> StatusIn | None:
    """Return what a server says of one of our orders; None where it is none of ours, or nothing is new to be said."""
    order = known.get(_text(row.get("service_request_id")) or "")
    status = _STATUSES.get(str(row.get("status")).lower())
    if order is None or status is None:
        return None
    text, at = _text(row.get("status_notes")), _moment(row.get("updated_datetime"))
    return StatusIn(order.order, status, text, at, f"{status}/{at}/{text}", order.external_ref)


def _rows(found: Any) -> list[dict[str, Any]]:
    """Return the rows of an answer; some servers wrap them in the name that XML gives them."""
    inside = found.get("service_requests", found.get("requests")) if isinstance(found, dict) else found
    if not isinstance(inside, list):
        raise failed(N_("对方的回应不是 Open311 的样子，请核对网址"))
    return [row for row in inside if isinstance(row, dict)]


def _first(found: Any) -> dict[str, Any]:
    return next(iter(_rows(found)), {})


def _text(value: Any) -> str | None:
    """Return a value as text; ids are numbers at some servers."""
    return str(value).strip() or None if isinstance(value, str | int) and not isinstance(value, bool) else None


def _moment(value: Any) -> str | None:
    try:
        return to_iso(from_iso(str(value)))
    except (ValueError, OverflowError):
        return None
