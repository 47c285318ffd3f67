"""The environment is read in one place, with words that help."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.settings.env import VARIABLES, Environment, database

ROOT = Path(__file__).resolve().parents[2]


def test_every_variable_is_in_the_table_of_the_documentation() -> None:
    table = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    for variable in VARIABLES:
        assert f"| `{variable.name}` |" in table


def test_whatever_else_reads_the_environment_is_in_the_table() -> None:
    known = {v.name for v in VARIABLES}
    for path in (ROOT / "src" / "gongkai").rglob("*.py"):
        for name in re.findall(r"(?:environ(?:\.get\(|\[)|getenv\()\s*[\"'](\w+)", path.read_text("utf-8")):
            assert name in known, path


def test_an_unknown_variable_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        Environment({}).text("GONGKAI_NO_SUCH_THING")


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("yes", True), ("0", False), ("", False), ("Off", False)])
def test_flags(value: str, expected: bool) -> None:
    assert Environment({"GONGKAI_DEBUG": value}).flag("GONGKAI_DEBUG") is expected


def test_a_flag_that_is_neither_names_itself() -> None:
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_DEBUG"):
        Environment({"GONGKAI_DEBUG": "maybe"}).flag("GONGKAI_DEBUG")


def test_a_number_that_is_none_names_itself() -> None:
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_UPLOAD_MB"):
        Environment({"GONGKAI_UPLOAD_MB": "lots"}).number("GONGKAI_UPLOAD_MB")


def test_sqlite_where_no_database_is_named(tmp_path: Path) -> None:
    settings = database("", tmp_path)
    assert settings["NAME"] == tmp_path / "gongkai.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_postgresql_by_address(tmp_path: Path) -> None:
    settings = database("postgres://office:p%40ss@db.example:5433/gongkai?sslmode=require", tmp_path)
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["USER"], settings["PASSWORD"], settings["HOST"], settings["PORT"], settings["NAME"]) == (
        "office",
        "p@ss",
        "db.example",
        "5433",
        "gongkai",
    )
    assert settings["OPTIONS"] == {"sslmode": "require"}


def test_another_database_is_refused_with_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="postgres://"):
        database("mysql://root@localhost/x", tmp_path)
