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
@option("--paper", metavar="CODE", multiple=True, help=N_("另报纸质报表的下级辖区的代码，可写多次"))
@option("--reason", metavar="TEXT", default="", help=N_("这些辖区为什么另报纸质报表"))
@json_option
@pass_invocation
def zongzhi(
    invocation: Invocation, quarter: str, target: Path | None, paper: tuple[str, ...], reason: str, as_json: bool
) -> None:
    """Print the form of a quarter; with ``--report`` hand it in."""
    from zzdesk.desk.mediation_figures import hand_in
    from zzdesk.documents.figures import lines
    from zzdesk.mediation.quarters import Quarter, plain, quarter_report, statement

    asked = Quarter.parse(quarter)
    with invocation.desk() as desk:
        report = desk.read(quarter_report, asked, paper, reason)
        if target is not None:
            hand_in(desk, target, asked, paper, reason)
    if as_json:
        json_line(plain(report))
        return
    said = statement(report)
    say(said.title)
    table([(str(asked), ""), *lines(said)])
    for area in report.waiting:
        if area.here:
            say(N_("没有全部月结：{area} {months}"), area=area.name, months="、".join(area.missing))
        else:
            say(N_("本机没有其数据：{area} {code}"), area=area.name, code=area.code)
    if report.on_paper:
        say(N_("另报纸质报表，不等它们：{areas}"), areas="、".join(area.name for area in report.on_paper))
