"""What the windows ask about rounds, a team's card, and, for the police, clues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select, tuple_

from zzdesk.accounts import sealed
from zzdesk.accounts.queries import display_names
from zzdesk.clock import RecordId, from_iso, local, to_iso
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.models import Team
from zzdesk.patrol.models_rounds import Clue, Round, RoundItem
from zzdesk.patrol.rounds import OPENED
from zzdesk.people.masks import mask
from zzdesk.store.audit import Audit
from zzdesk.store.unit import Page, Reader

OPEN_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class RoundRow:
    """One round."""

    id: RecordId
    number: str
    team: str
    grid: str
    started_at: datetime
    ended_at: datetime | None
    members: int
    state: str
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class ItemRow:
    """One output of a round, masked; of a clue nothing but that there is one."""

    id: RecordId
    output: str
    text: str
    place: str
    settled: bool
    report_id: RecordId | None
    case_id: RecordId | None
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class ClueRow:
    """One clue, for the police; ``written_by`` who put it under seal."""

    id: RecordId
    state: str
    noticed_at: datetime | None
    written_by: str
    receipt_number: str
    created_at: datetime


def _page(query: Select[Any], model: Any, read: Reader, after: str | None, limit: int) -> Page[Any]:
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(model.created_at, model.id) < (from_iso(moment), last))
    found = list(read.session.scalars(query.order_by(model.created_at.desc(), model.id.desc()).limit(limit + 1)))
    rows = found[:limit]
    return Page(tuple(rows), f"{to_iso(rows[-1].created_at)}/{rows[-1].id}" if len(found) > limit else None)


def list_rounds(
    read: Reader, states: tuple[str, ...] = (), void: bool = False, after: str | None = None, limit: int = 50
) -> Page[RoundRow]:
    """Return one page of rounds, newest first."""
    read.require("patrol.read")
    query = select(Round).where(Round.voided.is_(True) if void else Round.voided.is_not(True))
    if states:
        query = query.where(Round.state.in_(states))
    page = _page(query, Round, read, after, limit)
    named = select(Team.id, Team.name).where(Team.id.in_({r.team_id for r in page.rows}))
    teams = {row[0]: mask("text", row[1]) for row in read.session.execute(named)}
    rows = tuple(
        RoundRow(
            r.id, r.number or "", teams.get(r.team_id, ""), r.grid or "", r.started_at, r.ended_at, len(r.members or ()),
            r.state, r.created_at, bool(r.voided),
        )
        for r in page.rows
    )  # fmt: skip
    return Page(rows, page.after)


def items_of(read: Reader, round_id: RecordId, limit: int = 100) -> tuple[ItemRow, ...]:
    """Return the outputs of a round, oldest first."""
    read.require("patrol.read")
    query = select(RoundItem).where(RoundItem.round_id == round_id).order_by(RoundItem.created_at, RoundItem.id)
    return tuple(
        ItemRow(
            i.id, i.output, mask("text", i.text), mask("address", i.place), bool(i.settled), i.report_id, i.case_id,
            i.created_at, bool(i.voided),
        )
        for i in read.session.scalars(query.limit(limit))
    )  # fmt: skip


def team_card(read: Reader, team_id: RecordId) -> dict[str, int]:
    """Return how many rounds a team made this year, and how often each output came of them."""
    read.require("patrol.read")
    now = local(read.clock.now())
    since = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    card = dict.fromkeys(flow.OUTPUTS, 0)
    mine = (RoundItem.team_id == team_id, RoundItem.created_at >= since, RoundItem.voided.is_not(True))
    for output, count in read.session.execute(
        select(RoundItem.output, func.count()).where(*mine).group_by(RoundItem.output)
    ):
        card[output] = count
    rounds = select(func.count()).select_from(Round).where(
        Round.team_id == team_id, Round.started_at >= since, Round.voided.is_not(True)
    )  # fmt: skip
    return {"rounds": int(read.session.scalar(rounds) or 0)} | card


def list_clues(read: Reader, after: str | None = None, limit: int = 50) -> Page[ClueRow]:
    """Return one page of clues, newest first: without a word of what they say.

    Raises:
        RefusedError: the actor is not of the police.
    """
    read.require(sealed.READ)
    page = _page(select(Clue).where(Clue.voided.is_not(True)), Clue, read, after, limit)
    names = display_names(read, frozenset(c.created_by for c in page.rows))
    rows = tuple(
        ClueRow(c.id, c.state, c.noticed_at, names.get(c.created_by, ""), c.receipt_number or "", c.created_at)
        for c in page.rows
    )
    return Page(rows, page.after)


def clue_text(read: Reader, clue_id: RecordId) -> tuple[str, str]:
    """Return what a clue says and where; only within ten minutes after ``open_clue`` by the same person.

    Raises:
        RefusedError: the actor is not of the police, or has not opened it.
        NotFoundError: it is not on this desk.
    """
    read.require(sealed.READ)
    now = read.clock.now()
    noted = select(Audit.seq).where(
        Audit.event == OPENED, Audit.record_id == clue_id, Audit.actor == read.actor.account_id,
        Audit.at >= to_iso(now - OPEN_FOR), Audit.at <= to_iso(now),
    )  # fmt: skip
    if read.session.scalar(noted.limit(1)) is None:
        raise RefusedError(N_("查看线索要先记入审计"))
    clue = read.session.get(Clue, clue_id)
    if clue is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=clue_id)
    return clue.text, clue.place or ""
