"""Names of public bodies."""

import pytest

from gongkai.annual.reading.names import is_agency, same_agency


@pytest.mark.parametrize(
    "name",
    [
        "云州市教育局",
        "临溪县人民政府",
        "云州市人民政府办公室",
        "石桥镇",
        "河口区街道办事处",
        "云州高新技术产业开发区管委会",
        "国家税务总局云州市税务局",
        "云州海关",
        "云州师范学院",
        "云州市卫生健康委员会（中医药管理局）",
        "无锡市水利局",
        "和平区人民政府",
        "日照市财政局",
        "经贸局",
        "高新区",
        "云州市退役军人工作委员会",
        "中国人民银行云州市分行",
        "云州市供水集团有限公司",
    ],
)
def test_a_body_is_a_name(name):
    assert is_agency(name)


@pytest.mark.parametrize(
    "text",
    [
        "我局",
        "本单位",
        "办公室",
        "由云州市教育局",
        "各科室",
        "全市各县区",
        "其他有关部门",
        "根据上级要求我局",
        "云州市教育局信息公开",
        "认真做好工作的教育局",
        "政府网站",
        "2020年教育局",
        "召开会议",
    ],
)
def test_a_phrase_is_no_name(text):
    assert not is_agency(text)


def test_a_shorter_name_of_the_same_body_is_the_same():
    assert same_agency("市教育局", "云州市教育局")
    assert not same_agency("云州市水利局", "云州市教育局")
