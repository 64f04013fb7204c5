"""The source tree keeps its own rules; each check is also shown a tree that breaks them."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import checks

ROOT = Path(__file__).resolve().parents[2]
PURE_CORES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for part in [*sorted(checks.PARTS), "belenios"]
    for path in (ROOT / "consult" / part).rglob("*.py")
    if part == "belenios" or "core" in path.relative_to(ROOT / "consult" / part).parts[0]
)
CHECKS: dict[Callable[[Path], list[str]], tuple[str, str]] = {
    checks.foreign_rooms: ("consult/surveys/actions.py", "from consult.register import tables\n"),
    checks.tables_outside_store: ("consult/site/views.py", "import consult.site.tables\n"),
    checks.plotly_outside_figures: ("consult/site/core.py", "import plotly.graph_objects\n"),
    checks.vague_names: ("consult/site/helpers.py", "\n"),
    checks.filled_inits: ("consult/site/__init__.py", "import json\n"),
    checks.unsafe_markup: ("templates/site/home.html", "{{ text|safe }}\n"),
    checks.untested_refusals: ("consult/site/core.py", 'raise Refusal("site.nobody_tests")\n'),
    checks.unworded_refusals: ("consult/site/core.py", 'raise Refusal("site.no_such_words")\n'),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_source_keeps_the_rule(check: Callable[[Path], list[str]]) -> None:
    assert check(ROOT) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_check_finds_a_planted_violation(
    check: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    name, text = CHECKS[check]
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(text)
    assert len(check(tmp_path)) == 1


def test_every_page_template_is_rendered_by_a_view_and_none_is_missing() -> None:
    assert checks.rendered(ROOT) - _shared(ROOT) == checks.templates(ROOT)


def _shared(root: Path) -> set[str]:
    return {name for name in checks.rendered(root) if name.startswith(("errors/", "layout/"))}


def test_the_template_check_finds_an_orphan_and_a_missing_one(tmp_path: Path) -> None:
    (tmp_path / "templates" / "site").mkdir(parents=True)
    (tmp_path / "templates" / "site" / "orphan.html").write_text("")
    (tmp_path / "consult").mkdir()
    (tmp_path / "consult" / "views.py").write_text('render_template("site/missing.html")')
    assert checks.templates(tmp_path) ^ checks.rendered(tmp_path) == {
        "site/orphan.html",
        "site/missing.html",
    }


def test_cores_load_without_the_web_and_the_database() -> None:
    imports = "\n".join(f"import {module}" for module in PURE_CORES)
    script = (
        f"{imports}\nimport sys\n"
        "bad = {'flask', 'sqlalchemy', 'jinja2', 'werkzeug', 'plotly'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(bad)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


CONTRACTS = {
    "parts": ("consult/register/core/planted.py", "import consult.surveys.core\n"),
    "rooms": ("consult/register/core/planted.py", "import consult.register.store\n"),
    "pure": ("consult/register/core/planted.py", "import sqlalchemy\n"),
    "belenios": ("consult/belenios/planted.py", "import consult.clock\n"),
    "doors": ("consult/site/views.py", "import sqlalchemy\n"),
    "behind-doors": ("consult/site/store.py", "import flask\n"),
}


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_import_contract_fails_when_it_is_violated(contract: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "consult", tmp_path / "consult", ignore=_no_noise)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert _lint(tmp_path, contract) == 0
    name, text = CONTRACTS[contract]
    target = tmp_path / name
    target.write_text(text + (target.read_text() if target.exists() else ""))
    assert _lint(tmp_path, contract) == 1


def _no_noise(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name in {"__pycache__", "static", "translations"}}


def _lint(root: Path, contract: str) -> int:
    tool = Path(sys.executable).with_name("lint-imports")
    command = [str(tool), "--contract", contract, "--no-cache"]
    return subprocess.run(
        command, cwd=root, capture_output=True, env={"PYTHONPATH": str(root)}
    ).returncode
