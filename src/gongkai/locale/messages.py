"""Keeps the catalogues: finds every string that is translated, updates the English catalogue, compiles all of them.

For developers (`make messages`): needs Babel, and neither a settings module nor GNU gettext.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent
ENGLISH = HERE / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
HEADER = "# English for the strings of Gongkai, whose own language is Chinese. Updated by `make messages`.\n"


class Kept(Catalog):
    """A catalogue whose header says what the program needs and no dates, so that files change with strings only."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header's lines."""
        return [
            ("Language", str(self.locale_identifier or "")),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


class Found(NamedTuple):
    """A string that the program asks to have translated; `plural` and `context` where it has them."""

    id: str
    plural: str | None
    context: str | None
    path: str


def used(package: Path = PACKAGE) -> list[Found]:
    """Every string that Python code and templates below `package` ask for."""
    return [found for path in _sources(package) for found in strings_of(path, package)]


def strings_of(path: Path, package: Path = PACKAGE) -> Iterator[Found]:
    """The strings of one file, templates and Python alike."""
    name = path.relative_to(package).as_posix()
    for function, parts in (_of_template if path.suffix == ".html" else _of_python)(path.read_text("utf-8")):
        if function.startswith("ngettext"):
            yield Found(parts[0], parts[1], None, name)
        elif function.startswith("pgettext"):
            yield Found(parts[1], None, parts[0], name)
        elif parts[0]:
            yield Found(parts[0], None, None, name)


def _of_python(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each translating function and its strings; calls within f-strings too, which Babel passes over."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        function = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if function in KEYWORDS:
            wanted = 1 if KEYWORDS[function] is None else 2
            given = [a.value for a in call.args[:wanted] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if len(given) == wanted:  # else a variable, whose strings are marked where they stand
                yield function, tuple(given)


def _of_template(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    # What stands around the calls is of no interest; without indents it reads as Python.
    lines = "\n".join(line.strip() for line in templatize(text).splitlines())
    for _line, function, message, _comments in extract_python(io.BytesIO(lines.encode()), KEYWORDS, [], {}):
        if message is not None:
            yield str(function), (message,) if isinstance(message, str) else tuple(message)


def merged(catalogue: Catalog, strings: Iterable[Found]) -> Catalog:
    """A catalogue of exactly these strings, with the translations that the old one has for them."""
    new = Kept(locale="en", fuzzy=False, header_comment=HEADER.rstrip())
    for found in strings:
        key = (found.id, found.plural) if found.plural else found.id
        old = catalogue.get(found.id, found.context)
        fits = old is not None and isinstance(old.id, str) == isinstance(key, str)
        translation = old.string if old is not None and fits else None
        new.add(key, translation, locations=[(found.path, None)], context=found.context)  # type: ignore[list-item]
    return new


def read(path: Path) -> Catalog:
    """A catalogue as it is kept; an empty one where there is none yet."""
    if not path.is_file():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def untranslated(catalogue: Catalog) -> list[str]:
    """The strings of a catalogue that have no translation, or only one of two numbers."""
    return [str(m.id) for m in catalogue if m.id and not all(m.string if isinstance(m.string, tuple) else [m.string])]


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as the program loads it."""
    kept = Kept(locale=catalogue.locale_identifier, fuzzy=False)
    for message in catalogue:
        if message.id:
            kept.add(message.id, message.string, context=message.context)
    out = io.BytesIO()
    write_mo(out, kept)
    return out.getvalue()


def catalogues() -> list[Path]:
    """Every catalogue that is kept here, and those of the scripts of an app."""
    return sorted([*HERE.glob("*/LC_MESSAGES/*.po"), *PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")])


def update() -> list[str]:
    """Brings the English catalogue up to date, compiles all, and returns what has no translation yet."""
    english = merged(read(ENGLISH), used())
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, english, width=120, sort_by_file=True, include_lineno=False)
    for path in catalogues():
        path.with_suffix(".mo").write_bytes(compiled(read(path)))
    return untranslated(english)


def _sources(package: Path) -> list[Path]:
    """Our Python files and templates, in an order that does not depend on the disk."""
    return sorted([*package.rglob("*.py"), *package.rglob("templates/**/*.html")])


if __name__ == "__main__":
    missing = update()
    for string in missing:
        print(f"no English yet: {string}", file=sys.stderr)
    sys.exit(1 if missing else 0)
