"""Pinyin of names: surnames with a reading of their own, compound surnames, and what may be typed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.pinyin import initials, readings, search_terms, surname_length

SURNAMES = [
    ("单雄信", "shan xiong xin"),
    ("解缙", "xie jin"),
    ("区志强", "ou zhi qiang"),
    ("查良镛", "zha liang yong"),
    ("朴正熙", "piao zheng xi"),
    ("仇英", "qiu ying"),
    ("曾国藩", "zeng guo fan"),
    ("覃文静", "qin wen jing"),
    ("尉迟恭", "yu chi gong"),
    ("万俟卨", "mo qi xie"),
    ("王伟", "wang wei"),
    ("欧阳修", "ou yang xiu"),
    ("吕洞宾", "lv dong bin"),
    ("翟让", "zhai rang"),
    ("任我行", "ren"),
]


@pytest.mark.parametrize(("name", "spoken"), SURNAMES)
def test_the_surnames_own_reading_comes_first(name: str, spoken: str) -> None:
    expected = tuple(spoken.split())
    assert readings(name)[0][: len(expected)] == expected


@pytest.mark.parametrize(
    ("name", "typed"), [("单雄信", "dan"), ("曾国藩", "ceng"), ("覃文静", "tan"), ("解缙", "jie")]
)
def test_the_common_reading_is_found_too(name: str, typed: str) -> None:
    assert any(term.startswith(typed) for term in search_terms(name))


def test_initials() -> None:
    assert [initials(name) for name in ("王晓明", "曾国藩", "欧阳修", "John Smith", "", "·")] == [
        "wxm", "zgf", "oyx", "js", "", "",
    ]  # fmt: skip


def test_what_may_be_typed_for_a_name() -> None:
    assert search_terms("李晓明") == {"lixiaoming", "xiaoming", "ming", "lxm", "xm", "m"}


def test_surname_length() -> None:
    assert [surname_length(name) for name in ("欧阳修", "欧阳", "王伟", "")] == [2, 1, 1, 1]


def test_importing_does_not_load_the_converter() -> None:
    script = "import sys, zzdesk.pinyin as p; assert p.readings('ab') ; assert 'pypinyin' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)


@given(st.text(max_size=12))
def test_any_text_gives_plain_lower_case_terms(name: str) -> None:
    for term in search_terms(name):
        assert term.isascii()
        assert term.isalnum()
        assert term == term.lower()


@given(st.text(alphabet=[chr(c) for c in range(0x4E00, 0x4F00)] + ["𠮷", "·", "a"], min_size=1, max_size=4))
def test_the_full_reading_is_always_among_the_terms(name: str) -> None:
    for reading in readings(name):
        assert "".join(reading) in search_terms(name)
