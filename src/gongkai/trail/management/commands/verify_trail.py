"""`verify_trail`: checks the whole record and prints its head."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.trail.chain import verify
from gongkai.trail.models import Head

_REASONS = {
    "altered": "an entry was changed",
    "missing": "an entry is missing",
    "unlinked": "an entry does not chain to the one before",
    "head": "the end of the record was cut off, or the head was changed",
}


class Command(BaseCommand):
    """Exits with 1 where the record is not sound."""

    help = "Checks that nobody has changed the record of actions, and prints the hash of its last entry."

    def handle(self, *args: Any, **options: Any) -> None:
        """Checks and prints."""
        result = verify()
        if not result.ok:
            raise CommandError(f"Broken at entry {result.broken_at}: {_REASONS[result.reason]}.")
        head = Head.objects.filter(pk=1).first()
        self.stdout.write(f"{result.checked} entries, sound. Head: {head.hash if head else '-'}")
