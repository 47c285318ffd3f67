"""The fields of the index, and a document's values for them."""

from __future__ import annotations

from typing import Any

import tantivy

from gongkai.search.folding import number_units, pairs, units
from gongkai.search.model import Document
from gongkai.search.suggesting import subjects

VERSION = 1
"""Goes up whenever a field or the folding changes: older indexes then ask to be rebuilt."""

TEXTS = ("title", "numbers", "body", "files")
"""Each a field of pairs with their places, and one of single units (`title_units` …) without."""
APART = " . . "
"""Between the numbers of one document: two places that no phrase crosses."""
TITLE_KEY = 200
"""Units of a title that must agree for it to be the title that was typed."""
YEAR = 365.25 * 86_400
FRESHNESS = 0.04
"""A document counts this much more than the same one a year older."""
SUNK_BIT = 62
DATE_ROOM, ID_BITS = 2**35, 26


def build() -> tantivy.Schema:
    """All fields. Text is matched, raw fields and integers filter, fast ones are counted and sorted by."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(f"{name}_units", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("title_back", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("title_key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("subject", tokenizer_name="raw", index_option="basic")
    for name in ("kind", "theme", "validity", "category"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("agency", "year"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_unsigned_field("sunk", indexed=True)
    builder.add_integer_field("date", fast=True, indexed=False)
    builder.add_unsigned_field("rank", fast=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


def title_key(found: list[str]) -> str:
    """What two titles share when they are the same title."""
    return "".join(found[:TITLE_KEY])


def rank(document: Document) -> int:
    """Order by date, newest highest; sunk ones below all others; of one second by id."""
    date = min(max(document.date + DATE_ROOM, 0), 2 * DATE_ROOM - 1)
    return (0 if document.sunk else 1 << SUNK_BIT) | date << ID_BITS | document.id & (2**ID_BITS - 1)


def weight(document: Document) -> float:
    """What tantivy is to weigh the score by: it multiplies with log2(2 + weight), so this undoes the logarithm."""
    years = min(max(document.date / YEAR, -50.0), 150.0)
    factor = min(max(document.boost, 0.1), 10.0) * 20 * (1 + FRESHNESS) ** (years - 30)
    return float(2.0 ** min(max(factor, 1.0), 1000.0) - 2.0)


def _text(name: str, found: list[str]) -> dict[str, str]:
    return {name: " ".join(pairs(found)), f"{name}_units": " ".join(set(found))} if found else {}


def _numbers(numbers: tuple[str, ...]) -> dict[str, str]:
    each = [number_units(number) for number in numbers]
    return {
        "numbers": APART.join(" ".join(pairs(found)) for found in each),
        "numbers_units": " ".join({unit for found in each for unit in found}),
    }


def to_tantivy(document: Document, schema: tantivy.Schema) -> tantivy.Document:
    """The document as tantivy wants it. Texts may hold anything, broken surrogates too."""
    title = units(document.title)
    values: dict[str, Any] = {
        "id": document.id,
        "agency": max(document.agency, 0),
        "year": max(document.year, 0),
        "kind": document.kind,
        "theme": document.theme,
        "validity": document.validity,
        "category": list(document.categories),
        "sunk": int(document.sunk),
        "date": document.date,
        "rank": rank(document),
        "weight": weight(document),
        "title_key": title_key(title),
        "title_back": " ".join(b + a for a, b in zip(title, title[1:], strict=False)),
        "subject": subjects(document.title),
        **_text("title", title),
        **_text("body", units(document.body)),
        **_text("files", units(document.files)),
    }
    if document.numbers:
        values |= _numbers(document.numbers)
    return tantivy.Document.from_dict(values, schema)
