"""Full-text search over Chinese: every Han character is a token of its own, and a query is a phrase of them.

That finds exactly what ``LIKE '%…%'`` would, for one character as for ten, at the speed of an index. Words of letters
and digits are found from their beginning; names of people also by pinyin and its initials; numbers of seven digits
or more also by their end (the last four of a phone). The index keeps no text (contentless FTS5); ``search_doc`` maps
its rows to records. All of it lives inside the encrypted database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from zzdesk import pinyin
from zzdesk.errors import IndexBehindError

DDL: Final = (
    "CREATE TABLE search_doc (rowid INTEGER NOT NULL PRIMARY KEY, kind VARCHAR(40) NOT NULL, id VARCHAR(36) NOT NULL,"
    " CONSTRAINT uq_search_doc_kind_id UNIQUE (kind, id))",
    "CREATE VIRTUAL TABLE search_text USING fts5(text, names, tails, content='', contentless_delete=1,"
    " tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE search_due (n INTEGER NOT NULL PRIMARY KEY, kind VARCHAR(40) NOT NULL, ids TEXT NOT NULL)",
)
"""What migrations run to make the index."""

DROP: Final = ("DROP TABLE search_due", "DROP TABLE search_text", "DROP TABLE search_doc")
"""What a migration runs to take it away."""

TABLES: Final = frozenset(
    {"search_doc", "search_due", "search_text", *(f"search_text_{part}" for part in ("data", "idx", "docsize", "config"))}
)
"""Tables that belong to the index and to no model."""

IndexRow = tuple[str, str, str, str]
"""Kind, id, text, names (separated by blanks)."""

_BREAK: Final = "\ue000"
"""Stands for any run of blanks and punctuation, so that no phrase reaches across it. Private use: a token."""

_HAN: Final = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_NEWER: Final = re.compile("[\u9fcd-\u9fff\U0002b820-\U0003ffff]")
"""Han characters younger than the tokenizer's tables (Unicode 6.1), which would drop them."""
_BREAKS: Final = re.compile(f"{_BREAK}[ {_BREAK}]*{_BREAK}")
_NUMBER: Final = re.compile(r"(?<!\S)[0-9]{7,}x?(?!\S)")
_TAIL: Final = re.compile(r"[0-9]{3,}[0-9x]")

_ADD_DOC: Final = text("INSERT OR IGNORE INTO search_doc (kind, id) VALUES (:kind, :id)")
_PUT: Final = text(
    "INSERT OR REPLACE INTO search_text (rowid, text, names, tails)"
    " SELECT rowid, :text, :names, :tails FROM search_doc WHERE kind = :kind AND id = :id"
)
_DROP_TEXT: Final = text(
    "DELETE FROM search_text WHERE rowid = (SELECT rowid FROM search_doc WHERE kind = :kind AND id = :id)"
)
_DROP_DOC: Final = text("DELETE FROM search_doc WHERE kind = :kind AND id = :id")
_OF_ALL: Final = text(
    "SELECT d.kind, d.id FROM search_text AS t CROSS JOIN search_doc AS d ON d.rowid = t.rowid"
    " WHERE t.search_text MATCH :query AND t.rowid < :before ORDER BY t.rowid DESC LIMIT :limit"
)
"""CROSS JOIN keeps the index outermost, so that it is read from its newest row and stops at the limit."""
_OF_KINDS: Final = text(
    "SELECT d.kind, d.id FROM search_text AS t CROSS JOIN search_doc AS d ON d.rowid = t.rowid"
    " WHERE t.search_text MATCH :query AND t.rowid < :before AND d.kind IN :kinds ORDER BY t.rowid DESC LIMIT :limit"
).bindparams(bindparam("kinds", expanding=True))
_ROW_OF: Final = text("SELECT rowid FROM search_doc WHERE kind = :kind AND id = :id")


DUE_AT_ONCE: Final = 250
"""Records that are indexed in one transaction when the index catches up: some 20 ms, which nobody notices."""
_POSTPONE: Final = text("INSERT INTO search_due (kind, ids) VALUES (:kind, :ids)")
_NEXT_DUE: Final = text("SELECT n, kind, ids FROM search_due ORDER BY n LIMIT 1")
_NO_LONGER_DUE: Final = text("DELETE FROM search_due WHERE n = :n")


