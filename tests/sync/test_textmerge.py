"""Three-way text merge: what must hold for any three texts, and the cases that people meet."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.textmerge import alignment, merge3, sentences

words = st.sampled_from(["到场", "双方同意", "漏水", "李某", "改期", "看"])
sentence = st.builds(lambda word, mark: word + mark, words, st.sampled_from("。；！\n"))
texts = st.lists(sentence, max_size=10).map("".join)
loose = st.text(alphabet="甲乙。；\n”.! a", max_size=30)
any_text = texts | loose

BASE = "上午到现场。李某称漏水三天。双方同意修理。费用另议。"


def test_changes_in_different_sentences_both_survive() -> None:
    mine = BASE.replace("三天", "五天")
    theirs = BASE.replace("费用另议", "费用各半")
    assert merge3(BASE, mine, theirs) == "上午到现场。李某称漏水五天。双方同意修理。费用各半。"


def test_an_addition_at_each_end() -> None:
    assert merge3(BASE, "接到电话。" + BASE, BASE + "约定周五复查。") == f"接到电话。{BASE}约定周五复查。"


def test_a_deletion_and_an_addition_elsewhere() -> None:
    mine = BASE.replace("上午到现场。", "")
    theirs = BASE + "已拍照。"
    assert merge3(BASE, mine, theirs) == mine + "已拍照。"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (BASE.replace("三天", "五天"), BASE.replace("三天", "一周")),
        (BASE + "甲。", BASE + "乙。"),
        (BASE.replace("费用另议。", ""), BASE.replace("费用另议", "费用各半")),
        (BASE.replace("三天", "五天"), BASE.replace("双方同意", "双方不同意")),
        (BASE.replace("费用另议。", ""), BASE + "已拍照。"),
        ("", BASE + "已拍照。"),
    ],
)
def test_the_same_or_touching_places_clash(mine: str, theirs: str) -> None:
    assert merge3(BASE, mine, theirs) is None


def test_paragraphs_are_apart() -> None:
    base = "第一段\n第二段\n第三段"
    assert (
        merge3(base, "第一段改\n第二段\n第三段", "第一段\n第二段\n第三段改") == "第一段改\n第二段\n第三段改"
    )


def test_where_sentences_end() -> None:
    assert sentences("他说：“不行！”然后走了……好。\n\nA. B? 3.5元") == [
        "他说：“不行！”", "然后走了……", "好。", "\n", "\n", "A.", " B?", " 3.5元",
    ]  # fmt: skip


@given(any_text)
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


@given(any_text, any_text)
def test_identical_sides_are_that_side(base: str, side: str) -> None:
    assert merge3(base, side, side) == side


@given(any_text, any_text)
def test_one_side_unchanged_gives_the_other(base: str, side: str) -> None:
    assert merge3(base, base, side) == side
    assert merge3(base, side, base) == side


@st.composite
def three_versions(draw: st.DrawFn) -> tuple[str, str, str]:
    """Return a base and two sides that were edited from it: sentences put in, taken out, written anew."""
    base = draw(st.lists(sentence, min_size=1, max_size=10))
    sides = []
    for _ in range(2):
        side = list(base)
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, len(side)))
            side[at : at + draw(st.integers(0, 1))] = draw(st.lists(sentence, max_size=2))
        sides.append("".join(side))
    return "".join(base), sides[0], sides[1]


@given(three_versions() | st.tuples(any_text, any_text, any_text))
def test_symmetric(versions: tuple[str, str, str]) -> None:
    base, mine, theirs = versions
    assert merge3(base, mine, theirs) == merge3(base, theirs, mine)


@given(three_versions() | st.tuples(any_text, any_text, any_text))
def test_no_added_sentence_is_lost_and_nothing_is_invented(versions: tuple[str, str, str]) -> None:
    base, mine, theirs = versions
    merged = merge3(base, mine, theirs)
    if merged is None:
        return
    old, left, right, new = (Counter(sentences(text)) for text in (base, mine, theirs, merged))
    for piece in left | right | new:
        assert new[piece] <= left[piece] + right[piece]
        if piece not in old:
            assert new[piece] >= max(left[piece], right[piece])
        if left[piece] >= old[piece] and right[piece] >= old[piece]:
            assert new[piece] >= old[piece]


def test_the_versions_above_reach_merges_and_clashes() -> None:
    outcomes: Counter[str] = Counter()

    @settings(max_examples=300, database=None)
    @given(three_versions())
    def reach(versions: tuple[str, str, str]) -> None:
        base, mine, theirs = versions
        if base not in (mine, theirs) and mine != theirs:
            outcomes["clash" if merge3(base, mine, theirs) is None else "merge"] += 1

    reach()
    assert outcomes["merge"] >= 15
    assert outcomes["clash"] >= 15


@given(st.data(), st.integers(3, 30))
def test_edits_with_an_unchanged_sentence_between_them_both_survive(data: st.DataObject, size: int) -> None:
    base = [f"第{at}句。" for at in range(size)]
    cut = data.draw(st.integers(1, size - 2))
    mine, theirs, both = list(base), list(base), list(base)
    for side, first, end, mark in ((mine, 0, cut, "甲"), (theirs, cut + 1, size, "乙")):
        for at in data.draw(st.sets(st.integers(first, end - 1), min_size=1)):
            change = data.draw(
                st.sampled_from(
                    ["", f"{mark}{at}改。", f"{mark}{at}前。第{at}句。", f"第{at}句。{mark}{at}后。"]
                )
            )
            side[at] = both[at] = change
    assert merge3("".join(base), "".join(mine), "".join(theirs)) == "".join(both)


@given(st.lists(sentence, max_size=25), st.lists(sentence, max_size=25))
def test_an_alignment_is_of_equal_sentences_in_order(one: list[str], other: list[str]) -> None:
    pairs = sorted(alignment(one, other).items())
    assert all(one[at] == other[at2] for at, at2 in pairs)
    assert [at2 for _, at2 in pairs] == sorted({at2 for _, at2 in pairs})


@given(any_text, any_text, any_text)
def test_merging_the_result_again_changes_nothing(base: str, mine: str, theirs: str) -> None:
    merged = merge3(base, mine, theirs)
    if merged is not None:
        assert merge3(mine, merged, merged) == merged
        assert merge3(theirs, merged, theirs) == merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("。 " * 10_000, "a。 " + "。 " * 9_990, "。 " * 9_990 + "b。"),
        ("甲。乙。" * 5_000, "乙。甲。" * 5_000, "甲。" * 10_000),
        (
            "".join(f"{at}。" for at in range(3_500)),
            "".join(f"{at}。" for at in range(3_500, 0, -1)),
            "x。" * 6_000,
        ),
        ("\n" * 20_000, "a\n" * 10_000, "b\n" * 10_000),
        ("甲" * 20_000, "乙" * 20_000, "丙" * 20_000),
        (
            "".join(f"{at % 97}。{at % 89}。" for at in range(3_300)),
            "".join(f"{at % 89}。{at % 97}。" for at in range(3_300)),
            "。" * 9,
        ),
    ],
)
def test_twenty_thousand_characters_take_bounded_time(base: str, mine: str, theirs: str) -> None:
    started = time.process_time()
    merge3(base, mine, theirs)
    assert time.process_time() - started < 3
