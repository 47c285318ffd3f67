"""What many tests start from: a database with all tables, the agencies and people of the demo city."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from django.test import Client

    from gongkai.agencies.models import Agency, Person


# The same examples every time where a change is judged; new ones on everybody's own machine.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _speaking_chinese() -> None:
    """Every test begins in the site's own language, whatever a request of the test before asked for."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _remembering_nothing() -> Iterator[None]:
    """No test sees what the process kept of the one before: its agencies, its counts, its scans."""
    yield
    from django.core.cache import cache

    from gongkai.portal import bodies, listing

    cache.clear()
    bodies.forget()
    listing.forget()


@dataclass(frozen=True)
class City:
    """The agencies by slug and the people by account."""

    agencies: dict[str, Agency]
    people: dict[str, Person]

    def __getitem__(self, slug: str) -> Agency:
        return self.agencies[slug]


@pytest.fixture(scope="session")
def city_rows(django_db_setup: None, django_db_blocker: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of 云州市 by table: made once by the code of the demo, for that takes as long as many a test."""
    from django.db import connection, transaction

    from gongkai.agencies import demo

    with django_db_blocker.unblock(), transaction.atomic(), connection.cursor() as cursor:
        empty = [t for t in connection.introspection.table_names() if not rows_of(cursor, t)]
        demo.load()
        made = {table: rows for table in empty if (rows := rows_of(cursor, table))}
        transaction.set_rollback(True)
    return made


def rows_of(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    """All rows of a table as the database keeps them."""
    return list(cursor.execute(f'SELECT * FROM "{table}"').fetchall())


@pytest.fixture
def city(db: None, city_rows: dict[str, list[tuple[Any, ...]]]) -> City:
    """云州市 with its agencies, people and posts, without reports."""
    return settle(city_rows)


def settle(city_rows: dict[str, list[tuple[Any, ...]]]) -> City:
    """Puts the city into the database."""
    from django.db import connection

    from gongkai.agencies import demo
    from gongkai.agencies.models import Agency, Person

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table, rows in city_rows.items():
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({", ".join(["%s"] * len(rows[0]))})', rows)
    else:
        demo.load()  # elsewhere the sequences of the keys would stay behind the rows
    return City({a.slug: a for a in Agency.objects.all()}, {p.username: p for p in Person.objects.all()})


@pytest.fixture
def signed_in(city: City) -> Callable[[str], Client]:
    """Gives a client in which the person with an account is signed in."""
    from django.test import Client

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(city.people[username])
        return client

    return sign_in


@pytest.fixture
def common_path(transactional_db: None) -> None:
    """The path that holds where no agency set one: a migration makes it, a test with real transactions loses it."""
    from wagtail.models import Workflow, WorkflowTask

    from gongkai.publishing.actions.paths import TASKS
    from gongkai.publishing.models import AgencyPath

    if not AgencyPath.objects.filter(agency=None).exists():
        workflow = Workflow.objects.create(name="标准发布流程", active=True)
        for order, (step, task) in enumerate(TASKS.items()):
            row = task.objects.create(name=str(step.label), active=True)
            WorkflowTask.objects.create(workflow=workflow, task=row, sort_order=order)
        AgencyPath.objects.create(agency=None, kind="", workflow=workflow)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """A database with all tables; SQLite's is copied from one that is made once and kept until a migration changes."""
    from django.conf import settings
    from django.db import connection
    from django.test import TransactionTestCase

    with django_db_blocker.unblock():
        if "sqlite3" not in settings.DATABASES["default"]["ENGINE"]:
            from django.test.utils import setup_databases, teardown_databases

            names = connection.settings_dict  # a database for each worker
            worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
            names["TEST"]["NAME"] = f"test_{names['NAME']}_{worker}"
            made = setup_databases(verbosity=0, interactive=False)
            yield
            teardown_databases(made, verbosity=0)
            return
        path = Path(settings.DATA) / "test.sqlite3"
        kept = migrated_database(connection)
        shutil.copy(kept, path)
        use(connection, path)
        TransactionTestCase._fixture_teardown = lambda _: put_back(connection, kept)
    yield


@pytest.fixture
def migrated(db: None) -> Path:
    """The file that test databases are copied from."""
    return Path(tempfile.gettempdir()) / f"gongkai-test-{os.getuid()}-{schema_fingerprint()}.sqlite3"


def migrated_database(connection: Any) -> Path:
    """A database file with all tables and nothing else; made by the first process that needs it."""
    from django.core.management import call_command

    folder = Path(tempfile.gettempdir())
    kept = folder / f"gongkai-test-{os.getuid()}-{schema_fingerprint()}.sqlite3"
    with (folder / f"{kept.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_file():
            building = kept.with_suffix(".building")
            building.unlink(missing_ok=True)
            use(connection, building)
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
            connection.close()
            building.replace(kept)
    return kept


def use(connection: Any, path: Path) -> None:
    """Points the connection to another file."""
    connection.close()
    connection.settings_dict["NAME"] = str(path)


def put_back(connection: Any, kept: Path) -> None:
    """Makes the database what it was before a test that committed; Django's own way loses what migrations put in."""
    from django.contrib.contenttypes.models import ContentType

    connection.ensure_connection()
    with closing(sqlite3.connect(kept)) as source:
        source.backup(connection.connection)
    ContentType.objects.clear_cache()


def schema_fingerprint() -> str:
    """Changes with our migrations and with the versions of the packages that bring their own."""
    package = Path(__file__).parents[1] / "src" / "gongkai"
    content = [p.read_bytes() for p in sorted(package.glob("*/migrations/*.py"))]
    versions = [f"{name}={version(name)}" for name in ("django", "wagtail", "django-tasks-db", "django-taggit")]
    return hashlib.sha256(b"".join(content) + " ".join(versions).encode()).hexdigest()[:16]
