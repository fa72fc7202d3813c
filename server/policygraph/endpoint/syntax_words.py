"""What `store.syntax` and the guard say of a query that does not parse, in Chinese; the engine's own words stay as
they are."""

from __future__ import annotations

import re

_CHINESE = (
    (r"the prefix (\S*): is not declared; add (PREFIX .*)", "前缀 {0}: 没有声明；请在开头加上 {1}"),
    (r"the prefix (\S*): is not declared", "前缀 {0}: 没有声明"),
    (r"full-width (.) in the query", "查询中有全角符号“{0}”，请改用半角"),
    (r"what begins with (.*) does not parse", "从“{0}”起不合语法"),
    (r"the query ends too early, or breaks a rule", "查询没有写完，或违反了语法规则"),
    (r"the query is empty", "查询是空的"),
    (r"the query does not parse", "不合语法"),
    (r"this string does not end, or holds a wrong escape", "字符串没有结束，或含有错误的转义"),
    (r"half of a surrogate pair", "含有半个代理对字符"),
    (r"expected SELECT, ASK, CONSTRUCT or DESCRIBE", "此处应为 SELECT、ASK、CONSTRUCT 或 DESCRIBE"),
)
_KNOWN = [(re.compile(pattern, re.DOTALL), text) for pattern, text in _CHINESE]


def in_chinese(message: str) -> str:
    """The message in Chinese where it is one of ours."""
    for pattern, text in _KNOWN:
        if found := pattern.fullmatch(message):
            return text.format(*found.groups())
    return message
