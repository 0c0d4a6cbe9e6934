"""A system keyring for tests: a real backend of the library that forgets everything at the end of the test."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class InMemory(KeyringBackend):
    """Keeps what it is given in a dictionary; ``shut`` makes it refuse as one that its owner did not open."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.shut = False

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret."""
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        self._open()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError

    def _open(self) -> None:
        if self.shut:
            raise KeyringLocked


def in_memory() -> Iterator[InMemory]:
    """Put one in place of the machine's keyring for a while."""
    before, memory = keyring.get_keyring(), InMemory()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)
