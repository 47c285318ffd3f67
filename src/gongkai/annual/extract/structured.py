"""JSON files: our own report data is left to the caller; in any other, texts and tables are looked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from gongkai.annual.errors import DamagedFile
from gongkai.annual.extract import limits, looks_like_report_data, plain
from gongkai.annual.extract.blanks import IDEOGRAPH, tidy_cell
from gongkai.annual.extract.decoding import decode
from gongkai.annual.extract.draft import Draft
from gongkai.annual.extract.webpage import write_page
from gongkai.annual.extract.webpage.embedded import as_markup
from gongkai.annual.model import Document, GridCell

_CALL = re.compile(r"^\s*[\w.$]{1,60}\s*\(\s*([\[{].*[\]}])\s*\)\s*;?\s*$", re.S)
_TITLES = ("title", "bt", "headline", "subject", "标题", "name")
_MIN_TEXT = 12
_MAX_DEPTH = 60

Scalar = str | int | float | bool | None


def read_json(data: bytes) -> Document:
    """The document in a JSON, JSON Lines or JSONP file.

    Our own report data gives a document of format json with no blocks: the caller loads it with `gongkai.annual.data`.
    """
    text, encoding, repairs = decode(data)
    limits.at_most(len(text), limits.MAX_MARKUP, "字数", "characters")
    value = load(text)
    if looks_like_report_data(value) or (isinstance(value, list) and value and all(map(looks_like_report_data, value))):
        return Document((), "json", encoding)
    draft = Draft()
    draft.note(repairs)
    _walk(value, draft, 0)
    if not len(draft):
        plain.write_text(text, draft)
    return draft.document("json", encoding=encoding, title=_title(value))


def load(text: str) -> Any:
    """The value of a JSON text; a list for JSON Lines. Raises `DamagedFile`."""
    call = _CALL.match(text)
    try:
        return json.loads(call.group(1) if call else text, strict=False)
    except (ValueError, RecursionError) as error:
        try:
            return [json.loads(line, strict=False) for line in text.split("\n") if line.strip()]
        except (ValueError, RecursionError):
            raise DamagedFile(f"JSON: {str(error)[:60]}") from error


def _walk(value: Any, draft: Draft, depth: int) -> None:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, str):
        _text(value, draft)
    elif isinstance(value, dict):
        for item in value.values():
            _walk(item, draft, depth + 1)
    elif isinstance(value, list):
        rows = _rows(value)
        if rows is None:
            for item in value:
                _walk(item, draft, depth + 1)
        else:
            draft.grid(GridCell(tidy_cell(text), r, c) for r, row in enumerate(rows) for c, text in enumerate(row))


def _text(value: str, draft: Draft) -> None:
    value = value.encode("utf-8", "replace").decode()
    markup = as_markup(value)
    if markup is not None:
        write_page(markup, draft)
    elif len(value) >= _MIN_TEXT and IDEOGRAPH.search(value):
        plain.write_text(value, draft)


def _rows(value: list[Any]) -> list[list[str]] | None:
    """The rows of a table given as lists of scalars, or as objects with the same keys; None for any other list."""
    if len(value) < 2 or not all(isinstance(row, list | dict) for row in value):
        return None
    limits.at_most(sum(map(len, value)), limits.MAX_CELLS, "表格单元格数", "table cells")
    if all(isinstance(row, list) and row and all(map(_is_scalar, row)) for row in value):
        return [[_shown(item) for item in row] for row in value]
    if all(isinstance(row, dict) and len(row) > 1 and all(map(_is_scalar, row.values())) for row in value):
        keys = list(value[0])
        if all(list(row) == keys for row in value) and not any(
            _is_long(item) for row in value for item in row.values()
        ):
            return [keys, *([_shown(row[key]) for key in keys] for row in value)]
    return None


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _is_long(value: Scalar) -> bool:
    return isinstance(value, str) and (len(value) > 200 or as_markup(value) is not None)


def _shown(value: Scalar) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).encode("utf-8", "replace").decode()


def _title(value: Any) -> str | None:
    for found in _objects(value, 0):
        for key in _TITLES:
            title = found.get(key)
            if isinstance(title, str) and 4 < len(title) < 100:
                return title.encode("utf-8", "replace").decode()
    return None


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(item, depth + 1)
