"""Removes words from a spreadsheet for real: cells, shared texts, formulas, comments, drawings, kept copies of data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree

from gongkai.text.office_parts import local, parse_xml, read_parts, to_xml, write_parts
from gongkai.text.redaction.model import Redacted
from gongkai.text.redaction.needles import checked, contains
from gongkai.text.redaction.office import Work
from gongkai.text.redaction.pdf_rewrite import blot
from gongkai.text.scan.file_model import Findings
from gongkai.text.scan.file_xlsx import scan_cells
from gongkai.text.unreadable import FileUnreadable

_CHAIN = "xl/calcChain.xml"


def redact_xlsx(data: bytes, needles: Sequence[str]) -> Redacted:
    """The .xlsx without the needles: in cells of every sheet, hidden ones too, in shared texts, formulas, comments,
    headers, names of sheets, text boxes, charts, properties, and in what pivot tables and links keep of other data.

    A number that holds a needle becomes a text of blocks; a formula that holds or shows one gives way to what it shows.
    Raises FileUnreadable, and ValueError for needles that are too short.
    """
    wanted = checked(needles)
    parts = read_parts(data)
    if "xl/workbook.xml" not in parts:
        raise FileUnreadable("unknown_type")
    work = Work(wanted)
    formulas_gone = False
    for name, content in parts.items():
        sheet = _Sheet(wanted)
        work.take(name, content, _before(name, sheet))
        work.counts.update(sheet.found)
        formulas_gone |= sheet.formulas_gone
    if formulas_gone:
        _without_chain(work.result)
    result = write_parts(work.result)
    return work.redacted(result, _still_shown(result, wanted))


def _before(name: str, sheet: _Sheet) -> Callable[[Any], bool] | None:
    if name.startswith(("xl/worksheets/", "xl/externalLinks/")):
        return sheet.clean
    return sheet.clean_kept if name.startswith("xl/pivotCache/") else None


class _Sheet:
    """Cleans what is no plain text in one part: numbers and formulas."""

    def __init__(self, needles: dict[str, str]) -> None:
        self._needles = needles
        self.found: list[str] = []
        self.formulas_gone = False

    def clean(self, root: Any) -> bool:
        """Cells whose number or formula holds a needle become texts; says whether any did."""
        changed = False
        shared: set[str] = set()
        for cell in [item for item in root.iter() if local(item) in ("c", "cell")]:
            changed |= self._cell(cell, shared)
        for cell in [item for item in root.iter() if local(item) == "c"] if shared else ():
            formula = _child(cell, "f")
            if formula is not None and formula.get("si") in shared:
                cell.remove(formula)
        return changed

    def _cell(self, cell: Any, shared: set[str]) -> bool:
        value, formula = _child(cell, "v"), _child(cell, "f")
        if cell.get("t") == "s" and formula is None:
            return False
        shown = _shown(value.text or "") if value is not None else ""
        found = contains(shown, self._needles)
        if not found and not (formula is not None and contains(formula.text or "", self._needles)):
            return False
        self.found += found
        if formula is not None:
            self.formulas_gone = True
            if formula.get("t") == "shared" and formula.text:
                shared.add(formula.get("si") or "")
            cell.remove(formula)
        _write(cell, value, blot(shown, self._needles) or shown)
        return True

    def clean_kept(self, root: Any) -> bool:
        """The rows that a pivot table keeps of its source: a number that holds a needle becomes a text."""
        changed = False
        for item in [item for item in root.iter() if isinstance(item.tag, str)]:
            for limit in ("minValue", "maxValue"):
                if contains(_shown(item.get(limit) or ""), self._needles):
                    del item.attrib[limit]
                    changed = True
            if local(item) == "n" and contains(_shown(item.get("v") or ""), self._needles):
                item.tag = etree.QName(etree.QName(item).namespace, "s")
                item.set("v", _shown(item.get("v") or ""))
                changed = True
        return changed


def _child(cell: Any, name: str) -> Any | None:
    return next((item for item in cell if local(item) == name), None)


def _shown(value: str) -> str:
    """A stored number as people see it: 13812345678 for 1.3812345678E10."""
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if abs(number) < 1e18 and number.is_integer() else value


def _write(cell: Any, value: Any | None, text: str) -> None:
    """Makes a cell one that holds a text of its own; one of a link keeps its simpler form."""
    if local(cell) == "cell":
        cell.set("t", "str")
        if value is not None:
            value.text = text
        return
    if value is not None:
        cell.remove(value)
    space = etree.QName(cell).namespace
    cell.set("t", "inlineStr")
    words = etree.SubElement(etree.SubElement(cell, f"{{{space}}}is"), f"{{{space}}}t")
    words.text = text


def _without_chain(parts: dict[str, bytes]) -> None:
    """Takes out the order of reckoning, which names cells without formulas now; programs make it anew."""
    if parts.pop(_CHAIN, None) is None:
        return
    for name, key in (("[Content_Types].xml", "PartName"), ("xl/_rels/workbook.xml.rels", "Target")):
        root = parse_xml(parts[name])
        for item in [item for item in root if (item.get(key) or "").endswith("calcChain.xml")]:
            root.remove(item)
        parts[name] = to_xml(root)


def _still_shown(data: bytes, needles: dict[str, str]) -> list[str]:
    """The needles that another reader finds in the cells."""
    found = Findings()
    scan_cells(data, found)
    cells = {cell for part in found.parts for line in part.text.split("\n") for cell in line.split("\t")}
    return [needle for cell in cells for needle in contains(cell, needles)]
