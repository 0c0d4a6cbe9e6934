"""The unified social credit code of organisations, GB 32100-2015."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Thirty-one characters: no I, O, S, V, Z."""

_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_PLAIN: Final = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in map(chr, range(0xFF10, 0xFF5B))}
_FORM: Final = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")

KINDS: Final = {
    "11": N_("机关"),
    "12": N_("事业单位"),
    "51": N_("社会团体"),
    "52": N_("民办非企业单位"),
    "53": N_("基金会"),
    "54": N_("基层群众性自治组织"),
    "91": N_("企业"),
    "92": N_("个体工商户"),
    "93": N_("农民专业合作社"),
    "N1": N_("农村集体经济组织"),
    "N2": N_("农村集体经济组织"),
    "N3": N_("农村集体经济组织"),
}
OTHER: Final = N_("其他组织")


@dataclass(frozen=True)
class CreditCode:
    """What a credit code says: the code, the kind of organisation, and the region that registered it."""

    code: str
    kind: str
    region_code: str


def check_character(first_seventeen: str) -> str:
    """Return the eighteenth character; remainder zero gives ``0``, not a thirty-second character.

    Raises:
        ValueError: a character outside the alphabet.
    """
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def parse_credit_code(text: str, field: str = "credit_code") -> CreditCode:
    """Read a credit code as it was typed: blanks around it, small and full-width letters are taken.

    Raises:
        InvalidError: wrong length, a character that the standard leaves out, or a wrong check character.
    """
    code = text.strip("\u200b\ufeff \t\r\n\u3000").translate(_PLAIN).upper()
    problem = _problem(code)
    if problem:
        raise InvalidError.one(field, problem)
    return CreditCode(code, KINDS.get(code[:2], OTHER), code[2:8])


def _problem(code: str) -> str | None:
    if len(code) != 18:
        return N_("统一社会信用代码应为18位")
    if not _FORM.fullmatch(code):
        return N_("统一社会信用代码只含数字和大写字母，不用I、O、S、V、Z，第3至8位为数字")
    if check_character(code[:17]) != code[17]:
        return N_("统一社会信用代码校验位不对，请逐位核对")
    return None
