"""Commands about the desk itself: making it, enrolling, reconciling, its state, conflicts, audit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line, say, steps, table, warn
from zzdesk.cli.words import Command, Group, command, json_option, option
from zzdesk.errors import KnownError
from zzdesk.i18n import N_, translate

pass_invocation = click.make_pass_decorator(Invocation)


@command(N_("建立一个工作站；恢复密钥只显示这一次，请抄在纸上"))
@option("--station", required=True, help=N_("所在社区（村）的区划代码"))
@option("--user", "login", required=True, help=N_("第一个账号的用户名"))
@option("--name", default=None, help=N_("第一个账号的姓名"))
@option("--recovery-file", type=click.Path(path_type=Path), help=N_("把恢复密钥写进这个文件，不显示"))
@option("--test", is_flag=True, help=N_("测试用的工作站：到处标明，时钟可由ZZDESK_NOW设定"))
@pass_invocation
def init(
    invocation: Invocation, station: str, login: str, name: str | None, recovery_file: Path | None, test: bool
) -> None:
    """Make a home and print its recovery key once, on a line of its own."""
    import zzdesk.catalogue  # noqa: F401 - every table must be known
    from zzdesk.desk.session import create_home
    from zzdesk.store.files import write_private
    from zzdesk.store.keys import DESK_COST, TEST_COST

    password = invocation.passphrase(confirm=True)
    cost = TEST_COST if test else DESK_COST
    desk, recovery = create_home(
        invocation.folder, station, login, password, test=test, display_name=name, cost=cost
    )
    desk.close()
    if recovery_file is not None:
        write_private(recovery_file, recovery.encode() + b"\n")
        return
    warn(N_("恢复密钥如下，只显示这一次。请抄在纸上，离开电脑保存："))
    print(recovery)


@command(N_("用中心给的接入码把本机接入中心"))
@click.argument("url")
@click.argument("code")
@option("--ca", type=click.Path(path_type=Path), help=N_("签发中心证书的根证书（PEM），中心用自己的证书时才要"))
@json_option
@pass_invocation
def enrol(invocation: Invocation, url: str, code: str, ca: Path | None, as_json: bool) -> None:
    """Make this desk a device of the centre."""
    from sync.client.device import place_of
    from sync.client.enrol import enrol as enrol_desk

    with invocation.desk() as desk:
        device = enrol_desk(desk, url, code, ca=ca)
        place = place_of(desk.home)
    if as_json:
        json_line({"device_id": device, "device_key": place})
        return
    say(N_("本机已接入中心，设备编号 {device}"), device=device)
    if place == "file":
        say(N_("这台电脑没有可用的系统密钥库，设备密钥放在数据文件夹的 device.key 里，只有本人能读"))


_FIGURES = ("pushed", "pulled", "conflicts", "held", "rejected", "pending", "bytes", "requests", "seconds")


@command(N_("与中心同步一次；有没送达或被退回的就以1结束"))
@option("--claims", "only_claims", is_flag=True, help=N_("只送认领，立刻问中心，其余下次再送"))
@option("--verify", is_flag=True, help=N_("逐条核对本机与中心的内容，不一致的重新取回"))
@option("--accept-evictions", "accepted", metavar="SCOPE", help=N_("同意中心从本机移走这个范围的大批记录（核实后才用）"))
@json_option
@pass_invocation
def sync(invocation: Invocation, only_claims: bool, verify: bool, accepted: str | None, as_json: bool) -> int:
    """Reconcile once; the last line on stdout says what was done."""
    from sync.client.engine import sync_once
    from zzdesk.desk.commands import accept_evictions
    from zzdesk.desk.queries import UNPROVEN_SAID
    from zzdesk.desk.queries import status as ask_status
    from zzdesk.store.space import keep_ballast

    with invocation.desk() as desk:
        if not desk.info.test:
            keep_ballast(desk.home)
        if accepted:
            desk.write(accept_evictions, accepted)
        try:
            report = sync_once(desk, steps(), only_claims=only_claims, verify=verify)
        except KnownError as error:
            if as_json:
                json_line(dict.fromkeys(_FIGURES, 0) | {"pending": desk.read(ask_status).pending, "error": error.code})
            raise
        unproven = desk.read(ask_status).unproven
    figures = {name: getattr(report, name) for name in _FIGURES} | _files_of(report)
    if as_json:
        json_line(figures | ({"verified": report.verified} if verify else {}))
    else:
        say(N_("已同步：送出 {pushed}，收到 {pulled}，冲突 {conflicts}，待送 {pending}"), **figures)
        _say_files(figures)
    if verify and report.verified is not None and not as_json:
        _say_verified(report.verified)
    for notice in report.notices:
        warn(notice)
    if unproven:
        warn(UNPROVEN_SAID)
    if report.rejected:
        warn(N_("有 {n} 项被中心退回，内容保留在本机；用 outbox 查看原因"), n=report.rejected)
    different = report.verified is not None and not report.verified.ok
    return 1 if report.rejected or different or (report.pending and not only_claims) else 0


def _say_verified(found: Any) -> None:
    say(
        N_("已逐条核对 {records} 条：损坏 {damaged}，重新取回 {repaired}，移走 {removed}"),
        records=found.records, damaged=found.damaged, repaired=found.repaired, removed=found.removed,
    )  # fmt: skip


def _files_of(report: Any) -> dict[str, Any]:
    """Return what became of attachments, beside the figures of records."""
    files = report.files
    return {
        "files_sent": files.sent, "files_received": files.received, "files_left": files.left,
        "files_missing": files.missing, "files_problem": files.problem, "low_space": report.low_space,
    }  # fmt: skip


def _say_files(figures: dict[str, Any]) -> None:
    if figures["files_sent"] or figures["files_received"] or figures["files_left"]:
        say(N_("附件：送出 {files_sent}，收到 {files_received}，还有 {files_left} 个待送"), **figures)
    if figures["files_missing"]:
        warn(N_("有 {n} 个附件的内容在本机和中心都没有；用 attachments --missing 查看"), n=figures["files_missing"])
    if figures["low_space"]:
        warn(N_("磁盘快满了，这次只送出了记录；请先腾出空间"))


@command(N_("列出与我有关的认领结果：谁先认领、到期收回、改派"))
@option("--seen", is_flag=True, help=N_("记为已看过"))
@json_option
@pass_invocation
def claims(invocation: Invocation, seen: bool, as_json: bool) -> None:
    """Print what the person has to be told about claims, newest first."""
    from zzdesk.desk.claims import claim_news, note_seen

    with invocation.desk() as desk:
        rows = desk.read(claim_news, limit=500).rows
        for row in rows:
            if as_json:
                json_line(row)
            else:
                who = row.winner_name or row.ended_by_name or ""
                table([(row.record_kind, row.record_id, row.title, row.state, who, row.reason or "")])
        if seen and rows and rows[0].changed_at is not None:
            desk.write(note_seen, rows[0].changed_at)


@command(N_("本机与中心的同步状态"))
@json_option
@pass_invocation
def status(invocation: Invocation, as_json: bool) -> None:
    """Print where this desk stands towards its centre."""
    from zzdesk.desk.queries import DIFFERENT, UNPROVEN_SAID
    from zzdesk.desk.queries import status as ask

    with invocation.desk() as desk:
        found = desk.read(ask)
        home = {"station": desk.station, "user": desk.actor.login, "test": desk.info.test}
    if as_json:
        from dataclasses import asdict

        json_line(home | asdict(found))
        return
    say(N_("已接入中心：{url}") if found.enrolled else N_("尚未接入中心"), url=found.server_url)
    say(
        N_("待送 {pending}，被退回 {parked}，等待中 {held}，待决定的冲突 {conflicts}"),
        pending=found.pending, parked=found.parked, held=found.held, conflicts=found.open_conflicts,
    )  # fmt: skip
    if found.unproven:
        say(UNPROVEN_SAID)
    if found.digest_alert:
        say(DIFFERENT)
    say(N_("上次成功同步：{at}"), at=_local(found.last_success_at))


def _local(moment: Any) -> str:
    from zzdesk.clock import local

    return f"{local(moment):%Y-%m-%d %H:%M}" if moment else translate(N_("从未"))


def pairs(texts: tuple[str, ...]) -> dict[str, Any]:
    """Return ``field=value`` words as a dict; an empty value clears the field.

    Raises:
        click.UsageError: a word without an equals sign.
    """
    values: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.UsageError(translate(N_("应写作 字段=值")))
        values[name.strip()] = value if value != "" else None
    return values


@click.group(cls=Group, help=N_("核对审计记录"))
def audit() -> None:
    """Look after the audit."""


@audit.command(cls=Command, name="verify", help=N_("核对审计是否被改动"))
@json_option
@pass_invocation
def audit_verify(invocation: Invocation, as_json: bool) -> int:
    """Recompute the chain of the audit and compare it with its sealed end."""
    from zzdesk.store import audit as chain

    with invocation.desk() as desk:
        desk.read(lambda read: read.require("audit.verify"))
        with desk.store.reader() as session:
            found = chain.check(session, desk.paths.anchor, desk.store.key)
    if as_json:
        json_line({"ok": found.ok, "rows": found.rows, "broken_seq": found.broken_seq, "fault": found.fault})
    elif found.ok:
        say(N_("审计记录完整，共 {rows} 条"), rows=found.rows)
    if found.fault == "anchor":
        warn(N_("审计记录前后相连，但封存点不见了或被改动，末尾是否被截断无法证明"))
    elif not found.ok:
        warn(N_("审计记录在第 {seq} 条处不完整（{fault}）"), seq=found.broken_seq, fault=found.fault)
    return 0 if found.ok else 1


@audit.command(cls=Command, name="readings", help=N_("列出谁看过密封的、遮住的内容，只有审计员能看"))
@option("--after", default=None, help=N_("接着哪一条往下列（上一页最后一条的seq）"))
@option("--limit", type=click.IntRange(min=1, max=500), default=50, show_default=True, help=N_("最多列几条"))
@json_option
@pass_invocation
def audit_readings(invocation: Invocation, after: str | None, limit: int, as_json: bool) -> int:
    """Print who looked at what was under cover on this computer, newest first."""
    from zzdesk.clock import to_iso
    from zzdesk.desk.readings import readings

    with invocation.desk() as desk:
        found = desk.read(readings, after=after, limit=limit)
    if as_json:
        for row in found.rows:
            json_line({"seq": int(row.id), "at": to_iso(row.at), "who": row.who, "event": row.event, "kind": row.kind,
                       "id": row.record_id})  # fmt: skip
    else:
        table((to_iso(row.at), row.who, row.event, row.kind, row.record_id) for row in found.rows)
    return 0
