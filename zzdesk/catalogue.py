"""Every kind of record that the desk knows: importing this module makes all tables and synced kinds known.

``KINDS`` says what can be done with each kind by name, for the command line and for generic pages. The entries are the
same commands that the windows use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import zzdesk.desk.models
import zzdesk.jobs.models_kiosk
import zzdesk.mediation.models_printout
import zzdesk.mediation.models_reading
import zzdesk.ops.models
import zzdesk.store.audit  # noqa: F401
from zzdesk.accounts import commands as accounts
from zzdesk.accounts.models import Account
from zzdesk.actor import account_id
from zzdesk.calendar import commands as calendar
from zzdesk.clock import RecordId
from zzdesk.desk import handing
from zzdesk.desk.rounds import record_output
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence import commands as evidence
from zzdesk.handover import commands as handover
from zzdesk.i18n import N_
from zzdesk.jobs import commands as jobs
from zzdesk.jobs import statistics_commands as job_months
from zzdesk.jobs.calling import WORDS as CALL_WORDS
from zzdesk.jobs.contact import WORDS as CONTACT_WORDS
from zzdesk.jobs.giveback import WORDS as GIVEBACK_WORDS
from zzdesk.jobs.queueing import WORDS as QUEUE_WORDS
from zzdesk.jobs.wages import WORDS as WAGE_WORDS
from zzdesk.mediation import commands as mediation
from zzdesk.mediation import committees, papers
from zzdesk.mediation import statistics_commands as statistics
from zzdesk.mediation import subsidy_commands as subsidy
from zzdesk.mediation.team import require_scope
from zzdesk.mediation.voices import refuse_unheard
from zzdesk.patrol import commands as patrol
from zzdesk.people import commands as people
from zzdesk.reports import cards, links, requests
from zzdesk.reports import commands as reports
from zzdesk.store.keys import login_name
from zzdesk.store.unit import ChangeSet, UnitOfWork

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class KindEntry:
    """What can be done with one kind. ``make`` leaves the commit to its caller; everything else commits.

    ``act`` is None where there are no steps; ``read_right`` is what looking at the records takes.
    """

    make: Callable[[UnitOfWork, Fields], Any]
    edit: Callable[[UnitOfWork, RecordId, Fields], ChangeSet]
    void: Callable[[UnitOfWork, RecordId, str], ChangeSet]
    unvoid: Callable[[UnitOfWork, RecordId, str], ChangeSet]
    act: Callable[[UnitOfWork, RecordId, str, Fields, str | None], ChangeSet] | None = None
    read_right: str = "record.read"

    def add(self, work: UnitOfWork, fields: Fields) -> ChangeSet:
        """Make one record and commit."""
        self.make(work, fields)
        return work.commit()


def _never(message: str) -> Callable[..., Any]:
    def refuse(work: UnitOfWork, *_: Any) -> Any:
        raise RefusedError(message)

    return refuse


_APPEND_ONLY: Final = _never(N_("这类记录写下后不能更改，只能另记一条"))


def _job(add: Any, edit: Any, act: Any, kind: str, read_right: str = "record.read") -> KindEntry:
    return KindEntry(
        add, edit, lambda work, i, why: jobs.void(work, kind, i, why),
        lambda work, i, why: jobs.unvoid(work, kind, i, why), act, read_right,
    )  # fmt: skip


def _patrol(kind: str, add: Any, edit: Any, act: Any = None) -> KindEntry:
    return KindEntry(
        add, edit, lambda work, i, why: patrol.void(work, kind, i, why),
        lambda work, i, why: patrol.unvoid(work, kind, i, why), act, "patrol.read",
    )  # fmt: skip


def _plain(kind: str) -> KindEntry:
    return _patrol(
        kind, lambda work, fields: patrol.add_plain(work, kind, fields),
        lambda work, i, changes: patrol.edit_plain(work, kind, i, changes),
    )  # fmt: skip


def _paper(kind: str) -> KindEntry:
    return KindEntry(
        lambda work, fields: papers.make_paper(work, kind, fields),
        lambda work, i, changes: papers.edit_paper(work, kind, i, changes),
        lambda work, i, why: papers.void_paper(work, kind, i, why),
        lambda work, i, why: papers.unvoid_paper(work, kind, i, why),
        lambda work, i, action, fields, why: papers.act_paper(work, kind, i, action, fields, why),
        "case.read_confidential",
    )


def _make_printout(work: UnitOfWork, fields: Fields) -> Any:
    from zzdesk.mediation.dossier import prints  # with what makes papers, which no start has to wait for

    return prints.make(work, fields)


def _committee(kind: str) -> KindEntry:
    return KindEntry(
        lambda work, fields: committees.add(work, kind, fields),
        lambda work, i, changes: committees.edit(work, kind, i, changes),
        lambda work, i, why: committees.void(work, kind, i, why),
        lambda work, i, why: committees.unvoid(work, kind, i, why),
    )


def _make_account(work: UnitOfWork, fields: Fields) -> Account:
    login, roles = fields.get("login"), fields.get("roles")
    if not isinstance(login, str) or not isinstance(roles, (list, tuple, set, frozenset)):
        raise InvalidError.one("roles" if isinstance(login, str) else "login", N_("必填"))
    with work.together():
        accounts.create_account(work, login, str(fields.get("display_name") or login), [str(r) for r in roles])
    return work.get(Account, account_id(work.actor.station, login_name(login)))


def _edit_account(work: UnitOfWork, record_id: RecordId, changes: Fields) -> ChangeSet:
    unknown = sorted(set(changes) - {"display_name", "roles", "disabled"})
    if unknown:
        raise InvalidError.one(unknown[0], N_("没有这个字段"))
    with work.together():
        if "display_name" in changes:
            accounts.rename_account(work, record_id, str(changes["display_name"] or ""))
        if "roles" in changes:
            accounts.set_roles(work, record_id, changes["roles"] or ())
        if "disabled" in changes:
            (accounts.disable_account if changes["disabled"] else accounts.enable_account)(work, record_id)
    return work.commit()


_NO_ACCOUNT_VOID: Final = _never(N_("账号不能作废，请停用"))
_BY_IMPORT: Final = _never(N_("节假日表要用文件导入：zzdesk calendar import 文件"))
_NO_REQUEST_VOID: Final = _never(N_("申请不能作废，请撤回"))
_NO_CARD_AGAIN: Final = _never(N_("撤下的督办牌不能恢复，请另发一张"))
_NO_ORDER_EDIT: Final = _never(N_("转办件不能更改，按步骤办理；要改就撤回重转"))
_NO_ORDER_VOID: Final = _never(N_("转办件不能作废，请撤回"))
_MONTH_CLOSED: Final = _never(N_("已经月结的数字不再更改；之后补报、更正的，在后面月份的报表里单列"))
_NO_SHEET_EDIT: Final = _never(N_("补贴表不能直接更改：在草稿里加减案件，再按步骤办理"))
_NO_SHEET_VOID: Final = _never(N_("补贴表不能作废：在草稿里把案件取下即可"))
_NO_ITEM_VOID: Final = _never(N_("补贴项不能作废：在草稿里把案件取下即可"))
_BY_READING: Final = _never(N_("查阅记录在打开案卷时由程序写下"))
_WAGE_FIXED: Final = _never(WAGE_WORDS["wage-line-fixed"])
_WAGE_STAYS: Final = _never(WAGE_WORDS["wage-line-stays"])
_DRAW_STAYS: Final = _never(QUEUE_WORDS["draw-fixed"])
_DAY_STAYS: Final = _never(CONTACT_WORDS["contact-day-stays"])
_GIVEBACK_FIXED: Final = _never(GIVEBACK_WORDS["giveback-fixed"])
_GIVEBACK_STAYS: Final = _never(GIVEBACK_WORDS["giveback-stays"])
_CALL_STAYS: Final = _never(CALL_WORDS["call-fixed"])
_NO_APPEAL_VOID: Final = _never(N_("申诉不能作废，请撤回"))
_BY_FILE: Final = _never(N_("附件要连同文件一起添加"))

KINDS: Final[dict[str, KindEntry]] = {
    "report": KindEntry(reports.receive, reports.edit, reports.void, reports.unvoid, handing.act_report),
    "step": KindEntry(reports.add_note, _APPEND_ONLY, _APPEND_ONLY, _APPEND_ONLY),
    "link": KindEntry(links.add, _APPEND_ONLY, _APPEND_ONLY, _APPEND_ONLY),
    "request": KindEntry(requests.add, _APPEND_ONLY, _NO_REQUEST_VOID, _NO_REQUEST_VOID, requests.act),
    "card": KindEntry(cards.add, _APPEND_ONLY, cards.withdraw_card, _NO_CARD_AGAIN, cards.act),
    "handover_order": KindEntry(handing.make, _NO_ORDER_EDIT, _NO_ORDER_VOID, _NO_ORDER_VOID, handing.act),
    "handover_echo": KindEntry(handover.note, _APPEND_ONLY, _APPEND_ONLY, _APPEND_ONLY),
    "attachment": KindEntry(
        _BY_FILE,
        lambda work, i, changes: evidence.edit(work, require_scope, refuse_unheard, i, changes),
        lambda work, i, why: evidence.void(work, require_scope, i, why),
        lambda work, i, why: evidence.unvoid(work, require_scope, i, why),
    ),
    "employer": _job(jobs.add_employer, jobs.edit_employer, jobs.act_employer, "employer"),
    "posting": _job(jobs.add_posting, jobs.edit_posting, jobs.act_posting, "posting"),
    "worker": _job(jobs.add_worker, jobs.edit_worker, jobs.act_worker, "worker", "job.worker.list"),
    "application": _job(jobs.add_application, jobs.edit_application, jobs.act_application, "application"),
    "wage_line": KindEntry(
        jobs.add_line, _WAGE_FIXED, _WAGE_STAYS, _WAGE_STAYS, jobs.act_line, read_right="job.wage"
    ),
    "queue_entry": KindEntry(
        jobs.add_entry, _APPEND_ONLY, lambda work, i, why: jobs.void(work, "queue_entry", i, why),
        lambda work, i, why: jobs.unvoid(work, "queue_entry", i, why), jobs.act_entry, "job.worker.list",
    ),
    "queue_draw": KindEntry(jobs.add_draw, _APPEND_ONLY, _DRAW_STAYS, _DRAW_STAYS),
    "kiosk_call": KindEntry(
        jobs.add_call, _CALL_STAYS, lambda work, i, why: jobs.void(work, "kiosk_call", i, why),
        lambda work, i, why: jobs.unvoid(work, "kiosk_call", i, why), jobs.act_call, "job.worker.list",
    ),
    "complaint": _job(jobs.add_complaint, _APPEND_ONLY, jobs.act_complaint, "complaint"),
    "sanction_appeal": KindEntry(jobs.add_appeal, _APPEND_ONLY, _NO_APPEAL_VOID, _NO_APPEAL_VOID, jobs.act_appeal),
    "job_paper": KindEntry(jobs.add_paper, _APPEND_ONLY, _APPEND_ONLY, _APPEND_ONLY),
    "contact_day": KindEntry(jobs.add_day, jobs.edit_day, _DAY_STAYS, _DAY_STAYS, jobs.act_day),
    "employer_visit": _job(jobs.add_visit, jobs.edit_visit, jobs.act_visit, "employer_visit"),
    "visit_item": _job(jobs.add_item, jobs.edit_item, jobs.act_item, "visit_item"),
    "employer_need": _job(jobs.add_need, jobs.edit_need, jobs.act_need, "employer_need"),
    "giveback_entry": KindEntry(
        jobs.add_giveback, _GIVEBACK_FIXED, _GIVEBACK_STAYS, _GIVEBACK_STAYS, jobs.act_giveback
    ),
    "job_month": KindEntry(job_months.add_close, _MONTH_CLOSED, _MONTH_CLOSED, _MONTH_CLOSED, read_right="job.wage"),
    "case": KindEntry(
        mediation.add_case, mediation.edit_case, mediation.void, mediation.unvoid, mediation.act_case
    ),
    "dispute": _paper("dispute"),
    "party": _paper("party"),
    "session": _paper("session"),
    "statement": _paper("statement"),
    "agreement": _paper("agreement"),
    "participant": _paper("participant"),
    "investigation": _paper("investigation"),
    "extension": _paper("extension"),
    "performance_line": _paper("performance_line"),
    "revisit": _paper("revisit"),
    "confirmation": _paper("confirmation"),
    "printout": KindEntry(
        _make_printout, _APPEND_ONLY, _APPEND_ONLY, _APPEND_ONLY, read_right="case.read_confidential"
    ),
    "case_reading": KindEntry(
        _BY_READING, _APPEND_ONLY, _APPEND_ONLY, _APPEND_ONLY, read_right="case.read_confidential"
    ),
    "committee": _committee("committee"),
    "committee_member": _committee("committee_member"),
    "prevention": KindEntry(
        statistics.add_sweep, statistics.edit_sweep, statistics.void_sweep, statistics.unvoid_sweep
    ),
    "month_close": KindEntry(statistics.add_close, _MONTH_CLOSED, _MONTH_CLOSED, _MONTH_CLOSED),
    "subsidy_rule": KindEntry(
        subsidy.add_rule, _APPEND_ONLY, subsidy.void_rule, subsidy.unvoid_rule, read_right="subsidy.read"
    ),
    "subsidy_sheet": KindEntry(
        subsidy.add_sheet, _NO_SHEET_EDIT, _NO_SHEET_VOID, _NO_SHEET_VOID, subsidy.act_sheet, "subsidy.read"
    ),
    "subsidy_item": KindEntry(
        subsidy.add_item, subsidy.edit_item, _NO_ITEM_VOID, _NO_ITEM_VOID, read_right="subsidy.read"
    ),
    "volunteer": _patrol("volunteer", patrol.add_volunteer, patrol.edit_volunteer, patrol.act_volunteer),
    "team": _plain("team"),
    "segment": _plain("segment"),
    "duty": _plain("duty"),
    "task": _patrol("task", patrol.add_task, patrol.edit_task, patrol.act_task),
    "signup": _patrol("signup", patrol.add_signup, _never(N_("报名用办理动作来改")), patrol.act_signup),
    "calendar": KindEntry(_BY_IMPORT, _APPEND_ONLY, calendar.void, calendar.unvoid),
    "round": _patrol("round", patrol.add_round, patrol.edit_round, patrol.act_round),
    "round_item": _patrol("round_item", record_output, patrol.edit_item),
    "clue": KindEntry(
        patrol.seal, _APPEND_ONLY, lambda work, i, why: patrol.void(work, "clue", i, why),
        lambda work, i, why: patrol.unvoid(work, "clue", i, why), patrol.act_clue, "clue.read",
    ),
    "certificate": _patrol("certificate", patrol.add_certificate, _APPEND_ONLY, patrol.act_certificate),
    "callout": _patrol("callout", patrol.add_callout, patrol.edit_callout, patrol.act_callout),
    "reward": _patrol("reward", patrol.add_reward, patrol.edit_reward),
    "redemption": _patrol(
        "redemption", patrol.add_redemption, _never(N_("兑换用办理动作来改")), patrol.act_redemption
    ),
    "points_entry": KindEntry(
        _never(N_("积分由任务计分、兑换和调整产生")), _APPEND_ONLY, _APPEND_ONLY, _APPEND_ONLY, read_right="patrol.read"
    ),
    "person": KindEntry(people.add, people.edit, people.void, people.unvoid),
    "account": KindEntry(_make_account, _edit_account, _NO_ACCOUNT_VOID, _NO_ACCOUNT_VOID),
}
