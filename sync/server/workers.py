"""Several worker processes behind one port: for a centre on PostgreSQL, where more than one may write.

Every worker is the same program with its own connections; what they share lies in the database.  Uvicorn's supervisor
starts them, replaces one that died, and ends them together.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from sync.server.metrics import Measures, begin_shared
from sync.server.open311.door import Door
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_

_READY_S: Final = 60.0


def serve_with(
    workers: int, data: Path, database_url: str | None, door: Door | None, listener: socket.socket,
    ready: Callable[[], None], **more: Any,
) -> None:  # fmt: skip
    """Serve with ``workers`` processes until SIGTERM or SIGINT; ``ready`` is called when all of them answer.

    Raises:
        RefusedError: a worker could not start.
    """
    shared = begin_shared(data)
    config = uvicorn.Config(
        partial(worker_app, data, database_url, shared, door), factory=True, workers=workers, timeout_worker_healthcheck=30,
        **more,
    )  # fmt: skip
    team = _Team(config, [listener], ready)
    team.run()
    if team.failed:
        raise RefusedError(N_("中心的工作进程没有启动成功，请查看 logs 文件夹里的日志"))


def worker_app(data: Path, database_url: str | None, shared: str, door: Door | None = None) -> FastAPI:
    """Return the application of one worker; called in the worker's own process."""
    from sync.server.app import make_app
    from sync.server.run import open_centre
    from zzdesk import logs

    logs.set_up(data / "logs")
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    return make_app(open_centre(data, database_url, measures=Measures(shared), door=door))


def _end_with_parent() -> None:
    """End when the supervisor is gone: a worker left behind would keep the port and serve on unseen."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


class _Team(Multiprocess):
    """Uvicorn's supervisor that says when every worker answers, and remembers that one could not."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], ready: Callable[[], None]) -> None:
        super().__init__(config, sockets)
        self._ready = ready
        self.failed = False

    def init_processes(self) -> None:
        """Start the workers, wait for all of them, then tell."""
        super().init_processes()
        if all(process.wait_until_ready(_READY_S, self.should_exit) for process in self.processes):
            self._ready()
        else:
            self.failed = True
            self.should_exit.set()
