"""Rows imported per second with indexing, and CPU a row, beside bare bulk inserts of the same rows in the same run.

Usage: python bench/import.py [--rows 10000] [--batch 1000] [--jobs 2] [--form plain|page|word] [--rounds 1]

The rows are publications of the demo city with a number in each text, so that no two are alike. The floor is Django's
`bulk_create` of the same publications, already cleaned and checked, into the same table of the same database: no
reading, checking, cleaning, scanning, numbering, spreading, record or index. CPU is that of all processes together, in
milliseconds a row: of a shared machine it says more than the rows a second. `plain` is text without markup, `page`
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
from itertools import pairwise
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


def cpu() -> float:
    """Seconds that this process and those that it started and that ended have worked."""
    return sum(os.times()[:4])


def stages(source: Path, batch: int) -> dict[str, float]:
    """CPU milliseconds a row of the first batch by stage, one after another in one process; taken out again."""
    from itertools import islice

    from gongkai.agencies.models import Agency, Person
    from gongkai.publishing.importing import reading, running
    from gongkai.publishing.importing.converting import Options, convert
    from gongkai.publishing.importing.mapping import Mapping
    from gongkai.publishing.importing.model import Outcome
    from gongkai.publishing.importing.taking import Taker
    from gongkai.publishing.indexing import catch_up

    agency, by = Agency.objects.get(slug="yunzhou"), Person.objects.get(username="root")
    marks = [time.process_time()]
    some = list(islice(reading.rows(source), batch))
    candidates = convert(some, Options(Mapping()))
    marks.append(time.process_time())
    outcome = Outcome(run=running._begin(source, Mapping(), agency, by, resume=False))
    running._one_batch(Taker(agency, by, outcome.run), candidates, outcome, by)
    marks.append(time.process_time())
    catch_up()
    marks.append(time.process_time())
    empty()
    spent = [(after - before) / len(some) * 1000 for before, after in pairwise(marks)]
    return dict(zip(("read", "store", "index"), spent, strict=True))


def inserted() -> float:
    """CPU seconds for bare bulk inserts of what was imported; taken out again."""
    from django.db import transaction

    from gongkai.publishing.models import Publication

    copies = []
    for row in Publication.objects.exclude(external_id=""):
        row.pk, row.index_number = None, None
        copies.append(row)
    with transaction.atomic():
        started = time.process_time()
        Publication.objects.bulk_create(copies, batch_size=200)
        seconds = time.process_time() - started
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
        names = ("rows", "KB/row", "rows/s", "CPU ms", "read", "store", "index", "insert", "ratio", "rejected")
        print(f"{'form':8}" + "".join(f"{name:>9}" for name in names))
        for form in options.form or FORMS:
            source = Path(name) / f"{form}.jsonl"
            with source.open("w", encoding="utf-8") as file:
                for row in rows(options.rows, form):
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
            stages(source, options.batch)  # what is made once for a process is made now
            parts = stages(source, options.batch)
            speeds, spent, bare, rejected = [], [], [], 0
            for _ in range(options.rounds):
                begun = cpu()
                outcome = imported(source, options.batch, options.jobs)
                spent.append((cpu() - begun) / outcome.rows * 1000)
                speeds.append(outcome.rows / outcome.seconds)
                bare.append(inserted() / outcome.added * 1000)
                rejected = outcome.rejected + outcome.duplicates
                empty()
            size = source.stat().st_size / options.rows / 1024
            figures = [median(spent), *parts.values(), median(bare), median(spent) / median(bare)]
            print(
                f"{form:8}{options.rows:9}{size:9.1f}{median(speeds):9.0f}"
                + "".join(f"{figure:9.2f}" for figure in figures)
                + f"{rejected:9}",
                flush=True,
            )


if __name__ == "__main__":
    main()
