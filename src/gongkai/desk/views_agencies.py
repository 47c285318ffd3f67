"""Staff pages about agencies: the list, one agency with its disclosure office and its posts."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies import actions
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.queries import visible_to
from gongkai.agencies.rights import NotAllowed, Right, may
from gongkai.desk.forms import AppointForm, OfficeForm
from gongkai.desk.history import agency_history

CRUMB = {"url": reverse_lazy("desk_agencies"), "label": _("机构与人员")}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The agencies that the person may see."""
    agencies = visible_to(request.user).select_related("parent", "successor")
    query = request.GET.get("q", "").strip()[:60]
    if query:
        agencies = agencies.filter(Q(name__icontains=query) | Q(short_name__icontains=query))
    context = {
        "header_title": _("机构与人员"),
        "header_icon": "group",
        "breadcrumbs_items": [{"url": "", "label": _("机构与人员")}],
        "agencies": agencies.annotate(reports=Count("annual_reports")),
        "q": query,
    }
    return render(request, "desk/agencies/index.html", context)


@require_GET
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """One agency."""
    return _page(request, _visible(request, slug), OfficeForm(instance=_visible(request, slug)), AppointForm())


@require_POST
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes the details of the disclosure office."""
    row = _visible(request, slug)
    form = OfficeForm(request.POST, instance=_visible(request, slug))
    if not form.is_valid():
        return _page(request, row, form, AppointForm(), status=422)
    try:
        actions.update_office(row, by=request.user, **form.cleaned_data)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, _words(error))
    else:
        messages.success(request, _("已保存。"))
    return redirect("desk_agency", slug=slug)


@require_POST
def appoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Gives a person a role in the agency."""
    row = _visible(request, slug)
    form = AppointForm(request.POST)
    if not form.is_valid():
        return _page(request, row, OfficeForm(instance=row), form, status=422)
    try:
        actions.appoint(form.cleaned_data["username"], row, form.cleaned_data["role"], by=request.user)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, _words(error))
    else:
        messages.success(request, _("已设置岗位。"))
    return redirect("desk_agency", slug=slug)


@require_POST
def end_post(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ends a post."""
    row = _visible(request, slug)
    post = get_object_or_404(Post.objects.select_related("agency"), pk=pk, agency=row)
    try:
        actions.end_post(post, by=request.user)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, _words(error))
    else:
        messages.success(request, _("岗位已结束，从今天起不再有相应权限。如需恢复，请重新设置岗位。"))
    return redirect("desk_agency", slug=slug)


def _visible(request: HttpRequest, slug: str) -> Agency:
    found: Agency = get_object_or_404(visible_to(request.user).select_related("parent", "successor"), slug=slug)
    return found


def _page(
    request: HttpRequest, row: Agency, office_form: OfficeForm, appoint_form: AppointForm, status: int = 200
) -> HttpResponse:
    may_manage = may(request.user, Right.MANAGE_AGENCY, row)
    may_appoint = may(request.user, Right.MANAGE_POSTS, row)
    context = {
        "header_title": row.name,
        "header_icon": "group",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": row.label}],
        "agency": row,
        "posts": row.posts.filter(until__isnull=True).select_related("person"),
        "office_form": office_form,
        "appoint_form": appoint_form,
        "may_manage": may_manage,
        "may_appoint": may_appoint,
        "history": agency_history(row) if may_manage else (),
    }
    return render(request, "desk/agencies/agency.html", context, status=status)


def _words(error: NotAllowed | ValidationError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
