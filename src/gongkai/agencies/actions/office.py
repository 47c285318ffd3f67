"""The disclosure office of an agency, whose details its guide must state."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.actions.shared import BASIS, allow, change, locked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import Right
from gongkai.trail.chain import record

OFFICE_FIELDS = (
    "office_name",
    "office_address",
    "office_postcode",
    "office_hours",
    "office_phone",
    "office_fax",
    "office_email",
)


def update_office(agency: Agency, *, by: Person | None, **fields: str) -> Agency:
    """Changes the details of the disclosure office that the guide must state (条例第十二条).

    Raises NotAllowed, ValidationError for a value that cannot be, TypeError for any other field.
    """
    allow(by, Right.MANAGE_AGENCY, agency)
    unknown = set(fields) - set(OFFICE_FIELDS)
    if unknown:
        raise TypeError(f"update_office() changes {', '.join(OFFICE_FIELDS)} only, not {', '.join(sorted(unknown))}")
    with transaction.atomic():
        row = locked(agency)
        changes = change(row, fields)
        if not changes:
            return agency
        record("agencies.update_office", by=by, agency=row, target=row, data=changes, basis=BASIS)
    agency.refresh_from_db()
    return agency
