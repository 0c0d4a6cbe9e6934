"""Two kinds of error: what a person can do something about (KnownError), and a fault of ours (BugError)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from zzdesk.i18n import N_, translate


class BugError(Exception):
    """Something that cannot happen did: it goes to the crash log, never to a form."""


class KnownError(Exception):
    """A refusal or failure told to the person in their language: what, where, and what to do.

    ``message`` is a Chinese message id; ``params`` fill its ``{named}`` places and never hold personal data.
    """

    code: ClassVar[str] = "known"
    partial: Any = None
    """What a long action had finished before it stopped (a ``SyncReport``); None where it is all or nothing."""

    def __init__(self, message: str, /, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def text(self, language: str | None = None) -> str:
        """Return the sentence in the language asked for, or in the one in force."""
        return translate(self.message, language, **self.params)

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True)
class Problem:
    """One field that cannot be taken as it is."""

    field: str
    message: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)

    def text(self, language: str | None = None) -> str:
        """Return the sentence in the language asked for."""
        return translate(self.message, language, **self.params)


class InvalidError(KnownError):
    """Input that cannot be saved; names every field that is wrong."""

    code = "invalid"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(N_("有内容需要更正"))
        self.problems = tuple(problems)

    @classmethod
    def one(cls, field_name: str, message: str, **params: Any) -> InvalidError:
        """Return the error of a single field."""
        return cls([Problem(field_name, message, params)])

    def text(self, language: str | None = None) -> str:
        """Return every problem, each with its field."""
        return "；".join(f"{p.field}：{p.text(language)}" for p in self.problems)


class RefusedError(KnownError):
    """Not allowed: by rights, by the state of the record, or by law."""

    code = "refused"


class NotFoundError(KnownError):
    """The record is not on this desk."""

    code = "not-found"


class WrongPasswordError(KnownError):
    """The account is unknown or the password is wrong; never says which."""

    code = "wrong-password"


class LockedOutError(KnownError):
    """Too many failures: wait, or ask an administrator."""

    code = "locked-out"


class NewerDatabaseError(KnownError):
    """The database was written by a newer program."""

    code = "newer-database"


class BrokenDatabaseError(KnownError):
    """The database cannot be read: damaged, or not a zzdesk database."""

    code = "broken-database"


class DiskFullError(KnownError):
    """No room left: nothing was changed."""

    code = "disk-full"


class ReadOnlyError(KnownError):
    """The folder cannot be written: mounted read-only, or not this person's; nothing was changed."""

    code = "read-only"


class BusyError(KnownError):
    """Somebody else holds the database or the synchronisation right now."""

    code = "busy"


class OfflineError(KnownError):
    """The centre cannot be reached; everything stays saved here."""

    code = "offline"


class NotOursError(OfflineError):
    """Something answered that is not our centre (a captive portal, a proxy): nothing was changed."""

    code = "not-ours"


class IndexBehindError(Exception):
    """The search index does not hold everything yet: let it catch up and ask again. ``Desk.read`` does; nobody sees it."""
