"""The demo city's publications: varied, related, the same every time, and on every desk of the path."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

TODAY = date(2026, 11, 20)
# All in one process: what they look at takes seconds to write.
pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def items():
    from gongkai.publishing.demo.library import library

    return library(TODAY)


def test_there_are_three_thousand_publications_of_every_kind_with_varied_titles(items):
    from gongkai.publishing.models import Kind

    assert len(items) >= 3000
    assert {i.kind for i in items} == set(Kind.values)
    assert len({i.title for i in items}) > 0.95 * len(items)


def test_the_forms_of_titles_are_many_and_all_slots_are_filled(items):
    from gongkai.publishing.demo.words import templates

    assert len(templates()) >= 150
    assert not [i.title for i in items if re.search(r"[{}]", i.title + i.body)]


def test_the_same_day_gives_the_same_publications(items):
    from gongkai.publishing.demo.library import library

    again = library(TODAY)
    assert [(i.key, i.title, i.body, i.published, i.number) for i in again] == [
        (i.key, i.title, i.body, i.published, i.number) for i in items
    ]


def test_no_publication_comes_from_an_agency_that_was_not_there(items):
    from gongkai.publishing.demo.items import there

    assert not [(i.agency, i.made) for i in items if not there(i.agency, i.made)]


def test_nothing_is_from_the_future_and_something_is_from_this_month(items):
    assert max(i.published.date() for i in items) < TODAY
    assert sum((TODAY - i.published.date()).days < 31 for i in items) > 20


def words_of(item):
    return re.sub(r"<[^>]+>", " ", item.body)


def test_nobody_is_called_on_to_do_what_was_due_before_it_came_out(items):
    late = []
    for item in items:
        for found in re.finditer(r"(\d{4})年(\d+)月(\d+)日[^。]{0,8}(前报送|前递交|前电话|止，逾期)", words_of(item)):
            if date(*map(int, found.groups()[:3])) < item.published.date():
                late.append(item.title)
        if re.search(r"发布.+预警信号", item.title) and item.published.date() != item.made:
            late.append(item.title)
    assert late == []


def test_no_title_names_a_month_or_quarter_that_is_not_over_or_not_begun(items):
    early = []
    for item in items:
        out = (item.published.year, item.published.month)
        if found := re.search(r"(\d{4})年(\d+)月(?!\d*日)", item.title):
            early += [item.title] if (int(found[1]), int(found[2])) > out else []
        if found := re.search(r"(\d{4})年([一二三四])季度", item.title):
            early += [item.title] if (int(found[1]), 3 * ("一二三四".index(found[2]) + 1)) >= out else []
    assert early == []


def test_no_agency_publishes_two_budgets_of_a_year(items):
    budgets = Counter(i.title for i in items if re.search(r"部门(预算|决算)$", i.title))
    assert len(budgets) > 300
    assert max(budgets.values()) == 1


def test_a_part_is_smaller_than_the_whole_and_a_month_than_the_year_so_far(items):
    for item in items:
        if item.series == "云州市财政收支情况":
            income, taxes, spent, living = re.findall(r"<td>([\d.]+)</td><td>([\d.]+)</td>", item.body)
            assert all(float(month) <= float(year) for month, year in (income, taxes, spent, living)), item.title
            assert float(taxes[0]) < float(income[0])
            assert float(living[1]) < float(spent[1])
        if item.series == "云州市环境空气质量状况":
            assert all(int(days) <= 28 for days in re.findall(r"</td><td>(\d+)</td><td>", item.body))


def test_document_numbers_are_canonical_and_given_once(items):
    from gongkai.law import document_number

    numbers = [i.number for i in items if i.number]
    assert len(numbers) > 600
    assert max(Counter(numbers).values()) == 1
    assert [n for n in numbers if document_number.parse(n).canonical != n] == []


def test_relations_point_to_earlier_publications(items):
    by_key = {i.key: i for i in items}
    kinds = Counter(kind for i in items for kind, _, _ in i.relations)
    assert set(kinds) == {"interprets", "amends", "repeals", "replaces", "implements"}
    for item in items:
        for _kind, key, text in item.relations:
            assert text if not key else by_key[key].made <= item.published.date()


def test_files_hold_words_that_stand_nowhere_else(items):
    from gongkai.publishing.demo.files import _THINGS

    with_files = [i for i in items if i.files]
    assert len(with_files) >= 55
    assert {name.rsplit(".")[-1] for i in with_files for name, _ in i.files} == {"pdf", "docx", "xlsx"}
    assert not [i.title for i in items if any(thing in i.body + i.title for thing in _THINGS)]


def test_invented_identity_numbers_are_found_by_the_scan():
    from random import Random

    from gongkai.publishing.demo.desks import identity
    from gongkai.text.scan import scan_text

    assert "idcard18" in {hit.rule for hit in scan_text(f"身份证号{identity(Random(1))}")}


def test_the_past_is_stored_with_numbers_validity_and_tombstones(city, items):
    from gongkai.publishing.demo.loading import load_past
    from gongkai.publishing.models import Change, IndexEntry, Publication, State
    from gongkai.trail.chain import verify

    some = [i for i in items if i.kind in ("normative", "regulation", "policy", "clarification") or i.withdrawn]
    kept = {i.key for i in some}
    for item in some:
        item.relations = [r for r in item.relations if not r[1] or r[1] in kept]
    load_past(some, TODAY)
    assert Publication.objects.filter(index_number__isnull=False).count() == len(some) == IndexEntry.objects.count()
    there = Counter(Publication.objects.filter(kind="normative").values_list("validity", flat=True))
    assert all(there[v] for v in ("effective", "repealed", "lapsed", "amended"))
    repealed = Publication.objects.filter(validity="repealed").first()
    assert repealed.ended_by.relations
    assert Publication.objects.filter(state=State.WITHDRAWN).exclude(withdrawal_reason="").count() > 5
    assert Change.objects.filter(verb="withdrawn").exists()
    assert verify().ok


def test_every_state_of_the_path_lies_on_some_desk(city):
    from django.utils import timezone

    from gongkai.publishing.demo.desks import Desks
    from gongkai.publishing.models import CoordinationRequest, Publication, ScanReport
    from gongkai.trail.models import Entry

    Desks(timezone.localdate()).fill(1)
    found = set(Publication.objects.values_list("state", "step"))
    wanted = [("draft", ""), ("returned", ""), ("in_review", "unit_head"), ("in_review", "confidentiality")]
    wanted += [("in_review", "coordination"), ("in_review", "sign_off"), ("scheduled", ""), ("withheld", "")]
    wanted += [("published", ""), ("published", "unit_head"), ("discarded", "")]
    assert set(wanted) <= found
    assert CoordinationRequest.objects.filter(answer="disagreed").exists()
    assert CoordinationRequest.objects.filter(answer="", due_on__lt=timezone.localdate()).exists()
    assert any(report.hits for report in ScanReport.objects.all())
    assert Entry.objects.filter(action="publishing.return").exists()
