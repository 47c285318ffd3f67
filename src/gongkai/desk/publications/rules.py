"""The pages on which an agency sets its paths and rules, and the administrator enters the holidays of a year."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import visible_to as visible_agencies
from gongkai.agencies.rights import ROLES, Right
from gongkai.desk.publications.common import LIST_CRUMB, TROUBLE, by_field, header, words
from gongkai.desk.publications.presenting import step_labels
from gongkai.office import working_days
from gongkai.office.actions import enter_year, may_enter_years
from gongkai.office.models import CalendarDay, CalendarYear
from gongkai.publishing.actions import paths
from gongkai.publishing.actions.shared import holders
from gongkai.publishing.actions.steps import ROLES as ROLES_OF_STEP
from gongkai.publishing.models import AgencyPath, Kind, PublishingPolicy, Step
from gongkai.publishing.queries.paths import lineage, policy_for
from gongkai.text.scan import RULES, Level

RULES_CRUMB = {"url": reverse_lazy("desk:publishing-rules"), "label": gettext_lazy("流程与规则")}
STEPS = (Step.UNIT_HEAD, Step.CONFIDENTIALITY, Step.COORDINATION, Step.SIGN_OFF)
USUAL_DAYS = {Step.UNIT_HEAD: 2, Step.CONFIDENTIALITY: 3, Step.COORDINATION: 5, Step.SIGN_OFF: 2}
LEVELS = ((Level.BLOCK, gettext_lazy("阻止")), (Level.WARN, gettext_lazy("提醒")), (Level.OFF, gettext_lazy("关闭")))
_DAY = re.compile(r"([0-9]{4})[-/.\u5e74]([0-9]{1,2})[-/.\u6708]([0-9]{1,2})\u65e5?")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The agencies whose paths and rules the person keeps."""
    agencies = list(_managed(request).select_related("parent"))
    if len(agencies) == 1:
        return redirect("desk:publishing-agency", slug=agencies[0].slug)
    own_paths = set(AgencyPath.objects.values_list("agency_id", flat=True))
    own_rules = set(PublishingPolicy.objects.values_list("agency_id", flat=True))
    context = header(_("流程与规则"), LIST_CRUMB, icon="cogs") | {
        "rows": [(a, a.pk in own_paths, a.pk in own_rules) for a in agencies],
        "may_calendar": may_enter_years(request.user),
    }
    return render(request, "desk/publications/rules_index.html", context)


@require_GET
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """The paths and rules of one agency."""
    return _page(request, _one(request, slug), {}, {})


@require_POST
def path(request: HttpRequest, slug: str) -> HttpResponse:
    """Sets a path, or lets that of the body above hold again."""
    row = _one(request, slug)
    kind = request.POST.get("kind", "")
    try:
        if "inherit" in request.POST:
            paths.inherit_path(row, kind, by=request.user)
        else:
            paths.set_path(row, kind, _steps(request), by=request.user)
    except TROUBLE as error:
        messages.error(request, words(error))
    else:
        messages.success(request, _("流程已保存。正在审查的信息仍走原来的流程。"))
    return redirect("desk:publishing-agency", slug=slug)


def _steps(request: HttpRequest) -> list[tuple[str, int]]:
    """The steps in the order that the form gives them: by their number, sign-off after all others."""
    found = []
    for step in STEPS:
        if request.POST.get(f"use_{step}"):
            days, order = (request.POST.get(f"{part}_{step}", "") for part in ("days", "order"))
            place = int(order) if order.isdecimal() else 99
            one = (step == Step.SIGN_OFF, place, str(step), int(days) if days.isdecimal() and len(days) < 6 else 0)
            found += [one, one] if request.POST.get(f"twice_{step}") else [one]
    return [(step, days) for _last, _place, step, days in sorted(found)]


@require_POST
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """Sets the rules, or lets those of the body above hold again."""
    row = _one(request, slug)
    given = _policy_given(request)
    try:
        if "inherit" in request.POST:
            paths.inherit_policy(row, by=request.user)
        else:
            paths.set_policy(row, by=request.user, **given)
    except TROUBLE as error:
        return _page(request, row, given, by_field(error), status=422)
    messages.success(request, _("规则已保存。"))
    return redirect("desk:publishing-agency", slug=slug)


