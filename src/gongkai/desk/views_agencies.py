"""Staff pages about agencies: the tree, and one agency with its office, leading group, posts, staff and history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies import actions
from gongkai.agencies.models import Absence, Agency, Kind, Post
from gongkai.agencies.queries import absences_on, matching, own_posts, successor_of, visible_to
from gongkai.agencies.rights import NotAllowed, Right, may, may_anywhere, may_reorganise
from gongkai.desk.forms_agencies import AppointForm, EndPostForm, OfficeForm, StaffForm, tell
from gongkai.desk.history import agency_history

CRUMB = {"url": reverse_lazy("desk_agencies"), "label": _("机构与人员")}
ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Branch:
    """An agency in the tree, and how deep it stands there."""

    agency: Agency
    depth: int


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The agencies that the person may see, as a tree; a list where they look for something."""
    agencies = visible_to(request.user)
    query, kind, state = (request.GET.get(name, "").strip()[:60] for name in ("q", "kind", "state"))
    if query:
        agencies = matching(query, agencies)
    if kind in Kind.values:
        agencies = agencies.filter(kind=kind)
    if state in {"there", "gone"}:
        agencies = agencies.filter(abolished__isnull=state == "there")
    found = list(agencies.select_related("parent", "successor").annotate(reports=Count("annual_reports")))
    filtered = bool(query or kind in Kind.values or state in {"there", "gone"})
    branches = [Branch(a, 0) for a in found] if filtered else tree(found)
    terms = request.GET.copy()
    terms.pop("p", None)
    context = {
        "header_title": _("机构与人员"),
        "header_icon": "group",
        "breadcrumbs_items": [{"url": "", "label": _("机构与人员")}],
        "page": Paginator(branches, ON_A_PAGE).get_page(request.GET.get("p")),
        "query": terms.urlencode(),
        "q": query,
        "kind": kind,
        "state": state,
        "filtered": filtered,
        "kinds": Kind.choices,
        "own_posts": own_posts(request.user).select_related("agency"),
        "deputised": _deputised(request),
        "may_found": may_anywhere(request.user, Right.REORGANISE),
        "may_import": may_anywhere(request.user, Right.MANAGE_AGENCY),
    }
    return render(request, "desk/agencies/index.html", context)


def tree(agencies: Sequence[Agency]) -> list[Branch]:
    """The agencies, each below the one that it stands under, in their order; deep trees need no deep stack."""
    there = {agency.pk for agency in agencies}
    below: dict[int | None, list[Agency]] = {}
    for agency in agencies:
        below.setdefault(agency.parent_id if agency.parent_id in there else None, []).append(agency)
    waiting = [Branch(agency, 0) for agency in reversed(below.get(None, []))]
    found = []
    while waiting:
        branch = waiting.pop()
        found.append(branch)
        waiting += [Branch(child, branch.depth + 1) for child in reversed(below.get(branch.agency.pk, []))]
    return found


@require_GET
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """One agency."""
    return _page(request, visible(request, slug))


@require_POST
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes the details of the disclosure office."""
    row = visible(request, slug)
    form = OfficeForm(request.POST, instance=visible(request, slug))

    def act() -> None:
        actions.update_office(row, by=request.user, **form.cleaned_data)

    return _acted(request, row, form, act, _("已保存。"), office_form=form)


@require_POST
def staff(request: HttpRequest, slug: str) -> HttpResponse:
    """States how many people did the work in a year."""
    row = visible(request, slug)
    form = StaffForm(request.POST)

    def act() -> None:
        actions.set_staff(row, by=request.user, **form.cleaned_data)

    return _acted(request, row, form, act, _("已保存。"), staff_form=form)


@require_POST
def appoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Gives a person a role in the agency."""
    row = visible(request, slug)
    form = AppointForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        with transaction.atomic():
            person = data["person"] or actions.open_account(data["username"], data["name"], agency=row, by=request.user)
            actions.appoint(person, row, data["role"], by=request.user, since=data["since"])

    opened = form.is_valid() and form.cleaned_data["person"] is None
    said = _("已开设账号并设置岗位。请系统管理员设置密码后登录。") if opened else _("已设置岗位。")
    return _acted(request, row, form, act, said, appoint_form=form)


