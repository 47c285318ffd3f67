"""The text of a Word paragraph as it is seen: accepted changes, fields' results, no hidden runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from gongkai.annual.extract.word.parts import W, flag, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = frozenset(
    W + name
    for name in (
        "pPr",
        "rPr",
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "footnoteReference",
        "endnoteReference",
        "annotationRef",
        "rt",
        "sdtPr",
        "sdtEndPr",
        "tblPr",
    )
) | {_MC + "Fallback"}
_MARKS = {W + "tab": " ", W + "ptab": " ", W + "cr": "\n", W + "noBreakHyphen": "-"}
_MIN_TITLE_SIZE = 32
"""Half points: a centred line at least this large is a title even if it is not bold."""


@dataclass(slots=True)
class Content:
    """What was collected from a paragraph's runs."""

    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    """Text boxes anchored in the paragraph."""
    prominent: int = 0
    """Characters in bold or large runs."""

    @property
    def text(self) -> str:
        """All text, breaks as newlines."""
        return "".join(self.parts)


def collect(paragraph: etree._Element) -> Content:
    """The visible text of a paragraph and the text boxes in it."""
    content = Content()
    _collect(paragraph, content)
    return content


def _collect(element: etree._Element, content: Content) -> None:
    for child in element:
        tag = child.tag
        if tag == W + "r":
            _run(child, content)
        elif tag == W + "t" or tag == _MATH_TEXT:
            content.parts.append(child.text or "")
        elif tag in _MARKS:
            content.parts.append(_MARKS[tag])
        elif tag == W + "br":
            if child.get(W + "type", "textWrapping") == "textWrapping":
                content.parts.append("\n")
        elif tag == W + "sym":
            content.parts.append("□")
        elif tag == W + "txbxContent":
            content.boxes.append(child)
        elif tag not in _SKIPPED and isinstance(tag, str):
            _collect(child, content)


def _run(run: etree._Element, content: Content) -> None:
    properties = run.find(W + "rPr")
    if properties is None:
        _collect(run, content)
        return
    if flag(properties, "vanish") or flag(properties, "strike") or flag(properties, "dstrike"):
        return
    if value(properties, "vertAlign") == "superscript":
        content.parts.append(" ")
    before = len(content.parts)
    _collect(run, content)
    size = value(properties, "sz")
    large = size is not None and size.isdigit() and int(size) >= _MIN_TITLE_SIZE
    if large or flag(properties, "b"):
        content.prominent += sum(len(part.strip()) for part in content.parts[before:])
