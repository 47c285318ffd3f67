"""What staff may see of publications, and what waits for them (我的待办)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency, Person, Role
from gongkai.agencies.queries import current_posts
from gongkai.agencies.queries import visible_to as visible_agencies
from gongkai.agencies.rights import ROLES as ROLES_OF_RIGHT
from gongkai.agencies.rights import Right
from gongkai.publishing.models import CoordinationRequest, Invitation, Publication, State, Step
from gongkai.publishing.queries import timeliness
from gongkai.publishing.queries.paths import policy_for

_R: Any = Role

STEP_ROLES: dict[str, str] = {
    Step.UNIT_HEAD: _R.UNIT_HEAD,
    Step.CONFIDENTIALITY: _R.CONFIDENTIALITY_REVIEWER,
    Step.SIGN_OFF: _R.SIGNING_LEADER,
}


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a person: what, which publication or request, until when."""

    kind: str
    """A step id, or returned, coordination, ruling, reassess, invited."""
    publication: Publication
    due: date | None
    request: CoordinationRequest | None = None


def visible_to(person: Person) -> QuerySet[Publication]:
    """The publications that a person may see on the staff side, drafts among them.

    Those of their agencies (and of those below, for posts that oversee), those on which their agency is asked, and
    those that they were invited to read.
    """
    if not person.is_authenticated or not person.is_active:
        return Publication.objects.none()
    if person.is_superuser:
        return Publication.objects.all()
    asked = CoordinationRequest.objects.filter(agency__in=_answering(person))
    invited = Invitation.objects.filter(person=person)
    return Publication.objects.filter(
        Q(agency__in=visible_agencies(person))
        | Q(pk__in=asked.values("publication_id"))
        | Q(pk__in=invited.values("publication_id"))
    )


def may_see(person: Person, publication: Publication) -> bool:
    """Whether a person may see a publication on the staff side."""
    return visible_to(person).filter(pk=publication.pk).exists()


def may_work_on(person: Person, publication: Publication) -> bool:
    """Whether a publication belongs to an agency whose work the person may see; an invitation alone is not enough."""
    return person.is_superuser or visible_agencies(person).filter(pk=publication.agency_id).exists()


def _answering(person: Person) -> QuerySet[Agency]:
    return visible_agencies(person, roles=ROLES_OF_RIGHT[Right.ANSWER_COORDINATION])


def _held(person: Person, role: str) -> list[int]:
    return list(current_posts(person).filter(role=role).values_list("agency_id", flat=True))


def at_step(person: Person, step: str) -> QuerySet[Publication]:
    """What waits at a step for a person who may decide it; never what they drafted themselves."""
    found = Publication.objects.filter(step=step, agency__in=_held(person, STEP_ROLES[step]))
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
    """Invitations to read that the person has not answered."""
    open_ones = Invitation.objects.filter(person=person, opinion_at=None)
    return open_ones.exclude(publication__state=State.DISCARDED).select_related("publication__agency")


def tasks_of(person: Person) -> list[Task]:
    """All that waits for a person, the most urgent first."""
    tasks = [Task(step, p, p.step_due) for step in STEP_ROLES for p in at_step(person, step)]
    tasks += [Task("returned", p, p.release_due) for p in returned_to(person)]
    tasks += [Task("coordination", r.publication, r.due_on, r) for r in questions_to(person)]
    tasks += [Task("ruling", r.publication, r.due_on, r) for r in rulings_for(person)]
    tasks += [Task("reassess", p, p.reassess_on) for p in to_reassess(person)]
    tasks += [Task("invited", i.publication, None) for i in invitations_of(person)]
    return sorted(tasks, key=lambda t: (t.due is None, t.due or date.max, t.publication.pk))


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


def interpretations_missing(agency: Agency) -> QuerySet[Publication]:
    """Normative documents of an agency that policy wants interpreted and that nothing interprets yet."""
    if not policy_for(agency).interpretation_required:
        return Publication.objects.none()
    found = Publication.objects.filter(agency=agency, state=State.PUBLISHED, kind="normative")
    return found.exclude(incoming__kind="interprets", incoming__source__state=State.PUBLISHED)
