"""Unlocking: passwords, the recovery key, the system keyring; and what guessing costs."""

from __future__ import annotations

import base64
import json
import os
import statistics
import string
import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.keyrings import InMemory
from zzdesk.clock import FixedClock
from zzdesk.errors import (
    BrokenDatabaseError,
    InvalidError,
    LockedOutError,
    NewerDatabaseError,
    NotFoundError,
    RefusedError,
    WrongPasswordError,
)
from zzdesk.store import keys as keys_module
from zzdesk.store.keys import (
    DESK_COST,
    GUARD_FILE,
    KEYS_FILE,
    TEST_COST,
    Cost,
    KeyRing,
    open_copy,
)
from zzdesk.store.recovery import new_recovery_text, read_recovery_text

PASSWORD = "Desk-4711-blue"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def made(folder: Path, clock: FixedClock) -> tuple[bytes, str]:
    return KeyRing(folder, clock, cost=TEST_COST).create("li", PASSWORD)


def _ring(folder: Path, clock: FixedClock) -> KeyRing:
    """A ring as a fresh start of the program has it."""
    return KeyRing(folder, clock, cost=TEST_COST)


def test_every_way_leads_to_the_same_key(folder: Path, clock: FixedClock, made: tuple[bytes, str]) -> None:
    key, recovery = made
    assert len(key) == 32
    assert _ring(folder, clock).unlock("li", PASSWORD) == key
    assert _ring(folder, clock).unlock(" ＬＩ ", PASSWORD) == key
    assert _ring(folder, clock).unlock_recovery(recovery.lower().replace("-", " ")) == key


def test_the_file_holds_neither_password_nor_key(folder: Path, made: tuple[bytes, str]) -> None:
    text = (folder / KEYS_FILE).read_bytes()
    for secret in (PASSWORD.encode(), made[0], made[0].hex().encode(), made[1].encode()):
        assert secret not in text
    if os.name != "nt":
        assert (folder / KEYS_FILE).stat().st_mode & 0o777 == 0o600
        assert (folder / GUARD_FILE).stat().st_mode & 0o777 == 0o600


def test_a_second_init_is_refused(folder: Path, clock: FixedClock, made: tuple[bytes, str]) -> None:
    with pytest.raises(RefusedError):
        _ring(folder, clock).create("wang", PASSWORD)


