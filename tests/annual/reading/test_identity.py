"""Agency, title, year, period and day of publication."""

from datetime import date

import pytest

from gongkai.annual.model import Grid, GridCell, Paragraph
from gongkai.annual.reading.identity import identify
from gongkai.annual.reading.lines import mark
from gongkai.annual.reading.published import find_published

PROSE = "我局认真贯彻条例，健全制度，落实责任，政府信息公开工作平稳有序。"


def identity(*texts, page_title=None):
    return identify(mark([Paragraph(i, text) for i, text in enumerate(texts)]), [], page_title)


def test_title_names_them_all():
    found = identity("云州市水利局", "2020年政府信息公开工作年度报告", PROSE)
    assert (found.agency, found.year) == ("云州市水利局", 2020)
    assert found.title == "云州市水利局2020年政府信息公开工作年度报告"


def test_title_whose_last_word_is_broken_over_lines_names_them_too():
    found = identity("云州大学2022-2023学年信息公开工作年度报", "告", PROSE)
    assert (found.agency, found.year) == ("云州大学", 2022)


@pytest.mark.parametrize(
    "preamble",
    [
        "本年度工作报告由云州市粮食局根据《中华人民共和国政府信息公开条例》编制，并向社会公布。",
        "按照市政府的要求，由云州市粮食局编制。全文包括概述等。",
        "根据上级要求，现将云州市粮食局2018政府信息公开工作报告如下。",
        "根据条例规定，现公布云州市粮食局2011年度政府信息公开年度报告。",
    ],
)
def test_preamble_names_the_agency_where_the_title_does_not(preamble):
    assert identity("政府信息公开工作年度报告", preamble, PROSE).agency == "云州市粮食局"


@pytest.mark.parametrize(
    "end",
    [
        ["云州师范学院 2017年10月30日"],
        ["云州师范学院", "2017年10月30日"],
        ["云州师范学院"],
        ["云州师范学院", "二〇一七年十月三十日"],
    ],
)
def test_signature_names_the_agency(end):
    assert identity("2016-2017学年信息公开工作年度报告", PROSE, *end).agency == "云州师范学院"


def test_metadata_of_the_page_names_the_agency():
    assert (
        identity("发布机构：云州市粮食局 发布日期：2012-02-01", "政府信息公开工作年度报告", PROSE).agency
        == "云州市粮食局"
    )


def test_metadata_in_a_grid_is_read():
    cells = [GridCell(t, 0, i) for i, t in enumerate(["发布机构", "云州市粮食局", "发布日期", "2012-02-01"])]
    lines = mark([Grid(0, tuple(cells)), Paragraph(1, "政府信息公开工作年度报告"), Paragraph(2, PROSE)])
    found = identify(lines, [])
    assert (found.agency, found.published) == ("云州市粮食局", date(2012, 2, 1))


def test_body_that_always_acts_is_the_agency():
    texts = [
        "2015 年，高新区认真贯彻条例，加强领导。",
        "高新区建立了工作体系。",
        "2015 年高新区在各类平台公开信息872条。",
    ]
    assert identity("政务公开工作汇报", *texts).agency == "高新区"


@pytest.mark.parametrize(
    "texts",
    [
        ["政府信息公开工作年度报告", PROSE],
        ["我局政府信息公开工作总结", PROSE],
        ["由××（填写单位）编制。", PROSE],
        ["政务公开工作汇报", "县教育局认真贯彻。县水利局高度重视。县粮食局认真落实。各科室认真配合。"],
    ],
)
def test_no_agency_rather_than_a_wrong_one(texts):
    assert identity(*texts).agency is None


def test_title_decides_the_year_and_the_stated_period_is_kept_beside_it():
    found = identity("云州市水利局2020年政府信息公开工作年度报告", "数据统计期限自2019年1月1日至2019年12月31日。")
    assert found.year == 2020
    assert found.stated.start == date(2019, 1, 1)


def test_stated_period_gives_the_year_where_the_title_has_none():
    assert identity("政府信息公开工作年度报告", "数据统计期限自2019年1月1日起至2019年12月31日止。").year == 2019


def test_of_links_to_other_years_the_one_that_the_text_speaks_of_is_its_title():
    links = [f"云州市水利局{year}年政府信息公开工作年度报告" for year in (2011, 2010, 2009)]
    found = identity(*links, "2011年，我局认真贯彻条例。2011年，各项工作平稳有序。")
    assert (found.year, found.title) == (2011, links[0])


def test_academic_year_of_a_university_is_that_of_its_beginning():
    found = identity("云州师范学院2016-2017学年信息公开工作年度报告", PROSE)
    assert (found.year, found.university) == (2016, True)


def test_school_bureau_is_no_university():
    assert not identity(
        "云州市教育局2016年政府信息公开工作年度报告", "2015-2016学年，全市学校公开办学信息。"
    ).university


def test_title_of_the_page_is_used_where_the_text_has_none():
    found = identity(
        "本报告由我局编制。", PROSE, page_title="云州市水利局2020年政府信息公开工作年度报告_云州市人民政府"
    )
    assert (found.agency, found.year) == ("云州市水利局", 2020)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("发布日期: 2021-01-28", date(2021, 1, 28)),
        ("发布时间：2021年1月28日 10:20 来源：市水利局", date(2021, 1, 28)),
        ("来源：市水利局　时间：不详　发布于 2021/01/28", date(2021, 1, 28)),
        ("日期：2021.1.28", date(2021, 1, 28)),
        ("发布时间:20年07月06日 信息来源:教育局", None),
        ("发布日期：2021-13-28", None),
        ("2021年1月28日，我局公开了信息。", None),
        ("统计期限自2021年1月1日", None),
    ],
)
def test_day_of_publication_is_read_only_where_it_is_whole(line, day):
    assert find_published([line]) == day
