"""Takes out what is left of HTML in a text: tags, entities, scripts, and tags that lost their first character."""

from __future__ import annotations

import html
import re

from gongkai.text.repair_model import Repaired
from gongkai.text.repairs.changes import Changes

_TAGS = (
    "a|abbr|address|article|aside|b|big|blockquote|body|br|button|caption|center|code|col|colgroup|dd|div|dl|dt|em|"
    "embed|fieldset|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|label|li|link|main|map|meta|nav|"
    "noscript|o:p|object|ol|option|p|param|pre|s|script|section|select|small|span|st1:[a-z]+|strike|strong|style|sub|"
    "sup|table|tbody|td|textarea|tfoot|th|thead|title|tr|u|ul|v:[a-z]+|video|w:[a-z]+"
)
_ATTRIBUTES = r"""(?:\s+[a-zA-Z_:][\w:.-]{0,40}\s*=\s*(?:"[^"<>\n]{0,400}"|'[^'<>\n]{0,400}'))+"""
_TAG = re.compile(rf"<(/?)({_TAGS})(?=[\s/>])[^<>]{{0,1000}}>|<!--[^<>]{{0,2000}}-->|<!doctype[^<>]{{0,200}}>", re.I)
_BEHEADED = re.compile(rf"(?<![<\w])(?:{_TAGS}){_ATTRIBUTES}\s*/?>$", re.I)
_BEHEADED_END = re.compile(r"""["']\s?/?>""")
_LONGEST_TAG = 400
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}[0-9]{0,2});|&nbsp(?![a-zA-Z;])")
_BEHEADED_SPACE = re.compile(r"(?<![A-Za-z&])nbsp;", re.I)
_ENDS_LINE = re.compile(r"br|/(?:p|div|tr|li|h[1-6]|table|ul|ol|dd|dt|title|caption)", re.I)
_ENDS_CELL = re.compile(r"/(?:td|th)", re.I)
_SILENT = ("script", "style")
_MAX_PASSES = 12

TRIGGERS = frozenset("<>&;")


def html_remains(text: str) -> Repaired:
    """The text without HTML; a tag that ends a block becomes a line feed, one that ends a cell a tab.

    Titles in angle brackets such as <指引> are no HTML and stay.
    """
    if ">" not in text and ";" not in text and "&nbsp" not in text:
        return Repaired(text)
    changes = Changes("html_remains")
    for _ in range(_MAX_PASSES):
        before = text
        for name in _SILENT:
            text = _without_element(text, name, changes)
        if "<" in text:
            text = changes.substitute(_TAG, _for_tag, text)
        if ">" in text and "=" in text:
            text = _without_beheaded(text, changes)
        if "&" in text:
            text = changes.substitute(_ENTITY, _for_entity, text)
        if "nbsp;" in text:
            text = changes.substitute(_BEHEADED_SPACE, " ", text)
        if text == before:
            break
    return changes.repaired(text)


def _without_element(text: str, name: str, changes: Changes) -> str:
    """Drop <script>…</script> with its content; one that is never closed stays to be read as text."""
    if f"<{name}" not in text or f"</{name}>" not in text:
        return text
    kept: list[str] = []
    position = 0
    while (start := text.find(f"<{name}", position)) >= 0:
        end = text.find(f"</{name}>", start)
        if end < 0:
            break
        end += len(name) + 3
        kept.append(text[position:start])
        changes.add(text[start:end], "")
        position = end
    return "".join((*kept, text[position:]))


def _without_beheaded(text: str, changes: Changes) -> str:
    """Drop tags that lost their <, which an attribute in quotation marks gives away."""
    kept: list[str] = []
    position = 0
    for end in _BEHEADED_END.finditer(text):
        window = text[max(position, end.end() - _LONGEST_TAG) : end.end()]
        found = _BEHEADED.search(window)
        if found is not None:
            start = end.end() - len(found[0])
            kept.append(text[position:start])
            changes.add(
                text[max(0, start - 8) : end.end() + 8], text[max(0, start - 8) : start] + text[end.end() :][:8]
            )
            position = end.end()
    return "".join((*kept, text[position:]))


def _for_tag(found: re.Match[str]) -> str:
    name = f"{found[1] or ''}{found[2] or ''}"
    if _ENDS_LINE.fullmatch(name):
        return "\n"
    return "\t" if _ENDS_CELL.fullmatch(name) else ""


def _for_entity(found: re.Match[str]) -> str:
    meant = html.unescape(found[0])
    return " " if meant == "\xa0" else meant
