"""Nothing personal reaches a log, from wherever it comes."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from zzdesk import logs
from zzdesk.logs import MaskingFilter, without_personal_data

ID = "110105194912310029"


@pytest.fixture
def clean_root():
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield root
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"证件{ID}已登记", "证件<身份证>已登记"),
        ("11010519491231002X", "<身份证>"),
        ("110105 19491231 002x", "<身份证>"),
        ("１１０１０５１９４９１２３１００２Ｘ", "<身份证>"),
        ("110105491231002", "<身份证>"),
        ("13812345678", "<手机>"),
        ("电话:138-1234-5678。", "电话:<手机>。"),
        ("+86 138 1234 5678", "<手机>"),
        ("8613812345678", "<手机>"),
        ("１３８１２３４５６７８", "<手机>"),
        ("0596-2345678", "<电话>"),
        ("6222 0212 3456 7890 123", "<卡号>"),
        ("两个:13812345678,13912345678", "两个:<手机>,<手机>"),
    ],
)
def test_personal_numbers_are_masked(text: str, masked: str) -> None:
    assert without_personal_data(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "synchronised 1234 records in 56789 ms",
        "2026-11-23T01:14:03.123Z",
        "0192f3a4-1381-7234-8567-813812345678",
        "hash 5d41402abc4b2a76b9719d911017c592a13812345678f",
        "station 350602002004",
        "port 54321, pid 1234567",
    ],
)
def test_ids_times_and_codes_stay_readable(text: str) -> None:
    assert without_personal_data(text) == text


def test_messages_arguments_and_tracebacks_are_masked(tmp_path: Path, clean_root: logging.Logger) -> None:
    logs.set_up(tmp_path)
    log = logging.getLogger("zzdesk.test")
    log.info("registered %s", ID)
    try:
        raise ValueError(f"cannot take {ID}")
    except ValueError:
        log.info("it failed", exc_info=True)
    text = (tmp_path / "zzdesk.log").read_text("utf-8")
    assert ID not in text
    assert text.count("<身份证>") == 2
    assert "Traceback" in text
    if os.name != "nt":
        assert (tmp_path / "zzdesk.log").stat().st_mode & 0o777 == 0o600


def test_setting_up_twice_writes_each_line_once(tmp_path: Path, clean_root: logging.Logger) -> None:
    for _ in range(2):
        logs.set_up(tmp_path)
    logging.getLogger("zzdesk.test").info("once")
    assert (tmp_path / "zzdesk.log").read_text("utf-8").count("once") == 1


def test_a_log_does_not_fill_the_disk(tmp_path: Path, clean_root: logging.Logger) -> None:
    logs.set_up(tmp_path)
    for _ in range(90):
        logging.getLogger("zzdesk.test").info("x" * 100_000)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 6
    assert sum(sizes) < 7_000_000


def test_the_filter_masks_for_other_handlers() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "call %s", ("13812345678",), None)
    assert MaskingFilter().filter(record)
    assert record.getMessage() == "call <手机>"
