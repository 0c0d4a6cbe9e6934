"""Commands about what the centre has not taken: list, look at, correct and send again, give up, export."""

from __future__ import annotations

from typing import Any

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.desk import pairs
from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.records import encoded, written
from zzdesk.cli.words import Command, Group, command, json_option, option
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_, translate

pass_invocation = click.make_pass_decorator(Invocation)


@click.group(cls=Group, invoke_without_command=True, help=N_("列出尚未送达或被中心退回的操作；改过重送、放弃、导出"))
@option("--all", "everything", is_flag=True, help=N_("连已送达的也列出"))
@json_option
@click.pass_context
def outbox(context: click.Context, everything: bool, as_json: bool) -> None:
    """Print operations, oldest first; never their values."""
    if context.invoked_subcommand is not None:
        return
    from zzdesk.desk.queries import outbox as ask
    from zzdesk.ops.models import ACKED, DROPPED, PARKED, PENDING, REPLACED

    invocation = context.find_object(Invocation)
    assert invocation is not None
    states = (*PENDING, PARKED, ACKED, REPLACED, DROPPED) if everything else (*PENDING, PARKED)
    with invocation.desk() as desk:
        after: str | None = None
        while True:
            page = desk.read(ask, states, after, 500)
            for row in page.rows:
                _print_operation(row, as_json)
            after = page.after
            if after is None:
                return


def _print_operation(row: Any, as_json: bool) -> None:
    if as_json:
        json_line(row)
    else:
        why = translate(row.problem_title) if row.problem_title else ""
        table([(row.op_id, row.kind, row.verb, row.state, row.title, why)])


@outbox.command(cls=Command, name="show", help=N_("查看一项操作和可以怎么办"))
@click.argument("op_id")
@json_option
@pass_invocation
def show(invocation: Invocation, op_id: str, as_json: bool) -> None:
    """Print one operation, masked, and what can be done about it."""
    from zzdesk.desk.outbox import operation

    with invocation.desk() as desk:
        found = desk.read(operation, op_id)
    if as_json:
        json_line(found)
        return
    _print_operation(found.row, as_json)
    for change in found.fields:
        table([(change.name, change.how, str(change.was), str(change.value))])
    say(N_("可以：{steps}"), steps="、".join(found.next_steps))


@outbox.command(cls=Command, name="edit", help=N_("改好再送，原来的一份留着"))
@click.argument("op_id")
@option("--set", "sets", multiple=True, metavar="FIELD=VALUE", help=N_("改成这个值，可写多次；不写就照原样重送"))
@pass_invocation
def edit(invocation: Invocation, op_id: str, sets: tuple[str, ...]) -> None:
    """Send what was refused again, corrected; the old operation stays and names the new one."""
    from zzdesk.desk.outbox import amend, operation

    with invocation.desk() as desk:
        desk.write(amend, op_id, pairs(sets))
        print(desk.read(operation, op_id).replaced_by)


@outbox.command(cls=Command, name="discard", help=N_("写明原因后放弃，内容留着"))
@click.argument("op_id")
@option("--reason", required=True, help=N_("理由"))
@pass_invocation
def discard(invocation: Invocation, op_id: str, reason: str) -> None:
    """Give up what was refused; its content is kept."""
    from zzdesk.desk.outbox import discard as give_up

    with invocation.desk() as desk:
        desk.write(give_up, op_id, reason)


@outbox.command(cls=Command, name="withdraw", help=N_("收回自己被中心隔离的一项操作（连同一次保存的），内容留在本机；要连上中心"))
@click.argument("op_id")
@option("--reason", required=True, help=N_("理由"))
@pass_invocation
def withdraw(invocation: Invocation, op_id: str, reason: str) -> None:
    """Take one's own work back from quarantine, and print what became of each operation; the next round tells the desk."""
    from sync.client.deciding import withdraw as take_back
    from sync.client.engine import SyncClient
    from zzdesk.desk.outbox import operation

    with invocation.desk() as desk:
        found = desk.read(operation, op_id)
        if "withdraw" not in found.next_steps:
            steps = "、".join(found.next_steps) or "-"
            raise RefusedError(N_("这项操作不在中心的隔离区里，收回不了；可以：{steps}"), steps=steps)
        for each, outcome in take_back(SyncClient(desk), op_id, reason).items():
            table([(each, outcome)])
    say(N_("已收回；同步以后可以改好再送，或放弃"))


@outbox.command(cls=Command, name="amendment", help=N_("已定稿的另立补充"))
@click.argument("op_id")
@option("--note", required=True, help=N_("补充的内容；协议另立变更协议，其余记在原记录后面"))
@pass_invocation
def amendment(invocation: Invocation, op_id: str, note: str) -> None:
    """Say as a note what a refused change of something final was to say."""
    from zzdesk.desk.outbox import propose_amendment

    with invocation.desk() as desk:
        desk.write(propose_amendment, op_id, note)


@outbox.command(cls=Command, name="export", help=N_("导出中心还没收下的操作"))
@option("--file", "target", required=True, metavar="FILE|-", help=N_("写到这个文件，- 是标准输出"))
@option("--reveal", metavar="REASON", help=N_("不遮盖个人信息，理由记入审计"))
@pass_invocation
def export(invocation: Invocation, target: str, reveal: str | None) -> None:
    """Write every operation that the centre has not taken as one line; the export is in the audit first."""
    from zzdesk.desk.outbox import count_operations, export_operations, note_operations_export

    with invocation.desk() as desk:
        desk.write(note_operations_export, desk.read(count_operations), reveal)
        with written(target) as out:
            desk.read(export_operations, lambda row: _write(out, row), revealed=reveal is not None)


def _write(out: Any, row: dict[str, Any]) -> None:
    out.write(encoded(row))


@command(N_("把中心隔离的一项操作再送一次；被退回的要改好再送"))
@click.argument("op_id")
@pass_invocation
def retry(invocation: Invocation, op_id: str) -> None:
    """Offer a refused operation again with the next synchronisation."""
    from zzdesk.desk.commands import retry as again

    with invocation.desk() as desk:
        desk.write(again, op_id)
