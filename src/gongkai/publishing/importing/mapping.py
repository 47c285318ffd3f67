"""Which column of a source is which field: read from a TOML or JSON file, and recognised by usual Chinese names."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from gongkai.publishing.importing.model import SourceRow, Unreadable

NAMES: dict[str, tuple[str, ...]] = {
    "title": ("标题", "名称", "信息名称", "文件名称", "文件标题", "信息标题", "articletitle", "subject"),
    "body": ("正文", "内容", "信息内容", "正文内容", "文章内容", "content", "text", "html"),
    "summary": ("内容概述", "摘要", "概述", "内容摘要", "导读", "description", "excerpt"),
    "kind": ("信息类型", "类型", "栏目", "信息类别", "类别", "channel", "columnname"),
    "genre": ("体裁", "体裁分类", "文种"),
    "theme": ("主题分类", "主题", "topic"),
    "categories": ("法定公开内容", "法定主动公开内容", "公开类别", "公开事项", "category"),
    "subject_words": ("主题词", "关键词", "标签", "keywords", "tags"),
    "audience": ("服务对象", "面向对象", "公开对象"),
    "document_number": ("发文字号", "文号", "发文文号", "文件编号", "documentnumber", "docnumber"),
    "index_number": ("索引号", "信息索引号", "索引", "indexnumber"),
    "agency": ("发布机构", "发文机关", "发布单位", "公开机关", "信息提供单位", "publisher", "contentsource"),
    "joint": ("联合发文机关", "联合发文单位"),
    "made_on": ("成文日期", "生成日期", "印发日期", "发文日期", "制发日期", "created"),
    "published_at": ("发布日期", "发布时间", "公开日期", "公开时间", "上网时间", "pubdate", "date", "published"),
    "effective_on": ("施行日期", "实施日期", "生效日期"),
    "expires_on": ("有效期至", "有效期截止", "失效日期", "废止日期"),
    "validity": ("有效性", "时效性", "效力状态", "是否有效"),
    "mode": ("公开属性", "公开方式"),
    "legal_basis": ("公开依据", "依据"),
    "term": ("公开时限",),
    "retention": ("保管期限",),
    "source": ("信息来源", "来源", "稿源", "source"),
    "series": ("系列",),
    "external_id": ("来源编号", "编号", "id", "guid", "文章编号", "信息编号", "序号id", "articleid"),
    "files": ("附件", "附件路径", "附件列表", "attachments", "files"),
    "claim": ("流传的说法", "谣言"),
    "relations": ("相关文件", "废止文件"),
}
"""The names by which a field is known without a mapping; compared without blanks, signs and case."""

FIELDS = frozenset(NAMES)
_BRACKETS = re.compile(r"[（(\[【][^（）()\[\]【】]{0,40}[）)\]】]\s*$")
_SIGNS = re.compile(r"[\W_]+")
_MOST_PLANS = 1000


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns by field, values that stand where a column is empty, and what values of a column mean."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    _plans: dict[tuple[str, ...], list[tuple[str, list[str]]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def read(self, row: SourceRow) -> dict[str, Any]:
        """The values of a row by field; those of other columns are left out."""
        found: dict[str, Any] = dict(self.defaults)
        for name, columns in self._plan(tuple(row.values)):
            for column in columns:
                value = row.values[column]
                if value not in (None, "", [], ()):
                    found[name] = self._meant(name, value)
                    break
        return found

    def _plan(self, columns: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        """Which of these columns are looked at for each field, in order; made once, for most rows have the same."""
        if columns not in self._plans:
            by_name = _by_name(columns)
            wanted = ((name, [by_name[n] for n in self._names(name) if n in by_name]) for name in FIELDS)
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            self._plans[columns] = [(name, some) for name, some in wanted if some]
        return self._plans[columns]

    def _meant(self, name: str, value: Any) -> Any:
        meant = self.values.get(name)
        return meant.get(str(value).strip(), value) if meant else value

    def known(self, columns: list[str]) -> dict[str, str]:
        """Which field each column of a source is taken for; "" for one that is left out."""
        taken = {}
        for column in columns:
            names = (f for f in sorted(FIELDS) if normal(column) in self._names(f))
            taken[column] = next(names, "")
        return taken

    def _names(self, name: str) -> tuple[str, ...]:
        wanted = self.columns.get(name)
        return NAMES_BY_FIELD[name] if wanted is None else tuple(map(normal, wanted))

    def names(self) -> frozenset[str]:
        """Every name that a column may have."""
        return frozenset(name for field in FIELDS for name in self._names(field))

    def check(self, columns: Iterable[str]) -> None:
        """Raises Unreadable where columns that the mapping names are not there, or nothing could be read at all."""
        columns = tuple(columns)
        there = _by_name(columns)
        said = {"columns": "、".join(filter(None, columns))[:300]}
        for name, wanted in self.columns.items():
            if not there.keys() & set(map(normal, wanted)):
                words = _("对照文件里字段 %(field)s 的列“%(wanted)s”不在来源中。来源的列：%(columns)s。")
                raise Unreadable(words % (said | {"field": name, "wanted": "、".join(wanted)}))
        if not any(there.keys() & set(self._names(name)) for name in ("title", "body")):
            words = _("没有认出标题和正文的列。来源的列：%(columns)s。请用 --mapping 说明哪一列是标题、哪一列是正文。")
            raise Unreadable(words % said)

    def fingerprint(self) -> str:
        """The same for the same mapping."""
        return json.dumps([self.columns, self.defaults, self.values], ensure_ascii=False, sort_keys=True, default=str)


@cache
def normal(name: str) -> str:
    """A column's name without blanks, signs, width and case."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", str(name))).lower()


