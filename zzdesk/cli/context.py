"""What every command is given: which home, who, and how to open it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_, translate

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

PASSPHRASE: Final = "ZZDESK_PASSPHRASE"  # noqa: S105 - the name of a variable
NEW_PASSPHRASE: Final = "ZZDESK_NEW_PASSPHRASE"  # noqa: S105 - the name of a variable


@dataclass
class Invocation:
    """The options before the command."""

    home: Path | None = None
    user: str | None = None
    passphrase_file: Path | None = None

    @property
    def folder(self) -> Path:
        """The home: the one named, or the person's own."""
        from zzdesk.paths import default_home

        return self.home or default_home()

    def passphrase(self, *, confirm: bool = False) -> str:
        """Return the password: from the environment, the file, or asked for at a terminal.

        Raises:
            RefusedError: there is none and nobody to ask.
        """
        return secret(PASSPHRASE, self.passphrase_file, N_("密码"), confirm=confirm)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Open the home for one command."""
        import zzdesk.catalogue  # noqa: F401 - the kinds must be known before anything reads or writes them
        from zzdesk import logs
        from zzdesk.cli.output import warn
        from zzdesk.desk.session import open_desk
        from zzdesk.desk.warnings import WARNINGS
        from zzdesk.paths import HomePaths

        folder = self.folder
        if not HomePaths(folder).info.exists():
            raise NotFoundError(N_("这里还没有工作站：{home}。请先用 init 建立"), home=str(folder))
        with open_desk(folder, self.user, self.passphrase()) as desk:
            logs.set_up(desk.paths.logs)
            for code in desk.warnings:
                warn(WARNINGS[code])
            yield desk


def secret(variable: str, file: Path | None, label: str, *, confirm: bool = False) -> str:
    """Return a secret out of a file, the environment, or a hidden prompt.

    Raises:
        RefusedError: there is none and nobody to ask.
        NotFoundError: the file cannot be read.
    """
    if file is not None:
        try:
            return file.read_text("utf-8-sig").rstrip("\r\n")
        except OSError as error:
            raise NotFoundError(N_("读不了这个文件：{path}"), path=str(file)) from error
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise RefusedError(N_("没有密码：请设置环境变量 {variable} 或用文件给出"), variable=variable)
    import click

    return str(click.prompt(translate(label), hide_input=True, confirmation_prompt=confirm, err=True))
