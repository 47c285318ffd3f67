"""Reads Word files (.docx) into rich text, with the title and number of the document."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
import mammoth
from mammoth import transforms

from gongkai.text.office_parts import W, parse_xml, read_parts, to_xml, write_parts
from gongkai.text.rich import cleaning, gate, writer
from gongkai.text.rich.model import Block, Note, Paragraph, PastedPicture
from gongkai.text.rich.word_out import to_docx
from gongkai.text.unreadable import FileUnreadable

__all__ = ["FileUnreadable", "Imported", "from_docx", "to_docx"]

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[［【（(](?:19|20)[0-9]{2}[〕\]］】）)](?:第)?[0-9]{1,5}号")
_STYLES = """
p[style-name='gongkai center'] => p.gongkai-center:fresh
p[style-name='gongkai right'] => p.gongkai-right:fresh
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='标题'] => h1:fresh
u => u
strike => s
"""
_HEAD_LINES = 12
"""A title stands among the first paragraphs."""
_MIN_TITLE_SIZE = 16.0
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """A Word file as rich text; `title` and `document_number` are taken out of its head, "" where there is none."""

    html: str
    images: tuple[PastedPicture, ...]
    title: str
    document_number: str
    notes: tuple[Note, ...]


def from_docx(data: bytes) -> Imported:
    """The words of a Word file with headings, lists, tables, links and pictures; hidden and deleted words stay out.

    The title is the first one in title style, or the first centred lines that are large. Raises FileUnreadable.
    """
    data = _without_hidden(data)
    try:
        found = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, transform_document=_aligned())
        head = _head(docx.Document(io.BytesIO(data)))
    except FileUnreadable:
        raise
    except Exception as error:  # both readers raise whatever they stumble over
        raise FileUnreadable("damaged") from error
    html = re.sub(r'class="gongkai-(center|right)"', r'style="text-align:\1"', found.value)
    cleaned = cleaning.clean(html)
    title, number, taken = head
    blocks = _without_head(cleaning.blocks_of(cleaned.html), taken)
    text = gate.safe(writer.write(blocks))
    return Imported(cleaning.clean(text).html, cleaned.images, title, number, cleaned.notes)


def _without_hidden(data: bytes) -> bytes:
    """The file without runs that Word does not show."""
    parts = read_parts(data)
    if "word/document.xml" not in parts:
        raise FileUnreadable("unknown_type")
    root = parse_xml(parts["word/document.xml"])
    hidden = [run for run in root.iter(f"{W}r") if run.find(f"{W}rPr/{W}vanish") is not None]
    if not hidden:
        return data
    for run in hidden:
        run.getparent().remove(run)
    parts["word/document.xml"] = to_xml(root)
    return write_parts(parts)


def _aligned() -> Any:
    """Gives centred and right-aligned plain paragraphs a style, since the converter keeps styles only."""

    def one(paragraph: Any) -> Any:
        plain = not paragraph.numbering and not re.match(r"(?i)heading|title|标题", paragraph.style_name or "")
        if plain and paragraph.alignment in ("center", "right", "end"):
            name = "center" if paragraph.alignment == "center" else "right"
            return paragraph.copy(style_id=f"gongkai-{name}", style_name=f"gongkai {name}")
        return paragraph

    return transforms.paragraph(one)


def _head(document: Any) -> tuple[str, str, list[str]]:
    """Title, document number, and the lines at the head that are one of these or the letterhead."""
    lines = [p for p in document.paragraphs[: _HEAD_LINES * 3] if p.text.strip()][:_HEAD_LINES]
    number = ""
    taken: list[str] = []
    title: list[str] = []
    letterhead: list[str] = []
    for position, line in enumerate(lines):
        text = " ".join(line.text.split())
        found = _NUMBER.search(re.sub(r"\s+", "", text))
        if found and not title and len(text) < 60:
            number = number or found[0]
            taken.append(text)
        elif not title and _is_letterhead(text):
            letterhead.append(text)
        elif _is_title(line):
            title.append(text)
            taken.append(text)
            if sum(map(len, title)) > _LONGEST_TITLE:
                break
        elif title:
            if found and position < _HEAD_LINES and len(text) < 60:
                number = number or found[0]
                taken.append(text)
            break
        elif len(text) > 60:
            break
    return "".join(title or letterhead), number, [*taken, *letterhead]


def _is_letterhead(text: str) -> bool:
    return len(text) < 40 and re.sub(r"\s+", "", text).endswith("文件")


def _is_title(paragraph: Any) -> bool:
    name = (paragraph.style.name or "") if paragraph.style is not None else ""
    if name in ("Title", "标题"):
        return True
    if paragraph.alignment is None or int(paragraph.alignment) != 1 or len(paragraph.text) > 120:
        return False
    sizes = [run.font.size.pt for run in paragraph.runs if run.font.size is not None and run.text.strip()]
    style_size = paragraph.style.font.size.pt if paragraph.style is not None and paragraph.style.font.size else 0.0
    return max(sizes, default=style_size) >= _MIN_TITLE_SIZE


def _without_head(blocks: list[Block], taken: Sequence[str]) -> list[Block]:
    """The blocks after those of the head that are title, number or letterhead."""
    wanted = {re.sub(r"\s+", "", text) for text in taken}
    kept: list[Block] = []
    for position, block in enumerate(blocks):
        text = re.sub(r"\s+", "", block.text) if isinstance(block, Paragraph) else ""
        if position < _HEAD_LINES and text and text in wanted and not any(run.picture for run in block.runs):  # type: ignore[union-attr]
            wanted.discard(text)
            continue
        kept.append(block)
    return kept
