"""``zzdesk server device|grant|quarantine|announce``: who may be at the centre, and what waits for a decision there."""

from __future__ import annotations

from pathlib import Path

import click

from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.server import data_option, database_option
from zzdesk.cli.words import Group, command, json_option, option
from zzdesk.i18n import N_

_REASON = option("--reason", required=True, help=N_("理由"))
_BY = option("--by", required=True, metavar="ACCOUNT", help=N_("作决定的站长：账号编号，或 用户名@站点"))
_SCOPE = option("--scope", required=True, metavar="CODE", help=N_("区划或网格的代码"))


@click.group(cls=Group, help=N_("管理接入的设备：列出、暂停、停用、恢复、调整范围"))
def device() -> None:
    """Look after enrolled devices."""


def _set(data: Path, database_url: str | None, device_id: str, status: str) -> None:
    from sync.server.admin import set_device

    set_device(data, database_url, device_id, status)


@command(N_("列出已接入的设备"), name="list")
@data_option
@database_option
@json_option
def list_devices(data: Path, database_url: str | None, as_json: bool) -> None:
    """Print the enrolled devices."""
    from sync.server.admin import devices

    for row in devices(data, database_url):
        if as_json:
            json_line(row)
        else:
            table([(row.id, row.name, row.station, row.status, row.enrolled_at, row.last_seen or "")])


@command(N_("停用一台设备，从它的下一次请求起"))
@data_option
@database_option
@click.argument("device_id")
def revoke(data: Path, database_url: str | None, device_id: str) -> None:
    """Let a device in no longer."""
    from sync.server.accounts import DEAD

    _set(data, database_url, device_id, DEAD)


@command(N_("暂停一台设备：它交出没送到的内容，放进隔离区，然后清除资料"))
@data_option
@database_option
@click.argument("device_id")
def escrow(data: Path, database_url: str | None, device_id: str) -> None:
    """Let a device hand over its work and then empty itself."""
    from sync.server.accounts import ESCROW

    _set(data, database_url, device_id, ESCROW)


@command(N_("恢复一台暂停或停用的设备"))
@data_option
@database_option
@click.argument("device_id")
def reactivate(data: Path, database_url: str | None, device_id: str) -> None:
    """Let a device in again."""
    from sync.server.accounts import ACTIVE

    _set(data, database_url, device_id, ACTIVE)


@command(N_("调整一台设备最多能到的范围；减去的范围下次同步时从设备上收回"))
@data_option
@database_option
@click.argument("device_id")
@option("--add", "added", multiple=True, metavar="CODE", help=N_("加上这个代码；后面加 * 表示它下面的全部，可写多次"))
@option("--remove", "removed", multiple=True, metavar="CODE", help=N_("减去这个代码，可写多次"))
def scopes(
    data: Path, database_url: str | None, device_id: str, added: tuple[str, ...], removed: tuple[str, ...]
) -> None:
    """Change which nodes a device may reach, and print them."""
    from sync.server.admin import open_scopes

    for code in open_scopes(data, database_url, device_id, added, removed):
        print(code)


@click.group(cls=Group, help=N_("账号在别的站点或街道的角色"))
def grant() -> None:
    """Look after roles in other nodes than an account's own."""


@command(N_("给一个账号在别处的角色"))
@data_option
@database_option
@click.argument("account")
@click.argument("role")
@_SCOPE
def give(data: Path, database_url: str | None, account: str, role: str, scope: str) -> None:
    """Give a role."""
    from sync.server.admin import give_role

    give_role(data, database_url, account, role, scope)


@command(N_("收回一个账号在别处的角色"))
@data_option
@database_option
@click.argument("account")
@click.argument("role")
@_SCOPE
def take(data: Path, database_url: str | None, account: str, role: str, scope: str) -> None:
    """Take a role back."""
    from sync.server.admin import give_role

    give_role(data, database_url, account, role, scope, take=True)


@click.group(cls=Group, help=N_("隔离区：当时有权限、现在没有的操作，等站长决定"))
def quarantine() -> None:
    """Look after what waits for a supervisor."""


@command(N_("列出等待决定的操作，不显示内容"), name="list")
@data_option
@database_option
@json_option
def list_quarantine(data: Path, database_url: str | None, as_json: bool) -> None:
    """Print what waits for a decision."""
    from sync.server.admin import quarantined

    for row in quarantined(data, database_url):
        if as_json:
            json_line(row)
        else:
            table([(row.op_id, row.kind or "", row.verb or "", row.user or "", row.received_at, row.why)])


def _decide(data: Path, database_url: str | None, op_id: str, by: str, reason: str, *, let_through: bool) -> None:
    from sync.server.admin import decide

    for each, outcome in decide(data, database_url, op_id, by, reason, let_through=let_through).items():
        table([(each, outcome)])


@command(N_("放行：按站长的权限重新判断，与同一次保存的操作一起"))
@data_option
@database_option
@click.argument("op_id")
@_BY
@_REASON
def release(data: Path, database_url: str | None, op_id: str, by: str, reason: str) -> None:
    """Let an operation through."""
    _decide(data, database_url, op_id, by, reason, let_through=True)


@command(N_("不同意：不生效，内容留存"))
@data_option
@database_option
@click.argument("op_id")
@_BY
@_REASON
def reject(data: Path, database_url: str | None, op_id: str, by: str, reason: str) -> None:
    """Refuse an operation."""
    _decide(data, database_url, op_id, by, reason, let_through=False)


@command(N_("预告大批转移：这么多记录离开一个范围是有意的，各工作站不必停下来问"))
@data_option
@database_option
@_SCOPE
@option("--count", type=click.IntRange(min=1), required=True, help=N_("最多多少条"))
def announce(data: Path, database_url: str | None, scope: str, count: int) -> None:
    """Announce that many records leave a scope."""
    from sync.server.admin import announce as tell

    tell(data, database_url, scope, count)
    say(N_("已预告，三十天内有效"))


@command(N_("中心的名称：各工作站的同步页上显示；不写名称就只看现在的"), name="name")
@data_option
@database_option
@click.argument("text", metavar="NAME", required=False)
def name(data: Path, database_url: str | None, text: str | None) -> None:
    """Print what the centre is called, or call it so."""
    from sync.server.admin import rename

    print(rename(data, database_url, text))


@command(N_("维护时让中心只能查看（readonly），之后恢复正常（normal）；工作站的改动留在原处等着"), name="mode")
@data_option
@database_option
@click.argument("mode", type=click.Choice(["normal", "readonly"]))
def mode(data: Path, database_url: str | None, mode: str) -> None:
    """Let the centre only be read, or be as it was."""
    from sync.server.admin import set_mode

    set_mode(data, database_url, mode)


for _command in (list_devices, escrow, revoke, reactivate, scopes):
    device.add_command(_command)
for _command in (give, take):
    grant.add_command(_command)
for _command in (list_quarantine, release, reject):
    quarantine.add_command(_command)
