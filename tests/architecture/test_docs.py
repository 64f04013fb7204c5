"""The documents say what is true of the code."""

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask

from consult import cli
from consult.actor import Role
from consult.config import ROOT
from consult.council.core import dossier, signals, versions
from consult.elections.core import election, nomination, preselection
from consult.register.core import imports
from consult.surveys.core import consultation
from consult.surveys.core.open_answers import redaction
from consult.surveys.core.sealed import closing
from tests.architecture import pages

DOCS = sorted((ROOT / "docs").rglob("*.md"))
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
STATES = (ROOT / "docs" / "states.md").read_text(encoding="utf-8")
SOURCE = {path: path.read_text(encoding="utf-8") for path in (ROOT / "consult").rglob("*.py")}


def test_the_table_of_pages_is_that_of_the_running_application(app: Flask) -> None:
    made = pages.written(ARCHITECTURE, pages.table(app))
    assert made == ARCHITECTURE, "run: python -m tests.architecture.pages"


def test_the_table_of_pages_is_written_into_its_place_and_nowhere_else() -> None:
    old = f"before\n{pages.BEGIN}old\n{pages.END}\nafter\n"
    assert pages.written(old, "new\n") == f"before\n{pages.BEGIN}new\n{pages.END}\nafter\n"


def test_every_part_is_in_the_table_of_parts() -> None:
    parts = {path.name for path in (ROOT / "consult").iterdir() if _is_part(path)}
    table = ARCHITECTURE.partition("## Parts")[2].partition("## Rooms")[0]
    assert {part for part in parts if f"`{part}`" not in table} == set()


def _is_part(path: Path) -> bool:
    return (path / "__init__.py").exists()


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8").partition(pages.BEGIN)[0]
    named = set(re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|mjs|html|txt|md|css))`", text))
    linked = set(re.findall(r"\]\(([\w./-]+\.md)\)", text))
    assert [name for name in sorted(named) if not _exists(name)] == []
    assert [name for name in sorted(linked) if not (document.parent / name).exists()] == []


def _exists(name: str) -> bool:
    return name.startswith("/") or (ROOT / name).exists() or (ROOT / "consult" / name).exists()


def _drawn(heading: str) -> set[str]:
    """The states of the diagram below a heading."""
    section = STATES.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    arrows = re.findall(r"^ +(\S+) --> (\w+|\[\*\])", section, re.MULTILINE)
    return {state for arrow in arrows for state in arrow} - {"[*]"}


@pytest.mark.parametrize(
    ("heading", "states"),
    [
        ("An import of the register", imports.State),
        ("A consultation", consultation.Phase),
        ("The closing of a consultation", closing.Step),
        ("The dossier of a consultation", dossier.Step),
        ("An open answer", redaction.State),
        ("A mail", ("waiting", "sent", "undelivered")),
        ("An election", election.Phase),
        ("A signal of the register", signals.State),
        ("A set of rules", versions.State),
        ("An application", nomination.Standing),
        ("A preselection", preselection.Stage),
        ("A job", ("queued", "running", "done", "failed")),
    ],
)
def test_a_drawing_has_the_states_of_the_code(
    heading: str, states: Iterable[StrEnum | str]
) -> None:
    assert _drawn(heading) == {str(state) for state in states}


def test_every_code_word_of_the_glossary_is_in_the_code() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    cells = [line.split("|")[2] for line in text.splitlines() if line.startswith("|")]
    words = {word for cell in cells for word in re.findall(r"`(\w+)`", cell)}
    everything = "\n".join(SOURCE.values())
    assert len(words) > 50
    assert {word for word in words if not re.search(rf"\b{word}\b", everything)} == set()


def test_running_names_every_setting_and_no_other() -> None:
    read = set(re.findall(r'environ\.get\(\s*"(\w+)"', SOURCE[ROOT / "consult" / "config.py"]))
    told = set(re.findall(r"\b(?:CONSULT_[A-Z_]+|DATABASE_URL|FLASK_DEBUG)\b", RUNNING))
    assert told == read


def test_running_names_every_command_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    listed = set(re.findall(r"^    ([\w-]+)", capsys.readouterr().out, re.MULTILINE))
    told = {words.split()[1] for words in re.findall(r"`(consult \w+[^`]*)`", RUNNING)}
    assert told == listed


def test_documents_name_only_targets_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    for document in [*DOCS, ROOT / "README.md"]:
        text = document.read_text(encoding="utf-8")
        told = set(re.findall(r"(?:`|^    )make ([a-z-]+)", text, re.MULTILINE))
        assert told <= targets, document


def test_running_names_every_role() -> None:
    assert {role for role in Role if f"`{role}`" not in RUNNING} == set()


def test_the_licence_is_the_european_union_public_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.lstrip().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "15. Applicable Law" in text
    assert text.endswith("EUPL version.\n")
