"""Cases for the rules over chapters, tables, numbering, years, days and what was left in."""

from __future__ import annotations

from datetime import date

from report_builder import PROSE_2014, PROSE_2021, balanced, cells, full, report, statistics
from rule_cases import Made, fires, silent

from gongkai.annual.audit import AgencyKind, Context
from gongkai.annual.model import Chapter, Paragraph, Unread, Where

LONG = "我局把政府信息公开作为转变作风、联系群众的重要抓手，主要负责同志亲自过问，分管负责同志抓落实，各科室分工负责。"
STRUCTURE_RULES = (
    "S-TITLES", "S-TABLES", "S-EMPTY", "S-FORM", "S-NUMBERING", "S-REPEATED", "F-FEE", "S-YEAR", "S-PERIOD", "S-PLAN",
    "S-DEADLINE", "S-PLACEHOLDER", "S-DAMAGED", "S-UNREAD", "S-TYPO",
)  # fmt: skip
UNIVERSITY_RULES = ("U-50", "U-CHAPTERS", "U-PERIOD", "U-DEADLINE")


@silent(*STRUCTURE_RULES, *UNIVERSITY_RULES)
def a_clean_report_of_2021() -> Made:
    return report(figures=balanced(), published=date(2023, 1, 20))


@silent(*STRUCTURE_RULES, *UNIVERSITY_RULES)
def a_clean_report_of_2014() -> Made:
    return report("gov-2014", year=2016, figures=statistics(), published=date(2017, 3, 20))


@fires("S-TITLES")
def a_chapter_is_missing() -> Made:
    return report(figures=balanced(), without=["c4"])


@fires("S-TITLES")
def a_chapter_is_renamed() -> Made:
    return report(figures=balanced(), titles={"c5": "问题和打算"})


@fires("S-TITLES")
def a_chapter_outside_the_form() -> Made:
    made = report(figures=balanced(), more=["七、下一步工作打算"])
    extra = Chapter(None, "七", "下一步工作打算", Where(len(made.blocks) - 1), len(made.blocks) - 1, "")
    return made.with_(chapters=(*made.chapters, extra))


@fires("S-TITLES")
def chapters_change_places() -> Made:
    made = report(figures=balanced())
    one, two, *rest = made.chapters
    return made.with_(chapters=(two, one, *rest))


@silent("S-TITLES")
def a_heading_that_was_not_recognised_is_still_there() -> Made:
    made = report(figures=balanced())
    return made.with_(chapters=made.chapters[:-1])


@fires("S-TITLES")
def an_old_report_is_silent_on_fees_and_suits() -> Made:
    prose = {**PROSE_2014, "c4": "", "c5": "", "c1": PROSE_2014["c1"] + LONG * 3}
    return report("gov-2008", year=2011, figures={}, prose=prose, without=["c4", "c5"])


@silent("S-TITLES")
def an_old_report_tells_of_fees_under_another_heading() -> Made:
    prose = {**PROSE_2014, "c3": PROSE_2014["c3"] + "没有收取费用，没有行政复议和诉讼。" + LONG * 3}
    return report("gov-2008", year=2011, figures={}, prose=prose, without=["c4", "c5"])


@fires("S-TABLES")
def a_chapter_stands_without_its_table() -> Made:
    figures = {k: v for k, v in balanced().items() if not k.startswith("t4.")}
    return report(figures=figures)


@silent("S-TABLES")
def a_table_that_could_not_be_read_is_there() -> Made:
    return report()


@silent("S-TABLES")
def a_table_in_pieces_is_there() -> Made:
    figures = {k: v for k, v in balanced().items() if not k.startswith("t4.")}
    pieces = "行政复议\n行政诉讼\n结果维\n持\n结果纠\n正\n尚未审\n结\n未经复议直接起诉\n复议后起诉"
    return report(figures=figures, prose={**PROSE_2021, "c4": pieces})


@fires("S-TABLES")
def a_report_of_2016_without_its_statistics() -> Made:
    return report("gov-2014", year=2016, figures={}, prose={**PROSE_2014, "c1": LONG * 4})


@silent("S-TABLES")
def a_report_of_2011_that_promises_no_annex() -> Made:
    return report("gov-2008", year=2011, figures={}, prose={**PROSE_2014, "c1": LONG * 4})


@fires("S-TABLES")
def a_report_of_2011_that_promises_an_annex() -> Made:
    prose = {**PROSE_2014, "c1": LONG * 4 + "本报告由概述、主动公开情况与附表等部分组成。"}
    return report("gov-2008", year=2011, figures={}, prose=prose)


