from collections import Counter

import pytest

from gongkai.law import catalogue
from gongkai.law.catalogue import Scope


def test_article_20_has_fifteen_kinds_and_article_21_seven_and_eight() -> None:
    assert len(catalogue.statutory_categories()) == 30
    assert [len(catalogue.statutory_categories(scope)) for scope in Scope] == [15, 7, 8]
    assert catalogue.statutory_categories(Scope.CITY_COUNTY)[0].id == "art21_city_1"
    assert catalogue.statutory_categories(Scope.TOWNSHIP)[-1].label == "社会救助"


def test_the_official_lists_have_their_official_lengths() -> None:
    assert [len(entries()) for entries in (catalogue.themes, catalogue.fields, catalogue.channels)] == [22, 26, 13]
    assert [one.id for one in catalogue.sections()] == ["guide", "rules", "statutory", "annual_reports", "apply"]


def test_every_entry_has_an_id_of_its_own_and_a_label_in_both_languages() -> None:
    entries = [
        *catalogue.statutory_categories(),
        *catalogue.themes(),
        *(child for theme in catalogue.themes() for child in theme.children),
        *catalogue.genres(),
        *catalogue.fields(),
        *catalogue.channels(),
        *catalogue.sections(),
    ]
    assert max(Counter(one.id for one in entries).values()) == 1
    assert all(one.label and one.label_en.isascii() for one in entries)
    assert all(catalogue.entry(one.id) == one for one in entries)


def test_a_label_is_found_by_its_id() -> None:
    assert catalogue.label("T0201") == "政务公开"
    assert catalogue.label_en("F19") == "Elderly care services"
    with pytest.raises(KeyError):
        catalogue.label("no_such_thing")


def test_the_form_of_a_standard_directory_prints_its_columns_in_order() -> None:
    columns = {column.id: [child.label for child in column.children] for column in catalogue.directory_columns()}
    assert list(columns)[:3] == ["no", "item", "content"]
    assert columns["item"] == ["一级事项", "二级事项"]


def test_a_page_of_content_names_the_tags_that_it_must_carry() -> None:
    assert [tag.name for tag in catalogue.meta_tags("content") if tag.required] == [
        "ArticleTitle",
        "PubDate",
        "ContentSource",
    ]
    assert {tag.group for tag in catalogue.meta_tags()} == {"site", "column", "content"}
