"""Walks the content streams of a PDF and says of every glyph where it stands: in which string and on which spot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from gongkai.text.redaction.pdf_fonts import Font, Glyph
from gongkai.text.unreadable import FileUnreadable

Matrix = tuple[float, float, float, float, float, float]
Key = tuple[str, int, int]
"""A content stream: ("page", number, 0) or ("object", number, generation)."""
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MAX_GLYPHS = 3_000_000
_MAX_DEPTH = 12
SHOWING = frozenset(("Tj", "TJ", "'", '"'))


@dataclass(frozen=True, slots=True)
class Place:
    """A glyph: its stream, instruction, string in that and number in the string; its text and its box on the page."""

    stream: Key
    instruction: int
    string: int
    number: int
    text: str
    box: tuple[float, float, float, float]

    @property
    def at(self) -> tuple[Key, int, int, int]:
        return self.stream, self.instruction, self.string, self.number


@dataclass(slots=True)
class State:
    """The graphics state that matters for text."""

    ctm: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


@dataclass(slots=True)
class Stream:
    """A content stream that was read: its instructions and the state at each of those that show text."""

    target: Any
    instructions: list[Any]
    states: dict[int, State] = field(default_factory=dict)


class Walker:
    """Reads pages and forms; keeps the streams for rewriting."""

    def __init__(self) -> None:
        self.streams: dict[Key, Stream] = {}
        self.fonts: dict[tuple[int, int], Font] = {}
        self.count = 0

    def page(self, page: Any, number: int) -> list[Place]:
        """The glyphs of a page in the order of its streams, forms included."""
        places: list[Place] = []
        self._stream(("page", number, 0), page.obj, page.obj, _inherited(page), State(), places, ())
        return places

    def form(self, form: Any) -> list[Place]:
        """The glyphs of a form, pattern or appearance by itself."""
        places: list[Place] = []
        key: Key = ("object", *form.objgen)
        self._stream(key, form, form, form.get("/Resources"), State(), places, ())
        return places

    def _stream(
        self,
        key: Key,
        target: Any,
        source: Any,
        resources: Any,
        state: State,
        places: list[Place],
        above: tuple[Key, ...],
    ) -> None:
        if key in above or len(above) >= _MAX_DEPTH:
            return
        if key not in self.streams:
            try:
                self.streams[key] = Stream(target, list(pikepdf.parse_content_stream(source)))
            except (pikepdf.PdfError, TypeError, ValueError) as error:
                if key[0] == "page" and "/Contents" not in source:
                    self.streams[key] = Stream(target, [])
                else:
                    raise FileUnreadable("damaged") from error
        _Run(self, key, resources, state, places, above).run(self.streams[key])

    def font(self, dictionary: Any) -> Font:
        """The font of a dictionary, read once."""
        key = dictionary.objgen
        if key == (0, 0):
            return Font(dictionary)
        if key not in self.fonts:
            self.fonts[key] = Font(dictionary)
        return self.fonts[key]

    def spend(self, amount: int) -> None:
        """Counts work; raises FileUnreadable where a file asks for too much of it."""
        self.count += amount
        if self.count > MAX_GLYPHS:
            raise FileUnreadable("too_large")


class _Run:
    """One pass over one stream."""

    def __init__(
        self, walker: Walker, key: Key, resources: Any, state: State, places: list[Place], above: tuple[Key, ...]
    ) -> None:
        self._walker, self._key, self._places, self._above = walker, key, places, above
        self._resources = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
        self._state = replace(state)
        self._stack: list[State] = []
        self._line: Matrix = IDENTITY
        self._text: Matrix = IDENTITY

    def run(self, stream: Stream) -> None:
        """Follows the instructions; what has wrong operands is passed over as viewers do."""
        for index, instruction in enumerate(stream.instructions):
            self._walker.spend(1)
            operator = str(instruction.operator)
            operands = instruction.operands
            try:
                if operator in SHOWING:
                    stream.states[index] = replace(self._state)
                    self._show(index, operator, operands)
                else:
                    self._other(operator, operands)
            except (TypeError, ValueError, IndexError, KeyError, AttributeError, ArithmeticError):
                continue

    def _other(self, operator: str, operands: Sequence[Any]) -> None:
        state = self._state
        match operator:
            case "q":
                self._stack.append(replace(state))
            case "Q":
                self._state = self._stack.pop() if self._stack else state
            case "cm":
                state.ctm = multiply(_matrix(operands), state.ctm)
            case "BT":
                self._line = self._text = IDENTITY
            case "Tm":
                self._line = self._text = _matrix(operands)
            case "Td" | "TD":
                self._move(float(operands[0]), float(operands[1]))
                if operator == "TD":
                    state.leading = -float(operands[1])
            case "T*":
                self._move(0, -state.leading)
            case "Do":
                self._draw(operands[0])
            case "gs":
                self._graphics_state(operands[0])
            case _:
                self._text_state(operator, operands)

    def _text_state(self, operator: str, operands: Sequence[Any]) -> None:
        state = self._state
        match operator:
            case "Tf":
                self._set_font(self._resources["/Font"][str(operands[0])], operands[1])
            case "Tc":
                state.char_space = float(operands[0])
            case "Tw":
                state.word_space = float(operands[0])
            case "Tz":
                state.scale = float(operands[0]) / 100
            case "TL":
                state.leading = float(operands[0])
            case "Ts":
                state.rise = float(operands[0])

    def _set_font(self, dictionary: Any, size: Any) -> None:
        self._state.font, self._state.size = None, float(size)
        self._state.font = self._walker.font(dictionary)

    def _graphics_state(self, name: Any) -> None:
        extra = self._resources["/ExtGState"][str(name)]
        if "/Font" in extra:
            self._set_font(extra["/Font"][0], extra["/Font"][1])

    def _draw(self, name: Any) -> None:
        form = self._resources["/XObject"][str(name)]
        if form.get("/Subtype") != "/Form":
            return
        inner = replace(self._state)
        if "/Matrix" in form:
            inner.ctm = multiply(_matrix(list(form["/Matrix"])), inner.ctm)
        key: Key = ("object", *form.objgen)
        resources = form.get("/Resources", self._resources)
        self._walker._stream(key, form, form, resources, inner, self._places, (*self._above, self._key))

    def _move(self, x: float, y: float) -> None:
        self._line = self._text = multiply((1, 0, 0, 1, x, y), self._line)

    def _show(self, index: int, operator: str, operands: Sequence[Any]) -> None:
        if operator in ("'", '"'):
            if operator == '"':
                self._state.word_space, self._state.char_space = float(operands[0]), float(operands[1])
            self._move(0, -self._state.leading)
        for number, item in enumerate(strings(operator, operands)):
            if isinstance(item, bytes):
                self._string(index, number, item)
            else:
                self._advance(-item / 1000 * self._state.size)

    def _string(self, index: int, number: int, data: bytes) -> None:
        if self._state.font is None:
            return
        for position, glyph in enumerate(self._state.font.glyphs(data)):
            self._walker.spend(1)
            advance = displacement(glyph, self._state) * self._state.size / 1000
            box = self._box(glyph)
            self._places.append(Place(self._key, index, number, position, glyph.text, box))
            self._advance(advance)

    def _advance(self, amount: float) -> None:
        vertical = self._state.font is not None and self._state.font.vertical
        shift: Matrix = (1, 0, 0, 1, 0, amount) if vertical else (1, 0, 0, 1, amount * self._state.scale, 0)
        self._text = multiply(shift, self._text)

    def _box(self, glyph: Glyph) -> tuple[float, float, float, float]:
        state = self._state
        width = glyph.width / 1000 * state.size * state.scale
        left, right, low, high = 0.0, width, -0.22 * state.size, 0.9 * state.size
        if state.font is not None and state.font.vertical:
            left, right, low, high = -0.5 * state.size, 0.5 * state.size, -state.size, 0.0
        whole = multiply(self._text, state.ctm)
        corners = [apply(whole, x, y + state.rise) for x in (left, right) for y in (low, high)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def strings(operator: str, operands: Sequence[Any]) -> list[bytes | float]:
    """The strings and displacements that an instruction shows."""
    if operator == "TJ":
        return [bytes(item) if isinstance(item, pikepdf.String) else float(item) for item in operands[0]]
    return [bytes(operands[-1])]


def displacement(glyph: Glyph, state: State) -> float:
    """How far a glyph moves the pen, in thousandths of the size; downwards for vertical fonts."""
    extra = state.char_space + (state.word_space if glyph.is_space else 0)
    width = -1000.0 if state.font is not None and state.font.vertical else glyph.width
    return width + (extra * 1000 / state.size if state.size else 0)


def multiply(a: Matrix, b: Matrix) -> Matrix:
    """First `a`, then `b`."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point seen through a matrix."""
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _inherited(page: Any) -> Any:
    """The resources of a page, which may stand further up in the tree."""
    node = page.obj
    for _ in range(30):
        if "/Resources" in node:
            return node["/Resources"]
        if "/Parent" not in node:
            break
        node = node["/Parent"]
    return pikepdf.Dictionary()
