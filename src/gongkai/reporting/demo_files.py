"""The files of the demo's reports, written and read; plain Python, so that another process can do it meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual.model import Report
from gongkai.annual.sample import Size


@dataclass(frozen=True, slots=True)
class Order:
    """The reports of one agency: the form of each year."""

    slug: str
    agency: str
    size: Size
    forms: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A report of one year: the file as it would be found on a web site, and what the reader makes of it."""

    year: int
    name: str
    data: bytes
    report: Report


def write(order: Order) -> list[Written]:
    """Writes the reports of an agency, spoils some, prints them as web pages and reads these again."""
    from gongkai.annual import read
    from gongkai.annual.render import render
    from gongkai.annual.sample import sample_report
    from gongkai.reporting.demo_faults import BEFORE_PRINTING, PAGES

    made: list[Written] = []
    previous: Report | None = None
    for year, form in order.forms:
        clean = sample_report(form, year=year, agency=order.agency, seed=1, size=order.size, previous=previous)
        report = clean
        for change in BEFORE_PRINTING.get((order.slug, year), ()):
            report = change(report, previous)
        page = render(report, "html").decode()
        for alter in PAGES.get((order.slug, year), ()):
            page = alter(page)
        name = f"{order.agency}{year}年政府信息公开工作年度报告.html"
        made.append(Written(year, name, page.encode(), read(page.encode(), name=name)[0]))
        previous = clean
    return made
