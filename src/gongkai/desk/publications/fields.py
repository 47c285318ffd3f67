"""The fields of the editor: in which group each stands, what is said below it, what may be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Level
from gongkai.agencies.queries import existing
from gongkai.desk.publications.common import for_storing, numbers
from gongkai.law import catalogue
from gongkai.publishing.models import InterpretationForm, Kind, Mode, Publication, RelationKind, Retention, Term

NEAR = 60
"""How many agencies around one's own stand ready to be chosen without a script."""

GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("basics", _("属性"), ("kind", "document_number", "made_on", "categories", "theme", "genre", "summary")),
    ("validity", _("施行与有效期"), ("effective_on", "expires_on")),
    ("interpretation", _("解读"), ("interpretation_form", "video_url")),
    ("clarification", _("澄清"), ("claim", "claim_source")),
    ("agencies", _("涉及的机关"), ("joint_agencies", "touched_agencies")),
    ("schedule", _("定时"), ("go_live_at", "expire_at")),
    (
        "more",
        _("公开属性与归档"),
        ("mode", "legal_basis", "term", "subject_words", "audience", "source", "series", "retention"),
    ),
)

HELP: dict[str, Any] = {
    "title": _("与文件标题一致，不加书名号和句号。"),
    "kind": _("决定走哪条流程、出现在哪个栏目。"),
    "document_number": _("没有的留空。会自动改成规范写法，如云政发〔2024〕12号。"),
    "made_on": _("文件落款的日期，20个工作日的公开期限从这一天起算。"),
    "categories": _("《政府信息公开条例》第二十条、第二十一条的分类，可选几项。"),
    "theme": _("国务院公文主题分类。"),
    "genre": _("一般与标题最后两个字一致。"),
    "summary": _("显示在列表和搜索结果里，200字以内；留空则取正文开头。"),
    "effective_on": _("规章和规范性文件必填。"),
    "expires_on": _("到期后自动标注“失效”，长期有效的留空。"),
    "interpretation_form": _("解读材料用哪种形式。"),
    "video_url": _("视频解读的地址，以 https:// 开头。"),
    "claim": _("原样写出流传的虚假或不完整信息，读者会看到它和您的澄清并列。"),
    "claim_source": _("在哪里流传，如某短视频平台。"),
    "joint_agencies": _("联合发文的机关。"),
    "touched_agencies": _("内容涉及的其他机关，发布前须征得其同意（条例第十一条）。"),
    "go_live_at": _("签发后到这个时间才公开；留空则签发后立即公开。"),
    "expire_at": _("到这个时间自动从网站撤下；留空则不撤。"),
    "mode": _("不主动公开的，须在下面写明依据。"),
    "legal_basis": _("如：《中华人民共和国政府信息公开条例》第二十条第八项。"),
    "term": _("一般为长期公开。"),
    "subject_words": _("用空格分开，最多20个。"),
    "audience": _("给谁看，如：企业 老年人 毕业生，用空格分开。"),
    "source": _("转载的写明出处，自己制作的留空。"),
    "series": _("按期发布的同一种信息起同一个名字，数字异常时会提醒。"),
    "retention": _("文书档案的保管期限。"),
    "correction_note": _("读者会看到这句话，写明更正了什么。"),
}

LABELS: dict[str, Any] = {"go_live_at": _("定时发布"), "expire_at": _("定时撤下")}
"""Where the words of the office differ from those that Wagtail brings."""

