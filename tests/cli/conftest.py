"""The commands speak Chinese in tests, whatever the machine's locale."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _speaking_chinese_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_LANGUAGE", "zh")
