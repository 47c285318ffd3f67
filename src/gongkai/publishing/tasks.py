"""Background work of publishing: follow changes to the search index and the subscribers, do what the clock asks for."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone
from django_tasks import task

log = logging.getLogger(__name__)


def follow_changes() -> None:
    """After the commit, lets the background worker bring the search index and the subscribers up to date; once."""
    connection = transaction.get_connection()
    if any(getattr(hook[1], "follows_changes", False) for hook in connection.run_on_commit):
        return

    def enqueue() -> None:
        follow.enqueue()

    enqueue.follows_changes = True  # type: ignore[attr-defined]
    transaction.on_commit(enqueue)


@task()
def follow() -> None:
    """Indexes the changes since the last time and hands them to subscribers."""
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
    """Does what the clock asks for: releases, expiries, validity by date. Called every minute."""
    from gongkai.publishing.actions.releasing import expire_due, release_due
    from gongkai.publishing.actions.validity import settle_due

    now = timezone.now()
    release_due(now)
    expire_due(now)
    settle_due(timezone.localdate(now))
