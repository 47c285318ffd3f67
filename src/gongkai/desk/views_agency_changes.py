"""Staff pages on which agencies are founded, renamed, moved, merged, abolished, and deputies named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from gongkai.agencies import actions
from gongkai.agencies.actions.details import Member
from gongkai.agencies.models import Agency, Person, Post
from gongkai.agencies.queries import ancestors, descendants, posts_on, visible_to
from gongkai.agencies.rights import ROLES, NotAllowed, Right, may, may_anywhere, may_reorganise
from gongkai.desk.forms_agencies import (
    AbolishForm,
    AbsenceForm,
    DetailsForm,
    FoundForm,
    MemberFormSet,
    MergeForm,
    MoveForm,
    ReasonForm,
    RenameForm,
    tell,
)
from gongkai.desk.views_agencies import CRUMB, visible, words
from gongkai.publishing.models import Publication
from gongkai.publishing.queries.timeliness import OPEN

both = require_http_methods(["GET", "POST"])


@both
def new(request: HttpRequest) -> HttpResponse:
    """Enters a new agency."""
    if not may_anywhere(request.user, Right.REORGANISE):
        return _refuse(request, reverse("desk_agencies"))
    places = _places(request)
    above = places.filter(slug=request.GET.get("parent", "")[:60]).first()
    options: dict[str, Any] = {"places": places, "top": request.user.is_superuser}
    form = FoundForm(request.POST or None, initial={"parent": above}, **options)

    def act() -> None:
        data = dict(form.cleaned_data)
        actions.found(parent=data.pop("parent"), by=request.user, **data)

    told = _("请按“三定”规定和登记证书填写。保存后即可为它设置岗位、填写公开工作机构。")
    return _page(request, form, act, _("新增机构"), back=reverse("desk_agencies"), told=told, done=_("已新增机构。"))


@both
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Corrects what was entered about an agency."""
    row = visible(request, slug)
    if not may_reorganise(request.user, row):
        return _refuse(request, _at(row))
    form = DetailsForm(request.POST or None, instance=visible(request, slug))

    def act() -> None:
        actions.update_details(row, by=request.user, **form.cleaned_data)

    told = _("名称请用“更名”修改，这样原来的名称和启用日期都会保留。")
    return _page(request, form, act, _("修改基本情况"), row, told=told)


@both
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Gives an agency a new name."""
    row = visible(request, slug)
    if not may_reorganise(request.user, row):
        return _refuse(request, _at(row))
    form = RenameForm(request.POST or None, initial={"name": row.name, "short_name": row.short_name})

    def act() -> None:
        data = form.cleaned_data
        if data["mistake"]:
            actions.correct_name(row, data["name"], by=request.user, reason=data["reason"])
            return
        actions.rename(row, data["name"], by=request.user, on=data["on"], short_name=data["short_name"])

    told = _("原名称连同启用、停用日期保留在历史沿革中，按原名称仍能找到本机关。已发布的信息不受影响。")
    return _page(request, form, act, _("更名"), row, told=told, done=_("已更名。"))


@both
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts an agency under another one."""
    row = visible(request, slug)
    if not may_reorganise(request.user, row):
        return _refuse(request, _at(row))
    places = _places(request).exclude(pk__in={row.pk, *descendants([row.pk])})
    form = MoveForm(request.POST or None, initial={"parent": row.parent}, places=places)

    def act() -> None:
        actions.move(row, form.cleaned_data["parent"], by=request.user)

    told = _("本机关和它的下级一起调整。新的上级机关的监督、管理岗位随即可以看到它们。")
    return _page(request, form, act, _("调整隶属关系"), row, told=told, done=_("已调整隶属关系。"))


@both
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Merges other agencies into this one."""
    row = visible(request, slug)
    if not may_reorganise(request.user, row):
        return _refuse(request, _at(row))
    places = _places(request, below=True).exclude(pk__in={row.pk, *ancestors(row)})
    form = MergeForm(request.POST or None, places=places)

    def act() -> None:
        actions.merge(list(form.cleaned_data["agencies"]), row, by=request.user, on=form.cleaned_data["on"])

    told = _("并入的机关从合并日期起撤销，岗位同日结束，下级机关转到本机关。它们的信息、案件和数据保留，并指向本机关。")
    return _page(request, form, act, _("并入其他机关"), row, told=told, done=_("已合并。"), grave=True)


@both
def abolish(request: HttpRequest, slug: str) -> HttpResponse:
    """Abolishes an agency."""
    row = visible(request, slug)
    if not may_reorganise(request.user, row):
        return _refuse(request, _at(row))
    form = AbolishForm(request.POST or None, places=_places(request).exclude(pk=row.pk))

    def act() -> None:
        actions.abolish(row, form.cleaned_data["successor"], by=request.user, on=form.cleaned_data["on"])

    told = _(
        "撤销后不能再设置岗位，现有岗位同日结束，下级机关转到承接机关。已有的信息、案件和数据保留，并指向承接机关。"
    )
    if n := Publication.objects.filter(agency=row, state__in=OPEN).count():
        told = format_lazy("{} {}", told, _("还有 %(n)s 条信息没有发布完，撤销后由承接机关接手。") % {"n": n})
    return _page(request, form, act, _("撤销机构"), row, told=told, done=_("已撤销。"), grave=True)


@both
def reinstate(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes back an abolition that was entered by mistake."""
    row = visible(request, slug)
    if not may_reorganise(request.user, row):
        return _refuse(request, _at(row))
    form = ReasonForm(request.POST or None)

    def act() -> None:
        actions.reinstate(row, by=request.user, reason=form.cleaned_data["reason"])

    told = _(
        "只用于纠正录入错误。撤回后本机关恢复在册，因撤销而结束的岗位、转走的下级机关恢复原状；"
        "承接机关已经接手的信息仍由它办理。离岗代理请重新设置。"
    )
    return _page(request, form, act, _("撤回撤销"), row, told=told, done=_("已撤回撤销，请核对岗位。"), grave=True)


