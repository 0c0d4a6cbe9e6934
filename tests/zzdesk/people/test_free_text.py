"""Numbers of people in free text: found, masked wherever the text is shown, and kept as they were written."""

from __future__ import annotations

from typing import Final

import pytest

import zzdesk.catalogue  # noqa: F401
from tests.zzdesk.conftest import Station
from zzdesk.desk import records, workbench
from zzdesk.errors import RefusedError
from zzdesk.people.detect import find_personal, hide_personal, hints
from zzdesk.reports import queries as reports
from zzdesk.store.base import kinds

CARD, NUMBER, PHONE = "6222021234567890128", "350602194903070020", "13805961234"
TEXT: Final = f"身份证{NUMBER}，电话{PHONE}，卡号{CARD}。"

OPEN_TEXTS: Final = {
    ("conflict", "reason"), ("claim", "proof"), ("calendar", "days"), ("committee", "name"), ("committee_member", "name"),
    ("subsidy_sheet", "name"),
}  # fmt: skip
"""Long texts without a mask of their own: a conflict is no record to list, and its one query masks the reason; the proof of
a claim is the centre's signature and a calendar's days are a table, which nobody types. Who sits on a committee hangs on its
wall, and parties choose their mediator by the name (People's Mediation Law, article 19)."""
TITLES: Final = ("title", "name")


def test_every_text_that_people_type_is_masked() -> None:
    bare = {
        (kind.name, field.name)
        for kind in kinds().values()
        for field in kind.fields.values()
        if (type(field.type).__name__ == "LongText" or field.name in TITLES) and field.mask is None
    }
    assert bare == OPEN_TEXTS


@pytest.mark.parametrize(
    "written", [CARD, "6222 0212 3456 7890 128", "6222-0212-3456-7890-128", "４１１１１１１１１１１１１１１１"]
)
def test_bank_cards_are_found_however_they_are_written(written: str) -> None:
    (hit,) = find_personal(f"卡号{written}转账")
    assert hit.kind == "bank"
    assert hide_personal(f"卡号{written}转账") == f"卡号****{hit.value[-4:]}转账"


@pytest.mark.parametrize("text", ["6222021234567890129", "编号2026112300000001", "A6222021234567890128", "62220212345678"])
def test_other_long_numbers_are_not_bank_cards(text: str) -> None:
    assert find_personal(text) == []


def test_an_identity_number_is_no_bank_card() -> None:
    assert [hit.kind for hit in find_personal(TEXT)] == ["id", "phone", "bank"]
    assert hints(TEXT) == {"id", "phone", "bank"}
    assert hints("路灯不亮") == frozenset()


def test_a_text_is_masked_wherever_it_is_shown(station: Station) -> None:
    fields = {"title": f"找{PHONE}", "category": "lighting", "description": TEXT}
    report = station.add("lin", "report", fields)
    station.add("lin", "step", {"report_id": report, "note": TEXT})
    lin = station["lin"]
    exported: list[records.Row] = []
    lin.write(records.note_export, "report", 1)
    lin.read(records.export_to, "report", exported.append)
    detail = lin.read(reports.detail, report)
    everywhere = (
        exported, station.rows("lin", "step"), station.show("lin", "report", report), detail.fields, detail.steps,
        detail.row, lin.read(reports.list_reports), lin.read(workbench.overview), lin.read(reports.by_ids, (report,)),
    )  # fmt: skip
    for place in everywhere:
        assert not any(number in repr(place) for number in (CARD, NUMBER, PHONE)), place
    assert "****0128" in str(detail.fields["description"])


def test_who_goes_on_writing_gets_the_text_and_others_a_reason_first(station: Station) -> None:
    report = station.add("lin", "report", {"title": "路灯", "category": "lighting", "description": TEXT})
    assert station["lin"].read(reports.detail, report).written["description"] == TEXT
    chen = station["chen"]
    assert chen.read(reports.detail, report).written == {}
    with pytest.raises(RefusedError, match="理由"):
        chen.read(records.revealed, "report", report, "description")
    chen.write(records.reveal, "report", report, "description", "核对地点")
    assert chen.read(records.revealed, "report", report, "description") == TEXT
