"""``zzdesk calendar``: which tables of holidays and swapped days there are, what they say, and how a new one comes in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.due import calendar_of
from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.words import Group, command, json_option
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_, translate

if TYPE_CHECKING:
    from zzdesk.calendar.days import YearTable

pass_invocation = click.make_pass_decorator(Invocation)


@click.group(cls=Group, help=N_("节假日和调休表：查看、导入"))
def calendar() -> None:
    """Look after calendar tables."""


def _facts(found: YearTable) -> dict[str, Any]:
    return {"year": found.year, "version": found.version, "source": found.source, "origin": found.origin}


@command(N_("列出有节假日表的年份"), name="list")
@json_option
@pass_invocation
def list_tables(invocation: Invocation, as_json: bool) -> None:
    """Print the table in force of every year."""
    known = calendar_of(invocation)
    for year in known.years:
        found = known.table(year)
        assert found is not None
        if as_json:
            json_line(_facts(found))
        else:
            table([(str(year), translate(N_("版本 {version}"), version=found.version), found.source)])


@command(N_("显示一年的节假日表，格式与导入的文件相同"))
@click.argument("year", type=int)
@json_option
@pass_invocation
def show(invocation: Invocation, year: int, as_json: bool) -> None:
    """Print the table in force of one year."""
    from zzdesk.calendar.tables import write

    found = calendar_of(invocation).table(year)
    if found is None:
        raise NotFoundError(N_("没有{year}年的节假日表；国务院办公厅公布后请导入"), year=year)
    if as_json:
        days = [
            {"date": day.isoformat(), "kind": "workday" if works else "holiday", "name": name}
            for day, (works, name) in found.days.items()
        ]
        json_line(_facts(found) | {"days": days})
    else:
        print(write(found), end="")


@command(N_("检查一个节假日表文件，不导入"))
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say whether a table can be taken."""
    from zzdesk.calendar.tables import load

    found = load(file)
    print(translate(N_("{year}年，版本 {version}，{n} 天"), year=found.year, version=found.version, n=len(found.days)))


@command(N_("导入一年的节假日表；送到中心后，本站和下级都按它计算"), name="import")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_invocation
def import_file(invocation: Invocation, file: Path, as_json: bool) -> None:
    """Take a table in, and work out anew what was provisional without it."""
    from zzdesk.calendar.commands import import_table
    from zzdesk.calendar.tables import load
    from zzdesk.reports.renewing import renew_all

    found = load(file)
    with invocation.desk() as desk:
        desk.write(import_table, found)
        renewed = renew_all(desk, found.year)
    if as_json:
        json_line(_facts(found) | {"renewed": renewed})
    else:
        say(N_("{year}年版本 {version} 已导入；{n} 件事件的到期日已重新计算"), year=found.year, version=found.version, n=renewed)


@command(N_("按现在的节假日表重新计算一年的到期日（作废了一份表之后用）"))
@click.argument("year", type=int)
@pass_invocation
def renew(invocation: Invocation, year: int) -> None:
    """Work every due moment anew on which the table of a year bears."""
    from zzdesk.reports.renewing import renew_all

    with invocation.desk() as desk:
        say(N_("{n} 件事件的到期日已重新计算"), n=renew_all(desk, year))


@command(N_("办公时间：不带参数列出；给出日期和时间，从那一天起改"))
@click.argument("start", required=False, metavar="YYYY-MM-DD")
@click.argument("hours", required=False, metavar="HOURS")
@json_option
@pass_invocation
def hours(invocation: Invocation, start: str | None, hours: str | None, as_json: bool) -> None:
    """Print the office hours with the day from which on they are kept, or keep others from a day on."""
    from zzdesk.desk.office import change_hours, office

    with invocation.desk() as desk:
        renewed = change_hours(desk, start, hours or "") if start is not None else None
        kept = desk.read(office).hours
    for each in kept:
        if as_json:
            json_line({"from": each.start.isoformat() if each.start else None, "hours": each.text})
        else:
            table([(each.start.isoformat() if each.start else "-", each.text)])
    if renewed is not None and not as_json:
        say(N_("{n} 件事件的到期日已重新计算"), n=renewed)


for _each in (list_tables, show, check, import_file, renew, hours):
    calendar.add_command(_each)
