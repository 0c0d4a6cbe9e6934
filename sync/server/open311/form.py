"""A form of POST requests, checked: everything that is wrong with it is said at once (GeoReport v2, POST Service Request).

Nothing that nobody here needs is kept: ``device_id`` and ``account_id`` are not (PIPL article 6).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl

from sync.server.open311.dates import read_date
from sync.server.open311.errors import MISSING, WRONG, GeoReportError, Wrong
from sync.server.open311.offer import Offer
from sync.server.open311.public import LONGEST
from sync.server.open311.services import EXTERNAL_ID, HAPPENED_AT, SERVICES
from zzdesk.clock import to_iso
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.people.phones import parse_phone
from zzdesk.places.outlines import districts
from zzdesk.places.shapes import Box

FORM_TYPE: Final = "application/x-www-form-urlencoded"
MOST_FIELDS: Final = 100
_TITLE: Final = 40
_LINE: Final = 200
"""Characters of a short text."""
_REFERENCE: Final = 120
_ATTRIBUTE: Final = re.compile(r"attribute\[([^\[\]]+)\](\[\])?")
_ROOM: Final = 0.3
"""Degrees around the districts' outlines, which are rough and end at the shore."""
_AHEAD: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Submission:
    """What somebody wants to report, in the forms of a report's fields; ``reference`` is the number on the other side."""

    category: str
    title: str
    description: str | None = None
    address: str | None = None
    grid: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    reporter_name: str | None = None
    reporter_phone: str | None = None
    happened_at: str | None = None
    reference: str | None = None

    @property
    def position(self) -> tuple[float, float] | None:
        """Return longitude and latitude where they were given."""
        return None if self.latitude is None else (float(str(self.longitude)), float(self.latitude))

    def fields(self) -> dict[str, Any]:
        """Return the fields of the report; whoever gave a name or a number has it kept under seal."""
        given = {
            name: getattr(self, name)
            for name in ("category", "title", "description", "address", "grid", "latitude", "longitude",
                         "reporter_name", "reporter_phone", "happened_at")
        }  # fmt: skip
        named = self.reporter_name or self.reporter_phone
        given |= {"name_hidden": True} if named else {"anonymous": True}
        return {name: value for name, value in given.items() if value is not None}


def read_fields(body: bytes) -> dict[str, str]:
    """Return the fields of an ``application/x-www-form-urlencoded`` body; of one that comes twice, the last.

    Raises:
        GeoReportError: it is not UTF-8, or has too many fields.
    """
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=False, errors="strict", max_num_fields=MOST_FIELDS)
    except (UnicodeDecodeError, ValueError):
        raise GeoReportError.one(
            WRONG, N_("表单：应是UTF-8的 application/x-www-form-urlencoded，最多{most}个字段"), most=MOST_FIELDS
        ) from None
    return {_name(name): value.strip() for name, value in pairs if value.strip()}


def _name(name: str) -> str:
    """Return ``attribute[code]`` as it is named in a definition, anything else as it is."""
    found = _ATTRIBUTE.fullmatch(name)
    return f"attribute.{found[1]}" if found else name


def read_submission(fields: Mapping[str, str], offer: Offer, now: datetime) -> Submission:
    """Return what a form reports.

    Raises:
        GeoReportError: with every reason why it cannot be taken.
    """
    check = _Check(fields)
    code = check.service(offer)
    latitude, longitude = check.position()
    place = {"address": check.line("address_string"), "grid": check.line("address_id")}
    if latitude is None and not any(place.values()) and not check.wrongs:
        check.say(N_("lat、long、address_string、address_id：地点至少要给一种，坐标要成对"))
    submission = Submission(
        code, "", _described(check), **place, latitude=latitude, longitude=longitude, reporter_name=_reporter(check),
        reporter_phone=check.phone(), happened_at=check.moment(f"attribute.{HAPPENED_AT}", now),
        reference=check.line(f"attribute.{EXTERNAL_ID}", _REFERENCE),
    )  # fmt: skip
    if check.wrongs:
        status = MISSING if all(wrong.code == MISSING for wrong in check.wrongs) else WRONG
        raise GeoReportError(status, check.wrongs)
    return _titled(submission, fields.get("description", ""))


def _titled(submission: Submission, text: str) -> Submission:
    """Give it a title: its first line, or its service and place where it has no text."""
    first = next(iter(text.splitlines()), "").strip()
    service = SERVICES[submission.category].name
    title = first or "：".join(filter(None, (service, submission.address or submission.grid)))
    cut = title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"
    return Submission(**(submission.__dict__ | {"title": cut}))


