"""What may be asked about agencies, people and posts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Absence, Agency, AgencyName, Person, Post, Role

OVERSEEING: frozenset[Any] = frozenset({Role.DISCLOSURE_OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR})
"""Roles that reach to the agencies below their own: the disclosure office of a government leads those under it
(条例第四条), the supervising office assesses them (条例第四十六条), the administrator looks after their accounts."""

_NOT_IN_A_NAME = re.compile(r"[\s·•・()（）〔〕\[\]【】“”\"'《》]+")


def current_posts(person: Person | AnonymousUser, at: date | None = None) -> QuerySet[Post]:
    """The posts whose rights a person has on a day (today where none is given): their own, and as a deputy others'."""
    if not person.is_authenticated:
        return Post.objects.none()
    day = at or timezone.localdate()
    deputised = absences_on(day).filter(deputy_id=person.pk).values("post_id")
    return posts_on(day).filter(Q(person_id=person.pk) | Q(pk__in=deputised))


def own_posts(person: Person | AnonymousUser, at: date | None = None) -> QuerySet[Post]:
    """The posts that a person holds themselves on a day, without those in which they are somebody's deputy."""
    if not person.is_authenticated:
        return Post.objects.none()
    return posts_on(at or timezone.localdate()).filter(person_id=person.pk)


def posts_on(day: date) -> QuerySet[Post]:
    """All posts that are held on a day."""
    return Post.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


def absences_on(day: date) -> QuerySet[Absence]:
    """The absences that a day falls into; on the day of return the deputy's rights are over."""
    return Absence.objects.filter(since__lte=day, until__gt=day)


def agencies_of(person: Person | AnonymousUser, at: date | None = None) -> QuerySet[Agency]:
    """The agencies that a person holds a post in on a day."""
    return Agency.objects.filter(pk__in=current_posts(person, at).values("agency_id"))


def visible_to(
    person: Person | AnonymousUser, at: date | None = None, roles: Iterable[str] | None = None
) -> QuerySet[Agency]:
    """The agencies whose work a person may see on the staff side; those of the given roles only, if any are given.

    Those of their posts and, for a post that oversees, all agencies below; with each, those whose functions it goes on
    with (条例第十条); every agency for a superuser.
    """
    if not person.is_authenticated or not person.is_active:
        return Agency.objects.none()
    if person.is_superuser:
        return Agency.objects.all()
    posts = current_posts(person, at)
    if roles is not None:
        posts = posts.filter(role__in=list(roles))
    held = list(posts.values_list("agency_id", "role"))
    seen = {id for id, _ in held} | descendants(id for id, role in held if role in OVERSEEING)
    return Agency.objects.filter(pk__in=seen | inherited(seen))


def descendants(ids: Iterable[int]) -> set[int]:
    """Ids of all agencies below the given ones, at any depth; one query for each level."""
    found: set[int] = set()
    level = set(ids)
    while level:
        level = set(Agency.objects.filter(parent_id__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found


def inherited(ids: Iterable[int]) -> set[int]:
    """Ids of the abolished agencies whose functions the given ones go on with, at any remove; one query."""
    successors = dict(Agency.objects.filter(successor__isnull=False).values_list("pk", "successor_id"))
    found: set[int] = set()
    level = set(ids)
    while level:
        level = {id for id, successor in successors.items() if successor in level} - found
        found |= level
    return found


def ancestors(agency: Agency) -> set[int]:
    """Ids of the agencies above one, at any height."""
    found: set[int] = set()
    parent = agency.parent_id
    while parent is not None and parent not in found:
        found.add(parent)
        parent = Agency.objects.values_list("parent_id", flat=True).get(pk=parent)
    return found


def existing(at: date | None = None) -> QuerySet[Agency]:
    """The agencies that were there on a day: founded by then, not yet abolished."""
    day = at or timezone.localdate()
    return Agency.objects.filter(
        Q(founded__isnull=True) | Q(founded__lte=day), Q(abolished__isnull=True) | Q(abolished__gt=day)
    )


def find_by_name(name: str, among: QuerySet[Agency] | None = None) -> Agency | None:
    """The one agency that a name stands for: its full name, then its short, another or a former name.

    None where there is none, or where more than one bears it: then a person has to choose.
    """
    wanted = normal_name(name)
    if not wanted:
        return None
    full: list[Agency] = []
    other: list[Agency] = []
    agencies = Agency.objects.all() if among is None else among
    for agency in agencies.prefetch_related("former_names"):
        former = (row.name for row in agency.former_names.all())
        if normal_name(agency.name) == wanted:
            full.append(agency)
        elif wanted in {normal_name(n) for n in (agency.short_name, *agency.other_names, *former)}:
            other.append(agency)
    found = full or other
    return found[0] if len(found) == 1 else None


def matching(words: str, among: QuerySet[Agency] | None = None) -> QuerySet[Agency]:
    """The agencies that bear the words in a name, present or former, or in their code."""
    agencies = Agency.objects.all() if among is None else among
    former = AgencyName.objects.filter(name__icontains=words).values("agency_id")
    return agencies.filter(
        Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__iexact=words) | Q(pk__in=former)
    )


def successor_of(agency: Agency) -> Agency | None:
    """The agency that goes on with the functions of an abolished one today: the end of the chain of successors."""
    found, seen = agency, {agency.pk}
    while found.successor is not None and found.successor_id not in seen:
        found = found.successor
        seen.add(found.pk)
    return found if found is not agency else None


def normal_name(name: str) -> str:
    """A name without blanks, brackets and the width of its characters."""
    return _NOT_IN_A_NAME.sub("", unicodedata.normalize("NFKC", name))


def people_called(words: str) -> QuerySet[Person]:
    """The people with an account in use whose account or name is exactly this."""
    wanted = words.strip()
    return Person.objects.filter(Q(username=wanted) | Q(first_name=wanted), is_active=True).exclude(username="")


def people_of(agency: Agency, at: date | None = None) -> QuerySet[Person]:
    """The people with an account in use who hold a post in an agency on a day."""
    held = posts_on(at or timezone.localdate()).filter(agency=agency)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True).order_by("pk")
