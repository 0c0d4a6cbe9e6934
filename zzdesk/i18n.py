"""Texts outside the windows: Chinese message ids, translated through gettext when another language is chosen."""

from __future__ import annotations

import gettext
import os
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = ("zh", "en")
_DOMAIN: Final = "zzdesk"
_language: ContextVar[str | None] = ContextVar("language", default=None)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a Chinese message id for extraction; it is translated when it is shown."""
    return message


def default_language() -> str:
    """Return the language asked for by the environment: ``zh`` unless ZZDESK_LANG or the locale says English."""
    asked = os.environ.get("ZZDESK_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if asked.lower().startswith("en") else "zh"


def set_language(language: str) -> None:
    """Choose the language of this context.

    Raises:
        ValueError: the language is not one of ``LANGUAGES``.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    _language.set(language)


def current_language() -> str:
    """Return the language in force."""
    return _language.get() or default_language()


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = Path(__file__).resolve().parent.parent / "resources" / "locale"
    return gettext.translation(_DOMAIN, folder, languages=[language], fallback=True)


def translate(message: str, language: str | None = None, **params: Any) -> str:
    """Return ``message`` in the language, with its ``{named}`` places filled."""
    text = _catalogue(language or current_language()).gettext(message)
    return text.format(**params) if params else text


_ = translate
