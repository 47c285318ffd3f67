"""Scans a Word file: all of its text with places, and comments, tracked changes and hidden words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.text.office_parts import W, local, parse_xml
from gongkai.text.scan.file_model import Findings
from gongkai.text.scan.file_office import common

_PARTS = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
}
_TINY = 4
"""Half points: text of 2 points or less is not read by anybody."""


def scan_docx(parts: Mapping[str, bytes], found: Findings) -> None:
    """Scans the parts of a .docx."""
    hidden_styles = _hidden_styles(parts)
    for name in sorted(parts, key=lambda name: (name != "word/document.xml", name)):
        where = _where(name)
        if where:
            _part(parse_xml(parts[name]), where, hidden_styles, found)
    common(parts, found)


def _where(name: str) -> str:
    if name == "word/document.xml":
        return "正文"
    stem = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    return _PARTS.get(stem, "") if name.startswith("word/") and name.endswith(".xml") else ""


def _part(root: Any, where: str, hidden_styles: frozenset[str], found: Findings) -> None:
    lines = _Lines()
    deleted: list[str] = []
    hidden: list[str] = []
    inserted = sum(1 for element in root.iter(f"{W}ins", f"{W}moveTo") if any(element.iter(f"{W}t")))
    for paragraph in root.iter(f"{W}p"):
        words: list[str] = []
        for run in _runs(paragraph):
            text = run_text(run)
            if not text:
                continue
            if next(run.iter(f"{W}delText"), None) is not None:
                deleted.append(text)
            elif _is_hidden(run, hidden_styles):
                hidden.append(text)
            words.append(text)
        lines.add(paragraph, "".join(words))
    found.text(where, lines.text)
    if deleted or inserted:
        found.issue("tracked_changes", where, "".join(deleted) or f"{inserted} 处插入")
    if "".join(hidden).strip():
        found.issue("hidden_text", where, "".join(hidden))
    if where == "批注" and lines.text:
        found.issue("file_comments", where, f"{sum(1 for _ in root.iter(f'{W}comment'))} 条")
    found.text(f"{where}图片说明", "\n".join(_alternatives(root)))


class _Lines:
    """The lines of a part: a line for each paragraph, and one for each row of a table, tabs between its cells."""

    def __init__(self) -> None:
        self._lines: list[str | Any] = []
        self._rows: dict[Any, dict[Any, list[str]]] = {}

    def add(self, paragraph: Any, text: str) -> None:
        """Adds a paragraph where it stands."""
        row, cell = _cell_of(paragraph)
        if row is None:
            if text:
                self._lines.append(text)
            return
        if row not in self._rows:
            self._rows[row] = {}
            self._lines.append(row)
        self._rows[row].setdefault(cell, []).append(" ".join(text.split()))

    @property
    def text(self) -> str:
        """All lines."""
        shown = [line if isinstance(line, str) else self._row(line) for line in self._lines]
        return "\n".join(line for line in shown if line.strip())

    def _row(self, row: Any) -> str:
        return "\t".join(" ".join(word for word in words if word) for words in self._rows[row].values())


def _cell_of(paragraph: Any) -> tuple[Any | None, Any | None]:
    """The row and the cell that hold a paragraph; none for one in a text box."""
    cell = None
    node = paragraph.getparent()
    while node is not None and local(node) != "txbxContent":
        if node.tag == f"{W}tc" and cell is None:
            cell = node
        if node.tag == f"{W}tr":
            return node, cell
        node = node.getparent()
    return None, None


def _alternatives(root: Any) -> Iterator[str]:
    """What is said in place of pictures."""
    for element in root.iter():
        if local(element) == "docPr":
            yield from dict.fromkeys(value for name in ("descr", "title") if (value := element.get(name)))


def _runs(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph, not those of paragraphs inside it (text boxes), each once."""
    for run in paragraph.iter(f"{W}r"):
        holder = run.getparent()
        while holder is not None and local(holder) not in ("p", "Fallback"):
            holder = holder.getparent()
        if holder is paragraph:
            yield run


def run_text(run: Any) -> str:
    """The words of one run, deleted ones included."""
    parts: list[str] = []
    for element in run:
        name = local(element)
        if name in ("t", "delText"):
            parts.append(element.text or "")
        elif name in ("tab", "br", "cr"):
            parts.append("\t" if name == "tab" else "\n")
    return "".join(parts)


def _is_hidden(run: Any, hidden_styles: frozenset[str]) -> bool:
    look = run.find(f"{W}rPr")
    if look is None:
        return False
    vanish = look.find(f"{W}vanish")
    if vanish is not None:
        return vanish.get(f"{W}val") not in ("0", "false", "off")
    style = look.find(f"{W}rStyle")
    if style is not None and style.get(f"{W}val") in hidden_styles:
        return True
    size = look.find(f"{W}sz")
    if size is not None and (size.get(f"{W}val") or "").isdecimal() and int(size.get(f"{W}val")) <= _TINY:
        return True
    color = look.find(f"{W}color")
    white = color is not None and (color.get(f"{W}val") or "").upper() in ("FFFFFF", "FEFEFE")
    return white and not _on_dark(run)


def _on_dark(run: Any) -> bool:
    """Whether the run, its paragraph, its cell or its shape has a ground of its own."""
    node = run
    while node is not None:
        for element in (node.find(f"{W}{kind}Pr") for kind in ("r", "p", "tc", "tbl")):
            shade = element.find(f"{W}shd") if element is not None else None
            if shade is not None and (shade.get(f"{W}fill") or "auto").upper() not in ("AUTO", "FFFFFF"):
                return True
            if element is not None and element.find(f"{W}highlight") is not None:
                return True
        if local(node) == "txbxContent":
            return True
        node = node.getparent()
    return False


def _hidden_styles(parts: Mapping[str, bytes]) -> frozenset[str]:
    if "word/styles.xml" not in parts:
        return frozenset()
    styles = parse_xml(parts["word/styles.xml"]).iter(f"{W}style")
    vanished = (style for style in styles if style.find(f"{W}rPr/{W}vanish") is not None)
    return frozenset(style.get(f"{W}styleId") or "" for style in vanished)
