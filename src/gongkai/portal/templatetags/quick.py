"""Parts of the pages that are read most, put together without the template language: it would take most of their time.

Everything that goes in is escaped here. Words of the interface are looked up once for each language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_noop

from gongkai.portal.labels import word

register = template.Library()


class Word(template.Node):
    """A word of the interface in the reader's language."""

    def __init__(self, message: str) -> None:
        self.message = message

    def render(self, context: template.Context) -> str:
        """The word; it comes from our own catalogues and is no input."""
        return word(self.message)


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    """Like Django's, but a plain word is looked up only once for each language."""
    node: Any = do_translate(parser, token)
    literal = getattr(node.filter_expression.var, "literal", None) if isinstance(node, TranslateNode) else None
    plain = literal and not node.filter_expression.filters and not node.asvar and not node.noop
    return Word(str(literal)) if plain and not node.message_context else node


@register.simple_tag
def document_rows(rows: Sequence[Any], first: int = 1, kinds: bool = False) -> SafeString:
    """A list of documents: title, state, number, agency, date, and the kind where the list mixes kinds."""
    items = "".join(_row(row, kinds) for row in rows)
    return mark_safe(f'<ol class="docs" lang="zh-Hans" start="{int(first or 1)}">{items}</ol>')


def _row(row: Any, kinds: bool) -> str:
    tag = f" {row.tag}" if row.tag else ""
    return (
        ('<li class="ended">' if row.ended else "<li>")
        + f'<p class="name"><a href="{row.url}">{escape(row.title)}</a>{tag}</p><p class="about">'
        + (f'<span class="number">{escape(row.number)}</span>' if row.number else "")
        + f'<a href="{row.agency_url}">{escape(row.agency)}</a><time datetime="{row.day}">{row.day}</time>'
        + (f"<span>{escape(row.kind)}</span>" if kinds else "")
        + "</p></li>\n"
    )


_CATEGORIES = gettext_noop("法定公开内容")
_SUMMARY = gettext_noop("内容概述")
_BETWEEN = gettext_noop("；")


@register.simple_tag
def metadata(cells: Iterable[Any], categories: Sequence[tuple[str, str]], summary: str) -> SafeString:
    """The official metadata table of a publication."""
    parts = [
        f'<div><dt>{escape(c.label)}</dt><dd><a href="{escape(c.url)}">{escape(c.value)}</a></dd></div>'
        if c.url
        else f"<div><dt>{escape(c.label)}</dt><dd>{escape(c.value)}</dd></div>"
        for c in cells
    ]
    if categories:
        links = word(_BETWEEN).join(f'<a href="{escape(url)}">{escape(label)}</a>' for url, label in categories)
        parts.append(f'<div class="wide"><dt>{escape(word(_CATEGORIES))}</dt><dd>{links}</dd></div>')
    if summary:
        parts.append(f'<div class="wide"><dt>{escape(word(_SUMMARY))}</dt><dd>{escape(summary)}</dd></div>')
    return mark_safe(f"<dl>{''.join(parts)}</dl>")
