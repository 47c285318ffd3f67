"""The table of rights that people read is the one that the program follows."""

from pathlib import Path

from gongkai.agencies.models import Role
from gongkai.agencies.queries import OVERSEEING
from gongkai.agencies.rights import ROLES, Right

DOCS = Path(__file__).resolve().parents[2] / "docs" / "staff.md"
COLUMNS = (
    Right.SEE_REPORTS,
    Right.IMPORT_REPORTS,
    Right.CORRECT_REPORTS,
    Right.CONFIRM_REPORTS,
    Right.PUBLISH_REPORTS,
    Right.MANAGE_AGENCY,
    Right.MANAGE_POSTS,
)


def test_the_documented_rights_are_those_of_the_program():
    rows = [line.strip("|").split("|") for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| ")]
    documented = {row[0].strip(): [cell.strip() == "✓" for cell in row[1:]] for row in rows}
    for role, label in Role.choices:
        expected = [role in ROLES[right] for right in COLUMNS] + [role in OVERSEEING]
        assert documented[str(label)] == expected, label
