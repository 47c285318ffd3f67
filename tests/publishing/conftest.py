"""What tests of publishing start from: released publications without their path."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency
    from gongkai.publishing.models import Publication

_serial = count(1)


@pytest.fixture
def released(db: None) -> Callable[..., Publication]:
    """Makes a publication that is out, its lists spread over the indexed tables, with its change."""
    from django.utils import timezone

    from gongkai.publishing.models import Change, Publication, PublicationCategory, PublicationFile, State

    def make(
        agency: Agency, title: str, on: date | None = None, state: str = State.PUBLISHED, **content: Any
    ) -> Publication:
        day = on or timezone.localdate()
        at = timezone.make_aware(datetime.combine(day, time(9)))
        number = f"{agency.index_prefix}/{day.year}-{next(_serial):05d}"
        content.setdefault("made_on", day)
        row = Publication.objects.create(
            agency=agency,
            title=title,
            state=state,
            live=True,
            published_at=at,
            index_number=number,
            **content,
        )
        for category in row.categories:
            PublicationCategory.objects.create(publication=row, category=category, agency=agency, published_at=at)
        for order, file in enumerate(row.files):
            PublicationFile.objects.create(
                publication=row, attachment_id=file["attachment"], title=file["title"], order=order
            )
        Change.objects.create(publication=row, verb=Change.Verb.RELEASED, at=at)
        return row

    return make
