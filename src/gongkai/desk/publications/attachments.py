"""Files that come with a draft: uploaded beside it, pasted into its text, taken out of a Word file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.files.checks import Refused
from gongkai.files.models import Attachment
from gongkai.publishing.actions import drafting
from gongkai.publishing.models import Publication
from gongkai.text.rich import PastedPicture, clean, place_images


def store_uploads(publication: Publication, uploads: Iterable[UploadedFile], *, by: Person) -> list[dict[str, Any]]:
    """Keeps uploaded files; gives the entries for the content. Raises NotAllowed, Refused."""
    entries = []
    for upload in uploads:
        attachment = drafting.attach(publication, upload.read(), upload.name or "", by=by)
        entries.append({"attachment": attachment.pk, "title": title_of(attachment)})
    return entries


def keep_pasted(publication: Publication, html: str, *, by: Person) -> str | None:
    """The text with the pictures that were pasted into it kept as files; None where it holds none."""
    if "data:image" not in html:
        return None
    cleaned = clean(html)
    return place_pictures(publication, cleaned.html, cleaned.images, by=by) if cleaned.images else None


def place_pictures(publication: Publication, html: str, pictures: Iterable[PastedPicture], *, by: Person) -> str:
    """Keeps pictures of a text and puts their addresses in; one that cannot be kept is left out of the text."""
    addresses = {}
    for picture in pictures:
        try:
            attachment = drafting.attach(
                publication, picture.data, f"{picture.key.strip('#')}.{_suffix(picture)}", by=by
            )
        except Refused:
            continue
        addresses[picture.key] = f"/files/{attachment.pk}/"
    return place_images(html, addresses)


def described(publication: Publication, attachment: Attachment) -> dict[str, Any]:
    """A file as the script of the editor shows it."""
    return {
        "id": attachment.pk,
        "title": title_of(attachment),
        "name": attachment.name,
        "size": attachment.size,
        "type": attachment.type,
        "url": reverse("desk:publication-file", args=[publication.pk, attachment.pk]),
    }


def title_of(attachment: Attachment) -> str:
    """What a file is called before somebody gives it a better title."""
    return PurePosixPath(attachment.name).stem[:255]


def _suffix(picture: PastedPicture) -> str:
    return picture.type.rsplit("/", 1)[-1].replace("jpeg", "jpg") or "png"
