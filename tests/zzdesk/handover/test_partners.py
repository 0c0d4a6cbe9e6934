"""By what words a partner is known: a report that came from it is not handed back, and what only sounds like it is not it."""

from __future__ import annotations

import pytest

from zzdesk.handover.partners import shipped


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("12345", {"12345"}), ("１２３４５", {"12345"}), ("漳州12345热线", {"12345"}), ("市长热线", {"12345"}),
        ("0596-2123456", set()),
        ("110", {"110"}), ("市局110指挥中心", {"110"}), ("社区110", set()), ("民生 110", set()), ("社区（乡村）110", set()),
        ("社区110转110", {"110"}), ("1100", set()), ("平安漳州E家", {"city"}), ("City Grid Platform", {"city"}),
        ("city", {"city"}), ("capacity", set()), ("数字城管", {"urban"}), ("", set()), (None, set()),
    ],
)  # fmt: skip
def test_a_partner_is_known_however_it_is_spelled(said: str | None, codes: set[str]) -> None:
    assert {code for code, each in shipped().items() if each.is_named(said)} == codes
