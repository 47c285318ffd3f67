"""Understands rows: checks them by the rules of the editor, cleans, scans and fingerprints; needs no database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.law import index_number
from gongkai.publishing.checking import BODY_LIMIT, NEVER, checked
from gongkai.publishing.fingerprint import same_text
from gongkai.publishing.importing import values
from gongkai.publishing.importing.likeness import plain, sketch
from gongkai.publishing.importing.mapping import Mapping
from gongkai.publishing.importing.model import Candidate, Fault, SourceRow, Unreadable
from gongkai.publishing.models import Kind, RelationKind
from gongkai.text.scan import scan_html, scan_text

_PLAIN = (
    "title",
    "summary",
    "audience",
    "subject_words",
    "document_number",
    "legal_basis",
    "source",
    "series",
    "claim",
)
_LABELLED = ("kind", "genre", "theme", "mode", "term", "retention")
_DAYS = ("made_on", "effective_on", "expires_on")
_REMEDIES = {
    "title": gettext_lazy("请填写标题，最多300字；超长的部分可以移到正文。"),
    "body": gettext_lazy("请补充正文，或者给出附件的路径。"),
    "document_number": gettext_lazy("请写成“机关代字〔年份〕序号号”，如云政发〔2024〕12号；没有发文字号的留空。"),
}


@dataclass(frozen=True)
class Options:
    """What holds for all rows of an import."""

    mapping: Mapping
    kind: str = ""
    levels: dict[str, str] = field(default_factory=dict)
    now: datetime = field(default_factory=timezone.now)


def convert(rows: Sequence[SourceRow], options: Options) -> list[Candidate]:
    """Understands rows; each result holds either a publication or the faults that reject the row."""
    return [_one(row, options) for row in rows]


def _one(row: SourceRow, options: Options) -> Candidate:
    given = {name: _clean(value) for name, value in options.mapping.read(row).items()}
    title = " ".join(unescape(str(given.get("title") or "")).split())
    candidate = Candidate(row.number, title[:200] or str(given.get("external_id") or "")[:200])
    candidate.remarks += row.remarks
    if row.fault:
        candidate.faults.append(Fault("", row.fault))
        return candidate
    try:
        _content(candidate, given | {"title": title}, options)
        _life(candidate, given, options)
        _files(candidate, given, row)
        _whole(candidate)
    except (ValueError, TypeError, RecursionError) as error:
        candidate.faults.append(Fault("", _("这一行不能读取：%(error)s。") % {"error": str(error)[:200]}))
    if not candidate.faults:
        _look(candidate, options)
    return candidate


def _clean(value: Any) -> Any:
    """A value without characters that no field holds: controls, halves of characters, turned directions."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else NEVER.sub("", value)
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value


def _content(candidate: Candidate, given: dict[str, Any], options: Options) -> None:
    content: dict[str, Any] = {name: given[name] for name in _PLAIN if given.get(name)}
    for name in ("subject_words", "audience"):
        if name in content:
            content[name] = [w[:20] for w in values.several(content[name])][:20]
    if options.kind:
        given = given | {"kind": options.kind}
    for name in _LABELLED:
        _take(candidate, content, name, values.labelled(name, given.get(name)))
    for name in _DAYS:
        _take(candidate, content, name, values.day(given.get(name), name))
    for name in ("mode", "term", "retention"):
        content.setdefault(name, {"mode": "proactive", "term": "permanent", "retention": "30"}[name])
    content.setdefault("kind", str(Kind.OTHER))
    _categories(candidate, content, given)
    if names := values.several(given.get("relations")):
        content["relations"] = [{"kind": str(RelationKind.IMPLEMENTS), "target": None, "text": n[:300]} for n in names]
    relations = content.pop("relations", [])
    body = str(given.get("body") or "")
    if len(body) > BODY_LIMIT:
        candidate.faults.append(Fault("body", _("正文过长。"), _("请把篇幅大的内容作为附件。")))
        return
    try:
        candidate.content = checked(_NO_AGENCY, content) | {"relations": relations}
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            candidate.faults += [Fault(name, str(m), str(_REMEDIES.get(name, ""))) for m in messages]
        return
    candidate.content["body"] = values.body_html(body)


def _take(candidate: Candidate, content: dict[str, Any], name: str, value: Any) -> None:
    if isinstance(value, Fault):
        candidate.faults.append(value)
    elif value:
        content[name] = value


def _categories(candidate: Candidate, content: dict[str, Any], given: dict[str, Any]) -> None:
    named = given.get("categories")
    # A label may itself hold the signs that part several.
    whole = values.labelled("categories", named) if isinstance(named, str) else Fault("categories", "")
    found = (
        [whole]
        if isinstance(whole, str) and whole
        else [values.labelled("categories", c) for c in values.several(named)]
    )
    for one in found:
        if isinstance(one, Fault):
            candidate.faults.append(one)
    content["categories"] = [c for c in found if isinstance(c, str) and c]
    if not content["categories"]:
        content["categories"] = [values.CATEGORY_OF.get(content["kind"], "other_legal")]
    content.setdefault("theme", "T22")


