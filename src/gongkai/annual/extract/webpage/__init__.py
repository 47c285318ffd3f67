"""Web pages: the article among a site's menus, with its tables."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.annual.extract.blanks import tidy_line
from gongkai.annual.extract.decoding import decode
from gongkai.annual.extract.draft import Draft
from gongkai.annual.extract.webpage.embedded import as_markup, markup_in_script
from gongkai.annual.extract.webpage.furniture import furniture
from gongkai.annual.extract.webpage.parsing import attribute, parse
from gongkai.annual.extract.webpage.walking import Walker, write_fragment
from gongkai.annual.model import Block, Document, Paragraph

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_MAY_HIDE = (
    '[style*="display" i][style*="none" i], [style*="visibility" i][style*="hidden" i], [style*="mso-hide" i], [hidden]'
)
"""Narrow, because Word writes `border: none` on every cell."""
_MIN_LINKS = 8
"""A page with fewer links has no menus worth looking for."""
_MIN_SCRIPT = 200


def read_html(data: bytes, charset: str | None = None) -> Document:
    """The document in a web page; `charset` is what came with it and counts less than what it says itself."""
    found = _CHARSET.search(data[:4096])
    text, encoding, repairs = decode(data, found.group(1).decode() if found else charset)
    draft = Draft()
    draft.note(repairs)
    title = write_page(text, draft)
    return draft.document("html", encoding=encoding, title=title)


def write_page(text: str, draft: Draft) -> str | None:
    """Writes the blocks of a web page and gives its <title>."""
    tree = parse(text)
    head = tree.css_first("title")
    title = tidy_line(head.text()) if head is not None else None
    body = tree.body
    if body is None:
        return title
    scripts = _markup_in_scripts(tree) if "<script" in text or "<SCRIPT" in text or "<textarea" in text else []
    dropped = hidden(tree, body) if "none" in text or "hidden" in text else frozenset()
    own = Draft()
    if text.count("</a") >= _MIN_LINKS or text.count("</A") >= _MIN_LINKS:
        dropped |= furniture(body)
    if not scripts:
        Walker(tree, draft, dropped=dropped).walk(body)
        return title
    Walker(tree, own, dropped=dropped).walk(body)
    _write_with_scripts(own, scripts, draft)
    return title


def _markup_in_scripts(tree: LexborHTMLParser) -> list[str]:
    """The HTML that scripts and text areas carry in strings."""
    found = []
    for node in tree.css("script, textarea, template"):
        text = node.text(deep=True)
        if len(text) > _MIN_SCRIPT:
            found.extend(markup_in_script(text) if node.tag == "script" else [m for m in [as_markup(text)] if m])
    return found


def _write_with_scripts(own: Draft, scripts: list[str], draft: Draft) -> None:
    """Writes the page's own blocks, and the article from its scripts where the page itself does not show it."""
    shown = {_compact(block) for block in own.blocks}
    draft.extend(own)
    for markup in scripts:
        part = Draft()
        write_fragment(markup, part, depth=1)
        blocks = part.blocks
        fresh = [block for block in blocks if _compact(block) not in shown]
        if len(fresh) * 2 > len(blocks):
            draft.extend(part)
            shown |= {_compact(block) for block in blocks}


def _compact(block: Block) -> str:
    text = block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells)
    return "".join(text.split())


def hidden(tree: LexborHTMLParser, body: LexborNode) -> frozenset[int]:
    """Ids of the elements that the page hides, unless that would hide most of it."""
    total = len(body.text(deep=True))
    return frozenset(
        node.mem_id
        for node in tree.css(_MAY_HIDE)
        if (_HIDDEN.search(attribute(node, "style")) or "hidden" in node.attributes)
        and len(node.text(deep=True)) * 2 <= total
    )
