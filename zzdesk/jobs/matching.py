"""Who fits a posting, and why (domain rules B3.3; PIPL article 24: explained, and a person decides). Pure.

What rules somebody out is a hard filter; what speaks for somebody is a score with its reasons. Nothing is confirmed by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from zzdesk.clock import local
from zzdesk.jobs import workflow as flow

NOON: Final = 12
EVENING: Final = 18
COMMUNITY: Final = 12
STREET: Final = 9
COUNTY: Final = 6
"""Digits of a division code down to a community, a street, a county (GB/T 2260 and the statistical codes)."""
NEAR_KM: Final = 3
"""Who goes no farther than this stays within the street: no coordinates of a home are kept."""
POINTS: Final = {
    "skill": 30, "same-community": 25, "same-street": 15, "same-county": 5, "wage": 15, "queue": 20, "waited": 10,
    "rated": 10, "newcomer": 6,
}  # fmt: skip
"""Most points that each reason brings. Past ratings weigh no more than a third of the skill: newcomers are not shut out."""


@dataclass(frozen=True)
class Job:
    """A posting as far as it decides about who fits."""

    trade: str
    area: str
    starts_at: datetime | None
    ends_at: datetime | None
    wage: Decimal | None
    pay_unit: str | None
    certificate: str | None = None


@dataclass(frozen=True)
class Person:
    """A worker as far as it decides. ``place`` in this morning's queue from 1, None for who is not in it."""

    id: str
    skills: frozenset[str]
    area: str
    free: frozenset[str]
    wish: Decimal | None
    wish_unit: str | None
    distance_km: int | None
    certificates: frozenset[str] = frozenset()
    place: int | None = None
    missed: int = 0


@dataclass(frozen=True)
class Match:
    """Somebody who fits: ``score`` to 100 and the reasons with their points, the weightiest first."""

    person_id: str
    score: int
    reasons: tuple[tuple[str, int], ...]


def parts_of(starts_at: datetime | None, ends_at: datetime | None) -> frozenset[str]:
    """Return the parts of the week that work takes up, as the free times of workers name them (``wed-am``)."""
    if starts_at is None or ends_at is None:
        return frozenset()
    first, last = local(starts_at), local(ends_at)
    day = flow.WEEKDAYS[first.weekday()]
    whole = last.date() > first.date()
    ends = 24.0 if whole else last.hour + last.minute / 60
    spans = (("am", 0, NOON), ("pm", NOON, EVENING), ("night", EVENING, 24))
    return frozenset(f"{day}-{part}" for part, low, high in spans if first.hour < high and ends > low)


def holds(certificates: frozenset[str], wanted: str, day: date) -> bool:
    """Say whether one of the certificates (``name`` or ``name@2027-05-01``) is the one wanted and still holds on a day."""
    for each in certificates:
        name, _, until = each.partition("@")
        if name.strip() == wanted and (not until or until >= day.isoformat()):
            return True
    return False


def ruled_out(job: Job, person: Person, day: date) -> str | None:
    """Return what rules somebody out, None where nothing does."""
    if person.free and not parts_of(job.starts_at, job.ends_at) <= person.free:
        return "not-free"
    if job.certificate and not holds(person.certificates, job.certificate, day):
        return "no-certificate"
    near = person.distance_km is not None and person.distance_km <= NEAR_KM
    if near and len(person.area) >= STREET and len(job.area) >= STREET and person.area[:STREET] != job.area[:STREET]:
        return "too-far"
    return None


def weigh(job: Job, person: Person, rating: Decimal | None = None) -> Match:
    """Return the score of somebody and what it is made of; ``rating`` is the mean of past ones (1 to 5), None of nobody yet."""
    found = {"skill": POINTS["skill"] if job.trade in person.skills else 0, **_nearness(job, person)}
    paid = person.wish is not None and job.wage is not None and person.wish_unit == job.pay_unit and person.wish <= job.wage
    found["wage"] = POINTS["wage"] if paid else 0
    if person.place is not None:
        found["queue"] = max(2, POINTS["queue"] - 2 * (person.place - 1))
        found["waited"] = min(POINTS["waited"], 3 * person.missed)
    if rating is None:
        found["newcomer"] = POINTS["newcomer"]
    else:
        found["rated"] = max(0, min(POINTS["rated"], int((rating - 1) * POINTS["rated"] / 4)))
    reasons = sorted(((name, points) for name, points in found.items() if points), key=lambda each: (-each[1], each[0]))
    return Match(person.id, min(100, sum(points for _, points in reasons)), tuple(reasons))


def _nearness(job: Job, person: Person) -> Mapping[str, int]:
    for name, digits in (("same-community", COMMUNITY), ("same-street", STREET), ("same-county", COUNTY)):
        if len(person.area) >= digits and person.area[:digits] == job.area[:digits]:
            return {name: POINTS[name]}
    return {}


def best(matches: Sequence[Match], most: int) -> list[Match]:
    """Return the best, the highest score first; the same score in the order of ids, so that it is the same every time."""
    return sorted(matches, key=lambda each: (-each.score, each.person_id))[:most]
