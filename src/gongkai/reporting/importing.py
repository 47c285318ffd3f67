"""Takes files into the library: kept at once, read in the background, each with its own result."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import find_by_name
from gongkai.agencies.rights import NAMES, NotAllowed, Right, may, may_anywhere, require
from gongkai.annual.data import from_dict, to_dict
from gongkai.annual.errors import AnnualError
from gongkai.annual.model import Report
from gongkai.files.actions import content, store
from gongkai.files.checks import Refused
from gongkai.reporting.auditing import compare_with_others, refresh
from gongkai.reporting.models import UNSETTLED, AnnualReport, ImportBatch, ImportItem, ItemState, Status
from gongkai.reporting.storing import fill, new_row
from gongkai.reporting.tasks import read_file
from gongkai.trail.chain import record

logger = logging.getLogger(__name__)
FIRST_YEAR, LAST_YEAR = 2000, 2100


def import_files(
    files: Iterable[tuple[str, bytes]],
    *,
    by: Person,
    agency: Agency | None = None,
    replace_drafts: bool = False,
    at: datetime | None = None,
) -> ImportBatch:
    """Keeps files (name, bytes) and queues the reading of each; the result of each is in `batch.items`.

    With an agency, all the reports are taken to be its own; without one, the agency is the one that each report
    names. Raises NotAllowed where the person may import nothing (there, or anywhere).
    """
    if agency is not None:
        require(by, Right.IMPORT_REPORTS, agency)
    elif not may_anywhere(by, Right.IMPORT_REPORTS):
        raise NotAllowed(
            gettext("您没有“%(right)s”的权限。请联系本机关管理员。") % {"right": NAMES[Right.IMPORT_REPORTS]}
        )
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            by=by, agency=agency, started_at=at or timezone.now(), replace_drafts=replace_drafts
        )
        record("reporting.import", by=by, agency=agency, target=batch)
    for name, data in files:
        # A transaction for each file: many large files must not keep every other writer waiting.
        with transaction.atomic():
            item = _keep(batch, name, data)
            if item.state == ItemState.QUEUED:
                transaction.on_commit(partial(read_file.enqueue, item.pk))
    return batch


def read_item(item_id: int) -> str:
    """Reads the file of an item and puts its reports into the library; returns the item's state.

    Doing it twice changes nothing: an item that is no longer queued is left alone.
    """
    claimed = ImportItem.objects.filter(pk=item_id, state=ItemState.QUEUED).update(state=ItemState.READING)
    item = ImportItem.objects.select_related("batch__by", "batch__agency", "attachment").get(pk=item_id)
    if not claimed:
        return str(item.state)
    try:
        reports = _read(item)
    except AnnualError as error:
        return _finish(item, ItemState.FAILED, error)
    except Exception:
        logger.exception("Reading of import item %s failed", item_id)
        return _finish(item, ItemState.FAILED, _("读取时出现意外错误，已记入系统日志。请把文件交给系统管理员检查。"))
    if not reports:
        words = _("没有在文件中找到政府信息公开工作年度报告。请确认标题写明了机关和年度。")
        return _finish(item, ItemState.FAILED, words)
    for number, report in enumerate(reports, 1):
        each = item if number == 1 else _sibling(item, number)
        _take(each, report)
    return str(item.state)


def choose(
    item: ImportItem,
    *,
    by: Person,
    agency: Agency | None = None,
    year: int | None = None,
    replace: bool = False,
) -> ImportItem:
    """Settles an item that waits for a person: which agency, which year, or that the draft may be replaced.

    Raises NotAllowed where the item is not the person's own import or the agency is not theirs.
    """
    if item.batch.by_id != by.pk and not by.is_superuser:
        raise NotAllowed(gettext("只能处理本人导入的文件。"))
    if item.state not in UNSETTLED or item.read is None:
        raise ValueError(gettext("这个文件没有等待处理的事项。请刷新页面。"))
    chosen_year = year or item.year
    if chosen_year is not None and not FIRST_YEAR <= chosen_year <= LAST_YEAR:
        raise ValueError(gettext("年度应在%(first)s年至%(last)s年之间。") % {"first": FIRST_YEAR, "last": LAST_YEAR})
    _take(item, from_dict(item.read), agency=agency or item.chosen_agency, year=chosen_year, replace=replace)
    return item


def _keep(batch: ImportBatch, name: str, data: bytes) -> ImportItem:
    try:
        attachment = store(data, name, by=batch.by, agency=batch.agency)
    except Refused as error:
        item = ImportItem(batch=batch, name=name[:255])
        _finish(item, ItemState.FAILED, error.args[0])
        return item
    return ImportItem.objects.create(batch=batch, attachment=attachment, name=attachment.name)


def _read(item: ImportItem) -> list[Report]:
    from gongkai.annual import read

    return list(read(content(item.attachment), name=item.name))


def _sibling(item: ImportItem, number: int) -> ImportItem:
    return ImportItem.objects.create(
        batch=item.batch,
        attachment=item.attachment,
        name=f"{item.name[:230]} #{number}",
        state=ItemState.READING,
    )


def _take(
    item: ImportItem,
    report: Report,
    *,
    agency: Agency | None = None,
    year: int | None = None,
    replace: bool = False,
) -> str:
    """Puts a report into the library, or says on the item what a person has to decide first."""
    batch = item.batch
    item.agency_name = (report.agency or "")[:200]
    item.year = year or report.year
    item.read = to_dict(report, with_blocks=True)
    item.chosen_agency = agency or _agency_of(batch, report)
    if item.chosen_agency is None:
        return _finish(item, ItemState.NEEDS_AGENCY, _why_no_agency(batch, report))
    if not may(batch.by, Right.IMPORT_REPORTS, item.chosen_agency):
        words = format_lazy(_("读到的机关是{agency}，您不能为该机关导入报告。"), agency=item.chosen_agency.name)
        return _finish(item, ItemState.NOT_ALLOWED, words)
    if item.year is None:
        return _finish(item, ItemState.NEEDS_YEAR, _("没有读到报告的年度。请填写。"))
    return _add(item, report, item.chosen_agency, item.year, replace=replace or batch.replace_drafts)


def _add(item: ImportItem, report: Report, agency: Agency, year: int, *, replace: bool) -> str:
    with transaction.atomic():
        # The agency's row is the lock: two imports of the same year wait for each other here.
        Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        there = AnnualReport.objects.filter(agency=agency, year=year).exclude(status=Status.DISCARDED).first()
        obstacle = _obstacle(there, replace=replace)
        if obstacle:
            return _finish(item, ItemState.EXISTS, obstacle, report=there)
        action = "reporting.replace" if there else "reporting.add"
        earlier = there.source_id if there else None
        row = fill(there or new_row(agency, year), report, source=item.attachment, at=timezone.now())
        refresh(row)
        about = {"agency": agency.name, "year": year, "file": item.name, "sha256": _sha256(item)}
        if earlier:
            about["replaced_attachment"] = earlier
        record(action, by=item.batch.by, agency=agency, target=row, data=about)
        state = _finish(item, ItemState.DONE, _summary(row, report), report=row)
    # Outside the transaction: comparing with dozens of texts takes seconds, in which nobody else could write.
    if compare_with_others(row):
        _finish(item, ItemState.DONE, _summary(row, report), report=row)
    return state


def _obstacle(there: AnnualReport | None, *, replace: bool) -> Any:
    """Why the report cannot be put in, nothing where it can."""
    if there is None:
        return ""
    if there.status != Status.DRAFT:
        words = _("库中已有该机关{year}年度报告（{status}），不能替换。如需重新导入，请先把原报告撤回、退回待确认。")
        return format_lazy(words, year=there.year, status=Status(there.status).label)
    if there.corrections.exists():
        words = _("库中已有该机关{year}年度报告，并且已有人工更正，不能替换。如确需重新导入，请先作废原报告。")
        return format_lazy(words, year=there.year)
    return "" if replace else format_lazy(_("库中已有该机关{year}年度报告（待确认）。可以选择替换。"), year=there.year)


def _agency_of(batch: ImportBatch, report: Report) -> Agency | None:
    """The agency that a report belongs to, None where a person has to say: nothing read, ambiguous, contradictory."""
    found = find_by_name(report.agency) if report.agency else None
    if batch.agency is None:
        return found
    return batch.agency if found is None or found == batch.agency else None


def _why_no_agency(batch: ImportBatch, report: Report) -> Any:
    if batch.agency is not None:
        words = _("读到的机关是“{read}”，与指定的{chosen}不一致。请核对后选择。")
        return format_lazy(words, read=report.agency, chosen=batch.agency.name)
    if report.agency:
        return format_lazy(_("读到的机关是“{read}”，名录中没有唯一对应的机关。请选择。"), read=report.agency)
    return _("没有读到报告的机关。请选择。")


def _summary(row: AnnualReport, report: Report) -> Any:
    parts = [format_lazy(_("单元格 {n} 个"), n=len(report.cells))]
    if report.unread:
        parts.append(format_lazy(_("未能读取 {n} 处"), n=len(report.unread)))
    if row.errors or row.warnings:
        parts.append(
            format_lazy(_("错误 {errors} 个，疑似问题 {warnings} 个"), errors=row.errors, warnings=row.warnings)
        )
    else:
        parts.append(_("没有发现问题"))
    comma = pgettext_lazy("between parts of a sentence", "，")
    between = [part for each in parts for part in (comma, each)][1:]
    return format_lazy("{}" * len(between), *between)


def _finish(item: ImportItem, state: Any, message: Any, *, report: AnnualReport | None = None) -> str:
    """Keeps the result with its message, which is lazy text or an error of the reader, in both languages."""
    item.state = state
    item.message, item.message_en = _in_both(message)
    item.report = report
    if state in {ItemState.DONE, ItemState.FAILED}:
        item.read = None
    item.save()
    return str(state)


def _in_both(message: Any) -> tuple[str, str]:
    if isinstance(message, AnnualError):
        return message.message, message.message_en
    with override("zh-hans"):
        chinese = str(message)
    with override("en"):
        return chinese, str(message)


def _sha256(item: ImportItem) -> str:
    return item.attachment.sha256 if item.attachment else ""
