"""The closed lists of publishing: kinds, states, steps, validity, modes, relations, channels."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    # Django brings no types: without this every member would pass for a pair of value and label.
    class TextChoices(StrEnum):
        """A closed list of texts with their labels."""

        label: Any
        choices: Any
        values: Any
else:
    TextChoices = models.TextChoices


class Kind(TextChoices):
    """What sort of information a publication is."""

    REGULATION = "regulation", _("规章")
    NORMATIVE = "normative", _("规范性文件")
    POLICY = "policy", _("其他政策文件")
    INTERPRETATION = "interpretation", _("政策解读")
    NOTICE = "notice", _("通知公告")
    PLAN = "plan", _("规划计划")
    STATISTICS = "statistics", _("统计信息")
    BUDGET = "budget", _("财政预决算")
    APPOINTMENT = "appointment", _("人事任免")
    RECRUITMENT = "recruitment", _("招录信息")
    PROCUREMENT = "procurement", _("政府采购")
    LICENSING = "licensing", _("行政许可和服务事项")
    PENALTY = "penalty", _("行政处罚和强制")
    PROJECT = "project", _("重大建设项目")
    FEES = "fees", _("行政事业性收费")
    LIVELIHOOD = "livelihood", _("民生保障")
    EMERGENCY = "emergency", _("应急管理")
    INSPECTION = "inspection", _("监督检查")
    AGENCY_INFO = "agency_info", _("机构职能")
    NEWS = "news", _("工作动态")
    CLARIFICATION = "clarification", _("澄清说明")
    OTHER = "other", _("其他信息")


POLICY_KINDS = (Kind.REGULATION, Kind.NORMATIVE, Kind.POLICY)
"""What the policy library holds; everything else never stands among the policies."""


class State(TextChoices):
    """Where a publication is in its life; what the public sees is `PUBLISHED`, and a tombstone for `WITHDRAWN`."""

    DRAFT = "draft", _("起草中")
    RETURNED = "returned", _("退回修改")
    IN_REVIEW = "in_review", _("审查中")
    SCHEDULED = "scheduled", _("待发布")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤下")
    WITHHELD = "withheld", _("不主动公开")
    DISCARDED = "discarded", _("已作废")


class Step(TextChoices):
    """A step of the path to release."""

    UNIT_HEAD = "unit_head", _("科室审核")
    CONFIDENTIALITY = "confidentiality", _("保密审查")
    COORDINATION = "coordination", _("发布协调")
    SIGN_OFF = "sign_off", _("签发")


class Validity(TextChoices):
    """Whether a document is in force."""

    EFFECTIVE = "effective", _("有效")
    NOT_YET = "not_yet", _("尚未施行")
    AMENDED = "amended", _("已修改")
    LAPSED = "lapsed", _("失效")
    REPEALED = "repealed", _("废止")


ENDED = (Validity.LAPSED, Validity.REPEALED)


class Mode(TextChoices):
    """How the information is disclosed (公开属性)."""

    PROACTIVE = "proactive", _("主动公开")
    ON_REQUEST = "on_request", _("依申请公开")
    WITHHELD = "withheld", _("不予公开")


class Term(TextChoices):
    """How long it stays disclosed (公开时限)."""

    PERMANENT = "permanent", _("长期公开")
    LIMITED = "limited", _("限时公开")


class Retention(TextChoices):
    """How long the record is kept (《机关文件材料归档范围和文书档案保管期限规定》)."""

    PERMANENT = "permanent", _("永久")
    THIRTY = "30", _("30年")
    TEN = "10", _("10年")


class RelationKind(TextChoices):
    """What a publication does to another; read from the source to the target."""

    INTERPRETS = "interprets", pgettext_lazy("relation", "解读")
    AMENDS = "amends", pgettext_lazy("relation", "修改")
    REPEALS = "repeals", pgettext_lazy("relation", "废止")
    REPLACES = "replaces", _("替代")
    IMPLEMENTS = "implements", _("落实")
    ANSWERS = "answers", _("回应申请")
    CORRECTS = "corrects", pgettext_lazy("relation", "更正")
    CLARIFIES = "clarifies", pgettext_lazy("relation", "澄清")


INVERSE = {
    RelationKind.INTERPRETS: pgettext_lazy("relation", "被解读"),
    RelationKind.AMENDS: pgettext_lazy("relation", "被修改"),
    RelationKind.REPEALS: pgettext_lazy("relation", "被废止"),
    RelationKind.REPLACES: pgettext_lazy("relation", "被替代"),
    RelationKind.IMPLEMENTS: pgettext_lazy("relation", "被落实"),
    RelationKind.ANSWERS: pgettext_lazy("relation", "由申请转为主动公开"),
    RelationKind.CORRECTS: pgettext_lazy("relation", "被更正"),
    RelationKind.CLARIFIES: pgettext_lazy("relation", "被澄清"),
}
"""The same relation, read from the target to the source."""


class InterpretationForm(TextChoices):
    """In which form a document is interpreted."""

    TEXT = "text", _("文字解读")
    PICTURE = "picture", _("图文解读")
    VIDEO = "video", _("视频解读")
    PRESS_CONFERENCE = "press_conference", _("新闻发布会")
    QUESTIONS = "questions", _("问答")


class Channel(TextChoices):
    """Where information is released (条例第二十三条至第二十五条)."""

    SITE = "site", _("政府网站")
    GAZETTE = "gazette", _("政府公报")
    WECHAT = "wechat", _("微信")
    WEIBO = "weibo", _("微博")
    PRESS_CONFERENCE = "press_conference", _("新闻发布会")
    BROADCAST = "broadcast", _("广播电视")
    NEWSPAPER = "newspaper", _("报刊")
    BULLETIN_BOARD = "bulletin_board", _("公告栏、电子屏")
    READING_VENUE = "reading_venue", _("查阅场所")
    OTHER = "other", _("其他渠道")
