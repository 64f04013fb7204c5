"""The board for everybody."""

from flask import Blueprint, render_template

from consult.clock import now
from consult.council.actions import board as actions
from consult.web.unit import reading

blueprint = Blueprint("pages", __name__)


@blueprint.get("/bestuur")
def board() -> str:
    """Who sits on the board today, and whether it is lawful."""
    with reading() as session:
        found = actions.status(session, now())
    return render_template("council/pages/board.html", status=found)
