"""Drafts: what somebody was typing when the power went. Local, encrypted with everything else, one per form and account.

A record is born only when the form is finished (decision 1); a draft is no record, has no operation and no audit line.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select

from zzdesk.desk.models import Draft
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.people.masks import mask
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

LIMIT: Final = 200_000
"""Characters of one snapshot; a form is not a file."""


@dataclass(frozen=True)
class DraftRow:
    """One unfinished form of the person logged in; ``title`` is what was typed first, its numbers of people masked."""

    form: str
    saved_at: datetime
    title: str = ""


def save(work: UnitOfWork, form: str, snapshot: dict[str, Any]) -> ChangeSet:
    """Keep the snapshot of a form in place of the one before.

    Raises:
        InvalidError: the snapshot is larger than ``LIMIT``.
    """
    text = json.dumps(snapshot, ensure_ascii=False)
    if len(text) > LIMIT:
        raise InvalidError.one(form, N_("内容太长，草稿没有保存。"))
    work.session.merge(
        Draft(account=work.actor.account_id, form=form, snapshot=text, saved_at=work.clock.now())
    )
    work.session.commit()
    return ChangeSet()


def discard(work: UnitOfWork, form: str) -> ChangeSet:
    """Forget the draft of a form; forgetting what is not there is nothing new."""
    draft = work.session.get(Draft, (work.actor.account_id, form))
    if draft is not None:
        work.session.delete(draft)
        work.session.commit()
    return ChangeSet()


def find(read: Reader, form: str) -> dict[str, Any] | None:
    """Return the snapshot of a form, or None."""
    draft = read.session.get(Draft, (read.actor.account_id, form))
    if draft is None:
        return None
    found: dict[str, Any] = json.loads(draft.snapshot)
    return found


def mine(read: Reader) -> tuple[DraftRow, ...]:
    """Return the unfinished forms of the person logged in, newest first."""
    query = select(Draft).where(Draft.account == read.actor.account_id).order_by(Draft.saved_at.desc())
    return tuple(DraftRow(draft.form, draft.saved_at) for draft in read.session.scalars(query))


def beginning(read: Reader, form: str) -> tuple[DraftRow, ...]:
    """Return one's unfinished forms whose key is ``form`` or begins with it and a slash, newest first."""
    mine = Draft.account == read.actor.account_id, or_(Draft.form == form, Draft.form.startswith(f"{form}/", autoescape=True))
    found = read.session.scalars(select(Draft).where(*mine).order_by(Draft.saved_at.desc(), Draft.form))
    return tuple(DraftRow(draft.form, draft.saved_at, _title(draft)) for draft in found)


def _title(draft: Draft) -> str:
    values: dict[str, Any] = json.loads(draft.snapshot)
    said = next((str(values[name]) for name in ("title", "description", "address") if values.get(name)), "")
    return mask("text", said[:60])
