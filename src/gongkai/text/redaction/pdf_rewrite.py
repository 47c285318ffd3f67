"""Rewrites content streams without the glyphs that have to go, and draws filled boxes in their place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pikepdf

from gongkai.text.redaction.needles import contains, fold, spans
from gongkai.text.redaction.pdf_glyphs import Key, Place, State, Stream, Walker, displacement, strings

_BLOCK = "█"


def rewrite(
    pdf: pikepdf.Pdf, walker: Walker, places: Iterable[Place], needles: dict[str, str], counts: Counter[str]
) -> None:
    """Takes the glyphs of `places` out of their streams; also needles in the properties of marked content."""
    chosen: dict[Key, dict[int, set[tuple[int, int]]]] = defaultdict(lambda: defaultdict(set))
    for place in places:
        chosen[place.stream][place.instruction].add((place.string, place.number))
    for key, stream in walker.streams.items():
        picked = chosen.get(key, {})
        instructions: list[Any] = []
        changed = bool(picked)
        for index, instruction in enumerate(stream.instructions):
            operator = str(instruction.operator)
            if index in picked:
                instructions += _without(operator, instruction.operands, stream.states[index], picked[index])
            elif operator in ("BDC", "DP") and _clean_properties(instruction.operands, needles, counts):
                changed = True
                instructions.append(instruction)
            else:
                instructions.append(instruction)
        if changed:
            _store(pdf, stream, pikepdf.unparse_content_stream(instructions))


def draw(pdf: pikepdf.Pdf, page: Any, boxes: Sequence[tuple[float, float, float, float]]) -> None:
    """Draws black boxes over a page, whatever state its content leaves behind."""
    if not boxes:
        return
    lines = [f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f" for x0, y0, x1, y1 in joined(boxes)]
    page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
    page.contents_add(pdf.make_stream(("\nQ q 0 g\n" + "\n".join(lines) + "\nQ\n").encode("ascii")))


def joined(boxes: Sequence[tuple[float, float, float, float]]) -> list[tuple[float, float, float, float]]:
    """Boxes that touch on one line, made one."""
    result: list[tuple[float, float, float, float]] = []
    for box in sorted(boxes, key=lambda box: (round(box[1], 1), box[0])):
        last = result[-1] if result else None
        height = box[3] - box[1]
        if last and abs(last[1] - box[1]) < 0.3 * height and box[0] - last[2] < 0.3 * height:
            result[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            result.append(box)
    return result


def _without(operator: str, operands: Sequence[Any], state: State, gone: set[tuple[int, int]]) -> list[Any]:
    """The instruction without some glyphs; what follows them keeps its place."""
    array: list[Any] = []
    for number, item in enumerate(strings(operator, operands)):
        if isinstance(item, float):
            array.append(item)
            continue
        kept = b""
        for position, glyph in enumerate(state.font.glyphs(item) if state.font else ()):
            if (number, position) in gone:
                if kept:
                    array.append(pikepdf.String(kept))
                    kept = b""
                array.append(round(-displacement(glyph, state), 3))
            else:
                kept += glyph.code
        if kept:
            array.append(pikepdf.String(kept))
    before: list[Any] = []
    if operator == '"':
        before = [_instruction("Tw", operands[0]), _instruction("Tc", operands[1])]
    if operator in ("'", '"'):
        before.append(_instruction("T*"))
    return [*before, _instruction("TJ", pikepdf.Array(_summed(array)))]


def _summed(array: list[Any]) -> list[Any]:
    """The array with neighbouring displacements added up, so that it does not tell how long the words were."""
    result: list[Any] = []
    for item in array:
        if isinstance(item, float) and result and isinstance(result[-1], float):
            result[-1] = round(result[-1] + item, 3)
        else:
            result.append(item)
    return result


def _instruction(operator: str, *operands: Any) -> Any:
    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))


def _store(pdf: pikepdf.Pdf, stream: Stream, data: bytes) -> None:
    if isinstance(stream.target, pikepdf.Stream):
        stream.target.write(data)
    else:
        stream.target["/Contents"] = pdf.make_stream(data)


def _clean_properties(operands: Sequence[Any], needles: dict[str, str], counts: Counter[str]) -> bool:
    """Blots out needles in the properties of marked content (texts that stand for the glyphs)."""
    dictionaries = [operand for operand in operands if isinstance(operand, pikepdf.Dictionary)]
    return sum(clean_strings(dictionary, needles, counts) for dictionary in dictionaries) > 0


def clean_strings(holder: Any, needles: dict[str, str], counts: Counter[str], depth: int = 0) -> int:
    """Blots out and counts needles in the strings of a dictionary or array, not of other objects; how many changed."""
    changed = 0
    if isinstance(holder, pikepdf.Array):
        items: list[tuple[Any, Any]] = list(enumerate(holder))
    elif isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
        items = list(holder.items())
    else:
        return 0
    for key, value in items:
        if isinstance(value, pikepdf.String):
            blotted = blot(str(value), needles)
            if blotted is not None:
                counts.update(contains(str(value), needles))
                holder[key] = pikepdf.String(blotted)
                changed += 1
        elif isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect and depth < 50:
            changed += clean_strings(value, needles, counts, depth + 1)
    return changed


def blot(text: str, needles: dict[str, str]) -> str | None:
    """The text with blocks for every needle; None if there is none in it."""
    found = spans(text, needles)
    if not found:
        return None
    chars = list(text)
    for start, end in found:
        for at in range(start, end):
            chars[at] = _BLOCK if fold(chars[at]) else ""
    return "".join(chars)
