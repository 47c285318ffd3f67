"""Public bodies, the people who work in them, and the posts that they hold there."""

from __future__ import annotations

import re

from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RT-UW-Y]{18}")
"""The shape of a unified social credit code (GB 32100); its 9th to 17th characters are the organisation code."""


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
    RECEIVER = "receiver", _("接收人")


class Duty(models.TextChoices):
    """What a member of a leading group is in it."""

    HEAD = "head", _("组长")
    DEPUTY = "deputy", _("副组长")
    MEMBER = "member", _("成员")


class Agency(models.Model):
    """A body that must disclose information: a government, a department, a town, a university."""

    name = models.CharField(_("名称"), max_length=120, unique=True)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    other_names = models.JSONField(
        _("其他名称"), default=list, blank=True, help_text=_("年度报告等文件中出现过的其他写法")
    )
    code = models.CharField(_("代码"), max_length=40, unique=True, help_text=_("统一社会信用代码或机构代码"))
    org_code = models.CharField(
        _("组织机构代码"),
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Z]{9}\Z", _("组织机构代码为 9 位数字或大写字母。"))],
        help_text=_("用作索引号前段；代码为 18 位统一社会信用代码的，可不填，取其第 9 至 17 位"),
    )
    site_id_code = models.CharField(
        _("网站标识码"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[0-9a-zA-Z]{10}\Z", _("网站标识码为 10 位。"))],
    )
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
    office_fax = models.CharField(_("传真"), max_length=60, blank=True)
    office_postcode = models.CharField(
        _("邮政编码"), max_length=6, blank=True, validators=[RegexValidator(r"^[0-9]{6}\Z", _("邮政编码为 6 位数字。"))]
    )
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
            models.UniqueConstraint(
                fields=["org_code"],
                condition=~Q(org_code=""),
                name="agency_org_code_once",
                violation_error_message=_("该组织机构代码已属于另一机关。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def index_prefix(self) -> str:
        """What the index numbers of its publications begin with: nine characters wherever the codes allow it.

        The organisation code that was entered, else the one inside the unified social credit code, else the code.
        """
        if self.org_code:
            return self.org_code
        return self.code[8:17] if CREDIT_CODE.fullmatch(self.code) else self.code

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        """The agency's page in the public library."""
        path: str = reverse("portal:agency", args=[self.slug])
        return path


class AgencyName(models.Model):
    """A name that an agency bore once, until the day on which it took another."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="former_names", verbose_name=_("机关"))
    name = models.CharField(_("曾用名称"), max_length=120, db_index=True)
    since = models.DateField(_("启用日期"), null=True, blank=True)
    until = models.DateField(_("停用日期"))

    class Meta:
        ordering = ["agency", "until"]
        verbose_name = verbose_name_plural = _("曾用名称")
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__gte=F("since")),
                name="agency_name_until_after_since",
                violation_error_message=_("停用日期早于启用日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LeadingGroupMember(models.Model):
    """A member of the leading group that answers for open government in an agency."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="leading_group", verbose_name=_("机关"))
    duty = models.CharField(_("组内职务"), max_length=10, choices=Duty)
    name = models.CharField(_("姓名"), max_length=60)
    title = models.CharField(_("职务"), max_length=120, blank=True)
    order = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        ordering = ["agency", "order", "pk"]
        verbose_name = verbose_name_plural = _("领导小组成员")

    def __str__(self) -> str:
        return f"{self.get_duty_display()} {self.name}"


class AgencyStaff(models.Model):
    """How many people did the work of open government in an agency in a year."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="staff", verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"), validators=[MinValueValidator(2008), MaxValueValidator(2100)])
    full_time = models.PositiveIntegerField(_("专职人员"), validators=[MaxValueValidator(100_000)])
    part_time = models.PositiveIntegerField(_("兼职人员"), validators=[MaxValueValidator(100_000)])

    class Meta:
        ordering = ["agency", "-year"]
        verbose_name = verbose_name_plural = _("人员力量")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                name="agency_staff_once_a_year",
                violation_error_message=_("该机关该年度的人员力量已经填报。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.label} {self.year}"


class Person(AbstractUser):
    """Somebody who signs in. What they may do follows from their posts, see `gongkai.agencies.rights`."""

    standing_in = ""
    """Whom they stand in for in what they are doing just now, as `rights.require` found; not stored."""

    class Meta:
        verbose_name = verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """The name; a Chinese one stands whole in `first_name`, or in Chinese order without a blank."""
        name = f"{self.last_name}{self.first_name}".strip()
        return name if not name.isascii() else super().get_full_name()


class SignInTries(models.Model):
    """How often signing in was tried and did not succeed: for an account, from an address, or for one from the other.

    Account and address are kept as keyed hashes: what people type as their name may be their password.
    """

    account = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("登录失败次数")
        constraints = [models.UniqueConstraint(fields=["account", "address"], name="sign_in_tries_once")]

    def __str__(self) -> str:
        return str(self.count)


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


class Absence(models.Model):
    """Days on which the holder of a post is away and a deputy has its rights: from a day until the day of return."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="absences", verbose_name=_("岗位"))
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="deputised", verbose_name=_("代理人"))
    since = models.DateField(_("离岗日期"))
    until = models.DateField(_("返岗日期"), help_text=_("当日起由本人履职"))
    reason = models.CharField(_("事由"), max_length=120, blank=True)

    class Meta:
        ordering = ["post", "since"]
        verbose_name = verbose_name_plural = _("离岗代理")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="absence_until_after_since",
                violation_error_message=_("返岗日期早于离岗日期。"),
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(deputy)s代%(post)s")) % {"deputy": self.deputy, "post": self.post}
