"""Volunteers, teams, segments, duty rosters, tasks, and who signs up for them (domain rules B4).

A volunteer's record holds the minimum (志愿服务条例: true identity and what the service needs); everything that names
somebody is masked. A task lies where its issuer is; a sign-up lies with the station that made it, so that one task can
be shared by several stations whose people stay their own.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped

from zzdesk.i18n import N_
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.checkins import SOURCES
from zzdesk.patrol.guards import SIGNUP_GUARD, TASK_GUARD
from zzdesk.people import checks
from zzdesk.people.models import LEGAL_BASES
from zzdesk.places.checks import area
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import (
    Bool,
    Choice,
    Day,
    Integer,
    LongText,
    Moment,
    Ref,
    ShortText,
    TextSet,
    UnfitError,
)


def _trainings(value: frozenset[str], today: date) -> frozenset[str]:
    for text in value:
        name, _, day = text.partition("@")
        if not name.strip() or (day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)):
            raise UnfitError(N_("培训写作“名称”或“名称@日期”，例如：急救@2026-05-01"))
    return value


def positive(value: Any, today: date) -> Any:
    """Return a number above zero.

    Raises:
        UnfitError: it is not.
    """
    if value <= 0:
        raise UnfitError(N_("应大于零"))
    return value


def _not_negative(value: int, today: date) -> int:
    if value < 0:
        raise UnfitError(N_("不能为负数"))
    return value


class Volunteer(Synced, Base):
    """Somebody who takes part. The identity number is asked for only where a certificate is wanted."""

    __tablename__ = "volunteer"
    __kind__ = "volunteer"
    __right__ = "patrol.volunteer.edit"
    __transitions__ = flow.VOLUNTEER
    __search__ = ("number", "phone")
    __search_names__ = ("name",)
    __table_args__ = (
        list_index("volunteer", "created_at", "id"),
        list_index("volunteer", "state", "created_at", "id"),
        list_index("volunteer", "team_id", "id"),
        list_index("volunteer", "identity_number"),
    )

    number: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    name: Mapped[str] = synced(ShortText(), required=True, mask="name")
    document_kind: Mapped[str] = synced(Choice(*flow.DOCUMENTS), default="identity-card")
    identity_number: Mapped[str | None] = synced(ShortText(), Merge.FOUR_EYES, mask="id")
    phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    area_code: Mapped[str | None] = synced(ShortText(), check=area)
    grid: Mapped[str | None] = synced(ShortText())
    team_id: Mapped[str | None] = synced(Ref())
    skills: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    trainings: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, check=_trainings)
    awards: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    insured_until: Mapped[date | None] = synced(Day())
    legal_basis: Mapped[str] = synced(Choice(*LEGAL_BASES), default="consent")
    consent_version: Mapped[str | None] = synced(ShortText())
    consent_at: Mapped[datetime | None] = synced(Moment())
    state: Mapped[str] = synced(Choice(*sorted(flow.VOLUNTEER.states)), Merge.TRANSITION, default=flow.ACTIVE)
    state_reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    notes: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class Team(Synced, Base):
    """A team: 厝边阿姨, 治安巡防队, 法律援助 and so on; who belongs to it says so in the own record."""

    __tablename__ = "team"
    __kind__ = "team"
    __right__ = "patrol.team.edit"
    __search_names__ = ("name",)
    __table_args__ = (list_index("team", "created_at", "id"),)

    name: Mapped[str] = synced(ShortText(), required=True, mask="text")
    team_kind: Mapped[str] = synced(Choice(*flow.TEAM_KINDS), default="patrol")
    leader_id: Mapped[str | None] = synced(Ref())
    phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    grid: Mapped[str | None] = synced(ShortText())
    notes: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class Segment(Synced, Base):
    """A route or a post, with the points at which one checks in."""

    __tablename__ = "segment"
    __kind__ = "segment"
    __right__ = "patrol.team.edit"
    __search__ = ("route",)
    __search_names__ = ("name",)
    __table_args__ = (list_index("segment", "created_at", "id"),)

    name: Mapped[str] = synced(ShortText(), required=True, mask="text")
    grid: Mapped[str | None] = synced(ShortText())
    route: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    check_points: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    notes: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class Duty(Synced, Base):
    """One line of a roster: who is on duty in a grid from when to when (2+N: two grid workers, police, teams)."""

    __tablename__ = "duty"
    __kind__ = "duty"
    __right__ = "patrol.roster.edit"
    __table_args__ = (
        list_index("duty", "created_at", "id"),
        list_index("duty", "ends_at", "starts_at", "id"),
    )

    grid: Mapped[str] = synced(ShortText(), required=True)
    slot: Mapped[str] = synced(Choice(*flow.DUTY_SLOTS), required=True)
    team_id: Mapped[str | None] = synced(Ref())
    volunteer_id: Mapped[str | None] = synced(Ref())
    name: Mapped[str | None] = synced(ShortText(), mask="name")
    phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    starts_at: Mapped[datetime] = synced(Moment(), required=True)
    ends_at: Mapped[datetime] = synced(Moment(), required=True)
    notes: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class Task(Synced, Base):
    """Something to be done by n people in a window of time. How many have a place is the centre's to say."""

    __tablename__ = "patrol_task"
    __kind__ = "task"
    __right__ = "patrol.task.issue"
    __transitions__ = flow.TASK
    __guard__ = TASK_GUARD
    __frozen_states__ = flow.CLOSED_TASKS
    __search__ = ("number", "title", "place", "issuer")
    __table_args__ = (
        list_index("patrol_task", "created_at", "id"),
        list_index("patrol_task", "state", "created_at", "id"),
        list_index("patrol_task", "state", "ends_at", "id"),
    )

    number: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    title: Mapped[str] = synced(ShortText(), required=True, mask="text")
    task_kind: Mapped[str] = synced(Choice(*flow.TASK_KINDS), default="patrol")
    issuer_kind: Mapped[str] = synced(Choice(*flow.ISSUERS), default="community")
    issuer: Mapped[str | None] = synced(ShortText())
    team_id: Mapped[str | None] = synced(Ref())
    segment_id: Mapped[str | None] = synced(Ref())
    place: Mapped[str | None] = synced(ShortText())
    grid: Mapped[str | None] = synced(ShortText())
    starts_at: Mapped[datetime] = synced(Moment(), required=True)
    ends_at: Mapped[datetime] = synced(Moment(), required=True)
    places: Mapped[int] = synced(Integer(), check=positive, default=1)
    points: Mapped[int] = synced(Integer(), check=_not_negative, default=flow.POINTS)
    cancel_hours: Mapped[int] = synced(Integer(), check=_not_negative, default=flow.CANCEL_HOURS)
    quota: Mapped[int] = synced(Integer(), check=positive, default=flow.WEEK_QUOTA)
    risky: Mapped[bool | None] = synced(Bool())
    trainings: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    self_started: Mapped[bool | None] = synced(Bool(), Merge.WRITE_ONCE, derived=True)
    content: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    state: Mapped[str] = synced(Choice(*sorted(flow.TASK.states)), Merge.TRANSITION, default=flow.PUBLISHED)
    granted: Mapped[int | None] = synced(Integer(), Merge.SERVER)
    waiting: Mapped[int | None] = synced(Integer(), Merge.SERVER)
    submitted_by: Mapped[str | None] = synced(Ref(), derived=True)
    decision: Mapped[str | None] = synced(LongText(), derived=True, mask="text")


