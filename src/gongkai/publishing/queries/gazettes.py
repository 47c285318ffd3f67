"""What the public may ask of the gazette: the issues that are out, their contents, the bound volumes."""

from __future__ import annotations

from itertools import groupby

from django.db.models import Count, QuerySet

from gongkai.publishing.models import GazetteIssue, GazetteVolume
from gongkai.publishing.queries.public import Line, lines_by_id


def issues() -> QuerySet[GazetteIssue]:
    """The issues that are out, newest first, each with how many items it has as `size`."""
    found = GazetteIssue.objects.filter(published_at__isnull=False).select_related("file")
    return found.annotate(size=Count("items"))


def issue(agency: int, year: int, number: int) -> GazetteIssue | None:
    """One issue that is out."""
    return issues().filter(agency_id=agency, year=year, number=number).first()


def contents(found: GazetteIssue) -> list[tuple[str, list[tuple[Line, int | None]]]]:
    """The sections of an issue, each with its publications and their pages; withdrawn ones are left out."""
    items = list(found.items.values_list("section", "publication_id", "page"))
    lines = {line.id: line for line in lines_by_id(id for _section, id, _page in items)}
    kept = [(section, lines[id], page) for section, id, page in items if id in lines]
    return [
        (name, [(line, page) for _section, line, page in rows]) for name, rows in groupby(kept, key=lambda row: row[0])
    ]


def volumes() -> QuerySet[GazetteVolume]:
    """The bound volumes."""
    return GazetteVolume.objects.select_related("file")


def is_public_file(attachment: int) -> bool:
    """Whether an attachment is the file of an issue that is out or of a bound volume."""
    # By the column of the attachment, which knows how large a number may be; one of the address has no end.
    return (
        GazetteIssue.objects.filter(file__pk=attachment, published_at__isnull=False).exists()
        or GazetteVolume.objects.filter(file__pk=attachment).exists()
    )