def _life(candidate: Candidate, given: dict[str, Any], options: Options) -> None:
    made = candidate.content.get("made_on")
    out = values.moment(given.get("published_at") or (made and str(made)), "published_at")
    if isinstance(out, Fault):
        candidate.faults.append(out)
    elif out is None:
        candidate.faults.append(Fault("published_at", _("没有发布日期，也没有成文日期。"), _("请补充其中一项。")))
    elif out > options.now:
        words = _("发布日期%(date)s在今天之后。") % {"date": f"{out:%Y-%m-%d}"}
        candidate.faults.append(Fault("published_at", words, _("请核对年份；尚未发布的信息请在工作台起草。")))
    else:
        candidate.published_at = out
        if not made:
            candidate.content["made_on"] = timezone.localdate(out)
    candidate.agency = str(given.get("agency") or "").strip()
    candidate.joint = tuple(values.several(given.get("joint")))
    candidate.external_id = str(given.get("external_id") or "").strip()[:200]
    validity = values.labelled("validity", given.get("validity"))
    if isinstance(validity, Fault):
        candidate.faults.append(validity)
    elif validity in ("lapsed", "repealed", "amended"):
        candidate.declared_validity = validity
        candidate.ended_on = candidate.content.get("expires_on") if validity != "amended" else None
    number = str(given.get("index_number") or "").strip()
    if number:
        try:
            candidate.index_number = str(index_number.parse(number))
        except index_number.BadIndexNumber:
            words = _("索引号“%(number)s”格式不符，已重新编号。") % {"number": number[:40]}
            candidate.remarks.append(Fault("index_number", words))


def _files(candidate: Candidate, given: dict[str, Any], row: SourceRow) -> None:
    found = list(row.files)
    for name in values.several(given.get("files")):
        if "://" in name or name.startswith("//"):
            words = _("附件“%(name)s”在网上，没有下载。") % {"name": name[:80]}
            candidate.remarks.append(Fault("files", words, _("请先下载到本地再导入，或者在工作台补上。")))
            continue
        name = name.replace("\\", "/")
        found.append((str(Path(row.folder, name)), Path(name).stem))
    if not found:
        return
    base = Path(row.folder).resolve()
    for path, title in found:
        target = Path(path).resolve()
        if not target.is_file():
            words = _("附件“%(name)s”不存在。") % {"name": Path(path).name}
            candidate.faults.append(Fault("files", words, _("请把文件放到来源所在的文件夹，或者改正路径。")))
        elif row.folder and not target.is_relative_to(base) and (path, title) not in row.files:
            words = _("附件“%(name)s”不在来源所在的文件夹里。") % {"name": Path(path).name}
            candidate.faults.append(Fault("files", words, _("请把文件移到该文件夹里。")))
    candidate.files = tuple(found)


def _whole(candidate: Candidate) -> None:
    """What the editor asks before a draft goes on, as far as it can be asked of something that was public already."""
    content = candidate.content
    if candidate.faults:
        return
    if not content.get("title"):
        candidate.faults.append(Fault("title", _("没有标题。"), str(_REMEDIES["title"])))
    if not content.get("body") and not candidate.files:
        candidate.faults.append(Fault("body", _("没有正文，也没有附件。"), str(_REMEDIES["body"])))
    if content["kind"] == Kind.CLARIFICATION and not content.get("claim"):
        candidate.faults.append(Fault("claim", _("澄清说明没有写明流传的说法。"), _("请补充“流传的说法”一列。")))
    if content["kind"] in (Kind.NORMATIVE, Kind.REGULATION) and not content.get("document_number"):
        candidate.remarks.append(Fault("document_number", _("规章和规范性文件没有发文字号。"), _("请核对后补充。")))


def _look(candidate: Candidate, options: Options) -> None:
    """Scans the words, and takes their fingerprints."""
    content = candidate.content
    hits = [*scan_text(content["title"], where="title", levels=options.levels)]
    hits += _scanned(content["body"], options)
    candidate.hits = [_stored(hit) for hit in hits]
    candidate.same = same_text(content["title"], content["body"])
    candidate.likeness = sketch(plain(content["body"]))


def check(options: Options) -> None:
    """Raises Unreadable where the mapping gives a value that no field takes, before any row is read."""
    mapping = options.mapping
    for name in (*_LABELLED, "categories", "validity"):
        given = [("defaults", v) for v in values.several(mapping.defaults.get(name))]
        for part, value in [*given, *(("values", v) for v in mapping.values.get(name, {}).values() if v)]:
            found = values.labelled(name, value)
            if isinstance(found, Fault):
                words = _("对照文件的 %(part)s.%(field)s：%(fault)s")
                raise Unreadable(words % {"part": part, "field": name, "fault": found})
    for name in (*_DAYS, "published_at"):
        found_day = values.moment(mapping.defaults.get(name), name)
        if isinstance(found_day, Fault):
            raise Unreadable(_("对照文件的 defaults.%(field)s：%(fault)s") % {"field": name, "fault": found_day})


_NO_AGENCY: Any = None
_MORE = ("<a", "<img", "hidden", "display", "color", "font-size")
"""Where none of these stands, a page has nothing to scan but its words."""
_TAGS = re.compile(r"<[^<>]*>")


def _scanned(body: str, options: Options) -> tuple[Any, ...]:
    """What the scan finds in a body; one in whose bare words nothing is found need not be read as a page."""
    lowered = body.lower()
    words_only = not any(sign in lowered for sign in _MORE)
    if words_only and not scan_text(unescape(_TAGS.sub("\n", body)), levels=options.levels):
        return ()
    return tuple(scan_html(body, where="body", levels=options.levels))


def _stored(hit: Any) -> dict[str, Any]:
    names = ("rule", "where", "start", "end", "message", "message_en", "remedy", "remedy_en", "fingerprint")
    return {n: getattr(hit, n) for n in names} | {
        "level": str(hit.level), "excerpt": hit.excerpt_masked, "place": hit.where,
    }  # fmt: skip


__all__ = ["Options", "check", "convert"]
