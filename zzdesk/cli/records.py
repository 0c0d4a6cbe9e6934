"""Commands about records of every kind: add, list, show, edit, do, attach, export, schema, search."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from zzdesk.cli.context import Invocation
from zzdesk.cli.desk import pairs
from zzdesk.cli.output import json_line, progress, table, warn
from zzdesk.cli.words import command, json_option, option
from zzdesk.errors import InvalidError, KnownError, NotFoundError, RefusedError
from zzdesk.i18n import N_, translate

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk
    from zzdesk.store.unit import ChangeSet, UnitOfWork

KINDS: Final = (
    "report", "step", "link", "request", "card", "handover_order", "handover_echo", "attachment", "employer", "posting",
    "worker", "application", "wage_line", "job_paper", "queue_entry", "queue_draw", "contact_day", "employer_visit",
    "complaint", "sanction_appeal",
    "kiosk_call", "visit_item", "employer_need", "giveback_entry", "case", "dispute", "party", "session", "statement",
    "agreement", "participant", "investigation", "extension", "performance_line", "revisit", "confirmation", "printout",
    "case_reading", "committee", "committee_member", "prevention", "month_close", "subsidy_rule", "subsidy_sheet", "subsidy_item",
    "volunteer", "team", "segment", "duty", "task", "signup", "round", "round_item", "clue", "certificate", "callout",
    "reward", "redemption", "points_entry",
    "job_month", "person", "account", "calendar",
)  # fmt: skip
CHUNK: Final = 100
"""Lines in one transaction: a record may take two operations, and a group has at most 200 (decision 4)."""

SAVED_BUT_SILENT: Final = N_("已经保存 {count} 条，但编号输出不了（{why}）；请用 list 查看，不要再登记一次")

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
        if sys.stdin is None:
            raise NotFoundError(N_("没有标准输入可读"))
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
    """Some lines of a chunk cannot be taken; ``complaints`` names each, ``refusals`` belong into the audit."""

    def __init__(self, complaints: list[str], refusals: list[RefusedError]) -> None:
        super().__init__(N_("有内容需要更正"))
        self.complaints = complaints
        self.refusals = refusals


def _each(work: UnitOfWork, lines: Sequence[Line], one: Any) -> ChangeSet:
    """Do something for every line in one transaction; go on after a bad line only to find the others."""
    complaints: list[str] = []
    refusals: list[RefusedError] = []
    for line in lines:
        if line.problem:
            complaints.append(translate(N_("第 {line} 行：{why}"), line=line.number, why=line.problem))
            continue
        try:
            one(work, line.value)
        except (InvalidError, RefusedError, NotFoundError) as error:
            complaints.append(_complaint(line, error))
            refusals += [error] if isinstance(error, RefusedError) else []
    if complaints:
        raise _ChunkError(complaints, refusals)
    return work.commit()


def _in_chunks(desk: Desk, lines: Sequence[Line], label: str, one: Any, saved: Any) -> int:
    """Write lines chunk by chunk; stop at the first chunk with a bad line and say exactly what was saved."""
    from zzdesk.desk.records import note_refused

    with progress(len(lines), label) as advance:
        for start in range(0, len(lines), CHUNK):
            part = lines[start : start + CHUNK]
            try:
                changes = desk.write(_each, part, one)
            except _ChunkError as error:
                if error.refusals:
                    desk.write(note_refused, error.refusals)
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
        count = len(ids)
        try:
            sys.stdout.write("".join(f"{record_id}\n" for record_id in ids))
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise RefusedError(SAVED_BUT_SILENT, count=count, why=why) from error
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
            raise InvalidError.one("set", N_("每行要有 id 和 set 两项"))
        records.edit(work, kind, value["id"], value["set"])

    with invocation.desk() as desk:
        return _in_chunks(desk, lines, N_("更改"), one, lambda changes: None)


def _where(texts: tuple[str, ...]) -> dict[str, Any]:
    return {name: "" if value is None else value for name, value in pairs(texts).items()}


@command(N_("列出记录；个人信息遮盖"), name="list")
@kind_argument
@option("--where", "conditions", multiple=True, metavar="FIELD=VALUE", help=N_("只列这样的，可写多次"))
@option("--limit", type=click.IntRange(min=1), help=N_("最多列几条"))
@json_option
@pass_invocation
def list_records(
    invocation: Invocation, kind: str, conditions: tuple[str, ...], limit: int | None, as_json: bool
) -> None:
    """Print records in the order in which they were made; who reads files of cases stands in the audit first."""
    from zzdesk.desk import records

    wanted, left, after = _where(conditions), limit, None
    seen: set[str] = set()
    with invocation.desk() as desk:
        while left is None or left > 0:
            page = desk.read(records.list_records, kind, wanted, after, min(left or 500, 500))
            _note_shown(desk, {row["scope"] for row in page.rows} - seen)
            seen |= {row["scope"] for row in page.rows}
            for row in page.rows:
                _print_row(kind, row, as_json)
            left, after = None if left is None else left - len(page.rows), page.after
            if after is None:
                return


def _note_shown(desk: Desk, scopes: set[str]) -> None:
    """Write down whose files are read, as the window does, before anything of them is on the screen (rules B1.7)."""
    from zzdesk.desk.opening import note_shown
    from zzdesk.mediation.team import case_in

    if any(case_in(scope) is not None for scope in scopes):
        desk.write(note_shown, scopes)


def _print_row(kind: str, row: dict[str, Any], as_json: bool) -> None:
    if as_json:
        json_line(row)
        return
    from zzdesk.desk.titles import title_fields
    from zzdesk.store.base import kinds

    title = " ".join(str(row[name]) for name in title_fields(kinds()[kind]) if name in row)
    table([(row["id"], title, str(row.get("state", "")))])


@command(N_("查看一条记录；个人信息遮盖，用 --reveal 写明理由后显示"))
@kind_argument
@click.argument("record_id", metavar="ID")
@option("--reveal", metavar="REASON", help=N_("显示被遮盖的内容，理由记入审计"))
@json_option
@pass_invocation
def show(invocation: Invocation, kind: str, record_id: str, reveal: str | None, as_json: bool) -> None:
    """Print one record."""
    from zzdesk.desk import records
    from zzdesk.store.base import kinds

    with invocation.desk() as desk:
        row = dict(desk.read(records.show, kind, record_id))
        _note_shown(desk, {row["scope"]})
        masked = [name for name, spec in kinds()[kind].fields.items() if spec.mask and name in row]
        for name in masked if reveal is not None else ():
            desk.write(records.reveal, kind, record_id, name, reveal or "")
            row[name] = desk.read(records.revealed, kind, record_id, name)
    if as_json:
        json_line(row)
    else:
        table((name, str(value)) for name, value in sorted(row.items()))


@command(N_("办理一步：按流程改变状态，或作废（void）、恢复（unvoid）"))
@kind_argument
@click.argument("record_id", metavar="ID")
@click.argument("action")
@option("--set", "sets", multiple=True, metavar="FIELD=VALUE", help=N_("这一步要写的内容，可写多次"))
@option("--reason", help=N_("理由"))
@pass_invocation
def do(
    invocation: Invocation, kind: str, record_id: str, action: str, sets: tuple[str, ...], reason: str | None
) -> None:
    """Take a step with a record."""
    from zzdesk.desk import records

    fields = {name: value for name, value in pairs(sets).items() if value is not None}
    with invocation.desk() as desk:
        desk.write(records.act, kind, record_id, action, fields, reason)


@command(N_("为记录添加附件，输出附件的编号"))
@kind_argument
@click.argument("record_id", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--set", "sets", multiple=True, metavar="FIELD=VALUE",
    help=N_("附件的字段，如 purpose=photo（现场照片，图片不写就是它）、identity（个人证件材料）、other（其他）"),
)
@pass_invocation
def attach(
    invocation: Invocation, kind: str, record_id: str, file: Path, sets: tuple[str, ...]
) -> None:
    """Take a file in for a record; it lies encrypted beside the database."""
    from zzdesk.desk import records

    fields = pairs(sets)
    with invocation.desk() as desk:
        store = records.FileStore(desk.paths.files, desk.store.key)
        print(desk.write(records.attach, store, kind, record_id, file, fields).created[0])


@command(N_("导出一类记录为JSON行，或Excel表（文件名以 .xlsx 结尾）；个人信息遮盖，用 --reveal 写明理由后不遮盖"))
@kind_argument
@option("--file", "target", required=True, metavar="FILE|-", help=N_("写到这个文件，- 是标准输出"))
@option("--reveal", metavar="REASON", help=N_("不遮盖个人信息，理由记入审计"))
@pass_invocation
def export(invocation: Invocation, kind: str, target: str, reveal: str | None) -> None:
    """Write every record as one line, sorted by id; the export is in the audit first."""
    from zzdesk.desk import records

    with invocation.desk() as desk:
        if target.lower().endswith(".xlsx"):
            from zzdesk.desk.spreadsheets import export_kind

            with progress(desk.read(records.count, kind), N_("导出")) as advance:
                export_kind(desk, Path(target), kind, reveal, lambda done, of: advance(1))
            return
        total = desk.read(records.count, kind)
        desk.write(records.note_export, kind, total, reveal)
        with written(target) as out, progress(total, N_("导出")) as advance:

            def line(row: dict[str, Any]) -> None:
                out.write(encoded(row))
                advance(1)

            desk.read(records.export_to, kind, line, revealed=reveal is not None)


def encoded(row: dict[str, Any]) -> bytes:
    """Return a row as one line of JSON with sorted names."""
    import msgspec

    return msgspec.json.encode(row, order="sorted") + b"\n"


@contextmanager
def written(target: str) -> Iterator[IO[bytes]]:
    """Yield where an export goes; a file gets its name only when it is whole, and is its owner's alone."""
    if target == "-":
        yield sys.stdout.buffer
        return
    path = Path(target)
    partial = path.with_name(f".{path.name}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            yield out
        partial.replace(path)
    except FileNotFoundError as error:
        raise NotFoundError(N_("读不了这个文件：{path}"), path=target) from error
    finally:
        partial.unlink(missing_ok=True)


@command(N_("列出一类记录的字段、类型、选项和合并规则"))
@kind_argument
@json_option
def schema(kind: str, as_json: bool) -> None:
    """Print the fields of a kind."""
    from zzdesk.desk import records

    for row in records.schema(kind):
        if as_json:
            json_line(row)
        else:
            need = "*" if row.required else ""
            table([(row.name + need, row.type, row.merge, "|".join(row.choices or ()))])


@command(N_("在全部记录里搜索：文字、号码、姓名的拼音"))
@click.argument("words", nargs=-1, required=True)
@option("--limit", type=click.IntRange(min=1, max=500), default=50, show_default=True, help=N_("最多列几条"))
@json_option
@pass_invocation
def search(invocation: Invocation, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Print what holds every word, the newest first."""
    from zzdesk.desk.queries import search as find

    with invocation.desk() as desk:
        hits = desk.read(find, " ".join(words), limit)
    for hit in hits:
        if as_json:
            json_line(hit)
        else:
            table([(hit.kind, hit.id, hit.title)])
