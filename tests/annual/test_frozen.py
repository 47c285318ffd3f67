"""Quick values are the same values."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from gongkai.annual.frozen import quick
from gongkai.annual.model import Cell, GridCell, Where


@dataclass(frozen=True, slots=True)
class Slow:
    a: str
    b: int | None = None


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    a: str
    b: int | None = None


def test_a_quick_class_takes_the_same_arguments() -> None:
    assert list(inspect.signature(Quick).parameters) == list(inspect.signature(Slow).parameters)
    assert (Quick("x").a, Quick("x").b, Quick("x", 1).b, Quick(b=2, a="y").b) == ("x", None, 1, 2)
    with pytest.raises(TypeError):
        Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Quick("x", 1, 2)  # type: ignore[call-arg]


def test_quick_values_stay_frozen_and_equal_and_travel() -> None:
    value = Quick("x", 1)
    with pytest.raises(FrozenInstanceError):
        value.a = "y"  # type: ignore[misc]
    assert value == Quick("x", 1) != Quick("x")
    assert hash(value) == hash(Quick("x", 1))
    assert replace(value, b=3) == Quick("x", 3)
    assert copy.deepcopy(value) == value
    assert repr(value) == "Quick(a='x', b=1)"
    cell = Cell("t3.new", None, "", Where(1, 2, 3))
    assert pickle.loads(pickle.dumps(cell)) == cell


def test_the_models_values_keep_their_defaults() -> None:
    assert GridCell("a", 0, 1) == GridCell("a", 0, 1, 1, 1)
    assert Where(3) == Where(3, None, None, None, None, None)


def test_a_class_that_needs_more_than_slots_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Made:
        items: list[int] = field(default_factory=list)

    @dataclass(frozen=True)
    class Unslotted:
        a: int

    for cls in (Made, Unslotted):
        with pytest.raises(TypeError):
            quick(cls)
