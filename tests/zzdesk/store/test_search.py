"""Full-text search on the real encrypted engine: the same recall as LIKE, names by pinyin, phones by their end."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from zzdesk.store import search
from zzdesk.store.engine import Store

HAN = "的一是在不了有和人这中大为上个国邻里噪音漏水王伟强纠纷漳州芗城西桥社区𠮷㐀𰻞龿々"
LATIN = "abXY012"
PUNCTUATION = "，。 、；（）-_\"'*:\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.create(tmp_path_factory.mktemp("search") / "desk.db", bytes(range(32)))
    with store.writer() as session:
        for statement in search.DDL:
            session.execute(text(statement))
        session.commit()
    yield store
    store.close()


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """A writer whose work is rolled back at the end."""
    with store.writer() as session:
        yield session
        session.rollback()


def found(session: Session, asked: str, **options: object) -> set[str]:
    return {record_id for _, record_id in search.search(session, asked, limit=10_000, **options)}  # type: ignore[arg-type]


def fill(session: Session, texts: list[str]) -> None:
    search.index_all(session, [("report", f"r{at}", body, "") for at, body in enumerate(texts)])


bodies = st.text(alphabet=HAN + PUNCTUATION, max_size=40)


@given(texts=st.lists(bodies, min_size=1, max_size=12), asked=st.text(alphabet=HAN, min_size=1, max_size=4))
@example(texts=["邻里，噪音", "邻里噪音"], asked="里噪")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_recall_is_that_of_like(store: Store, texts: list[str], asked: str) -> None:
    with store.writer() as session:
        fill(session, texts)
        assert found(session, asked) == {f"r{at}" for at, body in enumerate(texts) if asked in body}
        session.rollback()


@given(texts=st.lists(bodies, min_size=1, max_size=8), data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_piece_of_a_text_finds_it(store: Store, texts: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(texts) - 1))
    whole = texts[at]
    start = data.draw(st.integers(0, len(whole)))
    piece = whole[start : start + data.draw(st.integers(1, 6))]
    with store.writer() as session:
        fill(session, texts)
        if any(char in HAN for char in piece):
            assert f"r{at}" in found(session, piece)
        session.rollback()


@given(asked=st.text(max_size=30) | st.text(alphabet="\"'*^:+-(){}~NEARORANDNOT \\%_;\x00王1", max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_nothing_that_may_be_typed_breaks_the_query(store: Store, asked: str) -> None:
    with store.writer() as session:
        fill(session, ["邻里噪音 王伟 1", 'NEAR("x" OR names:*)'])
        assert found(session, asked) <= {"r0", "r1"}
        session.rollback()


def test_one_and_two_characters(session: Session) -> None:
    fill(session, ["王伟来访", "与王家有关", "噪音扰民", "伟大的王"])
    assert found(session, "王") == {"r0", "r1", "r3"}
    assert found(session, "王伟") == {"r0"}
    assert found(session, "噪音") == {"r2"}
    assert found(session, "伟 王") == {"r0", "r3"}
    assert found(session, "王伟 噪音") == set()


def test_words_and_numbers_from_their_beginning(session: Session) -> None:
    fill(session, ["编号 SJ-20261123-0004 Loud Music", "sj-20261124-0001", "（ＳＪ）全角"])
    assert found(session, "sj-20261123") == {"r0"}
    assert found(session, "SJ") == {"r0", "r1", "r2"}
    assert found(session, "lou") == {"r0"}
    assert found(session, "music loud") == {"r0"}
    assert found(session, "usic") == set()


def test_names_by_character_pinyin_and_initials(session: Session) -> None:
    search.index(session, "person", "p1", "住西桥社区", "王晓明")
    search.index(session, "person", "p2", "", "单雄信 曾国藩")
    search.index(session, "person", "p3", "王", "")
    for asked in ("王晓", "明", "wangxiaoming", "wangxiao", "wxm", "xm", "xiaoming", "WXM"):
        assert found(session, asked) == {"p1"}, asked
    for asked in ("sxx", "shanxiong", "danxiong", "zgf", "cengguo", "zeng"):
        assert found(session, asked) == {"p2"}, asked
    assert found(session, "wxm 西桥") == {"p1"}
    assert found(session, "王") == {"p1", "p3"}
    assert found(session, "信曾") == set()


def test_numbers_by_their_end(session: Session) -> None:
    fill(session, ["电话13805965678", "0596-2905678", "35060319900115331X", "5678号", "56781234567"])
    assert found(session, "5678") == {"r0", "r1", "r3", "r4"}
    assert found(session, "65678") == {"r0"}
    assert found(session, "331X") == {"r2"}
    assert found(session, "678") == set()
    assert found(session, "138059") == {"r0"}


def test_indexing_again_replaces_and_removing_removes(session: Session) -> None:
    search.index(session, "report", "r1", "漏水", "王伟")
    search.index(session, "report", "r1", "噪音", "李强")
    assert found(session, "漏水") == found(session, "王伟") == found(session, "ww") == set()
    assert found(session, "噪音") == found(session, "lq") == {"r1"}
    search.remove(session, "report", "r1")
    search.remove(session, "report", "never there")
    assert found(session, "噪音") == set()
    assert session.execute(text("SELECT count(*) FROM search_doc")).scalar() == 0


def test_kinds_pages_and_order(session: Session) -> None:
    search.index_all(session, [("report", f"r{at}", "漏水", "") for at in range(7)])
    search.index(session, "person", "p", "漏水")
    assert search.search(session, "漏水", kinds=["person"]) == [("person", "p")]
    assert search.search(session, "漏水", kinds=[]) == []
    first = search.search(session, "漏水", kinds=["report", "case"], limit=3)
    assert first == [("report", "r6"), ("report", "r5"), ("report", "r4")]
    second = search.search(session, "漏水", kinds=["report"], limit=10, after=first[-1])
    assert [record_id for _, record_id in second] == ["r3", "r2", "r1", "r0"]
    assert search.search(session, "漏水", limit=1) == [("person", "p")]


def test_nothing_asked_finds_nothing(session: Session) -> None:
    fill(session, ["邻里，噪音"])
    assert [found(session, asked) for asked in ("", "  ", "，", '"*"', "\ue000")] == [set()] * 5


def test_no_text_of_the_index_is_readable_in_the_file(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "desk.db", b"k" * 32)
    with store.writer() as session:
        for statement in search.DDL:
            session.execute(text(statement))
        search.index(session, "person", "p", "secretword 邻里", "wangwei")
        session.commit()
    store.checkpoint()
    store.close()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"secretword" not in written
    assert b"wangwei" not in written
    assert "邻".encode() not in written


def test_ddl_and_drop_undo_each_other(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "desk.db", b"k" * 32)
    with store.writer() as session:
        for statement in (*search.DDL, *search.DROP, *search.DDL):
            session.execute(text(statement))
        names = set(session.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'")).scalars())
        assert names == search.TABLES
    store.close()


@pytest.mark.bench
def test_ten_thousand_rows_are_indexed_and_searched_quickly(session: Session) -> None:
    pick = random.Random(7)
    rows = [
        (
            "report",
            f"r{at}",
            "".join(pick.choices(HAN, k=120)) + "13805961234",
            "王" + pick.choice("伟强明芳"),
        )
        for at in range(10_000)
    ]
    started = time.perf_counter()
    search.index_all(session, rows)
    built = time.perf_counter() - started
    started = time.perf_counter()
    assert len(search.search(session, "王", limit=50)) == 50
    assert search.search(session, "邻里", limit=50)
    asked = time.perf_counter() - started
    assert built < 3
    assert asked < 0.05
