"""What each rule of the check-up looks for, and what to do about it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.annual.audit import RULES
from gongkai.portal.caching import public_page


@public_page(seconds=3600)
def rules(request: HttpRequest) -> HttpResponse:
    """All rules, gravest first."""
    order = {"error": 0, "warning": 1, "info": 2}
    listed = sorted(RULES.values(), key=lambda r: order[r.severity])
    return render(request, "portal/rules.html", {"section": "checkup", "rules": listed})


@public_page(seconds=3600)
def rule(request: HttpRequest, id: str) -> HttpResponse:
    """One rule: what it checks, an example, what to do."""
    found = RULES.get(id)
    if found is None:
        raise Http404
    return render(request, "portal/rule.html", {"section": "checkup", "rule": found})
