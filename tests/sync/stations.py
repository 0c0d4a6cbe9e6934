"""Stations with real desks at a real centre over HTTP: what the tests about withdrawal and quarantine share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import SyncReport, sync_once
from sync.server.run import ServerThread
from zzdesk.desk import records
from zzdesk.desk.session import Desk
from zzdesk.mediation import commands as mediation
from zzdesk.ops import state
from zzdesk.ops.models import PARKED, Outbox
from zzdesk.store.audit import Audit
from zzdesk.store.base import Synced
from zzdesk.store.unit import ChangeSet, UnitOfWork

STATION, OTHER = "350602002004", "350602002005"
PASSWORD, SECOND = "Tea-table 2026 desk", "Lamp-post 2026 quay"
NewDesk = Callable[..., Desk]


def held(desk: Desk, model: type[Synced]) -> set[str]:
    with desk.store.reader() as session:
        return set(session.scalars(select(model.id)))


def device_of(desk: Desk) -> str:
    with desk.store.reader() as session:
        return str(state.get_state(session).device_id)


def data(server: ServerThread, tmp_path: Path) -> Path:
    return tmp_path / "centre"


def audited(desk: Desk, event: str) -> list[dict[str, Any]]:
    with desk.store.reader() as session:
        lines = session.scalars(select(Audit.facts).where(Audit.event == event))
        return [msgspec.json.decode(line) for line in lines]


def parked(desk: Desk) -> dict[str, str]:
    """Return the problems of what the centre did not take, by kind."""
    with desk.store.reader() as session:
        rows = session.scalars(select(Outbox).where(Outbox.state == PARKED))
        return {row.kind: row.problem["type"].removeprefix("/p/") for row in rows}


def add(work: UnitOfWork, kind: str, fields: dict[str, Any]) -> ChangeSet:
    records.add(work, kind, fields)
    return work.commit()


def leave_team(first: Desk, case: str) -> None:
    first.write(mediation.edit_case, case, {"team": ["lin"]})
    sync_once(first)


def settle(*desks: Desk) -> list[SyncReport]:
    """Synchronise in turn until nothing moves; return the last round."""
    for _ in range(6):
        done = [sync_once(desk) for desk in desks]
        if not any(r.pushed or r.pulled for r in done):
            return done
    raise AssertionError("the desks never come to rest")
