"""The keyring of the operating system: Windows Credential Locker, macOS Keychain, Secret Service, KWallet.

A headless machine has none; then ``keyring`` offers its ``fail`` backend, and the password way is the only one.
The library is imported when it is used: it looks for backends on import.
"""

from __future__ import annotations

from typing import Final

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_

_SERVICE: Final = "zzdesk"
NO_KEYRING: Final = N_("这台电脑没有可用的系统密钥库，请用密码登录。")


def keep(name: str, value: str) -> None:
    """Put a secret into the keyring of this user.

    Raises:
        RefusedError: this machine has no usable keyring.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, name, value)
    except (KeyringError, OSError) as error:
        raise RefusedError(NO_KEYRING) from error


def ask(name: str) -> str | None:
    """Get a secret back; None when the keyring does not know it.

    Raises:
        RefusedError: this machine has no usable keyring.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, name)
    except (KeyringError, OSError) as error:
        raise RefusedError(NO_KEYRING) from error


def drop(name: str) -> None:
    """Take a secret out of the keyring, if it is there."""
    import keyring
    from keyring.errors import KeyringError, NoKeyringError, PasswordDeleteError

    try:
        keyring.delete_password(_SERVICE, name)
    except (PasswordDeleteError, NoKeyringError):
        return  # it is not there (any more), which is what is wanted
    except (KeyringError, OSError) as error:
        raise RefusedError(NO_KEYRING) from error
