"""The XML parts of a Word file, parsed with limits, and what its styles say about headings and lists."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from gongkai.annual.errors import DamagedFile
from gongkai.annual.extract import limits
from gongkai.annual.extract.archive import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "/officeDocument"


def parse_xml(data: bytes, part: str) -> etree._Element:
    """The root of an XML part. No entity is ever expanded: a part with a DOCTYPE is refused."""
    limits.at_most(data.count(b"<") + data.count(b'="'), limits.MAX_XML_TAGS, f"{part} 标签数", f"tags in {part}")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise DamagedFile(f"{part}: DOCTYPE")
    if STRICT in data[:20_000]:
        data = data.replace(STRICT, _TRANSITIONAL)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(part) from error


def main_part(archive: Archive) -> str:
    """The path of the part that holds the text."""
    relations = archive.read("_rels/.rels")
    if relations:
        for relation in parse_xml(relations, "_rels/.rels"):
            if str(relation.get("Type", "")).endswith(_MAIN):
                return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def sibling(archive: Archive, main: str, name: str) -> etree._Element | None:
    """The root of a part beside the main one, such as styles.xml; None where there is none."""
    data = archive.read(posixpath.join(posixpath.dirname(main), name))
    return parse_xml(data, name) if data else None


def value(element: etree._Element | None, path: str) -> str | None:
    """The w:val of the first element on `path` (names without prefix, joined by /), None where it is absent."""
    if element is None:
        return None
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else str(found.get(W + "val", "")) or None


def flag(properties: etree._Element | None, name: str) -> bool:
    """Whether an on/off property such as w:b is on."""
    if properties is None:
        return False
    found = properties.find(W + name)
    return found is not None and found.get(W + "val", "1") not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style gives to its paragraphs."""

    outline: int | None = None
    number: str | None = None
    level: int = 0
    centered: bool = False
    bold: bool = False


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a file, each with what it inherits."""

    elements: dict[str, etree._Element] = field(default_factory=dict)
    known: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element | None) -> Styles:
        """The styles in styles.xml; none where there is no such part."""
        if root is None:
            return cls()
        return cls({str(e.get(W + "styleId", "")): e for e in root.iterfind(W + "style")})

    def style(self, id: str | None, depth: int = 0) -> Style:
        """The style with this id; an empty one where the file does not define it."""
        if id is None or id not in self.elements or depth > 20:
            return Style()
        if id not in self.known:
            element = self.elements[id]
            base = self.style(value(element, "basedOn"), depth + 1)
            self.known[id] = _style(element, base)
        return self.known[id]


def _style(element: etree._Element, base: Style) -> Style:
    properties = element.find(W + "pPr")
    outline = value(properties, "outlineLvl")
    level = value(properties, "numPr/ilvl")
    jc = value(properties, "jc")
    name = (value(element, "name") or "").lower()
    by_name = int(name[-1]) if name[:-1].strip() in ("heading", "标题") and name[-1:] in "123456" and name else None
    own = int(outline) + 1 if outline and outline.isdigit() and int(outline) < 6 else by_name
    return Style(
        outline=own or (1 if name in ("title", "标题") else base.outline),
        number=value(properties, "numPr/numId") or base.number,
        level=int(level) if level and level.isdigit() else base.level,
        centered=jc == "center" if jc else base.centered,
        bold=flag(element.find(W + "rPr"), "b") or base.bold,
    )
