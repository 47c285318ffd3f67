"""The fields of the index, and a document's values for them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import tantivy

from gongkai.search.folding import BARRIER, pairs, units, without_padding
from gongkai.search.model import Document
from gongkai.search.suggesting import subjects

VERSION = 2
"""Goes up whenever a field or the folding changes: older indexes then ask to be rebuilt."""

HEAD = 60
"""Units of a body that count more than the rest of it and than attachments: what a document is about comes first."""
TITLE_KEY = 200
"""Units of a title that must agree for it to be the title that was typed."""
YEAR = 365.25 * 86_400
FRESHNESS = 0.04
"""A document counts this much more than the same one a year older."""
SEPARATOR = "\x1f"
"""Between the categories of a document in the column that is counted."""
SUNK_BIT = 62
DATE_ROOM, ID_BITS = 2**35, 26


def build() -> tantivy.Schema:
    """All fields.

    `text` holds the pairs of everything: what is found is decided in this one field, which is many times faster than
    asking four. `title`, `head` and `numbers` only raise the score, and answer `标题:` and `文号:`. The `…_units` hold
    what single characters and words are looked up in. Raw fields and integers filter; fast ones count and sort.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    for name in ("text", "title", "head", "numbers"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("text_units", "title_units", "numbers_units", "title_back"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in ("title_key", "subject", "category"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    # A column of many values is counted ten times slower than one of single values: hence all categories in one.
    for name in ("kind", "theme", "validity", "categories"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("agency", "year", "sunk"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
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
    factor = min(max(document.boost, 0.1), 10.0) * (1 + FRESHNESS) ** (years - 30)
    # No factor can be below 1, nor above 127, for tantivy takes the logarithm of a single-precision number.
    factor = min(max(factor, 1.0), 5.0) if document.sunk else min(max(20 * factor, 10.0), 120.0)
    return float(2.0**factor - 2.0)


def _texts(document: Document) -> dict[str, str]:
    """What is matched. The long texts are cut into units in one go: that is where the time goes."""
    title = units(document.title.replace(BARRIER, " "))
    rest = units(
        BARRIER.join(text.replace(BARRIER, " ") for text in (document.body, document.files, *document.numbers))
    )
    numbers = without_padding(units(BARRIER.join(document.numbers)))
    head = rest[: min(HEAD, rest.index(BARRIER))]
    everything = [*title, BARRIER, *rest]
    return {
        "text": " ".join(pairs(everything)),
        "text_units": " ".join(set(everything)),
        "title": " ".join(pairs(title)),
        "title_units": " ".join(set(title)),
        "title_back": " ".join(b + a for a, b in pairwise(title)),
        "title_key": title_key(title),
        "head": " ".join(pairs(head)),
        "numbers": " ".join(pairs(numbers)),
        "numbers_units": " ".join(set(numbers)),
    }


def to_tantivy(document: Document, schema: tantivy.Schema) -> tantivy.Document:
    """The document as tantivy wants it. Texts may hold anything, broken surrogates too."""
    values: dict[str, Any] = {
        "id": document.id,
        "agency": max(document.agency, 0),
        "year": max(document.year, 0),
        "kind": document.kind,
        "theme": document.theme,
        "validity": document.validity,
        "category": list(document.categories),
        "categories": SEPARATOR.join(sorted(set(document.categories))),
        "sunk": int(document.sunk),
        "date": document.date,
        "rank": rank(document),
        "weight": weight(document),
        "subject": subjects(document.title),
        **_texts(document),
    }
    return tantivy.Document.from_dict(values, schema)
