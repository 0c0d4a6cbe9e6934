"""Handing the files of an order over, by what a partner's adapter can: one by one after the order, or together with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Row
from sqlalchemy.exc import DBAPIError

from sync.server.blobs_files import BrokenBlobError
from sync.server.centre import Centre
from sync.server.database import is_passing
from sync.server.faults import report
from sync.server.partners import enclosures, outgoing
from sync.server.partners.config import Connection
from sync.server.partners.messages import (
    Adapter,
    Carrier,
    Content,
    Enclosed,
    Encloser,
    Follower,
    Outgoing,
    PartnerError,
)
from zzdesk.handover import files
from zzdesk.i18n import N_, translate

TOGETHER: Final = 20 * 1024 * 1024
"""How many bytes of files go with one order: they are in memory together."""
WITH_FILES: Final = 3
"""How often an order is tried with its files where the server fails; one that hurries goes without at once."""
_FAULT: Final = N_("中心出错，已记录；这个文件停在这里，请联系技术支持")
_NO_FILES: Final = N_("这个对方不收文件（配置里 files = false，或接口收不了）")
_TYPE: Final = N_("对方不收这种类型的文件（{type}，见配置的 file_types）")
_SIZE: Final = N_("文件太大（{size} 字节，配置的 file_bytes 是 {most}）")


def carried(centre: Centre, connected: Connection, adapter: Adapter, row: Row[Any]) -> bool:
    """Send one file; False where it does not go any more, or waits again.

    Raises:
        PartnerError: it did not get there, or is not taken.
    """
    try:
        found = enclosures.composed(centre, row)
        if found is None:
            return False
        message, content = found
        refuse(connected, message.files[0])
        if not isinstance(adapter, Carrier):
            raise _refused(_NO_FILES, files.UNABLE)
        enclosures.sent(centre, row, adapter.carry(message, content))
    except PartnerError:
        raise
    except BrokenBlobError:
        enclosures.lost(centre, row)
        return False
    except Exception as error:
        if isinstance(error, DBAPIError) and is_passing(error):
            raise
        report("a file to a partner", error)
        raise PartnerError(translate(_FAULT), passing=False) from error
    return True


def refuse(connected: Connection, file: Enclosed) -> None:
    """Refuse what the operator's file says a partner does not take.

    Raises:
        PartnerError: no files at all, not of this type, or not so large.
    """
    if not connected.files:
        raise _refused(_NO_FILES, files.UNABLE)
    if connected.file_types and file.type not in connected.file_types:
        raise _refused(_TYPE, files.TYPE, type=file.type)
    if file.size > connected.file_bytes:
        raise _refused(_SIZE, files.SIZE, size=file.size, most=connected.file_bytes)


def _refused(message: str, code: str, **params: Any) -> PartnerError:
    return PartnerError(translate(message, **params), passing=False, code=code)


def takes(connected: Connection, adapter: Adapter, file: Enclosed) -> bool:
    """Say whether a file of an order can go to a partner, with the order or after it."""
    try:
        refuse(connected, file)
    except PartnerError:
        return False
    return file.type in adapter.media_types if isinstance(adapter, Encloser) else isinstance(adapter, Carrier)


def enclosed(centre: Centre, connected: Connection, adapter: Encloser, row: Row[Any], message: Outgoing) -> bool:
    """Send an order together with its files; False where it waits a little for their bytes.

    An order is worth more than its photos: those that cannot be read stay here, and where the server does not take the
    others, or fails with them again and again, the order goes without.

    Raises:
        PartnerError: it did not get there.
    """
    takes_any = connected.files and bool(adapter.media_types)
    found = enclosures.together(centre, row)
    if found.wait and takes_any:
        enclosures.postpone(centre, row)
        return False
    codes = found.never | {name: _code(connected, adapter, file) for name, (file, _) in found.ready.items()}
    going = _read(found.ready, codes)
    try:
        receipt = adapter.enclose(message, list(going.values()))
    except PartnerError as error:
        if not going or not _is_for_the_files(error, row):
            raise
        receipt = adapter.enclose(message, [])
        why = error.code or files.REFUSED
        codes = {name: why if code == files.SENT else code for name, code in codes.items()}
    missed = files.LATE if takes_any else files.UNABLE
    along = partial(_along, centre, row.order_id, codes, missed)
    outgoing.sent(centre, message, receipt, isinstance(adapter, Follower), along)
    return True


def _along(centre: Centre, order_id: str, codes: Mapping[str, str], missed: str, connection: SqlConnection) -> None:
    enclosures.went_along(centre, connection, order_id, codes, missed)


def _read(at_hand: Mapping[str, tuple[Enclosed, Content]], codes: dict[str, str]) -> dict[str, tuple[Enclosed, Content]]:
    """Return the files that go, by their hash, read whole and within ``TOGETHER``; of the others ``codes`` says why not."""
    going: dict[str, tuple[Enclosed, Content]] = {}
    room = TOGETHER
    for name in sorted(at_hand):
        file, content = at_hand[name]
        if codes[name] != files.SENT or file.sha256 in going:
            continue
        if file.size > room:
            codes[name] = files.TOO_MUCH
            continue
        try:
            data = b"".join(content())
        except BrokenBlobError:
            codes[name] = files.BROKEN
            continue
        going[file.sha256] = file, partial(iter, (data,))
        room -= file.size
    return going


def _is_for_the_files(error: PartnerError, row: Row[Any]) -> bool:
    """Say whether it may be the files for which an order was not taken: too large, a type, or a server that gives up."""
    if not error.passing:
        return error.code in (files.SIZE, files.TYPE)
    return error.reached and (row.urgent or row.attempts + 1 >= WITH_FILES)


def _code(connected: Connection, adapter: Encloser, file: Enclosed) -> str:
    """Return the code of a file that goes along, or of why it does not."""
    try:
        refuse(connected, file)
    except PartnerError as error:
        return error.code or files.REFUSED
    if not adapter.media_types:
        return files.UNABLE
    return files.SENT if file.type in adapter.media_types else files.TYPE
