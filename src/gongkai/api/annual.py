"""Annual reports: read what is sent, ask for what is published, compare two."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from gongkai.agencies.models import Agency
from gongkai.annual import compare, read
from gongkai.annual.data import schema as report_schema
from gongkai.annual.data import to_dict
from gongkai.annual.errors import EmptyFile, TooLarge
from gongkai.annual.forms import FORM_IDS, all_forms
from gongkai.annual.forms import form as form_by_id
from gongkai.annual.model import Report
from gongkai.api import schemas
from gongkai.reporting import exporting, queries
from gongkai.reporting.models import AnnualReport

router = Router()

PAGE_SIZE = 100


class Filter(Schema):
    """What a list of reports may be narrowed by."""

    agency: str = ""
    year: int | None = None
    form: str = ""
    q: str = ""
    page: int = 1


@router.post("read", response={200: schemas.ReadResult, 422: schemas.Refusal}, summary="Read a report")
def read_report(
    request: HttpRequest, file: File[UploadedFile | None] = None, text: Form[str] = ""
) -> dict[str, list[dict[str, Any]]]:
    """Read a file (multipart field `file`) or a text (field `text`); nothing is kept.

    Files up to 20 MB, unless the site sets another limit: HTML, .docx, .xlsx, .xls, .ods, PDF, text, Markdown, JSON.
    What cannot be read, and a file without a report in it, is refused with 422.
    """
    if file is not None:
        if file.size is not None and file.size > settings.UPLOAD_BYTES:
            raise TooLarge(f"{file.size // 2**20} MB > {settings.UPLOAD_BYTES // 2**20} MB")
        data, name = file.read(), file.name
    else:
        data, name = text.encode(), "text.txt"
    if not data.strip():
        raise EmptyFile
    return {"reports": [to_dict(report) for report in read(data, name=name)]}


@router.get("schema", summary="JSON Schema of a report")
def schema(request: HttpRequest) -> HttpResponse:
    """The schema that every report follows, here and in the files of the command line."""
    from django.http import JsonResponse

    return JsonResponse(report_schema(), json_dumps_params={"ensure_ascii": False})


@router.get("forms", response=list[schemas.FormOut], summary="The official forms")
def forms(request: HttpRequest) -> list[dict[str, Any]]:
    """Every form with its cells: the data dictionary of all figures."""
    return [_form(f.id) for f in all_forms()]


@router.get("forms/{form_id}", response=schemas.FormOut, summary="One official form")
def one_form(request: HttpRequest, form_id: str) -> dict[str, Any]:
    """A form with its cells."""
    if form_id not in FORM_IDS:
        raise Http404
    return _form(form_id)


@router.get("agencies", response=list[schemas.AgencyOut], summary="Agencies with published reports")
def agencies(request: HttpRequest) -> Any:
    """In their official order."""
    return queries.agencies_with_reports()


@router.get("reports", response=schemas.Reports, summary="Published reports")
def reports(request: HttpRequest, filter: Query[Filter]) -> dict[str, Any]:
    """Published reports, newest first, 100 a page, narrowed by agency (slug), year, form, and words."""
    body = get_object_or_404(Agency, slug=filter.agency) if filter.agency else None
    found = queries.library(agency=body, year=filter.year, form=filter.form, query=filter.q)
    count = found.count()
    start = (max(filter.page, 1) - 1) * PAGE_SIZE
    following = None
    if start + PAGE_SIZE < count:
        asked = {k: v for k, v in filter.dict().items() if v not in ("", None)}
        following = request.build_absolute_uri(f"?{urlencode({**asked, 'page': max(filter.page, 1) + 1})}")
    items = [_line(request, row) for row in found[start : start + PAGE_SIZE]]
    return {"count": count, "next": following, "items": items}


@router.get("reports/{agency}/{year}", summary="One published report", response=dict[str, Any])
def one_report(request: HttpRequest, agency: str, year: int, blocks: bool = False) -> dict[str, Any]:
    """The whole report with corrections in place; with `blocks` also the text and tables as they stood."""
    return to_dict(_published(agency, year), with_blocks=blocks)


@router.get("series", response=schemas.Series, summary="A cell across the years")
def series(request: HttpRequest, agency: str, cell: str) -> dict[str, Any]:
    """One cell of one agency across the years, e.g. `t3.new_received.total`."""
    body = get_object_or_404(Agency, slug=agency)
    spec = next((f.cells[cell] for f in reversed(all_forms()) if cell in f.cells), None)
    if spec is None:
        raise Http404
    points = [
        {"year": p.year, "value": p.value, "corrected": p.corrected, "form": p.form} for p in queries.series(body, cell)
    ]
    return {"agency": agency, "cell": cell, "label": spec.label, "unit": spec.unit, "points": points}


@router.get("compare", summary="Compare two reports", response=dict[str, Any])
def compare_two(request: HttpRequest, a: str, b: str) -> dict[str, Any]:
    """Cell by cell and text by text; `a` and `b` are written agency/year, e.g. `yunzhou/2024`."""
    return compare(*(_published(*_named(side)) for side in (a, b))).to_dict()


@router.get("figures.csv", summary="All figures as one table")
def figures(request: HttpRequest, year: int | None = None, form: str = "", agency: str = "") -> StreamingHttpResponse:
    """Every cell of every published report, a row each: for statistics programs. UTF-8 with a byte order mark."""
    body = get_object_or_404(Agency, slug=agency) if agency else None
    rows = exporting.figure_rows(year=year, form=form, agency=body)
    response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response


def _csv(rows: Iterator[tuple[object, ...]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"
    for row in rows:
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _published(agency: str, year: int) -> Report:
    row = queries.report_of(get_object_or_404(Agency, slug=agency), year)
    if row is None:
        raise Http404
    return queries.effective(row)


def _named(name: str) -> tuple[str, int]:
    agency, _, year = name.partition("/")
    if not (year.isascii() and year.isdigit()):
        raise Http404
    return agency, int(year)


def _line(request: HttpRequest, row: AnnualReport) -> dict[str, Any]:
    path = f"/api/annual/reports/{row.agency.slug}/{row.year}"
    return {
        "agency": row.agency.slug,
        "agency_name": row.agency.name,
        "year": row.year,
        "form": row.form,
        "title": row.title,
        "published_on": row.published_on,
        "errors": row.errors,
        "warnings": row.warnings,
        "url": request.build_absolute_uri(path),
        "page": request.build_absolute_uri(row.get_absolute_url()),
    }


def _form(form_id: str) -> dict[str, Any]:
    spec = form_by_id(form_id)
    cells = [
        {"id": c.id, "table": c.table.id, "label": c.label, "unit": c.unit, "type": c.type, "local": c.local}
        for c in spec.cells.values()
    ]
    return {
        "id": spec.id,
        "name": spec.name,
        "document": spec.document,
        "first_year": spec.first_year,
        "last_year": spec.last_year,
        "cells": cells,
    }
