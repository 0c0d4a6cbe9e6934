"""Points as double entry: balances, the month's cap, what a redemption is answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.patrol import ledger
from zzdesk.patrol.ledger import Entry


def earn(key: str, amount: int = 10, month: str = "2026-05") -> Entry:
    return Entry(key, ledger.ISSUED, ledger.VOLUNTEER, amount, ledger.EARN, month)


def spend(key: str, amount: int) -> Entry:
    return Entry(key, ledger.VOLUNTEER, ledger.REDEEMED, amount, ledger.REDEEM, "2026-05")


def test_an_account_is_the_sum_of_its_entries() -> None:
    assert ledger.balance([earn("a"), earn("b"), spend("c", 5)]) == 15
    assert ledger.available([earn("a"), spend("c", 25)]) == 0


def test_a_month_gives_no_more_than_its_cap_and_the_next_begins_anew() -> None:
    full = [earn(str(n)) for n in range(21)]
    assert (ledger.balance(full), ledger.beyond_the_cap(full), ledger.available(full)) == (210, 10, 200)
    back = Entry("r", ledger.VOLUNTEER, ledger.ISSUED, 10, ledger.REVERSE, "2026-05", reverses="20")
    assert (ledger.beyond_the_cap([*full, back]), ledger.available([*full, back])) == (0, 200)
    assert ledger.available([*full, earn("june", month="2026-06")]) == 210


@pytest.mark.parametrize(("left", "spare", "said"), [
    (1, 0, "granted"), (0, 50, "out-of-stock"), (0, -5, "out-of-stock"), (2, -1, "short"),
])  # fmt: skip
def test_what_a_redemption_is_answered(left: int, spare: int, said: str) -> None:
    assert ledger.answer(left, spare) == said


def test_one_thing_is_booked_once_wherever_it_is_booked() -> None:
    assert ledger.entry_id("earn", "s-1") == ledger.entry_id("earn", "s-1")
    assert len({ledger.entry_id(what, about) for what in ("earn", "redeem") for about in ("a", "b")}) == 4


@given(st.lists(st.tuples(st.sampled_from(ledger.ACCOUNTS), st.sampled_from(ledger.ACCOUNTS), st.integers(1, 99))))
def test_all_accounts_together_hold_nothing(moves: list[tuple[str, str, int]]) -> None:
    accounts = dict.fromkeys(ledger.ACCOUNTS, 0)
    for debit, credit, amount in moves:
        accounts[debit] -= amount
        accounts[credit] += amount
    assert sum(accounts.values()) == 0
    entries = [Entry(str(n), d, c, a, "adjust", "2026-05") for n, (d, c, a) in enumerate(moves)]
    assert ledger.balance(entries) == accounts[ledger.VOLUNTEER]
