"""``zzdesk server open311-key``: a key with which another program may report to the centre."""

from __future__ import annotations

from zzdesk.cli.output import json_line, say
from zzdesk.cli.words import command, json_option
from zzdesk.i18n import N_


@command(N_("为一个对方生成上报用的密钥（Open311）；密钥只显示这一次，配置里写它的 sha256"), name="open311-key")
@json_option
def open311_key(as_json: bool) -> None:
    """Print a new key, and what stands for it in the operator's file. Neither is kept anywhere."""
    from sync.server.open311.keys import hash_of, new_key

    key = new_key()
    if as_json:
        json_line({"key": key, "key_hash": hash_of(key)})
        return
    say(N_("给对方的密钥（请用可靠的办法交给对方）：{key}"), key=key)
    say(N_("写进 partners.toml 里这个对方的 key_hash：{known}"), known=hash_of(key))
