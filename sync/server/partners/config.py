"""The operator's file that says how partners are reached: TOML, read whole and complained about whole.

[[partner]]
code = "12345"                  # out of resources/data/partners.toml
adapter = "files"               # how it is reached
folder = "/srv/12345"           # of the adapter "files": there it makes out, in, done and failed
format = "json"                 # or "csv"
station = "350602002004"        # where its orders go that name no place of ours
category = "other"              # of its orders that name none
pause = false                   # true: nothing is sent or fetched, and what is due waits
files = true                    # false: the photos and files of an order stay here
file_types = ["image/jpeg"]     # media types that it takes; left out: all that we send
file_bytes = 20971520           # how many bytes of one file it takes
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from sync.server.partners.messages import Adapter
from zzdesk.errors import InvalidError, NotFoundError, Problem
from zzdesk.evidence.files import LARGEST
from zzdesk.handover.files import TYPES
from zzdesk.handover.partners import partner as known_partner
from zzdesk.i18n import N_
from zzdesk.reports.workflow import CATEGORIES
from zzdesk.typed import convert

if TYPE_CHECKING:
    from sync.server.open311.config import OfferTable

MOST_BYTES: Final = 20 * 1024 * 1024
"""Bytes of one file that a partner takes where its operator says nothing else."""
FILE: Final = "partners.toml"
"""What the file is called beside the centre's data, where no other is named."""


class Connection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How one partner is reached; each adapter has its own kind of it."""

    code: str
    adapter: str
    station: str
    category: str = "other"
    pause: bool = False
    files: bool = True
    file_types: tuple[str, ...] = ()
    file_bytes: int = MOST_BYTES

    def open(self) -> Adapter:
        """Return the adapter. Nothing is sent or fetched yet."""
        raise NotImplementedError

    def problems(self) -> Sequence[tuple[str, str, dict[str, Any]]]:
        """Return what is wrong with it: field, message id, params."""
        found: list[tuple[str, str, dict[str, Any]]] = []
        if known_partner(self.code) is None:
            found.append(("code", N_("没有这个转办对方，请从名单里选一个"), {}))
        if len(self.station) != 12 or not self.station.isdigit():
            found.append(("station", N_("站点代码应为12位数字"), {}))
        if self.category not in CATEGORIES:
            found.append(("category", N_("没有这个类别：{value}"), {"value": self.category}))
        found += [("file_types", N_("没有送这种文件：{value}；只能是：{choices}"), {"value": each, "choices": "、".join(TYPES)})
                  for each in self.file_types if each not in TYPES]  # fmt: skip
        if not 1 <= self.file_bytes <= LARGEST:
            found.append(("file_bytes", N_("应为 1 到 {most} 的整数"), {"most": LARGEST}))
        return found


def adapters() -> Mapping[str, type[Connection]]:
    """Return the kinds of connection by the name of their adapter."""
    from sync.server.open311.config import Open311
    from sync.server.partners.files import FileDrop
    from sync.server.partners.rest import Rest

    return {"files": FileDrop, "rest": Rest, "open311": Open311}


def load(path: Path) -> tuple[Connection, ...]:
    """Read the partners out of the file.

    Raises:
        NotFoundError: it cannot be read. InvalidError: everything that is wrong in it, each with its place.
    """
    return read_file(path)[0]


def read_file(path: Path) -> tuple[tuple[Connection, ...], OfferTable | None]:
    """Read the file: the partners, and what is offered to everybody through Open311, where something is.

    Raises:
        NotFoundError, InvalidError: as :func:`load`.
    """
    from sync.server.open311.config import TABLE, read_table

    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(N_("读不了这个文件：{path}"), path=str(path)) from error
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidError.one(path.name, N_("不是TOML文件，请检查写法：{detail}"), detail=str(error)) from error
    problems = [Problem(name, N_("没有这一项，可能拼错了")) for name in found if name not in ("partner", TABLE)]
    table = read_table(found[TABLE], problems) if TABLE in found else None
    rows = found.get("partner", [] if TABLE in found else None)
    if not isinstance(rows, list) or (not rows and TABLE not in found):
        raise InvalidError([*problems, Problem("partner", N_("一个对方也没有写：每个对方写一段 [[partner]]"))])
    read = [_connection(row, f"partner[{place}]", problems) for place, row in enumerate(rows, 1)]
    made = [each for each in read if each is not None]
    for code in sorted({each.code for each in made}):
        if sum(each.code == code for each in made) > 1:
            problems.append(Problem("partner", N_("同一个对方写了两段：{code}"), {"code": code}))
    if problems:
        raise InvalidError(problems)
    return tuple(made), table


def _connection(row: Any, where: str, problems: list[Problem]) -> Connection | None:
    kinds = adapters()
    if not isinstance(row, dict):
        problems.append(Problem(where, N_("应为一段 [[partner]]")))
        return None
    kind = kinds.get(str(row.get("adapter")))
    if kind is None:
        problems.append(Problem(f"{where}.adapter", N_("只能是：{choices}"), {"choices": "、".join(kinds)}))
        return None
    before = len(problems)
    problems += _misshapen(kind, row, where)
    if len(problems) > before:
        return None
    made = convert(row, kind)
    problems += [Problem(f"{where}.{name}", message, params) for name, message, params in made.problems()]
    return made if len(problems) == before else None


def _misshapen(kind: type[Connection], row: Mapping[str, Any], where: str) -> list[Problem]:
    fields = {each.name: each for each in msgspec.structs.fields(kind)}
    found = [Problem(f"{where}.{name}", N_("没有这一项，可能拼错了")) for name in row if name not in fields]
    for name, spec in fields.items():
        if name not in row:
            found += [Problem(f"{where}.{name}", N_("必填"))] if spec.required else []
            continue
        try:
            convert(row[name], spec.type)
        except msgspec.ValidationError as error:
            found.append(Problem(f"{where}.{name}", N_("写法不对：{detail}"), {"detail": str(error)}))
    return found
