"""A publication (主动公开的一条信息): its content, which is revised, and its life, which only actions change."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from gongkai.publishing.models.choices import (
    ENDED,
    InterpretationForm,
    Kind,
    Mode,
    Retention,
    State,
    Step,
    Term,
    TextChoices,
    Validity,
)

CONTENT_FIELDS = (
    "title",
    "summary",
    "body",
    "kind",
    "genre",
    "theme",
    "categories",
    "subject_words",
    "audience",
    "document_number",
    "made_on",
    "effective_on",
    "expires_on",
    "joint_agencies",
    "touched_agencies",
    "files",
    "relations",
    "mode",
    "legal_basis",
    "term",
    "retention",
    "source",
    "series",
    "interpretation_form",
    "video_url",
    "claim",
    "claim_source",
    "correction_note",
    "go_live_at",
    "expire_at",
)
"""What a draft may change, and what a revision holds."""


class Publication(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """One item of information that is or will be disclosed proactively.

    The row holds what is released; drafts live in its revisions. Lists in the content (categories, files, relations)
    are JSON, so that a revision is whole; `gongkai.publishing.actions.releasing` spreads them over indexed tables.
    """

    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="publications", verbose_name=_("发布机构")
    )

    # Content
    title = models.CharField(_("标题"), max_length=300)
    summary = models.CharField(_("内容概述"), max_length=600, blank=True)
    body = models.TextField(_("正文"), blank=True)
    kind = models.CharField(_("信息类型"), max_length=20, choices=Kind, default=Kind.NOTICE)
    genre = models.CharField(_("体裁分类"), max_length=20, blank=True)
    theme = models.CharField(_("主题分类"), max_length=10, blank=True)
    categories = models.JSONField(_("法定公开内容"), default=list, blank=True)
    subject_words = models.JSONField(_("主题词"), default=list, blank=True)
    audience = models.JSONField(_("服务对象"), default=list, blank=True)
    document_number = models.CharField(_("发文字号"), max_length=80, blank=True, db_index=True)
    made_on = models.DateField(_("成文日期"), null=True, blank=True)
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    joint_agencies = models.JSONField(_("联合发文机关"), default=list, blank=True)
    touched_agencies = models.JSONField(_("涉及的其他机关"), default=list, blank=True)
    files = models.JSONField(_("附件"), default=list, blank=True)
    """[{"attachment": id, "title": "…"}], in order."""
    relations = models.JSONField(_("相关文件"), default=list, blank=True)
    """[{"kind": RelationKind, "target": id or null, "text": "name of a document that is not here"}]."""
    mode = models.CharField(_("公开属性"), max_length=20, choices=Mode, default=Mode.PROACTIVE)
    legal_basis = models.CharField(_("公开依据"), max_length=300, blank=True)
    term = models.CharField(_("公开时限"), max_length=20, choices=Term, default=Term.PERMANENT)
    retention = models.CharField(_("保管期限"), max_length=20, choices=Retention, default=Retention.THIRTY)
    source = models.CharField(_("信息来源"), max_length=120, blank=True)
    series = models.CharField(_("系列"), max_length=80, blank=True, help_text=_("按期发布的同一种信息，如“月度物价”"))
    interpretation_form = models.CharField(_("解读形式"), max_length=20, choices=InterpretationForm, blank=True)
    video_url = models.URLField(_("视频地址"), blank=True)
    claim = models.TextField(_("流传的说法"), blank=True)
    claim_source = models.CharField(_("流传的地方"), max_length=200, blank=True)
    correction_note = models.CharField(_("更正说明"), max_length=300, blank=True)

    # Life
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    step = models.CharField(_("当前环节"), max_length=20, choices=Step, blank=True, editable=False)
    step_since = models.DateTimeField(null=True, editable=False)
    step_due = models.DateField(_("环节期限"), null=True, editable=False)
    created_at = models.DateTimeField(_("创建时间"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    drafters = models.JSONField(default=list, editable=False)
    """Ids of all who wrote on it: none of them may review or sign it."""
    changed_at = models.DateTimeField(_("最近修改"), default=timezone.now, editable=False)
    index_number = models.CharField(_("索引号"), max_length=30, unique=True, null=True, editable=False)
    published_at = models.DateTimeField(_("发布时间"), null=True, editable=False)
    release_due = models.DateField(_("公开期限"), null=True, editable=False)
    """20 working days from the day on which it was made (条例第二十六条)."""
    validity = models.CharField(_("有效性"), max_length=20, choices=Validity, blank=True, editable=False)
    ended_on = models.DateField(_("失效或废止日期"), null=True, editable=False)
    ended_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="ended", editable=False)
    ended_note = models.CharField(_("失效或废止依据"), max_length=300, blank=True, editable=False)
    declared_validity = models.CharField(max_length=20, choices=Validity, blank=True, editable=False)
    """What the agency declared by itself, where the document that did it is not on this site."""
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, editable=False)
    withdrawal_reason = models.CharField(_("撤下原因"), max_length=300, blank=True, editable=False)
    withholding = models.JSONField(default=list, editable=False)
    """Ids of the grounds of 条例第十四条至第十六条 for what is not disclosed."""
    reassess_on = models.DateField(_("下次评估日期"), null=True, editable=False)
    declassify_on = models.DateField(_("解密日期"), null=True, editable=False)
    removed = models.JSONField(default=list, editable=False)
    """What was taken out of the content since its last release, masked."""
    external_id = models.CharField(_("来源编号"), max_length=200, blank=True, editable=False, db_index=True)
    content_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    reads = models.PositiveIntegerField(_("阅读次数"), default=0, editable=False)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = verbose_name_plural = _("信息")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="pub_latest", condition=Q(state="published")),
            models.Index(
                fields=["agency", "-published_at", "-id"], name="pub_of_agency", condition=Q(state="published")
            ),
            models.Index(fields=["kind", "-published_at", "-id"], name="pub_of_kind", condition=Q(state="published")),
            models.Index(
                fields=["agency", "kind", "-published_at", "-id"],
                name="pub_of_agency_kind",
                condition=Q(state="published"),
            ),
            models.Index(
                fields=["-published_at", "-id", "validity"],
                name="pub_policies",
                condition=Q(state="published", kind__in=["regulation", "normative", "policy"]),
            ),
            models.Index(fields=["theme", "-published_at", "-id"], name="pub_of_theme", condition=Q(state="published")),
            models.Index(
                Substr("theme", 1, 3),
                models.F("published_at").desc(),
                models.F("id").desc(),
                name="pub_of_first_theme",
                condition=Q(state="published"),
            ),
            models.Index(
                fields=["validity", "-published_at", "-id"], name="pub_of_validity", condition=Q(state="published")
            ),
            models.Index(fields=["agency", "state", "-changed_at"], name="pub_desk"),
            models.Index(fields=["step", "agency", "step_due"], name="pub_step"),
            models.Index(fields=["reassess_on"], name="pub_reassess", condition=Q(reassess_on__isnull=False)),
            models.Index(fields=["series", "-published_at"], name="pub_series", condition=~Q(series="")),
            models.Index(fields=["go_live_at"], name="pub_go_live", condition=Q(state="scheduled")),
            models.Index(
                fields=["expire_at"], name="pub_expire", condition=Q(state="published", expire_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public address; it never changes."""
        path: str = reverse("portal:publication", args=[self.pk])
        return path

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it now."""
        return bool(self.state == State.PUBLISHED)

    @property
    def is_ended(self) -> bool:
        """Whether it is repealed or lapsed."""
        return self.validity in ENDED

    def get_workflow(self) -> Any:
        """The path that the agency set for this kind of information, else that of a body above, else the common one."""
        from gongkai.publishing.queries.paths import path_for

        return path_for(self)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """What Wagtail calls for a revision whose time has come: only what was signed goes out."""
        from gongkai.publishing.actions.releasing import release_due

        release_due()

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """What Wagtail calls for an item whose time is over: it is taken down with its reason, like any other."""
        from gongkai.publishing.actions.releasing import expire_due

        expire_due()

    def with_content_json(self, content: dict[str, Any]) -> Publication:
        """The publication with the content of a revision; its life stays that of the row."""
        revised: Publication = super().with_content_json(
            {name: value for name, value in content.items() if name in CONTENT_FIELDS or name == "pk"}
        )
        for field in self._meta.concrete_fields:
            if field.name not in CONTENT_FIELDS:
                setattr(revised, field.attname, getattr(self, field.attname))
        return revised


class PublicationCategory(models.Model):
    """A released publication under one statutory category; holds the date so that lists need no join to sort."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="category_rows")
    category = models.CharField(max_length=30)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "category"], name="category_once")]
        indexes = [
            models.Index(fields=["category", "-published_at"], name="category_latest"),
            models.Index(fields=["agency", "category", "-published_at"], name="category_of_agency"),
        ]


