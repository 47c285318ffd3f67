"""The demo city: what it holds, and that it is made once."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from gongkai.agencies.demo import ACCOUNTS, BODIES
from gongkai.reporting import demo
from gongkai.reporting.demo_faults import BEFORE_PRINTING, PAGES
from gongkai.reporting.models import AnnualReport, Status
from gongkai.trail.chain import verify

ORDERS = {order.slug: order for order in demo.orders()}


def test_about_thirty_agencies_of_every_kind_and_an_account_for_every_role():
    from gongkai.agencies.models import Kind, Role

    assert 30 <= len(BODIES) <= 40
    assert {b.kind for b in BODIES} >= {
        Kind.GOVERNMENT,
        Kind.DEPARTMENT,
        Kind.TOWN,
        Kind.UNIVERSITY,
        Kind.AUTHORISED,
    }
    assert {role for account in ACCOUNTS for role in account.roles} == set(Role)


def test_every_year_has_the_form_of_that_year():
    forms = dict(ORDERS["yunzhou"].forms)
    assert list(forms) == list(range(2008, 2026))
    assert {forms[2013], forms[2014], forms[2019], forms[2021]} == {"gov-2008", "gov-2014", "gov-2019", "gov-2021"}
    assert {form for _, form in ORDERS["yunda"].forms} == {"university"}


def test_an_agency_reports_only_while_it_is_there():
    years = {slug: [y for y, _ in ORDERS[slug].forms] for slug in ("weisheng", "weiji", "weijian")}
    assert (years["weisheng"][-1], years["weiji"], years["weijian"][0]) == (2013, [2014, 2015, 2016, 2017, 2018], 2019)


def test_the_mistakes_are_put_into_reports_that_exist():
    for slug, year in {**BEFORE_PRINTING, **PAGES}:
        assert year in dict(ORDERS[slug].forms), (slug, year)


@pytest.mark.django_db
def test_reports_are_loaded_once_with_their_faults_and_on_record(city):
    assert demo.load(only=("shiqiao", "qixiang")) == 12 + 7
    town = AnnualReport.objects.get(agency=city["shiqiao"], year=2025)
    assert town.status == Status.DRAFT
    assert town.errors > 0
    assert {f.rule for f in town.findings.all()} >= {"T3-ROW-TOTAL"}
    clean = AnnualReport.objects.get(agency=city["qixiang"], year=2025)
    assert (clean.status, clean.errors) == (Status.PUBLISHED, 0)
    assert clean.figures.filter(value__isnull=False).exists()
    assert clean.source.name.endswith(".html")
    assert verify().ok
    assert demo.load(only=("shiqiao", "qixiang")) == 12 + 7


# All publications of the past; of the reports two agencies', on every desk one thing of each kind.
FEW = """
from gongkai.publishing.demo.desks import Desks
from gongkai.reporting import demo as reports
every = reports.orders
reports.orders = lambda: [o for o in every() if o.slug in ("shiqiao", "qixiang")]
Desks.fill.__defaults__ = (1,)
from gongkai import demo
"""


@pytest.mark.slow
def test_the_demo_is_loaded_served_and_starts_again_at_once(tmp_path: Path, migrated: Path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_", "DATABASE_"))}
    environment |= {"GONGKAI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gongkai.settings.demo"}
    shutil.copy(migrated, tmp_path / "gongkai.sqlite3")  # saves making the tables, which Django's own tests try
    few = "import django; django.setup()" + FEW
    subprocess.run([sys.executable, "-c", few + "demo.prepare()"], env=environment, check=True, timeout=240)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = f"from gongkai import demo; demo.prepare(); demo.serve({port})"
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE) as server:
        try:
            page = wait_for(f"http://127.0.0.1:{port}/reports/")
        finally:
            server.terminate()
        printed = server.communicate(timeout=20)[0].decode()
    assert "石桥镇" in page
    assert f"http://127.0.0.1:{port}/admin/" in printed
    assert "officer" in printed
    assert "正在准备" not in printed


def wait_for(address: str) -> str:
    for _ in range(240):
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"{address} does not answer")
