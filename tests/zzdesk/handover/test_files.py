"""Which files go to a partner: the copy without place and camera, nothing that is not for them (PIPL articles 6 and 28)."""

from __future__ import annotations

from typing import Any, Final

import pytest

from zzdesk.evidence.models import PURPOSES as ALL
from zzdesk.handover import files
from zzdesk.handover.partners import PURPOSES, shipped

PHOTO: Final = {
    "record_id": "r", "purpose": "photo", "mime": "image/jpeg", "sha256": "a" * 64, "size": 9, "shared_sha256": "b" * 64,
    "shared_size": 5,
}  # fmt: skip
PAPER: Final = {"record_id": "r", "purpose": "other", "mime": "application/pdf", "sha256": "c" * 64, "size": 7}


@pytest.mark.parametrize(
    ("attachment", "report", "code"),
    [
        (PHOTO, {}, None), (PAPER, {}, None), (PHOTO, {"name_hidden": True}, None), (PAPER, {"name_hidden": True}, files.KEPT),
        (PAPER, {"anonymous": True}, files.KEPT), (PAPER, {"demand": "tip-off"}, files.KEPT),
        (PHOTO | {"purpose": "scan"}, {"name_hidden": True}, files.KEPT), (PHOTO | {"voided": True}, {}, files.VOID),
        (PHOTO | {"shared_sha256": None}, {}, files.NO_COPY), (PAPER | {"mime": "image/heic"}, {}, files.UNKNOWN),
        (PAPER | {"mime": "audio/mpeg"}, {}, files.UNKNOWN), (PAPER | {"mime": "video/mp4"}, {}, files.UNKNOWN),
        (PHOTO | {"record_id": "other"}, {}, files.KEPT),
        *((PHOTO | {"purpose": purpose}, {}, files.KEPT) for purpose in sorted(set(ALL) - PURPOSES)),
    ],
)  # fmt: skip
def test_what_goes_and_why_the_rest_does_not(attachment: dict[str, Any], report: dict[str, Any], code: str | None) -> None:
    assert files.against(attachment, "r", report, shipped()["12345"], near=True) == code


def test_what_lies_in_another_scope_goes_nowhere_and_a_photo_goes_as_its_copy() -> None:
    assert all(files.against(PHOTO, "r", {}, each, near=False) == files.KEPT for each in shipped().values())
    assert files.bytes_of(PHOTO) == files.Bytes("b" * 64, 5)
    assert files.bytes_of(PAPER) == files.Bytes("c" * 64, 7)
    assert files.bytes_of({"purpose": "other"}) is None


def test_every_code_has_its_words() -> None:
    told = {"x": files.SENT, "y": files.TYPE}
    assert files.told(files.said(told)) == told
    assert files.told(None) == {}
    assert set(files.WORDS) >= files.REFUSALS | {files.SENT, files.WAITING, files.FAILING, files.BY_HAND, files.LOOP}
