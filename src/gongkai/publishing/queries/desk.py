"""What staff may see of publications, and what waits for them (我的待办)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from gongkai.agencies.models import Agency, Person, Role
from gongkai.agencies.queries import current_posts, inherited
from gongkai.agencies.queries import visible_to as visible_agencies
from gongkai.agencies.rights import ROLES as ROLES_OF_RIGHT
from gongkai.agencies.rights import Right
from gongkai.law.review import Outcome
from gongkai.office.working_days import due
from gongkai.publishing.models import (
    ENDED,
    ConfidentialityReview,
    CoordinationRequest,
    Invitation,
    Kind,
    Publication,
    PublishingPolicy,
    Relation,
    RelationKind,
    State,
    Step,
)
from gongkai.publishing.queries import timeliness
from gongkai.publishing.queries.paths import decided_by, policy_for

_R: Any = Role

INTERPRETED_DAYS = 365
"""How long after its release a document is asked for its interpretation."""

STEP_ROLES: dict[str, str] = {
    Step.UNIT_HEAD: _R.UNIT_HEAD,
    Step.CONFIDENTIALITY: _R.CONFIDENTIALITY_REVIEWER,
    Step.SIGN_OFF: _R.SIGNING_LEADER,
}


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a person: what, which publication or request, until when."""

    kind: str
    """A step id, or returned, succession, coordination, ruling, reassess, invited."""
    publication: Publication
    due: date | None
    request: CoordinationRequest | None = None
    why: str = ""
    """The reason with which it was returned."""


def visible_to(person: Person) -> QuerySet[Publication]:
    """The publications that a person may see on the staff side, drafts among them.

    Those of their agencies (of those that these succeeded, and of those below for posts that oversee), those on which
    their agency is asked, and those that they are invited to read, as long as they have a part in them.
    """
    if not person.is_authenticated or not person.is_active:
        return Publication.objects.none()
    if person.is_superuser:
        return Publication.objects.all()
    asked = unsettled(CoordinationRequest.objects.filter(agency__in=answering(person)))
    return Publication.objects.filter(
        Q(agency__in=visible_agencies(person))
        | Q(pk__in=asked.values("publication_id"))
        | Q(pk__in=invitations_of(person).values("publication_id"))
    )


def unsettled(requests: QuerySet[CoordinationRequest]) -> QuerySet[CoordinationRequest]:
    """Questions of the round that is under way which nobody answered, or on whose answer nobody ruled yet."""
    under_way = requests.filter(closed=False, ruled_at=None, publication__step=Step.COORDINATION)
    return under_way.exclude(answer=CoordinationRequest.Answer.AGREED)


@dataclass(frozen=True, slots=True)
class Part:
    """What a person from outside had to do with a draft that they see no more: what, when, what they said."""

    kind: str
    """invited or coordination."""
    title: str
    """As it was when they saw it."""
    asked_at: datetime
    ended_at: datetime | None
    said: str


def parts_of(person: Person, publication: Publication) -> list[Part]:
    """The parts that a person, or an agency for which they answer, had in a draft, newest first."""
    if not person.is_authenticated or not person.is_active:
        return []
    invited = publication.invitations.filter(person=person).select_related("revision")
    asked = publication.coordination_requests.filter(agency__in=answering(person)).select_related("revision")
    found = [Part("invited", _title_then(i.revision), i.at, i.opinion_at or i.ended_at, i.opinion) for i in invited]
    for r in asked:
        said = " ".join(filter(None, (str(r.get_answer_display()), r.reason, ruling_words(r))))
        found.append(Part("coordination", _title_then(r.revision), r.asked_at, r.answered_at or r.ruled_at, said))
    return sorted(found, key=lambda part: part.asked_at, reverse=True)


def ruling_words(request: CoordinationRequest) -> str:
    """What was ruled on an answer, "" where nothing was."""
    if request.ruled_at is None:
        return ""
    words = _("裁定发布：%(ruling)s") if request.released else _("裁定不发布：%(ruling)s")
    return words % {"ruling": request.ruling}


def version_known_to(person: Person, publication: Publication) -> Any | None:
    """The last version before the newest on which a person, or an agency for which they answer, had a say."""
    invited = publication.invitations.filter(person=person, opinion_at__isnull=False)
    asked = publication.coordination_requests.filter(agency__in=answering(person)).exclude(answer="")
    known = {*invited.values_list("revision_id", flat=True), *asked.values_list("revision_id", flat=True)}
    return publication.revisions.filter(pk__in=known).exclude(pk=publication.latest_revision_id).order_by("-pk").first()


