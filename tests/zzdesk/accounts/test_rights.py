"""The table of rights: complete, closed, and with the separation of duties."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import zzdesk.catalogue  # noqa: F401
from zzdesk.accounts.rights import (
    APART,
    FIRST_ROLES,
    RIGHTS,
    ROLES,
    actions_of,
    allowed,
    birth_right,
    checked_roles,
    may_write,
)
from zzdesk.errors import BugError, RefusedError
from zzdesk.store.base import kinds

PROMISED = (
    "report.register", "report.verify", "report.dispatch", "report.handle", "report.feedback", "report.close",
    "job.employer.edit", "job.employer.vet", "job.posting.edit", "job.posting.publish", "job.worker.edit", "job.apply",
    "case.accept", "case.mediate", "case.read_confidential", "case.archive", "person.edit", "person.reveal",
    "attachment.add", "conflict.resolve", "conflict.confirm", "export", "import", "account.manage", "audit.read",
    "backup.run", "backup.restore", "settings.edit", "sync.run", "device.enrol", "bench.run",
)  # fmt: skip


def test_every_promised_action_has_somebody_who_may_do_it() -> None:
    assert set(PROMISED) <= set(RIGHTS)
    assert all(holders and holders <= set(ROLES) for holders in RIGHTS.values())


def test_every_role_may_do_something() -> None:
    assert [role for role in ROLES if not actions_of(frozenset({role}))] == []


def test_who_manages_accounts_never_reads_the_audit() -> None:
    assert RIGHTS["account.manage"].isdisjoint(RIGHTS["audit.read"])
    assert "auditor" not in FIRST_ROLES
    assert not allowed(FIRST_ROLES, "audit.read")
    assert actions_of(frozenset({"auditor"})) == {"audit.read", "audit.verify", "sync.run"}


def test_the_first_account_can_do_the_work_of_a_station() -> None:
    refused = [action for action in PROMISED if not allowed(FIRST_ROLES, action)]
    assert refused == ["audit.read"]


def test_a_kiosk_reads_and_reveals_nothing() -> None:
    assert actions_of(frozenset({"kiosk"})) == {"job.posting.browse", "kiosk.serve", "sync.run"}


def test_confidential_mediation_is_for_mediators_only() -> None:
    for role in ("clerk", "supervisor", "administrator", "police-liaison", "grid-worker"):
        assert not allowed(frozenset({role}), "case.read_confidential")


def test_every_right_that_the_models_name_exists() -> None:
    named = {kind.model.__right__ for kind in kinds().values()}
    for kind in kinds().values():
        if kind.model.__transitions__ is not None:
            table = kind.model.__transitions__
            named |= {arrow.needs.right for state in table.states for arrow in table.leaving(state)}
    assert named - set(RIGHTS) == set()


def test_a_misspelt_action_is_our_fault_and_an_unknown_role_grants_nothing() -> None:
    with pytest.raises(BugError):
        allowed(FIRST_ROLES, "report.regsiter")
    assert not allowed(frozenset({"role-of-a-newer-program"}), "report.register")
    assert not allowed(frozenset(), "sync.run")


@pytest.mark.parametrize("roles", [[], ["nobody"], ["clerk", "nobody"], *[sorted(apart) for apart in APART]])
def test_roles_an_account_may_not_have(roles: list[str]) -> None:
    with pytest.raises(RefusedError):
        checked_roles(roles)


def test_roles_an_account_may_have() -> None:
    assert checked_roles(["clerk", "clerk", "auditor"]) == {"clerk", "auditor"}


def test_every_right_that_the_code_asks_for_exists() -> None:
    asked = re.compile(r"\b(?:require|may|allowed|_may)\((?:[\w.]*roles, *)?\"([a-z_]+(?:\.[a-z_]+)*)\"")
    root = Path(__file__).resolve().parents[3]
    named = {
        right
        for package in ("zzdesk", "sync", "ui")
        for path in (root / package).rglob("*.py")
        for right in asked.findall(path.read_text("utf-8"))
    }
    assert {"account.manage", "backup.run", "export"} <= named
    assert named - set(RIGHTS) == set()


@pytest.mark.parametrize(("way", "clerk", "kiosk"), [
    ("counter", True, False), ("kiosk", True, True), (None, True, False), ("letter", True, False)])  # fmt: skip
def test_an_application_is_made_by_the_counter_and_at_the_kiosk_only_by_way_of_it(
    way: str | None, clerk: bool, kiosk: bool
) -> None:
    """Programs older than the kiosk's own right wrote ``kiosk`` as a clerk; whoever leaves the way out is at the counter."""
    right = birth_right("application", {"way": way} if way else {})
    assert may_write(frozenset({"clerk"}), "application", "create", right) is clerk
    assert may_write(frozenset({"kiosk"}), "application", "create", right) is kiosk
