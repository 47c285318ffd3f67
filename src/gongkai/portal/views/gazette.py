"""The shelf of the gazette (政府公报), and each issue with its contents."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.files.models import Attachment
from gongkai.portal import listing, meta
from gongkai.portal.bodies import bodies
from gongkai.portal.caching import public_page
from gongkai.portal.rendering import page as render
from gongkai.portal.views.publication import public_attachment
from gongkai.publishing.queries import gazettes


@public_page()
def shelf(request: HttpRequest) -> HttpResponse:
    """All issues by year, and the bound volumes."""
    issues = gazettes.issues()
    volumes = {(v.agency_id, v.year): v for v in gazettes.volumes()}
    years = [
        (
            year,
            [(issue, bodies().label(issue.agency_id)) for issue in found],
            [v for (_a, y), v in volumes.items() if y == year],
        )
        for year, found in ((y, list(g)) for y, g in groupby(issues, key=lambda i: i.year))
    ]
    title, lead = _("政府公报"), _("刊登在政府公报上的行政法规、规章和规范性文件文本为标准文本。")
    column = meta.Column(title, lead, title, "政策文件")
    context = {"section": "gazette", "years": years, "title": title, "lead": lead}
    return render(
        request,
        "portal/gazette.html",
        context | {"head": meta.head("/gazette/", title, column=column, description=lead)},
    )


@public_page()
def issue(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """One issue: its sections with what they hold."""
    body = bodies().by_slug.get(slug)
    found = gazettes.issue(body.id, year, number) if body else None
    if found is None or body is None:
        raise Http404
    sections = [
        (name, list(zip(listing.rows(line for line, _page in items), [page for _line, page in items], strict=True)))
        for name, items in gazettes.contents(found)
    ]
    title = _("%(title)s %(year)s年第%(number)s期") % {"title": found.title, "year": year, "number": number}
    column = meta.Column(_("政府公报"), title, _("政府公报"), "政策文件")
    context = {"section": "gazette", "issue": found, "body": body, "sections": sections, "title": title}
    path = f"/gazette/{slug}/{year}/{number}/"
    return render(request, "portal/gazette_issue.html", context | {"head": meta.head(path, title, column=column)})


def file(request: HttpRequest, id: int) -> HttpResponse:
    """The file of an issue that is out, or of a bound volume."""
    if not gazettes.is_public_file(id):
        raise Http404
    return public_attachment(request, Attachment.objects.get(pk=id))
