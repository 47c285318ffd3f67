"""The panel that shows what the scan before release found: each hit with its place, its level and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.agencies.rights import Right, may
from gongkai.desk.publications.common import draft_of
from gongkai.publishing.actions import scanning
from gongkai.publishing.actions.shared import changeable
from gongkai.publishing.models import CONTENT_FIELDS, Publication, ScanOverride
from gongkai.text.rich.reading import plain
from gongkai.text.scan import RULES


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit as staff see it."""

    hit: dict[str, Any]
    place: str
    label: str
    message: str
    remedy: str
    words: str
    """The words of the hit in the body of the text, to find the passage again; empty for any other place."""
    nth: int
    """How many times the same words stand before it."""
    override: ScanOverride | None
    redactable: bool

    @property
    def level(self) -> str:
        """block, warn or allow."""
        return str(self.hit["level"])

    @property
    def open(self) -> bool:
        """Whether it still keeps the publication from going on."""
        return self.level == "block" and self.override is None


def hit_views(publication: Publication, hits: list[dict[str, Any]] | None = None) -> list[HitView]:
    """The hits in the newest draft, those that block first; of its newest scan where none are given."""
    draft = draft_of(publication)
    found = list(scanning.newest(publication).hits) if hits is None else hits
    text = plain(draft.body)
    overrides = {o.fingerprint: o for o in publication.overrides.select_related("by")}
    views = [_view(hit, text, overrides) for hit in found]
    return sorted(views, key=lambda v: (v.override is not None, v.level != "block"))


def apart(views: Iterable[HitView]) -> dict[str, Any]:
    """What the panel shows: hits that weigh something, those that are for information only, and how many block."""
    shown = list(views)
    return {
        "hits": [v for v in shown if v.level != "allow"],
        "hints": [v for v in shown if v.level == "allow"],
        "blocking": sum(v.open for v in shown),
    }


def panel(request: HttpRequest, publication: Publication) -> str:
    """The panel as HTML."""
    may_draft = may(request.user, Right.DRAFT_PUBLICATIONS, publication.agency) and changeable(publication)
    context = apart(hit_views(publication)) | {
        "publication": publication,
        "may_redact": may_draft,
        "may_override": may_draft or may(request.user, Right.REVIEW_CONFIDENTIALITY, publication.agency),
    }
    return render_to_string("desk/publications/_scan.html", context, request)


def removable(publication: Publication, chosen: Iterable[str]) -> list[str]:
    """Those of the chosen hits whose words can be taken out; all of them where none can, so that the reason is told."""
    can = {v.hit["fingerprint"] for v in hit_views(publication) if v.redactable}
    wanted = list(chosen)
    return [mark for mark in wanted if mark in can] or wanted


def _view(hit: dict[str, Any], text: str, overrides: dict[str, ScanOverride]) -> HitView:
    english = (get_language() or "").startswith("en")
    in_body = hit["where"] == "body" and hit["end"] > hit["start"]
    words = text[hit["start"] : hit["end"]] if in_body else ""
    rule = RULES.get(hit["rule"])
    override = overrides.get(hit["fingerprint"])
    return HitView(
        hit,
        _place(hit),
        (rule.label_en if english else rule.label) if rule else str(hit["rule"]),
        hit["message_en"] if english else hit["message"],
        hit["remedy_en"] if english else hit["remedy"],
        words,
        text.count(words, 0, hit["start"]) if words else 0,
        override,
        override is None and bool(hit.get("removable", hit["end"] > hit["start"])),
    )


def _place(hit: dict[str, Any]) -> str:
    """A field by its name, a file by its own."""
    place = str(hit.get("place") or hit["where"])
    if str(hit["where"]).startswith("file:"):
        part = str(hit.get("part") or "")
        return _("附件“%(title)s”") % {"title": place} + (f"（{part}）" if part else "")
    return str(Publication._meta.get_field(place).verbose_name) if place in CONTENT_FIELDS else place
