"""Where the bytes of attachments are: on this desk, at the centre, or nowhere yet (sync protocol, sections 8.3 and 8.10).

An attachment's record travels first and its bytes follow; both may be here or there without the other, and this table
says so (hazard 18). It is no record: every desk has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from zzdesk.evidence.models import Attachment, BlobLocal
from zzdesk.ops.models import HELD, Outbox, SyncRecord
from zzdesk.store.engine import driver

UNKNOWN: Final = "unknown"
WAITING: Final = "waiting"
VERIFIED: Final = "verified"
MISSING: Final = "missing"
"""What is known of the bytes at the centre: nothing yet; to be sent from here; hashed again there; neither here nor there."""

SMALL: Final = 1024 * 1024
"""Bytes up to which a file goes before the large ones."""
KEPT: Final = timedelta(days=30)
FINAL: Final = frozenset({"blob-unknown", "blob-size", "blob-differs", "too-large"})
"""Why the centre does not take a file, however often it is offered."""
_CHUNK: Final = 400


@dataclass(frozen=True)
class Upload:
    """Bytes that the centre has not yet: one file of one record; None where the record has left this desk."""

    sha256: str
    size: int
    mime: str
    record_id: str | None
    offset: int


@dataclass(frozen=True)
class Wanted:
    """Bytes that this desk asks for."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Bytes:
    """Where the bytes of one file are."""

    here: bool
    at_centre: bool
    state: str
    problem: str | None = None

    @property
    def at_hand(self) -> bool:
        """Whether somebody can look at them: they are here, or at the centre for the asking."""
        return self.here or self.at_centre


NOWHERE: Final = Bytes(here=False, at_centre=False, state=UNKNOWN)
_WORST: Final = (MISSING, WAITING, UNKNOWN, VERIFIED)


def where(row: BlobLocal | None) -> Bytes:
    """Return where a file's bytes are, as one row says it."""
    if row is None:
        return NOWHERE
    return Bytes(bool(row.here), row.centre == VERIFIED, row.centre, row.problem)


def together(parts: Sequence[Bytes]) -> Bytes:
    """Return where the bytes of an attachment are: here if any of a photo's two files is, at the centre if both are."""
    state = min((part.state for part in parts), key=_WORST.index, default=UNKNOWN)
    problem = next((part.problem for part in parts if part.problem), None)
    return Bytes(any(p.here for p in parts), bool(parts) and all(p.at_centre for p in parts), state, problem)


def all_at_hand(files: Iterable[Bytes]) -> bool:
    """Say whether everything that a decision rests on can be looked at (sync protocol, section 8.10)."""
    return all(each.at_hand for each in files)


def _names() -> ColumnElement[bool]:
    """Say in a query that an attachment names a file."""
    return or_(Attachment.sha256 == BlobLocal.sha256, Attachment.shared_sha256 == BlobLocal.sha256)


def taken_in(session: Session, sha256: str, size: int) -> None:
    """Note that a file was taken in on this desk; it waits for the centre unless this desk gave it that already.

    What the centre had from others is offered once more: it has to be shown that the new record's file is held here.
    """
    row = session.get(BlobLocal, sha256)
    if row is None:
        session.add(BlobLocal(sha256=sha256, size=size, here=True, centre=WAITING))
        return
    row.here, row.wanted = True, False
    if row.centre != VERIFIED or row.verified_at is None:
        row.centre, row.upload_offset = WAITING, 0


def heard_of(session: Session, attachment_ids: Iterable[str], mine: str) -> set[str]:
    """Make rows for the files of attachments that came from the centre; those that ``mine`` recorded are wanted here.

    Returns the scopes of attachments with a file of which nothing was known: the centre is to be asked about them.
    """
    ids, scopes = list(attachment_ids), set()
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        found = [(a.scope, row) for a in session.scalars(select(Attachment).where(Attachment.id.in_(part)))
                 for row in _rows(a, mine)]  # fmt: skip
        known = set(session.scalars(select(BlobLocal.sha256).where(BlobLocal.sha256.in_([r["sha256"] for _, r in found]))))
        new = {row["sha256"]: row for _, row in found if row["sha256"] not in known}
        scopes |= {scope for scope, row in found if row["sha256"] in new}
        if new:
            session.execute(insert(BlobLocal), list(new.values()))
    return scopes


def _rows(a: Attachment, mine: str) -> Iterator[dict[str, object]]:
    about = {"here": False, "centre": UNKNOWN, "upload_offset": 0, "wanted": a.created_by == mine and not a.voided}
    for sha256, size in ((a.sha256, a.size), (a.shared_sha256, a.shared_size)):
        if sha256 is not None and size is not None:
            yield about | {"sha256": sha256, "size": size}


