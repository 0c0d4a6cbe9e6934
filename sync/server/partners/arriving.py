"""Files of partners' orders: fetched, hashed, kept with the report that the order became; a bad one is named, and nothing else.

A file is known by the order and its SHA-256: what comes twice is fetched once. Of a photo the desks show the copy without what
the camera wrote into it, as of their own (decision 16). Bytes are on the disk before a row says so: killed between the two,
the next round begins with that file anew.
"""

from __future__ import annotations

import hashlib
import io
from typing import Any, Final

from sqlalchemy import Connection, select

from sync.server import blobs, blobs_index, rows
from sync.server.blobs_files import CHUNK, BlobFiles
from sync.server.centre import Centre
from sync.server.handovers import REPORT
from sync.server.own import DEVICE, own_id
from sync.server.partners import config, shapes, writing
from sync.server.partners.messages import Adapter, Fetcher, FileIn, OrderIn, PartnerError
from sync.server.tables import blob, partner_in
from zzdesk.errors import InvalidError, Problem
from zzdesk.evidence import photos
from zzdesk.handover.files import KIND, SIZE, TYPES
from zzdesk.i18n import N_

MOST: Final = 20
"""Files of one order."""
_NO_WAY: Final = N_("这个对方的接口送不来文件，请改用文件夹或REST")
_TOO_MANY: Final = N_("一件工单最多 {most} 个文件")
_SHAPE: Final = N_("文件要写成 name 和 sha256 两项，这个没有收：{name}")
_READ: Final = N_("这个文件取不来：{name}（{why}）")
_CONTENT: Final = N_("内容不是 {ending} 文件：{name}")
_HASH: Final = N_("sha256 应是64位小写十六进制")
_TYPE: Final = N_("不收这种文件：{name}；只收 {choices}")
_SIZE: Final = N_("文件太大：{name}；最大 {most} 字节")
_MISSING: Final = N_("没有这个文件：{name}；先放好文件，再送一次工单")
_DIFFERS: Final = N_("内容与写明的 sha256 不符：{name}；请重新放好，再送一次工单")


def take(centre: Centre, connected: config.Connection, adapter: Adapter, item: OrderIn) -> int:
    """Take the files of an order in that is here already; return how many are new.

    Raises:
        InvalidError: every file that cannot be taken, each with its place; the others are in.
        PartnerError: nothing can be fetched now.
    """
    problems: list[Problem] = []
    new = 0
    if len(item.files) > MOST:
        problems.append(Problem("files", _TOO_MANY, {"most": MOST}))
    for place, file in enumerate(item.files[:MOST], 1):
        try:
            new += _one(centre, connected, adapter, item, file)
        except InvalidError as error:
            problems += [Problem(f"files[{place}]", each.message, each.params) for each in error.problems]
    if problems:
        raise InvalidError(problems)
    return new


def _one(centre: Centre, connected: config.Connection, adapter: Adapter, item: OrderIn, file: FileIn) -> bool:
    if not blobs_index.is_sha256(file.sha256):
        raise InvalidError.one("sha256", _HASH if file.sha256 else _SHAPE, name=file.name[:60])
    report_id = own_id("report of", connected.code, item.external_ref)
    key = f"file/{file.sha256}/{item.external_ref}"[:300]
    with centre.database.reading() as connection:
        there = rows.load(connection, [(REPORT, report_id)], lock=False)
        if _is_known(connection, connected.code, key) or not there:
            return False
    mime = _mime(file)
    if mime is None:
        raise InvalidError.one("name", _TYPE, name=file.name[:60], choices="、".join(sorted(set(TYPES.values()))))
    if not isinstance(adapter, Fetcher):
        raise InvalidError.one("name", _NO_WAY)
    content = _fetched(connected, adapter, file)
    _keep(centre, connected, key, report_id, file, content, mime)
    return True


def _is_known(connection: Connection, code: str, key: str) -> bool:
    mine = (partner_in.c.partner == code, partner_in.c.key == key)
    return connection.execute(select(partner_in.c.key).where(*mine)).first() is not None


def _mime(file: FileIn) -> str | None:
    """Return the media type by the ending of the name, which is what opens it; None for what is not taken."""
    ending = "." + file.name.rpartition(".")[2].lower()
    ending = {".jpeg": ".jpg"}.get(ending, ending)
    return next((mime for mime, known in TYPES.items() if known == ending), None)


