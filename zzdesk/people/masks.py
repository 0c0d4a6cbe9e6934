"""What stands in place of personal data until somebody gives a reason to see it.

The masks are fixed by domain rule B5.1 (PIPL articles 5, 6 and 51): a name keeps its surname and, when it has
three or more characters, its last; an identity number its first six and last four; a phone three and four; a bank
account four; an address stops at the estate or building. The stars never tell how much is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from zzdesk.errors import BugError, InvalidError
from zzdesk.people.identity import from_fifteen, normalise
from zzdesk.people.phones import parse_phone
from zzdesk.pinyin import surname_length

HIDDEN: Final = "***"


def mask_name(name: str) -> str:
    """Return 林*强 for 林志强, 林* for 林强, 欧阳* for 欧阳修; one star, however long the name."""
    name = name.strip()
    shown = surname_length(name)
    if len(name) <= 1:
        return "*"
    return name[:shown] + "*" + (name[-1] if len(name) > shown + 1 else "")


def mask_identity(number: str) -> str:
    """Return 350602********3336; of other documents only the last two, when they are long."""
    number = normalise(number)
    if re.fullmatch(r"[0-9]{15}", number):
        number = from_fifteen(number)
    if re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return f"{number[:6]}********{number[-4:]}"
    return "********" + (number[-2:] if len(number) >= 7 else "")


def mask_phone(text: str) -> str:
    """Return 138****5678, 0596-****34; numbers of public services are nobody's and stay as they are."""
    try:
        phone = parse_phone(text)
    except InvalidError:
        return "****"
    if phone.kind == "service":
        return phone.number
    if phone.kind == "mobile":
        return f"{phone.number[:3]}****{phone.number[-4:]}"
    area, local = phone.number.split("-")[:2]
    return f"{area}-****{local[-2:]}"


def mask_bank(text: str) -> str:
    """Return ****1234; nothing of an account too short to be one."""
    digits = re.sub(r"[\s\-]", "", text)
    return "****" + (digits[-4:] if len(digits) >= 12 else "")


_NUMBER: Final = r"[0-9０-９A-Za-z一二三四五六七八九十百甲乙丙丁东西南北]"
_BUILDING: Final = re.compile(rf"^(.*?{_NUMBER}+\s*(?:幢|栋|座|号楼|#楼|#))")
_ESTATE: Final = re.compile(r"^(.*?(?:小区|花园|花苑|公寓|新村|家园|嘉园|山庄|大厦|广场|公馆|宿舍))")
_AREA: Final = re.compile(r"^(.*(?:省|市|区|县|街道|镇|乡|社区|村|路|街|巷|弄|大道))")


def mask_address(text: str) -> str:
    """Return the address down to the estate or building; unit, floor, room, house number become ``***``."""
    for level in (_BUILDING, _ESTATE, _AREA):
        if match := level.match(text.strip()):
            return match[1] + HIDDEN
    return HIDDEN


_ORGANISATION: Final = re.compile(
    r"^.{2,}(?:公司|集团|中心|工作室|经营部|合作社|居委会|村委会|委员会|事务所|服务站|超市|酒店|饭店|学校|医院|银行)$"
    r"|^.{4,}[厂店馆社部行院所站会局园队场铺坊吧]$"
)


def mask_holder(name: str) -> str:
    """Return the name of an organisation as it is, and of anything that may be a person masked."""
    name = name.strip()
    return name if _ORGANISATION.search(name) else mask_name(name)


def mask_birth(day: str) -> str:
    """Return 1949-**-** for 1949-03-07: an identity number's hidden digits must not come back through it."""
    return f"{day[:4]}-**-**"


def mask_file(name: str) -> str:
    """Return ***.jpg: people name files after people."""
    ending = re.search(r"\.[A-Za-z0-9]{1,8}$", name.strip())
    return HIDDEN + (ending[0] if ending else "")


def mask_text(text: str) -> str:
    """Return a free text with the identity numbers and phones in it masked."""
    from zzdesk.people.detect import hide_personal

    return hide_personal(text)


def mask_sensitive(text: str) -> str:
    """Return stars only: health, and whatever else PIPL article 28 names."""
    return HIDDEN


MASKS: Final[dict[str, Callable[[str], str]]] = {
    "name": mask_name,
    "holder": mask_holder,
    "birth": mask_birth,
    "file": mask_file,
    "text": mask_text,
    "sensitive": mask_sensitive,
    "id": mask_identity,
    "phone": mask_phone,
    "bank": mask_bank,
    "address": mask_address,
}


def mask(kind: str, text: str | None) -> str:
    """Return ``text`` as everybody may see it; nothing stays nothing.

    Raises:
        BugError: there is no such kind of mask.
    """
    if kind not in MASKS:
        raise BugError(f"no mask {kind!r}")
    return MASKS[kind](text) if text and text.strip() else ""


def differ_behind_mask(kind: str, one: str | None, other: str | None) -> bool:
    """Return whether two different values look the same masked, so that a page must say that they differ."""
    return _plain(one) != _plain(other) and mask(kind, one) == mask(kind, other)


def _plain(text: str | None) -> str:
    return normalise(text or "")


def mask_value(kind: str, wire: Any) -> Any:
    """Return the wire form of a masked field as everybody may see it; each element of a set by itself."""
    if isinstance(wire, list):
        return [mask(kind, str(item)) for item in wire]
    return mask(kind, wire) if isinstance(wire, str) else HIDDEN


def mask_body(specs: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record's wire body with its masks on; ``specs`` are the kind's fields, unknown ones are left out.

    What the record itself seals (a reporter who asked for secrecy) shows nothing at all, not even a surname.
    """
    return {name: _covered(specs[name], wire, body) for name, wire in body.items() if name in specs}


def _covered(spec: Any, wire: Any, body: Mapping[str, Any]) -> Any:
    if spec.sealed_by and body.get(spec.sealed_by):
        return HIDDEN
    return mask_value(spec.mask, wire) if spec.mask else wire
