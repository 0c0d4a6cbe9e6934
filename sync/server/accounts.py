"""Devices of the centre: enrolled by a one-time code, known by an Ed25519 key, let in by short tokens."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Row, select, update

from sync.merge import ACCOUNT_KIND, RecordState
from sync.problems import WireError
from sync.protocol import EnrolRequest, TokenRequest
from sync.server import rows
from sync.server.centre import Centre, identity
from sync.server.scopes import Ceiling, add_nodes
from sync.server.tables import device, device_gap, device_user, enrol_attempt, enrol_code
from zzdesk.clock import from_iso, to_iso
from zzdesk.typed import read

ACTIVE: Final = "active"
ESCROW: Final = "escrow"
DEAD: Final = "dead"

_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH: Final = 10
_SKEW_NOTED_MS: Final = 1000


@dataclass(frozen=True)
class Speaker:
    """Whom a token names: a device, the account logged in on it, and whether the person proved to be that account."""

    device_id: str
    user: str
    proven: bool


@dataclass(frozen=True)
class Caller:
    """Who speaks: a device that is not dead, and the account logged in on it."""

    device_id: str
    user: str
    station: str
    skew_ms: int | None
    schema: int | None
    status: str
    ceiling: Ceiling
    narrowed: tuple[tuple[str, str], ...] = ()
    """Codes that were taken out of the ceiling, and when."""
    open_since: str = ""
    gaps: tuple[tuple[str, str], ...] = ()
    """Times without contact that were longer than an offline log-in lasts."""


# ---- enrolment ------------------------------------------------------------------------------------------------------


def _code_hash(centre: Centre, code: str) -> str:
    """Return what is stored of a code. Keyed, so that a copied database does not give codes away."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hmac.new(centre.key("enrol"), plain.encode(), hashlib.sha256).hexdigest()


