"""What changed between two versions of a publication: fields, and the text paragraph by paragraph, side by side."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from wagtail.models import Revision

from gongkai.agencies.models import Agency
from gongkai.law import catalogue
from gongkai.publishing.models import CONTENT_FIELDS, Publication, RelationKind, State
from gongkai.text.rich.reading import plain
from gongkai.trail.chain import history

LONGEST = 4000
"""Characters of a paragraph within which single words are compared; a longer one counts as changed whole."""
_LEFT_OUT = ("body",)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; changed where the other side has something else there."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph before and after; `kind` is same, changed, added or removed."""

    kind: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that changed, in words."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Differences:
    """All that changed."""

    fields: tuple[FieldChange, ...]
    paragraphs: tuple[Pair, ...]

    @property
    def changed(self) -> bool:
        """Whether anything changed."""
        return bool(self.fields) or any(p.kind != "same" for p in self.paragraphs)


def versions(publication: Publication) -> QuerySet[Revision]:
    """The versions of a draft, newest first; those before its last redaction are kept closed."""
    found: QuerySet[Revision] = publication.revisions.select_related("user").order_by("-pk")
    redaction = history(publication).filter(action="publishing.redact").order_by("-number").first()
    return found.filter(pk__gte=redaction.data["revision"]) if redaction is not None else found


def differences(before: Publication, after: Publication) -> Differences:
    """What changed from one version of a publication to another."""
    return Differences(tuple(_fields(before, after)), tuple(paragraphs(plain(before.body), plain(after.body))))


def paragraphs(before: str, after: str) -> Iterator[Pair]:
    """Two texts side by side, paragraph by paragraph."""
    old, new = ([line for line in text.splitlines() if line.strip()] for text in (before, after))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from (Pair("same", (Piece(line, False),), (Piece(line, False),)) for line in old[a:b])
        else:
            yield from _replaced(old[a:b], new[c:d])


def _replaced(old: list[str], new: list[str]) -> Iterator[Pair]:
    both = min(len(old), len(new))
    for left, right in zip(old[:both], new[:both], strict=True):
        yield Pair("changed", *_pieces(left, right))
    yield from (Pair("removed", (Piece(line, True),), ()) for line in old[both:])
    yield from (Pair("added", (), (Piece(line, True),)) for line in new[both:])


def _pieces(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if max(len(left), len(right)) > LONGEST:
        return (Piece(left, True),), (Piece(right, True),)
    before, after = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        changed = kind != "equal"
        if b > a:
            before.append(Piece(left[a:b], changed))
        if d > c:
            after.append(Piece(right[c:d], changed))
    return tuple(before), tuple(after)


def _fields(before: Publication, after: Publication) -> Iterator[FieldChange]:
    for name in CONTENT_FIELDS:
        if name in _LEFT_OUT:
            continue
        old, new = in_words(before, name), in_words(after, name)
        if old != new:
            yield FieldChange(name, str(Publication._meta.get_field(name).verbose_name), old, new)


def in_words(publication: Publication, name: str) -> str:
    """What a field of the content holds, as people read it."""
    value = getattr(publication, name)
    if name in ("joint_agencies", "touched_agencies"):
        return _joined(Agency.objects.filter(pk__in=value or []).values_list("name", flat=True))
    if name == "files":
        return _joined(str(f.get("title", "")) for f in value or [])
    if name == "relations":
        return _joined(_relation(r) for r in value or [])
    if name in ("categories", "theme", "genre"):
        return _joined(_entry(id) for id in ([value] if isinstance(value, str) else value or []) if id)
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return _joined(map(str, value))
    display = getattr(publication, f"get_{name}_display", None)
    return str(display() if display else value or "")


def _joined(words: Any) -> str:
    return pgettext("between items of a list", "、").join(words)


def _entry(id: str) -> str:
    english = (get_language() or "").startswith("en")
    try:
        return catalogue.label_en(id) if english else catalogue.label(id)
    except KeyError:
        return id


def _relation(row: dict[str, Any]) -> str:
    target = Publication.objects.filter(pk=row["target"]).only("title", "state").first() if row.get("target") else None
    # Differences are read by invited people of other agencies too: what was never public is not named to them.
    known = target is not None and target.state in (State.PUBLISHED, State.WITHDRAWN)
    title = (target.title if known else _("尚未公开的文件")) if target else row.get("text", "")
    kind = RelationKind(row["kind"]).label if row.get("kind") in RelationKind.values else row.get("kind", "")
    return _("%(kind)s“%(title)s”") % {"kind": kind, "title": title}
