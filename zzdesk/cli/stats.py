"""``zzdesk stats SUBJECT``: the figures of a month, in words, as JSON, and for Excel.

A subject is one line here, and one of ``zzdesk.desk.statistics.SUBJECTS`` that says where its statement is worked out: a
function of ``(read, month)`` that returns a :class:`zzdesk.documents.figures.Statement`. What a subject can do beyond that
it adds as commands of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.stats_jobs import jobs
from zzdesk.cli.stats_mediation import mediation
from zzdesk.cli.stats_zongzhi import zongzhi
from zzdesk.cli.words import Command, Group, json_option, option
from zzdesk.i18n import N_

SUBJECTS: Final[dict[str, str]] = {
    "reports": N_("事件：办结、满意、按期，网格内解决的比例"),
}
"""What the command of each subject is for."""


@click.group(cls=Group, help=N_("按月统计：每个数旁边有它的基数，比率四舍五入到一位小数"))
def stats() -> None:
    """Count what was done in a month."""


def _run(invocation: Invocation, subject: str, month: str | None, target: Path | None, as_json: bool) -> None:
    from zzdesk.desk.statistics import month_of, save
    from zzdesk.documents.figures import Month, lines, plain

    asked = Month.read(month) if month is not None else None  # a wrong one is said before a password is asked for
    with invocation.desk() as desk:
        said = desk.read(month_of, subject, str(asked or Month.of(desk.clock.now())))
        if target is not None:
            save(desk, target, said)
    if as_json:
        json_line(plain(said))
    else:
        say(said.title)
        table([(str(said.month),), *lines(said)])


def command_of(subject: str) -> click.Command:
    """Return the command of a subject that has no more to it than its statement."""

    def run(**given: Any) -> None:
        _run(click.get_current_context().find_object(Invocation) or Invocation(), subject, **given)

    for each in (
        json_option,
        option("--output", "target", type=click.Path(path_type=Path), metavar="FILE", help=N_("另存为Excel文件（.xlsx）")),
        option("--month", metavar="YYYY-MM", help=N_("哪个月，例如 2026-03；默认是本月")),
    ):
        run = each(run)
    return click.command(name=subject, cls=Command, help=SUBJECTS[subject])(run)


for _subject in SUBJECTS:
    stats.add_command(command_of(_subject))
stats.add_command(mediation)
stats.add_command(jobs)
stats.add_command(zongzhi)