def lacking(session: Session, scope: str, missing: Iterable[tuple[str, int]]) -> None:
    """Take the centre's word for one scope: which files it lacks; it has all others that this desk has heard of.

    A file that it lacks and this desk has is sent again, whoever took it in (a centre that lost bytes gets them back).
    """
    gone = dict(missing)
    for sha256, size in gone.items():
        row = session.get(BlobLocal, sha256) or BlobLocal(sha256=sha256, size=size, here=False)
        row.centre = WAITING if row.here else MISSING
        row.verified_at = row.verified_seq = None
        session.add(row)
    session.flush()
    query = select(BlobLocal).where(
        BlobLocal.centre.in_((UNKNOWN, MISSING)), exists().where(_names(), Attachment.scope == scope)
    )
    for row in session.scalars(query):
        if row.sha256 not in gone:
            row.centre = VERIFIED


def doubt(session: Session) -> None:
    """Take nothing for granted that the centre said of files: those here are offered again, the rest is asked for."""
    proved = {"verified_at": None, "verified_seq": None}
    changed = update(BlobLocal).where(BlobLocal.centre == VERIFIED)
    session.execute(changed.where(BlobLocal.here).values(centre=WAITING, upload_offset=0, **proved))
    session.execute(changed.where(BlobLocal.here.is_(False)).values(centre=UNKNOWN, **proved))


def plain_mime(mime: str) -> str:
    """Return a type of media as it may be told to the centre."""
    return mime[:200] if mime.isascii() and mime.isprintable() else "application/octet-stream"


def _named(original: bool, confirmed_only: bool) -> Select[str, int, str, str, int, datetime]:
    column = Attachment.sha256 if original else Attachment.shared_sha256
    mime = Attachment.mime if original else literal("image/jpeg")
    confirmed = exists().where(SyncRecord.kind == Attachment.__kind__, SyncRecord.id == Attachment.id)
    aside = exists().where(
        Outbox.kind == Attachment.__kind__, Outbox.record_id == Attachment.id,
        or_(Outbox.outcome == "quarantined", Outbox.state == HELD),
    )
    heard_of = or_(confirmed, aside) if confirmed_only else true()
    return (
        select(BlobLocal.sha256, BlobLocal.size, mime.label("mime"), Attachment.id.label("record_id"),
               BlobLocal.upload_offset, Attachment.created_at.label("at"))
        .join(Attachment, column == BlobLocal.sha256)
        .where(BlobLocal.here, BlobLocal.centre == WAITING, Attachment.voided.is_not(True), heard_of)
    )  # fmt: skip


def uploads(session: Session, *, confirmed_only: bool = True) -> list[Upload]:
    """Return what is to be sent, in the order of sending: small files first, each in the order of the records.

    A file whose record the centre has not heard of waits for it, unless the two travel together (``confirmed_only`` is
    False); a void one is not sent. One whose record has left this
    desk (it was handed over, or its scope withdrawn) goes last: its bytes may be nowhere else.
    """
    named = union_all(*(_named(original, confirmed_only) for original in (True, False))).subquery()
    late = case((named.c.size > SMALL, 1), else_=0)
    found: dict[str, Upload] = {}
    for row in session.execute(select(named).order_by(late, named.c.at, named.c.record_id, named.c.size)):
        mime = row.mime or "application/octet-stream"
        found.setdefault(row.sha256, Upload(row.sha256, row.size, mime, row.record_id, row.upload_offset or 0))
    return [*found.values(), *_left_behind(session)]


def to_hand_over(session: Session) -> list[Upload]:
    """Return what a desk that is to be emptied has still to send: all that the centre did not refuse for good."""
    refused_ = select(BlobLocal.sha256).where(BlobLocal.problem.in_(FINAL))
    final = set(session.scalars(refused_))
    return [each for each in uploads(session) if each.sha256 not in final]


def _left_behind(session: Session) -> Iterator[Upload]:
    """Yield what no record of this desk names any more, until the centre says that none there does either."""
    query = select(BlobLocal).where(BlobLocal.here, BlobLocal.centre == WAITING, _is_left_behind())
    for row in session.scalars(query.order_by(BlobLocal.size, BlobLocal.sha256)):
        yield Upload(row.sha256, row.size, "application/octet-stream", None, row.upload_offset or 0)


def _is_left_behind() -> ColumnElement[bool]:
    """Say in a query that no record of this desk names a file, and that the centre may still want it."""
    unknown = func.coalesce(BlobLocal.problem, "") == "blob-unknown"
    return and_(~unknown, ~exists().where(_names()))


def reached(session: Session, sha256: str, offset: int) -> None:
    """Note how far an upload has come."""
    session.get_one(BlobLocal, sha256).upload_offset = offset


def verified(session: Session, sha256: str, head: int, now: datetime) -> None:
    """Note that the centre has hashed the whole file, at its clock ``head``."""
    row = session.get_one(BlobLocal, sha256)
    row.centre, row.verified_at, row.verified_seq, row.problem = VERIFIED, now, head, None
    row.upload_offset = row.size


def refused(session: Session, sha256: str, problem: str) -> None:
    """Note why the centre did not take a file; it is offered again next time."""
    session.get_one(BlobLocal, sha256).problem = problem


