"""Phone numbers as people write them: mobiles, landlines with an extension, short numbers of services."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

PhoneKind = Literal["mobile", "landline", "service"]

_PLAIN: Final = str.maketrans("０１２３４５６７８９＋－（）　", "0123456789+-() ")
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\uff0d]")
_COUNTRY: Final = re.compile(r"^(?:\+86|0086|\+0086)")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE: Final = re.compile(
    r"(0596|010|02[0-9]|0[3-9][0-9]{2})([2-8][0-9]{6,7})"
    r"(?:(?:转|分机|ext\.?|[x,#*])([0-9]{1,6}))?",
    re.IGNORECASE,
)
_SERVICE: Final = re.compile(
    r"[48]00[0-9]{7}|1(?:10|14|19|2[02])|12[0-9]{3}|100[0-9]{2,3}|11[0-9]{3}|9[56][0-9]{3,4}"
)
_SEVEN_DIGIT_AREA: Final = "0596"
_EIGHT_DIGIT_AREAS: Final = ("010", "02")


@dataclass(frozen=True)
class Phone:
    """A phone number in the one form that is stored: ``13805961234``, ``0596-2901234-801``, ``12345``."""

    kind: PhoneKind
    number: str


def parse_phone(text: str, field: str = "phone") -> Phone:
    """Read a phone number: mobile (also +86), landline with area code and extension, 400/800, 95xxx, 12345.

    Raises:
        InvalidError: none of these; the error names ``field`` and never repeats the number.
    """
    written = _DASHES.sub("-", text.translate(_PLAIN)).strip().strip("\u200b\ufeff")
    if "--" in written:
        raise InvalidError.one(field, _NOT_A_PHONE)
    phone = _mobile(written) or _service(written) or _landline(written)
    if phone is None:
        raise InvalidError.one(field, _NOT_A_PHONE)
    return phone


_NOT_A_PHONE: Final = N_("电话应为11位手机号，或带区号的座机号（如 0596-2901234），或客服短号")


def _compact(written: str) -> str:
    return re.sub(r"[\s()\-]", "", written)


def _mobile(written: str) -> Phone | None:
    number = _COUNTRY.sub("", _compact(written))
    return Phone("mobile", number) if _MOBILE.fullmatch(number) else None


def _service(written: str) -> Phone | None:
    number = _compact(written)
    return Phone("service", number) if _SERVICE.fullmatch(number) else None


def _landline(written: str) -> Phone | None:
    match = _LANDLINE.fullmatch(_with_area_zero(_extension_marked(written)))
    if match is None or not _right_length(match[1], match[2]):
        return None
    return Phone("landline", "-".join(part for part in match.groups() if part))


def _extension_marked(written: str) -> str:
    """Return the number without separators; a third group after a dash is an extension."""
    number = re.sub(
        r"^((?:\+86|0086)?\s*\(?0?[0-9]{2,3}\)?[\s\-]*[2-8][0-9]{6,7})\s*-\s*([0-9]{1,6})$",
        r"\1转\2",
        written,
    )
    return _compact(number)


def _with_area_zero(number: str) -> str:
    """Return a landline written for calls from abroad (+86 596 …) with the zero of its area code."""
    local = _COUNTRY.sub("", number)
    return local if local == number or local.startswith("0") else "0" + local


def _right_length(area: str, local: str) -> bool:
    if area == _SEVEN_DIGIT_AREA:
        return len(local) == 7
    return len(local) == 8 or not area.startswith(_EIGHT_DIGIT_AREAS)
