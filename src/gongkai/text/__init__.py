"""Chinese text as it really arrives: repairs, numbers, and what must not be released."""

from gongkai.text.numbers import FoundNumber, Number, NumberKind, find_numbers, parse_number
from gongkai.text.repair_model import Repair, Repaired

__all__ = ["FoundNumber", "Number", "NumberKind", "Repair", "Repaired", "find_numbers", "parse_number"]
