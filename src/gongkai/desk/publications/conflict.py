"""Two texts of one draft, saved from two windows: shown side by side, and the writer says which one stays."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.desk.publications.common import LIST_CRUMB, by_field, header
from gongkai.publishing.checking import checked
from gongkai.publishing.models import Publication
from gongkai.publishing.queries.differences import differences

_OWN = ("csrfmiddlewaretoken", "based_on", "keep", "stay", "then_detail", "then_submit")
"""What the page sends anew; all else that the editor sent is sent again as it was."""


def conflict_page(
    request: HttpRequest, row: Publication, saved: Publication, content: dict[str, Any], said: str
) -> HttpResponse:
    """The text that is saved beside the one that was sent; nothing of either is lost until the writer decides."""
    context = header(_("两份文字"), LIST_CRUMB, icon="warning") | {
        "publication": row,
        "said": said,
        "since": differences(saved, _as_sent(row, saved, content)),
        "saved_by": row.latest_revision.user if row.latest_revision else None,
        "saved_at": row.latest_revision.created_at if row.latest_revision else None,
        "revision": row.latest_revision_id,
        "sent": [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values],
        "files": [file.name for file in request.FILES.getlist("files")],
        "action": reverse("desk:publication-edit", args=[row.pk]),
    }
    return render(request, "desk/publications/conflict.html", context, status=409)


def _as_sent(row: Publication, saved: Publication, content: dict[str, Any]) -> Publication:
    """The draft as it would be with what was sent; what cannot be read stays as it is saved."""
    try:
        good = checked(row.agency, content)
    except ValidationError as error:
        good = checked(row.agency, {name: value for name, value in content.items() if name not in by_field(error)})
    mine = copy(saved)
    for name, value in good.items():
        setattr(mine, name, value)
    return mine
