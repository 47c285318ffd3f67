"""The page of one publication for everybody on its path: what it is, how far it is, what may be done with it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.models import Revision, TaskState

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import inherited, people_of, successor_of
from gongkai.agencies.rights import Right, may
from gongkai.desk.publications.attachments import described
from gongkai.desk.publications.common import LIST_CRUMB, draft_of, for_staff, header, visible
from gongkai.desk.publications.editor import named_files, named_relations
from gongkai.desk.publications.fields import label_of
from gongkai.desk.publications.history import publication_history
from gongkai.desk.publications.marking import marked
from gongkai.desk.publications.presenting import outcome_label, step_labels
from gongkai.desk.publications.released import released_context
from gongkai.desk.publications.scanning import apart, hit_views
from gongkai.files.actions import serve
from gongkai.files.models import Attachment
from gongkai.office.working_days import due
from gongkai.publishing.actions import inviting, scanning
from gongkai.publishing.actions.shared import changeable, scheduled
from gongkai.publishing.actions.steps import RIGHTS, deciders
from gongkai.publishing.models import INVERSE, Publication, Relation, State, Step
from gongkai.publishing.queries import desk
from gongkai.publishing.queries.differences import Differences, differences, in_words
from gongkai.publishing.queries.paths import decided_before
from gongkai.publishing.queries.timeliness import OPEN

_FACTS = (
    *("kind", "document_number", "made_on", "effective_on", "expires_on", "categories", "theme", "genre"),
    *("joint_agencies", "touched_agencies", "mode", "legal_basis", "subject_words", "audience", "source", "series"),
    *("interpretation_form", "video_url", "claim", "claim_source", "go_live_at", "expire_at", "correction_note"),
)


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of the path: who decided it, when and how, or until when it is due."""

    label: str
    status: str
    """done, now, returned, withheld, skipped or ahead."""
    who: str = ""
    at: datetime | None = None
    due: date | None = None
    comment: str = ""


@require_GET
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """One publication; to who had a part in it and has none any more, what their part was."""
    row = Publication.objects.select_related("agency", "created_by", "latest_revision").filter(pk=pk).first()
    if row is None or not desk.may_see(request.user, row):
        return _ended(request, row)
    draft = draft_of(row)
    inside = desk.may_work_on(request.user, row)
    inviting.read_draft(row, by=request.user)
    requests = row.coordination_requests.select_related("agency", "answered_by", "ruled_by")
    invitations = row.invitations.select_related("person", "invited_by")
    if not inside:
        requests, invitations = requests.filter(agency__in=desk.answering(request.user)), invitations.none()
    scanned = inside and (bool(row.step) or changeable(row))
    hits = hit_views(row, list(scanning.newest(row).hits)) if scanned else []
    rights = actions_of(request.user, row)
    context = header(draft.title, LIST_CRUMB) | {
        "publication": row,
        "draft": draft,
        "facts": [(label_of(name), value) for name in _FACTS if (value := in_words(draft, name))],
        "body": marked(for_staff(draft.body, row.pk), hits),
        "files": [f | described(row, f["attachment"]) for f in named_files(draft.files, row.agency)],
        "relations": named_relations(draft.relations, request.user),
        "incoming": incoming(row),
        "to_answer": desk.questions_to(request.user).filter(publication=row),
        "to_rule": desk.rulings_for(request.user).filter(publication=row),
        "requests": requests,
        "invitations": invitations,
        "own_invitation": desk.invitations_of(request.user).filter(publication=row).first(),
        "colleagues": people_of(row.agency).exclude(pk=request.user.pk) if rights["invite"] else (),
        "reading_until": due(timezone.localdate(), inviting.READING_DAYS).day,
        **apart(hits),
        "may_override": rights["review"] or rights["edit"],
        "may": rights,
        "successor": successor_of(row.agency),
        **(_for_insiders(row, draft) if inside else _for_outsiders(request, row, draft)),
        **released_context(request, row),
    }
    return render(request, "desk/publications/publication.html", context)


def _for_insiders(row: Publication, draft: Publication) -> dict[str, Any]:
    """Who decides and what was decided, for those of the agency."""
    return {
        "inside": True,
        "steps": path_of(row),
        "deciders": deciders(row) if row.step and row.step != Step.COORDINATION else None,
        "reviews": [(r, outcome_label(r.result)) for r in row.confidentiality_reviews.all()],
        "referral": desk.pending_referral(row),
        "returned": desk.last_return(row),
        "since": since_last(row, draft),
        "history": publication_history(row),
    }


def _for_outsiders(request: HttpRequest, row: Publication, draft: Publication) -> dict[str, Any]:
    """How far it is, without names, for those who are asked or invited."""
    steps = [StepView(s.label, s.status, due=s.due) for s in path_of(row)]
    return {"inside": False, "steps": steps, "since": since_asked(request.user, row, draft)}


