"""The confidentiality review: a queue, the form with its record, the printed 保密审查表."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.rights import Right, may
from gongkai.desk.publications.attachments import described
from gongkai.desk.publications.common import (
    LIST_CRUMB,
    TROUBLE,
    by_field,
    draft_of,
    for_staff,
    header,
    visible,
    worked_on,
)
from gongkai.desk.publications.detail import since_last
from gongkai.desk.publications.editor import named_files, named_relations
from gongkai.desk.publications.marking import marked
from gongkai.desk.publications.scanning import apart, hit_views
from gongkai.law.review import CHECKLIST as QUESTIONS
from gongkai.law.review import GROUNDS, OUTCOMES, PRINCIPLES, Outcome, Withheld
from gongkai.publishing.actions import deciding, scanning
from gongkai.publishing.models import CONTENT_FIELDS, Publication, ScanOverride, Step
from gongkai.publishing.queries import desk
from gongkai.publishing.queries.differences import in_words
from gongkai.publishing.queries.paths import decided_before
from gongkai.text.scan import RULES

RESULTS = (Outcome.OPEN, Outcome.OPEN_REDACTED, Outcome.ON_REQUEST, Outcome.WITHHOLD, Outcome.REFER)
"""In the order of the keys 1 to 5."""
_FACTS = (
    *("kind", "document_number", "made_on", "categories", "theme", "joint_agencies", "touched_agencies", "summary"),
    *("mode", "legal_basis", "source", "claim"),
)


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The first that waits for the reviewer; the list where nothing does."""
    first = desk.at_step(request.user, Step.CONFIDENTIALITY).first()
    if first is None:
        messages.info(request, _("没有等待您保密审查的信息。"))
        return redirect("wagtailadmin_home")
    return redirect("desk:publication-review", pk=first.pk)


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """The review of one publication."""
    row = visible(request, pk)
    decides = may(request.user, Right.REVIEW_CONFIDENTIALITY, row.agency) and request.user.pk not in row.drafters
    decides = decides and request.user.pk not in decided_before(row, Step.CONFIDENTIALITY)
    if row.step != Step.CONFIDENTIALITY or not decides:
        messages.error(request, _("这份信息现在不由您进行保密审查。"))
        return redirect("desk:publication", pk=pk)
    if request.method == "POST":
        return _decide(request, row)
    return _page(request, row, {}, {})


def _decide(request: HttpRequest, row: Publication) -> HttpResponse:
    following = _neighbours(request, row)["next"]
    given = _given(request)
    try:
        if given["result"] == Outcome.RETURN:
            deciding.return_to_drafter(row, by=request.user, reason=given["opinion"])
        else:
            deciding.review_confidentiality(row, by=request.user, **given)
    except TROUBLE as error:
        return _page(request, row, given, by_field(error), status=422)
    messages.success(request, _("“%(title)s”：已记录审查结果。") % {"title": row.title})
    if following is not None:
        return redirect("desk:publication-review", pk=following)
    return redirect("wagtailadmin_home")


