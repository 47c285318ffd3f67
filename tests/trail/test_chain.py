"""The record is append-only, and nobody changes it unseen."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from gongkai.agencies.models import Person
from gongkai.trail.chain import GENESIS, history, record, verify
from gongkai.trail.models import Entry, Head, Immutable

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return Person.objects.create(username="chen", first_name="陈若溪")


def three(person: Person) -> list[Entry]:
    return [record(f"test.{n}", by=person, target="thing:1", data={"n": n, "文": "中"}) for n in range(3)]


def execute(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_each_entry_chains_to_the_one_before(person: Person) -> None:
    first, second, third = three(person)
    assert [e.number for e in (first, second, third)] == [1, 2, 3]
    assert first.previous_hash == GENESIS
    assert second.previous_hash == first.hash
    assert third.previous_hash == second.hash
    assert verify().ok
    assert verify().checked == 3


def test_the_hash_is_sm3_over_canonical_json() -> None:
    entry = record("a", by=None, target="t:1", data={"b": 1}, basis="条例", at=datetime(2026, 1, 2, 3, 4, 5, 6, UTC))
    text = (
        '{"action":"a","actor":null,"actor_name":"","agency":null,"at":"2026-01-02T03:04:05.000006+00:00",'
        f'"basis":"条例","data":{{"b":1}},"number":1,"previous_hash":"{GENESIS}","target":"t:1"}}'
    )
    assert entry.hash == hashlib.new("sm3", text.encode()).hexdigest()


def test_who_acted_stays_as_it_was_written(person: Person) -> None:
    record("a", by=person)
    person.first_name = "王若溪"
    person.save()
    assert Entry.objects.get().actor_name == "陈若溪"
    assert verify().ok


@pytest.mark.parametrize(
    ("column", "value"),
    [("action", "other"), ("data", '{"n": 7}'), ("actor_name", "别人"), ("target", "thing:2"), ("basis", "x")],
)
def test_a_changed_entry_is_found(person: Person, column: str, value: str) -> None:
    three(person)
    execute(f"UPDATE trail_entry SET {column} = %s WHERE number = 2", value)
    result = verify()
    assert (result.ok, result.broken_at, result.reason) == (False, 2, "altered")


def test_a_changed_entry_with_a_new_hash_breaks_the_next(person: Person) -> None:
    from gongkai.trail.chain import fingerprint

    three(person)
    forged = Entry.objects.get(number=2)
    forged.action = "other"
    execute("UPDATE trail_entry SET action = %s, hash = %s WHERE number = 2", "other", fingerprint(forged))
    assert (verify().broken_at, verify().reason) == (3, "unlinked")


def test_a_removed_entry_is_found(person: Person) -> None:
    three(person)
    execute("DELETE FROM trail_entry WHERE number = 2")
    assert (verify().broken_at, verify().reason) == (2, "missing")


def test_a_record_cut_off_at_its_end_is_found(person: Person) -> None:
    three(person)
    execute("DELETE FROM trail_entry WHERE number = 3")
    assert (verify().broken_at, verify().reason) == (3, "head")


def test_entries_are_never_changed_or_deleted_by_the_program(person: Person) -> None:
    entry = three(person)[0]
    entry.action = "other"
    with pytest.raises(Immutable):
        entry.save()
    with pytest.raises(Immutable):
        entry.delete()
    with pytest.raises(Immutable):
        Entry.objects.all().update(action="x")
    with pytest.raises(Immutable):
        Entry.objects.all().delete()
    with pytest.raises(Immutable):
        Entry.objects.bulk_update([entry], ["action"])


def test_what_is_rolled_back_leaves_no_entry(person: Person) -> None:
    record("before", by=person)

    def fail() -> None:
        with transaction.atomic():
            record("inside", by=person)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        fail()
    record("after", by=person)
    assert [e.action for e in Entry.objects.order_by("number")] == ["before", "after"]
    assert Head.objects.get().number == 2
    assert verify().ok


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record("a", by=None)


def test_history_of_a_thing_newest_first(person: Person) -> None:
    record("one", by=person, target=person)
    record("elsewhere", by=person, target="thing:1")
    record("two", by=person, target=person)
    assert [e.action for e in history(person)] == ["two", "one"]
