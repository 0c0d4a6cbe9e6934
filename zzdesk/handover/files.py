"""Which files of a report go to a partner with its order, and what became of each (PIPL articles 6, 23 and 28). Pure.

A person hands a report over with the files that are named on the order; desk and centre ask the same rule about each. Of a
photo only the copy goes that says nothing of where and with what it was taken (decision 16). Nothing of a mediation case and
nothing under seal ever does: what lies in another scope than its report is not even looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zzdesk.handover.partners import Partner, keeps_secret
from zzdesk.i18n import N_
from zzdesk.workflow import Values

KIND: Final = "attachment"
PHOTO: Final = "photo"
"""The purpose of a picture of the matter."""
MOST: Final = 100
"""Files that one order names at most."""

SENT, FAILING, BY_HAND = "sent", "failing", "by-hand"
VOID, KEPT, NO_COPY, UNKNOWN, LOOP, ENDED = "void", "kept", "no-copy", "unknown-type", "loop", "ended"
TYPE, SIZE, REFUSED, UNABLE, LATE = "type", "size", "refused", "unable", "late"
TOO_MUCH, BROKEN = "too-much", "broken"
WAITING: Final = "waiting"

WORDS: Final[dict[str, str]] = {
    SENT: N_("已送到"),
    WAITING: N_("等着送"),
    FAILING: N_("一直没送到，还在试"),
    BY_HAND: N_("转办件由人送达，文件也请一起送"),
    VOID: N_("已作废，不送"),
    KEPT: N_("证件、签名、录音、证据等不交给对方"),
    NO_COPY: N_("照片没有去掉位置信息的副本，不送"),
    UNKNOWN: N_("这种文件不送（只送照片、PDF、文本和办公文档）"),
    LOOP: N_("后来查明这件事是从对方来的，不再送"),
    ENDED: N_("对方已办结或退回，不再送"),
    TYPE: N_("对方不收这种类型的文件"),
    SIZE: N_("文件太大，对方不收"),
    REFUSED: N_("对方没有收"),
    UNABLE: N_("对方的接口不收文件"),
    LATE: N_("内容到得太晚，对方只在收工单时收文件"),
    TOO_MUCH: N_("照片合起来太大，一次送不下"),
    BROKEN: N_("中心存的内容坏了，没有送"),
}
"""What became of a file, by its code: sent or not, and why."""
REFUSALS: Final = frozenset({TYPE, SIZE, REFUSED, UNABLE, LATE, TOO_MUCH, BROKEN})
"""Codes by which the other side has not got a file that it was to have: somebody brings it there another way."""

TYPES: Final[dict[str, str]] = {
    "image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", "text/plain": ".txt",
    "application/msword": ".doc", "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip
"""What may go at all, with the ending of its name there. Sound and film carry voices and places, and go nowhere."""


@dataclass(frozen=True)
class Bytes:
    """The bytes that go: of a photo its shared copy, of anything else the file."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Offered:
    """A file that may go to a partner, as a person is asked about it; its name is masked.

    ``ticked``: it goes where nobody says anything. Only what was taken in as a picture of the matter does: a paper of
    identity that somebody took in as something else must not leave by default (PIPL articles 6 and 28).
    """

    id: str
    name: str
    purpose: str
    size: int
    added_at: datetime
    ticked: bool


def goes_unasked(attachment: Values) -> bool:
    """Say whether a file that may go goes where nobody says which: a photo of the matter, and nothing else."""
    return attachment.get("purpose") == PHOTO and str(attachment.get("mime")).startswith("image/")


def bytes_of(attachment: Values) -> Bytes | None:
    """Return which bytes of an attachment (as the wire carries it) may be seen by others; None where it names none."""
    shared = attachment.get("shared_sha256"), attachment.get("shared_size")
    sha256, size = shared if shared[0] else (attachment.get("sha256"), attachment.get("size"))
    return Bytes(str(sha256), int(size)) if sha256 and isinstance(size, int) else None


def against(attachment: Values, report_id: str, report: Values, found: Partner, *, near: bool) -> str | None:
    """Return the code of why a file does not go to a partner, None where it does.

    ``near``: it lies in the scope of its report.
    """
    if not near or attachment.get("record_id") != report_id or attachment.get("purpose") not in found.files:
        return KEPT
    if attachment.get("voided"):
        return VOID
    mime = str(attachment.get("mime"))
    if mime not in TYPES:
        return UNKNOWN
    if mime.startswith("image/") and not attachment.get("shared_sha256"):
        return NO_COPY
    is_photo = mime.startswith("image/") and attachment.get("purpose") != "scan"
    return KEPT if keeps_secret(report) and not is_photo else None


def told(state: Iterable[str] | None) -> dict[str, str]:
    """Return what the centre says of the files of an order, the code by the attachment's id."""
    return {name: code for name, _, code in (each.partition(":") for each in state or ())}


def said(codes: Mapping[str, str]) -> list[str]:
    """Return the same as the order carries it."""
    return sorted(f"{name}:{code}" for name, code in codes.items())
