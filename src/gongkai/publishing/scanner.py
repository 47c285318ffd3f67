"""Scans the whole of a draft: its words, its text, its files, and its figures against earlier ones of the series."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.files.actions import Damaged, content
from gongkai.files.models import Attachment
from gongkai.publishing.figures import elsewhere
from gongkai.publishing.fingerprint import attachments_of, same_text
from gongkai.publishing.links import broken, outside_links
from gongkai.publishing.models import Publication, State
from gongkai.publishing.queries.paths import policy_for
from gongkai.text.redaction import REMOVERS, FileUnreadable
from gongkai.text.scan import (
    REMOVABLE,
    RULES,
    Hit,
    PlacedTable,
    column_values,
    compare_series,
    effective,
    fingerprint,
    make_hit,
    mask,
    page_text,
    scan_html,
    scan_text,
)
from gongkai.text.scan.files import FileIssue, FileReport, inspect

PLAIN_FIELDS = ("title", "summary", "source", "legal_basis", "claim", "claim_source", "correction_note")
"""Fields without markup that the public reads."""

NAME = "文件名"
"""The place of a hit in the name of a file."""

EARLIER = 12
"""How many earlier publications of a series are compared."""

_OWN_PAGE = re.compile(r"^(?:https?://[^/]+)?/p/(\d+)/?(?:[?#].*)?$")
_LINK = re.compile(r'href="([^"]+)"')
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, and the place it is in for a reader: a field, or a file."""

    hit: Hit
    place: str
    part: str = ""
    """Where in a file: a page, a sheet, its header."""
    in_open_file: bool = True
    """False for a file of a type out of which nothing can be taken."""

    @property
    def removable(self) -> bool:
        """Whether one click can take its words out."""
        if self.hit.rule == "covered_text":
            return True
        return self.hit.rule in REMOVABLE and self.hit.end > self.hit.start and self.in_open_file

    def stored(self) -> dict[str, Any]:
        """As it is kept and shown; nothing in it is unmasked."""
        hit = self.hit
        return {
            "rule": hit.rule,
            "level": str(hit.level),
            "removable": self.removable,
            "where": hit.where,
            "place": self.place,
            "part": self.part,
            "start": hit.start,
            "end": hit.end,
            "excerpt": hit.excerpt_masked,
            "message": hit.message,
            "message_en": hit.message_en,
            "remedy": hit.remedy,
            "remedy_en": hit.remedy_en,
            "fingerprint": hit.fingerprint,
        }


def find(draft: Publication) -> list[Found]:
    """Everything that the rules find in a draft, each at the level that the agency's policy gives it."""
    levels: Mapping[str, str] = policy_for(draft.agency).scan_levels
    found = [*_in_fields(draft), *_published_before(draft), *_in_series(draft), *_elsewhere(draft)]
    found += _in_files(draft)
    return [replace(one, hit=hit) for one in found for hit in effective([one.hit], levels)]


def _in_fields(draft: Publication) -> Iterator[Found]:
    today, places = timezone.localdate(), own_places()
    for name in PLAIN_FIELDS:
        for hit in scan_text(getattr(draft, name), where=name, on=today, own_places=places):
            yield Found(hit, name)
    for hit in scan_html(draft.body, where="body", on=today, own_places=places, broken=_broken(draft)):
        yield Found(hit, "body")


def own_places() -> tuple[str, ...]:
    """The names of all bodies of this installation: other places in a text may be left over from a model text."""
    found: tuple[str, ...] | None = cache.get("publishing.own_places")
    if found is None:
        rows = Agency.objects.values_list("name", "short_name")
        found = tuple({name for row in rows for name in row if len(name) > 2})
        cache.set("publishing.own_places", found, 60)
    return found


def _broken(draft: Publication) -> set[str]:
    """Links to pages of this site that are not out, to files that the draft does not hold, and to what did not open."""
    links = set(_LINK.findall(draft.body))
    pages = {link: int(m[1]) for link in links if (m := _OWN_PAGE.match(link))}
    out = set(Publication.objects.filter(pk__in=pages.values(), state=State.PUBLISHED).values_list("pk", flat=True))
    held = {f"/files/{id}/" for id in attachments_of(draft)}
    dead = {link for link in links if link.startswith("/files/") and link not in held}
    dead |= broken(outside_links(draft))
    return dead | {link for link, id in pages.items() if id not in out}


def _published_before(draft: Publication) -> Iterator[Found]:
    """The same title and text are out already under another number."""
    others = Publication.objects.filter(state=State.PUBLISHED, content_hash=same_text(draft.title, draft.body))
    for other in others.exclude(pk=draft.pk).only("title", "index_number")[:1]:
        rule = RULES["same_text"]
        mark = fingerprint(rule.id, f"title\n{other.pk}", 0, 5)
        named = f"：{other.index_number or other.title}"
        words = (rule.message + named, rule.message_en + named, rule.remedy, rule.remedy_en)
        yield Found(Hit(rule.id, rule.level, 0, 0, draft.title, "title", *words, mark), "title")


def _in_series(draft: Publication) -> Iterator[Found]:
    if not draft.series:
        return
    earlier = Publication.objects.filter(agency=draft.agency_id, series=draft.series, state=State.PUBLISHED)
    rows = earlier.exclude(pk=draft.pk).order_by("-published_at").values_list("title", "body")[:EARLIER]
    for hit in compare_series(draft.body, list(rows)):
        yield Found(hit, "body")


