"""Phone numbers: every way of writing them that staff use, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.errors import InvalidError
from zzdesk.people.phones import parse_phone

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    "text",
    [
        "13805961234",
        "138 0596 1234",
        "138-0596-1234",
        "+8613805961234",
        "+86 138 0596 1234",
        "008613805961234",
        "0086-138-0596-1234",
        "１３８０５９６１２３４",
        " 13805961234\u3000",
        "(+86)13805961234",
        "138\u20130596\u20131234",
    ],
)
def test_mobiles(text: str) -> None:
    phone = parse_phone(text)
    assert (phone.kind, phone.number) == ("mobile", "13805961234")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0596-2901234", "0596-2901234"),
        ("05962901234", "0596-2901234"),
        ("(0596)2901234", "0596-2901234"),
        ("（0596）2901234", "0596-2901234"),
        ("0596－2901234", "0596-2901234"),
        ("+86 596 2901234", "0596-2901234"),
        ("+86-0596-2901234", "0596-2901234"),
        ("0596-2901234-801", "0596-2901234-801"),
        ("0596-2901234转801", "0596-2901234-801"),
        ("0596 2901234 分机 801", "0596-2901234-801"),
        ("05962901234x801", "0596-2901234-801"),
        ("010-65551234", "010-65551234"),
        ("021 6555 1234", "021-65551234"),
        ("0592-2271234", "0592-2271234"),
        ("0591-87551234", "0591-87551234"),
    ],
)
def test_landlines(text: str, number: str) -> None:
    phone = parse_phone(text)
    assert (phone.kind, phone.number) == ("landline", number)


@pytest.mark.parametrize(
    "number",
    [
        "12345",
        "110",
        "119",
        "120",
        "122",
        "95588",
        "955881",
        "10086",
        "12348",
        "96345",
        "4008001234",
        "8008301234",
    ],
)
def test_numbers_of_services(number: str) -> None:
    phone = parse_phone(number)
    assert (phone.kind, phone.number) == ("service", number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1380596123",
        "138059612345",
        "12805961234",
        "0596-290123",
        "0596-29012345",
        "0596-1901234",
        "2901234",
        "010-6555123",
        "138+05961234",
        "1380596123a",
        "13805961234 13905961234",
        "35060219490307002",
        "无",
        "+86",
        "+8513805961234",
        "١٣٨٠٥٩٦١٢٣٤",
        "138--05961234",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse_phone(text, "tel")
    assert caught.value.problems[0].field == "tel"


@given(mobiles, st.sampled_from(["", "+86", "0086", "+86 "]), st.sampled_from(["", " ", "-"]))
def test_one_stored_form_for_every_way_of_writing(number: str, country: str, gap: str) -> None:
    written = country + gap.join([number[:3], number[3:7], number[7:]])
    assert parse_phone(written).number == number


@given(st.text(max_size=30) | st.text("0123456789+- ()转", max_size=20))
def test_reading_the_stored_form_again_changes_nothing(text: str) -> None:
    try:
        phone = parse_phone(text)
    except InvalidError:
        return
    assert parse_phone(phone.number) == phone
