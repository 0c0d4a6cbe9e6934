"""Uncovering a covered value of any record: the reason goes into the audit first, then the value is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from ui.pages.base import Page
from ui.widgets.masked import Reveal
from zzdesk.errors import KnownError


def plain(value: Any) -> str:
    """Return a value as it is written."""
    return "" if value is None else str(value)


def reveal_of(page: Page, owner: QObject, kind: str, record_id: str, field: str,
              said: Callable[[Any], str] = plain) -> Reveal | None:
    """Return the function that uncovers one field, for an eye beside it; None where this account may not.

    Args:
        page: whose doing it is.
        owner: the widget that shows the value; once it is gone nothing is shown.
        kind: of the record.
        record_id: the record.
        field: the field.
        said: how the wire form of the value is said to people.
    """
    context = page.context
    if not context.may("person.reveal"):
        return None

    def failed(error: KnownError) -> None:
        context.toast(error.text(), bad=True)

    def reveal(reason: str, on_value: Callable[[str], None]) -> None:
        from zzdesk.desk import records

        context.runner.write(
            records.reveal, kind, record_id, field, reason, initiator=page, on_error=failed,
            on_done=lambda _: context.runner.read(
                records.revealed, kind, record_id, field, on_done=lambda value: on_value(said(value)),
                on_error=failed, owner=owner))

    return reveal
