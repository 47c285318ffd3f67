"""What tests of the public site start from: released publications, an index of their own, agencies read anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from gongkai.agencies.models import Agency
    from gongkai.publishing.models import Publication

_serial = count(1)


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A search index and counts that no other test knows."""
    from gongkai.portal import bodies
    from gongkai.publishing import reading

    settings.SEARCH_FOLDER = tmp_path / "search"
    bodies.forget()
    yield
    reading.forget()
    bodies.forget()


@pytest.fixture
def publish(city: Any) -> Callable[..., Publication]:
    """Makes a publication that is out, spread over the indexed tables, with its change."""
    from django.utils import timezone

    from gongkai.publishing.actions.releasing import materialise
    from gongkai.publishing.models import Publication, State

    def make(title: str, agency: str | Agency = "jiaoyu", on: date | None = None, **content: Any) -> Publication:
        body = city[agency] if isinstance(agency, str) else agency
        day = on or timezone.localdate()
        row = Publication.objects.create(
            agency=body,
            title=title,
            state=State.PUBLISHED,
            live=True,
            published_at=timezone.make_aware(datetime.combine(day, time(9))),
            index_number=f"{body.index_prefix}/{day.year}-{next(_serial):05d}",
            **({"made_on": day} | content),
        )
        materialise(row)
        row.refresh_from_db()
        return row

    return make
