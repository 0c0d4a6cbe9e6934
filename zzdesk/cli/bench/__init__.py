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
@option(
    "--n", "counts", type=click.IntRange(min=100), multiple=True, default=(1_000, 10_000), show_default=True,
    help=N_("记录数，可以写几次"),
)  # fmt: skip
@option("--profile", is_flag=True, help=N_("把本机一侧用时最多的函数打印到标准错误"))
@json_option
def bench_sync(counts: tuple[int, ...], profile: bool, as_json: bool) -> int:
    """Measure push, pull, a few edits carried over, an idle round, and edits on both sides."""
    from zzdesk.cli.bench.exchange import as_line, measure
    from zzdesk.cli.output import json_line, table

    within = True
    for count in counts:
        for done in measure(count, (lambda text: click.echo(text, err=True)) if profile else None):
            line = as_line(done)
            within = within and done.within
            if as_json:
                json_line(line)
            else:
                table([tuple(f"{name}={value}" for name, value in line.items() if value is not None)])
    return 0 if within else 1


@command(N_("负载：许多模拟的工作站在早上同时连到一个中心"), name="load")
@option("--desks", type=click.IntRange(2, 5000), default=1000, show_default=True, help=N_("模拟的工作站数"))
@option("--workers", type=click.IntRange(1, 16), default=2, show_default=True, help=N_("中心的工作进程数"))
@option("--database", help=N_("空的PostgreSQL数据库的地址；不给则用SQLite和一个进程"))
@option("--seconds", type=click.IntRange(10, 3600), default=600, show_default=True, help=N_("最长用时"))
@json_option
def bench_load(desks: int, workers: int, database: str | None, seconds: int, as_json: bool) -> int:
    """Measure the morning herd."""
    from dataclasses import asdict

    from zzdesk.cli.bench.load import measure
    from zzdesk.cli.output import json_line, table

    found = measure(desks, workers if database else 1, database, seconds)
    line = asdict(found) | {"within": found.within}
    if as_json:
        json_line(line)
    else:
        table([(name, str(value)) for name, value in line.items()])
    return 0 if found.within else 1


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
bench.add_command(bench_load)
bench.add_command(bare_pipe)
bench.add_command(window)
