"""Logging in by the system keyring: two consents, one account, the same audit, and no way around a lock-out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.keyrings import InMemory
from zzdesk.clock import Clock, FixedClock
from zzdesk.desk import accounts
from zzdesk.desk.arrival import key_by_system
from zzdesk.desk.facts import home_state
from zzdesk.desk.glance import door_of
from zzdesk.desk.keyring import allow_system_keyring, forget_me, keyring_state, remember_me
from zzdesk.desk.session import Desk, create_home, open_desk
from zzdesk.errors import LockedOutError, RefusedError, WrongPasswordError
from zzdesk.settings import change_settings, load_settings
from zzdesk.store.audit import Audit
from zzdesk.store.keys import TEST_COST
from zzdesk.store.unit import Reader

STATION, PASSWORD = "350602002004", "Desk-4711-blue"


@pytest.fixture
def desk(home: Path, clock: FixedClock) -> Iterator[Desk]:
    made, _ = create_home(home, STATION, "li", PASSWORD, clock, cost=TEST_COST)
    yield made
    made.close()


def _lines(desk: Desk) -> list[tuple[str, str]]:
    def ask(read: Reader) -> list[tuple[str, str]]:
        query = select(Audit.event, Audit.facts).order_by(Audit.seq)
        return [(event, facts) for event, facts in read.session.execute(query)]

    return desk.read(ask)


def by_system(home: Path, login: str | None, clock: Clock) -> Desk:
    """Log in as the window does where somebody chose the keyring of the system."""
    door, info = door_of(home, login, clock)
    opened = Desk(door.paths, info, door.keys, door.clock, door.login)
    opened.enter(key_by_system(door), "login", by="system")
    return opened


def test_both_the_administrator_and_the_person_must_want_it(desk: Desk, system_keyring: InMemory) -> None:
    with pytest.raises(RefusedError):
        remember_me(desk, PASSWORD)
    assert allow_system_keyring(desk, True).allowed
    with pytest.raises(WrongPasswordError):
        remember_me(desk, "not it")
    assert system_keyring.kept == {}
    with pytest.raises(RefusedError):
        by_system(desk.home, None, desk.clock)
    assert remember_me(desk, PASSWORD).mine
    assert home_state(desk.home).by_system == ("li",)


def test_the_log_in_is_audited_like_any_other_and_says_how(desk: Desk, system_keyring: InMemory) -> None:
    allow_system_keyring(desk, True)
    remember_me(desk, PASSWORD)
    desk.close()
    with by_system(desk.home, "LI", desk.clock) as opened:
        assert opened.actor.login == "li"
        lines = _lines(opened)
    assert [event for event, _ in lines][-4:] == ["keyring.allow", "keyring.remember", "logout", "login"]
    assert '"by":"system"' in lines[-1][1]


def test_another_account_does_not_come_in_by_somebody_elses_slot(desk: Desk, system_keyring: InMemory) -> None:
    accounts.add_account(desk, "wang", "王敏", ["clerk"], "Another-4711-red")
    allow_system_keyring(desk, True)
    remember_me(desk, PASSWORD)
    with pytest.raises(RefusedError):
        by_system(desk.home, "wang", desk.clock)
    with open_desk(desk.home, "wang", "Another-4711-red", desk.clock, cost=TEST_COST) as other:
        assert not keyring_state(other).mine
        with pytest.raises(RefusedError):
            allow_system_keyring(other, False)


def test_the_locked_screen_asks_for_the_password_unless_the_policy_says_otherwise(
    desk: Desk, system_keyring: InMemory
) -> None:
    allow_system_keyring(desk, True)
    remember_me(desk, PASSWORD)
    desk.lock()
    with pytest.raises(RefusedError):
        desk.unlock_by_system()
    assert desk.locked
    desk.unlock(PASSWORD)
    assert allow_system_keyring(desk, True, unlocks=True).unlocks
    desk.lock()
    desk.unlock_by_system()
    assert not desk.locked
    assert _lines(desk)[-1] == ("desk.unlock", '{"by":"system"}')


def test_five_wrong_passwords_shut_this_door_too(desk: Desk, system_keyring: InMemory, clock: FixedClock) -> None:
    allow_system_keyring(desk, True, unlocks=True)
    remember_me(desk, PASSWORD)
    desk.lock()
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            desk.unlock("not it")
    with pytest.raises(LockedOutError):
        desk.unlock_by_system()
    with pytest.raises(LockedOutError):
        by_system(desk.home, None, clock)
    clock.advance(660)
    desk.unlock_by_system()
    assert [event for event, _ in _lines(desk)].count("login.failed") == 5


def test_forbidding_it_takes_every_slot_away(desk: Desk, system_keyring: InMemory) -> None:
    allow_system_keyring(desk, True, unlocks=True)
    remember_me(desk, PASSWORD)
    state = allow_system_keyring(desk, False)
    assert (state.allowed, state.unlocks, state.mine, system_keyring.kept) == (False, False, False, {})
    assert home_state(desk.home).by_system == ()


def test_one_can_take_it_back_and_a_reset_or_a_stop_takes_it_too(desk: Desk, system_keyring: InMemory) -> None:
    accounts.add_account(desk, "wang", "王敏", ["clerk"], "Another-4711-red")
    allow_system_keyring(desk, True)
    remember_me(desk, PASSWORD)
    assert not forget_me(desk).mine
    _wang_remembers(desk, "Another-4711-red")
    accounts.reset_password(desk, "wang", "Third-4711-green")
    assert (desk.keys.remembered(), system_keyring.kept) == ([], {})
    _wang_remembers(desk, "Third-4711-green")
    accounts.disable_account(desk, "wang")
    assert (desk.keys.remembered(), system_keyring.kept) == ([], {})


def _wang_remembers(desk: Desk, password: str) -> None:
    with open_desk(desk.home, "wang", password, desk.clock, cost=TEST_COST) as other:
        assert remember_me(other, password).mine


def test_a_keyring_that_is_shut_opens_nothing_and_loses_nothing(desk: Desk, system_keyring: InMemory) -> None:
    allow_system_keyring(desk, True)
    remember_me(desk, PASSWORD)
    system_keyring.shut = True
    with pytest.raises(RefusedError):
        by_system(desk.home, None, desk.clock)
    forget_me(desk)
    system_keyring.shut = False
    with pytest.raises(RefusedError):
        by_system(desk.home, None, desk.clock)
    assert "keyring.left-behind" in [event for event, _ in _lines(desk)]


def test_without_a_keyring_the_reason_is_told_and_nothing_is_switched(desk: Desk) -> None:
    assert keyring_state(desk).obstacle == "这台电脑没有可用的系统密钥库，请用密码登录。"
    with pytest.raises(RefusedError):
        allow_system_keyring(desk, True)
    assert not load_settings(desk.paths.settings).system_keyring


def test_the_policy_leaves_the_other_settings_as_they_lie_on_the_disk(desk: Desk, system_keyring: InMemory) -> None:
    change_settings(desk.paths.settings, theme="dark")
    allow_system_keyring(desk, True)
    kept = load_settings(desk.paths.settings)
    assert (kept.theme, kept.system_keyring) == ("dark", True)
