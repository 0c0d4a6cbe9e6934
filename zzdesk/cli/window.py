"""The window, and pictures of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.words import command
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_


def has_display() -> bool:
    """Return whether a window could be seen on this machine."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(invocation: Invocation) -> int:
    """Run the window of a home until it is closed.

    Raises:
        RefusedError: there is no display, or Qt cannot be loaded.
    """
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        raise RefusedError(N_("这里没有显示器，打不开窗口；请用命令行（zzdesk --help）"))
    need_qt()
    from ui.application import main

    return main(invocation.folder)


def need_qt() -> None:
    """Load Qt, or say what is missing.

    Raises:
        RefusedError: a system library is not installed.
    """
    try:
        import PySide6.QtWidgets  # noqa: F401 - only to see whether it can be loaded
    except ImportError as error:
        library = str(error).partition(":")[0]
        raise RefusedError(N_("缺少窗口所需的系统库（{library}）；命令行仍可使用"), library=library) from error


@command(N_("为每个画面截图：中英文、深浅色、一倍和两倍"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def shots(folder: Path) -> None:
    """Draw every screen of a made-up desk into a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    need_qt()
    from ui.shots import main as draw

    draw(folder)
