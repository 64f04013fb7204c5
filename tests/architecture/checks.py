"""Checks on the source tree, as functions of its root, so that planted violations can test them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PARTS = {
    "accounts",
    "audit",
    "council",
    "delivery",
    "elections",
    "register",
    "reports",
    "site",
    "surveys",
}
DOORS = {"views", "forms", "jobs", "commands", "verifying", "recounting", "figures", "login"}
PRIVATE = DOORS | {"tables"}
FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "manager", "service", "common", "misc"}
# Those that put the parts together: they may name any door.
COMPOSERS = {"app.py", "cli.py", "serving.py", "schema.py"}


def modules(root: Path) -> Iterator[Path]:
    """Every Python file of the program."""
    yield from sorted((root / "consult").rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The full names that a file imports, wherever it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def foreign_rooms(root: Path) -> list[str]:
    """Imports of another part's doors or tables."""
    found = []
    for path in modules(root):
        own = path.relative_to(root / "consult").parts[0]
        if own in COMPOSERS:
            continue
        for name in imported(path):
            steps = name.split(".")
            if len(steps) < 3 or steps[0] != "consult" or steps[1] not in PARTS:
                continue
            if steps[1] != own and steps[2] in PRIVATE:
                found.append(f"{path.relative_to(root)} imports {name}")
    return found


def tables_outside_store(root: Path) -> list[str]:
    """Imports of a part's own tables by something else than its store."""
    found = []
    for path in modules(root):
        steps = path.relative_to(root / "consult").with_suffix("").parts
        if steps[0] not in PARTS or "store" in steps[:2] or "tables" in steps[:2]:
            continue
        prefix = f"consult.{steps[0]}.tables"
        found += [
            f"{path.relative_to(root)} imports {name}"
            for name in imported(path)
            if name == prefix or name.startswith(prefix + ".")
        ]
    return found


def plotly_outside_figures(root: Path) -> list[str]:
    """Imports of Plotly anywhere but in the one room that draws."""
    return [
        str(path.relative_to(root))
        for path in modules(root)
        if any(name.split(".")[0] == "plotly" for name in imported(path))
        and path.parent != root / "consult" / "reports" / "figures"
    ]


def vague_names(root: Path) -> list[str]:
    """Modules whose name says nothing."""
    return [str(p.relative_to(root)) for p in modules(root) if p.stem in FORBIDDEN_NAMES]


def filled_inits(root: Path) -> list[str]:
    """``__init__`` files with something in them: importing a core would import it too."""
    return [
        str(path.relative_to(root))
        for path in modules(root)
        if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()
    ]


def unsafe_markup(root: Path) -> list[str]:
    """Ways around escaping, and inline script or style, in templates and scripts."""
    patterns = {
        "*.html": re.compile(r"\|\s*safe\b|Markup\(|\sstyle=|\son[a-z]+=|<style|autoescape false"),
        "*.mjs": re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\("),
    }
    found = []
    for folder in ("templates", "consult/static"):
        for glob, pattern in patterns.items():
            for path in sorted((root / folder).rglob(glob)):
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                    if "vendor" not in path.parts and pattern.search(line):
                        found.append(f"{path.relative_to(root)}:{number}")
    return found


def refusal_codes(root: Path) -> dict[str, str]:
    """Each refusal's code in the source, and the file that raises it."""
    return {
        code: str(path.relative_to(root))
        for path in modules(root)
        for code in re.findall(r'Refusal\(\s*"([a-z_]+\.[a-z_0-9]+)"', path.read_text("utf-8"))
    }


def unworded_refusals(root: Path) -> list[str]:
    """Refusals without words in their part's template."""
    found = []
    for code, where in sorted(refusal_codes(root).items()):
        words = root / "templates" / code.partition(".")[0] / "refusals.html"
        if not words.exists() or f"'{code}'" not in words.read_text(encoding="utf-8"):
            found.append(f"{code} in {where}")
    return found


def rendered(root: Path) -> set[str]:
    """The templates that views render, by their literal names."""
    pattern = re.compile(r'render_template\(\s*"([^"]+)"|stream_template\(\s*"([^"]+)"')
    return {
        first or second
        for path in modules(root)
        for first, second in pattern.findall(path.read_text(encoding="utf-8"))
    }


def templates(root: Path) -> set[str]:
    """The page templates of all parts: what a view renders, and nothing else."""
    apart = {"layout", "components", "errors"}
    return {
        name
        for path in (root / "templates").rglob("*.html")
        for name in [path.relative_to(root / "templates").as_posix()]
        if name.split("/")[0] not in apart
        and path.name != "refusals.html"
        and not path.name.startswith("_")  # a piece of another template
        and name != "delivery/letters.html"  # rendered outside requests, in pieces
    }


def untested_refusals(root: Path) -> list[str]:
    """Refusals whose code no test names, whole or by its own part of the name."""
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((root / "tests").rglob("*.py"))
    )
    return [
        f"{code} in {where}"
        for code, where in sorted(refusal_codes(root).items())
        if not any(name in tests for name in _spellings(code))
    ]


def _spellings(code: str) -> tuple[str, ...]:
    return code, code.replace(".", r"\."), f'"{code.partition(".")[2]}"'
