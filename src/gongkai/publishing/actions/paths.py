"""The path and the rules of an agency: which steps lead to release and within how many days, what the scan blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Workflow, WorkflowTask

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import Right, require
from gongkai.publishing.models import (
    AgencyPath,
    ConfidentialityTask,
    CoordinationTask,
    Kind,
    PublishingPolicy,
    SignOffTask,
    Step,
    UnitHeadTask,
)
from gongkai.text.scan import RULES, Level
from gongkai.trail.chain import record

BASIS = "《中华人民共和国政府信息公开条例》第十七条"
MUST = (Step.CONFIDENTIALITY, Step.SIGN_OFF)
"""Steps that no path may leave out."""
TWICE = (Step.UNIT_HEAD, Step.CONFIDENTIALITY, Step.SIGN_OFF)
"""Steps that a path may have a second time, for somebody else to decide."""
MOST_DAYS = 20
"""Working days for one step; more would pass the statutory limit for the release as a whole (条例第二十六条)."""

TASKS: dict[str, Any] = {
    Step.UNIT_HEAD: UnitHeadTask,
    Step.CONFIDENTIALITY: ConfidentialityTask,
    Step.COORDINATION: CoordinationTask,
    Step.SIGN_OFF: SignOffTask,
}
POLICY_LIMITS: dict[str, tuple[int, int]] = {
    "release_days": (1, 20),
    "warn_days": (0, 20),
    "coordination_days": (1, 15),
    "reassess_months": (1, 12),
    "interpretation_days": (0, 20),
    "guide_review_months": (1, 12),
    "catalogue_stale_days": (1, 366),
    "transfer_day": (1, 28),
}
"""The least and the most that each figure may be: an agency may be stricter than the law, never laxer."""

POLICY_SWITCHES = ("interpretation_required", "transfer_automatic")


def set_path(agency: Agency, kind: str, steps: Sequence[tuple[str, int]], *, by: Person) -> Workflow:
    """Sets the path of an agency, for one kind of information or ("") for all: the steps in order, each with its days.

    A step of `TWICE` may stand there two times: two people decide it one after the other. What is under way goes on
    along the path that it began. Raises NotAllowed; ValidationError by field where a step is unknown or stands there
    too often, confidentiality review or sign-off is missing, or anything comes after a sign-off.
    """
    require(by, Right.MANAGE_PUBLISHING, agency)
    _check(kind, steps)
    with transaction.atomic():
        workflow = _workflow(agency, kind, steps)
        AgencyPath.objects.update_or_create(agency=agency, kind=kind, defaults={"workflow": workflow})
        data = {"kind": kind, "steps": [[step, days] for step, days in steps]}
        record("publishing.set_path", by=by, agency=agency, target=agency, data=data, basis=BASIS)
    return workflow


def inherit_path(agency: Agency, kind: str, *, by: Person) -> None:
    """Lets the path of the body above hold again. Raises NotAllowed."""
    require(by, Right.MANAGE_PUBLISHING, agency)
    with transaction.atomic():
        gone, _rows = AgencyPath.objects.filter(agency=agency, kind=kind).delete()
        if gone:
            record("publishing.inherit_path", by=by, agency=agency, target=agency, data={"kind": kind})


def set_policy(agency: Agency, *, by: Person, **values: Any) -> PublishingPolicy:
    """Sets the rules of an agency and of those below it that have none of their own.

    Raises NotAllowed; ValidationError by field for a figure beyond what the law leaves open.
    """
    require(by, Right.MANAGE_PUBLISHING, agency)
    known = {*POLICY_LIMITS, *POLICY_SWITCHES, "scan_levels"}
    if set(values) - known:
        raise TypeError(f"no rules of publishing: {', '.join(sorted(set(values) - known))}")
    _check_policy(values)
    with transaction.atomic():
        policy, _made = PublishingPolicy.objects.select_for_update().get_or_create(agency=agency)
        changes = {n: [getattr(policy, n), v] for n, v in values.items() if getattr(policy, n) != v}
        for name, (_old, value) in changes.items():
            setattr(policy, name, value)
        policy.save()
        record("publishing.set_policy", by=by, agency=agency, target=agency, data=changes)
    return policy


def inherit_policy(agency: Agency, *, by: Person) -> None:
    """Lets the rules of the body above hold again. Raises NotAllowed."""
    require(by, Right.MANAGE_PUBLISHING, agency)
    with transaction.atomic():
        gone, _rows = PublishingPolicy.objects.filter(agency=agency).delete()
        if gone:
            record("publishing.inherit_policy", by=by, agency=agency, target=agency)


def _check(kind: str, steps: Sequence[tuple[str, int]]) -> None:
    problems: dict[str, Any] = {}
    names = [step for step, _days in steps]
    if kind and kind not in Kind.values:
        problems["kind"] = _("没有这种信息类型。")
    if set(names) - set(TASKS) or any(names.count(name) > (2 if name in TWICE else 1) for name in names):
        problems["steps"] = _("发布协调最多一次，其他环节最多由两人先后办理。")
    elif missing := [str(Step(step).label) for step in MUST if step not in names]:
        problems["steps"] = _("流程中不能没有%(steps)s。") % {
            "steps": pgettext("between items of a list", "、").join(missing)
        }
    elif set(names[names.index(Step.SIGN_OFF) :]) != {Step.SIGN_OFF}:
        problems["steps"] = _("签发应当是最后一个环节。")
    elif any(not 1 <= days <= MOST_DAYS for _step, days in steps):
        problems["days"] = _("每个环节的期限为1至%(most)d个工作日。") % {"most": MOST_DAYS}
    if problems:
        raise ValidationError(problems)


def _workflow(agency: Agency, kind: str, steps: Sequence[tuple[str, int]]) -> Workflow:
    label = str(Kind(kind).label) if kind else _("全部类型")
    workflow: Workflow = Workflow.objects.create(name=f"{agency.label} · {label}"[:255], active=True)
    for order, (step, days) in enumerate(steps):
        task = TASKS[step].objects.create(name=str(Step(step).label), days=days, active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


def _check_policy(values: dict[str, Any]) -> None:
    problems: dict[str, Any] = {}
    for name, (least, most) in POLICY_LIMITS.items():
        if name in values and not (isinstance(values[name], int) and least <= values[name] <= most):
            problems[name] = _("应为%(least)d至%(most)d的整数。") % {"least": least, "most": most}
    levels = values.get("scan_levels", {})
    allowed = {str(Level.BLOCK), str(Level.WARN), str(Level.OFF)}
    if not isinstance(levels, dict) or set(levels) - set(RULES) or set(levels.values()) - allowed:
        problems["scan_levels"] = _("扫描规则的级别只能是阻止、提醒或关闭。")
    if problems:
        raise ValidationError(problems)
