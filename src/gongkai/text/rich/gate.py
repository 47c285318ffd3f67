"""The two gates of nh3: the first makes any bytes a well-formed tree, the last lets nothing unsafe through."""

from __future__ import annotations

import re

import nh3
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ufdd0-\ufdef]|[\ud800-\udfff]")
_MAX_DEPTH = 200
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|t[dhr]|tbody|thead|tfoot|d[dt]|br|img|hr|col|colgroup|meta|link|input|wbr|option)\b)"
    r"([a-z][a-z0-9:\-]{0,30})[^<>]*>",
    re.I,
)
_WEIGHTS = {"table": 4, "ul": 2, "ol": 2, "dl": 2}
"""How many levels a tag and those that it cannot be without make."""
_SOURCE_TAGS = frozenset(
    [
        "p",
        "div",
        "span",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "menu",
        "dir",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "ins",
        "del",
        "s",
        "strike",
        "sub",
        "sup",
        "a",
        "img",
        "figure",
        "figcaption",
        "blockquote",
        "hr",
        "br",
        "pre",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "address",
        "center",
        "font",
        "small",
        "big",
        "mark",
        "code",
        "kbd",
        "samp",
        "tt",
        "cite",
        "q",
        "abbr",
        "time",
        "label",
        "summary",
        "details",
        "fieldset",
        "legend",
        "form",
        "picture",
        "body",
    ]
)
_DROPPED_WHOLE = frozenset(
    [
        "script",
        "style",
        "xml",
        "title",
        "head",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "select",
        "textarea",
        "audio",
        "video",
        "canvas",
        "button",
        "map",
        "frameset",
        "noframes",
        "noembed",
        "plaintext",
        "xmp",
    ]
)
_SOURCE_ATTRIBUTES = frozenset(
    [
        "style",
        "class",
        "align",
        "valign",
        "href",
        "src",
        "alt",
        "width",
        "height",
        "colspan",
        "rowspan",
        "scope",
        "start",
        "id",
        "role",
        "data-formula",
        "aria-level",
        "hidden",
        "title",
        "data-src",
        "type",
    ]
)
_FIRST = nh3.Cleaner(
    tags=_SOURCE_TAGS,
    clean_content_tags=_DROPPED_WHOLE,
    attributes={"*": _SOURCE_ATTRIBUTES},
    url_schemes={"http", "https", "mailto", "tel", "data", "file", "cid", "blob"},
    link_rel=None,
)
FINAL_TAGS = frozenset(
    [
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "strong",
        "em",
        "u",
        "sub",
        "sup",
        "a",
        "img",
        "figure",
        "figcaption",
        "blockquote",
        "hr",
        "br",
    ]
)
FINAL_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "data-formula", "style"},
    "th": {"colspan", "rowspan", "scope", "data-formula", "style"},
    "p": {"style"},
}
for _heading in ("h2", "h3", "h4"):
    FINAL_ATTRIBUTES[_heading] = {"id", "style"}
_LAST = nh3.Cleaner(
    tags=FINAL_TAGS,
    clean_content_tags=_DROPPED_WHOLE,
    attributes=FINAL_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    filter_style_properties={"text-align", "vertical-align"},
)


def well_formed(html: str) -> HtmlElement:
    """The tree of any HTML: one `div` that holds what was in it, without scripts and comments."""
    return parse(_FIRST.clean(_flattened(without_controls(html))))


def without_controls(text: str) -> str:
    """The text without the characters that no page may hold."""
    return _CONTROL.sub("", text)


def _flattened(html: str) -> str:
    """The HTML without tags that are nested too deeply: parsers lose their words or take minutes over them."""
    depth = dropped = 0

    def tag(found: re.Match[str]) -> str:
        nonlocal depth, dropped
        weight = _WEIGHTS.get(found[2].lower(), 1)
        if not found[1]:
            if dropped or depth + weight > _MAX_DEPTH:
                dropped += 1
                return ""
            depth += weight
        elif dropped:
            dropped -= 1
            return ""
        else:
            depth = max(depth - weight, 0)
        return found[0]

    return _NESTING.sub(tag, html)


def parse(fragment: str) -> HtmlElement:
    """The tree of a fragment that is well formed already, in one `div`."""
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
    data = f"<html><body><div>{fragment}</div></body></html>".encode("utf-8", "replace")
    document = lxml_html.document_fromstring(data, parser=parser)
    found = document.find("body/div")
    return found if found is not None else lxml_html.Element("div")


def inner_html(element: HtmlElement) -> str:
    """What the element holds, as HTML."""
    whole = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return whole[whole.index(">") + 1 : whole.rindex("</")] if "</" in whole else ""


def safe(html: str) -> str:
    """The last gate: only the tags, attributes and addresses that rich text may have."""
    return _LAST.clean(html)


def escape_attribute(value: str) -> str:
    """A value that may stand between double quotes."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
