"""Accounts: made, changed, stopped; with rights, audit, and nobody locked out of managing them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zzdesk.accounts import commands, queries
from zzdesk.actor import account_id
from zzdesk.clock import FixedClock
from zzdesk.desk import accounts
from zzdesk.desk.session import Desk, create_home, open_desk
from zzdesk.errors import InvalidError, NotFoundError, RefusedError, WrongPasswordError
from zzdesk.store import audit
from zzdesk.store.keys import TEST_COST

STATION = "350602002004"
PASSWORD = "Desk-4711-blue"
OTHER = "Regen-1234-grau"


@pytest.fixture
def desk(home: Path, clock: FixedClock):
    with create_home(home, STATION, "li", PASSWORD, clock, cost=TEST_COST)[0] as desk:
        yield desk


def _as(desk: Desk, login: str, password: str = OTHER) -> Desk:
    return open_desk(desk.home, login, password, desk.clock, cost=TEST_COST)


def _events(desk: Desk) -> list[tuple[str, str | None, dict[str, object]]]:
    with desk.store.reader() as session:
        return [(a.event, a.record_id, json.loads(a.facts)) for a in reversed(audit.recent(session))]


def test_a_new_account_logs_in_with_its_roles(desk: Desk) -> None:
    changes = accounts.add_account(desk, " Wang ", "王小明", ["clerk", "grid-worker"], OTHER)
    new_id = account_id(STATION, "wang")
    assert changes.created == (new_id,)
    with _as(desk, "WANG") as other:
        assert other.actor.roles == {"clerk", "grid-worker"}
        assert other.actor.display_name == "王小明"
    assert ("account.create", new_id, {"roles": ["clerk", "grid-worker"]}) in _events(desk)


def test_the_account_travels_like_any_record(desk: Desk) -> None:
    from sqlalchemy import select

    from zzdesk.ops.models import Outbox

    accounts.add_account(desk, "wang", "王小明", ["clerk"], OTHER)
    with desk.store.reader() as session:
        rows = session.scalars(select(Outbox).where(Outbox.kind == "account").order_by(Outbox.n)).all()
    bodies = [row.body["init"] for row in rows]
    assert [body["login"] for body in bodies] == ["li", "wang"]
    assert bodies[1]["roles"] == ["clerk"]
    assert OTHER not in str(bodies)


@pytest.mark.parametrize(
    ("login", "roles", "password", "error"),
    [
        ("li", ["clerk"], OTHER, InvalidError),
        ("ＬＩ", ["clerk"], OTHER, InvalidError),
        ("", ["clerk"], OTHER, InvalidError),
        ("wang", [], OTHER, RefusedError),
        ("wang", ["king"], OTHER, RefusedError),
        ("wang", ["administrator", "auditor"], OTHER, RefusedError),
        ("wang", ["clerk"], "weak", InvalidError),
    ],
)
def test_what_is_no_account(
    desk: Desk, login: str, roles: list[str], password: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        accounts.add_account(desk, login, "王", roles, password)
    assert len(desk.read(queries.list_accounts).rows) == 1
    assert desk.keys.logins() == ["li"]


def test_a_clerk_manages_nobody(desk: Desk) -> None:
    accounts.add_account(desk, "wang", "王小明", ["clerk"], OTHER)
    with _as(desk, "wang") as clerk:
        for refused in (
            lambda: accounts.add_account(clerk, "zhao", "赵", ["administrator"], "Sonne-5678-rot"),
            lambda: accounts.reset_password(clerk, "li", "Sonne-5678-rot"),
            lambda: accounts.disable_account(clerk, "li"),
            lambda: accounts.enable_account(clerk, "li", "Sonne-5678-rot"),
            lambda: accounts.renew_recovery_key(clerk),
            lambda: clerk.write(commands.set_roles, clerk.actor.account_id, ["administrator"]),
            lambda: clerk.write(commands.rename_account, clerk.actor.account_id, "王"),
            lambda: clerk.write(commands.note_password, account_id(STATION, "li"), "reset"),
        ):
            with pytest.raises(RefusedError):
                refused()
        assert sum(event == "refused" for event, _, _ in _events(clerk)) == 8
    desk.keys.unlock("li", PASSWORD)


def test_one_changes_ones_own_password(desk: Desk) -> None:
    with pytest.raises(WrongPasswordError):
        accounts.change_own_password(desk, "wrong", OTHER)
    with pytest.raises(InvalidError):
        accounts.change_own_password(desk, PASSWORD, PASSWORD)
    with pytest.raises(InvalidError):
        accounts.change_own_password(desk, PASSWORD, "short")
    accounts.change_own_password(desk, PASSWORD, OTHER)
    _as(desk, "li").close()
    with pytest.raises(WrongPasswordError):
        _as(desk, "li", PASSWORD)
    assert ("password.set", desk.actor.account_id, {"how": "own"}) in _events(desk)


def test_an_administrator_resets_a_forgotten_password(desk: Desk) -> None:
    accounts.add_account(desk, "wang", "王小明", ["clerk"], OTHER)
    accounts.reset_password(desk, "wang", "Sonne-5678-rot")
    _as(desk, "wang", "Sonne-5678-rot").close()
    with pytest.raises(WrongPasswordError):
        _as(desk, "wang")
    with pytest.raises(NotFoundError):
        accounts.reset_password(desk, "nobody", "Sonne-5678-rot")


def test_a_stopped_account_cannot_come_in_and_can_come_back(desk: Desk) -> None:
    accounts.add_account(desk, "wang", "王小明", ["clerk"], OTHER)
    accounts.disable_account(desk, "wang")
    with pytest.raises(WrongPasswordError):
        _as(desk, "wang")
    assert [row.disabled for row in desk.read(queries.list_accounts).rows] == [False, True]
    accounts.enable_account(desk, "wang", "Sonne-5678-rot")
    _as(desk, "wang", "Sonne-5678-rot").close()


def test_a_slot_without_an_active_record_opens_no_session(desk: Desk) -> None:
    """As when the account was stopped on another desk and a sync brought that here."""
    accounts.add_account(desk, "wang", "王小明", ["clerk"], OTHER)
    desk.write(commands.disable_account, account_id(STATION, "wang"))
    with pytest.raises(RefusedError) as caught:
        _as(desk, "wang")
    assert caught.value.text("zh") == "这个账号已停用，请联系系统管理员。"
    assert ("login.refused", account_id(STATION, "wang"), {}) in _events(desk)


def test_an_account_stopped_while_it_is_at_work_is_locked_out(desk: Desk) -> None:
    accounts.add_account(desk, "wang", "王小明", ["clerk"], OTHER)
    with _as(desk, "wang") as clerk:
        desk.write(commands.disable_account, clerk.actor.account_id)
        with pytest.raises(RefusedError):
            clerk.refresh_actor()
        assert clerk.locked
        with pytest.raises(RefusedError):
            clerk.unlock(OTHER)
        assert clerk.locked


def test_there_is_always_an_administrator(desk: Desk) -> None:
    me = desk.actor.account_id
    with pytest.raises(RefusedError):
        desk.write(commands.set_roles, me, ["clerk"])
    accounts.add_account(desk, "wang", "王小明", ["administrator"], OTHER)
    with pytest.raises(RefusedError):
        accounts.disable_account(desk, "li")  # oneself
    with _as(desk, "wang") as second:
        accounts.disable_account(second, "li")
        with pytest.raises(RefusedError):
            second.write(commands.set_roles, second.actor.account_id, ["clerk"])


def test_new_roles_count_at_once(desk: Desk) -> None:
    accounts.add_account(desk, "wang", "王小明", ["administrator"], OTHER)
    changes = desk.write(commands.set_roles, desk.actor.account_id, ["clerk"])
    assert changes.touches("account")
    assert desk.actor.roles == {"clerk"}
    with pytest.raises(RefusedError):
        desk.write(commands.rename_account, desk.actor.account_id, "李")
    facts = [facts for event, _, facts in _events(desk) if event == "account.roles"]
    assert facts == [{"added": [], "removed": ["administrator", "mediator", "supervisor"]}]


def test_a_new_name_is_shown(desk: Desk) -> None:
    desk.write(commands.rename_account, desk.actor.account_id, "李主任")
    assert desk.actor.display_name == "李主任"
    assert desk.read(queries.get_account, desk.actor.account_id).display_name == "李主任"
    ids = frozenset({desk.actor.account_id, "unknown"})
    assert desk.read(queries.display_names, ids) == {desk.actor.account_id: "李主任"}


def test_accounts_are_listed_page_by_page(desk: Desk) -> None:
    for n in range(5):
        desk.write(commands.create_account, f"user{n}", f"用户{n}", ["clerk"])
    seen, after = [], None
    while True:
        page = desk.read(queries.list_accounts, after=after, limit=2)
        seen += [row.login for row in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == ["li", "user0", "user1", "user2", "user3", "user4"]


def test_the_first_account_is_made_once(desk: Desk) -> None:
    with pytest.raises(RefusedError):
        desk.write(commands.create_first_account, "wang", "王", ["administrator"])


def test_an_unknown_account_says_so(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.read(queries.get_account, "none")
    with pytest.raises(NotFoundError):
        desk.write(commands.set_roles, "none", ["clerk"])
