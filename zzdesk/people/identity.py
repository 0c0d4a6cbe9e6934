"""The resident identity number of GB 11643-1999, and the permits and cards that share its form.

Own code on purpose: libraries demand that the county already existed in the year of birth, and so turn real
elders away. A region that nobody knows is a warning, never a refusal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from zzdesk.errors import InvalidError, Problem
from zzdesk.i18n import N_
from zzdesk.people.regions import region_name

MAX_AGE: Final = 130
Sex = Literal["male", "female"]

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff"
_NEW_FORM: Final = re.compile(r"[0-9]{17}[0-9X]")
_OLD_FORM: Final = re.compile(r"[0-9]{15}")


@dataclass(frozen=True)
class Identity:
    """What an identity number says: eighteen characters, date of birth, sex, and the region that gave it.

    ``region`` is None, and ``warnings`` has an entry, when no year knows the region code.
    """

    number: str
    birth: date
    sex: Sex
    region: str | None
    warnings: tuple[Problem, ...] = ()

    def age_on(self, day: date) -> int:
        """Return full years of age on ``day``; a leap-day birthday is 1 March in other years."""
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


def normalise(text: str) -> str:
    """Return the text without surrounding blanks, full-width digits made plain, and ``x`` as ``X``."""
    return text.strip(_INVISIBLE).strip().strip(_INVISIBLE).translate(_FULL_WIDTH).upper()


def check_digit(first_seventeen: str) -> str:
    """Return the eighteenth character that belongs to seventeen digits (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def from_fifteen(number: str) -> str:
    """Return the eighteen-character form of a fifteen-digit number, whose births are all of the 1900s."""
    longer = number[:6] + "19" + number[6:]
    return longer + check_digit(longer)


def birth_date(number: str) -> date | None:
    """Return the date of birth in an eighteen-character number, or None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def parse_identity(text: str, today: date, field: str = "identity_number") -> Identity:
    """Read an identity number as it was typed: eighteen characters, or the old fifteen digits.

    Raises:
        InvalidError: wrong length or characters, wrong check digit, no such day of birth, born after
            ``today``, or older than 130. The error names ``field`` and never repeats the number.
    """
    number = normalise(text)
    if _OLD_FORM.fullmatch(number):
        number = from_fifteen(number)
    problem = _form_problem(number) or _birth_problem(number, today)
    if problem:
        raise InvalidError.one(field, problem)
    birth = birth_date(number)
    assert birth is not None  # _birth_problem has looked
    region = region_name(number[:6])
    sex: Sex = "male" if int(number[16]) % 2 else "female"
    return Identity(number, birth, sex, region, _region_warnings(region, number, field))


def _form_problem(number: str) -> str | None:
    if len(number) != 18:
        return N_("身份证号码应为18位（旧证15位）")
    if not _NEW_FORM.fullmatch(number):
        return N_("身份证号码只能含数字，末位可以是X")
    if number[0] == "0":
        return N_("身份证号码不能以0开头")
    if check_digit(number[:17]) != number[17]:
        return N_("身份证号码校验位不对，请逐位核对")
    return None


def _birth_problem(number: str, today: date) -> str | None:
    birth = birth_date(number)
    if birth is None:
        return N_("身份证号码中的出生日期不存在")
    if birth > today:
        return N_("身份证号码中的出生日期晚于今天")
    if today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day)) > MAX_AGE:
        return N_("身份证号码中的出生日期早于130年前")
    return None


def _region_warnings(region: str | None, number: str, field: str) -> tuple[Problem, ...]:
    if region is not None:
        return ()
    return (Problem(field, N_("地区码{code}不在已知地区表中，请核对证件"), {"code": number[:6]}),)
