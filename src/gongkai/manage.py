"""Django's own commands: `python -m gongkai.manage migrate`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a Django command; the demo's settings unless the environment names others."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings.demo")
    execute_from_command_line(["gongkai", *(sys.argv[1:] if arguments is None else arguments)])


if __name__ == "__main__":
    main()
