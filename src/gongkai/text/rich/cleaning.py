"""Cleans rich text that was pasted or saved: keeps its structure, drops the junk, lets nothing unsafe through."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from gongkai.text.rich import gate, office, writer
from gongkai.text.rich.formulas import typed
from gongkai.text.rich.model import Block, Cleaned, Paragraph, PastedPicture, Table
from gongkai.text.rich.notes import Notes
from gongkai.text.rich.reader import Reader
from gongkai.text.rich.tidy import is_tidy

_ACTIVE = re.compile(
    r"<(?:script|iframe|object|embed|form|input|svg|math)\b|\bjavascript:|[\s\"'/]on[a-z]{3,20}\s*=", re.I
)
_IDS = re.compile(r"""\bid\s*=\s*["']?(s[0-9]+(?:-[0-9]+)*)["'\s>]""")
_PASSES = 4


def clean(html: str, *, base_allowed: Collection[str] | None = None) -> Cleaned:
    """Safe HTML of pasted or saved rich text, with notes for the author and the pictures that came inside it.

    `base_allowed` are the beginnings of addresses (such as `https://www.yunzhou.example/`) that pictures of other
    sites may come from; None takes any http(s) address. Cleaning what is clean changes nothing. Never raises.
    """
    notes = Notes()
    for _ in _ACTIVE.finditer(html):
        notes.add("active_content")
    if is_tidy(html):
        return Cleaned(html, notes.tuple())
    text, images = _once(html, notes, base_allowed)
    for _ in range(_PASSES):
        if is_tidy(text):
            break
        again, _none = _once(text, Notes(), base_allowed)
        if again == text:
            break
        text = again
    kept = tuple(image for image in images if f'src="{image.key}"' in text)
    return Cleaned(text, notes.tuple(), kept)


def place_images(html: str, addresses: Mapping[str, str]) -> str:
    """The text with the addresses where pasted pictures were stored; `addresses` go by the key of the picture.

    Pictures without an address are taken out, never left pointing nowhere.
    """

    def placed(found: re.Match[str]) -> str:
        address = addresses.get(found[1], "")
        return found[0].replace(found[1], gate.escape_attribute(address)) if address else ""

    return gate.safe(re.sub(r'<img src="(#pasted-[0-9]{1,4})"[^>]*>', placed, html))


def blocks_of(html: str) -> list[Block]:
    """The blocks of text that was cleaned before."""
    return Reader(Notes(), base_allowed=None, ids=_ids(html)).read(gate.parse(html))


def _ids(html: str) -> frozenset[str]:
    return frozenset(_IDS.findall(html))


def _once(html: str, notes: Notes, allowed: Collection[str] | None) -> tuple[str, list[PastedPicture]]:
    reader = Reader(notes, base_allowed=allowed, ids=_ids(html))
    blocks = reader.read(gate.well_formed(html))
    blocks = office.shifted(office.with_lists(blocks, notes))
    _typed_formulas(blocks)
    return gate.safe(writer.write(blocks)), reader.images


def _typed_formulas(blocks: list[Block]) -> None:
    """Takes `=SUM(ABOVE)` and the like out of the words of a cell; the figure is computed later."""
    for table in office.walk(blocks):
        if isinstance(table, Table):
            for cell in (cell for row in table.rows for cell in row):
                only = cell.blocks[0] if len(cell.blocks) == 1 else None
                formula = typed(only.text) if isinstance(only, Paragraph) else ""
                if formula:
                    cell.formula, cell.blocks = formula, []


__all__ = ["blocks_of", "clean", "place_images"]
