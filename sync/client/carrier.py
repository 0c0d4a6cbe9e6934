"""A line to the centre that also carries bundles: files of any size, neither of them looked into."""

from __future__ import annotations

import time
from typing import BinaryIO, Final

import requests
from urllib3.exceptions import HTTPError

from sync.bundle import BUNDLE_TYPE
from sync.client.transport import OFFLINE, STALLED, Patience, StoppedError, Transport
from sync.protocol import PROBLEM_TYPE
from zzdesk.errors import NotOursError, OfflineError
from zzdesk.i18n import N_

PATIENT: Final = Patience(piece_s=600.0, whole_s=3600.0)
"""The centre judges the whole bundle before the first byte of its answer."""
_PIECE: Final = 64 * 1024


class Carrier(Transport):
    """A ``Transport`` for relaying."""

    def carry(self, path: str, body: BinaryIO, answer: BinaryIO, token: str) -> None:
        """Post a bundle as it is and write the centre's to ``answer``, a piece at a time.

        Raises:
            OfflineError, NotOursError, ProblemError, StoppedError: as ``call``. OSError: ``answer`` cannot be written.
        """
        headers = {"Content-Type": BUNDLE_TYPE, "Accept": BUNDLE_TYPE, "Authorization": f"Bearer {token}"}
        until = time.monotonic() + PATIENT.whole_s
        try:
            with self.session.post(
                self.url + path, data=body, headers=headers, timeout=(PATIENT.connect_s, PATIENT.piece_s),
                verify=self.verify, allow_redirects=False, stream=True,
            ) as response:  # fmt: skip
                media = response.headers.get("Content-Type", "")
                if media.startswith(PROBLEM_TYPE):
                    raise self._problem(response.status_code, self._read(response, until), response.headers)
                if response.status_code != 200 or media != BUNDLE_TYPE:
                    raise NotOursError(N_("回应的不是漳州中心（可能是上网认证页面），本机内容没有改变"))
                self._pour(response, answer, until)
        except (requests.RequestException, HTTPError) as error:
            raise OfflineError(OFFLINE) from error

    def _pour(self, response: requests.Response, answer: BinaryIO, until: float) -> None:
        while piece := response.raw.read1(_PIECE, decode_content=False):
            if time.monotonic() > until:
                raise OfflineError(STALLED)
            if self.stop.is_set():
                raise StoppedError(N_("已停止同步，内容都还在本机"))
            self.traffic.received += len(piece)
            self.progressed()
            answer.write(piece)


__all__ = ["Carrier"]
