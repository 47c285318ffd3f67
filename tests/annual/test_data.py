"""Reports travel through JSON without loss, and bad data is refused by name."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.data import DataError, from_dict, from_json_lines, schema, to_dict, to_json_lines
from gongkai.annual.forms import FORM_IDS, form
from gongkai.annual.model import (
    Cell,
    CellState,
    Chapter,
    Fact,
    Finding,
    Grid,
    GridCell,
    Paragraph,
    Period,
    Report,
    Severity,
    Source,
    Span,
    Unread,
    Where,
)
from gongkai.text import Repair

numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e20"), max_value=Decimal("1e20"))
texts = st.text(max_size=20)
maybe_text = st.none() | texts
places = st.frozensets(st.integers(0, 99), max_size=3)
small = st.integers(0, 99)
pages = st.integers(1, 99)
wheres = st.builds(Where, small, st.none() | small, st.none() | small, st.none() | small, st.none() | small)


@st.composite
def cells(draw: st.DrawFn, id: str) -> Cell:
    value = draw(st.none() | numbers | texts)
    state = draw(st.sampled_from(CellState))
    return Cell(id, value, draw(texts), draw(st.none() | wheres), state, draw(maybe_text), draw(maybe_text))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    id = draw(st.sampled_from(FORM_IDS))
    ids = draw(st.lists(st.sampled_from(list(form(id).cells)), unique=True, max_size=6))
    sources = st.builds(
        Source,
        maybe_text,
        st.just("html"),
        maybe_text,
        st.lists(st.builds(Repair, texts, small, st.just((("a", "b"),)), st.booleans()), max_size=2).map(tuple),
        st.builds(Span, small, small),
    )
    facts = st.builds(
        Fact, texts, numbers, maybe_text, texts, texts, wheres, st.booleans(), maybe_text, st.none() | small
    )
    severities = st.sampled_from(Severity)
    findings = st.builds(Finding, texts, severities, texts, texts, texts, st.lists(wheres, max_size=2).map(tuple))
    blocks = st.builds(Paragraph, small, texts, st.none() | pages) | st.builds(
        Grid, small, st.lists(st.builds(GridCell, texts, small, small), max_size=2).map(tuple)
    )
    return Report(
        source=draw(sources),
        agency=draw(maybe_text),
        title=draw(maybe_text),
        year=draw(st.none() | st.integers(2008, 2030)),
        period=draw(st.none() | st.builds(Period, st.dates(), st.dates())),
        form=id,
        chapters=tuple(
            draw(st.lists(st.builds(Chapter, maybe_text, maybe_text, texts, wheres, small, texts), max_size=2))
        ),
        cells={id: draw(cells(id)) for id in ids},
        unread=tuple(draw(st.lists(st.builds(Unread, maybe_text, texts, texts, st.none() | wheres), max_size=2))),
        facts=tuple(draw(st.lists(facts, max_size=2))),
        findings=tuple(draw(st.lists(findings, max_size=2))),
        blocks=tuple(draw(st.lists(blocks, max_size=3))),
        published=draw(st.none() | st.dates()),
        table_blocks=draw(places),
    )


@settings(max_examples=40, deadline=None)
@given(reports())
def test_a_report_comes_back_from_json_as_it_was(report: Report) -> None:
    (line,) = to_json_lines([report], with_blocks=True)
    assert list(from_json_lines([line])) == [report]
    assert from_dict(to_dict(report, with_blocks=True)) == report


@settings(max_examples=40, deadline=None)
@given(reports())
def test_a_line_of_json_holds_one_line_and_can_be_written(report: Report) -> None:
    (line,) = to_json_lines([report])
    assert len(line.splitlines()) == 1
    assert line.encode()


@settings(max_examples=40, deadline=None)
@given(reports())
def test_what_is_written_follows_the_published_schema(report: Report) -> None:
    assert violations(schema(), to_dict(report, with_blocks=True)) == []


def test_the_schema_refuses_what_is_wrong() -> None:
    assert violations(schema(), {"form": "gov-1999", "cells": {}})
    assert violations(schema(), {"form": None, "cells": {"t4.review.total": {"raw": "1"}}})
    assert violations(schema(), {"form": None, "cells": {}, "agencies": "云州市教育局"})


def test_cells_stand_in_the_order_of_the_form_whatever_order_they_were_read_in() -> None:
    ids = list(form("gov-2021").cells)
    report = plain(cells={id: Cell(id, Decimal(1), "1") for id in [*reversed(ids), "t9.local"]})
    assert list(to_dict(report)["cells"]) == [*ids, "t9.local"]


def test_figures_are_json_numbers_and_blank_is_null_not_zero() -> None:
    values = {"a": Decimal("12.00"), "b": Decimal("96171.6"), "c": None, "d": "http://example.invalid", "e": Decimal(0)}
    data = to_dict(plain(form=None, cells={id: Cell(id, v, "") for id, v in values.items()}))
    assert [data["cells"][id]["value"] for id in values] == [12, 96171.6, None, "http://example.invalid", 0]
    assert isinstance(data["cells"]["a"]["value"], int)


def test_a_figure_that_a_json_number_cannot_hold_keeps_its_digits() -> None:
    value = Decimal("0.12345678901234567890123")
    data = to_dict(plain(form=None, cells={"a": Cell("a", value, "")}))
    assert data["cells"]["a"] == {"value": str(value), "raw": "", "where": None, "exact": True}
    assert from_dict(data).cells["a"].value == value


def test_a_gigantic_exponent_is_not_expanded() -> None:
    data = to_dict(plain(form=None, cells={"a": Cell("a", Decimal("1E+999999"), "")}))
    assert len(json.dumps(data)) < 1000
    assert from_dict(data).cells["a"].value == Decimal("1E+999999")


def test_data_written_by_hand_may_give_bare_values() -> None:
    report = from_dict({"form": "gov-2021", "cells": {"t3.granted.total": 3, "t3.partial.total": None}})
    assert report.value("t3.granted.total") == 3
    assert report.cells["t3.partial.total"].state is CellState.BLANK


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ([], "报告"),
        ({"year": "2024"}, "year"),
        ({"year": True}, "year"),
        ({"form": "gov-1999"}, "form"),
        ({"agancy": "云州市教育局"}, "agancy"),
        ({"published": "2025年1月"}, "published"),
        ({"period": {"start": "2024-01-01"}}, "period.end"),
        ({"cells": []}, "cells"),
        ({"cells": {"t3.granted.total": True}}, "t3.granted.total"),
        ({"cells": {"t3.granted.total": {"value": [1]}}}, 'cells["t3.granted.total"].value'),
        ({"cells": {"t3.granted.total": {"value": float("nan")}}}, 'cells["t3.granted.total"].value'),
        ({"cells": {"a": {"value": "x", "exact": True}}}, 'cells["a"].value'),
        ({"cells": {"a": {"value": 1, "state": "guessed"}}}, 'cells["a"].state'),
        ({"chapters": [{"title": "总体情况"}, {}]}, "chapters[1].title"),
        ({"chapters": {"title": "总体情况"}}, "chapters"),
        ({"facts": [{"kind": "a", "value": "many", "raw": "", "sentence": ""}]}, "facts[0].value"),
        ({"findings": [{"rule": "A", "message": "", "facts": ["1"]}]}, "findings[0].facts"),
        ({"blocks": [{"text": "无编号"}]}, "blocks[0].index"),
        ({"source": {"repairs": [{"id": "x", "samples": ["a"]}]}}, "source.repairs[0].samples"),
    ],
)
def test_bad_data_is_refused_naming_the_field_in_both_languages(data: Any, named: str) -> None:
    with pytest.raises(DataError) as caught:
        from_dict(data)
    assert named in caught.value.message
    assert caught.value.message_en.isascii() or named in caught.value.message_en


def test_a_line_that_is_not_json_is_named() -> None:
    with pytest.raises(DataError, match="第3行"):
        list(from_json_lines(['{"form": null}', "", "{"]))


names = st.sampled_from(["source", "cells", "chapters", "value", "where", "block", "period", "start", "index", "facts"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=8,
)


@given(json_values)
def test_no_json_at_all_raises_anything_but_the_documented_error(data: Any) -> None:
    with contextlib.suppress(DataError):
        from_dict(data)


def plain(**changes: Any) -> Report:
    source = Source(None, "json", None, (), Span(0, 0))
    period = Period(date(2024, 1, 1), date(2024, 12, 31))
    return Report(source, "云州市民政局", None, 2024, period, "gov-2021").with_(**changes)


def violations(rule: Any, value: Any, path: str = "$", root: Any = None) -> list[str]:
    """The places where a value breaks a JSON Schema, for the keywords that ours uses."""
    root = root or rule
    if "$ref" in rule:
        rule = root["$defs"][rule["$ref"].removeprefix("#/$defs/")]
    if "anyOf" in rule:
        tries = [violations(r, value, path, root) for r in rule["anyOf"]]
        return [] if [] in tries else min(tries, key=len)
    if "enum" in rule and value not in rule["enum"]:
        return [f"{path}: {value!r} is not one of {rule['enum']}"]
    kinds = rule.get("type")
    if kinds and not any(is_a(value, k) for k in ([kinds] if isinstance(kinds, str) else kinds)):
        return [f"{path}: {value!r} is no {kinds}"]
    found = []
    if isinstance(value, int) and value < rule.get("minimum", value):
        found.append(f"{path}: {value} is too small")
    if isinstance(value, list):
        found += [v for i, x in enumerate(value) for v in violations(rule.get("items", {}), x, f"{path}[{i}]", root)]
    if isinstance(value, dict):
        found += [f"{path}.{n} is missing" for n in rule.get("required", ()) if n not in value]
        for name, item in value.items():
            inner = rule.get("properties", {}).get(name, rule.get("additionalProperties", True))
            if inner is False:
                found.append(f"{path}.{name} is not known")
            elif inner is not True:
                found += violations(inner, item, f"{path}.{name}", root)
    return found


def is_a(value: Any, kind: str) -> bool:
    types: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "object": dict,
        "array": list,
        "null": type(None),
    }
    return isinstance(value, types[kind]) and (kind == "boolean" or not isinstance(value, bool))
