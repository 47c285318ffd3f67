"""A real browser over a real server; left out where no Chromium is found."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

ANSWERED = re.compile(r"status of (410|422) ")
"""What the console calls an error and is an answer of ours: withdrawn, or to be filled in anew."""

# Playwright's own loop runs in this thread; the database is used between its calls, never within.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks these tests, keeps them in one process, and skips them where there is no browser."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium found"))


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One browser for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server) -> Iterator[Callable]:
    """Opens an address in a page of its own; an error in the console or on the page fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(path: str = "/", **options):
        context = chromium.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            accept_downloads=True,
            **{"viewport": {"width": 1280, "height": 900}, **options},
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        # The first page of a run waits until everything is imported and read.
        page.set_default_navigation_timeout(60_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda m: complaints.append(m.text) if m.type == "error" and not ANSWERED.search(m.text) else None,
        )
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def accessible() -> Callable:
    """Fails where a page, or what a selector finds in it, breaks a rule of WCAG 2.2 A and AA."""
    from axe_playwright_python.sync_playwright import Axe

    # Without this the answer lists every element that is right, megabytes that take minutes to come over.
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

    def check(page, within: str | None = None) -> None:
        found = Axe().run(page, within, options)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


@pytest.fixture
def library(transactional_db) -> Callable:
    """云州市 with a few published reports; gives a function that publishes one more."""
    from gongkai.agencies import demo
    from gongkai.agencies.models import Agency
    from gongkai.annual.sample import sample_report
    from gongkai.reporting.auditing import refresh
    from gongkai.reporting.models import AnnualReport, Status
    from gongkai.reporting.storing import fill, new_row

    demo.load()

    def publish(slug: str, year: int, form: str = "gov-2021") -> AnnualReport:
        agency = Agency.objects.get(slug=slug)
        report = sample_report(form, year=year, agency=agency.name, seed=year)
        row = fill(new_row(agency, year), report, source=None, at=timezone.now())
        refresh(row)
        AnnualReport.objects.filter(pk=row.pk).update(status=Status.PUBLISHED)
        return row

    for year in (2022, 2023, 2024):
        publish("jiaoyu", year)
    publish("jiaoyu", 2018, "gov-2014")
    publish("caizheng", 2024)
    return publish