_INPUTS: dict[str, str] = {
    **dict.fromkeys(("kind", "theme", "genre", "mode", "term", "retention", "interpretation_form"), "select"),
    **dict.fromkeys(("joint_agencies", "touched_agencies"), "agencies"),
    **dict.fromkeys(("made_on", "effective_on", "expires_on"), "date"),
    **dict.fromkeys(("go_live_at", "expire_at"), "datetime-local"),
    **dict.fromkeys(("summary", "claim"), "textarea"),
    "categories": "checks",
    "video_url": "url",
}
_LISTS = ("categories",)
_AGENCIES = ("joint_agencies", "touched_agencies")
_TEXTS = (
    *("title", "summary", "kind", "genre", "theme", "subject_words", "audience", "document_number", "made_on"),
    *("effective_on", "expires_on", "mode", "legal_basis", "term", "retention", "source", "series", "go_live_at"),
    *("expire_at", "interpretation_form", "video_url", "claim", "claim_source", "correction_note"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be chosen."""

    value: str
    label: str
    chosen: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class EditorField:
    """One field as the editor shows it."""

    name: str
    label: Any
    help: Any
    input: str
    value: str
    choices: tuple[Choice, ...] = ()
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together."""

    id: str
    title: Any
    fields: tuple[EditorField, ...] = field(default=())

    @property
    def has_errors(self) -> bool:
        """Whether something in it has to be mended."""
        return any(f.errors for f in self.fields)

    @property
    def filled(self) -> bool:
        """Whether something in it is filled in."""
        return any(f.value or any(c.chosen for c in f.choices) for f in self.fields)


def groups(agency: Agency, content: Mapping[str, Any], errors: Mapping[str, list[str]]) -> list[Group]:
    """All groups of fields with what they hold."""
    return [
        Group(id, title, tuple(one(name, agency, content, errors) for name in names)) for id, title, names in GROUPS
    ]


def one(name: str, agency: Agency, content: Mapping[str, Any], errors: Mapping[str, list[str]]) -> EditorField:
    """One field with what it holds."""
    return EditorField(
        name,
        label_of(name),
        HELP.get(name, ""),
        _INPUTS.get(name, "text"),
        _shown(content.get(name)),
        tuple(_choices(name, agency, content.get(name))),
        tuple(errors.get(name, ())),
    )


def label_of(name: str) -> Any:
    """What a field is called."""
    return LABELS.get(name) or Publication._meta.get_field(name).verbose_name


def content_of(post: QueryDict) -> dict[str, Any]:
    """The content that a form sent, for `save_draft`; a field that it did not send is left out."""
    found: dict[str, Any] = {name: post.get(name, "") for name in _TEXTS if name in post}
    if "body" in post:
        found["body"] = for_storing(post["body"])
    if "all_fields" in post:
        found |= {name: post.getlist(name) for name in _LISTS}
        found |= {name: numbers(post.getlist(name)) for name in _AGENCIES}
        found["files"] = _files(post)
        found["relations"] = _relations(post)
    return found


def _files(post: QueryDict) -> list[dict[str, Any]]:
    removed = set(post.getlist("file_remove"))
    rows = zip(post.getlist("file_id"), post.getlist("file_title"), strict=False)
    return [{"attachment": int(id), "title": title} for id, title in rows if id.isdecimal() and id not in removed]


def _relations(post: QueryDict) -> list[dict[str, Any]]:
    kinds, targets, texts = (post.getlist(f"relation_{part}") for part in ("kind", "target", "text"))
    return [
        {"kind": kind, "target": int(target) if target.isdecimal() else None, "text": text}
        for kind, target, text in zip(kinds, targets, texts, strict=False)
        if kind in RelationKind.values and (target.isdecimal() or text.strip())
    ]


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if timezone.is_aware(value) else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return " ".join(str(v) for v in value)
    return str(value or "")


def _choices(name: str, agency: Agency, value: Any) -> Iterable[Choice]:
    lists: dict[str, Any] = {
        "kind": Kind,
        "mode": Mode,
        "term": Term,
        "retention": Retention,
        "interpretation_form": InterpretationForm,
    }
    if name in lists:
        if name == "interpretation_form":
            yield Choice("", "—", not value)
        yield from (Choice(v, str(label), v == value) for v, label in lists[name].choices)
    elif name == "genre":
        yield Choice("", "—", not value)
        yield from (Choice(g.id, said(g), g.id == value) for g in catalogue.genres())
    elif name == "theme":
        yield from _themes(value)
    elif name == "categories":
        yield from _categories(agency, value or [])
    elif name in _AGENCIES:
        yield from _near(agency, set(value or []))


def _near(agency: Agency, chosen: set[int]) -> Iterable[Choice]:
    """The agencies that were chosen and those around the own one; the script finds all others by name."""
    around = Q(parent=agency.parent_id, parent__isnull=False) | Q(parent=agency.pk) | Q(pk=agency.parent_id)
    near = existing().filter(around).exclude(pk=agency.pk).values_list("pk", flat=True)[:NEAR]
    found = Agency.objects.filter(pk__in=[*near, *chosen]).only("pk", "name", "order", "code")
    yield from (Choice(str(a.pk), a.name, a.pk in chosen) for a in found)


def _themes(value: Any) -> Iterable[Choice]:
    yield Choice("", "—", not value)
    for theme in catalogue.themes():
        yield Choice(theme.id, said(theme), theme.id == value, said(theme))
        yield from (Choice(c.id, said(c), c.id == value, said(theme)) for c in theme.children)


def _categories(agency: Agency, value: list[str]) -> Iterable[Choice]:
    scopes = {catalogue.Scope.ALL}
    scopes.add(catalogue.Scope.TOWNSHIP if agency.level == Level.TOWN else catalogue.Scope.CITY_COUNTY)
    for category in catalogue.statutory_categories():
        if category.scope in scopes or category.id in value:
            yield Choice(category.id, said(category), category.id in value)


def said(entry: catalogue.Entry) -> str:
    """The label of an entry of an official list in the reader's language."""
    return entry.label_en if (get_language() or "").startswith("en") else entry.label
