"""Chinese text as it really arrives: repairs, numbers, and what must not be released."""

from gongkai.text.repair_model import Repair, Repaired

__all__ = ["Repair", "Repaired"]