def test_five_failures_lock_for_ten_minutes_and_a_restart_does_not_help(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            _ring(folder, clock).unlock("li", "wrong")
    with pytest.raises(LockedOutError) as caught:
        _ring(folder, clock).unlock("li", PASSWORD)
    assert caught.value.params == {"minutes": 10}
    clock.advance(9 * 60)
    with pytest.raises(LockedOutError):
        _ring(folder, clock).unlock("li", PASSWORD)
    clock.advance(61)
    assert _ring(folder, clock).unlock("li", PASSWORD) == made[0]


def test_a_success_clears_the_count(folder: Path, clock: FixedClock, made: tuple[bytes, str]) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(WrongPasswordError):
                _ring(folder, clock).unlock("li", "wrong")
        _ring(folder, clock).unlock("li", PASSWORD)


def test_the_right_password_works_at_the_fifth_try(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    for _ in range(4):
        with pytest.raises(WrongPasswordError):
            _ring(folder, clock).unlock("li", "wrong")
    assert _ring(folder, clock).unlock("li", PASSWORD) == made[0]


def test_setting_the_clock_on_does_not_shorten_the_lock(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            _ring(folder, clock).unlock("li", "wrong")
    later = FixedClock(clock.now() + timedelta(hours=1))  # same boot, but no time has passed by its ticks
    with pytest.raises(LockedOutError):
        _ring(folder, later).unlock("li", PASSWORD)


def test_a_clock_that_was_years_ahead_does_not_lock_for_years(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    ahead = FixedClock(clock.now() + timedelta(days=3000), salt=1)
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            _ring(folder, ahead).unlock("li", "wrong")
    with pytest.raises(LockedOutError) as caught:
        _ring(folder, clock).unlock("li", PASSWORD)
    assert caught.value.params == {"minutes": 10}
    clock.advance(601)
    assert _ring(folder, clock).unlock("li", PASSWORD) == made[0]


def test_unknown_logins_are_counted_like_known_ones(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPasswordError) as wrong:
            _ring(folder, clock).unlock("nobody", "wrong")
    assert wrong.value.text("zh") == "用户名或密码不正确。"
    with pytest.raises(LockedOutError):
        _ring(folder, clock).unlock("nobody", "wrong")
    assert _ring(folder, clock).unlock("li", PASSWORD) == made[0]


def test_an_unknown_login_takes_as_long_as_a_wrong_password(folder: Path, clock: FixedClock) -> None:
    ring = KeyRing(folder, clock, cost=Cost(8 * 1024, 2, 1))
    ring.create("li", PASSWORD)

    def seconds(login: str) -> float:
        taken = []
        for _ in range(5):
            clock.advance(700)
            start = time.perf_counter()
            with pytest.raises(WrongPasswordError):
                ring.unlock(login, "wrong")
            taken.append(time.perf_counter() - start)
        return statistics.median(taken)

    known, unknown = seconds("li"), seconds("nobody")
    assert 0.4 < known / unknown < 2.5


@pytest.mark.parametrize("harm", ["flip", "remove", "cut", "empty"])
def test_a_tampered_sidecar_locks_everybody_and_is_remembered(
    folder: Path, clock: FixedClock, made: tuple[bytes, str], harm: str
) -> None:
    path = folder / GUARD_FILE
    data = bytearray(path.read_bytes())
    if harm == "flip":
        data[20] ^= 1
        path.write_bytes(data)
    elif harm == "remove":
        path.unlink()
    else:
        path.write_bytes(data[: len(data) // 2] if harm == "cut" else b"")
    for _ in range(2):
        with pytest.raises(LockedOutError):
            _ring(folder, clock).unlock("li", PASSWORD)
    clock.advance(601)
    assert _ring(folder, clock).unlock("li", PASSWORD) == made[0]
    assert [event.what for event in _ring(folder, clock).guard().events()] == ["tampered"]


def test_events_name_no_login_in_the_clear(folder: Path, clock: FixedClock, made: tuple[bytes, str]) -> None:
    ring = _ring(folder, clock)
    with pytest.raises(WrongPasswordError):
        ring.unlock("my-password-in-the-wrong-field", "x")
    events = ring.guard().events()
    assert [event.what for event in events] == ["failed"]
    assert "my-password" not in str(events)
    ring.guard().forget(events[-1].number)
    assert ring.guard().events() == []
    assert ring.guard().number() == events[-1].number


def test_the_counters_do_not_grow_without_end(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    guard = _ring(folder, clock).guard()
    for n in range(260):
        guard.attempt(f"name{n}")
    assert (folder / GUARD_FILE).stat().st_size < 60_000
    for _ in range(4):
        guard.attempt("name259")
    with pytest.raises(LockedOutError):
        guard.check("name259")


def test_a_password_changes_and_the_last_five_may_not_come_back(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    used = [PASSWORD]
    for n in range(5):
        new = f"Other-{n}-password"
        assert _ring(folder, clock).change_password("li", used[-1], new) == made[0]
        used.append(new)
        for old in used[-5:]:
            with pytest.raises(InvalidError):
                _ring(folder, clock).set_password("li", old, made[0])
    assert _ring(folder, clock).change_password("li", used[-1], PASSWORD) == made[0]
    with pytest.raises(WrongPasswordError):
        _ring(folder, clock).unlock("li", used[-1])


def test_changing_needs_the_old_password(folder: Path, clock: FixedClock, made: tuple[bytes, str]) -> None:
    with pytest.raises(WrongPasswordError):
        _ring(folder, clock).change_password("li", "wrong", "Other-password-1")
    assert _ring(folder, clock).unlock("li", PASSWORD) == made[0]


def test_accounts_come_and_go_but_never_the_last(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    ring = _ring(folder, clock)
    ring.add_account("Wang", "Wang-pass-99x", made[0])
    assert ring.logins() == ["li", "wang"]
    assert ring.unlock("wang", "Wang-pass-99x") == made[0]
    with pytest.raises(RefusedError):
        ring.add_account("wang", "Wang-pass-99x", made[0])
    ring.remove_account("li")
    with pytest.raises(WrongPasswordError):
        ring.unlock("li", PASSWORD)
    with pytest.raises(RefusedError):
        ring.remove_account("wang")
    with pytest.raises(NotFoundError):
        ring.remove_account("li")


def test_slots_cannot_be_swapped_between_accounts(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    _ring(folder, clock).add_account("wang", "Wang-pass-99x", made[0])
    keys = json.loads((folder / KEYS_FILE).read_text())
    for slot in keys["slots"]:
        slot["login"] = {"li": "wang", "wang": "li"}.get(slot["login"], slot["login"])
    (folder / KEYS_FILE).write_text(json.dumps(keys))
    with pytest.raises(WrongPasswordError):
        _ring(folder, clock).unlock("li", "Wang-pass-99x")


def test_the_recovery_key_is_counted_renewed_and_checked(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    key, recovery = made
    ring = _ring(folder, clock)
    renewed = ring.renew_recovery(key)
    assert ring.unlock_recovery(renewed) == key
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            _ring(folder, clock).unlock_recovery(recovery)
    with pytest.raises(LockedOutError):
        _ring(folder, clock).unlock_recovery(renewed)
    assert _ring(folder, clock).unlock("li", PASSWORD) == key


def test_a_mistyped_recovery_key_is_no_failed_attempt(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    wrong = ("Z" if made[1][0] != "Z" else "Y") + made[1][1:]
    for _ in range(9):
        with pytest.raises(InvalidError):
            _ring(folder, clock).unlock_recovery(wrong)
    assert _ring(folder, clock).unlock_recovery(made[1]) == made[0]


@given(st.integers(0, 27), st.sampled_from(string.digits + "ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_mistyped_symbol_of_a_recovery_key_is_found(place: int, symbol: str) -> None:
    text = "0123456789ABCDEFGHJKMNPQR"
    good = new_recovery_text().replace("-", "")
    assert len(good) == len(text) + 3
    assert read_recovery_text(good) == good[:25]
    if good[place] != symbol:
        with pytest.raises(InvalidError):
            read_recovery_text(good[:place] + symbol + good[place + 1 :])


def test_letters_that_look_alike_are_understood() -> None:
    while "0" not in (good := new_recovery_text()) or "1" not in good:
        pass
    assert read_recovery_text(good.replace("0", "O").replace("1", "l")) == read_recovery_text(good)


def test_without_a_system_keyring_it_says_so(
    folder: Path, clock: FixedClock, made: tuple[bytes, str]
) -> None:
    ring = _ring(folder, clock)
    with pytest.raises(RefusedError) as caught:
        ring.remember_in_system("li", made[0])
    assert caught.value.text("zh") == "这台电脑没有可用的系统密钥库，请用密码登录。"
    with pytest.raises(RefusedError):
        ring.unlock_by_system("li")
    assert {slot.kind for slot in keys_module.read_keys(folder / KEYS_FILE).slots} == {"password", "recovery"}


def test_the_system_keyring_opens_the_home_for_one_account_until_it_is_told_to_forget(
    folder: Path, clock: FixedClock, made: tuple[bytes, str], system_keyring: InMemory
) -> None:
    ring = _ring(folder, clock)
    ring.add_account("wang", PASSWORD, made[0])
    ring.remember_in_system("Li", made[0])
    assert ring.remembered() == ["li"]
    assert _ring(folder, clock).unlock_by_system("LI") == made[0]
    with pytest.raises(RefusedError):
        ring.unlock_by_system("wang")
    assert base64.b64encode(made[0]).decode() not in str(system_keyring.kept)
    ring.forget_in_system("li")
    assert system_keyring.kept == {}
    with pytest.raises(RefusedError):
        ring.unlock_by_system("li")
    ring.forget_in_system("li")


def test_a_slot_of_the_system_keyring_cannot_be_given_to_another_account(
    folder: Path, clock: FixedClock, made: tuple[bytes, str], system_keyring: InMemory
) -> None:
    ring = _ring(folder, clock)
    ring.add_account("wang", PASSWORD, made[0])
    ring.remember_in_system("wang", made[0])
    path = folder / KEYS_FILE
    keys = json.loads(path.read_bytes())
    for slot in keys["slots"]:
        if slot["kind"] == "keyring":
            slot["login"] = "li"
    path.write_text(json.dumps(keys))
    for (service, name), secret in list(system_keyring.kept.items()):
        system_keyring.kept[service, name.replace("wang", "li")] = secret
    with pytest.raises(RefusedError):
        ring.unlock_by_system("li")


def test_an_account_that_is_locked_out_stays_out_by_the_keyring_too(
    folder: Path, clock: FixedClock, made: tuple[bytes, str], system_keyring: InMemory
) -> None:
    ring = _ring(folder, clock)
    ring.remember_in_system("li", made[0])
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            ring.unlock("li", "not it")
    with pytest.raises(LockedOutError):
        ring.unlock_by_system("li")
    clock.advance(660)
    assert ring.unlock_by_system("li") == made[0]


def test_an_account_that_is_removed_leaves_the_keyring_as_well(
    folder: Path, clock: FixedClock, made: tuple[bytes, str], system_keyring: InMemory
) -> None:
    ring = _ring(folder, clock)
    ring.add_account("wang", PASSWORD, made[0])
    ring.remember_in_system("wang", made[0])
    ring.remove_account("wang")
    assert ring.remembered() == []
    assert ring.unlock("li", PASSWORD) == made[0]


def test_a_keyring_that_writes_plain_files_is_no_keyring(
    folder: Path, clock: FixedClock, made: tuple[bytes, str], system_keyring: InMemory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(InMemory, "__module__", "keyrings.alt.file")
    with pytest.raises(RefusedError) as caught:
        _ring(folder, clock).remember_in_system("li", made[0])
    assert "原样写在文件里" in caught.value.text("zh")
    assert system_keyring.kept == {}


def test_a_copy_opens_by_password_or_recovery_key(folder: Path, made: tuple[bytes, str]) -> None:
    path = folder / KEYS_FILE
    assert open_copy(path, "LI", PASSWORD, None) == made[0]
    assert open_copy(path, "li", None, made[1]) == made[0]
    for login, password, recovery in (
        ("li", "no", None),
        ("x", PASSWORD, None),
        ("li", None, new_recovery_text()),
    ):
        with pytest.raises(WrongPasswordError):
            open_copy(path, login, password, recovery)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b'{"format": 2, "slots": "of another shape"}', NewerDatabaseError),
        (b'{"format": 1}', BrokenDatabaseError),
        (b"{", BrokenDatabaseError),
        (b"[]", BrokenDatabaseError),
        (b"", BrokenDatabaseError),
    ],
)
def test_a_key_file_that_cannot_be_used_says_why(
    folder: Path, clock: FixedClock, content: bytes, error: type[Exception]
) -> None:
    (folder / KEYS_FILE).write_bytes(content)
    with pytest.raises(error):
        _ring(folder, clock).unlock("li", PASSWORD)


def test_no_home_no_keys(folder: Path, clock: FixedClock) -> None:
    with pytest.raises(NotFoundError):
        _ring(folder, clock).unlock("li", PASSWORD)


def test_a_real_home_pays_the_full_price_whatever_the_environment_says(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ZZDESK_TEST", "ZZDESK_COST", "PYTEST_CURRENT_TEST", "CI"):
        monkeypatch.setenv(name, "1")
    KeyRing(folder, clock).create("li", PASSWORD)
    costs = [slot.cost for slot in keys_module.read_keys(folder / KEYS_FILE).slots if slot.cost]
    assert costs == [DESK_COST]
    assert DESK_COST.memory_kib >= 64 * 1024
