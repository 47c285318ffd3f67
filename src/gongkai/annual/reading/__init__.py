"""From a file to the reports in it: splitting, identity, form, chapters, and every stage after them."""

from gongkai.annual.reading.pipeline import read, read_document
from gongkai.annual.reading.split import split

__all__ = ["read", "read_document", "split"]
