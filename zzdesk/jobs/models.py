"""Employers, their postings, workers, and who works where (domain rules B3.2)."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Mapped

from zzdesk.i18n import N_
from zzdesk.jobs import complaints, guards
from zzdesk.jobs import workflow as flow
from zzdesk.people import checks
from zzdesk.people.models import LEGAL_BASES, SEXES
from zzdesk.places.checks import area
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import (
    Bool,
    Choice,
    Day,
    Integer,
    LongText,
    Moment,
    Money,
    Ref,
    ShortText,
    TextSet,
    UnfitError,
)


def _free_times(value: frozenset[str], today: date) -> frozenset[str]:
    if not value <= set(flow.FREE_TIMES):
        raise UnfitError(N_("空闲时间写作 mon-am、tue-pm、sat-night 等"))
    return value


def _certificates(value: frozenset[str], today: date) -> frozenset[str]:
    for text in value:
        name, _, day = text.partition("@")
        if not name.strip() or (day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)):
            raise UnfitError(N_("证书写作“名称”或“名称@到期日”，例如：电工证@2027-05-01"))
    return value


def _positive(value: Any, today: date) -> Any:
    if value <= 0:
        raise UnfitError(N_("应大于零"))
    return value


def _rating(value: int, today: date) -> int:
    if not 1 <= value <= 5:
        raise UnfitError(N_("评分为1至5"))
    return value


class Employer(Synced, Base):
    """Who offers work: an enterprise, a sole trader, or a person (household help)."""

    __tablename__ = "employer"
    __kind__ = "employer"
    __right__ = "job.employer.edit"
    __transitions__ = flow.EMPLOYER
    __computed__ = complaints.COUNTED
    __guard__ = guards.EMPLOYER_GUARD
    __search__ = ("credit_code", "handler_phone", "address", "industry")
    __search_names__ = ("name", "handler_name")
    __table_args__ = (
        list_index("employer", "created_at", "id"),
        list_index("employer", "state", "created_at", "id"),
        list_index("employer", "credit_code"),
        list_index("employer", "state", "valid_until", "id"),
        list_index("employer", "state", "sanction_until", "id"),
        list_index("employer", "vetted_at", "id", seldom=True),
    )

    employer_kind: Mapped[str] = synced(Choice(*flow.EMPLOYER_KINDS), required=True)
    name: Mapped[str] = synced(ShortText(), required=True, mask="holder")
    credit_code: Mapped[str | None] = synced(ShortText(), Merge.FOUR_EYES, check=checks.credit_code, natural=True)
    identity_number: Mapped[str | None] = synced(
        ShortText(), Merge.FOUR_EYES, mask="id", check=checks.identity, natural=True
    )
    legal_person: Mapped[str | None] = synced(ShortText(), mask="name")
    handler_name: Mapped[str | None] = synced(ShortText(), mask="name")
    handler_identity: Mapped[str | None] = synced(
        ShortText(), Merge.FOUR_EYES, mask="id", check=checks.identity
    )
    handler_phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    address: Mapped[str | None] = synced(ShortText(), mask="address")
    area_code: Mapped[str | None] = synced(ShortText(), check=area)
    industry: Mapped[str | None] = synced(ShortText())
    shown_brochure: Mapped[bool | None] = synced(Bool())
    shown_licence: Mapped[bool | None] = synced(Bool())
    shown_handler_identity: Mapped[bool | None] = synced(Bool())
    shown_mandate: Mapped[bool | None] = synced(Bool())
    state: Mapped[str] = synced(
        Choice(*sorted(flow.EMPLOYER.states)), Merge.TRANSITION, default=flow.PENDING
    )
    valid_until: Mapped[date | None] = synced(Day())
    editors: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, derived=True)
    vetted_by: Mapped[str | None] = synced(Ref(), derived=True)
    vetted_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    vetted_files: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, derived=True)
    """The attachments, by id, that whoever vetted looked at."""
    sanction_proposed: Mapped[str | None] = synced(Choice(*sorted(flow.SANCTIONS)), derived=True)
    sanction_proposed_by: Mapped[str | None] = synced(Ref(), derived=True)
    sanction_proposed_reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    sanction_proposed_until: Mapped[date | None] = synced(Day(), derived=True)
    """What is proposed and not decided stands beside the sanction in force, which it does not touch."""
    sanction_reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    sanction_until: Mapped[date | None] = synced(Day())
    sanction_by: Mapped[str | None] = synced(Ref(), derived=True)
    sanction_raised_by: Mapped[str | None] = synced(Ref(), derived=True)
    """Who proposed the sanction in force."""
    sanction_id: Mapped[str | None] = synced(Ref(), derived=True)
    """Which sanction is in force (``appeals.sanction_id``): an appeal is of one."""
    appeal: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text", derived=True)
    complaints: Mapped[int | None] = synced(Integer(), Merge.DELTA, least=0, derived=True)
    """Marks of older programs. Appeals and complaints are records of their own (``models_complaints``)."""
    complaint_count: Mapped[int | None] = synced(Integer(), Merge.COMPUTED, derived=True)
    notes: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class Posting(Synced, Base):
    """Work on offer. The six items of 人力资源市场暂行条例 article 24 must be there before it is reviewed."""

    __tablename__ = "posting"
    __kind__ = "posting"
    __right__ = "job.posting.edit"
    __transitions__ = flow.POSTING
    __guard__ = guards.POSTING_GUARD
    __search__ = ("number", "title", "tasks", "place", "conditions")
    __table_args__ = (
        list_index("posting", "created_at", "id"),
        list_index("posting", "state", "created_at", "id"),
        list_index("posting", "trade", "created_at", "id"),
        list_index("posting", "employer_id"),
        list_index("posting", "starts_at", "id"),
        list_index("posting", "published_at", "id", seldom=True),
    )

    number: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    employer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    title: Mapped[str] = synced(ShortText(), required=True, mask="text")
    trade: Mapped[str] = synced(Choice(*flow.TRADES), default="other")
    headcount: Mapped[int | None] = synced(Integer(), check=_positive)
    filled: Mapped[int | None] = synced(Integer(), Merge.DELTA, derived=True)
    conditions: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    tasks: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    place: Mapped[str | None] = synced(ShortText())
    area_code: Mapped[str | None] = synced(ShortText(), check=area)
    latitude: Mapped[str | None] = synced(ShortText())
    longitude: Mapped[str | None] = synced(ShortText())
    starts_at: Mapped[datetime | None] = synced(Moment())
    ends_at: Mapped[datetime | None] = synced(Moment())
    hours: Mapped[str | None] = synced(ShortText())
    meals: Mapped[bool | None] = synced(Bool())
    lodging: Mapped[bool | None] = synced(Bool())
    transport: Mapped[bool | None] = synced(Bool())
    wage: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES, check=_positive)
    pay_unit: Mapped[str | None] = synced(Choice(*flow.PAY_UNITS))
    overtime: Mapped[str | None] = synced(ShortText())
    settlement: Mapped[str | None] = synced(Choice(*flow.SETTLEMENTS))
    settle_day: Mapped[date | None] = synced(Day())
    tools: Mapped[str | None] = synced(ShortText())
    safety: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    insurer: Mapped[str | None] = synced(ShortText())
    policy_number: Mapped[str | None] = synced(ShortText())
    insured_by: Mapped[str | None] = synced(ShortText())
    """Who pays for it."""
    insured_from: Mapped[date | None] = synced(Day())
    insured_until: Mapped[date | None] = synced(Day())
    lawful_needs: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    heavy: Mapped[bool | None] = synced(Bool())
    hazardous: Mapped[bool | None] = synced(Bool())
    night: Mapped[bool | None] = synced(Bool())
    entertainment: Mapped[bool | None] = synced(Bool())
    contact_name: Mapped[str | None] = synced(ShortText(), mask="name")
    contact_phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    valid_until: Mapped[date | None] = synced(Day())
    audience: Mapped[str] = synced(Choice(*flow.AUDIENCES), default="station")
    state: Mapped[str] = synced(Choice(*sorted(flow.POSTING.states)), Merge.TRANSITION, default=flow.DRAFT)
    hold_words: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, derived=True)
    decision: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    editors: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, derived=True)
    reviewed_by: Mapped[str | None] = synced(Ref(), derived=True)
    published_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    complaints: Mapped[int | None] = synced(Integer(), Merge.DELTA, least=0, derived=True)


class Worker(Synced, Base):
    """Somebody who looks for odd jobs. Sixteen or older, or nothing of them is stored."""

    __tablename__ = "worker"
    __kind__ = "worker"
    __right__ = "job.worker.edit"
    __transitions__ = flow.WORKER
    __guard__ = guards.WORKER_GUARD
    __search__ = ("card", "identity_number", "phone")
    __search_names__ = ("name",)
    __table_args__ = (
        list_index("worker", "created_at", "id"),
        list_index("worker", "state", "created_at", "id"),
        list_index("worker", "identity_number"),
        list_index("worker", "phone"),
        list_index("worker", "card"),
        list_index("worker", "name", "birth"),
    )

    card: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    person_id: Mapped[str | None] = synced(Ref())
    name: Mapped[str] = synced(ShortText(), required=True, mask="name")
    identity_number: Mapped[str] = synced(
        ShortText(), Merge.FOUR_EYES, required=True, mask="id", check=checks.identity, natural=True
    )
    sex: Mapped[str | None] = synced(Choice(*SEXES), derived=True)
    birth: Mapped[date | None] = synced(Day(), derived=True, mask="birth")
    phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    address: Mapped[str | None] = synced(ShortText(), mask="address")
    area_code: Mapped[str | None] = synced(ShortText(), check=area)
    skills: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    certificates: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, check=_certificates)
    tools: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    free_times: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, check=_free_times)
    wish_wage: Mapped[Decimal | None] = synced(Money(), check=_positive)
    wish_unit: Mapped[str | None] = synced(Choice(*flow.PAY_UNITS))
    distance_km: Mapped[int | None] = synced(Integer(), check=_positive)
    health_limits: Mapped[str | None] = synced(LongText(), mask="sensitive")
    emergency_name: Mapped[str | None] = synced(ShortText(), mask="name")
    emergency_phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    guardian_name: Mapped[str | None] = synced(ShortText(), mask="name")
    guardian_phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    languages: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    legal_basis: Mapped[str] = synced(Choice(*LEGAL_BASES), default="contract")
    consent_version: Mapped[str | None] = synced(ShortText())
    consent_at: Mapped[datetime | None] = synced(Moment())
    consent_withdrawn_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    duplicate_of: Mapped[str | None] = synced(Ref(), derived=True)
    """The record of the same person that counts: two desks may register somebody without a network (decision 10)."""
    state: Mapped[str] = synced(Choice(*sorted(flow.WORKER.states)), Merge.TRANSITION, default=flow.ACTIVE)
    state_reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    notes: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class Application(Synced, Base):
    """A worker's application for a posting, and what became of it."""

    __tablename__ = "application"
    __kind__ = "application"
    __right__ = "job.place"
    __transitions__ = flow.APPLICATION
    __guard__ = guards.APPLICATION_GUARD
    __frozen_states__ = flow.ENDED
    __table_args__ = (
        list_index("application", "posting_id", "created_at", "id"),
        list_index("application", "worker_id", "created_at", "id"),
        list_index("application", "state", "created_at", "id"),
        list_index("application", "created_at", "id"),
        list_index("application", "work_date", "checked_in_at", "id"),
    )

    posting_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    worker_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True, natural=True)
    way: Mapped[str] = synced(Choice(*flow.WAYS), default="counter")
    work_date: Mapped[date | None] = synced(Day())
    state: Mapped[str] = synced(
        Choice(*sorted(flow.APPLICATION.states)), Merge.TRANSITION, default=flow.APPLIED
    )
    match_score: Mapped[int | None] = synced(Integer())
    match_reasons: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    employer_answer: Mapped[str | None] = synced(Choice(*flow.ANSWERS))
    confirmed_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    checked_in_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    checked_out_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    checked_by: Mapped[str | None] = synced(Ref(), derived=True)
    minutes: Mapped[int | None] = synced(Integer(), derived=True)
    employer_rating: Mapped[int | None] = synced(Integer(), check=_rating)
    worker_rating: Mapped[int | None] = synced(Integer(), check=_rating)
    reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    replaced_by: Mapped[str | None] = synced(Ref(), late=True)
    """The application of whoever came instead."""
    replaces: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    """The application in whose place this one came."""
    checked_in_by: Mapped[str | None] = synced(Ref(), derived=True)
    checked_out_by: Mapped[str | None] = synced(Ref(), derived=True)
    break_minutes: Mapped[int | None] = synced(Integer(), derived=True)
    """Minutes between coming and leaving that are not paid: a meal, a pause."""
    note: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text", late=True)
