"""The editor: a new publication and the draft of one that is there, saved by hand or by itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.agencies.models import Agency, Person, Role
from gongkai.agencies.queries import current_posts, inherited, visible_to
from gongkai.agencies.rights import ROLES, NotAllowed, Right, may
from gongkai.desk.publications import fields
from gongkai.desk.publications.attachments import keep_pasted, store_uploads
from gongkai.desk.publications.common import (
    LIST_CRUMB,
    TROUBLE,
    by_field,
    draft_of,
    for_staff,
    header,
    visible,
    wants_json,
    words,
)
from gongkai.desk.publications.conflict import conflict_page
from gongkai.desk.publications.editor_words import editor_words
from gongkai.desk.publications.scanning import panel
from gongkai.files.models import Attachment
from gongkai.publishing.actions import drafting, submitting
from gongkai.publishing.actions.shared import changeable
from gongkai.publishing.checking import checked
from gongkai.publishing.models import Kind, Publication, RelationKind, State
from gongkai.publishing.queries.desk import last_return
from gongkai.publishing.queries.listing import known_to
from gongkai.text.rich import compute

KIND_COOKIE = "desk_kind"
SAVED_COOKIE = "desk_saved"
"""Tells the script that the copy which it kept on the writer's machine is not needed any more."""
SAVE_SECONDS = 20


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An empty editor; the first saving makes the draft."""
    agencies = drafting_agencies(request.user)
    if not agencies:
        messages.error(request, _("起草信息需要“起草人”或“政府信息公开工作人员”岗位。请联系本机关管理员。"))
        return redirect("desk:publications")
    agency = next((a for a in agencies if str(a.pk) == request.POST.get("agency")), agencies[0])
    if request.method == "POST":
        return _save_new(request, agency, agencies)
    kind = request.GET.get("kind") or request.COOKIES.get(KIND_COOKIE, "")
    usual = {name: Publication._meta.get_field(name).get_default() for name in ("mode", "term", "retention")}
    content = {**usual, "kind": kind if kind in Kind.values else Kind.NOTICE}
    return _page(request, None, agency, content, {}, agencies=agencies)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of a publication."""
    row = visible(request, pk)
    if not may(request.user, Right.DRAFT_PUBLICATIONS, row.agency) or not changeable(row):
        if wants_json(request):
            return JsonResponse({"errors": {"": [_("这份信息现在不能修改。请刷新页面查看它的状态。")]}}, status=403)
        messages.error(request, _("这份信息现在不能修改。正在审查的，请先撤回，或者由审查人退回。"))
        return redirect("desk:publication", pk=pk)
    draft = draft_of(row)
    if request.method == "POST":
        if request.POST.get("keep") == "both":
            return _keep_both(request, row, draft)
        return _save(request, row, draft)
    return _page(request, row, row.agency, _content(draft), {})


def drafting_agencies(person: Person) -> list[Agency]:
    """The agencies for which a person may draft, their own first; an agency that was abolished drafts nothing."""
    today = timezone.localdate()
    found = [
        a for a in visible_to(person, roles=ROLES[Right.DRAFT_PUBLICATIONS]) if not a.abolished or a.abolished > today
    ]
    own = {
        p.agency_id: p.role != Role.DRAFTER
        for p in current_posts(person).filter(role__in=["drafter", "disclosure_officer"])
    }
    return sorted(found, key=lambda a: (a.pk not in own, own.get(a.pk, True), a.order))


def _save_new(request: HttpRequest, agency: Agency, agencies: list[Agency]) -> HttpResponse:
    content = fields.content_of(request.POST)
    content["title"] = content.get("title", "").strip() or (_("未命名信息") if wants_json(request) else "")
    good, errors = _taken(agency, content) if wants_json(request) else (content, {})
    try:
        if not content["title"]:
            raise ValidationError({"title": _("请填写标题。")})
        row = drafting.create_draft(agency, by=request.user, **good)
        _with_files(request, row)
    except TROUBLE as error:
        return _refused(request, None, agency, content, error, agencies)
    return _saved(request, row, errors)


