"""``serve`` as a program of its own: says when it is ready, ends cleanly, survives being killed without losing a line."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server import admin
from sync.server.run import serve
from tests.sync.server.conftest import ServerStore
from tests.sync.server.wire import STATION, WireDesk
from zzdesk.clock import SystemClock
from zzdesk.desk.session import create_home
from zzdesk.errors import InvalidError, NotOursError
from zzdesk.store.keys import TEST_COST

_PROGRAM = """
import sys
from pathlib import Path
from sync.server.run import serve
data, port, url, cert, key, partners = sys.argv[1:]
cert, key, partners = (Path(each) if each else None for each in (cert, key, partners))
serve(Path(data), "127.0.0.1", int(port), url or None, cert, key, partners=partners)
"""


class Program:
    """A running server program."""

    def __init__(self, store: ServerStore, port: int = 0, cert: str = "", key: str = "", partners: str = "") -> None:
        words = [sys.executable, "-c", _PROGRAM, str(store.data), str(port), store.database_url or "", cert, key, partners]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        if not line.startswith("listening on "):
            assert self.process.stderr is not None
            raise AssertionError(f"{line!r}: {self.process.stderr.read()}")
        self.url = line.removeprefix("listening on ")
        self.port = int(self.url.rpartition(":")[2])

    def end(self, how: signal.Signals) -> tuple[int, str, str]:
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err


@contextmanager
def _program(store: ServerStore, **options: object) -> Iterator[Program]:
    program = Program(store, **options)  # type: ignore[arg-type]
    try:
        yield program
    finally:
        if program.process.returncode is None:
            program.end(signal.SIGKILL)


def test_it_says_that_it_listens_and_ends_cleanly(server_store: ServerStore) -> None:
    with _program(server_store) as program:
        assert requests.get(f"{program.url}/v1/health", timeout=10).json()["status"] == "ok"
        assert program.end(signal.SIGTERM) == (0, "", "")  # nothing printed, nothing complained


def test_the_operators_file_opens_it_to_others(tmp_path: Path) -> None:
    file = tmp_path / "partners.toml"
    file.write_text(f'[open311]\nstations = ["{STATION}"]\nservices = ["road"]\n')
    with _program(ServerStore(tmp_path / "centre", None), partners=str(file)) as program:
        found = requests.get(f"{program.url}/open311/v2/services.json", timeout=10).json()
        assert [each["service_code"] for each in found] == ["road"]
        assert requests.get(f"{program.url}/open311/v2/requests.json", timeout=10).json() == []
        assert program.end(signal.SIGTERM) == (0, "", "")


def test_an_interrupt_ends_it_as_cleanly(tmp_path: Path) -> None:
    with _program(ServerStore(tmp_path / "centre", None)) as program:
        assert program.end(signal.SIGINT) == (0, "", "")


def test_killed_between_and_during_pushes_it_loses_and_doubles_nothing(server_store: ServerStore) -> None:
    """Every batch is sent, the server is killed at another moment each time, and the batch is sent again."""
    program = Program(server_store)
    clock = SystemClock()
    code = admin.enrol_code(server_store.data, server_store.database_url, STATION)
    desk = WireDesk(program.url, clock, code)
    counter = desk.create(title="计数", hours=0)
    desk.push(counter)
    batches = 0
    try:
        for after_s in (0.0, 0.012, 0.024, 0.5):
            batch = [desk.create(title=f"{batches}-{n}") for n in range(100)]
            batch += [desk.patch("thing", counter["id"], newcount={"by": 1}) for _ in range(5)]
            _push_and_kill(program, desk, batch, after_s)
            desk.http.close()
            program = Program(server_store, port=program.port)
            assert {r["outcome"] for r in desk.push(*batch)} == {"applied"}
            batches += 1
        reader = WireDesk(desk.url, clock, admin.enrol_code(server_store.data, server_store.database_url, STATION))
        bodies = {row["rec"]["id"]: row["rec"]["body"] for row in reader.pull_all()}
        assert len(bodies) == 100 * batches + 1
        assert bodies[counter["id"]]["newcount"] == 5 * batches
        reader.close()
    finally:
        desk.close()
        program.end(signal.SIGKILL)


def _push_and_kill(program: Program, desk: WireDesk, ops: list[dict[str, object]], after_s: float) -> None:
    """Send a batch and kill the server ``after_s`` seconds later, wherever it is then."""
    import threading

    killer = threading.Timer(after_s, program.process.send_signal, [signal.SIGKILL])
    killer.start()
    try:
        with contextlib.suppress(requests.RequestException):  # what this is about: the answer never came
            desk.push(*ops)
    finally:
        killer.join()
        program.process.communicate(timeout=30)


def test_another_address_than_loopback_needs_tls(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "::", "192.168.1.5", "example.org"):
        with pytest.raises(InvalidError):
            serve(tmp_path / "centre", host)
    with pytest.raises(InvalidError):
        serve(tmp_path / "centre", tls_cert=tmp_path / "cert.pem")
    assert not (tmp_path / "centre").exists()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "zzsync test")])
    now = datetime.now(UTC)
    cert = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(pem)
    (folder / "cert.pem").write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    return folder / "cert.pem", folder / "key.pem"


def test_it_speaks_tls_with_a_private_authority(tmp_path: Path) -> None:
    cert, key = _certificate(tmp_path)
    with _program(ServerStore(tmp_path / "centre", None), cert=str(cert), key=str(key)) as program:
        assert program.url.startswith("https://127.0.0.1:")
        assert requests.get(f"{program.url}/v1/health", verify=str(cert), timeout=10).status_code == 200
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(f"{program.url}/v1/health", timeout=10)
        assert program.end(signal.SIGTERM)[0] == 0


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with _program(ServerStore(tmp_path / "one", None)) as program, pytest.raises(OSError, match="in use"):
        serve(tmp_path / "two", port=program.port)


def test_a_desk_says_that_it_does_not_trust_the_certificate_until_it_is_given(tmp_path: Path) -> None:
    cert, key = _certificate(tmp_path)
    store = ServerStore(tmp_path / "centre", None)
    desk, _ = create_home(tmp_path / "desk", STATION, "lin", "Tea-table 2026 desk", cost=TEST_COST)
    with desk, _program(store, cert=str(cert), key=str(key)) as program:
        url, code = program.url, admin.enrol_code(store.data, None, STATION)
        with pytest.raises(NotOursError, match="证书"):
            enrol(desk, url, code)
        with pytest.raises(InvalidError):
            enrol(desk, url, code, ca=key)
        enrol(desk, url, code, ca=cert)
        assert sync_once(desk).pending == 0
