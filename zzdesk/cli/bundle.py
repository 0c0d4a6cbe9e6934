"""``zzdesk bundle``: the exchange with the centre by stick, and carrying for others."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import json_line, say, steps, table, warn
from zzdesk.cli.server import data_option, database_option
from zzdesk.cli.words import Group, command, json_option, option
from zzdesk.i18n import N_, translate

pass_invocation = click.make_pass_decorator(Invocation)
file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.group(cls=Group, help=N_("用U盘与中心交换：导出、导入、查看、代送"))
def bundle() -> None:
    """Exchange with the centre without a network."""


@command(N_("把待送的内容导出为数据包，带给中心；收到回执前内容仍在本机待送"))
@option("--to", "target", type=click.Path(path_type=Path), required=True, help=N_("写到这个文件，或这个文件夹"))
@option(
    "--files", "most", type=click.IntRange(0, 10**6), metavar="MB",
    help=N_("附件最多带多少兆字节；0为不带，默认U盘放得下多少带多少"),
)
@json_option
@pass_invocation
def export(invocation: Invocation, target: Path, most: int | None, as_json: bool) -> None:
    """Write a bundle for the centre and print where it lies."""
    from sync.client.bundle import export as write

    with invocation.desk() as desk:
        made = write(desk, target, steps(), None if most is None else most * 1024 * 1024)
    if as_json:
        facts = {"bundle_id": made.header.bundle_id, "sequence": made.header.sequence} | asdict(made.files)
        facts["file_bytes"] = facts.pop("bytes")
        json_line({"path": str(made.path), "operations": made.operations, "bytes": made.bytes} | facts)
        return
    print(made.path)
    warn(N_("已导出 {n} 项并核对过；请把文件带给中心，再把答复带回来导入"), n=made.operations)
    if made.files.left:
        warn(N_("有 {n} 个附件没有全部带上（还差 {bytes} 字节），仍在本机待送，导入答复后再导出一次"),
             n=made.files.left, bytes=made.files.left_bytes)  # fmt: skip


@command(N_("导入中心的答复：回执和新内容；重复导入不会改变什么"), name="import")
@file_argument
@json_option
@pass_invocation
def take_in(invocation: Invocation, file: Path, as_json: bool) -> int:
    """Take in the centre's answer; status 1 where something was refused or still waits."""
    from sync.client.bundle import take_in as read

    with invocation.desk() as desk:
        report = read(desk, file, steps())
    names = ("pushed", "pulled", "conflicts", "held", "rejected", "pending")
    figures = {name: getattr(report, name) for name in names}
    if as_json:
        json_line(figures)
    else:
        say(N_("已导入：送达 {pushed}，收到 {pulled}，冲突 {conflicts}，待送 {pending}"), **figures)
    for notice in report.notices:
        warn(notice)
    if report.rejected:
        warn(N_("有 {n} 项被中心退回，内容保留在本机；用 outbox 查看原因"), n=report.rejected)
    return 1 if report.rejected or report.notices else 0


@command(N_("查看一个数据包：是什么、谁给谁、何时、是否完整；不含个人信息"))
@file_argument
@json_option
def show(file: Path, as_json: bool) -> int:
    """Print what a bundle says of itself; status 1 where it is not whole."""
    from sync.client.bundle import show as look

    found = look(file)
    if as_json:
        header = found.header
        json_line({
            "bundle_id": header.bundle_id, "kind": header.kind, "from": _party(header.sender), "to": _party(header.to),
            "made_at": header.made_at, "sequence": header.sequence, "answers": header.answers,
            "server_id": header.server_id, "epoch": header.epoch, "scopes": header.scopes, "counts": found.counts,
            "suite": header.suite, "bytes": found.bytes, "whole": found.whole,
        })  # fmt: skip
    else:
        table(_lines(found))
    return 0 if found.whole else 1


def _party(party: Any) -> dict[str, str]:
    parts = {name: getattr(party, name) for name in ("centre", "device", "station", "replica")}
    return {name: value for name, value in parts.items() if value}


