"""Staff pages of exchange: the subscriptions, making and changing one, its deliveries, a test message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import descendants, visible_to
from gongkai.agencies.rights import NAMES, ROLES, NotAllowed, Right, may_anywhere
from gongkai.desk.publications.fields import said
from gongkai.desk.views_directories import words_of
from gongkai.law.catalogue import statutory_categories, themes
from gongkai.publishing.actions import exchange as actions
from gongkai.publishing.models import Delivery, Kind, Subscription
from gongkai.publishing.queries.exchange import deliveries_of, subscriptions_for

CRUMB = {"url": reverse_lazy("desk_subscriptions"), "label": gettext_lazy("信息订阅")}


class SubscriptionForm(forms.Form):
    """Who receives which changes, and where."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=gettext_lazy("管理机关"),
        help_text=gettext_lazy("订阅方收到本机关及下属机关的信息变化"),
    )
    name = forms.CharField(label=gettext_lazy("订阅方"), max_length=120)
    webhook = forms.CharField(
        label=gettext_lazy("推送地址"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("https:// 开头；不填则由对方用密钥来取"),
    )
    kinds = forms.MultipleChoiceField(label=gettext_lazy("信息类型"), required=False, choices=Kind.choices)
    categories = forms.MultipleChoiceField(label=gettext_lazy("法定公开内容"), required=False)
    themes = forms.MultipleChoiceField(label=gettext_lazy("主题分类"), required=False)
    agencies = forms.ModelMultipleChoiceField(Agency.objects.none(), label=gettext_lazy("发布机构"), required=False)

    def __init__(self, *args: Any, owners: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = owners
        below = set(owners.values_list("pk", flat=True))
        self.fields["agencies"].queryset = Agency.objects.filter(pk__in=below | descendants(below))
        self.fields["categories"].choices = [(c.id, said(c)) for c in statutory_categories()]
        self.fields["themes"].choices = [(t.id, said(t)) for t in themes()]
        for name in ("kinds", "categories", "themes", "agencies"):
            self.fields[name].help_text = gettext_lazy("不选表示全部")
            self.fields[name].widget.attrs["size"] = 6

    @property
    def filters(self) -> dict[str, list[Any]]:
        """What was chosen, as the action takes it."""
        data = self.cleaned_data
        return {
            "agencies": [a.pk for a in data["agencies"]],
            "categories": data["categories"],
            "kinds": data["kinds"],
            "themes": data["themes"],
        }


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The subscriptions that the person keeps."""
    context = {
        "header_title": CRUMB["label"],
        "header_icon": "mail",
        "breadcrumbs_items": [{"url": "", "label": CRUMB["label"]}],
        "subscriptions": subscriptions_for(request.user),
        "may_make": may_anywhere(request.user, Right.MANAGE_SUBSCRIPTIONS),
    }
    return render(request, "desk/exchange/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Makes a subscription; its key and secret are on the answer to this one request, and nowhere else."""
    if not may_anywhere(request.user, Right.MANAGE_SUBSCRIPTIONS):
        words = _("您没有“%(right)s”的权限。请联系本机关管理员。")
        messages.error(request, words % {"right": NAMES[Right.MANAGE_SUBSCRIPTIONS]})
        return redirect("desk_subscriptions")
    owners = _owners(request)
    form = SubscriptionForm(request.POST or None, owners=owners, initial={"agency": owners.first()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            issued = actions.subscribe(
                data["agency"], data["name"], by=request.user, filters=form.filters, webhook=data["webhook"]
            )
        except NotAllowed as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _issued(request, issued)
    context = {
        "header_title": _("新的订阅"),
        "header_icon": "mail",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": _("新的订阅")}],
        "form": form,
    }
    return render(request, "desk/exchange/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """One subscription: what it receives, how its deliveries went."""
    row = _visible(request, pk)
    form = SubscriptionForm(request.POST or None, owners=Agency.objects.filter(pk=row.agency_id), initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.update_subscription(
                row, by=request.user, name=data["name"], filters=form.filters, webhook=data["webhook"]
            )
        except NotAllowed as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("desk_subscription", pk=pk)
    page = Paginator(deliveries_of(row), 50).get_page(request.GET.get("p"))
    context = {
        "header_title": row.name,
        "header_icon": "mail",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": row.name[:30]}],
        "subscription": row,
        "form": form,
        "page": page,
        "query": "",
        "changes_url": request.build_absolute_uri(reverse("api:changes")),
        "feed_url": request.build_absolute_uri(reverse("api:feed")),
    }
    return render(request, "desk/exchange/subscription.html", context, status=422 if form.errors else 200)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Pauses or resumes it, renews its key, sends a test, lets pushing go on, tries a delivery again."""
    row = _visible(request, pk)
    do = request.POST.get("do", "")
    try:
        if do == "renew":
            return _issued(request, actions.renew(row, by=request.user))
        if do == "test":
            answer = actions.send_test(row, by=request.user)
            if answer.ok:
                messages.success(request, _("对方已收到测试消息（HTTP %(status)s）。") % {"status": answer.status})
            else:
                messages.error(request, _("测试消息没有送达：%(error)s") % {"error": answer.error})
        elif do in ("pause", "resume"):
            actions.set_active(row, do == "resume", by=request.user)
            messages.success(request, _("已暂停。") if do == "pause" else _("已恢复，从暂停处继续推送。"))
        elif do == "restart":
            actions.restart(row, by=request.user)
            messages.success(request, _("已恢复推送，失败的重新推送。"))
        elif do == "retry":
            delivery = get_object_or_404(Delivery, pk=_number(request.POST.get("delivery")), subscription=row)
            actions.retry(delivery, by=request.user)
            messages.success(request, _("将重新推送。"))
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words_of(error))
    return redirect("desk_subscription", pk=pk)


def _issued(request: HttpRequest, issued: actions.Issued) -> HttpResponse:
    context = {
        "header_title": _("密钥"),
        "header_icon": "key",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": issued.subscription.name[:30]}],
        "issued": issued,
    }
    response = render(request, "desk/exchange/issued.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _initial(row: Subscription) -> dict[str, Any]:
    return {"agency": row.agency_id, "name": row.name, "webhook": row.webhook, **row.filters}


def _visible(request: HttpRequest, pk: int) -> Subscription:
    found: Subscription = get_object_or_404(subscriptions_for(request.user), pk=pk)
    return found


def _owners(request: HttpRequest) -> QuerySet[Agency]:
    return visible_to(request.user, roles=ROLES[Right.MANAGE_SUBSCRIPTIONS]).filter(abolished__isnull=True)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else 0
