"""Staff are told when nothing runs in the background."""

from datetime import timedelta

from django.utils import timezone

from gongkai.office import clockwork


def test_staff_see_that_the_clock_stands_still_or_that_a_chore_fails(signed_in):
    def home() -> str:
        return signed_in("drafter").get("/admin/").content.decode()

    assert "后台任务没有运行" in home()
    clockwork.note_turn(timezone.now() - timedelta(hours=2), [])
    assert "起没有运行" in home()
    clockwork.note_turn(timezone.now(), ["release"])
    assert "定时发布 没有办成" in home()
    clockwork.note_turn(timezone.now(), [])
    assert "后台任务" not in home()
