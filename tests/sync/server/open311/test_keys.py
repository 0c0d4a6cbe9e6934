"""Keys: only their hashes lie anywhere, and a key opens for its holder alone."""

from __future__ import annotations

from sync.server.open311.keys import HASH, hash_of, holder, new_key


def test_a_key_opens_for_its_holder_alone() -> None:
    keys = {code: new_key() for code in ("app", "city")}
    hashes = {code: hash_of(key) for code, key in keys.items()}
    assert all(HASH.fullmatch(known) and keys[code] not in known for code, known in hashes.items())
    assert [holder(keys[code], hashes) for code in keys] == ["app", "city"]
    for wrong in ("", "钥匙", hashes["app"], keys["app"][:-1], new_key()):
        assert holder(wrong, hashes) is None
