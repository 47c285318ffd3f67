"""What the pages of publications share: finding what the person may see, saying what went wrong, staff addresses."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy

from gongkai.agencies.rights import NotAllowed
from gongkai.files.checks import Refused
from gongkai.publishing.models import Publication
from gongkai.publishing.queries import desk

LIST_CRUMB = {"url": reverse_lazy("desk:publications"), "label": gettext_lazy("信息发布")}
TROUBLE = (NotAllowed, ValidationError, Refused)
"""What actions raise when they refuse."""

_PUBLIC_FILE = re.compile(r'(<img\b[^>]*?\bsrc=")/files/([0-9]{1,12})/"')
_STAFF_FILE = re.compile(r'\bsrc="(?:https?://[^"/]{1,200})?/admin/publications/[0-9]{1,12}/files/([0-9]{1,12})/"')


def visible(request: HttpRequest, pk: int) -> Publication:
    """The publication, where the person may see it; to everybody else it does not exist."""
    found: Publication | None = (
        Publication.objects.select_related("agency", "created_by", "latest_revision").filter(pk=pk).first()
    )
    if found is None or not desk.may_see(request.user, found):
        raise Http404
    return found


def worked_on(request: HttpRequest, pk: int) -> Publication:
    """The publication, where it belongs to an agency whose work the person sees; an invitation is too little."""
    found = visible(request, pk)
    if not desk.may_work_on(request.user, found):
        raise Http404
    return found


def draft_of(publication: Publication) -> Publication:
    """The publication with its newest content."""
    if publication.latest_revision_id is None:
        return publication
    draft: Publication = publication.get_latest_revision_as_object()
    return draft


def words(error: Exception) -> str:
    """What an action said when it refused."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def by_field(error: Exception) -> dict[str, list[str]]:
    """What is wrong, by field; what belongs to no field stands under ""."""
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        return {("" if k == "__all__" else k): list(v) for k, v in error.message_dict.items()}
    return {"": [words(error)]}


def for_staff(html: str, pk: int) -> str:
    """The text with its pictures at addresses that staff may open before the release."""
    return _PUBLIC_FILE.sub(lambda m: f'{m[1]}{reverse("desk:publication-file", args=[pk, int(m[2])])}"', html)


def for_storing(html: str) -> str:
    """The text with its pictures at their public addresses again."""
    return _STAFF_FILE.sub(lambda m: f'src="/files/{m[1]}/"', html)


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which puts the answer into the page itself."""
    return "application/json" in request.headers.get("Accept", "")


def numbers(values: list[str]) -> list[int]:
    """The ids among what a form sent; anything else is left out."""
    return [int(v) for v in values if v.isdecimal() and len(v) < 13]


def header(title: Any, *crumbs: dict[str, Any], icon: str = "doc-full-inverse") -> dict[str, Any]:
    """What Wagtail's head of a page needs."""
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [*crumbs, {"url": "", "label": str(title)[:40]}],
    }