def _title_then(revision: Any) -> str:
    return str(revision.content.get("title", "")) if revision is not None else ""


def may_see(person: Person, publication: Publication) -> bool:
    """Whether a person may see a publication on the staff side."""
    return visible_to(person).filter(pk=publication.pk).exists()


def may_work_on(person: Person, publication: Publication) -> bool:
    """Whether a publication belongs to an agency whose work the person may see; an invitation alone is not enough."""
    return person.is_superuser or visible_agencies(person).filter(pk=publication.agency_id).exists()


def answering(person: Person) -> QuerySet[Agency]:
    """The agencies for which a person answers what others ask."""
    return visible_agencies(person, roles=ROLES_OF_RIGHT[Right.ANSWER_COORDINATION])


def _held(person: Person, role: str) -> list[int]:
    return list(current_posts(person).filter(role=role).values_list("agency_id", flat=True))


def at_step(person: Person, step: str) -> QuerySet[Publication]:
    """What waits at a step for a person who may decide it; never what they drafted or decided there themselves."""
    found = Publication.objects.filter(step=step, agency__in=_held(person, STEP_ROLES[step]))
    found = found.exclude(pk__in=decided_by(person, step))
    return not_drafted_by(found, person).select_related("agency").order_by("step_due", "step_since")


def not_drafted_by(found: QuerySet[Publication], person: Person) -> QuerySet[Publication]:
    """Without those that the person wrote on."""
    own = [id for id, drafters in found.values_list("pk", "drafters") if person.pk in drafters]
    return found.exclude(pk__in=own)


def returned_to(person: Person) -> QuerySet[Publication]:
    """What was returned to a person who wrote on it."""
    found = Publication.objects.filter(state=State.RETURNED, agency__in=_held(person, _R.DRAFTER))
    own = [id for id, drafters in found.values_list("pk", "drafters") if person.pk in drafters]
    return Publication.objects.filter(pk__in=own).select_related("agency").order_by("release_due", "-changed_at")


def to_take_over(person: Person) -> QuerySet[Publication]:
    """What abolished agencies had begun and not released, for those who draft in the agency that goes on for them."""
    held = current_posts(person).filter(role__in=ROLES_OF_RIGHT[Right.DRAFT_PUBLICATIONS])
    left = inherited(held.values_list("agency_id", flat=True))
    found = Publication.objects.filter(agency__in=left, state__in=timeliness.OPEN)
    return found.select_related("agency").order_by("release_due", "-changed_at")


def questions_to(person: Person) -> QuerySet[CoordinationRequest]:
    """Open questions of other agencies to those in which the person holds a post that answers."""
    held = current_posts(person).filter(role__in=ROLES_OF_RIGHT[Right.ANSWER_COORDINATION])
    found = CoordinationRequest.objects.filter(agency__in=held.values("agency_id"), answer="", closed=False)
    return found.select_related("publication__agency", "agency").order_by("due_on")


def rulings_for(person: Person, today: date | None = None) -> QuerySet[CoordinationRequest]:
    """Disagreements, and silence past the day, on which the person's disclosure office has to rule."""
    day = today or timezone.localdate()
    offices = visible_agencies(person, roles=[_R.DISCLOSURE_OFFICER])
    open_ones = Q(answer__in=["amend", "disagreed"]) | Q(answer="", due_on__lt=day)
    found = CoordinationRequest.objects.filter(
        open_ones, publication__agency__in=offices, publication__step=Step.COORDINATION, closed=False, ruled_at=None
    )
    return found.select_related("publication__agency", "agency").order_by("due_on")


def to_reassess(person: Person, until: date | None = None) -> QuerySet[Publication]:
    """Withheld information whose reassessment is due (条例第十八条)."""
    offices = visible_agencies(person, roles=[_R.CONFIDENTIALITY_REVIEWER, _R.DISCLOSURE_OFFICER])
    day = until or timezone.localdate()
    found = Publication.objects.filter(state=State.WITHHELD, reassess_on__lte=day, agency__in=offices)
    return found.select_related("agency").order_by("reassess_on")


def invitations_of(person: Person) -> QuerySet[Invitation]:
    """Invitations to read that the person has not answered and that nothing has ended."""
    return Invitation.objects.filter(person=person, opinion_at=None, ended_at=None).select_related(
        "publication__agency"
    )


