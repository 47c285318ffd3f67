"""Figures that a program moved away from their labels make blanks doubtful; a broken figure spoils its row."""

from __future__ import annotations

from gongkai.annual.forms import form
from gongkai.annual.model import Cell, Paragraph, Unread, Where
from gongkai.annual.tables import TableReading, read_tables
from gongkai.annual.tables.figures import read_cell


def lines(text: str, form_id: str) -> TableReading:
    return read_tables([Paragraph(i, line) for i, line in enumerate(text.split("\n"))], form(form_id))


STAT = """政府信息公开情况统计表
统计指标
单位
统计数
（一）收到申请数
件
3
1.当面申请数
件
0
2.传真申请数
件
3.网络申请数
件
{page}4.信函申请数
件
0
（二）申请办结数
件
3"""


def test_a_row_without_a_figure_is_blank_where_every_figure_has_its_row() -> None:
    table = lines(STAT.format(page=""), "gov-2014")
    assert table.cells["stat.rc_fax"].value is None
    assert table.cells["stat.rc_letter"].value == 0


def test_a_row_without_a_figure_is_unread_where_a_figure_stands_elsewhere() -> None:
    table = lines(STAT.format(page="三、依申请公开情况\n3\n"), "gov-2014")
    assert "stat.rc_fax" not in table.cells
    assert "stat.rc_online" not in table.cells
    assert table.cells["stat.closed"].value == 3


def test_a_unit_inside_an_aside_of_a_label_ends_no_label() -> None:
    text = (
        "政府信息公开情况统计表 统计数 （一）收到申请数件3（二）申请办结数件3（三）申请答复数件3"
        "（三）从事政府信息公开工作人员数人20 1.专职人员数（不包括政府公报及政府网站工作人员数）人52.兼职人员数人15"
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）万元65.61"
    )
    table = read_tables([Paragraph(0, text)], form("gov-2014"))
    assert "stat.staff_full" not in table.cells
    assert table.cells["stat.received"].value == 3


def test_an_address_with_words_run_into_it_is_unread() -> None:
    spec = form("university").cells["list.u22.link"]
    whole = read_cell(spec, "https://xxgk.u1.test/qd/22.html", Where(0))
    glued = read_cell(spec, "https://xxgk.u1.test/qd/22.html度公", Where(0))
    assert isinstance(whole, Cell)
    assert isinstance(glued, Unread)


DISPUTES = """行政复议
行政诉讼
结果维持
结果纠正
其他结果
尚未审结
总计
未经复议直接起诉
复议后起诉
结果维持
结果纠正
其他结果
尚未审结
总计
结果维持
结果纠正
其他结果
尚未审结
总计
{values}"""


def test_a_figure_broken_over_lines_leaves_the_row_unread() -> None:
    whole = "\n".join(["5", "0", "1", "0", "6", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"])
    assert lines(DISPUTES.format(values=whole), "gov-2021").cells["t4.review.total"].value == 6
    broken = "\n".join(["923654", "93", "6", "0", "1", "0", "0", "0", "0", "0", "0", "0", "0", "5", "5,239,2", "61"])
    assert lines(DISPUTES.format(values=broken), "gov-2021").cells == {}
