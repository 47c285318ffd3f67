"""The plain model that rich text is reduced to: blocks that hold runs of marked text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["strong", "em", "u", "sub", "sup"]
MARKS: tuple[Mark, ...] = ("strong", "em", "u", "sub", "sup")
"""The marks of a run, from the outermost to the innermost tag."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text; sizes in pixels, "" where not given."""

    src: str
    alt: str = ""
    width: str = ""
    height: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the same marks, a line break (`text` is "\\n") or a picture."""

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str = ""
    picture: Picture | None = None

    @property
    def is_break(self) -> bool:
        return self.picture is None and self.text == "\n"


@dataclass(slots=True)
class Paragraph:
    """A paragraph or a heading; `level` is 0 for a paragraph. `marker` is the list marker that Word typed before it."""

    runs: list[Run]
    level: int = 0
    align: str = ""
    id: str = ""
    marker: str | None = None
    depth: int = 1

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Listing:
    """A list; every item holds blocks."""

    ordered: bool
    items: list[list[Block]]
    start: int = 1


@dataclass(slots=True)
class Cell:
    """A cell of a table with what it spans."""

    blocks: list[Block]
    head: bool = False
    colspan: int = 1
    rowspan: int = 1
    scope: str = ""
    align: str = ""
    valign: str = ""
    formula: str = ""


@dataclass(slots=True)
class Table:
    """A table; the first `heads` rows are its head."""

    rows: list[list[Cell]]
    heads: int = 0
    caption: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Quote:
    """A block quotation."""

    blocks: list[Block]


@dataclass(slots=True)
class Figure:
    """A picture (or other blocks) with a caption."""

    blocks: list[Block]
    caption: list[Run]


@dataclass(slots=True)
class Line:
    """A horizontal line between parts."""


Block = Paragraph | Listing | Table | Quote | Figure | Line


@dataclass(frozen=True, slots=True)
class PastedPicture:
    """A picture that came inside the text; its `key` is the `src` that the cleaned text has until it is stored."""

    key: str
    data: bytes
    type: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that cleaning dropped or changed and that the author should know; `count` times."""

    id: str
    count: int
    message: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Safe, well-formed HTML with what was dropped on the way and the pictures that have to be stored."""

    html: str
    notes: tuple[Note, ...] = ()
    images: tuple[PastedPicture, ...] = ()
