"""Residents: what is derived, what is hidden, who may look, and what the audit keeps."""

from __future__ import annotations

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.desk import records
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.people import commands, queries

NUMBER, PHONE = "350602194903070020", "13805961234"
LIN = {"name": "林秀英", "identity_number": NUMBER, "phone": "138 0596 1234", "address": "西桥社区3幢502室"}


def test_sex_and_birth_follow_from_the_number(station: Station) -> None:
    person = station.add("lin", "person", LIN)
    shown = station.show("lin", "person", person)
    assert shown["sex"] == "female"
    assert shown["birth"] == "1949-**-**"
    station.edit("lin", "person", person, {"identity_number": "35060319900115331X"})
    shown = station.show("lin", "person", person)
    assert (shown["sex"], shown["birth"]) == ("male", "1990-**-**")


def test_what_contradicts_the_number_is_not_saved(station: Station) -> None:
    with pytest.raises(InvalidError) as error:
        station.add("lin", "person", LIN | {"sex": "male"})
    assert [p.field for p in error.value.problems] == ["sex"]
    assert station.rows("lin", "person") == []


def test_consent_needs_its_text_and_can_be_withdrawn(station: Station) -> None:
    with pytest.raises(InvalidError, match="consent_version"):
        station.add("lin", "person", LIN | {"legal_basis": "consent"})
    person = station.add("lin", "person", LIN | {"legal_basis": "consent", "consent_version": "2026-1"})
    assert station.show("lin", "person", person)["consent_at"] == "2026-11-23T01:00:00.000Z"
    station["lin"].write(commands.withdraw_consent, person, "本人来站撤回")
    assert "consent_withdrawn_at" in station.show("lin", "person", person)
    with pytest.raises(RefusedError):
        station["lin"].write(commands.withdraw_consent, person, "再一次")


def test_lists_details_and_shows_are_masked(station: Station) -> None:
    person = station.add("lin", "person", LIN | {"notes": "女儿电话13605968888"})
    row = station["lin"].read(queries.list_people).rows[0]
    assert (row.name, row.identity_number, row.phone) == ("林*英", "350602********0020", "138****1234")
    detail = station["lin"].read(queries.detail, person)
    texts = [str(detail), str(station.show("lin", "person", person)), str(station.rows("lin", "person"))]
    for text in texts:
        assert all(secret not in text for secret in (NUMBER, PHONE, "林秀英", "502", "13605968888", "03-07"))
    assert set(detail.hidden) == {"name", "identity_number", "birth", "phone", "address", "notes"}


def test_no_value_comes_out_before_its_line_is_in_the_audit(station: Station) -> None:
    person = station.add("lin", "person", LIN)
    with pytest.raises(RefusedError, match="理由"):
        station["lin"].read(records.revealed, "person", person, "phone")
    with pytest.raises(RefusedError, match="理由"):
        station["lin"].write(records.reveal, "person", person, "phone", "  ")
    station["lin"].write(records.reveal, "person", person, "phone", "回访，本人换号自13605968888")
    assert station["lin"].read(records.revealed, "person", person, "phone") == PHONE
    assert station.audit("person.reveal") == [{"field": "phone", "reason": "回访，本人换号自136****8888"}]
    with pytest.raises(RefusedError):
        station["lin"].read(records.revealed, "person", person, "identity_number")
    with pytest.raises(RefusedError):
        station["chen"].read(records.revealed, "person", person, "phone")
    station.clock.advance(31)
    with pytest.raises(RefusedError):
        station["lin"].read(records.revealed, "person", person, "phone")


def test_who_may_not_reveal_is_refused_and_written_down(station: Station) -> None:
    person = station.add("lin", "person", LIN)
    with pytest.raises(RefusedError, match="权限"):
        station["guo"].write(records.reveal, "person", person, "phone", "好奇")
    assert {"what": "desk.records.reveal", "right": "record.read"} in station.audit("refused")
    with pytest.raises(RefusedError, match="权限"):
        station["yan"].write(records.reveal, "person", person, "phone", "好奇")
    assert {"what": "desk.records.reveal", "right": "person.reveal"} in station.audit("refused")
    with pytest.raises(RefusedError, match="遮盖"):
        station["lin"].write(records.reveal, "person", person, "legal_basis", "看看")


