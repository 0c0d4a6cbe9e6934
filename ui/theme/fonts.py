"""Fonts: simplified Chinese families first, so that Chinese never falls back to Japanese glyphs or to boxes."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from ui.theme.tokens import BODY

FAMILIES: Final = (
    "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei",
)


def body_font(size: int = BODY, bold: bool = False, tabular: bool = False) -> QFont:
    """Return the program's font at ``size`` device-independent pixels; ``tabular`` gives figures of equal width."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def has_chinese_font() -> bool:
    """Return whether the system can draw simplified Chinese at all."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
