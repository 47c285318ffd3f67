"""Which files a command is to read: named files, and every readable file below named folders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from gongkai.annual.errors import ReadError
from gongkai.annual.model import Report
from gongkai.cli.words import gettext as _

SUFFIXES = frozenset(
    [
        ".html",
        ".htm",
        ".shtml",
        ".mht",
        ".mhtml",
        ".docx",
        ".doc",
        ".xlsx",
        ".xls",
        ".ods",
        ".pdf",
        ".ofd",
        ".txt",
        ".md",
        ".csv",
        ".tsv",
        ".json",
    ]
)


@dataclass(slots=True)
class Outcome:
    """What became of one file: its reports, or why it could not be read."""

    path: Path
    reports: list[Report] = field(default_factory=list)
    error: ReadError | OSError | None = None

    @property
    def message(self) -> str:
        """Why the file could not be read, in Chinese where the reader says it so."""
        return str(getattr(self.error, "message", self.error or ""))


def files(paths: Iterable[Path]) -> list[Path]:
    """The files to read, in order, each once: a named file whatever its suffix, a folder's files by suffix."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            below = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
            found.update(dict.fromkeys(p for p in below if not p.name.startswith((".", "~$"))))
        else:
            found[path] = None
    return list(found)


def read_file(path: Path) -> Outcome:
    """Read one file; what it refuses is kept in the outcome, so that it does not stop the rest."""
    from gongkai.annual import read

    try:
        return Outcome(path, reports=read(path))
    except (ReadError, OSError) as error:
        return Outcome(path, error=error)


def read_all(
    paths: list[Path], *, console: Console, jobs: int = 1, on_done: Callable[[Outcome], None] | None = None
) -> list[Outcome]:
    """Read all files with a progress bar on `console`; `on_done` is called for each as soon as it is read."""
    outcomes = []
    with _progress(console, visible=len(paths) > 1) as progress:
        task = progress.add_task(_("读取"), total=len(paths))
        for outcome in _run(paths, jobs):
            outcomes.append(outcome)
            progress.advance(task)
            if on_done is not None:
                on_done(outcome)
    return outcomes


def _run(paths: list[Path], jobs: int) -> Iterator[Outcome]:
    if jobs <= 1 or len(paths) < 2:
        yield from map(read_file, paths)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(read_file, paths, chunksize=max(1, min(16, len(paths) // (jobs * 4) or 1)))


def _progress(console: Console, *, visible: bool) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not visible or not console.is_terminal,
    )
