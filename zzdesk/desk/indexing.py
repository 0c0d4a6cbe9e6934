"""The search index catches up with what was received in bulk: a little at a time, between other people's work."""

from __future__ import annotations

import logging
import threading

from zzdesk.errors import KnownError
from zzdesk.ops.rows import index_due
from zzdesk.store.engine import Store


def catch_up(store: Store, stop: threading.Event | None = None) -> None:
    """Index everything that waits, some 20 ms of writing at a time; ``stop`` ends it after the present piece.

    Raises:
        KnownError: the database cannot be written now; what waits goes on waiting.
    """
    more = True
    while more and not (stop and stop.is_set()):
        with store.writer() as session:
            more = index_due(session)
            session.commit()


class Indexer:
    """Lets the index catch up on a thread of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless it is at work already."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="zzdesk-index", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            catch_up(self._store, self._stop)
            self._store.checkpoint(quietly=True)  # else the next person to save something would wait for it
        except KnownError as error:  # the next search or the next round tries again
            logging.getLogger(__name__).info("the search index stays behind: %s", type(error).__name__)

    def close(self) -> None:
        """End it; what is left is indexed another time."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
