"""Scans a PDF: its text by page, and properties, notes, attachments, scripts, layers and words nobody sees."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

from gongkai.text.scan.file_model import Findings
from gongkai.text.unreadable import FileUnreadable

MAX_PAGES = 2000
MAX_ATTACHED = 50
MAX_LOOKED = 120
"""Pages that are drawn to see which of their words can be seen."""
_SCALE = 2.0
_FEW = 30
"""Characters; a page with fewer that is filled by a picture was scanned, and a number or a stamp put on it."""
_FLAT = 12
"""Greys that differ by less are one colour."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top on a page, in points."""
_PEOPLE = {"/Author": "作者", "/Company": "单位", "/Manager": "经理", "/SourceModified": "来源"}
_USUAL = frozenset(
    ("/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped", "/Keywords", "/Subject")
)
_DESCRIBING = frozenset(("/Title", "/Keywords", "/Subject"))
_NOTES = frozenset(
    ("/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup")
)


def scan_pdf(data: bytes, found: Findings) -> None:
    """Scans a PDF; raises FileUnreadable."""
    _structure(data, found)
    for number, page in pages(data):
        where = f"第 {number} 页"
        if number > MAX_PAGES:
            found.issue("not_all_read", where)
            break
        text = page.get_textpage()
        words = text.get_text_range()
        found.text(where, words)
        if len("".join(words.split())) < _FEW and _is_scan(page):
            found.pictures.append(where)
        if number <= MAX_LOOKED and text.count_chars():
            _unseen(page, text, where, found)
        text.close()
    if data and not any(part.where.startswith("第") for part in found.parts):
        found.issue("no_text", "全文")


