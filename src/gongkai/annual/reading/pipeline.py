"""Reads a file of any kind into the reports that are in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gongkai.annual.errors import DataError, NoReport
from gongkai.annual.forms import Form
from gongkai.annual.forms import form as form_by_id
from gongkai.annual.model import Block, Document, Paragraph, Period, Report, Source, Span
from gongkai.annual.reading.chapters import read_chapters
from gongkai.annual.reading.form_choice import choose_form, period_of
from gongkai.annual.reading.identity import Identity, identify
from gongkai.annual.reading.lines import Line, mark
from gongkai.annual.reading.split import split_lines


def read(source: Path | str | bytes, *, name: str | None = None) -> list[Report]:
    """All annual reports in a file, given by its path, or in its content, given as bytes.

    `name` is a file name that settles what the bytes leave open about the format. Raises a `ReadError` saying what to
    do where the content cannot be read or holds no report, and OSError where the file cannot be opened.
    """
    if isinstance(source, bytes):
        data, path = source, None
    else:
        path = str(source)
        data = Path(source).read_bytes()
    name = name or (Path(path).name if path is not None else None)
    reports = _from_own_data(data)
    if reports is None:
        from gongkai.annual.extract import extract

        reports = read_document(extract(data, name=name), path=path or name)
    if not reports:
        raise NoReport
    return reports


def read_document(document: Document, *, path: str | None = None) -> list[Report]:
    """All annual reports in a document, in order; an empty list where there is none."""
    lines = mark(document.blocks)
    spans = split_lines(lines)
    page_title = document.title if len(spans) == 1 else None
    reports: list[Report] = []
    end_before = -1
    for first, last in spans:
        above = lines[end_before + 1 : first]
        report = _read_span(document, Span(first, last), lines[first : last + 1], above, page_title, path)
        end_before = last
        if not any(_same(report, known) for known in reports):
            reports.append(report)
    return reports


def _same(a: Report, b: Report) -> bool:
    """Whether two reports of a file are one: pages hold a second copy for printing or for telephones."""
    if a.agency is None or (a.agency, a.year, a.form) != (b.agency, b.year, b.form):
        return False
    values = {id: c.value for id, c in a.cells.items()}
    if values != {id: c.value for id, c in b.cells.items()}:
        return False
    return len(values) >= _MANY_CELLS or [c.text for c in a.chapters] == [c.text for c in b.chapters] != []


_MANY_CELLS = 40
"""Where so many cells agree, the text below the copy may differ: a page's links stand there."""


def _read_span(
    document: Document, span: Span, lines: list[Line], above: list[Line], page_title: str | None, path: str | None
) -> Report:
    from gongkai.annual.audit import check
    from gongkai.annual.facts import read_facts
    from gongkai.annual.tables import TableReading, read_tables, score_forms

    blocks = document.blocks[span.first : span.last + 1]
    identity = identify(lines, above, page_title)
    id = choose_form(score_forms(blocks), identity.year, university=identity.university)
    form = form_by_id(id) if id is not None else None
    tables = read_tables(blocks, form, year=identity.year) if form is not None else TableReading()
    prose = _without_tables(blocks, tables.table_spans)
    chapters = read_chapters(lines, prose, id, tables.table_blocks)
    table_blocks = tables.table_blocks - {c.where.block for c in chapters}
    report = Report(
        source=Source(path, document.format, document.encoding, document.repairs, span),
        agency=identity.agency,
        title=identity.title,
        year=identity.year,
        period=_period(identity, form),
        form=id,
        chapters=chapters,
        cells=dict(tables.cells),
        unread=tables.unread,
        facts=read_facts(prose, form=form, chapters=chapters, skip=table_blocks),
        blocks=blocks,
        published=identity.published,
        table_blocks=table_blocks,
    )
    return report.with_(findings=check(report))


def _without_tables(blocks: Sequence[Block], table_spans: Mapping[int, tuple[int, int]]) -> tuple[Block, ...]:
    """The blocks; what a table takes of a paragraph is blanked, so that places in it stay right."""
    if not table_spans:
        return tuple(blocks)
    prose: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.index in table_spans:
            start, end = table_spans[block.index]
            block = replace(block, text=block.text[:start] + " " * (end - start) + block.text[end:])
        prose.append(block)
    return tuple(prose)


def _period(identity: Identity, form: Form | None) -> Period | None:
    if identity.stated is not None or identity.year is None or form is None:
        return identity.stated
    return period_of(form, identity.year)


def _from_own_data(data: bytes) -> list[Report] | None:
    """The reports in a file that `gongkai.annual.data` wrote (one object, a list, or JSON Lines), else None."""
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return None
    from gongkai.annual.data import from_dict
    from gongkai.annual.extract import looks_like_report_data

    values = _json_values(data)
    objects = [v for v in values if isinstance(v, dict) and looks_like_report_data(v)]
    if not objects or len(objects) < len(values):
        return None
    try:
        return [from_dict(v) for v in objects]
    except DataError:
        raise
    except (ValueError, TypeError, ArithmeticError, AttributeError, LookupError) as error:
        raise DataError(type(error).__name__) from error


def _json_values(data: bytes) -> list[object]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            return []
    return list(value) if isinstance(value, list) else [value]
