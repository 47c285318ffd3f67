"""Numbers as offices write them: one alone in a cell, or all of those in a text."""

from gongkai.text.cell_numbers import parse_number
from gongkai.text.number_model import FoundNumber, Number, NumberKind
from gongkai.text.prose_numbers import find_numbers

__all__ = ["FoundNumber", "Number", "NumberKind", "find_numbers", "parse_number"]