def _elsewhere(draft: Publication) -> Iterator[Found]:
    """Figures of the area which another office has out with another value."""
    text = page_text(draft.body)
    for one in elsewhere(draft):
        other = one.other.publication
        named = f"{other.agency.label}《{other.title[:40]}》（{other.index_number or other.pk}）"
        in_chinese = f"“{one.figure.label}”本件为{one.figure.shown}，{named}为{one.other.shown}"
        in_english = f"{one.figure.label}: {one.figure.shown} here, {one.other.shown} in {named}"
        rule = RULES["figure_elsewhere"]
        start, end = one.figure.start, one.figure.end
        hit = make_hit(rule, text, start, end, where="body", detail=in_chinese, detail_en=in_english)
        yield Found(hit, "body")


def _in_files(draft: Publication) -> Iterator[Found]:
    """What is in the files, and once for all of them which pictures nobody has read."""
    there = Attachment.objects.in_bulk(attachments_of(draft))
    titles = {row["attachment"]: row["title"] for row in draft.files}
    pictures: list[tuple[Attachment, tuple[str, ...]]] = []
    for id in attachments_of(draft):
        if (attachment := there.get(id)) is not None:
            hits, unread = _of_file(attachment)
            yield from hits
            if unread:
                pictures.append((attachment, unread))
    for title in titles.values():
        for hit in scan_text(title, where="files"):
            yield Found(hit, "files", title)
    if pictures:
        yield _unread(pictures)


def _unread(pictures: list[tuple[Attachment, tuple[str, ...]]]) -> Found:
    """One hit for all pictures of a publication: it holds as long as the files are the same."""
    rule = RULES["picture_text"]
    named = [one.name + (f"（{'、'.join(places[:8])}）" if any(places) else "") for one, places in pictures]
    said = "：" + _masked("、".join(named[:8])) + ("……" if len(named) > 8 else "")
    mark = fingerprint(rule.id, ",".join(sorted(one.sm3 for one, _places in pictures)), 0, 1)
    words = (rule.message + said, rule.message_en + said, rule.remedy, rule.remedy_en)
    return Found(Hit(rule.id, rule.level, 0, 0, "", "files", *words, mark), "files")


def in_file(attachment: Attachment) -> list[Found]:
    """The hits in one file, each with its place in it."""
    return _of_file(attachment)[0]


def _of_file(attachment: Attachment) -> tuple[list[Found], tuple[str, ...]]:
    """The hits in one file, and the pictures in it; kept for a day, since a file never changes."""
    key = f"publishing.scan.5.{attachment.sm3}.{attachment.pk}"
    kept: tuple[list[Found], tuple[str, ...]] | None = cache.get(key)
    if kept is None:
        report, trouble = _report(lambda: content(attachment), attachment.type)
        kept = list(_hits(attachment, report, trouble)), report.pictures
        cache.set(key, kept, _DAY)
    return kept


def in_bytes(data: bytes, name: str, type: str) -> list[Found]:
    """The hits in a file that is not kept."""
    return list(_hits(Attachment(name=name, type=type), *_report(lambda: data, type)))


def words_of(hits: Iterable[Hit], text: str, tables: Sequence[PlacedTable]) -> list[str]:
    """The words that go where hits in a text are taken out: their own, or the values of the column that they head."""
    words: list[str] = []
    for hit in hits:
        own = [text[hit.start : hit.end]]
        words += column_values(text, tables, hit.start) if hit.rule == "person_column" else own
    return list(dict.fromkeys(words))


def parts_of_file(attachment: Attachment) -> Iterator[tuple[str, tuple[Hit, ...]]]:
    """Each text in a file with the hits in it, whose places are places of that text; unmasked, for redaction only."""
    for part in inspect(content(attachment), attachment.type).text_parts:
        yield part.text, scan_text(part.text, where=f"file:{attachment.pk}")


def _report(read: Callable[[], bytes], type: str) -> tuple[FileReport, FileIssue | None]:
    """What the scan of the bytes gives, or why it gives nothing."""
    try:
        return inspect(read(), type), None
    except FileUnreadable as error:
        return FileReport(), FileIssue(
            "file_unreadable", "", str(error), error.message_en, error.remedy, error.remedy_en
        )
    except Damaged as error:
        return FileReport(), FileIssue("file_unreadable", "", str(error), str(error), "", "")


def _hits(attachment: Attachment, report: FileReport, trouble: FileIssue | None) -> Iterator[Found]:
    where = f"file:{attachment.pk}"
    for hit in scan_text(attachment.name, where=where):
        yield Found(hit, attachment.name, NAME)
    opens = attachment.type in REMOVERS
    for part in report.text_parts:
        for hit in scan_text(part.text, where=where):
            yield Found(hit, attachment.name, part.where, opens)
    for issue in [trouble] if trouble else report.issues:
        yield Found(_issue(where, issue), attachment.name)


def _issue(where: str, issue: FileIssue) -> Hit:
    """A hit without a place; what it quotes from the file is masked like any other text."""
    mark = fingerprint(issue.rule, f"{where}\n{issue.detail or issue.message}", 0, len(where))
    detail, message, message_en = (_masked(text) for text in (issue.detail, issue.message, issue.message_en))
    level = RULES[issue.rule].level
    return Hit(issue.rule, level, 0, 0, detail, where, message, message_en, issue.remedy, issue.remedy_en, mark)


def _masked(text: str) -> str:
    return mask(text, scan_text(text))
