"""Staff pages of the gazette: the issues, compiling one, its PDF, print run and places, bound volumes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency, Kind
from gongkai.agencies.queries import visible_to
from gongkai.agencies.rights import NAMES, ROLES, NotAllowed, Right, may, may_anywhere
from gongkai.desk.views_directories import words_of
from gongkai.publishing.actions import gazette as actions
from gongkai.publishing.models import GazetteDelivery, GazetteIssue, GazetteItem, GazetteVolume
from gongkai.publishing.queries.compiling import candidates, delivered, issues_for, may_stand_in, repealed_until

CRUMB = {"url": reverse_lazy("desk_gazette"), "label": gettext_lazy("政府公报")}
OFFERED = 60


def _day_input() -> forms.DateInput:
    """A field for a day; browsers understand its value in this form only, whatever the language."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class IssueForm(forms.Form):
    """A new issue."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=gettext_lazy("主办机关"))
    dated = forms.DateField(label=gettext_lazy("出版日期"), widget=_day_input())
    title = forms.CharField(
        label=gettext_lazy("刊名"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("不填则为“机关名称＋公报”"),
    )
    number = forms.IntegerField(
        label=gettext_lazy("期号"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=gettext_lazy("不填则接着本年上一期"),
    )
    overall = forms.IntegerField(
        label=gettext_lazy("总期号"),
        required=False,
        min_value=1,
        max_value=99999,
        help_text=gettext_lazy("不填则接着上一期；首次使用时请填写"),
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = agencies
        first = agencies.first()
        self.initial |= {"dated": timezone.localdate(), "agency": first.pk if first else None}


class CopiesForm(forms.Form):
    """How many copies were printed."""

    copies = forms.IntegerField(label=gettext_lazy("印数"), min_value=0, max_value=10_000_000)


class DeliveryForm(forms.Form):
    """Copies that were brought to a place."""

    place = forms.CharField(label=gettext_lazy("赠阅点"), max_length=120)
    copies = forms.IntegerField(label=gettext_lazy("份数"), min_value=1, max_value=10_000_000)
    on = forms.DateField(label=gettext_lazy("日期"), widget=_day_input())


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The issues of the agencies in the person's reach."""
    context = {
        "header_title": CRUMB["label"],
        "header_icon": "doc-full",
        "breadcrumbs_items": [{"url": "", "label": CRUMB["label"]}],
        "issues": issues_for(request.user)[:200],
        "volumes": GazetteVolume.objects.filter(agency__in=visible_to(request.user)).select_related("agency", "file"),
        "bindable": _bindable(request),
        "may_compile": may_anywhere(request.user, Right.COMPILE_GAZETTE),
    }
    return render(request, "desk/gazette/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begins an issue."""
    if not may_anywhere(request.user, Right.COMPILE_GAZETTE):
        words = _("您没有“%(right)s”的权限。请联系本机关管理员。")
        messages.error(request, words % {"right": NAMES[Right.COMPILE_GAZETTE]})
        return redirect("desk_gazette")
    form = IssueForm(request.POST or None, agencies=_own(request))
    if request.method == "POST" and form.is_valid():
        chosen = dict(form.cleaned_data)
        try:
            issue = actions.create_issue(chosen.pop("agency"), by=request.user, **chosen)
        except NotAllowed as error:
            messages.error(request, str(error))
            return redirect("desk_gazette")
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("desk_gazette_issue", pk=issue.pk)
    context = {
        "header_title": _("新一期公报"),
        "header_icon": "doc-full",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": _("新一期")}],
        "form": form,
    }
    return render(request, "desk/gazette/new.html", context, status=422 if form.errors else 200)


@require_GET
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: its contents and what may go in; after it is out, its print run and places."""
    row = _visible(request, pk)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    ended = request.GET.get("ended") == "1"
    may_compile = may(request.user, Right.COMPILE_GAZETTE, row.agency)
    open_ = row.published_at is None
    items = list(row.items.select_related("publication__agency").defer("publication__body").order_by("order", "pk"))
    context = {
        "header_title": f"{row.title} {_called(row)}",
        "header_icon": "doc-full",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": _called(row)}],
        "issue": row,
        "items": items,
        "sections": list(dict.fromkeys(item.section for item in items)),
        "repealed": repealed_until(row)[:100],
        "offered": candidates(row, words, ended)[:OFFERED] if open_ and may_compile else (),
        "q": words,
        "ended": ended,
        "open": open_,
        "may_compile": may_compile,
        "deliveries": row.deliveries.all(),
        "delivered": delivered(row),
        "copies_form": CopiesForm(initial={"copies": row.print_run}, auto_id="run_%s"),
        "delivery_form": DeliveryForm(initial={"on": timezone.localdate()}),
    }
    return render(request, "desk/gazette/issue.html", context)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the ticked publications into the issue."""
    row = _visible(request, pk)
    ids = [int(i) for i in request.POST.getlist("publication") if i.isascii() and i.isdigit() and len(i) < 18]
    found = may_stand_in(row).filter(pk__in=ids)
    if not ids:
        messages.error(request, _("还没有选择信息。请勾选要编入的信息。"))
        return redirect("desk_gazette_issue", pk=pk)
    return _do(
        request,
        pk,
        lambda: actions.add_items(
            row,
            sorted(found, key=lambda p: ids.index(p.pk)),
            by=request.user,
            section=request.POST.get("section", ""),
            include_ended=request.POST.get("ended") == "1",
        ),
        _("已编入本期。"),
    )


@require_POST
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves an item, changes its section, or takes it out."""
    row = get_object_or_404(GazetteItem.objects.select_related("issue__agency"), pk=pk)
    _visible(request, row.issue_id)
    do = request.POST.get("do", "")
    acts: dict[str, Callable[[], Any]] = {
        "up": lambda: actions.move_item(row, by=request.user, up=True),
        "down": lambda: actions.move_item(row, by=request.user, up=False),
        "section": lambda: actions.set_section(row, request.POST.get("section", ""), by=request.user),
        "remove": lambda: actions.remove_item(row, by=request.user),
    }
    return _do(request, row.issue_id, acts.get(do, lambda: None), "", f"#item-{row.pk}")


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF as it stands, shown in the browser."""
    row = _visible(request, pk)
    try:
        pdf = actions.preview(row, by=request.user)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words_of(error))
        return redirect("desk_gazette_issue", pk=pk)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="gazette.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publishes the issue."""
    row = _visible(request, pk)
    done = _("已出版，公众可以查阅和下载。")
    return _do(request, pk, lambda: actions.publish_issue(row, by=request.user), done)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws away an issue that never came out."""
    row = _visible(request, pk)
    try:
        actions.discard_issue(row, by=request.user)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words_of(error))
        return redirect("desk_gazette_issue", pk=pk)
    messages.success(request, _("本期已删除，期号可以再用。"))
    return redirect("desk_gazette")


@require_POST
def print_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Records the print run."""
    row = _visible(request, pk)
    form = CopiesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("印数应为整数。"))
        return redirect("desk_gazette_issue", pk=pk)
    copies = form.cleaned_data["copies"]
    return _do(request, pk, lambda: actions.set_print_run(row, copies, by=request.user), _("已保存印数。"))


