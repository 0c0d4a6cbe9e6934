"""Settings survive other versions and half-written files; a home says what it is."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from zzdesk.errors import BrokenDatabaseError, NewerDatabaseError, NotFoundError
from zzdesk.paths import HomePaths, default_home
from zzdesk.settings import HomeInfo, Settings, load_info, load_settings, save_info, save_settings


def test_settings_come_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert load_settings(path) == Settings()
    changed = Settings(language="en", idle_lock_minutes=5, backup_folder="E:\\备份")
    save_settings(path, changed)
    assert load_settings(path) == changed


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff"])
def test_a_broken_file_means_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    assert load_settings(tmp_path / "settings.json") == Settings()


def test_what_another_version_wrote_costs_only_its_own_field(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "sepia", "backup_keep": 0, "language": "en", "of_the_future": [1]}))
    assert load_settings(path) == Settings(language="en")


def test_a_value_out_of_range_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    with pytest.raises(msgspec.ValidationError):
        save_settings(path, Settings(idle_lock_minutes=0))
    assert not path.exists()


def test_a_home_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "home.json"
    with pytest.raises(NotFoundError):
        load_info(path)
    info = HomeInfo(1, "350602002004", "li", "2026-11-23T01:00:00.000Z", test=True)
    save_info(path, info)
    assert load_info(path) == info
    save_info(path, msgspec.structs.replace(info, format=2))
    with pytest.raises(NewerDatabaseError):
        load_info(path)
    path.write_text("{}")
    with pytest.raises(BrokenDatabaseError):
        load_info(path)


def test_the_home_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZZDESK_HOME", str(tmp_path / "here"))
    assert default_home() == tmp_path / "here"
    monkeypatch.delenv("ZZDESK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert default_home().name == "zzdesk"


def test_everything_of_a_home_lies_inside_it(tmp_path: Path) -> None:
    paths = HomePaths(tmp_path)
    found = [value.fget(paths) for value in vars(HomePaths).values() if isinstance(value, property)]
    named = [path for each in found for path in (each if isinstance(each, tuple) else (each,))]
    assert len(named) >= 9
    assert all(path.parent == tmp_path for path in named)
