"""The limits within which a file is read, so that no file at all can exhaust the machine."""

from __future__ import annotations

from typing import Final

from gongkai.annual.errors import TooLarge

MAX_BYTES: Final = 50_000_000
"""Size of a file."""
MAX_TEXT: Final = 3_000_000
"""Characters of text in a file: a hundred reports of the longest kind."""
MAX_MARKUP: Final = 20_000_000
"""Bytes of a web page, of a JSON file, or of one part of an office file."""
MAX_TAGS: Final = 400_000
"""Tags in a web page."""
MAX_XML_TAGS: Final = 1_500_000
"""Tags and attributes in one XML part of an office file."""
MAX_DEPTH: Final = 2_000
"""Nesting of elements in a web page."""
MAX_PAGES: Final = 300
"""Pages of a PDF or OFD file."""
MAX_BLOCKS: Final = 200_000
"""Paragraphs and tables."""
MAX_CELLS: Final = 200_000
"""Cells of all tables together."""
MAX_SPAN: Final = 1_000
"""Rows or columns that one merged cell may cover."""
MAX_UNPACKED: Final = 200_000_000
"""Bytes of an archive's members together, unpacked."""
MAX_MEMBERS: Final = 5_000
"""Members of an archive."""


def at_most(value: int, limit: int, zh: str, en: str) -> None:
    """Raises `TooLarge` naming the limit where `value` exceeds it."""
    if value > limit:
        raise TooLarge(f"{zh}超过上限 {limit:,}", detail_en=f"{en} over the limit of {limit:,}")
