"""Every answer of the centre has a sentence and a next step in both languages."""

from __future__ import annotations

import re

import pytest

from sync.problems import OP_PROBLEMS, REQUEST_PROBLEMS
from zzdesk import errors
from zzdesk.desk import why
from zzdesk.i18n import translate

_HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_problem_of_an_operation_has_a_next_step() -> None:
    assert set(OP_PROBLEMS) - set(why.OPERATIONS) == set()


def test_every_problem_of_a_request_has_a_next_step() -> None:
    assert set(REQUEST_PROBLEMS) - set(why.REQUESTS) == set()


@pytest.mark.parametrize("code", sorted(OP_PROBLEMS))
def test_an_operation_is_explained_in_both_languages(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("zh", "en"):
        monkeypatch.setenv("ZZDESK_LANG", language)
        found = why.explain_operation(code, OP_PROBLEMS[code])
        assert found.what
        assert found.next
        assert found.what != code
        assert bool(_HAN.search(found.what + found.next)) == (language == "zh"), found


@pytest.mark.parametrize("code", [*sorted(REQUEST_PROBLEMS), *sorted(why.DESK)])
def test_the_end_of_a_round_is_explained_in_both_languages(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = {name: title for name, (_, title) in REQUEST_PROBLEMS.items()}
    for language in ("zh", "en"):
        monkeypatch.setenv("ZZDESK_LANG", language)
        found = why.explain_round(code, titles)
        assert found.what
        assert found.next
        assert bool(_HAN.search(found.what + found.next)) == (language == "zh"), found


def test_what_a_newer_centre_says_is_shown_and_leads_to_an_upgrade() -> None:
    found = why.explain_operation("from-the-future", "")
    assert found.what == "from-the-future"
    assert found.next == translate(why.UNKNOWN)
    assert why.explain_operation(None, None) == why.Explained("", "")
    assert why.explain_round(None) == why.Explained("", "")


def test_the_errors_that_end_a_round_without_the_centre_are_known() -> None:
    codes = {found.code for found in vars(errors).values() if isinstance(found, type) and issubclass(found, errors.KnownError)}
    assert {"offline", "not-ours", "busy", "disk-full", "refused"} <= codes & set(why.DESK)
