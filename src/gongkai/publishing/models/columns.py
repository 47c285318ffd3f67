"""Topic columns (专栏、专题): Wagtail pages, in levels, scheduled, each with chosen or selected publications."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from gongkai.publishing.columns_access import ColumnTester, IndexTester
from gongkai.publishing.columns_form import ColumnForm
from gongkai.publishing.models.choices import Kind


class ColumnIndexPage(Page):
    """The root of all columns of a site."""

    subpage_types = ["publishing.ColumnPage"]
    max_count = 1
    template = "portal/columns/index.html"

    class Meta:
        verbose_name = verbose_name_plural = _("专题专栏")

    def permissions_for_user(self, user: Any) -> IndexTester:
        """Who may put columns below it."""
        return IndexTester(user, self)


class ColumnPage(Page):
    """A column: an introduction, publications that match its rule, publications put in by hand, columns below it."""

    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主办机关")
    )
    intro = RichTextField(_("导语"), blank=True, features=["bold", "link", "ol", "ul"])
    kind = models.CharField(_("信息类型"), max_length=20, choices=Kind, blank=True)
    category = models.CharField(_("法定公开内容"), max_length=30, blank=True)
    theme = models.CharField(_("主题分类"), max_length=10, blank=True)
    words = models.CharField(_("关键词"), max_length=120, blank=True, help_text=_("按检索语法选取信息"))

    parent_page_types = ["publishing.ColumnIndexPage", "publishing.ColumnPage"]
    subpage_types = ["publishing.ColumnPage"]
    template = "portal/columns/column.html"
    base_form_class = ColumnForm

    content_panels = [
        *Page.content_panels,
        FieldPanel("agency", help_text=_("只有主办机关及其上级机关的人员可以修改这个专栏。"), required_on_save=True),
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("category"), FieldPanel("theme"), FieldPanel("words")],
            heading=_("自动收录"),
            help_text=_("符合全部条件的已发布信息自动列入，范围是主办机关及其下级机关；都不填则只显示人工选入的。"),
        ),
        InlinePanel("chosen", heading=_("人工选入"), label=_("信息")),
    ]

    class Meta:
        verbose_name = verbose_name_plural = _("专栏")

    def permissions_for_user(self, user: Any) -> ColumnTester:
        """Who may edit it: those who manage publishing of its agency."""
        return ColumnTester(user, self)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template shows: the column's publications, page by page."""
        from gongkai.publishing.queries.columns import column_context

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | column_context(self, request.GET.get("page"))


class ColumnChoice(Orderable):
    """A publication that was put into a column by hand."""

    page = ParentalKey(ColumnPage, on_delete=models.CASCADE, related_name="chosen")
    publication = models.ForeignKey("publishing.Publication", models.CASCADE, related_name="+", verbose_name=_("信息"))

    panels = [FieldPanel("publication")]
