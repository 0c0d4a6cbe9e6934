"""Filters of a list under names of one's own: kept on this desk for one account, encrypted with everything else.

They are a convenience of who works here and no record: no operation, nothing that travels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from zzdesk.clock import RecordId
from zzdesk.desk.models import SavedFilter
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

KIND: Final = "filter"
"""What a ChangeSet calls them."""
MOST: Final = 30
"""Filters of one list and account: more are no help to anybody."""
LONGEST_NAME: Final = 20
_LONGEST: Final = 4_000


@dataclass(frozen=True)
class SavedRow:
    """One filter in the bar; ``filter`` is what the list made of it (``reports.filters.to_json``)."""

    id: RecordId
    list: str
    name: str
    filter: str
    place: int


def mine(read: Reader, list_name: str) -> tuple[SavedRow, ...]:
    """Return one's filters of a list in the order in which they stand in the bar."""
    here = SavedFilter.account == read.actor.account_id, SavedFilter.list == list_name
    found = read.session.scalars(select(SavedFilter).where(*here).order_by(SavedFilter.place, SavedFilter.id))
    return tuple(SavedRow(f.id, f.list, f.name, f.filter, f.place) for f in found)


def save(work: UnitOfWork, list_name: str, name: str, filter_json: str) -> ChangeSet:
    """Keep a filter under a new name, at the end of the bar.

    Raises:
        InvalidError: no name, one that is too long or taken already.
        RefusedError: there are ``MOST`` of them.
    """
    work.require("record.read")
    here = SavedFilter.account == work.actor.account_id, SavedFilter.list == list_name
    count, last = work.session.execute(select(func.count(), func.max(SavedFilter.place)).where(*here)).one()
    if count >= MOST:
        raise RefusedError(N_("保存的筛选最多{limit}个，请先删除用不着的"), limit=MOST)
    row = SavedRow(work.clock.new_id(), list_name, _checked(work, list_name, name, ""), filter_json, (last or 0) + 1)
    return _put(work, row)


def change(work: UnitOfWork, filter_id: RecordId, name: str, filter_json: str) -> ChangeSet:
    """Give a filter another name, or let the name stand for another filter.

    Raises:
        NotFoundError: it is gone, or somebody else's.
        InvalidError: as ``save``.
    """
    found = _own(work, filter_id)
    name = _checked(work, found.list, name, filter_id)
    return _put(work, SavedRow(found.id, found.list, name, filter_json, found.place))


def remove(work: UnitOfWork, filter_id: RecordId) -> ChangeSet:
    """Delete a filter; ``restore`` brings it back.

    Raises:
        NotFoundError: it is gone, or somebody else's.
    """
    work.session.delete(_own(work, filter_id))
    return _done(work, filter_id)


def restore(work: UnitOfWork, row: SavedRow) -> ChangeSet:
    """Put a filter back as it was: where it stood, and under its name.

    Raises:
        InvalidError: the name was given to another one meanwhile.
    """
    work.require("record.read")
    _checked(work, row.list, row.name, row.id)
    return _put(work, row)


def _put(work: UnitOfWork, row: SavedRow) -> ChangeSet:
    if len(row.filter) > _LONGEST:
        raise InvalidError.one("filter", N_("筛选的内容太长，没有保存"))
    kept = SavedFilter(id=row.id, list=row.list, name=row.name, filter=row.filter, place=row.place)
    kept.account = work.actor.account_id
    work.session.merge(kept)
    return _done(work, row.id)


def _done(work: UnitOfWork, filter_id: RecordId) -> ChangeSet:
    work.session.commit()
    return ChangeSet(frozenset({(KIND, filter_id)}), (filter_id,))


def _own(work: UnitOfWork, filter_id: RecordId) -> SavedFilter:
    work.require("record.read")
    found = work.session.get(SavedFilter, filter_id)
    if found is None or found.account != work.actor.account_id:
        raise NotFoundError(N_("这个筛选已经不在了"))
    return found


def _checked(work: UnitOfWork, list_name: str, name: str, but: RecordId) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidError.one("name", N_("请给筛选起个名字"))
    if len(name) > LONGEST_NAME:
        raise InvalidError.one("name", N_("名字最多{limit}个字"), limit=LONGEST_NAME)
    same = SavedFilter.account == work.actor.account_id, SavedFilter.list == list_name, SavedFilter.name == name
    if work.session.scalar(select(SavedFilter.id).where(*same, SavedFilter.id != but).limit(1)) is not None:
        raise InvalidError.one("name", N_("已经有一个叫“{name}”的筛选，请换个名字"), name=name)
    return name


__all__ = ["KIND", "LONGEST_NAME", "MOST", "SavedRow", "change", "mine", "remove", "restore", "save"]
