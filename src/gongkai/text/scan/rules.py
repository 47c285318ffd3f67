"""The rules of the scan: what is looked for, how much it weighs, on what basis, and what to do about it."""

from __future__ import annotations

from gongkai.text.scan.model import Rule
from gongkai.text.scan.rules_content import CONTENT_RULES
from gongkai.text.scan.rules_files import FILE_RULES
from gongkai.text.scan.rules_personal import PERSONAL_RULES
from gongkai.text.scan.rules_secrecy import SECRECY_RULES

TEXT_RULES: tuple[Rule, ...] = (*PERSONAL_RULES, *SECRECY_RULES, *CONTENT_RULES)

RULES: dict[str, Rule] = {rule.id: rule for rule in (*TEXT_RULES, *FILE_RULES)}
"""Every rule of the scan of texts, pages and files, by its id."""
