"""Commands about records of every kind: add, list, show, edit, do, attach, export, schema, search."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.output import progress, warn
from zzdesk.cli.words import command, option
from zzdesk.errors import InvalidError, KnownError, NotFoundError, RefusedError
from zzdesk.i18n import N_, translate

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk
    from zzdesk.store.unit import ChangeSet, UnitOfWork

KINDS: Final = (
    "report", "step", "attachment", "employer", "posting", "worker", "application", "case", "party", "session",
    "agreement", "person",
)  # fmt: skip
CHUNK: Final = 100
"""Lines in one transaction: a record may take two operations, and a group has at most 200 (decision 4)."""

pass_invocation = click.make_pass_decorator(Invocation)
kind_argument = click.argument("kind", type=click.Choice(KINDS))
file_option = option("--file", "source", required=True, metavar="FILE|-", help=N_("JSON行文件，- 是标准输入"))


@dataclass(frozen=True)
class Line:
    """One line of input: its number in the file, and its object or what is wrong with it."""

    number: int
    value: dict[str, Any]
    problem: str | None = None


@contextmanager
def _opened(source: str) -> Iterator[IO[bytes]]:
    if source == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 - closed below; only opening it may fail quietly
    except OSError as error:
        raise NotFoundError(N_("读不了这个文件：{path}"), path=source) from error
    with file:
        yield file


def read_lines(file: IO[bytes]) -> list[Line]:
    """Return every line that is not blank; what is no JSON object says so and is never repeated."""
    lines = []
    for number, raw in enumerate(file, 1):
        text = raw.removeprefix(b"\xef\xbb\xbf").strip()
        if text:
            lines.append(_line(number, text))
    return lines


def _line(number: int, text: bytes) -> Line:
    import msgspec

    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Line(number, {}, translate(N_("不是JSON")))
    if not isinstance(value, dict):
        return Line(number, {}, translate(N_("应为一个JSON对象")))
    return Line(number, value)


def _complaint(line: Line, error: KnownError) -> str:
    if isinstance(error, InvalidError):
        why = "；".join(f"{problem.field}：{problem.text()}" for problem in error.problems)
    else:
        why = error.text()
    return translate(N_("第 {line} 行：{why}"), line=line.number, why=why)


class _ChunkError(KnownError):
    """Some lines of a chunk cannot be taken; ``complaints`` names each, ``error`` is the first."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__(N_("有内容需要更正"))
        self.complaints = complaints


def _each(work: UnitOfWork, lines: Sequence[Line], one: Any) -> ChangeSet:
    """Do something for every line in one transaction; go on after a bad line only to find the others."""
    complaints: list[str] = []
    for line in lines:
        if line.problem:
            complaints.append(translate(N_("第 {line} 行：{why}"), line=line.number, why=line.problem))
            continue
        try:
            one(work, line.value)
        except (InvalidError, RefusedError, NotFoundError) as error:
            complaints.append(_complaint(line, error))
    if complaints:
        raise _ChunkError(complaints)
    return work.commit()


def _in_chunks(desk: Desk, lines: Sequence[Line], label: str, one: Any, saved: Any) -> int:
    """Write lines chunk by chunk; stop at the first chunk with a bad line and say exactly what was saved."""
    with progress(len(lines), label) as advance:
        for start in range(0, len(lines), CHUNK):
            part = lines[start : start + CHUNK]
            try:
                changes = desk.write(_each, part, one)
            except _ChunkError as error:
                return _stopped(lines, start, part, error)
            saved(changes)
            advance(len(part))
    return 0


def _stopped(lines: Sequence[Line], start: int, part: Sequence[Line], error: _ChunkError) -> int:
    sys.stdout.flush()
    for complaint in error.complaints:
        print(f"zzdesk: {complaint}", file=sys.stderr)
    if start:
        warn(N_("zzdesk: 已保存第 {first} 至 {last} 行，从第 {next} 行起都没有保存"),
             first=lines[0].number, last=lines[start - 1].number, next=part[0].number)  # fmt: skip
    else:
        warn(N_("zzdesk: 一行也没有保存"))
    return 1


@command(N_("登记记录：每行一个JSON对象，依次输出编号"))
@kind_argument
@file_option
@pass_invocation
def add(invocation: Invocation, kind: str, source: str) -> int:
    """Add records; print their ids in the order of the lines."""
    from zzdesk.desk import records

    with _opened(source) as file:
        lines = read_lines(file)
    ids: list[str] = []

    def one(work: UnitOfWork, value: dict[str, Any]) -> None:
        ids.append(records.add(work, kind, value).id)

    def saved(changes: ChangeSet) -> None:
        sys.stdout.write("".join(f"{record_id}\n" for record_id in ids))
        ids.clear()

    with invocation.desk() as desk:
        return _in_chunks(desk, lines, N_("登记"), one, saved)


@command(N_("更改记录：每行 {\"id\":…,\"set\":{…}}；状态要走办理流程"))
@kind_argument
@file_option
@pass_invocation
def edit(invocation: Invocation, kind: str, source: str) -> int:
    """Change records, a line each."""
    from zzdesk.desk import records

    with _opened(source) as file:
        lines = read_lines(file)

    def one(work: UnitOfWork, value: dict[str, Any]) -> None:
        if not isinstance(value.get("id"), str) or not isinstance(value.get("set"), dict):
            raise InvalidError.one("set", N_("应写作 {{\"id\":…,\"set\":{{…}}}}"))
        records.edit(work, kind, value["id"], value["set"])

    with invocation.desk() as desk:
        return _in_chunks(desk, lines, N_("更改"), one, lambda changes: None)
