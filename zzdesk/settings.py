"""Typed settings of a home, and what the home says about itself. Neither is secret: both are read before log-in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from zzdesk.errors import BrokenDatabaseError, NewerDatabaseError, NotFoundError
from zzdesk.i18n import N_
from zzdesk.store.files import write_private
from zzdesk.typed import convert, read

FORMAT: Final = 1
KIOSK_IDLE: Final = (45, 600)
"""Seconds of silence until the kiosk forgets: the question of the last fifteen stands there when thirty have gone by
(domain/2-rules.md B3.5: no confirmation that must be given within less)."""
Minutes = Annotated[int, msgspec.Meta(ge=1, le=240)]


class Settings(msgspec.Struct, forbid_unknown_fields=False):
    """Choices of this machine.

    ``idle_lock_minutes``: 10 at a desk, 5 on a field laptop (domain/2-rules.md B5.2); ``backup_keep``: how many
    rotating backups stay; ``backup_hours``: how old the newest may get before the desk makes another by itself;
    ``system_keyring``: whether accounts may log in by the keyring of the system, and ``keyring_unlocks``: whether
    the locked screen opens by it too (else it asks for the password); ``files_sync``: False on a metered line, where
    only records go; ``kiosk_large``: the touch kiosk begins in extra-large letters; ``kiosk_printer``: where its slips come out,
    empty for the printer of the system; ``files_bytes_per_s``: what files may take of the line, 0 for all of it.
    """

    language: Literal["zh", "en"] = "zh"
    theme: Literal["system", "light", "dark"] = "system"
    scale: Annotated[int, msgspec.Meta(ge=80, le=300)] = 100
    idle_lock_minutes: Minutes = 10
    kiosk_idle_seconds: Annotated[int, msgspec.Meta(ge=KIOSK_IDLE[0], le=KIOSK_IDLE[1])] = 75
    kiosk_large: bool = False
    kiosk_voice: bool = True
    kiosk_printer: Annotated[str, msgspec.Meta(max_length=200)] = ""
    backup_folder: str | None = None
    backup_keep: Annotated[int, msgspec.Meta(ge=1, le=365)] = 7
    backup_hours: Annotated[int, msgspec.Meta(ge=1, le=720)] = 24
    system_keyring: bool = False
    keyring_unlocks: bool = False
    files_sync: bool = True
    files_bytes_per_s: Annotated[int, msgspec.Meta(ge=0, le=10**9)] = 0
    sync_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 5


class HomeInfo(msgspec.Struct, frozen=True):
    """What home this is: its station, and the account that ``init`` made.

    ``test`` homes say so everywhere, and only in them does ZZDESK_NOW set the clock (decision 21).
    """

    format: int
    station: str
    first_login: str
    created_at: str
    test: bool = False


def load_settings(path: Path) -> Settings:
    """Read the settings; what is missing or cannot be understood takes its default, one field at a time."""
    try:
        raw = msgspec.json.decode(path.read_bytes())
    except (FileNotFoundError, msgspec.DecodeError):
        return Settings()
    return _tolerant(raw) if isinstance(raw, dict) else Settings()


def _tolerant(raw: dict[str, object]) -> Settings:
    good: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        if field.name not in raw:
            continue
        try:
            good[field.name] = convert(raw[field.name], field.type)
        except msgspec.ValidationError:
            continue  # a value of another version: its default is better than not starting
    return convert(good, Settings)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings in one step.

    Raises:
        msgspec.ValidationError: a value is out of its range.
    """
    checked = convert(msgspec.to_builtins(settings), Settings)
    write_private(path, msgspec.json.format(msgspec.json.encode(checked), indent=1) + b"\n")


def change_settings(path: Path, **values: object) -> Settings:
    """Change some settings and leave the others as they lie on the disk; returns all of them.

    Raises:
        msgspec.ValidationError: a value is out of its range.
    """
    settings = msgspec.structs.replace(load_settings(path), **values)
    save_settings(path, settings)
    return settings


def load_info(path: Path) -> HomeInfo:
    """Read what home this is.

    Raises:
        NotFoundError: there is no finished home.
        NewerDatabaseError: a newer program made it.
        BrokenDatabaseError: it cannot be understood.
    """
    try:
        info = read(path.read_bytes(), HomeInfo)
    except FileNotFoundError:
        raise NotFoundError(N_("这个文件夹里没有工作站，请先初始化。")) from None
    except msgspec.DecodeError as error:
        raise BrokenDatabaseError(N_("home.json 已损坏，请从备份恢复。")) from error
    if info.format > FORMAT:
        raise NewerDatabaseError(N_("这个工作站由更新的版本建立，请先升级程序。"))
    return info


def save_info(path: Path, info: HomeInfo) -> None:
    """Write what home this is; the last step of making one."""
    write_private(path, msgspec.json.format(msgspec.json.encode(info), indent=1) + b"\n")
