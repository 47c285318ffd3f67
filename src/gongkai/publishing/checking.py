"""Checks the content of a publication: each value by itself when a draft is saved, the whole before it goes on."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import descendants
from gongkai.files.checks import PICTURES
from gongkai.files.models import Attachment
from gongkai.law import catalogue, document_number
from gongkai.publishing.fingerprint import pictures_in
from gongkai.publishing.models import (
    CONTENT_FIELDS,
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
MOST_ENTRIES = 200
"""Entries of a list, such as files or relations."""
YEARS = range(1949, 2201)
"""Years that a date may lie in."""

NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Characters that no field holds: controls, halves of characters, and marks that turn the direction of the words."""

log = logging.getLogger(__name__)


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
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
            problems[name] = _("这一项的格式不对。请重新填写。")
            log.info("%s was given as %s: %r", name, type(value).__name__, error)
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
    together = _together({name: getattr(p, name) for name in CONTENT_FIELDS})
    if p.expire_at and p.expire_at <= timezone.now():
        together["expire_at"] = _("撤下时间已经过去。请修改或者清空。")
    return together | {name: words for name, (there, words) in asked.items() if not there}


def _together(content: Mapping[str, Any]) -> dict[str, str]:
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
        text = _plain(value)
        text = " ".join(text.split()) if limit <= 600 else text.strip()
        if len(text) > limit:
            raise ValidationError(_("最多%(limit)d字，现有%(now)d字。") % {"limit": limit, "now": len(text)})
        return text

    return rule


def _plain(value: Any) -> str:
    """A value that should be words, without characters that no field holds; TypeError for a list or the like."""
    if value is None:
        return ""
    if not isinstance(value, (str, int, float)):
        raise TypeError("not words")
    return NEVER.sub("", str(value))


def _list(value: Any) -> Sequence[Any]:
    """A value that should be a list; TypeError for anything else, ValidationError for one that is far too long."""
    if value is not None and not isinstance(value, (list, tuple, set, frozenset)):
        raise TypeError("not a list")
    if len(value or ()) > MOST_ENTRIES:
        raise ValidationError(_("最多%(limit)d项。") % {"limit": MOST_ENTRIES})
    return list(value or ())


def _body(value: Any, agency: Agency) -> str:
    html = _plain(value)
    if len(html) > BODY_LIMIT:
        raise ValidationError(_("正文过长。请把篇幅大的内容作为附件上传。"))
    body = compute(clean(html).html).html
    if shown := set(pictures_in(body)):
        mine = Attachment.objects.filter(pk__in=shown, type__in=PICTURES, agency__in=_line_of(agency))
        if shown - set(mine.values_list("pk", flat=True)):
            raise ValidationError(_("正文中有图片不存在或者不属于本机关。请删除这张图片，重新插入。"))
    return body


def _choice(choices: Any, empty: bool = True) -> Callable[[Any, Agency], str]:
    allowed = frozenset(choices.values)

    def rule(value: Any, agency: Agency) -> str:
        if not value and empty:
            return ""
        if value not in allowed:
            raise ValidationError(_("“%(value)s”不是可选的值。") % {"value": value})
        return str(value)

    return rule


def _entry(ids: Callable[[], Collection[str]]) -> Callable[[Any, Agency], str]:
    def rule(value: Any, agency: Agency) -> str:
        id = _plain(value)
        if id and id not in ids():
            raise ValidationError(_("“%(value)s”不在官方列表中。") % {"value": id[:40]})
        return id

    return rule


def _entries(ids: Callable[[], Collection[str]]) -> Callable[[Any, Agency], list[str]]:
    one = _entry(ids)

    def rule(value: Any, agency: Agency) -> list[str]:
        return list(dict.fromkeys(one(v, agency) for v in _list(value) if v))

    return rule


def _words(limit: int) -> Callable[[Any, Agency], list[str]]:
    def rule(value: Any, agency: Agency) -> list[str]:
        words = (
            value.replace("；", " ").replace(";", " ").replace("，", " ").split() if isinstance(value, str) else value
        )
        plain = (" ".join(_plain(w).split()) for w in _list(words))
        clean_words = list(dict.fromkeys(w for w in plain if w))
        if len(clean_words) > 20 or any(len(w) > limit for w in clean_words):
            raise ValidationError(_("最多20个词，每个词最多%(limit)d字。") % {"limit": limit})
        return clean_words

    return rule


def _date(value: Any, agency: Agency) -> date | None:
    if not value:
        return None
    try:
        plain = isinstance(value, date) and not isinstance(value, datetime)
        day = value if plain else parse_date(str(value))
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise ValidationError(_("请按“2026-01-31”的格式填写日期。"))
    return day


