"""Every colour, size and distance of the windows; nothing else names one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
"""Spacing in device-independent pixels."""

SMALL, BODY, TITLE, HEADLINE, DISPLAY = 12, 14, 16, 20, 28
"""Type sizes in device-independent pixels."""

LINE_HEIGHT: Final = 1.57
CONTROL: Final = 32
ROW: Final = 40
ROW_COMPACT: Final = 32
RADIUS: Final = 6
FOCUS: Final = 2
ICON_SMALL, ICON = 16, 20
NAV_WIDTH: Final = 188
MOTION_MS: Final = 160


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as ``#RRGGBB``."""

    name: str
    primary: str
    primary_hover: str
    primary_pressed: str
    on_primary: str
    info: str
    info_fill: str
    success: str
    success_fill: str
    warning: str
    warning_fill: str
    danger: str
    danger_fill: str
    text: str
    secondary: str
    disabled: str
    page: str
    panel: str
    raised: str
    border: str
    hover: str
    selected: str
    neutral_fill: str


LIGHT: Final = Tokens(
    name="light",
    primary="#0958D9", primary_hover="#1F6BE6", primary_pressed="#063FA0", on_primary="#FFFFFF",
    info="#0958D9", info_fill="#E6F4FF",
    success="#237804", success_fill="#F6FFED",
    warning="#874D00", warning_fill="#FFFBE6",
    danger="#CF1322", danger_fill="#FFF1F0",
    text="#1F1F1F", secondary="#595959", disabled="#8C8C8C",
    page="#F5F5F5", panel="#FFFFFF", raised="#FFFFFF",
    border="#D9D9D9", hover="#F0F5FF", selected="#E6F4FF", neutral_fill="#F0F0F0",
)

DARK: Final = Tokens(
    name="dark",
    primary="#4C8DFF", primary_hover="#6BA1FF", primary_pressed="#3A78E6", on_primary="#0B1526",
    info="#85B4FF", info_fill="#15253F",
    success="#73D13D", success_fill="#16270D",
    warning="#FFC53D", warning_fill="#2B2611",
    danger="#FF7875", danger_fill="#2A1215",
    text="#EDEDED", secondary="#B3B3B3", disabled="#7A7A7A",
    page="#141414", panel="#1D1D1D", raised="#262626",
    border="#3A3A3A", hover="#1F2A3D", selected="#15325B", neutral_fill="#2E2E2E",
)

THEMES: Final = {"light": LIGHT, "dark": DARK}



@dataclass(frozen=True)
class KioskSizes:
    """Sizes of the touch kiosk in device-independent pixels (domain rules B3.5: body 18 and targets 60 at least)."""

    body: int
    title: int
    figure: int
    target: int
    key: int
    gap: int = 16
    margin: int = 32
    radius: int = 12
    code: int = 260


KIOSK_NORMAL: Final = KioskSizes(body=24, title=36, figure=40, target=80, key=84)
KIOSK_LARGE: Final = KioskSizes(body=32, title=40, figure=48, target=84, key=90, gap=12)
KIOSK_TALL: Final = KioskSizes(body=28, title=46, figure=50, target=120, key=136, gap=24, code=340)
KIOSK_TALL_LARGE: Final = KioskSizes(body=36, title=56, figure=60, target=136, key=144, gap=24, code=340)
"""The same on a screen that stands, which has more room."""

TEXT_ON: Final = (
    ("text", "page"), ("text", "panel"), ("text", "raised"), ("text", "hover"), ("text", "selected"),
    ("text", "neutral_fill"), ("secondary", "page"), ("secondary", "panel"), ("secondary", "raised"),
    ("secondary", "hover"), ("secondary", "selected"), ("secondary", "neutral_fill"),
    ("on_primary", "primary"), ("on_primary", "primary_hover"), ("info", "info_fill"), ("info", "panel"),
    ("success", "success_fill"), ("success", "panel"), ("warning", "warning_fill"), ("warning", "panel"),
    ("danger", "danger_fill"), ("danger", "panel"), ("primary", "panel"), ("text", "info_fill"),
    ("text", "success_fill"), ("text", "warning_fill"), ("text", "danger_fill"),
)
"""Every pair of text and ground that is drawn somewhere; the contrast test walks it."""


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB`` (WCAG 2.2, 0 to 1)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1 to 21)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)