def _save(request: HttpRequest, row: Publication, draft: Publication) -> HttpResponse:
    content = fields.content_of(request.POST)
    based_on = request.POST.get("based_on", "")
    good, errors = _taken(row.agency, content) if wants_json(request) else (content, {})
    try:
        number = int(based_on) if based_on.isdecimal() and len(based_on) < 19 else None
        saved = drafting.save_draft(row, by=request.user, based_on=number, window=_window(request), **good)
        _with_files(request, saved)
    except drafting.Conflict as conflict:
        if wants_json(request):
            return JsonResponse({"conflict": True, "message": words(conflict)}, status=409)
        return conflict_page(request, row, draft, content, words(conflict))
    except TROUBLE as error:
        return _refused(request, row, row.agency, _content(draft) | content, error, [])
    return _saved(request, visible(request, row.pk), errors)


def _window(request: HttpRequest) -> str:
    """What marks the window that sends: its script made it up."""
    given: str = request.POST.get("window", "")
    return given if given.isascii() and given.isalnum() and len(given) < 41 else ""


def _kept(response: HttpResponse, request: HttpRequest, row: Publication) -> HttpResponse:
    """Lets the script forget the copy on the writer's machine: the server has the text."""
    mark = f"{row.pk}.{_window(request)}"
    response.set_cookie(SAVED_COOKIE, mark, max_age=60, samesite="Lax", path="/admin/")
    return response


def _keep_both(request: HttpRequest, row: Publication, draft: Publication) -> HttpResponse:
    """Of two texts that were written at once, lets the one that came second begin a draft of its own."""
    content = fields.content_of(request.POST)
    good, _errors = _taken(row.agency, content)
    try:
        made = drafting.create_draft(row.agency, by=request.user, **{**_content(draft), **good})
        _with_files(request, made)
    except TROUBLE as error:
        return _refused(request, row, row.agency, _content(draft) | content, error, [])
    messages.success(request, _("您的文字已另存为这份新草稿，原来的草稿没有改动。"))
    return _kept(redirect("desk:publication-edit", pk=made.pk), request, row)


