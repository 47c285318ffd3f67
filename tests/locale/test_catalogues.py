"""Every string that people see can be had in Chinese and in English, and the catalogues hold nothing else."""

import ast
import re
from pathlib import Path

import pytest

from gongkai.locale import messages

HAN = re.compile(r"[\u4e00-\u9fff]")
FACES = ["agencies", "api", "desk", "files", "office", "portal", "publishing", "reporting", "trail"]
# Where Chinese is no message but what is read or written: headings and values that imports recognise, papers in the
# official layout, records that are written once, and the description of the API, which says everything twice.
MATERIAL = (
    "agencies/importing/columns.py",
    "agencies/importing/reading.py",
    "agencies/importing/values.py",
    "api/main.py",
    "desk/publications/editor_words.py",
    "portal/reading_text.py",
    "publishing/actions/gazette.py",
    "publishing/directories_import/",
    "publishing/exporting/gazette/",
    "publishing/exporting/manifest.py",
    "publishing/importing/folders.py",
    "publishing/importing/mapping.py",
    "publishing/importing/values.py",
    "publishing/queries/compiling.py",
    "publishing/queries/suggestions.py",
    "trail/chain.py",
)
PYTHON = [
    p
    for app in FACES
    for p in sorted((messages.PACKAGE / app).rglob("*.py"))
    if not {"migrations", "demo"} & set(p.parts) and not p.name.startswith("demo")
    if not p.relative_to(messages.PACKAGE).as_posix().startswith(MATERIAL)
]
TEMPLATES = [p for app in FACES for p in sorted((messages.PACKAGE / app).rglob("templates/**/*.html"))]
SCRIPTS = [p for p in sorted(messages.PACKAGE.rglob("static/**/*.js")) if not {"vendor", "tinymce"} & set(p.parts)]
TAG = re.compile(r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
OWN_NAME = re.compile(r'<span [^>]*lang="zh-Hans"[^>]*>[^<]*</span>|<a [^>]*lang="zh-Hans"[^>]*>中文</a>'
                      r'|<span class="seal"[^>]*>公开</span>')  # fmt: skip


def test_the_english_catalogue_holds_every_string_and_nothing_else():
    there = {(m.context, m.id) for m in messages.read(messages.ENGLISH) if m.id}
    asked = {(m.context, m.id) for m in messages.merged(messages.read(messages.ENGLISH), messages.used()) if m.id}
    assert there == asked, "run `make messages` and translate what is new"


@pytest.mark.parametrize("path", messages.catalogues(), ids=lambda p: p.parent.parent.name)
def test_a_catalogue_is_whole_and_compiled(path):
    catalogue = messages.read(path)
    assert messages.untranslated(catalogue) == []
    assert not any(m.fuzzy for m in catalogue if m.id)
    assert path.with_suffix(".mo").read_bytes() == messages.compiled(catalogue), "run `make messages`"


@pytest.mark.parametrize("path", messages.catalogues(), ids=lambda p: p.parent.parent.name)
def test_a_translation_keeps_the_places_for_values(path):
    for message in messages.read(path):
        if message.id:
            ids = [message.id] if isinstance(message.id, str) else message.id
            strings = [message.string] if isinstance(message.string, str) else message.string
            assert {frozenset(places(s)) for s in strings} <= {frozenset(places(i)) for i in ids}, message.id


def places(text: str) -> list[str]:
    return re.findall(r"%\(\w+\)\w|%[sd]|\{\w*\}", text)


def test_english_is_english():
    for message in messages.read(messages.ENGLISH):
        if message.id:
            assert not HAN.search(str(message.string)), message.string


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: p.relative_to(messages.PACKAGE).as_posix())
def test_no_words_in_python_escape_translation(path):
    assert naked(path) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(messages.PACKAGE).as_posix())
def test_no_words_in_a_template_escape_translation(path):
    text = OWN_NAME.sub("", path.read_text("utf-8"))
    assert [line.strip() for line in TAG.sub("", text).splitlines() if HAN.search(line)] == []
    # a word inside a tag stands in {% translate "…" %} or _("…")
    for tag in re.findall(r"\{%(.*?)%\}|\{\{(.*?)\}\}", text, re.S):
        words = re.sub(r"""^\s*translate\s+(?:"[^"]*"|'[^']*')|_\((?:"[^"]*"|'[^']*')\)""", "", "".join(tag))
        assert not HAN.search(words), words


# What is no message: the law's own words, the names of measures (which carry their English beside them), signs.
EXEMPT = {"BASIS", "_ARTICLE", "MEASURES", "_BLANK", "_COLUMN_TYPES", "_OFFICIAL_TITLE", "_VENUE_NAMES"}
# What is looked for in the texts of offices, places in files, and words that carry their English beside them.
EXEMPT |= {"_NAMES", "_OFFICE", "_USUAL", "_NO_CATEGORY", "NAME", "named", "in_chinese"}
# The kinds of columns that public sites declare to machines, headings of standard directories and of imports.
DECLARED = {
    "政府信息公开目录",
    "政策文件",
    "政策解读",
    "统计数据",
    "数据开放",
    "依申请公开",
    "专题专栏",
    "政府信息公开指南",
    "互动交流",
    "公开主体",
    "栏目",
}
CITED = re.compile(r"《中华人民共和国政府信息公开条例》第.{1,4}条|<w:rFonts w:eastAsia=.*/>")


def naked(path: Path) -> list[str]:
    """Chinese strings that no translating function is called on."""
    tree = ast.parse(path.read_text("utf-8"))
    wrapped: set[int] = set()
    for node in ast.walk(tree):
        free = isinstance(node, ast.Call) and getattr(node.func, "id", "") in messages.KEYWORDS
        free = free or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        free = free or any(getattr(t, "id", "") in EXEMPT for t in targets)
        if free:
            wrapped.update(id(inner) for inner in ast.walk(node))
    return [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if HAN.search(node.value) and id(node) not in wrapped
        if node.value not in DECLARED and not CITED.fullmatch(node.value)
    ]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.relative_to(messages.PACKAGE).as_posix())
def test_scripts_take_their_words_from_the_page(path):
    said = re.sub(r"^\s*//.*$|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.M | re.S)
    assert not HAN.search(said)


def test_strings_are_found_wherever_they_are_asked_for(tmp_path):
    source = tmp_path / "said.py"
    source.write_text(
        'f"<b>{_(\'粗\')}</b>"\nngettext("一", "多", n)\npgettext("where", "此")\n_(variable)\n_("连"\n "写")\n'
    )
    found = [(f.id, f.plural, f.context) for f in messages.strings_of(source, tmp_path)]
    assert found == [("粗", None, None), ("一", "多", None), ("此", None, "where"), ("连写", None, None)]
