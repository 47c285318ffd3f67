"""Public bodies, the people who work in them, and the posts that they hold there."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of body an agency is."""

    GOVERNMENT = "government", _("人民政府")
    DEPARTMENT = "department", _("政府部门")
    TOWN = "town", _("乡镇人民政府、街道办事处")
    PUBLIC_INSTITUTION = "public_institution", _("公共企事业单位")
    UNIVERSITY = "university", _("高等学校")
    AUTHORISED = "authorised", _("法律、法规授权的组织")


class Level(models.TextChoices):
    """The level of government that an agency belongs to."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWN = "town", _("乡级")


class Role(models.TextChoices):
    """What a person does in a post."""

    DRAFTER = "drafter", _("起草人")
    UNIT_HEAD = "unit_head", _("科室负责人")
    CONFIDENTIALITY_REVIEWER = "confidentiality_reviewer", _("保密审查员")
    DISCLOSURE_OFFICER = "disclosure_officer", _("政府信息公开工作人员")
    SIGNING_LEADER = "signing_leader", _("签发领导")
    SUPERVISOR = "supervisor", _("监督考核人员")
    ADMINISTRATOR = "administrator", _("管理员")


class Agency(models.Model):
    """A body that must disclose information: a government, a department, a town, a university."""

    name = models.CharField(_("名称"), max_length=120, unique=True)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    other_names = models.JSONField(
        _("其他名称"), default=list, blank=True, help_text=_("年度报告等文件中出现过的其他写法")
    )
    code = models.CharField(_("代码"), max_length=40, unique=True, help_text=_("统一社会信用代码或机构代码"))
    slug = models.SlugField(_("网址标识"), max_length=60, unique=True)
    kind = models.CharField(_("性质"), max_length=20, choices=Kind)
    level = models.CharField(_("层级"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级机关")
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("职能承接机关")
    )
    founded = models.DateField(_("成立日期"), null=True, blank=True)
    abolished = models.DateField(_("撤销日期"), null=True, blank=True)
    order = models.PositiveIntegerField(_("排序"), default=1000)

    office_name = models.CharField(_("政府信息公开工作机构"), max_length=120, blank=True)
    office_address = models.CharField(_("办公地址"), max_length=200, blank=True)
    office_hours = models.CharField(_("办公时间"), max_length=120, blank=True)
    office_phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    office_email = models.EmailField(_("电子邮箱"), blank=True)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = verbose_name_plural = _("机关")
        constraints = [
            models.CheckConstraint(
                condition=Q(abolished__isnull=True) | Q(founded__isnull=True) | Q(abolished__gte=F("founded")),
                name="agency_abolished_after_founded",
                violation_error_message=_("撤销日期早于成立日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        """The agency's page in the public library."""
        path: str = reverse("portal:agency", args=[self.slug])
        return path


class Person(AbstractUser):
    """Somebody who signs in. What they may do follows from their posts, see `gongkai.agencies.rights`."""

    class Meta:
        verbose_name = verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """The name; a Chinese one stands whole in `first_name`, or in Chinese order without a blank."""
        name = f"{self.last_name}{self.first_name}".strip()
        return name if not name.isascii() else super().get_full_name()


class Post(models.Model):
    """A role that a person holds in an agency from a day on, perhaps until a day, on which it is no longer held."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name=_("人员"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts", verbose_name=_("机关"))
    role = models.CharField(_("岗位"), max_length=30, choices=Role)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)

    class Meta:
        ordering = ["agency", "role", "since"]
        verbose_name = verbose_name_plural = _("岗位")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="post_until_after_since",
                violation_error_message=_("离任日期早于任职日期。"),
            ),
            models.UniqueConstraint(
                fields=["person", "agency", "role"],
                condition=Q(until__isnull=True),
                name="post_held_once",
                violation_error_message=_("该人员已在该机关担任此岗位。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.agency.label} · {self.get_role_display()}"
