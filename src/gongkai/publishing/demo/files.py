# ruff: noqa: E501 - whole sentences in one line
"""Real files for some of the demo city's publications: PDF, Word and Excel, with words that stand nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

from gongkai.publishing.demo.items import Item
from gongkai.publishing.demo.texts import day
from gongkai.publishing.demo.words import PLACES, company, person, site

WITH_FILES = {
    "notice": 12, "budget": 10, "recruitment": 8, "plan": 6, "procurement": 8, "statistics": 6, "licensing": 5,
    "fees": 3, "project": 5,
}  # fmt: skip
"""How many publications of a kind have files."""
_TYPST = """#let d = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (x: 28mm, y: 32mm), numbering: "— 1 —")
#set text(font: d.fonts, size: 12pt, lang: "zh")
#set document(title: d.title)
#align(center, text(size: 16pt, weight: "bold", d.title))
#v(6mm)
#for line in d.lines [ #par(first-line-indent: (amount: 2em, all: true), line) ]
#v(4mm)
#table(columns: d.head.len(), table.header(..d.head), ..d.rows.flatten())
"""
_THINGS = ("竹溪口泵站二号机组", "青螺巷雨污分流", "半月潭护岸加固", "老槐街北段绿道", "石鼓岭测报站", "鹭洲水质浮标",
           "乌桕坪便民桥", "丹枫里充电桩群", "白露堂藏书楼修缮", "桑榆里助餐点", "杏花渡码头栈桥", "苍耳坪饮水点")  # fmt: skip
"""Names that stand in files only, so that finding them proves that files are searched."""


def add_files(items: Sequence[Item]) -> None:
    """Gives files to some items of the kinds that have them, and names the files at the end of the text."""
    for kind, count in WITH_FILES.items():
        chosen = [i for i in items if i.kind == kind and not i.withdrawn]
        for number, item in enumerate(Random(f"files {kind}").sample(chosen, min(count, len(chosen)))):
            _attach(item, number)


def _attach(item: Item, number: int) -> None:
    rng = Random(f"files of {item.key}")
    makers: tuple[tuple[str, str, Callable[[Item, Random, str], bytes]], ...] = (
        ("pdf", "项目清单", pdf), ("xlsx", "明细表", xlsx), ("docx", "申报表及填表说明", docx),
    )  # fmt: skip
    wanted = [makers[number % 3]] if number % 4 else list(makers[:2])
    for suffix, name, make in wanted:
        title = f"{item.topic or '有关'}{name}"
        item.files.append((f"{title}.{suffix}", make(item, rng, title)))
    names = "".join(f"<p>{n}.{name.rsplit('.', 1)[0]}</p>" for n, (name, _) in enumerate(item.files, 1))
    item.body += f"<p>附件：</p>{names}"


def _table(item: Item, rng: Random) -> tuple[list[str], list[list[str]]]:
    head = ["序号", "名称", "地点", "金额（万元）", "负责人"]
    rows = [
        [
            str(n),
            rng.choice(_THINGS) if n == 2 else site(rng),
            rng.choice(PLACES),
            str(rng.randint(10, 900)),
            person(rng),
        ]
        for n in range(1, rng.randint(8, 18))
    ]
    return head, rows


def _lines(item: Item, rng: Random) -> list[str]:
    thing = rng.choice(_THINGS)
    return [
        f"本表随《{item.title}》一并公布，数据截至{day(item.made)}。",
        f"其中{thing}项目由{company(rng)}承担，档号{rng.choice('甲乙丙丁戊')}字第{rng.randint(1000, 9999)}号，列入本年度重点跟踪。",
        "填报单位应当对数据的真实性、准确性负责；表中金额均为含税价，保留到整数。",
    ]


def pdf(item: Item, rng: Random, title: str) -> bytes:
    """A PDF with a text layer and embedded fonts."""
    import typst

    from gongkai.annual.render import fonts

    faces = fonts.find()
    head, rows = _table(item, rng)
    data = {"title": title, "lines": _lines(item, rng), "head": head, "rows": rows, "fonts": faces.stacks()["song"]}
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    compiler = typst.Compiler(_TYPST.encode(), font_paths=faces.loaded, ignore_system_fonts=True, sys_inputs=inputs)
    made = compiler.compile(format="pdf", timestamp=0)
    assert isinstance(made, bytes)
    return made


def xlsx(item: Item, rng: Random, title: str) -> bytes:
    """A workbook with one sheet and its sum."""
    import xlsxwriter

    out = BytesIO()
    head, rows = _table(item, rng)
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("明细")
    bold = book.add_format({"bold": True})
    sheet.merge_range(0, 0, 0, len(head) - 1, title, bold)
    sheet.write_row(1, 0, head, bold)
    for number, row in enumerate(rows, 2):
        sheet.write_row(number, 0, [int(c) if c.isdecimal() else c for c in row])
    last = len(rows) + 2
    sheet.write(last, 0, "合计", bold)
    sheet.write_formula(last, 3, f"=SUM(D3:D{last})", bold, sum(int(r[3]) for r in rows))
    sheet.write(last + 1, 0, _lines(item, rng)[1])
    sheet.set_column(1, 2, 24)
    book.close()
    return out.getvalue()


def docx(item: Item, rng: Random, title: str) -> bytes:
    """A Word file with a heading, text and a form to fill in; it names no author."""
    from docx import Document

    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.add_heading(title, 1)
    for line in _lines(item, rng):
        document.add_paragraph(line)
    head, rows = _table(item, rng)
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = text
    for row in rows[:6]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()
