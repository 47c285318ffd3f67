"""A name in a report stands for one agency, or for none."""

import pytest

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import find_by_name

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("云州市教育局", "jiaoyu"),
        ("市教育局", "jiaoyu"),
        ("教育局", "jiaoyu"),
        (" 云州市 教育局 ", "jiaoyu"),
        ("云州市（教育局）", "jiaoyu"),
        ("临溪县教育局", "linxi-jiaoyu"),
        ("石桥镇人民政府", "shiqiao"),
        ("云州市", "yunzhou"),
    ],
)
def test_full_short_and_other_names(city, name, slug):
    found = find_by_name(name)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("name", ["", "  ", "云州", "云州市教育局办公室", "某市教育局"])
def test_a_name_that_is_not_quite_it_stands_for_none(city, name):
    assert find_by_name(name) is None


def test_a_name_that_two_agencies_bear_stands_for_none(city):
    other = city["linxi-jiaoyu"]
    other.other_names = ["教育局"]
    other.save()
    assert find_by_name("教育局") is None
    assert find_by_name("教育局", among=Agency.objects.filter(parent=city["linxi"])) == other
