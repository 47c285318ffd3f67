"""Reads the data files that are packaged with the law."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def packaged(name: str) -> Any:
    """The content of `law/data/<name>.json`; treat it as read-only, it is shared."""
    return json.loads(files("gongkai.law").joinpath("data", f"{name}.json").read_text(encoding="utf-8"))
