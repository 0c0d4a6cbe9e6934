"""What a password must be (domain/2-rules.md B5.2): long or mixed, not guessable, not the login, not used before."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

SHORTEST: Final = 8
PASSPHRASE: Final = 12
"""From this length on, a password needs no mixture of character classes."""
CLASSES: Final = 3
LONGEST: Final = 256
WEAKEST_SCORE: Final = 2
"""zxcvbn's scale is 0 to 4; 2 means more than a million guesses, behind Argon2id and a lock-out."""
_SCORED: Final = 72
"""zxcvbn grows with the length of what it scores, and more characters never weaken a password."""

_OF_THE_PLACE: Final = ("zzdesk", "zhangzhou", "漳州", "admin", "password", "wangge", "tiaojie", "zonghe")


def character_classes(password: str) -> int:
    """How many of the four classes occur: lower case, upper case, digits, everything else (Chinese counts there)."""
    lower = any(c.islower() for c in password)
    upper = any(c.isupper() for c in password)
    digit = any(c.isdigit() for c in password)
    other = any(not (c.islower() or c.isupper() or c.isdigit()) for c in password)
    return lower + upper + digit + other


def check_password(password: str, *, login: str, about: Iterable[str] = ()) -> None:
    """Refuse a password that is too short, too plain or too easily guessed.

    Args:
        password: what the person typed.
        login: the account's login, which the password may not contain.
        about: further words that make it guessable (names, station).

    Raises:
        InvalidError: on the field ``password``, with the first rule it breaks.
    """
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST:
        raise InvalidError.one("password", N_("密码至少 {n} 位。"), n=SHORTEST)
    if len(text) > LONGEST:
        raise InvalidError.one("password", N_("密码最多 {n} 位。"), n=LONGEST)
    if len(text) < PASSPHRASE and character_classes(text) < CLASSES:
        raise InvalidError.one(
            "password", N_("密码要含大写、小写、数字、符号中的三种，或者至少 {n} 位。"), n=PASSPHRASE
        )
    if len(login) >= 3 and login.casefold() in text.casefold():
        raise InvalidError.one("password", N_("密码不能包含用户名。"))
    if guess_score(text, [login, *about]) < WEAKEST_SCORE:
        raise InvalidError.one("password", N_("这个密码太容易猜到，请换一个。"))


def guess_score(password: str, words: Iterable[str] = ()) -> int:
    """Return the estimate of zxcvbn, 0 (guessed at once) to 4; imported late, since it carries big word lists."""
    from zxcvbn import zxcvbn

    known = [word for word in (*words, *_OF_THE_PLACE) if word]
    return int(zxcvbn(password[:_SCORED], user_inputs=known)["score"])