KINDS = {"up": N_("工作站给中心"), "answer": N_("中心的答复"), "down": N_("中心给工作站")}
COUNTS = {"operations": N_("操作"), "results": N_("回执"), "records": N_("记录"), "bytes": N_("附件字节")}


def _lines(found: Any) -> list[tuple[str, str]]:
    header = found.header
    counts = "，".join(f"{translate(COUNTS[name])} {n}" for name, n in found.counts.items() if name in COUNTS)
    return [
        (translate(N_("种类")), translate(KINDS[header.kind])),
        (translate(N_("编号")), f"{header.sequence} / {header.bundle_id}"),
        (translate(N_("发出方")), " ".join(_party(header.sender).values())),
        (translate(N_("收件方")), " ".join(_party(header.to).values())),
        (translate(N_("时间")), header.made_at),
        (translate(N_("内容")), counts or "-"),
        (translate(N_("完整")), translate(N_("是") if found.whole else N_("否，请重新拷贝"))),
    ]


@command(N_("在联网的工作站上，把别人的数据包原样送到中心，并保存给他的答复"))
@file_argument
@option("--answer", type=click.Path(path_type=Path), help=N_("答复写到这个文件；默认在数据包旁边"))
@json_option
@pass_invocation
def relay(invocation: Invocation, file: Path, answer: Path | None, as_json: bool) -> None:
    """Carry somebody's bundle to the centre, unread, and save the answer for them."""
    from sync.client.bundle import relay as carry

    answer = answer or file.with_name(f"{file.stem}-answer{file.suffix}")
    with invocation.desk() as desk:
        header = carry(desk, file, answer, steps())
    if as_json:
        json_line({"path": str(answer), "bundle_id": header.bundle_id, "device": header.sender.device})
        return
    print(answer)
    warn(N_("已送达中心；请把答复带给 {station} 的工作站导入"), station=header.sender.station)


@command(N_("导入工作站带来的数据包，写出给它的答复；可以在服务器运行时使用"), name="bundle-import")
@data_option
@database_option
@file_argument
@option("--answer", type=click.Path(path_type=Path), required=True, help=N_("答复写到这个文件，带回那台工作站"))
@json_option
def bundle_import(data: Path, database_url: str | None, file: Path, answer: Path, as_json: bool) -> None:
    """Judge a desk's bundle at the centre and write the answer that is carried back to it."""
    from sync.problems import REQUEST_PROBLEMS
    from sync.server.bundle_import import bundle_import as receive

    done = receive(data, database_url, file, answer, steps())
    if as_json:
        json_line(done)
        return
    say(
        N_("已导入 {station} 的工作站（{device}）的 {n} 项；请把答复带回去导入"),
        station=done.station, device=done.device_id, n=done.operations,
    )  # fmt: skip
    if done.stopped:
        warn(REQUEST_PROBLEMS[done.stopped][1])


@command(N_("为一台没有数据包送来的工作站写出中心给它的内容；可以在服务器运行时使用"), name="bundle-export")
@data_option
@database_option
@click.argument("device", metavar="DEVICE")
@option("--to", "target", type=click.Path(path_type=Path), required=True, help=N_("写到这个文件，或这个文件夹"))
@json_option
def bundle_export(data: Path, database_url: str | None, device: str, target: Path, as_json: bool) -> None:
    """Write a bundle for a desk that has not asked, and print where it lies."""
    from sync.server.bundle_import import bundle_export as write

    made = write(data, database_url, device, target, steps())
    if as_json:
        json_line({
            "path": str(made.path), "bundle_id": made.bundle_id, "device": made.device_id, "records": made.records,
            "withdrawn": made.withdrawn,
        })  # fmt: skip
        return
    print(made.path)
    warn(N_("已写出 {n} 条记录并核对过；请带到 {station} 的工作站导入"), n=made.records, station=made.station)


for _command in (export, take_in, show, relay):
    bundle.add_command(_command)
