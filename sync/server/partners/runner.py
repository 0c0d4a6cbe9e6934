"""Who does the rounds with partners: a thread beside the server, or the operator's command; never two at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

from sync.server.beside import beside
from sync.server.centre import Centre
from sync.server.faults import report
from sync.server.partners.config import Connection
from sync.server.partners.engine import Round, note_unreached, run_once, something_hurries
from zzdesk.errors import BusyError
from zzdesk.i18n import N_
from zzdesk.store.locks import exclusive

LOCK: Final = "partners.lock"
EVERY_S: Final = 60.0
"""Seconds from the end of one round to the beginning of the next."""
LOOK_S: Final = 5.0
"""Seconds between two looks for something that hurries, while a round is not due."""
BUSY: Final = N_("另一个程序正在与对方收发，请稍后再试")
_log: Final = logging.getLogger(__name__)


def one_round(centre: Centre, lines: Sequence[Connection]) -> Round:
    """Do one round, alone.

    Raises:
        BusyError: somebody else is at it.
    """
    with exclusive(centre.database.folder / LOCK, busy=BUSY):
        return run_once(centre, lines)


@contextmanager
def in_rounds(centre: Centre, lines: Sequence[Connection], every_s: float = EVERY_S) -> Iterator[None]:
    """Do rounds in a thread while the block runs; without partners each order for one is told that it cannot go."""
    with beside(partial(_rounds, centre, lines, every_s), "partners"):
        yield


def _rounds(centre: Centre, lines: Sequence[Connection], every_s: float, ended: threading.Event) -> None:
    unreached = 0
    while not ended.is_set():
        try:
            done = one_round(centre, lines) if lines else note_unreached(centre, ())
        except BusyError:
            _log.info("partners: another program is at it")
        except Exception as error:  # noqa: BLE001 - the next round tries again; the server goes on whatever happens here
            report("a round with partners", error)
        else:
            if done.taken or done.sent or done.refused or done.failed:
                _log.info(
                    "partners: taken %d, again %d, refused %d, sent %d, failed %d",
                    done.taken, done.again, done.refused, done.sent, done.failed,
                )  # fmt: skip
            if done.unreached and done.unreached != unreached:
                _log.warning("partners: %d wait for partners that nobody has connected", done.unreached)
            unreached = done.unreached
        _rest(centre, lines, every_s, ended)


def _rest(centre: Centre, lines: Sequence[Connection], every_s: float, ended: threading.Event) -> None:
    """Wait until the next round is due, or something has come that hurries."""
    left = every_s
    while left > 0 and not ended.wait(min(left, LOOK_S)):
        left -= LOOK_S
        try:
            if lines and something_hurries(centre, lines):
                return
        except Exception as error:  # noqa: BLE001 - the next look tries again
            report("a look for what hurries to partners", error)
