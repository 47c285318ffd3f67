"""The changes of a subscription as an Atom feed, for programs that follow feeds and for people with a feed reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.files.checks import TYPES
from gongkai.publishing.exporting.machine import machine_form
from gongkai.publishing.models import Change, State, Subscription

_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def changes_atom(subscription: Subscription, changes: Iterable[Change], *, address: str, following: str = "") -> str:
    """The changes in the order given, an entry each; `following` is the address of the changes after them."""
    rows = list(changes)
    updated = max((change.at for change in rows), default=timezone.now())
    title = _("%(site)s信息变化：%(name)s") % {"site": settings.WAGTAIL_SITE_NAME, "name": subscription.name}
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">',
        f"<id>{escape(settings.WAGTAILADMIN_BASE_URL)}/api/changes.atom#{subscription.pk}</id>",
        f"<title>{_text(title)}</title><updated>{updated.isoformat(timespec='seconds')}</updated>",
        f'<link rel="self" href={quoteattr(address)}/>',
    ]
    if following:
        head.append(f'<link rel="next" href={quoteattr(following)}/>')
    return "\n".join([*head, *map(_entry, rows), "</feed>"])


def _entry(change: Change) -> str:
    """A change with the publication as it is now; of one that was withdrawn, only that and why."""
    data = machine_form(change.publication)
    out = data["state"] == State.PUBLISHED
    named = data["title"] if out else data["index_number"] or data["url"]
    at = change.at.isoformat(timespec="seconds")
    author = data["agency"]["name"] if out else change.publication.agency.name
    parts = [
        f"<id>{escape(data['url'])}#change-{change.pk}</id>",
        f"<title>{_text(f'〔{change.get_verb_display()}〕{named}')}</title>",
        f"<updated>{at}</updated>",
        f"<author><name>{_text(author)}</name></author>",
        f"<link href={quoteattr(data['url'])}/>",
        f"<category term={quoteattr(change.verb)} label={quoteattr(str(change.get_verb_display()))}/>",
        *(_public(data) if out else [f'<content type="text">{_text(data["reason"])}</content>']),
    ]
    return f"<entry>{''.join(parts)}</entry>"


def _public(data: dict[str, Any]) -> list[str]:
    kind = data["kind"]
    found = [f"<category term={quoteattr(kind['id'])} label={quoteattr(kind['label'])}/>"]
    if data["published_at"]:
        found.append(f"<published>{data['published_at']}</published>")
    for file in data["files"]:
        type = TYPES.get(file["type"], "application/octet-stream")
        href, title = quoteattr(file["url"]), quoteattr(_clean(file["title"]))
        found.append(f'<link rel="enclosure" href={href} title={title} type="{type}" length="{file["size"]}"/>')
    if data["summary"]:
        found.append(f"<summary>{_text(data['summary'])}</summary>")
    return [*found, f'<content type="html">{_text(data["body"])}</content>']


def _text(value: str) -> str:
    return escape(_clean(value))


def _clean(value: str) -> str:
    """Without the characters that XML forbids."""
    return value.translate(_NOT_XML)
