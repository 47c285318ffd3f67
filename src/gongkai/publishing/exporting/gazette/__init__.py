"""The gazette as a PDF: an issue with cover, contents, texts and repealed list; the issues of a year bound."""

from gongkai.publishing.exporting.gazette.binding import bind
from gongkai.publishing.exporting.gazette.typeset import Typeset, typeset_issue

__all__ = ["Typeset", "bind", "typeset_issue"]
