"""What is wrong with a request, as GeoReport v2 says it: an HTTP status, and a list of codes with sentences (Errors)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from zzdesk.i18n import N_, translate

WRONG: Final = 400
FORBIDDEN: Final = 403
MISSING: Final = 404
BUSY: Final = 429
FAULT: Final = 500
LATER: Final = 503


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: a Chinese message id and what fills its ``{named}`` places, never personal data.

    ``field`` stands in front where the sentence does not name it itself.
    """

    message: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    code: int = WRONG
    field: str = ""

    def text(self, language: str) -> str:
        """Return the sentence in a language."""
        said = translate(self.message, language, **self.params)
        return f"{self.field}：{said}" if self.field else said


class GeoReportError(Exception):
    """A request that is answered with a status and every reason at once; ``retry_after_s``: when it may come again."""

    def __init__(self, status: int, wrongs: Iterable[Wrong], retry_after_s: int | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.wrongs = tuple(wrongs)
        self.retry_after_s = retry_after_s

    @classmethod
    def one(cls, status: int, message: str, /, *, retry_after_s: int | None = None, **params: Any) -> GeoReportError:
        """Return the error of a single reason; its code is the status."""
        return cls(status, [Wrong(message, params, status)], retry_after_s)

    def body(self, language: str) -> list[dict[str, Any]]:
        """Return what the answer says."""
        return [{"code": wrong.code, "description": wrong.text(language)} for wrong in self.wrongs]


def no_service(code: str) -> GeoReportError:
    """Return the error of a service code that is not offered."""
    return GeoReportError.one(MISSING, N_("service_code：没有“{code}”这项服务；请从 services 里选一项"), code=code[:60])


def no_request(request_id: str) -> GeoReportError:
    """Return the error of a request that is not here, or is not published: nobody learns which."""
    return GeoReportError.one(
        MISSING, N_("service_request_id：没有“{id}”这件诉求，或它不公开；请核对编号"), id=request_id[:60]
    )
