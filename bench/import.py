"""Rows imported per second, indexing included, beside bare bulk inserts of the same rows in the same run.

Usage: python bench/import.py [--rows 10000] [--batch 1000] [--jobs 2] [--form plain|page|word] [--rounds 1]

The rows are publications of the demo city with a number in each text, so that no two are alike. The floor is Django's
`bulk_create` of the same publications, already cleaned and checked, into the same table of the same database: no
reading, checking, cleaning, scanning, numbering, spreading, record or index. `plain` is text without markup, `page`
clean HTML, `word` the same with the inline styles that pasting from Word leaves.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

FORMS = ("plain", "page", "word")


def rows(count: int, form: str) -> Iterator[dict[str, str]]:
    """The rows of a source, as an old site would export them."""
    from datetime import date

    from gongkai.publishing.demo import library

    library.add_files = lambda items: None  # type: ignore[assignment]
    items = [i for i in library.library(date(2026, 6, 30)) if i.kind != "clarification"]
    for number in range(count):
        item = items[number % len(items)]
        body = item.body.replace("。", f"（{number}）。", 1) + f"<p>第{number}号。</p>"
        if form == "plain":
            body = re.sub(r"<[^>]+>", "\n", body)
        elif form == "word":
            body = body.replace("<p>", '<p class="MsoNormal" style="margin:0cm;line-height:28pt"><span lang="EN-US">')
            body = body.replace("</p>", "</span></p>")
        yield {
            "标题": f"{item.title}（{number}）", "正文": body, "栏目": item.kind, "发文字号": item.number,
            "发布日期": str(item.published), "成文日期": str(item.made), "编号": f"old-{number}",
        }  # fmt: skip


def fresh(folder: Path) -> None:
    """A database of its own with the tables and the agencies of the demo city."""
    os.environ["GONGKAI_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.settings.demo"
    import django

    django.setup()
    from django.core.management import call_command

    from gongkai.agencies import demo

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    demo.load()


def imported(source: Path, batch: int, jobs: int | None) -> Any:
    """An import as the command does it; its outcome with the seconds that it took."""
    from gongkai.agencies.models import Agency, Person
    from gongkai.publishing.importing.running import run

    by = Person.objects.get(username="root")
    return run(source, agency=Agency.objects.get(slug="yunzhou"), by=by, batch=batch, workers=jobs)


def inserted() -> float:
    """Seconds for bare bulk inserts of what was imported; taken out again."""
    from django.db import transaction

    from gongkai.publishing.models import Publication

    copies = []
    for row in Publication.objects.exclude(external_id=""):
        row.pk, row.index_number = None, None
        copies.append(row)
    with transaction.atomic():
        started = time.perf_counter()
        Publication.objects.bulk_create(copies, batch_size=200)
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    return seconds


def empty() -> None:
    """Takes out what was imported, so that the next round begins as the first."""
    from gongkai.publishing.indexing import rebuild
    from gongkai.publishing.models import IndexCounter, IndexEntry, Publication, PublicationImport

    IndexEntry.objects.all().delete()
    Publication.objects.all().delete()
    PublicationImport.objects.all().delete()
    IndexCounter.objects.all().delete()
    rebuild()


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--form", choices=FORMS, action="append")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", ignore_cleanup_errors=True) as name:
        fresh(Path(name))
        print(f"{'form':8}{'rows':>8}{'KB/row':>8}{'import/s':>10}{'insert/s':>10}{'ratio':>8}{'rejected':>10}")
        for form in options.form or FORMS:
            source = Path(name) / f"{form}.jsonl"
            with source.open("w", encoding="utf-8") as file:
                for row in rows(options.rows, form):
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
            speeds, bare, rejected = [], [], 0
            for _ in range(options.rounds):
                outcome = imported(source, options.batch, options.jobs)
                speeds.append(outcome.rows / outcome.seconds)
                bare.append(outcome.added / inserted())
                rejected = outcome.rejected + outcome.duplicates
                empty()
            size = source.stat().st_size / options.rows / 1024
            ratio = median(speeds) / median(bare)
            print(
                f"{form:8}{options.rows:8}{size:8.1f}{median(speeds):10.0f}{median(bare):10.0f}{ratio:8.2f}{rejected:10}",
                flush=True,
            )


if __name__ == "__main__":
    main()
