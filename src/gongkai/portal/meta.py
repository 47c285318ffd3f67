"""What the head of a public page says about it: the meta tags of government sites, link relations, schema.org.

The tags are those of the 网页标签 rule of 《政府网站发展指引》: site tags on all pages, column tags on columns and
below, content tags on pages of content.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

_IN_SCRIPT = (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


@dataclass(frozen=True, slots=True)
class Column:
    """The column that a page is or stands in; `type` is one of the 栏目类别 of the rule."""

    name: str
    description: str
    keywords: str
    type: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page of content."""

    title: str
    published_at: datetime | None
    source: str
    keywords: str = ""
    author: str = ""
    description: str = ""
    kind: str = "article"


@dataclass(frozen=True, slots=True)
class Feed:
    """Another form in which a page can be had."""

    type: str
    address: str
    title: str


def absolute(path: str) -> str:
    """The stable public address of a path."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def head(
    path: str,
    title: str,
    *,
    column: Column | None = None,
    article: Article | None = None,
    description: str = "",
    feeds: Iterable[Feed] = (),
    data: dict[str, Any] | None = None,
    index: bool = True,
) -> SafeString:
    """All tags of a page, ready for its head; `path` is its stable address on this site."""
    url = absolute(path)
    named = _site_tags()
    if column:
        named += [
            ("ColumnName", column.name),
            ("ColumnDescription", column.description),
            ("ColumnKeywords", column.keywords),
            ("ColumnType", column.type),
        ]
    if article:
        named += _content_tags(article, url)
        description = description or article.description
    named.append(("description", description or title))
    if not index:
        named.append(("robots", "noindex,follow"))
    lines = [f'<meta name="{name}" content="{escape(value)}">' for name, value in named]
    lines.append(f'<link rel="canonical" href="{escape(url)}">')
    lines += _share(title, description, url, "article" if article else "website")
    lines += [
        f'<link rel="alternate" type="{feed.type}" href="{escape(feed.address)}" title="{escape(feed.title)}">'
        for feed in feeds
    ]
    if data:
        lines.append(f'<script type="application/ld+json">{as_script(data)}</script>')
    return mark_safe("\n".join(lines))


def as_script(data: dict[str, Any]) -> str:
    """Data as JSON that can stand inside a script element."""
    text = json.dumps(data, ensure_ascii=False)
    for character, escaped in _IN_SCRIPT:
        text = text.replace(character, escaped)
    return text


def site_tags() -> SafeString:
    """The tags of a page that is neither a column nor content."""
    return mark_safe("\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in _site_tags()))


def _site_tags() -> list[tuple[str, str]]:
    domain = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    site = settings.GONGKAI_SITE
    return [("SiteName", settings.WAGTAIL_SITE_NAME), ("SiteDomain", domain), ("SiteIDCode", site["id"])]


def _content_tags(article: Article, url: str) -> list[tuple[str, str]]:
    at = timezone.localtime(article.published_at) if article.published_at else None
    tags = [
        ("ArticleTitle", article.title),
        ("PubDate", f"{at:%Y-%m-%d %H:%M}" if at else ""),
        ("ContentSource", article.source),
        ("Keywords", article.keywords),
        ("Author", article.author),
        ("Description", article.description),
        ("Url", url),
    ]
    return [(name, value) for name, value in tags if value]


def _share(title: str, description: str, url: str, type: str) -> list[str]:
    properties = [
        ("og:type", type),
        ("og:title", title),
        ("og:site_name", settings.WAGTAIL_SITE_NAME),
        ("og:url", url),
        ("og:image", _picture(settings.WAGTAILADMIN_BASE_URL)),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
    ]
    if description:
        properties.append(("og:description", description))
    return [f'<meta property="{name}" content="{escape(value)}">' for name, value in properties]


@cache
def _picture(base: str) -> str:
    return f"{base}{static('portal/share.png')}"
