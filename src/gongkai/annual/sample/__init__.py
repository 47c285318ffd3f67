"""Invented annual reports for the demo, the benchmarks and the tests: clean ones, and ones with known faults."""

from gongkai.annual.sample.faults import FAULTS, NotApplicable, Planted, dirty
from gongkai.annual.sample.report import Size, sample_report, with_blocks

__all__ = ["FAULTS", "NotApplicable", "Planted", "Size", "dirty", "sample_report", "with_blocks"]