def _ended(request: HttpRequest, row: Publication | None) -> HttpResponse:
    """What somebody from outside had to do with a draft that they see no more; not found for everybody else."""
    parts = desk.parts_of(request.user, row) if row is not None else []
    if not parts:
        raise Http404
    context = header(_("已经办完"), LIST_CRUMB) | {"publication": row, "parts": parts, "title": parts[0].title}
    return render(request, "desk/publications/ended.html", context)


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft as readers will see it, on the page that they will see."""
    return redirect("portal:publication-preview", id=visible(request, pk).pk)


@require_GET
def file(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    """A file of a draft: one that its agency, or one that it succeeded, handed in; named by a version of this item."""
    row = visible(request, pk)
    found = get_object_or_404(Attachment, pk=attachment, agency__in={row.agency_id, *inherited([row.agency_id])})
    if not _belongs(row, found.pk):
        raise Http404
    return serve(found)


def _belongs(row: Publication, attachment: int) -> bool:
    """Whether the newest draft, the released version or an earlier one names a file; the trail knows what was added."""
    address = f"/files/{attachment}/"
    for version in (draft_of(row), row):
        if address in version.body or any(f.get("attachment") == attachment for f in version.files):
            return True
    from gongkai.trail.chain import history

    return history(row).filter(action="publishing.attach", data__attachment=attachment).exists()


def incoming(row: Publication) -> list[tuple[Any, Publication]]:
    """What released publications do to this one."""
    found = Relation.objects.filter(target=row, source__state=State.PUBLISHED).select_related("source__agency")
    return [(INVERSE.get(r.kind, r.kind), r.source) for r in found]


def since_last(row: Publication, draft: Publication) -> Differences | None:
    """What changed since it was last under review or released, None where it was neither."""
    before = _earlier(row)
    if before is None or before.pk == row.latest_revision_id:
        return None
    found = differences(before.as_object(), draft)
    return found if found.changed else None


def since_asked(person: Person, row: Publication, draft: Publication) -> Differences | None:
    """What changed since somebody from outside last had to do with it, None where they had not."""
    before = desk.version_known_to(person, row)
    if before is None or before.pk == row.latest_revision_id:
        return None
    found = differences(before.as_object(), draft)
    return found if found.changed else None


def _earlier(row: Publication) -> Revision | None:
    """The version that was reviewed before the one under review now; else the one that is released."""
    states = TaskState.objects.filter(workflow_state__in=row._workflow_states.all(), revision__isnull=False)
    reviewed = states.exclude(revision=row.latest_revision_id).order_by("-started_at").first()
    return reviewed.revision if reviewed else row.live_revision


def path_of(row: Publication) -> list[StepView]:
    """The steps of the newest path that it went, those ahead included."""
    state = row.current_workflow_state or row._workflow_states.order_by("-created_at").first()
    workflow = draft_of(row).get_workflow() if state is None else state.workflow
    if workflow is None:
        return []
    states = state.task_states.select_related("task", "finished_by").order_by("started_at") if state else ()
    done = {s.task_id: s for s in states}
    tasks = list(workflow.tasks)
    labels = step_labels([getattr(task.specific, "step", str(task.name)) for task in tasks])
    return [_step(row, label, done.get(task.pk)) for task, label in zip(tasks, labels, strict=True)]


def _step(row: Publication, label: str, state: TaskState | None) -> StepView:
    if state is None or state.status == TaskState.STATUS_CANCELLED:
        return StepView(label, "ahead")
    status = {
        TaskState.STATUS_APPROVED: "done",
        TaskState.STATUS_REJECTED: "returned",
        TaskState.STATUS_SKIPPED: "skipped",
        TaskState.STATUS_IN_PROGRESS: "now",
    }.get(state.status, "ahead")
    if status == "returned" and row.state == State.WITHHELD:
        status = "withheld"
    who = str(state.finished_by) if state.finished_by else ""
    due = row.step_due if status == "now" else None
    return StepView(label, status, who, state.finished_at, due, state.comment)


def may_take_over(person: Person, row: Publication) -> bool:
    """Whether a person may go on, for its successor, with what an abolished agency had begun."""
    if row.agency.abolished is None or row.state not in OPEN:
        return False
    successor = successor_of(row.agency)
    return successor is not None and may(person, Right.DRAFT_PUBLICATIONS, successor)


def actions_of(person: Person, row: Publication) -> dict[str, bool]:
    """What the person may do with it now; the actions check again."""
    agency: Agency = row.agency
    inside = desk.may_work_on(person, row)
    drafts = may(person, Right.DRAFT_PUBLICATIONS, agency)
    wrote = person.pk in row.drafters
    decides = bool(row.step) and not wrote and may(person, RIGHTS[row.step], agency)
    decides = decides and person.pk not in decided_before(row, row.step)
    free = changeable(row) and agency.abolished is None
    fresh = row.state in (State.DRAFT, State.RETURNED) or row.has_unpublished_changes
    public = row.state == State.PUBLISHED
    withdraws = may(person, Right.WITHDRAW_PUBLICATIONS, agency)
    withheld = row.state == State.WITHHELD
    found = {
        "edit": drafts and free and not withheld,
        "submit": drafts and free and fresh and row.state != State.WITHHELD,
        "take_over": may_take_over(person, row),
        "take_back": drafts and wrote and (bool(row.step) or scheduled(row)),
        "discard": drafts and row.state in (State.DRAFT, State.RETURNED),
        "approve": decides and row.step == Step.UNIT_HEAD,
        "review": decides and row.step == Step.CONFIDENTIALITY,
        "sign": decides and row.step == Step.SIGN_OFF,
        "return": decides,
        "withdraw": public and withdraws and not row.step,
        "declare": public and withdraws,
        "record": public and may(person, Right.RECORD_CHANNELS, agency),
        "reassess": withheld
        and (may(person, Right.REVIEW_CONFIDENTIALITY, agency) or may(person, Right.RULE_ON_COORDINATION, agency)),
        "invite": inside and row.state not in (State.DISCARDED, State.WITHDRAWN),
    }
    return found | {"any": any(found.values()), "versions": drafts}
