"""Click's building blocks with their words translated when they are shown, not when the program is loaded."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

import click

from zzdesk.i18n import N_, translate

HELP_OPTION: Final = N_("显示这段说明")


class Option(click.Option):
    """An option whose help is a message id."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the two columns of the option list."""
        record = super().get_help_record(ctx)
        return (record[0], translate(self.help)) if record and self.help else record


class _Spoken(click.Command):
    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` in the person's language."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = translate(HELP_OPTION)
        return found

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, translate(N_("用法：")))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command is for."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(translate(self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of options."""
        rows = [row for row in (param.get_help_record(ctx) for param in self.get_params(ctx)) if row]
        if rows:
            with formatter.section(translate(N_("选项"))):
                formatter.write_dl(rows)


class Command(_Spoken):
    """A command whose help is a message id."""


class Group(_Spoken, click.Group):
    """A group whose commands are loaded when they are called: ``--help`` needs none of them.

    ``lazy`` maps names to ``("module:attribute", short help)``.
    """

    command_class = Command

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the table."""
        return [*self._lazy, *sorted(self.commands)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name in self._lazy:
            module, _, name = self._lazy[cmd_name][0].partition(":")
            found: click.Command = getattr(import_module(module), name)
            return found
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, then commands."""
        super().format_options(ctx, formatter)
        shown = [name for name in self.list_commands(ctx) if name in self._lazy or not self.commands[name].hidden]
        rows = [(name, translate(self._short(name))) for name in shown]
        with formatter.section(translate(N_("命令"))):
            formatter.write_dl(rows)

    def _short(self, name: str) -> str:
        return self._lazy[name][1] if name in self._lazy else self.commands[name].help or ""


def command(help: str, name: str | None = None) -> Callable[[Callable[..., Any]], Command]:  # noqa: A002 - click's word
    """Return a decorator that makes a command with a translated help."""
    return click.command(name=name, cls=Command, help=help)


def option(*names: str, **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds an option with a translated help."""
    return click.option(*names, cls=Option, **settings)


json_option = option("--json", "as_json", is_flag=True, help=N_("逐行输出JSON，供程序读取"))
