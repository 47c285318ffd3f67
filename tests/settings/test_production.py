"""Production refuses to start where that would not be safe, and says how to put it right."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.settings.env import DEMO_SECRET_KEY

GOOD = {"GONGKAI_SECRET_KEY": "k7Qz-93hVxP_2mNw8RtYb5LcD1fGjS6uEoAiXvZ4", "GONGKAI_HOSTS": "www.example.gov.cn"}


def start(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_", "DATABASE_"))}
    environment |= {"GONGKAI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gongkai.settings.production"}
    code = (
        "import importlib; s = importlib.import_module('gongkai.settings.production');"
        "print(s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_TRUSTED_ORIGINS, s.TASKS['default']['BACKEND'])"
    )
    return subprocess.run(
        [sys.executable, "-c", code], env=environment | variables, capture_output=True, text=True, check=False
    )


def test_starts_with_a_key_and_hosts(tmp_path: Path) -> None:
    result = start(tmp_path, **GOOD)
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == [
        "True",
        "True",
        "['https://www.example.gov.cn']",
        "django_tasks_db.DatabaseBackend",
    ]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"GONGKAI_SECRET_KEY": ""}, "GONGKAI_SECRET_KEY"),
        ({"GONGKAI_SECRET_KEY": "short"}, "GONGKAI_SECRET_KEY"),
        ({"GONGKAI_SECRET_KEY": DEMO_SECRET_KEY}, "GONGKAI_SECRET_KEY"),
        ({"GONGKAI_SECRET_KEY": "a" * 60}, "GONGKAI_SECRET_KEY"),
        ({"GONGKAI_DEBUG": "1"}, "GONGKAI_DEBUG"),
        ({"GONGKAI_HOSTS": ""}, "GONGKAI_HOSTS"),
        ({"GONGKAI_HOSTS": "*"}, "GONGKAI_HOSTS"),
    ],
)
def test_refuses(tmp_path: Path, change: dict[str, str], named: str) -> None:
    result = start(tmp_path, **(GOOD | change))
    assert result.returncode != 0
    last = result.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert named in last


def test_the_checks_for_a_server_find_nothing(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_", "DATABASE_"))}
    environment |= GOOD | {"GONGKAI_SECRET_KEY": GOOD["GONGKAI_SECRET_KEY"] * 2}
    environment |= {"GONGKAI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gongkai.settings.production"}
    command = [sys.executable, "-m", "gongkai.manage", "check", "--deploy", "--fail-level", "WARNING"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
