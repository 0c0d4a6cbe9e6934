"""``zzdesk account``: who may log in at this station, and with which roles."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from zzdesk.cli.context import NEW_PASSPHRASE, Invocation, secret
from zzdesk.cli.output import json_line, say, table
from zzdesk.cli.words import Group, command, json_option, option
from zzdesk.i18n import N_

pass_invocation = click.make_pass_decorator(Invocation)
new_passphrase = option(
    "--new-passphrase-file", type=click.Path(path_type=Path),
    help=N_("存放新密码的文件；也可用环境变量ZZDESK_NEW_PASSPHRASE"),
)  # fmt: skip


@click.group(cls=Group, help=N_("管理本站的账号"))
def account() -> None:
    """Look after accounts."""


def _new_secret(file: Path | None) -> str:
    return secret(NEW_PASSPHRASE, file, N_("新密码"), confirm=True)


@command(N_("列出账号"), name="list")
@json_option
@pass_invocation
def list_accounts(invocation: Invocation, as_json: bool) -> None:
    """Print the accounts of this station, by login."""
    from zzdesk.accounts.queries import list_accounts as ask

    with invocation.desk() as desk:
        rows = desk.read(ask, limit=500).rows
    for row in rows:
        if as_json:
            json_line({
                "id": row.id, "login": row.login, "display_name": row.display_name, "roles": row.roles,
                "disabled": row.disabled,
            })  # fmt: skip
        else:
            table([(row.login, row.display_name, ",".join(row.roles), "-" if row.disabled else "")])


@command(N_("添加账号"))
@click.argument("login")
@option("--name", required=True, help=N_("姓名"))
@option("--role", "roles", multiple=True, required=True, help=N_("角色，可写多次"))
@new_passphrase
@pass_invocation
def add(
    invocation: Invocation, login: str, name: str, roles: tuple[str, ...], new_passphrase_file: Path | None
) -> None:
    """Register an account and give it a password on this machine."""
    from zzdesk.desk.accounts import add_account

    with invocation.desk() as desk:
        print(add_account(desk, login, name, roles, _new_secret(new_passphrase_file)).created[0])


@command(N_("更换一个账号的角色"))
@click.argument("login")
@option("--role", "wanted", multiple=True, required=True, help=N_("角色，可写多次"))
@pass_invocation
def roles(invocation: Invocation, login: str, wanted: tuple[str, ...]) -> None:
    """Give an account other roles."""
    from zzdesk.accounts.commands import set_roles
    from zzdesk.actor import account_id
    from zzdesk.store.keys import login_name

    with invocation.desk() as desk:
        desk.write(set_roles, account_id(desk.station, login_name(login)), wanted)


@command(N_("设置密码；不写用户名就是自己的"))
@click.argument("login", required=False)
@new_passphrase
@pass_invocation
def password(invocation: Invocation, login: str | None, new_passphrase_file: Path | None) -> None:
    """Change one's own password, or set that of another account."""
    from zzdesk.desk.accounts import change_own_password, reset_password

    with invocation.desk() as desk:
        new = _new_secret(new_passphrase_file)
        if login is None:
            change_own_password(desk, invocation.passphrase(), new)
        else:
            reset_password(desk, login, new)


@command(N_("停用一个账号"))
@click.argument("login")
@pass_invocation
def disable(invocation: Invocation, login: str) -> None:
    """Stop an account; what it did stays."""
    from zzdesk.desk.accounts import disable_account

    with invocation.desk() as desk:
        disable_account(desk, login)


@command(N_("重新启用一个账号"))
@click.argument("login")
@new_passphrase
@pass_invocation
def enable(invocation: Invocation, login: str, new_passphrase_file: Path | None) -> None:
    """Let a stopped account log in again, with a new password."""
    from zzdesk.desk.accounts import enable_account

    with invocation.desk() as desk:
        enable_account(desk, login, _new_secret(new_passphrase_file))


@command(N_("用恢复密钥（在标准输入的第一行）给自己设新密码，并得到新的恢复密钥"))
@new_passphrase
@pass_invocation
def recover(invocation: Invocation, new_passphrase_file: Path | None) -> None:
    """Come back with the recovery key when the password is lost; prints the new recovery key once."""
    import zzdesk.catalogue  # noqa: F401 - the kinds must be known before anything reads or writes them
    from zzdesk.desk.accounts import set_password_after_recovery
    from zzdesk.desk.session import open_desk_by_recovery

    key = sys.stdin.readline()
    with open_desk_by_recovery(invocation.folder, invocation.user, key) as desk:
        renewed = set_password_after_recovery(desk, _new_secret(new_passphrase_file))
    say(N_("密码已更换。新的恢复密钥如下，旧的已作废："))
    print(renewed)


for _command in (list_accounts, add, roles, password, disable, enable, recover):
    account.add_command(_command)
