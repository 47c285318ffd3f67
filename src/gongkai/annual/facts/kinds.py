"""The registry of everything that a figure in a report's prose may count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Kind:
    """What a figure counts. The part of the id before the dot names the family of kinds."""

    id: str
    zh: str
    """Official or usual Chinese label."""
    en: str
    unit: str | None
    """The unit where the sentence names none."""
    part_of: tuple[str, ...] = ()
    """Ids of the kinds that this one is a part of, nearest first."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Form id -> id of the table cell that counts the same thing."""
    figures: Mapping[str, str] = field(default_factory=dict)
    """Form id -> id of the figure that the form asks for in prose."""

    @property
    def family(self) -> str:
        """The family, e.g. applications."""
        return self.id.partition(".")[0]

    def cell(self, form: str | None) -> str | None:
        """Id of the cell of a form that counts the same thing, None where the form has none."""
        return self.cells.get(form) if form else None


def _load() -> Mapping[str, Kind]:
    data = json.loads(resources.files(__package__).joinpath("kinds.json").read_text("utf-8"))
    return MappingProxyType({item["id"]: _kind(item) for item in data["kinds"]})


def _kind(item: Mapping[str, Any]) -> Kind:
    return Kind(
        id=item["id"],
        zh=item["zh"],
        en=item["en"],
        unit=item["unit"],
        part_of=tuple(item.get("part_of", ())),
        cells=MappingProxyType(item.get("cells", {})),
        figures=MappingProxyType(item.get("figures", {})),
    )


KINDS: Mapping[str, Kind] = _load()
"""Every kind by id, in the order in which reports usually tell them."""
