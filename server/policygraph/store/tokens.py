"""The lexical grammar of SPARQL: text → tokens, nothing more.

Source of the rules: SPARQL 1.1 Query Language, section 19.8, terminals [139] to [173]. The strictness is a
matter of safety, not of taste: a string that is lexically wrong must be an error here. Oxigraph's parser goes
back and reads ``'''…`` again as ``''`` and ``'…`` when the long string holds a bad escape, and then sees code
where a lenient tokenizer saw text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..errors import QuerySyntaxError

Kind = Literal["iri", "string", "pname", "var", "bnode", "lang", "number", "word", "punct", "junk"]

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = _BASE + r"_0-9\u00b7\u0300-\u036f\u203f-\u2040\-"
_UCHAR = (
    r"\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}"
    r"|\\U(?!0000[dD][89a-fA-F])00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}"
)
_ESCAPE = rf"""\\[tbnrf\\"']|{_UCHAR}"""
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_:0-9]|{_PLX})(?:\.*(?:[{_CHARS}:]|{_PLX}))*"

_BLANK = re.compile(r"[ \t\r\n]*+")
_LINE_END = re.compile(r"[\r\n]")
_ALTERNATIVES = rf"""
      (?P<iri>    <(?:[^<>"{{}}|^`\\\x00-\x20]|{_UCHAR})*+> )
    | (?P<string> '''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''
                | \"\"\"(?:\"{{0,2}}(?:[^"\\]|{_ESCAPE}))*\"\"\"
                | '(?!'')(?:[^'\\\r\n]|{_ESCAPE})*+'
                | "(?!"")(?:[^"\\\r\n]|{_ESCAPE})*+" )
    | (?P<bnode>  _:[{_BASE}_0-9](?:\.*[{_CHARS}])* )
    | (?P<pname>  PREFIX:(?:{_LOCAL})? )
    | (?P<var>    [?$][{_BASE}_0-9][{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040]* )
    | (?P<lang>   @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<number> (?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)? )
    | (?P<word>   [^\W\d]\w* )
    | (?P<punct>  \^\^|\|\||&&|!=|<=|>=|[{{}}()\[\].,;|/^*?+\-!=<>~] )
    | (?P<junk>   . )
    """
_PREFIX = rf"(?:[{_BASE}](?:\.*[{_CHARS}])*+)?+"
_TOKEN = re.compile(_ALTERNATIVES.replace("PREFIX", _PREFIX), re.VERBOSE | re.DOTALL)
_TOKEN_WITHOUT_PREFIX = re.compile(_ALTERNATIVES.replace("PREFIX", ""), re.VERBOSE | re.DOTALL)
_RUN = re.compile(rf"[.{_CHARS}]++(:?)")
"""A run of what a prefix may hold. No prefix begins in it where no colon ends it, or a dot stands before the colon:
to look again from each of its characters would be quadratic."""
_CODEPOINT = re.compile(r"(\\*?)\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text, and where it stands (offsets in code points, end exclusive)."""

    kind: Kind
    text: str
    start: int
    end: int

    def is_word(self, *names: str) -> bool:
        """Whether this is one of these keywords, given in capitals; SPARQL ignores their case."""
        return self.kind == "word" and self.text.upper() in names


class Lexer:
    """Tokens of one text, found from any position and remembered, so that several readings share the work."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._seen: dict[int, Token | None] = {}
        runs = [found.span() for found in _RUN.finditer(text) if not found[1] or found[0].endswith(".:")]
        self._run_starts, self._run_ends = [start for start, _ in runs], [end for _, end in runs]
        self._line_ends = [found.start() for found in _LINE_END.finditer(text)]

    def at(self, position: int) -> Token | None:
        """The first token at or after position, or None at the end; QuerySyntaxError for a broken string."""
        if position not in self._seen:
            self._seen[position] = self._lex(position)
        return self._seen[position]

    def _lex(self, position: int) -> Token | None:
        start = self._skip(position)
        run = bisect_right(self._run_starts, start) - 1
        barren = run >= 0 and start < self._run_ends[run]
        found = (_TOKEN_WITHOUT_PREFIX if barren else _TOKEN).match(self.text, start)
        if found is None:
            return None
        kind: Kind = found.lastgroup  # type: ignore[assignment]  # the group names are the kinds
        if kind == "junk" and found.group() in "'\"":
            raise QuerySyntaxError("this string does not end, or holds a wrong escape", *place(self.text, start))
        return Token(kind, found.group(), start, found.end())

    def _skip(self, position: int) -> int:
        """Past white space and comments, whose end is looked up: many readings may begin in one line."""
        while True:
            position = _BLANK.match(self.text, position).end()  # type: ignore[union-attr]  # it matches nothing too
            if not self.text.startswith("#", position):
                return position
            index = bisect_left(self._line_ends, position)
            position = self._line_ends[index] if index < len(self._line_ends) else len(self.text)

    def __iter__(self) -> Iterator[Token]:
        position = 0
        while (token := self.at(position)) is not None:
            yield token
            position = token.end


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a code point offset; lines end at LF, as Oxigraph counts them."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def unescaped(text: str, honour_backslashes: bool) -> str:
    """The text with its code point escapes resolved (section 19.2: ``\\u0053`` is ``S`` before parsing).

    The standard does not say whether ``\\\\u0053`` holds one; engines differ. With honour_backslashes a
    backslash that is itself escaped starts none.
    """

    def replace(found: re.Match[str]) -> str:
        slashes, code = found.group(1), int(found.group(2) or found.group(3), 16)
        if honour_backslashes and len(slashes) % 2:
            return found.group()
        return slashes + chr(code) if code <= 0x10FFFF else found.group()

    # Surrogates stay out: chr() would make a text that no encoder takes.
    return _CODEPOINT.sub(replace, text).encode("utf-8", "replace").decode("utf-8")