def _described(check: _Check) -> str | None:
    """Return the text, with where its picture is: nobody fetches that by itself."""
    text, media = check.text("description"), check.link("media_url")
    return "\n".join(filter(None, (text, media and f"图片：{media}"))) or None


def _reporter(check: _Check) -> str | None:
    """Return who reported it, with the address of e-mail: reports have no field of its own for that, and it is sealed here."""
    family, given = check.line("last_name"), check.line("first_name")
    name = " ".join(filter(None, (given, family))) if _is_latin(given, family) else (family or "") + (given or "")
    return " ".join(filter(None, (name, check.mail()))) or None


def _is_latin(*names: str | None) -> bool:
    return all(name.isascii() for name in names if name)


class _Check:
    """The fields of a form, with what is found to be wrong."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self.wrongs: list[Wrong] = []

    def say(self, message: str, status: int = WRONG, **params: Any) -> None:
        """Note one thing that is wrong."""
        self.wrongs.append(Wrong(message, params, status))

    def service(self, offer: Offer) -> str:
        """Return the service."""
        code = self._fields.get("service_code", "")
        if not code:
            self.say(N_("service_code：必填，请从 services 里选一项"))
        elif code not in offer.services:
            self.say(N_("service_code：没有“{code}”这项服务；请从 services 里选一项"), MISSING, code=code[:60])
        return code

    def position(self) -> tuple[str | None, str | None]:
        """Return latitude and longitude, WGS 84, as a report keeps them."""
        lat, lon = self._degrees("lat", 90), self._degrees("long", 180)
        if ("lat" in self._fields) != ("long" in self._fields):
            self.say(N_("lat、long：坐标要成对"))
        if lat is None or lon is None:
            return None, None
        if not _region().holds(lon, lat):
            self.say(N_("lat、long：坐标不在漳州；lat 是纬度、long 是经度，请核对是否写反"))
        return f"{lat:.6f}", f"{lon:.6f}"

    def _degrees(self, name: str, most: int) -> float | None:
        text = self._fields.get(name)
        if text is None:
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not abs(number) <= most:  # what is no number is not within either
            self.say(N_("{name}：应是度数，例如24.513"), name=name)
            return None
        return number

    def line(self, name: str, most: int = _LINE) -> str | None:
        """Return a text of one line."""
        return self._text(name, most, lambda text: " ".join(text.split()))

    def text(self, name: str) -> str | None:
        """Return a text that may have several lines."""
        return self._text(name, LONGEST, lambda text: text.replace("\r\n", "\n"))

    def _text(self, name: str, most: int, tidy: Callable[[str], str]) -> str | None:
        text = self._fields.get(name)
        if text is None:
            return None
        if len(text) > most:
            self.say(N_("{name}：太长，最多{most}个字"), name=_shown(name), most=most)
        if any(char < " " and char not in "\r\n\t" for char in text):
            self.say(N_("{name}：里面有看不见的控制字符，请去掉"), name=_shown(name))
        return tidy(text) or None

    def link(self, name: str) -> str | None:
        """Return the address of a picture."""
        text = self.line(name, 2000)
        if text is not None and not re.fullmatch(r"https?://[^\s<>\"]+", text):
            self.say(N_("{name}：应是 http:// 或 https:// 开头的地址"), name=name)
        return text

    def mail(self) -> str | None:
        """Return an address of e-mail."""
        text = self.line("email")
        if text is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
            self.say(N_("email：应是电子邮箱的地址"))
        return text

    def phone(self) -> str | None:
        """Return a phone number."""
        text = self.line("phone")
        try:
            return parse_phone(text).number if text is not None else None
        except InvalidError:
            self.say(N_("phone：应是手机号，或带区号的座机号"))
            return None

    def moment(self, name: str, now: datetime) -> str | None:
        """Return a moment that has been."""
        text = self._fields.get(name)
        if text is None:
            return None
        try:
            found = read_date(_shown(name), text)
        except GeoReportError as error:
            self.wrongs += error.wrongs
            return None
        if found > now + _AHEAD:
            self.say(N_("{name}：不能在以后"), name=_shown(name))
        return to_iso(found)


def _shown(name: str) -> str:
    """Return the name of a field as whoever sent it wrote it."""
    head, _, code = name.partition(".")
    return f"{head}[{code}]" if code else head


@lru_cache(maxsize=1)
def _region() -> Box:
    """Return the box of the city, with room around it."""
    box = districts()[0].box
    for district in districts()[1:]:
        box |= district.box
    return Box(box.west - _ROOM, box.south - _ROOM, box.east + _ROOM, box.north + _ROOM)