class _Spacing(dict[int, str]):
    """What each character becomes: Han apart, punctuation and blanks a break, the rest as it is. Fills itself."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        if _NEWER.match(char):
            self[point] = f" u{point:x} "
        elif _HAN.match(char):
            self[point] = f" {char} "
        else:
            self[point] = char if char.isalnum() else f" {_BREAK} "
        return self[point]


_SPACING: Final = _Spacing()


def spaced(written: str) -> str:
    """Return a text with blanks between its tokens, the same way for what is stored and for what is asked."""
    folded = unicodedata.normalize("NFKC", written).lower()
    return _BREAKS.sub(_BREAK, folded.translate(_SPACING))


def index(session: Session, kind: str, record_id: str, texts: str, names: str = "") -> None:
    """Put one record into the index, in place of what was there. ``names`` are separated by blanks."""
    index_all(session, [(kind, record_id, texts, names)])


def index_all(session: Session, rows: Iterable[IndexRow]) -> None:
    """Put many records into the index, in place of what was there."""
    entries = [_entry(*row) for row in rows]
    if entries:
        session.execute(_ADD_DOC, entries)
        session.execute(_PUT, entries)


@dataclass(frozen=True)
class Due:
    """Records that are not in the index yet."""

    n: int
    kind: str
    ids: tuple[str, ...]


def postpone(session: Session, kind: str, ids: Sequence[str]) -> None:
    """Note records to be put into the index later: a long list is shown at once, and indexed after it."""
    for start in range(0, len(ids), DUE_AT_ONCE):
        part = msgspec.json.encode(ids[start : start + DUE_AT_ONCE]).decode()
        session.execute(_POSTPONE, {"kind": kind, "ids": part})


def next_due(session: Session) -> Due | None:
    """Return the records that have waited longest."""
    row = session.execute(_NEXT_DUE).first()
    return Due(row.n, row.kind, tuple(msgspec.json.decode(row.ids))) if row else None


def no_longer_due(session: Session, due: Due) -> None:
    """Note that these are in the index."""
    session.execute(_NO_LONGER_DUE, {"n": due.n})


def remove(session: Session, kind: str, record_id: str) -> None:
    """Take a record out of the index; one that is not there is no matter."""
    key = {"kind": kind, "id": record_id}
    session.execute(_DROP_TEXT, key)
    session.execute(_DROP_DOC, key)


def clear(session: Session) -> None:
    """Empty the index."""
    session.execute(text("INSERT INTO search_text (search_text) VALUES ('delete-all')"))
    session.execute(text("DELETE FROM search_doc"))


def search(
    session: Session, asked: str, kinds: Sequence[str] | None = None, limit: int = 50,
    after: tuple[str, str] | None = None,
) -> list[tuple[str, str]]:  # fmt: skip
    """Return ``(kind, id)`` of records that hold every word asked for, the latest indexed first.

    ``asked`` may hold anything: no character has a meaning of its own, blanks part words. ``kinds`` limits what is
    looked at; ``after`` is the last answer of the page before.

    Raises:
        IndexBehindError: records that were received wait to be indexed; ``Desk.read`` sees to it.
    """
    query = match_of(asked)
    if not query or (kinds is not None and not kinds):
        return []
    if session.execute(_NEXT_DUE).first() is not None:
        raise IndexBehindError
    values: dict[str, Any] = {"query": query, "limit": limit, "before": _before(session, after)}
    if kinds is not None:
        values["kinds"] = list(kinds)
    return [
        (kind, record_id)
        for kind, record_id in session.execute(_OF_ALL if kinds is None else _OF_KINDS, values)
    ]


def match_of(asked: str) -> str:
    """Return the FTS5 expression for what was typed: every word must be there; empty when there is no word."""
    terms = (_term(word) for word in unicodedata.normalize("NFKC", asked).split())
    return " AND ".join(term for term in terms if term)


def _term(word: str) -> str:
    found = spaced(word).split()
    while found and found[0] == _BREAK:
        del found[0]
    while found and found[-1] == _BREAK:
        del found[-1]
    if not found:
        return ""
    phrase = f'"{" ".join(found)}"' + ("" if _HAN.match(found[-1]) else " *")
    if len(found) == 1 and _TAIL.fullmatch(found[0]):
        return f'({phrase} OR tails : "{found[0][::-1]}" *)'
    return phrase


def _entry(kind: str, record_id: str, texts: str, names: str) -> dict[str, str]:
    body, called = spaced(texts), spaced(names)
    numbers = {number[::-1] for number in _NUMBER.findall(f"{body} {called}")}
    said = {term for name in names.split() for term in pinyin.search_terms(name)}
    return {
        "kind": kind,
        "id": record_id,
        "text": body,
        "names": " ".join([called, _BREAK, *said]) if said else called,
        "tails": " ".join(numbers),
    }


def _before(session: Session, after: tuple[str, str] | None) -> int:
    if after is None:
        return 2**62
    found = session.execute(_ROW_OF, {"kind": after[0], "id": after[1]}).scalar()
    return int(found) if found is not None else 2**62
