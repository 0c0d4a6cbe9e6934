"""What the command line says: results on stdout, sentences on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from zzdesk.clock import to_iso
from zzdesk.i18n import N_, translate


def json_line(value: Any) -> None:
    """Print one machine-readable line with sorted keys."""
    import msgspec

    print(msgspec.json.encode(plain(value), order="sorted").decode())


def plain(value: Any) -> Any:
    """Return a value made of what JSON has: dataclasses become objects, moments ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return to_iso(value) if isinstance(value, datetime) else value


def say(message: str, **params: Any) -> None:
    """Print a sentence for the person on stdout."""
    print(translate(message, **params))


def warn(message: str, **params: Any) -> None:
    """Print a sentence on stderr."""
    print(translate(message, **params), file=sys.stderr)


def table(rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows with a tab between the cells, so that they can be read and cut."""
    for row in rows:
        print("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row))


def steps() -> Callable[[str, int, int], None]:
    """Return what shows the steps of an exchange on stderr, where there is a terminal to see them."""
    if not sys.stderr.isatty():
        return lambda step, done, total: None
    words = {
        "push": N_("送出"), "pull": N_("收到"), "check": N_("核对"), "apply": N_("导入"), "relay": N_("代送"),
        "files": N_("附件"),
    }  # fmt: skip

    def show(step: str, done: int, total: int) -> None:
        of = f"/{total}" if total else ""
        print(f"\r{translate(words.get(step, step))} {done}{of}   ", end="", file=sys.stderr, flush=True)

    return show


@contextmanager
def progress(length: int, label: str) -> Iterator[Any]:
    """Show a bar on stderr while something long runs, where there is a terminal to see it; yields ``advance(n)``."""
    import click

    hidden = not sys.stderr.isatty() or length < 2
    with click.progressbar(length=length, label=translate(label), file=sys.stderr, hidden=hidden) as bar:
        yield bar.update
