"""Binds the issues of a year: a cover, contents over all of them, the issues as they were printed, pages counted on."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from gongkai.files.actions import content
from gongkai.publishing.exporting.gazette.typeset import compiled, front
from gongkai.publishing.models import GazetteIssue


def bind(issues: Sequence[GazetteIssue]) -> bytes:
    """The bound volume of issues of one year that have their files, in the order of their numbers.

    Each page bears its number in the volume beside its number in the issue; the bookmarks lead to issues and items.
    """
    import pikepdf

    parts = [pikepdf.open(io.BytesIO(content(issue.file))) for issue in issues]
    starts = []
    page = 1
    for part in parts:
        starts.append(page)
        page += len(part.pages)
    places = [_places(issue, start, part) for issue, start, part in zip(issues, starts, parts, strict=True)]
    with tempfile.TemporaryDirectory(prefix="gongkai-volume-") as name:
        folder = Path(name)
        opening, _none = compiled(_front(issues, places), folder)
        stamps = _stamps(page - 1, folder)
    with pikepdf.open(io.BytesIO(opening)) as volume, pikepdf.open(io.BytesIO(stamps)) as marks:
        before = len(volume.pages)
        for part in parts:
            volume.add_pages_from(part)
        for number, mark in enumerate(marks.pages):
            sheet = volume.pages[before + number]
            sheet.add_overlay(mark, pikepdf.Rectangle(sheet.mediabox))
        _bookmarks(volume, issues, starts, places, before)
        out = io.BytesIO()
        volume.save(out, linearize=True)
    for part in parts:
        part.close()
    return out.getvalue()


def _places(issue: GazetteIssue, start: int, part: Any) -> list[tuple[str, str, int]]:
    """Title, number and page in the volume of each item; pages of an issue count from its first text."""
    rows = list(issue.items.select_related("publication").order_by("order", "pk"))
    offset = start + _front_pages(part) - 1
    return [(r.publication.title, r.publication.document_number, offset + (r.page or 1)) for r in rows]


def _front_pages(part: Any) -> int:
    """How many pages stand before page 1 of the texts: the cover and the contents, which bear Roman numbers."""
    labels = part.Root.get("/PageLabels")
    numbers = list(labels.Nums) if labels is not None and "/Nums" in labels else []
    for index, style in zip(numbers[::2], numbers[1::2], strict=True):
        if style.get("/S") == "/D":
            return int(index)
    return 2


def _front(issues: Sequence[GazetteIssue], places: list[list[tuple[str, str, int]]]) -> dict[str, Any]:
    last = issues[-1]
    sections = [
        {
            "name": f"第{issue.number}期（总第{issue.overall}期）",
            "items": [{"title": t, "number": n, "page": str(p)} for t, n, p in rows],
        }
        for issue, rows in zip(issues, places, strict=True)
    ]
    words = front(last)
    span = f"第{issues[0].number}期—第{last.number}期　总第{issues[0].overall}期—第{last.overall}期"
    return words | {
        "issue": f"{last.year}年 合订本",
        "below": span,
        "bound": True,
        "sections": sections,
        "repealed": [],
        "imprint": [],
    }


def _stamps(pages: int, folder: Path) -> bytes:
    """Pages that hold nothing but their number in the volume, to be laid over the issues."""
    import typst

    from gongkai.annual.render import fonts

    faces = fonts.find()
    template = folder / "stamps.typ"
    template.write_bytes(resources.files(__package__).joinpath("stamps.typ").read_bytes())
    inputs = {"pages": str(pages), "font": faces.stacks()["song"][0]}
    compiler = typst.Compiler(
        template, root=folder, font_paths=faces.loaded, ignore_system_fonts=True, sys_inputs=inputs
    )
    pdf = compiler.compile(format="pdf", timestamp=0, pdf_tags=False)
    assert isinstance(pdf, bytes)
    return pdf


def _bookmarks(
    volume: Any,
    issues: Sequence[GazetteIssue],
    starts: Sequence[int],
    places: list[list[tuple[str, str, int]]],
    before: int,
) -> None:
    import pikepdf

    with volume.open_outline() as outline:
        del outline.root[:]
        for issue, start, rows in zip(issues, starts, places, strict=True):
            branch = pikepdf.OutlineItem(f"第{issue.number}期", before + start - 1)
            branch.children.extend(pikepdf.OutlineItem(title, before + page - 1) for title, _number, page in rows)
            outline.root.append(branch)
