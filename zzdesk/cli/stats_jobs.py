"""``zzdesk stats jobs``: the monthly report of the odd-job station (domain rules B3.1)."""

from __future__ import annotations

from pathlib import Path

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line
from zzdesk.cli.stats_mediation import say_report
from zzdesk.cli.words import command, json_option, option
from zzdesk.i18n import N_

pass_invocation = click.make_pass_decorator(Invocation)


@command(help=N_("零工驿站月报：用工、报名、到岗、工资；只有签到又签退的算到岗"), name="jobs")
@option("--month", metavar="YYYY-MM", help=N_("哪个月，例如 2026-03；默认是本月"))
@option("--output", "target", type=click.Path(path_type=Path), metavar="FILE", help=N_("另存为Excel（.xlsx）或PDF（.pdf）"))
@json_option
@pass_invocation
def jobs(invocation: Invocation, month: str | None, target: Path | None, as_json: bool) -> None:
    """Print the report of a month."""
    from zzdesk.desk.job_figures import month_report, save
    from zzdesk.documents.figures import Month
    from zzdesk.jobs.statistics_report import plain, statement

    asked = Month.read(month) if month is not None else None  # a wrong one is said before a password is asked for
    with invocation.desk() as desk:
        report = desk.read(month_report, asked or Month.of(desk.clock.now()))
        if target is not None:
            save(desk, target, report)
    if as_json:
        json_line(plain(report))
    else:
        say_report(statement(report), report.closing, report.after)
