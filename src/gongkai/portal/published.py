"""A publication as its page shows it: the official metadata table, the ribbon, what stands beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongkai.portal import labels, meta
from gongkai.portal.bodies import Body, bodies, forget
from gongkai.portal.labels import word as _
from gongkai.portal.listing import publication_url
from gongkai.publishing.models import Kind, RelationKind, Validity
from gongkai.publishing.queries import public
from gongkai.publishing.queries.publication_page import Linked, Page

_COLUMN_TYPES: dict[Any, str] = {
    Kind.REGULATION: "政策文件",
    Kind.NORMATIVE: "政策文件",
    Kind.POLICY: "政策文件",
    Kind.INTERPRETATION: "政策解读",
    Kind.NEWS: "工作动态",
    Kind.APPOINTMENT: "人事信息",
    Kind.RECRUITMENT: "人事信息",
    Kind.BUDGET: "财政信息",
    Kind.STATISTICS: "统计数据",
    Kind.LICENSING: "办事服务",
    Kind.AGENCY_INFO: "机构职能",
}
"""The 栏目类别 of each kind; what is not listed is 政府信息公开目录."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the metadata table."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Links beside the text under one heading."""

    title: str
    links: list[Linked]


def day(value: datetime | None) -> str:
    """A moment as the day on which it was here."""
    return f"{timezone.localtime(value):%Y-%m-%d}" if value else ""


def maker(page: Page) -> tuple[Body, str, Body | None]:
    """The agency of a publication, the name that it bore then, and its successor if it is abolished."""
    known = bodies()
    if page.agency_id not in known.by_id:
        forget()
        known = bodies()
    body = known.by_id[page.agency_id]
    at = page.made_on or (timezone.localtime(page.published_at).date() if page.published_at else None)
    return body, body.name_on(at), known.heir(body)


def joint_names(page: Page) -> list[str]:
    """The names of the agencies that issued it too; what is kept are their ids or, for those not here, names."""
    known = bodies().by_id
    return [known[one].name if isinstance(one, int) and one in known else str(one) for one in page.joint_agencies]


def table(page: Page) -> list[Cell]:
    """The official metadata, in its official order; what is empty is left out."""
    _ = labels.words()
    body, name, _heir = maker(page)
    theme = " \\ ".join(label for _id, label in labels.theme_path(page.theme))
    cells = [
        Cell(_("索引号"), page.index_number or ""),
        Cell(_("主题分类"), theme, f"/themes/{page.theme}/" if page.theme else ""),
        Cell(_("发布机构"), name, body.url),
        Cell(_("联合发文机关"), "、".join(joint_names(page))),
        Cell(_("发文字号"), page.document_number),
        Cell(_("成文日期"), f"{page.made_on:%Y-%m-%d}" if page.made_on else ""),
        Cell(_("发布日期"), day(page.published_at)),
        Cell(_("信息类型"), labels.kind(page.kind)),
        Cell(_("体裁分类"), labels.listed(page.genre)),
        Cell(_("主题词"), "；".join(map(str, page.subject_words))),
        Cell(_("服务对象"), "；".join(map(str, page.audience))),
        Cell(_("有效性"), labels.validity(page.validity)),
        Cell(_("施行日期"), f"{page.effective_on:%Y-%m-%d}" if page.effective_on else ""),
        Cell(_("有效期至"), f"{page.expires_on:%Y-%m-%d}" if page.expires_on else ""),
        Cell(_("失效或废止日期"), f"{page.ended_on:%Y-%m-%d}" if page.ended_on and page.is_ended else ""),
        Cell(_("公开属性"), labels.choice("mode", page.mode)),
        Cell(_("公开时限"), labels.choice("term", page.term)),
        Cell(_("公开依据"), page.legal_basis),
        Cell(_("解读形式"), labels.choice("form", page.interpretation_form)),
        Cell(_("信息来源"), page.source),
    ]
    return [cell for cell in cells if cell.value]


def categories(page: Page) -> list[tuple[str, str]]:
    """The statutory categories that it is filed under: addresses and labels."""
    return [(f"/categories/{id}/", labels.listed(id)) for id in page.categories]


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The line across a page that says a document is no longer, not yet, or differently in force."""

    level: str
    word: str
    text: str
    by: list[Linked]


def ribbon(page: Page) -> Ribbon | None:
    """What must be said above the text about its validity; None where it is simply in force."""
    if page.is_ended:
        by = [
            one for kind in (RelationKind.REPEALS, RelationKind.REPLACES) for one in page.related(kind, outgoing=False)
        ]
        if page.ended_by_id and all(one.id != page.ended_by_id for one in by):
            by = [*by, *_by_id(page.ended_by_id)]
        since = _("自 %(day)s 起") % {"day": f"{page.ended_on:%Y-%m-%d}"} if page.ended_on else ""
        return Ribbon("ended", labels.validity(page.validity), " ".join(filter(None, [since, page.ended_note])), by)
    if page.validity == Validity.AMENDED:
        return Ribbon("changed", labels.validity(page.validity), "", page.related(RelationKind.AMENDS, outgoing=False))
    if page.validity == Validity.NOT_YET:
        since = _("自 %(day)s 起施行") % {"day": f"{page.effective_on:%Y-%m-%d}"} if page.effective_on else ""
        return Ribbon("changed", labels.validity(page.validity), since, [])
    return None


