"""Look-up of names and words by what a person types: SQLite FTS5 over pairs of characters, and over pinyin.

Chinese has no spaces, so every pair of neighbouring characters is a token, and a phrase of pairs finds exactly the
texts that hold those characters in a row; marks, brackets and spaces count for nothing, in any width. A query of Latin
letters is looked up in the readings of the names as well: shangwuting or swt finds 省商务厅.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .pinyin import read_out

_MIXED = re.compile("[a-z][^a-z0-9]|[^a-z0-9][a-z]")  # 省swt
_READ = 24  # characters of a name that are read out: nobody types the pinyin of a whole sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """node: what is found. kind: the group it is shown in. words: what is searched. spoken: also by pinyin."""

    node: str
    kind: str
    words: str
    spoken: bool = False


class TextIndex:
    """Entries in the order of preference that they are given in; each kind's stand together."""

    def __init__(self, entries: Iterable[Entry], kinds: Sequence[str]) -> None:
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._ranges: dict[str, tuple[int, int]] = {}
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute("CREATE VIRTUAL TABLE pairs USING fts5(words, content='', tokenize='unicode61')")
        self._db.execute(
            "CREATE VIRTUAL TABLE pinyin USING fts5(words, content='', tokenize='unicode61', prefix='2 4')"
        )
        groups: dict[str, list[Entry]] = {kind: [] for kind in kinds}
        for entry in entries:
            groups[entry.kind].append(entry)
        for kind, members in groups.items():
            first = len(self._entries) + 1
            self._entries += members
            self._ranges[kind] = (first, len(self._entries))
        rows = enumerate(self._entries, 1)
        self._db.executemany("INSERT INTO pairs(rowid, words) VALUES (?, ?)", ((n, _pairs(e.words)) for n, e in rows))
        spoken = ((n, _readings(e.words)) for n, e in enumerate(self._entries, 1) if e.spoken)
        self._db.executemany("INSERT INTO pinyin(rowid, words) VALUES (?, ?)", spoken)
        self._db.commit()

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, query: str, kind: str, limit: int) -> tuple[list[Entry], int]:
        """(the first entries of a kind that hold every word of the query, how many there are in all).

        Words are parted by spaces; a node that is found by several names is given once and counted once for each.
        """
        asked = [folded for word in query.split() if (folded := fold(word))]
        if not asked:
            return [], 0
        first, last = self._ranges[kind]
        found: list[int] = []
        with self._lock:
            for table, phrase in _questions(asked):
                found += self._rows(table, phrase, first, last)
            if any(_MIXED.search(word) for word in asked):
                found += self._mixed(asked, first, last)
        by_node: dict[str, Entry] = {}
        for row in found:
            entry = self._entries[row - 1]
            by_node.setdefault(entry.node, entry)
        return list(by_node.values())[:limit], len(by_node)

    def _rows(self, table: str, phrase: str, first: int, last: int) -> list[int]:
        where = f"FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?"
        return [row for (row,) in self._db.execute(f"SELECT rowid {where} ORDER BY rowid", (phrase, first, last))]

    def _mixed(self, asked: list[str], first: int, last: int) -> list[int]:
        """Rows of 省swt or 青海wlt: what the characters and the letters each find, kept where they stand in a row."""
        rows: set[int] | None = None
        for piece in (piece for word in asked for piece in re.findall("[a-z]+|[^a-z]+", word)):
            table, phrase = _questions([piece])[-1]
            found = set(self._rows(table, phrase, first, last))
            rows = found if rows is None else rows & found
        return [row for row in sorted(rows or ()) if all(_spells(word, self._entries[row - 1].words) for word in asked)]


def _spells(asked: str, words: str) -> bool:
    """Whether characters and letters together spell a stretch of the words; letters are initials or whole syllables."""
    plain = fold(words)
    syllables = [read_out(c)[0][1] or c for c in plain[:_READ]]
    pieces = re.findall("[a-z]+|[^a-z]+", asked)

    def fits(piece: int, at: int) -> bool:
        if piece == len(pieces):
            return True
        part, rest = pieces[piece], range(at + 1, len(syllables) + 1)
        if not part.isascii() or not part.isalpha():
            return plain.startswith(part, at) and fits(piece + 1, at + len(part))
        ends = [at + len(part)] if "".join(s[0] for s in syllables[at : at + len(part)]) == part else []
        ends += [end for end in rest if "".join(syllables[at:end]) == part]
        return any(fits(piece + 1, end) for end in ends)

    return any(fits(0, at) for at in range(len(syllables)))


def fold(words: str) -> str:
    """Letters and digits alone, in one width and case: 青政办〔2020〕62号 and 青政办[2020] 62 号 are the same."""
    return "".join(c for c in unicodedata.normalize("NFKC", words).casefold() if c.isalnum())


def _pairs(words: str) -> str:
    """Every pair of neighbours, and the last character alone, for queries of one character."""
    plain = fold(words)
    return " ".join(plain[at : at + 2] for at in range(len(plain)))


def _readings(words: str) -> str:
    """From each syllable on: the syllables as one word, and their initials as one."""
    syllables = [reading for _, reading in read_out(fold(words)[:_READ]) if reading]
    spoken = ["".join(syllables[at:]) for at in range(len(syllables))]
    initials = ["".join(each[0] for each in syllables[at:]) for at in range(len(syllables))]
    return " ".join(spoken + initials)


def _questions(asked: list[str]) -> list[tuple[str, str]]:
    """(table, FTS5 expression) of every way to read the query. What is asked holds letters and digits alone."""
    phrases = []
    for word in asked:
        pairs = [word[at : at + 2] for at in range(len(word) - 1)]
        phrases.append(f'"{" ".join(pairs)}"' if pairs else f'"{word}"*')
    made = [("pairs", " AND ".join(phrases))]
    if all(word.isascii() and word.isalpha() for word in asked):
        made.append(("pinyin", " AND ".join(f'"{word}"*' for word in asked)))
    return made
