"""Turns the tables of a report into official cells by aligning labels, never by position alone."""

from gongkai.annual.tables.model import ForeignLabel, TableReading
from gongkai.annual.tables.reading import may_hold_tables, read_tables
from gongkai.annual.tables.scoring import score_forms

__all__ = ["ForeignLabel", "TableReading", "may_hold_tables", "read_tables", "score_forms"]
