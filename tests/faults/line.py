"""A TCP line between a desk and the centre that can be broken the ways real ones are, while it is in use."""

from __future__ import annotations

import contextlib
import enum
import socket
import struct
import threading
from collections.abc import Callable
from typing import Final

_PIECE: Final = 4096
_PORTAL: Final = b"<html><title>wifi</title><body>Please log in</body></html>"


class Kind(enum.Enum):
    """How the line is."""

    GOOD = enum.auto()
    BLACK_HOLE = enum.auto()
    """Takes everything, answers nothing, and does not hang up."""
    ONE_WAY = enum.auto()
    """What the desk says arrives; what the centre says does not."""
    REFUSED = enum.auto()
    """Hangs up at once."""
    CUT = enum.auto()
    """Carries the first 200 bytes of an answer and hangs up in the middle."""
    TRICKLE = enum.auto()
    """Carries an answer a byte at a time, slowly."""
    SLOW = enum.auto()
    """16 kB a second each way."""
    PORTAL = enum.auto()
    """A page to log in to a network stands in front of everything."""


class Line:
    """Listens on a port of its own and carries to ``target`` ("host:port"); ``become`` changes how the line is."""

    def __init__(self, target: str) -> None:
        host, _, port = target.rpartition(":")
        self._target = (host, int(port))
        self.kind = Kind.GOOD
        self.carried = 0
        self._turn = threading.Event()
        self._ended = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start(self._accept)

    def become(self, kind: Kind) -> None:
        """Change how the line is; what is under way is hung up."""
        self.kind = kind
        self._hang_up()

    def close(self) -> None:
        """Hang up everything and end."""
        self._ended.set()
        # Closing alone does not wake who waits in accept.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._hang_up()
        for thread in self._threads:
            thread.join(20)
            assert not thread.is_alive(), "a thread of the line does not end"

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _hang_up(self) -> None:
        with self._lock:
            gone, self._open = self._open, set()
        for end in gone:
            _reset(end)

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                desk, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(desk)
            self._start(lambda desk=desk: self._carry(desk, self.kind))  # type: ignore[misc]

    def _carry(self, desk: socket.socket, kind: Kind) -> None:
        if kind is Kind.REFUSED:
            _reset(desk)
        elif kind is Kind.PORTAL:
            _portal(desk)
        elif kind is Kind.BLACK_HOLE:
            _pump(desk, None, self._pace(kind))
        else:
            self._connect(desk, kind)

    def _connect(self, desk: socket.socket, kind: Kind) -> None:
        try:
            centre = socket.create_connection(self._target, timeout=20)
        except OSError:
            _reset(desk)
            return
        centre.settimeout(None)
        with self._lock:
            self._open.add(centre)
        there = threading.Thread(target=_pump, args=(desk, centre, self._pace(Kind.SLOW if kind is Kind.SLOW else Kind.GOOD)))
        there.start()
        back = None if kind is Kind.ONE_WAY else desk
        _pump(centre, back, self._pace(kind))
        there.join()

    def _pace(self, kind: Kind) -> Callable[[bytes], list[bytes] | None]:
        """Return how a piece is handed on: in parts with pauses between, or None for "hang up now"."""
        passed = 0

        def pace(piece: bytes) -> list[bytes] | None:
            nonlocal passed
            passed += len(piece)
            self.carried += len(piece)
            if kind is Kind.CUT and passed > 200:
                return None
            if kind is Kind.SLOW:
                self._ended.wait(len(piece) / 16_000)
            if kind is Kind.TRICKLE:
                return [piece[n : n + 1] for n in range(len(piece)) if not self._ended.wait(0.05)]
            return [piece]

        return pace


def _pump(
    source: socket.socket, target: socket.socket | None, pace: Callable[[bytes], list[bytes] | None]
) -> None:
    with contextlib.suppress(OSError):  # hung up by the other side: so do we
        while piece := source.recv(_PIECE):
            parts = pace(piece)
            if parts is None:
                break
            for part in parts if target is not None else ():
                target.sendall(part)
    for end in (source, target):
        if end is not None:
            _reset(end)


def _portal(desk: socket.socket) -> None:
    with contextlib.suppress(OSError):
        desk.recv(_PIECE)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(_PORTAL)}\r\nConnection: close\r\n\r\n"
        desk.sendall(head.encode() + _PORTAL)
        desk.shutdown(socket.SHUT_WR)
        while desk.recv(_PIECE):
            """Let the other side finish what it was saying, else it never reads the page."""
    desk.close()


def _reset(end: socket.socket) -> None:
    """Close at once, with what is on the way lost; a thread that reads from it wakes up."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)
    end.close()
