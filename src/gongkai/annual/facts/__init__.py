"""The figures that offices write in sentences: typed, with their sentence and the total they are part of."""

from gongkai.annual.facts.kinds import KINDS, Kind
from gongkai.annual.facts.reader import read_facts

__all__ = ["KINDS", "Kind", "read_facts"]
