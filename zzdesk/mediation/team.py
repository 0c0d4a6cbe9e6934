"""Who may see a case's confidential records: its team, and nobody else (人民调解法 article 15; decision 12).

Where 110 was called, the police of the station may read them too (article 25; scenario D06): read alone, until the file is
archived, and each reading is a record that the team sees. Everything that is no reading of a file asks :func:`in_team`, and
knows nothing of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, true
from sqlalchemy.orm import Session, aliased

from zzdesk.accounts import sealed
from zzdesk.actor import account_id
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.mediation.guards import SCOPE
from zzdesk.mediation.models import Case
from zzdesk.mediation.models_reading import OPENED, CaseReading
from zzdesk.mediation.workflow import ARCHIVED
from zzdesk.store.keys import login_name
from zzdesk.store.unit import Reader, UnitOfWork

CONFIDENTIAL: Final = SCOPE
OUTSIDE: Final = N_("只有承办这件纠纷的人员可以查看和记录（人民调解法第十五条）")
READ_ESCALATED: Final = "case.read_escalated"
"""The right of the police: to read the file of a case for which 110 was called."""
READ_FOR: Final = timedelta(minutes=10)
"""How long a file may be read by that right after the reading was noted; then it is opened, and noted, anew."""
UNNOTED: Final = N_("查阅案卷要先记下：请重新打开，每次打开都会记入查阅记录，调解小组看得到")
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def scope_of(case_id: str) -> str:
    """Return the scope of a case's confidential records."""
    return f"{CONFIDENTIAL}{case_id}"


def case_in(scope: str) -> str | None:
    """Return the id of the case that a scope belongs to, or None for the scope of a station."""
    return scope.removeprefix(CONFIDENTIAL) if scope.startswith(CONFIDENTIAL) else None


def account_ids(station: str, members: Iterable[str]) -> frozenset[str]:
    """Return account ids for logins; ids stay as they are."""
    return frozenset(m if _ID.fullmatch(m) else account_id(station, login_name(m)) for m in members)


def in_team(who: UnitOfWork | Reader, case: Case) -> bool:
    """Say whether the actor is of the case's team and may read confidential records at all."""
    return who.may("case.read_confidential") and who.actor.account_id in (case.team or ())


def require_team(who: UnitOfWork | Reader, case: Case) -> None:
    """Refuse everybody else; the desk writes the refusal into the audit.

    Raises:
        RefusedError: the actor is not of the team.
    """
    who.require("case.read_confidential")
    if not in_team(who, case):
        raise RefusedError(OUTSIDE)


def is_escalated(case: Case) -> bool:
    """Say whether 110 was called for a case: not one that was entered by mistake, nor a call that was taken back."""
    return case.police_called_at is not None and not case.voided


def is_open_to_police(case: Case) -> bool:
    """Say whether the call still opens the file: the danger is over when the case is archived, and so is the reading.

    Up to then it is open whatever mediation came to: who was refused, or found no agreement, is no less dangerous for that.
    """
    return is_escalated(case) and case.state != ARCHIVED


def reads_by_call(who: UnitOfWork | Reader, case: Case) -> bool:
    """Say whether the actor, who is not of the team, may read the file because 110 was called."""
    return is_open_to_police(case) and who.may(READ_ESCALATED) and not in_team(who, case)


def may_read(who: UnitOfWork | Reader, case: Case) -> bool:
    """Say whether the actor may read the file now: of the team, or by the call and after that was noted."""
    return in_team(who, case) or (reads_by_call(who, case) and _has_opened(who, case.id))


def require_reader(who: UnitOfWork | Reader, case: Case) -> None:
    """Refuse everybody who may not read the file of a case now: the read-only twin of :func:`require_team`.

    Raises:
        RefusedError: neither of the team nor of the police whom the call concerns, or the reading was not noted.
    """
    if reads_by_call(who, case):
        if not _has_opened(who, case.id):
            raise RefusedError(UNNOTED)
        return
    require_team(who, case)


def _has_opened(who: UnitOfWork | Reader, case_id: str) -> bool:
    now = who.clock.now()
    mine = select(CaseReading.id).where(
        CaseReading.case_id == case_id, CaseReading.what == OPENED, CaseReading.created_by == who.actor.account_id,
        CaseReading.created_at >= now - READ_FOR, CaseReading.created_at <= now,
    )  # fmt: skip
    return who.session.scalar(mine.limit(1)) is not None


def require_read_scope(who: UnitOfWork | Reader, scope: str) -> None:
    """Refuse a record of a case to everybody who may not read its file now; other scopes are as for writing.

    Raises:
        RefusedError: as :func:`require_reader` and :func:`require_scope`.
    """
    case = who.session.get(Case, case_in(scope) or "")
    if case is not None:
        require_reader(who, case)
    else:
        require_scope(who, scope)


def require_scope(who: UnitOfWork | Reader, scope: str) -> None:
    """Refuse a record of a case to everybody who is not of its team; other scopes are open.

    Raises:
        RefusedError: the actor is not of the team, or this desk does not know the case.
    """
    if not may_see_scope(who, scope):
        who.require(sealed.READ if sealed.station_of(scope) else "case.read_confidential")
        raise RefusedError(OUTSIDE)


def is_mine(read: Reader) -> ColumnElement[bool]:
    """Return the condition for cases whose team has the actor; none without the right to read their records."""
    member = func.json_each(Case.team).table_valued("value")
    mine = select(literal(1)).select_from(member).where(member.c.value == read.actor.account_id).correlate(Case).exists()
    return mine if read.may("case.read_confidential") else false()


def visible(read: Reader, model: Any) -> ColumnElement[bool]:
    """Return the condition for records that the actor may see: of no case, or of one whose team has the actor.

    What is under seal only who reads clues (``zzdesk.accounts.sealed``). A record asks for its own case by its key: nobody
    looks through all cases for the few records of a list.
    """
    open_ones = or_(~model.scope.startswith(CONFIDENTIAL), is_of_my_case(read, model))
    return open_ones if read.may(sealed.READ) else and_(open_ones, ~model.scope.startswith(sealed.PREFIX))


def is_of_my_case(read: Reader, model: Any) -> ColumnElement[bool]:
    """Return the condition for records of cases whose team has the actor; none without the right to read them.

    Each asks for its own case by its key: a list looks through the records that it shows, never through all cases.
    """
    if not read.may("case.read_confidential"):
        return false()
    case = aliased(Case)
    member = func.json_each(case.team).table_valued("value")
    mine = select(literal(1)).select_from(case).join(member, true()).where(
        case.id == func.substr(model.scope, len(CONFIDENTIAL) + 1), member.c.value == read.actor.account_id
    )
    return mine.correlate(model).exists()


def may_see_scope(who: UnitOfWork | Reader, scope: str) -> bool:
    """Say whether the actor may see records of a scope (one of the station, or of a case of the actor's)."""
    if sealed.station_of(scope) is not None:
        return who.may(sealed.READ)
    case_id = case_in(scope)
    if case_id is None:
        return True
    case = who.session.get(Case, case_id)
    return case is not None and in_team(who, case)


def get_case(session: Session, case_id: Any) -> Case:
    """Return a case.

    Raises:
        NotFoundError: it is not on this desk.
    """
    case = session.get(Case, str(case_id or ""))
    if case is None:
        raise NotFoundError(N_("本机没有这件纠纷"))
    return case
