import json
from datetime import date
from pathlib import Path

import pytest

from gongkai.text.scan import scan_text

LINES = json.loads((Path(__file__).parent / "lines.json").read_text(encoding="utf-8"))
ON = date(2026, 11, 21)
OWN = ("云州市", "临溪县", "石桥镇")


@pytest.mark.parametrize("line", LINES, ids=[line["text"][:24].replace("\n", " ") for line in LINES])
def test_a_line_is_judged_as_an_office_would(line: dict[str, object]) -> None:
    hits = scan_text(str(line["text"]), on=ON, own_places=OWN)
    assert sorted(f"{hit.rule}:{hit.level}" for hit in hits if hit.rule != "name") == sorted(line["hits"])  # type: ignore[call-overload]
