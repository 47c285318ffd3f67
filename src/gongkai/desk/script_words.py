"""The words of the scripts of the staff side: Wagtail's, with those in Chinese that it leaves out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

_catalogue = JavaScriptCatalog.as_view(packages=["wagtail.admin", "gongkai.desk"])


@require_GET
def catalogue(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
    """The words in the language that the person chose for the staff side."""
    response: HttpResponse = get_localized_response(_catalogue, request, *args, **options)
    return response
