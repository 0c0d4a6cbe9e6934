"""Checks of fields of mediation in the form that columns take: a value and the local date in, the value out."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

from zzdesk.i18n import N_
from zzdesk.store.types import UnfitError

EARLIEST: Final = 1950
"""No committee's term began before: the first rules for people's mediation committees are of 1954."""
AHEAD: Final = 10
"""Years by which a term may lie ahead."""
Number = TypeVar("Number", int, Decimal)


def not_negative(value: Number, today: date) -> Number:
    """Refuse a number or an amount below zero."""
    if value < 0:
        raise UnfitError(N_("不能为负数"))
    return value


def not_ahead(value: date, today: date) -> date:
    """Refuse a day that has not come."""
    if value > today:
        raise UnfitError(N_("不能晚于今天"))
    return value


def spot(value: str, today: date) -> str:
    """Refuse what is no place on earth in degrees; return ``24.513000,117.647200``."""
    latitude, comma, longitude = unicodedata.normalize("NFKC", value).partition(",")
    try:
        north, east = Decimal(latitude.strip()), Decimal(longitude.strip())
    except InvalidOperation:
        north, east, comma = Decimal(0), Decimal(0), ""
    if not comma or not (north.is_finite() and east.is_finite() and abs(north) <= 90 and abs(east) <= 180):
        raise UnfitError(N_("应写成“纬度,经度”，例如“24.5130,117.6472”"))
    return f"{north:.6f},{east:.6f}"


def of_a_term(value: date, today: date) -> date:
    """Refuse a day that no committee's term begins or ends with: others are slips of the pen, and cannot be counted with."""
    if not EARLIEST <= value.year <= today.year + AHEAD:
        raise UnfitError(N_("应在1950年至{year}年之间"), year=today.year + AHEAD)
    return value
