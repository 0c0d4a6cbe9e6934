"""The adapter that drops files: a folder with ``out``, ``in``, ``done`` and ``failed``, shared with a partner's program.

A message is a file of its own in ``out``, named by its key, and gets that name when it is whole; the partner takes it away.
The photos and files of an order lie beside it under the names that it gives
them. What was dropped is remembered in ``done/sent``, so that a message whose file was taken is not dropped again. The partner
puts its files into ``in`` (under another name until they are whole: names that begin with a dot, or end in ``.part`` or
``.tmp``, are left alone). A file goes to ``done`` when everything in it was taken, else to ``failed`` with an ``.error.txt``
that names each row and what is wrong with it; its good rows are in. A file that comes twice changes nothing.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from sync.server.blobs_files import BrokenBlobError
from sync.server.partners import formats
from sync.server.partners.config import Connection
from sync.server.partners.messages import (
    Adapter,
    Content,
    Enclosed,
    FileIn,
    Incoming,
    Outgoing,
    PartnerError,
    Receipt,
    Refused,
)
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_, translate
from zzdesk.store.files import sync_folder

OUT, IN, DONE, FAILED = "out", "in", "done", "failed"
SENT: Final = "sent"
FILES: Final = "files"
"""In ``in``: where a partner lays the files of its orders."""
MOST_BYTES: Final = 20 * 1024 * 1024
_LONGEST: Final = 220
"""Bytes of the name of a file that is put away."""
_NAME_BYTES: Final = 255
_PERSON: Final = (errno.EACCES, errno.EPERM, errno.EISDIR, errno.EINVAL)
"""What does not pass by itself, where it befalls one file of an order: somebody lays it there anew."""
_UNREADY: Final = (".part", ".tmp", ".error.txt")


class FileDrop(Connection, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A partner that is reached by a folder."""

    folder: str
    format: Literal["json", "csv"] = "json"

    def open(self) -> Adapter:
        """Return the adapter; its folders are made when they are needed."""
        return Folder(Path(self.folder), self.format)

    def problems(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Return what is wrong: beside the rest, a folder that is not named whole."""
        found = list(super().problems())
        if not Path(self.folder).is_absolute():
            found.append(("folder", N_("要写完整的路径，从根目录开始"), {}))
        return found


@dataclass(frozen=True)
class FileParcel:
    """One file that came: what can be read of it, where each thing stands, and what cannot be read."""

    path: Path
    items: Sequence[Incoming]
    places: Sequence[str]
    unread: Sequence[tuple[str, str]] = field(default_factory=tuple)
    later: PartnerError | None = None
    """Why nothing of it can be read now: it stays where it is."""

    @property
    def name(self) -> str:
        """Return the file's name."""
        return self.path.name

    def settle(self, refused: Sequence[Refused]) -> None:
        """Move the file: to ``done``, or with a word about each bad row to ``failed``.

        Raises:
            PartnerError: it stays.
        """
        if self.later is not None:
            raise self.later
        bad = [*self.unread, *((self.places[each.place], each.why) for each in refused)]
        top = self.path.parent.parent
        if bad:
            target = _free(top / FAILED, self.path)
            text = "".join(f"{where}：{why}\r\n" for where, why in bad)
            _write(target.with_name(f"{target.name}.error.txt"), b"\xef\xbb\xbf" + text.encode())
        else:
            target = _free(top / DONE, self.path)
        with contextlib.suppress(FileNotFoundError):  # another runner was quicker
            os.replace(self.path, target)
        sync_folder(target.parent)


class Folder:
    """The folder of one partner."""

    def __init__(self, top: Path, written: Literal["json", "csv"]) -> None:
        self._top = top
        self._format = written

    def send(self, message: Outgoing) -> Receipt | None:
        """Drop a message. The receipt comes by file, if the partner gives any.

        Raises:
            PartnerError: the folder cannot be written.
        """
        name = f"{message.key.replace('/', '-')}.{self._format}"
        data = formats.as_json(message) if self._format == "json" else formats.as_csv(message)
        try:
            self._make()
            self._drop(name, data)
        except OSError as error:
            raise PartnerError(_why(error, self._top)) from error
        return None

    def _drop(self, name: str, data: bytes) -> None:
        """Write, remember, show: killed between any two of these, the next attempt goes on and shows it once."""
        whole, mark, ready = self._top / OUT / f".{name}.part", self._top / DONE / SENT / name, self._top / OUT / name
        if not mark.exists():
            _write(whole, data)
            _write(mark, hashlib.sha256(data).hexdigest().encode())
        if whole.exists():
            os.replace(whole, ready)
            sync_folder(ready.parent)

    def carry(self, message: Outgoing, content: Content) -> None:
        """Drop one file of an order beside it, under the name by which the order knows it; nothing half is ever seen.

        Raises:
            PartnerError: the folder cannot be written. BrokenBlobError: the bytes cannot be read.
        """
        (file,) = message.files
        try:
            self._make()
            self._drop_file(file, content)
        except OSError as error:
            raise PartnerError(_why(error, self._top)) from error

    def _drop_file(self, file: Enclosed, content: Content) -> None:
        """As ``_drop`` does, piece by piece; what is written must be what was announced."""
        out, mark = self._top / OUT, self._top / DONE / SENT / file.name
        whole, ready = out / f".{file.name}.part", out / file.name
        if not mark.exists():
            digest = hashlib.sha256()
            with whole.open("wb") as part:
                for piece in content():
                    digest.update(piece)
                    part.write(piece)
                part.flush()
                os.fsync(part.fileno())
            if digest.hexdigest() != file.sha256:
                whole.unlink()
                raise BrokenBlobError(file.sha256)
            _write(mark, file.sha256.encode())
        if whole.exists():
            os.replace(whole, ready)
            sync_folder(ready.parent)

    def _make(self) -> None:
        for each in (OUT, f"{IN}/{FILES}", f"{DONE}/{SENT}", FAILED):
            (self._top / each).mkdir(parents=True, exist_ok=True)

    def fetch(self, file: FileIn, most: int) -> bytes | None:
        """Return a file out of ``in/files``, where the partner lays them before their order.

        Raises:
            PartnerError: it cannot be read now.
        """
        path = self._top / IN / FILES / _plain(file.name)
        if len(path.name.encode()) > _NAME_BYTES:  # no folder has one of that name
            return None
        try:
            if not _is_ready(path):
                return None
            with path.open("rb") as found:
                return found.read(most + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise PartnerError(_why(error, path), passing=error.errno not in _PERSON) from error

    def receive(self) -> Iterator[FileParcel]:
        """Yield the files that are there, the oldest first.

        Raises:
            PartnerError: the folder cannot be read.
        """
        try:
            self._make()
            found = [path for path in (self._top / IN).iterdir() if _is_ready(path)]
            ordered = sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))
        except OSError as error:
            raise PartnerError(_why(error, self._top)) from error
        for path in ordered:
            try:
                yield _parcel(path)
            except FileNotFoundError:
                continue  # taken back meanwhile
            except OSError as error:  # it alone: what lies behind it is good
                yield FileParcel(path, (), (), later=PartnerError(_why(error, path)))


