"""``zzdesk bench``: how fast the desk is, and how far from the bare machine. Uses homes of its own."""

from __future__ import annotations

from pathlib import Path

import click

from zzdesk.cli.words import Group, command, json_option, option
from zzdesk.i18n import N_


@click.group(cls=Group, help=N_("测量速度；只用临时数据，不动真实的工作站"))
def bench() -> None:
    """Measure."""


@command(N_("测量登记、列表、搜索、启动和批量登记"), name="desk")
@option("--n", "records", type=click.IntRange(min=1000), default=50_000, show_default=True, help=N_("记录数"))
@option("--no-window", is_flag=True, help=N_("不测量窗口的启动"))
@json_option
def bench_desk(records: int, no_window: bool, as_json: bool) -> int:
    """Measure a desk with many records."""
    from zzdesk.cli.bench.desk import measure

    return _run(measure(records, window=not no_window), as_json)


@command(N_("测量同步：与不作任何检查的裸传输相比"), name="sync")
@option("--n", "records", type=click.IntRange(min=100), default=10_000, show_default=True, help=N_("记录数"))
@json_option
def bench_sync(records: int, as_json: bool) -> int:
    """Measure first push and first pull."""
    from zzdesk.cli.bench.wire import measure

    return _run(measure(records), as_json)


@click.command("bare-pipe", hidden=True)
@click.option("--data", type=click.Path(path_type=Path), required=True)
def bare_pipe(data: Path) -> None:
    """Be the other side of the bare pipe."""
    from zzdesk.cli.bench.bare import serve

    serve(data)


@click.command("window", hidden=True)
@click.option("--home-folder", type=click.Path(path_type=Path))
def window(home_folder: Path | None) -> None:
    """Be one of the two windows whose start is measured; the key of the home comes on stdin."""
    from zzdesk.cli.bench.first_paint import child

    child(home_folder)


def _run(figures: object, as_json: bool) -> int:
    from collections.abc import Iterator
    from typing import cast

    from zzdesk.cli.bench.figures import Figure, show

    found = []
    for figure in cast("Iterator[Figure]", figures):
        show(figure, as_json)
        found.append(figure)
    return 0 if all(figure.within for figure in found) else 1


bench.add_command(bench_desk)
bench.add_command(bench_sync)
bench.add_command(bare_pipe)
bench.add_command(window)
