"""Turn what was understood of a query, and its filters, into a query of tantivy."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as Node

from gongkai.search.folding import Units, number_units, pairs, units
from gongkai.search.language import Parsed, Term
from gongkai.search.model import Query
from gongkai.search.schema import TEXTS, title_key

BOOSTS = {"title": 4.0, "numbers": 6.0, "body": 1.0, "files": 0.5}
SYNONYM = 0.7
"""What a word that means the same counts beside the word that was typed."""
SAME_TITLE = 100.0
FIRST, LAST = -(2**62), 2**62
MOST_PARTS = 10
"""Pairs that a relaxed search looks for, the rarest."""


class Compiler:
    """Builds queries for one schema; `searcher` tells how frequent a term is."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self.schema = schema
        self.searcher = searcher

    def text(self, parsed: Parsed) -> Node | None:
        """What the words ask for, or nothing when they ask for nothing."""
        musts = [self._relaxed(parsed)] if parsed.relaxed else [any_of(map(self.term, c)) for c in parsed.clauses]
        if not musts and not parsed.excluded:
            return None
        nodes = [(Occur.Must, node) for node in musts or [Node.all_query()]]
        nodes += [(Occur.MustNot, self.term(term)) for term in parsed.excluded]
        if musts and not parsed.excluded and not parsed.relaxed:
            same = Node.term_query(self.schema, "title_key", title_key(units(parsed.text)))
            nodes.append((Occur.Should, Node.boost_query(same, SAME_TITLE)))
        return Node.boolean_query(nodes)

    def term(self, term: Term) -> Node:
        """The term in any of its spellings, in any of its fields."""
        fields = (term.field,) if term.field else TEXTS
        nodes = []
        for name in fields:
            spellings = (tuple(number_units(term.text)),) if name == "numbers" else term.variants
            for place, spelling in enumerate(spellings):
                nodes.append(Node.boost_query(self.phrase(name, spelling), BOOSTS[name] * (SYNONYM if place else 1.0)))
        return any_of(nodes)

    def phrase(self, name: str, spelling: Units) -> Node:
        """The units one after another in a field: pairs that cover them, each at its place."""
        if len(spelling) < 2:
            return Node.term_query(self.schema, f"{name}_units", spelling[0]) if spelling else Node.empty_query()
        terms = pairs(spelling)
        if len(terms) == 1:
            return Node.term_query(self.schema, name, terms[0])
        places = [*range(0, len(terms) - 1, 2), len(terms) - 1]
        return Node.phrase_query(self.schema, name, [(place, terms[place]) for place in places])

    def _relaxed(self, parsed: Parsed) -> Node:
        """Most of the rarest pairs, wherever they stand."""
        found: dict[str, int] = {}
        for clause in parsed.clauses:
            for term in clause:
                for part in pairs(term.units) or [term.units[0]]:
                    found[part] = sum(self.searcher.doc_freq(name, part) for name in ("title", "body", "files"))
        rare = sorted((part for part, frequency in found.items() if frequency), key=found.__getitem__)[:MOST_PARTS]
        if not rare:
            return Node.empty_query()
        nodes = [
            any_of(
                Node.boost_query(Node.term_query(self.schema, name, part), BOOSTS[name])
                for name in ("title", "body", "files")
            )
            for part in rare
        ]
        return Node.boolean_query(
            [(Occur.Should, node) for node in nodes], minimum_number_should_match=max(1, (len(nodes) * 3 + 4) // 5)
        )

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

    def whole(self, query: Query, parsed: Parsed) -> Node:
        """Words and filters together."""
        text = self.text(parsed)
        nodes = [text] if text is not None else []
        nodes += self.filters(query)
        return all_of(nodes) if nodes else Node.const_score_query(Node.all_query(), 1.0)

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