class PublicationFile(models.Model):
    """A file of a released publication: listed below its text, or a picture within it."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="file_rows")
    attachment = models.ForeignKey("files.Attachment", models.PROTECT, related_name="+")
    title = models.CharField(max_length=255)
    order = models.PositiveSmallIntegerField(default=0)
    in_text = models.BooleanField(default=False)

    class Meta:
        ordering = ["in_text", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["publication", "attachment"], name="file_once")]


class FileText(models.Model):
    """The plain text of a file, read once, for the search index."""

    attachment = models.OneToOneField("files.Attachment", models.CASCADE, primary_key=True, related_name="+")
    text = models.TextField(blank=True)


class Relation(models.Model):
    """What a released publication does to another one."""

    source = models.ForeignKey(Publication, models.CASCADE, related_name="outgoing")
    kind = models.CharField(max_length=20)
    target = models.ForeignKey(Publication, models.PROTECT, null=True, related_name="incoming")
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["target", "kind"], name="relation_incoming")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "target"], condition=Q(target__isnull=False), name="relation_once"
            ),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="relation_not_to_itself"),
        ]


class PublicNote(models.Model):
    """A line that readers see on a page: what was corrected or declared, and when."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="public_notes")
    kind = models.CharField(max_length=20)
    text = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]


class IndexEntry(models.Model):
    """An index number that was given; kept for ever, so that none is given twice."""

    number = models.CharField(max_length=30, unique=True)
    prefix = models.CharField(max_length=18)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    publication = models.OneToOneField(Publication, models.PROTECT, related_name="index_entry")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year", "serial"], name="index_serial_once")]


class IndexCounter(models.Model):
    """The last serial given under a prefix in a year; locked while the next is taken."""

    prefix = models.CharField(max_length=18)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="index_counter_once")]


class Change(models.Model):
    """A change of what the public sees, in order; the search index, caches and subscribers follow it."""

    class Verb(TextChoices):
        """What happened."""

        RELEASED = "released", _("发布")
        CHANGED = "changed", _("更新")
        CORRECTED = "corrected", _("更正")
        VALIDITY = "validity", _("有效性变化")
        WITHDRAWN = "withdrawn", _("撤下")

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="changes")
    verb = models.CharField(max_length=20, choices=Verb)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["pk"]


class ReadCount(models.Model):
    """How often a publication was read on a day."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="read_counts")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "day"], name="read_count_once")]
        indexes = [models.Index(fields=["day", "-count"], name="read_count_top")]


class SearchCount(models.Model):
    """What readers searched on a day and whether they found anything; no reader is recorded."""

    day = models.DateField()
    query = models.CharField(max_length=100)
    found = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "query"], name="search_count_once")]
        indexes = [models.Index(fields=["found", "day"], name="search_count_empty")]
