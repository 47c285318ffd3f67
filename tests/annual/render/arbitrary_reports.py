"""Reports with arbitrary figures and prose, for rendering."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from gongkai.annual.forms import FORM_IDS, CellSpec, form
from gongkai.annual.model import Cell, CellState, Chapter, Report
from gongkai.annual.sample import Size, sample_report, with_blocks

AGENCIES: dict[str, tuple[tuple[str, Size], ...]] = {
    "university": (("云州大学", "university"), ("云州职业技术学院", "university")),
    "gov": (
        ("云州市人民政府", "city"),
        ("临溪县人民政府", "county"),
        ("云州市卫生健康委员会", "department"),
        ("临溪县石桥镇人民政府", "town"),
    ),
}

# The common simplified characters of GB 2312, without those that number headings, count, or date.
_COMMON = [bytes((r, c)).decode("gb2312") for r in range(0xB0, 0xD7) for c in range(0xA1, 0xFA)]
_CHARACTERS = [
    c for c in _COMMON if c not in "一二三四五六七八九十百千万亿零两年月日第附章节表件条项个次人无未没元共其计"
]
# Not st.text: it tries words out of the code under test, which mean something there (a site's imprint, a heading).
_words = st.lists(st.sampled_from(_CHARACTERS), min_size=4, max_size=24).map("".join)
_clauses = st.lists(_words, min_size=1, max_size=4).map("，".join)
_sentences = _clauses.map(lambda text: f"我单位公开工作中{text}。")
paragraphs = st.lists(_sentences, min_size=1, max_size=3).map("".join)

integers = st.integers(0, 9) | st.integers(0, 99999) | st.integers(0, 10**9)


class Arbitrary:
    """A report that shows itself by its title: written out, one fills a screen a hundred times."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __repr__(self) -> str:
        return f"<{self.report.title}>"


@st.composite
def reports(draw: st.DrawFn) -> Arbitrary:
    """A report in any form: blanks and figures of any size in its cells, Chinese prose of any words in its chapters."""
    id = draw(st.sampled_from(FORM_IDS))
    official = form(id)
    year = draw(st.integers(official.first_year, official.last_year or 2030))
    agency, size = draw(st.sampled_from(AGENCIES["university" if id == "university" else "gov"]))
    base = sample_report(id, year=year, agency=agency, size=size)
    seed = draw(st.randoms(use_true_random=False))
    cells = {c: _cell(official.cell(c), seed.choice) if seed.random() < 0.9 else blank(c) for c in base.cells}
    for c in draw(st.lists(st.sampled_from(list(cells)), unique=True, max_size=12)):
        cells[c] = draw(drawn(official.cell(c)))
    chapters = tuple(draw(written(c)) if c.text else c for c in base.chapters)
    return Arbitrary(with_blocks(base.with_(cells=cells, chapters=chapters)))


@st.composite
def written(draw: st.DrawFn, chapter: Chapter) -> Chapter:
    """The chapter with prose of any words."""
    text = "\n".join(draw(st.lists(paragraphs, min_size=1, max_size=3)))
    return Chapter(chapter.id, chapter.no, chapter.title, chapter.where, chapter.last_block, text)


def drawn(spec: CellSpec) -> st.SearchStrategy[Cell]:
    """A cell of the kind that the form asks for, or a blank."""
    if spec.type == "text":
        filled = st.integers(1, 9999).map(lambda n: f"http://xxgk.yz{n}.test/qd/{n}.htm")
        return st.just(blank(spec.id)) | filled.map(lambda text: Cell(spec.id, text, text))
    values: st.SearchStrategy[Decimal] = integers.map(Decimal)
    if spec.type == "decimal":
        values = st.decimals(0, 10**9, places=2)
    if spec.type == "signed_integer":
        values = st.integers(-999, 999).map(Decimal)
    return st.just(blank(spec.id)) | values.map(lambda v: figure_cell(spec.id, v))


def figure_cell(id: str, value: Decimal) -> Cell:
    """A cell as an office prints it."""
    plain = format(value.normalize(), "f")
    return Cell(id, value, plain)


def blank(id: str) -> Cell:
    """A cell in which nothing stands."""
    return Cell(id, None, "", state=CellState.BLANK)


def _cell(spec: CellSpec, choice: object) -> Cell:
    pick = choice([0, 1, 2, 5, 13, 48, 260, 1893])  # type: ignore[operator]
    if spec.type == "text":
        text = f"http://xxgk.yz{pick}.test/qd/1.htm" if spec.column.id == "link" else "按年公开"
        return Cell(spec.id, text, text)
    return figure_cell(spec.id, Decimal(pick))
