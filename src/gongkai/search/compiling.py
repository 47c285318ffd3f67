"""Turn what was understood of a query, and its filters, into a query of tantivy."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as Node

from gongkai.search.folding import DIGITS, Units, holds, number_units, pairs, units
from gongkai.search.language import Parsed, Term
from gongkai.search.model import Query
from gongkai.search.schema import title_key

TITLE, HEAD, NUMBERS = 4.0, 1.0, 6.0
"""What a hit there adds, beside 1 for a hit anywhere."""
SYNONYM = 0.7
"""What a word that means the same counts beside the word that was typed."""
SAME_TITLE = 100.0
FIRST, LAST = -(2**62), 2**62
MOST_PARTS = 10
"""Pairs that a relaxed search looks for, the rarest."""
FEWEST_PARTS, MOST_LOOKED = 3, 100_000
"""Of more than so many pairs, only as many as are together in so many documents."""


class Compiler:
    """Builds queries for one schema; `searcher` tells how frequent a term is."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self.schema = schema
        self.searcher = searcher

    def text(self, parsed: Parsed, *, scored: bool, titles_only: bool = False) -> Node | None:
        """What the words ask for, or nothing when they ask for nothing.

        Scored or not, the same is found; without scores it is found faster. `titles_only` leaves the best of it.
        """
        if parsed.relaxed:
            musts = [self._relaxed(parsed, scored)]
        else:
            musts = [any_of(self.term(term, scored, titles_only) for term in clause) for clause in parsed.clauses]
        if not musts and not parsed.excluded:
            return None
        nodes = [(Occur.Must, node) for node in musts or [Node.all_query()]]
        nodes += [(Occur.MustNot, self.term(term, scored=False)) for term in parsed.excluded]
        if scored and musts and not parsed.excluded and not parsed.relaxed:
            same = Node.term_query(self.schema, "title_key", title_key(units(parsed.text)))
            nodes.append((Occur.Should, Node.boost_query(same, SAME_TITLE)))
        return nodes[0][1] if len(nodes) == 1 else Node.boolean_query(nodes)

    def term(self, term: Term, scored: bool, titles_only: bool = False) -> Node:
        """The term in any of its spellings."""
        name = "title" if titles_only else term.field or "text"
        spellings = term.variants or (term.units,)
        nodes: list[Node] = []
        better: list[Node] = []
        for spelling in spellings if name != "numbers" else ():
            if not self.frequency(name, spelling):
                continue
            weight = 1.0 if spelling == term.units else SYNONYM
            # Whatever holds 住房公积金 holds 公积金: if that will do, the longer one need not be looked for.
            if not any(other != spelling and holds(spelling, other) for other in spellings):
                nodes.append(Node.boost_query(self.phrase(name, spelling), weight))
            if scored and name == "text":
                better += self._in_better_places(spelling, weight)
        if term.field != "title" and not titles_only and (term.field or any(u[0] in DIGITS for u in term.units)):
            number = tuple(number_units(term.text))
            if self.frequency("numbers", number):
                nodes.append(Node.boost_query(self.phrase("numbers", number), NUMBERS))
        if not better:
            return any_of(nodes)
        return Node.boolean_query([(Occur.Must, any_of(nodes)), *((Occur.Should, node) for node in better)])

    def _in_better_places(self, spelling: Units, weight: float) -> list[Node]:
        """What counts more than a hit anywhere: its pairs in the title and at the beginning.

        Not as phrases: these would be looked for in all documents instead of those that are hits.
        """
        places = [("title", TITLE), ("head", HEAD)] if len(spelling) > 1 else [("title_units", TITLE)]
        parts = pairs(spelling)[::2] if len(spelling) > 1 else list(spelling)
        return [
            Node.boost_query(Node.term_query(self.schema, name, part), factor * weight)
            for name, factor in places
            for part in parts
            if self.searcher.doc_freq(name, part)
        ]

    def phrase(self, name: str, spelling: Units) -> Node:
        """The units one after another in a field: pairs that cover them, each at its place."""
        if len(spelling) < 2:
            return Node.term_query(self.schema, f"{name}_units", spelling[0]) if spelling else Node.empty_query()
        if len(spelling) == 2:
            return Node.term_query(self.schema, name, pairs(spelling)[0])
        return Node.phrase_query(self.schema, name, self._covering(name, spelling))

    def _covering(self, name: str, spelling: Units) -> list[str | tuple[int, str]]:
        """Pairs, each with its place, that together hold all units: every other one, and the last.

        Those at odd places if the rarest is there, for few documents have to be looked at then.
        """
        terms = pairs(spelling)
        frequencies = [self.searcher.doc_freq(name, term) for term in terms]
        last = len(terms) - 1
        even, odd = sorted({*range(0, last, 2), last}), sorted({0, *range(1, last, 2), last})
        spared = min(frequencies[place] for place in odd) * len(odd) < min(frequencies[place] for place in even)
        return [(place, terms[place]) for place in (odd if spared else even)]

    def frequency(self, name: str, spelling: Units) -> int:
        """At most so many documents hold the units in this field."""
        if len(spelling) < 2:
            return int(self.searcher.doc_freq(f"{name}_units", spelling[0])) if spelling else 0
        least = self.searcher.num_docs
        for term in pairs(spelling):
            least = min(least, self.searcher.doc_freq(name, term))
            if not least:
                break
        return int(least)

    def breadth(self, parsed: Parsed) -> int:
        """About how many documents a search has to look at."""
        if parsed.relaxed:
            return sum(self.searcher.doc_freq("text", part) for part in self._rarest(parsed))
        return min(
            (
                sum(self.frequency("text", spelling) for term in clause for spelling in term.variants or (term.units,))
                for clause in parsed.clauses
            ),
            default=int(self.searcher.num_docs),
        )

    def _relaxed(self, parsed: Parsed, scored: bool) -> Node:
        """Most of the rarest pairs, wherever they stand."""
        rare = self._rarest(parsed)
        if not rare:
            return Node.empty_query()
        enough = max(1, (len(rare) * 3 + 4) // 5)
        parts = [(Occur.Should, Node.term_query(self.schema, "text", part)) for part in rare]
        most = Node.boolean_query(parts, minimum_number_should_match=enough)
        if not scored:
            return most
        titles = [Node.boost_query(Node.term_query(self.schema, "title", part), TITLE) for part in rare]
        return Node.boolean_query([(Occur.Must, most), *((Occur.Should, title) for title in titles)])

    def _rarest(self, parsed: Parsed) -> list[str]:
        """The pairs to look for when not all can be had: they say most, and are found fast."""
        found = {
            part: self.searcher.doc_freq("text", part)
            for clause in parsed.clauses
            for term in clause
            for part in pairs(term.units)
        }
        rare: list[str] = []
        looked = 0
        for part in sorted((part for part, frequency in found.items() if frequency), key=found.__getitem__):
            looked += found[part]
            if len(rare) == MOST_PARTS or (len(rare) >= FEWEST_PARTS and looked > MOST_LOOKED):
                break
            rare.append(part)
        return rare

    def filters(self, query: Query) -> list[Node]:
        """One node for each filter that is set; none of them counts towards the score."""
        wanted: list[tuple[str, Iterable[int] | Iterable[str]]] = [
            ("agency", [a for a in query.agencies if 0 <= a < 2**63]),
            ("category", query.categories),
            ("theme", query.themes),
            ("kind", query.kinds),
            ("year", [y for y in query.years if 0 <= y < 2**63]),
            ("validity", query.validities),
        ]
        chosen = (query.agencies, query.categories, query.themes, query.kinds, query.years, query.validities)
        nodes = [
            any_of(Node.term_query(self.schema, name, value) for value in values)
            for (name, values), asked in zip(wanted, chosen, strict=True)
            if asked
        ]
        if query.date_from is not None or query.date_to is not None:
            first = max(FIRST, query.date_from) if query.date_from is not None else FIRST
            last = min(LAST, query.date_to) if query.date_to is not None else LAST
            nodes.append(
                Node.range_query(self.schema, "date", FieldType.Integer, first, last, include_upper=False)
                if first < last
                else Node.empty_query()
            )
        return [Node.const_score_query(node, 0.0) for node in nodes]

    def whole(self, query: Query, parsed: Parsed, *, scored: bool, titles_only: bool = False) -> Node:
        """Words and filters together."""
        text = self.text(parsed, scored=scored, titles_only=titles_only)
        nodes = ([text] if text is not None else []) + self.filters(query)
        if not query.include_sunk:
            nodes = [self.without(all_of(nodes) if nodes else Node.all_query(), self.sunk())]
        return all_of(nodes) if nodes else Node.all_query()

    def without(self, node: Node, others: Node) -> Node:
        """Of these, what is not among the others."""
        return Node.boolean_query([(Occur.Must, node), (Occur.MustNot, others)])

    def sunk(self) -> Node:
        """All that is repealed or lapsed."""
        return Node.const_score_query(Node.term_query(self.schema, "sunk", 1), 0.0)


def any_of(nodes: Iterable[Node]) -> Node:
    """One of these, or nothing at all when there are none."""
    found = list(nodes)
    if not found:
        return Node.empty_query()
    return found[0] if len(found) == 1 else Node.boolean_query([(Occur.Should, node) for node in found])


def all_of(nodes: Iterable[Node]) -> Node:
    """All of these."""
    found = list(nodes)
    return found[0] if len(found) == 1 else Node.boolean_query([(Occur.Must, node) for node in found])
