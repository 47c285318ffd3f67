"""The scan before release: finds in a text what must not be published, or what was left in by mistake."""

from gongkai.text.scan.model import Hit, Level, Rule, fingerprint, make_hit
from gongkai.text.scan.rules import RULES

__all__ = ["RULES", "Hit", "Level", "Rule", "fingerprint", "make_hit"]
