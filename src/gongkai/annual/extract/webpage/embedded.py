"""HTML that a page or a JSON file carries inside a string: \\u003ctable, <\\/td>, &lt;p&gt;."""

from __future__ import annotations

import html
import json
import re

from gongkai.annual.extract.blanks import IDEOGRAPH

_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*+)"|\'((?:[^\'\\\n]|\\.)*+)\'|`((?:[^`\\]|\\.)*+)`', re.S)
_MARKUP = re.compile(r"<(?:table|tbody|tr|td|p|div|span|br|h[1-6])\b[^<>]*>", re.I)
_HINT = re.compile(r"\\u003c|&lt;|<\\?/?(?:table|td|p|div|span|br)\b", re.I)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_NAMED = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "v": "", "0": ""}
_MIN_CHINESE = 30
_MAX_LITERALS = 2_000


def markup_in_script(script: str) -> list[str]:
    """The string literals of a script that hold HTML with Chinese text, unescaped."""
    if not _HINT.search(script):
        return []
    found = []
    for count, match in enumerate(_LITERAL.finditer(script)):
        if count > _MAX_LITERALS:
            break
        literal = match.group(1) or match.group(2) or match.group(3) or ""
        if len(literal) > _MIN_CHINESE and _HINT.search(literal):
            text = as_markup(_unescaped(literal))
            if text is not None:
                found.append(text)
    return found


def as_markup(text: str) -> str | None:
    """The text as HTML if that is what it holds, escaped once or not at all; None where it is something else."""
    for _ in range(2):
        if _MARKUP.search(text):
            return text if _holds_chinese(text) else None
        if "&lt;" not in text and "\\u003c" not in text.lower():
            return None
        text = html.unescape(text) if "&lt;" in text else _unescaped(text)
    return text if _MARKUP.search(text) and _holds_chinese(text) else None


def _holds_chinese(text: str) -> bool:
    return sum(1 for _ in zip(range(_MIN_CHINESE), IDEOGRAPH.finditer(text), strict=False)) == _MIN_CHINESE


def _unescaped(literal: str) -> str:
    if "\\" not in literal:
        return literal
    try:
        decoded = json.loads(f'"{literal}"', strict=False)
        text = decoded if isinstance(decoded, str) else literal
    except ValueError:
        text = _ESCAPE.sub(_character, literal)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    return chr(int(code, 16)) if code else _NAMED.get(match.group(3), match.group(3))