@both
def absence(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Names a deputy for the days on which the holder of a post is away."""
    row = visible(request, slug)
    post = get_object_or_404(Post.objects.select_related("agency", "person"), pk=pk, agency=row)
    if post.person_id != request.user.pk and not may(request.user, Right.MANAGE_POSTS, row):
        return _refuse(request, _at(row))
    form = AbsenceForm(request.POST or None, people=_colleagues(post))

    def act() -> None:
        actions.announce_absence(post, by=request.user, **form.cleaned_data)

    told = _("代理期间，代理人有该岗位的权限，操作记录中注明“代”。起草、审核、签发仍须由不同的人办理。")
    about = f"{post.person} · {post.get_role_display()}"
    return _page(request, form, act, _("设置离岗代理"), row, told=told, about=about, done=_("已设置代理人。"))


@both
def leading_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Replaces the leading group for open government."""
    row = visible(request, slug)
    if not may(request.user, Right.MANAGE_AGENCY, row):
        return _refuse(request, _at(row))
    initial = [{"duty": m.duty, "name": m.name, "title": m.title} for m in row.leading_group.all()]
    formset = MemberFormSet(request.POST or None, initial=initial)
    errors: list[str] = []
    if request.method == "POST" and formset.is_valid():
        members = [Member(d["name"], d["duty"], d["title"]) for d in formset.cleaned_data if d.get("name", "").strip()]
        try:
            actions.set_leading_group(row, members, by=request.user)
        except (NotAllowed, ValidationError) as error:
            errors.append(words(error))
        else:
            messages.success(request, _("已保存领导小组。"))
            return redirect(_at(row))
    context = {**_frame(_("领导小组"), row), "formset": formset, "errors": errors, "back": _at(row)}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/agencies/leading_group.html", context, status=status)


def _page(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[], None],
    title: Any,
    row: Agency | None = None,
    *,
    back: str = "",
    told: Any = "",
    about: str = "",
    done: Any = "",
    grave: bool = False,
) -> HttpResponse:
    """A form on a page of its own: acts and goes back where it is right, else shows what is wrong beside the fields."""
    back = _at(row) if row is not None else back
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except NotAllowed as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, done or _("已保存。"))
            return redirect(back)
    context = {**_frame(title, row), "form": form, "told": told, "about": about, "back": back, "grave": grave}
    return render(request, "desk/agencies/form.html", context, status=422 if form.errors else 200)


def _frame(title: Any, row: Agency | None) -> dict[str, Any]:
    trail = [CRUMB, *([{"url": _at(row), "label": row.label}] if row is not None else [])]
    return {
        "header_title": title,
        "header_icon": "group",
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
        "agency": row,
    }


def _refuse(request: HttpRequest, back: str) -> HttpResponse:
    messages.error(request, _("您没有办理这件事的权限。请联系本机关或者上级机关的管理员。"))
    return redirect(back)


def _at(row: Agency) -> str:
    path: str = reverse("desk_agency", args=[row.slug])
    return path


def _places(request: HttpRequest, *, below: bool = False) -> QuerySet[Agency]:
    """The agencies in which the person may reorganise; with `below` those that may themselves be reorganised."""
    places = visible_to(request.user, roles=ROLES[Right.REORGANISE])
    there = places.filter(abolished__isnull=True)
    return there.filter(parent__in=places) if below and not request.user.is_superuser else there


def _colleagues(post: Post) -> QuerySet[Person]:
    """Who may stand in: everybody with a post in the same agency or one above it, but the holder."""
    near = Q(agency_id__in={post.agency_id, *ancestors(post.agency)})
    posts = posts_on(timezone.localdate()).filter(near)
    found = Person.objects.filter(pk__in=posts.values("person_id"), is_active=True)
    return found.exclude(pk=post.person_id).order_by("username")
