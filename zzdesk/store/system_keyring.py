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
PLAIN_KEYRING: Final = N_("这台电脑的密钥库把内容原样写在文件里，不能用来登录，请用密码登录。")
_PLAIN: Final = ("keyrings.alt.",)
"""Where backends live that keep secrets in files of their own making, readable or nearly so."""


def require() -> None:
    """Check that this machine has a keyring that keeps secrets; the person may be asked to open it only later.

    Raises:
        RefusedError: there is none, or it would write the secret into a plain file.
    """
    import keyring
    from keyring.backends import fail, null
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
    except (KeyringError, OSError) as error:
        raise RefusedError(NO_KEYRING) from error
    if isinstance(backend, fail.Keyring | null.Keyring):
        raise RefusedError(NO_KEYRING)
    if type(backend).__module__.startswith(_PLAIN):
        raise RefusedError(PLAIN_KEYRING)


def keep(name: str, value: str) -> None:
    """Put a secret into the keyring of this user.

    Raises:
        RefusedError: this machine has no usable keyring.
    """
    import keyring
    from keyring.errors import KeyringError

    require()
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
