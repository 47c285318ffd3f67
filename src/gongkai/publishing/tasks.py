"""Background work of publishing: follow changes to the search index and the subscribers, do what the clock asks for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from gongkai.office.clockwork import note_turn

log = logging.getLogger(__name__)

MORNING = 7
"""The hour from which the work of a day is done."""

_begun_on: date | None = None


def follow_changes() -> None:
    """After the commit, lets the background worker bring the search index up to date; once."""
    connection = transaction.get_connection()
    if any(getattr(hook[1], "follows_changes", False) for hook in connection.run_on_commit):
        return

    def enqueue() -> None:
        follow.enqueue()

    enqueue.follows_changes = True  # type: ignore[attr-defined]
    transaction.on_commit(enqueue)


@task()
def follow() -> None:
    """Indexes the changes since the last time; subscribers get them at the next turn of the clock."""
    from gongkai.publishing.indexing import catch_up

    catch_up()


@task()
def try_links(publication_id: int) -> None:
    """Tries the links of a draft to other sites, and scans it again where one does not open."""
    from gongkai.publishing.actions.scanning import scan
    from gongkai.publishing.links import check_links
    from gongkai.publishing.models import Publication

    publication = Publication.objects.filter(pk=publication_id).first()
    if publication is not None and check_links(publication):
        scan(publication)


@task()
def turn() -> None:
    """Does what the clock asks for; one chore that fails is logged and told to staff, and does not stop the others."""
    now = timezone.now()
    failed = []
    for name, chore in _chores(now).items():
        try:
            chore()
        except Exception:
            log.exception("The chore %s failed; the clock tries it again.", name)
            failed.append(name)
    note_turn(now, failed)


def _chores(now: datetime) -> dict[str, Callable[[], object]]:
    """Releases, expiries, validity by date, the column pages (which are Wagtail's), deliveries, the work of a day.

    The index is looked after as well: one that is lost or damaged is built anew without anybody's doing.
    """
    from gongkai.publishing.actions.exchange import deliver_due
    from gongkai.publishing.actions.releasing import expire_due, release_due
    from gongkai.publishing.actions.validity import settle_due
    from gongkai.publishing.indexing import catch_up

    return {
        "release": lambda: release_due(now),
        "expire": lambda: expire_due(now),
        "validity": lambda: settle_due(timezone.localdate(now)),
        "columns": lambda: call_command("publish_scheduled"),
        "index": lambda: catch_up(wait=0),
        "deliver": lambda: deliver_due(now),
        "day": lambda: _begin_day(timezone.localtime(now)),
    }


def _begin_day(local: datetime) -> None:
    """Starts the work of the day once in the morning, or as soon as a worker runs after that."""
    global _begun_on
    if local.hour >= MORNING and _begun_on != local.date():
        each_day.enqueue()
        _begun_on = local.date()


@task()
def each_day() -> None:
    """Hands over last month where agencies say so, and notes the months that others missed. Doing it twice is safe."""
    now = timezone.now()
    monthly_transfers(now)
    missed_transfers(now)
    remind()
    learn_queries()


def remind() -> int:
    """Leaves the messages of the morning; returns how many."""
    from gongkai.publishing.actions.guide import remind_of_upkeep
    from gongkai.publishing.actions.reminders import remind as tell_all

    return tell_all() + remind_of_upkeep()


def learn_queries() -> None:
    """Lets the search box suggest what readers often ask for."""
    from gongkai.publishing.indexing import learn_queries as learn

    learn()


def monthly_transfers(now: datetime) -> int:
    """Sends the manifests of last month of the agencies whose rules say so; returns how many."""
    from gongkai.publishing.actions.transfer import monthly_transfers as send_all

    return send_all(now)


def missed_transfers(now: datetime) -> int:
    """Notes the months that should have been handed over and were not; returns how many are new."""
    from gongkai.publishing.actions.transfer import note_missed

    return note_missed(now)


def reckon_after_change() -> None:
    """Has the background worker reckon open deadlines anew; called when the calendar has changed."""
    reckon_again.enqueue()


@task()
def reckon_again() -> None:
    """Reckons open deadlines by the calendar as it is now."""
    from gongkai.office.working_days import forget
    from gongkai.publishing.actions.deadlines import reckon_open

    # The worker may have kept the calendar as it was.
    forget()
    reckon_open()
