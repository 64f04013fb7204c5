"""Work on imports that outlives a request."""

from collections.abc import Mapping
from typing import Any, Final

from consult.actor import SYSTEM
from consult.clock import now
from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal
from consult.register.actions import imports
from consult.register.core.imports import OVER
from consult.register.core.plan import Stage
from consult.register.store.seal import seals
from consult.web.queue import Handler, Report


def plan_import(
    database: Database, settings: Settings, args: Mapping[str, Any], report: Report
) -> None:
    """Make the plan of an import: read, check, compare, ready."""
    import_id = str(args["import"])
    with database.read() as session:
        prepared = imports.prepare(
            session, now(), seals(settings), import_id, lambda stage: report(stage, Stage.READY)
        )
    with database.write() as session:
        imports.keep_plan(session, SYSTEM, now(), import_id, prepared.plan)


def apply_import(
    database: Database, settings: Settings, args: Mapping[str, Any], report: Report
) -> None:
    """Apply an approved import in one transaction, or refuse it as a whole."""
    import_id = str(args["import"])
    keys = seals(settings)
    with database.read() as session:
        if imports.known(session, import_id).state in OVER:
            return  # applied before, by a runner that died afterwards
        prepared = imports.prepare(
            session, now(), keys, import_id, lambda stage: report(stage, Stage.READY + 1)
        )
    try:
        with database.write() as session:
            imports.apply(session, SYSTEM, now(), keys, import_id, prepared)
    except Refusal as refusal:
        with database.write() as session:
            imports.refuse(session, SYSTEM, now(), import_id, refusal.code)
        raise
    report(Stage.READY + 1, Stage.READY + 1)


HANDLERS: Final[Mapping[str, Handler]] = {
    "register.plan": plan_import,
    "register.apply": apply_import,
}
