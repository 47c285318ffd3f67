"""What the pages of a report have in common."""

from __future__ import annotations

from collections import Counter
from typing import Any

from gongkai.annual.forms import FORM_IDS, form
from gongkai.annual.model import Report
from gongkai.portal.marking import parts, places


def report_context(report: Report) -> dict[str, Any]:
    """The report laid out with its findings, for `portal/parts/report.html`."""
    listed = places(report)
    counts = Counter(p.finding.severity.value for p in listed)
    return {
        "report": report,
        "form": form(report.form) if report.form in FORM_IDS else None,
        "parts": parts(report),
        "places": listed,
        "errors": counts["error"],
        "warnings": counts["warning"],
        "infos": counts["info"],
        "read_cells": sum(1 for c in report.cells.values() if c.value is not None),
        "blank_cells": sum(1 for c in report.cells.values() if c.value is None),
    }