@fires("S-EMPTY")
def the_last_chapter_is_only_a_heading() -> Made:
    return report(figures=balanced(), prose={**PROSE_2021, "c6": ""})


@silent("S-EMPTY")
def the_last_chapter_says_none() -> Made:
    return report(figures=balanced(), prose={**PROSE_2021, "c6": "无"})


@fires("S-FORM")
def a_report_of_2022_on_the_form_of_2019() -> Made:
    return report("gov-2019", year=2022, figures=full("gov-2019"))


@fires("S-FORM")
def a_report_of_2022_with_columns_of_2019() -> Made:
    rows = [["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", "0", "0", "0"]]
    return report(figures=balanced(), grids=[rows])


@fires("S-FORM")
def other_results_in_a_single_row() -> Made:
    other = ("t3.other_not_clarified", "t3.other_fee_unpaid", "t3.other_misc")
    return report(figures={k: v for k, v in balanced().items() if not k.startswith(other)})


@silent("S-FORM")
def a_report_of_2019_on_its_own_form() -> Made:
    rows = [["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", "0", "0", "0"]]
    return report("gov-2019", year=2019, figures=full("gov-2019"), grids=[rows])


@silent("S-FORM")
def a_form_guessed_from_prose_is_no_proof() -> Made:
    return report("gov-2014", year=2020, figures={})


@fires("S-NUMBERING")
def a_number_is_skipped() -> Made:
    return report("gov-2014", year=2016, figures=statistics(), more=["1、政府网站公开40条。", "3、政务微信公开20条。"])


@silent("S-NUMBERING")
def the_number_stands_inside_the_paragraph_before() -> Made:
    more = [
        "（一）健全机制。明确责任人。（二）加强培训。分两期。",
        "（三）丰富形式。",
        "1、图解",
        "2、问答",
        "（四）强化监督。",
    ]
    return report("gov-2014", year=2016, figures=statistics(), more=more)


@silent("S-NUMBERING")
def figures_at_the_beginning_are_no_numbers() -> Made:
    more = ["1.5万人次浏览。", "3.2万人次点赞。", "2016年，开展培训。", "1、网站", "2、微信", "1、专栏", "2、热线"]
    return report("gov-2014", year=2016, figures=statistics(), more=more)


@fires("S-REPEATED")
def a_paragraph_stands_twice() -> Made:
    return report(figures=balanced(), more=[LONG, "其他情况。", LONG])


@silent("S-REPEATED")
def a_short_line_may_stand_twice() -> Made:
    return report(figures=balanced(), more=["特此报告。", "特此报告。", LONG, LONG + "并纳入考核。"])


@fires("F-FEE")
def chapter_six_is_silent_on_fees() -> Made:
    return report(figures=balanced(), prose={**PROSE_2021, "c6": "无其他需要报告的事项。"})


@silent("F-FEE")
def fees_are_told_in_another_chapter() -> Made:
    prose = {**PROSE_2021, "c6": "无。", "c1": PROSE_2021["c1"] + "未收取信息处理费。"}
    return report(figures=balanced(), prose=prose)


@fires("S-YEAR")
def the_title_names_another_year() -> Made:
    return report(figures=balanced(), title="云州市教育局2021年政府信息公开工作年度报告")


@fires("S-YEAR")
def the_text_publishes_the_report_of_another_year() -> Made:
    prose = {**PROSE_2021, "c6": "根据条例规定，现公布云州市教育局2020年度政府信息公开工作年度报告。未收取费用。"}
    return report(figures=balanced(), prose=prose)


@fires("S-YEAR")
def the_text_tells_of_last_year_only() -> Made:
    prose = {
        "c1": "2021年，我局认真落实条例。2021年，我局丰富解读形式。",
        "c5": "栏目更新有待及时。",
        "c6": "未收取费用。",
    }
    return report(figures=balanced(), prose=prose)


@fires("S-YEAR")
def the_statistics_are_headed_with_another_year() -> Made:
    more = ["2015年度政府信息公开情况统计表"]
    return report("gov-2014", year=2016, figures=statistics(), more=more)


@fires("S-YEAR")
def the_report_came_out_before_its_year() -> Made:
    return report(figures=balanced(), published=date(2021, 1, 20))


@fires("S-YEAR")
def a_university_tells_of_another_academic_year() -> Made:
    prose = {"c1": "2014-2015学年，学校完善清单。", "c2": "2014-2015学年主动公开信息30条。"}
    return report("university", year=2016, figures={}, agency="云州学院", title="信息公开年度报告", prose=prose)


