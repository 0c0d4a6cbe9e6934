"""Commands about conflicts: list, search, decide, take a decision back."""

from __future__ import annotations

from typing import Any

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.desk import pairs
from zzdesk.cli.output import json_line, table
from zzdesk.cli.words import Command, Group, command, json_option, option
from zzdesk.i18n import N_, translate

pass_invocation = click.make_pass_decorator(Invocation)


@click.group(cls=Group, invoke_without_command=True, help=N_("列出待决定的冲突：原值、各人写的值、谁、何时；查找、撤销决定"))
@option("--all", "everything", is_flag=True, help=N_("连已决定的也列出"))
@option("--mine", is_flag=True, help=N_("只列该由我决定的"))
@option("--record", "record_id", metavar="ID", help=N_("只列这条记录的"))
@json_option
@click.pass_context
def conflicts(
    context: click.Context, everything: bool, mine: bool, record_id: str | None, as_json: bool
) -> None:
    """Print conflicts, oldest first."""
    if context.invoked_subcommand is not None:
        return
    from zzdesk.desk.queries import conflict_details

    invocation = context.find_object(Invocation)
    assert invocation is not None
    state = None if everything else "open"
    with invocation.desk() as desk:
        after: str | None = None
        while True:
            page = desk.read(conflict_details, state, after, 200, record_id=record_id, mine=mine)
            for found in page.rows:
                _print_conflict(found, as_json)
            after = page.after
            if after is None:
                return


def _print_conflict(found: Any, as_json: bool) -> None:
    row = found.row
    if not as_json:
        values = " | ".join(f"{c.user_name}: {c.value}" for c in found.candidates)
        table([(row.id, row.record_kind, row.title, row.field, values, row.state)])
        return
    json_line({
        "id": row.id, "kind": row.record_kind, "record_id": row.record_id, "field": row.field, "policy": row.policy,
        "base": found.base, "candidates": found.candidates, "state": row.state, "proposal": found.proposal,
        "pending_resolution": row.pending_resolution, "resolution": found.resolution, "reason": found.reason,
        "resolved_by": found.resolved_by, "resolved_at": found.resolved_at, "owner": row.owner,
        "owner_role": row.owner_role, "due": row.due, "escalated": row.escalated, "owner_node": row.owner_node,
        "undone": found.undone, "can_undo": found.can_undo,
    })  # fmt: skip


@conflicts.command(cls=Command, name="find", help=N_("按值或理由查找冲突"))
@click.argument("words", nargs=-1, required=True)
@json_option
@pass_invocation
def find(invocation: Invocation, words: tuple[str, ...], as_json: bool) -> None:
    """Print conflicts, decided or not, whose values or reasons hold every word, the newest first."""
    from zzdesk.desk.queries import conflict, find_conflicts

    with invocation.desk() as desk:
        after: str | None = None
        while True:
            page = desk.read(find_conflicts, " ".join(words), None, after, 200)
            for row in page.rows:
                _print_conflict(desk.read(conflict, row.id), as_json)
            after = page.after
            if after is None:
                return


@conflicts.command(cls=Command, name="undo", help=N_("撤销一个决定"))
@click.argument("conflict_id", metavar="ID")
@option("--reason", required=True, help=N_("理由"))
@option("--over-later", is_flag=True, help=N_("决定之后又改过也照样恢复，后来的改动会被盖住"))
@pass_invocation
def undo(invocation: Invocation, conflict_id: str, reason: str, over_later: bool) -> None:
    """Take a decision back: the value from before stands again and the conflict is open again."""
    from zzdesk.desk.commands import undo as take_back

    with invocation.desk() as desk:
        desk.write(take_back, conflict_id, reason, over_later=over_later)


@command(N_("决定一处冲突：选用本机或对方的值，都保留，或者另行填写"))
@click.argument("conflict_id", metavar="ID")
@option("--choose", type=click.Choice(["mine", "theirs"]), help=N_("mine 选用本机写的值，theirs 选用对方的值"))
@option("--set", "sets", multiple=True, metavar="FIELD=VALUE", help=N_("另行填写的值"))
@option("--combine", is_flag=True, help=N_("两边的内容都保留（标签、长文字）"))
@option("--reason", help=N_("理由"))
@pass_invocation
def resolve(
    invocation: Invocation, conflict_id: str, choose: Any, sets: tuple[str, ...], combine: bool, reason: str | None
) -> None:
    """Decide a conflict; the decision goes to the centre with the next synchronisation."""
    from zzdesk.desk.commands import resolve as decide

    if (choose is not None) + bool(sets) + combine != 1:
        raise click.UsageError(translate(N_("--choose、--set 和 --combine 要用一个，也只能用一个")))
    values = pairs(sets) if sets else None
    with invocation.desk() as desk:
        desk.write(decide, conflict_id, choose=choose, values=values, reason=reason, combine=combine)
