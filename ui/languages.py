"""Languages: Chinese is what the source says; English comes from the translation file; Qt's own words from Qt."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from ui.assets import asset
from zzdesk import i18n

log = logging.getLogger("zzdesk.ui")


class Languages(QObject):
    """Switches the whole program; every open widget hears a LanguageChange and says its texts again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._installed: list[QTranslator] = []
        self.current = ""

    def switch(self, language: str) -> None:
        """Speak ``zh`` or ``en`` from now on."""
        if language == self.current:
            return
        self.current = language
        i18n.set_language(language)
        QLocale.setDefault(QLocale("zh_CN" if language == "zh" else "en_GB"))
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed = [self._load("qtbase_zh_CN" if language == "zh" else "qtbase_en",
                                      QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))]
        self._installed.append(self._load(f"zzdesk_{language}", str(asset("i18n"))))
        for translator in self._installed:
            QCoreApplication.installTranslator(translator)

    def _load(self, name: str, folder: str) -> QTranslator:
        translator = QTranslator(self)
        if not translator.load(name, folder) and name != "zzdesk_zh":  # Chinese is what the source says
            log.warning("no translation %s; run: python dev.py translate", name)
        return translator