def _why(error: OSError, path: Path) -> str:
    message = N_("文件夹读写不了：{path}（{why}）。请检查它是否存在、是否有权限")
    return translate(message, path=str(path), why=error.strerror or type(error).__name__)


def _plain(name: str) -> str:
    """Return the last part of a name: nothing outside the folder is ever opened by it."""
    return name.replace("\\", "/").rpartition("/")[2] or "."


def _is_ready(path: Path) -> bool:
    return not path.name.startswith(".") and not path.name.endswith(_UNREADY) and path.is_file() and not path.is_symlink()


def _free(folder: Path, path: Path) -> Path:
    """Return a name in a folder that nothing has yet: the file's own, or that with a count; shorter where it is very long.

    Beside it stands a file with more to its name, and no name may have more than 255 bytes.
    """
    stem = path.stem.encode()[: _LONGEST - len(path.suffix.encode())].decode(errors="ignore")
    target, count = folder / f"{stem}{path.suffix}", 1
    while target.exists():
        count += 1
        target = folder / f"{stem}~{count}{path.suffix}"
    return target


def _write(path: Path, data: bytes) -> None:
    """Write a file under another name, and give it its own when it is whole and on the disk."""
    temporary = path.with_name(f".{path.name.lstrip('.')}.new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


def _parcel(path: Path) -> FileParcel:
    whole = translate(N_("整个文件"))
    if path.stat().st_size > MOST_BYTES:
        return FileParcel(path, (), (), ((whole, translate(N_("文件太大，请分成几个"))),))
    try:
        rows = list(_rows(path))
    except InvalidError as error:
        return FileParcel(path, (), (), ((whole, error.problems[0].text()),))
    items: list[Incoming] = []
    places: list[str] = []
    unread: list[tuple[str, str]] = []
    for place, row in rows:
        try:
            items.append(formats.incoming(row))
            places.append(place)
        except InvalidError as error:
            unread.append((place, error.text()))
    if not rows:
        unread.append((whole, translate(N_("里面没有内容"))))
    return FileParcel(path, items, places, unread)


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    data = path.read_bytes()
    if path.suffix.lower() == ".csv":
        try:
            for line, row in formats.rows_of_csv(_decoded(data)):
                yield translate(N_("第 {line} 行"), line=line), row
        except csv.Error as error:
            raise InvalidError.one("file", N_("不是能读的表格：有一格太长，或引号不成对")) from error
        return
    if path.suffix.lower() != ".json":
        raise InvalidError.one("file", N_("只认得 .json 和 .csv 文件"))
    try:
        found = msgspec.json.decode(_decoded(data).encode())
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidError.one("file", N_("不是JSON")) from error
    found = found.get("items", found) if isinstance(found, dict) else found
    for count, row in enumerate(found if isinstance(found, list) else [found], 1):
        if not isinstance(row, dict):
            raise InvalidError.one("file", N_("应为一个JSON对象"))
        yield translate(N_("第 {count} 项"), count=count), row


def _decoded(data: bytes) -> str:
    """Return the text of a file: UTF-8, with or without a mark, or GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidError.one("file", N_("文字编码认不出来，请存成UTF-8或GB18030"))

