"""Password rules of domain/2-rules.md B5.2."""

from __future__ import annotations

import subprocess
import sys

import pytest

from zzdesk.accounts.passwords import character_classes, check_password
from zzdesk.errors import InvalidError


@pytest.mark.parametrize(
    "password",
    ["Desk-4711-blue", "xK9#mpq2", "correct horse battery", "青山绿水常在心头永远不忘记", "wJ7漳州旧桥边"],
)
def test_good_ones(password: str) -> None:
    check_password(password, login="li")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("xK9#mp2", "密码至少 8 位。"),
        ("", "密码至少 8 位。"),
        ("abcdefgh", "密码要含大写、小写、数字、符号中的三种，或者至少 12 位。"),
        ("abcd1234xyz", "密码要含大写、小写、数字、符号中的三种，或者至少 12 位。"),
        ("Passw0rd!", "这个密码太容易猜到，请换一个。"),
        ("Abcd1234", "这个密码太容易猜到，请换一个。"),
        ("aaaaaaaaaaaa", "这个密码太容易猜到，请换一个。"),
        ("123456789012", "这个密码太容易猜到，请换一个。"),
        ("Limei-4711-blue", "密码不能包含用户名。"),
        ("x" * 257, "密码最多 256 位。"),
    ],
)
def test_bad_ones_say_why(password: str, why: str) -> None:
    with pytest.raises(InvalidError) as caught:
        check_password(password, login="limei")
    assert [(problem.field, problem.text("zh")) for problem in caught.value.problems] == [("password", why)]


def test_what_is_known_about_a_person_makes_a_password_weaker() -> None:
    check_password("Chenxiaohong7!", login="c1")
    with pytest.raises(InvalidError):
        check_password("Chenxiaohong7!", login="c1", about=["chenxiaohong"])


@pytest.mark.parametrize(
    ("password", "classes"),
    [("abc", 1), ("aB", 2), ("aB1", 3), ("aB1 ", 4), ("漳州", 1), ("漳a", 2), ("", 0)],
)
def test_classes(password: str, classes: int) -> None:
    assert character_classes(password) == classes


def test_the_word_lists_are_loaded_only_when_asked_for() -> None:
    modules = ("zxcvbn", "alembic", "keyring")
    code = f"import sys, zzdesk.desk.session, zzdesk.accounts.passwords; print(*[m in sys.modules for m in {modules}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"] * 3
