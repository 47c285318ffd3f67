from decimal import Decimal

import pytest

from gongkai.text.scan import Hit, page_text, read_page, scan_html, scan_text
from gongkai.text.scan.tables import uneven_sums


def rules(source: str, **more: object) -> list[str]:
    return [hit.rule for hit in scan_html(source, **more)]  # type: ignore[arg-type]


def only(source: str) -> Hit:
    (hit,) = scan_html(source)
    return hit


def table(*rows: str) -> list[list[str]]:
    return [row.split() for row in rows]


def test_the_text_of_a_page_has_a_line_for_each_paragraph_and_row() -> None:
    source = "<h2>标题</h2><p>甲 <b>乙</b></p><table><tr><th>丙<th>丁<tr><td><p>1</p><p>2</p><td>3</table><p>戊"
    assert page_text(source) == "标题\n甲 乙\n丙\t丁\n1 2 \t3\n戊\n"


def test_a_number_that_markup_tears_apart_is_found() -> None:
    source = "<p>身份证<b>110105</b><i>19491231</i>002X</p>"
    hit = only(source)
    assert page_text(source)[hit.start : hit.end] == "11010519491231002X"


def test_scripts_and_comments_are_no_text() -> None:
    assert rules("<script>var a='13800138000'</script><style>.a{}</style><!-- 13800138000 --><p>正文</p>") == []


def test_pictures_need_a_text_alternative_unless_they_are_decoration() -> None:
    assert rules('<img src="/a.png">') == ["image_alt"]
    assert rules('<img src="/a.png" alt="开工现场"><img src="/b.png" alt=""><img src="c" role="presentation">') == [
        "image_alt"
    ]


def test_an_empty_alternative_is_one_for_decoration_only() -> None:
    assert rules('<img src="/line.png" alt="" aria-hidden="true">') == []


def test_text_alternatives_are_scanned_too() -> None:
    hit = only('<img src="/a.png" alt="张三手机13800138000">'.replace("张三", ""))
    assert (hit.rule, hit.where) == ("mobile", "image")


def test_a_map_needs_its_approval_number() -> None:
    picture = '<img src="/m.png" alt="云州市地图">'
    assert rules(picture) == ["map"]
    assert rules(picture + "<p>审图号：云S（2024）012号</p>") == []


def test_addresses_of_links_are_scanned_and_broken_ones_pointed_out() -> None:
    source = '<a href="/p/1/">甲</a><a href="/p/2/">乙</a><a href="tel:13800138000">拨打</a>'
    assert rules(source, broken={"/p/2/"}) == ["broken_link", "mobile"]


@pytest.mark.parametrize(
    "style", ["display:none", "visibility: hidden", "font-size:0", "text-indent:-9999px", "color:#fff", "opacity:0"]
)
def test_hidden_text_is_found(style: str) -> None:
    assert rules(f'<p>正文</p><div style="{style}">暗链</div>') == ["hidden_text"]


@pytest.mark.parametrize("style", ["font-size:0.9em", "opacity:0.5", "color:#fff;background:#900", "margin:0"])
def test_what_is_only_styled_is_not_hidden(style: str) -> None:
    assert rules(f'<div style="{style}">正文</div>') == []


def test_a_list_of_those_who_are_helped_may_not_have_a_column_of_identity_numbers() -> None:
    source = "<p>临时救助名单</p><table><tr><th>姓名</th><th>身份证号</th><th>金额</th></tr></table>"
    assert [(hit.rule, hit.level) for hit in scan_html(source)] == [("person_list", "block")]


def test_a_total_that_is_not_its_sum_is_pointed_out_in_its_cell() -> None:
    source = "<table><tr><th>项目<th>金额（万元）<tr><td>甲<td>1,200.5<tr><td>乙<td>300<tr><td>合 计<td>1,501.5</table>"
    hit = only(source)
    assert hit.rule == "uneven_sum"
    assert page_text(source)[hit.start : hit.end] == "1,501.5"
    assert "1500.5" in hit.message


WRONG = (Decimal(9), Decimal(3))


