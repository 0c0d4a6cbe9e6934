"""``zzdesk stats mediation``: the monthly report of mediation, by acceptance or by closing (domain rules B1.6)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.words import command, json_option, option
from zzdesk.i18n import N_, translate

if TYPE_CHECKING:
    from zzdesk.documents.figures import Statement
    from zzdesk.documents.months import Adjustment, Closing

BASES = ("acceptance", "closing")
pass_invocation = click.make_pass_decorator(Invocation)


@command(help=N_("人民调解月报：按受理月份和按结束月份是两份报表，不混用"), name="mediation")
@option("--month", metavar="YYYY-MM", help=N_("哪个月，例如 2026-03；默认是本月"))
@option("--by", "basis", type=click.Choice(BASES), default=BASES[0], help=N_("按受理月份，还是按结束月份"))
@option("--output", "target", type=click.Path(path_type=Path), metavar="FILE", help=N_("另存为Excel（.xlsx）或PDF（.pdf）"))
@json_option
@pass_invocation
def mediation(invocation: Invocation, month: str | None, basis: str, target: Path | None, as_json: bool) -> None:
    """Print the report of a month."""
    from zzdesk.desk.mediation_figures import save
    from zzdesk.documents.figures import Month
    from zzdesk.mediation.statistics_queries import month_report
    from zzdesk.mediation.statistics_report import plain, statement

    asked = Month.read(month) if month is not None else None  # a wrong one is said before a password is asked for
    with invocation.desk() as desk:
        report = desk.read(month_report, asked or Month.of(desk.clock.now()), basis)
        if target is not None:
            save(desk, target, report)
    if as_json:
        json_line(plain(report))
    else:
        say_report(statement(report), report.closing, report.after)


def say_report(said: Statement, closing: Closing | None, after: Sequence[Adjustment[Any]]) -> None:
    """Print a month of a subject that closes months: whether it is closed, its figures, and what happened to it since."""
    from zzdesk.documents.figures import lines

    say(said.title)
    state = N_("未月结：数字随案件变化") if closing is None else N_("已月结")
    table([(str(said.month), translate(state)), *lines(said)])
    for each in after:
        say(N_("月结之后：{how} {id}"), how=translate(_HOW[each.how]), id=each.fact.id)


_HOW = {"added": N_("补报"), "gone": N_("减去"), "changed": N_("更正")}