def tasks_of(person: Person) -> list[Task]:
    """All that waits for a person, the most urgent first."""
    tasks = [Task(step, p, p.step_due) for step in STEP_ROLES for p in at_step(person, step)]
    tasks += [Task("returned", p, p.release_due, why=_reason_of(p)) for p in returned_to(person)]
    tasks += [Task("succession", p, p.release_due) for p in to_take_over(person)]
    tasks += [Task("coordination", r.publication, r.due_on, r) for r in questions_to(person)]
    tasks += [Task("ruling", r.publication, r.due_on, r) for r in rulings_for(person)]
    tasks += [Task("reassess", p, p.reassess_on) for p in to_reassess(person)]
    tasks += [Task("invited", i.publication, i.due_on) for i in invitations_of(person)]
    return sorted(tasks, key=lambda t: (t.due is None, t.due or date.max, t.publication.pk))


def last_return(publication: Publication) -> TaskState | None:
    """The step at which a publication was sent back in its last round, with who did and why (`comment`).

    None where it was not, or where it is neither returned nor under review again.
    """
    if publication.state != State.RETURNED and not publication.step:
        return None
    rounds = publication._workflow_states.exclude(status=WorkflowState.STATUS_IN_PROGRESS)
    last = rounds.order_by("-created_at", "-pk").first()
    if last is None:
        return None
    states = last.task_states.filter(status=TaskState.STATUS_REJECTED).select_related("task", "finished_by")
    found: TaskState | None = states.order_by("-finished_at").first()
    return found


def pending_referral(publication: Publication) -> ConfidentialityReview | None:
    """The review that referred it to the authority whose answer it waits for, None where it waits for none."""
    if publication.step != Step.CONFIDENTIALITY:
        return None
    last = publication.confidentiality_reviews.filter(at__gte=publication.step_since).first()
    return last if last is not None and last.result == Outcome.REFER else None


def _reason_of(publication: Publication) -> str:
    found = last_return(publication)
    return found.comment if found is not None else ""


def waiting(person: Person) -> int:
    """How many things wait for a person."""
    return len(tasks_of(person))


def late_for(person: Person, today: date | None = None) -> QuerySet[Publication]:
    """What the agencies of a person should have made public by now."""
    return timeliness.late(visible_agencies(person), today).select_related("agency")


def soon_for(person: Person, today: date | None = None) -> QuerySet[Publication]:
    """What the agencies of a person must make public within the days of warning."""
    day = today or timezone.localdate()
    return timeliness.due_until(visible_agencies(person), day + timedelta(days=7), day).select_related("agency")


@dataclass(frozen=True, slots=True)
class Uninterpreted:
    """A normative document that nothing interprets yet, and until when something should."""

    publication: Publication
    due: date


def interpretations_missing(agency: Agency) -> QuerySet[Publication]:
    """Normative documents of an agency that policy wants interpreted and that nothing interprets yet.

    Those that ended are left out, and those released more than a year ago, before anybody here kept such days.
    """
    if not policy_for(agency).interpretation_required:
        return Publication.objects.none()
    return uninterpreted(Publication.objects.filter(agency=agency))


def uninterpreted(found: QuerySet[Publication]) -> QuerySet[Publication]:
    """Those of the last year among them which are normative, in force, and without a released interpretation."""
    since = timezone.now() - timedelta(days=INTERPRETED_DAYS)
    found = found.filter(state=State.PUBLISHED, kind=Kind.NORMATIVE, published_at__gte=since)
    interpreted = Relation.objects.filter(kind=RelationKind.INTERPRETS, source__state=State.PUBLISHED)
    return found.exclude(validity__in=ENDED).exclude(pk__in=interpreted.filter(target__isnull=False).values("target"))


def to_interpret(person: Person) -> list[Uninterpreted]:
    """What the disclosure offices of a person still owe an interpretation, the longest overdue first."""
    offices = visible_agencies(person, roles=[_R.DISCLOSURE_OFFICER])
    found = uninterpreted(Publication.objects.filter(agency__in=offices)).select_related("agency")
    policies: dict[int, PublishingPolicy] = {}
    listed = []
    for row in found:
        policy = policies.setdefault(row.agency_id, policy_for(row.agency))
        if policy.interpretation_required:
            listed.append(Uninterpreted(row, interpretation_due(row, policy)))
    return sorted(listed, key=lambda one: (one.due, one.publication.pk))


def interpretation_due(publication: Publication, policy: PublishingPolicy | None = None) -> date:
    """The day by which a released document should be interpreted: working days from its release, by policy."""
    days = (policy or policy_for(publication.agency)).interpretation_days
    return due(timezone.localdate(publication.published_at), days).day
