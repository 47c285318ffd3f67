"""Removes words from a PDF for real: from text, notes, fields, properties and attachments, with proof after it."""

from __future__ import annotations

import io
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2

from gongkai.text.redaction import pdf_rewrite
from gongkai.text.redaction.model import Redacted
from gongkai.text.redaction.needles import checked, contains, matches
from gongkai.text.redaction.pdf_glyphs import Key, Place, Walker
from gongkai.text.scan.file_pdf import Box, covered_places
from gongkai.text.unreadable import FileUnreadable

MAX_PAGES = 3000
_AGAIN = 4
UNDER_A_BOX = "色块下面的文字"
"""Stands in `unresolved` for words under a box that could not be taken out."""
_DATA = frozenset(("/Image", "/Type1C", "/CIDFontType0C", "/OpenType"))


def redact_pdf(data: bytes, needles: Sequence[str], *, covered: bool = False) -> Redacted:
    """The PDF without the needles, as a new file that keeps no earlier state.

    The glyphs are taken out of the content streams (pages, forms, patterns, appearances) and a filled box is drawn
    in their place; needles in titles, notes, fields, structure and properties become blocks; attachments, scripts,
    XMP metadata, previews and XFA forms are taken out whole. Afterwards the new file is read again by another reader
    and its streams are searched: a needle that is still found is named in `unresolved`, and the caller must refuse
    the file. Words inside pictures are not seen: `unreadable` names pages without text and fonts without a map.

    With `covered`, all words that lie under a dark box go as well; where some still do, UNDER_A_BOX is in `unresolved`.

    Raises FileUnreadable for files that are damaged, protected or too large, ValueError for needles that are too short.
    """
    result = _once(data, needles, covered)
    for _ in range(_AGAIN):
        if UNDER_A_BOX not in result.unresolved:
            break
        # a font that does not say how wide its glyphs are lets them stand elsewhere than reckoned
        result = _added(result, _once(result.data, needles, covered))
    return result


def _added(first: Redacted, second: Redacted) -> Redacted:
    counts = {needle: count + first.counts[needle] for needle, count in second.counts.items()}
    removed = tuple(dict.fromkeys((*first.removed, *second.removed)))
    return replace(second, counts=counts, removed=removed)


def _once(data: bytes, needles: Sequence[str], covered: bool) -> Redacted:
    wanted = checked(needles)
    try:
        under = covered_places(data) if covered else {}
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise FileUnreadable("too_large")
            return _Redaction(pdf, wanted, under).redact()
    except pikepdf.PasswordError as error:
        raise FileUnreadable("encrypted") from error
    except (pikepdf.PdfError, RecursionError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise FileUnreadable("damaged") from error


class _Redaction:
    def __init__(self, pdf: pikepdf.Pdf, needles: dict[str, str], under: dict[int, list[Box]]) -> None:
        self._pdf = pdf
        self._under = under
        self._needles = needles
        self._walker = Walker()
        self._counts: Counter[str] = Counter()
        self._removed: list[str] = []
        self._without_text: list[str] = []

    def redact(self) -> Redacted:
        """Carries it out and looks whether it worked."""
        gone: dict[tuple[Key, int, int, int], Place] = {}
        boxes: dict[int, list[Place]] = {}
        for number, page in enumerate(self._pdf.pages):
            places = self._walker.page(page, number)
            if not any(place.text.strip() for place in places):
                self._without_text.append(f"第 {number + 1} 页")
            boxes[number] = self._find(places) + [p for p in places if _lies_in(p, self._under.get(number, ()))]
            gone |= {place.at: place for place in boxes[number]}
        for form in self._other_streams():
            gone |= {place.at: place for place in self._find(self._walker.form(form))}
        pdf_rewrite.rewrite(self._pdf, self._walker, gone.values(), self._needles, self._counts)
        for number, page in enumerate(self._pdf.pages):
            pdf_rewrite.draw(self._pdf, page, [place.box for place in boxes[number]])
        self._remove_whole()
        self._clean_objects()
        result = self._saved()
        blind = sorted({font.name for font in self._walker.fonts.values() if font.blind})
        left = tuple(still_there(result, self._needles))
        if self._under and covered_places(result):
            left = (*left, UNDER_A_BOX)
        unreadable = (*self._without_text, *(f"字体 {name}" for name in blind))
        counts = {needle: self._counts[needle] for needle in self._needles}
        return Redacted(result, counts, left, unreadable, tuple(dict.fromkeys(self._removed)))

    def _find(self, places: Sequence[Place]) -> list[Place]:
        """The glyphs of all needles: in the order of the streams, and in the order in which people read."""
        found: dict[tuple[Key, int, int, int], Place] = {}
        seen: set[tuple[str, frozenset[int]]] = set()
        for order in (list(places), in_lines(places)):
            for match in matches([place.text for place in order], self._needles):
                picked = [order[piece] for piece in match.pieces]
                mark = (match.needle, frozenset(id(place) for place in picked))
                if mark not in seen:
                    seen.add(mark)
                    self._counts[match.needle] += 1
                found |= {place.at: place for place in picked}
        # a box is wanted for each time that a form is shown, not only for the first
        return [place for place in places if place.at in found]

    def _other_streams(self) -> Iterator[Any]:
        """Forms, patterns and appearances that no page shows by itself."""
        for item in self._objects():
            if not isinstance(item, pikepdf.Stream) or ("object", *item.objgen) in self._walker.streams:
                continue
            if item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1:
                yield item

    def _objects(self) -> list[Any]:
        return list(self._pdf.objects)

    def _remove_whole(self) -> None:
        """Takes out what cannot be cleaned piece by piece, or what nobody needs."""
        root = self._pdf.Root
        names = root.get("/Names")
        for holder, key, label in (
            (names, "/EmbeddedFiles", "附件"),
            (names, "/JavaScript", "脚本"),
            (root, "/AF", "附件"),
            (root, "/Metadata", "元数据"),
            (root, "/PieceInfo", "编辑软件数据"),
            (root.get("/AcroForm"), "/XFA", "XFA 表单"),
        ):
            if isinstance(holder, pikepdf.Dictionary) and key in holder:
                del holder[key]
                self._removed.append(label)
        for page in self._pdf.pages:
            for key in ("/Thumb", "/PieceInfo", "/Metadata", "/AF"):
                if key in page.obj:
                    del page.obj[key]
            self._annotations(page)

    def _annotations(self, page: Any) -> None:
        """Takes out notes that hold a needle or a file; fields lose their value and their picture of it."""
        if "/Annots" not in page.obj or not isinstance(page.obj["/Annots"], pikepdf.Array):
            return
        kept = pikepdf.Array()
        for note in page.obj["/Annots"]:
            if not isinstance(note, pikepdf.Dictionary):
                continue
            if note.get("/Subtype") in ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen"):
                self._removed.append("附件")
                continue
            words = " ".join(str(value) for value in _strings(note, 0))
            found = contains(words, self._needles)
            if found and note.get("/Subtype") != "/Widget":
                self._counts.update(found)
                self._removed.append("批注")
                continue
            if found:
                for key in ("/AP", "/RV"):
                    if key in note:
                        del note[key]
            kept.append(note)
        page.obj["/Annots"] = kept

    def _clean_objects(self) -> None:
        """Blots needles out of every string of every object; takes rich text and scripts out whole."""
        for item in self._objects():
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                for key in ("/RC", "/RV", "/JS"):
                    if key in item:
                        del item[key]
            pdf_rewrite.clean_strings(item, self._needles, self._counts)
        info = self._pdf.trailer.get("/Info")
        pdf_rewrite.clean_strings(info, self._needles, self._counts)
        for item in self._objects():
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and "/Metadata" in item:
                del item["/Metadata"]

    def _saved(self) -> bytes:
        out = io.BytesIO()
        self._pdf.remove_unreferenced_resources()
        self._pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=False, linearize=False)
        return out.getvalue()


