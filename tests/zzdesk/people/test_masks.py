"""Masks: what B5.1 shows and nothing more, and values that differ behind equal masks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.errors import BugError
from zzdesk.people.detect import find_personal, hide_personal
from zzdesk.people.masks import MASKS, differ_behind_mask, mask

FIXED = ["name", "id", "phone", "bank", "address"]
"""The masks whose form B5.1 prescribes."""

han = st.text(alphabet=[chr(c) for c in range(0x4E00, 0x9FA5)], min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("name", "林志强", "林*强"),
        ("name", "林强", "林*"),
        ("name", "欧阳修", "欧阳*"),
        ("name", "欧阳明日香", "欧阳*香"),
        ("name", "阿卜杜拉·买买提", "阿*提"),
        ("name", "林", "*"),
        ("id", "350602199001153336", "350602********3336"),
        ("id", "35060319900115331x", "350603********331X"),
        ("id", "350602750615333", "350602********3336"),
        ("id", "E12345678", "********78"),
        ("id", "12345", "********"),
        ("phone", "13805965678", "138****5678"),
        ("phone", "+86 138-0596-5678", "138****5678"),
        ("phone", "0596-2901234", "0596-****34"),
        ("phone", "0596-2901234-801", "0596-****34"),
        ("phone", "12345", "12345"),
        ("phone", "55512", "****"),
        ("bank", "6222021402012341234", "****1234"),
        ("bank", "6222 0214 0201 2341 234", "****1234"),
        ("bank", "1234", "****"),
        (
            "address",
            "芗城区西桥街道延安北路12号幸福小区3幢2单元501室",
            "芗城区西桥街道延安北路12号幸福小区3幢***",
        ),
        ("address", "幸福花园B座1203", "幸福花园B座***"),
        ("address", "丽景社区瑞京花园501", "丽景社区瑞京花园***"),
        ("address", "芗城区延安北路12号", "芗城区延安北路***"),
        ("address", "铜陵镇桥雅社区3楼", "铜陵镇桥雅社区***"),
        ("address", "12 West 178 Street", "***"),
        ("name", "", ""),
        ("phone", None, ""),
        ("id", "  ", ""),
    ],
)
def test_masks(kind: str, text: str | None, shown: str) -> None:
    assert mask(kind, text) == shown


def test_an_unknown_kind_of_mask_is_our_own_fault() -> None:
    with pytest.raises(BugError):
        mask("blood group", "A")


@given(han.filter(lambda name: len(name) > 2))
def test_a_masked_name_never_tells_its_length(name: str) -> None:
    shown = mask("name", name)
    assert shown.count("*") == 1
    assert len(shown) in (3, 4)
    if len(shown) == 4:
        assert name.startswith(shown[:2])


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True))
def test_a_masked_identity_number_hides_the_birthday(number: str) -> None:
    shown = mask("id", number)
    assert shown == number[:6] + "********" + number[14:]


@given(st.sampled_from(FIXED), st.text(min_size=1, max_size=30))
def test_no_mask_ever_shows_the_whole_of_a_long_value(kind: str, text: str) -> None:
    shown = mask(kind, text)
    if len(text.strip()) > 13:
        assert text.strip() not in shown


@given(st.sampled_from(sorted(MASKS)), st.text(max_size=25), st.text(max_size=25))
def test_differing_behind_a_mask_is_symmetric_and_honest(kind: str, one: str, other: str) -> None:
    differ = differ_behind_mask(kind, one, other)
    assert differ == differ_behind_mask(kind, other, one)
    assert not differ_behind_mask(kind, one, one)
    if differ:
        assert mask(kind, one) == mask(kind, other)


def test_two_numbers_that_differ_only_in_hidden_digits() -> None:
    assert differ_behind_mask("id", "350602199001153336", "350602199001143336")
    assert differ_behind_mask("phone", "13811115678", "13822225678")
    assert not differ_behind_mask("phone", "13811115678", "13811115679")
    assert not differ_behind_mask("id", "35060319900115331x", " 35060319900115331X ")


def test_every_number_in_a_text_is_found() -> None:
    text = (
        "王某(350602194903070020)电话13805961234、138-0596-5678或0596-2901234转801，"
        "妻子身份证35060319900115331x，旧证350602750615333，又＋８６１３９０５９６１２３４。"
    )
    hits = find_personal(text)
    assert [(hit.kind, hit.value) for hit in hits] == [
        ("id", "350602194903070020"),
        ("phone", "13805961234"),
        ("phone", "13805965678"),
        ("phone", "0596-2901234-801"),
        ("id", "35060319900115331X"),
        ("id", "350602197506153336"),
        ("phone", "13905961234"),
    ]
    assert all(text[hit.start : hit.end] for hit in hits)


def test_hidden_in_place() -> None:
    assert (
        hide_personal("请联系13805961234或350602194903070020。") == "请联系138****1234或350602********0020。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "工单2026112300013805961234号",
        "金额13805961.23",
        "350602199913453336",
        "合同编号3506021949030700200",
        "12345",
        "",
        "ABC13805961234"[:5],
    ],
)
def test_what_only_looks_like_a_number_is_left(text: str) -> None:
    assert find_personal(text) == []
    assert hide_personal(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "350602 19490307 0020",
        "350602-19490307-0020",
        "350602194903070021",
        "３５０６０２１９４９０３０７００２０",
    ],
)
def test_identity_numbers_with_gaps_full_width_or_a_slip_are_found(text: str) -> None:
    assert [hit.kind for hit in find_personal(f"身份证{text}。")] == ["id"]


@given(
    st.lists(st.sampled_from(["13805961234", "0596-2901234", "350602194903070020"]), max_size=6),
    st.sampled_from(["，", " 和 ", "；", "/"]),
)
def test_as_many_hits_as_numbers_and_none_left_after_hiding(numbers: list[str], between: str) -> None:
    text = between.join(numbers)
    assert len(find_personal(text)) == len(numbers)
    assert find_personal(hide_personal(text)) == []


@given(st.text(max_size=80) | st.text("0123456789+-xX １３年日", max_size=60))
def test_hits_are_in_order_and_do_not_overlap(text: str) -> None:
    at = 0
    for hit in find_personal(text):
        assert at <= hit.start < hit.end <= len(text)
        at = hit.end