@require_POST
def end_post(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ends a post."""
    row = visible(request, slug)
    post = get_object_or_404(Post.objects.select_related("agency"), pk=pk, agency=row)
    form = EndPostForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("离任日期不对，岗位没有结束。请按“2026-01-31”的格式填写。"))
        return redirect("desk_agency", slug=slug)
    try:
        actions.end_post(post, by=request.user, on=form.cleaned_data["on"])
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words(error))
    else:
        messages.success(request, _("已登记离任，当日起不再有相应权限。如需恢复，请重新设置岗位。"))
    return redirect("desk_agency", slug=slug)


@require_POST
def end_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """The holder of a post is back."""
    seen = Absence.objects.filter(post__agency__in=visible_to(request.user)).select_related("post__agency")
    absence = get_object_or_404(seen, pk=pk)
    try:
        actions.end_absence(absence, by=request.user)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words(error))
    else:
        messages.success(request, _("离岗代理已结束，代理人不再有该岗位的权限。"))
    return redirect("desk_agency", slug=absence.post.agency.slug)


def visible(request: HttpRequest, slug: str) -> Agency:
    """The agency with a slug, where the person may see it; else a page that says it is not there."""
    found: Agency = get_object_or_404(visible_to(request.user).select_related("parent", "successor"), slug=slug)
    return found


def words(error: NotAllowed | ValidationError) -> str:
    """What a refusal says."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _acted(
    request: HttpRequest, row: Agency, form: forms.BaseForm, act: Callable[[], None], said: Any, **forms_: Any
) -> HttpResponse:
    """Acts with a form that is right and goes back to the agency; else shows the page again with what is wrong."""
    if form.is_valid():
        try:
            act()
        except NotAllowed as error:
            messages.error(request, words(error))
            return redirect("desk_agency", slug=row.slug)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, said)
            return redirect("desk_agency", slug=row.slug)
    return _page(request, visible(request, row.slug), status=422, **forms_)


def _page(request: HttpRequest, row: Agency, status: int = 200, **forms_: Any) -> HttpResponse:
    person, today = request.user, timezone.localdate()
    may_manage = may(person, Right.MANAGE_AGENCY, row)
    coming = Prefetch("absences", Absence.objects.filter(until__gt=today).select_related("deputy"), "coming")
    posts = row.posts.select_related("person")
    context = {
        "header_title": row.name,
        "header_icon": "group",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": row.label}],
        "agency": row,
        "today": today,
        "posts": posts.filter(Q(until__isnull=True) | Q(until__gt=today)).prefetch_related(coming),
        "past_posts": posts.filter(until__lte=today).order_by("-until", "role")[:50],
        "members": row.leading_group.all(),
        "staff": row.staff.all()[:10],
        "former_names": row.former_names.order_by("-until"),
        "predecessors": row.predecessors.order_by("-abolished"),
        "successor_now": successor_of(row),
        "seen": set(visible_to(person).values_list("pk", flat=True)),
        "children": row.children.order_by("abolished", "order", "code"),
        "office_form": OfficeForm(instance=row),
        "appoint_form": AppointForm(),
        "staff_form": StaffForm(initial={"year": (row.abolished or today).year}),
        "may_manage": may_manage,
        "may_appoint": may(person, Right.MANAGE_POSTS, row),
        "may_reorganise": may_reorganise(person, row),
        "may_found_below": row.abolished is None and may(person, Right.REORGANISE, row),
        "history": agency_history(row) if may_manage else (),
        **forms_,
    }
    return render(request, "desk/agencies/agency.html", context, status=status)


def _deputised(request: HttpRequest) -> Any:
    """The absences in which the person stands in for somebody today."""
    absences = absences_on(timezone.localdate()).filter(deputy=request.user)
    return absences.select_related("post__agency", "post__person")
