"""The door that an operator has opened to other programs: what is offered, whose keys may bring something in, and where it goes.

What comes in is a work order of the partner whose key it is, taken in like any other (``partners.incoming``): it becomes a
report of the station of its place, and never goes back to where it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from sync.modes import NORMAL
from sync.server.centre import Centre, identity
from sync.server.database import is_passing
from sync.server.open311 import keys
from sync.server.open311.config import TABLE, Open311
from sync.server.open311.errors import FORBIDDEN, LATER, WRONG, GeoReportError, Wrong
from sync.server.open311.form import Submission, read_submission
from sync.server.open311.offer import Offer
from sync.server.own import own_id
from sync.server.partners import incoming
from sync.server.partners.config import read_file
from sync.server.partners.messages import OrderIn
from zzdesk.clock import local
from zzdesk.errors import InvalidError, Problem
from zzdesk.i18n import N_
from zzdesk.places import grids
from zzdesk.places.shapes import Shape, find

_TRIES: Final = 3
_REFERENCE: Final = 120
_STATION: Final = 12
_PAUSE_S: Final = 600


@dataclass(frozen=True)
class Door:
    """One door of a centre. ``partners``: those who may post, by code; ``grids``: outlines of which one has a place in it."""

    offer: Offer
    partners: Mapping[str, Open311] = field(default_factory=dict)
    grids: tuple[Shape, ...] = ()

    def holder(self, key: str | None) -> Open311:
        """Return whose key it is.

        Raises:
            GeoReportError: nobody's, or somebody's from whom nothing is taken for a while.
        """
        if not key:
            raise GeoReportError.one(FORBIDDEN, N_("api_key：必填；怎样得到密钥，见 discovery 的 key_service"))
        code = keys.holder(key, {code: each.key_hash for code, each in self.partners.items()})
        if code is None:
            raise GeoReportError.one(FORBIDDEN, N_("api_key：不认识这个密钥，请核对，或向我们要一个新的"))
        if self.partners[code].pause:
            raise GeoReportError.one(LATER, N_("对贵方的收件暂停了，请稍后再来，或打电话问我们"), retry_after_s=_PAUSE_S)
        return self.partners[code]

    def post(self, centre: Centre, partner: Open311, fields: Mapping[str, str], once: str | None) -> str:
        """Take a form in and return the id of the request; the same number of the partner's, or the same ``once``, is one.

        Raises:
            GeoReportError: with every reason why it cannot be taken, or that it should come again later.
        """
        submission = read_submission(fields, self.offer, centre.now())
        reference = submission.reference or _told_once(once) or centre.clock.new_id()
        _take(centre, partner, self._order(submission, reference))
        return own_id("report of", partner.code, reference)

    def _order(self, submission: Submission, reference: str) -> OrderIn:
        given = submission.fields()
        given.pop("anonymous", None)
        area = given.pop("grid", None) or self._grid_of(submission)
        ours = area is not None and self.offer.covers(area[:_STATION])
        return OrderIn(external_ref=reference, area=area if ours else None, **given)

    def _grid_of(self, submission: Submission) -> str | None:
        """Return the code of the grid in whose outline a position lies; both are taken as they are written (F4)."""
        found = find(self.grids, *submission.position) if submission.position else None
        return found.code if found is not None else None


def open_door(path: Path) -> Door | None:
    """Return the door that the operator's file opens; None where there is no such file, or nothing of Open311 in it.

    Raises:
        InvalidError: everything that is wrong in the file. RefusedError: the outlines that it names cannot be read.
    """
    if not path.exists():
        return None
    connections, table = read_file(path)
    if table is None:
        return None
    partners = {each.code: each for each in connections if isinstance(each, Open311) and each.key_hash}
    if len({each.key_hash for each in partners.values()}) < len(partners):
        raise InvalidError.one("key_hash", N_("两个对方不能用同一个密钥"))
    if astray := [each.station for each in partners.values() if not table.offer(()).covers(each.station)]:
        where = "、".join(sorted(set(astray)))
        raise InvalidError.one(f"{TABLE}.stations", N_("上报的要落到公布的站点里，请加上：{stations}"), stations=where)
    outlines = grids.load(path.parent / table.grids).shapes if table.grids else ()
    if table.grids and not outlines:
        raise InvalidError.one(f"{TABLE}.grids", N_("读不了这个文件：{path}"), path=table.grids)
    changed = local(datetime.fromtimestamp(path.stat().st_mtime, UTC)).strftime("%Y-%m-%d %H:%M")
    return Door(replace(table.offer(list(partners)), changed=changed), partners, outlines)


def _told_once(once: str | None) -> str | None:
    """Return the number that a header ``Idempotency-Key`` gives a request.

    Raises:
        GeoReportError: it is too long, or has something in it that is no visible ASCII.
    """
    told = (once or "").strip()
    if len(told) > _REFERENCE or not (told.isascii() and (not told or told.isprintable())):
        raise GeoReportError.one(WRONG, N_("Idempotency-Key：最多{most}个可见的ASCII字符"), most=_REFERENCE)
    return told or None


_FIELDS: Final = {"reporter_name": "first_name、last_name、email", "address": "address_string", "area": "address_id"}
"""What a field of a report is called in a form."""


def _wrong(problem: Problem) -> Wrong:
    return Wrong(problem.message, problem.params, field=_FIELDS.get(problem.field, problem.field))


def _take(centre: Centre, partner: Open311, order: OrderIn) -> None:
    with centre.database.reading() as connection:
        if identity(connection).mode != NORMAL:
            raise GeoReportError.one(LATER, N_("中心正在维护或恢复，现在不收，请稍后再来"), retry_after_s=60)
    for _ in range(_TRIES):
        try:
            incoming.take(centre, partner, order)
        except InvalidError as error:
            raise GeoReportError(WRONG, map(_wrong, error.problems)) from error
        except DBAPIError as error:
            if not is_passing(error):
                raise
        else:
            return
    raise GeoReportError.one(LATER, N_("中心正忙，请稍后再来"), retry_after_s=5)
