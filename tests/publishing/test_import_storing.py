"""Storing many rows at once: the same as Django stores them; and sketches tell texts that are nearly the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.importing.likeness import Likes, agreement, plain, sketch

TEXT = "".join(f"第{n}条是关于公园第{n * 7}号草地和{n * 13}号路灯的管理要求。" for n in range(40))


@pytest.mark.parametrize("count", [1, 3])
def test_rows_stored_at_once_are_those_that_django_stores(city, count):
    from gongkai.publishing.importing.inserting import insert_many
    from gongkai.publishing.models import Publication

    at = datetime(2024, 2, 29, 1, 2, 3, 456, tzinfo=UTC)

    def rows():
        return [
            Publication(
                agency=city["yunzhou"], title=f"甲{n}", body="<p>’“%s”？</p>", categories=["budget"] * (n % 2),
                published_at=at, made_on=at.date() if n else None, created_at=at, changed_at=at, state="published",
            )
            for n in range(count)
        ]  # fmt: skip

    Publication.objects.bulk_create(rows())
    ours = rows()
    insert_many(ours)
    stored = [{k: v for k, v in row.items() if k != "id"} for row in Publication.objects.order_by("pk").values()]
    assert stored[:count] == stored[count:]
    assert [row.pk for row in ours] == list(Publication.objects.order_by("pk").values_list("pk", flat=True))[count:]
    Publication.objects.create(agency=city["yunzhou"], title="乙")


def test_a_text_with_a_sentence_more_is_nearly_the_same_and_another_is_not():
    likes = Likes()
    assert likes.add(1, 1, sketch(TEXT)) == 0
    assert likes.add(1, 2, sketch("前言。" + TEXT + "以上各条请遵照执行。")) == 1
    assert likes.add(2, 3, sketch(TEXT)) == 0
    assert likes.add(1, 4, sketch("".join(f"{n}日，市民可到{n * 3}路站换乘，票价{n}元。" for n in range(60)))) == 0
    assert sketch("太短。") is None


@given(st.text(), st.text())
def test_any_text_has_a_sketch_and_is_like_itself(one, other):
    made = sketch(plain(one * 3))
    if made is not None:
        assert agreement(made, made) == 1
        Likes().add(1, 1, sketch(other))


@given(st.text(), st.text())
def test_the_fingerprint_of_a_text_leaves_out_all_but_letters_and_digits(title, body):
    from gongkai.publishing.fingerprint import same_text

    words = re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", f"{title}\n{body}").lower())
    if not re.search("[<&]", body) and words.isprintable():
        assert same_text(title, body) == hashlib.sha256(words.encode()).hexdigest()


def test_characters_that_are_fingerprinted_the_short_way_give_the_same():
    from gongkai.publishing import fingerprint

    for code in range(1, 0xFFFF):
        sign = chr(code)
        if fingerprint._USUAL.fullmatch(sign):
            before = unicodedata.normalize("NFKC", "".join(fingerprint._WORDS.findall(sign))).lower()
            assert before == "".join(fingerprint._WORDS.findall(unicodedata.normalize("NFKC", sign).lower())), hex(code)
