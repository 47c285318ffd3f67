"""Reports are found in a file and told from each other and from what stands between them."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.model import Document, Grid, GridCell, Paragraph, Span
from gongkai.annual.reading import split


def document(*lines: str) -> Document:
    return Document(tuple(Paragraph(i, line) for i, line in enumerate(lines)), "txt")


def found(*lines: str) -> list[tuple[str, str]]:
    """First and last line of each report."""
    return [(lines[s.first], lines[s.last]) for s in split(document(*lines))]


OVERVIEW = "一、概述"
PROACTIVE = [
    "二、主动公开政府信息的情况",
    "我局全年主动公开政府信息120条，内容涉及机构职能和工作动态，均通过政府网站发布。",
]
APPLICATIONS = ["三、依申请公开政府信息的情况", "我局未收到政府信息公开申请，也没有不予公开的情况。"]
FEES = ["四、收费及减免情况", "我局未收取任何费用。"]
LITIGATION = ["五、因政府信息公开申请行政复议、提起行政诉讼的情况", "没有发生行政复议和行政诉讼。"]
PROBLEMS = ["六、存在的主要问题及改进情况", "公开的内容还不够全面，今后我局将加强培训，完善制度。"]


def body(words: str = "我局认真贯彻条例，健全制度，落实责任，政府信息公开工作平稳有序。") -> list[str]:
    return [OVERVIEW, words, *PROACTIVE, *APPLICATIONS, *FEES, *LITIGATION, *PROBLEMS]


NEWS = [
    "我市举办书法展览",
    "日前，全市书法展览在文化馆开幕，展出作品八十余件，吸引了众多市民前来参观，展期将持续到月底。",
]
ESSAY = [
    "对政府信息公开制度的思考",
    "信息公开制度是现代行政的基石。有的学者主张，凡不属于秘密的都应当公开；也有的主张循序渐进。",
    "一、要充分认识制度的重要性",
    "从各国的经验看，制度的生命在于执行，执行的关键在于监督，监督的前提在于参与。",
    "二、要健全配套的规则体系",
    "规则之间应当互相衔接，避免留下空白，也要避免互相矛盾，让人无所适从。",
]
PRICES = ["型材价目表:以二〇〇六年价目为基础,人工采用四十四,机械采用台班价格。", "正科级,副科级,主任科员:九至十二级"]


class TestOneReport:
    def test_it_spans_title_to_last_paragraph(self):
        lines = ["云州市水利局2011年政府信息公开工作年度报告", *body()]
        assert found(*lines) == [(lines[0], lines[-1])]

    def test_a_title_that_is_repeated_opens_no_second_report(self):
        lines = [
            "水利局-云州市政务网",
            "2019年云州市水利局政府信息公开 工作年度报告",
            "发布时间:20年07月06日 信息来源:水利局 编辑:云州市水利局",
            "【字体: 打印本页",
            "作者:云州市水利局",
            "2019年云州市水利局政府信息公开",
            "工作年度报告",
            "本报告根据《中华人民共和国政府信息公开条例》要求，由云州市水利局编制。",
            *body(),
            "网站地图",
        ]
        assert found(*lines) == [(lines[1], lines[-2])]

    def test_a_running_header_opens_no_second_report(self):
        title = "云州市水利局2011年政府信息公开工作年度报告"
        lines = [title, *body()]
        lines.insert(6, title)
        lines.insert(11, title)
        assert len(found(*lines)) == 1

    def test_its_own_statistics_table_stays_with_it(self):
        lines = [
            "云州市水利局2015年政府信息公开工作年度报告",
            *body(),
            "七、附表：2015年政府信息公开工作情况统计表",
            "2015年度政府信息公开工作情况统计表",
            "统计指标 单位 统计数 一、主动公开情况",
            *["——", "（一）主动公开政府信息数", "条", "120", "其中：主动公开规范性文件数", "条", "3"],
            *["二、回应解读情况", "——", "三、依申请公开情况", "——", "（一）收到申请数", "件", "0"],
        ]
        assert found(*lines) == [(lines[0], "0")]

    def test_rows_that_are_numbered_like_chapters_open_no_second_report(self):
        rows = [
            "一、本年新收政府信息公开申请数量",
            "二、上年结转政府信息公开申请数量",
            "三、本年度办理结果",
            "四、结转下年度继续办理",
        ]
        table = [x for row in rows for x in (row, *["0"] * 7)]
        lines = [
            "云州市水利局2020年政府信息公开工作年度报告",
            *["一、总体情况", "我局认真贯彻条例，全年公开信息20条，各项工作平稳推进，没有发生失泄密事件。"],
            "二、主动公开政府信息情况",
            *["三、收到和处理政府信息公开申请情况", "申请人情况", *table],
            "四、政府信息公开行政复议、行政诉讼情况",
            *["五、存在的主要问题及改进情况", "公开还不够及时。"],
            *["六、其他需要报告的事项", "无。"],
        ]
        assert found(*lines) == [(lines[0], "无。")]

    def test_a_statistics_table_copied_line_by_line_opens_no_second_report(self):
        table = [
            "附：政府信息公开情况统计表",
            "统计指标 单位 统计数",
            "一、主动公开情况",
            "（一）主动公开政府信息数（不同渠道和方式公开相同信息计 1条）",
            "条 120",
            "1.政府公报公开政府信息数 条 0",
            "2.政府网站公开政府信息数 条 120",
            "二、回应解读情况",
            "3.政策解读稿件发布数 篇 78",
            "4.微博微信回应事件数 次 18",
            "三、依申请公开情况",
            "（一）收到申请数 件 0",
        ]
        lines = ["云州市水利局2015年政府信息公开工作年度报告", *body(), *table]
        assert found(*lines) == [(lines[0], lines[-1])]

    def test_points_numbered_like_chapters_in_the_last_chapter_open_no_second_report(self):
        lines = ["云州市水利局2011年政府信息公开工作年度报告", *body()]
        lines += ["一、加强学习，提高认识。", "二、完善制度，落实责任。", "三、主动作为，务求实效。"]
        assert found(*lines) == [(lines[0], lines[-1])]

    def test_a_chapter_that_ends_in_as_follows_opens_no_second_report(self):
        lines = ["云州市水利局2011年政府信息公开工作年度报告", *body()]
        lines += ["七、其他需要报告的事项", "收费情况报告如下：", "我局没有收取信息处理费。"]
        assert found(*lines) == [(lines[0], lines[-1])]

    def test_table_of_contents_opens_no_second_report(self):
        contents = [f"{line}……………{page}" for page, line in enumerate(x for x in body() if "、" in x[:2])]
        lines = ["云州市水利局2011年政府信息公开工作年度报告", "目录", *contents, *body()]
        assert found(*lines) == [(lines[0], lines[-1])]

    def test_imprint_below_the_page_is_left_out(self):
        lines = [
            "云州市水利局2011年政府信息公开工作年度报告",
            *body(),
            "上一篇：节水通知",
            "主办单位：云州市人民政府",
            "云ICP备00000000号",
        ]
        assert found(*lines) == [(lines[0], PROBLEMS[-1])]

    def test_a_last_paragraph_about_something_else_is_kept(self):
        lines = [
            "云州市水利局2011年政府信息公开工作年度报告",
            *body(),
            "七、其他需要报告的事项",
            "无。",
            "汛期平稳，水质达标。",
        ]
        assert found(*lines) == [(lines[0], lines[-1])]

    def test_signature_stays_with_the_report(self):
        lines = ["云州市水利局2011年政府信息公开工作年度报告", *body(), "云州市水利局", "2012年1月18日"]
        assert found(*lines) == [(lines[0], "2012年1月18日")]

    def test_links_to_other_years_are_no_reports(self):
        lines = [
            "云州市水利局2009年政府信息公开工作年度报告",
            "云州市水利局2010年政府信息公开工作年度报告",
            "云州市水利局2011年政府信息公开工作年度报告",
            *body(),
            "云州市水利局2012年政府信息公开工作年度报告",
            "云州市水利局2013年政府信息公开工作年度报告",
        ]
        assert found(*lines) == [(lines[2], PROBLEMS[-1])]

    def test_a_grid_with_the_title_and_the_table_is_a_report(self):
        labels = ["（一）主动公开政府信息数", "制发规范性文件总数", "（一）收到申请数", "1.当面申请数", "2.传真申请数"]
        cells = [GridCell("河口区卫生局2016年度政府信息公开情况统计表", 0, 0, 1, 3)]
        cells += [GridCell(label, row, 0) for row, label in enumerate(labels, start=1)]
        assert split(Document((Grid(0, tuple(cells)),), "xlsx")) == [Span(0, 0)]

    def test_two_sentences_about_this_report_open_no_second_report(self):
        lines = [
            "云州市水利局2011年政府信息公开工作年度报告",
            "本报告由云州市水利局根据《中华人民共和国政府信息公开条例》编制，全文包括概述、主动公开等部分，并附统计附表。",
            "本报告中所列数据的统计期限自2011年1月1日至2011年12月31日，电子版可以在政府网站上查阅和下载。",
            "本报告由局办公室负责解释，如有疑问请与办公室联系，联系电话和电子邮箱见政府网站。",
            *body(),
            "本报告由云州市水利局办公室负责解释。",
        ]
        assert found(*lines) == [(lines[0], lines[-1])]

    def test_links_between_title_and_text_do_not_take_the_place_of_the_title(self):
        links = [f"{year}年政府信息公开工作年度报告" for year in (2010, 2009, 2008)]
        lines = ["云州市水利局2011年政府信息公开工作年度报告", *links, *body()]
        assert found(*lines) == [(lines[0], lines[-1])]

    def test_of_several_full_titles_that_of_the_year_spoken_of_counts(self):
        links = [f"云州市水利局{year}年政府信息公开工作年度报告" for year in (2011, 2010, 2009)]
        lines = [*links, *body("2011年，我局认真贯彻条例。2011年，各项工作平稳有序。")]
        assert found(*lines) == [(lines[0], lines[-1])]


class TestManyReports:
    def test_titles_of_different_bodies_separate_them(self):
        a = ["云州市水利局2011年政府信息公开工作年度报告", *body()]
        b = ["云州市教育局2011年政府信息公开工作年度报告", *body()]
        assert found(*a, *b) == [(a[0], a[-1]), (b[0], b[-1])]

    def test_years_of_one_body_separate_them(self):
        a = ["云州市水利局2011年政府信息公开工作年度报告", *body()]
        b = ["云州市水利局2012年政府信息公开工作年度报告", *body()]
        assert len(found(*a, *b)) == 2

    def test_a_fragment_without_a_heading_begins_at_its_preamble(self):
        first = "本年度工作报告由临溪县粮食局根据《中华人民共和国政府信息公开条例》编制，并向社会公布。"
        a = ["云州市水利局2011年政府信息公开工作年度报告", *body()]
        b = [first, *body()[2:]]
        assert found(*a, *b) == [(a[0], a[-1]), (first, b[-1])]

    def test_a_fragment_without_any_chapter_begins_where_it_says_as_follows(self):
        first = "2011年，在上级的领导下，我局的公开工作迈入新的阶段，配备了兼职人员。年度工作情况如下："
        rest = ["我局建立了由局长任组长的政府信息公开领导小组，明确了各科室的职责分工。" * 5] * 2
        a = [*body(), "2012年，我局政府信息公开工作将着重加强三个方面。"]
        assert found("临溪县粮食局2011年政府信息公开工作年度报告", *a, first, *rest)[1] == (first, rest[-1])

    def test_a_paragraph_broken_over_lines_is_not_torn(self):
        first = "我镇政务信息公开工作自去年五月份正式运作以来，严格按照工作部署和要求，切实保障群众的权利，促进了基层党"
        second = "风廉政建设，密切了干群关系。下面就最近一年来的政务信息公开工作开展情况汇报如下："
        rest = [
            "一、工作开展情况",
            "我镇在网上公开信息81条，及时更新。",
            "二、存在的不足及下一步打算",
            "我镇将进一步完善制度。",
        ]
        lines = ["云州市水利局2011年政府信息公开工作年度报告", *body(), first, second, *rest]
        assert found(*lines)[1] == (first, rest[-1])
        lines = [
            "云州市水利局2011年政府信息公开工作年度报告",
            *body(),
            "4.加强督促力度，不定期对各",
            first + second,
            *rest,
        ]
        assert found(*lines)[1] == (first + second, rest[-1])

    def test_separators_of_a_collection_separate_them_and_essays_are_left_out(self):
        lines = [
            "政府信息公开工作报告(通用4篇)",
            *["政府信息公开工作报告 篇1", *body()],
            *["政府信息公开工作报告 篇2", *NEWS],
            *["对政府信息公开工作的思考 篇3", *ESSAY[1:]],
            *["2020政府信息公开工作报告 篇4", "现将石桥镇政府信息公开工作报告如下。", *body()],
            "【政府信息公开工作报告】推荐阅读:",
            "信息公开工作05-15",
        ]
        assert found(*lines) == [(OVERVIEW, PROBLEMS[-1]), ("现将石桥镇政府信息公开工作报告如下。", PROBLEMS[-1])]

    def test_a_name_above_an_unnamed_title_belongs_to_the_next_report(self):
        a = [
            "关于政务信息公开工作情况的汇报",
            "市民政局",
            *["我局高度重视，认真贯彻政务信息公开要求，加强领导，落实责任，成立小组。"] * 9,
        ]
        b = [
            "某县环境保护局",
            "关于开展政务信息公开工作情况汇报",
            "各位领导：下面，我就政务信息公开工作，作简要汇报。",
            *body(),
        ]
        assert found(*a, *b) == [(a[0], a[-1]), (b[0], b[-1])]

    def test_an_unnamed_report_after_the_last_chapters_of_another_begins_at_its_title(self):
        a = [
            "一年来的工作情况汇报如下：",
            "一、工作开展情况",
            "我镇政府信息公开工作有序，在网上公开信息81条。" * 9,
            "二、存在的不足",
            "我镇将完善制度。",
        ]
        b = [
            "关于政务信息公开工作情况的汇报",
            "市民政局",
            *["我局高度重视，认真贯彻政务信息公开要求，加强领导，落实责任，成立小组。"] * 9,
        ]
        c = ["某县环境保护局关于政务信息公开工作情况的汇报", *body()]
        assert found(*a, *b, *c) == [(a[0], a[-1]), (b[0], b[-1]), (c[0], c[-1])]

    def test_a_statistics_table_of_another_body_is_a_report_of_its_own(self):
        table = (
            "- 1 - 开发区农业局 2018年度政府信息公开工作情况统计表 统 计 指 标 单位 统计数 一、主动公开情况 "
            "(一)主动公开政府信息数 条 2 其中:主动公开规范性文件数 条 2 制发规范性文件总数 件 2 二、回应解读情况"
        )
        a = ["云州市水利局2011年政府信息公开工作年度报告", *body()]
        b = ["本年度工作报告由临溪县粮食局根据条例编制，并向社会公布。", *body()]
        other = "2011年，各级管理人员深入贯彻规定，创新工作方式，自觉开展自查工作，并在生产企业进行检查和抽查。"
        lines = [*a, *PRICES, "大?。?37KB", table, "大?。?37KB", other, *b]
        assert found(*lines) == [(a[0], a[-1]), (table, table), (b[0], b[-1])]
        lines = [*a, *PRICES, "格式:pdf", "页数: 2页", table, "格式:pdf", "页数: 3页", PRICES[0], *b]
        assert found(*lines) == [(a[0], a[-1]), (table, table), (b[0], b[-1])]


class TestWhatIsNoReport:
    def test_an_essay_about_disclosure(self):
        assert found(*ESSAY) == []

    def test_a_news_item_about_disclosure(self):
        text = "日前，市政府办公室发文，对各单位报送政府信息公开工作的情况进行总结通报，对不按要求报送的单位扣分。"
        assert found("我市通报信息公开工作", text, text) == []

    def test_a_guide_to_disclosure(self):
        lines = [
            "云州市水利局政府信息公开指南",
            "为了更好地提供政府信息公开服务，本机关编制了本指南。",
            *["一、主动公开", "本机关主动公开机构职能等信息。", "二、依申请公开", "申请人可以向本机关提出申请。"],
            *["三、收费标准", "本机关不收取费用。"],
        ]
        assert found(*lines) == []

    def test_a_list_of_titles(self):
        assert found(*[f"云州市水利局{year}年政府信息公开工作年度报告" for year in range(2009, 2020)]) == []

    def test_an_empty_document(self):
        assert split(Document((), "txt")) == []


AGENCIES = [
    "云州市水利局",
    "临溪县粮食局",
    "河口区教育局",
    "松亭县人民政府办公室",
    "石桥镇人民政府",
    "云州师范学院",
    "云州海关",
]


@st.composite
def reports(draw: st.DrawFn) -> list[str]:
    agency, year = draw(st.sampled_from(AGENCIES)), draw(st.integers(2009, 2018))
    title = draw(
        st.sampled_from(
            [
                [f"{agency}{year}年政府信息公开工作年度报告"],
                [f"{agency}", f"{year}年政府信息公开工作年度报告"],
                [f"{year}年{agency}", "政府信息公开工作年度报告"],
                [f"{agency}{year}年度政府信息公开年报"],
            ]
        )
    )
    preamble = [f"本报告由{agency}根据条例编制，数据统计期限自{year}年1月1日至{year}年12月31日。"]
    end = draw(st.sampled_from([[], [agency, f"{year + 1}年1月20日"]]))
    return [
        *title,
        *draw(st.sampled_from([[], preamble])),
        *body(f"{year}年，{agency}认真贯彻条例，公开工作平稳有序。"),
        *end,
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(reports(), min_size=1, max_size=5, unique_by=lambda r: "".join(r)[:9]), st.randoms(use_true_random=False)
)
def test_reports_strung_together_with_other_texts_between_are_all_found(
    written: list[list[str]], chance: random.Random
):
    lines: list[str] = []
    expected = []
    for report in written:
        lines += chance.choice(
            [[], NEWS, ESSAY, ["格式:pdf", "页数: 3页", *PRICES], ["上一篇：节水通知", "下一篇：用水公告"]]
        )
        expected.append(Span(len(lines), len(lines) + len(report) - 1))
        lines += report
    assert split(document(*lines)) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from([*body(), *NEWS, *ESSAY, *PRICES])), max_size=40))
def test_spans_never_overlap_and_stay_inside(lines: list[str]):
    last = -1
    for span in split(document(*lines)):
        assert last < span.first <= span.last < len(lines)
        last = span.last
