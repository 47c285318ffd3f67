"""Finds what is wrong in an annual report: a registry of small rules, each with its basis and its page.

`check(report)` gives the findings of a report; `Context` adds last year's report, other agencies' reports and what
else is known; `check_together` checks many reports against each other.
"""

from gongkai.annual.audit.model import AgencyKind, Context, Rule
from gongkai.annual.audit.registry import RULES, check, check_together, rule

__all__ = ["RULES", "AgencyKind", "Context", "Rule", "check", "check_together", "rule"]
