"""``zzdesk kiosk``: the touch kiosk of a station, and the PIN by which its operators leave it."""

from __future__ import annotations

import os
import sys

import click

from zzdesk.cli.context import PASSPHRASE, Invocation, secret
from zzdesk.cli.output import say
from zzdesk.cli.window import has_display, need_qt
from zzdesk.cli.words import command, option
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_

NEW_PIN = "ZZDESK_KIOSK_PIN"

pass_invocation = click.make_pass_decorator(Invocation)


@command(N_("打开零工自助机：全屏，只有工作人员的PIN能离开"))
@option("--set-pin", is_flag=True, help=N_("设自己离开自助机的PIN（管理员、站长、自助机管理员）"))
@click.option("--inside", is_flag=True, hidden=True)
@click.option("--stopped", is_flag=True, hidden=True)
@pass_invocation
def kiosk(invocation: Invocation, set_pin: bool, inside: bool, stopped: bool) -> int:
    """Keep the kiosk running; ``--inside`` and ``--stopped`` are the programs that show its window."""
    if set_pin:
        return _set_pin(invocation)
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        raise RefusedError(N_("这里没有显示器，打不开窗口；请用命令行（zzdesk --help）"))
    if stopped:
        from ui.kiosk.application import main_stopped

        return main_stopped(invocation.folder)
    if inside:
        from ui.kiosk.application import main

        return main(invocation.folder, invocation.user, sys.stdin.readline().rstrip("\n"))
    return _keep(invocation)


def _keep(invocation: Invocation) -> int:
    from zzdesk.cli.keeper import Keeper, keep, program
    from zzdesk.paths import HomePaths
    from zzdesk.settings import load_info

    paths = HomePaths(invocation.folder)
    load_info(paths.info)
    need_qt()
    words = [*program(), "--home", str(invocation.folder)]
    words += ["--user", invocation.user] if invocation.user else []
    environment = {name: value for name, value in os.environ.items() if name != PASSPHRASE}
    inside, stopped = [*words, "kiosk", "--inside"], [*words, "kiosk", "--stopped"]
    return keep(Keeper(inside, stopped, invocation.passphrase(), _tell, environment, paths.kiosk_door.exists))


def _tell(sentence: str) -> None:
    print(f"zzdesk: {sentence}", file=sys.stderr, flush=True)


def _set_pin(invocation: Invocation) -> int:
    from zzdesk.desk.kiosk_door import set_pin

    with invocation.desk() as desk:
        set_pin(desk, secret(NEW_PIN, None, N_("新PIN"), confirm=True))
    say(N_("PIN已设好。"))
    return 0
