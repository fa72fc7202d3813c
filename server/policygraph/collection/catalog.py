"""What a collection holds, in SQLite: the one place that says which document stands for which file."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from ..graph.prefixes import ID_BASE
from .work import Outcome, Told

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document (
    id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, content TEXT NOT NULL, rules TEXT NOT NULL,
    quads TEXT NOT NULL, count INTEGER NOT NULL, findings TEXT NOT NULL, state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_digest ON document (state, id, quads);
CREATE TABLE IF NOT EXISTS name (
    iri TEXT NOT NULL, thing TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (iri, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_document ON name (document);
CREATE TABLE IF NOT EXISTS fact (id INTEGER PRIMARY KEY, line TEXT NOT NULL UNIQUE, about TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS by_about ON fact (about) WHERE about <> '';
CREATE TABLE IF NOT EXISTS says (
    document TEXT NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY (document, fact)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_fact ON says (fact);
CREATE TABLE IF NOT EXISTS doubtful (fact INTEGER PRIMARY KEY) STRICT;
"""
_FORMAT = "2"
_STAYS = "state <> 'leaving'"
_DOCUMENT = re.compile(rf"<{re.escape(ID_BASE)}doc/([^/>]+)[/>]")


@dataclass(frozen=True, slots=True)
class Row:
    """content: sha256 of the file that it was made of; quads: sha256 of its N-Quads; state: see `Catalog`."""

    id: str
    path: str
    content: str
    rules: str
    quads: str
    state: str


