"""The article of a web page among menus, links and footers: what surrounds it is dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from gongkai.annual.extract.webpage.grids import SILENT
from gongkai.annual.extract.webpage.parsing import words

_CONTAINERS = words(
    "body div section article main table tbody tr td th ul ol dl form fieldset center header footer aside nav"
)
_CHAPTER = re.compile(r"^\s*[一二三四五六七八九十]{1,2}\s*[、.．]|第二十条")
_KEPT_BEFORE = re.compile(
    r"年度?报告|年报|(?:发布|公开|生成|成文|更新)(?:日期|时间)|(?:日期|时间|来源)\s*[:：]|索引号|文号|信息来源|20\d\d\s*[-年/.]"
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|topnav|footer|foot|copyright|crumbs?|breadcrumbs?|share|bdsharebuttonbox|sidebar|"
    r"toolbar|login|search|friendlinks?|links?|pagination|pager|qrcode|ewm|banner)(?:$|[\s_-]|\d)",
    re.I,
)
_LEGAL = re.compile(r"ICP备|公网安备|网站标识码|版权所有|Copyright", re.I)
_LINKED = 0.5
"""Share of linked text from which a block with several links is a menu."""
_MIN_LINKS = 3
_SMALL = 0.15
"""Share of the page's text that may be dropped beside the article."""
_MAX_LINE = 120
_LONGEST_NOTICE = 400
_LOOKED_THROUGH = 1_000_000
"""So many characters are searched for notices as a whole; what is left is searched piece by piece."""


@dataclass(slots=True)
class Weight:
    """What an element holds."""

    node: LexborNode
    tag: str
    text: int = 0
    linked: int = 0
    links: int = 0
    figures: int = 0
    chapters: int = 0
    """Lines that look like the report itself: chapter headings, items of article 20."""
    inner: list[Weight] = field(default_factory=list)

    @property
    def free(self) -> int:
        """Characters that are not in links."""
        return self.text - self.linked

    @property
    def is_menu(self) -> bool:
        """Whether most of it is links."""
        return self.links >= _MIN_LINKS and self.linked >= _LINKED * self.text and not self.chapters


def furniture(body: LexborNode) -> frozenset[int]:
    """Ids of the elements of a page that are not part of the article."""
    page = _weigh(body)
    if page.links < _MIN_LINKS:
        return frozenset()
    dropped: set[int] = set()
    _drop_menus(page, dropped)
    _narrow(page, dropped)
    return frozenset(dropped)


def _weigh(body: LexborNode) -> Weight:
    """The weights of the page's containers, each with those inside it."""
    root = Weight(body, "body")
    stack: list[tuple[LexborNode | None, Weight, bool]] = [(body.child, root, False)]
    parents: list[Weight] = [root]
    while stack:
        node, weight, linked = stack.pop()
        if node is None:
            inner = parents.pop()
            if parents:
                _add(inner, parents[-1])
            continue
        following = node.next
        if following is not None:
            stack.append((following, weight, linked))
        tag = node.tag or ""
        if tag == "-text":
            _count(weight, node.text_content or "", linked)
            continue
        child = node.child
        if tag in SILENT or child is None:
            continue
        if tag in _CONTAINERS:
            inner = Weight(node, tag)
            parents.append(inner)
            stack.append((None, inner, linked))
            stack.append((child, inner, linked))
            continue
        weight.links += tag == "a"
        stack.append((child, weight, linked or tag == "a"))
    return root


def _count(weight: Weight, text: str, linked: bool) -> None:
    text = text.strip()
    if not text:
        return
    weight.text += len(text)
    if linked:
        weight.linked += len(text)
        return
    weight.figures += text.isdigit()
    weight.chapters += bool(_CHAPTER.match(text))


def _add(inner: Weight, outer: Weight) -> None:
    if not inner.text:
        return
    outer.inner.append(inner)
    outer.text += inner.text
    outer.linked += inner.linked
    outer.links += inner.links
    outer.figures += inner.figures
    outer.chapters += inner.chapters


def _drop_menus(page: Weight, dropped: set[int]) -> None:
    pending = [(weight, True) for weight in page.inner]
    left = _LOOKED_THROUGH
    while pending:
        weight, legal = pending.pop()
        if legal and weight.text >= _LONGEST_NOTICE and left > 0:
            # Where the words of a notice are not in an element, they are in none of those inside it.
            text = weight.node.text(deep=True)
            left -= len(text)
            legal = _LEGAL.search(text) is not None
        small = not weight.chapters and weight.free <= _SMALL * page.free
        if weight.is_menu or (small and (_is_named_furniture(weight) or (legal and _is_legal_notice(weight)))):
            dropped.add(weight.node.mem_id)
        else:
            pending.extend([(inner, legal) for inner in weight.inner])


def _is_named_furniture(weight: Weight) -> bool:
    if weight.tag in ("footer", "aside", "nav"):
        return True
    attributes = weight.node.attrs
    return bool(_FURNITURE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"))


def _is_legal_notice(weight: Weight) -> bool:
    return weight.text < _LONGEST_NOTICE and bool(_LEGAL.search(weight.node.text(deep=True)))


def _narrow(page: Weight, dropped: set[int]) -> None:
    """Goes down to the article as long as what lies beside it may be dropped; its title and dates above it stay."""
    weight = page
    while True:
        inner = [w for w in weight.inner if w.node.mem_id not in dropped]
        if not inner:
            return
        best = max(inner, key=_score)
        beside = [w for w in inner if w is not best]
        if _score(best) < (1 - _SMALL) * _score(weight) or any(w.chapters or w.figures > 2 for w in beside):
            return
        before = True
        for other in inner:
            if other is best:
                before = False
            elif before:
                _keep_titles(other, dropped)
            else:
                dropped.add(other.node.mem_id)
        weight = best


def _score(weight: Weight) -> int:
    return weight.free + 3 * weight.figures + 20 * weight.chapters


def _keep_titles(weight: Weight, dropped: set[int]) -> None:
    pending = [weight]
    while pending:
        found = pending.pop()
        if found.inner:
            pending.extend(found.inner)
        elif found.text > _MAX_LINE * 3 or not _KEPT_BEFORE.search(found.node.text(deep=True)):
            dropped.add(found.node.mem_id)
