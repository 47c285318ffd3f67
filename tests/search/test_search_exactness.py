"""A quoted phrase finds all documents that hold it literally, and no other: checked against reading all of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.search import Document, Index, Query, Sort
from gongkai.search.folding import holds, number_units, units

ALPHABET = [
    *"公开信息政府通知的住房金年月日号第条條",
    *"，。、 ",
    "12",
    "1",
    "2024",
    "GDP",
    "pm",
    "act",
    "now",
    "①",
    "（",
    "）",
    "é",
    "ж",
]


def texts(chance: random.Random, longest: int) -> str:
    return "".join(chance.choices(ALPHABET, k=chance.randint(0, longest)))


def made(number: int) -> Document:
    chance = random.Random(number)
    return Document(
        id=number,
        title=texts(chance, 12),
        numbers=tuple(texts(chance, 6) for _ in range(chance.randint(0, 2))),
        body=texts(chance, 60),
        files=texts(chance, 30) if chance.random() < 0.4 else "",
        agency=chance.randrange(4),
        kind=chance.choice(["通知", "公告", ""]),
        categories=tuple({chance.choice("甲乙丙") for _ in range(chance.randint(0, 3))}),
        year=2020 + chance.randrange(5),
        date=chance.randrange(10**9),
        sunk=chance.random() < 0.2,
    )


DOCUMENTS = {number: made(number) for number in range(1_000)}
TITLES = {n: units(d.title) for n, d in DOCUMENTS.items()}
TEXTS = {n: [units(t) for t in (d.title, d.body, d.files, *d.numbers)] for n, d in DOCUMENTS.items()}
NUMBERS = {n: [number_units(t) for t in d.numbers] for n, d in DOCUMENTS.items()}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.open(Path(tmp_path_factory.mktemp("exact")) / "index")
    with index.writer() as writer:
        for place, document in enumerate(DOCUMENTS.values()):
            writer.put(document)
            if place % 300 == 299:
                writer.commit()
    index.reload_if_changed()
    return index


JOINED = {n: " ".join("".join(text) for text in TEXTS[n] + NUMBERS[n]) for n in DOCUMENTS}


def literally(phrase: str) -> set[int]:
    wanted, number = units(phrase), number_units(phrase)
    digits = any(unit[0].isdigit() for unit in wanted)
    likely = [n for n, text in JOINED.items() if "".join(wanted) in text or "".join(number) in text]
    return {
        n
        for n in likely
        if any(holds(text, wanted) for text in TEXTS[n])
        or (digits and number and any(holds(text, number) for text in NUMBERS[n]))
    }


def found(index: Index, text: str) -> set[int]:
    return {hit.id for hit in index.search(Query(text, limit=10_000)).hits}


def phrases() -> list[str]:
    chance = random.Random(99)
    cut = []
    while len(cut) < 600:
        document = DOCUMENTS[chance.randrange(len(DOCUMENTS))]
        text = chance.choice([document.title, document.body, document.files, *document.numbers])
        at = chance.randrange(len(text) + 1)
        cut.append(text[at : at + chance.randint(1, 9)])
    return [phrase for phrase in cut if units(phrase)]


def test_recall_and_precision_are_one_for_pieces_of_documents(everything: Index) -> None:
    for phrase in phrases():
        assert found(everything, f"“{phrase}”") == literally(phrase), phrase


def test_recall_and_precision_are_one_for_phrases_at_random(everything: Index) -> None:
    chance = random.Random(3)
    for _ in range(300):
        phrase = "".join(chance.choices(ALPHABET, k=chance.randint(1, 4)))
        if units(phrase):
            assert found(everything, f'"{phrase}"') == literally(phrase), phrase


def test_titles_alone_are_found_exactly(everything: Index) -> None:
    for phrase in phrases()[:120]:
        wanted = units(phrase)
        expected = {n for n in literally(phrase) if holds(TITLES[n], wanted)}
        assert found(everything, f"标题:“{phrase}”") == expected, phrase


def test_the_total_and_the_facets_count_all_that_is_found(everything: Index) -> None:
    for phrase in ("公", "GDP", "公开", "2024", "住房"):
        expected = literally(phrase)
        results = everything.search(Query(f"“{phrase}”", facets=True))
        assert results.total == len(expected)
        for name, value in (("agency", "agency"), ("kind", "kind"), ("year", "year")):
            counts = {v: sum(getattr(DOCUMENTS[n], value) == v for n in expected) for v, _ in results.facets[name]}
            assert dict(results.facets[name]) == counts
        by_category = {c: sum(c in DOCUMENTS[n].categories for n in expected) for c in "甲乙丙"}
        assert dict(results.facets["category"]) == by_category


def test_filters_leave_exactly_what_has_the_value(everything: Index) -> None:
    expected = {
        n
        for n in literally("公开")
        if DOCUMENTS[n].agency in (1, 2)
        and "甲" in DOCUMENTS[n].categories
        and DOCUMENTS[n].kind == "通知"
        and 10**8 <= DOCUMENTS[n].date < 9 * 10**8
        and not DOCUMENTS[n].sunk
    }
    results = everything.search(
        Query(
            "“公开”",
            agencies=frozenset({1, 2}),
            categories=frozenset({"甲"}),
            kinds=frozenset({"通知"}),
            date_from=10**8,
            date_to=9 * 10**8,
            include_sunk=False,
            limit=1_000,
        )
    )
    assert expected
    assert {hit.id for hit in results.hits} == expected
    assert results.total == len(expected)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("text", ["公", "公开", "标题:公", "公 -开", "公 OR 住房", ""])
def test_pages_hold_everything_once_with_the_sunk_last(everything: Index, sort: Sort, text: str) -> None:
    hits = []
    while page := everything.search(Query(text, sort=sort, offset=len(hits), limit=45)).hits:
        hits += page
    assert len(hits) == everything.search(Query(text)).total
    assert len({hit.id for hit in hits}) == len(hits)
    flags = [hit.sunk for hit in hits]
    assert flags == sorted(flags)
    assert flags == [DOCUMENTS[hit.id].sunk for hit in hits]


def test_very_many_hits_are_paged_like_few(everything: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.search.answering.BROAD", 10)
    monkeypatch.setattr("gongkai.search.answering.TOGETHER", 10)
    expected = literally("公开")
    hits = []
    while page := everything.search(Query("“公开”", offset=len(hits), limit=37)).hits:
        hits += page
    assert {hit.id for hit in hits} == expected
    assert len(hits) == len(expected)
    in_title = [(hit.sunk, not holds(TITLES[hit.id], units("公开"))) for hit in hits]
    assert in_title == sorted(in_title)


def test_sorting_by_date_is_exact(everything: Index) -> None:
    hits = everything.search(Query("“公”", sort=Sort.DATE, limit=10_000)).hits
    order = sorted(literally("公"), key=lambda n: (DOCUMENTS[n].sunk, -DOCUMENTS[n].date, -n))
    assert [hit.id for hit in hits] == order


@settings(max_examples=80, deadline=None)
@given(
    st.text(max_size=300),
    st.frozensets(st.integers(), max_size=2),
    st.frozensets(st.text(max_size=3), max_size=2),
    st.one_of(st.none(), st.integers()),
    st.integers(),
    st.integers(max_value=100),
)
def test_no_query_raises(
    everything: Index,
    text: str,
    numbers: frozenset[int],
    words: frozenset[str],
    day: int | None,
    offset: int,
    limit: int,
) -> None:
    query = Query(
        text, agencies=numbers, years=numbers, kinds=words, date_from=day, offset=offset, limit=limit, facets=True
    )
    results = everything.search(query)
    assert len(results.hits) <= max(results.total, 0)
