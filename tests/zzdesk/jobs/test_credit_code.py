"""Unified social credit codes: vectors, the remainder of zero, and any one changed character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from zzdesk.errors import InvalidError
from zzdesk.jobs.credit_code import ALPHABET, check_character, parse_credit_code

VECTORS = [
    ("91350602MA2XYA1234", "企业"),
    ("92350603MA8TQ4567A", "个体工商户"),
    ("52350603MJB000001J", "民办非企业单位"),
    ("54350602MB0000001B", "基层群众性自治组织"),
    ("11350602MB1234567D", "机关"),
    ("91350603MA33000090", "企业"),
]

bodies = st.builds(
    lambda head, region, body: head + region + body,
    st.sampled_from(["91", "92", "93", "51", "54", "N1", "A1", "Y1"]),
    st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
    st.text(ALPHABET, min_size=9, max_size=9),
)


def refused(text: str) -> str:
    with pytest.raises(InvalidError) as caught:
        parse_credit_code(text)
    assert caught.value.problems[0].field == "credit_code"
    return caught.value.problems[0].message


@pytest.mark.parametrize(("code", "kind"), VECTORS)
def test_vectors(code: str, kind: str) -> None:
    parsed = parse_credit_code(code)
    assert (parsed.code, parsed.kind, parsed.region_code) == (code, kind, code[2:8])


def test_remainder_zero_gives_the_character_zero() -> None:
    assert check_character("91350603MA3300009") == "0"


@pytest.mark.parametrize(
    "text",
    [
        " 91350602ma2xya1234\n",
        "９１３５０６０２ＭＡ２ＸＹＡ１２３４",
        "９１３５０６０２ｍａ２ｘｙａ１２３４",
        "\u300091350602MA2XYA1234",
    ],
)
def test_small_full_width_and_padded_codes_are_taken(text: str) -> None:
    assert parse_credit_code(text).code == "91350602MA2XYA1234"


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_the_standard_leaves_out_are_named(letter: str) -> None:
    assert "I、O、S、V、Z" in refused(f"91350602{letter}A2XYA1234")


@pytest.mark.parametrize(
    "text", ["", "91350602MA2XYA123", "91350602MA2XYA12345", "9135060-MA2XYA1234", "91３５０６０٢MA2XYA1234"]
)
def test_wrong_lengths_and_characters(text: str) -> None:
    assert refused(text)


@given(bodies)
def test_agrees_with_the_stdnum_library(body: str) -> None:
    code = body + check_character(body)
    assert parse_credit_code(code).code == code
    assert uscc.calc_check_digit(body) == code[17]


@given(bodies, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_one_changed_character_is_caught(body: str, place: int, other: str) -> None:
    code = body + check_character(body)
    changed = code[:place] + other + code[place + 1 :]
    if changed != code:
        assert refused(changed)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert len(parse_credit_code(text).code) == 18
    except InvalidError as error:
        reason = error.text()
        assert reason.startswith("credit_code：")
