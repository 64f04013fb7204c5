"""Watching over the board: alarms with what can be done, and what if."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.actions import watching
from consult.council.core.alarm import alarms
from consult.council.core.whatif import exposure, suppose
from consult.council.forms.board import NoteForm, WhatIfForm
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("watching", __name__)


@blueprint.get("/raad/bestuur/alarm")
def alarm() -> str:
    """What the board breaks or will break, what can be done, and by when."""
    return _alarms(NoteForm())


@blueprint.post("/raad/bestuur/alarm")
def say() -> str | Response:
    """Say in public what the council does about it."""
    form = NoteForm()
    if not form.validate():
        return _alarms(form)
    with writing() as session:
        watching.say(session, actor(), now(), (form.text.data or "").strip())
    return redirect(url_for("council.watching.alarm"), 303)


@blueprint.get("/raad/bestuur/wat-als")
def what_if() -> str:
    """What events that did not happen would do to the board. Nothing is kept."""
    today = day_of(now())
    with reading() as session:
        board = actions.overview(session, today)
    form = WhatIfForm(board.status.members, today)
    events = form.events()
    settled, supposed = suppose(board.mandates, board.agreements, events, today)
    return render_template(
        "council/watching/what_if.html",
        form=form,
        board=board,
        events=events,
        names={one.id: one.name for one in board.mandates},
        supposed=supposed,
        alarms=alarms(settled, board.agreements, events[-1].day if events else today),
        exposure=exposure(board.mandates, board.agreements, today) if board.status.size else (),
    )


def _alarms(form: NoteForm) -> str:
    with reading() as session:
        found = actions.overview(session, day_of(now()))
    if not form.is_submitted() and found.note:
        form.text.data = found.note.text
    return render_template("council/watching/alarm.html", board=found, form=form)