def _given(request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    return {
        "result": post.get("result", ""),
        "checklist": {q.id: post.get(f"q_{q.id}", "") for q in QUESTIONS},
        "grounds": [g for g in post.getlist("grounds") if g in set(Withheld)],
        "articles": post.get("articles", "").strip()[:300],
        "opinion": post.get("opinion", "").strip(),
        "referred_to": post.get("referred_to", "").strip()[:120],
    }


def _neighbours(request: HttpRequest, row: Publication) -> dict[str, Any]:
    ids = list(desk.at_step(request.user, Step.CONFIDENTIALITY).values_list("pk", flat=True))
    place = ids.index(row.pk) if row.pk in ids else -1
    others = [id for id in ids if id != row.pk]
    following = ids[place + 1] if 0 <= place < len(ids) - 1 else (others[0] if others else None)
    return {
        "place": place + 1,
        "count": len(ids),
        "previous": ids[place - 1] if place > 0 else None,
        "next": following,
        "ahead": ids[place + 1] if 0 <= place < len(ids) - 1 else None,
    }


def _page(
    request: HttpRequest, row: Publication, given: dict[str, Any], errors: dict[str, list[str]], status: int = 200
) -> HttpResponse:
    draft = draft_of(row)
    hits = hit_views(row, list(scanning.newest(row).hits))
    context = header(_("保密审查"), LIST_CRUMB, icon="lock") | {
        "publication": row,
        "draft": draft,
        "body": marked(for_staff(draft.body, row.pk), hits),
        "files": [f | described(row, f["attachment"]) for f in named_files(draft.files, row.agency)],
        "relations": named_relations(draft.relations, request.user),
        "facts": [
            (Publication._meta.get_field(name).verbose_name, value)
            for name in _FACTS
            if (value := in_words(draft, name))
        ],
        **apart(hits),
        "since": since_last(row, draft),
        "returned": desk.last_return(row),
        "referral": desk.pending_referral(row),
        "earlier": row.confidentiality_reviews.select_related("reviewer"),
        **_words(given),
        "given": given,
        "errors": errors,
        "queue": _neighbours(request, row),
        "back": reverse("desk:publication-review", args=[row.pk]),
    }
    return render(request, "desk/publications/review.html", context, status=status)


def _said(entry: Any) -> str:
    """The label of an entry of an official list in the reader's language."""
    english = (get_language() or "").startswith("en")
    return str(entry.label_en if english else entry.label)


def _removed(entry: dict[str, Any]) -> str:
    """What was removed, in words: place, rule, masked words."""
    where, rule = str(entry.get("where", "")), RULES.get(str(entry.get("rule", "")))
    place = Publication._meta.get_field(where).verbose_name if where in CONTENT_FIELDS else where
    return " ".join(
        str(word) for word in (place, _said(rule) if rule else entry.get("rule", ""), entry.get("masked", ""))
    )


def _words(given: dict[str, Any]) -> dict[str, Any]:
    """Principles, questions, results and grounds in the reader's language, with what was answered."""
    english = (get_language() or "").startswith("en")
    checklist = given.get("checklist", {})
    return {
        "principles": [_said(p) for p in PRINCIPLES],
        "questions": [(q.id, _said(q), q.article, checklist.get(q.id, ""), ",".join(q.grounds)) for q in QUESTIONS],
        "results": [
            (
                key,
                o,
                _said(OUTCOMES[o]),
                OUTCOMES[o].next_en if english else OUTCOMES[o].next,
            )
            for key, o in enumerate(RESULTS, 1)
        ],
        "grounds": [(g, _said(d), d.article) for g, d in GROUNDS.items()],
    }


@require_GET
def record(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """One review as a form for print and file (政府信息公开保密审查表)."""
    row = worked_on(request, pk)
    review = get_object_or_404(row.confidentiality_reviews.select_related("reviewer", "revision"), pk=record)
    reviewed = review.revision.as_object()
    context = {
        "publication": row,
        "draft": reviewed,
        "review": review,
        "result": _said(Outcome(review.result)) if review.result in set(Outcome) else review.result,
        "grounds": [(_said(Withheld(g)), Withheld(g).article) for g in review.grounds if g in set(Withheld)],
        "questions": [(_said(q), q.article, review.checklist.get(q.id, "")) for q in QUESTIONS],
        "principles": [_said(p) for p in PRINCIPLES],
        "files": named_files(reviewed.files, row.agency),
        "overrides": [
            (_said(RULES[o.rule]) if o.rule in RULES else o.rule, o.reason, o.by)
            for o in ScanOverride.objects.filter(publication=row, at__lte=review.at).select_related("by")
        ],
        "removed": [_removed(r) for r in review.removed],
        "drafters": row.created_by,
        "categories": in_words(reviewed, "categories"),
    }
    return render(request, "desk/publications/record.html", context)
