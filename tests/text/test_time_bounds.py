import time
from collections.abc import Callable

import pytest

from gongkai.text import find_numbers, parse_number
from gongkai.text.labels import ordinal, plain, strip_numbering
from gongkai.text.mojibake import undo_mojibake
from gongkai.text.personal import find_personal_data
from gongkai.text.sentences import sentences

FUNCTIONS = [find_numbers, parse_number, ordinal, plain, strip_numbering, undo_mojibake, find_personal_data, sentences]
UNITS = [
    "第1、",
    "1,234,",
    "九、",
    "1至",
    "1.",
    "一",
    "12 ",
    "（",
    "“。",
    "百分之",
    "1年",
    "1/",
    "人民路小区1栋",
    "ä¸",
    "锛",
    "1亿2",
    " ",
]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("unit", UNITS)
def test_the_time_grows_with_the_text_and_not_faster(function: Callable[[str], object], unit: str) -> None:
    text = unit * (40_000 // len(unit))
    start = time.process_time()
    function(text)
    assert time.process_time() - start < 2
