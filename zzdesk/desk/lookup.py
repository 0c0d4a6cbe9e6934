"""What type-ahead fields ask while somebody types: residents, words of a list, and what was typed before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from zzdesk import pinyin
from zzdesk.catalogue import KINDS
from zzdesk.clock import RecordId
from zzdesk.errors import BugError, InvalidError
from zzdesk.i18n import N_, translate
from zzdesk.mediation.team import visible
from zzdesk.paths import HomePaths
from zzdesk.people import queries as people
from zzdesk.people.credit_code import parse_credit_code
from zzdesk.people.identity import parse_identity
from zzdesk.people.queries import PersonRow
from zzdesk.places import buildings, grids
from zzdesk.places import queries as places
from zzdesk.places.addresses import address_key, spot_of
from zzdesk.places.shapes import find as shape_at
from zzdesk.reports.models import Report
from zzdesk.store import search as index
from zzdesk.store.base import kinds
from zzdesk.store.unit import Reader

RECENT = 400
"""How many of the newest records are looked through for what was typed before."""
ALIKE: Final = 65
"""Percent from which an address counts as meant though it is written differently."""


def residents(read: Reader, text: str, limit: int = 8) -> tuple[PersonRow, ...]:
    """Return residents by name, pinyin, end of the phone or of the identity number; masked."""
    found = index.search(read.session, text, ("person",), limit)
    return people.by_ids(read, tuple(record_id for _, record_id in found))


def resident(read: Reader, person_id: RecordId) -> PersonRow | None:
    """Return one resident, masked, or None when it is not on this desk."""
    return next(iter(people.by_ids(read, (person_id,))), None)


def typed_before(read: Reader, kind: str, field: str, text: str, limit: int = 8) -> tuple[str, ...]:
    """Return values of a field in the newest records that contain what was typed, the latest first.

    Only fields without a mask are given away, and those of a mediation case to its team; nothing for who may not
    look at records.
    """
    known = kinds()[kind]
    if known.fields[field].mask is not None:
        raise BugError(f"{kind}.{field} is personal")
    if not read.may(KINDS[kind].read_right):
        return ()
    model: Any = known.model
    newest = select(getattr(model, field)).where(visible(read, model))
    newest = newest.order_by(model.created_at.desc(), model.id.desc()).limit(RECENT)
    wanted = text.strip().casefold()
    values = [value for value in read.session.scalars(newest) if value and wanted in value.casefold()]
    return tuple(dict.fromkeys(values))[:limit]


@dataclass(frozen=True)
class AddressFound:
    """An address that can be taken: its grid and place where they are known, and from where it is known.

    ``source`` is ``before`` (a report on this desk), ``table`` (imported buildings) or ``division``.
    """

    address: str
    source: str
    grid: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    detail: str = ""


def addresses(
    read: Reader, text: str, paths: HomePaths | None = None, limit: int = 8
) -> tuple[AddressFound, ...]:
    """Return addresses that fit what was typed, without a network: registered here before, imported ones, divisions.

    Of one address the newest report that knows grid or place says it, else the imported table. Slips of the pen find
    the likeliest; initials of pinyin find imported addresses and divisions.
    """
    wanted = text.strip()
    if not wanted or not read.may("record.read"):
        return ()
    found: dict[str, AddressFound] = {}
    for row in _addressed(read, wanted):
        key = address_key(row.address)
        known = found.get(key)
        if known is None or (known.latitude is None and row.latitude is not None):
            found[key] = AddressFound(row.address, "before", row.grid, row.latitude, row.longitude)
    for building in buildings.find(buildings.load(paths.addresses), wanted) if paths is not None else ():
        known = found.get(building.key)
        if known is None or (known.latitude is None and building.latitude is not None):
            found[building.key] = AddressFound(
                building.address, "table", building.grid, building.latitude, building.longitude
            )
    for place in places.find(wanted, 4):
        found.setdefault(place.code, AddressFound(place.name, "division", place.code, detail=place.full_name))
    return tuple(found.values())[:limit]


def grid_at(paths: HomePaths, latitude: str, longitude: str) -> str | None:
    """Return the code of the imported grid that holds a place; None without one, or where the datum is not WGS 84."""
    found, spot = grids.load(paths.grids), spot_of(latitude, longitude)
    if spot is None or found.datum != grids.WGS84:
        return None
    shape = shape_at(found.shapes, spot[1], spot[0])
    return shape.code if shape is not None else None


_ADDRESSED: Final = select(Report.id, Report.address, Report.grid, Report.latitude, Report.longitude).where(
    Report.address.is_not(None), Report.voided.is_not(True)
)


def _addressed(read: Reader, wanted: str) -> list[Any]:
    """Return reports whose address fits, the best first: what search finds, then what is alike among the newest."""
    ids = [record_id for _, record_id in index.search(read.session, wanted, ("report",), 50)]
    key = address_key(wanted)
    hits = {row.id: row for row in read.session.execute(_ADDRESSED.where(Report.id.in_(ids)))}
    exact = [hits[i] for i in ids if i in hits and key in address_key(hits[i].address)]
    if len(key) < 2 or len({address_key(row.address) for row in exact}) >= 3:
        return exact
    from rapidfuzz import fuzz

    newest = read.session.execute(_ADDRESSED.order_by(Report.created_at.desc(), Report.id.desc()).limit(RECENT))
    scored = [(fuzz.partial_ratio(key, address_key(row.address)), n, row) for n, row in enumerate(newest)]
    alike = sorted((each for each in scored if each[0] >= ALIKE), key=lambda each: (-each[0], each[1]))
    return [*exact, *(row for _, _, row in alike)]


def fitting(words: Mapping[str, str], text: str) -> tuple[str, ...]:
    """Return the codes whose word holds what was typed, or whose pinyin or its initials begin with it; needs no desk.

    A word that begins with the text comes first; nothing typed fits everything.
    """
    wanted = text.strip().casefold()
    ranks = {code: _rank(word.casefold(), wanted) for code, word in words.items()}
    return tuple(sorted((code for code, rank in ranks.items() if rank is not None), key=lambda c: ranks[c] or 0))


def _rank(word: str, wanted: str) -> int | None:
    if word.startswith(wanted):
        return 0
    if wanted in word:
        return 1
    if not wanted.isascii() or not pinyin.has_han(word):
        return None
    spoken = pinyin.syllables(word)
    starts = ("".join(spoken), "".join(part[0] for part in spoken))
    return 2 if any(start.startswith(wanted) for start in starts) else None


@dataclass(frozen=True)
class Judged:
    """What can be said of a number while it is typed: what is wrong with it, or what it says."""

    problem: str = ""
    says: str = ""
    underage: bool = False


def judge_credit_code(text: str) -> Judged:
    """Return what a unified social credit code says (GB 32100-2015); needs no desk."""
    try:
        code = parse_credit_code(text)
    except InvalidError as error:
        return Judged(error.problems[0].text())
    return Judged(says=translate(N_("校验通过：{kind}"), kind=translate(code.kind)))


def judge_identity(text: str, today: date, least_age: int = 0) -> Judged:
    """Return what a resident identity number says (GB 11643-1999); needs no desk.

    ``least_age`` is the age below which the law forbids what the form is for (禁止使用童工规定 articles 2 and 4).
    """
    try:
        number = parse_identity(text, today)
    except InvalidError as error:
        return Judged(error.problems[0].text())
    age = number.age_on(today)
    if age < least_age:
        refusal = N_("这位同学今天还不满{age}周岁。法律不允许招用和介绍就业，所以不能登记；没有保存任何内容。")
        return Judged(translate(refusal, age=least_age), underage=True)
    sex = translate(N_("男") if number.sex == "male" else N_("女"))
    return Judged(says=translate(N_("校验通过：{sex}，{age}岁"), sex=sex, age=age))
