"""What may be done with a report of the library: correct, confirm, publish, withdraw, discard, and take each back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import NotAllowed, Right, require
from gongkai.reporting.auditing import refresh
from gongkai.reporting.correcting import NotAValue, cell_spec, parse, written
from gongkai.reporting.importing import choose, import_files
from gongkai.reporting.models import AnnualReport, Correction, Figure, Status
from gongkai.reporting.queries import effective
from gongkai.reporting.storing import storable
from gongkai.trail.chain import record

__all__ = [
    "BASIS",
    "NotAValue",
    "NotAllowed",
    "NotPossible",
    "choose",
    "confirm",
    "correct_cell",
    "discard",
    "import_files",
    "publish",
    "reopen",
    "restore",
    "withdraw",
]

BASIS = "《中华人民共和国政府信息公开条例》第四十九条、第五十条"


class NotPossible(ValueError):
    """The report is not in a state in which this can be done; the message says what to do first."""


def correct_cell(
    report: AnnualReport, cell: str, value: str, *, why: str, by: Person, at: datetime | None = None
) -> Correction:
    """Puts a person's value in place of what was read; both stay, and the findings are made anew.

    A published report is open to everybody, so correcting one also needs the right to publish. Raises NotAllowed,
    NotPossible (no such cell, no reason given, the same value) or NotAValue.
    """
    require(by, Right.CORRECT_REPORTS, report.agency)
    with transaction.atomic():
        row = _locked(report)
        if row.status == Status.PUBLISHED:
            require(by, Right.PUBLISH_REPORTS, row.agency)
        spec = cell_spec(row.form, cell)
        if spec is None:
            raise NotPossible(_("该报告的格式中没有这个单元格。请刷新页面后再试。"))
        reason = why.strip()
        if not reason:
            raise NotPossible(_("请写明更正理由，例如“原文第3页表格第2行为12件，读取有误”。"))
        new = parse(spec, value)
        now = effective(row).cells.get(cell)
        if now is not None and now.value == new:
            raise NotPossible(_("填写的值与现值相同，无需更正。"))
        correction = Correction.objects.create(
            report=row,
            cell=cell,
            old_value=written(now.value) if now else None,
            new_value=written(new),
            by=by,
            at=at or timezone.now(),
            why=reason[:300],
        )
        Figure.objects.update_or_create(report=row, cell=cell, defaults={"value": storable(new), "corrected": True})
        refresh(row)
        _record("reporting.correct", row, by, cell=cell, old=correction.old_value, new=correction.new_value, why=reason)
    report.refresh_from_db()
    return correction


def confirm(report: AnnualReport, *, by: Person) -> AnnualReport:
    """States that what was read is what the office wrote, its mistakes included."""
    return _move(report, {Status.DRAFT}, Status.CONFIRMED, Right.CONFIRM_REPORTS, by, "reporting.confirm")


def publish(report: AnnualReport, *, by: Person, at: datetime | None = None) -> AnnualReport:
    """Puts a confirmed report into the public library (条例第四十九条: annual reports are made public)."""
    day = timezone.localdate(at) if at else timezone.localdate()
    return _move(
        report, {Status.CONFIRMED}, Status.PUBLISHED, Right.PUBLISH_REPORTS, by, "reporting.publish", published_on=day
    )


def withdraw(report: AnnualReport, *, why: str, by: Person) -> AnnualReport:
    """Takes a report out of the public library, with a reason."""
    return _move(report, {Status.PUBLISHED}, Status.CONFIRMED, Right.PUBLISH_REPORTS, by, "reporting.withdraw", why=why)


def discard(report: AnnualReport, *, why: str, by: Person) -> AnnualReport:
    """Sets aside a draft that was imported by mistake; it stays on record and the year is free for another."""
    return _move(report, {Status.DRAFT}, Status.DISCARDED, Right.CORRECT_REPORTS, by, "reporting.discard", why=why)


def reopen(report: AnnualReport, *, by: Person) -> AnnualReport:
    """Takes a confirmation back: the report can then be checked again, replaced or discarded."""
    return _move(report, {Status.CONFIRMED}, Status.DRAFT, Right.CONFIRM_REPORTS, by, "reporting.reopen")


def restore(report: AnnualReport, *, by: Person) -> AnnualReport:
    """Takes a discarded report back, unless its agency has another one of the year by now."""
    require(by, Right.CORRECT_REPORTS, report.agency)
    with transaction.atomic():
        # The lock that an import of the same year takes.
        Agency.objects.select_for_update(of=("self",)).get(pk=report.agency_id)
        others = AnnualReport.objects.filter(agency_id=report.agency_id, year=report.year).exclude(pk=report.pk)
        if others.exclude(status=Status.DISCARDED).exists():
            raise NotPossible(_("该年度已另有一份报告，不能恢复。如需恢复，请先作废另一份。"))
        return _move(report, {Status.DISCARDED}, Status.DRAFT, Right.CORRECT_REPORTS, by, "reporting.restore")


def _move(
    report: AnnualReport,
    before: set[Any],
    after: Any,
    right: Right,
    by: Person,
    action: str,
    *,
    why: str | None = None,
    published_on: Any = None,
) -> AnnualReport:
    require(by, right, report.agency)
    if why is not None and not why.strip():
        raise NotPossible(_("请写明理由，理由会记入操作记录。"))
    with transaction.atomic():
        row = _locked(report)
        if row.status not in before:
            expected = pgettext("between items of a list", "、").join(str(status.label) for status in before)
            raise NotPossible(
                _("报告现为“%(now)s”，只有“%(expected)s”的报告才能这样处理。请刷新页面。")
                % {"now": row.get_status_display(), "expected": expected}
            )
        row.status = after
        if published_on is not None and row.published_on is None:
            row.published_on = published_on
        row.save(update_fields=["status", "published_on"])
        _record(action, row, by, **({"why": why.strip()} if why else {}))
    report.refresh_from_db()
    return report


def _locked(report: AnnualReport) -> AnnualReport:
    row: AnnualReport = AnnualReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)
    return row


def _record(action: str, row: AnnualReport, by: Person, **data: object) -> None:
    about = {"agency": row.agency.name, "year": row.year, **data}
    record(action, by=by, agency=row.agency, target=row, data=about, basis=BASIS)
