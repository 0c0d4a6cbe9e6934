"""``zzdesk jobs``: orders and slips as PDF, this morning's queue, who fits a posting, and which wages are owed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.words import Group, command, json_option, option
from zzdesk.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

pass_invocation = click.make_pass_decorator(Invocation)
_out = option("--out", "target", type=click.Path(path_type=Path), required=True, metavar="FILE", help=N_("存到这个PDF文件"))


@click.group(cls=Group, help=N_("零工：派工单、工资清单、排队、谁合适、待发工资"))
def jobs() -> None:
    """Odd jobs."""


def _print(invocation: Invocation, paper: str, note: Callable[..., Any], record_id: str, target: Path) -> None:
    """Note the print, then write the paper: none is without its record."""
    from zzdesk.desk.morning import write_pdf
    from zzdesk.jobs.queries import paper_of

    with invocation.desk() as desk:
        made = desk.write(note, record_id).created[0]
        write_pdf(target, paper, desk.read(paper_of, made))
    say(N_("已存为 {path}"), path=str(target))


@command(N_("把一份用工信息的派工单做成PDF，并记下打印"), name="order")
@click.argument("posting_id", metavar="POSTING")
@_out
@pass_invocation
def order(invocation: Invocation, posting_id: str, target: Path) -> None:
    """Make the order of a posting."""
    from zzdesk.jobs.commands import print_order

    _print(invocation, "workorder", print_order, posting_id, target)


@command(N_("把台账里一行的工资清单做成PDF，并记下打印"), name="slip")
@click.argument("line_id", metavar="LINE")
@_out
@pass_invocation
def slip(invocation: Invocation, line_id: str, target: Path) -> None:
    """Make the slip of a wage."""
    from zzdesk.jobs.commands import print_slip

    _print(invocation, "wageslip", print_slip, line_id, target)


def _rows(rows: list[dict[str, Any]], as_json: bool) -> None:
    for row in rows:
        json_line(row) if as_json else table([tuple(str(cell) for cell in row.values())])


@command(N_("今天的排队：顺序、种子和校验码，谁都可以验算"), name="queue")
@json_option
@pass_invocation
def queue(invocation: Invocation, as_json: bool) -> None:
    """Print this morning's queue in its order."""
    from zzdesk.jobs.queries import morning_queue

    with invocation.desk() as desk:
        found = desk.read(morning_queue)
    _rows([{"mode": found.mode or "arrival", "seed": found.seed, "digest": found.digest}], as_json)
    _rows([{"place": r.place, "card": r.card, "state": r.state, "missed": r.missed} for r in found.rows], as_json)


@command(N_("一份用工信息谁合适，分数和理由"), name="fits")
@click.argument("posting_id", metavar="POSTING")
@json_option
@pass_invocation
def fits(invocation: Invocation, posting_id: str, as_json: bool) -> None:
    """Print who fits a posting."""
    from zzdesk.jobs.queries import candidates

    with invocation.desk() as desk:
        found = desk.read(candidates, posting_id)
    _rows([{"id": c.id, "name": c.name, "score": c.score, "reasons": dict(c.reasons)} for c in found], as_json)


@command(N_("待发的工资，最晚支付日近的在前"), name="unpaid")
@json_option
@pass_invocation
def unpaid(invocation: Invocation, as_json: bool) -> None:
    """Print what is owed, page after page."""
    from zzdesk.jobs.queries import unpaid_wages

    after: str | None = None
    with invocation.desk() as desk:
        while True:
            page = desk.read(unpaid_wages, after)
            _rows([
                {"id": r.id, "worker": r.worker, "employer": r.employer, "to_pay": f"{r.to_pay:.2f}",
                 "due_on": str(r.due_on), "days_left": r.days_left} for r in page.rows
            ], as_json)  # fmt: skip
            after = page.after
            if after is None:
                return


@command(N_("联企日：每月15日，哪天提醒，办到哪一步，下一步做什么"), name="contact-days")
@json_option
@pass_invocation
def contact_days(invocation: Invocation, as_json: bool) -> None:
    """Print the planner of contact days."""
    from zzdesk.jobs.queries import planned_days

    with invocation.desk() as desk:
        found = desk.read(planned_days)
    _rows([
        {"day": str(d.day), "kind": d.kind, "remind_on": str(d.remind_on), "provisional": d.provisional, "state": d.state,
         "next": d.next, "visits": d.visits, "made": d.made, "needs": d.needs, "id": d.id if d.exists else None}
        for d in found
    ], as_json)  # fmt: skip


_day = click.DateTime(["%Y-%m-%d"])


@command(N_("反哺台账：一段日子里各单位给了什么，冲销的已减去"), name="giveback")
@option("--since", type=_day, required=True, metavar="DAY", help=N_("从哪天起，例如2026-01-01"))
@option("--until", type=_day, required=True, metavar="DAY", help=N_("到哪天止，含当天"))
@json_option
@pass_invocation
def giveback(invocation: Invocation, since: datetime, until: datetime, as_json: bool) -> None:
    """Print the sums of what enterprises gave back."""
    from zzdesk.jobs.queries import giveback_sums

    with invocation.desk() as desk:
        found = desk.read(giveback_sums, since.date(), until.date())
    _rows([
        {"employer_id": s.employer_id, "employer": s.employer, "giveback_kind": s.giveback_kind, "amount": f"{s.amount:.2f}",
         "quantity": f"{s.quantity:f}", "unit": s.unit, "lines": s.lines, "later_amount": f"{s.later:.2f}",
         "later_quantity": f"{s.later_quantity:f}", "later_lines": s.later_lines} for s in found
    ], as_json)  # fmt: skip


for _each in (order, slip, queue, fits, unpaid, contact_days, giveback):
    jobs.add_command(_each)
