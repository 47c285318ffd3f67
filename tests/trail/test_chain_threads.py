"""Many people act at once: the chain stays one line."""

import threading

import pytest
from django.db import connection, transaction

from gongkai.trail.chain import record, verify
from gongkai.trail.models import Entry

THREADS, EACH = 4, 6


@pytest.mark.django_db(transaction=True)
def test_entries_written_at_once_stay_one_line() -> None:
    errors: list[BaseException] = []

    def act(name: int) -> None:
        try:
            for n in range(EACH):
                with transaction.atomic():
                    record("act", by=None, data={"thread": name, "n": n})
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert Entry.objects.count() == THREADS * EACH
    assert verify().ok
