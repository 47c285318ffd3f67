"""What all zipped office files have in common for the scan: properties, embedded files, macros, links outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.text.office_parts import local, parse_xml
from gongkai.text.scan.file_model import Findings

_PROPERTIES = {
    "creator": "作者",
    "lastModifiedBy": "最后修改者",
    "Company": "单位",
    "Manager": "经理",
    "initial-creator": "作者",
    "printed-by": "打印者",
}
SCHEMA_PROPERTIES = tuple(_PROPERTIES)
_PROPERTY_PARTS = ("docProps/core.xml", "docProps/app.xml", "meta.xml")


_DESCRIBING = frozenset(("title", "subject", "keywords", "keyword", "description", "category", "contentStatus"))
_OTHERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"customXml/item\d*\.xml"), "自定义数据"),
    (re.compile(r".*/diagrams/data\d*\.xml"), "图示"),
    (re.compile(r".*/charts/chart(?:Ex)?\d*\.xml"), "图表"),
    (re.compile(r"xl/drawings/drawing\d*\.xml"), "文本框"),
    (re.compile(r"xl/pivotCache/.*\.xml"), "数据透视表保存的源数据"),
    (re.compile(r"xl/externalLinks/[^/]*\.xml"), "外部链接保存的数据"),
    (re.compile(r"xl/persons/.*\.xml"), "批注人"),
    (re.compile(r".*/glossary/document\.xml"), "文档部件"),
)
"""Parts of office files that hold words although no page shows them, or not as text."""
_BIG_PICTURE = 10_000
"""Bytes from which on a picture may well show words; smaller ones are marks and lines."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp")


def properties(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The properties that name people or organisations: label and value."""
    for name in _PROPERTY_PARTS:
        if name in parts:
            for element in parse_xml(parts[name]).iter():
                if local(element) in _PROPERTIES and (element.text or "").strip():
                    yield _PROPERTIES[local(element)], (element.text or "").strip()
    if "docProps/custom.xml" in parts:
        for element in parse_xml(parts["docProps/custom.xml"]):
            value = "".join(element.itertext()).strip()
            if value:
                yield element.get("name") or "自定义属性", value


def common(parts: Mapping[str, bytes], found: Findings) -> None:
    """The issues that any office file may have."""
    named = [f"{label}：{value}" for label, value in properties(parts)]
    if named:
        found.issue("file_metadata", "文件属性", "；".join(dict.fromkeys(named)))
    if any(name.endswith(("vbaProject.bin", "vbaData.xml")) for name in parts):
        found.issue("active_content", "宏")
    embedded = [name.rsplit("/", 1)[1] for name in parts if "/embeddings/" in name or "/activeX/" in name]
    if embedded:
        found.issue("embedded_file", "嵌入对象", "、".join(embedded[:5]))
    if any("/externalLinks/" in name for name in parts):
        found.issue("external_data", "外部链接")
    _other_words(parts, found)
    shown = sum(
        len(content) >= _BIG_PICTURE and "/media/" in name and name.lower().endswith(_PICTURES)
        for name, content in parts.items()
    )
    if shown:
        found.pictures.append(f"{shown} 张图片")


def _other_words(parts: Mapping[str, bytes], found: Findings) -> None:
    """The words of properties, data and drawings, which are scanned like those of the text."""
    for name in _PROPERTY_PARTS:
        if name in parts:
            root = parse_xml(parts[name])
            found.text("文件属性", "\n".join(e.text or "" for e in root.iter() if local(e) in _DESCRIBING))
    for name in sorted(parts):
        label = next((label for pattern, label in _OTHERS if pattern.fullmatch(name)), "")
        if label:
            found.text(label, "\n".join(_lines(parse_xml(parts[name]))))


def _lines(root: Any) -> Iterator[str]:
    """Each paragraph of a drawing, each row of kept data, and each text of any other part, on a line of its own."""
    for element in root.iter():
        name = local(element)
        if name == "p":
            yield "".join(item.text or "" for item in element.iter() if local(item) == "t")
        elif name in ("r", "row") and any(item.get("v") or local(item) == "cell" for item in element):
            yield "\t".join(item.get("v") or "".join(item.itertext()).strip() for item in element)
        elif name == "person":
            yield element.get("displayName") or ""
        elif _alone(element):
            yield (element.text or "").strip() or element.get("v") or ""


def _alone(element: Any) -> bool:
    """Whether an element holds a text that is no piece of a paragraph or row."""
    holder = element.getparent()
    if not local(element) or holder is None or len(element):
        return False
    if local(holder) == "sharedItems":
        return True
    return bool((element.text or "").strip()) and local(element) != "t" and local(holder) not in ("r", "cell")
