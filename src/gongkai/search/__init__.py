"""Full-text search: tantivy in the process, over pairs of neighbouring characters and words.

The engine knows documents, not publications: whoever has something to be found hands over a `Document` with an integer
id, and gets ids back. One process writes (a lock sees to it), any number read and notice by a look at a file that
something was committed.

    index = Index.open(folder)
    with index.writer() as writer:
        writer.put(document)
        writer.commit(position=change.id)
    results = index.search(Query("住房公积金 提取"))
"""

from gongkai.search.engine import Index
from gongkai.search.highlighting import highlight, spans
from gongkai.search.language import Parsed, parse
from gongkai.search.model import (
    Document,
    Hit,
    NeedsRebuild,
    Query,
    Results,
    SearchError,
    Snippet,
    Sort,
    WriterBusy,
)
from gongkai.search.writing import Writer

__all__ = [
    "Document",
    "Hit",
    "Index",
    "NeedsRebuild",
    "Parsed",
    "Query",
    "Results",
    "SearchError",
    "Snippet",
    "Sort",
    "Writer",
    "WriterBusy",
    "highlight",
    "parse",
    "spans",
]