class SignUp(Synced, Base):
    """One person's sign-up for one task, and what became of it. ``standing`` is the centre's word, and nobody else's.

    ``task_id`` and ``volunteer_id`` are ``natural``: the centre finds by them all sign-ups of a task and of a person.
    """

    __tablename__ = "signup"
    __kind__ = "signup"
    __right__ = "patrol.lead"
    __void_right__ = "patrol.override"
    __transitions__ = flow.SIGNUP
    __guard__ = SIGNUP_GUARD
    __table_args__ = (
        list_index("signup", "task_id", "created_at", "id"),
        list_index("signup", "volunteer_id", "created_at", "id"),
        list_index("signup", "created_by", "decided_at", "id"),
        list_index("signup", "state", "created_at", "id"),
    )

    task_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True, natural=True)
    volunteer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True, natural=True)
    state: Mapped[str] = synced(Choice(*sorted(flow.SIGNUP.states)), Merge.TRANSITION, default=flow.ASKED)
    standing: Mapped[str | None] = synced(Choice(*flow.STANDINGS), Merge.SERVER)
    place: Mapped[int | None] = synced(Integer(), Merge.SERVER)
    turn: Mapped[int | None] = synced(Integer(), Merge.SERVER)
    refusal: Mapped[str | None] = synced(Choice(*flow.REFUSALS), Merge.SERVER)
    clash_task_id: Mapped[str | None] = synced(Ref(), Merge.SERVER)
    skew_ms: Mapped[int | None] = synced(Integer(), Merge.SERVER)
    received_at: Mapped[datetime | None] = synced(Moment(), Merge.SERVER)
    decided_at: Mapped[datetime | None] = synced(Moment(), Merge.SERVER)
    check_way: Mapped[str | None] = synced(Choice(*flow.CHECK_WAYS), derived=True)
    check_point: Mapped[str | None] = synced(ShortText(), derived=True)
    """The point of the route at which somebody checked in (``zzdesk.patrol.checkins``)."""
    check_place: Mapped[str | None] = synced(ShortText(), derived=True, mask="sensitive")
    """Where somebody said to be, or a photo did: ``latitude/longitude`` in degrees, WGS 84."""
    check_distance: Mapped[int | None] = synced(Integer(), derived=True)
    """Metres from there to the point."""
    check_source: Mapped[str | None] = synced(Choice(*SOURCES), derived=True)
    checked_in_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    checked_in_by: Mapped[str | None] = synced(Ref(), derived=True)
    checked_out_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    minutes: Mapped[int | None] = synced(Integer(), derived=True)
    forgotten: Mapped[bool | None] = synced(Bool(), derived=True)
    on_site: Mapped[bool | None] = synced(Bool(), derived=True)
    repaired_by: Mapped[str | None] = synced(Ref(), derived=True)
    reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