def make_code(centre: Centre, station: str) -> str:
    """Return a new one-time code for a station, valid for 15 minutes; only its keyed hash is stored."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    now = centre.now()
    row = {
        "code_hash": _code_hash(centre, code), "station": station, "made_at": to_iso(now),
        "expires_at": to_iso(now + timedelta(seconds=centre.settings.code_s)),
    }  # fmt: skip
    with centre.database.writing() as connection:
        connection.execute(enrol_code.insert(), row)
    return f"{code[:5]}-{code[5:]}"


def enrol(centre: Centre, request: EnrolRequest, address: str) -> Row[Any]:
    """Return the device that a code lets in; a retry with the same key gets the same device.

    Raises:
        WireError: enrol-refused; rate-limited after too many failures from one address; malformed key; other-centre,
            other-station: the code stays good.
    """
    key = _public_key(request.device_pubkey)
    with centre.database.writing() as connection:
        _refuse_other_centre(connection, request)
        _refuse_guessing(centre, connection, address)
        found = _spend(centre, connection, request, key)
        if found is None:
            _count_failure(centre, connection, address)
    if found is None:
        raise WireError("enrol-refused")
    return found


def _refuse_other_centre(connection: Connection, request: EnrolRequest) -> None:
    if request.server_id is not None:
        now = identity(connection)
        if request.server_id != now.server_id:
            raise WireError("other-centre")


def _public_key(text: str) -> str:
    try:
        raw = base64.b64decode(text, validate=True)
        Ed25519PublicKey.from_public_bytes(raw)
    except (binascii.Error, ValueError):
        raise WireError("malformed", reason="device_pubkey") from None
    return base64.b64encode(raw).decode()


def _spend(centre: Centre, connection: Connection, request: EnrolRequest, key: str) -> Row[Any] | None:
    wanted = select(enrol_code).where(enrol_code.c.code_hash == _code_hash(centre, request.code)).with_for_update()
    code = connection.execute(wanted).first()
    if code is None or code.expires_at <= centre.now_iso():
        return None
    if request.station is not None and request.station != code.station:
        raise WireError("other-station", station=code.station)
    if code.used_at is not None:
        again = connection.execute(select(device).where(device.c.id == code.device_id)).one()
        return again if again.pubkey == key else None
    device_id = f"d-{secrets.token_hex(8)}"
    row = {
        "id": device_id, "name": request.name, "station": code.station, "pubkey": key, "status": ACTIVE,
        "scope_ceiling": msgspec.json.encode([code.station]).decode(), "enrolled_at": centre.now_iso(),
    }  # fmt: skip
    connection.execute(device.insert(), row)
    add_nodes(connection, {code.station: None})
    used = {"used_at": centre.now_iso(), "device_id": device_id}
    connection.execute(update(enrol_code).where(enrol_code.c.code_hash == code.code_hash).values(used))
    return connection.execute(select(device).where(device.c.id == device_id)).one()


def _refuse_guessing(centre: Centre, connection: Connection, address: str) -> None:
    attempts = connection.execute(select(enrol_attempt).where(enrol_attempt.c.address == address)).first()
    if attempts is None or attempts.failures < centre.settings.enrol_failures:
        return
    free_at = from_iso(attempts.since) + timedelta(seconds=centre.settings.enrol_window_s)
    wait = (free_at - centre.now()).total_seconds()
    if wait > 0:
        raise WireError("rate-limited", retry_after_s=max(1, round(wait)))


def _count_failure(centre: Centre, connection: Connection, address: str) -> None:
    there = connection.execute(select(enrol_attempt).where(enrol_attempt.c.address == address)).first()
    begin = to_iso(centre.now() - timedelta(seconds=centre.settings.enrol_window_s))
    if there is None:
        row = {"address": address, "since": centre.now_iso(), "failures": 1}
        connection.execute(enrol_attempt.insert(), row)
        return
    fresh = {"since": centre.now_iso(), "failures": 1}
    more = {"failures": enrol_attempt.c.failures + 1}
    change = update(enrol_attempt).where(enrol_attempt.c.address == address)
    connection.execute(change.values(fresh if there.since <= begin else more))


# ---- tokens ---------------------------------------------------------------------------------------------------------


class _Claims(msgspec.Struct):
    device: str
    user: str
    until: str
    proven: bool = False


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def issue_token(centre: Centre, request: TokenRequest) -> str:
    """Return a bearer token for a device that proves its key; notes how far its clock is off.

    Raises:
        WireError: as ``speaker_of``.
    """
    speaker = speaker_of(centre, request)
    _note_skew(centre, request)
    note_reader(centre, request)
    if speaker.proven:
        note_users(centre, speaker.device_id, [speaker.user])
    until = to_iso(centre.now() + timedelta(seconds=centre.settings.token_s))
    claims = msgspec.json.encode(_Claims(speaker.device_id, speaker.user, until, speaker.proven))
    return f"{_b64(claims)}.{_b64(hmac.digest(centre.key('token'), claims, hashlib.sha256))}"


def speaker_of(centre: Centre, request: TokenRequest) -> Speaker:
    """Return who speaks: a device that proves its key, and whether the person on it proves to be who they say.

    Raises:
        WireError: unauthorised, device-dead, account-disabled, malformed.
    """
    try:
        from_iso(request.at)
        signature = base64.b64decode(request.sig, validate=True)
    except (ValueError, OverflowError):
        raise WireError("malformed", reason="at or sig") from None
    with centre.database.reading() as connection:
        row = connection.execute(select(device).where(device.c.id == request.device_id)).first()
        account = accounts(connection, {request.user}).get(request.user)
    if row is None or not _is_signed(row.pubkey, signature, request.signed()):
        raise WireError("unauthorised")
    _must_be_alive(row.status)  # one in escrow is heard: it hands over its work and is told to wipe itself
    if account is not None and is_stopped(account):
        raise WireError("account-disabled")
    return Speaker(row.id, request.user, is_proof(account, request.proof, request.signed()))


def accounts(connection: Connection, users: Iterable[str]) -> dict[str, RecordState]:
    """Return those of the accounts that the centre holds."""
    found = rows.load(connection, [(ACCOUNT_KIND, user) for user in users], lock=False)
    return {key[1]: stored.state for key, stored in found.items()}


def is_stopped(account: RecordState) -> bool:
    """Return whether an account was disabled or declared void."""
    return bool(account.body.get("disabled")) or account.voided


def is_proof(account: RecordState | None, signature: str | None, message: bytes) -> bool:
    """Return whether a signature (base64) was made by the key of the account's password."""
    key = account.body.get("proof_key") if account else None
    if not isinstance(key, str) or signature is None:
        return False
    try:
        return _is_signed(key, base64.b64decode(signature, validate=True), message)
    except ValueError:  # neither is checked when it arrives
        return False


