"""``zzdesk stats zongzhi``: the quarterly form of 综治, which waits for every area below (domain rules B1.5; D12)."""

from __future__ import annotations

from pathlib import Path

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.words import command, json_option, option
from zzdesk.i18n import N_

pass_invocation = click.make_pass_decorator(Invocation)


@command(help=N_("综治季报：按月结的数字，下级辖区没有全部月结的不能上报"), name="zongzhi")
@option("--quarter", metavar="YYYY-Qn", required=True, help=N_("哪个季度，例如 2026-Q1"))
@option("--report", "target", type=click.Path(path_type=Path), metavar="FILE",
        help=N_("上报：写成Excel（.xlsx）或PDF（.pdf），记入审计"))
@json_option
@pass_invocation
def zongzhi(invocation: Invocation, quarter: str, target: Path | None, as_json: bool) -> None:
    """Print the form of a quarter; with ``--report`` hand it in."""
    from zzdesk.desk.mediation_figures import hand_in
    from zzdesk.documents.figures import lines
    from zzdesk.mediation.quarters import Quarter, plain, quarter_report, statement

    asked = Quarter.parse(quarter)
    with invocation.desk() as desk:
        report = desk.read(quarter_report, asked)
        if target is not None:
            hand_in(desk, target, asked)
    if as_json:
        json_line(plain(report))
        return
    said = statement(report)
    say(said.title)
    table([(str(asked), ""), *lines(said)])
    for area in report.waiting:
        say(N_("没有全部月结：{area} {months}"), area=area.name, months="、".join(area.missing))
    if report.idle:
        say(N_("未使用本系统，不等它们：{areas}"), areas="、".join(area.name for area in report.idle))
