"""Checks of personal fields in the form that columns take: a value and the local date in, the stored form out."""

from __future__ import annotations

from datetime import date

from zzdesk.people.credit_code import parse_credit_code
from zzdesk.people.identity import parse_identity
from zzdesk.people.phones import parse_phone


def phone(value: str, today: date) -> str:
    """Return a phone number in its stored form.

    Raises:
        InvalidError: neither a mobile, a landline nor a service number.
    """
    return parse_phone(value).number


def identity(value: str, today: date) -> str:
    """Return a resident identity number with eighteen places (GB 11643-1999).

    Raises:
        InvalidError: it is not one, or its birth date lies after ``today``.
    """
    return parse_identity(value, today).number


def credit_code(value: str, today: date) -> str:
    """Return a unified social credit code (GB 32100-2015).

    Raises:
        InvalidError: it is not one.
    """
    return parse_credit_code(value).code