def attached(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files that a PDF carries, by name; those that cannot be read are left out."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for name, spec in list(pdf.attachments.items())[:MAX_ATTACHED]:
            try:
                yield name, spec.get_file().read_bytes()
            except (pikepdf.PdfError, ValueError, KeyError):
                continue


def pages(data: bytes) -> Iterator[tuple[int, Any]]:
    """The pages of a PDF with their numbers; raises FileUnreadable."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = "encrypted" if "assword" in str(error) else "damaged"
        raise FileUnreadable("encrypted" if reason == "encrypted" else "damaged") from error
    try:
        for index in range(len(document)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError as error:
                raise FileUnreadable("damaged") from error
            yield index + 1, page
            page.close()
    finally:
        document.close()


def covered_places(data: bytes) -> dict[int, list[Box]]:
    """Where words lie under a dark box: a box for each line of them, by the page's place from 0."""
    found: dict[int, list[Box]] = {}
    for number, page in itertools.islice(pages(data), MAX_LOOKED):
        text = page.get_textpage()
        for kind, indexes in _groups(page, text):
            if kind == "dark":
                found.setdefault(number - 1, []).extend(_lines([text.get_charbox(index) for index in indexes]))
        text.close()
    return found


def _lines(boxes: list[Box]) -> Iterator[Box]:
    """One box for all that follow one another on a line."""
    for _, line in itertools.groupby(boxes, key=lambda box: round(box[1] / max(box[3] - box[1], 1.0))):
        one = list(line)
        yield min(b[0] for b in one), min(b[1] for b in one), max(b[2] for b in one), max(b[3] for b in one)


def _unseen(page: Any, text: Any, where: str, found: Findings) -> None:
    """Words whose place on the drawn page is of one colour: under a box if it is dark, else white or invisible."""
    words: dict[str, list[str]] = {"dark": [], "light": []}
    for kind, indexes in _groups(page, text):
        between = text.get_text_range(indexes[0], indexes[-1] - indexes[0] + 1)
        words[kind].append(" ".join(between.split()))
    if words["dark"]:
        found.issue("covered_text", where, " ".join(words["dark"]))
    if words["light"] and not _is_scan(page):
        found.issue("hidden_text", where, " ".join(words["light"]))


def _groups(page: Any, text: Any) -> Iterator[tuple[str, list[int]]]:
    """The letters and figures that nobody sees, two or more that follow one another: dark or light, and which."""
    picture = page.render(scale=_SCALE, grayscale=True).to_numpy()
    picture = picture.reshape(picture.shape[0], picture.shape[1], -1)[:, :, 0]
    kinds = [(_seen(page, picture, text, i), i) for i, char in enumerate(_chars(text)) if char.isalnum()]
    for kind, group in itertools.groupby((pair for pair in kinds if pair[0] != "?"), key=lambda pair: pair[0]):
        indexes = [index for _, index in group]
        if len(indexes) >= 2 and kind in ("dark", "light"):
            yield kind, indexes


def _is_scan(page: Any) -> bool:
    """Whether a picture fills most of the page: what cannot be seen there is the text that recognition found."""
    x0, y0, x1, y1 = page.get_bbox()
    for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > 0.5 * (x1 - x0) * (y1 - y0):
            return True
    return False


def _chars(text: Any) -> Iterator[str]:
    for index in range(min(text.count_chars(), 20_000)):
        yield text.get_text_range(index, 1)[:1] or " "


def _seen(page: Any, picture: Any, text: Any, index: int) -> str:
    """seen, dark or light; ? where the place is outside of the page."""
    left, bottom, right, top = text.get_charbox(index)
    if right - left < 0.2 or top - bottom < 0.2:
        return "?"
    x0, y0, _, y1 = page.get_bbox()
    height, width = picture.shape
    if page.get_rotation():
        return "?"
    first, last = int((left - x0) * _SCALE) - 1, int((right - x0) * _SCALE) + 2
    upper, lower = int((y1 - top) * _SCALE) - 1, int((y1 - bottom) * _SCALE) + 2
    if first < 0 or upper < 0 or last > width or lower > height or y1 <= y0:
        return "?"
    part = picture[upper:lower, first:last]
    if int(part.max()) - int(part.min()) <= _FLAT:
        return "dark" if int(part.max()) < 128 else "light"
    # boxes are drawn by hand: one that leaves the upper and lower ends of the words in sight covers them all the same
    margin = (lower - upper) // 4
    middle = part[margin : len(part) - margin]
    flat = middle.size > 0 and int(middle.max()) - int(middle.min()) <= _FLAT
    return "dark" if flat and int(middle.max()) < 128 else "seen"


def _structure(data: bytes, found: Findings) -> None:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _properties(pdf, found)
            _root(pdf, found)
            for number, page in enumerate(pdf.pages[:MAX_PAGES], 1):
                _notes(page.obj, f"第 {number} 页", found)
    except pikepdf.PasswordError as error:
        raise FileUnreadable("encrypted") from error
    except (pikepdf.PdfError, TypeError, KeyError, AttributeError, ValueError) as error:
        if isinstance(error, FileUnreadable):
            raise
        raise FileUnreadable("damaged") from error


def _properties(pdf: pikepdf.Pdf, found: Findings) -> None:
    named: list[str] = []
    info = pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        for key, value in info.items():
            if key in _DESCRIBING and isinstance(value, pikepdf.String):
                found.text("文件属性", str(value))
            if (
                key not in _USUAL
                and not key.startswith("/PTEX")
                and isinstance(value, pikepdf.String)
                and str(value).strip()
            ):
                named.append(f"{_PEOPLE.get(key, key.lstrip('/'))}：{value}")
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            creators = meta.get("dc:creator") or []
            named += [f"作者：{name}" for name in ([creators] if isinstance(creators, str) else creators) if name]
    except Exception:  # XMP that is no XML: it goes when the properties are stripped
        named.append("XMP 元数据无法读取")
    if named:
        found.issue("file_metadata", "文件属性", "；".join(dict.fromkeys(named)))


def _root(pdf: pikepdf.Pdf, found: Findings) -> None:
    root = pdf.Root
    names = root.get("/Names", pikepdf.Dictionary())
    titles = [str(item.get("/Title", "")) for item in _outline(root.get("/Outlines"))]
    found.text("书签", "\n".join(title for title in titles if title.strip()))
    files = sorted(pdf.attachments)
    if files or "/AF" in root:
        found.issue("embedded_file", "附件", "、".join(files[:5]))
    action = root.get("/OpenAction")
    scripted = isinstance(action, pikepdf.Dictionary) and action.get("/S") in ("/JavaScript", "/Launch")
    if "/JavaScript" in names or "/AA" in root or scripted:
        found.issue("active_content", "脚本")
    layers = root.get("/OCProperties")
    if isinstance(layers, pikepdf.Dictionary):
        default = layers.get("/D", pikepdf.Dictionary())
        off = list(default.get("/OFF", []))
        if default.get("/BaseState") == "/OFF":
            off = list(layers.get("/OCGs", []))
        if off:
            found.issue("hidden_layers", "图层", "、".join(str(layer.get("/Name", "")) for layer in off[:5]))


def _outline(root: Any) -> Iterator[Any]:
    """The entries of the table of contents beside the pages; a broken one ends it."""
    waiting = [root.get("/First")] if isinstance(root, pikepdf.Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        yield item
        waiting += [item.get("/Next"), item.get("/First")]


def _notes(page: Any, where: str, found: Findings) -> None:
    notes, fields = [], []
    for note in page.get("/Annots", []) or []:
        if not isinstance(note, pikepdf.Dictionary):
            continue
        kind = str(note.get("/Subtype"))
        if kind == "/FileAttachment":
            found.issue("embedded_file", where)
        words = str(note.get("/Contents", "")).strip()
        if kind in _NOTES and (words or kind == "/FreeText"):
            notes.append(words)
        value = note.get("/V", note.get("/Parent", pikepdf.Dictionary()).get("/V"))
        if kind == "/Widget" and isinstance(value, pikepdf.String) and str(value).strip():
            fields.append(str(value).strip())
    if notes:
        found.text(f"{where}批注", "\n".join(notes))
        found.issue("file_comments", where, "；".join(notes))
    if fields:
        found.text(f"{where}表单栏", "\n".join(fields))
        found.issue("form_fields", where, "；".join(fields))
