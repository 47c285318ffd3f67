"""Which agencies a row of a standard directory binds: by the names that it states, and by the tier."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.agencies.models import Agency, Kind
from gongkai.agencies.queries import descendants, existing, normal_name, successor_of
from gongkai.publishing.directories_import.model import ReadRow

_PARTS = re.compile(r"[、，,；;\n]+|(?<=[局府会办委站院心社所处])(?:和|及|或|以及)")
_LEADING = re.compile(r"^(?:各|本|县|市|区|县级|市级|区级|县\(市、区\))+")
_TOWNS = re.compile(r"乡镇|各乡|乡\(镇\)|镇人民政府|乡人民政府|乡级|街道|镇政府|镇街")
_SEAT = re.compile(r"(?:县|市|区|旗)(?:级)?(?:人民)?政府(?:办公室)?$|^人民政府$|^政府办(?:公室)?$")


@dataclass
class Duties:
    """The bodies below a government by every name that they bear, and its towns."""

    seat: Agency
    names: dict[str, list[Agency]] = field(default_factory=lambda: defaultdict(list))
    towns: list[Agency] = field(default_factory=list)

    @classmethod
    def below(cls, seat: Agency) -> Duties:
        """Those of the given government and of all bodies below it."""
        ids = {seat.pk} | descendants([seat.pk])
        found = cls(seat)
        for agency in Agency.objects.filter(pk__in=ids).prefetch_related("former_names"):
            former = [row.name for row in agency.former_names.all()]
            for name in {normal_name(n) for n in (agency.name, agency.short_name, *agency.other_names, *former)} - {""}:
                found.names[name].append(agency)
        found.towns = list(existing().filter(pk__in=ids, kind=Kind.TOWN))
        return found

    def of(self, row: ReadRow) -> tuple[list[Agency], list[str]]:
        """The agencies that a row binds, and the names in it that are nobody's here."""
        bound: dict[int, Agency] = {}
        unknown: list[str] = []
        for part in parts(row.agency):
            if _TOWNS.search(part) and (named := self._named(part)) is None:
                bound |= {town.pk: town for town in self.towns}
                continue
            agency = named if _TOWNS.search(part) else self._named(part)
            if agency is None:
                unknown.append(part)
            else:
                bound[agency.pk] = agency
        if "township" in row.tiers:
            bound |= {town.pk: town for town in self.towns}
        return list(bound.values()), unknown

    def _named(self, part: str) -> Agency | None:
        """The one body that bears a name here; with the seat's own name before it, or without 县 or 市 at its head."""
        place = re.sub(r"人民政府$", "", self.seat.name)
        name = normal_name(part)
        bare = _LEADING.sub("", part)
        if _SEAT.search(part) and name not in self.names:
            return self.seat if self.seat.kind == Kind.GOVERNMENT else None
        for candidate in (name, normal_name(place + part), normal_name(place + bare), normal_name(bare)):
            found = {a.pk: a for a in self.names.get(candidate, ())}
            living = [a for a in found.values() if a.abolished is None] or list(found.values())
            if len(living) == 1:
                return successor_of(living[0]) or living[0]
        return None


def parts(text: str) -> Iterable[str]:
    """The names in a cell: 县教育局、各乡镇人民政府 gives two."""
    return [name for part in _PARTS.split(text) if (name := part.strip(" 。.（）()■□√"))]
