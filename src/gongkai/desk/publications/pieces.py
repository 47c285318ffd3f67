"""What the editor asks while somebody writes: cleaning, numbers, suggestions, related documents, files, the scan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import existing, matching
from gongkai.agencies.rights import Right, may_anywhere
from gongkai.desk.publications.attachments import described, place_pictures, store_uploads
from gongkai.desk.publications.common import (
    TROUBLE,
    draft_of,
    for_staff,
    for_storing,
    visible,
    wants_json,
    words,
    worked_on,
)
from gongkai.desk.publications.editor import drafting_agencies
from gongkai.desk.publications.headline import without_headline
from gongkai.desk.publications.scanning import panel
from gongkai.files.checks import check
from gongkai.files.models import Attachment
from gongkai.law import document_number
from gongkai.publishing.actions import drafting
from gongkai.publishing.models import Publication
from gongkai.publishing.queries import listing, suggestions
from gongkai.text.rich import Cleaned, place_images
from gongkai.text.rich import clean as clean_html
from gongkai.text.rich.word import FileUnreadable, from_docx

FOUND = 12
PASTE_LIMIT = 4_000_000
WORD_LIMIT = 50 * 1024 * 1024


@require_POST
def clean(request: HttpRequest) -> JsonResponse:
    """What was pasted, cleaned, with notes on what was dropped."""
    if not may_anywhere(request.user, Right.DRAFT_PUBLICATIONS):
        return _no(_("起草信息需要“起草人”岗位。"), 403)
    html = request.POST.get("html", "")
    if len(html) > PASTE_LIMIT:
        return _no(_("一次粘贴的内容过多。请改用“导入 Word 文件”。"), 413)
    cleaned = clean_html(for_storing(html))
    text, pk = cleaned.html, request.POST.get("publication", "")
    if cleaned.images:
        text = _pictures_placed(request, pk, cleaned)
    title, notes = "", _notes(cleaned.notes)
    if request.POST.get("whole"):
        text, title = without_headline(text, request.POST.get("title", "")[:300])
        notes += [_("开头的标题已移到“标题”一栏，正文不再重复。")] if title else []
    return JsonResponse({"html": text, "title": title, "notes": notes})


def _pictures_placed(request: HttpRequest, pk: str, cleaned: Cleaned) -> str:
    """Pictures are kept where the draft is there already; else they stay out, and the note says so."""
    if not pk.isdecimal():
        return place_pictures_nowhere(cleaned)
    row = visible(request, int(pk))
    try:
        return for_staff(place_pictures(row, cleaned.html, cleaned.images, by=request.user), row.pk)
    except TROUBLE:
        return place_pictures_nowhere(cleaned)


def place_pictures_nowhere(cleaned: Cleaned) -> str:
    """The text without its pasted pictures."""
    return place_images(cleaned.html, {})


@require_GET
def number(request: HttpRequest) -> JsonResponse:
    """What a document number means, what is off in it, its right form, and whether it is used already."""
    text = request.GET.get("text", "").strip()[:120]
    if not text:
        return JsonResponse({"problems": [], "canonical": ""})
    problems = document_number.problems(text, timezone.localdate())
    try:
        canonical = document_number.parse(text).canonical
    except document_number.NotADocumentNumber:
        canonical = ""
    english = (get_language() or "").startswith("en")
    lines = [p.message_en if english else p.message for p in problems]
    own = request.GET.get("publication", "")
    twin = listing.with_number(request.user, canonical, int(own) if own.isdecimal() else None) if canonical else None
    if twin is not None:
        lines.append(_("“%(title)s”已经用了这个发文字号。") % {"title": twin.title})
    return JsonResponse({"problems": lines, "canonical": canonical})


@require_POST
def suggest(request: HttpRequest) -> JsonResponse:
    """What the title and the text suggest for other fields."""
    agencies = drafting_agencies(request.user)
    agency = next((a for a in agencies if str(a.pk) == request.POST.get("agency")), None)
    if agency is None:
        return JsonResponse({})
    found = suggestions.suggest(request.POST.get("title", "")[:300], request.POST.get("body", ""), agency)
    named = Agency.objects.filter(pk__in=found.touched_agencies).values_list("pk", "name")
    return JsonResponse(found.as_json() | {"touched_agencies": [{"id": pk, "title": name} for pk, name in named]})


@require_GET
def agencies(request: HttpRequest) -> JsonResponse:
    """Agencies whose name holds the words, to be named as touched: their names are public."""
    query = request.GET.get("q", "").strip()[:60]
    if not query or not may_anywhere(request.user, Right.DRAFT_PUBLICATIONS):
        return JsonResponse({"items": []})
    found = matching(query, existing())[:FOUND]
    return JsonResponse({"items": [{"id": a.pk, "title": a.name} for a in found]})


@require_GET
def pick(request: HttpRequest) -> JsonResponse:
    """Publications whose title or number holds the words: what is public, and what the person may see."""
    query = request.GET.get("q", "").strip()[:100]
    own = request.GET.get("publication", "")
    found = listing.pickable(request.user, query, int(own) if own.isdecimal() else None) if len(query) > 1 else []
    return JsonResponse({"items": [_picked(row) for row in found]})


@require_POST
def upload(request: HttpRequest, pk: int) -> JsonResponse:
    """Keeps one file or several for a draft; names each that is refused and goes on with the rest."""
    row = visible(request, pk)
    kept, refused = [], []
    for file in request.FILES.getlist("files"):
        try:
            entry = store_uploads(row, [file], by=request.user)[0]
        except TROUBLE as error:
            refused.append(words(error))
        else:
            kept.append(described(row, Attachment.objects.get(pk=entry["attachment"])))
    if request.POST.get("add") and kept:
        files = [*draft_of(row).files, *({"attachment": k["id"], "title": k["title"]} for k in kept)]
        drafting.save_draft(row, by=request.user, files=files)
    return JsonResponse({"files": kept, "refused": refused})


@require_GET
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of the scan."""
    return HttpResponse(panel(request, worked_on(request, pk)))


