"""Writes the API's OpenAPI description to a file: `python -m gongkai.api.describe PATH`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django


def main(path: str) -> None:
    """Write the description to `path`."""
    django.setup()
    from gongkai.api.main import api

    text = json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1)
    Path(path).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
