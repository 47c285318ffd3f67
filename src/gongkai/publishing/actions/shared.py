"""What the actions of publishing share: locking a row, and who may be told what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import posts_on, successor_of
from gongkai.office.actions import notify
from gongkai.publishing.models import Publication, State
from gongkai.publishing.reading import masked
from gongkai.trail.chain import record

BASIS_REVIEW = "《中华人民共和国政府信息公开条例》第十七条"
BASIS_RELEASE = "《中华人民共和国政府信息公开条例》第二十六条"
BASIS_COORDINATION = "《中华人民共和国政府信息公开条例》第十一条"


class WrongState(ValidationError):
    """The publication is not where this can be done; the message says where it is."""


def locked(publication: Publication) -> Publication:
    """The row, locked until the transaction ends; must be called within one."""
    return Publication.objects.select_for_update(of=("self",)).select_related("agency").get(pk=publication.pk)


def expect(publication: Publication, *states: str, step: str | None = None) -> None:
    """Raises WrongState unless it is in one of the states (in any case where none is given), and at the step."""
    if publication.state not in states or (step is not None and publication.step != step):
        raise WrongState(
            _("“%(title)s”现在是“%(state)s”，不能进行这项操作。请刷新页面。")
            % {"title": publication.title, "state": where(publication)}
        )


def where(publication: Publication) -> str:
    """Its step where it is under review, else its state, in words."""
    return str(publication.get_step_display() if publication.step else publication.get_state_display())


def note(publication: Publication, verb: str, *, by: Person | None, basis: str = "", **data: Any) -> None:
    """Appends to the trail what was done with a publication; numbers of persons in its words are masked.

    The trail is never changed, so what must not be kept must not get in.
    """
    data = {name: _masked(value) for name, value in data.items()}
    record(f"publishing.{verb}", by=by, agency=publication.agency, target=publication, data=data, basis=basis)


def _masked(value: Any) -> Any:
    return masked(value) if isinstance(value, str) else value


def desk_address(publication: Publication) -> str:
    """The staff page of a publication."""
    path: str = reverse("desk:publication", args=[publication.pk])
    return path


def tell(people: Iterable[Person], message: str, publication: Publication, **values: Any) -> None:
    """Leaves a message about a publication; `message` has %(title)s and what else is given. Numbers are masked."""
    told = {name: _masked(value) for name, value in values.items()}
    notify(people, message, link=desk_address(publication), title=masked(publication.title)[:80], **told)


def holders(agency: Agency, roles: Iterable[str], day: Any) -> QuerySet[Person]:
    """The people who hold one of the roles in an agency on a day, deputies of absent holders among them.

    For an agency that was abolished, those of the one that goes on with its functions.
    """
    from gongkai.agencies.queries import absences_on

    roles, agency = list(roles), successor_of(agency) or agency
    posts = posts_on(day).filter(agency=agency, role__in=roles)
    deputies = absences_on(day).filter(post__agency=agency, post__role__in=roles)
    return Person.objects.filter(
        pk__in=[*posts.values_list("person_id", flat=True), *deputies.values_list("deputy_id", flat=True)]
    )


def changeable(publication: Publication) -> bool:
    """Whether its draft may be written on now: not while it is reviewed or waits for its time, not what is withheld."""
    if publication.step or scheduled(publication):
        return False
    return publication.state in (State.DRAFT, State.RETURNED, State.PUBLISHED)


def scheduled(publication: Publication) -> bool:
    """Whether it, or the revision of what is out, was signed and waits for its time."""
    if publication.state == State.PUBLISHED:
        return publication.go_live_at is not None
    return bool(publication.state == State.SCHEDULED)


def unschedule(row: Publication) -> None:
    """Calls off what was signed for a time; the row is saved by the caller."""
    row.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    if row.state == State.PUBLISHED:
        row.go_live_at = None
