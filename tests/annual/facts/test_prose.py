"""Figures in the sentences of many offices, and none where there is none."""

from __future__ import annotations

from decimal import Decimal
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

from gongkai.annual.facts import KINDS, read_facts
from gongkai.annual.model import Fact, Paragraph


def _beside(name: str) -> ModuleType:
    spec = util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases, more = _beside("prose_cases"), _beside("more_cases")

ALL = [
    *cases.PUBLISHED,
    *cases.APPLICATIONS,
    *cases.DISPUTES,
    *cases.FEES,
    *cases.CONSULTATIONS,
    *cases.WORK,
    *more.MORE,
]


def told(sentence: str) -> tuple[Fact, ...]:
    return read_facts([Paragraph(0, sentence)], form=None)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case[0][:24])
def test_a_sentence_tells_these_figures_and_no_others(case: tuple[str, ...]) -> None:
    sentence, *expected = case
    facts = told(sentence)
    wanted = [e.split() for e in expected]
    assert [(f.kind, f.value) for f in facts] == [(w[0], Decimal(w[1])) for w in wanted]
    for fact, (_, _, *more) in zip(facts, wanted, strict=True):
        parents = [int(m[1:]) for m in more if m.startswith("<")]
        units = [m for m in more if m != "~" and not m.startswith("<")]
        assert fact.approximate == ("~" in more), fact
        assert fact.parent == (parents[0] if parents else None) or not parents, fact
        assert not units or fact.unit == units[0], fact


@pytest.mark.parametrize("sentence", [*cases.NOTHING, *more.NONE_EITHER])
def test_a_sentence_without_figures_of_disclosure_work_tells_none(sentence: str) -> None:
    assert told(sentence) == ()


@pytest.mark.parametrize("case", ALL, ids=lambda case: case[0][:24])
def test_every_fact_names_its_place(case: tuple[str, ...]) -> None:
    for fact in told(case[0]):
        assert case[0][fact.where.start : fact.where.end] == fact.raw
        assert fact.raw in fact.sentence
        assert fact.kind in KINDS
