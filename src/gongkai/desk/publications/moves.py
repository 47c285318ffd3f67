"""The buttons of a publication's page: each calls one action and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from gongkai.agencies.models import Person
from gongkai.agencies.queries import people_called
from gongkai.desk.publications.common import TROUBLE, visible, wants_json, words
from gongkai.desk.publications.scanning import panel, removable
from gongkai.publishing.actions import (
    deciding,
    directories,
    drafting,
    inviting,
    scanning,
    submitting,
    succession,
    validity,
    withdrawing,
    withholding,
)
from gongkai.publishing.models import DirectoryRow, Publication

MOST_NAMESAKES = 10
Act = Callable[[Publication, HttpRequest], Any]


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()


def _declare(row: Publication, request: HttpRequest) -> Any:
    return validity.declare(
        row, by=request.user, validity=request.POST.get("validity", ""), on=_day(request, "on"), note=_reason(request)
    )


def _invite(row: Publication, request: HttpRequest) -> Any:
    words = request.POST.get("person", "").strip()[:150]
    found = list(people_called(words)[:MOST_NAMESAKES])
    if not found:
        raise ValidationError(_("没有姓名或者账号是“%(words)s”的人员。") % {"words": words})
    if len(found) > 1:
        accounts = pgettext("between items of a list", "、").join(p.username for p in found)
        raise ValidationError(_("有几位“%(words)s”，请填写账号：%(accounts)s") % {"words": words, "accounts": accounts})
    return inviting.invite(row, found[0], by=request.user, until=_day(request, "until"))


def _call_off(row: Publication, request: HttpRequest) -> Any:
    number = request.POST.get("person", "")
    person = Person.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 16 else None
    if person is None:
        raise ValidationError(_("没有可以收回的邀请。请刷新页面。"))
    return inviting.call_off(row, person, by=request.user)


def _declassify(row: Publication, request: HttpRequest) -> Any:
    day = _day(request, "on")
    if day is None:
        raise ValidationError(_("请填写解密日期。"))
    return withholding.set_declassification(row, by=request.user, on=day)


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return parse_date(request.POST.get(name, "").strip())
    except ValueError as error:
        raise ValidationError(_("没有这样的日期。请按“2026-01-31”的格式填写。")) from error


def _row(request: HttpRequest) -> DirectoryRow:
    number = request.POST.get("row", "")
    found = DirectoryRow.objects.filter(pk=int(number)) if number.isdecimal() and len(number) < 16 else None
    row = found.select_related("directory__agency").first() if found is not None else None
    if row is None:
        raise ValidationError(_("请选择要归入的事项。"))
    return row


VERBS: dict[str, tuple[Act, Callable[[], str]]] = {
    "submit": (lambda p, r: submitting.submit(p, by=r.user), lambda: _("已提交审查。")),
    "take_back": (lambda p, r: drafting.take_back(p, by=r.user), lambda: _("已撤回，可以继续修改。")),
    "take_over": (
        lambda p, r: succession.take_over(p, by=r.user),
        lambda: _("已接手，现为本机关的草稿。请核对内容后提交审查。"),
    ),
    "discard": (lambda p, r: drafting.discard(p, by=r.user, reason=_reason(r)), lambda: _("已作废。")),
    "approve": (
        lambda p, r: deciding.approve_as_head(p, by=r.user, comment=_reason(r)),
        lambda: _("审核通过，已转下一环节。"),
    ),
    "sign": (lambda p, r: deciding.sign(p, by=r.user, comment=_reason(r)), lambda: _("已签发。")),
    "return": (lambda p, r: deciding.return_to_drafter(p, by=r.user, reason=_reason(r)), lambda: _("已退回起草人。")),
    "withdraw": (
        lambda p, r: withdrawing.withdraw(p, by=r.user, reason=_reason(r)),
        lambda: _("已撤下，网址上改为显示撤下的说明。"),
    ),
    "declare": (_declare, lambda: _("有效性已登记。")),
    "keep": (
        lambda p, r: withholding.reassess(p, by=r.user, keep=True, reason=_reason(r)),
        lambda: _("已登记评估结果，继续不公开。"),
    ),
    "take_up": (
        lambda p, r: withholding.reassess(p, by=r.user, keep=False, reason=_reason(r)),
        lambda: _("已转为草稿，可以提交审查。"),
    ),
    "declassify": (_declassify, lambda: _("解密日期已登记。")),
    "file": (lambda p, r: directories.file_under(p, _row(r), by=r.user), lambda: _("已归入标准目录。")),
    "unfile": (lambda p, r: directories.unfile(p, _row(r), by=r.user), lambda: _("已从标准目录中移出。")),
    "invite": (_invite, lambda: _("已邀请。对方可以阅读和提出意见，不能修改。")),
    "call_off": (_call_off, lambda: _("邀请已收回，对方不能再阅读。")),
    "opinion": (
        lambda p, r: inviting.give_opinion(p, by=r.user, opinion=_reason(r)),
        lambda: _("意见已记录，邀请人会收到提醒。"),
    ),
}


@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Does one thing with a publication."""
    row = visible(request, pk)
    if verb not in VERBS:
        raise Http404
    act, done = VERBS[verb]
    try:
        act(row, request)
    except TROUBLE as error:
        messages.error(request, explained(error))
        return redirect(_back(request, pk))
    messages.success(request, done())
    return redirect(_back(request, pk))


@require_POST
def redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes the chosen hits for real, from text and files."""
    chosen = request.POST.getlist("fingerprint")

    def act(row: Publication) -> None:
        scanning.redact(row, removable(row, chosen), by=request.user)

    return _with_hits(request, pk, act, _("已脱敏。"))


@require_POST
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets hits stand, with a reason that is recorded."""

    def act(row: Publication) -> None:
        for mark in request.POST.getlist("fingerprint"):
            scanning.override(row, mark, by=request.user, reason=_reason(request))

    return _with_hits(request, pk, act, _("已放行，理由已记录。"))


def _with_hits(request: HttpRequest, pk: int, act: Callable[[Publication], Any], done: str) -> HttpResponse:
    row = visible(request, pk)
    problem = "" if request.POST.getlist("fingerprint") else _("请先勾选要处理的条目。")
    try:
        if not problem:
            act(row)
    except TROUBLE as error:
        problem = words(error)
    if wants_json(request):
        fresh = visible(request, pk)
        answer = {"message": problem or done, "scan": panel(request, fresh), "revision": fresh.latest_revision_id}
        return JsonResponse(answer, status=422 if problem else 200)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, done)
    return redirect(_back(request, pk))


def explained(error: Exception) -> str:
    """The words of a refusal; where it is about fields, each with its name."""
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        names = {f.name: str(f.verbose_name) for f in Publication._meta.concrete_fields}
        lines = [
            names[name] + _("：") + line if name in names else line
            for name, lines in error.message_dict.items()
            for line in lines
        ]
        return " ".join(lines)
    return words(error)


def _back(request: HttpRequest, pk: int) -> str:
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse("desk:publication", args=[pk])
