"""Every message to people: its words are marked for translation and can be put together from what is kept with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import gongkai

ROOT = Path(gongkai.__file__).parent
PLACE = re.compile(r"%\((\w+)\)[sd]")
TELLING = {"tell": {"title"}, "notify": set(), "_tell": {"month"}, "_once": {"title", "day"}}
"""Functions that leave a message, and the values that they add by themselves."""
NO_VALUES = {"link"}
MOST = 200
"""Characters of a message that are kept."""


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where a message is left, its words, and the values given with it; None where they are not named there."""
    for path in sorted((ROOT / "publishing").rglob("*.py")):
        tree = ast.parse(path.read_text())
        known = {
            target.id: found
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and (found := marked(node.value))
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        known |= {
            target.id: known[node.value.body.id]
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.IfExp)
            and getattr(node.value.body, "id", "") in known
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for scope in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
            local = known | assigned(scope)
            for call in [n for n in ast.walk(scope) if isinstance(n, ast.Call)]:
                name = call.func.id if isinstance(call.func, ast.Name) else ""
                passed_on = getattr(call.args[1], "id", "") in parameters(scope) if len(call.args) > 1 else True
                if name in TELLING and not passed_on:
                    words = marked(call.args[1]) or local.get(getattr(call.args[1], "id", ""), "")
                    given = {k.arg for k in call.keywords if k.arg}
                    starred = any(k.arg is None for k in call.keywords)
                    yield f"{path.name}:{call.lineno}", words, None if starred else given | TELLING[name]


def parameters(scope: ast.FunctionDef) -> set[str]:
    """What a function is given: one that is given its message passes it on for those who call it."""
    return {argument.arg for argument in (*scope.args.args, *scope.args.kwonlyargs)}


def assigned(scope: ast.FunctionDef) -> dict[str, str]:
    """The messages that a function gives a name, later ones first out."""
    return {
        target.id: found
        for node in ast.walk(scope)
        if isinstance(node, ast.Assign) and (found := marked(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def marked(node: ast.expr) -> str:
    """The words of gettext_noop("…"); nothing for anything else."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "gettext_noop":
        found = node.args[0]
        return str(found.value) if isinstance(found, ast.Constant) else ""
    return ""


CALLS = list(calls())


def test_the_messages_are_found():
    assert len(CALLS) >= 12


@pytest.mark.parametrize(("place", "words", "given"), CALLS, ids=[c[0] for c in CALLS])
def test_a_message_is_marked_fits_and_has_all_its_values(place, words, given):
    assert words, f"{place}: the message is not gettext_noop(…) in the same function or module"
    assert len(words) <= MOST
    assert given is None or set(PLACE.findall(words)) <= given
    words % dict.fromkeys(PLACE.findall(words), "%")
