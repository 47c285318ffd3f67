"""What the clock does by itself."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gongkai.publishing import tasks

HERE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def days(monkeypatch):
    """Counts the days that were begun."""
    begun = []
    monkeypatch.setattr(tasks, "_begun_on", None)
    monkeypatch.setattr(type(tasks.each_day), "enqueue", lambda task: begun.append(task.name))
    return begun


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HERE)


def test_the_work_of_a_day_is_begun_once_however_often_the_clock_looks(days):
    for minute in range(5):
        tasks._begin_day(at(20, 7, minute))
    assert len(days) == 1
    tasks._begin_day(at(21, 7))
    assert len(days) == 2


def test_nothing_begins_before_the_morning_and_a_late_worker_makes_up_for_it(days):
    tasks._begin_day(at(20, 6, 59))
    assert days == []
    tasks._begin_day(at(20, 16))
    assert len(days) == 1


def test_a_turn_of_the_clock_on_an_empty_installation_does_no_harm(db, settings, tmp_path):
    settings.SEARCH_FOLDER = tmp_path / "search"
    tasks.turn.call()
    tasks.each_day.call()


def test_a_chore_that_fails_stops_no_other_and_is_told_until_it_works_again(db, settings, tmp_path, monkeypatch):
    from django.utils import timezone

    from gongkai.office import clockwork
    from gongkai.publishing.actions import exchange, releasing

    settings.SEARCH_FOLDER = tmp_path / "search"
    assert clockwork.trouble(timezone.now()).since is None
    delivered = []
    with monkeypatch.context() as broken:
        broken.setattr(releasing, "release_due", lambda now: 1 / 0)
        broken.setattr(exchange, "deliver_due", delivered.append)
        tasks.turn.call()
    assert len(delivered) == 1
    assert clockwork.trouble(timezone.now()).failed == ("release",)
    tasks.turn.call()
    assert clockwork.trouble(timezone.now()) is None
    assert clockwork.trouble(timezone.now() + clockwork.SILENCE * 2).since is not None


def test_a_damaged_index_takes_no_page_down_and_is_built_anew_by_the_clock(city, released, client, settings, tmp_path):
    from gongkai.publishing import indexing

    settings.SEARCH_FOLDER = tmp_path / "search"
    released(city["jiaoyu"], "校车安全管理办法")
    indexing.rebuild()
    for damage in (lambda file: file.write_bytes(b"\x9f\x00" * 40), lambda file: file.write_bytes(b"")):
        for file in [f for f in settings.SEARCH_FOLDER.rglob("*") if f.is_file()]:
            file.unlink()
            damage(file)
        indexing._opened = None
        page = client.get("/search/?q=校车")
        assert page.status_code == 200
        assert "校车安全管理办法" in page.content.decode()
        assert client.get("/search/suggest/?q=校车").status_code == 200
        assert indexing.reader() is None
        tasks.turn.call()
        assert indexing.reader().count() == 1