def _lies_in(place: Place, boxes: Sequence[Box]) -> bool:
    """Whether the middle of a glyph is in one of the boxes."""
    x, y = (place.box[0] + place.box[2]) / 2, (place.box[1] + place.box[3]) / 2
    return any(left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1 for left, bottom, right, top in boxes)


def in_lines(places: Sequence[Place]) -> list[Place]:
    """The glyphs as people read them: line by line from the top, each from the left."""
    lines: list[tuple[float, list[Place]]] = []
    for place in sorted(places, key=lambda place: (-place.box[1], place.box[0])):
        height = place.box[3] - place.box[1]
        if lines and abs(lines[-1][0] - place.box[1]) <= max(0.3 * height, 0.5):
            lines[-1][1].append(place)
        else:
            lines.append((place.box[1], [place]))
    return list(itertools.chain.from_iterable(sorted(line, key=lambda place: place.box[0]) for _, line in lines))


def still_there(data: bytes, needles: dict[str, str]) -> list[str]:
    """The needles that another reader finds in a PDF, or that stand in one of its streams or strings."""
    found = {needle for text in _texts(data) for needle in contains(text, needles)}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        walker = Walker()
        for number, page in enumerate(pdf.pages):
            places = walker.page(page, number)
            for order in (places, in_lines(places)):
                found.update(contains("".join(place.text for place in order), needles))
        for item in pdf.objects:
            found.update(contains(" ".join(str(value) for value in _strings(item, 0)), needles))
            if isinstance(item, pikepdf.Stream) and not _is_data(item):
                found.update(_in_bytes(_bytes(item), needles))
    return [needle for needle in needles if needle in found]


def _is_data(stream: Any) -> bool:
    return str(stream.get("/Subtype")) in _DATA or "/Length1" in stream or "/Length2" in stream


def _texts(data: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        document.init_forms()
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            yield text_page.get_text_range()
            text_page.close()
            page.close()
    finally:
        document.close()


def _bytes(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except (pikepdf.PdfError, NotImplementedError):
        return b""


def _in_bytes(data: bytes, needles: dict[str, str]) -> list[str]:
    forms = {needle: (needle.encode(), needle.encode("utf-16-be"), needle.encode("gb18030")) for needle in needles}
    return [needle for needle, kinds in forms.items() if any(kind in data for kind in kinds)]


def _strings(holder: Any, depth: int) -> Iterator[str]:
    """All strings directly in an object (those of other objects are looked at with these)."""
    if isinstance(holder, pikepdf.String):
        yield str(holder)
    elif isinstance(holder, pikepdf.Array):
        values: list[Any] = list(holder)
    elif isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
        values = [value for _, value in holder.items()]
    else:
        return
    if isinstance(holder, pikepdf.String) or depth > 50:
        return
    for value in values:
        if isinstance(value, pikepdf.String) or not getattr(value, "is_indirect", False):
            yield from _strings(value, depth + 1)
