"""Web pages: the article among a site's menus, with its tables."""

from __future__ import annotations

import re

from gongkai.annual.extract.decoding import decode
from gongkai.annual.extract.draft import Draft
from gongkai.annual.extract.webpage.parsing import parse
from gongkai.annual.extract.webpage.walking import Walker
from gongkai.annual.model import Document

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)


def read_html(data: bytes) -> Document:
    """The document in a web page."""
    found = _CHARSET.search(data[:4096])
    text, encoding, repairs = decode(data, found.group(1).decode() if found else None)
    draft = Draft()
    draft.note(repairs)
    title = write_page(text, draft)
    return draft.document("html", encoding=encoding, title=title)


def write_page(text: str, draft: Draft) -> str | None:
    """Writes the blocks of a web page and gives its <title>."""
    tree = parse(text)
    head = tree.css_first("title")
    title = head.text() if head is not None else None
    if tree.body is not None:
        Walker(tree, draft).walk(tree.body)
    return title
