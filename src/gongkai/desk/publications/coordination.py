"""Release coordination: the questions that other agencies put to one's own, the answers, the rulings."""

from __future__ import annotations

from django.contrib import messages
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.queries import visible_to as visible_agencies
from gongkai.agencies.rights import ROLES, Right
from gongkai.desk.publications.common import LIST_CRUMB, TROUBLE, header, words
from gongkai.publishing.actions import coordinating
from gongkai.publishing.models import CoordinationRequest
from gongkai.publishing.queries import desk

ANSWERED = 30


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What the person's agencies are asked, what has to be ruled on, and what was answered last."""
    answering = visible_agencies(request.user, roles=ROLES[Right.ANSWER_COORDINATION])
    answered = CoordinationRequest.objects.filter(agency__in=answering).exclude(answer="")
    context = header(_("发布协调"), LIST_CRUMB, icon="group") | {
        "questions": desk.questions_to(request.user),
        "rulings": desk.rulings_for(request.user),
        # As it was called when it was answered: what became of the draft since is not theirs to see.
        "answered": answered.annotate(title=KT("revision__content__title"))
        .select_related("publication__agency", "agency", "answered_by")
        .order_by("-answered_at")[:ANSWERED],
        "answers": CoordinationRequest.Answer.choices,
    }
    return render(request, "desk/publications/coordination.html", context)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answers for the agency that was asked."""
    agencies = visible_agencies(request.user, roles=ROLES[Right.ANSWER_COORDINATION])
    asked = get_object_or_404(
        CoordinationRequest.objects.select_related("publication", "agency"), pk=pk, agency__in=agencies
    )
    try:
        coordinating.answer(
            asked, by=request.user, answer=request.POST.get("answer", ""), reason=request.POST.get("reason", "")
        )
    except TROUBLE as error:
        messages.error(request, words(error))
    else:
        messages.success(request, _("已答复%(agency)s。") % {"agency": asked.publication.agency.label})
    return redirect("desk:coordination")


@require_POST
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Rules where an agency did not agree."""
    offices = visible_agencies(request.user, roles=ROLES[Right.RULE_ON_COORDINATION])
    asked = get_object_or_404(
        CoordinationRequest.objects.select_related("publication", "agency"), pk=pk, publication__agency__in=offices
    )
    released = request.POST.get("released", "")
    if released not in ("yes", "no"):
        messages.error(request, _("请选择发布还是退回。"))
        return redirect("desk:coordination")
    try:
        coordinating.rule(asked, by=request.user, released=released == "yes", ruling=request.POST.get("ruling", ""))
    except TROUBLE as error:
        messages.error(request, words(error))
    else:
        messages.success(request, _("裁定已记录。"))
    return redirect("desk:coordination")
