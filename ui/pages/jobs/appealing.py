"""What an employer says to a sanction, and what is decided about that by somebody who had no part in it (F54)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.labels import action_word, codes, field_word, state_tag, word
from ui.pages.jobs.papers import PaperRow
from ui.pages.jobs.records import Loaded
from ui.pages.values import joined
from ui.pages.work_detail import reason_field
from ui.widgets.base import Words
from ui.widgets.facts import Fact
from ui.widgets.fields import ChoiceField, DayField, Field, LongTextField, TextField
from ui.widgets.record_head import Action
from zzdesk.accounts.queries import display_names
from zzdesk.clock import local_day
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import AppealRow, JobDetail, Standing

translate = QCoreApplication.translate
FILE, DECIDE, WITHDRAW, DECLINE, CLOSE = "file-appeal", "decide-appeal", "withdraw-appeal", "decline", "close-appeal"
ACTIONS: Final = (FILE, DECIDE, WITHDRAW, DECLINE, CLOSE)


@dataclass(frozen=True)
class EmployerMore:
    """What belongs to an employer: its papers, what was brought against it, and the names of who decided appeals."""

    papers: tuple[PaperRow, ...]
    standing: Standing
    deciders: dict[str, str]

    @property
    def open_appeal(self) -> AppealRow | None:
        """The appeal that waits."""
        return queries.open_appeal(self.standing.appeals)

    @property
    def left_appeal(self) -> AppealRow | None:
        """One that has nothing left to decide, and is still open."""
        return queries.left_appeal(self.standing.appeals)


def more_of(read: Any, found: JobDetail) -> EmployerMore:
    """Read it."""
    standing = queries.standing_of(read, found.id)
    deciders = frozenset(each.decided_by for each in standing.appeals if each.decided_by)
    return EmployerMore(queries.checklist(read, found.id), standing, display_names(read, deciders))


def _name(field: str) -> Words:
    return lambda: field_word("sanction_appeal", field)


def appeal_facts(more: EmployerMore) -> list[Fact]:
    """Return how many complaints there are, and each appeal with what became of it."""
    standing = more.standing
    facts: list[Fact] = []
    if standing.complaints:
        some = standing.open_complaints
        waiting = translate("Appeals", "{count} 件待处理").format(count=some) if some else ""
        count = translate("Appeals", "{count} 件").format(count=standing.complaints)
        facts.append(Fact(field_word("employer", "complaint_count"), joined(count, waiting)))
    for each in standing.appeals:
        outcome = word("appeal_outcome", each.outcome) if each.outcome else state_tag("sanction_appeal", each.state).text
        first = joined(each.filed_on.isoformat(), word("sanction", each.against), each.filed_by, outcome)
        by = more.deciders.get(each.decided_by or "", "")
        said = each.finding and (translate("Appeals", "决定（{who}）：{why}") if by else "{why}").format(who=by, why=each.finding)
        facts.append(Fact(translate("Appeals", "申诉"), "\n".join(part for part in (first, each.text, said) if part)))
    return facts


def appeal_actions(context: Any, found: Loaded) -> list[Action]:
    """Return what can be done now about a sanction besides the steps of the employer."""
    more, actions = found.more, []
    if found.voided:
        return []
    if proposal(found) and context.may("job.employer.vet"):
        actions.append(Action(DECLINE, action_word("employer", DECLINE), apart=True))
    if found.state in queries.SANCTIONED and more.open_appeal is None and context.may("job.employer.edit"):
        actions.append(Action(FILE, action_word("employer", FILE), apart=True))
    if more.open_appeal is not None and context.may("job.employer.vet"):
        actions.append(Action(DECIDE, action_word("employer", DECIDE)))
    if more.open_appeal is not None and context.may("job.employer.edit"):
        actions.append(Action(WITHDRAW, action_word("employer", WITHDRAW), apart=True))
    if more.open_appeal is None and more.left_appeal is not None and context.may("job.employer.vet"):
        actions.append(Action(CLOSE, action_word("employer", CLOSE), apart=True))
    return actions


def proposal(found: Loaded) -> str | None:
    """Return the sanction that is proposed and waits for somebody else; one in force is none."""
    return queries.proposed(found.detail.fields | {"state": found.state})


def appeal_fields(action: str, found: Loaded, today: str) -> Sequence[Field]:
    """Return what an action about an appeal asks for."""
    if action in (WITHDRAW, DECLINE, CLOSE):
        return [reason_field(lambda: field_word("*", "reason"))]
    if action == FILE:
        day = DayField("filed_on", _name("filed_on"), required=True)
        day.set_value(today)
        return [LongTextField("text", _name("text"), required=True, lines=4), day,
                TextField("filed_by", _name("filed_by"), limit=40)]
    offered = [each for each in codes("appeal_outcome") if each != queries.EASED or found.state == "blacklisted"]
    outcome = ChoiceField("outcome", _name("outcome"), offered, lambda c: word("appeal_outcome", c), required=True,
                          help=lambda: translate("Appeals", "提出和批准处理的两个人都不能决定"))
    finding = LongTextField("finding", _name("finding"), required=True, lines=3)
    if queries.EASED not in offered:
        return [outcome, finding]
    until = DayField("sanction_until", lambda: field_word("employer", "sanction_until"),
                     help=lambda: translate("Appeals", "减轻为暂停的，写到哪一天为止"))
    return [outcome, finding, until]


def perform(detail: Any, action: str, values: dict[str, Any], appeal: AppealRow | None) -> None:
    """Do it."""
    done = translate("Appeals", "{action}，已保存在本机").format(action=action_word("employer", action))
    if action == FILE:
        detail.do(commands.file_appeal, values | {"employer_id": detail.record_id}, said=done, then=detail.finished)
    elif action == DECLINE:
        detail.do(commands.act_employer, detail.record_id, DECLINE, {}, values["reason"], said=done, then=detail.finished)
    elif appeal is not None and action in (WITHDRAW, CLOSE):
        step = action.removesuffix("-appeal")
        detail.do(commands.act_appeal, appeal.id, step, {}, values["reason"], said=done, then=detail.finished)
    elif appeal is not None:
        said = {name: value for name, value in values.items() if value is not None}
        detail.do(commands.act_appeal, appeal.id, "decide", said, said=done, then=detail.finished)


def today_of(context: Any) -> str:
    """Return the local date as a form takes it."""
    return local_day(context.now()).isoformat()
