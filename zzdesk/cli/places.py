"""``zzdesk places``: the outlines of the station's grids, and which district and grid hold a place."""

from __future__ import annotations

from pathlib import Path

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.words import Group, command, json_option, option
from zzdesk.i18n import N_

pass_invocation = click.make_pass_decorator(Invocation)


@click.group(cls=Group, help=N_("网格的轮廓：查看、导入，以及一个地点在哪里"))
def places() -> None:
    """Look after the outlines of grids."""


@command(N_("导入本站网格的轮廓（GeoJSON），替换以前导入的"), name="import-grids")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@option("--datum", type=click.Choice(["wgs84", "gcj02", "unknown"]), default="unknown",
        help=N_("文件的坐标系；只作标注，不换算"))  # fmt: skip
@option("--code-property", help=N_("哪个属性是网格编码；默认找常用的名字"))
@option("--name-property", help=N_("哪个属性是网格名称；默认找常用的名字"))
@pass_invocation
def import_grids(
    invocation: Invocation, file: Path, datum: str, code_property: str | None, name_property: str | None
) -> None:
    """Take grids in."""
    from zzdesk.places import commands, grids

    with invocation.desk() as desk:
        target = desk.paths.grids
        desk.write(commands.import_grids, target, file, datum, code_property, name_property)
        say(N_("已导入 {n} 个网格"), n=len(grids.load(target).shapes))


@command(N_("列出本站的网格"), name="grids")
@json_option
@pass_invocation
def list_grids(invocation: Invocation, as_json: bool) -> None:
    """Print the grids in force."""
    from zzdesk.places import grids

    with invocation.desk() as desk:
        found = grids.load(desk.paths.grids)
    for shape in found.shapes:
        if as_json:
            json_line({"code": shape.code, "name": shape.name, "datum": found.datum, "source": found.source})
        else:
            table([(shape.code, shape.name)])
    if not found.shapes and not as_json:
        say(N_("还没有导入网格"))


@command(N_("去掉导入的网格"), name="remove-grids")
@pass_invocation
def remove_grids(invocation: Invocation) -> None:
    """Do away with the grids."""
    from zzdesk.places import commands

    with invocation.desk() as desk:
        desk.write(commands.remove_grids, desk.paths.grids)
        say(N_("已去掉网格，地图上只画区县"))


@command(N_("导入本站的地址表（CSV：地址、网格、纬度、经度），替换以前导入的"), name="import-addresses")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_invocation
def import_addresses(invocation: Invocation, file: Path) -> None:
    """Take addresses in."""
    from zzdesk.places import buildings, commands

    with invocation.desk() as desk:
        desk.write(commands.import_addresses, desk.paths.addresses, file)
        say(N_("已导入 {n} 个地址"), n=len(buildings.load(desk.paths.addresses).rows))


@command(N_("去掉导入的地址表"), name="remove-addresses")
@pass_invocation
def remove_addresses(invocation: Invocation) -> None:
    """Do away with the addresses."""
    from zzdesk.places import commands

    with invocation.desk() as desk:
        desk.write(commands.remove_addresses, desk.paths.addresses)
        say(N_("已去掉地址表"))


@command(N_("一个地点在哪个区县、哪个网格：按两边的坐标原样比较，不换算坐标系"), name="at")
@click.argument("latitude", type=click.FloatRange(-90, 90))
@click.argument("longitude", type=click.FloatRange(-180, 180))
@json_option
@pass_invocation
def at(invocation: Invocation, latitude: float, longitude: float, as_json: bool) -> int:
    """Print what holds a place; ends with 1 outside every district and grid."""
    from zzdesk.places import grids
    from zzdesk.places.outlines import district_at
    from zzdesk.places.shapes import find

    with invocation.desk() as desk:
        grid = find(grids.load(desk.paths.grids).shapes, longitude, latitude)
    found = {"district": district_at(longitude, latitude), "grid": grid}
    if as_json:
        json_line({key: {"code": s.code, "name": s.name} if s else None for key, s in found.items()})
    else:
        table([(shape.code, shape.name) for shape in found.values() if shape is not None])
        if not any(found.values()):
            say(N_("不在漳州的区县里，也不在本站的网格里"))
    return 0 if any(found.values()) else 1


for _each in (import_grids, list_grids, remove_grids, import_addresses, remove_addresses, at):
    places.add_command(_each)