def _taken(agency: Agency, content: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """What can be saved by itself while somebody writes, and what is wrong with the rest."""
    try:
        checked(agency, content)
    except ValidationError as error:
        errors = by_field(error)
        return {name: value for name, value in content.items() if name not in errors}, errors
    return content, {}


def _with_files(request: HttpRequest, row: Publication) -> None:
    """Keeps the files that came with the form, and the pictures that were pasted into the text."""
    uploads = request.FILES.getlist("files")
    draft = draft_of(row)
    content: dict[str, Any] = {}
    if uploads:
        content["files"] = [*draft.files, *store_uploads(row, uploads, by=request.user)]
    body = keep_pasted(row, request.POST.get("body", ""), by=request.user)
    if body is not None:
        content["body"] = body
    if content:
        drafting.save_draft(row, by=request.user, window=_window(request), **content)


def _saved(request: HttpRequest, row: Publication, errors: dict[str, list[str]]) -> HttpResponse:
    row = visible(request, row.pk)
    if wants_json(request):
        at = timezone.localtime(row.changed_at).strftime("%H:%M:%S")
        answer = JsonResponse(
            {
                "id": row.pk,
                "edit": reverse("desk:publication-edit", args=[row.pk]),
                "detail": reverse("desk:publication", args=[row.pk]),
                "revision": row.latest_revision_id,
                "saved": _("%(at)s 已自动保存") % {"at": at},
                "errors": errors,
                "scan": panel(request, row),
                "sums": sums_of(draft_of(row).body),
            }
        )
        return _remembered(answer, row)
    if "then_submit" in request.POST:
        return _submitted(request, row)
    messages.success(request, _("草稿已保存。"))
    then = "desk:publication" if "then_detail" in request.POST else "desk:publication-edit"
    return _kept(_remembered(redirect(then, pk=row.pk), row), request, row)


def _submitted(request: HttpRequest, row: Publication) -> HttpResponse:
    """Sends what was just saved on its path; where something is missing, the editor says what."""
    try:
        submitting.submit(row, by=request.user)
    except TROUBLE as error:
        answer = _page(
            request,
            row,
            row.agency,
            _content(draft_of(row)),
            by_field(error),
            status=422,
            heading=_("草稿已保存，改好以下几处才能提交"),
        )
    else:
        messages.success(request, _("已提交审查。"))
        answer = redirect("desk:publication", pk=row.pk)
    return _kept(_remembered(answer, row), request, row)


def _remembered(response: HttpResponse, row: Publication) -> HttpResponse:
    """Begins the next publication with the same kind."""
    response.set_cookie(KIND_COOKIE, row.kind, max_age=365 * 86400, samesite="Lax", httponly=True, path="/admin/")
    return response


def _refused(
    request: HttpRequest,
    row: Publication | None,
    agency: Agency,
    content: dict[str, Any],
    error: Exception,
    agencies: list[Agency],
) -> HttpResponse:
    status = 403 if isinstance(error, NotAllowed) else 422
    errors = by_field(error)
    if wants_json(request):
        return JsonResponse({"errors": errors, "message": words(error)}, status=status)
    return _page(request, row, agency, content, errors, agencies=agencies, status=status)


def _content(draft: Publication) -> dict[str, Any]:
    names = ("title", "body", "files", "relations", "correction_note")
    every = (*names, *(name for _id, _title, names in fields.GROUPS for name in names))
    return {name: getattr(draft, name) for name in every}


def _page(
    request: HttpRequest,
    row: Publication | None,
    agency: Agency,
    content: dict[str, Any],
    errors: dict[str, list[str]],
    *,
    agencies: list[Agency] | None = None,
    status: int = 200,
    heading: str = "",
) -> HttpResponse:
    title = _("编辑信息") if row else _("新建信息")
    context = header(title, LIST_CRUMB, icon="edit") | {
        "publication": row,
        "agency": agency,
        "agencies": agencies or [],
        "groups": fields.groups(agency, content, errors),
        "title_field": fields.one("title", agency, content, errors),
        "note_field": fields.one("correction_note", agency, content, errors)
        if row is not None and row.state == State.PUBLISHED
        else None,
        "body": for_staff(str(content.get("body", "")), row.pk if row else 0),
        "files": named_files(content.get("files") or [], agency),
        "relations": named_relations(content.get("relations") or [], request.user),
        "relation_kinds": RelationKind.choices,
        "errors": errors,
        "heading": heading or _("还没有保存，请先改好以下几处"),
        "error_lines": [(name, line) for name, lines in errors.items() for line in lines],
        "revision": row.latest_revision_id if row else "",
        "changed_at": row.changed_at if row else None,
        "returned": last_return(row) if row else None,
        "scan": panel(request, row) if row else "",
        "save_seconds": SAVE_SECONDS,
        "editor_words": editor_words(),
    }
    return render(request, "desk/publications/editor.html", context, status=status)


def sums_of(body: str) -> dict[str, Any] | None:
    """The text with its sums for the editor to show, and what kept one from being computed; None without any sum."""
    if "data-formula" not in body:
        return None
    english = (get_language() or "").startswith("en")
    problems = compute(body).problems
    return {"html": body, "problems": [p.message_en if english else p.message for p in problems]}


def named_files(rows: list[dict[str, Any]], agency: Agency) -> list[dict[str, Any]]:
    """The files of a draft with what is known of each; nothing of a file that another agency handed in."""
    own = Attachment.objects.filter(agency__in={agency.pk, *inherited([agency.pk])})
    there = own.in_bulk([r["attachment"] for r in rows])
    return [
        {"attachment": there[r["attachment"]], "title": r.get("title", "")} for r in rows if r["attachment"] in there
    ]


def named_relations(rows: list[dict[str, Any]], person: Person) -> list[dict[str, Any]]:
    """The relations of a draft with the titles of what they point to, as far as the person may know of it."""
    targets = known_to(person).in_bulk([r["target"] for r in rows if r.get("target")])
    return [
        {
            "kind": r["kind"],
            "label": RelationKind(r["kind"]).label if r["kind"] in RelationKind.values else r["kind"],
            "target": targets.get(r.get("target")),
            "text": r.get("text", ""),
        }
        for r in rows
    ]
