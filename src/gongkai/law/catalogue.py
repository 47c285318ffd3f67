"""The official lists by which disclosed information is arranged, with their official labels and stable ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from gongkai.law.packaged import packaged


class Scope(StrEnum):
    """Which bodies a statutory category applies to."""

    ALL = "all"
    """Every agency (article 20)."""
    CITY_COUNTY = "city_county"
    """Cities with districts, counties, and their departments (article 21)."""
    TOWNSHIP = "township"
    """Townships (article 21)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an official list.

    `aliases` are other labels in use for it; `verify` marks what was not read in the official text itself.
    """

    id: str
    label: str
    label_en: str
    aliases: tuple[str, ...] = ()
    basis: str = ""
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Category(Entry):
    """A kind of information that must be disclosed, and by whom."""

    scope: Scope = Scope.ALL


@dataclass(frozen=True, slots=True)
class Theme(Entry):
    """A theme of the State Council's classification with the themes below it."""

    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Field(Entry):
    """A field of the standardised disclosure of grass-roots governments, and the ministry that guides it."""

    guided_by: str = ""


@dataclass(frozen=True, slots=True)
class Column(Entry):
    """A column of the official form of a standard directory, with the columns under it."""

    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class MetaTag:
    """A meta tag that pages of government sites carry; `group` is site, column or content."""

    name: str
    group: str
    required: bool
    label: str = ""
    format: str = ""


@cache
def statutory_categories(scope: Scope | None = None) -> tuple[Category, ...]:
    """The fifteen kinds of article 20 and the kinds of article 21; only those of one scope where it is given."""
    return tuple(
        Category(**_common(item), scope=Scope(item.get("applies_to", "all")))
        for item in _items("statutory_categories")
        if scope is None or item.get("applies_to", "all") == scope
    )


@cache
def themes() -> tuple[Theme, ...]:
    """The 22 themes of official documents, each with its second level."""
    return tuple(
        Theme(**_common(item), children=tuple(Entry(**_common(child)) for child in item["children"]))
        for item in _items("themes")
    )


@cache
def genres() -> tuple[Entry, ...]:
    """The genres (体裁) of official documents."""
    return tuple(Entry(**_common(item)) for item in _items("genres"))


@cache
def fields() -> tuple[Field, ...]:
    """The 26 fields of standardised disclosure at the grass roots."""
    return tuple(Field(**_common(item), guided_by=item["guided_by"]) for item in _items("fields"))


@cache
def channels() -> tuple[Entry, ...]:
    """The channels and media that the official form of a standard directory prints."""
    return tuple(Entry(**_common(item)) for item in _items("channels"))


@cache
def sections() -> tuple[Entry, ...]:
    """The standard blocks of an agency's disclosure page, in their order."""
    return tuple(Entry(**_common(item)) for item in _items("sections"))


@cache
def directory_columns() -> tuple[Column, ...]:
    """The columns of the official form of a standard directory, in their order."""
    return tuple(
        Column(**_common(item), children=tuple(Entry(**_common(child)) for child in item.get("children", ())))
        for item in _items("directory_columns")
    )


@cache
def meta_tags(group: str | None = None) -> tuple[MetaTag, ...]:
    """The meta tags of government sites; only those of one group (site, column, content) where it is given."""
    return tuple(MetaTag(**item) for item in _items("meta_tags") if group is None or item["group"] == group)


def entry(id: str) -> Entry:
    """The entry of any list by its id. Raises KeyError where there is none."""
    return _by_id()[id]


def label(id: str) -> str:
    """The official label of an entry. Raises KeyError where there is none."""
    return entry(id).label


def label_en(id: str) -> str:
    """The English label of an entry. Raises KeyError where there is none."""
    return entry(id).label_en


def _items(name: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = packaged("catalogue")[name]["items"]
    return items


def _common(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": item["id"],
        "label": item["label"],
        "label_en": item["label_en"],
        "aliases": tuple(item.get("aliases", ())),
        "basis": item.get("basis", ""),
        "verify": item.get("verify", False),
    }


@cache
def _by_id() -> dict[str, Entry]:
    return {one.id: one for one in _all()}


def _all() -> Iterator[Entry]:
    for theme in themes():
        yield theme
        yield from theme.children
    yield from (*statutory_categories(), *genres(), *fields(), *channels(), *sections())
