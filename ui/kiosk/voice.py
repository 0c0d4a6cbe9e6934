"""Spoken prompts where the machine has a voice: Qt TextToSpeech is an optional extra (``zzdesk[voice]``)."""

from __future__ import annotations

import importlib
import logging
from typing import Any

from PySide6.QtCore import QLocale, QObject

log = logging.getLogger("zzdesk.ui")


class Voice(QObject):
    """Says what the screen says; switched off, without the extra, or without a voice for the language, it stays silent."""

    def __init__(self, parent: QObject | None = None, on: bool = True) -> None:
        super().__init__(parent)
        self._on = on
        self._engine: Any = None
        self._looked = False

    def say(self, text: str) -> None:
        """Begin to say a text; what is being said ends."""
        engine = self._found() if self._on else None
        if engine is not None:
            engine.stop()
            engine.say(text)

    def hush(self) -> None:
        """Stop in the middle of a word."""
        if self._engine is not None:
            self._engine.stop()

    def _found(self) -> Any:
        if not self._looked:
            self._looked = True
            self._engine = self._look()
        return self._engine

    def _look(self) -> Any:
        try:
            module = importlib.import_module("PySide6.QtTextToSpeech")
        except ImportError:
            log.info("no voice: PySide6 without TextToSpeech")
            return None
        engine = module.QTextToSpeech(self)
        wanted = QLocale().language()
        if not any(locale.language() == wanted for locale in engine.availableLocales()):
            log.info("no voice for this language")
            return None
        engine.setLocale(QLocale())
        engine.setRate(-0.2)  # slower than usual: people of eighty listen
        return engine
