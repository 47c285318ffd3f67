"""Reports read per second and peak memory in each file type, beside what parsing alone costs.

Usage: python bench/annual_read.py [--reports 2000] [--types html,txt]

Each file type runs in a process of its own on one core: first the floor (the type's parser, doing nothing else), then
`gongkai.annual.read` over the same bytes. Figures are medians of CPU time over rounds; the ratio is ours to the floor.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

from site_page import site_page

CACHE = Path(__file__).parents[1] / "var" / "bench" / "annual"
TYPES = ("txt", "html", "page", "docx", "xlsx", "pdf", "json")
"""`html` is a bare report; `page` is the same inside a site's page as sites really serve it."""
FORMS = {"gov-2008": 2012, "gov-2014": 2016, "gov-2019": 2019, "gov-2021": 2023, "university": 2022}
SOURCES = 100
"""Different documents of each type; they are read in turn, so that no cache of contents can help."""


def generate(kind: str) -> list[bytes]:
    """The documents of a type, made once and kept."""
    folder = CACHE / kind
    if not (folder / f"{SOURCES - 1}.{kind}").exists():
        from gongkai.annual.render import render
        from gongkai.annual.sample import sample_report

        folder.mkdir(parents=True, exist_ok=True)
        for i in range(SOURCES):
            form = list(FORMS)[i % len(FORMS)]
            agency = "云州大学" if form == "university" else f"云州市第{i}局"
            report = sample_report(form, year=FORMS[form], agency=agency, seed=i)
            data = render(report, "html" if kind == "page" else kind)
            (folder / f"{i}.{kind}").write_bytes(site_page(data.decode(), i).encode() if kind == "page" else data)
    return [(folder / f"{i}.{kind}").read_bytes() for i in range(SOURCES)]


def floor_of(kind: str) -> tuple[str, Callable[[bytes], object]]:
    """The name of a type's parser, and a call of it that does nothing else."""
    if kind in ("html", "page"):
        from lxml import html

        return "lxml", lambda data: html.document_fromstring(data)
    if kind == "docx":
        from docx import Document

        return "python-docx", lambda data: [p.text for p in Document(BytesIO(data)).paragraphs]
    if kind == "xlsx":
        from python_calamine import CalamineWorkbook

        def sheets(data: bytes) -> object:
            book = CalamineWorkbook.from_filelike(BytesIO(data))
            return [book.get_sheet_by_name(n).to_python() for n in book.sheet_names]

        return "calamine", sheets
    if kind == "pdf":
        import pypdfium2

        def text(data: bytes) -> object:
            document = pypdfium2.PdfDocument(data)
            return [page.get_textpage().get_text_bounded() for page in document]

        return "pdfium", text
    if kind == "json":
        return "json", json.loads
    from charset_normalizer import from_bytes

    return "charset-normalizer", lambda data: str(from_bytes(data).best())


def timed(call: Callable[[bytes], object], documents: list[bytes], reports: int) -> float:
    """Median CPU seconds a document, over rounds of all documents."""
    rounds = []
    for _ in range(max(1, reports // len(documents))):
        started = time.process_time()
        for data in documents:
            call(data)
        rounds.append((time.process_time() - started) / len(documents))
    return median(rounds)


def measure(kind: str, reports: int) -> dict[str, object]:
    """Both figures of a type, and the peak memory of this process after each."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    documents = generate(kind)
    name, floor = floor_of(kind)
    floor(documents[0])
    alone = timed(floor, documents, min(reports, 500))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    from gongkai.annual import read

    def ours(data: bytes) -> object:
        return read(data, name=f"report.{'html' if kind == 'page' else kind}")

    ours(documents[0])
    full = timed(ours, documents, reports)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "type": kind,
        "kilobytes": sum(map(len, documents)) / len(documents) / 1024,
        "floor": name,
        "floor_ms": alone * 1000,
        "ours_ms": full * 1000,
        "per_second": 1 / full,
        "ratio": full / alone,
        "floor_mb": before / 1024,
        "peak_mb": peak / 1024,
    }


def main() -> None:
    """Run each type in a process of its own and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--types", default=",".join(TYPES))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.reports)))
        return
    print(f"{'type':6}{'KB':>7}{'floor':>20}{'floor ms':>10}{'ours ms':>9}{'ratio':>7}{'reports/s':>11}{'peak MB':>9}")
    for kind in options.types.split(","):
        words = [sys.executable, __file__, "--one", kind, "--reports", str(options.reports)]
        row = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
        print(
            f"{row['type']:6}{row['kilobytes']:7.1f}{row['floor']:>20}{row['floor_ms']:10.2f}{row['ours_ms']:9.2f}"
            f"{row['ratio']:7.1f}{row['per_second']:11.0f}{row['peak_mb']:9.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
