"""The board and its rules for everybody."""

from flask import Blueprint, Response, abort, jsonify, render_template

from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.core import public
from consult.council.core.rule_file import write
from consult.council.core.versions import State, state, until
from consult.council.store import agreements as store
from consult.web.unit import reading

blueprint = Blueprint("pages", __name__)


@blueprint.get("/bestuur")
def board() -> str:
    """Who sits on the board, whether it is lawful, and what is coming."""
    found = _overview()
    return render_template(
        "council/pages/board.html",
        board=found,
        status=found.status,
        coming=public.coming(found.status, found.alarms),
    )


@blueprint.get("/bestuur.json")
def board_json() -> Response:
    """The same for machines."""
    found = _overview()
    said = found.note.text if found.note else ""
    coming = public.coming(found.status, found.alarms)
    largest = found.rules.largest_board
    return jsonify(public.as_json(found.status, largest, found.since, coming, said))


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


def _overview() -> actions.Overview:
    with reading() as session:
        return actions.overview(session, day_of(now()))
