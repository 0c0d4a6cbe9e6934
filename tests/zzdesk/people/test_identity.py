"""Identity numbers: the vectors of GB 11643-1999 practice, and the properties that every number has."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from zzdesk.errors import InvalidError
from zzdesk.people.identity import MAX_AGE, check_digit, parse_identity
from zzdesk.people.regions import PROVINCES, ZHANGZHOU, region_name

TODAY = date(2026, 11, 23)

VECTORS = [
    ("350602194903070020", "female", date(1949, 3, 7), "漳州市芗城区"),
    ("35060319900115331X", "male", date(1990, 1, 15), "漳州市龙文区"),
    ("35060219880808019X", "male", date(1988, 8, 8), "漳州市芗城区"),
    ("350604202308101013", "male", date(2023, 8, 10), "漳州市龙海区"),
    ("350605202402292027", "female", date(2024, 2, 29), "漳州市长泰区"),
    ("350625197506153330", "male", date(1975, 6, 15), "漳州市长泰县"),
    ("350681196611114444", "female", date(1966, 11, 11), "漳州市龙海市"),
    ("350626195202290018", "male", date(1952, 2, 29), "漳州市东山县"),
    ("350627200909015255", "male", date(2009, 9, 1), "漳州市南靖县"),
    ("350628201103156260", "female", date(2011, 3, 15), "漳州市平和县"),
    ("810000198807071115", "male", date(1988, 7, 7), "香港居民居住证"),
    ("830000199109092128", "female", date(1991, 9, 9), "台湾居民居住证"),
]


def number_of(region: str, birth: date, serial: int) -> str:
    """Return the number with the right check digit."""
    seventeen = f"{region}{birth:%Y%m%d}{serial:03d}"
    return seventeen + check_digit(seventeen)


regions = st.sampled_from(
    sorted(ZHANGZHOU) + [f"{p}0100" for p in PROVINCES] + ["810000", "820000", "830000"]
)
births = st.dates(date(1897, 1, 1), TODAY)
numbers = st.builds(number_of, regions, births, st.integers(0, 999))


def refused(text: str) -> str:
    """Return the message with which ``text`` is refused."""
    with pytest.raises(InvalidError) as caught:
        parse_identity(text, TODAY)
    assert caught.value.problems[0].field == "identity_number"
    assert text.strip() not in caught.value.text() or not text.strip()
    return caught.value.problems[0].message


@pytest.mark.parametrize(("number", "sex", "birth", "region"), VECTORS)
def test_vectors_are_accepted_with_what_they_say(number: str, sex: str, birth: date, region: str) -> None:
    identity = parse_identity(number, TODAY)
    assert (identity.number, identity.sex, identity.birth, identity.region) == (number, sex, birth, region)
    assert identity.warnings == ()


@pytest.mark.parametrize("number", [v[0] for v in VECTORS])
def test_changing_any_one_character_of_a_vector_is_caught(number: str) -> None:
    for place in range(18):
        for other in "0123456789" + ("X" if place == 17 else ""):
            if other != number[place]:
                refused(number[:place] + other + number[place + 1 :])


def test_ages_that_matter_for_work() -> None:
    assert parse_identity("350627200909015255", TODAY).age_on(TODAY) == 17
    assert parse_identity("350628201103156260", TODAY).age_on(TODAY) == 15


def test_a_leap_day_birthday_counts_from_the_first_of_march() -> None:
    identity = parse_identity("350626195202290018", TODAY)
    assert [identity.age_on(date(2026, 2, 28)), identity.age_on(date(2026, 3, 1))] == [73, 74]
    assert identity.age_on(date(2024, 2, 29)) == 72


def test_fifteen_digits_become_eighteen() -> None:
    identity = parse_identity("350602750615333", TODAY)
    assert identity.number == "350602197506153336"
    assert identity.birth == date(1975, 6, 15)


@pytest.mark.parametrize(
    "text",
    [
        "  350602194903070020 ",
        "350602194903070020\n",
        "３５０６０２１９４９０３０７００２０",
        "\u3000350602194903070020\u3000",
        "\ufeff350602194903070020",
    ],
)
def test_blanks_around_and_full_width_digits_are_taken(text: str) -> None:
    assert parse_identity(text, TODAY).number == "350602194903070020"


@pytest.mark.parametrize(
    "text",
    ["35060319900115331x", "３５０６０３１９９００１１５３３１ｘ", "３５０６０３１９９００１１５３３１Ｘ"],
)
def test_small_and_full_width_x_are_taken(text: str) -> None:
    assert parse_identity(text, TODAY).number == "35060319900115331X"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("350602202302290017", "不存在"),
        ("35060219490307002", "18位"),
        ("3506021949030700200", "18位"),
        ("", "18位"),
        ("35060219490307002A", "只能含数字"),
        ("X50602194903070020", "只能含数字"),
        ("٣50602194903070020", "只能含数字"),
        ("350602750231333", "不存在"),
        ("350602 194903070020", "18位"),
    ],
)
def test_what_is_refused_and_why(text: str, words: str) -> None:
    assert words in refused(text)


def test_birth_after_today_and_before_living_memory_are_refused() -> None:
    assert "晚于今天" in refused(number_of("350602", TODAY + timedelta(days=1), 1))
    assert parse_identity(number_of("350602", TODAY, 1), TODAY).age_on(TODAY) == 0
    assert "130" in refused(number_of("350602", date(TODAY.year - MAX_AGE - 1, 11, 23), 1))
    assert parse_identity(number_of("350602", date(TODAY.year - MAX_AGE, 11, 23), 1), TODAY)


@pytest.mark.parametrize("region", ["350699", "350630", "810001", "660101"])
def test_an_unknown_region_is_a_warning_and_never_a_refusal(region: str) -> None:
    identity = parse_identity(number_of(region, date(1980, 1, 1), 11), TODAY)
    assert identity.region is None
    assert region in identity.warnings[0].text()


def test_the_card_of_a_foreign_resident_has_the_same_form() -> None:
    identity = parse_identity(number_of("935840", date(1980, 1, 1), 11), TODAY)
    assert (identity.region, identity.warnings) == ("外国人永久居留身份证", ())
    assert "0开头" in refused(number_of("010101", date(1980, 1, 1), 11))


def test_every_code_of_zhangzhou_now_and_before_is_known_in_any_year() -> None:
    for code, name in ZHANGZHOU.items():
        for year in (1900, 1949, 1990, 2026):
            assert parse_identity(number_of(code, date(year, 1, 1), 2), TODAY).region == name
    assert region_name("352601") == "福建省"


@given(numbers)
def test_a_well_made_number_is_read_back(number: str) -> None:
    identity = parse_identity(number, TODAY)
    assert identity.number == number
    assert f"{identity.birth:%Y%m%d}" == number[6:14]
    assert identity.sex == ("male" if int(number[16]) % 2 else "female")


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_one_changed_character_is_caught(number: str, place: int, other: str) -> None:
    changed = number[:place] + other + number[place + 1 :]
    if changed == number:
        return
    with pytest.raises(InvalidError):
        parse_identity(changed, TODAY)


@given(numbers, st.integers(0, 16))
def test_two_neighbours_exchanged_are_caught(number: str, place: int) -> None:
    changed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if changed == number:
        return
    with pytest.raises(InvalidError):
        parse_identity(changed, TODAY)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    try:
        assert len(parse_identity(text, TODAY).number) == 18
    except InvalidError as error:
        reason = error.text()
        assert reason.startswith("identity_number：")


@given(st.builds(number_of, st.sampled_from(sorted(ZHANGZHOU)), births, st.integers(0, 999)))
def test_whatever_the_stdnum_library_takes_is_taken_here(number: str) -> None:
    if ric.is_valid(number):
        assert parse_identity(number, TODAY).number == number


def test_the_stdnum_library_would_turn_real_elders_away() -> None:
    """The reason why the code is ours: if a new release accepts these, it may be looked at again."""
    turned_away = [v[0] for v in VECTORS if not ric.is_valid(v[0])]
    assert {"350602194903070020", "350625197506153330", "350626195202290018"} <= set(turned_away)
