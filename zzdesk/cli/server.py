"""``zzdesk serve`` and ``zzdesk server``: the centre."""

from __future__ import annotations

import errno
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.words import Group, command, json_option, option
from zzdesk.errors import BusyError, RefusedError
from zzdesk.i18n import N_, translate

data_option = option(
    "--data", type=click.Path(path_type=Path, file_okay=False), required=True, help=N_("中心的数据文件夹")
)
database_option = option("--database", "database_url", help=N_("PostgreSQL的地址；默认用数据文件夹里的加密SQLite"))


@command(N_("运行中心服务器；没有TLS证书时只在本机地址上提供服务"))
@data_option
@option("--host", default="127.0.0.1", show_default=True, help=N_("监听的地址"))
@option("--port", type=click.IntRange(0, 65535), required=True, help=N_("监听的端口，0是任选一个"))
@option("--tls-cert", type=click.Path(path_type=Path), help=N_("TLS证书"))
@option("--tls-key", type=click.Path(path_type=Path), help=N_("TLS私钥"))
@option(
    "--workers", type=click.IntRange(1, 32), default=1, show_default=True,
    help=N_("工作进程的个数；两个以上要用PostgreSQL"),
)
@database_option
@option(
    "--partners", type=click.Path(path_type=Path, dir_okay=False),
    help=N_("对接配置（TOML）：运行时按它与12345、110、市级平台收发转办件"),
)
def serve(
    data: Path, host: str, port: int, tls_cert: Path | None, tls_key: Path | None, workers: int, database_url: str | None,
    partners: Path | None,
) -> None:  # fmt: skip
    """Serve until SIGTERM; one line on stdout says when it is ready."""
    from zzdesk import logs

    logs.set_up(data / "logs")
    _run(data, host, port, database_url, tls_cert, tls_key, workers, partners)


def _run(data: Path, host: str, port: int, *rest: Any) -> None:
    import ssl

    from sqlalchemy.exc import SQLAlchemyError

    from sync.server.run import serve as run

    try:
        run(data, host, port, *rest)
    except SQLAlchemyError as error:
        raise RefusedError(N_("中心的数据库打不开，请检查 --database 的地址和数据库是否在运行")) from error
    except ssl.SSLError as error:
        raise RefusedError(N_("TLS证书或私钥用不了，请检查 --tls-cert 和 --tls-key")) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BusyError(N_("端口 {port} 已被占用，请换一个"), port=port) from error
        if error.errno in (errno.EACCES, errno.EADDRNOTAVAIL):
            raise RefusedError(N_("不能在 {host}:{port} 上监听"), host=host, port=port) from error
        raise


_LAZY: Final = {
    "bundle-import": (
        "zzdesk.cli.bundle:bundle_import",
        N_("导入工作站带来的数据包，写出给它的答复；可以在服务器运行时使用"),
    ),
    "bundle-export": (
        "zzdesk.cli.bundle:bundle_export",
        N_("为一台没有数据包送来的工作站写出中心给它的内容；可以在服务器运行时使用"),
    ),
    "device": ("zzdesk.cli.centre:device", N_("管理接入的设备：列出、暂停、停用、恢复、调整范围")),
    "grant": ("zzdesk.cli.centre:grant", N_("账号在别的站点或街道的角色")),
    "quarantine": ("zzdesk.cli.centre:quarantine", N_("隔离区：当时有权限、现在没有的操作，等站长决定")),
    "name": ("zzdesk.cli.centre:name", N_("中心的名称：各工作站的同步页上显示；不写名称就只看现在的")),
    "mode": (
        "zzdesk.cli.centre:mode", N_("维护时让中心只能查看（readonly），之后恢复正常（normal）；工作站的改动留在原处等着"),
    ),
    "partners": (
        "zzdesk.cli.partners:partners", N_("与12345、110、市级平台收发转办件：检查配置、收发一轮、列出没发出的、重发"),
    ),
    "open311-key": (
        "zzdesk.cli.open311:open311_key",
        N_("为一个对方生成上报用的密钥（Open311）；密钥只显示这一次，配置里写它的 sha256"),
    ),
    "announce": ("zzdesk.cli.centre:announce", N_("预告大批转移：这么多记录离开一个范围是有意的，各工作站不必停下来问")),
}


@click.group(cls=Group, help=N_("管理中心服务器；可以在服务器运行时使用"), lazy=_LAZY)
def server() -> None:
    """Look after the centre."""


@command(N_("为一个站点生成一次性接入码，十五分钟内有效"), name="enrol-code")
@data_option
@database_option
@option("--station", required=True, help=N_("站点的区划代码"))
@json_option
def enrol_code(data: Path, database_url: str | None, station: str, as_json: bool) -> None:
    """Print a one-time code with which one device may enrol."""
    from sync.server.admin import enrol_code as make

    code = make(data, database_url, station)
    if as_json:
        json_line({"code": code, "station": station})
    else:
        print(code)


