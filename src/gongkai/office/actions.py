"""What may be done with the calendar and with messages: enter a year's holidays, tell people, mark as read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.mail import send_mass_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import NotAllowed, Right, may
from gongkai.office.models import CalendarDay, CalendarYear, Notification
from gongkai.office.working_days import changed
from gongkai.trail.chain import record

YEARS = range(2008, 2101)
"""Years whose holidays may be entered."""


def enter_year(year: int, *, off: Iterable[date], make_up: Iterable[date], basis: str, by: Person) -> CalendarYear:
    """Enters the holidays of a year from its official notice (《全国年节及纪念日放假办法》).

    `off` are weekdays without work, `make_up` weekend days with work. What was entered for the year before is replaced.
    Deadlines that are still open are reckoned anew. Raises NotAllowed; ValidationError for a day of another year, a
    free weekend or a worked weekday, a missing basis.
    """
    if not may_enter_years(by):
        raise NotAllowed(_("维护节假日需要最上级机关的管理员岗位。"))
    off, make_up = sorted(set(off)), sorted(set(make_up))
    _check_year(year, off, make_up, basis)
    with transaction.atomic():
        CalendarDay.objects.filter(day__year=year).delete()
        CalendarDay.objects.bulk_create(
            [CalendarDay(day=d, working=False) for d in off] + [CalendarDay(day=d, working=True) for d in make_up]
        )
        row, _created = CalendarYear.objects.update_or_create(year=year, defaults={"basis": basis})
        data = {"off": [d.isoformat() for d in off], "make_up": [d.isoformat() for d in make_up]}
        record("office.enter_year", by=by, target=row, data=data, basis=basis)
        transaction.on_commit(changed)
    return row


def may_enter_years(person: Person | AnonymousUser) -> bool:
    """Whether a person looks after the calendar: it holds for all, so that is for whoever administers the top."""
    tops = Agency.objects.filter(parent=None, abolished=None)
    return any(may(person, Right.MANAGE_CALENDAR, agency) for agency in tops)


def _check_year(year: int, off: list[date], make_up: list[date], basis: str) -> None:
    problems = {}
    if year not in YEARS:
        problems["year"] = _("年份应在%(first)d至%(last)d之间。") % {"first": YEARS[0], "last": YEARS[-1]}
    if not basis.strip() or len(basis) > 200:
        problems["basis"] = _("请填写放假通知的名称或文号，最多200字。")
    if wrong := [d for d in off if d.year != year or d.weekday() >= 5]:
        problems["off"] = _("放假日期应为该年的工作日：%(days)s") % {"days": ", ".join(map(str, wrong))}
    if wrong := [d for d in make_up if d.year != year or d.weekday() < 5]:
        problems["make_up"] = _("调休上班日期应为该年的周末：%(days)s") % {"days": ", ".join(map(str, wrong))}
    if problems:
        raise ValidationError(problems)


def notify(people: Iterable[Person], message: str, *, link: str = "", **values: Any) -> None:
    """Leaves a message for each person, once; `message` is a marked string with %(name)s places for the values.

    Where mail is set up and the person has an address, the message is sent there too after the commit.
    """
    people = list({p.pk: p for p in people if p.is_active}.values())
    with translation.override(settings.LANGUAGE_CODE):
        values = {name: str(v) if isinstance(v, Promise) else v for name, v in values.items()}
    Notification.objects.bulk_create(
        [Notification(person=p, message=message, values=values, link=link) for p in people]
    )
    addresses = [p.email for p in people if p.email]
    if addresses and settings.EMAIL_HOST:
        transaction.on_commit(partial(_mail, addresses, message, values, link))


def _mail(addresses: list[str], message: str, values: dict[str, Any], link: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        text = translation.gettext(message) % values
    body = f"{text}\n\n{settings.WAGTAILADMIN_BASE_URL}{link}"
    send_mass_mail([(text[:120], body, None, [a]) for a in addresses], fail_silently=True)


def mark_read(person: Person, notifications: Iterable[int] | None = None) -> int:
    """Marks a person's own messages as read, all where none are named; returns how many."""
    unread = Notification.objects.filter(person=person, read_at__isnull=True)
    if notifications is not None:
        unread = unread.filter(pk__in=list(notifications))
    return unread.update(read_at=timezone.now())


def settle(message: str, link: str, person: Person | None = None) -> int:
    """Marks a message as read for everybody (or one person) once what it asked for is done; returns how many."""
    waiting = Notification.objects.filter(message=message, link=link, read_at__isnull=True)
    if person is not None:
        waiting = waiting.filter(person=person)
    return waiting.update(read_at=timezone.now())
