"""Checks the content of a publication: each value by itself when a draft is saved, the whole before it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.files.models import Attachment
from gongkai.law import catalogue, document_number
from gongkai.publishing.models import (
    CONTENT_FIELDS,
    POLICY_KINDS,
    InterpretationForm,
    Kind,
    Mode,
    Publication,
    RelationKind,
    Retention,
    State,
    Term,
)
from gongkai.text.rich import clean, compute

BODY_LIMIT = 2_000_000
"""Characters of HTML; a longer text belongs into an attachment."""


def checked(agency: Agency, content: dict[str, Any]) -> dict[str, Any]:
    """The content as it is stored: trimmed, cleaned, in the right types.

    Raises ValidationError with a message for each field that cannot be, TypeError for a name that is no content field.
    An empty value is always taken: what must be there is asked by `missing`.
    """
    unknown = set(content) - set(CONTENT_FIELDS)
    if unknown:
        raise TypeError(f"not part of a publication's content: {', '.join(sorted(unknown))}")
    good: dict[str, Any] = {}
    problems: dict[str, Any] = {}
    for name, value in content.items():
        try:
            good[name] = _RULES[name](value, agency)
        except ValidationError as error:
            problems[name] = error.messages
    problems |= {name: words for name, words in _together(good).items() if name not in problems}
    if problems:
        raise ValidationError(problems)
    return good


def missing(publication: Publication) -> dict[str, str]:
    """What keeps a draft from going on, by field; nothing where it is complete."""
    p = publication
    asked: dict[str, tuple[bool, str]] = {
        "title": (bool(p.title), _("请填写标题。")),
        "body": (bool(p.body.strip() or p.files or p.video_url), _("请填写正文，或者添加附件。")),
        "categories": (bool(p.categories), _("请选择至少一项法定公开内容。")),
        "theme": (bool(p.theme), _("请选择主题分类。")),
        "made_on": (p.made_on is not None, _("请填写成文日期，公开期限从这一天起算。")),
        "document_number": (
            p.kind not in (Kind.NORMATIVE, Kind.REGULATION) or bool(p.document_number),
            _("规章和规范性文件须填写发文字号。"),
        ),
        "effective_on": (
            p.kind not in (Kind.NORMATIVE, Kind.REGULATION) or p.effective_on is not None,
            _("规章和规范性文件须填写施行日期。"),
        ),
        "legal_basis": (
            p.mode == Mode.PROACTIVE or bool(p.legal_basis),
            _("不主动公开的，请写明依据的条款。"),
        ),
        "relations": (
            p.kind != Kind.INTERPRETATION or any(r["kind"] == RelationKind.INTERPRETS for r in p.relations),
            _("请选择所解读的文件。"),
        ),
        "interpretation_form": (
            p.kind != Kind.INTERPRETATION or bool(p.interpretation_form),
            _("请选择解读形式。"),
        ),
        "claim": (p.kind != Kind.CLARIFICATION or bool(p.claim), _("请写明流传的说法。")),
        "correction_note": (
            p.state != State.PUBLISHED or bool(p.correction_note),
            _("本信息已经发布。请写明更正了什么，读者会看到这句话。"),
        ),
    }
    return {name: words for name, (there, words) in asked.items() if not there}


def _together(content: dict[str, Any]) -> dict[str, str]:
    """What is wrong between values that are each right."""
    problems = {}
    made, effective, expires = (content.get(n) for n in ("made_on", "effective_on", "expires_on"))
    if effective and expires and expires <= effective:
        problems["expires_on"] = _("有效期截止日期应晚于施行日期。")
    elif made and expires and expires <= made:
        problems["expires_on"] = _("有效期截止日期应晚于成文日期。")
    if made and made > timezone.localdate():
        problems["made_on"] = _("成文日期在今天之后。请核对年份。")
    start, end = content.get("go_live_at"), content.get("expire_at")
    if start and end and end <= start:
        problems["expire_at"] = _("撤下时间应晚于发布时间。")
    return problems


def _text(limit: int) -> Callable[[Any, Agency], str]:
    def rule(value: Any, agency: Agency) -> str:
        text = " ".join(str(value or "").split()) if limit <= 600 else str(value or "").strip()
        text = text.replace("\x00", "")
        if len(text) > limit:
            raise ValidationError(_("最多%(limit)d字，现有%(now)d字。") % {"limit": limit, "now": len(text)})
        return text

    return rule


def _body(value: Any, agency: Agency) -> str:
    html = str(value or "")
    if len(html) > BODY_LIMIT:
        raise ValidationError(_("正文过长。请把篇幅大的内容作为附件上传。"))
    return compute(clean(html).html).html


def _choice(choices: Any, empty: bool = True) -> Callable[[Any, Agency], str]:
    def rule(value: Any, agency: Agency) -> str:
        if not value and empty:
            return ""
        if value not in choices.values:
            raise ValidationError(_("“%(value)s”不是可选的值。") % {"value": value})
        return str(value)

    return rule


def _entry(ids: Callable[[], Iterable[str]]) -> Callable[[Any, Agency], str]:
    def rule(value: Any, agency: Agency) -> str:
        if value and value not in set(ids()):
            raise ValidationError(_("“%(value)s”不在官方列表中。") % {"value": value})
        return str(value or "")

    return rule


def _entries(ids: Callable[[], Iterable[str]]) -> Callable[[Any, Agency], list[str]]:
    one = _entry(ids)

    def rule(value: Any, agency: Agency) -> list[str]:
        return list(dict.fromkeys(one(v, agency) for v in value or [] if v))

    return rule


def _words(limit: int) -> Callable[[Any, Agency], list[str]]:
    def rule(value: Any, agency: Agency) -> list[str]:
        words = (
            value.replace("；", " ").replace(";", " ").replace("，", " ").split() if isinstance(value, str) else value
        )
        clean_words = list(dict.fromkeys(str(w).strip() for w in words or [] if str(w).strip()))
        if len(clean_words) > 20 or any(len(w) > limit for w in clean_words):
            raise ValidationError(_("最多20个词，每个词最多%(limit)d字。") % {"limit": limit})
        return clean_words

    return rule


def _date(value: Any, agency: Agency) -> date | None:
    if not value or (isinstance(value, date) and not isinstance(value, datetime)):
        return value or None
    try:
        day = parse_date(str(value))
    except ValueError:
        day = None
    if day is None or not 1949 <= day.year <= 2200:
        raise ValidationError(_("请按“2026-01-31”的格式填写日期。"))
    return day


def _moment(value: Any, agency: Agency) -> datetime | None:
    if not value or isinstance(value, datetime):
        return value or None
    try:
        moment = parse_datetime(str(value))
    except ValueError:
        moment = None
    if moment is None:
        raise ValidationError(_("请按“2026-01-31 09:00”的格式填写时间。"))
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _number(value: Any, agency: Agency) -> str:
    text = str(value or "").strip()
    if not text:
        return ""
    try:
        return document_number.parse(text).canonical
    except document_number.NotADocumentNumber:
        words = [p.message for p in document_number.problems(text)]
        raise ValidationError(words or [_("无法识别发文字号。")]) from None


def _agencies(value: Any, agency: Agency) -> list[int]:
    ids = list(dict.fromkeys(int(v) for v in value or []))
    found = set(Agency.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if set(ids) - found:
        raise ValidationError(_("所选机关不存在。请重新选择。"))
    return [id for id in ids if id != agency.pk]


def _files(value: Any, agency: Agency) -> list[dict[str, Any]]:
    rows = []
    there = Attachment.objects.in_bulk([int(v["attachment"]) for v in value or []])
    for v in value or []:
        attachment = there.get(int(v["attachment"]))
        if attachment is None or attachment.agency_id != agency.pk:
            raise ValidationError(
                _("附件“%(title)s”不存在或者不属于本机关。请重新上传。") % {"title": v.get("title", "")}
            )
        title = " ".join(str(v.get("title") or attachment.name).split())[:255]
        rows.append({"attachment": attachment.pk, "title": title})
    return list({r["attachment"]: r for r in rows}.values())


def _relations(value: Any, agency: Agency) -> list[dict[str, Any]]:
    rows = []
    targets = {int(v["target"]) for v in value or [] if v.get("target")}
    there = set(Publication.objects.filter(pk__in=targets).values_list("pk", flat=True))
    for v in value or []:
        target, text = v.get("target"), " ".join(str(v.get("text") or "").split())[:300]
        if v.get("kind") not in RelationKind.values:
            raise ValidationError(_("请选择与相关文件的关系。"))
        if target and int(target) not in there:
            raise ValidationError(_("所选的相关文件不存在。请重新选择。"))
        if not target and not text:
            raise ValidationError(_("请选择相关文件，或者写出它的名称。"))
        rows.append({"kind": v["kind"], "target": int(target) if target else None, "text": text})
    return rows


def _address(value: Any, agency: Agency) -> str:
    text = str(value or "").strip()
    if text and (urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).netloc or len(text) > 200):
        raise ValidationError(_("请填写以 https:// 开头的完整地址。"))
    return text


def _category_ids() -> Iterable[str]:
    return (c.id for c in catalogue.statutory_categories())


def _theme_ids() -> Iterable[str]:
    return (id for t in catalogue.themes() for id in (t.id, *(c.id for c in t.children)))


def _genre_ids() -> Iterable[str]:
    return (g.id for g in catalogue.genres())


_RULES: dict[str, Callable[[Any, Agency], Any]] = {
    "title": _text(300),
    "summary": _text(600),
    "body": _body,
    "kind": _choice(Kind, empty=False),
    "genre": _entry(_genre_ids),
    "theme": _entry(_theme_ids),
    "categories": _entries(_category_ids),
    "subject_words": _words(20),
    "audience": _words(30),
    "document_number": _number,
    "made_on": _date,
    "effective_on": _date,
    "expires_on": _date,
    "joint_agencies": _agencies,
    "touched_agencies": _agencies,
    "files": _files,
    "relations": _relations,
    "mode": _choice(Mode, empty=False),
    "legal_basis": _text(300),
    "term": _choice(Term, empty=False),
    "retention": _choice(Retention, empty=False),
    "source": _text(120),
    "series": _text(80),
    "interpretation_form": _choice(InterpretationForm),
    "video_url": _address,
    "claim": _text(5000),
    "claim_source": _text(200),
    "correction_note": _text(300),
    "go_live_at": _moment,
    "expire_at": _moment,
}


def is_policy(publication: Publication) -> bool:
    """Whether it belongs to the policy library."""
    return publication.kind in POLICY_KINDS
