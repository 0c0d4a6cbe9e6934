"""The command line's entrance: options that hold for every command, the table of commands, and how it ends.

Exit status: 0 done; 1 refused, partial, offline, or a fault of ours; 2 wrong usage (decision 20).
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.words import Group, option
from zzdesk.errors import InvalidError, KnownError
from zzdesk.i18n import N_, translate

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "init": ("zzdesk.cli.desk:init", N_("建立一个工作站")),
    "add": ("zzdesk.cli.records:add", N_("登记记录，每行一个JSON")),
    "list": ("zzdesk.cli.records:list_records", N_("列出记录")),
    "show": ("zzdesk.cli.records:show", N_("查看一条记录")),
    "edit": ("zzdesk.cli.records:edit", N_("更改记录，每行一个JSON")),
    "do": ("zzdesk.cli.records:do", N_("办理一步")),
    "attach": ("zzdesk.cli.records:attach", N_("为记录添加附件")),
    "papers": ("zzdesk.cli.papers:papers", N_("调解文书和卷宗：列出一件纠纷的文书，或做成PDF、Word")),
    "jobs": ("zzdesk.cli.jobs:jobs", N_("零工：派工单、工资清单、排队、谁合适、待发工资")),
    "attachments": ("zzdesk.cli.files:attachments", N_("附件的内容在哪里：本机、中心，还是都没有")),
    "export": ("zzdesk.cli.records:export", N_("导出记录")),
    "import": ("zzdesk.cli.imports:import_group", N_("从外部文件导入")),
    "schema": ("zzdesk.cli.records:schema", N_("列出一类记录的字段")),
    "search": ("zzdesk.cli.records:search", N_("搜索全部记录")),
    "enrol": ("zzdesk.cli.desk:enrol", N_("用接入码把本机接入中心")),
    "sync": ("zzdesk.cli.desk:sync", N_("与中心同步一次")),
    "claims": ("zzdesk.cli.desk:claims", N_("列出与我有关的认领结果")),
    "bundle": ("zzdesk.cli.bundle:bundle", N_("用U盘与中心交换")),
    "status": ("zzdesk.cli.desk:status", N_("本机与中心的同步状态")),
    "outbox": ("zzdesk.cli.outbox:outbox", N_("列出尚未送达或被退回的操作")),
    "retry": ("zzdesk.cli.outbox:retry", N_("把中心隔离的操作再送一次")),
    "conflicts": ("zzdesk.cli.conflicts:conflicts", N_("列出待决定的冲突")),
    "resolve": ("zzdesk.cli.conflicts:resolve", N_("决定一处冲突")),
    "account": ("zzdesk.cli.accounts:account", N_("管理账号")),
    "audit": ("zzdesk.cli.desk:audit", N_("核对审计记录")),
    "backup": ("zzdesk.cli.safety:backup", N_("备份并核对")),
    "restore": ("zzdesk.cli.safety:restore", N_("从备份恢复")),
    "check": ("zzdesk.cli.check:check", N_("核对证件号、信用代码、电话")),
    "due": ("zzdesk.cli.due:due", N_("算到期日，并说明为什么是那一天")),
    "stats": ("zzdesk.cli.stats:stats", N_("按月统计：每个数都能打开它数的记录")),
    "calendar": ("zzdesk.cli.calendar:calendar", N_("节假日和调休表")),
    "places": ("zzdesk.cli.places:places", N_("网格的轮廓：查看、导入，以及一个地点在哪里")),
    "serve": ("zzdesk.cli.server:serve", N_("运行中心服务器")),
    "server": ("zzdesk.cli.server:server", N_("管理中心服务器")),
    "bench": ("zzdesk.cli.bench:bench", N_("测量速度")),
    "self-test": ("zzdesk.cli.selftest:self_test", N_("自检")),
    "shots": ("zzdesk.cli.window:shots", N_("为每个画面截图")),
    "kiosk": ("zzdesk.cli.kiosk:kiosk", N_("打开零工自助机（触摸屏）")),
    "demo": ("zzdesk.cli.demo:demo", N_("演示主要工作，不动真实数据")),
}


@click.group(
    cls=Group, lazy=COMMANDS, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]},
    help=N_("漳州社区工作站：断网照常登记，联网后与中心核对。不带命令时打开窗口。"),
)  # fmt: skip
@option("--home", type=click.Path(path_type=Path), help=N_("工作站文件夹"))
@option("--user", help=N_("用户名；默认是建立工作站的账号"))
@option(
    "--passphrase-file", type=click.Path(path_type=Path),
    help=N_("存放密码的文件；也可用环境变量ZZDESK_PASSPHRASE"),
)  # fmt: skip
@option("--version", is_flag=True, help=N_("显示版本"))
@click.pass_context
def root(
    ctx: click.Context, home: Path | None, user: str | None, passphrase_file: Path | None, version: bool
) -> int | None:
    """Take the options that hold for every command; without a command, open the window."""
    ctx.obj = Invocation(home, user, passphrase_file)
    if version:
        from zzdesk import __version__

        click.echo(f"zzdesk {__version__}")
        return DONE
    if ctx.invoked_subcommand is None:
        from zzdesk.cli.window import open_window

        return open_window(ctx.obj)
    return None


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; nobody ever sees a traceback."""
    _speak_utf8()
    folder: list[Path] = []
    try:
        with root.make_context("zzdesk", hoisted(sys.argv[1:] if arguments is None else arguments)) as ctx:
            folder.append(_logs(ctx))
            found = root.invoke(ctx)
            return found if isinstance(found, int) else DONE
    except KnownError as error:
        return _tell(_sentence(error), FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except click.exceptions.Exit as left:
        return left.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _tell(translate(N_("已停止")), INTERRUPTED)
    except click.ClickException as error:
        return _tell(_usage(error), USAGE)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a report instead of a traceback
        return _fault(error, folder[0] if folder else None)


_ANYWHERE: Final = ("--home", "--user", "--passphrase-file")


def hoisted(arguments: Sequence[str]) -> list[str]:
    """Return the command line with the options that hold for every command in front, wherever they were written.

    ``init`` has a ``--user`` of its own, which stays where it is.
    """
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        name, equals, _ = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif name not in _ANYWHERE or (name == "--user" and rest[:1] == ["init"]):
            rest.append(word)
        else:
            front += [word] if equals else [word, *islice(words, 1)]
    return front + rest


def _logs(ctx: click.Context) -> Path:
    from zzdesk.paths import HomePaths, default_home

    home: Path | None = ctx.params.get("home")
    return HomePaths(home or default_home()).logs


def _speak_utf8() -> None:
    """Chinese goes through pipes as UTF-8, whatever the machine's locale is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., Any] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _tell(sentence: str, status: int) -> int:
    with contextlib.suppress(OSError):  # what could not be printed is what the sentence is about
        sys.stdout.flush()
    print(f"zzdesk: {sentence}", file=sys.stderr)
    return status


def _of_the_system(error: OSError) -> str:
    """Say what the operating system refused: a file that cannot be read or written, a port, a full pipe."""
    where = error.filename if isinstance(error.filename, (str, os.PathLike)) else "-"
    return translate(N_("读写“{path}”时出错：{why}。请检查路径、权限和磁盘。"), path=where, why=error.strerror or error)


def _sentence(error: KnownError) -> str:
    text = error.text()
    return f"{translate(N_('有内容需要更正'))}：{text}" if isinstance(error, InvalidError) else text


def _usage(error: click.ClickException) -> str:
    """Return what is wrong with the command line, in the person's language."""
    name = getattr(error, "option_name", None) or getattr(getattr(error, "param", None), "name", None) or ""
    if isinstance(error, click.NoSuchCommand):
        return translate(N_("没有这个命令：{name}"), name=error.command_name)
    if isinstance(error, click.NoSuchOption):
        return translate(N_("没有这个选项：{name}"), name=name)
    if isinstance(error, click.MissingParameter):
        return translate(N_("缺少参数：{name}"), name=name)
    if isinstance(error, click.BadParameter):
        return translate(N_("参数 {name} 不正确：{why}"), name=name, why=error.message)
    if isinstance(error, click.FileError):
        return translate(N_("读不了这个文件：{path}"), path=error.ui_filename)
    return translate(N_("用法不对：{why}（用 --help 查看说明）"), why=error.message)


def _fault(error: Exception, folder: Path | None) -> int:
    import tempfile

    from zzdesk.cli import crash
    from zzdesk.store.engine import known_error

    known = known_error(error)
    if known is not None:
        return _tell(known.text(), FAILED)
    if isinstance(error, OSError):
        return _tell(_of_the_system(error), FAILED)
    path = crash.write(error, folder if folder and folder.parent.exists() else Path(tempfile.gettempdir()))
    sentence = N_("程序出错了，已保存的内容没有丢失；错误报告（不含个人信息）在 {path}")
    return _tell(translate(sentence, path=str(path) if path else "stderr"), FAILED)
