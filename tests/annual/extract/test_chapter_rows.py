"""A report that was laid out as one large table comes apart at its chapters' titles; statistics tables do not."""

from __future__ import annotations

from gongkai.annual import read
from gongkai.annual.extract import extract
from gongkai.annual.model import Grid, Paragraph

ONE_TABLE = """<html><body><h1>临溪县司法局2023年政府信息公开工作年度报告</h1><table>
<tr><td colspan=4>一、总体情况</td></tr>
<tr><td colspan=4>2023年，我局主动公开政府信息12条。</td></tr>
<tr><td colspan=4>二、主动公开政府信息情况</td></tr>
<tr><td colspan=4>第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr>
<tr><td>行政规范性文件</td><td>2</td><td>1</td><td>9</td></tr>
<tr><td colspan=4>六、其他需要报告的事项</td></tr>
<tr><td colspan=4>没有其他需要报告的事项。</td></tr></table></body></html>"""

STATISTICS = """<html><body><p>云州市水利局2015年政府信息公开工作年度报告</p><table>
<tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>
<tr><td>一、主动公开情况</td><td></td><td></td></tr>
<tr><td>（一）主动公开政府信息数</td><td>条</td><td>3</td></tr></table></body></html>"""


def test_titles_and_texts_become_paragraphs_between_the_tables() -> None:
    blocks = extract(ONE_TABLE.encode()).blocks
    kinds = [b.text if isinstance(b, Paragraph) else f"{b.height}x{b.width}" for b in blocks]
    assert kinds == [
        "临溪县司法局2023年政府信息公开工作年度报告",
        "一、总体情况",
        "2023年，我局主动公开政府信息12条。",
        "二、主动公开政府信息情况",
        "4x4",
        "六、其他需要报告的事项",
        "没有其他需要报告的事项。",
    ]


def test_its_chapters_and_cells_are_read() -> None:
    [report] = read(ONE_TABLE.encode())
    assert [c.id for c in report.chapters] == ["c1", "c2", "c6"]
    assert report.cells["t2.normative_docs.in_force"].value == 9


def test_groups_of_a_statistics_table_are_no_chapters() -> None:
    [grid] = [b for b in extract(STATISTICS.encode()).blocks if isinstance(b, Grid)]
    assert grid.height == 3


def test_names_of_sheets_are_headings_without_their_count() -> None:
    page = "<html><body><h1>Sheet 2: <em>二、主动</em></h1><p>主动公开。</p></body></html>".encode()
    assert next(b.text for b in extract(page).blocks if isinstance(b, Paragraph)) == "二、主动"
