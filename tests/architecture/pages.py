"""The table of pages in ``docs/architecture.md``, read from the running application.

``python -m tests.architecture.pages`` writes it; a test compares it.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- pages -->\n", "<!-- end of pages -->"
RENDERING = {"render_template", "stream_template"}
HEAD = "| page | endpoint | view | actions | template |\n|---|---|---|---|---|\n"


def table(app: Flask) -> str:
    """One line per address, in alphabetical order."""
    lines = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        view = inspect.unwrap(app.view_functions[rule.endpoint])
        used = Used(view)
        methods = "/".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        cells = (
            f"{methods} `{rule.rule}`",
            f"`{rule.endpoint}`",
            f"`{Path(view.__code__.co_filename).relative_to(ROOT / 'consult')}`",
            ", ".join(f"`{name}`" for name in used.actions),
            ", ".join(f"`{name}`" for name in used.templates),
        )
        lines.append(f"| {' | '.join(cells)} |\n")
    return HEAD + "".join(lines)


class Used:
    """What a view uses, directly or through functions of its own module.

    ``actions``: functions of rooms named ``actions``; ``templates``: names given to
    ``render_template``.
    """

    def __init__(self, view: FunctionType) -> None:
        self.actions: list[str] = []
        self.templates: list[str] = []
        self._seen: set[FunctionType] = set()
        self._visit(view)

    def _visit(self, function: FunctionType) -> None:
        self._seen.add(function)
        tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(function)))
        module = sys.modules[function.__module__]
        local = _local_imports(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in RENDERING:
                names = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
                self._add(self.templates, names)
            for found in _functions(node, module, local):
                if ".actions" in found.__module__:
                    room = found.__module__.removeprefix("consult.")
                    self._add(self.actions, [f"{room}.{found.__name__}"])
                elif found.__module__ == function.__module__ and found not in self._seen:
                    self._visit(found)

    @staticmethod
    def _add(names: list[str], more: Any) -> None:
        names.extend(name for name in more if name not in names)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _local_imports(tree: ast.AST) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            module = __import__(node.module, fromlist=["*"])
            for alias in node.names:
                found[alias.asname or alias.name] = getattr(module, alias.name)
    return found


def _functions(node: ast.AST, module: ModuleType, local: dict[str, Any]) -> Iterator[FunctionType]:
    """The functions that a name, or a name's attribute, stands for."""

    def known(name: str) -> Any:
        return local.get(name, getattr(module, name, None))

    found: Callable[..., Any] | None = None
    if isinstance(node, ast.Name):
        found = known(node.id)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        owner = known(node.value.id)
        found = getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
    if isinstance(found, FunctionType):
        yield inspect.unwrap(found)


def written(text: str, made: str) -> str:
    """``text`` with its table replaced."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + made + END + after


def _application() -> Flask:
    from consult.app import create_app
    from consult.config import Settings
    from consult.db.session import Database

    settings = Settings(
        secret="only-to-read-the-map-of-addresses-0123",
        database_url="sqlite://",
        base_url="http://localhost",
        hosts=("localhost",),
        demo=True,
        secure_cookies=False,
    )
    return create_app(settings, Database(settings.database_url))


if __name__ == "__main__":
    held = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(written(held, table(_application())), encoding="utf-8")
