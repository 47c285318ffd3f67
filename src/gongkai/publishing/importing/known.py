"""What the database holds already of the rows of an import: agencies by their names, publications, index numbers."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable

from gongkai.agencies.models import Agency, AgencyName, Person
from gongkai.agencies.queries import descendants, normal_name
from gongkai.agencies.rights import Right, may
from gongkai.publishing.importing.likeness import Likes, plain, sketch
from gongkai.publishing.importing.model import Candidate
from gongkai.publishing.models import IndexEntry, Publication, State

MOST_COMPARED = 20_000
"""Publications whose texts are compared with those of an import: a tenth of a millisecond for each, once."""
BY_NUMBER = "index:"
"""Begins the source id of what came in with an index number and no id of its own."""


def _is_known_by_number(row: Publication) -> bool:
    """Whether its index number says which one it is: brought by an import, or given to what was written here.

    What an import brought without a number has one that was given here by the order of the rows: a row of a source that
    bears the same is another one.
    """
    return row.external_id.startswith(BY_NUMBER) or (not row.external_id and row.latest_revision_id is not None)


class There:
    """What the database holds already of the rows of a batch: by source id, by index number, by text."""

    def __init__(self, agencies: dict[int, Agency], candidates: Iterable[Candidate]) -> None:
        some = list(candidates)
        rows = Publication.objects.select_related("agency")
        ids = {c.external_id for c in some if c.external_id}
        numbers = {c.index_number for c in some if c.index_number}
        texts = {c.same for c in some}
        found = [p for part in parts(ids) for p in rows.filter(external_id__in=part)]
        self.by_id = {(p.agency_id, p.external_id): p for p in found}
        self.by_number = {p.index_number: p for part in parts(numbers) for p in rows.filter(index_number__in=part)}
        self.by_text = {
            (p.agency_id, p.content_hash): p for part in parts(texts) for p in rows.filter(content_hash__in=part)
        }
        taken = (IndexEntry.objects.filter(number__in=part).values_list("number", flat=True) for part in parts(numbers))
        self.taken_numbers = {n for part in taken for n in part}

    def find(self, candidate: Candidate, agency: Agency, used: Container[str]) -> Publication | None:
        """The publication that a row is: by its source id, else by an index number that no row of this run has."""
        found = self.by_id.get((agency.pk, candidate.external_id)) if candidate.external_id else None
        if found is None and candidate.index_number and candidate.index_number not in used:
            found = self.by_number.get(candidate.index_number)
            if found is not None and (found.agency_id != agency.pk or not _is_known_by_number(found)):
                return None
        return found

    def same(self, candidate: Candidate, agency: Agency) -> Publication | None:
        """A publication of the agency that says the same."""
        return self.by_text.get((agency.pk, candidate.same))


def likes_of(agencies: Collection[int]) -> Likes:
    """The texts of the newest publications of agencies, with which those of an import are compared."""
    likes = Likes()
    there = Publication.objects.filter(agency__in=agencies, state=State.PUBLISHED).order_by("-pk")
    for id, agency, body in there.values_list("pk", "agency_id", "body")[:MOST_COMPARED].iterator():
        likes.add(agency, -id, sketch(plain(body)))
    return likes


def names_of(agency: Agency | None, by: Person) -> dict[str, Agency]:
    """Agencies by each of their names; with an agency, it and those below it that the person may import for."""
    agencies = Agency.objects.all()
    if agency is not None:
        agencies = agencies.filter(pk__in={agency.pk} | descendants([agency.pk]))
    found: dict[str, Agency] = {}
    double: set[str] = set()
    for one in agencies:
        if agency is not None and not may(by, Right.IMPORT_PUBLICATIONS, one):
            continue
        for name in {normal_name(n) for n in (one.name, one.short_name, one.code, one.slug, *one.other_names) if n}:
            if name in found:
                double.add(name)
            found[name] = one
    full = {normal_name(one.name): one for one in found.values()}
    former = AgencyName.objects.filter(agency__in=[a.pk for a in found.values()]).select_related("agency")
    names = {normal_name(row.name): row.agency for row in former}
    return names | {n: a for n, a in found.items() if n not in double} | full


def parts(values: set[str]) -> Iterable[list[str]]:
    """The values in lists that are short enough for one question."""
    some = sorted(values)
    return (some[i : i + 500] for i in range(0, len(some), 500))
