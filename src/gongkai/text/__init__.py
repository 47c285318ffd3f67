"""Chinese text as it really arrives: bytes, repairs, numbers, labels, sentences, and what must not be released.

- `decode(data, declared)` turns bytes of any encoding into text.
- `repair_text(text)` repairs a whole plain text of many lines: it also joins broken lines and drops what a website put
  around the text.
- `repair_line(text)` repairs one paragraph or one cell that already stands alone: no lines are joined, none is dropped.
- `parse_number(raw)` reads the number in a cell, `find_numbers(text)` those in prose.

Repairs leave clean text as it is, and repairing twice changes nothing more.
"""

from gongkai.text.decode import Decoded, decode
from gongkai.text.numbers import FoundNumber, Number, NumberKind, find_numbers, parse_number
from gongkai.text.repair_model import Repair, Repaired
from gongkai.text.repairs import REPAIRS, RepairFunction, repair, repair_line, repair_text

__all__ = [
    "REPAIRS",
    "Decoded",
    "FoundNumber",
    "Number",
    "NumberKind",
    "Repair",
    "RepairFunction",
    "Repaired",
    "decode",
    "find_numbers",
    "parse_number",
    "repair",
    "repair_line",
    "repair_text",
]
