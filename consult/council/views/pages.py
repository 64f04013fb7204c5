"""The board and its rules for everybody."""

from flask import Blueprint, Response, abort, render_template

from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.core.rule_file import write
from consult.council.core.versions import State, state, until
from consult.council.store import agreements as store
from consult.web.unit import reading

blueprint = Blueprint("pages", __name__)


@blueprint.get("/bestuur")
def board() -> str:
    """Who sits on the board today, and whether it is lawful."""
    with reading() as session:
        found = actions.status(session, now())
    return render_template("council/pages/board.html", status=found)


@blueprint.get("/regels")
def rules() -> str:
    """The rules of the board in plain words: of today, to come, and of before."""
    with reading() as session:
        adopted = store.adopted(session)
    day = day_of(now())
    rows = [(one, state(adopted, one, day), until(adopted, one)) for one in adopted]
    return render_template(
        "council/pages/rules.html",
        today=[row for row in rows if row[1] is State.IN_FORCE],
        coming=[row for row in rows if row[1] is State.COMING],
        rows=[row for row in reversed(rows) if row[1] is not State.NEVER],
    )


@blueprint.get("/regels/<sha256>.json")
def rules_file(sha256: str) -> Response:
    """A set of rules as a file, byte for byte as its fingerprint was taken."""
    with reading() as session:
        adopted = store.adopted(session)
    found = next((one for one in adopted if one.sha256 == sha256), None) or abort(404)
    return Response(write(found.agreement), mimetype="application/json")
