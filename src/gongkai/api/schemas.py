"""What the API takes and gives. A report itself follows the schema of `gongkai.annual.data`."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema


class ReadResult(Schema):
    """The reports found in what was sent, in the order of the file."""

    reports: list[dict[str, Any]] = Field(description="Reports after the schema at /api/annual/schema")


class Problem(Schema):
    """Why something was refused and what to do."""

    id: str = Field(description="Stable id of the reason")
    message: str = Field(description="In Chinese")
    message_en: str = Field(description="In English")


class Refusal(Schema):
    """An error."""

    detail: list[Problem]


class AgencyOut(Schema):
    """An agency that has published reports."""

    slug: str
    name: str
    short_name: str
    kind: str
    level: str


class ReportLine(Schema):
    """A published report in a list."""

    agency: str = Field(description="Slug of the agency")
    agency_name: str
    year: int = Field(description="Reporting year; for a university the year in which the academic year begins")
    form: str
    title: str
    published_on: date | None
    errors: int
    warnings: int
    url: str = Field(description="Address of the whole report in this API")
    page: str = Field(description="Address of the page for people")


class Reports(Schema):
    """A page of a list of reports."""

    count: int
    next: str | None
    items: list[ReportLine]


class PointOut(Schema):
    """A cell of one year."""

    year: int
    value: float | None = Field(description="null where the office wrote nothing, which is not zero")
    corrected: bool
    form: str


class Series(Schema):
    """A cell across the years."""

    agency: str
    cell: str
    label: str
    unit: str | None
    points: list[PointOut]


class CellOut(Schema):
    """A cell of a form."""

    id: str
    table: str
    label: str
    unit: str | None
    type: str
    local: bool


class FormOut(Schema):
    """An official form."""

    id: str
    name: str
    document: str
    first_year: int
    last_year: int | None
    cells: list[CellOut]
