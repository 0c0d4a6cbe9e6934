"""What people do with the subsidy: enter an amount, draw up a sheet, submit it, and approve it with four eyes (B1.8)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select

from zzdesk.accounts.models import Account
from zzdesk.clock import RecordId
from zzdesk.documents.figures import Month
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.mediation import subsidy
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.models import Case
from zzdesk.mediation.models_subsidy import SubsidyItem, SubsidyRule, SubsidySheet
from zzdesk.mediation.subsidy_queries import rules_of
from zzdesk.mediation.team import account_ids, get_case
from zzdesk.store.unit import ChangeSet, UnitOfWork

NO_RULE: Final = N_("{day}还没有这一种案件的补贴标准：请先录入标准")

LOOK_BACK: Final = 24
"""Months before a sheet's own in which a case may have ended to be offered for it."""


def enter_rule(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Enter an amount from a day on.

    Raises:
        InvalidError: every field that cannot be taken.
        RefusedError: there is a rule of that level, form and day: it is not changed.
    """
    add_rule(work, fields)
    return work.commit()


def add_rule(work: UnitOfWork, fields: Mapping[str, Any]) -> SubsidyRule:
    """Enter an amount inside a transaction that goes on."""
    work.require("subsidy.rule")
    with work.session.no_autoflush:
        rule = work.create(SubsidyRule, fields)
        rule.station = work.actor.station
        wanted = subsidy.rule_id(rule.station, rule.level, rule.form, rule.from_day.isoformat())
        if work.session.get(SubsidyRule, wanted) is not None:
            work.session.expunge(rule)
            raise RefusedError(N_("这一天起的标准已经录入；要调整，请从新的日期起另立一条"))
        rule.id = wanted
    return rule


def void_rule(work: UnitOfWork, record_id: RecordId, reason: str) -> ChangeSet:
    """Declare a rule void that was entered by mistake; what was paid by it stays as it is."""
    work.require("subsidy.rule")
    work.void(work.get(SubsidyRule, record_id), reason)
    return work.commit()


def unvoid_rule(work: UnitOfWork, record_id: RecordId, reason: str) -> ChangeSet:
    """Take a rule back that was declared void."""
    work.require("subsidy.rule")
    work.unvoid(work.get(SubsidyRule, record_id), reason)
    return work.commit()


def draw_sheet(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Draw up a mediator's sheet of a month with every case that may be paid and was not.

    Raises:
        InvalidError: the month or the mediator cannot be taken.
        RefusedError: there is nothing to pay, or no rule for it.
    """
    sheet = _sheet(work, fields)
    work.session.flush()
    for case in payable(work, sheet):
        _put(work, sheet, case, "normal")
    if not _items(work, sheet):
        raise RefusedError(N_("没有可以列入的案件：要调解成功、卷宗齐全并已归档、还没有领过补贴"))
    _add_up(work, sheet)
    return work.commit()


def add_sheet(work: UnitOfWork, fields: Mapping[str, Any]) -> SubsidySheet:
    """Make an empty sheet inside a transaction that goes on.

    Raises:
        InvalidError: the month cannot be taken, or there is no such account.
        RefusedError: the sheet of that month has left the draft.
    """
    sheet = _sheet(work, fields)
    if work.session.get(Account, sheet.mediator_id) is None:
        raise InvalidError.one("mediator_id", N_("本站没有这个账号：{account}"), account=str(fields["mediator_id"]))
    return sheet


def _sheet(work: UnitOfWork, fields: Mapping[str, Any]) -> SubsidySheet:
    work.require("subsidy.draw")
    given = dict(fields)
    month = Month.read(str(given.get("month") or ""))
    mediator = account_ids(work.actor.station, [str(given["mediator_id"])]) if given.get("mediator_id") else ()
    given |= {"month": str(month), "mediator_id": next(iter(mediator), None)}
    with work.session.no_autoflush:
        sheet = work.create(SubsidySheet, given)
        sheet.station = work.actor.station
        wanted = subsidy.sheet_id(sheet.station, sheet.month, sheet.mediator_id)
        there = work.session.get(SubsidySheet, wanted)
        if there is not None:
            work.session.expunge(sheet)
            if there.state != subsidy.DRAFT:
                raise RefusedError(N_("{month}的补贴表已经提交或审批，新归档的案件列入下个月的表"), month=str(month))
            return there
        sheet.id = wanted
        person = work.session.get(Account, sheet.mediator_id)
        sheet.name = f"{person.display_name if person is not None else sheet.mediator_id[:8]} {sheet.month}"
    return sheet


def payable(work: UnitOfWork, sheet: SubsidySheet) -> list[Case]:
    """Return the mediator's cases that ended with an agreement until the month's end, are archived and were not paid."""
    month = Month.read(sheet.month)
    paid = select(SubsidyItem.case_id).where(SubsidyItem.subsidy_sheet_id.is_not(None), SubsidyItem.voided.is_not(True))
    query = select(Case).where(
        Case.closed_on >= month.plus(-LOOK_BACK).first, Case.closed_on < month.plus(1).first, Case.state == flow.ARCHIVED,
        Case.voided.is_not(True), Case.outcome.in_(subsidy.FORMS), Case.id.not_in(paid),
        Case.scope.startswith(work.actor.station, autoescape=True),
    )  # fmt: skip
    return [each for each in work.session.scalars(query.order_by(Case.id)) if sheet.mediator_id in (each.mediators or ())]


def _items(work: UnitOfWork, sheet: SubsidySheet) -> list[SubsidyItem]:
    work.session.flush()
    query = select(SubsidyItem).where(SubsidyItem.subsidy_sheet_id == sheet.id, SubsidyItem.voided.is_not(True))
    return list(work.session.scalars(query.order_by(SubsidyItem.id)))


def _add_up(work: UnitOfWork, sheet: SubsidySheet) -> None:
    sheet.total = sum((item.amount for item in _items(work, sheet)), Decimal("0.00"))


def put_case(work: UnitOfWork, sheet_id: RecordId, case_id: RecordId, level: str) -> ChangeSet:
    """Put a case onto a sheet that is a draft, or say that it is of another level.

    Raises:
        RefusedError: it is on another sheet, its dossier is not archived, or the sheet is no draft.
    """
    work.require("subsidy.draw")
    sheet = _draft(work, sheet_id)
    _put(work, sheet, get_case(work.session, case_id), level)
    _add_up(work, sheet)
    return work.commit()


def add_item(work: UnitOfWork, fields: Mapping[str, Any]) -> SubsidyItem:
    """Put a case onto a sheet inside a transaction that goes on."""
    work.require("subsidy.draw")
    sheet = _draft(work, str(fields.get("subsidy_sheet_id") or ""))
    item = _put(work, sheet, get_case(work.session, fields.get("case_id")), str(fields.get("level") or "normal"))
    _add_up(work, sheet)
    return item


def _put(work: UnitOfWork, sheet: SubsidySheet, case: Case, level: str) -> SubsidyItem:
    if not _ended_well(case) or case.closed_on is None:
        raise RefusedError(subsidy.WORDS["case-not-archived"])
    rule = subsidy.rule_for(rules_of(work.session), level, str(case.outcome), case.closed_on)
    if rule is None:
        raise RefusedError(NO_RULE, day=case.closed_on.isoformat())
    wanted = subsidy.item_id(case.id)
    item = work.session.get(SubsidyItem, wanted)
    if item is None:
        with work.session.no_autoflush:
            item = work.create(SubsidyItem, {"case_id": case.id, "level": level}, scope=sheet.scope)
            item.id = wanted
    elif item.subsidy_sheet_id not in (None, sheet.id):
        other = work.get(SubsidySheet, item.subsidy_sheet_id)
        raise RefusedError(N_("这个案件已经列入{month}的补贴表，一个案件只补一次"), month=other.month)
    item.subsidy_sheet_id, item.level, item.form = sheet.id, level, str(case.outcome)
    item.amount, item.rule_id = rule.amount, rule.id
    return item


def _ended_well(case: Case) -> bool:
    return case.state == flow.ARCHIVED and case.outcome in subsidy.FORMS and not case.voided


def _refuse_outdated(work: UnitOfWork, sheet: SubsidySheet) -> None:
    """Look at every case of a sheet again: one may have been declared void since, or its rule replaced.

    Raises:
        RefusedError: names the first case that cannot be paid as it stands there.
    """
    rules = rules_of(work.session)
    for item in _items(work, sheet):
        case = work.session.get(Case, item.case_id)
        if case is None:
            continue  # for the centre to judge: this desk does not know it
        name = case.number or case.alias or case.id[:8]
        if not _ended_well(case) or case.outcome != item.form or case.closed_on is None:
            raise RefusedError(N_("{case}已经作废或不再是归档的成功案件，不能领补贴：请退回草稿，把它移出补贴表"), case=name)
        rule = subsidy.rule_for(rules, item.level, item.form, case.closed_on)
        if rule is None or (rule.id, rule.amount) != (item.rule_id, item.amount):
            raise RefusedError(
                N_("{case}的金额与结束当日（{day}）有效的补贴标准不符：请退回草稿，把它移出后重新列入"),
                case=name, day=case.closed_on.isoformat(),
            )  # fmt: skip


def take_off(work: UnitOfWork, item_id: RecordId) -> ChangeSet:
    """Take a case off a sheet that is a draft; it may be paid later.

    Raises:
        RefusedError: the sheet is no draft.
    """
    work.require("subsidy.draw")
    item = work.get(SubsidyItem, item_id)
    sheet = _draft(work, item.subsidy_sheet_id or "")
    item.subsidy_sheet_id = None
    _add_up(work, sheet)
    return work.commit()


def edit_item(work: UnitOfWork, item_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Say of which level a case is.

    Raises:
        InvalidError: nothing else can be changed.
    """
    item = work.get(SubsidyItem, item_id)
    if set(changes) != {"level"} or changes["level"] not in subsidy.LEVELS:
        raise InvalidError.one("level", N_("只能改案件的难易：simple、normal、hard"))
    return put_case(work, item.subsidy_sheet_id or "", item.case_id, str(changes["level"]))


def _draft(work: UnitOfWork, sheet_id: RecordId) -> SubsidySheet:
    sheet = work.get(SubsidySheet, sheet_id)
    if sheet.state != subsidy.DRAFT:
        raise RefusedError(subsidy.WORDS["sheet-closed"])
    return sheet


def act_sheet(
    work: UnitOfWork, sheet_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Submit a sheet, approve it, or give it back. Who drew it up or receives it cannot approve it.

    Raises:
        RefusedError: by the state, the rights, or a guard: own sheet, an empty one, a total that is not that of its cases,
            a case or a rule on it that was declared void since.
    """
    sheet = work.get(SubsidySheet, sheet_id)
    if action in ("submit", "approve"):
        _refuse_outdated(work, sheet)
    work.step(sheet, action, values=fields, reason=reason)
    if action == "submit":
        _add_up(work, sheet)
        sheet.drawn_by, sheet.drawn_at, sheet.reason = work.actor.account_id, work.clock.now(), None
    elif action == "approve":
        sheet.approved_by, sheet.approved_at = work.actor.account_id, work.clock.now()
    else:
        sheet.reason = reason
    work.audit(f"subsidy.{action}", "subsidy_sheet", sheet.id)
    return work.commit()
