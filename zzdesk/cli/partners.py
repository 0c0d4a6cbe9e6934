"""``zzdesk server partners``: work orders to and from 12345, 110 and the platforms of the city."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from zzdesk.cli.output import json_line, say, table, warn
from zzdesk.cli.server import data_option, database_option
from zzdesk.cli.words import Group, command, json_option, option
from zzdesk.i18n import N_, translate

config_option = option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help=N_("对接配置（TOML）；默认是数据文件夹里的 partners.toml")
)


@click.group(cls=Group, help=N_("与12345、110、市级平台收发转办件：检查配置、收发一轮、列出没发出的、重发"))
def partners() -> None:
    """Look after partners."""


def _config(data: Path, config: Path | None) -> Path:
    from sync.server.partners.config import FILE

    return config or data / FILE


@command(N_("检查对接配置：写得不对的地方都列出来，不收也不发"))
@data_option
@config_option
@json_option
def check(data: Path, config: Path | None, as_json: bool) -> None:
    """Read the operator's file and print who is reached how."""
    from sync.server.open311.door import open_door
    from sync.server.partners.config import load
    from zzdesk.handover.partners import partner, shipped

    file = _config(data, config)
    lines = load(file)
    for each in lines:
        known = partner(each.code)
        if as_json:
            json_line({"code": each.code, "adapter": each.adapter, "station": each.station, "pause": each.pause})
        else:
            paused = translate(N_("暂停")) if each.pause else ""
            table([(each.code, known.name if known else "", each.adapter, each.station, paused)])
    left = [each.name for code, each in shipped().items() if code not in {line.code for line in lines}]
    if left and not as_json:
        say(N_("没有接通的：{partners}；转给它们的转办件会停在待发，并写明没有送出"), partners="、".join(left))
    door = open_door(file)
    if door is not None and as_json:
        json_line({"open311": asdict(door.offer)})
    elif door is not None:
        say(
            N_("Open311：公布 {stations}；服务 {services}；可以上报的 {partners}"), stations="、".join(door.offer.stations),
            services="、".join(door.offer.services), partners="、".join(door.offer.partners),
        )  # fmt: skip


@command(N_("与每个对方收发一轮；可以在服务器运行时使用"))
@data_option
@database_option
@config_option
@option("--once", is_flag=True, help=N_("只收发一轮（总是这样；服务器用 serve --partners 一直收发）"))
@json_option
def run(data: Path, database_url: str | None, config: Path | None, once: bool, as_json: bool) -> int:
    """Do one round; 1 where something was refused or could not be sent."""
    from sync.server.admin import at_work
    from sync.server.partners.config import load
    from sync.server.partners.engine import said
    from sync.server.partners.runner import one_round

    del once
    lines = load(_config(data, config))
    with at_work(data, database_url) as centre:
        done = one_round(centre, lines)
    if as_json:
        json_line(done)
    else:
        print(said(done))
        for code, why in done.problems:
            warn(N_("{partner}：{why}"), partner=code, why=why)
    return 1 if done.problems else 0


@command(N_("列出还没有发出的：给谁、什么、试过几次、上次为什么没发成"), name="list")
@data_option
@database_option
@json_option
def list_outstanding(data: Path, database_url: str | None, as_json: bool) -> None:
    """Print what waits to be sent, what hurries first."""
    from sync.server.admin import at_work
    from sync.server.partners.outgoing import outstanding

    with at_work(data, database_url) as centre:
        for row in outstanding(centre):
            found: dict[str, Any] = {
                "key": row.key, "partner": row.partner, "what": row.what, "state": row.state, "attempts": row.attempts,
                "next_try": row.next_try, "last_error": row.last_error, "made_at": row.made_at,
            }  # fmt: skip
            if as_json:
                json_line(found)
            else:
                why = translate(row.last_error) if row.last_error else ""
                table([(row.key, row.partner, row.state, str(row.attempts), row.next_try, why)])


@command(N_("列出发出去的：给谁、什么、什么时候，最近的在前；可以只看一个转办件"))
@data_option
@database_option
@option("--order", "order_id", metavar="ID", help=N_("只列这个转办件的（转办、文件、撤回、办理状态）"))
@option("--limit", type=click.IntRange(min=1), default=200, show_default=True, help=N_("最多列几条"))
@json_option
def sent(data: Path, database_url: str | None, order_id: str | None, limit: int, as_json: bool) -> None:
    """Print what was sent to whom when: orders and each of their files."""
    from sync.server.admin import at_work
    from sync.server.partners.outgoing import gone

    with at_work(data, database_url) as centre:
        for row in gone(centre, order_id, limit):
            found = {
                "key": row.key, "partner": row.partner, "what": row.what, "order": row.order_id, "sent_at": row.sent_at,
                "attempts": row.attempts,
            }  # fmt: skip
            if as_json:
                json_line(found)
            else:
                table([(row.key, row.partner, row.what, row.sent_at or "")])


@command(N_("让没发成的马上再试：一个（写它的编号），或全部"))
@data_option
@database_option
@click.argument("key", required=False)
def retry(data: Path, database_url: str | None, key: str | None) -> None:
    """Let messages that failed, or wait for their next turn, be tried in the next round."""
    from sync.server.admin import at_work
    from sync.server.partners.outgoing import again

    with at_work(data, database_url) as centre:
        say(N_("下一轮再试 {count} 个"), count=again(centre, key))


for _command in (check, run, list_outstanding, sent, retry):
    partners.add_command(_command)
