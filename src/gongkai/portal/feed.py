"""Lists in forms that programs follow: Atom, JSON Feed, and CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from gongkai.portal import labels
from gongkai.portal.listing import Row
from gongkai.portal.meta import Feed, absolute

FORMATS = ("atom", "json")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With the wide forms, which spreadsheets in Chinese take for the same."""


def wanted_format(request: HttpRequest) -> str:
    """The form that is asked for by `?format=`; empty for a page."""
    asked = request.GET.get("format", "")
    return asked if asked in FORMATS else ""


def links(path: str, title: str) -> list[Feed]:
    """The feeds of a list, for the head of its page."""
    joint = "&" if "?" in path else "?"
    return [
        Feed("application/atom+xml", f"{path}{joint}format=atom", f"{title} Atom"),
        Feed("application/feed+json", f"{path}{joint}format=json", f"{title} JSON"),
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list a feed holds: by its number, and whether an older one follows."""

    number: int = 1
    has_next: bool = False


WHOLE = Part()


def respond(form: str, rows: Sequence[Row], *, title: str, path: str, part: Part = WHOLE) -> HttpResponse:
    """The rows as a feed; `path` is the address of the page that it follows."""
    if form == "atom":
        return HttpResponse(_atom(rows, title, path, part), content_type="application/atom+xml; charset=utf-8")
    data = _json(rows, title, path, part)
    return HttpResponse(json.dumps(data, ensure_ascii=False), content_type="application/feed+json; charset=utf-8")


def _marked(row: Row) -> str:
    """The title; where it says so in a list, a feed says it too that a document is no longer in force."""
    return f"〔{labels.validity(row.line.validity)}〕{row.title}" if row.ended else row.title


def _address(path: str, form: str, number: int = 1) -> str:
    """Where a part of a list stands as a feed."""
    page = f"&page={number}" if number > 1 else ""
    return absolute(f"{path}{'&' if '?' in path else '?'}format={form}{page}")


def _atom(rows: Sequence[Row], title: str, path: str, part: Part) -> str:
    newest = max((row.line.changed_at for row in rows), default=timezone.now())
    links = {"self": part.number, "first": 1}
    if part.number > 1:
        links["previous"] = part.number - 1
    if part.has_next:
        links["next"] = part.number + 1
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">',
        f"<id>{escape(absolute(path))}</id><title>{escape(title)}</title>",
        f"<updated>{newest.isoformat()}</updated><author><name>{escape(settings.WAGTAIL_SITE_NAME)}</name></author>",
        f'<link rel="alternate" href="{escape(absolute(path))}"/>',
        *(f'<link rel="{name}" href="{escape(_address(path, "atom", n))}"/>' for name, n in links.items()),
    ]
    return "\n".join([*head, *map(_entry, rows), "</feed>"])


def _entry(row: Row) -> str:
    url = escape(absolute(row.url))
    line = row.line
    return (
        f'<entry><id>{url}</id><title>{escape(_clean(_marked(row)))}</title><link href="{url}"/>'
        f"<published>{line.published_at.isoformat()}</published><updated>{line.changed_at.isoformat()}</updated>"
        f"<author><name>{escape(_clean(row.agency))}</name></author>"
        f'<category term="{escape(line.kind)}" label="{escape(row.kind)}"/>'
        f"<summary>{escape(_clean(line.summary or row.number))}</summary></entry>"
    )


def _clean(text: str) -> str:
    """Without the characters that XML forbids."""
    return "".join(c for c in text if c >= " " or c in "\t\n") if not text.isprintable() else text


def _json(rows: Sequence[Row], title: str, path: str, part: Part) -> dict[str, Any]:
    following = {"next_url": _address(path, "json", part.number + 1)} if part.has_next else {}
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": absolute(path),
        "feed_url": _address(path, "json", part.number),
        **following,
        "language": "zh-Hans",
        "items": [_item(row) for row in rows],
    }


def _item(row: Row) -> dict[str, Any]:
    line = row.line
    return {
        "id": absolute(row.url),
        "url": absolute(row.url),
        "title": _marked(row),
        "summary": line.summary,
        "content_text": line.summary or row.title,
        "date_published": line.published_at.isoformat(),
        "date_modified": line.changed_at.isoformat(),
        "authors": [{"name": row.agency}],
        "tags": [row.kind],
        "_gongkai": {
            "index_number": line.index_number,
            "document_number": line.document_number,
            "kind": line.kind,
            "validity": line.validity,
            "ended_on": line.ended_on.isoformat() if line.ended_on else None,
        },
    }


# Spreadsheets


class _Echo:
    def write(self, value: str) -> str:
        return value


def safe_cell(text: object) -> str:
    """A text that a spreadsheet shows instead of computing it."""
    shown = "" if text is None else str(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def csv_response(rows: Iterable[Row], name: str) -> StreamingHttpResponse:
    """The rows as a CSV file, sent as they are read."""
    response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _csv(rows: Iterable[Row]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    head = [_("标题"), _("发文字号"), _("索引号"), _("发布机构"), _("信息类型"), _("发布日期"), _("有效性"), _("地址")]
    yield "\ufeff" + str(writer.writerow(head))
    for row in rows:
        line = row.line
        values = [row.title, row.number, line.index_number, row.agency, row.kind, row.day]
        values += [labels.validity(line.validity), absolute(row.url)]
        yield str(writer.writerow([safe_cell(value) for value in values]))
