"""Every text exists in both languages, and the translation files are those of the code."""

from __future__ import annotations

import re
import shutil
import string
import xml.etree.ElementTree as ET
from pathlib import Path

from tests import translations

_HAN = re.compile(r"[\u4e00-\u9fff]")


def test_the_catalogue_has_what_the_code_says_and_nothing_else() -> None:
    in_code = {message.id for message in translations.extract_words() if message.id}
    in_file = {message.id for message in translations.read_words() if message.id}
    assert in_code == in_file, "run: python dev.py translate"


def test_every_word_is_translated() -> None:
    assert list(translations.untranslated(translations.read_words())) == []


def test_the_named_places_are_the_same_in_both_languages() -> None:
    wrong = [message.id for message in translations.read_words()
             if message.id and _places(str(message.id)) != _places(str(message.string))]  # fmt: skip
    assert wrong == []


def test_the_windows_file_is_fresh(tmp_path: Path) -> None:
    copy = tmp_path / translations.TS.name
    shutil.copy(translations.TS, copy)
    translations.update_windows(copy)
    assert _texts(copy) == _texts(translations.TS), "run: python dev.py translate"


def test_every_text_of_the_windows_is_translated() -> None:
    unfinished = [source for (source, translation, state) in _texts(translations.TS) if state or not translation]
    assert unfinished == []


def test_no_chinese_is_left_in_an_english_window() -> None:
    # The name of a language is written in that language.
    left = [translation for (_, translation, _) in _texts(translations.TS) if _HAN.search(translation)]
    assert [text for text in left if text not in {"中文", "简体中文"}] == []


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _texts(path: Path) -> list[tuple[str, str, str | None]]:
    """Return (source, translation, state) of every message; a plural's forms are joined."""
    messages = ET.parse(path).getroot().iter("message")
    return [_text(message) for message in messages]


def _text(message: ET.Element) -> tuple[str, str, str | None]:
    translation = message.find("translation")
    assert translation is not None
    forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
    return message.findtext("source", ""), "|".join(forms) if all(forms) else "", translation.get("type")