def _is_signed(pubkey: str, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(pubkey)).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _note_skew(centre: Centre, request: TokenRequest) -> None:
    skew_ms = round((from_iso(request.at) - centre.now()).total_seconds() * 1000)
    mine = device.c.id == request.device_id
    with centre.database.reading() as connection:
        noted = connection.execute(select(device.c.skew_ms).where(mine)).scalar()
    if noted is None or abs(noted - skew_ms) >= _SKEW_NOTED_MS:
        with centre.database.writing() as connection:
            connection.execute(update(device).where(mine).values(skew_ms=skew_ms))


def note_reader(centre: Centre, request: TokenRequest) -> None:
    """Keep the key that a device reads bundles with, where it is a new one."""
    mine = device.c.id == request.device_id
    with centre.database.reading() as connection:
        noted = connection.execute(select(device.c.reader).where(mine)).scalar()
    if request.reader is not None and request.reader != noted:
        with centre.database.writing() as connection:
            connection.execute(update(device).where(mine).values(reader=request.reader))


def _must_be_alive(status: str) -> None:
    if status == DEAD:
        raise WireError("device-dead")


def bearer(header: str | None) -> str:
    """Return the token of an ``Authorization: Bearer`` header, empty where it holds none."""
    scheme, _, token = (header or "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def read_token(centre: Centre, header: str | None) -> Speaker:
    """Return whom an ``Authorization: Bearer`` header names.

    Raises:
        WireError: unauthorised: absent, forged or expired.
    """
    try:
        claims, seal = (_unb64(part) for part in bearer(header).split("."))
        if not hmac.compare_digest(hmac.digest(centre.key("token"), claims, hashlib.sha256), seal):
            raise WireError("unauthorised")
        said = read(claims, _Claims)
    except (ValueError, binascii.Error):
        raise WireError("unauthorised") from None
    if said.until <= centre.now_iso():
        raise WireError("unauthorised")
    return Speaker(said.device, said.user, said.proven)


_DEVICE: Final = tuple(column.name for column in device.c)


def device_row(connection: Connection, device_id: str) -> Row[Any] | None:
    """Return what is stored of a device."""
    found = list(rows.among(connection, device, _DEVICE, "id", (device_id,)))
    return found[0] if found else None


def caller_of(connection: Connection, speaker: Speaker, *, escrow: bool = False) -> Caller:
    """Return who speaks, as the device stands at this moment; ``escrow`` lets one in that may only hand over its work.

    Raises:
        WireError: the device is unknown, in escrow, or dead.
    """
    row = device_row(connection, speaker.device_id)
    if row is None:
        raise WireError("unauthorised")
    _must_be_alive(row.status)
    if row.status == ESCROW and not escrow:
        raise WireError("device-escrow")
    return _caller(connection, row, speaker.user)


def caller_for(connection: Connection, device_id: str) -> Caller:
    """Return a device as one that speaks, whatever state it is in by now."""
    return _caller(connection, connection.execute(select(device).where(device.c.id == device_id)).one(), "")


def _caller(connection: Connection, row: Row[Any], user: str) -> Caller:
    gaps = rows.among(connection, device_gap, ("from_ts", "to_ts"), "device_id", (row.id,))
    narrowed = read(row.narrowed, list[tuple[str, str]]) if row.narrowed else []
    return Caller(
        row.id, user, row.station, row.skew_ms, row.schema_ver, row.status, Ceiling.of(row), tuple(narrowed),
        row.open_since or "", tuple((gap.from_ts, gap.to_ts) for gap in gaps),
    )  # fmt: skip


def note_users(centre: Centre, device_id: str, users: Iterable[str]) -> None:
    """Note who has proved to be at a device, where that is new."""
    wanted = sorted(set(users))
    with centre.database.reading() as connection:
        missing = _not_noted(connection, device_id, wanted)
    if not missing:
        return
    with centre.database.writing() as connection:
        rows_ = [
            {"device_id": device_id, "user_id": user, "since": centre.now_iso()}
            for user in _not_noted(connection, device_id, missing)
        ]
        if rows_:
            connection.execute(device_user.insert(), rows_)


def _not_noted(connection: Connection, device_id: str, users: Sequence[str]) -> list[str]:
    mine = select(device_user.c.user_id).where(device_user.c.device_id == device_id, device_user.c.user_id.in_(users))
    there = set(connection.execute(mine).scalars())
    return [user for user in users if user not in there]
