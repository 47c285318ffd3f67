"""The official forms: complete, consistent, and refused where they contradict themselves."""

import copy
import json
from decimal import Decimal
from importlib import resources

import pytest

from gongkai.annual.forms import FORM_IDS, FormError, all_forms, form, form_for_year
from gongkai.annual.forms.load import parse_form


@pytest.fixture
def data():
    """The data of the form in force, to be damaged."""
    text = resources.files("gongkai.annual.forms").joinpath("gov-2021.json").read_text("utf-8")
    return copy.deepcopy(json.loads(text))


@pytest.mark.parametrize(
    ("id", "cells"),
    [
        ("gov-2008", {"stat": 45}),
        ("gov-2014", {"stat": 58}),
        ("gov-2019", {"t2": 22, "t3": 161, "t4": 15}),
        ("gov-2021", {"t2": 10, "t3": 175, "t4": 15}),
        ("university", {"list": 100, "figures": 15}),
    ],
)
def test_every_form_has_the_cells_of_the_official_annex(id, cells):
    national = [c for c in form(id).cells.values() if not c.local]
    assert {t: sum(c.table.id == t for c in national) for t in cells} == cells


@pytest.mark.parametrize(
    ("year", "id"),
    [(2007, None), (2008, "gov-2008"), (2013, "gov-2008"), (2014, "gov-2014"), (2018, "gov-2014"),
     (2019, "gov-2019"), (2020, "gov-2019"), (2021, "gov-2021"), (2030, "gov-2021")],
)  # fmt: skip
def test_the_form_follows_from_the_reporting_year(year, id):
    found = form_for_year(year)
    assert (found.id if found else None) == id


def test_universities_have_a_form_of_their_own():
    assert form_for_year(2024, university=True).id == "university"
    assert form_for_year(2009, university=True) is None


def test_balance_checks_cover_every_column_and_row_of_the_applications_table():
    checks = [e.check for e in form("gov-2021").equations]
    assert checks.count("T3-BALANCE") == 7
    assert checks.count("T3-RESULTS-SUM") == 7
    assert checks.count("T3-ROW-TOTAL") == 25
    assert checks.count("T4-TOTAL") == 3


def test_a_form_whose_cells_are_all_zero_balances():
    for spec in all_forms():
        zeros = dict.fromkeys(spec.cells, Decimal(0))
        assert all(e.holds(zeros) for e in spec.equations if not any(c.startswith("fact.") for c in e.cells))


def test_a_check_is_undecided_while_a_cell_is_missing():
    (balance, *_) = form("gov-2021").equations
    assert balance.holds({}) is None
    assert balance.sides({}) is None


def test_a_local_row_counts_nothing_where_it_is_not_printed():
    received = next(e for e in form("gov-2014").equations if e.check == "R-RECEIVED")
    values = {c: Decimal(1) for c in received.cells if c != "stat.rc_other"} | {"stat.received": Decimal(4)}
    assert received.holds(values) is True
    assert received.holds(values | {"stat.rc_other": Decimal(1)}) is False


def test_a_cell_says_what_it_is_in_official_words():
    spec = form("gov-2021")
    total = spec.cell("t3.new_received.total")
    assert total.label == "一、本年新收政府信息公开申请数量·申请人情况·总计"
    assert spec.cell("t4.lit_direct.upheld").label == "行政诉讼·未经复议直接起诉·结果维持"
    assert (total.unit, total.type) == ("件", "integer")


def test_unknown_names_are_key_errors():
    for call in (lambda: form("gov-1999"), lambda: form("gov-2021").cell("t9.x"), lambda: form("gov-2021").table("t9")):
        with pytest.raises(KeyError):
            call()


@pytest.mark.parametrize("id", FORM_IDS)
def test_ids_are_stable_english_names(id):
    assert all(c.isascii() and " " not in c for c in form(id).cells)


def damage_row_twice(data):
    rows = data["tables"][1]["blocks"][0]["rows"]
    rows.append(dict(rows[0]))
    return "new_received"


def damage_parent(data):
    data["tables"][1]["blocks"][0]["rows"][3]["parent"] = "nowhere"
    return "nowhere"


def damage_chapter(data):
    data["tables"][0]["chapter"] = "c99"
    return "c99"


def damage_table_of_chapter(data):
    data["chapters"][1]["table"] = "t99"
    return "t99"


def damage_check(data):
    data["checks"][0]["expr"] = "new_received == no_such_row"
    return "no_such_row"


def damage_type(data):
    data["tables"][0]["blocks"][0]["columns"][0]["type"] = "roman"
    return "roman"


@pytest.mark.parametrize(
    "damage",
    [damage_row_twice, damage_parent, damage_chapter, damage_table_of_chapter, damage_check, damage_type],
)
def test_a_form_that_contradicts_itself_is_refused_with_the_place(data, damage):
    place = damage(data)
    with pytest.raises(FormError, match=place):
        parse_form(data)