@require_POST
def word(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Fills title, text and number from a Word file; begins the draft where there is none."""
    upload = request.FILES.get("word")
    if pk is not None:
        visible(request, pk)
    try:
        if upload is None:
            raise ValidationError(_("还没有选择文件。请选择一个 Word 文件（.docx）。"))
        data = upload.read(WORD_LIMIT + 1)
        check(data, upload.name or "", limit=WORD_LIMIT, types=["docx"])
        row = _filled(request, pk, data)
    except (*TROUBLE, FileUnreadable) as error:
        if wants_json(request):
            return _no(words(error), 422)
        messages.error(request, words(error))
        return redirect(request.META.get("HTTP_REFERER") or reverse("desk:publications"))
    address = reverse("desk:publication-edit", args=[row.pk])
    return JsonResponse({"edit": address}) if wants_json(request) else redirect(address)


def _filled(request: HttpRequest, pk: int | None, data: bytes) -> Publication:
    read = from_docx(data)
    content: dict[str, Any] = {"title": read.title[:300] or _("未命名信息")}
    if read.document_number:
        content["document_number"] = read.document_number
    if pk is None:
        agencies = drafting_agencies(request.user)
        agency = next(
            (a for a in agencies if str(a.pk) == request.POST.get("agency")), agencies[0] if agencies else None
        )
        if agency is None:
            raise ValidationError(_("起草信息需要“起草人”岗位。"))
        row = drafting.create_draft(agency, by=request.user, **content)
    else:
        row = visible(request, pk)
    content["body"] = place_pictures(row, read.html, read.images, by=request.user)
    found = suggestions.suggest(content["title"], content["body"], row.agency)
    draft = draft_of(row)
    content |= {name: value for name, value in found.content().items() if not getattr(draft, name)}
    saved: Publication = drafting.save_draft(row, by=request.user, **content)
    return saved


def _picked(row: Publication) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "number": row.document_number,
        "agency": row.agency.label,
        "day": timezone.localtime(row.published_at).strftime("%Y-%m-%d") if row.published_at else "",
    }


def _notes(notes: Any) -> list[str]:
    english = (get_language() or "").startswith("en")
    return [note.message_en if english else note.message for note in notes]


def _no(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
