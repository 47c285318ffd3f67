"""Staff pages about guides and catalogues: which are due for a check or stand still, and the words of one guide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import visible_to
from gongkai.agencies.rights import NotAllowed, Right, may
from gongkai.publishing.actions.guide import LONGEST, confirm_guide, update_guide
from gongkai.publishing.models import Guide
from gongkai.publishing.queries.catalogue import refreshes
from gongkai.publishing.queries.guide import TITLES, default_words, guide_of, guides_due
from gongkai.trail.chain import history

CRUMB = {"url": reverse_lazy("desk_guides"), "label": gettext_lazy("指南与目录")}


class GuideForm(forms.Form):
    """The words of a guide, part by part; what is left empty keeps the standard words."""

    def __init__(self, *args: Any, standard: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        for part, title in TITLES.items():
            self.fields[part] = forms.CharField(
                label=title, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
            )
            self.fields[part].standard = standard[part]


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The guides and catalogues of the agencies in the person's reach, with what is due."""
    today = timezone.localdate()
    agencies = visible_to(request.user).select_related("guide")
    due = {d.agency.pk: d for d in guides_due(request.user, today)}
    rows: list[dict[str, Any]] = [
        {"refresh": refresh, "guide": getattr(refresh.agency, "guide", None), "due": refresh.agency.pk in due}
        for refresh in refreshes(agencies, today)
    ]
    only = request.GET.get("only", "")
    if only == "due":
        rows = [row for row in rows if row["due"]]
    elif only == "stale":
        rows = [row for row in rows if row["refresh"].stale]
    context = {
        "header_title": _("指南与目录"),
        "header_icon": "list-ul",
        "breadcrumbs_items": [{"url": "", "label": CRUMB["label"]}],
        "rows": rows,
        "only": only,
        "today": today,
    }
    return render(request, "desk/guide/index.html", context)


@require_http_methods(["GET", "POST"])
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide: its own words, its facts, its check."""
    agency = _visible(request, slug)
    row = Guide.objects.filter(agency=agency).first() or Guide(agency=agency)
    standard = default_words(agency)
    form = GuideForm(request.POST or None, standard=standard, initial={part: getattr(row, part) for part in TITLES})
    if request.method == "POST" and form.is_valid():
        try:
            update_guide(agency, by=request.user, **form.cleaned_data)
        except NotAllowed as error:
            messages.error(request, str(error))
            return redirect("desk_guide", slug=slug)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("已保存，公开指南随即更新。"))
            return redirect("desk_guide", slug=slug)
    return _page(request, agency, form, status=422 if form.errors else 200)


@require_POST
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """States that the guide was looked through today."""
    agency = _visible(request, slug)
    try:
        row = confirm_guide(agency, by=request.user)
    except NotAllowed as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("已确认。下次检查日期：%(day)s。") % {"day": row.check_due.isoformat()})
    return redirect("desk_guide", slug=slug)


def _page(request: HttpRequest, agency: Agency, form: GuideForm, status: int) -> HttpResponse:
    view = guide_of(agency)
    context = {
        "header_title": _("公开指南"),
        "header_icon": "list-ul",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": agency.label}],
        "agency": agency,
        "view": view,
        "form": form,
        "may_edit": may(request.user, Right.MANAGE_GUIDE, agency),
        "may_manage": may(request.user, Right.MANAGE_AGENCY, agency),
        "overdue": view.guide.check_due is None or view.guide.check_due <= timezone.localdate(),
        "entries": history(view.guide)[:20] if view.guide.pk else (),
    }
    return render(request, "desk/guide/guide.html", context, status=status)


def _visible(request: HttpRequest, slug: str) -> Agency:
    found: Agency = get_object_or_404(visible_to(request.user).select_related("parent"), slug=slug)
    if found.abolished:
        raise Http404
    return found
