"""The scan before release: finds in a text what must not be published, or what was left in by mistake.

- `scan_text(text)` scans plain text, `scan_html(html)` a page with its pictures, links and sums.
- `compare_series(now, earlier)` finds figures that do not go with those published earlier.
- `RULES` says what is looked for; a policy (rule to level) and overrides (fingerprints) are applied by `effective`.
- `mask(text, hits)` gives the form in which personal data may be shown.
"""

from gongkai.text.scan.columns import column_values
from gongkai.text.scan.levels import Policy, blocking, effective, merge
from gongkai.text.scan.masking import mask, masked
from gongkai.text.scan.model import Hit, Level, Rule, fingerprint, make_hit
from gongkai.text.scan.page import page_text, read_page, scan_html
from gongkai.text.scan.rules import RULES
from gongkai.text.scan.rules_personal import REMOVABLE
from gongkai.text.scan.scanning import scan_text
from gongkai.text.scan.series import compare_series
from gongkai.text.scan.tables import PlacedTable, text_tables

__all__ = [
    "REMOVABLE",
    "RULES",
    "Hit",
    "Level",
    "PlacedTable",
    "Policy",
    "Rule",
    "blocking",
    "column_values",
    "compare_series",
    "effective",
    "fingerprint",
    "make_hit",
    "mask",
    "masked",
    "merge",
    "page_text",
    "read_page",
    "scan_html",
    "scan_text",
    "text_tables",
]
