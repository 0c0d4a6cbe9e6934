"""The look: enough contrast, one source for colours, icons that exist, real Chinese glyphs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.translations import ROOT
from ui.assets import asset
from ui.theme import apply_theme, icons, tokens_now
from ui.theme.fonts import FAMILIES, body_font, has_chinese_font
from ui.theme.palette import make_palette
from ui.theme.stylesheet import make_stylesheet
from ui.theme.tokens import DARK, LIGHT, TEXT_ON, THEMES, Tokens, contrast

themes = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)


@themes
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_can_be_read(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@themes
def test_disabled_text_is_never_black_on_dark(tokens: Tokens) -> None:
    palette = make_palette(tokens)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        assert palette.color(QPalette.ColorGroup.Disabled, role) == QColor(tokens.disabled)


@themes
def test_the_style_sheet_is_complete(tokens: Tokens) -> None:
    sheet = make_stylesheet(tokens)
    assert "$" not in sheet
    for path in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(path).exists(), path


@themes
def test_drawn_controls_use_the_colours_of_the_tokens(tokens: Tokens) -> None:
    known = {value.lower() for value in vars(tokens).values() if value.startswith("#")}
    for path in asset("icons", "controls").glob(f"{tokens.name}-*.svg"):
        colours = set(re.findall(r"#[0-9A-Fa-f]{6}", path.read_text("utf-8")))
        assert {colour.lower() for colour in colours} <= known, path
        assert colours, path


def test_only_the_tokens_name_colours() -> None:
    strangers = [
        f"{path.name}: {found}"
        for path in (ROOT / "ui").rglob("*.py")
        if path.name not in ("tokens.py", "shots.py")
        for found in re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))
    ]
    assert strangers == []


def test_every_icon_that_is_named_exists() -> None:
    calls = re.compile(r'(?:\bicon\(|Icon\(|icon_button\(|icon=|icons\.icon\(|show_icon\()"([a-z0-9-]+)"')
    named = {name for path in (ROOT / "ui").rglob("*.py") for name in calls.findall(path.read_text("utf-8"))}
    assert named
    assert [name for name in named if not asset("icons", f"{name}.svg").exists()] == []


@pytest.mark.parametrize("name", sorted(THEMES))
def test_icons_follow_the_theme(qapp: QApplication, name: str) -> None:
    apply_theme(qapp, name)
    image = icons.icon("house").pixmap(32, 32).toImage()
    inks = {image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255}
    assert tokens_now().name == name
    assert QColor(THEMES[name].text).name() in inks


def test_the_licence_of_the_icons_lies_beside_them() -> None:
    assert "ISC License" in asset("icons", "LICENSE.lucide").read_text("utf-8")


def test_chinese_is_not_drawn_as_boxes(qapp: QApplication) -> None:
    assert has_chinese_font()
    pictures = {_glyph(character) for character in "漳州社区调解"}
    assert len(pictures) == len("漳州社区调解")


def test_the_font_is_simplified_chinese_first(qapp: QApplication) -> None:
    assert body_font().families() == list(FAMILIES)
    assert not [family for family in FAMILIES if "JP" in family]


def test_figures_in_tables_have_one_width(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(body_font(tabular=True))
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("8888"))


def test_a_label_never_takes_data_for_markup(qtbot: QtBot) -> None:
    from ui.widgets.base import Label

    label = Label("<b>陈</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert QLabel.text(label) == "<b>陈</b>"


def _glyph(character: str) -> bytes:
    image = QImage(32, 32, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setFont(body_font(24))
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, character)
    painter.end()
    return bytes(image.constBits())
