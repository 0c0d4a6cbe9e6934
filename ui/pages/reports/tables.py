"""The list of reports as a table: how its columns and their codes are said."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.labels import codes, field_word, state_word, word
from ui.pages.output import Exporting
from ui.pages.reports.filters import STATES, band_word
from zzdesk.reports.queries import BANDS

translate = QCoreApplication.translate
_CODES: Final = ("category", "source", "demand", "urgency", "closing", "evaluation")


def exporting() -> Exporting:
    """Return how the list of reports becomes a table."""
    from zzdesk.desk.spreadsheets import export_reports

    return Exporting("report", export_reports, _heads, _codes)


def _heads() -> dict[str, str]:
    from zzdesk.desk.spreadsheets import COLUMNS

    return {column.name: field_word("report", column.name) for column in COLUMNS} | {
        "created_at": translate("ExportSheet", "登记时间"), "band": translate("ExportSheet", "期限状态"),
        "days_left": translate("ExportSheet", "剩余工作日（负数为超期）"),
    }  # fmt: skip


def _codes() -> dict[str, dict[str, str]]:
    told = {name: {code: word(name, code) for code in codes(name)} for name in _CODES}
    told["state"] = {state: state_word("report", state) for state in STATES}
    told["band"] = {band: band_word(band) for band in BANDS}
    return told
