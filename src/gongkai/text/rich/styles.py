"""Reads the few things in inline styles and attributes that carry meaning."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from gongkai.text.rich.model import Mark

_DECLARATION = re.compile(r"([a-z\-]{1,40})\s*:\s*([^;]{0,200})", re.I)
_BLANKS = re.compile(r"\s+")
_PIXELS = re.compile(r"([0-9]{1,5})(?:\.[0-9]+)?(?:px)?\Z")
_WORD_HEADING = re.compile(r"(?:^|\s)(?:Mso)?Heading\s?([1-9])(?:\s|$)", re.I)
_WORD_TITLE = re.compile(r"(?:^|\s)MsoTitle(?:Cxsp\w+)?(?:\s|$)", re.I)
_WORD_LIST = re.compile(r"(?:^|\s)MsoList\w*", re.I)
_LEVEL = re.compile(r"level([1-9])")


_NAMED: dict[str, Mark] = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "u": "u",
    "sub": "sub",
    "sup": "sup",
}


def style(element: HtmlElement) -> dict[str, str]:
    """The declarations of the style attribute, names and values in small letters."""
    text = element.get("style")
    if not text or len(text) > 20_000:
        return {}
    return {
        name.lower(): _BLANKS.sub(" ", value.replace("!important", "")).strip().lower()
        for name, value in _DECLARATION.findall(text)
    }


def is_hidden(styles: dict[str, str]) -> bool:
    """Whether people do not see the element where it was written."""
    return (
        styles.get("display") == "none"
        or styles.get("visibility") == "hidden"
        or styles.get("mso-hide") == "all"
        or styles.get("mso-element") in ("comment-list", "comment", "header", "footer")
    )


def marks(tag: str, styles: dict[str, str]) -> tuple[set[Mark], set[Mark]]:
    """The marks that an element adds and those that it takes away."""
    add: set[Mark] = set()
    drop: set[Mark] = set()
    if tag in _NAMED:
        add.add(_NAMED[tag])
    if not styles:
        return add, drop
    weight = styles.get("font-weight", "")
    if weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600):
        add.add("strong")
    elif weight in ("normal", "lighter") or weight.isdecimal():
        drop.add("strong")
    slant = styles.get("font-style", "")
    (add if slant in ("italic", "oblique") else drop).add("em") if slant else None
    decoration = styles.get("text-decoration", "") + styles.get("text-decoration-line", "")
    if "underline" in decoration:
        add.add("u")
    raised: Mark | None = {"super": "sup", "sub": "sub"}.get(styles.get("vertical-align", ""))  # type: ignore[assignment]
    if raised:
        add.add(raised)
    return add - drop, drop


def align(element: HtmlElement, styles: dict[str, str], *, cell: bool = False) -> str:
    """center or right (in cells left as well); "" for what the page does anyway."""
    value = styles.get("text-align") or (element.get("align") or "").strip().lower()
    value = {"end": "right", "start": "left"}.get(value, value)
    return value if value in ("center", "right") or (cell and value == "left") else ""


def valign(element: HtmlElement, styles: dict[str, str]) -> str:
    """How the words stand in the height of a cell: middle or bottom, "" for the top."""
    value = styles.get("vertical-align") or (element.get("valign") or "").strip().lower()
    value = "middle" if value == "center" else value
    return value if value in ("middle", "bottom") else ""


def pixels(element: HtmlElement, name: str, styles: dict[str, str]) -> str:
    """A width or height in whole pixels, "" where none is given so."""
    for value in (element.get(name) or "", styles.get(name, "")):
        found = _PIXELS.match(value.strip())
        if found and 0 < int(found[1]) <= 10_000:
            return found[1].lstrip("0")
    return ""


def heading_level(element: HtmlElement, styles: dict[str, str]) -> int:
    """1 to 6 for a paragraph that Word or WPS meant as a heading, else 0."""
    classes = element.get("class") or ""
    found = _WORD_HEADING.search(classes)
    if found:
        return int(found[1])
    if _WORD_TITLE.search(classes):
        return 1
    outline = styles.get("mso-outline-level", "")
    if outline.isdecimal() and 1 <= int(outline) <= 6:
        return int(outline)
    aria = element.get("aria-level") or ""
    return int(aria) if element.get("role") == "heading" and aria in tuple("123456") else 0


def word_list(element: HtmlElement, styles: dict[str, str]) -> tuple[bool, int]:
    """Whether Word meant the paragraph as an item of a list, and how deep."""
    value = styles.get("mso-list", "")
    level = _LEVEL.search(value)
    if level:
        return True, int(level[1])
    return bool(_WORD_LIST.search(element.get("class") or "")), 1
