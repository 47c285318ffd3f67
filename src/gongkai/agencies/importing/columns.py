"""The tables that agencies are imported and exported in: their columns, and how each is filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.importing import values
from gongkai.agencies.models import Duty, Kind, Level, Role


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its stable id, its official label, how it is filled in and how its text is read."""

    id: str
    label: str
    how: Any
    parse: Callable[[str], Any] = values.text
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    width: int = 16


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its stable id, the name of its sheet and its columns in order."""

    id: str
    title: str
    columns: tuple[Column, ...]

    def column(self, id: str) -> Column:
        """The column with an id. Raises KeyError."""
        return next(column for column in self.columns if column.id == id)


def _choice(id: str, label: str, options: Any, **more: Any) -> Column:
    labels = tuple(values.official(options).values())
    how = format_lazy("{}{}", _("填写以下之一："), "；".join(labels))
    return Column(id, label, how, parse=values.choice(options), choices=labels, **more)


_CODE = Column(
    "code",
    "机构代码",
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
    "机构",
    (
        _CODE,
        Column(
            "name",
            "机构名称",
            _("全称，不与其他机构重复"),
            required=True,
            aliases=("名称", "机关名称", "单位名称"),
            width=30,
        ),
        Column("short_name", "机构简称", _("可以不填"), aliases=("简称",)),
        Column("other_names", "其他名称", _("文件中出现过的其他写法，用分号隔开"), parse=values.several, width=20),
        _choice("kind", "机构性质", Kind, required=True, aliases=("性质",)),
        _choice("level", "层级", Level, required=True, aliases=("机构层级", "行政层级"), width=8),
        Column("parent", "上级机构代码", _OTHER_CODE, parse=values.optional_code, aliases=("上级代码",), width=22),
        Column("org_code", "组织机构代码", _("9 位；机构代码为统一社会信用代码的，可以不填"), parse=values.upper),
        Column("site_id_code", "网站标识码", _("10 位；没有网站的不填")),
        Column("slug", "网址标识", _("小写字母、数字和连字符；不填的自动生成，以后不能修改"), parse=values.slug),
        Column("founded", "成立日期", _DAY, parse=values.day, width=12),
        Column(
            "abolished", "撤销日期", _("在册的不填；撤销的填写日期，并填写承接机构代码"), parse=values.day, width=12
        ),
        Column(
            "successor",
            "承接机构代码",
            _OTHER_CODE,
            parse=values.optional_code,
            aliases=("职能承接机构代码",),
            width=22,
        ),
        Column("order", "排序", _("整数，小的在前"), parse=values.number, width=8),
        Column("office_name", "公开工作机构", _("政府信息公开工作机构的名称"), width=28),
        Column("office_address", "办公地址", _("公民可以到访的地址"), width=28),
        Column("office_postcode", "邮政编码", _("6 位数字"), aliases=("邮编",), width=10),
        Column("office_hours", "办公时间", _("如：工作日 9:00—12:00，14:00—17:30"), width=28),
        Column("office_phone", "联系电话", _("带区号"), aliases=("电话",)),
        Column("office_fax", "传真", _("带区号")),
        Column("office_email", "电子邮箱", _("如 gongkai@example.com"), aliases=("邮箱",), width=24),
    ),
)
PEOPLE = Table(
    "people",
    "人员岗位",
    (
        Column("username", "账号", _("登录用的账号；还没有的自动开设，由系统管理员设置密码"), required=True, width=18),
        Column("person", "姓名", _("应与已有账号的姓名一致；新开账号必须填写"), width=12),
        Column("email", "电子邮箱", _("只在新开账号时使用"), aliases=("邮箱",), width=24),
        Column("code", "机构代码", _OTHER_CODE, parse=values.code, required=True, aliases=_CODE.aliases, width=22),
        Column("agency", "机构名称", _("仅供核对，可以不填"), aliases=("机关名称", "单位名称"), width=30),
        _choice("role", "岗位", Role, required=True, width=18),
        Column("since", "任职日期", _("如 2024-03-01；不填的为导入当天"), parse=values.day, width=12),
        Column("until", "离任日期", _("在任的不填；当日起不再有权限"), parse=values.day, width=12),
    ),
)
STAFF = Table(
    "staff",
    "人员力量",
    (
        Column("code", "机构代码", _OTHER_CODE, parse=values.code, required=True, aliases=_CODE.aliases, width=22),
        Column("agency", "机构名称", _("仅供核对，可以不填"), aliases=("机关名称", "单位名称"), width=30),
        Column("year", "年度", _("四位数字，如 2025"), parse=values.number, required=True, width=8),
        Column(
            "full_time",
            "专职人员",
            _("人数，没有的填 0"),
            parse=values.number,
            required=True,
            aliases=("专职人员数",),
            width=10,
        ),
        Column(
            "part_time",
            "兼职人员",
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
    "领导小组",
    (
        Column("code", "机构代码", _OTHER_CODE, parse=values.code, required=True, aliases=_CODE.aliases, width=22),
        Column("agency", "机构名称", _("仅供核对，可以不填"), aliases=("机关名称", "单位名称"), width=30),
        _choice("duty", "组内职务", Duty, required=True, width=10),
        Column(
            "name",
            "成员姓名",
            _("表中一个机构的全部成员替换原有的领导小组"),
            required=True,
            aliases=("姓名",),
            width=12,
        ),
        Column("title", "职务", _("如：常务副市长"), width=24),
    ),
)
TABLES = {table.id: table for table in (AGENCIES, PEOPLE, STAFF, GROUPS)}