def _fetched(connected: config.Connection, adapter: Fetcher, file: FileIn) -> bytes:
    if file.size is not None and file.size > connected.file_bytes:
        raise InvalidError.one("size", _SIZE, name=file.name[:60], most=connected.file_bytes)
    try:
        content = adapter.fetch(file, connected.file_bytes)
    except PartnerError as error:
        if error.passing:
            raise
        if error.code != SIZE:
            raise InvalidError.one("name", _READ, name=file.name[:60], why=error.why) from error
        raise InvalidError.one("size", _SIZE, name=file.name[:60], most=connected.file_bytes) from error
    if content is None:
        raise InvalidError.one("name", _MISSING, name=file.name[:60])
    if len(content) > connected.file_bytes:
        raise InvalidError.one("size", _SIZE, name=file.name[:60], most=connected.file_bytes)
    if hashlib.sha256(content).hexdigest() != file.sha256 or (file.size is not None and file.size != len(content)):
        raise InvalidError.one("sha256", _DIFFERS, name=file.name[:60])
    return content


def _keep(
    centre: Centre, connected: config.Connection, key: str, report_id: str, file: FileIn, content: bytes, mime: str
) -> None:
    """Keep a file and make it an attachment of the report, in one transaction; of a photo two files."""
    photo = photos.read_from(io.BytesIO(content))
    if photo is None and mime.startswith("image/"):
        raise InvalidError.one("name", N_("不是能读的照片：{name}"), name=file.name[:60])
    if photo is None and not shapes.is_one(content, mime):
        raise InvalidError.one("name", _CONTENT, name=file.name[:60], ending=TYPES[mime])
    mime = photo.mime if photo is not None else mime
    parts = {file.sha256: content}
    said: dict[str, Any] = {
        "record_kind": REPORT, "record_id": report_id, "name": _name(file.name), "mime": mime, "size": len(content),
        "sha256": file.sha256, "purpose": "photo" if photo is not None else "other", "device": DEVICE,
    }  # fmt: skip
    if photo is not None:
        shared = hashlib.sha256(photo.shared).hexdigest()
        parts[shared] = photo.shared
        said |= {"shared_sha256": shared, "shared_size": len(photo.shared), "taken_at": photo.taken_at}
        said |= {"location": photo.location}
    store = blobs.files_of(centre)
    for sha256, data in parts.items():
        _store(centre, store, sha256, data)
    with centre.database.writing() as connection:
        report = writing.locked(connection, REPORT, report_id)
        if report is None or _is_known(connection, connected.code, key):
            return
        for sha256, data in parts.items():
            blobs_index.come(connection, _row(centre, sha256, len(data), mime))
            blobs_index.vouch(connection, sha256, DEVICE, blobs_index.NOBODY, (), centre.now_iso())
        made = writing.born(centre, KIND, own_id("file of", connected.code, key), report.scope, said)
        writing.do(centre, connection, f"in/{connected.code}/{key}", [made])
        digest = hashlib.sha256(key.encode()).hexdigest()
        connection.execute(partner_in.insert(), {
            "partner": connected.code, "key": key, "digest": digest, "received_at": centre.now_iso(), "record_id": made.id,
        })  # fmt: skip


def _name(name: str) -> str:
    """Return the name of a file without the folders of whoever named it."""
    return name.replace("\\", "/").rpartition("/")[2].strip()[-200:] or "file"


def _row(centre: Centre, sha256: str, size: int, mime: str) -> dict[str, Any]:
    now = centre.now_iso()
    return {
        "sha256": sha256, "size": size, "mime": mime, "state": blobs_index.VERIFIED, "created_at": now, "verified_at": now,
    }  # fmt: skip


def _store(centre: Centre, store: BlobFiles, sha256: str, data: bytes) -> None:
    """Put bytes into the centre's folder, unless they are there; a torn attempt of before is written anew."""
    with store.lock(sha256):
        with centre.database.reading() as connection:
            there = connection.execute(select(blob.c.sha256).where(blob.c.sha256 == sha256)).first()
        if (there is not None and store.path(sha256).exists()) or not data:
            return
        store.drop(sha256, DEVICE)
        for start in range(0, len(data), CHUNK):
            store.append(sha256, start, data[start : start + CHUNK], DEVICE)
        store.keep(sha256, DEVICE)


__all__ = ["MOST", "take"]
