"""Reminders: each morning people are told what comes due, once for each thing and day."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Agency, Person, Role
from gongkai.agencies.queries import existing
from gongkai.office.models import Notification
from gongkai.office.working_days import due
from gongkai.publishing.actions.shared import desk_address, holders, tell
from gongkai.publishing.actions.steps import deciders
from gongkai.publishing.models import CoordinationRequest, Invitation, Publication, State
from gongkai.publishing.queries.desk import interpretation_due, interpretations_missing, unsettled
from gongkai.publishing.queries.paths import policy_for
from gongkai.publishing.queries.timeliness import OPEN

RELEASE_SOON = gettext_noop("“%(title)s”须在%(day)s前公开。")
RELEASE_LATE = gettext_noop("“%(title)s”已超过公开期限%(day)s。")
STEP_LATE = gettext_noop("“%(title)s”的%(step)s环节已超过期限%(day)s。")
ANSWER_DUE = gettext_noop("“%(title)s”征求贵单位的发布意见，答复期限是%(day)s，请尽快答复。")
OPINION_DUE = gettext_noop("请您对“%(title)s”提出意见，期限是%(day)s。")
REASSESS = gettext_noop("“%(title)s”应当在%(day)s前重新评估能否公开。")

INTERPRET_SOON = gettext_noop("“%(title)s”须在%(day)s前发布解读。")
INTERPRET_LATE = gettext_noop("“%(title)s”的解读已超过期限%(day)s。")


def remind(today: date | None = None) -> int:
    """Tells drafters what must be public soon or should be, deciders what waits too long, reviewers what to reassess,
    and those who answer for it which documents lack their interpretation.

    Each is told once for the day by which it is due. Returns how many messages were left (条例第十八条、第二十六条).
    """
    day = today or timezone.localdate()
    before = Notification.objects.count()
    with transaction.atomic():
        for agency in existing(day):
            _remind_agency(agency, day)
    return Notification.objects.count() - before


def _remind_agency(agency: Agency, day: date) -> None:
    soon = due(day, policy_for(agency).warn_days).day
    rows = Publication.objects.filter(agency=agency)
    for row in rows.filter(state__in=OPEN, release_due__lte=soon):
        message = RELEASE_LATE if row.release_due < day else RELEASE_SOON
        _once(Person.objects.filter(pk__in=row.drafters), message, row, row.release_due)
    for row in rows.exclude(step="").filter(step_due__lt=day):
        _once(deciders(row, day), STEP_LATE, row, row.step_due, step=str(row.get_step_display()))
    reviewers = (str(Role.CONFIDENTIALITY_REVIEWER), str(Role.DISCLOSURE_OFFICER))
    for row in rows.filter(Q(reassess_on__lte=soon), state=State.WITHHELD):
        _once(holders(agency, reviewers, day), REASSESS, row, row.reassess_on)
    for row in interpretations_missing(agency):
        until = interpretation_due(row)
        if until <= soon:
            officers = holders(agency, (str(Role.DISCLOSURE_OFFICER),), day).values("pk")
            people = Person.objects.filter(Q(pk__in=officers) | Q(pk__in=row.drafters))
            message = INTERPRET_LATE if until < day else INTERPRET_SOON
            _once(people, message, row, until)
    _remind_outside(agency, day)


def _remind_outside(agency: Agency, day: date) -> None:
    """Tells those whose answer or opinion is due on the next working day, or was, and is not there."""
    tomorrow = due(day, 1).day
    asked = CoordinationRequest.objects.filter(publication__agency=agency, answer="", due_on__lte=tomorrow)
    for request in unsettled(asked).select_related("publication__agency", "agency"):
        people = holders(request.agency, (str(Role.DISCLOSURE_OFFICER), str(Role.UNIT_HEAD)), day)
        _once(people, ANSWER_DUE, request.publication, request.due_on)
    open_ones = Invitation.objects.filter(publication__agency=agency, opinion_at=None, ended_at=None)
    for invitation in open_ones.filter(due_on__lte=tomorrow).select_related("publication__agency"):
        reader = Person.objects.filter(pk=invitation.person_id)
        _once(reader, OPINION_DUE, invitation.publication, invitation.due_on)


def _once(people: QuerySet[Person], message: str, row: Publication, day: date, **values: str) -> None:
    """Tells those who were not told the same about the same day before."""
    told = Notification.objects.filter(message=message, link=desk_address(row), values__day=day.isoformat())
    tell(people.exclude(pk__in=told.values("person_id")), message, row, day=day.isoformat(), **values)
