"""One request at a time, beside the work of this thread: two cores, the desk's and the centre's, work at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

A = TypeVar("A")
T = TypeVar("T")


class Line:
    """Makes requests on a thread of its own, which exists only where there is work to do meanwhile.

    At its end it waits for a request under way: nobody else may speak for this desk before.
    """

    def __init__(self) -> None:
        self._worker: ThreadPoolExecutor | None = None

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)

    def send(self, work: Callable[[A], T], asked: A, *, beside: bool) -> Future[T]:
        """Return what will hold the answer: of a request ``beside`` this thread's work, or of one that was waited for."""
        if beside:
            self._worker = self._worker or ThreadPoolExecutor(1, "zzsync-line")
            return self._worker.submit(work, asked)
        done: Future[T] = Future()
        try:
            done.set_result(work(asked))
        except BaseException as error:  # noqa: BLE001 - raised where it is asked for, as if it came from the thread
            done.set_exception(error)
        return done