class Catalog:
    """Raises InputError for a file that is no catalog.

    A document is `written` when its file is in place, `loaded` when the store holds it, and `leaving` from the
    moment its removal is ordered until the store no longer holds it; a killed command is taken up from there.

    A `fact` is a line of N-Quads about what documents share, and `says` which of them say so; about: the document that
    it speaks of, if it is one. It is `doubtful` while the store may hold it wrongly, see `doubtful`.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(path, timeout=10)
            self._db.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_TABLES}")
        except sqlite3.Error as error:
            raise InputError(f"no catalog of a collection, or one in use: {error}", str(path)) from None
        if (found := self.get("format") or _FORMAT) != _FORMAT:
            hint = f"this version reads format {_FORMAT}: add the files to a new folder"
            raise InputError(f"a catalog of format {found}; {hint}", str(path))
        self.set("format", _FORMAT)

    def close(self) -> None:
        self._db.commit()
        self._db.close()

    def commit(self) -> None:
        self._db.commit()

    def get(self, key: str) -> str:
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return found[0] if found else ""

    def set(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def __len__(self) -> int:
        return int(self._db.execute("SELECT COUNT(*) FROM document WHERE state <> 'leaving'").fetchone()[0])

    def by_path(self, path: str) -> Row | None:
        return next(self._rows("path = ?", path), None)

    def by_id(self, document: str) -> Row | None:
        return next(self._rows("id = ?", document), None)

    def in_state(self, state: str) -> Iterator[Row]:
        return self._rows("state = ? ORDER BY id", state)

    def under(self, folder: str) -> list[Row]:
        """The documents whose files lie in a folder."""
        below = folder.rstrip("/")
        return list(self._rows("path > ? AND path < ? ORDER BY id", below + "/", below + chr(ord("/") + 1)))

    def _rows(self, where: str, *values: object) -> Iterator[Row]:
        query = f"SELECT id, path, content, rules, quads, state FROM document WHERE {where}"
        return (Row(*found) for found in self._db.execute(query, values))

    def put(self, path: str, content: str, rules: str, outcome: Outcome) -> None:
        """A document whose file is in place; what the path stood for before must have left."""
        findings = json.dumps([[f.code, f.message, f.line, f.column] for f in outcome.findings], ensure_ascii=False)
        values = (outcome.document, path, content, rules, outcome.digest, outcome.count, findings)
        self._db.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, 'written')", values)
        self._db.execute("DELETE FROM name WHERE document = ?", (outcome.document,))
        self.put_names(outcome.document, outcome.names)
        self._doubt(outcome.document)
        self._db.execute("DELETE FROM says WHERE document = ?", (outcome.document,))
        lines = [(line, _about(line)) for line in outcome.shared]
        self._db.executemany("INSERT OR IGNORE INTO fact (line, about) VALUES (?, ?)", lines)
        said = ((outcome.document, line) for line in outcome.shared)
        self._db.executemany("INSERT INTO says SELECT ?, id FROM fact WHERE line = ?", said)
        others = ((line,) for line, about in lines if about)
        self._db.executemany("INSERT OR IGNORE INTO doubtful SELECT id FROM fact WHERE line = ?", others)

    def doubtful(self) -> tuple[list[str], list[str]]:
        """(facts that the store shall hold, facts that it shall not), among those of which it is not sure.

        It shall hold what a document says that stays, but of another document only what is not there to speak for
        itself.
        """
        said = f"EXISTS (SELECT 1 FROM says JOIN document ON id = says.document WHERE fact = f.id AND {_STAYS})"
        query = f"""SELECT line, {said}
            AND NOT EXISTS (SELECT 1 FROM document WHERE id = f.about AND {_STAYS})
            FROM fact AS f WHERE f.id IN (SELECT fact FROM doubtful) ORDER BY line"""
        told: tuple[list[str], list[str]] = [], []
        for line, wanted in self._db.execute(query):
            told[not wanted].append(line)
        return told

    def settled(self) -> None:
        """Nothing is doubtful any more; what nobody says is forgotten."""
        nobody = "NOT EXISTS (SELECT 1 FROM says WHERE fact = id)"
        self._db.execute(f"DELETE FROM fact WHERE id IN (SELECT fact FROM doubtful) AND {nobody}")
        self._db.execute("DELETE FROM doubtful")

    def _doubt(self, document: str) -> None:
        """What a document says, or is said of it, may change."""
        self._db.execute("INSERT OR IGNORE INTO doubtful SELECT fact FROM says WHERE document = ?", (document,))
        about = (
            "INSERT OR IGNORE INTO doubtful SELECT id FROM fact WHERE about = ? AND about <> ''"  # as the index has it
        )
        self._db.execute(about, (document,))

    def put_names(self, document: str, names: Iterable[tuple[str, str]]) -> None:
        rows = ((iri, thing, document) for iri, thing in names)
        self._db.executemany("INSERT OR REPLACE INTO name VALUES (?, ?, ?)", rows)

    def clash(self, outcome: Outcome) -> tuple[str, str, str] | None:
        """IRI, name and earlier name where a document would give a thing the IRI of another thing.

        Those of the registry and of one other document are looked at: all other documents give the IRI to the same
        thing, since each was asked this before it was put.
        """
        query = """SELECT thing FROM name WHERE iri = ?1 AND document = '' UNION ALL
            SELECT * FROM (SELECT thing FROM name WHERE iri = ?1 AND document > '' AND document <> ?2 LIMIT 1)"""
        for iri, thing in outcome.names:
            for (other,) in self._db.execute(query, (iri, outcome.document)):
                if other != thing:
                    return iri, thing, other
        return None

    def move(self, document: str, path: str) -> None:
        """The same document now lies elsewhere."""
        self._db.execute("UPDATE document SET path = ? WHERE id = ?", (path, document))

    def mark(self, documents: Iterable[str], state: str) -> None:
        if state == "leaving":
            documents = list(documents)
            for document in documents:
                self._doubt(document)
        self._db.executemany("UPDATE document SET state = ? WHERE id = ?", ((state, d) for d in documents))

    def forget(self, document: str) -> None:
        self._db.execute("DELETE FROM document WHERE id = ?", (document,))
        self._db.execute("DELETE FROM name WHERE document = ?", (document,))
        self._db.execute("DELETE FROM says WHERE document = ?", (document,))

    def digest(self) -> str:
        """sha256 of what is loaded: changes whenever the base or the N-Quads of any document do.

        Every document is looked at, but only in the index: 10,000 take some milliseconds.
        """
        told = hashlib.sha256(self.get("base").encode())
        for document, quads in self._db.execute("SELECT id, quads FROM document WHERE state = 'loaded' ORDER BY id"):
            told.update(f"{document} {quads}\n".encode())
        return told.hexdigest()

    def findings(self) -> Iterator[tuple[str, str, list[Told]]]:
        """Path, id and findings of every document that has some."""
        query = "SELECT path, id, findings FROM document WHERE findings <> '[]' ORDER BY path"
        for path, document, found in self._db.execute(query):
            yield path, document, [Told(*row) for row in json.loads(found)]


def _about(line: str) -> str:
    """The document that a line of N-Quads speaks of, "" where it is none."""
    found = _DOCUMENT.match(line)
    return found[1] if found else ""
