"""Reads standard directories (政务公开事项标准目录) from workbooks in the official columns."""

from gongkai.publishing.directories_import.model import Found, Problem, ReadRow, ReadSheet, Unreadable
from gongkai.publishing.directories_import.reading import read_directories

__all__ = ["Found", "Problem", "ReadRow", "ReadSheet", "Unreadable", "read_directories"]