def not_here(session: Session, sha256: str) -> None:
    """Note that a file is not on this desk, whatever was noted before."""
    row = session.get_one(BlobLocal, sha256)
    row.here = False
    if row.centre == WAITING:
        row.centre = MISSING


def want(session: Session, sha256: str, size: int) -> None:
    """Ask for a file with the next synchronisation."""
    row = session.get(BlobLocal, sha256)
    if row is None:
        row = BlobLocal(sha256=sha256, size=size, here=False, centre=UNKNOWN)
        session.add(row)
    row.wanted = not row.here


def wanted(session: Session) -> list[Wanted]:
    """Return what this desk asks for and the centre has, small first."""
    query = select(BlobLocal.sha256, BlobLocal.size).where(
        BlobLocal.wanted, BlobLocal.here.is_(False), BlobLocal.centre != MISSING
    )
    return [Wanted(*row) for row in session.execute(query.order_by(BlobLocal.size, BlobLocal.sha256))]


def arrived(session: Session, sha256: str) -> None:
    """Note that a file has come and lies here, hashed."""
    row = session.get_one(BlobLocal, sha256)
    row.here, row.wanted, row.centre, row.problem = True, False, VERIFIED, None


def denied(session: Session, sha256: str, problem: str) -> None:
    """Ask no more for a file that the centre does not give to this desk."""
    row = session.get_one(BlobLocal, sha256)
    row.wanted, row.problem = False, problem


@dataclass(frozen=True)
class Waiting:
    """How many files wait for the centre, how many bytes of them are still to go, and how many are nowhere."""

    count: int
    size: int
    missing: int


def waiting(session: Session) -> Waiting:
    """Return what is still to be sent, and what neither this desk nor the centre has.

    What nobody sends any more does not wait: files of void records, and those that the centre knows nothing of.
    """
    open_ = or_(and_(BlobLocal.centre == WAITING, BlobLocal.here), BlobLocal.centre == MISSING)
    stands = exists().where(_names(), Attachment.voided.is_not(True))
    query = select(BlobLocal.centre, BlobLocal.size, BlobLocal.upload_offset)
    rows = session.execute(query.where(open_, or_(stands, _is_left_behind()))).all()
    mine = [row for row in rows if row.centre == WAITING]
    return Waiting(len(mine), sum(r.size - (r.upload_offset or 0) for r in mine), len(rows) - len(mine))


def any_known(session: Session) -> bool:
    """Say whether this desk has heard of any file at all."""
    return driver(session).execute("SELECT 1 FROM blob_local LIMIT 1").fetchone() is not None


# ---- letting go -----------------------------------------------------------------------------------------------------

PROTECTED_KINDS: Final = frozenset({"agreement"})
PROTECTED_PURPOSES: Final = frozenset({"recording", "signature"})
"""What the program never lets go of by itself, as it never does of sound: agreements and what proves them (section 8.10)."""


def deletable(session: Session, now: datetime, durable_seq: int, limit: int = 200) -> list[Wanted]:
    """Return files whose bytes this desk may let go of, the longest verified first.

    The centre has hashed them itself, 30 days ago or more, and its oldest backup that anybody may fall back to holds
    the bytes and every record that names them; none of these records is protected.
    """
    durable = exists().where(
        SyncRecord.kind == Attachment.__kind__, SyncRecord.id == Attachment.id, SyncRecord.seq <= durable_seq
    )
    protects = or_(
        Attachment.record_kind.in_(PROTECTED_KINDS), Attachment.purpose.in_(PROTECTED_PURPOSES),
        Attachment.mime.like("audio/%"), ~durable,
    )  # fmt: skip
    query = select(BlobLocal.sha256, BlobLocal.size).where(
        BlobLocal.here, BlobLocal.centre == VERIFIED, BlobLocal.verified_at <= now - KEPT,
        BlobLocal.verified_seq <= durable_seq, exists().where(_names()), ~exists().where(_names(), protects),
    )  # fmt: skip
    ordered = query.order_by(BlobLocal.verified_at, BlobLocal.sha256).limit(limit)
    return [Wanted(*row) for row in session.execute(ordered)]


def strays(session: Session) -> list[str]:
    """Return the files that no record of this desk names any more, since it left with its scope or case.

    A file that the centre has not hashed is none: it may be all that is left of somebody's work.
    """
    unsent = and_(BlobLocal.here, BlobLocal.centre != VERIFIED)
    return list(session.scalars(select(BlobLocal.sha256).where(~unsent, ~exists().where(_names()))))


def forget(session: Session, sha256s: Iterable[str]) -> None:
    """Know nothing of these files any more."""
    for sha256 in sha256s:
        session.delete(session.get_one(BlobLocal, sha256))


def let_go(session: Session, sha256: str) -> None:
    """Note that this desk's bytes were taken away; they can be asked for again."""
    session.get_one(BlobLocal, sha256).here = False
