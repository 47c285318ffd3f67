"""The publications that `portal.py` measures with: those of the demo city, over and over under new numbers."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

BATCH = 2000


def fill(count: int) -> None:
    """Loads the demo city's bodies and past, copies publications until there are `count`, and builds the index."""
    from gongkai.agencies import demo as agencies
    from gongkai.publishing import indexing
    from gongkai.publishing.demo.library import library
    from gongkai.publishing.demo.loading import load_past
    from gongkai.publishing.importing.storing import store_new
    from gongkai.publishing.models import Publication, State

    agencies.load()
    today = timezone.localdate()
    if not Publication.objects.exists():
        load_past(library(today), today)
    originals = list(Publication.objects.filter(state=State.PUBLISHED).select_related("agency"))
    copies = _copies(originals, count - Publication.objects.count())
    while batch := list(islice(copies, BATCH)):
        with transaction.atomic():
            store_new(batch)
    indexing.rebuild()


def _copies(originals: list, count: int) -> Iterator:
    for number in range(max(count, 0)):
        row = copy(originals[number % len(originals)])
        row._state = copy(row._state)
        row._state.adding = True
        row.pk, row.index_number, row.relations, row.files = None, None, [], []
        row.title = f"{row.title[:280]}（{number // len(originals) + 1}）"
        row.published_at -= timedelta(minutes=7 * (number // len(originals) + 1))
        yield row