def _by_id(id: int) -> list[Linked]:
    return [
        Linked(
            "repeals",
            False,
            line.id,
            line.title,
            line.document_number,
            line.published_at,
            line.validity,
            line.agency_id,
        )
        for line in public.lines_by_id([id])
    ]


_KINDS: tuple[Any, ...] = tuple(RelationKind.values)
_ORDER: tuple[tuple[Any, bool], ...] = (
    (RelationKind.INTERPRETS, False),
    (RelationKind.INTERPRETS, True),
    (RelationKind.CORRECTS, False),
    (RelationKind.CLARIFIES, False),
    *((kind, True) for kind in _KINDS if kind != RelationKind.INTERPRETS),
    *(
        (kind, False)
        for kind in _KINDS
        if kind not in (RelationKind.INTERPRETS, RelationKind.CORRECTS, RelationKind.CLARIFIES)
    ),
)
"""Explanations first, then corrections, then the rest in the order of the list."""


def beside(page: Page) -> list[Group]:
    """What stands beside the text: what explains it, what it does to others, what others did to it."""
    groups = []
    for kind, outgoing in _ORDER:
        found = page.related(kind, outgoing=outgoing)
        if found:
            title = _("政策解读") if kind == RelationKind.INTERPRETS and not outgoing else found[0].label
            groups.append(Group(title, found))
    return groups


# What its head says


def column(kind: str) -> meta.Column:
    """The column that publications of a kind stand in."""
    name = labels.kind(kind)
    description = _("%(name)s：本站公开的全部%(name)s") % {"name": name}
    return meta.Column(name, description, name, _COLUMN_TYPES.get(kind, "政府信息公开目录"))


def head(page: Page, path: str, name: str) -> Any:
    """The tags of a publication's page; `name` is the one that its agency bore then."""
    words = "，".join(map(str, page.subject_words))
    article = meta.Article(
        page.title, page.published_at, page.source or name, keywords=words, author=name, description=page.summary[:200]
    )
    feeds = [meta.Feed("application/json", path.rstrip("/") + ".json", _("机读数据"))]
    return meta.head(
        path, page.title, column=column(page.kind), article=article, feeds=feeds, data=structured(page, path, name)
    )


def structured(page: Page, path: str, name: str) -> dict[str, Any]:
    """The publication in the words of schema.org."""
    url = meta.absolute(path)
    publisher = {"@type": "GovernmentOrganization", "name": name}
    data: dict[str, Any] = {"@context": "https://schema.org", "@id": url, "url": url, "inLanguage": "zh-Hans"}
    data |= {"publisher": publisher, "datePublished": page.published_at.isoformat(), "identifier": page.index_number}
    data["dateModified"] = page.changed_at.isoformat()
    if page.subject_words:
        data["keywords"] = page.subject_words
    if page.is_policy:
        data |= {"@type": "Legislation", "name": page.title, "legislationPassedBy": publisher}
        data["legislationLegalForce"] = f"https://schema.org/{'NotInForce' if page.is_ended else 'InForce'}"
        if page.document_number:
            data["legislationIdentifier"] = page.document_number
        if page.made_on:
            data["legislationDate"] = page.made_on.isoformat()
    elif page.kind == Kind.STATISTICS:
        data |= {
            "@type": "Dataset",
            "name": page.title,
            "description": page.summary or page.title,
            "creator": publisher,
        }
        data["isAccessibleForFree"] = True
    else:
        type = "NewsArticle" if page.kind == Kind.NEWS else "Article"
        data |= {"@type": type, "headline": page.title[:110], "author": publisher}
    if page.files:
        data["encoding"] = [
            {"@type": "MediaObject", "name": f.title, "contentUrl": meta.absolute(f"/files/{f.id}/")}
            for f in page.files
        ]
    return data


def as_json(page: Page) -> dict[str, Any]:
    """The publication as a program reads it."""
    body, name, heir = maker(page)
    plain = {
        field: getattr(page, field)
        for field in (
            *("id", "title", "summary", "body", "kind", "genre", "theme", "categories", "subject_words", "audience"),
            *("document_number", "index_number", "mode", "legal_basis", "term", "source", "series", "validity"),
            *(
                "made_on",
                "effective_on",
                "expires_on",
                "ended_on",
                "ended_note",
                "published_at",
                "claim",
                "claim_source",
            ),
        )
    }
    return plain | {
        "url": meta.absolute(publication_url(page.id)),
        "agency": {"name": name, "slug": body.slug, "successor": heir.slug if heir else None},
        "joint_agencies": joint_names(page),
        "files": [
            {"title": f.title, "type": f.type, "size": f.size, "url": meta.absolute(f"/files/{f.id}/")}
            for f in page.files
        ],
        "relations": [
            {
                "kind": one.kind,
                "direction": "outgoing" if one.outgoing else "incoming",
                "title": one.title,
                "url": meta.absolute(publication_url(one.id)) if one.id else None,
            }
            for one in page.linked
        ],
        "corrections": [{"kind": note.kind, "text": note.text, "at": note.at} for note in page.notes],
    }
