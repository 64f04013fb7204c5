"""Checks on the texts and their translations, as functions of the root of a source tree.

A text is what Babel collects: one string, or a singular and a plural. Languages of the whole site
have all texts; those of tenants alone have just the ones that a tenant meets.
"""

import ast
import io
import re
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from consult.wording import LANGUAGES

MOST_WORDS = 20
_NUMBERS = range(1000)
_MARKERS = {"_", "gettext", "lazy_gettext", "ngettext", "translate"}
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
_WORD = re.compile(r"(?<![\w.-])[^\W\d_]{2,}(?![\w-]|\.\w)")  # neither class nor file name
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_FOREIGN = re.compile(r'<(\w+)[^>]*\slang="en"[^>]*>.*?</\1>', re.DOTALL)
_TAG = re.compile(r'<[^>]*>|&\w+;|[\w-]+="[^"]*"')
_TOLD = re.compile(r'\b(?:alt|aria-label|placeholder|title)="([^"]*)"')

Text = tuple[str, ...]


def source(root: Path, mapping: str = "babel.cfg") -> dict[Text, str]:
    """Every text of the program, as far as ``mapping`` goes, and the file where it first stands."""
    with (root / mapping).open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call] # Babel's own
    found: dict[Text, str] = {}
    for name, _line, text, _comments, _context in extract_from_dir(root, methods, options):
        found.setdefault((text,) if isinstance(text, str) else tuple(text), name)
    return found


def section(
    file: BinaryIO, keywords: Any, comment_tags: Any, options: dict[str, str]
) -> Iterator[Any]:
    """For Babel: the texts of a module that stand under one of its option ``headings``.

    A heading is a comment that has its line to itself.
    """
    whole = file.read()
    asked = {one.strip() for one in options["headings"].split(",")}
    heading, under = "", []
    for line in whole.decode().splitlines():
        bare = line.strip()
        heading = bare.removeprefix("# ") if bare.startswith("# ") else heading
        under.append(heading in asked)
    found = extract_python(io.BytesIO(whole), keywords, comment_tags, {})
    yield from (text for text in found if under[text[0] - 1])


def needed(root: Path, language: str) -> dict[Text, str]:
    """The texts that a language has to have."""
    return source(root, "babel.cfg" if language in LANGUAGES else "babel-tenants.cfg")


def catalogues(root: Path) -> Iterator[tuple[str, Catalog]]:
    """Each language that texts are translated into, and the translations."""
    for path in sorted((root / "consult" / "translations").glob("*/LC_MESSAGES/messages.po")):
        language = path.parts[-3]
        with path.open("rb") as file:
            yield language, read_po(file, locale=language)


def translated(catalogue: Catalog) -> dict[Text, Text]:
    """The translations by their text; those marked for a second look count as none."""
    return {
        _text(message.id): () if message.fuzzy else _text(message.string)
        for message in catalogue
        if message.id
    }


def unmarked(root: Path) -> list[str]:
    """Words in templates that Babel does not see, because they are not marked."""
    found = []
    for path in sorted((root / "templates").rglob("*.html")):
        plain = _FOREIGN.sub("", _JINJA.sub("", path.read_text(encoding="utf-8")))
        shown = [_TAG.sub(" ", plain), *_TOLD.findall(plain)]
        found += [
            f"{path.relative_to(root)}: {word}" for text in shown for word in _WORD.findall(text)
        ]
    return found


def unseen(root: Path) -> list[str]:
    """Marked texts in modules that Babel does not see: under another name, or in an f-string."""
    seen = {text[0] for text in source(root)}
    return [
        f"{path.relative_to(root)}:{call.lineno}"
        for path in sorted((root / "consult").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and call.args and _name(call.func) in _MARKERS
        if isinstance(call.args[0], ast.JoinedStr)
        or (isinstance(call.args[0], ast.Constant) and call.args[0].value not in seen)
    ]


def untranslated(root: Path) -> list[str]:
    """Texts that a language lacks, or has in fewer forms than it has plurals."""
    found = []
    for language, catalogue in catalogues(root):
        there = translated(catalogue)
        for text, where in needed(root, language).items():
            strings = there.get(text, ())
            forms = catalogue.num_plurals if len(text) > 1 else 1
            if len(strings) != forms or not all(strings):
                found.append(f"{language}: {text[0]} ({where})")
    return found


def left_over(root: Path) -> list[str]:
    """Translations of texts that the program no longer has, or not for tenants."""
    return [
        f"{language}: {text[0]}"
        for language, catalogue in catalogues(root)
        for texts in [needed(root, language)]
        for text in [*translated(catalogue), *map(_text, catalogue.obsolete)]
        if text not in texts
    ]


def other_placeholders(root: Path) -> list[str]:
    """Translations that name other values than the text does.

    A form that stands for one number alone may say it in words.
    """
    found = []
    for language, catalogue in catalogues(root):
        alone = _alone(catalogue)
        for text, strings in translated(catalogue).items():
            ours = set(_PLACEHOLDER.findall(text[-1]))
            for place, string in enumerate(strings):
                theirs = set(_PLACEHOLDER.findall(string))
                wordy = len(text) > 1 and place in alone and theirs == ours - {"%(num)s"}
                if string and theirs != ours and not wordy:
                    found.append(f"{language}: {string}")
    return found


def long_sentences(root: Path) -> list[str]:
    """Sentences that are too long to read in one breath, in any language."""
    texts = [string for text in source(root) for string in text]
    for _language, catalogue in catalogues(root):
        texts += [string for strings in translated(catalogue).values() for string in strings]
    return [
        sentence
        for text in texts
        for sentence in re.split(r"(?<=[.?!:…])\s+", text)
        if len(sentence.split()) > MOST_WORDS
    ]


def _alone(catalogue: Catalog) -> set[int]:
    """The plural forms that stand for one number each."""
    form_of = c2py(catalogue.plural_expr)
    forms = [form_of(number) for number in _NUMBERS]
    return {form for form in set(forms) if forms.count(form) == 1}


def _text(found: str | list[str] | tuple[str, ...] | None) -> Text:
    return (found,) if isinstance(found, str) else tuple(found or ())


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
