"""What the centre does beside its requests, in a thread of its own, for as long as it serves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Rounds = Callable[[threading.Event], None]
"""Works until the event is set, and catches what goes wrong in a round: the next one tries again."""


@contextmanager
def beside(rounds: Rounds, name: str) -> Iterator[None]:
    """Let the rounds run while the block does; its end tells them so and waits for the present one."""
    ended = threading.Event()
    thread = threading.Thread(target=rounds, args=(ended,), name=name)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
