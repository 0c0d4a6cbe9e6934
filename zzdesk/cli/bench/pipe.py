"""The near side of the bare pipe, and how long it takes in the same run."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import requests

from zzdesk.cli import children
from zzdesk.cli.bench import bare
from zzdesk.cli.bench.figures import seconds

_TIMES: Final = 3
_PATIENCE_S: Final = 120


class Pipe:
    """Sends records to the other process and gets them back; both have their database open, as desk and centre have."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._here = bare.open_raw(folder / "here.db")
        self._web = requests.Session()

    def push_s(self, rows: Sequence[bare.Row]) -> float:
        """Return the median seconds of sending the rows to an empty database."""
        return statistics.median(self._push(rows) for _ in range(_TIMES))

    def _push(self, rows: Sequence[bare.Row]) -> float:
        self._web.delete(self._url, timeout=_PATIENCE_S).raise_for_status()
        return seconds(lambda: self._post(rows))

    def _post(self, rows: Sequence[bare.Row]) -> None:
        self._web.post(self._url, data=bare.pack(rows), timeout=_PATIENCE_S).raise_for_status()

    def pull_s(self, rows: Sequence[bare.Row]) -> float:
        """Return the median seconds of getting the rows into an empty database."""
        self._push(rows)
        return statistics.median(self._pull() for _ in range(_TIMES))

    def _pull(self) -> float:
        bare.clear(self._here)
        return seconds(self._get)

    def _get(self) -> None:
        answer = self._web.get(self._url, timeout=_PATIENCE_S)
        bare.put(self._here, bare.unpack(answer.content))

    def close(self) -> None:
        """Hang up."""
        self._web.close()
        self._here.close()


@contextmanager
def open_pipe(folder: Path) -> Iterator[Pipe]:
    """Start the other side in a folder of its own."""
    folder.mkdir()
    with children.listening("bench", "bare-pipe", "--data", str(folder)) as url:
        pipe = Pipe(url, folder)
        try:
            pipe.push_s([("warm", "{}")])
            yield pipe
        finally:
            pipe.close()
