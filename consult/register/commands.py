"""The register on the command line."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from consult.actor import SYSTEM
from consult.clock import now
from consult.config import Settings
from consult.db import migrate
from consult.db.session import Database
from consult.refusal import Refusal
from consult.register.actions import imports
from consult.register.core.csvfile import MOST_BYTES
from consult.register.core.plan import ImportPlan
from consult.register.core.problems import Problem
from consult.register.store.seal import seals
from consult.wording import sentence


def import_file(path: Path, settings: Settings) -> int:
    """Check a register file and lay its plan ready for approval.

    Prints the plan in numbers as JSON. A file with problems is refused with exit code 1: each
    problem is on standard error with its place, and nothing is kept.

    Raises:
        Refusal: ``register.file_unreadable``, ``register.base_changed`` or ``db.behind``.
    """
    file = _read(path)
    keys = seals(settings)
    database = Database(settings.database_url)
    try:
        migrate.check_current(database, settings.database_url)
        with database.read() as session:
            plan = imports.prepare_file(session, now(), keys, file, lambda _: None).plan
        if plan.problem_count:
            _tell(plan)
            return 1
        with database.write() as session:
            import_id = imports.hand_in(session, SYSTEM, now(), keys, path.name, file)
            imports.keep_plan(session, SYSTEM, now(), import_id, plan)
            state = imports.known(session, import_id).state
    finally:
        database.dispose()
    print(json.dumps({"import": import_id, "state": state, **asdict(plan.numbers)}, indent=2))
    return 0


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal("register.file_unreadable", path=path) from error


def _tell(plan: ImportPlan) -> None:
    for problem in plan.problems:
        told = sentence(Refusal("register.problem", problem=problem.code, fact=problem.fact))
        print(f"{_place(problem)}: {told}", file=sys.stderr)
    if more := plan.problem_count - len(plan.problems):
        print(f"… +{more}", file=sys.stderr)


def _place(problem: Problem) -> str:
    row = f"row {problem.row}" if problem.row else ""
    column = f"column {problem.column!r}" if problem.column else ""
    return ", ".join(part for part in (row, column) if part) or "file"
