"""What the library keeps: reports as they were read, their figures, corrections, findings and imports."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.files.models import Attachment

FORM_LABELS = {
    "gov-2008": _("2008年格式"),
    "gov-2014": _("2014年格式"),
    "gov-2019": _("2019年格式"),
    "gov-2021": _("2021年格式"),
    "university": _("高校格式"),
}


class Status(models.TextChoices):
    """How far a report has come in the library."""

    DRAFT = "draft", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    PUBLISHED = "published", _("已公布")
    DISCARDED = "discarded", _("已作废")


class Grade(models.TextChoices):
    """How grave a finding is; the ids are those of `gongkai.annual.model.Severity`."""

    ERROR = "error", _("错误")
    WARNING = "warning", _("疑似问题")
    INFO = "info", _("提示")


class ItemState(models.TextChoices):
    """How far a file of an import has come."""

    QUEUED = "queued", _("排队中")
    READING = "reading", _("读取中")
    DONE = "done", _("已入库")
    NEEDS_AGENCY = "needs_agency", _("需选择机关")
    NEEDS_YEAR = "needs_year", _("需填写年度")
    EXISTS = "exists", _("库中已有")
    NOT_ALLOWED = "not_allowed", _("无权导入")
    FAILED = "failed", _("读取失败")


WAITING = frozenset({ItemState.QUEUED, ItemState.READING})
UNSETTLED = frozenset({ItemState.NEEDS_AGENCY, ItemState.NEEDS_YEAR, ItemState.EXISTS, ItemState.NOT_ALLOWED})
"""What a person has to decide about."""


class AnnualReport(models.Model):
    """An agency's annual report of one year. `data` is what the reader found and never changes afterwards."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="annual_reports", verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    form = models.CharField(_("格式"), max_length=20, blank=True)
    title = models.CharField(_("标题"), max_length=300)
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.DRAFT)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    source = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("来源文件")
    )
    data = models.JSONField(_("读取结果"))
    read_at = models.DateTimeField(_("读取时间"))
    reader_version = models.CharField(_("读取程序版本"), max_length=20)
    errors = models.PositiveIntegerField(_("错误数"), default=0)
    warnings = models.PositiveIntegerField(_("疑似问题数"), default=0)
    text = models.TextField(_("正文"), blank=True, help_text=_("供检索"))

    class Meta:
        ordering = ["-year", "agency__order", "agency__code"]
        verbose_name = verbose_name_plural = _("年度报告")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                condition=~models.Q(status="discarded"),
                name="one_report_for_agency_and_year",
            ),
        ]
        indexes = [models.Index(fields=["status", "-year"]), models.Index(fields=["year", "agency"])]

    def __str__(self) -> str:
        return self.title

    @property
    def form_label(self) -> str:
        """The form in a word for lists: 2021年格式."""
        return str(FORM_LABELS.get(self.form, _("未识别格式")))

    def get_absolute_url(self) -> str:
        """The report's public page."""
        path: str = reverse("portal:report", args=[self.agency.slug, self.year])
        return path


class Figure(models.Model):
    """The value that holds for one cell of a report: what was read, or what a person corrected it to."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="figures")
    cell = models.CharField(_("单元格"), max_length=120)
    value = models.DecimalField(_("数值"), max_digits=24, decimal_places=6, null=True)
    """None where the office wrote nothing (which is not zero), and in cells of text."""
    raw = models.TextField(_("原文"), blank=True)
    corrected = models.BooleanField(_("已更正"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("数据")
        constraints = [models.UniqueConstraint(fields=["report", "cell"], name="one_figure_for_report_and_cell")]
        indexes = [models.Index(fields=["cell", "report"])]

    def __str__(self) -> str:
        return f"{self.cell} = {self.value}"


class Correction(models.Model):
    """What a person put in place of what was read; kept beside it, the newest of a cell holds."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="corrections")
    cell = models.CharField(_("单元格"), max_length=120)
    old_value = models.TextField(_("原值"), null=True)
    new_value = models.TextField(_("更正值"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("更正人"))
    at = models.DateTimeField(_("更正时间"))
    why = models.CharField(_("更正理由"), max_length=300)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = verbose_name_plural = _("更正")
        indexes = [models.Index(fields=["report", "cell", "at"])]

    def __str__(self) -> str:
        return f"{self.cell}: {self.old_value} → {self.new_value}"


class FindingRecord(models.Model):
    """Something that is wrong in a report, with the corrections taken into account."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    rule = models.CharField(_("规则"), max_length=60, db_index=True)
    severity = models.CharField(_("程度"), max_length=10, choices=Grade)
    message = models.TextField(_("说明"))
    message_en = models.TextField(blank=True)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    cells = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    """The finding whole, as `gongkai.annual.data` writes it."""

    class Meta:
        ordering = ["position"]
        verbose_name = verbose_name_plural = _("问题")

    def __str__(self) -> str:
        return f"{self.rule} {self.message}"

    @property
    def words(self) -> str:
        """The message in the reader's language."""
        return _in_language(self.message, self.message_en)


class ImportBatch(models.Model):
    """Files that somebody handed in together."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("导入人"))
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("指定机关")
    )
    started_at = models.DateTimeField(_("开始时间"))
    replace_drafts = models.BooleanField(_("替换库中待确认的同年度报告"), default=False)

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = verbose_name_plural = _("导入")

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def finished(self) -> bool:
        """Whether every file has been dealt with."""
        return not self.items.filter(state__in=WAITING).exists()


class ImportItem(models.Model):
    """One report of a file of an import; a file that holds several reports has an item for each."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="items")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("文件名"), max_length=255)
    state = models.CharField(_("结果"), max_length=20, choices=ItemState, default=ItemState.QUEUED)
    message = models.TextField(_("说明"), blank=True)
    message_en = models.TextField(blank=True)
    agency_name = models.CharField(_("读到的机关"), max_length=200, blank=True)
    chosen_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"), null=True)
    read = models.JSONField(_("读取结果"), null=True)
    """The report that was read and waits for a person's choice; empty once it is in the library."""
    report = models.ForeignKey(AnnualReport, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = _("导入的文件")

    def __str__(self) -> str:
        return self.name

    @property
    def replaceable(self) -> bool:
        """Whether the report that is there may be replaced by this one: a draft that nobody has corrected."""
        there = self.report
        return there is not None and there.status == Status.DRAFT and not there.corrections.exists()

    @property
    def unhindered(self) -> bool:
        """Whether the report that was in the way has been discarded since."""
        return self.state == ItemState.EXISTS and (self.report is None or self.report.status == Status.DISCARDED)

    @property
    def words(self) -> str:
        """The message in the reader's language."""
        return _in_language(self.message, self.message_en)


def _in_language(chinese: str, english: str) -> str:
    return english if english and (get_language() or "").startswith("en") else chinese