def test_likely_duplicates_by_number_by_name_and_birth_and_by_phone(station: Station) -> None:
    first = station.add("lin", "person", LIN)
    same_number = station.add("lin", "person", {"name": "林秀瑛", "identity_number": NUMBER})
    same_name = station.add("lin", "person", {"name": "林秀英", "birth": "1949-03-07"})
    same_phone = station.add("lin", "person", {"name": "林志强", "phone": PHONE})
    station.add("lin", "person", {"name": "林秀英", "birth": "1950-01-01"})
    hints = station["lin"].read(queries.duplicates, first)
    assert {h.row.id: h.by for h in hints} == {
        same_number: ("identity_number",), same_name: ("name",), same_phone: ("phone",)
    }  # fmt: skip
    typed = {"name": "林秀英", "identity_number": " 350602194903070020 ", "phone": "+86 13805961234", "birth": "x"}
    found = station["lin"].read(queries.alike, typed)
    assert {h.row.id: h.by for h in found} == {
        first: ("identity_number", "phone"), same_number: ("identity_number",), same_phone: ("phone",)
    }  # fmt: skip
    assert station["lin"].read(queries.alike, {"name": "林秀英", "identity_number": "1"}) == ()


def test_two_records_of_one_resident_stay_and_can_be_taken_apart(station: Station) -> None:
    first, second = station.add("lin", "person", LIN), station.add("lin", "person", LIN)
    station["lin"].write(commands.mark_duplicate, second, first)
    assert station.show("lin", "person", second)["duplicate_of"] == first
    with pytest.raises(RefusedError):
        station["lin"].write(commands.mark_duplicate, first, second)
    with pytest.raises(RefusedError):
        station["lin"].write(commands.mark_duplicate, first, first)
    station["lin"].write(commands.mark_duplicate, second, None)
    assert "duplicate_of" not in station.show("lin", "person", second)


def test_void_and_back(station: Station) -> None:
    person = station.add("lin", "person", LIN)
    station.act("lin", "person", person, "void", "重复登记")
    assert station.rows("lin", "person") == []
    assert [row["void_reason"] for row in station.rows("lin", "person", voided="true")] == ["重复登记"]
    with pytest.raises(RefusedError):
        station.edit("lin", "person", person, {"phone": PHONE})
    station.act("lin", "person", person, "unvoid", "不是重复")
    assert [row["id"] for row in station.rows("lin", "person")] == [person]


def test_neither_audit_nor_errors_repeat_personal_data(station: Station) -> None:
    person = station.add("lin", "person", LIN)
    with pytest.raises(InvalidError) as error:
        station.edit("lin", "person", person, {"identity_number": "350602194903070021", "phone": "1380596"})
    assert "350602194903070021" not in str(error.value)
    assert "1380596" not in str(error.value)
    with pytest.raises(NotFoundError):
        station.show("lin", "person", "no-such-record")
    with station["zhuang"].store.reader() as session:
        from sqlalchemy import text

        audited = str(session.execute(text("SELECT facts FROM audit")).all())
    assert all(secret not in audited for secret in (NUMBER, PHONE, "林秀英", "3幢"))


def test_old_area_codes_are_followed_and_unknown_ones_refused(station: Station) -> None:
    person = station.add("lin", "person", LIN | {"area_code": "350681"})
    assert station.show("lin", "person", person)["area_code"] == "350604"
    with pytest.raises(InvalidError, match="area_code"):
        station.edit("lin", "person", person, {"area_code": "110101"})


def test_pages_go_on_where_the_last_one_ended(station: Station) -> None:
    ids = [station.add("lin", "person", {"name": f"陈{n}"}) for n in range(5)]
    page = station["lin"].read(queries.list_people, limit=2)
    seen = list(page.rows)
    while page.after:
        page = station["lin"].read(queries.list_people, page.after, limit=2)
        seen += page.rows
    assert [row.id for row in seen] == ids[::-1]
