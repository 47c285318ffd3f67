"""Removes words from a Word file for real: from all its parts, over runs, in notes, properties and deleted text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.text.office_parts import local, parse_xml, read_parts, to_xml, write_parts
from gongkai.text.redaction.model import Redacted
from gongkai.text.redaction.needles import checked, contains, matches, spans
from gongkai.text.redaction.pdf_rewrite import blot
from gongkai.text.unreadable import FileUnreadable

_WORDS = frozenset(("t", "delText", "instrText", "delInstrText"))
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg", ".webp")
_FONTS = (".odttf", ".ttf", ".fntdata")


def redact_docx(data: bytes, needles: Sequence[str]) -> Redacted:
    """The .docx without the needles: in the text, headers, footers, notes, comments, text boxes, charts, tracked
    deletions, properties, alternatives of pictures, addresses of links. A run that held a part of one keeps the rest.

    Embedded files are searched, not changed: a needle in one of them is in `unresolved`. Words inside pictures are
    not seen. Raises FileUnreadable, and ValueError for needles that are too short.
    """
    wanted = checked(needles)
    parts = read_parts(data)
    if "word/document.xml" not in parts:
        raise FileUnreadable("unknown_type")
    counts: Counter[str] = Counter()
    removed: list[str] = []
    unreadable: list[str] = []
    result: dict[str, bytes] = {}
    for name, content in parts.items():
        if name.startswith("docProps/thumbnail"):
            removed.append("缩略图")
        elif name.endswith((".xml", ".rels", ".vml")):
            root = parse_xml(content)
            changed = _redact_part(root, wanted, counts) | _without_thumbnail(root)
            result[name] = to_xml(root) if changed else content
        else:
            result[name] = content
            if not name.lower().endswith(_PICTURES + _FONTS):
                unreadable.append(name)
    left = {needle for name, content in result.items() for needle in _found(name, content, wanted)}
    return Redacted(
        write_parts(result),
        {needle: counts[needle] for needle in wanted},
        tuple(needle for needle in wanted if needle in left),
        tuple(unreadable),
        tuple(removed),
    )


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
        while name in _WORDS and holder is not None and local(holder) != "p":
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
    if name.endswith((".xml", ".rels", ".vml")):
        root = parse_xml(content)
        yield from contains(" ".join(value for element in root.iter() for value in element.attrib.values()), needles)
        for element in root.iter():
            if local(element) in ("p", "si", "r", "t", "v", "f", "title", "creator", "lpwstr", "Company", "Manager"):
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
