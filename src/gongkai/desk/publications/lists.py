"""The list 信息发布, narrowed by a filter, and what is done with several publications at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.widgets.button import HeaderButton

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import visible_to as visible_agencies
from gongkai.agencies.rights import Right, may_anywhere
from gongkai.desk.publications.common import TROUBLE, numbers, words
from gongkai.publishing.actions import deciding, drafting, submitting, succession
from gongkai.publishing.actions.steps import RIGHTS
from gongkai.publishing.models import Kind, Publication, State, Step
from gongkai.publishing.queries import desk
from gongkai.publishing.queries.listing import narrowed

PAGE = 50
MOST = 200
"""How many are dealt with at once."""
_SUMMARY = "publications_batch"

VERBS: tuple[tuple[str, Any, bool, tuple[Right, ...]], ...] = (
    ("submit", gettext_lazy("提交审查"), False, (Right.DRAFT_PUBLICATIONS,)),
    ("approve", gettext_lazy("科室审核通过"), False, (Right.REVIEW_AS_HEAD,)),
    ("sign", gettext_lazy("签发"), False, (Right.SIGN_PUBLICATIONS,)),
    ("return", gettext_lazy("退回修改"), True, tuple(RIGHTS.values())),
    ("discard", gettext_lazy("作废"), True, (Right.DRAFT_PUBLICATIONS,)),
    ("take_over", gettext_lazy("接手办理"), False, (Right.DRAFT_PUBLICATIONS,)),
)
"""What may be done with several at once: verb, word, whether it needs a reason, who is offered it."""


class Filter(forms.Form):
    """What the list may be narrowed by."""

    q = forms.CharField(label=gettext_lazy("标题、文号或索引号"), required=False, max_length=60)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("机关"), required=False, empty_label=gettext_lazy("全部机关")
    )
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[("", gettext_lazy("全部状态")), *State.choices]
    )
    step = forms.ChoiceField(
        label=gettext_lazy("环节"), required=False, choices=[("", gettext_lazy("全部环节")), *Step.choices]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("类型"), required=False, choices=[("", gettext_lazy("全部类型")), *Kind.choices]
    )
    mine = forms.BooleanField(label=gettext_lazy("我起草的"), required=False)
    late = forms.BooleanField(label=gettext_lazy("已超期的"), required=False)
    left = forms.BooleanField(label=gettext_lazy("原机关已撤销、待接手的"), required=False)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], left: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not left:
            del self.fields["left"]
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "maxlength": 60})
        self.fields["agency"].queryset = agencies
        if len(agencies[:2]) < 2:
            self.fields["agency"].widget = forms.HiddenInput()


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The publications of the person's agencies, narrowed by the filter."""
    to_take_over = desk.to_take_over(request.user)
    left = to_take_over.exists()
    agencies = visible_agencies(request.user)
    own = list(agencies.values_list("pk", flat=True)[:2])
    form = Filter(request.GET, agencies=agencies, left=left)
    form.is_valid()
    chosen: dict[str, Any] = getattr(form, "cleaned_data", {})
    found = narrowed(
        to_take_over if chosen.get("left") else desk.visible_to(request.user),
        query=chosen.get("q", ""),
        state=chosen.get("state", ""),
        step=chosen.get("step", ""),
        kind=chosen.get("kind", ""),
        agency=chosen.get("agency"),
        writer=request.user if chosen.get("mine") else None,
        late=chosen.get("late", False),
    )
    query = request.GET.copy()
    query.pop("p", None)
    may_draft = may_anywhere(request.user, Right.DRAFT_PUBLICATIONS)
    context = {
        "header_title": _("信息发布"),
        "header_icon": "doc-full-inverse",
        "breadcrumbs_items": [{"url": "", "label": _("信息发布")}],
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("p")),
        "query": query.urlencode(),
        "filtered": any(chosen.values()),
        # Where there is one agency only, no column repeats it in every row.
        "own_agency": own[0] if len(own) == 1 else None,
        "may_draft": may_draft,
        "verbs": verbs_for(request.user, left),
        "summary": request.session.pop(_SUMMARY, None),
        "header_buttons": _buttons(request.user, may_draft),
    }
    return render(request, "desk/publications/index.html", context)


def verbs_for(person: Person, left: bool) -> list[tuple[str, Any, bool, tuple[Right, ...]]]:
    """The verbs that a person is offered; taking over only where an abolished agency left something."""
    return [v for v in VERBS if (v[0] != "take_over" or left) and any(may_anywhere(person, right) for right in v[3])]


def _buttons(person: Person, may_draft: bool) -> list[HeaderButton]:
    buttons = []
    if may_draft:
        buttons.append(HeaderButton(_("新建信息"), reverse("desk:publication-new"), icon_name="plus"))
    if may_anywhere(person, Right.MANAGE_PUBLISHING):
        buttons.append(HeaderButton(_("流程与规则"), reverse("desk:publishing-rules"), icon_name="cogs"))
    return buttons


@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """Does one thing with each of the chosen publications and says of each how it went."""
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "").strip()
    act = _actions(request.user, reason).get(verb)
    ids = numbers(request.POST.getlist("id"))[:MOST]
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("desk:publications")
    if act is None or not ids:
        messages.error(request, _("请先勾选信息，再选择要办理的事项。"))
        return redirect(back)
    request.session[_SUMMARY] = _done_with(request.user, ids, verb, act)
    return redirect(back)


def _actions(person: Person, reason: str) -> dict[str, Callable[[Publication], Any]]:
    return {
        "submit": lambda p: submitting.submit(p, by=person),
        "approve": lambda p: deciding.approve_as_head(p, by=person, comment=reason),
        "sign": lambda p: deciding.sign(p, by=person, comment=reason),
        "return": lambda p: deciding.return_to_drafter(p, by=person, reason=reason),
        "discard": lambda p: drafting.discard(p, by=person, reason=reason),
        "take_over": lambda p: succession.take_over(p, by=person),
    }


def _done_with(person: Person, ids: list[int], verb: str, act: Callable[[Publication], Any]) -> dict[str, Any]:
    done, refused = [], []
    for row in desk.visible_to(person).select_related("agency").filter(pk__in=ids):
        try:
            act(row)
        except TROUBLE as error:
            refused.append({"id": row.pk, "title": row.title, "why": words(error)})
        else:
            done.append({"id": row.pk, "title": row.title})
    label = next(str(v[1]) for v in VERBS if v[0] == verb)
    return {"verb": label, "done": done, "refused": refused, "unknown": len(set(ids)) - len(done) - len(refused)}
