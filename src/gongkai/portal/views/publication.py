"""The page of a publication, its machine form, its QR code, its files, and the count of its readers."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gongkai.agencies.queries import visible_to
from gongkai.files.actions import serve
from gongkai.files.models import Attachment
from gongkai.portal import meta, paper, published
from gongkai.portal.caching import public_page
from gongkai.portal.listing import publication_url
from gongkai.portal.rendering import framed
from gongkai.portal.rendering import page as render
from gongkai.publishing import reading
from gongkai.publishing.models import Kind, State
from gongkai.publishing.queries import publication_page
from gongkai.publishing.queries.publication_page import Page


@public_page()
def publication(request: HttpRequest, id: int) -> HttpResponse:
    """What was released, with everything that belongs to it; a tombstone with the reason if it was withdrawn."""
    page = _found(id)
    if page.state == State.WITHDRAWN:
        return _tombstone(request, page)
    body, name, heir = published.maker(page)
    path = publication_url(id)
    categories = published.categories(page)
    return framed(
        request,
        _section(page),
        page.title,
        head=published.head(page, path, name),
        body=f' class="document" data-read="{path}read/"',
        crumbs=paper.crumbs(page, body, categories),
        content=paper.paper(page, body, name, heir, path, categories),
    )


def _found(id: int) -> Page:
    page = publication_page.page(id)
    if page is None:
        raise Http404
    return page


def _section(page: Page) -> str:
    if page.is_policy:
        return "policies"
    return "interpretations" if page.kind == Kind.INTERPRETATION else "agencies"


def _tombstone(request: HttpRequest, page: Page) -> HttpResponse:
    _body, name, _heir = published.maker(page)
    context = {
        "p": page,
        "agency_name": name,
        "body": _body,
        "withdrawn": published.day(page.withdrawn_at),
        "head": meta.head(publication_url(page.id), page.title, index=False),
    }
    return render(request, "portal/tombstone.html", context, status=410)


@public_page()
def publication_json(request: HttpRequest, id: int) -> HttpResponse:
    """The publication for programs; the tombstone of a withdrawn one is told with status 410."""
    page = _found(id)
    if page.state == State.WITHDRAWN:
        told = {"id": page.id, "title": page.title, "withdrawn_at": page.withdrawn_at, "reason": page.withdrawal_reason}
        return JsonResponse(told, status=410, json_dumps_params={"ensure_ascii": False})
    return JsonResponse(published.as_json(page), json_dumps_params={"ensure_ascii": False})


@public_page(86400)
def qr(request: HttpRequest, id: int) -> HttpResponse:
    """The address of a publication as a QR code, for print."""
    return HttpResponse(_qr(meta.absolute(reverse("portal:publication", args=[id]))), content_type="image/svg+xml")


@lru_cache(maxsize=1000)
def _qr(address: str) -> str:
    picture = BytesIO()
    # With its namespace and a view box: it stands alone, as the source of a picture of another size.
    # One mask serves as well as another on paper; to weigh all eight takes most of the time.
    segno.make(address, error="m", micro=False, mask=2).save(picture, kind="svg", border=2, omitsize=True, light="#fff")
    return picture.getvalue().decode()


@csrf_exempt
@require_POST
def read(request: HttpRequest, id: int) -> HttpResponse:
    """Counts one reader; sent by the page itself, so that what a cache answers is counted too. Nobody is recorded."""
    reading.count_read(id)
    response = HttpResponse(status=204)
    response["Cache-Control"] = "no-store"
    return response


def file(request: HttpRequest, id: int) -> HttpResponse:
    """A file of a released publication for everybody; any other only for staff of the agency that it belongs to."""
    row = publication_page.public_file(id)
    if row is not None:
        return public_attachment(request, row.attachment)
    if request.method in ("GET", "HEAD") and request.user.is_authenticated:
        attachment = Attachment.objects.filter(pk=id, agency__in=visible_to(request.user)).first()
        if attachment is not None:
            return serve(attachment)
    raise Http404(_("没有这个文件，或者它还没有公开。"))


def public_attachment(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """A file that anybody may have; who has it already is told so."""
    tag = f'"{attachment.sha256[:32]}"'
    response: HttpResponse = get_conditional_response(request, etag=tag) or serve(attachment)
    response["Cache-Control"] = "public, max-age=60"
    response["ETag"] = tag
    return response
