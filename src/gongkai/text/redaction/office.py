"""Removes words from Word and PowerPoint files for real: from all parts, over runs, in notes and deleted text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.text.office_parts import local, parse_xml, read_parts, to_xml, write_parts
from gongkai.text.redaction.model import Redacted
from gongkai.text.redaction.needles import checked, contains, matches, spans
from gongkai.text.redaction.pdf_rewrite import blot
from gongkai.text.unreadable import FileUnreadable

_WORDS = frozenset(("t", "delText", "instrText", "delInstrText"))
_LINES = frozenset(("p", "si", "is", "text"))
"""What holds the pieces of one line: a paragraph; a text of a cell, shared or its own; a comment."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg", ".webp")
_FONTS = (".odttf", ".ttf", ".fntdata")


def redact_docx(data: bytes, needles: Sequence[str]) -> Redacted:
    """The .docx without the needles: in the text, headers, footers, notes, comments, text boxes, charts, tracked
    deletions, properties, alternatives of pictures, addresses of links. A run that held a part of one keeps the rest.

    Embedded office files are cleaned too, others searched: a needle that stays in one is in `unresolved`. Words inside
    pictures are not seen. Raises FileUnreadable, and ValueError for needles that are too short.
    """
    return _redact(data, needles, "word/document.xml")


def redact_pptx(data: bytes, needles: Sequence[str]) -> Redacted:
    """The .pptx without the needles: in slides, hidden ones too, their notes, comments, charts and properties.

    Otherwise like `redact_docx`.
    """
    return _redact(data, needles, "ppt/presentation.xml")


def _redact(data: bytes, needles: Sequence[str], first: str) -> Redacted:
    wanted = checked(needles)
    parts = read_parts(data)
    if first not in parts:
        raise FileUnreadable("unknown_type")
    work = Work(wanted)
    for name, content in parts.items():
        work.take(name, content)
    return work.redacted(write_parts(work.result))


@dataclass(slots=True)
class Work:
    """Goes through the parts of a zipped file and keeps what it found and changed."""

    needles: dict[str, str]
    counts: Counter[str] = field(default_factory=Counter)
    result: dict[str, bytes] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def take(self, name: str, content: bytes, before: Callable[[Any], bool] | None = None) -> None:
        """Adds a part without the needles; `before` changes its root first and says whether it did."""
        if name.startswith("docProps/thumbnail"):
            self.removed.append("缩略图")
            return
        root = _root(name, content)
        if root is not None:
            changed = before(root) if before else False
            changed |= _redact_part(root, self.needles, self.counts) | _without_thumbnail(root)
            self.result[name] = to_xml(root) if changed else content
            return
        self.result[name] = self._inside(name, content)
        if not name.lower().endswith(_PICTURES + _FONTS):
            self.unreadable.append(name)

    def _inside(self, name: str, content: bytes) -> bytes:
        """An embedded office file, such as the workbook behind a chart, cleaned too; any other as it is."""
        from gongkai.text.redaction import REMOVERS

        kind = name.rsplit(".", 1)[-1].lower()
        if "/embeddings/" not in name or kind not in REMOVERS or not any(_found(name, content, self.needles)):
            return content
        try:
            inner = REMOVERS[kind](content, list(self.needles))
        except FileUnreadable:
            return content
        self.counts.update(inner.counts)
        return inner.data

    def redacted(self, data: bytes, also_left: Sequence[str] = ()) -> Redacted:
        """What came of it; each part is read again for what may be left."""
        left = {needle for name, content in self.result.items() for needle in _found(name, content, self.needles)}
        left |= set(also_left)
        return Redacted(
            data,
            {needle: self.counts[needle] for needle in self.needles},
            tuple(needle for needle in self.needles if needle in left),
            tuple(self.unreadable),
            tuple(dict.fromkeys(self.removed)),
        )


def _root(name: str, content: bytes) -> Any | None:
    """The root of a part that is XML; None for any other, and for drawings of old versions that are none."""
    if name.endswith((".xml", ".rels")):
        return parse_xml(content)
    if name.endswith(".vml"):
        try:
            return parse_xml(content)
        except FileUnreadable:
            return None
    return None


def _redact_part(root: Any, needles: dict[str, str], counts: Counter[str]) -> bool:
    changed = False
    for group in groups(root):
        whole = [element.text or "" for element in group]
        for match in matches(whole, needles):
            counts[match.needle] += 1
        changed |= _redact_group(group, whole, needles)
    for element in root.iter():
        if not isinstance(element.tag, str):
            parent = element.getparent()
            if parent is not None and contains(element.text or "", needles):
                parent.remove(element)
                changed = True
            continue
        for name, value in element.attrib.items():
            blotted = blot(value, needles)
            if blotted is not None:
                counts.update(contains(value, needles))
                element.set(name, "about:blank" if name == "Target" else blotted)
                changed = True
    return changed


def groups(root: Any) -> list[list[Any]]:
    """The elements that hold text, in groups that are read as one: a paragraph, or an element by itself."""
    paragraphs: dict[Any, list[Any]] = {}
    single: list[list[Any]] = []
    for element in root.iter():
        name = local(element)
        if not name or (not (element.text or "").strip(" \n\r\t") and name not in _WORDS):
            continue
        holder = element
        while name in _WORDS and holder is not None and local(holder) not in _LINES:
            holder = holder.getparent()
        if name in _WORDS and holder is not None:
            paragraphs.setdefault(holder, []).append(element)
        else:
            single.append([element])
    return [*paragraphs.values(), *single]


def _redact_group(group: Sequence[Any], texts: Sequence[str], needles: dict[str, str]) -> bool:
    """Blocks in the place of every needle; a needle over several runs is blotted out in each."""
    found = spans("".join(texts), needles)
    position = 0
    for element, text in zip(group, texts, strict=True):
        parts, done = [], 0
        for start, end in found:
            first, last = max(start - position, 0), min(end - position, len(text))
            if first < last:
                parts += [text[done:first], "█" * (last - first)]
                done = last
        if done:
            element.text = "".join([*parts, text[done:]])
        position += len(text)
    return bool(found)


def _without_thumbnail(root: Any) -> bool:
    found = [item for item in root if isinstance(item.tag, str) and "thumbnail" in (item.get("Type") or "")]
    for item in found:
        root.remove(item)
    return bool(found)


def _found(name: str, content: bytes, needles: dict[str, str]) -> Iterator[str]:
    """The needles that a part still holds, read in another way than they were removed."""
    root = _root(name, content)
    if root is not None:
        yield from contains(" ".join(value for element in root.iter() for value in element.attrib.values()), needles)
        for element in root.iter():
            if not len(element) or local(element) in (*_LINES, "r"):
                yield from contains("".join(element.itertext()), needles)
    elif content.startswith(b"PK"):
        try:
            for inner, data in read_parts(content).items():
                yield from _found(inner, data, needles)
        except FileUnreadable:
            return
    for needle in needles:
        if any(needle.encode(kind) in content for kind in ("utf-8", "utf-16-le", "gb18030")):
            yield needle
