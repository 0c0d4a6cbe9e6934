"""Checks of division codes in the form that columns take: a value and the local date in, the stored form out."""

from __future__ import annotations

from datetime import date

from zzdesk.errors import InvalidError, NotFoundError
from zzdesk.i18n import N_
from zzdesk.places import queries


def area(value: str, today: date) -> str:
    """Return a division code of today; codes of former years are followed.

    Raises:
        InvalidError: no division of Zhangzhou has, or had, this code.
    """
    try:
        return queries.get(value).code
    except NotFoundError:
        raise InvalidError.one("area_code", N_("没有这个区划代码，请从列表中选择")) from None