NAMES_BY_FIELD: dict[str, tuple[str, ...]] = {
    name: tuple(dict.fromkeys((normal(name), *map(normal, names)))) for name, names in NAMES.items()
}
KNOWN_NAMES = frozenset(name for names in NAMES_BY_FIELD.values() for name in names)
"""Every name that a column may have without a mapping."""


def load(path: Path) -> Mapping:
    """Reads a mapping file; raises Unreadable with the line or the name that is wrong."""
    try:
        text = path.read_text("utf-8-sig")
        data = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        words = _("不能读取对照文件“%(name)s”：%(error)s。请用 UTF-8 编码保存为 TOML 或 JSON。")
        raise Unreadable(words % {"name": path.name, "error": error}) from error
    return parse(data, path.name)


def parse(data: Any, name: str = "mapping") -> Mapping:
    """A mapping from its data; raises Unreadable for what is not known, so that a typing error is not passed over."""
    if not isinstance(data, dict):
        raise Unreadable(_("对照文件“%(name)s”应当由 columns、defaults、values 三部分组成。") % {"name": name})
    if strange := set(data) - {"columns", "defaults", "values"}:
        words = _("对照文件“%(name)s”里有不认识的部分：%(strange)s。可用 columns、defaults、values。")
        raise Unreadable(words % {"name": name, "strange": "、".join(sorted(map(str, strange)))})
    parts = {part: data.get(part, {}) for part in ("columns", "defaults", "values")}
    for part, content in parts.items():
        if not isinstance(content, dict):
            words = _("对照文件“%(name)s”的 %(part)s 应当是“字段 = 值”的列表。")
            raise Unreadable(words % {"name": name, "part": part})
        if wrong := set(content) - FIELDS:
            known = "、".join(sorted(FIELDS))
            words = _("对照文件“%(name)s”的 %(part)s 里有不认识的字段：%(wrong)s。可用字段：%(known)s。")
            said = {"name": name, "part": part, "wrong": "、".join(sorted(map(str, wrong))), "known": known}
            raise Unreadable(words % said)
    columns = {f: _columns(f, c, name) for f, c in parts["columns"].items()}
    values = {f: _values(f, v, name) for f, v in parts["values"].items()}
    for f, value in parts["defaults"].items():
        if isinstance(value, dict):
            _refuse(name, f"defaults.{f}", _("应当是一个值，不是一组"))
    return Mapping(columns, parts["defaults"], values)


def _columns(field: str, given: Any, name: str) -> tuple[str, ...]:
    columns = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, list) else ()
    if not columns or not all(isinstance(column, str) and column.strip() for column in columns):
        _refuse(name, f"columns.{field}", _("应当是列名，或者几个列名的列表"))
    return columns


def _values(field: str, given: Any, name: str) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(v, str | int | float) for v in given.values()):
        _refuse(name, f"values.{field}", _("应当是“来源的值 = 本站的值”的列表"))
    return {str(k).strip(): str(v) for k, v in given.items()}


def _refuse(name: str, place: str, words: str) -> NoReturn:
    raise Unreadable(_("对照文件“%(name)s”的 %(place)s %(words)s。") % {"name": name, "place": place, "words": words})


def _by_name(columns: tuple[str, ...]) -> dict[str, str]:
    """Columns by their names; what stands in brackets behind a name need not be given: 标题（必填）."""
    bare = {normal(_BRACKETS.sub("", column)): column for column in reversed(columns)}
    return bare | {normal(column): column for column in reversed(columns)}
