"""The service ledger of a closed month, as it stood then, and what was corrected since (人力资源市场暂行条例 article 33).

When a desk closes a month it keeps the ledger's lines, masked as they are shown, and writes their hash into the audit, which
only grows and is chained: a text that was changed afterwards is told by the hash and never shown as the frozen one. The text
does not travel: at another desk a closed month is printed as its records are now, and says so.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import select

from zzdesk import typed
from zzdesk.clock import RecordId
from zzdesk.documents.figures import Month
from zzdesk.jobs.ledger_queries import ServiceRow, every_row
from zzdesk.jobs.models_statistics import JobMonth
from zzdesk.jobs.statistics import EVENTS
from zzdesk.jobs.statistics_close import close_id
from zzdesk.store.audit import Audit, LocalValue
from zzdesk.store.unit import Reader, UnitOfWork

CLOSED: Final = "job.ledger.closed"
"""The line in the audit that holds the hash of a month's ledger as it stood when the month was closed."""
_KEPT: Final = "job-ledger/"


@dataclass(frozen=True)
class Ledger:
    """The ledger of a month. ``rows`` are the frozen lines, or today's where none are frozen here; ``later`` are lines that say
    something else now, or came since. ``standing``: ``open`` (not closed), ``closed``, ``elsewhere`` (closed at another desk),
    ``broken`` (the text kept here is not what was closed). ``digest`` is the SHA-256 of ``rows``.
    """

    standing: str
    rows: tuple[ServiceRow, ...]
    later: tuple[ServiceRow, ...]
    digest: str

    @property
    def lines(self) -> int:
        """How many lines there are, corrections too."""
        return len(self.rows) + len(self.later)


def freeze(work: UnitOfWork, month: Month, month_id: RecordId) -> None:
    """Keep the ledger of a month that is being closed, inside a transaction that goes on.

    Raises:
        RefusedError: no right to look at records, workers or wages.
    """
    rows = tuple(every_row(work, month))
    text = _text(rows)
    packed = base64.b64encode(zlib.compress(text, 9)).decode()
    work.session.merge(LocalValue(name=_KEPT + month_id, value=packed))
    work.audit(CLOSED, JobMonth.__kind__, month_id, digest=hashlib.sha256(text).hexdigest(), lines=len(rows))


def ledger(who: Reader | UnitOfWork, month: Month) -> Ledger:
    """Return what the ledger of a month says.

    Raises:
        RefusedError: no right to look at records, workers or wages.
    """
    now = tuple(every_row(who, month))
    month_id = close_id(who.actor.station, EVENTS, str(month))
    closed = who.session.get(JobMonth, month_id)
    if closed is None or closed.voided:
        return Ledger("open", now, (), _digest(now))
    digest, kept = _noted(who, month_id), who.session.get(LocalValue, _KEPT + month_id)
    if digest is None:
        return Ledger("elsewhere", now, (), _digest(now))
    text = _unpacked(kept.value) if kept is not None else None
    if text is None or hashlib.sha256(text).hexdigest() != digest:
        return Ledger("broken", now, (), _digest(now))
    then = {msgspec.json.encode(row) for row in now} - set(text.split(b"\n"))
    rows = tuple(typed.read(line, ServiceRow) for line in text.split(b"\n") if line)
    return Ledger("closed", rows, tuple(row for row in now if msgspec.json.encode(row) in then), digest)


def _noted(who: Reader | UnitOfWork, month_id: RecordId) -> str | None:
    query = select(Audit.facts).where(Audit.record_id == month_id, Audit.event == CLOSED).order_by(Audit.seq.desc())
    facts = who.session.scalar(query.limit(1))
    return None if facts is None else str(msgspec.json.decode(facts)["digest"])


def _text(rows: Sequence[ServiceRow]) -> bytes:
    """Return lines as they are kept: by codes, so that they can be said in any language."""
    return b"\n".join(msgspec.json.encode(row) for row in rows)


def _digest(rows: Sequence[ServiceRow]) -> str:
    return hashlib.sha256(_text(rows)).hexdigest()


def _unpacked(value: str) -> bytes | None:
    try:
        return zlib.decompress(base64.b64decode(value, validate=True))
    except (binascii.Error, ValueError, zlib.error):  # somebody wrote into it
        return None
