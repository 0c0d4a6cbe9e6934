"""One simulated desk: it speaks the protocol by the real transport, and keeps nothing but its keys and numbers."""

from __future__ import annotations

import base64
import threading
from typing import Any, Final

import msgspec
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client.answers import Pulled, Pushed
from sync.client.transport import Transport
from sync.protocol import (
    SCHEMA,
    EnrolAnswer,
    EnrolRequest,
    HelloAnswer,
    HelloRequest,
    PullRequest,
    PushRequest,
    TokenAnswer,
    TokenRequest,
    Want,
)
from zzdesk import __version__
from zzdesk.cli.bench import reports
from zzdesk.cli.bench.desk import STATION
from zzdesk.clock import SystemClock, to_iso
from zzdesk.ops.apply import Op, canonical

OPEN: Final = 10
"""So many desks want each of the reports that lie open."""
_lines = threading.local()


def _line() -> requests.Session:
    """Return this thread's connection: a thousand desks share a few, one after the other."""
    if not hasattr(_lines, "session"):
        _lines.session = requests.Session()
    session: requests.Session = _lines.session
    return session


class SimDesk:
    """A device with one replica and one person."""

    def __init__(self, url: str, number: int) -> None:
        self.number = number
        self._url = url
        self._clock = SystemClock()
        self.user = self._clock.new_id()
        self._replica = f"r-{self._clock.new_id()}"
        self._key = Ed25519PrivateKey.generate()
        self._next_no = 1
        self._made = 0
        self._device = self._epoch = self._token = ""

    def _call(self, path: str, message: Any, answer: type[Any], *, urgent: bool = False) -> Any:
        wire = Transport(self._url, session=_line())
        return wire.call(path, message, answer, self._token or None, urgent=urgent)

    def enrol(self, code: str) -> None:
        """Become a device of the station and get a token."""
        public = base64.b64encode(self._key.public_key().public_bytes_raw()).decode()
        name = f"sim-{self.number}"
        found = self._call("/v1/enrol", lambda nonce: EnrolRequest(code, public, name, nonce), EnrolAnswer)
        self._device, self._epoch = found.device_id, found.epoch
        self._token = self._call("/v1/token", self._asked_for_token, TokenAnswer).token

    def _asked_for_token(self, nonce: str) -> TokenRequest:
        request = TokenRequest(self._device, self.user, to_iso(self._clock.now()), nonce, "")
        sig = base64.b64encode(self._key.sign(request.signed())).decode()
        return msgspec.structs.replace(request, sig=sig)

    def introduce(self, sent: set[str]) -> None:
        """Tell the centre who works here; ``sent`` takes the operation's id."""
        op = self._op("create", "account", self.user, scope=STATION, init=self._born(
            login=f"sim{self.number}", display_name=f"sim{self.number}", roles=["clerk"],
        ))  # fmt: skip
        sent.add(op["op_id"])
        self.push([op])

    def _born(self, **fields: Any) -> dict[str, Any]:
        return {"created_at": to_iso(self._clock.now()), "created_by": self.user, **fields}

    def _op(self, verb: str, kind: str, record_id: str, **parts: Any) -> Op:
        op = {
            "op_id": self._clock.new_id(), "group": self._clock.new_id(), "schema": SCHEMA, "kind": kind,
            "id": record_id, "verb": verb, "replica": self._replica, "op_no": self._next_no,
            "actor": {"user": self.user, "device": self._device, "grant": None},
            "at": {"wall": to_iso(self._clock.now()), "mono": self._clock.monotonic_ms(), "boot": "sim"}, **parts,
        }  # fmt: skip
        self._next_no += 1
        return op

    def report(self) -> Op:
        """Return an operation that registers a report."""
        self._made += 1
        fields = reports.report(self.number * 1000 + self._made)
        number = f"sim-{self.number}-{self._made}"
        return self._op("create", "report", self._clock.new_id(), scope=STATION,
                        init=self._born(number=number, state="registered", **fields))  # fmt: skip

    def claim(self, born: Op) -> Op:
        """Return an operation that claims a report which somebody made."""
        edit = {"claimed_by": {"to": self.user, "was": None, "saw": born["op_id"]}}
        return self._op("patch", "report", born["id"], set=edit)

    def hello(self) -> int:
        """Greet; return where the station's feed ends."""

        def message(nonce: str) -> HelloRequest:
            return HelloRequest(self._replica, __version__, SCHEMA, nonce, self._epoch)

        found: HelloAnswer = self._call("/v1/hello", message, HelloAnswer)
        return next(scope.head for scope in found.scopes if scope.id == STATION)

    def push(self, ops: list[Op], *, urgent: bool = False) -> list[str]:
        """Send operations; return what became of each. ``urgent`` is how a desk sends a claim."""
        raw = [msgspec.Raw(canonical(op)) for op in ops]
        found: Pushed = self._call(
            "/v1/push", lambda nonce: PushRequest(self._replica, self._epoch, nonce, raw), Pushed, urgent=urgent
        )  # fmt: skip
        return [result.outcome for result in found.results]

    def pull(self, after: int) -> int:
        """Take one page of what is new in the station; return how many records came."""
        want = [Want(STATION, after)]
        found: Pulled = self._call(
            "/v1/pull", lambda nonce: PullRequest(self._replica, self._epoch, nonce, want, brief=True), Pulled
        )  # fmt: skip
        return sum(len(page.rows) + sum(len(part.ids) for part in page.columns) for page in found.pages)