@command(N_("清点中心保存的附件内容；三十天没有记录用到的收起来，不删除"))
@data_option
@database_option
@json_option
def blobs(data: Path, database_url: str | None, as_json: bool) -> None:
    """Print what the centre keeps of attachments."""
    from sync.server.admin import blobs_kept

    found = blobs_kept(data, database_url)
    if as_json:
        json_line(found)
    else:
        say(
            N_("已核对 {verified} 个（{bytes} 字节），未送完 {pending} 个，已收起 {quarantined} 个，无登记 {nameless} 个"),
            **asdict(found),
        )


@command(N_("中心的数据库从备份恢复、换了机器或备机升为主机之后运行；运行了才能再启动"), name="post-restore")
@data_option
@database_option
@json_option
def post_restore(data: Path, database_url: str | None, as_json: bool) -> None:
    """Begin a new epoch, so that the desks bring back what the restored database lacks."""
    from dataclasses import asdict

    from sync.server.admin import post_restore as begin

    done = begin(data, database_url)
    if as_json:
        json_line(asdict(done))
        return
    say(N_("已换新纪元 {epoch}，恢复到序号 {seq}。现在可以启动中心"), epoch=done.epoch, seq=done.seq)
    say(N_("{n} 台设备重新报到（至少95%）或过72小时之后，才重新开放抢单"), n=done.devices)
    say(N_("备份之后停用过的设备和账号，请再停用一次"))


@command(N_("备份中心：写下后读回核对，只留最新的几份；密钥文件不在备份里，请另行保管"), name="backup")
@data_option
@database_option
@option("--to", "target", type=click.Path(path_type=Path, file_okay=False), required=True, help=N_("备份放在这个文件夹"))
@option("--keep", type=click.IntRange(1), default=7, show_default=True, help=N_("留几份；各工作站据最旧的一份清理"))
@json_option
def back_up(data: Path, database_url: str | None, target: Path, keep: int, as_json: bool) -> None:
    """Write a verified backup and say how far desks may forget."""
    from sync.server.admin import back_up as run

    made = run(data, database_url, target, keep)
    if as_json:
        removed = [str(path) for path in made.removed]
        json_line({"path": str(made.path), "seq": made.seq, "durable_seq": made.durable_seq, "removed": removed})
    else:
        print(made.path)


@command(N_("告诉中心：用别的工具做的、还留着的最旧一份备份到哪个序号"), name="durable")
@data_option
@database_option
@option("--seq", type=click.IntRange(0), required=True, help=N_("那份备份里的中心序号"))
@json_option
def durable(data: Path, database_url: str | None, seq: int, as_json: bool) -> None:
    """Note how far back the oldest backup reaches that was made elsewhere."""
    from sync.server.admin import declare_durable

    found = declare_durable(data, database_url, seq)
    if as_json:
        json_line({"durable_seq": found})
    else:
        say(N_("各工作站可以清理到序号 {seq}"), seq=found)


@command(N_("恢复之后中心没有、由工作站送来的记录：列出，或放回、舍弃其中一条"), name="salvage")
@data_option
@database_option
@click.argument("kind", required=False)
@click.argument("record_id", metavar="ID", required=False)
@option("--put-back", is_flag=True, help=N_("放回中心"))
@option("--leave-out", is_flag=True, help=N_("不放回"))
@option("--hash", "digest", help=N_("有几个版本时用哪一个"))
@json_option
def salvage(
    data: Path, database_url: str | None, kind: str | None, record_id: str | None, put_back: bool, leave_out: bool,
    digest: str | None, as_json: bool,
) -> None:  # fmt: skip
    """List the records that wait for a decision since a restore, or decide one of them."""
    from sync.server.admin import decide_salvage, salvaged

    if kind is None or record_id is None:
        for row in salvaged(data, database_url):
            if as_json:
                json_line(row)
            else:
                table([(row.kind, row.id, row.scope, row.device_id, row.received_at, row.hash)])
        return
    if put_back == leave_out:
        raise click.UsageError(translate(N_("--put-back 和 --leave-out 要用一个，也只能用一个")))
    decide_salvage(data, database_url, (kind, record_id), digest, put_back=put_back)


@command(N_("处理已到期的事：认领到期、等得太久的操作、没人决定的冲突"))
@data_option
@database_option
@json_option
def sweep(data: Path, database_url: str | None, as_json: bool) -> None:
    """Do what time alone brings about; every request to the centre does the same."""
    from dataclasses import asdict

    from sync.server.admin import sweep as run

    done = asdict(run(data, database_url))
    if as_json:
        json_line(done)
    else:
        say(N_("认领到期 {expired}，交人处理 {overdue}，冲突上报 {escalated}，重算期限 {renewed}"), **done)


for _command in (enrol_code, blobs, post_restore, back_up, durable, salvage, sweep):
    server.add_command(_command)
