"""What readers searched on the public site: first of all what they did not find."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongkai.agencies.rights import Right, may_anywhere
from gongkai.publishing.queries.statistics import sought

DAYS = 90


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The words of the last months, most frequent first; only what found nothing, unless all is asked for."""
    if not may_anywhere(request.user, Right.MANAGE_PUBLISHING):
        raise PermissionDenied(_("查看检索记录需要政府信息公开工作人员或者管理员岗位。"))
    every = request.GET.get("all") == "1"
    context = {
        "header_title": _("检索记录"),
        "page_title": _("检索记录"),
        "every": every,
        "days": DAYS,
        "rows": sought(timezone.localdate(), days=DAYS, only_empty=not every),
    }
    return render(request, "desk/searches/index.html", context)
