"""The path to release: its steps as Wagtail tasks, reviews, consents, what was scanned and what was overridden."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from gongkai.publishing.models.choices import Kind, Step, TextChoices
from gongkai.publishing.models.publication import Publication


class PathTask(Task):
    """A step of a path. Who may decide follows from posts, see `gongkai.publishing.actions.deciding`."""

    step: ClassVar[str] = ""
    days = models.PositiveSmallIntegerField(_("期限（工作日）"), default=2)

    admin_form_fields = [*Task.admin_form_fields, "days"]

    class Meta:
        abstract = True

    def get_label(self) -> str:
        """What the step is called, in the reader's language."""
        return str(Step(self.step).label)

    def locked_for_user(self, obj: Publication, user: Any) -> bool:
        """Nobody edits what is under review; it is returned or taken back first."""
        return True


class UnitHeadTask(PathTask):
    """The head of the drafting unit checks content and accuracy."""

    step = Step.UNIT_HEAD

    class Meta:
        verbose_name = verbose_name_plural = _("科室审核")


class ConfidentialityTask(PathTask):
    """The confidentiality reviewer decides (条例第十七条)."""

    step = Step.CONFIDENTIALITY

    class Meta:
        verbose_name = verbose_name_plural = _("保密审查")


class CoordinationTask(PathTask):
    """Other agencies that are touched consent (条例第十一条); passed over where none is."""

    step = Step.COORDINATION

    class Meta:
        verbose_name = verbose_name_plural = _("发布协调")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Starts the step; skips it where no other agency is touched."""
        task_state: TaskState = super().start(workflow_state, user=user)
        revised = workflow_state.content_object.get_latest_revision_as_object()
        if not (revised.touched_agencies or revised.joint_agencies):
            task_state.status = TaskState.STATUS_SKIPPED
            task_state.finished_at = timezone.now()
            task_state.save()
        return task_state


class SignOffTask(PathTask):
    """The leader signs."""

    step = Step.SIGN_OFF

    class Meta:
        verbose_name = verbose_name_plural = _("签发")


class AgencyPath(models.Model):
    """Which path an agency uses, for one kind of information or for all."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, blank=True, related_name="paths")
    kind = models.CharField(_("信息类型"), max_length=20, choices=Kind, blank=True)
    workflow = models.ForeignKey("wagtailcore.Workflow", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("发布流程")
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind"], name="path_once", nulls_distinct=False),
        ]


class ConfidentialityReview(models.Model):
    """One confidentiality review, as it was decided; never changed afterwards (review record, 保密审查表)."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="confidentiality_reviews")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    """SM3 over the content and the files that were reviewed: a later version needs a review of its own."""
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewer_name = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    checklist = models.JSONField(default=dict)
    """Question id of `gongkai.law.review` to "no" or "yes"."""
    result = models.CharField(max_length=30)
    """Outcome code of `gongkai.law.review`."""
    grounds = models.JSONField(default=list)
    articles = models.CharField(_("依据条款"), max_length=300, blank=True)
    removed = models.JSONField(default=list)
    """What was removed, each as {"where", "rule", "masked"}; never the words themselves."""
    opinion = models.TextField(_("审查意见"), blank=True)
    referred_to = models.CharField(_("报送机关"), max_length=120, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = verbose_name_plural = _("保密审查记录")


class CoordinationRequest(models.Model):
    """A question to another agency whether it agrees to the release, its answer, and a ruling where it does not."""

    class Answer(TextChoices):
        """What the agency answered."""

        AGREED = "agreed", _("同意发布")
        AMEND = "amend", _("修改后同意")
        DISAGREED = "disagreed", _("不同意发布")

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="coordination_requests")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="coordination_requests")
    question = models.CharField(_("征求意见的内容"), max_length=300, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("答复期限"))
    answer = models.CharField(_("答复"), max_length=20, choices=Answer, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    released = models.BooleanField(_("裁定发布"), null=True)
    ruling = models.TextField(_("裁定理由"), blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    closed = models.BooleanField(default=False)
    """Set when the publication went back to its drafter before the answer."""

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = verbose_name_plural = _("发布协调")
        constraints = [models.UniqueConstraint(fields=["revision", "agency"], name="asked_once")]
        indexes = [
            models.Index(fields=["agency", "due_on"], name="coordination_open", condition=Q(answer="", closed=False))
        ]


class ScanReport(models.Model):
    """What the scan found in one revision and its files."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="scans")
    revision = models.ForeignKey("wagtailcore.Revision", models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    hits = models.JSONField(default=list)
    """Each {"rule", "level", "where", "start", "end", "excerpt", "message", "message_en", "remedy", "remedy_en",
    "fingerprint"}; the excerpt is masked."""

    class Meta:
        ordering = ["-at", "-pk"]


class ScanOverride(models.Model):
    """A hit that a reviewer lets stand, with the reason."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="overrides")
    fingerprint = models.CharField(max_length=64)
    rule = models.CharField(max_length=40)
    reason = models.CharField(_("理由"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "fingerprint"], name="override_once")]


class LinkCheck(models.Model):
    """Whether a link to another site opened when it was last tried."""

    url = models.CharField(max_length=600, unique=True)
    opens = models.BooleanField()
    status = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)


class Invitation(models.Model):
    """Somebody who may read a draft, and do nothing else with it, until they said what they think or it went out."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("期限"), null=True)
    opinion = models.TextField(_("意见"), blank=True)
    opinion_at = models.DateTimeField(null=True)
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, null=True, related_name="+")
    """The version on which the opinion is."""
    ended_at = models.DateTimeField(null=True)
    """Set when it went out, was taken down or given up, or when the invitation was called off: nothing is read then."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "person"],
                condition=Q(opinion_at__isnull=True, ended_at__isnull=True),
                name="invited_once",
            )
        ]


class PublishingPolicy(models.Model):
    """The rules of an agency, and of those below it that set none of their own."""

    agency = models.OneToOneField(
        "agencies.Agency", models.PROTECT, null=True, blank=True, related_name="publishing_policy"
    )
    release_days = models.PositiveSmallIntegerField(_("主动公开期限（工作日）"), default=20)
    warn_days = models.PositiveSmallIntegerField(_("到期前提醒（工作日）"), default=5)
    coordination_days = models.PositiveSmallIntegerField(_("发布协调答复期限（工作日）"), default=5)
    reassess_months = models.PositiveSmallIntegerField(_("不公开信息重新评估间隔（月）"), default=12)
    interpretation_required = models.BooleanField(_("规范性文件须解读"), default=True)
    interpretation_days = models.PositiveSmallIntegerField(_("解读发布期限（工作日）"), default=3)
    guide_review_months = models.PositiveSmallIntegerField(_("指南检查间隔（月）"), default=6)
    catalogue_stale_days = models.PositiveSmallIntegerField(_("目录多少天未更新视为停更"), default=30)
    transfer_day = models.PositiveSmallIntegerField(_("每月几日前送交上月信息"), default=10)
    transfer_automatic = models.BooleanField(_("每月自动送交"), default=False)
    scan_levels = models.JSONField(_("扫描规则的级别"), default=dict, blank=True)
    """Rule id to "block", "warn" or "off"; a rule that is not named keeps its own level."""

    class Meta:
        verbose_name = verbose_name_plural = _("发布规则")