@pytest.mark.parametrize(
    "rows",
    [
        ("项目 数", "甲 1", "乙 2", "合计 3"),
        ("项目 数", "合计 3", "甲 1", "乙 2"),
        ("项目 数", "甲 1", "乙 2", "小计 3", "丙 4", "小计 4", "合计 7"),
        ("项目 数", "甲 1.3", "乙 1.4", "合计 2.8"),
        ("项目 数 占比", "甲 1 40%", "乙 2 60%", "合计 3 99%"),
        ("项目 均价", "甲 1", "乙 2", "合计 9"),
        ("项目 数", "甲 1", "其中：子 1", "乙 2", "合计 3"),
        ("项目 数", "一、甲 1", "（一）子 1", "二、乙 2", "合计 3"),
        ("项目 数", "201 5", "20101 5", "202 3", "合计 8"),
        ("项目 数", "甲 约1", "乙 若干", "合计 9"),
        ("项目 数", "甲 1", "乙 —", "合计 1"),
        ("地区 合计 男 女", "甲 3 1 2", "乙 5 2 3"),
        ("地区 男 女 合计", "甲 1 2 3", "乙 2 3 5"),
        ("地区 合计 年份 数", "甲 3 2024 2", "乙 5 2024 3"),
        ("合计 9",),
    ],
)
def test_a_total_that_can_be_right_is_not_pointed_out(rows: tuple[str, ...]) -> None:
    assert list(uneven_sums(table(*rows))) == []


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (("项目 数", "甲 1", "乙 2", "合计 9"), (3, 1)),
        (("项目 数", "合计 9", "甲 1", "乙 2"), (1, 1)),
        (("项目 数", "甲 1", "乙 2", "总计 9"), (3, 1)),
        (("地区 男 女 合计", "甲 1 2 9", "乙 2 3 5", "丙 1 1 2"), (1, 3)),
    ],
)
def test_a_wrong_total_is_pointed_out(rows: tuple[str, ...], place: tuple[int, int]) -> None:
    ((row, column, stated, summed),) = uneven_sums(table(*rows))
    assert (row, column) == place
    assert (stated, summed) == WRONG


def test_cells_over_several_columns_keep_the_others_in_their_place() -> None:
    rows = "<tr><td>甲</td><td>一</td><td>1</td></tr><tr><td>乙</td><td>二</td><td>2</td></tr>"
    head = "<tr><th>项</th><th>目</th><th>数</th></tr>"
    assert rules(f"<table>{head}{rows}<tr><td colspan=2>合计</td><td>3</td></tr></table>") == []
    assert rules(f"<table>{head}{rows}<tr><td colspan=2>合计</td><td>4</td></tr></table>") == ["uneven_sum"]


def test_cells_over_several_rows_keep_the_others_in_their_place() -> None:
    head = "<tr><th rowspan=2>序号</th><th colspan=2>申请人</th></tr><tr><th>姓名</th><th>家庭住址</th></tr>"
    rows = "<tr><td>1</td><td>张小明</td><td>松亭县东街12号</td></tr><tr><td>2</td><td>李大有</td><td>略</td></tr>"

    table = read_page(f"<table>{head}{rows}</table>").tables[0]
    hits = [hit for hit in scan_html(f"<table>{head}{rows}</table>") if hit.rule == "person_column"]

    assert table.cells[1] == ["", "姓名", "家庭住址"]
    assert ["有2个" in hits[0].message, "有1个" in hits[1].message, len(hits)] == [True, True, 2]


def test_a_verb_before_a_place_of_ones_own_makes_no_other_place() -> None:
    text = "工作进展请及时报送云州市教育局。"

    assert scan_text(text, own_places=("云州市教育局",)) == ()
    assert [hit.rule for hit in scan_text(text, own_places=("松亭县教育局",))] == ["other_place"]


def test_tables_of_plain_text_are_added_up_too() -> None:
    text = "收入表\n项目\t数\n甲\t1\n乙\t2\n合计\t4\n说明"
    (hit,) = scan_text(text)
    assert (hit.rule, text[hit.start : hit.end]) == ("uneven_sum", "4")
