"""A bundle that is not bit for bit what its sender wrote is refused with a clear sentence and changes nothing; the good one
still works.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.bundle import BundleError
from sync.client import bundle as stick
from tests.sync.bundle.sticks import (
    Attempt,
    Office,
    good_one_still_works,
    parts,
    rebuilt,
)
from zzdesk.desk.session import Desk

# ---- altered on the way ---------------------------------------------------------------------------------------------


@st.composite
def flips(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Turn one bit somewhere; every region is as likely, however short it is."""
    region, which = (
        draw(st.sampled_from(("magic", "length", "header", "frame", "trailer", "signature"))),
        draw(st.integers(0, 9)),
    )
    place, bit = draw(st.floats(0, 1, exclude_max=True)), draw(st.integers(0, 7))

    def flip(data: bytes) -> bytes:
        where = parts(data)[region]
        start, end = where[which % len(where)]
        at = start + int(place * (end - start))
        return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]

    return flip


def test_a_flipped_bit_is_found_at_the_centre(
    office: Office, desk: Desk, up: Path, at_centre: Attempt
) -> None:
    @given(flips())
    @settings(max_examples=150)
    def every_flip(flip: Callable[[bytes], bytes]) -> None:
        at_centre(flip(up.read_bytes()))

    every_flip()
    good_one_still_works(office, desk, up)


def test_a_flipped_bit_is_found_at_the_desk(office: Office, desk: Desk, down: Path, at_desk: Attempt) -> None:
    @given(flips())
    @settings(max_examples=150)
    def every_flip(flip: Callable[[bytes], bytes]) -> None:
        at_desk(flip(down.read_bytes()))

    every_flip()
    assert stick.take_in(desk, down).pushed == 9


def cuts(data: bytes) -> list[int]:
    """Every border of a part, one byte before and after it, and the middle of every part."""
    spans = [span for spans in parts(data).values() for span in spans]
    places = {
        at + step for start, end in spans for at in (start, end, (start + end) // 2) for step in (-1, 0, 1)
    }
    return sorted(at for at in places if 0 <= at < len(data))


def test_a_cut_file_is_found_wherever_it_was_cut(
    office: Office, desk: Desk, up: Path, at_centre: Attempt, down: Path, at_desk: Attempt
) -> None:
    assert len(parts(up.read_bytes())["frame"]) == 5
    for at in cuts(down.read_bytes()):
        at_desk(down.read_bytes()[:at])
    assert stick.take_in(desk, down).pushed == 9


def test_a_cut_file_is_found_at_the_centre(office: Office, desk: Desk, up: Path, at_centre: Attempt) -> None:
    for at in cuts(up.read_bytes()):
        at_centre(up.read_bytes()[:at])
    at_centre(up.read_bytes() + b"\0")
    at_centre(up.read_bytes() + up.read_bytes())
    good_one_still_works(office, desk, up)


@pytest.mark.parametrize("order", [
    lambda frames: frames[::-1],
    lambda frames: [frames[0], frames[1], frames[3], frames[2], *frames[4:]],
    lambda frames: [*frames, frames[-1]],
    lambda frames: [frames[0], frames[0], *frames[2:]],
    lambda frames: frames[:-1],
    lambda frames: frames[1:],
    lambda frames: [],
], ids=["reversed", "swapped", "last twice", "first twice", "last gone", "first gone", "none"])  # fmt: skip
def test_frames_in_another_order_are_found(
    office: Office, desk: Desk, up: Path, at_centre: Attempt, order: Callable[[list[bytes]], list[bytes]]
) -> None:
    at_centre(rebuilt(up.read_bytes(), order))
    good_one_still_works(office, desk, up)


def test_frames_in_another_order_are_found_at_the_desk(desk: Desk, down: Path, at_desk: Attempt) -> None:
    assert len(parts(down.read_bytes())["frame"]) >= 4
    for order in (lambda f: f[::-1], lambda f: [*f, f[0]], lambda f: f[:-1], lambda f: [f[1], f[0], *f[2:]]):
        at_desk(rebuilt(down.read_bytes(), order))
    assert stick.take_in(desk, down).pushed == 9


def test_what_is_no_bundle_at_all_is_named_so(office: Office, desk: Desk, up: Path) -> None:
    for content in (b"", b"PK\x03\x04 a document", b"<html>please log in</html>", b"zzsync bundle"):
        other = office.stick / "报告.docx"
        other.write_bytes(content)
        with pytest.raises(BundleError, match="不是本程序的数据包"):
            office.receive(other)
        with pytest.raises(BundleError, match="不是本程序的数据包"):
            stick.show(other)


def test_lengths_are_not_believed(office: Office, up: Path, at_centre: Attempt) -> None:
    data = up.read_bytes()
    for start, end in parts(data)["length"]:
        for length in (2**32 - 1, 2**31, 64 * 1024 + 1, 8 * 1024 * 1024 + 1):
            at_centre(data[:start] + length.to_bytes(4) + data[end:])


def test_the_name_of_the_file_means_nothing(office: Office, desk: Desk, up: Path) -> None:
    renamed = up.rename(up.with_name("给街道办的 东西（2）.备份"))
    assert office.receive(renamed).operations == 9
    answer = (office.stick / "down.zzb").rename(office.stick / "答复")
    assert stick.take_in(desk, answer).pushed == 9
