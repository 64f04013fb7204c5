"""The board for everybody."""

from flask import Blueprint, jsonify, render_template
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.core import public
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


def _overview() -> actions.Overview:
    with reading() as session:
        return actions.overview(session, day_of(now()))
