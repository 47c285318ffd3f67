"""Moves a publication along its path: the workflow decides what comes next, this keeps the row in step with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Agency, Person, Role
from gongkai.agencies.queries import successor_of
from gongkai.agencies.rights import NotAllowed, Right, require
from gongkai.office.actions import settle
from gongkai.office.working_days import due
from gongkai.publishing.actions.shared import WrongState, desk_address, expect, holders, tell
from gongkai.publishing.models import CoordinationRequest, Publication, State, Step
from gongkai.publishing.queries.paths import decided_before, lineage, policy_for

RIGHTS: dict[str, Right] = {
    Step.UNIT_HEAD: Right.REVIEW_AS_HEAD,
    Step.CONFIDENTIALITY: Right.REVIEW_CONFIDENTIALITY,
    Step.COORDINATION: Right.RULE_ON_COORDINATION,
    Step.SIGN_OFF: Right.SIGN_PUBLICATIONS,
}
"""The right that a step asks for."""

_R: Any = Role
ROLES: dict[str, tuple[str, ...]] = {
    Step.UNIT_HEAD: (_R.UNIT_HEAD,),
    Step.CONFIDENTIALITY: (_R.CONFIDENTIALITY_REVIEWER,),
    Step.COORDINATION: (_R.DISCLOSURE_OFFICER,),
    Step.SIGN_OFF: (_R.SIGNING_LEADER,),
}
"""Who is told when a step begins."""


def require_decider(publication: Publication, step: str, by: Person) -> None:
    """Raises NotAllowed for one without the right or a drafter, WrongState where the publication is at another step."""
    require(by, RIGHTS[step], publication.agency)
    if publication.step != step:
        expect(publication)
    if by.pk in publication.drafters:
        raise NotAllowed(_("您起草或修改过这条信息，不能由您审核或签发。请交给其他人员办理。"))
    if by.pk in decided_before(publication, step):
        raise NotAllowed(_("这一环节须由两人先后办理，您已经办理过一次。请交给另一人。"))


def deciders(publication: Publication, day: date | None = None) -> QuerySet[Person]:
    """Those who can decide its step on a day: its drafters cannot, nor who decided the first of two such steps."""
    shut_out = {*publication.drafters, *decided_before(publication, publication.step)}
    found = holders(publication.agency, ROLES[publication.step], day or timezone.localdate())
    return found.filter(is_active=True).exclude(pk__in=shut_out)


WAITS = gettext_noop("“%(title)s”等待您办理：%(step)s")
NOBODY = gettext_noop("“%(title)s”到了%(step)s环节，可是没有能够办理的人。请管理员设置岗位，或者由起草人撤回。")
ASKS = gettext_noop("“%(title)s”征求贵单位的发布意见，请在%(day)s前答复。")


def approve_step(row: Publication, by: Person | None, comment: str) -> Publication:
    """Approves the current step and goes to the next; the last one releases. Must be called within a transaction.

    Raises WrongState where an administrator switched the path or its step off meanwhile.
    """
    task_state = _task_state(row)
    if task_state is None:
        raise WrongState(_("“%(title)s”的流程已被停用或者改动。请退回或者撤回后重新提交。") % {"title": row.title})
    task_state.approve(user=by, comment=comment)
    forget_waiting(row)
    fresh = Publication.objects.select_related("agency").get(pk=row.pk)
    settle_step(fresh)
    return fresh


def reject_step(row: Publication, by: Person, comment: str) -> None:
    """Ends the path with a refusal of the current step; where the path was switched off, what is left of it ends."""
    task_state = _task_state(row)
    if task_state is not None:
        task_state.reject(user=by, comment=comment)
    else:
        end_path(row, by)


def end_path(row: Publication, by: Person | None) -> None:
    """Calls off the workflow of a publication, if one is open."""
    open_one = row.current_workflow_state
    if open_one is None:
        return
    if open_one.current_task_state is None:
        open_one.status = open_one.STATUS_CANCELLED
        open_one.save(update_fields=["status"])
    else:
        open_one.cancel(user=by)


def _task_state(row: Publication) -> Any | None:
    """The open step of the workflow where it is the one at which the row stands."""
    task_state = row.current_workflow_task_state
    if task_state is None or task_state.status != task_state.STATUS_IN_PROGRESS:
        return None
    return task_state if getattr(task_state.task.specific, "step", "") == row.step else None


def require_whole(workflow: Any) -> None:
    """Raises ValidationError where a path lacks a step that none may lack, or does not end with the signature.

    Paths are checked when they are set; but an administrator may switch a step off.
    """
    tasks = [task.specific for task in workflow.tasks.filter(active=True)]
    steps = [getattr(task, "step", "") for task in tasks]
    if not {Step.CONFIDENTIALITY, Step.SIGN_OFF} <= set(steps) or steps[-1] != Step.SIGN_OFF or "" in steps:
        words = _("流程“%(name)s”缺少保密审查或者签发环节，不能使用。请联系管理员。")
        raise ValidationError(words % {"name": workflow.name})


def settle_step(row: Publication) -> None:
    """Writes down at which step a publication stands and by when it is due, and tells those who decide it."""
    task_state = row.current_workflow_task_state
    if task_state is None:
        return
    task = task_state.task.specific
    row.step, row.step_since = task.step, timezone.now()
    row.step_due = due(timezone.localdate(), task.days).day
    if row.state != State.PUBLISHED:
        row.state = State.IN_REVIEW
    row.save(update_fields=["step", "step_since", "step_due", "state"])
    if row.step == Step.COORDINATION:
        if not _ask_agencies(row):
            approve_step(row, None, "")
    elif people := deciders(row):
        tell(people, WAITS, row, step=Step(row.step).label)
    else:
        tell(_who_can_help(row), NOBODY, row, step=Step(row.step).label)


def _who_can_help(row: Publication) -> QuerySet[Person]:
    """The drafters, the own disclosure office and the nearest administrators: somebody has to be given the post."""
    day = timezone.localdate()
    found = {*row.drafters, *holders(row.agency, (_R.DISCLOSURE_OFFICER,), day).values_list("pk", flat=True)}
    for above in lineage(row.agency):
        if administrators := holders(Agency(pk=above), (_R.ADMINISTRATOR,), day):
            found |= {person.pk for person in administrators}
            break
    return Person.objects.filter(pk__in=found)


def _ask_agencies(row: Publication) -> int:
    """Asks each agency that the content touches or that shares in it (条例第十一条); silence is no consent here.

    For one that was abolished meanwhile, the one that goes on with its functions. Returns how many were asked.
    """
    draft = row.get_latest_revision_as_object()
    day = due(timezone.localdate(), policy_for(row.agency).coordination_days).day
    named = Agency.objects.filter(pk__in=[*draft.joint_agencies, *draft.touched_agencies]).exclude(pk=row.agency_id)
    asked = {a.pk: a for a in (successor_of(agency) or agency for agency in named) if a.pk != row.agency_id}
    for agency in asked.values():
        request, _made = CoordinationRequest.objects.get_or_create(
            revision=draft.latest_revision, agency=agency, defaults={"publication": row, "due_on": day}
        )
        people = holders(agency, (_R.DISCLOSURE_OFFICER, _R.UNIT_HEAD), timezone.localdate())
        tell(people, ASKS, row, day=request.due_on.isoformat())
    return len(asked)


def forget_waiting(row: Publication) -> None:
    """Who was asked to decide or to answer need not look any more once the step is over."""
    for message in (WAITS, ASKS):
        settle(message, desk_address(row))
