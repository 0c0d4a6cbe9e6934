"""Divisions: the whole list, finding a community by typing, and codes of former years."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.errors import NotFoundError
from zzdesk.places import queries
from zzdesk.places.history import CODE_HISTORY, current_code

SEEDS = {
    "350602002004": ("西桥社区", "西桥街道", "芗城区"),
    "350602007007": ("金品社区", "芝山街道", "芗城区"),
    "350603005004": ("丽景社区", "景山街道", "龙文区"),
    "350626106005": ("桥雅社区", "铜陵镇", "东山县"),
}
COMMUNITIES = {
    "漳浦县": 352, "龙海区": 311, "平和县": 264, "诏安县": 259, "云霄县": 212, "南靖县": 204,
    "芗城区": 179, "华安县": 103, "长泰区": 88, "龙文区": 83, "东山县": 80,
}  # fmt: skip


def codes(text: str, limit: int = 20) -> list[str]:
    return [place.code for place in queries.find(text, limit)]


def test_the_list_is_whole() -> None:
    districts = queries.children("3506")
    streets = [street for district in districts for street in queries.children(district.code)]
    communities = [place for street in streets for place in queries.children(street.code)]
    assert (len(districts), len(streets), len(communities)) == (11, 146, 2135)
    assert Counter(place.district for place in communities) == COMMUNITIES


@pytest.mark.parametrize(("code", "names"), SEEDS.items())
def test_the_seed_communities(code: str, names: tuple[str, str, str]) -> None:
    place = queries.get(code)
    assert (place.name, place.street, place.district) == names
    assert place.full_name == "漳州市" + names[2] + names[1] + names[0]
    assert place.level == "community"
    assert queries.ancestors(code) == (code[:9], code[:6], "3506")


@pytest.mark.parametrize(
    "text",
    [
        "xqsq",
        "XQSQ",
        "西桥",
        "西桥社区",
        "西桥社区居委会",
        "350602002004",
        "３５０６０２００２００４",
        "xiqiao",
        "xi qiao",
        "芗城 西桥",
        "芗城区西桥街道西桥社区",
        " 西桥\u3000",
        "西桥街道 社区",
    ],
)
def test_every_way_of_typing_finds_the_community_first_or_among_the_first(text: str) -> None:
    assert "350602002004" in codes(text, 5)


def test_an_exact_name_comes_first() -> None:
    assert codes("西桥社区")[0] == "350602002004"
    assert codes("漳浦县")[0] == "350623"
    assert codes("xqsq")[0] == "350602002004"
    assert codes("西桥街道")[0] == "350602002"


@pytest.mark.parametrize("text", ["", "  ", "没有这个地方", "zzzz", "999999", "%", "'", "西桥 没有"])
def test_nothing_found(text: str) -> None:
    assert queries.find(text) == []


def test_a_level_and_a_limit_are_kept() -> None:
    assert [place.name for place in queries.find("西桥", level="street")] == ["西桥街道"]
    assert len(queries.find("社区", limit=7)) == 7


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("3506", "漳州市"),
        ("350602", "芗城区"),
        ("350602000000", "芗城区"),
        ("350602002000", "西桥街道"),
        ("350600", "漳州市"),
        ("350681", "龙海区"),
        ("350625", "长泰区"),
        ("352521", "龙海区"),
        ("350621", "龙海区"),
    ],
)
def test_codes_of_every_level_and_of_former_years(code: str, name: str) -> None:
    assert queries.get(code).name == name


@pytest.mark.parametrize("code", ["", "1", "350699", "350602002999", "110101", "西桥"])
def test_a_code_that_is_none_is_told(code: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        queries.get(code)
    assert caught.value.params == {"code": code}


def test_the_history_ends_in_codes_of_today() -> None:
    for change in CODE_HISTORY:
        assert queries.exists(current_code(change.old))
        assert not queries.exists(change.old)
    assert current_code("350681102003") == "350604102003"
    assert queries.code_history()[-1].since == 2021


@pytest.mark.parametrize(
    ("text", "name"), [("changpu", "长埔村"), ("xiandu", "仙都村"), ("zhangpu", "漳浦县")]
)
def test_places_are_read_as_people_here_read_them(text: str, name: str) -> None:
    assert name in [place.name for place in queries.find(text)]


def test_names_are_the_ones_people_use() -> None:
    endings = Counter(
        place.name[-1] for street in queries.children("350602") for place in queries.children(street.code)
    )
    assert set(endings) <= {"区", "村", "会"}
    assert queries.get("350602001001").official == "金宝社区居委会"


@given(st.sampled_from([*SEEDS, "350623101001", "350604501400", "350602", "350626106"]))
def test_any_place_is_found_by_its_code_name_and_pinyin(code: str) -> None:
    place = queries.get(code)
    assert codes(code)[0] == code
    assert code in codes(f"{place.district} {place.name}")


@given(st.text(max_size=10))
def test_any_text_may_be_typed(text: str) -> None:
    assert len(queries.find(text, 5)) <= 5


def test_finding_needs_no_converter_and_imports_fast() -> None:
    script = "import sys; from zzdesk.places import queries as q; q.find('xqsq'); assert 'pypinyin' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.bench
def test_a_search_is_quick() -> None:
    queries.find("x")
    started = time.perf_counter()
    for text in ("西桥", "xq", "350602", "社区", "s"):
        queries.find(text)
    assert (time.perf_counter() - started) / 5 < 0.02