@silent("S-YEAR")
def other_years_in_titles_of_documents_and_comparisons() -> Made:
    words = (
        "根据《关于做好2021年政府信息公开工作年度报告编制发布工作的通知》编制。2021年，我局建立制度。"
        "2022年，我局继续落实，比2021年多公开20条。2023年，我局将继续加强培训。"
    )
    return report(figures=balanced(), prose={**PROSE_2021, "c1": words})


@fires("S-PERIOD")
def the_stated_period_is_last_year() -> Made:
    prose = {**PROSE_2021, "c6": "未收取费用。本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。"}
    return report(figures=balanced(), prose=prose)


@silent("S-PERIOD")
def the_stated_period_is_the_year() -> Made:
    prose = {**PROSE_2021, "c6": "未收取费用。本报告所列数据的统计期限自2022年1月1日起，至2022年12月31日止。"}
    return report(figures=balanced(), prose=prose)


@silent("S-PERIOD")
def the_first_period_began_in_may() -> Made:
    words = "本报告统计期限为2008年5月1日至12月31日。"
    return report("gov-2008", year=2008, figures={}, prose={**PROSE_2014, "c7": words})


@fires("S-PLAN")
def a_plan_for_the_year_that_is_over() -> Made:
    prose = {**PROSE_2014, "c6": "更新不够及时。2016年，我局将继续加强培训，丰富公开的内容和形式。"}
    return report("gov-2014", year=2016, figures=statistics(), prose=prose)


@fires("S-PLAN")
def a_heading_of_plans_for_the_year_that_is_over() -> Made:
    return report("gov-2014", year=2016, figures=statistics(), more=["（二）2016年工作打算", "一是加强培训。"])


@silent("S-PLAN")
def what_was_done_with_an_object() -> Made:
    prose = {**PROSE_2014, "c6": "2016年，我局将政务公开列入考核。2016年，我局将加强信息公开列入要点。更新不够及时。"}
    return report("gov-2014", year=2016, figures=statistics(), prose=prose)


@fires("S-DEADLINE")
def a_department_published_in_march() -> Made:
    return report(figures=balanced(), published=date(2023, 3, 6))


@silent("S-DEADLINE")
def a_government_published_in_march() -> Made:
    return report(figures=balanced(), agency="云州市人民政府", published=date(2023, 3, 6))


@silent("S-DEADLINE")
def an_office_published_in_march_before_2019() -> Made:
    return report("gov-2014", year=2016, figures=statistics(), published=date(2017, 3, 31))


@fires("S-DEADLINE")
def the_records_say_that_it_was_late() -> Made:
    context = Context(published=date(2023, 4, 1), agency_kind=AgencyKind.GOVERNMENT)
    return report(figures=balanced(), agency="云州市人民政府"), context


@fires("S-PLACEHOLDER")
def figures_were_not_filled_in() -> Made:
    return report(figures=balanced(), more=["全年主动公开政府信息××条，其中×条为规范性文件。"])


@fires("S-PLACEHOLDER")
def a_year_was_not_filled_in() -> Made:
    return report(figures=balanced(), more=["20xx年，我镇继续推进公开。"])


@fires("S-PLACEHOLDER")
def the_unit_was_not_filled_in() -> Made:
    return report(figures=balanced(), more=["本报告由（填写单位）编制。"])


@fires("S-PLACEHOLDER")
def the_title_is_a_sample() -> Made:
    return report(figures=balanced(), title="2022年政府信息公开工作年度报告（样本）")


@silent("S-PLACEHOLDER")
def crosses_addresses_and_masked_names() -> Made:
    more = [
        "教室面积为9×7米，宣传栏3×2米，网址http://xxgk.example.gov.cn/xxgk__1.html。",
        "对申请人张某某的申请依法答复，**重点领域**公开到位，邮箱a_xx@example.cn。",
        "信息公开平台（XXGK2）运行正常。",
    ]
    return report(figures=balanced(), more=more)


@fires("S-DAMAGED")
def characters_were_lost() -> Made:
    return report(figures=balanced(), more=["目录编制??学规范，群众查询方便。"])


@silent("S-DAMAGED")
def a_question_is_not_damage() -> Made:
    return report(figures=balanced(), more=["什么是政府信息?怎样申请?详见公开指南。"])


@fires("S-UNREAD")
def a_cell_was_not_read() -> Made:
    unread = Unread("t3.granted.total", "3（其中", "not_a_number", Where(6, row=3, col=7))
    return report(figures=balanced(), unread=(unread,))


@fires("S-TYPO")
def a_full_stop_too_many() -> Made:
    return report(figures=balanced(), more=["公开质量进一步提升。。"])


