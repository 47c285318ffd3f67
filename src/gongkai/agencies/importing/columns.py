"""The tables that agencies are imported and exported in: their columns, and how each is filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from gongkai.agencies.importing import values
from gongkai.agencies.models import Duty, Kind, Level, Role


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its stable id, its official label, how it is filled in and how its text is read."""

    id: str
    label: Any
    """Its heading, in the language of whoever reads it."""
    how: Any
    parse: Callable[[str], Any] = values.text
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[Any, ...] = ()
    width: int = 16


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its stable id, the name of its sheet and its columns in order."""

    id: str
    title: Any
    columns: tuple[Column, ...]

    def column(self, id: str) -> Column:
        """The column with an id. Raises KeyError."""
        return next(column for column in self.columns if column.id == id)


def _joined(labels: tuple[Any, ...]) -> str:
    return pgettext("between choices", "；").join(str(label) for label in labels)


_listed = lazy(_joined, str)


def _choice(id: str, label: Any, options: Any, **more: Any) -> Column:
    labels = tuple(label for _id, label in options.choices)
    how = format_lazy("{}{}", _("填写以下之一："), _listed(labels))
    return Column(id, label, how, parse=values.choice(options), choices=labels, **more)


_CODE = Column(
    "code",
    _("机构代码"),
    _("18 位统一社会信用代码；没有的填写机构代码。单元格设为文本格式。导入时按代码对应已有机构"),
    parse=values.code,
    required=True,
    aliases=("代码", "统一社会信用代码", "统一社会信用代码或机构代码", "信用代码"),
    width=22,
)
_OTHER_CODE = _("填写该机构的代码，该机构应当已经在册或者在本表中")
_DAY = _("如 2024-03-01")

AGENCIES = Table(
    "agencies",
    _("机构"),
    (
        _CODE,
        Column(
            "name",
            _("机构名称"),
            _("全称，不与其他机构重复"),
            required=True,
            aliases=("名称", "机关名称", "单位名称"),
            width=30,
        ),
        Column("short_name", _("机构简称"), _("可以不填"), aliases=("简称",)),
        Column("other_names", _("其他名称"), _("文件中出现过的其他写法，用分号隔开"), parse=values.several, width=20),
        _choice("kind", _("机构性质"), Kind, required=True, aliases=("性质",)),
        _choice("level", _("层级"), Level, required=True, aliases=("机构层级", "行政层级"), width=8),
        Column("parent", _("上级机构代码"), _OTHER_CODE, parse=values.optional_code, aliases=("上级代码",), width=22),
        Column("org_code", _("组织机构代码"), _("9 位；机构代码为统一社会信用代码的，可以不填"), parse=values.upper),
        Column("site_id_code", _("网站标识码"), _("10 位；没有网站的不填")),
        Column("slug", _("网址标识"), _("小写字母、数字和连字符；不填的自动生成，以后不能修改"), parse=values.slug),
        Column("founded", _("成立日期"), _DAY, parse=values.day, width=12),
        Column(
            "abolished", _("撤销日期"), _("在册的不填；撤销的填写日期，并填写承接机构代码"), parse=values.day, width=12
        ),
        Column(
            "successor",
            _("承接机构代码"),
            _OTHER_CODE,
            parse=values.optional_code,
            aliases=("职能承接机构代码",),
            width=22,
        ),
        Column("order", _("排序"), _("整数，小的在前"), parse=values.number, width=8),
        Column("office_name", _("公开工作机构"), _("政府信息公开工作机构的名称"), width=28),
        Column("office_address", _("办公地址"), _("公民可以到访的地址"), width=28),
        Column("office_postcode", _("邮政编码"), _("6 位数字"), aliases=("邮编",), width=10),
        Column("office_hours", _("办公时间"), _("如：工作日 9:00—12:00，14:00—17:30"), width=28),
        Column("office_phone", _("联系电话"), _("带区号"), aliases=("电话",)),
        Column("office_fax", _("传真"), _("带区号")),
        Column("office_email", _("电子邮箱"), _("如 gongkai@example.com"), aliases=("邮箱",), width=24),
    ),
)
PEOPLE = Table(
    "people",
    _("人员岗位"),
    (
        Column(
            "username", _("账号"), _("登录用的账号；还没有的自动开设，由系统管理员设置密码"), required=True, width=18
        ),
        Column("person", _("姓名"), _("应与已有账号的姓名一致；新开账号必须填写"), width=12),
        Column("email", _("电子邮箱"), _("只在新开账号时使用"), aliases=("邮箱",), width=24),
        Column("code", _("机构代码"), _OTHER_CODE, parse=values.code, required=True, aliases=_CODE.aliases, width=22),
        Column("agency", _("机构名称"), _("仅供核对，可以不填"), aliases=("机关名称", "单位名称"), width=30),
        _choice("role", _("岗位"), Role, required=True, width=18),
        Column("since", _("任职日期"), _("如 2024-03-01；不填的为导入当天"), parse=values.day, width=12),
        Column("until", _("离任日期"), _("在任的不填；当日起不再有权限"), parse=values.day, width=12),
    ),
)
STAFF = Table(
    "staff",
    _("人员力量"),
    (
        Column("code", _("机构代码"), _OTHER_CODE, parse=values.code, required=True, aliases=_CODE.aliases, width=22),
        Column("agency", _("机构名称"), _("仅供核对，可以不填"), aliases=("机关名称", "单位名称"), width=30),
        Column("year", _("年度"), _("四位数字，如 2025"), parse=values.number, required=True, width=8),
        Column(
            "full_time",
            _("专职人员"),
            _("人数，没有的填 0"),
            parse=values.number,
            required=True,
            aliases=("专职人员数",),
            width=10,
        ),
        Column(
            "part_time",
            _("兼职人员"),
            _("人数，没有的填 0"),
            parse=values.number,
            required=True,
            aliases=("兼职人员数",),
            width=10,
        ),
    ),
)
GROUPS = Table(
    "groups",
    _("领导小组"),
    (
        Column("code", _("机构代码"), _OTHER_CODE, parse=values.code, required=True, aliases=_CODE.aliases, width=22),
        Column("agency", _("机构名称"), _("仅供核对，可以不填"), aliases=("机关名称", "单位名称"), width=30),
        _choice("duty", _("组内职务"), Duty, required=True, width=10),
        Column(
            "name",
            _("成员姓名"),
            _("表中一个机构的全部成员替换原有的领导小组"),
            required=True,
            aliases=("姓名",),
            width=12,
        ),
        Column("title", _("职务"), _("如：常务副市长"), width=24),
    ),
)
TABLES = {table.id: table for table in (AGENCIES, PEOPLE, STAFF, GROUPS)}