def _policy_given(request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    figures = {
        n: int(v) if (v := post.get(n, "").strip()).isdecimal() and len(v) < 6 else -1 for n in paths.POLICY_LIMITS
    }
    levels = {
        rule.id: level for rule in RULES.values() if (level := post.get(f"level_{rule.id}", "")) and level != rule.level
    }
    switches = {name: name in post for name in paths.POLICY_SWITCHES}
    return {**figures, **switches, "scan_levels": levels}


def _managed(request: HttpRequest) -> Any:
    return visible_agencies(request.user, roles=ROLES[Right.MANAGE_PUBLISHING])


def _one(request: HttpRequest, slug: str) -> Agency:
    found: Agency = get_object_or_404(_managed(request), slug=slug)
    return found


def _page(
    request: HttpRequest, row: Agency, given: dict[str, Any], errors: dict[str, list[str]], status: int = 200
) -> HttpResponse:
    held, held_paths = policy_for(row), _paths(row)
    levels = given.get("scan_levels", held.scan_levels)
    english = (get_language() or "").startswith("en")
    context = header(row.label, LIST_CRUMB, RULES_CRUMB, icon="cogs") | {
        "agency": row,
        "paths": held_paths,
        "kinds": [("", _("全部类型")), *Kind.choices],
        "path_kind": request.GET.get("kind"),
        "path_rows": _path_rows(_held_steps(held_paths, request.GET.get("kind"))),
        "lacking": _lacking(row, held_paths),
        "figures": [
            (
                name,
                PublishingPolicy._meta.get_field(name).verbose_name,
                given.get(name, getattr(held, name)),
                low,
                high,
                errors.get(name),
            )
            for name, (low, high) in paths.POLICY_LIMITS.items()
        ],
        "switches": [
            (name, PublishingPolicy._meta.get_field(name).verbose_name, given.get(name, getattr(held, name)))
            for name in paths.POLICY_SWITCHES
        ],
        "own_policy": held.agency_id == row.pk,
        "policy_from": held.agency,
        "levels": LEVELS,
        "scan_rules": [
            (r.id, r.label_en if english else r.label, r.basis, levels.get(r.id, str(r.level)), str(r.level))
            for r in RULES.values()
        ],
        "errors": errors,
    }
    return render(request, "desk/publications/rules.html", context, status=status)


def _paths(row: Agency) -> list[dict[str, Any]]:
    """The paths that hold: the agency's own, then what it takes over from above and has no own one for."""
    found: dict[str, dict[str, Any]] = {}
    above = [*lineage(row), None]
    rows = AgencyPath.objects.filter(workflow__active=True).select_related("agency", "workflow")
    for path in sorted((p for p in rows if p.agency_id in above), key=lambda p: above.index(p.agency_id)):
        tasks = [t.specific for t in path.workflow.tasks]
        labels = step_labels([t.step for t in tasks])
        steps = [(t.step, label, t.days) for t, label in zip(tasks, labels, strict=True)]
        label = Kind(path.kind).label if path.kind else _("全部类型")
        own = path.agency_id == row.pk
        found.setdefault(
            path.kind, {"kind": path.kind, "label": label, "own": own, "from": path.agency, "steps": steps}
        )
    return sorted(found.values(), key=lambda p: p["kind"] != "")


def _held_steps(held_paths: list[dict[str, Any]], kind: str | None) -> list[tuple[str, int]]:
    """The steps of the path that is to be changed; the usual ones where none is named."""
    path = next((p for p in held_paths if p["kind"] == kind), None)
    return [(step, days) for step, _label, days in path["steps"]] if path else [(s, USUAL_DAYS[s]) for s in STEPS]


def _path_rows(steps: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Each step as the form asks for it: whether it is used, its place, its days, whether two decide."""
    names = [step for step, _days in steps]
    order = sorted(STEPS, key=lambda s: names.index(s) if s in names else len(names))
    return [
        {
            "step": str(step),
            "label": Step(step).label,
            "used": step in names,
            "order": place,
            "days": dict(steps).get(step, USUAL_DAYS[step]),
            "must": step in paths.MUST,
            "may_twice": step in paths.TWICE,
            "twice": names.count(step) > 1,
        }
        for place, step in enumerate(order, 1)
    ]


def _lacking(row: Agency, held_paths: list[dict[str, Any]]) -> list[str]:
    """The steps that the agency has too few people to decide, in words."""
    asked: dict[str, int] = {}
    for path in held_paths:
        names = [step for step, _label, _days in path["steps"]]
        asked |= {name: max(names.count(name), asked.get(name, 0)) for name in names if name != Step.COORDINATION}
    today = timezone.localdate()
    there = {name: holders(row, ROLES_OF_STEP[name], today).count() for name in asked}
    words = _("%(step)s须有%(asked)d人办理，现有%(there)d人")
    return [
        words % {"step": Step(name).label, "asked": n, "there": there[name]}
        for name, n in asked.items()
        if there[name] < n
    ]


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """The holidays of each year; the administrator enters those of a new one from its notice."""
    if not may_enter_years(request.user):
        messages.error(request, _("维护节假日需要最上级机关的管理员岗位。"))
        return redirect("desk:publications")
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            _enter(request)
        except TROUBLE as error:
            errors = by_field(error)
        else:
            messages.success(request, _("节假日已保存，期限从现在起按新的日历计算。"))
            return redirect("desk:publishing-calendar")
    known = working_days.calendar()
    days = CalendarDay.objects.all()
    context = header(_("节假日"), LIST_CRUMB, RULES_CRUMB, icon="date") | {
        "first": known.first,
        "last": known.last,
        "years": [(y, [d for d in days if d.day.year == y.year]) for y in CalendarYear.objects.order_by("-year")],
        "given": request.POST,
        "next_year": known.last + 1,
        "errors": errors,
    }
    return render(request, "desk/publications/calendar.html", context, status=422 if errors else 200)


def _enter(request: HttpRequest) -> None:
    year = request.POST.get("year", "").strip()
    if not (year.isdecimal() and 2000 <= int(year) <= 2100):
        raise ValidationError({"year": _("请填写四位数的年份。")})
    days = {name: _days(request.POST.get(name, ""), name) for name in ("off", "make_up")}
    enter_year(int(year), by=request.user, basis=request.POST.get("basis", "").strip()[:200], **days)


def _days(text: str, field: str) -> list[date]:
    """The days in a text, in whatever way they are parted. Raises ValidationError for what is none."""
    found, bad = [], []
    for word in re.split(r"[\s,，、;；]+", text.strip()):
        match = _DAY.fullmatch(word)
        try:
            if match:
                found.append(date(int(match[1]), int(match[2]), int(match[3])))
            elif word:
                bad.append(word)
        except ValueError:
            bad.append(word)
    if bad:
        raise ValidationError(
            {field: _("看不懂这些日期：%(days)s。请按“2026-01-31”的格式填写。") % {"days": " ".join(bad[:5])}}
        )
    return found