@silent("S-TYPO", "S-UNREAD")
def dots_of_omission() -> Made:
    return report(figures=balanced(), more=["机构、职能、预算……均已公开。。。详见网站。"])


def _list(missing: tuple[int, ...] = (), year: int = 2016) -> Made:
    answers = {f"list.u{n:02d}": None if n in missing else 1 for n in range(1, 51)}
    prose = {"c1": "学校落实清单。", "c2": "主动公开信息。", "c3": "没有收到申请。", "c6": "问题与改进。"}
    return report("university", year=year, figures=cells(answers), agency="云州学院", prose=prose)


@fires("U-50")
def two_items_of_the_list_are_blank() -> Made:
    return _list((17, 18))


@silent("U-50")
def the_whole_list_is_answered() -> Made:
    return _list()


@silent("U-50")
def the_list_did_not_exist_yet() -> Made:
    return _list((17,), year=2011)


@fires("U-CHAPTERS")
def a_university_says_nothing_of_complaints() -> Made:
    prose = {"c1": "学校按照清单推进公开，" * 30, "c2": "主动公开信息。", "c3": "没有收到申请。", "c6": "存在的问题。"}
    return report("university", year=2016, figures={}, agency="云州学院", prose=prose, without=["c4", "c5", "c8"])


@fires("U-CHAPTERS")
def a_university_leaves_out_the_table_of_the_list() -> Made:
    prose = {"c1": "学校认真落实清单。" * 40, "c4": "师生评议满意。", "c5": "没有受到举报。", "c6": "问题与改进。"}
    return report("university", year=2016, figures={}, agency="云州学院", prose=prose, without=["c7", "c8"])


@silent("U-CHAPTERS")
def a_university_says_it_all() -> Made:
    words = "师生评议满意。没有受到举报。" * 20
    prose = {
        "c1": words + "清单事项公开情况表见附件。",
        "c2": "主动公开信息。",
        "c3": "没有收到申请。",
        "c6": "问题与改进。",
    }
    return report("university", year=2016, figures={}, agency="云州学院", prose=prose, without=["c4", "c5", "c8"])


def _school_period(words: str) -> Made:
    return report("university", year=2024, figures={}, agency="云州学院", prose={"c1": words})


@fires("U-PERIOD")
def a_university_counts_a_calendar_year() -> Made:
    return _school_period("本报告统计期限为2025年1月1日至2025年10月31日。")


@silent("U-PERIOD", "S-PERIOD")
def a_university_counts_its_academic_year() -> Made:
    return _school_period("本报告统计期限为2024年9月1日至2025年8月31日。")


@fires("U-DEADLINE")
def a_university_published_in_december() -> Made:
    return report("university", year=2023, figures={}, agency="云州学院", published=date(2024, 12, 1))


@silent("U-DEADLINE", "S-DEADLINE")
def a_university_published_in_october() -> Made:
    return report("university", year=2023, figures={}, agency="云州学院", published=date(2024, 10, 28))


@fires("S-YEAR")
def the_introduction_compiles_the_report_of_last_year() -> Made:
    made = report(figures=balanced())
    intro = Paragraph(1, "根据条例规定，我局认真编制了《云州市教育局2021年政府信息公开工作年度报告》。")
    return made.with_(blocks=(made.blocks[0], intro, *made.blocks[2:]), chapters=made.chapters[1:])


@silent("S-YEAR")
def publishing_last_years_report_is_work_of_the_year() -> Made:
    words = "2022年1月，编制并公布2021年政府信息公开工作年度报告。全年收到申请5件。"
    return report(figures=balanced(), prose={**PROSE_2021, "c1": words})


@silent("S-PERIOD")
def an_inspection_has_a_period_of_its_own() -> Made:
    words = "检查统计时间为2022年3月1日至2022年3月31日。未收取费用。"
    return report(figures=balanced(), prose={**PROSE_2021, "c6": words})


@fires("S-SENSITIVE")
def an_identity_number_was_left_in() -> Made:
    return report(figures=balanced(), more=["申请人身份证号为11010519491231002X，已答复。"])


@fires("S-SENSITIVE")
def a_mark_of_secrecy_was_left_in() -> Made:
    return report(figures=balanced(), more=["秘密★一年"])


@silent("S-SENSITIVE")
def the_contacts_of_the_office_are_public() -> Made:
    more = [
        "如有疑问，请与云州市教育局办公室联系（地址：人民路8号行政中心3楼，邮编：400123，电话：0123-6234567）。",
        "未公开涉及国家秘密、商业秘密的信息，严格保密审查，统一社会信用代码11010519491231002X。",
    ]
    return report(figures=balanced(), more=more)
