"""Every rule fires where it should and keeps silent where it should, and can be looked up."""

from __future__ import annotations

from pathlib import Path

import cases_identity
import cases_prose
import cases_structure
import cases_tables
import pytest
from rule_cases import CASES, RuleCase

from gongkai.annual.audit import RULES, check, rule
from gongkai.annual.audit.docs import pages
from gongkai.annual.forms import all_forms
from gongkai.annual.model import Severity

CASE_MODULES = (cases_tables, cases_prose, cases_structure, cases_identity)
PAGES = Path(__file__).parents[3] / "docs" / "findings"


@pytest.mark.parametrize("case", [c for c in CASES if c.fires], ids=lambda c: f"{c.rule}-{c.name}")
def test_rule_fires(case: RuleCase) -> None:
    report, context = case.made()
    found = [f for f in check(report, context) if f.rule == case.rule]
    assert found
    for finding in found:
        assert "{" not in finding.message + finding.message_en
        assert finding.message.endswith(("。", "”"))


@pytest.mark.parametrize("case", [c for c in CASES if not c.fires], ids=lambda c: f"{c.rule}-{c.name}")
def test_rule_keeps_silent(case: RuleCase) -> None:
    report, context = case.made()
    assert [f.message for f in check(report, context) if f.rule == case.rule] == []


@pytest.mark.parametrize("fires", [True, False])
def test_every_rule_has_cases_of_both_kinds(fires: bool) -> None:
    assert {c.rule for c in CASES if c.fires is fires} >= set(RULES)


@pytest.mark.parametrize("id", RULES)
def test_every_rule_has_its_page_and_both_languages(id: str) -> None:
    found = rule(id)
    assert found.doc == f"docs/findings/{id}.md"
    assert (PAGES / f"{id}.md").is_file()
    for words in (
        found.title,
        found.title_en,
        found.message,
        found.message_en,
        found.about,
        found.about_en,
        found.todo,
    ):
        assert words.strip()
    assert found.severity in Severity


def test_pages_are_those_that_the_rules_write() -> None:
    kept = {p.name: p.read_text(encoding="utf-8") for p in PAGES.glob("*.md")}
    assert kept == pages(), "run: python -m gongkai.annual.audit.docs docs/findings"


def test_every_balance_check_of_the_forms_has_its_rule() -> None:
    assert {e.check for f in all_forms() for e in f.equations} <= set(RULES)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(KeyError):
        rule("NO-SUCH")