def _moment(value: Any, agency: Agency) -> datetime | None:
    if not value:
        return None
    try:
        moment = value if isinstance(value, datetime) else parse_datetime(str(value))
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        raise ValidationError(_("请按“2026-01-31 09:00”的格式填写时间。"))
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _number(value: Any, agency: Agency) -> str:
    text = _plain(value).strip()
    if not text:
        return ""
    if len(text) > 80:
        raise ValidationError(_("最多%(limit)d字，现有%(now)d字。") % {"limit": 80, "now": len(text)})
    try:
        return document_number.parse(text).canonical[:80]
    except document_number.NotADocumentNumber:
        words = [p.message for p in document_number.problems(text)]
        raise ValidationError(words or [_("无法识别发文字号。")]) from None


def _agencies(value: Any, agency: Agency) -> list[int]:
    ids = list(dict.fromkeys(_id(v) for v in _list(value)))
    found = set(Agency.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if set(ids) - found:
        raise ValidationError(_("所选机关不存在。请重新选择。"))
    return [id for id in ids if id != agency.pk]


def _id(value: Any) -> int:
    """A number that may be the id of a row; ValueError for any other."""
    id = int(value)
    if isinstance(value, (bool, float)) or not 0 < id < 2**63:
        raise ValueError("not an id")
    return id


def _files(value: Any, agency: Agency) -> list[dict[str, Any]]:
    rows = []
    given = _list(value)
    there = Attachment.objects.in_bulk([_id(v["attachment"]) for v in given])
    line = _line_of(agency) if there else set()
    for v in given:
        attachment = there.get(_id(v["attachment"]))
        if attachment is None or attachment.agency_id not in line:
            words = _("附件“%(title)s”不存在或者不属于本机关。请重新上传。")
            raise ValidationError(words % {"title": _plain(v.get("title"))[:60]})
        title = " ".join(_plain(v.get("title") or attachment.name).split())[:255]
        rows.append({"attachment": attachment.pk, "title": title})
    return list({r["attachment"]: r for r in rows}.values())


CHANGING = (RelationKind.AMENDS, RelationKind.REPEALS, RelationKind.REPLACES)
"""What an agency may do to its own documents and to those of bodies below it only."""


def _relations(value: Any, agency: Agency) -> list[dict[str, Any]]:
    rows = []
    given = _list(value)
    known = Q(state__in=(State.PUBLISHED, State.WITHDRAWN)) | Q(agency=agency)
    there = (
        Publication.objects.filter(known)
        .only("agency", "title")
        .in_bulk([_id(v["target"]) for v in given if v.get("target")])
    )
    for v in given:
        id, text = _id(v["target"]) if v.get("target") else None, " ".join(_plain(v.get("text")).split())[:300]
        if v.get("kind") not in RelationKind.values:
            raise ValidationError(_("请选择与相关文件的关系。"))
        if id and id not in there:
            raise ValidationError(_("所选的相关文件不存在。请重新选择。"))
        if not id and not text:
            raise ValidationError(_("请选择相关文件，或者写出它的名称。"))
        if id and v["kind"] in CHANGING and not _reaches(agency, there[id].agency_id):
            words = _("“%(title)s”不是本机关或者下级机关的文件，不能由本机关修改、废止或者替代。")
            raise ValidationError(words % {"title": there[id].title[:60]})
        rows.append({"kind": v["kind"], "target": id, "text": text})
    return list({(r["kind"], r["target"] or r["text"]): r for r in rows}.values())


def _reaches(agency: Agency, other: int) -> bool:
    """Whether an agency may change the documents of another: its own, of those below it, of those that it succeeds."""
    succeeded = _line_of(agency)
    return other in succeeded or other in descendants(succeeded)


def _line_of(agency: Agency) -> set[int]:
    """The agency and those whose functions it goes on with."""
    found = {agency.pk}
    level = {agency.pk}
    while level:
        level = set(Agency.objects.filter(successor__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found


def _address(value: Any, agency: Agency) -> str:
    text = _plain(value).strip()
    if text and (urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).netloc or len(text) > 200):
        raise ValidationError(_("请填写以 https:// 开头的完整地址。"))
    return text


@cache
def _category_ids() -> frozenset[str]:
    return frozenset(c.id for c in catalogue.statutory_categories())


@cache
def _theme_ids() -> frozenset[str]:
    return frozenset(id for t in catalogue.themes() for id in (t.id, *(c.id for c in t.children)))


@cache
def _genre_ids() -> frozenset[str]:
    return frozenset(g.id for g in catalogue.genres())


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