@require_POST
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """Records copies brought to a place, or takes a record back."""
    row = _visible(request, pk)
    if (gone := request.POST.get("remove", "")).isdigit():
        wrong = get_object_or_404(GazetteDelivery, pk=int(gone[:15]), issue=row)
        return _do(request, pk, lambda: actions.remove_delivery(wrong, by=request.user), _("已取消登记。"))
    form = DeliveryForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写赠阅点、份数（整数）和日期。"))
        return redirect("desk_gazette_issue", pk=pk)
    data = form.cleaned_data
    return _do(request, pk, lambda: actions.record_delivery(row, by=request.user, **data), _("已登记。"))


@require_POST
def bind(request: HttpRequest) -> HttpResponse:
    """Binds the issues of a year."""
    agency = get_object_or_404(visible_to(request.user), pk=_number(request.POST.get("agency")))
    try:
        actions.bind_volume(agency, _number(request.POST.get("year")), by=request.user)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("已生成合订本，公众可以下载。"))
    return redirect("desk_gazette")


def _do(request: HttpRequest, pk: int, act: Callable[[], Any], done: str, place: str = "") -> HttpResponse:
    try:
        act()
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words_of(error))
    else:
        if done:
            messages.success(request, done)
    return redirect(f"{reverse_lazy('desk_gazette_issue', args=[pk])}{place}")


def _called(issue: GazetteIssue) -> str:
    return _("%(year)s年第%(n)s期") % {"year": issue.year, "n": issue.number}


def _bindable(request: HttpRequest) -> list[tuple[Agency, int]]:
    """The agencies and years of which issues are out, newest first."""
    found = issues_for(request.user).filter(published_at__isnull=False, agency__in=_own(request))
    pairs = dict.fromkeys((issue.agency, issue.year) for issue in found)
    return sorted(pairs, key=lambda pair: -pair[1])


def _visible(request: HttpRequest, pk: int) -> GazetteIssue:
    found: GazetteIssue = get_object_or_404(issues_for(request.user), pk=pk)
    return found


def _own(request: HttpRequest) -> QuerySet[Agency]:
    """The agencies whose gazette the person compiles, governments first."""
    mine = visible_to(request.user, roles=ROLES[Right.COMPILE_GAZETTE]).filter(abolished__isnull=True)
    governments = mine.filter(kind=Kind.GOVERNMENT)
    return governments if governments.exists() else mine


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else 0
