"""Spreads the lists of a released publication over indexed tables: categories, files with their text, relations."""

from __future__ import annotations

from gongkai.files.actions import Damaged, content
from gongkai.files.models import Attachment
from gongkai.publishing.figures import figures
from gongkai.publishing.fingerprint import attachments_of
from gongkai.publishing.models import (
    FileText,
    Publication,
    PublicationCategory,
    PublicationFile,
    PublishedFigure,
    Relation,
    RelationKind,
)
from gongkai.text.scan.files import attachment_text


def spread(publication: Publication) -> set[int]:
    """Makes the rows anew; returns the documents that were targets before. Must be called within a transaction."""
    PublicationCategory.objects.filter(publication=publication).delete()
    PublicationCategory.objects.bulk_create(categories(publication))
    PublicationFile.objects.filter(publication=publication).delete()
    PublicationFile.objects.bulk_create(files(publication))
    PublishedFigure.objects.filter(publication=publication).delete()
    PublishedFigure.objects.bulk_create(figures([publication]))
    for attachment in Attachment.objects.filter(pk__in=attachments_of(publication)):
        keep_text(attachment)
    outgoing = Relation.objects.filter(source=publication)
    before = set(outgoing.filter(target__isnull=False).values_list("target_id", flat=True))
    outgoing.delete()
    Relation.objects.bulk_create(relations(publication))
    return before


def categories(publication: Publication) -> list[PublicationCategory]:
    """The rows of its statutory categories."""
    return [
        PublicationCategory(
            publication=publication, category=id, agency_id=publication.agency_id, published_at=publication.published_at
        )
        for id in publication.categories
    ]


def files(publication: Publication) -> list[PublicationFile]:
    """The rows of its files: those listed below the text, then the pictures within it."""
    titles = {row["attachment"]: row["title"] for row in publication.files}
    return [
        PublicationFile(
            publication=publication, attachment_id=id, title=titles.get(id, ""), order=order, in_text=id not in titles
        )
        for order, id in enumerate(attachments_of(publication))
    ]


def relations(publication: Publication) -> list[Relation]:
    """The rows of its relations, each once."""
    seen = {
        (row["kind"], row["target"] or row["text"]): Relation(
            source=publication, kind=RelationKind(row["kind"]), target_id=row["target"], text=row["text"]
        )
        for row in publication.relations
        if row["target"] != publication.pk
    }
    return list(seen.values())


def keep_text(attachment: Attachment) -> None:
    """Reads the text of a file once, for the search; a file that cannot be read is searched by its name only."""
    if FileText.objects.filter(attachment=attachment).exists():
        return
    try:
        text = attachment_text(content(attachment), attachment.type)
    except Damaged:
        text = ""
    FileText.objects.create(attachment=attachment, text=text)
